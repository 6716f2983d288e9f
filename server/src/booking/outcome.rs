//! What came of a meeting, written down once it is over, beside the booking and not in it.

use uuid::Uuid;

use super::{Actor, BookingError, in_turn, life};
use crate::context::Context;
use crate::domain::booking::{Refused, State};
use crate::domain::outcome::Came;
use crate::store::{OutcomeRow, Records};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// In one word.
    pub came: Came,
    /// What it was about; `None` for something that is not on the clinic's list.
    pub issue: Option<Uuid>,
    /// Minutes of all students together.
    pub student_minutes: i64,
    /// Minutes of all supervisors together.
    pub supervisor_minutes: i64,
    /// How sure the client felt before, 1 to 5, if they were asked.
    pub confidence_before: Option<i64>,
    /// And after.
    pub confidence_after: Option<i64>,
}

/// Writes it down, or corrects it. `seen` is the revision that the form was made from; 0 for the first.
///
/// # Errors
/// [`BookingError::Overtaken`] if somebody else was first; [`BookingError::Refused`] before the client was seen.
pub async fn record_outcome(
    context: &Context,
    id: Uuid,
    seen: i64,
    outcome: &Outcome,
    staff: Uuid,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| record(tx, context, id, seen, outcome, staff))
}

async fn record(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    seen: i64,
    outcome: &Outcome,
    staff: Uuid,
) -> Result<(), BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let state = life(&row)?.state;
    if state != State::Attended {
        return Err(Refused::WrongState(state).into());
    }
    let known = tx.issues(Some(&row.clinic_id)).await?;
    if outcome
        .issue
        .is_some_and(|issue| !known.iter().any(|one| one.id == issue))
    {
        return Err(BookingError::Overtaken);
    }
    let written = tx
        .put_outcome(&OutcomeRow {
            appointment_id: id,
            result: outcome.came.as_str().to_owned(),
            issue_id: outcome.issue,
            student_minutes: outcome.student_minutes,
            supervisor_minutes: outcome.supervisor_minutes,
            confidence_before: outcome.confidence_before,
            confidence_after: outcome.confidence_after,
            recorded_by: staff,
            recorded_at: context.now().timestamp(),
            revision: seen + 1,
        })
        .await?;
    if !written {
        return Err(BookingError::Overtaken);
    }
    let action = if seen == 0 {
        "outcome_recorded"
    } else {
        "outcome_corrected"
    };
    let (subject, nothing) = (("appointment", id), String::new());
    Actor::Staff(staff)
        .note(tx, context, action, subject, &row.clinic_id, nothing)
        .await?;
    Ok(())
}
