//! What staff tick off on the day: here, late, begun, seen, gone early, did not come, and each of them taken back. Every
//! change goes through the state machine and leaves a line in the audit log, a slip and its correction alike.
//!
//! Nobody is refused or banned for not having come. The second time in the same clinic, a person rings first.

use uuid::Uuid;

use super::cancel::apply;
use super::one_client::same_name;
use super::tell::call_about;
use super::{Actor, BookingError, in_turn, life};
use crate::context::Context;
use crate::domain::booking::{Command, Refused};
use crate::domain::time;
use crate::domain::visit::Mark;
use crate::store::{AppointmentRow, Records, StoreError, VisitRow};

/// Ticks something off. What is so already changes nothing.
///
/// # Errors
/// [`BookingError::Refused`] where it does not follow from how the appointment stands, or its day has not come.
pub async fn mark(
    context: &Context,
    id: Uuid,
    mark: Mark,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = in_turn!(context, |tx| note_mark(tx, context, id, mark, actor))?;
    context.bell.notify_one();
    Ok(row)
}

/// Somebody who came without an appointment and has just been given one: here at once.
pub async fn walked_in(
    context: &Context,
    id: Uuid,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    in_turn!(context, |tx| async {
        let visit = VisitRow {
            walk_in: true,
            ..visit_of(tx, id).await?
        };
        tx.put_visit(&visit).await?;
        note_mark(tx, context, id, Mark::CheckIn, actor).await
    })
}

/// What the desk knows of an appointment, or nothing yet.
pub(super) async fn visit_of(tx: &mut dyn Records, id: Uuid) -> Result<VisitRow, StoreError> {
    Ok(tx.visit(id).await?.unwrap_or_else(|| VisitRow {
        appointment_id: id,
        ..VisitRow::default()
    }))
}

pub(super) async fn note_mark(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    mark: Mark,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let before = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let stands = life(&before)?;
    let today = time::local_date(context.now());
    if !matches!(mark, Mark::Late(_)) && time::local_date(stands.starts_at) > today {
        return Err(Refused::NotYet.into());
    }
    let visit = visit_of(tx, id).await?;
    if mark == Mark::NotHere && visit.started_at.is_some() {
        // A meeting that has begun is first taken back to the waiting room.
        return Err(Refused::WrongState(stands.state).into());
    }
    if mark == Mark::Start && visit.started_at.is_some() {
        return Ok(before);
    }
    if mark == Mark::NotSeen && tx.outcome(id).await?.is_some() {
        // Somebody has written down what came of it: that is no slip any more.
        return Err(Refused::WrongState(stands.state).into());
    }
    let (_, events) = stands.apply(mark.command(), context.now())?;
    if events.is_empty() {
        return Ok(before);
    }
    let row = apply(tx, context, id, actor, mark.command()).await?;
    tx.put_visit(&after(visit, mark, context.now().timestamp()))
        .await?;
    if mark == Mark::Missed {
        after_a_miss(tx, context, &row).await?;
    }
    // Nobody is rung about a time at which they came, or did not.
    if matches!(mark, Mark::CameAfterAll | Mark::CheckIn) {
        tx.end_older_calls(id, context.now().timestamp()).await?;
    }
    Ok(row)
}

/// What the desk knows after a mark.
fn after(visit: VisitRow, mark: Mark, now: i64) -> VisitRow {
    match mark {
        Mark::Late(minutes) => VisitRow {
            late_minutes: Some(minutes),
            ..visit
        },
        Mark::CheckIn => VisitRow {
            arrived_at: Some(now),
            ..visit
        },
        Mark::Start => VisitRow {
            arrived_at: visit.arrived_at.or(Some(now)),
            started_at: Some(now),
            ..visit
        },
        Mark::Finish => VisitRow {
            ended_at: Some(now),
            ..visit
        },
        Mark::LeftEarly => VisitRow {
            ended_at: Some(now),
            left_early: true,
            ..visit
        },
        Mark::NotHere => VisitRow {
            arrived_at: None,
            ..visit
        },
        Mark::NotStarted => VisitRow {
            started_at: None,
            ..visit
        },
        Mark::NotSeen => VisitRow {
            ended_at: None,
            left_early: false,
            ..visit
        },
        Mark::Missed | Mark::CameAfterAll => visit,
    }
}

/// What follows when somebody did not come. The kind note with a way to rebook is queued an hour later (`nudge`), when a
/// slip would have been put right. The second time in this clinic a person rings first, and no note goes. What happened in
/// another clinic is none of this one's business.
async fn after_a_miss(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
) -> Result<(), BookingError> {
    tx.end_older_calls(row.id, context.now().timestamp())
        .await?;
    let email = row.email.as_deref().map(str::to_lowercase);
    let names = tx
        .missed_names(
            &row.clinic_id,
            email.as_deref(),
            row.phone.as_deref(),
            row.id,
        )
        .await?;
    let own = row.client_name.as_deref().unwrap_or_default();
    if names.iter().any(|name| same_name(name, own)) {
        call_about(tx, context, row, "missed").await?;
    }
    Ok(())
}

/// Whether a mark could be made now, for the buttons of a page.
#[must_use]
pub fn could(
    row: &AppointmentRow,
    visit: Option<&VisitRow>,
    mark: Mark,
    context: &Context,
) -> bool {
    let Ok(stands) = life(row) else { return false };
    let today = time::local_date(stands.starts_at) <= time::local_date(context.now());
    let begun = visit.is_some_and(|visit| visit.started_at.is_some());
    let fits = match mark {
        Mark::NotHere | Mark::Start => !begun,
        Mark::NotStarted | Mark::LeftEarly => begun,
        _ => true,
    };
    fits && (today || mark.command() == Command::RunLate)
        && stands
            .apply(mark.command(), context.now())
            .is_ok_and(|(_, events)| !events.is_empty())
}
