//! Who and what a meeting has, put together by hand. Only what is free is offered; it is asked again in the transaction
//! that writes, and the database has the last word. A page that is older than the meeting changes nothing.

mod exchange;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::place::part_word;
use super::relocate::needs;
use super::swap::as_allowed;
use super::{Actor, BookingError, in_turn, life};
use crate::context::Context;
use crate::domain::availability::{Unavailable, busy_span, free_for};
use crate::domain::booking::{Refused, State};
use crate::domain::schedule::{Part, ServiceRules};
use crate::domain::time;
use crate::store::{AllocationRow, AppointmentRow, Records, StaffingRow, StoreError};

pub use exchange::Exchange;

/// The people and the room of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Who sees the client.
    pub advisers: Vec<Uuid>,
    /// Who answers for it.
    pub supervisor: Option<Uuid>,
    /// Where it is, if they meet in a room.
    pub room: Option<Uuid>,
    /// Of these, those who are in another meeting of the same hour, which gets in exchange what this one lets go: the person
    /// or room, and that meeting.
    pub exchanges: Vec<(Uuid, Uuid)>,
}

/// What could be chosen.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Id and name of whoever could advise: free then, or in the meeting already.
    pub advisers: Vec<(Uuid, String)>,
    /// Likewise to supervise.
    pub supervisors: Vec<(Uuid, String)>,
    /// Likewise to meet in; none where no room is needed.
    pub rooms: Vec<(Uuid, String)>,
    /// Whoever could be had in exchange with another meeting of the same hour.
    pub exchanges: Vec<Exchange>,
    /// How many advisers a meeting of this service has.
    pub needed: usize,
    /// What the meeting has now.
    pub now: Chosen,
    /// What the list was made from; comes back with the choice.
    pub seen: String,
}

/// What a change is made of.
struct Desk {
    rules: ServiceRules,
    taken: Vec<AllocationRow>,
    span: (DateTime<Utc>, DateTime<Utc>),
    offered: Candidates,
    /// Who and what the meetings that begin with this one have.
    staffing: Vec<StaffingRow>,
}

/// Whether the people of an appointment can still be changed.
#[must_use]
pub(super) fn is_open(state: State) -> bool {
    matches!(state, State::Requested | State::Confirmed | State::Arrived)
}

/// Who and what could be in the meeting of this appointment. At most nine queries.
pub async fn candidates(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
) -> Result<Candidates, BookingError> {
    let Desk {
        mut offered,
        staffing,
        ..
    } = desk(tx, context, row).await?;
    offered.exchanges = exchange::offered(tx, row, &staffing).await?;
    Ok(offered)
}

async fn desk(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
) -> Result<Desk, BookingError> {
    let start = life(row)?.starts_at;
    let date = time::local_date(start);
    let now = context.now();
    let ignoring = Some(row.meeting_id);
    let facts = tx
        .facts(&row.service_id, date, date, now.timestamp(), ignoring)
        .await?
        .ok_or(BookingError::NoSuchService)?;
    let names: BTreeMap<Uuid, String> = tx
        .posted_resources(&row.clinic_id)
        .await?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    let staffing = tx
        .staffing_between(row.starts_at, row.starts_at + 1)
        .await?;
    let exception = staffing
        .iter()
        .find(|one| one.meeting_id == row.meeting_id)
        .map_or("", |one| one.exception.as_str());
    let facts = as_allowed(exception, facts, date);
    let taken = tx.allocations(row.meeting_id).await?;
    let needs = needs(row)?;
    let free = free_for(&facts, &needs.ask(now, date, date, None), start);
    let of = |part: Part| {
        let mut found: BTreeMap<Uuid, String> = free
            .iter()
            .filter(|(_, own)| *own == part)
            .filter_map(|(id, _)| Some((id.0, names.get(&id.0)?.clone())))
            .collect();
        let own = staffing
            .iter()
            .filter(|one| one.meeting_id == row.meeting_id && one.part == part_word(part));
        found.extend(own.map(|one| (one.resource_id, one.name.clone())));
        let mut found: Vec<(Uuid, String)> = found.into_iter().collect();
        found.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        found
    };
    let in_person = row.mode == "in_person";
    let offered = Candidates {
        advisers: of(Part::Adviser),
        supervisors: of(Part::Supervisor),
        rooms: if in_person {
            of(Part::Room)
        } else {
            Vec::new()
        },
        exchanges: Vec::new(),
        needed: usize::try_from(facts.rules.advisers_needed).unwrap_or(1),
        now: has(&taken),
        seen: seen(row, &taken),
    };
    let span = busy_span(&facts.rules, start, needs.extra_minutes);
    Ok(Desk {
        rules: facts.rules,
        taken,
        span,
        offered,
        staffing,
    })
}

fn has(taken: &[AllocationRow]) -> Chosen {
    let of = |part: Part| {
        taken
            .iter()
            .filter(move |row| row.part == part_word(part))
            .map(|row| row.resource_id)
    };
    Chosen {
        advisers: of(Part::Adviser).collect(),
        supervisor: of(Part::Supervisor).next(),
        room: of(Part::Room).next(),
        exchanges: Vec::new(),
    }
}

/// A digest of when the meeting is and what it has: another one means that somebody has changed it.
fn seen(row: &AppointmentRow, taken: &[AllocationRow]) -> String {
    let mut all: Vec<String> = taken
        .iter()
        .map(|one| format!("{}:{}", one.part, one.resource_id))
        .collect();
    all.sort();
    let text = format!("{}/{}/{}", row.starts_at, row.state, all.join(","));
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Puts these people and this room in the place of those that the meeting has.
///
/// # Errors
/// [`BookingError::Overtaken`] if the meeting is not the one that `seen` was made from; [`Unavailable::Taken`] if somebody
/// or something is not free, or not enough of them were chosen.
pub async fn allocate_by_hand(
    context: &Context,
    id: Uuid,
    seen: &str,
    chosen: &Chosen,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    in_turn!(context, |tx| put_together(
        tx, context, id, seen, chosen, actor
    ))
}

async fn put_together(
    tx: &mut dyn Records,
    context: &Context,
    id: Uuid,
    seen: &str,
    chosen: &Chosen,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = tx
        .appointment(id)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    let state = life(&row)?.state;
    if !is_open(state) {
        return Err(Refused::WrongState(state).into());
    }
    let before = desk(tx, context, &row).await?;
    if before.offered.seen != seen {
        return Err(BookingError::Overtaken);
    }
    exchange::make_room(tx, context, &row, &before, chosen, actor).await?;
    let offered = if chosen.exchanges.is_empty() {
        before.offered.clone()
    } else {
        desk(tx, context, &row).await?.offered
    };
    if !fits(&offered, chosen, row.mode == "in_person") {
        return Err(Unavailable::Taken.into());
    }
    if before.offered.now != *chosen {
        write(tx, context, &row, &before, chosen).await?;
        let subject = ("appointment", id);
        actor
            .note(
                tx,
                context,
                "allocated",
                subject,
                &row.clinic_id,
                String::new(),
            )
            .await?;
    }
    Ok(row)
}

/// Whether the choice is whole and made of what was offered.
fn fits(offered: &Candidates, chosen: &Chosen, in_person: bool) -> bool {
    let among = |all: &[(Uuid, String)], id: &Uuid| all.iter().any(|(own, _)| own == id);
    let mut advisers = chosen.advisers.clone();
    advisers.sort_unstable();
    advisers.dedup();
    let room = match chosen.room {
        Some(room) => in_person && among(&offered.rooms, &room),
        None => !in_person,
    };
    let supervisor = chosen
        .supervisor
        .is_some_and(|one| among(&offered.supervisors, &one) && !advisers.contains(&one));
    advisers.len() == offered.needed
        && chosen.advisers.len() == offered.needed
        && advisers.iter().all(|one| among(&offered.advisers, one))
        && supervisor
        && room
}

async fn write(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    desk: &Desk,
    chosen: &Chosen,
) -> Result<(), StoreError> {
    // The time that the meeting takes stays what it is, however it came about.
    let from = desk.taken.iter().map(|one| one.busy_from).min();
    let until = desk.taken.iter().map(|one| one.busy_until).max();
    let takes = |resource: Uuid, part: Part| AllocationRow {
        id: context.id(),
        resource_id: resource,
        part: part_word(part).to_owned(),
        busy_from: from.unwrap_or_else(|| desk.span.0.timestamp()),
        busy_until: until.unwrap_or_else(|| desk.span.1.timestamp()),
        at_once: if part == Part::Supervisor {
            desk.rules.supervisor_ratio
        } else {
            1
        },
        hold_until: None,
    };
    let all: Vec<AllocationRow> = chosen
        .advisers
        .iter()
        .map(|one| takes(*one, Part::Adviser))
        .chain(chosen.supervisor.map(|one| takes(one, Part::Supervisor)))
        .chain(chosen.room.map(|one| takes(one, Part::Room)))
        .collect();
    tx.put_allocations(row.meeting_id, &all).await
}

/// Gives a new meeting the advisers of an earlier one, as far as they are free; the others stay.
pub(super) async fn prefer_advisers(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    earlier: Uuid,
) -> Result<(), BookingError> {
    let before = has(&tx.allocations(earlier).await?).advisers;
    let desk = desk(tx, context, row).await?;
    let now = desk.offered.now.clone();
    let free = |id: &Uuid| {
        desk.offered.advisers.iter().any(|(own, _)| own == id) && now.supervisor != Some(*id)
    };
    let mut advisers: Vec<Uuid> = before.into_iter().filter(free).collect();
    advisers.truncate(now.advisers.len());
    for one in &now.advisers {
        if advisers.len() < now.advisers.len() && !advisers.contains(one) {
            advisers.push(*one);
        }
    }
    advisers.sort_unstable();
    let chosen = Chosen { advisers, ..now };
    if chosen != desk.offered.now {
        write(tx, context, row, &desk, &chosen).await?;
    }
    Ok(())
}
