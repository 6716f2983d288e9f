//! Before the decision: a proposal that somebody writes down, and who has the case.

use uuid::Uuid;

use super::Ruling;
use super::decide::{put, refuse_what_cannot_be, service};
use crate::booking::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::domain::decision::NotPossible;
use crate::store::Records;

/// Writes a proposal down for whoever decides. It changes nothing else, and the client hears nothing.
pub async fn prepare(context: &Context, ruling: &Ruling) -> Result<(), BookingError> {
    refuse_what_cannot_be(context, ruling).await?;
    in_turn!(context, |tx| propose(tx, context, ruling))
}

async fn propose(
    tx: &mut dyn Records,
    context: &Context,
    ruling: &Ruling,
) -> Result<(), BookingError> {
    let row = super::unchanged(tx, ruling.request, ruling.revision).await?;
    let state = super::state(&row)?;
    if !state.is_open() {
        return Err(NotPossible(state).into());
    }
    put(tx, context, ruling, "proposed").await?;
    let subject = ("request", row.id);
    Actor::Staff(ruling.staff)
        .note(
            tx,
            context,
            "prepared",
            subject,
            &row.clinic_id,
            service(&ruling.terms),
        )
        .await?;
    Ok(())
}

/// Says who has the case: somebody of its clinic, or nobody. `was`: the id of whoever had it on the page where this was
/// chosen, empty for nobody; without it the last word counts.
///
/// # Errors
/// [`BookingError::Overtaken`] if somebody else has it by now.
pub async fn assign(
    context: &Context,
    request: Uuid,
    (to, was): (Option<Uuid>, Option<&str>),
    by: Uuid,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| give(tx, context, request, (to, was), by))
}

async fn give(
    tx: &mut dyn Records,
    context: &Context,
    request: Uuid,
    (to, was): (Option<Uuid>, Option<&str>),
    by: Uuid,
) -> Result<(), BookingError> {
    let row = tx
        .request(request)
        .await?
        .ok_or(BookingError::NoSuchRequest)?;
    if row.assigned_to == to {
        return Ok(());
    }
    let holder = row.assigned_to.map(|id| id.to_string()).unwrap_or_default();
    if was.is_some_and(|was| was != holder) {
        return Err(BookingError::Overtaken);
    }
    if let Some(to) = to {
        let colleagues = tx.colleagues(&row.clinic_id).await?;
        if !colleagues.iter().any(|one| one.id == to) {
            return Err(BookingError::NoSuchRequest);
        }
    }
    if !tx.assign_request(request, row.assigned_to, to).await? {
        return Err(BookingError::Overtaken);
    }
    let action = if to.is_some() {
        "assigned"
    } else {
        "unassigned"
    };
    let subject = ("request", request);
    Actor::Staff(by)
        .note(tx, context, action, subject, &row.clinic_id, String::new())
        .await?;
    Ok(())
}
