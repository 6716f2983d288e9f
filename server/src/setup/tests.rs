use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::clinic::slug;
use super::effects::{Found, newly, slot_changes};
use crate::domain::ids::{MeetingId, ResourceId};
use crate::domain::schedule::Facts;
use crate::domain::trouble::Trouble;
use crate::testing::{ClinicSpec, TestClinic, at, noon, service};

#[test]
fn a_name_becomes_a_short_name_for_addresses() {
    assert_eq!(slug("Bicycle clinic"), "bicycle-clinic");
    assert_eq!(slug("  Law & order (2) "), "law-order-2");
    assert_eq!(slug("?!"), "");
    assert!(slug(&"long ".repeat(40)).len() <= 40);
}

#[test]
fn only_what_a_change_breaks_is_laid_at_its_door() {
    let meeting = |n| MeetingId(Uuid::from_u128(n));
    let away = |n| Trouble::Away(ResourceId(Uuid::from_u128(n)));
    let found = |all: &[(u128, Vec<Trouble>)]| -> Found {
        let meetings = all
            .iter()
            .map(|(n, troubles)| (meeting(*n), troubles.clone()));
        BTreeMap::from([("law".to_owned(), meetings.collect())])
    };
    let before = found(&[(1, vec![away(1)]), (2, vec![away(1)])]);
    let after = found(&[
        (1, vec![away(1)]),
        (2, vec![away(1), away(2)]),
        (3, vec![Trouble::Closed]),
    ]);
    let new = newly(&before, &after);
    let broken: BTreeSet<_> = new["law"].keys().copied().collect();
    assert_eq!(broken, BTreeSet::from([meeting(2), meeting(3)]));
    assert!(newly(&after, &after).is_empty());
}

#[tokio::test]
async fn places_won_and_lost_are_counted_for_each_service() {
    let test = TestClinic::sqlite().await;
    test.clinic(ClinicSpec {
        id: "law",
        advisers: 2,
        supervisors: 1,
        ratio: 10,
        rooms: 2,
        services: vec![service("law-first", "law")],
        shared: Vec::new(),
    })
    .await;
    let mut tx = test.context.store.read().await.unwrap();
    let today = crate::domain::time::local_date(noon());
    let last = crate::domain::time::add_days(today, 60);
    let facts = tx
        .facts_of_any("law-first", today, last, noon().timestamp())
        .await;
    let before = facts.unwrap().unwrap();
    let mut after = before.clone();
    // Somebody who is there fewer on Monday from 10:00 to 11:00.
    after.busy.push(crate::domain::schedule::Busy {
        resource: after.windows[0].staff[0].0,
        from: at(11, 23, 10, 0),
        until: at(11, 23, 11, 0),
        at_once: 1,
    });
    let key = ("law".to_owned(), 1, "First".to_owned());
    let side = |facts: Facts| BTreeMap::from([(key.clone(), facts)]);
    let changes = slot_changes(&side(before.clone()), &side(after), noon());
    let one = &changes[0];
    assert_eq!(
        (one.gained, one.lost, one.first.as_str()),
        (0, 1, "Mon 23 Nov")
    );
    assert_eq!(one.before - one.after, 1);
    // A service that is gone has lost everything.
    let gone = slot_changes(&side(before), &BTreeMap::new(), noon());
    assert_eq!((gone[0].lost, gone[0].after), (gone[0].before, 0));
}
