//! Moving an appointment to another time of the same service: it does not stand in its own way, frees its old time at
//! once, and keeps its reference and its links. A supervisor may break a rule of booking for it, with a reason that is kept;
//! that nobody is in two meetings at once, and nobody unsupervised, is no such rule.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::one_client::{refuse_two_places, take_turns};
use super::place::{mode_from_word, place_as, refuse_odd_start};
use super::tell::{Kind, tell};
use super::{Actor, BookingError, Needs, Wanted, in_turn, life};
use crate::context::Context;
use crate::domain::availability::{Slot, Unavailable, slots};
use crate::domain::booking::Command;
use crate::domain::client::Access;
use crate::domain::ids::ServiceId;
use crate::domain::overrule::without_rules;
use crate::domain::time;
use crate::domain::trouble::Exception;
use crate::store::{AppointmentRow, OverrideRow, Records, StoreError};

/// A rule of booking that somebody breaks, and why.
#[derive(Debug, Clone, Copy)]
pub struct Overrule<'a> {
    /// The supervisor.
    pub staff: Uuid,
    /// Their words.
    pub reason: &'a str,
}

/// Moves an appointment to `start`, meeting in the same way. To the time it has already: nothing happens.
pub async fn relocate(
    context: &Context,
    id: Uuid,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    refuse_odd_start(start)?;
    let row = in_turn!(context, |tx| change_time(
        tx, context, id, start, actor, None
    ))?;
    context.bell.notify_one();
    Ok(row)
}

/// The free times of the same service, met in the same way, to which an appointment may move on local dates `from` to
/// `until` (inclusive). Its own time is not among them, and does not stand in the way of others.
pub async fn times_to_move(
    context: &Context,
    row: &AppointmentRow,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Slot>, BookingError> {
    let now = context.now();
    let mode = mode_from_word(&row.mode);
    // Of a group, the meeting stays when one person leaves it.
    let ignoring = (row.capacity == 1).then_some(row.meeting_id);
    let mut tx = context.store.read().await?;
    let facts = match ignoring {
        Some(_) => {
            tx.facts(&row.service_id, from, until, now.timestamp(), ignoring)
                .await?
        }
        None => {
            tx.facts_of_any(&row.service_id, from, until, now.timestamp())
                .await?
        }
    };
    let facts = facts.ok_or(BookingError::NoSuchService)?;
    let mut found = slots(&facts, &needs(row)?.ask(now, from, until, mode));
    found.retain(|slot| slot.start.timestamp() != row.starts_at);
    Ok(found)
}

/// What staff ask for when they move an appointment.
#[derive(Debug, Clone, Copy)]
pub struct StaffMove<'a> {
    /// The new start.
    pub start: DateTime<Utc>,
    /// The start that they saw when they chose: somebody else may have moved it since.
    pub was: DateTime<Utc>,
    /// Why a rule of booking is broken for it. A start that breaks none is an ordinary one.
    pub overrule: Option<Overrule<'a>>,
}

/// Moves an appointment for the clinic.
///
/// # Errors
/// [`BookingError::MovedMeanwhile`] if it no longer starts when the page said; otherwise as [`relocate`].
pub async fn relocate_for_clinic(
    context: &Context,
    id: Uuid,
    asked: StaffMove<'_>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    refuse_odd_start(asked.start)?;
    let row = in_turn!(context, |tx| change_time(
        tx,
        context,
        id,
        asked.start,
        actor,
        Some(&asked)
    ))?;
    context.bell.notify_one();
    Ok(row)
}

pub(crate) async fn change_time(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    start: DateTime<Utc>,
    actor: Actor,
    staff: Option<&StaffMove<'_>>,
) -> Result<AppointmentRow, BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let life = life(&row)?;
    // A second press of the button finds it there already.
    if staff.is_some_and(|asked| asked.was != life.starts_at && start != life.starts_at) {
        return Err(BookingError::MovedMeanwhile);
    }
    life.apply(Command::Move, context.now())?;
    if life.starts_at == start {
        return Ok(row);
    }
    take_turns(tx, row.email.as_deref(), row.phone.as_deref()).await?;
    // Its own time counts as free if nobody else is in the meeting.
    let ignoring = tx
        .stand_down(row.meeting_id, id)
        .await?
        .then_some(row.meeting_id);
    let wanted = Wanted {
        service: ServiceId(row.service_id.clone()),
        start,
        mode: mode_from_word(&row.mode)
            .ok_or_else(|| StoreError::Corrupt(format!("mode {}", row.mode)))?,
        needs: needs(&row)?,
    };
    let overrule = staff.and_then(|asked| asked.overrule);
    let mut broken = None;
    let placed = match (
        place_as(tx, context, &wanted, None, ignoring, &|facts| facts).await,
        overrule,
    ) {
        (Err(BookingError::Unavailable(rule)), Some(_)) if may_be_broken(rule) => {
            broken = Some(rule);
            let date = time::local_date(start);
            let freely = |facts| without_rules(facts, date);
            let placed = place_as(tx, context, &wanted, None, ignoring, &freely).await?;
            let span = (start, placed.end);
            allow(tx, context, &wanted, placed.meeting, span).await?;
            placed
        }
        (placed, _) => placed?,
    };
    tx.put_in_meeting(id, placed.meeting, context.now().timestamp())
        .await?;
    tx.settle_meeting(row.meeting_id).await?;
    tx.settle_meeting(placed.meeting).await?;
    tx.raise_sequence(id).await?;
    // The mail about the change says when it was to be before.
    let before = time::rfc3339(life.starts_at);
    actor
        .note(
            tx,
            context,
            "moved",
            ("appointment", id),
            &row.clinic_id,
            before,
        )
        .await?;
    if let (Some(rule), Some(overrule)) = (broken, overrule) {
        keep_override(tx, context, &row, actor, rule, overrule).await?;
    }
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    refuse_two_places(tx, &row).await?;
    tell(tx, context, &row, Kind::Change).await?;
    Ok(row)
}

/// Keeps with the meeting what it needs to be allowed, so that nobody takes it for a mistake later.
async fn allow(
    tx: &mut dyn Records,
    context: &Context,
    wanted: &Wanted,
    meeting: Uuid,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), BookingError> {
    let date = time::local_date(span.0);
    let now = context.now().timestamp();
    let facts = tx
        .facts_of_any(wanted.service.as_str(), date, date, now)
        .await?;
    let facts = facts.ok_or(BookingError::NoSuchService)?;
    let needed = Exception::needed(&facts, span);
    tx.put_exception(meeting, needed.as_str()).await?;
    Ok(())
}

/// The free starts for an appointment on local dates `dates` (inclusive) as a client would be offered them, in its own
/// way to meet, without the start that it has.
pub async fn free_starts(
    context: &Context,
    row: &AppointmentRow,
    dates: (NaiveDate, NaiveDate),
) -> Result<Vec<DateTime<Utc>>, BookingError> {
    let free = times_to_move(context, row, dates).await?;
    Ok(free.into_iter().map(|slot| slot.start).collect())
}

/// What has passed has passed, and the way to meet is the client's choice. That a time is taken may mean the day's cap: the
/// second look, without rules, knows whether anybody is free.
fn may_be_broken(rule: Unavailable) -> bool {
    !matches!(rule, Unavailable::Past | Unavailable::ModeNotOffered)
}

/// The stable name of a rule in the audit log.
fn rule_word(rule: Unavailable) -> &'static str {
    match rule {
        Unavailable::Past => "past",
        Unavailable::TooSoon => "too_soon",
        Unavailable::TooFar => "too_far",
        Unavailable::Closed => "closed",
        Unavailable::TooLate => "too_late",
        Unavailable::OutsideHours => "outside_hours",
        Unavailable::ModeNotOffered => "mode_not_offered",
        Unavailable::Taken => "full",
    }
}

/// The rule in the audit log, the reason beside the appointment.
async fn keep_override(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    actor: Actor,
    rule: Unavailable,
    overrule: Overrule<'_>,
) -> Result<(), StoreError> {
    let rule = rule_word(rule);
    tx.put_override(&OverrideRow {
        id: context.id(),
        appointment_id: row.id,
        staff_id: overrule.staff,
        rule: rule.to_owned(),
        reason: overrule.reason.to_owned(),
        at: context.now().timestamp(),
    })
    .await?;
    let subject = ("appointment", row.id);
    actor
        .note(
            tx,
            context,
            "overruled",
            subject,
            &row.clinic_id,
            rule.to_owned(),
        )
        .await
}

/// What the client needs of the new time, from what they have: the same access, and the same extra minutes. Not the
/// deadline: whoever moves their own appointment knows it better than their answers of then.
pub(crate) fn needs(row: &AppointmentRow) -> Result<Needs, StoreError> {
    let access = Access::parse(row.access.as_deref().unwrap_or_default())
        .map_err(|error| StoreError::Corrupt(format!("access: {error}")))?;
    Ok(Needs {
        access: access.features(),
        deadline: None,
        safety_days: None,
        at_once: false,
        extra_minutes: ((row.ends_at - row.starts_at) / 60 - row.minutes).max(0),
    })
}
