//! A busy month to measure. No limit is asserted: a shared machine would make it a lottery.

use std::time::Instant;

use chrono::{Duration, Weekday};

use super::world::{ADVISER, ROOM, SUPERVISOR, ask, at, busy, clinic, clock, every, staff, window};
use crate::domain::availability::{Ask, slots};
use crate::domain::schedule::Facts;

/// Monday to Friday 9:00 to 17:00 with so many staff (one in five supervises) and busy rows, and
/// somebody who asks for a month.
fn month(staff_count: u128, rows: i64, sorted: bool) -> (Facts, Ask) {
    let supervisors = staff_count / 5;
    let advisers = staff_count - supervisors;
    let people = staff(advisers, supervisors, advisers / 2);
    let mut facts = clinic(advisers, supervisors, advisers / 2);
    let weekdays = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let hours = Some((clock(9, 0), clock(17, 0)));
    facts.windows = weekdays
        .map(|day| window(every(day), hours, &people))
        .into();
    // Spread over resources and half hours with two odd strides, in no order.
    let firsts = [
        (ADVISER, advisers),
        (SUPERVISOR, supervisors),
        (ROOM, advisers / 2),
    ];
    facts.busy = (0..rows)
        .map(|n| {
            let (first, count) = firsts[usize::try_from(n % 3).unwrap()];
            let who = first + u128::try_from(n * 7).unwrap() % count;
            let from = at("2026-12-01", 9, 0) + Duration::minutes(30 * ((n * 37) % (31 * 48)));
            busy(who, from, 60, 2)
        })
        .collect();
    if sorted {
        facts.busy.sort_by_key(|row| (row.resource, row.from));
    }
    (facts, ask("2026-12-01", "2026-12-31"))
}

#[test]
fn a_busy_month_still_has_times() {
    let (facts, ask) = month(10, 2_000, false);
    let found = slots(&facts, &ask);
    assert!((10..=23 * 15).contains(&found.len()), "{}", found.len());
}

#[test]
#[ignore = "prints times; run with --release --ignored --nocapture"]
fn months_of_slots_measured() {
    let sizes = [
        (10, 0),
        (10, 2_000),
        (20, 4_000),
        (100, 2_000),
        (100, 20_000),
    ];
    for (staff, rows, sorted) in sizes
        .into_iter()
        .flat_map(|(s, r)| [(s, r, false), (s, r, true)])
    {
        let (facts, ask) = month(staff, rows, sorted);
        let began = Instant::now();
        let mut found = 0;
        for _ in 0..500 {
            found = slots(&facts, &ask).len();
        }
        let each = began.elapsed() / 500;
        println!("{staff} staff, {rows} busy rows (in order: {sorted}): {found} slots in {each:?}");
    }
}
