//! Holds: a time kept for a person while they type, for ten minutes from the last sign of life.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::place::{clear_ended_holds, place, refuse_odd_start};
use super::{Actor, BookingError, Wanted, counted, in_turn, life};
use crate::context::Context;
use crate::domain::booking::{Command, Event, HOLD, Refused, State, reference};
use crate::store::{AppointmentRow, NewAppointment, Records};

/// A time that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The held appointment.
    pub id: Uuid,
    /// Start and end of the appointment, UTC instants.
    pub start: DateTime<Utc>,
    /// See `start`.
    pub end: DateTime<Utc>,
    /// When the hold ends, a UTC instant.
    pub expires_at: DateTime<Utc>,
}

/// The error of the calls about a hold that exists.
pub type HoldError = BookingError;

/// Keeps a time for the client, and gives back the one that they kept before, if any.
pub async fn hold(
    context: &Context,
    wanted: &Wanted,
    source: &'static str,
    instead_of: Option<Uuid>,
) -> Result<Hold, BookingError> {
    hold_as(context, wanted, (source, Actor::Client), instead_of).await
}

/// As [`hold`], by whoever types.
pub async fn hold_as(
    context: &Context,
    wanted: &Wanted,
    by: (&'static str, Actor),
    instead_of: Option<Uuid>,
) -> Result<Hold, BookingError> {
    counted(context, keep(context, wanted, by, instead_of).await)
}

async fn keep(
    context: &Context,
    wanted: &Wanted,
    by: (&'static str, Actor),
    instead_of: Option<Uuid>,
) -> Result<Hold, BookingError> {
    refuse_odd_start(wanted.start)?;
    in_turn!(context, |tx| take(tx, context, wanted, by, instead_of))
}

async fn take(
    tx: &mut dyn Records,
    context: &Context,
    wanted: &Wanted,
    (source, actor): (&'static str, Actor),
    instead_of: Option<Uuid>,
) -> Result<Hold, BookingError> {
    if let Some(earlier) = instead_of {
        give_back(tx, context, earlier, actor).await?;
    }
    let now = context.now();
    let expires_at = now + HOLD;
    let placed = place(tx, context, wanted, Some(expires_at.timestamp()), None).await?;
    let id = context.id();
    tx.put_appointment(&NewAppointment {
        id,
        meeting_id: placed.meeting,
        clinic_id: placed.clinic.clone(),
        service_id: wanted.service.0.clone(),
        reference: reference(context.bytes()),
        state: State::Held.as_str(),
        client_id: None,
        intake_id: None,
        hold_expires_at: Some(expires_at.timestamp()),
        source,
        created_at: now.timestamp(),
    })
    .await?;
    // A place in a group: the meeting may have been kept by an earlier hold that ends sooner.
    tx.settle_meeting(placed.meeting).await?;
    actor
        .note(
            tx,
            context,
            "held",
            ("appointment", id),
            &placed.clinic,
            String::new(),
        )
        .await?;
    Ok(Hold {
        id,
        start: wanted.start,
        end: placed.end,
        expires_at,
    })
}

/// Ends a hold if it still stands; nothing if it does not.
async fn give_back(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<(), BookingError> {
    let Some(row) = tx.appointment(id).await? else {
        return Ok(());
    };
    let Ok((State::Expired, events)) = life(&row)?.apply(Command::Release, context.now()) else {
        return Ok(());
    };
    if events.is_empty()
        || !tx
            .change_state(id, State::Held, State::Expired, context.now().timestamp())
            .await?
    {
        return Ok(());
    }
    tx.settle_meeting(row.meeting_id).await?;
    actor
        .note(
            tx,
            context,
            "released",
            ("appointment", id),
            &row.clinic_id,
            String::new(),
        )
        .await?;
    Ok(())
}

/// Gives a hold back. Giving back what has ended already is no error.
pub async fn release(context: &Context, id: Uuid) -> Result<(), BookingError> {
    release_as(context, id, Actor::Client).await
}

/// As [`release`], by whoever types.
pub async fn release_as(context: &Context, id: Uuid, actor: Actor) -> Result<(), BookingError> {
    in_turn!(context, |tx| give_back(tx, context, id, actor))
}

/// Ends every hold that has run out and frees its time; how many. A booking does this for itself: this is for the lists
/// that staff see, and safe to do from any number of processes.
pub async fn expire_ended_holds(context: &Context) -> Result<usize, BookingError> {
    in_turn!(context, |tx| async {
        Ok(clear_ended_holds(tx, context).await?)
    })
}

/// The person is still there: the hold lasts ten more minutes (an hour at most in all). Returns its end.
pub async fn renew(context: &Context, id: Uuid) -> Result<DateTime<Utc>, HoldError> {
    in_turn!(context, |tx| change_end(tx, context, id, Command::Renew))
}

/// The person has left the page: the hold ends in half a minute unless they come back. Returns its end.
pub async fn leave(context: &Context, id: Uuid) -> Result<DateTime<Utc>, HoldError> {
    in_turn!(context, |tx| change_end(tx, context, id, Command::Leave))
}

async fn change_end(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    command: Command,
) -> Result<DateTime<Utc>, BookingError> {
    let now = context.now();
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let (_, events) = life(&row)?.apply(command, now)?;
    let Some(Event::HoldUntil(until)) = events.first().copied() else {
        return Err(Refused::HoldEnded.into());
    };
    tx.set_hold(id, until.timestamp(), now.timestamp()).await?;
    tx.settle_meeting(row.meeting_id).await?;
    Ok(until)
}

/// The hold and the time left of it, if it still stands.
pub async fn standing_hold(
    context: &Context,
    id: Uuid,
) -> Result<Option<(AppointmentRow, TimeDelta)>, BookingError> {
    let row = context.store.read().await?.appointment(id).await?;
    let Some(row) = row else { return Ok(None) };
    let now = context.now();
    let life = life(&row)?;
    let left = life
        .hold_expires_at
        .map_or(TimeDelta::zero(), |end| end - now);
    Ok(life.holds(now).then_some((row, left)))
}
