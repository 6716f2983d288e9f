//! What somebody on the list answers: yes, no, and "I need no time any more".

use uuid::Uuid;

use super::super::submit::book_offered;
use super::super::{Actor, Booked, BookingError, in_turn, life};
use super::offer::{same_person, source};
use super::{open_offer, standing};
use crate::context::Context;
use crate::domain::booking::{Refused, State};
use crate::store::{OfferRow, Records, StoreError, WaitingRow};

/// Takes the time that is offered. `number` is that of the offer which was on the page: another one is not taken unseen.
///
/// # Errors
/// [`Refused::HoldEnded`] if the offer is over, [`BookingError::Decided`] if they do not wait any more,
/// [`BookingError::Unavailable`] if they are elsewhere at that time by now.
pub async fn accept(
    context: &Context,
    place: Uuid,
    number: i64,
    actor: Actor,
) -> Result<Booked, BookingError> {
    let booked = in_turn!(context, |tx| take(tx, context, place, number, actor))?;
    context
        .metrics
        .booked(booked.state.as_str(), "waiting_list");
    context.bell.notify_one();
    Ok(booked)
}

async fn take(
    tx: &mut dyn Records,
    context: &Context,
    place: Uuid,
    number: i64,
    actor: Actor,
) -> Result<Booked, BookingError> {
    let (row, offer) = offered(tx, place, number).await?;
    let booked = book_offered(
        tx,
        context,
        &row,
        offer.appointment_id,
        (actor, source(&row)),
    )
    .await?;
    let now = context.now().timestamp();
    if !tx.end_offer(offer.id, "accepted", now).await?
        || !tx.end_waiting(place, "booked", now).await?
    {
        return Err(Refused::HoldEnded.into());
    }
    note(tx, context, &row, actor, "accepted_offer").await?;
    // Whoever joined twice has what they waited for.
    for other in same_person(tx, &row).await? {
        if let Some(offer) = open_offer(tx, other).await? {
            give_back(tx, context, &offer, "withdrawn").await?;
        }
        if tx.end_waiting(other, "left", now).await? {
            let subject = ("waiting", other);
            Actor::System
                .note(
                    tx,
                    context,
                    "left_list",
                    subject,
                    &row.clinic_id,
                    String::new(),
                )
                .await?;
        }
    }
    Ok(booked)
}

/// Gives the time back that is offered; they wait on. `number` as for [`accept`].
///
/// # Errors
/// As for [`accept`].
pub async fn decline(
    context: &Context,
    place: Uuid,
    number: i64,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| async {
        let (row, offer) = offered(tx, place, number).await?;
        give_back(tx, context, &offer, "declined").await?;
        note(tx, context, &row, actor, "declined_offer").await
    })
}

/// Leaves the list, and gives back what is offered. A second time changes nothing.
///
/// # Errors
/// [`BookingError::NoSuchRequest`]; those of the store.
pub async fn leave(context: &Context, place: Uuid, actor: Actor) -> Result<(), BookingError> {
    in_turn!(context, |tx| async {
        let row = match standing(tx, place).await {
            Err(BookingError::Decided) => return Ok(()),
            other => other?,
        };
        if let Some(offer) = open_offer(tx, place).await? {
            give_back(tx, context, &offer, "declined").await?;
        }
        if tx
            .end_waiting(place, "left", context.now().timestamp())
            .await?
        {
            note(tx, context, &row, actor, "left_list").await?;
        }
        Ok(())
    })
}

async fn offered(
    tx: &mut dyn Records,
    place: Uuid,
    number: i64,
) -> Result<(WaitingRow, OfferRow), BookingError> {
    let row = standing(tx, place).await?;
    match open_offer(tx, place).await? {
        Some(offer) if offer.number == number => Ok((row, offer)),
        _ => Err(Refused::HoldEnded.into()),
    }
}

/// Ends an offer and frees its time, in this transaction.
pub(super) async fn give_back(
    tx: &mut dyn Records,
    context: &Context,
    offer: &OfferRow,
    state: &'static str,
) -> Result<(), BookingError> {
    let now = context.now().timestamp();
    if !tx.end_offer(offer.id, state, now).await? {
        return Err(Refused::HoldEnded.into());
    }
    let held = tx.appointment(offer.appointment_id).await?;
    let held = held.ok_or_else(|| StoreError::Corrupt("an offer of no time".to_owned()))?;
    tx.end_waiting_calls(offer.waiting_id, now).await?;
    if life(&held)?.state == State::Held
        && tx
            .change_state(held.id, State::Held, State::Expired, now)
            .await?
    {
        tx.settle_meeting(held.meeting_id).await?;
        let subject = ("appointment", held.id);
        Actor::System
            .note(
                tx,
                context,
                "released",
                subject,
                &held.clinic_id,
                String::new(),
            )
            .await?;
    }
    Ok(())
}

async fn note(
    tx: &mut dyn Records,
    context: &Context,
    row: &WaitingRow,
    actor: Actor,
    action: &str,
) -> Result<(), BookingError> {
    let subject = ("waiting", row.id);
    Ok(actor
        .note(tx, context, action, subject, &row.clinic_id, String::new())
        .await?)
}
