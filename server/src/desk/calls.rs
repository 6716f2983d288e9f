//! Telephone calls to make, and what came of ringing: somebody answered, or nobody did.

use app::text::t_with;
use app::view::{Signpost, StaffCall};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::rows::{Seen, age, clinic, instant, telephone};
use crate::booking::{Actor, BookingError, NOT_TOLD, in_turn};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::domain::triage::Pack;
use crate::packs::Packs;
use crate::store::{CallRow, Records, Stored};

/// The open calls of this member of staff's clinics: urgent ones first, then the oldest. One query.
pub(super) async fn open(
    tx: &mut dyn Records,
    standing: &Standing,
    packs: &Packs,
    now: DateTime<Utc>,
) -> Stored<Vec<StaffCall>> {
    let seen = Seen::by(standing, Action::SeeCalls);
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.open_calls(seen.only()).await?;
    rows.into_iter()
        .filter(|row| seen.has(&row.clinic_id))
        .map(|row| {
            let request = standing_request(standing, &row);
            let waiting = standing_place(standing, &row);
            let appointment = standing_appointment(standing, &row);
            let others = if row.turned_down {
                elsewhere(packs, &row.clinic_id)
            } else {
                Vec::new()
            };
            Ok(StaffCall {
                request,
                waiting,
                appointment,
                others,
                ..call(row, now)?
            })
        })
        .collect()
}

/// The case that a call is about, if this member of staff may open it.
fn standing_request(standing: &Standing, row: &CallRow) -> String {
    let clinic = ClinicId(row.clinic_id.clone());
    row.request_reference
        .clone()
        .filter(|_| may(standing, Action::SeeRequests, Some(&clinic)))
        .unwrap_or_default()
}

/// The place on the waiting list that a call is about, if this member of staff may open it.
fn standing_place(standing: &Standing, row: &CallRow) -> String {
    let clinic = ClinicId(row.clinic_id.clone());
    row.waiting_reference
        .clone()
        .filter(|_| may(standing, Action::SeeWaiting, Some(&clinic)))
        .unwrap_or_default()
}

/// The appointment that a call is about, if this member of staff may open it.
fn standing_appointment(standing: &Standing, row: &CallRow) -> String {
    let clinic = ClinicId(row.clinic_id.clone());
    row.appointment_reference
        .clone()
        .filter(|_| may(standing, Action::SeeAppointment, Some(&clinic)))
        .unwrap_or_default()
}

/// When the appointment is, or was to be, in a sentence: what there is to tell.
fn time_of(row: &CallRow) -> Stored<String> {
    let Some(start) = row.starts_at.filter(|_| !row.turned_down) else {
        return Ok(String::new());
    };
    let over = matches!(
        row.appointment_state.as_deref(),
        Some("cancelled" | "expired")
    );
    let key = if over {
        "staff-call-was"
    } else {
        "staff-call-is"
    };
    let time = time::moment(instant(start)?);
    Ok(t_with(key, &[("time", time.into())]))
}

/// How often nobody answered, and when last.
fn tried(row: &CallRow) -> Stored<String> {
    let Some(last) = row.tried_at else {
        return Ok(String::new());
    };
    let time = time::moment(instant(last)?);
    let said = [("count", row.tries.into()), ("time", time.into())];
    Ok(t_with("staff-call-tried", &said))
}

/// Who else may be able to help: the same as behind the link of the mail that this call takes the place of.
fn elsewhere(packs: &Packs, clinic: &str) -> Vec<Signpost> {
    let pack = packs.get(&ClinicId::from(clinic));
    let others = pack.map(Pack::others).unwrap_or_default();
    others.iter().map(Into::into).collect()
}

fn call(row: CallRow, now: DateTime<Utc>) -> Stored<StaffCall> {
    let asked = instant(row.created_at)?;
    let time = time_of(&row)?;
    let tried = tried(&row)?;
    // A number that is not safe to ring stands on no card.
    let phone = row.phone.as_deref().filter(|_| row.kind != NOT_TOLD);
    let phone = phone.map(telephone).unwrap_or_default();
    Ok(StaffCall {
        id: row.id.to_string(),
        reference: row.reference,
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        // Whoever rings says what the mail would, and neither says why.
        kind: if row.turned_down {
            "turned_down".to_owned()
        } else {
            row.kind
        },
        time,
        appointment: String::new(),
        request: String::new(),
        waiting: String::new(),
        others: Vec::new(),
        name: row.name.unwrap_or_default(),
        phone,
        call_window: row.call_window.unwrap_or_default(),
        // Without a yes nobody leaves a message.
        leave_message: row.leave_message == Some(true),
        urgent: row.urgent,
        age: age(asked, now),
        tried,
    })
}

/// What came of ringing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rang {
    /// It is told: the call is done.
    Told,
    /// Nobody answered: the call stays open, with the try written down.
    Nobody,
}

/// Writes down what came of a call, with a line in the audit log. False if there is no such open call in a clinic
/// where this member of staff may do so; a second press changes nothing.
pub async fn rang(
    context: &Context,
    standing: &Standing,
    id: Uuid,
    came: Rang,
) -> Result<bool, BookingError> {
    in_turn!(context, |tx| note_call(tx, context, standing, id, came))
}

async fn note_call(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    id: Uuid,
    came: Rang,
) -> Result<bool, BookingError> {
    let seen = Seen::by(standing, Action::CloseCall);
    if seen.is_empty() {
        return Ok(false);
    }
    let rows = tx.open_calls(seen.only()).await?;
    let Some(row) = rows
        .into_iter()
        .find(|row| row.id == id && seen.has(&row.clinic_id))
    else {
        return Ok(false);
    };
    let staff = standing.staff.0;
    let now = context.now().timestamp();
    let (written, action) = match came {
        Rang::Told => (tx.close_call(id, staff, now).await?, "call_made"),
        Rang::Nobody => (tx.try_call(id, now).await?, "call_tried"),
    };
    if written {
        let clinic = &row.clinic_id;
        Actor::Staff(staff)
            .note(tx, context, action, ("call", id), clinic, String::new())
            .await?;
    }
    Ok(written)
}
