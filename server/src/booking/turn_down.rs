//! "We cannot take this on": the neutral refusal.
//!
//! Promises: there is one such refusal and this is the one way to it, whether there is no capacity or a conflict check was
//! refused; what the client gets (the state, the page, the API's answer, the mail or the call) is made here from the same
//! data, so that nothing tells the two apart. Why is never told, and not stored here.

use uuid::Uuid;

use super::tell::{Kind, tell, tell_request_turned_down};
use super::{Actor, BookingError, in_turn, life};
use crate::context::Context;
use crate::domain::booking::{By, Command, Refused, State};
use crate::store::{Records, StoreError};

/// What somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A time that is kept until staff have cleared it.
    Appointment(Uuid),
    /// A case that staff look at first.
    Request(Uuid),
}

impl Matter {
    /// Its id.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Appointment(id) | Self::Request(id) => id,
        }
    }

    /// The appointment, if it is one.
    #[must_use]
    pub fn appointment(self) -> Option<Uuid> {
        match self {
            Self::Appointment(id) => Some(id),
            Self::Request(_) => None,
        }
    }

    /// The request, if it is one.
    #[must_use]
    pub fn request(self) -> Option<Uuid> {
        match self {
            Self::Request(id) => Some(id),
            Self::Appointment(_) => None,
        }
    }
}

/// Turns a matter down for want of capacity. A conflict check that waits has nothing left to check.
///
/// # Errors
/// [`Refused::WrongState`] or [`BookingError::Decided`] if it is no longer asked for.
pub async fn turn_down(
    context: &Context,
    matter: Matter,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| for_capacity(tx, context, matter, actor))?;
    context.bell.notify_one();
    Ok(())
}

pub(super) async fn for_capacity(
    tx: &mut dyn Records,
    context: &Context,
    matter: Matter,
    actor: Actor,
) -> Result<(), BookingError> {
    refuse(tx, context, matter, actor).await?;
    tx.withdraw_conflict_case(matter.id()).await?;
    Ok(())
}

/// The refusal, in the transaction of whoever decided it.
pub(super) async fn refuse(
    tx: &mut dyn Records,
    context: &Context,
    matter: Matter,
    actor: Actor,
) -> Result<(), BookingError> {
    match matter {
        Matter::Appointment(id) => appointment(tx, context, id, actor).await,
        Matter::Request(id) => request(tx, context, id, actor).await,
    }
}

async fn appointment(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<(), BookingError> {
    let now = context.now();
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let life = life(&row)?;
    if life.state != State::Requested {
        return Err(Refused::WrongState(life.state).into());
    }
    let (state, _) = life.apply(Command::Cancel(By::Staff), now)?;
    if !tx
        .change_state(id, life.state, state, now.timestamp())
        .await?
    {
        return Err(StoreError::Contended.into());
    }
    tx.set_turned_down(id, now.timestamp()).await?;
    tx.raise_sequence(id).await?;
    tx.settle_meeting(row.meeting_id).await?;
    let subject = ("appointment", id);
    let nothing = String::new();
    actor
        .note(tx, context, "turned_down", subject, &row.clinic_id, nothing)
        .await?;
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    tell(tx, context, &row, Kind::TurnedDown).await?;
    Ok(())
}

async fn request(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<(), BookingError> {
    if !tx.turn_down_request(id).await? {
        return Err(BookingError::Decided);
    }
    let row = tx
        .request(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let subject = ("request", id);
    let nothing = String::new();
    actor
        .note(tx, context, "turned_down", subject, &row.clinic_id, nothing)
        .await?;
    tell_request_turned_down(tx, context, &row).await?;
    Ok(())
}
