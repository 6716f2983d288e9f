//! What the domain found, as rows to store.

use crate::context::Context;
use crate::domain::client::Client;
use crate::domain::triage::{Answers, Assessment, Pack};
use crate::store::{ClientRow, IntakeRow, StoreError};

/// The row of a client's contact details.
pub fn client_row(context: &Context, client: &Client) -> Result<ClientRow, StoreError> {
    let access = serde_json::to_string(&client.access)
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(ClientRow {
        id: context.id(),
        name: client.name.clone(),
        email: client.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: client.phone.as_ref().map(|phone| phone.e164().to_owned()),
        safe_to_email: client.safe_to_email,
        safe_to_call: client.safe_to_call,
        call_window: client.call_window.clone(),
        leave_message: client.leave_message,
        postcode_area: client
            .postcode_area
            .as_ref()
            .map(|area| area.as_str().to_owned()),
        no_fixed_home: client.no_fixed_home,
        language: client.language.clone(),
        interpreter: client.interpreter,
        access,
        organisation: Some(client.organisation.clone()).filter(|name| !name.is_empty()),
        created_at: context.now().timestamp(),
    })
}

/// The row of the answers, with the assessment they led to and the version of the questions.
pub fn intake_row(
    context: &Context,
    pack: &Pack,
    answers: &Answers,
    assessment: &Assessment,
    stop_shown: bool,
) -> Result<IntakeRow, StoreError> {
    let corrupt = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
    Ok(IntakeRow {
        id: context.id(),
        clinic_id: pack.clinic.0.clone(),
        pack_version: pack.version.clone(),
        answers: serde_json::to_string(answers).map_err(corrupt)?,
        assessment: serde_json::to_string(assessment).map_err(corrupt)?,
        stop_shown,
        created_at: context.now().timestamp(),
    })
}
