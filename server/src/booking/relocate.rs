//! Moving an appointment to another time of the same service: it does not stand in its own way, frees its old time at
//! once, and keeps its reference and its links.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::one_client::{refuse_two_places, take_turns};
use super::place::{mode_from_word, place, refuse_odd_start};
use super::tell::{Kind, tell};
use super::{Actor, BookingError, Needs, Wanted, in_turn, life};
use crate::context::Context;
use crate::domain::booking::Command;
use crate::domain::client::{Access, AccessNeed};
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::store::{AppointmentRow, Records, StoreError};

/// Moves an appointment to `start`, meeting in the same way. To the time it has already: nothing happens.
pub async fn relocate(
    context: &Context,
    id: Uuid,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    refuse_odd_start(start)?;
    let row = in_turn!(context, |tx| change_time(tx, context, id, start, actor))?;
    context.bell.notify_one();
    Ok(row)
}

pub(crate) async fn change_time(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let life = life(&row)?;
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
    let placed = place(tx, context, &wanted, None, ignoring).await?;
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
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    refuse_two_places(tx, &row).await?;
    tell(tx, context, &row, Kind::Change).await?;
    Ok(row)
}

/// What the client needs of the new time, from what they have: the same access, and the same extra minutes. Not the
/// deadline: whoever moves their own appointment knows it better than their answers of then.
pub(crate) fn needs(row: &AppointmentRow) -> Result<Needs, StoreError> {
    // Sample data says nothing at all.
    let stored = row.access.as_deref().filter(|text| !text.is_empty());
    let stored = stored.unwrap_or("{}");
    let access: Access = serde_json::from_str(stored)
        .map_err(|error| StoreError::Corrupt(format!("access: {error}")))?;
    Ok(Needs {
        access: access
            .needs
            .into_iter()
            .filter_map(AccessNeed::feature)
            .collect(),
        deadline: None,
        safety_days: None,
        extra_minutes: ((row.ends_at - row.starts_at) / 60 - row.minutes).max(0),
    })
}
