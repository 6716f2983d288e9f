//! Whether a case is cleared, for those who must not go on before it is.

use uuid::Uuid;

use crate::booking::BookingError;
use crate::domain::conflict::CaseState;
use crate::store::{Records, Stored};

/// Whether this clinic checks for conflicts of interest at all.
pub async fn checks(tx: &mut dyn Records, clinic: &str) -> Stored<bool> {
    Ok(tx.conflict_clinics().await?.iter().any(|one| one == clinic))
}

/// Whether staff may go on with an appointment or request of this clinic: its check is cleared, or the clinic checks none.
/// Without a check in a clinic that checks the answer is no.
pub async fn cleared(
    tx: &mut dyn Records,
    clinic: &str,
    matter: Uuid,
    intake: Option<Uuid>,
) -> Stored<bool> {
    if !checks(tx, clinic).await? {
        return Ok(true);
    }
    let case = tx.conflict_case_of(matter, intake).await?;
    Ok(case.is_some_and(|case| case.state == CaseState::Cleared.as_str()))
}

/// Refuses to go on with an appointment or request that is not cleared.
///
/// # Errors
/// [`BookingError::NotCleared`].
pub async fn must_be_cleared(tx: &mut dyn Records, matter: Uuid) -> Result<(), BookingError> {
    let found = match tx.appointment(matter).await? {
        Some(row) => Some((row.clinic_id, row.intake_id)),
        None => tx
            .request(matter)
            .await?
            .map(|row| (row.clinic_id, Some(row.intake_id))),
    };
    let (clinic, intake) = found.ok_or(BookingError::NoSuchAppointment)?;
    if cleared(tx, &clinic, matter, intake).await? {
        Ok(())
    } else {
        Err(BookingError::NotCleared)
    }
}
