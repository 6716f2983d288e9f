use chrono::{TimeDelta, Weekday};
use uuid::Uuid;

use super::*;
use crate::testing::at;

fn id(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(number))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn nine_to_five() -> (NaiveTime, NaiveTime) {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    (hour(9), hour(17))
}

/// Mondays from nine to five: adviser 1, supervisor 2, room 3.
fn plan() -> Plan {
    Plan {
        windows: vec![Window {
            on: When::Weekly {
                weekday: Weekday::Mon,
                from: day(1),
                until: None,
            },
            hours: Some(nine_to_five()),
            staff: vec![
                (id(1), Part::Adviser),
                (id(2), Part::Supervisor),
                (id(3), Part::Room),
            ],
        }],
        terms: vec![Dates {
            from: day(1),
            until: day(30),
        }],
        skills: BTreeSet::from([(id(1), "first".into())]),
        ratio: 1,
        ..Plan::default()
    }
}

fn meeting(number: u128, hour: u32) -> Engagement {
    let start = at(11, 23, hour, 0);
    let end = start + TimeDelta::hours(1);
    Engagement {
        meeting: MeetingId(Uuid::from_u128(number)),
        service: "first".into(),
        span: (start, end),
        busy: (start, end + TimeDelta::minutes(15)),
        staff: vec![
            (id(1), Part::Adviser),
            (id(2), Part::Supervisor),
            (id(3), Part::Room),
        ],
    }
}

fn found(change: impl Fn(&mut Plan)) -> Vec<Trouble> {
    let mut plan = plan();
    change(&mut plan);
    let one = meeting(1, 10);
    troubles(&plan, &[one])
        .into_values()
        .next()
        .unwrap_or_default()
}

fn away(hour: u32, minute: u32) -> Busy {
    Busy {
        resource: id(1),
        from: at(11, 23, hour, minute),
        until: at(11, 23, 12, 0),
        at_once: 1,
    }
}

#[test]
fn a_meeting_in_its_session_is_in_no_trouble() {
    assert_eq!(found(|_| ()), []);
}

#[test]
fn each_change_that_takes_something_from_a_meeting_is_named() {
    let closed = |plan: &mut Plan| {
        plan.closures.push(Dates {
            from: day(23),
            until: day(23),
        });
    };
    assert_eq!(found(closed), [Trouble::Closed]);
    assert_eq!(found(|plan| plan.terms.clear()), [Trouble::Closed]);
    let block = |plan: &mut Plan| {
        plan.blocks.push(Block {
            from: at(11, 23, 11, 10),
            until: at(11, 23, 12, 0),
        });
    };
    assert_eq!(found(block), [Trouble::Blocked], "the buffer counts");
    assert_eq!(
        found(|plan| plan.windows[0].hours = None),
        [Trouble::OutsideHours]
    );
    assert_eq!(
        found(|plan| plan.away.push(away(11, 14))),
        [Trouble::Away(id(1))]
    );
    assert_eq!(found(|plan| plan.away.push(away(11, 15))), []);
    assert_eq!(
        found(|plan| plan.windows[0].staff.retain(|one| one.0 != id(3))),
        [Trouble::NotThere(id(3))]
    );
    assert_eq!(found(|plan| plan.skills.clear()), [Trouble::NoSkill(id(1))]);
    let left = |plan: &mut Plan| {
        plan.left.insert(id(2));
    };
    assert_eq!(found(left), [Trouble::Left(id(2))]);
}

#[test]
fn a_session_for_one_date_replaces_the_weekly_ones() {
    let shut = |plan: &mut Plan| {
        plan.windows.push(Window {
            on: When::Date(day(23)),
            hours: None,
            staff: Vec::new(),
        });
    };
    assert_eq!(found(shut), [Trouble::OutsideHours]);
}

#[test]
fn a_supervisor_with_too_many_at_once_is_trouble_for_each_of_them() {
    let both = [meeting(1, 10), meeting(2, 11)];
    let found = troubles(&plan(), &both);
    // The buffer of the first lies over the start of the second.
    assert_eq!(found[&both[0].meeting], [Trouble::TooMany(id(2))]);
    let two = Plan { ratio: 2, ..plan() };
    assert_eq!(troubles(&two, &both), BTreeMap::new());
}
