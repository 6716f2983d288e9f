//! The client picks a time, on the strength of a decision.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{in_force, needs, state, step, terms, unchanged};
use crate::booking::{
    Actor, Booked, BookingError, Decided, PHONE, Wanted, book_decided, counted, free_slots, in_turn,
};
use crate::context::Context;
use crate::domain::availability::Slot;
use crate::domain::decision::{Step, Terms, key};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::domain::time;
use crate::store::{Records, RequestRow};

/// A choice of a time.
#[derive(Debug, Clone)]
pub struct Pick {
    /// The case.
    pub request: Uuid,
    /// Its revision when the times were shown.
    pub revision: i64,
    /// The start, a UTC instant.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub mode: Mode,
    /// Who picks: the client, or staff for them.
    pub actor: Actor,
}

/// Times to pick from.
#[derive(Debug, Clone, Default)]
pub struct Picked {
    /// Those that are free, in order.
    pub slots: Vec<Slot>,
    /// Those that were offered and are gone, or have passed.
    pub gone: Vec<DateTime<Utc>>,
    /// None of those that are free starts before the client's own deadline.
    pub too_late: bool,
}

/// The times that a decision in force opens. Up to the client's own deadline, if any of them is; all
/// of them otherwise, so that nobody is left with an empty page.
pub async fn to_pick_from(
    context: &Context,
    row: &RequestRow,
    decided: &Terms,
    horizon_days: i64,
) -> Result<Picked, BookingError> {
    let Some((service, extra_minutes)) = decided.meeting() else {
        return Ok(Picked::default());
    };
    let today = time::local_date(context.now());
    let until = match decided {
        Terms::Offer { times, .. } => times
            .iter()
            .map(|start| time::local_date(*start))
            .max()
            .unwrap_or(today)
            .max(today),
        _ => time::add_days(today, horizon_days),
    };
    let needs = needs(row, extra_minutes);
    let (_, slots) = free_slots(context, service, &needs, (today, until), None).await?;
    let slots: Vec<Slot> = slots
        .into_iter()
        .filter(|slot| decided.allows(slot.start))
        .collect();
    let gone = match decided {
        Terms::Offer { times, .. } => times
            .iter()
            .filter(|start| !slots.iter().any(|slot| slot.start == **start))
            .copied()
            .collect(),
        _ => Vec::new(),
    };
    Ok(in_time(
        slots,
        gone,
        row.deadline.filter(|date| *date >= today),
    ))
}

fn in_time(slots: Vec<Slot>, gone: Vec<DateTime<Utc>>, deadline: Option<NaiveDate>) -> Picked {
    let soon = |slot: &Slot| deadline.is_none_or(|date| time::local_date(slot.start) <= date);
    let too_late = !slots.is_empty() && !slots.iter().any(soon);
    let slots = if too_late {
        slots
    } else {
        slots.into_iter().filter(soon).collect()
    };
    Picked {
        slots,
        gone,
        too_late,
    }
}

/// Books the time for the client of the case, once: the case and the appointment change together.
pub async fn pick(context: &Context, pick: &Pick) -> Result<Booked, BookingError> {
    let (booked, source) = counted(context, take(context, pick).await)?;
    context.metrics.booked(booked.state.as_str(), source);
    context.bell.notify_one();
    Ok(booked)
}

async fn take(context: &Context, pick: &Pick) -> Result<(Booked, &'static str), BookingError> {
    in_turn!(context, |tx| book(tx, context, pick))
}

async fn book(
    tx: &mut dyn Records,
    context: &Context,
    pick: &Pick,
) -> Result<(Booked, &'static str), BookingError> {
    let row = unchanged(tx, pick.request, pick.revision).await?;
    let stands = state(&row)?;
    stands.after(Step::Book)?;
    let decisions = tx.decisions(row.id).await?;
    let decided = terms(in_force(&decisions).ok_or(BookingError::CaseChanged)?)?;
    let key = key(stands, &decided, pick.start)?;
    let (service, extra_minutes) = decided
        .meeting()
        .map_or_else(|| (ServiceId::from(""), 0), |(id, more)| (id.clone(), more));
    let booked = book_decided(
        tx,
        context,
        &Decided {
            wanted: &Wanted {
                service,
                start: pick.start,
                mode: pick.mode,
                needs: needs(&row, extra_minutes),
            },
            key: &key,
            client: row.client_id,
            email: row.email.as_deref(),
            phone: row.phone.as_deref(),
            intake: Some(row.intake_id),
            cleared: false,
            source: source(&row),
            actor: pick.actor,
            hears: source(&row) == PHONE,
        },
    )
    .await?;
    step(tx, context, &row, Step::Book, Some(booked.id)).await?;
    let subject = ("request", row.id);
    pick.actor
        .note(
            tx,
            context,
            "booked",
            subject,
            &row.clinic_id,
            String::new(),
        )
        .await?;
    Ok((booked, source(&row)))
}

/// The way the case came in: the appointment came in the same way.
fn source(row: &RequestRow) -> &'static str {
    match row.source.as_str() {
        "api" => "api",
        "phone" => "phone",
        "sample" => "sample",
        _ => "web",
    }
}
