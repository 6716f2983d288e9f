//! Doing what was chosen: one transaction an appointment, each all or nothing and asked anew.

use app::text::{t, t_with};
use app::view::availability::{DryRun, Resolved};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Case, cases, missing, time_of};
use crate::booking::{self, Actor, BookingError, can_ring};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::booking::{By, Command, reference};
use crate::domain::ids::{ClinicId, MeetingId};
use crate::domain::time;
use crate::setup::SetupError;
use crate::setup::effects;
use crate::setup::known::Known;
use crate::setup::save::clinic_ref;
use crate::setup::values::Values;
use crate::store::{AppointmentRow, NewCall, Records};

/// Does what was chosen for each appointment in trouble.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn apply(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    values: &Values,
) -> Result<DryRun, SetupError> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    let (cases, _) = cases(&mut *tx, standing, &known, now).await?;
    drop(tx);
    let mut results = gone(values, &cases);
    for case in cases {
        let choice = values.first(&format!("choice-{}", case.row.reference));
        if choice.is_empty() {
            continue;
        }
        let was = values.first(&format!("was-{}", case.row.reference));
        let outcome = if was.is_empty() || was == booking::as_seen(&case.row) {
            one(context, standing, &known, &case, choice).await
        } else {
            Err(BookingError::Overtaken)
        };
        let (done, text) = match outcome {
            Ok(text) => (choice != "leave", text),
            Err(error) => {
                let why = refusal_words(&error);
                tracing::info!(%error, "an appointment in trouble was not resolved");
                (false, t(why))
            }
        };
        results.push(Resolved {
            reference: case.row.reference.clone(),
            done,
            settled: false,
            text,
        });
    }
    context.bell.notify_one();
    Ok(DryRun {
        clinic: clinic_ref(&known),
        title: t("avail-resolve-title"),
        action: format!("/staff/availability/{clinic}/resolve"),
        back: format!("/staff/availability?clinic={clinic}"),
        applied: true,
        results,
        ..DryRun::default()
    })
}

/// Those that the page showed and that are in no trouble any more: somebody has seen to them.
fn gone(values: &Values, cases: &[Case]) -> Vec<Resolved> {
    let known = |reference: &str| cases.iter().any(|case| case.row.reference == reference);
    let chosen = values.beginning("choice-");
    chosen
        .filter(|(reference, choice)| *choice != "leave" && !known(reference))
        .map(|(reference, _)| Resolved {
            reference: reference.to_owned(),
            done: false,
            settled: true,
            text: t("avail-result-settled"),
        })
        .collect()
}

fn refusal_words(error: &BookingError) -> &'static str {
    match error {
        BookingError::Unavailable(_) => "avail-result-taken",
        BookingError::Overtaken => "avail-result-changed",
        _ => "avail-result-failed",
    }
}

/// One appointment, in one transaction.
async fn one(
    context: &Context,
    standing: &Standing,
    known: &Known,
    case: &Case,
    choice: &str,
) -> Result<String, BookingError> {
    let actor = Actor::Staff(standing.staff.0);
    if choice == "swap" {
        let swapped = booking::in_turn!(context, |tx| swap_anew(tx, context, known, case, actor))?;
        let names: Vec<String> = swapped.iter().map(|(_, new)| known.name(*new)).collect();
        return Ok(t_with(
            "avail-result-swap",
            &[("names", names.join(", ").into())],
        ));
    }
    if let Some(start) = time_of(choice) {
        booking::in_turn!(context, |tx| moved(tx, context, case, start, actor))?;
        return Ok(t_with(
            "avail-result-moved",
            &[("time", time::moment(start).into())],
        ));
    }
    let clinic = ClinicId(known.clinic.id.clone());
    if choice == "cancel" && may(standing, Action::CancelAppointment, Some(&clinic)) {
        booking::in_turn!(context, |tx| cancelled(tx, context, case, actor))?;
        return Ok(t("avail-result-cancelled"));
    }
    Ok(t("avail-result-left"))
}

/// The others of a group find their meeting mended already.
async fn swap_anew(
    tx: &mut dyn Records,
    context: &Context,
    known: &Known,
    case: &Case,
    actor: Actor,
) -> Result<Vec<(Uuid, Uuid)>, BookingError> {
    let found = effects::of_clinic(tx, known, context.now()).await?;
    if !found.contains_key(&MeetingId(case.row.meeting_id)) {
        return Ok(Vec::new());
    }
    booking::swap(tx, context, &case.row, &missing(case), actor).await
}

/// What was chosen is about the time that the page showed: somebody else may have moved it since.
async fn must_stand(tx: &mut dyn Records, case: &Case) -> Result<(), BookingError> {
    let row = tx.appointment(case.row.id).await?;
    if row.is_some_and(|row| booking::as_seen(&row) == booking::as_seen(&case.row)) {
        Ok(())
    } else {
        Err(BookingError::Overtaken)
    }
}

/// Called off by the clinic: the client keeps the place at the front, because somebody rings them first.
async fn cancelled(
    tx: &mut dyn Records,
    context: &Context,
    case: &Case,
    actor: Actor,
) -> Result<(), BookingError> {
    let command = Command::Cancel(By::Staff);
    must_stand(tx, case).await?;
    let before = booking::life(&case.row)?.state;
    let row = booking::change_state_of(tx, context, case.row.id, actor, command).await?;
    let told_by_mail = row.email.is_some() && row.safe_to_email == Some(true);
    // Who is not told by mail is rung anyway; a second time nothing happens.
    if told_by_mail && can_ring(&row) && before.as_str() != row.state {
        let now = context.now().timestamp();
        tx.put_call(&NewCall {
            id: context.id(),
            clinic_id: row.clinic_id.clone(),
            reference: reference(context.bytes()),
            kind: "cancellation",
            name: None,
            phone: None,
            call_window: None,
            leave_message: None,
            appointment_id: Some(row.id),
            request_id: None,
            waiting_id: None,
            urgent: true,
            created_at: now,
        })
        .await?;
    }
    Ok(())
}

async fn moved(
    tx: &mut dyn Records,
    context: &Context,
    case: &Case,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    must_stand(tx, case).await?;
    let row = booking::change_time(tx, context, case.row.id, start, actor, None).await?;
    // The mail about the change reads this and says sorry.
    let subject = ("appointment", row.id);
    actor
        .note(
            tx,
            context,
            "moved_for_the_clinic",
            subject,
            &row.clinic_id,
            String::new(),
        )
        .await?;
    Ok(row)
}
