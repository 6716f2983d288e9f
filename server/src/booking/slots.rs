//! The times that are free, for pages and API.

use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{BookingError, Needs};
use crate::context::Context;
use crate::domain::availability::{Slot, slots};
use crate::domain::ids::ServiceId;
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
