//! Clinics as a careless person might set them up, round ordinary days and changes of the clocks.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::world::{busy, clinic, day, id, resource, standing, window};
use crate::domain::availability::Ask;
use crate::domain::schedule::{
    Busy, Dates, Facts, Feature, Mode, Part, ServiceRules, Standing, When, Window,
};
use crate::domain::time;

/// Days in the range that is asked for.
const DAYS: i64 = 4;
/// 1 to 5 are people, 11 to 13 rooms.
const PEOPLE: std::ops::RangeInclusive<u128> = 1..=5;
const ROOMS: std::ops::RangeInclusive<u128> = 11..=13;

fn first_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        Just(day("2026-12-07")),
        Just(day("2027-03-26")),
        Just(day("2026-10-23")),
    ]
}

fn rules() -> impl Strategy<Value = ServiceRules> {
    let lengths = (
        prop::sample::select(vec![15_i64, 20, 45, 50, 60, 90]),
        0..=20_i64,
        0..=20_i64,
        prop::sample::select(vec![10_i64, 15, 20, 30, 45, 60]),
    );
    let limits = (
        prop_oneof![4 => Just(0_i64), 1 => 0..=1_500_i64],
        prop_oneof![3 => Just(60_i64), 1 => 0..=4_i64],
        prop::option::weighted(0.25, 0..=4_i64),
        prop_oneof![3 => Just(0_i64), 1 => 0..=3_i64],
    );
    let teams = (
        prop_oneof![2 => Just(1_i64), 1 => Just(3_i64)],
        1..=2_i64,
        prop_oneof![1 => Just(0_i64), 9 => 1..=3_i64],
        prop::sample::subsequence(vec![Mode::InPerson, Mode::Phone, Mode::Video], 1..=3)
            .prop_shuffle(),
    );
    (lengths, limits, teams).prop_map(|(lengths, limits, teams)| ServiceRules {
        minutes: lengths.0,
        buffer_before: lengths.1,
        buffer_after: lengths.2,
        start_every: lengths.3,
        notice_minutes: limits.0,
        horizon_days: limits.1,
        daily_cap: limits.2,
        turnaround_days: limits.3,
        capacity: teams.0,
        advisers_needed: teams.1,
        supervisor_ratio: teams.2,
        modes: teams.3,
        ..clinic(0, 0, 0).rules
    })
}

fn hours() -> impl Strategy<Value = Option<(NaiveTime, NaiveTime)>> {
    let quarter = |q: u32| NaiveTime::from_num_seconds_from_midnight_opt(q % 96 * 900, 0).unwrap();
    // Early hours often, because that is where the clocks change. A window may end at midnight, and
    // a careless one may end before it starts.
    let pair = (
        prop_oneof![0..=12_u32, 0..=95_u32],
        prop_oneof![1 => 0..=5_u32, 4 => 6..=20_u32],
    )
        .prop_map(move |(from, length)| (quarter(from), quarter(from + length)));
    prop::option::weighted(0.95, pair)
}

fn staff() -> impl Strategy<Value = Vec<(u128, Part)>> {
    let person = (
        PEOPLE,
        prop::sample::select(vec![Part::Adviser, Part::Adviser, Part::Supervisor]),
    );
    let room = (ROOMS, Just(Part::Room));
    // Rarely, a room is posted as a person.
    let wrong = (ROOMS, Just(Part::Adviser));
    let posting = prop_oneof![16 => person, 7 => room, 1 => wrong];
    prop::collection::vec(posting, 4..=14)
}

fn windows(first: NaiveDate) -> impl Strategy<Value = Vec<Window>> {
    let on = (0..DAYS, 0..4_i64, 0..8_i64, prop::bool::weighted(0.25)).prop_map(
        move |(n, before, after, single)| {
            let date = first + Duration::days(n);
            if single {
                return When::Date(date);
            }
            When::Weekly {
                weekday: date.weekday(),
                from: date + Duration::days(1 - before),
                until: (after < 4).then(|| date + Duration::days(after - 1)),
            }
        },
    );
    let one = (on, hours(), staff()).prop_map(|(on, hours, staff)| window(on, hours, &staff));
    prop::collection::vec(one, 2..=6)
}

fn stretch(first: NaiveDate, longest: i64) -> impl Strategy<Value = Dates> {
    (-1..DAYS, 0..longest).prop_map(move |(n, length)| Dates {
        from: first + Duration::days(n),
        until: first + Duration::days(n + length),
    })
}

fn terms(first: NaiveDate) -> impl Strategy<Value = Vec<Dates>> {
    let long = Dates {
        from: first - Duration::days(30),
        until: first + Duration::days(30),
    };
    prop_oneof![
        8 => Just(vec![long]),
        1 => prop::collection::vec(stretch(first, 4), 0..=2),
    ]
}

/// Five minutes at a time, near the early hours as often as not.
fn minute_of_range() -> impl Strategy<Value = i64> {
    let anywhere = (0..DAYS, 0..288_i64);
    let early = (0..DAYS, 0..60_i64);
    prop_oneof![anywhere, early].prop_map(|(day, five)| day * 1_440 + five * 5)
}

fn busy_rows(first: NaiveDate) -> impl Strategy<Value = Vec<Busy>> {
    let row = (
        prop_oneof![PEOPLE, ROOMS],
        minute_of_range(),
        0..=150_i64,
        1..=3_i64,
    );
    let row = row.prop_map(move |(who, minute, length, at_once)| {
        let from = time::start_of_day(first) + Duration::minutes(minute);
        busy(who, from, length, at_once)
    });
    prop::collection::vec(row, 0..=10)
}

fn standing_rows(first: NaiveDate) -> impl Strategy<Value = Vec<Standing>> {
    let mode = prop::sample::select(vec![Mode::InPerson, Mode::Phone]);
    let row = (
        minute_of_range(),
        mode,
        0..=2_i64,
        prop::option::of(ROOMS),
        15..=90_i64,
    );
    let numbered = move |rows: Vec<(i64, Mode, i64, Option<u128>, i64)>| {
        let row = |(n, (minute, mode, places, room, length)): (
            usize,
            (i64, Mode, i64, Option<u128>, i64),
        )| {
            // On the quarter hour, where starts are.
            let start = time::start_of_day(first) + Duration::minutes(minute / 15 * 15);
            Standing {
                end: start + Duration::minutes(length),
                room: room.map(id),
                ..standing(u128::try_from(n).unwrap(), start, mode, places)
            }
        };
        rows.into_iter().enumerate().map(row).collect()
    };
    prop::collection::vec(row, 0..=8).prop_map(numbered)
}

fn access() -> impl Strategy<Value = BTreeSet<Feature>> {
    let all = vec![Feature::StepFree, Feature::Quiet, Feature::Hearing];
    prop_oneof![
        3 => Just(BTreeSet::new()),
        1 => prop::sample::subsequence(all, 0..=2).prop_map(|list| list.into_iter().collect()),
    ]
}

fn asks(first: NaiveDate) -> impl Strategy<Value = Ask> {
    let mode = prop::sample::select(vec![Mode::InPerson, Mode::Phone, Mode::Video]);
    let now = prop_oneof![4 => -2_000..=0_i64, 1 => 0..=2_500_i64];
    let when = (
        now,
        prop_oneof![4 => Just(0_i64), 1 => 1..=2_i64],
        prop_oneof![4 => Just(DAYS - 1), 1 => 0..DAYS],
    );
    let deadline = (prop::option::weighted(0.15, 0..10_i64), 0..=3_i64);
    let extra = prop_oneof![3 => Just(0_i64), 1 => Just(15_i64)];
    (
        when,
        prop::option::weighted(0.2, mode),
        access(),
        extra,
        deadline,
    )
        .prop_map(move |(when, mode, access, extra_minutes, deadline)| Ask {
            now: time::start_of_day(first) + Duration::minutes(when.0),
            from: first + Duration::days(when.1),
            until: first + Duration::days(when.2),
            mode,
            access,
            extra_minutes,
            deadline: deadline.0.map(|n| first + Duration::days(n)),
            safety_days: deadline.1,
        })
}

fn facts(first: NaiveDate) -> impl Strategy<Value = Facts> {
    let offers = prop::collection::vec(access(), 3);
    let closures = prop::collection::vec(stretch(first, 2), 0..=1);
    let calendar = (terms(first), closures, prop::bool::weighted(0.3));
    (
        rules(),
        windows(first),
        calendar,
        offers,
        busy_rows(first),
        standing_rows(first),
    )
        .prop_map(
            |(rules, windows, (terms, closures, closes), offers, busy, standing)| Facts {
                rules,
                windows,
                terms,
                closures: closures.into_iter().filter(|_| closes).collect(),
                resources: ROOMS
                    .zip(offers)
                    .map(|(n, offers)| resource(n, &offers.into_iter().collect::<Vec<_>>()))
                    .collect(),
                busy,
                blocks: Vec::new(),
                standing,
            },
        )
}

/// A clinic and somebody who asks for a time in it.
pub fn clinics() -> impl Strategy<Value = (Facts, Ask)> {
    first_day().prop_flat_map(|first| (facts(first), asks(first)))
}
