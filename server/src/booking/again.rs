//! The next meeting of the same client, booked by staff from the page of the one before: a follow-up, or another time for
//! somebody who came too late or not at all. The client's details and answers stay those they gave; they hear of it as of
//! any booking.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::cancel::apply;
use super::crew::prefer_advisers;
use super::one_client::take_turns;
use super::relocate::needs;
use super::submit::{Booked, Decided, PHONE, book_decided};
use super::visit::visit_of;
use super::{Actor, BookingError, Needs, Wanted, conflict, in_turn, life};
use crate::context::Context;
use crate::domain::booking::{By, Command, Refused, State};
use crate::domain::decision::key_after_visit;
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::store::{AppointmentRow, Records, StoreError, VisitRow};

/// The next meeting.
#[derive(Debug, Clone)]
pub struct Again {
    /// The appointment that it follows.
    pub after: Uuid,
    /// A service of the same clinic.
    pub service: ServiceId,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub mode: Mode,
    /// Who books.
    pub actor: Actor,
    /// The next meetings that were on the page, by reference with spaces between them: one that somebody else has booked
    /// since is not passed over.
    pub seen: String,
}

impl Again {
    /// What the client needs of the next time: the same as of this one.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if what is stored cannot be read.
    pub fn needs(row: &AppointmentRow) -> Result<Needs, StoreError> {
        needs(row)
    }

    /// Whether another meeting can be booked after this one: it took place, or its time came and went.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if what is stored cannot be read.
    pub fn can_follow(row: &AppointmentRow, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let stands = life(row)?;
        Ok(match stands.state {
            State::Arrived | State::Attended | State::Missed => true,
            State::Confirmed => stands.starts_at <= now,
            _ => false,
        })
    }
}

/// Books it. An appointment that is still open and whose time has come is called off for it: the client has the new time
/// in its place.
///
/// # Errors
/// As of any booking; [`BookingError::Refused`] where nothing can follow; [`BookingError::Overtaken`] if somebody else has
/// booked the next meeting since the page was read.
pub async fn book_again(context: &Context, again: &Again) -> Result<Booked, BookingError> {
    let booked = in_turn!(context, |tx| book(tx, context, again))?;
    context.bell.notify_one();
    Ok(booked)
}

async fn book(
    tx: &mut dyn Records,
    context: &Context,
    again: &Again,
) -> Result<Booked, BookingError> {
    let row = tx
        .appointment(again.after)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    take_turns(tx, row.email.as_deref(), row.phone.as_deref()).await?;
    if tx.followers(row.id).await?.join(" ") != again.seen {
        return Err(BookingError::Overtaken);
    }
    let stands = life(&row)?;
    let (Some(client), true) = (row.client_id, Again::can_follow(&row, context.now())?) else {
        return Err(Refused::WrongState(stands.state).into());
    };
    let services = tx.services(Some(&row.clinic_id)).await?;
    if !services
        .iter()
        .any(|one| one.enabled && one.id == again.service.as_str())
    {
        return Err(BookingError::NoSuchService);
    }
    let cleared = conflict::cleared(tx, &row.clinic_id, row.id, row.intake_id).await?;
    if stands.state == State::Confirmed {
        give_up(tx, context, &row, again.actor).await?;
    }
    let booked = book_decided(
        tx,
        context,
        &Decided {
            wanted: &Wanted {
                service: again.service.clone(),
                start: again.start,
                mode: again.mode,
                needs: needs(&row)?,
            },
            key: &key_after_visit(&again.service),
            client,
            email: row.email.as_deref(),
            phone: row.phone.as_deref(),
            intake: row.intake_id,
            cleared,
            source: PHONE,
            actor: again.actor,
            // Whoever did not come is not there to be told.
            hears: stands.state != State::Missed,
        },
    )
    .await?;
    let visit = VisitRow {
        follows: Some(row.id),
        ..visit_of(tx, booked.id).await?
    };
    tx.put_visit(&visit).await?;
    let next = tx
        .appointment(booked.id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    if next.capacity == 1 {
        prefer_advisers(tx, context, &next, row.meeting_id).await?;
    }
    Ok(booked)
}

/// The old time is over; nobody has to be told of it by itself.
async fn give_up(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    actor: Actor,
) -> Result<(), BookingError> {
    apply(tx, context, row.id, actor, Command::Cancel(By::Staff)).await?;
    tx.end_older_calls(row.id, context.now().timestamp())
        .await?;
    Ok(())
}
