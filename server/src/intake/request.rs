//! Cases that a person has to look at first: into the staff's queue, with what the clinic promises and by when.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::booking::{
    Actor, BookingError, Matter, Replay, Told, conflict, earlier, heard_on_the_phone, in_turn,
    remember, tell_about_request,
};
use crate::context::Context;
use crate::domain::booking::reference;
use crate::domain::promise::{URGENT_DAYS, USUAL_DAYS, reply_by};
use crate::domain::schedule::Dates;
use crate::domain::time;
use crate::store::{ClientRow, IntakeRow, NewRequest, Records};

/// A case to send.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// The client.
    pub client: ClientRow,
    /// The answers.
    pub intake: IntakeRow,
    /// Staff look at it within one working day.
    pub urgent: bool,
    /// The client's own deadline, if one is known.
    pub deadline: Option<NaiveDate>,
    /// `web`, `api`, `phone`.
    pub source: &'static str,
    /// Who typed.
    pub actor: Actor,
    /// For retries.
    pub replay: Option<Replay>,
}

/// The reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// The request.
    pub id: Uuid,
    /// The reference that the client keeps.
    pub reference: String,
    /// When the clinic has replied at the latest, a UTC instant.
    pub respond_by: DateTime<Utc>,
    /// The version of the link.
    pub link_version: i64,
    /// How the client hears of it.
    pub told: Told,
}

/// Sends a case, once however often it is asked.
pub async fn send_request(context: &Context, case: &NewCase) -> Result<Requested, BookingError> {
    let requested = in_turn!(context, |tx| once(tx, context, case))?;
    context.bell.notify_one();
    Ok(requested)
}

async fn once(
    tx: &mut dyn Records,
    context: &Context,
    case: &NewCase,
) -> Result<Requested, BookingError> {
    if let Some(requested) = earlier(tx, case.replay.as_ref()).await? {
        return Ok(requested);
    }
    let requested = send(tx, context, case).await?;
    remember(
        tx,
        case.replay.as_ref(),
        &requested,
        context.now().timestamp(),
    )
    .await?;
    Ok(requested)
}

async fn send(
    tx: &mut dyn Records,
    context: &Context,
    case: &NewCase,
) -> Result<Requested, BookingError> {
    let now = context.now();
    let clinic = case.intake.clinic_id.clone();
    let respond_by = promised(tx, &clinic, now, case.urgent).await?;
    tx.put_client(&case.client).await?;
    tx.put_intake(&case.intake).await?;
    let id = context.id();
    tx.put_request(&NewRequest {
        id,
        clinic_id: clinic.clone(),
        reference: reference(context.bytes()),
        client_id: case.client.id,
        intake_id: case.intake.id,
        priority: case.urgent.then_some("p1"),
        deadline: case.deadline,
        respond_by: respond_by.timestamp(),
        source: case.source,
        created_at: now.timestamp(),
    })
    .await?;
    case.actor
        .note(
            tx,
            context,
            "in_review",
            ("request", id),
            &clinic,
            case.source.to_owned(),
        )
        .await?;
    let row = tx
        .request(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    conflict::open(
        tx,
        context,
        &conflict::Given {
            clinic: &clinic,
            reference: &row.reference,
            matter: Matter::Request(id),
            intake: Some(case.intake.id),
            client: &case.client.name,
            organisation: case.client.organisation.as_deref(),
        },
    )
    .await?;
    let told = match heard_on_the_phone(
        case.source,
        row.email.is_some() && row.safe_to_email,
        row.phone.is_some() && row.safe_to_call,
    ) {
        Some(told) => told,
        None => tell_about_request(tx, context, &row).await?,
    };
    Ok(Requested {
        id,
        reference: row.reference,
        respond_by,
        link_version: row.link_version,
        told,
    })
}

/// The instant by which the clinic replies to what arrives `now`.
pub(crate) async fn promised(
    tx: &mut dyn Records,
    clinic: &str,
    now: DateTime<Utc>,
    urgent: bool,
) -> Result<DateTime<Utc>, BookingError> {
    let today = time::local_date(now);
    let rows = tx
        .calendar_dates(clinic, today, today + Days::new(366))
        .await?;
    let closures: Vec<Dates> = rows
        .into_iter()
        .filter(|row| row.kind != "term")
        .map(|row| Dates {
            from: row.from_date,
            until: row.until_date,
        })
        .collect();
    Ok(reply_by(
        now,
        if urgent { URGENT_DAYS } else { USUAL_DAYS },
        &closures,
    ))
}
