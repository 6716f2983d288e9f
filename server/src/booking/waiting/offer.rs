//! Offering a time: a hold with a later end, the offer, who was passed over, and the news, in one transaction.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::one_client::{is_elsewhere, same_name};
use super::super::place::{place, refuse_odd_start};
use super::super::tell::{Kind, tell_waiting};
use super::super::{Actor, BookingError, Wanted, free_slots, in_turn, mode_word};
use super::{facts, needs_of, standing};
use crate::context::Context;
use crate::domain::availability::{Slot, Unavailable};
use crate::domain::booking::{State, reference};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::domain::time;
use crate::domain::waiting::{Freed, Skip, Waiting, in_order, kept_until, skip};
use crate::store::{NewAppointment, OfferRow, Records, Stored, WaitingRow};

/// A time for somebody on the list.
pub(super) struct Offered<'a> {
    /// The place on the list.
    pub place: Uuid,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub mode: Mode,
    /// Who came before them, and why they were not asked.
    pub passed: &'a [(Uuid, Skip)],
    /// A member of staff who offers it out of turn, and why.
    pub by: Option<(Uuid, &'a str)>,
}

/// Offers a time. The earlier offer of the same person must have ended.
pub(super) async fn offer(context: &Context, offered: &Offered<'_>) -> Result<(), BookingError> {
    refuse_odd_start(offered.start)?;
    in_turn!(context, |tx| keep_and_tell(tx, context, offered))?;
    context.bell.notify_one();
    Ok(())
}

async fn keep_and_tell(
    tx: &mut dyn Records,
    context: &Context,
    offered: &Offered<'_>,
) -> Result<(), BookingError> {
    let now = context.now();
    let row = standing(tx, offered.place).await?;
    let earlier = tx.offers_to(row.id).await?;
    if earlier.iter().any(|one| one.state == "open") {
        // Another worker, or staff, asked them about a time just now.
        return Err(BookingError::Overtaken);
    }
    // Somebody who joined twice is asked about one time all the same.
    for other in same_person(tx, &row).await? {
        if super::open_offer(tx, other).await?.is_some() {
            return Err(BookingError::Overtaken);
        }
    }
    let until = kept_until(offered.start, now).ok_or(Unavailable::TooSoon)?;
    let held = keep(tx, context, &row, offered, until).await?;
    let number = earlier.last().map_or(0, |one| one.number) + 1;
    let offer = OfferRow {
        id: context.id(),
        waiting_id: row.id,
        appointment_id: held,
        number,
        starts_at: offered.start.timestamp(),
        mode: mode_word(offered.mode).to_owned(),
        kept_until: until.timestamp(),
        state: "open".to_owned(),
        staff_id: offered.by.map(|(staff, _)| staff),
        reason: offered.by.map(|(_, reason)| reason.to_owned()),
        created_at: now.timestamp(),
    };
    tx.put_offer(&offer).await?;
    for (passed, reason) in offered.passed {
        tx.put_skip(offer.id, *passed, reason.as_str()).await?;
    }
    let (actor, action) = match offered.by {
        Some((staff, _)) => (Actor::Staff(staff), "offered_out_of_turn"),
        None => (Actor::System, "offered_time"),
    };
    let detail = time::rfc3339(offered.start);
    actor
        .note(
            tx,
            context,
            action,
            ("waiting", row.id),
            &row.clinic_id,
            detail,
        )
        .await?;
    tell_waiting(tx, context, &row, (Kind::Offer, number)).await?;
    Ok(())
}

/// Other places on the list of the same person for the same service.
pub(super) async fn same_person(tx: &mut dyn Records, row: &WaitingRow) -> Stored<Vec<Uuid>> {
    let others = tx.others_waiting(row).await?;
    Ok(others
        .into_iter()
        .filter(|(_, name)| same_name(name, &row.client_name))
        .map(|(id, _)| id)
        .collect())
}

/// The held time, by the same rows as any hold, with the client's name on it.
async fn keep(
    tx: &mut dyn Records,
    context: &Context,
    row: &WaitingRow,
    offered: &Offered<'_>,
    until: DateTime<Utc>,
) -> Result<Uuid, BookingError> {
    let wanted = Wanted {
        service: ServiceId(row.service_id.clone()),
        start: offered.start,
        mode: offered.mode,
        needs: needs_of(row)?,
    };
    let placed = place(tx, context, &wanted, Some(until.timestamp()), None).await?;
    let id = context.id();
    tx.put_appointment(&NewAppointment {
        id,
        meeting_id: placed.meeting,
        clinic_id: placed.clinic.clone(),
        service_id: row.service_id.clone(),
        reference: reference(context.bytes()),
        state: State::Held.as_str(),
        // Like any hold it names nobody: who it is for stands in the offer.
        client_id: None,
        intake_id: None,
        hold_expires_at: Some(until.timestamp()),
        source: source(row),
        created_at: context.now().timestamp(),
    })
    .await?;
    tx.settle_meeting(placed.meeting).await?;
    // Whoever is elsewhere at that time is not asked.
    let who = (
        row.email.as_deref(),
        row.phone.as_deref(),
        row.client_name.as_str(),
    );
    let span = (offered.start.timestamp(), placed.end.timestamp());
    if is_elsewhere(tx, who, span, id).await? {
        return Err(Unavailable::Taken.into());
    }
    Actor::System
        .note(
            tx,
            context,
            "held",
            ("appointment", id),
            &placed.clinic,
            String::new(),
        )
        .await?;
    Ok(id)
}

/// The word in the schema for where the place on the list came from.
pub(super) fn source(row: &WaitingRow) -> &'static str {
    ["web", "api", "phone", "sample"]
        .into_iter()
        .find(|word| *word == row.source)
        .unwrap_or("web")
}

/// A time that staff offer to somebody whose turn it is not.
#[derive(Debug, Clone)]
pub struct OutOfTurn {
    /// The place on the list.
    pub place: Uuid,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub mode: Mode,
    /// Who offers it.
    pub staff: Uuid,
    /// Why; for staff to read.
    pub reason: String,
}

/// Offers a time out of turn. Whoever would have come first is on record as passed over, with the reason beside it.
///
/// # Errors
/// [`BookingError::Unavailable`] if the time is gone, [`BookingError::Overtaken`] if another offer to them is open,
/// [`BookingError::Decided`] if they do not wait any more.
pub async fn offer_out_of_turn(context: &Context, wish: &OutOfTurn) -> Result<(), BookingError> {
    let mut passed = Vec::new();
    {
        let mut tx = context.store.read().await?;
        let row = standing(&mut *tx, wish.place).await?;
        let mut list = Vec::new();
        let offers = tx.offers(Some(&row.clinic_id)).await?;
        for other in tx.waiting_list(Some(&row.clinic_id)).await? {
            if other.service_id == row.service_id {
                let own: Vec<_> = offers
                    .iter()
                    .filter(|one| one.waiting_id == other.id)
                    .cloned()
                    .collect();
                list.push(facts(&mut *tx, context, &other, &own).await?);
            }
        }
        in_order(&mut list);
        let time = Freed {
            start: wish.start,
            mode: wish.mode,
        };
        let before = list.iter().take_while(|one| one.id != wish.place);
        // Whoever could not have had it is not passed over by staff.
        let reason = |one: &Waiting| skip(one, &time, &|_| true).unwrap_or(Skip::OutOfTurn);
        passed.extend(before.map(|one| (one.id, reason(one))));
    }
    let offered = Offered {
        place: wish.place,
        start: wish.start,
        mode: wish.mode,
        passed: &passed,
        by: Some((wish.staff, &wish.reason)),
    };
    offer(context, &offered).await
}

/// The free times of the service for what somebody on the list needs, from today to the service's horizon.
///
/// # Errors
/// The database cannot be read.
pub async fn free_for(context: &Context, row: &WaitingRow) -> Result<Vec<Slot>, BookingError> {
    let today = time::local_date(context.now());
    let until = time::add_days(today, HORIZON);
    let service = ServiceId(row.service_id.clone());
    let (_, slots) = free_slots(context, &service, &needs_of(row)?, (today, until), None).await?;
    Ok(slots)
}

/// Longer than any service may be booked ahead (the schema allows 400 days) would only read more: offers are for soon.
const HORIZON: i64 = 62;
