//! `/staff/appointments/{reference}`: one appointment with the client's details, the answers and the
//! history.

use std::collections::BTreeMap;

use app::text::t;
use app::view::{Answered, AppointmentPage, HistoryRow as HistoryLine, Rival, StaffAppointment};
use serde_json::Value;

use super::audit::note_read;
use super::own::OwnMeetings;
use super::rows::{Staffing, instant, line, stands, telephone};
use super::withheld::Withheld;
use crate::booking::{as_seen, conflict};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::conflict::may_read_story;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::domain::triage::{Kind, NamesOf, Pack, Question, QuestionId, Raw, describe, parse};
use crate::packs::InForce;
use crate::store::{AppointmentRow, HistoryRow, Records, RivalRow, Stored};

/// The appointment of that reference; `None` if there is none or this member of staff may not see it:
/// the two are not told apart. A fixed number of queries, and once for each
/// old version of the questions four more.
pub async fn appointment(
    context: &Context,
    packs: &InForce,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<AppointmentPage>> {
    let mut tx = context.store.read().await?;
    let Some(row) = tx.appointment_by_reference(&tidy(reference)).await? else {
        return Ok(None);
    };
    let clinic = ClinicId(row.clinic_id.clone());
    if !reaches(&mut *tx, standing, &row).await? {
        return Ok(None);
    }
    let staffing = tx
        .staffing_between(row.starts_at, row.starts_at + 1)
        .await?;
    let history = tx.history(row.id).await?;
    let overrides = tx.overrides(row.id).await?;
    let withheld = Withheld::between(&mut *tx, standing, row.starts_at, row.starts_at + 1).await?;
    let desk = super::outcome::of_day(&mut *tx, context, standing, &row).await?;
    let uncleared = withheld.uncleared(row.id);
    let rivals = conflict::rivals(&mut *tx, row.id).await?;
    let story = if may_read_story(standing, &clinic, !uncleared) {
        conflict::story(&mut *tx, context, row.intake_id).await?
    } else {
        BTreeMap::new()
    };
    drop(tx);
    note_read(context, standing, ("appointment", row.id), &row.clinic_id).await?;
    // In the words that the person saw; results older than the versions kept, in those of today.
    let then = match &row.pack_version {
        Some(version) => packs.of_version(context, &clinic, version).await?,
        None => None,
    };
    let pack = then.or_else(|| packs.get(&clinic));
    let allowed = |action| may(standing, action, Some(&clinic));
    let open = matches!(row.state.as_str(), "requested" | "confirmed");
    let mut page = page(&row, &Staffing::new(staffing), &withheld)?;
    page.uncleared = uncleared;
    page.rivals = rivals.into_iter().map(rival).collect();
    if !stands(&row, context.now()) {
        "expired".clone_into(&mut page.appointment.state);
    }
    if !page.withheld {
        let open = row.answers.as_deref().unwrap_or_default();
        page.answers = answers(pack.as_deref(), open, story);
    }
    page.history = history.into_iter().map(told).collect::<Stored<_>>()?;
    let broken = page
        .history
        .iter_mut()
        .filter(|one| one.action == "overruled");
    for (line, kept) in broken.zip(overrides) {
        let rule = t(&format!(
            "history-detail-rule-{}",
            kept.rule.replace('_', "-")
        ));
        line.detail = format!("{rule}: {}", kept.reason);
    }
    let decides = row.state == "requested" && allowed(Action::ConfirmAppointment);
    page.can_confirm = decides && !uncleared;
    page.can_turn_down = decides;
    page.can_move =
        open && row.starts_at > context.now().timestamp() && allowed(Action::MoveAppointment);
    page.can_cancel = open && allowed(Action::CancelAppointment);
    desk.fill(context, standing, &row, &mut page)?;
    Ok(Some(page))
}

/// An appointment as one line. Two queries.
pub(super) async fn line_of(
    context: &Context,
    standing: &Standing,
    row: &AppointmentRow,
) -> Stored<StaffAppointment> {
    let mut tx = context.store.read().await?;
    let (from, until) = (row.starts_at, row.starts_at + 1);
    let staffing = Staffing::new(tx.staffing_between(from, until).await?);
    let withheld = Withheld::between(&mut *tx, standing, from, until).await?;
    line(row, &staffing, &withheld)
}

/// The row to change by this reference, if this member of staff may see it. The caller asks whether
/// they may change it.
pub async fn change_target(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<AppointmentRow>> {
    let mut tx = context.store.read().await?;
    let Some(row) = tx.appointment_by_reference(&tidy(reference)).await? else {
        return Ok(None);
    };
    let reached = reaches(&mut *tx, standing, &row).await?;
    Ok(Some(row).filter(|_| reached))
}

/// Whether this member of staff may see the appointment. One query.
pub(super) async fn reaches(
    tx: &mut dyn Records,
    standing: &Standing,
    row: &AppointmentRow,
) -> Stored<bool> {
    let own = OwnMeetings::between(tx, standing, row.starts_at, row.starts_at + 1).await?;
    Ok(own.reach(Action::SeeAppointment, row))
}

/// A reference as it is stored, however it was read out and typed.
pub(super) fn tidy(reference: &str) -> String {
    reference.trim().to_uppercase()
}

fn page(
    row: &AppointmentRow,
    staffing: &Staffing,
    withheld: &Withheld<'_>,
) -> Stored<AppointmentPage> {
    let hidden = withheld.hides(row);
    let text = |field: &Option<String>| field.clone().filter(|_| !hidden).unwrap_or_default();
    Ok(AppointmentPage {
        appointment: line(row, staffing, withheld)?,
        as_seen: as_seen(row),
        withheld: hidden,
        date: time::long_date(time::local_date(instant(row.starts_at)?)),
        email: text(&row.email),
        phone: telephone(&text(&row.phone)),
        safe_to_email: row.safe_to_email == Some(true),
        safe_to_call: row.safe_to_call == Some(true),
        call_window: text(&row.call_window),
        leave_message: row.leave_message == Some(true),
        postcode_area: text(&row.postcode_area),
        language: text(&row.language),
        organisation: text(&row.organisation),
        ..AppointmentPage::default()
    })
}

/// The answers in the order of the questions; those to questions that the pack does not have come last,
/// as they were stored.
pub(super) fn answers(
    pack: Option<&Pack>,
    stored: &str,
    story: BTreeMap<String, Value>,
) -> Vec<Answered> {
    let mut stored: BTreeMap<QuestionId, Value> = serde_json::from_str(stored).unwrap_or_default();
    stored.extend(story.into_iter().map(|(id, value)| (QuestionId(id), value)));
    let questions = pack
        .map(|pack| pack.questions.as_slice())
        .unwrap_or_default();
    let mut shown: Vec<Answered> = questions
        .iter()
        .filter_map(|question| {
            let value = stored.remove(&question.id)?;
            Some(answered(question.text.clone(), in_words(question, &value)))
        })
        .collect();
    shown.extend(
        stored
            .into_iter()
            .map(|(id, value)| answered(id.to_string(), plain(&value))),
    );
    shown
}

fn answered(question: String, answer: String) -> Answered {
    Answered {
        question,
        answer,
        change: String::new(),
    }
}

/// A business or request that stands in the same clinic and is a rival's.
pub(super) fn rival(row: RivalRow) -> Rival {
    let to = if row.is_appointment {
        "appointments"
    } else {
        "requests"
    };
    Rival {
        path: format!("/staff/{to}/{}", row.reference),
        reference: row.reference,
        one_team: row.one_team,
    }
}

/// Whether an answer is names for a conflict check: those are for the conflict checker's own page alone. The rivals of a
/// business are for whoever chooses its team.
pub(super) fn names_kept(question: &Question) -> bool {
    question.kind == Kind::Names && question.names != Some(NamesOf::OwnAndRivals)
}

fn in_words(question: &Question, value: &Value) -> String {
    if names_kept(question) {
        return t("staff-names-kept");
    }
    let raw: Option<Raw> = serde_json::from_value(value.clone()).ok();
    match raw.and_then(|raw| parse(question, &raw).ok()) {
        Some(answer) => describe(question, &answer),
        None => plain(value),
    }
}

/// An answer that no question fits any more. A list may be names, so it is not shown.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| t("staff-answer-kept"), ToOwned::to_owned)
}

pub(super) fn told(row: HistoryRow) -> Stored<HistoryLine> {
    let who = match row.actor_kind.as_str() {
        "client" => t("history-who-client"),
        "staff" => row.staff_name.unwrap_or_else(|| t("history-who-staff")),
        _ => t("history-who-system"),
    };
    let at = instant(row.at)?;
    Ok(HistoryLine {
        at: time::moment(at),
        instant: time::rfc3339(at),
        who,
        action: row.action,
        // A move keeps the start that it was moved from.
        detail: time::parse_instant(&row.detail).map_or(row.detail, time::moment),
    })
}
