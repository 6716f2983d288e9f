//! The data files: complete, true where they name a date, and told apart when wrong.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::domain::schedule::Feature;
use crate::sample::setup::Setup;

#[test]
fn every_open_clinic_has_three_advisers_a_supervisor_and_two_rooms_one_without_steps() {
    let setup = Setup::shipped().unwrap();
    for clinic in setup.clinics.iter().filter(|clinic| clinic.enabled) {
        let mut there: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for hours in setup.hours.iter().filter(|hours| hours.clinic == clinic.id) {
            for (part, keys) in [
                ("a", &hours.advisers),
                ("s", &hours.supervisors),
                ("r", &hours.rooms),
            ] {
                there
                    .entry(part)
                    .or_default()
                    .extend(keys.iter().map(String::as_str));
            }
        }
        assert!(
            there["a"].len() >= 3 && !there["s"].is_empty() && there["r"].len() >= 2,
            "{}",
            clinic.id
        );
        let step_free = |room: &&crate::sample::setup::Room| {
            there["r"].contains(room.key.as_str()) && room.features.contains(&Feature::StepFree)
        };
        assert!(
            setup.rooms.iter().any(|room| step_free(&room)),
            "{}",
            clinic.id
        );
        // Whoever is there as an adviser can do something there, and each service has somebody who can do it.
        for service in &clinic.services {
            let able = setup
                .people
                .iter()
                .filter(|person| person.services.contains(&service.id))
                .count();
            assert!(
                i64::try_from(able).unwrap() >= service.advisers_needed,
                "{}",
                service.id
            );
        }
    }
    assert!(
        setup
            .people
            .iter()
            .all(|person| person.name.ends_with(" Sample"))
    );
    assert!(
        setup
            .accounts
            .iter()
            .all(|account| account.email.ends_with("@sample.invalid"))
    );
}

#[test]
fn somebody_and_some_room_work_for_two_clinics_at_the_same_hour() {
    let setup = Setup::shipped().unwrap();
    let both = |pick: fn(&crate::sample::setup::Hours) -> Vec<&String>| {
        setup.hours.iter().any(|one| {
            setup.hours.iter().any(|other| {
                one.clinic < other.clinic
                    && one.weekdays.iter().any(|day| other.weekdays.contains(day))
                    && one.start < other.end
                    && other.start < one.end
                    && pick(one).iter().any(|key| pick(other).contains(key))
            })
        })
    };
    assert!(both(|hours| hours.rooms.iter().collect()));
    assert!(both(|hours| hours.advisers.iter().collect()));
}

/// Easter Sunday by the method of Meeus, Jones and Butcher for the Gregorian calendar.
#[expect(
    clippy::many_single_char_names,
    reason = "the letters of the published method"
)]
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).unwrap(),
        u32::try_from(n % 31 + 1).unwrap(),
    )
    .unwrap()
}

/// The bank holidays of England of a year without a special one, by the rules: moved off the weekend to the next weekday
/// that is not one already.
fn by_the_rules(year: i32) -> Vec<NaiveDate> {
    let date = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let monday_from = |first: NaiveDate| {
        first
            .iter_days()
            .find(|day| day.weekday() == Weekday::Mon)
            .unwrap()
    };
    let mut days = vec![
        easter(year) - TimeDelta::days(2),
        easter(year) + TimeDelta::days(1),
        monday_from(date(5, 1)),
        monday_from(date(5, 25)),
        monday_from(date(8, 25)),
    ];
    for fixed in [date(1, 1), date(12, 25), date(12, 26)] {
        let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let own = fixed
            .iter_days()
            .find(|day| !weekend(day) && !days.contains(day))
            .unwrap();
        days.push(own);
    }
    days.sort_unstable();
    days
}

#[test]
fn bank_holidays_are_those_of_england_with_substitute_days() {
    assert_eq!(easter(2026), NaiveDate::from_ymd_opt(2026, 4, 5).unwrap());
    let setup = Setup::shipped().unwrap();
    for year in 2024..=2028 {
        let found = setup
            .bank_holidays
            .iter()
            .filter(|day| day.date.year() == year);
        assert_eq!(
            found.map(|day| day.date).collect::<Vec<_>>(),
            by_the_rules(year),
            "{year}"
        );
    }
    for day in &setup.bank_holidays {
        let moved = !matches!((day.date.month(), day.date.day()), (1, 1) | (12, 25 | 26));
        let by_date = day.title.contains("Christmas")
            || day.title.contains("Boxing")
            || day.title.contains("New Year");
        assert_eq!(
            day.title.contains("substitute"),
            by_date && moved,
            "{} {}",
            day.date,
            day.title
        );
    }
}

#[test]
fn a_mistake_in_the_files_is_told_with_its_file_and_name() {
    let (clinics, people, calendar) = (
        include_str!("../../../packs/sample/clinics.toml"),
        include_str!("../../../packs/sample/people.toml"),
        include_str!("../../../packs/sample/calendar.toml"),
    );
    let worked = include_str!("../../../packs/sample/worked.toml");
    let error = |people: &str, calendar: &str| {
        Setup::parse(clinics, people, calendar, worked)
            .unwrap_err()
            .to_string()
    };
    let unknown = error(people, &calendar.replace("\"ada\"", "\"adam\""));
    assert_eq!(unknown, "packs/sample/calendar.toml: adam is not known");
    let twice = error(
        &people.replace("key = \"bilal\"", "key = \"ada\""),
        calendar,
    );
    assert_eq!(twice, "packs/sample/people.toml: ada is there twice");
    let skill = error(&people.replace("\"law-first\"", "\"law-frist\""), calendar);
    assert_eq!(skill, "packs/sample/people.toml: law-frist is not known");
    assert!(
        error(
            people,
            &calendar.replace("start = \"14:00\"", "start = \"25:00\"")
        )
        .contains("calendar.toml")
    );
}
