//! Civil time against the time zone database of the machine, and the words people read.

use std::collections::BTreeSet;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc,
    Weekday,
};

use super::*;

/// What the system says: each change of the clocks as (instant, seconds east of UTC from then on).
///
/// Reads the 64-bit half of a `TZif` file (RFC 9636). Newer systems store only the changes before
/// 1996 and a rule for the rest, so the rule is spelt out here when the file stops early.
fn system_transitions() -> Vec<(i64, i64)> {
    let file = std::fs::read("/usr/share/zoneinfo/Europe/London")
        .expect("the system's time zone database (Debian: package tzdata)");
    let number = |at: usize, size: usize| -> i64 {
        let sign = if file[at] & 0x80 == 0 { 0 } else { -1 };
        file[at..at + size]
            .iter()
            .fold(sign, |sum, byte| (sum << 8) | i64::from(*byte))
    };
    let counts = |header: usize| -> [usize; 6] {
        std::array::from_fn(|i| usize::try_from(number(header + 20 + 4 * i, 4)).unwrap())
    };
    let length = |[utc, std, leap, times, types, letters]: [usize; 6], word: usize| {
        times * (word + 1) + types * 6 + letters + leap * (word + 4) + std + utc
    };
    let second = 44 + length(counts(0), 4);
    let [_, _, _, times, ..] = counts(second);
    let indices = second + 44 + times * 8;
    let mut found: Vec<(i64, i64)> = (0..times)
        .map(|i| {
            let kind = indices + times + usize::from(file[indices + i]) * 6;
            (number(second + 44 + 8 * i, 8), number(kind, 4))
        })
        .collect();

    let footer = second + 44 + length(counts(second), 8);
    assert_eq!(
        std::str::from_utf8(&file[footer..]).unwrap().trim(),
        "GMT0BST,M3.5.0/1,M10.5.0"
    );
    let last = found.last().unwrap().0;
    for year in 1996..=2037 {
        for (month, offset) in [(3, 3600), (10, 0)] {
            let at = last_sunday(year, month).and_hms_opt(1, 0, 0).unwrap();
            if at.and_utc().timestamp() > last {
                found.push((at.and_utc().timestamp(), offset));
            }
        }
    }
    found
}

fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
    last - Days::new(u64::from(last.weekday().num_days_from_sunday()))
}

fn offset_at(second: i64) -> i64 {
    let at = DateTime::from_timestamp(second, 0).unwrap();
    let offset = ZONE.offset_from_utc_datetime(&at.naive_utc()).fix();
    i64::from(offset.local_minus_utc())
}

fn transitions_since_1970() -> Vec<(i64, i64)> {
    let found: Vec<_> = system_transitions()
        .into_iter()
        .filter(|(at, _)| *at > 0)
        .collect();
    assert!(found.len() > 130, "two changes a year, nearly every year");
    found
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    parse_instant(text).unwrap()
}

#[test]
fn lesson_13_our_time_zone_agrees_with_the_systems_at_every_change_to_2037() {
    let changes = transitions_since_1970();
    for (i, (at, offset)) in changes.iter().enumerate() {
        assert_eq!(offset_at(*at), *offset, "at {at}");
        let next = changes.get(i + 1).map_or(
            date(2038, 1, 1)
                .and_time(NaiveTime::MIN)
                .and_utc()
                .timestamp(),
            |n| n.0,
        );
        // Ours has no change of its own in between: the offset holds at every hour until the next.
        for second in (*at..next).step_by(3600) {
            assert_eq!(offset_at(second), *offset, "at {second}");
        }
        assert_eq!(offset_at(next - 1), *offset, "just before {next}");
    }
}

#[test]
fn lesson_11_every_quarter_hour_ten_days_either_side_of_each_change_round_trips() {
    for (change, _) in transitions_since_1970() {
        let middle = local_date(DateTime::from_timestamp(change, 0).unwrap());
        for day in (middle - Days::new(10)).iter_days().take(21) {
            let hours = (end_of_day(day) - start_of_day(day)).num_hours();
            let quarters: BTreeSet<_> = (0..hours * 4)
                .map(|q| local(start_of_day(day) + TimeDelta::minutes(15 * q)))
                .collect();
            assert!(quarters.iter().all(|shown| shown.date() == day));
            // An hour that happens twice shows the same four quarters again.
            assert_eq!(quarters.len(), usize::try_from(hours.min(24) * 4).unwrap());
            for shown in &quarters {
                let instant = resolve(day, shown.time());
                assert_eq!(local(instant), *shown);
                assert_eq!(local_date(instant), day);
                assert!(exists(day, shown.time()));
            }
        }
    }
}

#[test]
fn lesson_12_a_time_that_does_not_exist_lands_as_far_after_the_gap() {
    let spring = date(2027, 3, 28);
    assert_eq!(resolve(spring, at(1, 30)), utc("2027-03-28T01:30:00Z"));
    assert_eq!(local(resolve(spring, at(1, 30))).time(), at(2, 30));
    assert!(!exists(spring, at(1, 30)));
    assert_eq!(resolve(spring, at(0, 59)), utc("2027-03-28T00:59:00Z"));
    assert_eq!(resolve(spring, at(2, 0)), utc("2027-03-28T01:00:00Z"));
    assert_eq!(
        end_of_day(spring) - start_of_day(spring),
        TimeDelta::hours(23)
    );
}

#[test]
fn a_time_that_happens_twice_means_the_first() {
    let autumn = date(2026, 10, 25);
    assert_eq!(resolve(autumn, at(1, 30)), utc("2026-10-25T00:30:00Z"));
    assert_eq!(resolve(autumn, at(2, 0)), utc("2026-10-25T02:00:00Z"));
    assert_eq!(
        end_of_day(autumn) - start_of_day(autumn),
        TimeDelta::hours(25)
    );
}

#[test]
fn the_edges_of_the_calendar_do_not_panic() {
    for edge in [NaiveDate::MIN, NaiveDate::MAX] {
        for hour in [0, 12, 23] {
            let _ = local(resolve(edge, at(hour, 59)));
        }
        assert!(start_of_day(edge) < end_of_day(edge));
        assert_eq!(add_days(edge, 0), edge);
    }
    let _ = (
        local(DateTime::<Utc>::MIN_UTC),
        local(DateTime::<Utc>::MAX_UTC),
    );
    assert_eq!(add_days(date(2026, 12, 10), i64::MAX), NaiveDate::MAX);
    assert_eq!(add_days(date(2026, 12, 10), i64::MIN), NaiveDate::MIN);
    assert_eq!(add_days(date(2026, 12, 30), 3), date(2027, 1, 2));
    assert_eq!(add_days(date(2027, 1, 2), -3), date(2026, 12, 30));
}

#[test]
fn lesson_15_all_seven_weekdays_round_trip_and_monday_is_one() {
    assert_eq!(weekday_number(Weekday::Mon), 1);
    assert_eq!(weekday_number(Weekday::Sun), 7);
    for number in 1..=7 {
        let weekday = weekday_from_number(number).unwrap();
        assert_eq!(weekday_number(weekday), number);
        // 30 November 2026 is a Monday.
        assert_eq!(add_days(date(2026, 11, 29), number).weekday(), weekday);
    }
    for wrong in [i64::MIN, -1, 0, 8, 256, 257, i64::MAX] {
        assert_eq!(weekday_from_number(wrong), None);
    }
}

#[test]
fn dates_read_as_people_say_them() {
    let day = date(2026, 12, 1);
    assert_eq!(long_date(day), "Tuesday 1 December 2026");
    assert_eq!(day_and_month(day), "Tuesday 1 December");
    assert_eq!(short_day(day), "Tue 1 Dec");
    assert_eq!(iso_date(day), "2026-12-01");
}

#[test]
fn times_read_as_people_say_them_and_follow_the_clock_in_london() {
    let (winter, summer) = (date(2026, 12, 1), date(2026, 7, 1));
    for (time, words) in [
        (at(9, 5), "9:05am"),
        (at(14, 0), "2:00pm"),
        (at(0, 0), "12:00 midnight"),
        (at(0, 30), "12:30am"),
        (at(12, 0), "12:00 midday"),
        (at(12, 30), "12:30pm"),
        (at(23, 59), "11:59pm"),
    ] {
        assert_eq!(clock(resolve(winter, time)), words);
        assert_eq!(clock(resolve(summer, time)), words);
    }
    assert_eq!(resolve(summer, at(14, 0)).hour(), 13);
}

#[test]
fn lesson_16_a_range_of_times_carries_its_place() {
    let start = utc("2026-12-01T14:00:00Z");
    assert_eq!(
        clock_range(start, start + TimeDelta::hours(1)),
        "2:00pm to 3:00pm, UK time"
    );
    assert_eq!(rfc3339(start), "2026-12-01T14:00:00Z");
}

#[test]
fn instants_and_dates_are_read_strictly() {
    assert_eq!(
        utc("2026-12-01T15:00:00+01:00"),
        utc("2026-12-01T14:00:00Z")
    );
    for wrong in [
        "",
        "2026-12-01",
        "2026-12-01T14:00:00",
        "2026-02-30T14:00:00Z",
        "soon",
    ] {
        assert_eq!(
            parse_instant(wrong),
            Err(Unreadable::Instant(wrong.to_owned()))
        );
    }
    assert_eq!(parse_date("2028-02-29"), Ok(date(2028, 2, 29)));
    for wrong in [
        "",
        "2026-02-29",
        "2026-1-5",
        "+2026-01-05",
        " 2026-01-05",
        "2026-01-05 ",
        "05/01/2026",
    ] {
        assert_eq!(parse_date(wrong), Err(Unreadable::Date(wrong.to_owned())));
    }
}

#[test]
fn staff_read_weeks_and_moments_with_their_zone() {
    let title = |y, m, d| week_title(monday(date(y, m, d)));
    assert_eq!(title(2026, 11, 29), "23 to 29 November 2026");
    assert_eq!(title(2026, 12, 2), "30 November to 6 December 2026");
    assert_eq!(title(2027, 1, 1), "28 December 2026 to 3 January 2027");
    assert_eq!(monday(date(2026, 11, 23)), date(2026, 11, 23));
    let summer = utc("2026-07-01T13:41:30Z");
    assert_eq!(moment(summer), "Wednesday 1 July 2026, 2:41pm, UK time");
    assert_eq!(clock_here(summer), "2:41pm, UK time");
    assert_eq!(minute_of_day(summer), 14 * 60 + 41);
    assert_eq!(minute_of_day(utc("2026-07-01T23:00:00Z")), 0);
}

#[test]
fn a_fixed_clock_moves_only_when_told() {
    let start = utc("2026-12-01T14:00:00Z");
    let clock = FixedClock::new(start);
    assert_eq!(clock.now(), start);
    clock.advance(TimeDelta::minutes(5));
    assert_eq!(clock.now(), start + TimeDelta::minutes(5));
    clock.set(start);
    assert_eq!(clock.now(), start);
}
