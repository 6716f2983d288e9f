//! Lesson 11: the days round every change of the clocks to 2037.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveTime};

use super::world::{ask, clinic, clock, every, staff, window};
use crate::domain::availability::{Slot, slots};
use crate::domain::schedule::Facts;
use crate::domain::time;

/// An hour each half hour from 10:00 to 17:00, and from midnight to 05:00, every day of the week.
fn all_week() -> Facts {
    let mut facts = clinic(1, 1, 1);
    let hours = [(clock(0, 0), clock(5, 0)), (clock(10, 0), clock(17, 0))];
    facts.terms = vec![crate::domain::schedule::Dates {
        from: NaiveDate::MIN,
        until: NaiveDate::MAX,
    }];
    facts.windows = (1..=7)
        .filter_map(time::weekday_from_number)
        .flat_map(|weekday| hours.map(|hours| window(every(weekday), Some(hours), &staff(1, 1, 1))))
        .collect();
    facts
}

fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
    last - Days::new(u64::from(last.weekday().num_days_from_sunday()))
}

fn slots_of(facts: &Facts, date: NaiveDate) -> Vec<Slot> {
    let mut ask = ask("2026-12-01", "2026-12-01");
    (ask.from, ask.until) = (date, date);
    // At night of the day before, so that notice and horizon are out of the way.
    ask.now = time::start_of_day(date) - Duration::hours(2);
    slots(facts, &ask)
}

fn half_hours(from: u32, count: u32) -> impl Iterator<Item = NaiveTime> {
    (0..count).map(move |n| clock(from + n / 2, n % 2 * 30))
}

#[test]
fn domain_9_8_test_12_lesson_11_ten_days_either_side_of_each_change_have_the_right_local_times() {
    let facts = all_week();
    for (year, month) in (2026..=2037).flat_map(|year| [(year, 3), (year, 10)]) {
        let change = last_sunday(year, month);
        for date in (change - Days::new(10)).iter_days().take(21) {
            let found = slots_of(&facts, date);
            let shown: Vec<_> = found.iter().map(|slot| time::local(slot.start)).collect();

            let leapt_over = [clock(1, 0), clock(1, 30)];
            let night = half_hours(0, 9)
                .filter(|t| !(date == change && month == 3 && leapt_over.contains(t)));
            let expected: Vec<_> = night
                .chain(half_hours(10, 13))
                .map(|t| date.and_time(t))
                .collect();
            assert_eq!(shown, expected, "{date}");

            let instants: BTreeSet<_> = found.iter().map(|slot| slot.start).collect();
            assert_eq!(instants.len(), found.len(), "unique instants on {date}");
            assert!(
                found
                    .iter()
                    .all(|slot| slot.end - slot.start == Duration::minutes(60))
            );
            assert!(
                found
                    .iter()
                    .all(|slot| time::local(slot.end).time() <= clock(17, 0))
            );
        }
    }
}

#[test]
fn a_meeting_across_the_change_lasts_its_elapsed_length_inside_the_session() {
    let mut facts = all_week();
    facts.rules.minutes = 240;
    let first_and_last = |date| {
        let found = slots_of(&facts, date);
        let night: Vec<_> = found
            .iter()
            .filter(|slot| time::local(slot.start).time() < clock(9, 0))
            .collect();
        let shown = |slot: &&Slot| (time::clock(slot.start), time::clock(slot.end));
        (night.first().map(shown), night.last().map(shown))
    };
    let words = |from: &str, until: &str| Some((from.to_owned(), until.to_owned()));
    // Midnight to five is four hours long in spring, and six in autumn.
    let only = words("12:00 midnight", "5:00am");
    assert_eq!(first_and_last(last_sunday(2027, 3)), (only.clone(), only));
    assert_eq!(
        first_and_last(last_sunday(2027, 10)),
        (words("12:00 midnight", "3:00am"), words("1:30am", "4:30am"))
    );
}
