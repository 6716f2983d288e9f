//! The plan: repeatable, legal, and never the whole term.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::tuesday;
use crate::domain::time;
use crate::sample::plan;
use crate::sample::setup::Setup;

#[test]
fn the_same_seed_and_day_give_the_same_plan_and_another_seed_another() {
    let mut setup = Setup::shipped().unwrap();
    setup.grow(10);
    let today = time::local_date(tuesday());
    let with =
        |seed| plan::plan(&setup, today, Some(2_000), &mut StdRng::seed_from_u64(seed)).unwrap();
    assert_eq!(with(1), with(1));
    assert_ne!(with(1).meetings, with(2).meetings);
}

#[test]
fn planned_meetings_lie_in_hours_on_open_days_and_are_followed_up_in_term() {
    let setup = Setup::shipped().unwrap();
    // The clocks change on 28 March 2027, and Easter is that day.
    let today = time::parse_date("2027-03-20").unwrap();
    let plan = plan::plan(&setup, today, Some(1_500), &mut StdRng::seed_from_u64(3)).unwrap();
    let closed: BTreeSet<NaiveDate> = setup.bank_holidays.iter().map(|day| day.date).collect();
    for meeting in &plan.meetings {
        let clinic = &setup.clinics[meeting.clinic];
        let service = &clinic.services[meeting.service];
        let start = time::local(DateTime::from_timestamp(meeting.start, 0).unwrap());
        let end = time::local(DateTime::from_timestamp(meeting.end, 0).unwrap());
        assert!(!closed.contains(&start.date()));
        let in_hours = |hours: &crate::sample::setup::Hours| {
            hours.clinic == clinic.id
                && hours.weekdays.contains(&start.weekday())
                && hours.start <= start.time()
                && end.time() <= hours.end
                && (start.time() - hours.start).num_minutes() % service.start_every == 0
        };
        assert!(setup.hours.iter().any(in_hours), "{} {start}", service.id);
        assert!(time::add_days(start.date(), service.turnaround_days) <= plan.term.1);
        assert_eq!(meeting.end - meeting.start, service.minutes * 60);
    }
}

#[test]
fn a_term_is_never_filled_up_and_too_many_appointments_are_refused_with_a_number() {
    let setup = Setup::shipped().unwrap();
    let today = time::local_date(tuesday());
    let refused = plan::plan(
        &setup,
        today,
        Some(4_000_000),
        &mut StdRng::seed_from_u64(3),
    )
    .unwrap_err();
    assert!(
        refused.most > 10_000 && refused.to_string().contains("--staff"),
        "{refused}"
    );
    let in_term = |appointments| {
        let plan = plan::plan(
            &setup,
            today,
            Some(appointments),
            &mut StdRng::seed_from_u64(3),
        )
        .unwrap();
        let from = time::start_of_day(plan.term.0).timestamp();
        plan.meetings
            .iter()
            .filter(|meeting| meeting.start >= from)
            .map(|meeting| meeting.clients)
            .sum::<u32>()
    };
    assert_eq!(in_term(10_000), in_term(20_000));
}
