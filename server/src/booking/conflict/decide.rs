//! A person clears a check, refuses, or leaves it to the clinic's lead. Each is one transaction with the change of the
//! appointment or request, its message and its audit line.

use uuid::Uuid;

use super::{REASON, names_of, seen, suggestions};
use crate::booking::cancel::apply;
use crate::booking::turn_down::refuse;
use crate::booking::{Actor, BookingError, Matter, in_turn};
use crate::context::Context;
use crate::domain::access::Standing;
use crate::domain::booking::Command;
use crate::domain::conflict::{CaseState, may_decide};
use crate::domain::ids::ClinicId;
use crate::store::{ConflictCaseRow, Records, StoreError};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The clinic may act: an appointment is confirmed, a request is open for its decision.
    Clear,
    /// The clinic may not: the neutral refusal.
    Refuse,
}

impl Decision {
    fn state(self) -> CaseState {
        match self {
            Self::Clear => CaseState::Cleared,
            Self::Refuse => CaseState::Refused,
        }
    }
}

/// Decides a check, with a reason. `read` is what [`seen`] said of the suggestions on the page that was read.
///
/// # Errors
/// [`BookingError::NotYours`], [`BookingError::Decided`], [`BookingError::OtherMatches`], or what the booking says.
pub async fn decide(
    context: &Context,
    staff: &Standing,
    reference: &str,
    decision: Decision,
    reason: &str,
    read: &str,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| once(
        tx, context, staff, reference, decision, reason, read
    ))?;
    context.bell.notify_one();
    Ok(())
}

async fn once(
    tx: &mut dyn Records,
    context: &Context,
    staff: &Standing,
    reference: &str,
    decision: Decision,
    reason: &str,
    read: &str,
) -> Result<(), BookingError> {
    let case = open_case(tx, staff, reference).await?;
    let matter = matter(&case)?;
    let names = names_of(tx, context, case.id).await?;
    let found = suggestions(tx, context, &case.clinic_id, matter.id(), &names).await?;
    if decision == Decision::Clear && seen(context, &found)? != read {
        return Err(BookingError::OtherMatches);
    }
    let actor = Actor::Staff(staff.staff.0);
    match (decision, matter) {
        (Decision::Clear, Matter::Appointment(id)) => {
            apply(tx, context, id, actor, Command::Confirm).await?;
        }
        (Decision::Clear, Matter::Request(_)) => {}
        (Decision::Refuse, matter) => refuse(tx, context, matter, actor).await?,
    }
    let state = decision.state().as_str();
    let reason = context.seal(REASON, &reason)?;
    let now = context.now().timestamp();
    if !tx
        .decide_conflict_case(case.id, state, staff.staff.0, &reason, now)
        .await?
    {
        // Somebody else was first: look again.
        return Err(StoreError::Contended.into());
    }
    note(tx, context, actor, state, &case).await
}

/// Leaves a check to the clinic's lead, with a reason for the lead to read.
///
/// # Errors
/// [`BookingError::NotYours`], [`BookingError::Decided`].
pub async fn give_to_lead(
    context: &Context,
    staff: &Standing,
    reference: &str,
    reason: &str,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| give(tx, context, staff, reference, reason))
}

async fn give(
    tx: &mut dyn Records,
    context: &Context,
    staff: &Standing,
    reference: &str,
    reason: &str,
) -> Result<(), BookingError> {
    let case = open_case(tx, staff, reference).await?;
    let reason = context.seal(REASON, &reason)?;
    if !tx.give_conflict_to_lead(case.id, &reason).await? {
        return Err(BookingError::Decided);
    }
    let actor = Actor::Staff(staff.staff.0);
    note(tx, context, actor, "sent_to_lead", &case).await
}

/// The check, if it waits and is for this person to decide.
async fn open_case(
    tx: &mut dyn Records,
    staff: &Standing,
    reference: &str,
) -> Result<ConflictCaseRow, BookingError> {
    let case = tx
        .conflict_case(reference)
        .await?
        .ok_or(BookingError::NoSuchAppointment)?;
    if !may_decide(staff, &ClinicId(case.clinic_id.clone()), case.lead_only) {
        return Err(BookingError::NotYours);
    }
    if case.state != CaseState::Waiting.as_str() {
        return Err(BookingError::Decided);
    }
    Ok(case)
}

pub(super) fn matter(case: &ConflictCaseRow) -> Result<Matter, StoreError> {
    match (case.appointment_id, case.request_id) {
        (Some(id), None) => Ok(Matter::Appointment(id)),
        (None, Some(id)) => Ok(Matter::Request(id)),
        _ => Err(StoreError::Corrupt("a check of nothing".to_owned())),
    }
}

async fn note(
    tx: &mut dyn Records,
    context: &Context,
    actor: Actor,
    action: &str,
    case: &ConflictCaseRow,
) -> Result<(), BookingError> {
    let subject: (&'static str, Uuid) = ("conflict", case.id);
    let nothing = String::new();
    actor
        .note(tx, context, action, subject, &case.clinic_id, nothing)
        .await?;
    Ok(())
}
