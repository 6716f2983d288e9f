//! Who is sent, and into which room.

use super::world::{
    ADVISER, ROOM, SUPERVISOR, at, book_at, busy, clinic, features, id, no_preference, resource,
    tuesday,
};
use crate::domain::availability::{Allocation, Ask, Unavailable, allocate};
use crate::domain::ids::ResourceId;
use crate::domain::schedule::{Facts, Feature, Mode, Part};

fn two_o_clock() -> chrono::DateTime<chrono::Utc> {
    at("2026-12-01", 14, 0)
}

fn chosen(
    facts: &Facts,
    ask: &Ask,
    prefer: &dyn Fn(ResourceId) -> i64,
) -> (Vec<u128>, u128, Option<u128>) {
    let got = allocate(facts, ask, two_o_clock(), Mode::InPerson, prefer).unwrap();
    let Allocation::New {
        advisers,
        supervisor,
        room,
    } = got
    else {
        panic!("{got:?}")
    };
    let number = |id: ResourceId| id.0.as_u128();
    (
        advisers.into_iter().map(number).collect(),
        number(supervisor),
        room.map(number),
    )
}

#[test]
fn the_preferred_adviser_is_sent_and_ties_go_by_id() {
    let facts = clinic(3, 1, 1);
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).0, [ADVISER]);
    let busiest_last = |who: ResourceId| {
        [9, 4, 4][usize::try_from(who.0.as_u128() - ADVISER)
            .unwrap_or(0)
            .min(2)]
    };
    assert_eq!(chosen(&facts, &tuesday(), &busiest_last).0, [ADVISER + 1]);
}

#[test]
fn a_pair_is_the_two_preferred_in_order() {
    let mut facts = clinic(3, 1, 1);
    facts.rules.advisers_needed = 2;
    let last_first = |who: ResourceId| -i64::try_from(who.0.as_u128()).unwrap();
    assert_eq!(
        chosen(&facts, &tuesday(), &last_first).0,
        [ADVISER + 2, ADVISER + 1]
    );
}

#[test]
fn lesson_7_an_adviser_who_is_taken_is_passed_over() {
    let mut facts = clinic(2, 1, 1);
    facts.busy = vec![busy(ADVISER, at("2026-12-01", 14, 59), 5, 1)];
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).0, [ADVISER + 1]);
}

#[test]
fn the_supervisor_with_most_to_spare_is_sent_and_ties_go_by_id() {
    let mut facts = clinic(1, 3, 1);
    facts.rules.supervisor_ratio = 3;
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).1, SUPERVISOR);
    facts.busy = vec![
        busy(SUPERVISOR, two_o_clock(), 60, 3),
        busy(SUPERVISOR, two_o_clock(), 60, 3),
        busy(SUPERVISOR + 1, two_o_clock(), 60, 3),
        // This one's other clinic allows no more than one.
        busy(SUPERVISOR + 2, two_o_clock(), 60, 1),
    ];
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).1, SUPERVISOR + 1);
}

#[test]
fn a_step_free_room_is_kept_for_those_who_ask() {
    let mut facts = clinic(3, 2, 3);
    facts.resources = vec![
        resource(ROOM, &[Feature::StepFree, Feature::Quiet, Feature::Hearing]),
        resource(ROOM + 1, &[Feature::StepFree]),
        resource(ROOM + 2, &[]),
    ];
    let mut ask = tuesday();
    assert_eq!(chosen(&facts, &ask, &no_preference).2, Some(ROOM + 2));
    ask.access = features(&[Feature::StepFree]);
    assert_eq!(chosen(&facts, &ask, &no_preference).2, Some(ROOM + 1));
    ask.access = features(&[Feature::StepFree, Feature::Hearing]);
    assert_eq!(chosen(&facts, &ask, &no_preference).2, Some(ROOM));

    assert!(book_at(&mut facts, &ask, two_o_clock(), Mode::InPerson).is_some());
    let again = allocate(&facts, &ask, two_o_clock(), Mode::InPerson, &no_preference);
    assert_eq!(
        again,
        Err(Unavailable::Taken),
        "the other rooms have no loop"
    );
}

#[test]
fn a_room_that_nobody_described_has_no_features() {
    let mut facts = clinic(1, 1, 1);
    facts.resources.clear();
    let mut ask = tuesday();
    assert_eq!(chosen(&facts, &ask, &no_preference).2, Some(ROOM));
    ask.access = features(&[Feature::Quiet]);
    let got = allocate(&facts, &ask, two_o_clock(), Mode::InPerson, &no_preference);
    assert_eq!(got, Err(Unavailable::Taken));
}

#[test]
fn the_best_adviser_is_passed_over_if_a_further_meeting_needs_them_to_supervise() {
    let mut facts = clinic(3, 0, 3);
    for window in &mut facts.windows {
        window.staff.push((id(ADVISER), Part::Supervisor));
    }
    // The first can do either: sent as adviser, they would leave nobody to supervise.
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).0, [ADVISER + 1]);
    assert_eq!(chosen(&facts, &tuesday(), &no_preference).1, ADVISER);
    assert!(book_at(&mut facts, &tuesday(), two_o_clock(), Mode::InPerson).is_some());
    assert!(book_at(&mut facts, &tuesday(), two_o_clock(), Mode::InPerson).is_some());
    assert!(book_at(&mut facts, &tuesday(), two_o_clock(), Mode::InPerson).is_none());
}

#[test]
fn of_two_equal_supervisors_the_one_who_could_not_advise_is_sent() {
    let mut facts = clinic(3, 1, 3);
    for window in &mut facts.windows {
        window.staff.push((id(ADVISER), Part::Supervisor));
    }
    let got = chosen(&facts, &tuesday(), &|who| i64::from(who == id(ADVISER)));
    assert_eq!((got.0, got.1), (vec![ADVISER + 1], SUPERVISOR));
}
