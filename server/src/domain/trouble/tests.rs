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
        features: BTreeMap::from([(id(3), BTreeSet::from([Feature::StepFree]))]),
        offered: BTreeMap::from([(
            "first".into(),
            Offer {
                modes: vec![Mode::InPerson, Mode::Phone],
                advisers_needed: 1,
            },
        )]),
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
        mode: Mode::InPerson,
        access: BTreeSet::from([Feature::StepFree]),
        exception: Exception::None,
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
fn what_a_service_or_a_room_no_longer_offers_is_named() {
    let off = |plan: &mut Plan| plan.offered.clear();
    assert_eq!(found(off), [Trouble::NotOffered]);
    let offer = |change: fn(&mut Offer)| found(|plan| plan.offered.values_mut().for_each(change));
    let by_phone = offer(|offer| offer.modes = vec![Mode::Phone]);
    assert_eq!(by_phone, [Trouble::NotThisWay]);
    assert_eq!(offer(|offer| offer.advisers_needed = 2), [Trouble::TooFew]);
    let stairs = |plan: &mut Plan| plan.features.values_mut().for_each(BTreeSet::clear);
    assert_eq!(found(stairs), [Trouble::NotFit(id(3))]);
    let one_more = |plan: &mut Plan| {
        let room = plan.features.get_mut(&id(3)).unwrap();
        room.insert(Feature::Quiet);
    };
    assert_eq!(found(one_more), []);
}

#[test]
fn who_is_away_is_trouble_also_for_a_meeting_that_is_outside_every_session() {
    let mut plan = plan();
    let late = Engagement {
        exception: Exception::Hours,
        ..meeting(1, 20)
    };
    let of = |plan: &Plan, one: &Engagement| {
        let found = troubles(plan, std::slice::from_ref(one));
        found.into_values().next().unwrap_or_default()
    };
    assert_eq!(of(&plan, &late), [], "a supervisor has put it there");
    let nobody_did = meeting(1, 20);
    assert_eq!(of(&plan, &nobody_did), [Trouble::OutsideHours]);
    plan.away.push(Busy {
        until: at(11, 24, 0, 0),
        ..away(18, 0)
    });
    assert_eq!(of(&plan, &late), [Trouble::Away(id(1))]);
    assert_eq!(
        of(&plan, &nobody_did),
        [Trouble::OutsideHours, Trouble::Away(id(1))]
    );
    // That the day is closed since then was not allowed.
    plan.away.clear();
    plan.closures.push(Dates {
        from: day(23),
        until: day(23),
    });
    assert_eq!(of(&plan, &late), [Trouble::Closed]);
    let closed = Engagement {
        exception: Exception::Closed,
        ..late
    };
    assert_eq!(of(&plan, &closed), []);
}

#[test]
fn an_exception_is_read_as_it_was_written() {
    for one in [Exception::None, Exception::Hours, Exception::Closed] {
        assert_eq!(Exception::from_word(one.as_str()), one);
    }
    assert_eq!(Exception::from_word("anything"), Exception::None);
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
