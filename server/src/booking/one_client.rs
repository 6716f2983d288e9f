//! One client is not in two places at once, whichever clinics they are: overlapping times are refused, touching ones are
//! fine. The refusal is the one of a time that is taken, so that nobody learns from it when somebody else is where.

use sha2::{Digest as _, Sha256};

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

/// Refuses an appointment that overlaps another one of the same client.
pub(super) async fn refuse_two_places(
    tx: &mut dyn Records,
    row: &AppointmentRow,
) -> Result<(), BookingError> {
    let email = row.email.as_deref().map(str::to_lowercase);
    let names = tx
        .names_at(
            email.as_deref(),
            row.phone.as_deref(),
            row.starts_at,
            row.ends_at,
            row.id,
        )
        .await?;
    let own = row.client_name.as_deref().unwrap_or_default();
    if names.iter().any(|name| same_name(name, own)) {
        return Err(Unavailable::Taken.into());
    }
    Ok(())
}
