//! A client who has lost the link asks for it by reference and contact detail.
//!
//! Promises: whoever asks learns nothing, not even whether there is such an appointment: there is no answer. The link goes
//! to the address on record and to no other, once an hour at most, and only where mail is safe; where it is not, staff ring.

use uuid::Uuid;

use super::in_turn;
use super::tell::{Kind, nudge, tell_request_link, tell_waiting_link};
use super::{BookingError, Told};
use crate::context::Context;
use crate::store::Records;

/// What the client says they gave us, tidied: one of both is enough.
#[derive(Clone, PartialEq, Eq)]
pub enum Contact {
    /// Lower case.
    Email(String),
    /// E.164.
    Phone(String),
}

impl Contact {
    fn is(&self, email: Option<&str>, phone: Option<&str>) -> bool {
        match self {
            Self::Email(own) => email.is_some_and(|theirs| theirs.eq_ignore_ascii_case(own)),
            Self::Phone(own) => phone == Some(own.as_str()),
        }
    }
}

/// States in which the page behind the link still shows something to come.
const STANDING: [&str; 2] = ["requested", "confirmed"];

/// Sends the link if reference and contact detail belong together. Says nothing of what it found.
///
/// # Errors
/// The database does not answer.
pub async fn send_link(
    context: &Context,
    reference: &str,
    contact: &Contact,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| look(tx, context, reference, contact))?;
    // Rung whether there is anything to send or not.
    context.bell.notify_one();
    Ok(())
}

async fn look(
    tx: &mut dyn Records,
    context: &Context,
    reference: &str,
    contact: &Contact,
) -> Result<Option<Told>, BookingError> {
    let hour = context.now().timestamp() / 3600;
    let appointment = tx.appointment_by_reference(reference).await?;
    let request = tx.request_by_reference(reference).await?;
    let place = tx.waiting_by_reference(reference).await?;
    if let Some(row) = appointment
        && contact.is(row.email.as_deref(), row.phone.as_deref())
        && STANDING.contains(&row.state.as_str())
    {
        if !first_this_hour(tx, context, row.id, hour).await? {
            return Ok(None);
        }
        return Ok(Some(nudge(tx, context, &row, (Kind::Link, hour)).await?));
    }
    if let Some(row) = request
        && contact.is(row.email.as_deref(), row.phone.as_deref())
    {
        if !first_this_hour(tx, context, row.id, hour).await? {
            return Ok(None);
        }
        return Ok(Some(tell_request_link(tx, context, &row, hour).await?));
    }
    if let Some(row) = place
        && contact.is(row.email.as_deref(), row.phone.as_deref())
        && row.state == "waiting"
    {
        if !first_this_hour(tx, context, row.id, hour).await? {
            return Ok(None);
        }
        return Ok(Some(tell_waiting_link(tx, context, &row, hour).await?));
    }
    Ok(None)
}

async fn first_this_hour(
    tx: &mut dyn Records,
    context: &Context,
    subject: Uuid,
    hour: i64,
) -> Result<bool, BookingError> {
    let now = context.now().timestamp();
    Ok(tx
        .tell_once(subject, Kind::Link.as_str(), (0, hour), now)
        .await?)
}
