//! Joining the list.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::replay::{Replay, earlier, remember};
use super::super::tell::{Kind, Told, tell_waiting};
use super::super::{Actor, BookingError, Needs, in_turn};
use super::words_of;
use crate::context::Context;
use crate::domain::booking::{Refused, reference};
use crate::domain::waiting::Times;
use crate::store::{ClientRow, ClinicRow, IntakeRow, NewWaiting, Records, ServiceRow, StoreError};

/// Somebody who joins.
#[derive(Debug, Clone)]
pub struct Join {
    /// The service's id.
    pub service: String,
    /// The client.
    pub client: ClientRow,
    /// The answers.
    pub intake: IntakeRow,
    /// What a time must have, from the answers.
    pub needs: Needs,
    /// The times that would do.
    pub times: Times,
    /// Found urgent by the rules of the questions.
    pub urgent: bool,
    /// `web`, `api`, `phone`.
    pub source: &'static str,
    /// Who typed.
    pub actor: Actor,
    /// For retries.
    pub replay: Option<Replay>,
}

/// What came of it; stored as the reply to a retry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The place on the list.
    pub id: Uuid,
    /// The reference that the client keeps.
    pub reference: String,
    /// The version of the link.
    pub link_version: i64,
    /// How the client hears that they are on the list.
    pub told: Told,
    /// Neither mail nor a call is safe: the client rings.
    pub must_ring: bool,
}

/// Puts somebody on the list, once however often it is asked.
///
/// # Errors
/// [`BookingError::NoSuchService`], or [`Refused::NotBookable`] for a service that clients do not book by themselves.
pub async fn join(context: &Context, join: &Join) -> Result<Joined, BookingError> {
    let joined = in_turn!(context, |tx| once(tx, context, join))?;
    context.bell.notify_one();
    Ok(joined)
}

async fn once(
    tx: &mut dyn Records,
    context: &Context,
    join: &Join,
) -> Result<Joined, BookingError> {
    let replay = join.replay.as_ref();
    if let Some(joined) = earlier(tx, replay).await? {
        return Ok(joined);
    }
    let joined = add(tx, context, join).await?;
    remember(tx, replay, &joined, context.now().timestamp()).await?;
    Ok(joined)
}

async fn add(tx: &mut dyn Records, context: &Context, join: &Join) -> Result<Joined, BookingError> {
    let clinic = join.intake.clinic_id.clone();
    let open = |row: &ClinicRow| row.id == clinic && row.enabled;
    if !tx.clinics().await?.iter().any(open) {
        return Err(BookingError::NoSuchService);
    }
    let services = tx.services(Some(&clinic)).await?;
    let mut services = services.into_iter();
    let service = services
        .find(|row| row.id == join.service && row.enabled)
        .ok_or(BookingError::NoSuchService)?;
    if service.booking == "review" {
        return Err(Refused::NotBookable.into());
    }
    tx.put_client(&join.client).await?;
    tx.put_intake(&join.intake).await?;
    let id = context.id();
    let [days, parts, modes] = words_of(&join.times);
    tx.put_waiting(&NewWaiting {
        id,
        clinic_id: clinic.clone(),
        service_id: service.id.clone(),
        reference: reference(context.bytes()),
        client_id: join.client.id,
        intake_id: join.intake.id,
        needs: serde_json::to_string(&join.needs)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?,
        days,
        parts,
        modes,
        helps_until: helps_until(&join.needs, &service),
        urgent: join.urgent,
        source: join.source,
        created_at: context.now().timestamp(),
    })
    .await?;
    let (subject, detail) = (("waiting", id), join.source.to_owned());
    join.actor
        .note(tx, context, "joined_list", subject, &clinic, detail)
        .await?;
    let row = tx.waiting(id).await?.ok_or(BookingError::NoSuchRequest)?;
    let told = tell_waiting(tx, context, &row, (Kind::OnList, 0)).await?;
    Ok(Joined {
        id,
        link_version: row.link_version,
        must_ring: told == Told::Nothing && !(row.phone.is_some() && row.safe_to_call),
        reference: row.reference,
        told,
    })
}

/// The last date on which a meeting still helps: `deadline - turnaround - days to spare` (`domain` section 9, `buffer`).
fn helps_until(needs: &Needs, service: &ServiceRow) -> Option<NaiveDate> {
    let days = needs.spare_days() + service.turnaround_days;
    needs
        .deadline?
        .checked_sub_days(Days::new(u64::try_from(days.max(0)).ok()?))
}
