//! What is told though nobody changed anything: reminders, the note after a missed visit, the question how it was.
//!
//! Promises: what is due is read from the appointments as they stand, not from a list made earlier or from the minute the
//! clock shows, so any number of workers may look at any time, after any outage: each thing is told once. Where mail is not
//! safe staff ring instead, and where a call about the appointment waits already there is no second. Nothing by night.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::tell::{Kind, nudge};
use super::{BookingError, in_turn};
use crate::context::Context;
use crate::domain::reminder::{EARLIEST, Facts, Plan, due, is_quiet};
use crate::store::{AppointmentRow, Records, StoreError, UpcomingRow};

/// How it was is asked the day after, and not at all after a week.
const FEEDBACK: (TimeDelta, TimeDelta) = (TimeDelta::days(7), TimeDelta::hours(20));
/// A missed visit is written about when a slip of the desk would have been put right, and not after three days.
const MISSED: (TimeDelta, TimeDelta) = (TimeDelta::days(3), TimeDelta::hours(1));

/// What a round has told, by mail or by a call to make.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Nudged {
    /// Reminders.
    pub reminders: usize,
    /// Notes after a missed visit, and questions how it was.
    pub follow_ups: usize,
}

/// Queues what is due now.
///
/// # Errors
/// The database cannot be read. What is wrong with one appointment is logged and keeps no other back.
pub async fn queue_nudges(context: &Context) -> Result<Nudged, BookingError> {
    let now = context.now();
    if is_quiet(now) {
        return Ok(Nudged::default());
    }
    let mut tx = context.store.read().await?;
    let upcoming = tx
        .upcoming(now.timestamp(), (now + EARLIEST).timestamp())
        .await?;
    let window = |(since, until): (TimeDelta, TimeDelta)| {
        ((now - since).timestamp(), (now - until).timestamp())
    };
    let over = tx.over(window(FEEDBACK), window(MISSED)).await?;
    drop(tx);
    let mut nudged = Nudged::default();
    for row in upcoming {
        let Some(days) = due_of(&row, now) else {
            continue;
        };
        let version = (row.sequence, i64::from(days));
        let told = once(context, row.id, Kind::Reminder, Some(version)).await;
        nudged.reminders += counted(row.id, told);
    }
    for row in over {
        let kind = if row.state == "missed" {
            Kind::Missed
        } else {
            Kind::Feedback
        };
        let told = once(context, row.id, kind, None).await;
        nudged.follow_ups += counted(row.id, told);
    }
    if nudged != Nudged::default() {
        context.bell.notify_one();
    }
    Ok(nudged)
}

fn counted(id: Uuid, told: Result<bool, BookingError>) -> usize {
    match told {
        Ok(told) => usize::from(told),
        Err(error) => {
            tracing::error!(appointment = %id, %error, "nothing could be queued for an appointment");
            0
        }
    }
}

fn due_of(row: &UpcomingRow, now: DateTime<Utc>) -> Option<u8> {
    let plan = Plan::parse(&row.reminder_days)
        .inspect_err(|error| tracing::error!(appointment = %row.id, %error, "no reminder"))
        .ok()?;
    let facts = Facts {
        starts_at: DateTime::from_timestamp(row.starts_at, 0)?,
        known_since: DateTime::from_timestamp(row.known_since, 0)?,
        reminded: row.reminded.and_then(|days| u8::try_from(days).ok()),
    };
    due(&plan, &facts, now)
}

/// Whether an appointment still stands so that this is true of it.
fn fits(kind: Kind, row: &AppointmentRow) -> bool {
    let state = match kind {
        Kind::Reminder => "confirmed",
        Kind::Missed => "missed",
        _ => "attended",
    };
    row.state == state
}

/// Tells of one appointment what was not told yet: false if somebody else was first, or it stands otherwise by now.
/// `version` is the sequence it was looked at in and the part; without one it is told as it stands.
async fn once(
    context: &Context,
    id: Uuid,
    kind: Kind,
    version: Option<(i64, i64)>,
) -> Result<bool, BookingError> {
    in_turn!(context, |tx| tell_one(tx, context, id, (kind, version)))
}

async fn tell_one(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    (kind, version): (Kind, Option<(i64, i64)>),
) -> Result<bool, BookingError> {
    let Some(row) = tx.appointment(id).await? else {
        return Ok(false);
    };
    let version = version.unwrap_or((row.sequence, 0));
    let now = context.now().timestamp();
    if !fits(kind, &row)
        || row.sequence != version.0
        || !tx.tell_once(id, kind.as_str(), version, now).await?
    {
        return Ok(false);
    }
    // Whoever makes the call that waits tells them of the time as well; and where a person is to ring first, as after the
    // second missed visit, no note goes before them.
    let by_mail = kind != Kind::Missed && row.email.is_some() && row.safe_to_email == Some(true);
    if by_mail || !tx.has_open_call(id).await? {
        nudge(tx, context, &row, (kind, version.1)).await?;
    }
    Ok(true)
}

/// When a service reminds.
///
/// # Errors
/// There is no such service, or what stands there is no plan.
pub async fn reminder_plan(context: &Context, service: &str) -> Result<Plan, BookingError> {
    let mut tx = context.store.read().await?;
    let days = tx.reminder_days(service).await?;
    let days = days.ok_or(BookingError::NoSuchService)?;
    Ok(Plan::parse(&days).map_err(|error| StoreError::Corrupt(error.to_string()))?)
}
