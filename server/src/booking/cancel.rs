//! Calling off, confirming, and "I'm coming".

use uuid::Uuid;

use super::tell::{Kind, tell};
use super::{Actor, BookingError, conflict, in_turn, life};
use crate::context::Context;
use crate::domain::booking::Command;
use crate::store::{AppointmentRow, HistoryRow, Records};

/// Calls an appointment off. A second time changes nothing and answers the same.
pub async fn cancel(
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| change(
        tx,
        context,
        id,
        actor,
        Command::Cancel(actor.by())
    ))?;
    context.bell.notify_one();
    Ok(row)
}

/// Staff have cleared an appointment that was asked for.
pub async fn confirm(
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| change(
        tx,
        context,
        id,
        actor,
        Command::Confirm
    ))?;
    context.bell.notify_one();
    Ok(row)
}

/// The client says that they are coming.
pub async fn coming(context: &Context, id: Uuid) -> Result<AppointmentRow, BookingError> {
    in_turn!(context, |tx| change(
        tx,
        context,
        id,
        Actor::Client,
        Command::Coming
    ))
}

pub(crate) async fn change(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    actor: Actor,
    command: Command,
) -> Result<AppointmentRow, BookingError> {
    if command == Command::Confirm {
        conflict::must_be_cleared(tx, id).await?;
    }
    let row = apply(tx, context, id, actor, command).await?;
    if let Command::Cancel(_) = command {
        // Nothing is left to check.
        tx.withdraw_conflict_case(id).await?;
    }
    Ok(row)
}

/// The change by itself, for those who have found that it may be.
pub(super) async fn apply(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    actor: Actor,
    command: Command,
) -> Result<AppointmentRow, BookingError> {
    let now = context.now();
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let life = life(&row)?;
    let (state, events) = life.apply(command, now)?;
    if events.is_empty() {
        return Ok(row);
    }
    if command == Command::Coming {
        tx.set_coming(id, now.timestamp()).await?;
    } else if !tx
        .change_state(id, life.state, state, now.timestamp())
        .await?
    {
        // Somebody else changed it between our reading and our writing: look again.
        return Err(crate::store::StoreError::Contended.into());
    }
    for event in &events {
        actor
            .note(
                tx,
                context,
                event.as_str(),
                ("appointment", id),
                &row.clinic_id,
                String::new(),
            )
            .await?;
    }
    if let Command::Cancel(_) = command {
        tx.raise_sequence(id).await?;
        tx.settle_meeting(row.meeting_id).await?;
    }
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    match command {
        Command::Cancel(_) => drop(tell(tx, context, &row, Kind::Cancellation).await?),
        Command::Confirm => drop(tell(tx, context, &row, Kind::Confirmation).await?),
        _ => {}
    }
    Ok(row)
}

/// Whether the client called it off, by the last line about it in the history; otherwise the clinic did.
#[must_use]
pub fn cancelled_by_client(history: &[HistoryRow]) -> bool {
    history
        .iter()
        .rev()
        .find(|line| line.action == "cancelled")
        .is_some_and(|line| line.actor_kind == "client")
}
