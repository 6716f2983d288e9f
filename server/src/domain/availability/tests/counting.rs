//! How many bookings a start can take.

use proptest::prelude::*;

use super::world::{
    ADVISER, ROOM, SUPERVISOR, at, book_at, busy, clinic, features, places_at, resource, slot_at,
    standing, tuesday,
};
use crate::domain::availability::{Allocation, Unavailable, allocate, slots};
use crate::domain::schedule::{Facts, Feature, Mode, Part};

fn two_o_clock() -> chrono::DateTime<chrono::Utc> {
    at("2026-12-01", 14, 0)
}

fn places(facts: &Facts) -> i64 {
    places_at(facts, &tuesday(), two_o_clock())
}

fn by_phone(mut facts: Facts) -> Facts {
    facts.rules.modes = vec![Mode::Phone];
    facts
}

fn number(count: u128) -> i64 {
    i64::try_from(count).unwrap()
}

proptest! {
    #[test]
    fn advisers_work_in_pairs_where_the_service_says_so(advisers in 0..8_u128, taken in 0..8_u128, needed in 1..=3_i64) {
        let mut facts = by_phone(clinic(advisers, 4, 0));
        facts.rules.advisers_needed = needed;
        let taken = taken.min(advisers);
        facts.busy = (0..taken).map(|n| busy(ADVISER + n, two_o_clock(), 30, 1)).collect();
        prop_assert_eq!(places(&facts), number(advisers - taken) / needed);
    }

    #[test]
    fn supervisors_stay_within_their_ratio(
        supervisors in 0..3_u128,
        ratio in 0..4_i64,
        uses in prop::collection::vec((0..12_i64, 1..12_i64, 1..=4_i64), 0..6),
    ) {
        let mut facts = by_phone(clinic(20, supervisors, 0));
        facts.rules.supervisor_ratio = ratio;
        // All the uses are the first supervisor's, in steps of ten minutes from 13:30.
        let first = at("2026-12-01", 13, 30);
        let after = |steps: i64| first + chrono::Duration::minutes(10 * steps);
        facts.busy = uses.iter().map(|(from, length, bears)| busy(SUPERVISOR, after(*from), length * 10, *bears)).collect();
        // At each step of the meeting from 14:00 to 15:00.
        let spare = (3..9).map(|step| {
            let now: Vec<_> = uses.iter().filter(|(from, length, _)| *from <= step && step < from + length).collect();
            let bears = now.iter().map(|(_, _, bears)| *bears).fold(ratio, i64::min);
            bears - i64::try_from(now.len()).unwrap()
        });
        let first_has = spare.min().unwrap().max(0);
        let expected = match supervisors {
            0 => 0,
            n => first_has + number(n - 1) * ratio,
        };
        prop_assert_eq!(places(&facts), expected);
    }

    #[test]
    fn meetings_in_person_need_a_room_each_and_others_none(rooms in 0..6_u128, taken in 0..6_u128) {
        let mut facts = clinic(4, 2, rooms);
        let taken = taken.min(rooms);
        facts.busy = (0..taken).map(|n| busy(ROOM + n, two_o_clock(), 10, 1)).collect();
        let left = number(rooms - taken).min(4);
        let mut ask = tuesday();
        ask.mode = Some(Mode::InPerson);
        prop_assert_eq!(places_at(&facts, &ask, two_o_clock()), left);
        ask.mode = Some(Mode::Phone);
        prop_assert_eq!(places_at(&facts, &ask, two_o_clock()), 4);
        let slot = slot_at(&facts, &tuesday(), two_o_clock()).unwrap();
        prop_assert_eq!(slot.modes.contains(&Mode::InPerson), left > 0);
        prop_assert_eq!(slot.places, 4, "of the mode that can take most");
    }

    #[test]
    fn the_daily_cap_counts_the_standing_meetings_of_the_date(cap in -1..8_i64, today in 0..8_u128, other_days in 0..4_u128) {
        let mut facts = by_phone(clinic(6, 3, 0));
        facts.rules.daily_cap = Some(cap);
        let elsewhere = |n: u128, date, hour| standing(n, at(date, hour, 0), Mode::Phone, 0);
        facts.standing = (0..today).map(|n| elsewhere(n, "2026-12-01", 9)).collect();
        facts.standing.extend((0..other_days).map(|n| elsewhere(100 + n, "2026-12-02", 0)));
        facts.standing.extend((0..other_days).map(|n| elsewhere(200 + n, "2026-11-30", 23)));
        prop_assert_eq!(places(&facts), (cap - number(today)).clamp(0, 6));
    }

    #[test]
    fn a_group_has_its_places_left_and_a_full_one_for_each_new_meeting(
        capacity in 2..9_i64,
        left in 0..9_i64,
        advisers in 0..4_u128,
    ) {
        let mut facts = by_phone(clinic(advisers, 2, 0));
        facts.rules.capacity = capacity;
        facts.standing = vec![
            standing(1, two_o_clock(), Mode::Phone, left),
            // Not this start, not this way to meet.
            standing(2, at("2026-12-01", 14, 30), Mode::Phone, 5),
            standing(3, two_o_clock(), Mode::Video, 5),
        ];
        prop_assert_eq!(places(&facts), left + capacity * number(advisers));
    }
}

#[test]
fn lesson_5_a_group_fills_up_before_another_opens_beside_it() {
    let mut facts = clinic(2, 1, 2);
    facts.rules.capacity = 3;
    let mut meetings = Vec::new();
    while let Some(got) = book_at(&mut facts, &tuesday(), two_o_clock(), Mode::InPerson) {
        meetings.push(matches!(got, Allocation::New { .. }));
    }
    assert_eq!(meetings, [true, false, false, true, false, false]);
    assert_eq!(places(&facts), 0);
}

#[test]
fn the_fuller_group_is_joined_first() {
    let mut facts = clinic(1, 1, 1);
    facts.rules.capacity = 8;
    facts.standing = vec![
        standing(1, two_o_clock(), Mode::Phone, 0),
        standing(2, two_o_clock(), Mode::Phone, 5),
        standing(3, two_o_clock(), Mode::Phone, 2),
    ];
    let got = book_at(&mut facts, &tuesday(), two_o_clock(), Mode::Phone);
    assert_eq!(got, Some(Allocation::Join(facts.standing[2].meeting)));
}

#[test]
fn a_group_too_short_or_in_the_wrong_room_is_not_joined() {
    let mut facts = clinic(0, 0, 0);
    facts.rules.capacity = 8;
    facts.resources = vec![resource(ROOM, &[Feature::StepFree])];
    facts.standing = vec![standing(1, two_o_clock(), Mode::InPerson, 5)];
    let mut ask = tuesday();
    assert_eq!(places_at(&facts, &ask, two_o_clock()), 5);
    ask.access = features(&[Feature::StepFree]);
    assert_eq!(places_at(&facts, &ask, two_o_clock()), 5);
    ask.access = features(&[Feature::StepFree, Feature::Hearing]);
    assert_eq!(
        places_at(&facts, &ask, two_o_clock()),
        0,
        "no loop in that room"
    );
    ask.access.clear();
    ask.extra_minutes = 15;
    assert_eq!(
        places_at(&facts, &ask, two_o_clock()),
        0,
        "it ends before an interpreter is done"
    );
}

#[test]
fn an_individual_meeting_is_never_joined() {
    let mut facts = clinic(0, 0, 0);
    facts.standing = vec![standing(1, two_o_clock(), Mode::Phone, 5)];
    assert_eq!(places(&facts), 0);
}

#[test]
fn modes_are_those_offered_and_asked_for_in_the_services_order() {
    let mut facts = clinic(1, 1, 1);
    facts.rules.modes = vec![Mode::Video, Mode::InPerson, Mode::Video];
    let mut ask = tuesday();
    let slot = slot_at(&facts, &ask, two_o_clock()).unwrap();
    assert_eq!(slot.modes, [Mode::Video, Mode::InPerson]);
    ask.mode = Some(Mode::InPerson);
    let slot = slot_at(&facts, &ask, two_o_clock()).unwrap();
    assert_eq!(slot.modes, [Mode::InPerson]);
    let video = allocate(
        &facts,
        &ask,
        two_o_clock(),
        Mode::Video,
        &super::world::no_preference,
    );
    assert_eq!(video, Err(Unavailable::ModeNotOffered));
    ask.mode = Some(Mode::Phone);
    assert_eq!(slots(&facts, &ask), []);
}

#[test]
fn the_same_person_never_counts_twice_in_one_meeting() {
    let mut facts = by_phone(clinic(1, 0, 0));
    for window in &mut facts.windows {
        window
            .staff
            .push((super::world::id(ADVISER), Part::Supervisor));
    }
    assert_eq!(places(&facts), 0, "nobody to supervise but the adviser");

    let mut facts = by_phone(clinic(4, 0, 0));
    for window in &mut facts.windows {
        let also: Vec<_> = window
            .staff
            .iter()
            .map(|(id, _)| (*id, Part::Supervisor))
            .collect();
        window.staff.extend(also);
    }
    facts.rules.supervisor_ratio = 3;
    assert_eq!(places(&facts), 3, "one of four supervises the other three");
    facts.rules.supervisor_ratio = 1;
    assert_eq!(places(&facts), 2, "two supervise one each");
}

#[test]
fn a_service_without_advisers_is_limited_by_supervision_alone() {
    let mut facts = by_phone(clinic(0, 2, 0));
    facts.rules.advisers_needed = 0;
    assert_eq!(places(&facts), 4);
    let mut booked = 0;
    while book_at(&mut facts, &tuesday(), two_o_clock(), Mode::Phone).is_some() {
        booked += 1;
    }
    assert_eq!(booked, 4);
}
