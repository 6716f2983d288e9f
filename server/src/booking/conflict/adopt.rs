//! What the worker does for the check: opens those that are missing, forgets names that have had their time.

use chrono::TimeDelta;

use super::open::{Given, open};
use crate::booking::{BookingError, Matter, in_turn};
use crate::context::Context;
use crate::store::{Records, UncheckedRow};

/// How long names stay in the index: seven years from when they were given. The retention that a comparable clinic states
/// for its files (Lancaster Law Clinic's privacy notice) [design; the clinic's own policy is to be confirmed].
const NAMES_KEPT: TimeDelta = TimeDelta::days(7 * 365 + 2);

/// Opens the check of everything that should have one and has none: what the sample set-up brought, what an older version
/// took in, what a clinic had taken in before it began to check. Returns how many.
pub async fn adopt(context: &Context) -> Result<usize, BookingError> {
    if context.vault.is_none() {
        return Ok(0);
    }
    in_turn!(context, |tx| every_one(tx, context))
}

async fn every_one(tx: &mut dyn Records, context: &Context) -> Result<usize, BookingError> {
    let appointments = tx.unchecked_appointments().await?;
    let requests = tx.unchecked_requests().await?;
    for row in &appointments {
        one(tx, context, row, Matter::Appointment(row.id)).await?;
    }
    for row in &requests {
        one(tx, context, row, Matter::Request(row.id)).await?;
    }
    Ok(appointments.len() + requests.len())
}

async fn one(
    tx: &mut dyn Records,
    context: &Context,
    row: &UncheckedRow,
    matter: Matter,
) -> Result<(), BookingError> {
    let given = Given {
        clinic: &row.clinic_id,
        reference: &row.reference,
        matter,
        intake: row.intake_id,
        client: &row.client_name,
        organisation: row.organisation.as_deref(),
    };
    Ok(open(tx, context, &given).await?)
}

/// Forgets names that have had their time. Returns how many.
pub async fn prune(tx: &mut dyn Records, context: &Context) -> Result<u64, BookingError> {
    let before = context.now() - NAMES_KEPT;
    Ok(tx.prune_parties(before.timestamp()).await?)
}
