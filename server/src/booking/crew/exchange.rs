//! Two meetings of one clinic at one hour give each other a person or a room, in one transaction: at a full hour nobody is
//! free, and yet two people can change places. Each of the two has to fit where they come to; otherwise nothing changes.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Candidates, Chosen, Desk, fits, is_open, write};
use crate::booking::place::part_word;
use crate::booking::{Actor, BookingError, life};
use crate::context::Context;
use crate::domain::availability::Unavailable;
use crate::domain::schedule::Part;
use crate::store::{AppointmentRow, Records, StaffingRow, Stored};

/// Somebody or something that another meeting of the same hour has, and that could be had in exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What they do in it.
    pub part: Part,
    /// The person or the room.
    pub resource: Uuid,
    /// Their name.
    pub name: String,
    /// The meeting that has them.
    pub meeting: Uuid,
    /// The reference of an appointment of that meeting.
    pub reference: String,
}

/// Who could be had in exchange: advisers and rooms of other meetings of the same service that begin with this one. Whether
/// they fit is asked when it is done. One query.
pub(super) async fn offered(
    tx: &mut dyn Records,
    row: &AppointmentRow,
    staffing: &[StaffingRow],
) -> Stored<Vec<Exchange>> {
    let others: BTreeMap<Uuid, AppointmentRow> = at_that_hour(tx, row)
        .await?
        .into_iter()
        .filter(|other| other.service_id == row.service_id && other.mode == row.mode)
        .map(|other| (other.meeting_id, other))
        .collect();
    let mut found: Vec<Exchange> = staffing
        .iter()
        .filter_map(|one| {
            let other = others.get(&one.meeting_id)?;
            let part = [Part::Adviser, Part::Room]
                .into_iter()
                .find(|part| part_word(*part) == one.part)?;
            Some(Exchange {
                part,
                resource: one.resource_id,
                name: one.name.clone(),
                meeting: one.meeting_id,
                reference: other.reference.clone(),
            })
        })
        .collect();
    found.sort_by(|one, other| (&one.name, one.resource).cmp(&(&other.name, other.resource)));
    Ok(found)
}

/// The other appointments of the clinic that begin with this one and can still be changed.
async fn at_that_hour(tx: &mut dyn Records, row: &AppointmentRow) -> Stored<Vec<AppointmentRow>> {
    let clinic = Some(row.clinic_id.as_str());
    let mut all = tx
        .appointments_between(clinic, row.starts_at, row.starts_at + 1)
        .await?;
    all.retain(|other| {
        other.meeting_id != row.meeting_id && life(other).is_ok_and(|life| is_open(life.state))
    });
    Ok(all)
}

/// Gives to each other meeting what this one lets go, so that what was chosen is free for this one.
///
/// # Errors
/// [`Unavailable::Taken`] if the other meeting has changed meanwhile, or what it would get does not fit it.
pub(super) async fn make_room(
    tx: &mut dyn Records,
    context: &Context,
    row: &AppointmentRow,
    desk: &Desk,
    chosen: &Chosen,
    actor: Actor,
) -> Result<(), BookingError> {
    for (wanted, meeting) in &chosen.exchanges {
        let (part, given) = given_for(&desk.offered.now, chosen, *wanted)?;
        let others = at_that_hour(tx, row).await?;
        let other = others
            .into_iter()
            .find(|other| other.meeting_id == *meeting);
        let other = other.ok_or(Unavailable::Taken)?;
        // This meeting lets go first; in the end it is put together anew as a whole.
        let mut left = tx.allocations(row.meeting_id).await?;
        left.retain(|one| one.resource_id != given);
        tx.put_allocations(row.meeting_id, &left).await?;
        let theirs = super::desk(tx, context, &other).await?;
        let after = instead(&theirs.offered, part, *wanted, given).ok_or(Unavailable::Taken)?;
        if !fits(&theirs.offered, &after, other.mode == "in_person") {
            return Err(Unavailable::Taken.into());
        }
        write(tx, context, &other, &theirs, &after).await?;
        let subject = ("appointment", other.id);
        actor
            .note(
                tx,
                context,
                "allocated",
                subject,
                &other.clinic_id,
                String::new(),
            )
            .await?;
    }
    Ok(())
}

/// What this meeting gives for what it wants, and in which part.
fn given_for(now: &Chosen, chosen: &Chosen, wanted: Uuid) -> Result<(Part, Uuid), BookingError> {
    if chosen.room == Some(wanted) {
        return Ok((Part::Room, now.room.ok_or(Unavailable::Taken)?));
    }
    // Of a pair, the first who leaves goes for the first who comes in exchange.
    let wanted_advisers = chosen
        .exchanges
        .iter()
        .filter(|(one, _)| chosen.advisers.contains(one));
    let at = wanted_advisers
        .clone()
        .position(|(one, _)| *one == wanted)
        .ok_or(Unavailable::Taken)?;
    let leaving = now
        .advisers
        .iter()
        .filter(|one| !chosen.advisers.contains(one));
    let given = leaving.copied().nth(at).ok_or(Unavailable::Taken)?;
    Ok((Part::Adviser, given))
}

/// The other meeting with `given` in the place of `wanted`; nothing if it does not have them.
fn instead(offered: &Candidates, part: Part, wanted: Uuid, given: Uuid) -> Option<Chosen> {
    let mut after = offered.now.clone();
    if part == Part::Room {
        after.room = (after.room == Some(wanted)).then_some(given);
        after.room?;
    } else {
        let place = after.advisers.iter().position(|one| *one == wanted)?;
        after.advisers[place] = given;
        after.advisers.sort_unstable();
    }
    Some(after)
}
