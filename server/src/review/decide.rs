//! A supervisor decides.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{needs, step, unchanged};
use crate::booking::{
    Actor, BookingError, Needs, Told, conflict, free_slots, in_turn, tell_about_decision,
    tell_request_turned_down,
};
use crate::context::Context;
use crate::domain::availability::Unavailable;
use crate::domain::decision::{Kind, MOST_EXTRA_MINUTES, MOST_TIMES, Step, Terms};
use crate::domain::ids::ServiceId;
use crate::domain::time;
use crate::store::{NewDecision, Records, StoreError};

/// What somebody has written down about a case: proposed, or decided.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// The case.
    pub request: Uuid,
    /// Its revision when they looked at it.
    pub revision: i64,
    /// What exactly.
    pub terms: Terms,
    /// Why, for the record. Never shown to the client.
    pub reason: String,
    /// Who.
    pub staff: Uuid,
}

/// Decides, tells the client, and says how they hear of it.
pub async fn decide(context: &Context, ruling: &Ruling) -> Result<Told, BookingError> {
    refuse_what_cannot_be(context, ruling).await?;
    let told = in_turn!(context, |tx| write(tx, context, ruling))?;
    context.bell.notify_one();
    Ok(told)
}

async fn write(
    tx: &mut dyn Records,
    context: &Context,
    ruling: &Ruling,
) -> Result<Told, BookingError> {
    let row = unchanged(tx, ruling.request, ruling.revision).await?;
    conflict::must_be_cleared(tx, row.id).await?;
    let kind = ruling.terms.kind();
    let row = step(tx, context, &row, Step::Decide(kind), None).await?;
    put(tx, context, ruling, "decided").await?;
    let actor = Actor::Staff(ruling.staff);
    let subject = ("request", row.id);
    actor
        .note(
            tx,
            context,
            done(kind),
            subject,
            &row.clinic_id,
            service(&ruling.terms),
        )
        .await?;
    // Where a no may have a reason that must not be told, every no is told in the same words (invariant 8).
    if kind == Kind::Decline && conflict::checks(tx, &row.clinic_id).await? {
        return Ok(tell_request_turned_down(tx, context, &row).await?);
    }
    Ok(tell_about_decision(tx, context, &row).await?)
}

/// Stores the terms with their reason.
pub(super) async fn put(
    tx: &mut dyn Records,
    context: &Context,
    ruling: &Ruling,
    stage: &'static str,
) -> Result<(), BookingError> {
    let terms = serde_json::to_string(&ruling.terms)
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let decision = NewDecision {
        id: context.id(),
        request_id: ruling.request,
        revision: ruling.revision,
        stage,
        kind: ruling.terms.kind().as_str(),
        terms,
        reason: ruling.reason.clone(),
        staff_id: ruling.staff,
        created_at: context.now().timestamp(),
    };
    Ok(tx.put_decision(&decision).await?)
}

/// The word for the audit log.
fn done(kind: Kind) -> &'static str {
    match kind {
        Kind::Accept => "accepted",
        Kind::Offer => "offered",
        Kind::Ask => "asked",
        Kind::Decline => "declined",
    }
}

/// Which service, for the audit log; nothing that a person wrote.
pub(super) fn service(terms: &Terms) -> String {
    terms
        .meeting()
        .map(|(service, _)| service.to_string())
        .unwrap_or_default()
}

/// A service of another clinic or one that is switched off, a length nobody offers, and times that are not free: whoever
/// decides is told before the client is. The client's choice looks at the times again.
pub(super) async fn refuse_what_cannot_be(
    context: &Context,
    ruling: &Ruling,
) -> Result<(), BookingError> {
    let Some((service, extra_minutes)) = ruling.terms.meeting() else {
        return Ok(());
    };
    let mut tx = context.store.read().await?;
    let row = tx
        .request(ruling.request)
        .await?
        .ok_or(BookingError::NoSuchRequest)?;
    let services = tx.services(Some(&row.clinic_id)).await?;
    drop(tx);
    let known = services
        .iter()
        .any(|own| own.enabled && own.id == service.as_str());
    if !known || !(0..=MOST_EXTRA_MINUTES).contains(&extra_minutes) {
        return Err(BookingError::NoSuchService);
    }
    let Terms::Offer { times, .. } = &ruling.terms else {
        return Ok(());
    };
    if times.is_empty() || times.len() > MOST_TIMES {
        return Err(Unavailable::OutsideHours.into());
    }
    let needs = needs(&row, extra_minutes);
    for start in times {
        refuse_unless_free(context, service, &needs, *start).await?;
    }
    Ok(())
}

async fn refuse_unless_free(
    context: &Context,
    service: &ServiceId,
    needs: &Needs,
    start: DateTime<Utc>,
) -> Result<(), BookingError> {
    let date = time::local_date(start);
    let (_, slots) = free_slots(context, service, needs, (date, date), None).await?;
    if slots.iter().any(|slot| slot.start == start) {
        Ok(())
    } else {
        Err(Unavailable::Taken.into())
    }
}
