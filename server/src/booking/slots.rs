//! The times that are free, for pages and API.

use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{BookingError, Needs};
use crate::context::Context;
use crate::domain::availability::{Slot, slots};
use crate::domain::ids::{ClinicId, ServiceId};
use crate::domain::schedule::{Mode, ServiceRules};
use crate::domain::time;

/// The free starts of a service on local dates `from` to `until` (inclusive), with the rules they follow.
pub async fn free_slots(
    context: &Context,
    service: &ServiceId,
    needs: &Needs,
    dates: (NaiveDate, NaiveDate),
    mode: Option<Mode>,
) -> Result<(ServiceRules, Vec<Slot>), BookingError> {
    let started = Instant::now();
    let now = context.now();
    let mut facts = context
        .store
        .read()
        .await?
        .facts(service.as_str(), dates.0, dates.1, now.timestamp(), None)
        .await?
        .ok_or(BookingError::NoSuchService)?;
    needs.relax(&mut facts.rules);
    let found = slots(&facts, &needs.ask(now, dates.0, dates.1, mode));
    context.metrics.slots_found(started.elapsed());
    Ok((facts.rules, found))
}

/// The first free start of a service in the next six weeks, if any.
pub async fn next_free(
    context: &Context,
    service: &ServiceId,
) -> Result<Option<DateTime<Utc>>, BookingError> {
    let today = time::local_date(context.now());
    let until = today + Days::new(42);
    let (_, found) = free_slots(context, service, &Needs::default(), (today, until), None).await?;
    Ok(found.first().map(|slot| slot.start))
}

/// The first free start, in the next six weeks, of any service of a clinic for somebody who stands at the desk: no notice is
/// asked for. `None` also where every service of it is decided upon before a time is given.
pub async fn next_here(
    context: &Context,
    clinic: &ClinicId,
) -> Result<Option<DateTime<Utc>>, BookingError> {
    let services = context
        .store
        .read()
        .await?
        .services(Some(clinic.as_str()))
        .await?;
    let needs = Needs {
        at_once: true,
        ..Needs::default()
    };
    let today = time::local_date(context.now());
    let dates = (today, today + Days::new(42));
    let mut first: Option<DateTime<Utc>> = None;
    for service in services
        .iter()
        .filter(|one| one.enabled && one.booking != "review")
    {
        let service = ServiceId(service.id.clone());
        let (_, found) = free_slots(context, &service, &needs, dates, None).await?;
        let start = found.first().map(|slot| slot.start);
        first = first.into_iter().chain(start).min();
    }
    Ok(first)
}
