//! Another person or room for a meeting that keeps its time: nothing changes for the client. Everything else of the meeting
//! stays if it can.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::place::{clear_ended_holds, mode_from_word};
use super::relocate::needs;
use super::{Actor, BookingError};
use crate::context::Context;
use crate::domain::availability::{Allocation, Unavailable, allocate};
use crate::domain::ids::ResourceId;
use crate::domain::overrule::without_rules;
use crate::domain::schedule::{Facts, Part};
use crate::domain::time;
use crate::domain::trouble::Exception;
use crate::store::{AppointmentRow, Records, StoreError};

/// Who takes whose place.
pub type Swapped = Vec<(Uuid, Uuid)>;

/// Gives the meeting of an appointment others for those who cannot be there. The notice that clients owe and the daily
/// cap do not bind: the meeting stands already. The supervisor's ratio and the skills do.
pub(crate) async fn swap(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    missing: &BTreeSet<ResourceId>,
    actor: Actor,
) -> Result<Swapped, BookingError> {
    clear_ended_holds(tx, context).await?;
    let now = context.now();
    let start = DateTime::<Utc>::from_timestamp(row.starts_at, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {}", row.starts_at)))?;
    let date = time::local_date(start);
    let all = tx
        .engagements(
            &row.clinic_id,
            row.starts_at,
            row.starts_at + 1,
            now.timestamp(),
        )
        .await?;
    let mut own = all;
    own.retain(|one| one.meeting_id == row.meeting_id);
    let exception = own.first().map(|one| one.exception.clone());
    let exception = exception.unwrap_or_default();
    let current: Vec<(ResourceId, Part)> = own
        .into_iter()
        .map(|one| (ResourceId(one.resource_id), part(&one.part)))
        .collect();
    let facts = tx
        .facts(
            &row.service_id,
            date,
            date,
            now.timestamp(),
            Some(row.meeting_id),
        )
        .await?
        .ok_or(BookingError::NoSuchService)?;
    let facts = as_allowed(&exception, facts, date);
    let chosen = choose(facts, context, row, start, (&current, missing))?;
    let swapped = exchanged(&current, &chosen);
    if swapped
        .iter()
        .any(|(_, new)| current.iter().any(|(id, _)| id.0 == *new))
    {
        // Somebody would play two parts in one meeting.
        return Err(Unavailable::Taken.into());
    }
    for (old, new) in &swapped {
        tx.reassign(row.meeting_id, *old, *new).await?;
        let detail = format!("{old} {new}");
        actor
            .note(
                tx,
                context,
                "reassigned",
                ("appointment", row.id),
                &row.clinic_id,
                detail,
            )
            .await?;
    }
    Ok(swapped)
}

/// The facts that a meeting with this exception is judged by: without the rules of booking if a supervisor has put it
/// outside the hours or on a closed day.
pub(super) fn as_allowed(exception: &str, facts: Facts, date: NaiveDate) -> Facts {
    if Exception::from_word(exception) == Exception::None {
        facts
    } else {
        without_rules(facts, date)
    }
}

/// First with everybody who can still be there in their place; only if that cannot be had, with anybody.
fn choose(
    mut facts: Facts,
    context: &Context,
    row: &AppointmentRow,
    start: DateTime<Utc>,
    (current, missing): (&[(ResourceId, Part)], &BTreeSet<ResourceId>),
) -> Result<Vec<(ResourceId, Part)>, BookingError> {
    let mode = mode_from_word(&row.mode)
        .ok_or_else(|| StoreError::Corrupt(format!("mode {}", row.mode)))?;
    let date = time::local_date(start);
    facts.rules.notice_minutes = 0;
    facts.rules.horizon_days = 400;
    facts.rules.turnaround_days = 0;
    facts.rules.daily_cap = None;
    facts.standing.clear();
    let ask = needs(row)?.ask(context.now(), date, date, None);
    let stays = |id: ResourceId| current.iter().any(|one| one.0 == id) && !missing.contains(&id);
    let prefer = |id: ResourceId| i64::from(!stays(id));
    let mut narrow = facts.clone();
    for window in &mut narrow.windows {
        window.staff.retain(|(id, part)| {
            let broken = current
                .iter()
                .any(|(own, of)| of == part && missing.contains(own));
            !missing.contains(id) && (broken || stays(*id))
        });
    }
    facts
        .windows
        .iter_mut()
        .for_each(|window| window.staff.retain(|(id, _)| !missing.contains(id)));
    let allocation = allocate(&narrow, &ask, start, mode, &prefer)
        .or_else(|_| allocate(&facts, &ask, start, mode, &prefer))?;
    let Allocation::New {
        advisers,
        supervisor,
        room,
    } = allocation
    else {
        return Err(Unavailable::Taken.into());
    };
    let advisers = advisers.into_iter().map(|id| (id, Part::Adviser));
    Ok(advisers
        .chain([(supervisor, Part::Supervisor)])
        .chain(room.map(|room| (room, Part::Room)))
        .collect())
}

/// For each part, those who leave with those who come in their place.
fn exchanged(current: &[(ResourceId, Part)], chosen: &[(ResourceId, Part)]) -> Swapped {
    let leaving = current.iter().filter(|one| !chosen.contains(one));
    let mut coming: Vec<_> = chosen.iter().filter(|one| !current.contains(one)).collect();
    let mut swapped = Vec::new();
    for (old, part) in leaving {
        if let Some(at) = coming.iter().position(|(_, of)| of == part) {
            swapped.push((old.0, coming.remove(at).0.0));
        }
    }
    swapped
}

fn part(word: &str) -> Part {
    match word {
        "adviser" => Part::Adviser,
        "supervisor" => Part::Supervisor,
        _ => Part::Room,
    }
}
