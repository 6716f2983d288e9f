//! What the worker does for the list: ends offers that ran out and places that nothing can help any more, and offers the
//! times that are free.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::swap::swap;
use super::super::tell::{Kind, tell_waiting};
use super::super::{Actor, BookingError, in_turn};
use super::answer::give_back;
use super::offer::{Offered, free_for, offer};
use super::{facts, standing};
use crate::context::Context;
use crate::domain::availability::Slot;
use crate::domain::booking::Refused;
use crate::domain::reminder::is_quiet;
use crate::domain::time;
use crate::domain::waiting::{Freed, Waiting, next};
use crate::store::{OfferRow, Records, WaitingRow};

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Offers that ran out.
    pub ran_out: usize,
    /// Offers of a time at which nobody can meet them any more.
    pub withdrawn: usize,
    /// Places that nothing can help any more.
    pub ended: usize,
    /// Times offered.
    pub offered: usize,
}

/// One round over every clinic's list. What is wrong with one place is logged and keeps no other back.
///
/// # Errors
/// The database cannot be read.
pub async fn offer_times(context: &Context) -> Result<Round, BookingError> {
    let mut round = Round::default();
    let now = context.now();
    let mut tx = context.store.read().await?;
    let open = tx.open_offers().await?;
    let list = tx.waiting_list(None).await?;
    drop(tx);
    for one in open.iter().filter(|one| one.kept_until <= now.timestamp()) {
        let done = in_turn!(context, |tx| run_out(tx, context, one));
        round.ran_out += counted(one.waiting_id, done);
    }
    for one in open.iter().filter(|one| one.kept_until > now.timestamp()) {
        let done = in_turn!(context, |tx| stands_still(tx, context, one));
        match done {
            Ok(true) => {}
            Ok(false) => round.withdrawn += 1,
            Err(error) => round.withdrawn += counted(one.waiting_id, Err(error)),
        }
    }
    let today = time::local_date(now);
    for row in &list {
        if row.helps_until.is_some_and(|last| last < today) {
            let done = in_turn!(context, |tx| end(tx, context, row.id));
            round.ended += counted(row.id, done);
        }
    }
    // Nobody is woken by an offer, and nobody's two hours pass while they sleep.
    if !is_quiet(now) {
        round.offered = offer_all(context, now).await?;
    }
    if round != Round::default() {
        context.bell.notify_one();
    }
    Ok(round)
}

fn counted(place: Uuid, done: Result<(), BookingError>) -> usize {
    match done {
        Ok(()) => 1,
        // Another worker, or the client, was first.
        Err(BookingError::Refused(Refused::HoldEnded) | BookingError::Decided) => 0,
        Err(error) => {
            tracing::error!(%place, %error, "a place on the waiting list is left as it is");
            0
        }
    }
}

async fn run_out(
    tx: &mut dyn Records,
    context: &Context,
    offer: &OfferRow,
) -> Result<(), BookingError> {
    // Whoever never heard of it has not said no: they keep their place, and that time may be offered to them again.
    if tx.offer_was_told(offer).await? {
        take_back(tx, context, offer, ("expired", "offer_ran_out")).await
    } else {
        take_back(tx, context, offer, ("withdrawn", "offer_not_told")).await
    }
}

/// Ends an offer as `state`, writes `action` into the audit log, and tells them.
async fn take_back(
    tx: &mut dyn Records,
    context: &Context,
    offer: &OfferRow,
    (state, action): (&'static str, &'static str),
) -> Result<(), BookingError> {
    give_back(tx, context, offer, state).await?;
    let Some(row) = tx.waiting(offer.waiting_id).await? else {
        return Ok(());
    };
    let subject = ("waiting", row.id);
    Actor::System
        .note(tx, context, action, subject, &row.clinic_id, String::new())
        .await?;
    // Nobody is told that what they never heard of is over.
    if action != "offer_not_told" {
        tell_waiting(tx, context, &row, (Kind::OfferEnded, offer.number)).await?;
    }
    Ok(())
}

/// Whether an open offer can still take place, with whoever is free by now; one that cannot is taken back. Its client keeps
/// their place, and no time is counted as refused by them.
async fn stands_still(
    tx: &mut dyn Records,
    context: &Context,
    offer: &OfferRow,
) -> Result<bool, BookingError> {
    let held = tx.appointment(offer.appointment_id).await?;
    let Some(held) = held.filter(|row| row.state == "held") else {
        // Answered meanwhile.
        return Ok(true);
    };
    tx.save_point().await?;
    let possible = tx.is_offered(&held.service_id).await?
        && match swap(tx, context, &held, &BTreeSet::new(), Actor::System).await {
            Ok(_) => true,
            Err(BookingError::Unavailable(_) | BookingError::Refused(_)) => false,
            Err(other) => return Err(other),
        };
    if !possible {
        tx.back_to_save_point().await?;
        take_back(tx, context, offer, ("withdrawn", "offer_withdrawn")).await?;
    }
    Ok(possible)
}

async fn end(tx: &mut dyn Records, context: &Context, place: Uuid) -> Result<(), BookingError> {
    let row = standing(tx, place).await?;
    let offers = tx.offers_to(place).await?;
    if let Some(open) = offers.iter().find(|one| one.state == "open") {
        give_back(tx, context, open, "withdrawn").await?;
    }
    tx.end_waiting(place, "ended", context.now().timestamp())
        .await?;
    let subject = ("waiting", place);
    Actor::System
        .note(
            tx,
            context,
            "list_ended",
            subject,
            &row.clinic_id,
            String::new(),
        )
        .await?;
    tx.end_waiting_calls(place, context.now().timestamp())
        .await?;
    let number = offers.last().map_or(0, |one| one.number);
    tell_waiting(tx, context, &row, (Kind::ListEnded, number)).await?;
    Ok(())
}

/// Offers what is free, service by service.
async fn offer_all(context: &Context, now: DateTime<Utc>) -> Result<usize, BookingError> {
    let mut tx = context.store.read().await?;
    let mut services: BTreeMap<String, Vec<(WaitingRow, Waiting)>> = BTreeMap::new();
    let offers = tx.offers(None).await?;
    for row in tx.waiting_list(None).await? {
        let own: Vec<_> = offers
            .iter()
            .filter(|one| one.waiting_id == row.id)
            .cloned()
            .collect();
        match facts(&mut *tx, context, &row, &own).await {
            Ok(facts) => services
                .entry(row.service_id.clone())
                .or_default()
                .push((row, facts)),
            Err(error) => tracing::error!(place = %row.id, %error, "a place cannot be read"),
        }
    }
    drop(tx);
    let mut offered = 0;
    for (service, list) in services {
        match offer_service(context, list, now).await {
            Ok(count) => offered += count,
            Err(error) => tracing::error!(service, %error, "nothing could be offered"),
        }
    }
    Ok(offered)
}

async fn offer_service(
    context: &Context,
    list: Vec<(WaitingRow, Waiting)>,
    now: DateTime<Utc>,
) -> Result<usize, BookingError> {
    // Those with the same needs have the same times.
    let mut free: BTreeMap<&str, Vec<Slot>> = BTreeMap::new();
    for (row, _) in &list {
        if !free.contains_key(row.needs.as_str()) {
            free.insert(&row.needs, free_for(context, row).await?);
        }
    }
    let needs: BTreeMap<Uuid, &str> = list
        .iter()
        .map(|(row, _)| (row.id, row.needs.as_str()))
        .collect();
    let mut times: Vec<Freed> = free
        .values()
        .flatten()
        .flat_map(|slot| {
            slot.modes.iter().map(|mode| Freed {
                start: slot.start,
                mode: *mode,
            })
        })
        .collect();
    times.sort_by_key(|time| (time.start, time.mode));
    times.dedup();
    let mut waiting: Vec<Waiting> = list.iter().map(|(_, facts)| facts.clone()).collect();
    let mut offered = 0;
    for time in &times {
        let fits = |place: Uuid| {
            let own = needs.get(&place).and_then(|needs| free.get(needs));
            own.is_some_and(|slots| {
                slots
                    .iter()
                    .any(|slot| slot.start == time.start && slot.modes.contains(&time.mode))
            })
        };
        // A group has several places at one time.
        loop {
            if waiting.iter().all(|one| one.has_offer) {
                return Ok(offered);
            }
            let turn = next(waiting.clone(), time, now, &fits);
            let Some((place, _)) = turn.ask else { break };
            let wish = Offered {
                place,
                start: time.start,
                mode: time.mode,
                passed: &turn.passed,
                by: None,
            };
            let asked = match offer(context, &wish).await {
                Ok(()) => true,
                // Gone meanwhile, or not for them.
                Err(BookingError::Unavailable(_)) => false,
                Err(BookingError::Overtaken) => {
                    mark(&mut waiting, place, |one| one.has_offer = true);
                    continue;
                }
                // They do not wait any more.
                Err(BookingError::Decided | BookingError::NoSuchRequest) => {
                    waiting.retain(|one| one.id != place);
                    continue;
                }
                Err(other) => return Err(other),
            };
            if asked {
                offered += 1;
                mark(&mut waiting, place, |one| one.has_offer = true);
            } else {
                // Perhaps somebody else can have it: each is asked about it once.
                mark(&mut waiting, place, |one| one.unavailable.push(time.start));
            }
        }
    }
    Ok(offered)
}

fn mark(waiting: &mut [Waiting], place: Uuid, change: impl Fn(&mut Waiting)) {
    waiting
        .iter_mut()
        .filter(|one| one.id == place)
        .for_each(change);
}
