//! Review: what becomes of the cases that a person looks at. Staff prepare and decide; the client answers, picks a time or
//! withdraws, by their link or on the telephone with staff.
//!
//! Promises: each change is one transaction with its audit row and its message; it is made of the revision that somebody
//! has looked at, so that of two at once one is made and the other is told ([`BookingError::CaseChanged`]). Does not ask
//! who may do what: the caller has asked `domain::access`.

mod client;
mod decide;
mod pick;
mod prepare;
#[cfg(test)]
mod tests;

pub use client::{answer, none_suits, withdraw};
pub use decide::{Ruling, decide};
pub use pick::{Pick, Picked, pick, to_pick_from};
pub use prepare::{assign, prepare};

use uuid::Uuid;

use crate::booking::{BookingError, Needs};
use crate::context::Context;
use crate::domain::client::Access;
use crate::domain::decision::{State, Step, Terms};
use crate::store::{DecisionRow, Records, RequestChange, RequestRow, StoreError};

/// The state of a stored case.
pub fn state(row: &RequestRow) -> Result<State, StoreError> {
    State::from_name(&row.state)
        .ok_or_else(|| StoreError::Corrupt(format!("request state {}", row.state)))
}

/// The terms of a stored proposal or decision.
pub fn terms(row: &DecisionRow) -> Result<Terms, StoreError> {
    serde_json::from_str(&row.terms).map_err(|error| StoreError::Corrupt(format!("terms: {error}")))
}

/// The decision in force: the last one made.
#[must_use]
pub fn in_force(decisions: &[DecisionRow]) -> Option<&DecisionRow> {
    decisions.iter().rev().find(|row| row.stage == "decided")
}

/// What the meeting needs. Not the client's deadline with all its margins: it is why a person has looked at the case, and
/// they decide knowing it.
#[must_use]
pub fn needs(row: &RequestRow, extra_minutes: i64) -> Needs {
    // What cannot be read asks for nothing: the client's page must still open, and staff see the needs in words.
    let access = Access::parse(&row.access).unwrap_or_default();
    Needs {
        access: access.features(),
        deadline: None,
        safety_days: None,
        at_once: false,
        extra_minutes,
    }
}

/// The case, if it still has this revision.
async fn unchanged(
    tx: &mut dyn Records,
    id: Uuid,
    revision: i64,
) -> Result<RequestRow, BookingError> {
    let row = tx.request(id).await?.ok_or(BookingError::NoSuchRequest)?;
    if row.revision == revision {
        Ok(row)
    } else {
        Err(BookingError::CaseChanged)
    }
}

/// Takes a case one step on, with a new promise where it comes back to staff.
async fn step(
    tx: &mut dyn Records,
    context: &Context,
    row: &RequestRow,
    step: Step,
    appointment: Option<Uuid>,
) -> Result<RequestRow, BookingError> {
    let after = state(row)?.after(step)?;
    let respond_by = if after == State::InReview {
        let urgent = row.priority.is_some();
        let by = crate::intake::promised(tx, &row.clinic_id, context.now(), urgent).await?;
        Some(by.timestamp())
    } else {
        None
    };
    let change = RequestChange {
        id: row.id,
        revision: row.revision,
        state: after.as_str(),
        respond_by,
        appointment_id: appointment,
    };
    if !tx.change_request(&change).await? {
        return Err(BookingError::CaseChanged);
    }
    tx.request(row.id).await?.ok_or(BookingError::NoSuchRequest)
}
