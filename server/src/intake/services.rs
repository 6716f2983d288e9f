//! Which services some answers open, and what they ask of a time.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::booking::Needs;
use crate::domain::ids::ServiceId;
use crate::domain::triage::Facts;
use crate::store::ServiceRow;

/// The services that a client with these facts may book, in the clinic's order.
#[must_use]
pub fn offered<'a>(services: &'a [ServiceRow], facts: &Facts) -> Vec<&'a ServiceRow> {
    services
        .iter()
        .filter(|service| service.enabled && service.booking != "review")
        .filter(|service| match service.offered_to.as_str() {
            "new" => !facts.returning,
            "returning" => facts.returning,
            _ => true,
        })
        .filter(|service| {
            facts.services.is_empty() || facts.services.contains(&ServiceId(service.id.clone()))
        })
        .filter(|service| !facts.remote || service.modes.split(',').any(|mode| mode != "in_person"))
        .collect()
}

/// What these facts ask of a time of a service of so many minutes.
#[must_use]
pub fn needs(facts: &Facts, minutes: i64, deadline: Option<NaiveDate>) -> Needs {
    Needs {
        access: facts.access.iter().copied().collect::<BTreeSet<_>>(),
        deadline,
        extra_minutes: minutes * i64::from(facts.extra_time_percent) / 100,
    }
}
