//! How a client can be reached, changed by staff because the client said so: "I have a new number", "he reads my mail now".
//!
//! Promises: the change, its audit line and what follows from it commit together. Where mail is no longer safe, or goes to
//! another address, every link that was mailed stops working; where ringing is no longer safe, calls that wait lose their
//! number. What is queued is looked at again when it is sent, and becomes a task if it may not be. Will not: write to
//! anybody about it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::store::{ContactRow, Records};

/// A digest of how somebody can be reached: another one means that somebody has changed it since.
#[must_use]
pub fn contact_seen(row: &ContactRow) -> String {
    let text = format!(
        "{:?}/{:?}/{}/{}/{}/{}",
        row.email,
        row.phone,
        row.safe_to_email,
        row.safe_to_call,
        row.call_window,
        row.leave_message
    );
    let digest = Sha256::digest(text.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..12])
}

/// Whose contact is changed, and which record the change was made on.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The client.
    pub client: Uuid,
    /// The clinic of the record.
    pub clinic: String,
    /// The record: `appointment`, `request` or `waiting`, and its id.
    pub subject: (&'static str, Uuid),
}

/// Puts `new` in the place of what the page showed. What is so already changes nothing.
///
/// # Errors
/// [`BookingError::Overtaken`] if it is not what `seen` was made from.
pub async fn change_contact(
    context: &Context,
    whose: &Reached,
    seen: &str,
    new: &ContactRow,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| put(tx, context, whose, seen, new, actor))?;
    context.bell.notify_one();
    Ok(())
}

async fn put(
    tx: &mut dyn Records,
    context: &Context,
    whose: &Reached,
    seen: &str,
    new: &ContactRow,
    actor: Actor,
) -> Result<(), BookingError> {
    let was = tx
        .contact(whose.client)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    if was == *new {
        return Ok(());
    }
    if contact_seen(&was) != seen {
        return Err(BookingError::Overtaken);
    }
    tx.change_contact(new).await?;
    let mut what = Vec::new();
    if was.email != new.email {
        what.push("email");
    }
    if was.phone != new.phone {
        what.push("phone");
    }
    if was.safe_to_email != new.safe_to_email {
        what.push(if new.safe_to_email {
            "mail_safe"
        } else {
            "mail_unsafe"
        });
    }
    if was.safe_to_call != new.safe_to_call {
        what.push(if new.safe_to_call {
            "call_safe"
        } else {
            "call_unsafe"
        });
    }
    if was.call_window != new.call_window || was.leave_message != new.leave_message {
        what.push("how_to_call");
    }
    // Whoever reads that mailbox must not open the page by an old link.
    if (was.safe_to_email && !new.safe_to_email) || (was.email.is_some() && was.email != new.email)
    {
        tx.revoke_links(whose.client).await?;
    }
    if !new.safe_to_call || new.phone.is_none() {
        tx.silence_calls(whose.client).await?;
    }
    actor
        .note(
            tx,
            context,
            "contact_changed",
            whose.subject,
            &whose.clinic,
            what.join(" "),
        )
        .await?;
    Ok(())
}
