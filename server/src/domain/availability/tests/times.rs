//! Which times of an open day are left: buffers, lengths, and what is nearest.

use chrono::Duration;
use proptest::prelude::*;

use super::world::{
    ADVISER, ROOM, SUPERVISOR, at, book_at, busy, clinic, clock, every, no_preference, slot_at,
    starts, tuesday, window,
};
use crate::domain::availability::{Slot, Unavailable, allocate, busy_span, nearest, slots};
use crate::domain::schedule::{Mode, Part};

#[test]
fn buffers_are_added_to_both_sides_of_the_busy_span() {
    let mut rules = clinic(1, 1, 1).rules;
    (rules.buffer_before, rules.buffer_after) = (10, 20);
    let (from, until) = busy_span(&rules, at("2026-12-01", 14, 0), 15);
    assert_eq!(
        (from, until),
        (at("2026-12-01", 13, 50), at("2026-12-01", 15, 35))
    );
}

#[test]
fn buffers_may_spill_outside_the_session() {
    let mut facts = clinic(1, 1, 1);
    (facts.rules.buffer_before, facts.rules.buffer_after) = (45, 45);
    let offered = starts(&facts, &tuesday());
    assert_eq!(
        (offered.first(), offered.last()),
        (Some(&"14:00".to_owned()), Some(&"18:00".to_owned()))
    );
    // But they are still busy time: what lies there stands in the way.
    facts.busy = vec![busy(ADVISER, at("2026-12-01", 13, 0), 16, 1)];
    assert_eq!(starts(&facts, &tuesday())[0], "14:30");
}

#[test]
fn an_interpreter_makes_the_meeting_longer() {
    let facts = clinic(1, 1, 1);
    let mut ask = tuesday();
    ask.extra_minutes = 30;
    let offered = slots(&facts, &ask);
    assert_eq!(offered.last().unwrap().end, at("2026-12-01", 19, 0));
    assert!(
        offered
            .iter()
            .all(|slot| slot.end - slot.start == Duration::minutes(90))
    );
    ask.extra_minutes = -30;
    assert_eq!(
        slots(&facts, &ask),
        slots(&facts, &tuesday()),
        "never shorter"
    );
}

#[test]
fn lesson_38_a_time_that_no_session_offers_is_refused() {
    let facts = clinic(1, 1, 1);
    let odd = [
        at("2026-12-01", 13, 30),
        at("2026-12-01", 14, 10),
        at("2026-12-01", 18, 30),
        at("2026-12-01", 14, 0) + Duration::seconds(1),
        at("2026-12-01", 14, 0) + Duration::milliseconds(1),
        at("2026-12-02", 14, 0),
    ];
    for start in odd {
        let got = allocate(&facts, &tuesday(), start, Mode::Phone, &no_preference);
        assert_eq!(got, Err(Unavailable::OutsideHours), "{start}");
    }
}

#[test]
fn sessions_that_hold_the_whole_meeting_pool_their_people() {
    let mut facts = clinic(1, 1, 1);
    let on = every(chrono::Weekday::Tue);
    let hours = |from, until| Some((clock(from, 0), clock(until, 0)));
    facts.windows = vec![
        window(on, hours(14, 17), &[(ADVISER, Part::Adviser)]),
        window(
            on,
            hours(15, 18),
            &[(SUPERVISOR, Part::Supervisor), (ROOM, Part::Room)],
        ),
    ];
    // Their own people are there from 14:00 and until 18:00, but together only from 15:00 to 17:00.
    assert_eq!(starts(&facts, &tuesday()), ["15:00", "15:30", "16:00"]);
}

#[test]
fn a_start_that_two_sessions_offer_is_listed_once() {
    let mut facts = clinic(2, 1, 2);
    let again = facts.windows[0].clone();
    facts.windows.push(again);
    assert_eq!(starts(&facts, &tuesday()).len(), 9);
    let slot = slot_at(&facts, &tuesday(), at("2026-12-01", 14, 0)).unwrap();
    assert_eq!(slot.places, 2, "and nobody counts twice");
}

proptest! {
    #[test]
    fn busy_time_and_buffers_keep_meetings_apart_and_touching_is_allowed(
        rows in prop::collection::vec((0..72_i64, 0..30_i64, 0..3_usize), 0..8),
        buffers in (0..6_i64, 0..6_i64),
        length in 1..20_i64,
    ) {
        let mut facts = clinic(1, 1, 1);
        facts.rules.modes = vec![Mode::InPerson];
        facts.rules.supervisor_ratio = 1;
        facts.rules.start_every = 5;
        facts.rules.minutes = length * 5;
        let tidy = slots(&facts, &tuesday());
        facts.rules.buffer_before = buffers.0 * 5;
        facts.rules.buffer_after = buffers.1 * 5;
        // Anything from noon to six: adviser, supervisor or room.
        facts.busy = rows
            .iter()
            .map(|(from, length, who)| {
                let start = at("2026-12-01", 12, 0) + Duration::minutes(from * 5);
                busy([ADVISER, SUPERVISOR, ROOM][*who], start, length * 5, 1)
            })
            .collect();
        let clear = |slot: &Slot| {
            let (from, until) = busy_span(&facts.rules, slot.start, 0);
            facts.busy.iter().all(|b| b.from == b.until || b.until <= from || until <= b.from)
        };
        let expected: Vec<_> = tidy.into_iter().filter(clear).collect();
        prop_assert_eq!(slots(&facts, &tuesday()), expected);
    }

    #[test]
    fn the_nearest_other_times_are_the_nearest(
        taken in prop::collection::vec(0..40_i64, 0..25),
        wanted in -5..45_i64,
        n in 0..30_usize,
    ) {
        let start = |n: i64| at("2026-12-01", 9, 0) + Duration::minutes(15 * n);
        let mut starts = taken;
        starts.sort_unstable();
        starts.dedup();
        let list: Vec<_> = starts
            .iter()
            .map(|n| Slot { start: start(*n), end: start(n + 4), modes: vec![Mode::Phone], places: 1 })
            .collect();
        let mut others: Vec<_> = starts.iter().copied().filter(|n| *n != wanted).collect();
        others.sort_by_key(|n| ((n - wanted).abs(), *n));
        others.truncate(n);
        others.sort_unstable();
        let found: Vec<_> = nearest(&list, start(wanted), n).iter().map(|slot| slot.start).collect();
        prop_assert_eq!(found, others.into_iter().map(start).collect::<Vec<_>>());
    }
}

#[test]
fn what_is_booked_is_taken_and_the_next_free_start_touches_it() {
    let mut facts = clinic(1, 1, 1);
    book_at(&mut facts, &tuesday(), at("2026-12-01", 15, 0), Mode::Phone).unwrap();
    assert_eq!(
        starts(&facts, &tuesday()),
        ["14:00", "16:00", "16:30", "17:00", "17:30", "18:00"]
    );
    let again = allocate(
        &facts,
        &tuesday(),
        at("2026-12-01", 15, 0),
        Mode::Phone,
        &no_preference,
    );
    assert_eq!(again, Err(Unavailable::Taken));
}

#[test]
fn busy_time_of_people_who_are_not_posted_changes_nothing() {
    let mut facts = clinic(1, 1, 1);
    facts.busy = vec![busy(ADVISER + 1, at("2026-12-01", 14, 0), 300, 1)];
    assert_eq!(starts(&facts, &tuesday()).len(), 9);
    facts.windows = clinic(2, 1, 1).windows;
    assert_eq!(
        starts(&facts, &tuesday()).len(),
        9,
        "the other adviser is free"
    );
}
