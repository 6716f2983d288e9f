//! Calling off, confirming, and "I'm coming".

use uuid::Uuid;

use super::tell::{Kind, call_back, can_ring, tell};
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

/// Why a client cannot come, if they want to say: to pick from, so that nobody writes down more than they meant to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The time is no good.
    Time,
    /// It is not needed any more.
    NotNeeded,
    /// Somebody else helps.
    Elsewhere,
    /// Another reason.
    Other,
}

impl Why {
    /// Every reason, in the order to show them.
    pub const ALL: [Self; 4] = [Self::Time, Self::NotNeeded, Self::Elsewhere, Self::Other];

    /// The name on forms and in the history.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::NotNeeded => "not_needed",
            Self::Elsewhere => "elsewhere",
            Self::Other => "other",
        }
    }

    /// The reason of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == name)
    }
}

/// The client calls it off and may say why. A second time changes nothing and answers the same.
pub async fn cancel_because(
    context: &Context,
    id: Uuid,
    why: Option<Why>,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| change_because(tx, context, id, why))?;
    context.bell.notify_one();
    Ok(row)
}

async fn change_because(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    why: Option<Why>,
) -> Result<AppointmentRow, BookingError> {
    let before = tx.appointment(id).await?;
    let command = Command::Cancel(Actor::Client.by());
    let row = change(tx, context, id, Actor::Client, command).await?;
    let changed = before.is_some_and(|before| before.state != row.state);
    if let (true, Some(why)) = (changed, why) {
        let about = ("appointment", id);
        Actor::Client
            .note(
                tx,
                context,
                "gave_reason",
                about,
                &row.clinic_id,
                why.as_str().to_owned(),
            )
            .await?;
    }
    Ok(row)
}

/// The client asks to be rung about an appointment. One call at a time: if staff have one to make already, that is it.
/// False where no number is safe to ring.
pub async fn ask_for_call(context: &Context, id: Uuid) -> Result<bool, BookingError> {
    in_turn!(context, |tx| put_call_back(tx, context, id))
}

async fn put_call_back(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
) -> Result<bool, BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    if !can_ring(&row) {
        return Ok(false);
    }
    if !tx.has_open_call(id).await? {
        call_back(tx, context, &row).await?;
        let about = ("appointment", id);
        Actor::Client
            .note(
                tx,
                context,
                "asked_for_call",
                about,
                &row.clinic_id,
                String::new(),
            )
            .await?;
    }
    Ok(true)
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
