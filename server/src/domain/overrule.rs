//! What is left of a service's facts when a supervisor breaks the rules of booking for one appointment: any five minutes
//! of one date, with whoever works in the clinic at some time and has the skill.
//!
//! Promises: people, rooms and the supervisor's ratio stay what they are, so nobody is booked twice and nobody is left
//! unsupervised. Does not ask who may do this: `domain::access` does.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::schedule::{Dates, Facts, ServiceRules, When, Window};
use super::time;

/// Longest time that somebody may look ahead, in days: as far as any service can be booked, and as far as the desk looks
/// for meetings in trouble.
const ANY_DAY: i64 = 400;

/// The facts with the clinic open all of `date`, to everybody who works in it. Notice, horizon, hours, terms, closures,
/// the day's cap and the time that the work takes do not count.
#[must_use]
pub fn without_rules(facts: Facts, date: NaiveDate) -> Facts {
    let staff: BTreeSet<_> = facts
        .windows
        .iter()
        .flat_map(|window| window.staff.iter().copied())
        .collect();
    let open = Dates {
        from: time::add_days(date, -1),
        until: time::add_days(date, 1),
    };
    Facts {
        rules: ServiceRules {
            start_every: 5,
            notice_minutes: 0,
            horizon_days: ANY_DAY,
            daily_cap: None,
            turnaround_days: 0,
            ..facts.rules
        },
        windows: vec![Window {
            on: When::Date(date),
            hours: Some((chrono::NaiveTime::MIN, chrono::NaiveTime::MIN)),
            staff: staff.into_iter().collect(),
        }],
        terms: vec![open],
        closures: Vec::new(),
        ..facts
    }
}
