//! Which dates are open.

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;

use super::world::{ask, at, clinic, dates, day, every, no_preference, starts, tuesday, window};
use crate::domain::availability::{Ask, Slot, Unavailable, allocate, slots};
use crate::domain::schedule::{Dates, Facts, Mode, When};
use crate::domain::time;

/// The range of most tests here: eight weeks with Tuesdays and Thursdays.
fn december_and_january() -> Ask {
    ask("2026-12-01", "2027-01-28")
}

/// What is left of the slots of a clinic without the rule, by the dates that the rule lets through.
fn only(slots: Vec<Slot>, keep: impl Fn(NaiveDate) -> bool) -> Vec<Slot> {
    let kept = slots
        .into_iter()
        .filter(|slot| keep(time::local_date(slot.start)));
    kept.collect()
}

fn refusal(facts: &Facts, ask: &Ask, date: &str) -> Option<Unavailable> {
    allocate(facts, ask, at(date, 14, 0), Mode::Phone, &no_preference).err()
}

#[test]
fn a_session_offers_every_start_whose_whole_meeting_is_inside() {
    let hours = [
        "14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30", "18:00",
    ];
    assert_eq!(starts(&clinic(1, 1, 1), &tuesday()), hours);
    let wednesday = ask("2026-12-02", "2026-12-02");
    assert_eq!(starts(&clinic(1, 1, 1), &wednesday), [""; 0]);
}

#[test]
fn a_weekly_window_holds_from_its_first_to_its_last_date_inclusive() {
    let mut facts = clinic(1, 1, 1);
    for window in &mut facts.windows {
        let When::Weekly { from, until, .. } = &mut window.on else {
            continue;
        };
        (*from, *until) = (day("2026-12-03"), Some(day("2026-12-15")));
    }
    let offered: std::collections::BTreeSet<_> = slots(&facts, &december_and_january())
        .iter()
        .map(|slot| time::iso_date(time::local_date(slot.start)))
        .collect();
    assert_eq!(
        offered.into_iter().collect::<Vec<_>>(),
        ["2026-12-03", "2026-12-08", "2026-12-10", "2026-12-15"]
    );
}

#[test]
fn windows_for_one_date_replace_all_weekly_windows_of_that_date() {
    let mut facts = clinic(1, 1, 1);
    let on = When::Date(day("2026-12-01"));
    let staff = super::world::staff(1, 1, 1);
    let clock = super::world::clock;
    facts
        .windows
        .push(window(on, Some((clock(9, 0), clock(10, 30))), &staff));
    assert_eq!(starts(&facts, &tuesday()), ["09:00", "09:30"]);
    assert_eq!(starts(&facts, &ask("2026-12-08", "2026-12-08")).len(), 9);

    facts.windows.pop();
    facts.windows.push(window(on, None, &[]));
    assert_eq!(starts(&facts, &tuesday()), [""; 0], "not working");
    assert_eq!(
        refusal(&facts, &tuesday(), "2026-12-01"),
        Some(Unavailable::OutsideHours)
    );
}

#[test]
fn with_no_term_entered_nothing_is_offered() {
    let mut facts = clinic(1, 1, 1);
    facts.terms.clear();
    assert_eq!(slots(&facts, &december_and_january()), []);
    assert_eq!(
        refusal(&facts, &tuesday(), "2026-12-01"),
        Some(Unavailable::Closed)
    );
}

#[test]
fn domain_9_8_test_6_a_letter_too_late_for_the_deadline_is_not_offered() {
    let mut facts = clinic(1, 1, 1);
    facts.rules.turnaround_days = 14;
    let mut ask = ask("2026-12-10", "2026-12-10");
    (ask.deadline, ask.safety_days) = (Some(day("2026-12-26")), 3);
    assert_eq!(slots(&facts, &ask), [], "24 + 3 is after 26");
    assert_eq!(
        refusal(&facts, &ask, "2026-12-10"),
        Some(Unavailable::TooLate)
    );
    ask.deadline = Some(day("2026-12-27"));
    assert_eq!(slots(&facts, &ask).len(), 9, "24 + 3 is 27");
}

#[test]
fn a_session_may_end_at_midnight() {
    let mut facts = clinic(1, 1, 1);
    let clock = super::world::clock;
    let staff = super::world::staff(1, 1, 1);
    facts.windows = vec![window(
        every(chrono::Weekday::Tue),
        Some((clock(22, 30), clock(0, 0))),
        &staff,
    )];
    assert_eq!(starts(&facts, &tuesday()), ["22:30", "23:00"]);
}

#[test]
fn rules_that_make_no_sense_offer_nothing_and_do_not_fail() {
    let extremes = [i64::MIN, -1, 0];
    for wrong in extremes {
        let tidy = clinic(1, 1, 1);
        let broken = [
            |f: &mut Facts, n| f.rules.minutes = n,
            |f: &mut Facts, n| f.rules.start_every = n,
            |f: &mut Facts, n| f.rules.capacity = n,
            |f: &mut Facts, n| f.rules.supervisor_ratio = n,
            |f: &mut Facts, n| f.rules.daily_cap = Some(n),
        ];
        for break_it in broken {
            let mut facts = tidy.clone();
            break_it(&mut facts, wrong);
            assert_eq!(slots(&facts, &tuesday()), []);
            assert!(refusal(&facts, &tuesday(), "2026-12-01").is_some());
        }
    }
    for huge in [i64::MAX, i64::MAX / 60, 1 << 40] {
        let mut facts = clinic(1, 1, 1);
        let rules = &mut facts.rules;
        (rules.horizon_days, rules.supervisor_ratio, rules.capacity) = (huge, huge, huge);
        (rules.start_every, rules.daily_cap) = (huge, Some(huge));
        assert_eq!(starts(&facts, &tuesday()), ["14:00"]);
        facts.rules.buffer_before = huge;
        facts.rules.buffer_after = huge;
        assert_eq!(slots(&facts, &tuesday()).len(), 1);
        facts.rules.turnaround_days = huge;
        assert_eq!(
            refusal(&facts, &tuesday(), "2026-12-01"),
            Some(Unavailable::TooLate)
        );
        facts.rules.notice_minutes = huge;
        assert_eq!(
            refusal(&facts, &tuesday(), "2026-12-01"),
            Some(Unavailable::TooSoon)
        );
        (facts.rules.notice_minutes, facts.rules.minutes) = (0, huge);
        assert_eq!(slots(&facts, &tuesday()), []);
    }
}

proptest! {
    #[test]
    fn closures_take_their_dates_and_no_others(from in 0..60_i64, length in 0..20_i64, again in 0..60_i64) {
        let tidy = clinic(1, 1, 1);
        let mut facts = tidy.clone();
        let first = day("2026-12-01");
        let closed = |n: i64, length: i64| Dates {
            from: first + Duration::days(n),
            until: first + Duration::days(n + length),
        };
        facts.closures = vec![closed(from, length), closed(again, 0)];
        let open = |date: NaiveDate| !facts.closures.iter().any(|c| c.from <= date && date <= c.until);
        let ask = december_and_january();
        prop_assert_eq!(slots(&facts, &ask), only(slots(&tidy, &ask), open));
    }

    #[test]
    fn slots_lie_in_term_and_leave_time_for_the_work_before_it_ends(
        autumn_ends in 0..30_i64,
        gap in 1..20_i64,
        turnaround in 0..=21_i64,
    ) {
        let tidy = clinic(1, 1, 1);
        let mut facts = tidy.clone();
        facts.rules.turnaround_days = turnaround;
        let end = day("2026-12-01") + Duration::days(autumn_ends);
        let spring = Dates { from: end + Duration::days(gap), until: day("2027-01-20") };
        facts.terms = vec![spring, Dates { from: day("2026-10-01"), until: end }];
        let useful = |date: NaiveDate| {
            let done = date + Duration::days(turnaround);
            facts.terms.iter().any(|t| t.from <= date && date <= t.until && done <= t.until)
        };
        let ask = december_and_january();
        prop_assert_eq!(slots(&facts, &ask), only(slots(&tidy, &ask), useful));
    }

    #[test]
    fn a_slot_is_offered_only_with_the_notice_the_service_wants(notice in 0..20_000_i64, now in 0..20_000_i64) {
        let tidy = clinic(1, 1, 1);
        let mut facts = tidy.clone();
        facts.rules.notice_minutes = notice;
        let mut ask = december_and_january();
        let all = slots(&tidy, &ask);
        ask.now += Duration::minutes(now);
        let late_enough = |slot: &Slot| slot.start >= ask.now + Duration::minutes(notice);
        // The horizon moves with the clock, but only away from the end of the range.
        let expected: Vec<_> = all.into_iter().filter(late_enough).collect();
        prop_assert_eq!(slots(&facts, &ask), expected);
    }

    #[test]
    fn lesson_17_the_very_minute_is_offered_and_the_second_after_is_not(minute in 0..600_i64) {
        let facts = clinic(1, 1, 1);
        let mut ask = tuesday();
        ask.now = at("2026-12-01", 10, 0) + Duration::minutes(minute);
        let to_come = |ask: &Ask| slots(&facts, ask).iter().all(|slot| slot.start >= ask.now);
        prop_assert!(to_come(&ask));
        let next = slots(&facts, &ask).first().map(|slot| slot.start);
        if let Some(next) = next {
            ask.now = next;
            prop_assert_eq!(slots(&facts, &ask)[0].start, next);
            ask.now = next + Duration::milliseconds(1);
            prop_assert!(to_come(&ask));
            prop_assert_eq!(
                allocate(&facts, &ask, next, Mode::Phone, &no_preference),
                Err(Unavailable::Past)
            );
        }
    }

    #[test]
    fn the_horizon_counts_local_dates_from_today(days in -3..80_i64, minute in 0..1_440_i64) {
        let mut facts = clinic(1, 1, 1);
        let mut ask = december_and_january();
        ask.now = time::start_of_day(day("2026-11-30")) + Duration::minutes(minute);
        facts.rules.horizon_days = 100;
        let all = slots(&facts, &ask);
        facts.rules.horizon_days = days;
        let last = day("2026-11-30") + Duration::days(days.max(0));
        prop_assert_eq!(slots(&facts, &ask), only(all, |date| date <= last));
        if last < day("2027-01-28") {
            prop_assert_eq!(refusal(&facts, &ask, "2027-01-28"), Some(Unavailable::TooFar));
        }
    }

    #[test]
    fn the_work_is_done_by_the_deadline_with_days_to_spare(
        deadline in 0..70_i64,
        turnaround in 0..=21_i64,
        safety in 0..=7_i64,
    ) {
        let mut facts = clinic(1, 1, 1);
        facts.rules.turnaround_days = turnaround;
        let mut ask = december_and_january();
        let all = slots(&facts, &ask);
        let deadline = day("2026-12-01") + Duration::days(deadline);
        (ask.deadline, ask.safety_days) = (Some(deadline), safety);
        let in_time = |date: NaiveDate| deadline >= date + Duration::days(turnaround + safety);
        prop_assert_eq!(slots(&facts, &ask), only(all, in_time));
    }

    #[test]
    fn only_the_dates_asked_for_are_listed(from in -5..70_i64, length in -3..70_i64) {
        let facts = clinic(1, 1, 1);
        let mut ask = december_and_january();
        let all = slots(&facts, &ask);
        ask.from = day("2026-12-01") + Duration::days(from);
        ask.until = (ask.from + Duration::days(length)).min(day("2027-01-28"));
        prop_assert_eq!(slots(&facts, &ask), only(all, |date| ask.from <= date && date <= ask.until));
    }
}

#[test]
fn a_minute_short_of_the_notice_is_too_soon_for_listing_and_for_booking() {
    let mut facts = clinic(1, 1, 1);
    facts.rules.notice_minutes = 240;
    let mut ask = tuesday();
    ask.now = at("2026-12-01", 10, 0);
    assert_eq!(starts(&facts, &ask)[0], "14:00");
    assert_eq!(refusal(&facts, &ask, "2026-12-01"), None);
    ask.now += Duration::minutes(1);
    assert_eq!(starts(&facts, &ask)[0], "14:30");
    assert_eq!(
        refusal(&facts, &ask, "2026-12-01"),
        Some(Unavailable::TooSoon)
    );
}

#[test]
fn where_terms_overlap_the_later_end_counts() {
    let mut facts = clinic(1, 1, 1);
    facts.rules.turnaround_days = 14;
    facts.terms = vec![
        dates("2026-09-01", "2026-12-04"),
        dates("2026-11-01", "2026-12-15"),
    ];
    assert_eq!(starts(&facts, &tuesday()).len(), 9);
    facts.terms.pop();
    assert_eq!(
        refusal(&facts, &tuesday(), "2026-12-01"),
        Some(Unavailable::TooLate)
    );
}
