//! Which services some answers open, and what they ask of a time.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::booking::Needs;
use crate::domain::ids::ServiceId;
use crate::domain::triage::{Assessment, Facts, Pack, Spare};
use crate::store::ServiceRow;

/// The services that a client with these facts may book, in the clinic's order. A service that the answers name is open
/// to a client it is not made for (the first visit of somebody who comes again with another problem), where nothing else
/// that they name is.
#[must_use]
pub fn offered<'a>(services: &'a [ServiceRow], facts: &Facts) -> Vec<&'a ServiceRow> {
    let named = |service: &ServiceRow| facts.services.contains(&ServiceId(service.id.clone()));
    let led_to: Vec<&ServiceRow> = services
        .iter()
        .filter(|service| service.enabled && service.booking != "review")
        .filter(|service| facts.services.is_empty() || named(service))
        .filter(|service| !facts.remote || service.modes.split(',').any(|mode| mode != "in_person"))
        .collect();
    let mut made_for = led_to.clone();
    made_for.retain(|service| match service.offered_to.as_str() {
        "new" => !facts.returning,
        "returning" => facts.returning,
        _ => true,
    });
    if made_for.is_empty() && !facts.services.is_empty() {
        return led_to;
    }
    made_for
}

/// What an assessment asks of a time of a service. Its turnaround is that of the service or of the questions,
/// whichever is longer.
#[must_use]
pub fn needs_of(pack: &Pack, assessment: &Assessment, service: &ServiceRow) -> Needs {
    let spare = Spare::of(&pack.settings);
    let longer = (spare.turnaround_days - service.turnaround_days).max(0);
    Needs {
        safety_days: Some(spare.buffer_days + longer),
        ..needs(&assessment.facts, service.minutes, assessment.deadline)
    }
}

/// What these facts ask of a time of a service of so many minutes.
#[must_use]
pub fn needs(facts: &Facts, minutes: i64, deadline: Option<NaiveDate>) -> Needs {
    Needs {
        access: facts.access.iter().copied().collect::<BTreeSet<_>>(),
        deadline,
        safety_days: None,
        at_once: false,
        extra_minutes: minutes * i64::from(facts.extra_time_percent) / 100,
    }
}
