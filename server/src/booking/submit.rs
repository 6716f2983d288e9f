//! Sending the form: a held time, or a time asked for directly, becomes an appointment.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::one_client::{refuse_two_places, take_turns};
use super::place::{place, refuse_odd_start};
use super::replay::{Replay, earlier, remember};
use super::swap::swap;
use super::tell::{Kind, Told, tell};
use super::{Actor, BookingError, Matter, Wanted, conflict, counted, in_turn, life};
use crate::context::Context;
use crate::domain::availability::Unavailable;
use crate::domain::booking::{Command, Refused, State, reference};
use crate::domain::decision::Key;
use crate::domain::schedule::Booking;
use crate::store::{
    AppointmentRow, ClientRow, IntakeRow, NewAppointment, Records, StoreError, WaitingRow,
};

/// The source of what staff type for a caller.
pub const PHONE: &str = "phone";

/// Where the time comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// A hold that stands.
    Hold(Uuid),
    /// No hold: take the time now.
    Slot(Wanted),
}

/// A form that is sent.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The time.
    pub from: From,
    /// The client.
    pub client: ClientRow,
    /// The answers, if there were questions.
    pub intake: Option<IntakeRow>,
    /// `web`, `api`, `phone`.
    pub source: &'static str,
    /// Who typed.
    pub actor: Actor,
    /// For retries.
    pub replay: Option<Replay>,
}

/// What came of it; stored as the reply to a retry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// The appointment.
    pub id: Uuid,
    /// The reference that the client keeps.
    pub reference: String,
    /// `confirmed` or `requested`.
    pub state: State,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// End, a UTC instant.
    pub end: DateTime<Utc>,
    /// The version of the manage link.
    pub link_version: i64,
    /// How the client hears of it.
    pub told: Told,
}

/// Books, once however often it is asked.
pub async fn submit(context: &Context, submission: &Submission) -> Result<Booked, BookingError> {
    let (booked, anew) = counted(context, send(context, submission).await)?;
    if anew {
        context
            .metrics
            .booked(booked.state.as_str(), submission.source);
    }
    Ok(booked)
}

/// The appointment, and whether it was made just now: a retry is told of the one that it made before.
async fn send(context: &Context, submission: &Submission) -> Result<(Booked, bool), BookingError> {
    if let From::Slot(wanted) = &submission.from {
        refuse_odd_start(wanted.start)?;
    }
    let booked = in_turn!(context, |tx| book_once(tx, context, submission))?;
    context.bell.notify_one();
    Ok(booked)
}

async fn book_once(
    tx: &mut dyn Records,
    context: &Context,
    submission: &Submission,
) -> Result<(Booked, bool), BookingError> {
    let replay = submission.replay.as_ref();
    let client = &submission.client;
    // Before the look at earlier replies: a retry that waited here for the first try finds its reply.
    take_turns(tx, client.email.as_deref(), client.phone.as_deref()).await?;
    if let Some(booked) = earlier(tx, replay).await? {
        return Ok((booked, false));
    }
    let booked = book(tx, context, submission).await?;
    remember(tx, replay, &booked, context.now().timestamp()).await?;
    Ok((booked, true))
}

async fn book(
    tx: &mut dyn Records,
    context: &Context,
    submission: &Submission,
) -> Result<Booked, BookingError> {
    tx.put_client(&submission.client).await?;
    if let Some(intake) = &submission.intake {
        tx.put_intake(intake).await?;
    }
    let intake = submission.intake.as_ref().map(|intake| intake.id);
    let (id, state) = match &submission.from {
        From::Hold(id) => (
            *id,
            claim_hold(tx, context, *id, submission.client.id, intake).await?,
        ),
        From::Slot(wanted) => {
            let taker = Taker {
                client: submission.client.id,
                intake,
                source: submission.source,
                key: None,
                cleared: false,
            };
            take_slot(tx, context, wanted, &taker).await?
        }
    };
    note_and_tell(
        tx,
        context,
        (id, state),
        submission.actor,
        (submission.source, submission.source == PHONE),
    )
    .await
}

/// A time taken by somebody whose details and answers are stored already, on the strength of a decision.
pub(crate) struct Decided<'a> {
    /// The time.
    pub wanted: &'a Wanted,
    /// The decision's key: it opens one service, whether or not clients may book that one by themselves.
    pub key: &'a Key,
    /// The client.
    pub client: Uuid,
    /// How they are reached: rivals of one client take turns by it.
    pub email: Option<&'a str>,
    /// Likewise.
    pub phone: Option<&'a str>,
    /// The answers, if there were questions.
    pub intake: Option<Uuid>,
    /// Its conflict check is cleared: a time that would be held for it is booked at once.
    pub cleared: bool,
    /// `web`, `api`, `phone`.
    pub source: &'static str,
    /// Who picked the time.
    pub actor: Actor,
    /// The client hears it from them, there and then.
    pub hears: bool,
}

/// Books in the caller's transaction, which changes the case too.
pub(crate) async fn book_decided(
    tx: &mut dyn Records,
    context: &Context,
    decided: &Decided<'_>,
) -> Result<Booked, BookingError> {
    refuse_odd_start(decided.wanted.start)?;
    take_turns(tx, decided.email, decided.phone).await?;
    let taker = Taker {
        client: decided.client,
        intake: decided.intake,
        source: decided.source,
        key: Some(decided.key),
        cleared: decided.cleared,
    };
    let place = take_slot(tx, context, decided.wanted, &taker).await?;
    let how = (decided.source, decided.hears);
    note_and_tell(tx, context, place, decided.actor, how).await
}

/// Books the held time that somebody on the waiting list was offered, in the caller's transaction.
pub(super) async fn book_offered(
    tx: &mut dyn Records,
    context: &Context,
    place: &WaitingRow,
    held: Uuid,
    (actor, source): (Actor, &'static str),
) -> Result<Booked, BookingError> {
    take_turns(tx, place.email.as_deref(), place.phone.as_deref()).await?;
    // The call about the offer is done: what is told from here on is told of the appointment.
    tx.end_waiting_calls(place.id, context.now().timestamp())
        .await?;
    let intake = Some(place.intake_id);
    let state = claim_hold(tx, context, held, place.client_id, intake).await?;
    // Whoever says yes on the telephone is told there.
    let how = (source, matches!(actor, Actor::Staff(_)));
    note_and_tell(tx, context, (held, state), actor, how).await
}

async fn note_and_tell(
    tx: &mut dyn Records,
    context: &Context,
    (id, state): (Uuid, State),
    actor: Actor,
    (source, hears): (&str, bool),
) -> Result<Booked, BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    refuse_two_places(tx, &row).await?;
    let subject = ("appointment", id);
    let detail = source.to_owned();
    actor
        .note(tx, context, state.as_str(), subject, &row.clinic_id, detail)
        .await?;
    conflict::open(
        tx,
        context,
        &conflict::Given {
            clinic: &row.clinic_id,
            reference: &row.reference,
            matter: Matter::Appointment(id),
            intake: row.intake_id,
            client: row.client_name.as_deref().unwrap_or_default(),
            organisation: row.organisation.as_deref(),
        },
    )
    .await?;
    let kind = if state == State::Confirmed {
        Kind::Confirmation
    } else {
        Kind::RequestReceived
    };
    let told = match heard_on_the_phone(
        if hears { PHONE } else { "" },
        row.email.is_some() && row.safe_to_email == Some(true),
        row.phone.is_some() && row.safe_to_call == Some(true),
    ) {
        Some(told) => told,
        None => tell(tx, context, &row, kind).await?,
    };
    booked(&row, state, told)
}

/// Whoever is on the telephone while staff type hears the news in the same call: nobody has to ring them again. Mail, where
/// it is safe, goes out all the same, because it carries the link.
pub(crate) fn heard_on_the_phone(source: &str, may_mail: bool, may_call: bool) -> Option<Told> {
    (source == PHONE && !may_mail).then_some(if may_call { Told::Call } else { Told::Nothing })
}

fn booked(row: &AppointmentRow, state: State, told: Told) -> Result<Booked, BookingError> {
    let instant = |seconds| {
        DateTime::from_timestamp(seconds, 0)
            .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
    };
    Ok(Booked {
        id: row.id,
        reference: row.reference.clone(),
        state,
        start: instant(row.starts_at)?,
        end: instant(row.ends_at)?,
        link_version: row.link_version,
        told,
    })
}

/// Compare-and-swap from `held`: of two tabs that send the same hold, one succeeds. Since the time was kept, somebody may have
/// fallen ill or the day may have been closed: others take their place if there are any, and otherwise it is taken.
async fn claim_hold(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    client: Uuid,
    intake: Option<Uuid>,
) -> Result<State, BookingError> {
    let now = context.now();
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let (state, _) = life(&row)?.apply(Command::Submit(booking(&row.booking)?), now)?;
    tx.give_to(id, client, intake).await?;
    let given = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    if !tx.is_offered(&given.service_id).await? {
        return Err(Unavailable::Taken.into());
    }
    swap(tx, context, &given, &BTreeSet::new(), Actor::System).await?;
    if !tx
        .change_state(id, State::Held, state, now.timestamp())
        .await?
    {
        return Err(Refused::HoldEnded.into());
    }
    tx.settle_meeting(row.meeting_id).await?;
    Ok(state)
}

/// Who takes a time.
struct Taker<'a> {
    client: Uuid,
    intake: Option<Uuid>,
    source: &'static str,
    key: Option<&'a Key>,
    cleared: bool,
}

async fn take_slot(
    tx: &mut dyn Records,
    context: &Context,
    wanted: &Wanted,
    taker: &Taker<'_>,
) -> Result<(Uuid, State), BookingError> {
    if taker.key.is_some_and(|key| !key.opens(&wanted.service)) {
        return Err(Refused::NotBookable.into());
    }
    let placed = place(tx, context, wanted, None, None).await?;
    let service = wanted.service.as_str();
    let services = tx.services(Some(&placed.clinic)).await?;
    let rules = services
        .iter()
        .find(|row| row.id == service)
        .ok_or(BookingError::NoSuchService)?;
    let state = match booking(&rules.booking)? {
        Booking::Instant => State::Confirmed,
        Booking::Held if taker.cleared => State::Confirmed,
        Booking::Held => State::Requested,
        // A person has decided: nothing is left to look at.
        Booking::Review if taker.key.is_some() => State::Confirmed,
        Booking::Review => return Err(Refused::NotBookable.into()),
    };
    let id = context.id();
    tx.put_appointment(&NewAppointment {
        id,
        meeting_id: placed.meeting,
        clinic_id: placed.clinic,
        service_id: service.to_owned(),
        reference: reference(context.bytes()),
        state: state.as_str(),
        client_id: Some(taker.client),
        intake_id: taker.intake,
        hold_expires_at: None,
        source: taker.source,
        created_at: context.now().timestamp(),
    })
    .await?;
    tx.settle_meeting(placed.meeting).await?;
    Ok((id, state))
}

pub(super) fn booking(word: &str) -> Result<Booking, StoreError> {
    match word {
        "instant" => Ok(Booking::Instant),
        "held" => Ok(Booking::Held),
        "review" => Ok(Booking::Review),
        other => Err(StoreError::Corrupt(format!("booking {other}"))),
    }
}
