//! Whether anything on offer can still help: if nothing can, a person looks at it, and no list of times is shown.

use super::services::{needs_of, offered};
use crate::booking::{BookingError, free_slots};
use crate::context::Context;
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::domain::triage::{Answers, Assessment, Day, Outcome, Pack, none_fits, too_late};
use crate::store::ServiceRow;

/// The assessment as it stands, or as a review where no service fits or a time limit is too near for every time on
/// offer. Asks the calendar only when the questions have ended in a time to book and there is a time limit.
pub async fn in_time(
    context: &Context,
    pack: &Pack,
    (answers, day): (&Answers, Day<'_>),
    services: &[ServiceRow],
    assessment: Assessment,
) -> Result<Assessment, BookingError> {
    if assessment.outcome != Outcome::Book || assessment.missing.is_some() {
        return Ok(assessment);
    }
    let open = offered(services, &assessment.facts);
    if open.is_empty() {
        return Ok(none_fits(pack, assessment));
    }
    let Some(deadline) = assessment.deadline else {
        return Ok(assessment);
    };
    for service in open {
        let until = time::add_days(day.date, service.horizon_days).min(deadline);
        if until < day.date {
            continue;
        }
        let needs = needs_of(pack, &assessment, service);
        let id = ServiceId(service.id.clone());
        let (_, slots) = free_slots(context, &id, &needs, (day.date, until), None).await?;
        if !slots.is_empty() {
            return Ok(assessment);
        }
    }
    Ok(too_late(pack, answers, day, assessment))
}
