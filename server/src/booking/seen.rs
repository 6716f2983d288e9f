//! What a page showed of a matter when somebody pressed a button there.
//!
//! Promises: whoever calls off, clears or turns down what has changed since they looked is told instead, in the transaction
//! that would have written. A form without it was made by nobody's page, and is about what stands.

use uuid::Uuid;

use super::cancel::change;
use super::turn_down::{Matter, for_capacity};
use super::visit::{note_mark, visit_of};
use super::{Actor, BookingError, in_turn, life};
use crate::context::Context;
use crate::domain::booking::Command;
use crate::domain::visit::Mark;
use crate::store::AppointmentRow;

/// What stands of an appointment: its state and its start (seconds).
#[must_use]
pub fn as_seen(row: &AppointmentRow) -> String {
    format!("{}@{}", row.state, row.starts_at)
}

/// Calls an appointment off, or confirms it, if it still stands as it was `seen`. What is so already changes nothing.
///
/// # Errors
/// [`BookingError::Overtaken`] if it has changed.
pub async fn change_as_seen(
    context: &Context,
    id: Uuid,
    command: Command,
    seen: &str,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| async {
        let row = tx
            .appointment(id)
            .await?
            .ok_or(BookingError::NoSuchAppointment)?;
        let so_already = life(&row)?
            .apply(command, context.now())
            .is_ok_and(|(_, events)| events.is_empty());
        if !so_already {
            must_be(&as_seen(&row), seen)?;
        }
        change(tx, context, id, actor, command).await
    })?;
    context.bell.notify_one();
    Ok(row)
}

/// Turns a matter down for want of capacity, if it still stands as it was `seen`: an appointment as [`as_seen`] says, a
/// request by its revision.
///
/// # Errors
/// As [`super::turn_down`], and [`BookingError::Overtaken`].
pub async fn turn_down_as_seen(
    context: &Context,
    matter: Matter,
    seen: &str,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| async {
        let stands = match matter {
            Matter::Appointment(id) => tx.appointment(id).await?.as_ref().map(as_seen),
            Matter::Request(id) => tx.request(id).await?.map(|row| row.revision.to_string()),
        };
        must_be(&stands.unwrap_or_default(), seen)?;
        for_capacity(tx, context, matter, actor).await
    })?;
    context.bell.notify_one();
    Ok(())
}

/// Notes that somebody is late, if what was known of it is still `was` (minutes; 0 for nothing; `None`: no page).
///
/// # Errors
/// As [`super::mark`], and [`BookingError::Overtaken`].
pub async fn late_as_seen(
    context: &Context,
    id: Uuid,
    minutes: i64,
    was: Option<i64>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| async {
        let stands = visit_of(tx, id).await?.late_minutes.unwrap_or(0);
        if stands != minutes && was.is_some_and(|was| was != stands) {
            return Err(BookingError::Overtaken);
        }
        note_mark(tx, context, id, Mark::Late(minutes), actor).await
    })?;
    context.bell.notify_one();
    Ok(row)
}

fn must_be(stands: &str, seen: &str) -> Result<(), BookingError> {
    if seen.is_empty() || stands == seen {
        Ok(())
    } else {
        Err(BookingError::Overtaken)
    }
}
