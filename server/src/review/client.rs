//! What the client does about their case: answers, asks for other times, withdraws. By their link, or on the telephone
//! through staff.

use uuid::Uuid;

use super::{in_force, step, unchanged};
use crate::booking::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::domain::decision::Step;
use crate::store::{Records, RequestRow};

/// Answers the question that was asked at this revision: the case is back with staff, who promise anew when they reply.
pub async fn answer(
    context: &Context,
    request: Uuid,
    revision: i64,
    text: &str,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| write_answer(
        tx, context, request, revision, text, actor
    ))
}

async fn write_answer(
    tx: &mut dyn Records,
    context: &Context,
    request: Uuid,
    revision: i64,
    text: &str,
    actor: Actor,
) -> Result<(), BookingError> {
    let row = unchanged(tx, request, revision).await?;
    let decisions = tx.decisions(request).await?;
    let asked = in_force(&decisions).ok_or(BookingError::CaseChanged)?.id;
    take(tx, context, &row, Step::Answer, "answered", actor).await?;
    let now = context.now().timestamp();
    Ok(tx.answer_decision(asked, text, now).await?)
}

/// No time that was given suits: the case is back with staff.
pub async fn none_suits(
    context: &Context,
    request: Uuid,
    revision: i64,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| take_unchanged(
        tx,
        context,
        (request, revision),
        Step::NoneSuits,
        "none_suits",
        actor
    ))
}

/// The client no longer wants it.
pub async fn withdraw(
    context: &Context,
    request: Uuid,
    revision: i64,
    actor: Actor,
) -> Result<(), BookingError> {
    in_turn!(context, |tx| take_unchanged(
        tx,
        context,
        (request, revision),
        Step::Withdraw,
        "withdrawn",
        actor
    ))
}

async fn take_unchanged(
    tx: &mut dyn Records,
    context: &Context,
    (request, revision): (Uuid, i64),
    what: Step,
    word: &str,
    actor: Actor,
) -> Result<(), BookingError> {
    let row = unchanged(tx, request, revision).await?;
    take(tx, context, &row, what, word, actor).await
}

async fn take(
    tx: &mut dyn Records,
    context: &Context,
    row: &RequestRow,
    what: Step,
    word: &str,
    actor: Actor,
) -> Result<(), BookingError> {
    step(tx, context, row, what, None).await?;
    if what == Step::Withdraw {
        // A check that waits has nothing left to check.
        tx.withdraw_conflict_case(row.id).await?;
    }
    let subject = ("request", row.id);
    actor
        .note(tx, context, word, subject, &row.clinic_id, String::new())
        .await?;
    Ok(())
}
