//! Which services some answers open, and what they ask of a time.

use std::collections::BTreeSet;

use crate::booking::{Needs, free_slots};
use crate::context::Context;
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::domain::triage::{Assessment, Facts, Outcome, Pack};
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

/// What the answers ask of a time of a service of so many minutes.
#[must_use]
pub fn needs(pack: &Pack, assessment: &Assessment, minutes: i64) -> Needs {
    let facts = &assessment.facts;
    Needs {
        access: facts.access.iter().copied().collect::<BTreeSet<_>>(),
        deadline: assessment.deadline,
        safety_days: pack.settings.number("buffer_days").unwrap_or_default(),
        extra_minutes: minutes * i64::from(facts.extra_time_percent) / 100,
    }
}

/// The slot test: answers that could be booked, with a deadline that no free time of any service meets
/// (`deadline >= slot + turnaround + buffer`), are for a person to look at. Three queries a service, and none without a
/// deadline. A calendar that cannot be read decides nothing here: the page of times says so.
pub async fn slot_tested(
    context: &Context,
    pack: &Pack,
    services: &[ServiceRow],
    mut assessment: Assessment,
) -> Assessment {
    if assessment.outcome != Outcome::Book
        || assessment.next.is_some()
        || assessment.deadline.is_none()
    {
        return assessment;
    }
    let today = time::local_date(context.now());
    for service in offered(services, &assessment.facts) {
        let id = ServiceId(service.id.clone());
        let dates = (today, time::add_days(today, service.horizon_days));
        let needs = needs(pack, &assessment, service.minutes);
        match free_slots(context, &id, &needs, dates, None).await {
            Ok((_, slots)) if slots.is_empty() => {}
            Ok(_) | Err(_) => return assessment,
        }
    }
    assessment.too_late_to_book(pack.settings.text("too_late"));
    assessment
}
