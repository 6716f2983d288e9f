//! One client is not in two places at once, whichever clinics they are: overlapping times are refused, touching ones are
//! fine. The refusal is the one of a time that is taken, so that nobody learns from it when somebody else is where.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::BookingError;
use crate::domain::availability::Unavailable;
use crate::store::{AppointmentRow, Records, Stored};

/// The same person: the same name, reached in the same way. A family that shares an address is several people.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    let folded = |name: &str| {
        name.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    folded(one) == folded(other)
}

/// Makes two bookings of one client take turns. Call it before anything else is written.
pub(super) async fn take_turns(
    tx: &mut dyn Records,
    email: Option<&str>,
    phone: Option<&str>,
) -> Stored<()> {
    let mut keys: Vec<i64> = [email, phone].into_iter().flatten().map(key).collect();
    // In one order for all, so that nobody waits in a ring.
    keys.sort_unstable();
    tx.take_turns(&keys).await
}

fn key(contact: &str) -> i64 {
    let digest = Sha256::digest(contact.to_lowercase().as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |key: i64, byte| (key << 8) | i64::from(*byte))
}

/// Whether somebody of this address, number and name has another appointment in this span of seconds.
pub(super) async fn is_elsewhere(
    tx: &mut dyn Records,
    (email, phone, name): (Option<&str>, Option<&str>, &str),
    (from, until): (i64, i64),
    except: Uuid,
) -> Stored<bool> {
    let email = email.map(str::to_lowercase);
    let names = tx
        .names_at(email.as_deref(), phone, from, until, except)
        .await?;
    Ok(names.iter().any(|other| same_name(other, name)))
}

/// Refuses an appointment that overlaps another one of the same client.
pub(super) async fn refuse_two_places(
    tx: &mut dyn Records,
    row: &AppointmentRow,
) -> Result<(), BookingError> {
    let name = row.client_name.as_deref().unwrap_or_default();
    let who = (row.email.as_deref(), row.phone.as_deref(), name);
    if is_elsewhere(tx, who, (row.starts_at, row.ends_at), row.id).await? {
        return Err(Unavailable::Taken.into());
    }
    Ok(())
}
