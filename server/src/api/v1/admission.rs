//! Who may book what: the checks that the calls about times share, before a use case is asked.

use crate::booking::{BookingError, Needs};
use crate::domain::triage::Outcome;
use crate::http::error::{Code, Edge};
use crate::http::state::App;
use crate::intake::{self, offered};
use crate::store::{ClinicRow, ServiceRow};

use super::token::Triaged;

/// The longest id of a clinic or service.
const ID_MAX: usize = 64;

/// A text that can be the id of something. Others never reach the database, where some (with a NUL in them) are no text
/// at all.
pub fn id(text: &str) -> Result<&str, Edge> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=ID_MAX).contains(&text.len()) && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err(Code::NotFound.into())
    }
}

/// The clinic, if it takes bookings. One that is switched off is `closed`.
pub async fn open_clinic(app: &App, clinic: &str) -> Result<ClinicRow, Edge> {
    let clinic = id(clinic)?;
    let rows = app.context.store.read().await?.clinics().await?;
    let row = rows
        .into_iter()
        .find(|row| row.id == clinic)
        .ok_or(Code::NotFound)?;
    if row.enabled {
        Ok(row)
    } else {
        Err(Code::Closed.into())
    }
}

/// The service, if these answers open it; without answers, if clients book it at all.
pub async fn bookable(
    app: &App,
    service: &str,
    triage: Option<&Triaged>,
) -> Result<ServiceRow, Edge> {
    let service = id(service)?;
    let rows = app.context.store.read().await?.services(None).await?;
    let row = rows
        .iter()
        .find(|row| row.id == service && row.enabled)
        .cloned()
        .ok_or(Code::NotFound)?;
    let open = match triage {
        None => row.booking != "review",
        Some(triage) => {
            let own = |one: &&ServiceRow| one.clinic_id == row.clinic_id;
            let services: Vec<ServiceRow> = rows.iter().filter(own).cloned().collect();
            let open = offered(&services, &triage.assessment.facts);
            triage.assessment.outcome == Outcome::Book
                && triage.clinic().as_str() == row.clinic_id
                && open.iter().any(|one| one.id == row.id)
        }
    };
    if open {
        Ok(row)
    } else {
        Err(Code::NotBookable.into())
    }
}

/// What the answers ask of a time of the service.
pub fn needs_of(service: &ServiceRow, triage: Option<&Triaged>) -> Needs {
    triage.map_or_else(Needs::default, |triage| {
        intake::needs_of(&triage.pack, &triage.assessment, service)
    })
}

/// The refusal of a use case about a service that [`bookable`] has seen: it can only be missing because its clinic is
/// switched off.
pub fn refused(error: BookingError) -> Edge {
    match error {
        BookingError::NoSuchService => Code::Closed.into(),
        other => other.into(),
    }
}

/// The refusal of a use case that takes no time: nothing can be taken, so a rival that was in the way to the last try
/// means that trying again may help.
pub fn in_the_way(error: BookingError) -> Edge {
    match error {
        BookingError::Unavailable(_) => Code::Unavailable.into(),
        other => other.into(),
    }
}
