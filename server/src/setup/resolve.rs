//! What to do about appointments that cannot take place as planned: because an adviser or a room drops out now, or because
//! of a change that was saved before.
//!
//! The dry run does in a transaction what would be done, one appointment after the other, and gives it up: what one gets
//! the next cannot have. Applying is one transaction an appointment, each all or nothing and asked anew; what could not be
//! done is said. Deadlines come first, then urgent cases, then the earliest.

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::availability::{ChangeForm, DryRun, Input, Proposal, Resolved, TroubleLine};
use app::view::{Choice, FieldError, StaffAppointment};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::change::Change;
use super::effects::{self, FARTHEST, in_words};
use super::form::{fields, fresh, read_absence, specs};
use super::item::Item;
use super::known::Known;
use super::save::clinic_ref;
use super::values::Values;
use super::SetupError;
use crate::booking::{self, Actor, BookingError, can_ring};
use crate::context::Context;
use crate::desk;
use crate::domain::access::{Action, Standing, may};
use crate::domain::availability::{nearest, slots};
use crate::domain::booking::{By, Command};
use crate::domain::ids::{ClinicId, MeetingId, ResourceId};
use crate::domain::time;
use crate::domain::trouble::Trouble;
use crate::store::{AbsenceRow, AppointmentRow, Records, Stored};

/// Other times that are offered for one appointment.
const OFFERED: usize = 4;

/// Where drop-outs are told.
const DROP_OUT: &str = "/staff/availability/drop-out";

/// What came of the drop-out form.
pub enum DropOut {
    /// Something is wrong with it.
    Again(Box<ChangeForm>),
    /// What would happen, or what did.
    Plan(Box<DryRun>),
}

/// The form that says who or what drops out, and when.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn form(context: &Context, clinic: &str) -> Result<ChangeForm, SetupError> {
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, context.now())
        .await?
        .ok_or(SetupError::NotThere)?;
    let today = time::local_date(context.now());
    let values = fresh(Item::Away, &known, today).with("how_long", "rest");
    Ok(filled(context, &known, &values, Vec::new()))
}

fn filled(
    context: &Context,
    known: &Known,
    values: &Values,
    errors: Vec<FieldError>,
) -> ChangeForm {
    let specs = specs(Item::Away, known, true);
    let mut all = fields(Item::Away, &specs, values, &errors);
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        label: t(&format!("avail-how-long-{value}")),
        chosen: values.first("how_long") == value,
        ..Choice::default()
    };
    let how_long = app::view::availability::FormField {
        name: "how_long".to_owned(),
        label: t("avail-how-long"),
        hint: t("avail-how-long-hint"),
        error: String::new(),
        input: Input::Radio(["rest", "day", "range"].map(|value| choice(value)).to_vec()),
    };
    all.insert(1, how_long);
    ChangeForm {
        clinic: clinic_ref(known),
        title: t("avail-drop-out-title"),
        lead: t("avail-drop-out-lead"),
        action: DROP_OUT.to_owned(),
        back: format!("/staff/availability?clinic={}", known.clinic.id),
        fields: all,
        errors,
        hidden: vec![
            ("clinic".to_owned(), known.clinic.id.clone()),
            ("new_id".to_owned(), context.id().to_string()),
        ],
        shows_first: true,
        ..ChangeForm::default()
    }
}

/// The form with the times that "the rest of today" and "a day" mean.
fn with_times(values: &Values, now: DateTime<Utc>) -> Values {
    let today = time::local_date(now);
    let mut pairs = values.without(&["from", "from_time", "until", "until_time"]);
    let (from, until, start) = match values.first("how_long") {
        "rest" => {
            let today = time::iso_date(today);
            let minute = time::minute_of_day(now);
            let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
            (today.clone(), today, clock)
        }
        "day" => {
            let day = values.first("from").to_owned();
            (day.clone(), day, String::new())
        }
        _ => return values.clone(),
    };
    for (name, value) in [("from", from), ("until", until), ("from_time", start)] {
        pairs.push((name.to_owned(), value));
    }
    Values::new(pairs)
}

/// What was sent with the drop-out form: the dry run, or (with `do=apply`) the doing.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn drop_out(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    values: &Values,
) -> Result<DropOut, SetupError> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    drop(tx);
    // What "the rest of today" means is settled at the first look and goes with the form.
    let values = with_times(values, now);
    let id = Uuid::parse_str(values.first("new_id")).unwrap_or_else(|_| context.id());
    let row = match read_absence(&known, id, &values) {
        Ok(row) => row,
        Err(errors) => {
            let again = filled(context, &known, &values, errors);
            return Ok(DropOut::Again(Box::new(again)));
        }
    };
    let mut settled = values.without(&["do", "how_long"]);
    settled.push(("how_long".to_owned(), "range".to_owned()));
    settled.retain(|(name, _)| !name.starts_with("choice-"));
    let mut page = if values.first("do") == "apply" {
        save_absence(context, standing, clinic, &row).await?;
        apply(context, standing, clinic, &values).await?
    } else {
        plan(context, standing, clinic, Some(&row)).await?
    };
    page.title = t("avail-drop-out-title");
    DROP_OUT.clone_into(&mut page.action);
    page.hidden = settled;
    Ok(DropOut::Plan(Box::new(page)))
}

/// Kept once, however often the form is sent.
async fn save_absence(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    row: &AbsenceRow,
) -> Result<(), SetupError> {
    let mut tx = context.store.write().await?;
    let change = Change::Away(row.clone(), None);
    if change.write(&mut *tx, context, clinic).await? {
        let subject = ("absence", row.id);
        Actor::Staff(standing.staff.0)
            .note(&mut *tx, context, "away_added", subject, clinic, String::new())
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The appointments of a clinic that are in trouble now, with proposals.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn standing_troubles(
    context: &Context,
    standing: &Standing,
    clinic: &str,
) -> Result<DryRun, SetupError> {
    plan(context, standing, clinic, None).await
}

/// One appointment in trouble.
struct Case {
    row: AppointmentRow,
    shown: StaffAppointment,
    troubles: Vec<Trouble>,
    deadline: Option<NaiveDate>,
    urgent: bool,
}

/// The cases of a clinic, in the order in which they choose.
async fn cases(
    tx: &mut dyn Records,
    standing: &Standing,
    known: &Known,
    now: DateTime<Utc>,
) -> Stored<Vec<Case>> {
    let clinic = known.clinic.id.as_str();
    let mut found = effects::of_clinic(tx, known, now).await?;
    let meetings: BTreeSet<Uuid> = found.keys().map(|meeting| meeting.0).collect();
    let (from, until) = (now.timestamp(), now.timestamp() + FARTHEST * 86_400);
    let assessments: BTreeMap<Uuid, String> = tx
        .assessments_between(clinic, from, until)
        .await?
        .into_iter()
        .collect();
    let mut shown: BTreeMap<String, StaffAppointment> =
        desk::of_meetings(tx, standing, clinic, &meetings, now)
            .await?
            .into_iter()
            .map(|(_, one)| (one.reference.clone(), one))
            .collect();
    let mut cases = Vec::new();
    for row in tx.appointments_between(Some(clinic), from, until).await? {
        // Somebody who is just booking is told by the booking itself.
        if !matches!(row.state.as_str(), "requested" | "confirmed") {
            continue;
        }
        let Some(troubles) = found.get(&MeetingId(row.meeting_id)).cloned() else {
            continue;
        };
        let Some(shown) = shown.remove(&row.reference) else {
            continue;
        };
        let assessment = assessments.get(&row.id).map_or("{}", String::as_str);
        let assessment: serde_json::Value = serde_json::from_str(assessment).unwrap_or_default();
        let deadline = assessment["deadline"].as_str();
        cases.push(Case {
            deadline: deadline.and_then(|text| time::parse_date(text).ok()),
            urgent: assessment["priority"] == "p1",
            row,
            shown,
            troubles,
        });
    }
    found.clear();
    cases.sort_by_key(|case| {
        (
            case.deadline.unwrap_or(NaiveDate::MAX),
            !case.urgent,
            case.row.starts_at,
            case.row.id,
        )
    });
    Ok(cases)
}

async fn plan(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    away: Option<&AbsenceRow>,
) -> Result<DryRun, SetupError> {
    let now = context.now();
    let mut tx = context.store.write().await?;
    let mut elsewhere = 0;
    if let Some(row) = away {
        Change::Away(row.clone(), None)
            .write(&mut *tx, context, clinic)
            .await?;
        elsewhere = in_other_clinics(&mut *tx, clinic, row, now).await?;
    }
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    let mut proposals = Vec::new();
    for case in cases(&mut *tx, standing, &known, now).await? {
        if let Some(row) = away
            && !concerns(&case, row)
        {
            continue;
        }
        proposals.push(propose(&mut *tx, context, standing, &known, case).await?);
    }
    // Given up: nothing of it is kept.
    drop(tx);
    Ok(DryRun {
        clinic: clinic_ref(&known),
        title: t("avail-resolve-title"),
        lead: t("avail-dry-run"),
        action: format!("/staff/availability/{clinic}/resolve"),
        back: format!("/staff/availability?clinic={clinic}"),
        proposals,
        elsewhere,
        ..DryRun::default()
    })
}

/// Whether an absence is why.
fn concerns(case: &Case, row: &AbsenceRow) -> bool {
    let why = match row.resource_id {
        Some(id) => Trouble::Away(ResourceId(id)),
        None => Trouble::Blocked,
    };
    let touches = row.from_at < case.row.ends_at + 86_400 && row.until_at > case.row.starts_at - 86_400;
    touches && case.troubles.contains(&why)
}

/// How many meetings of other clinics an absence breaks.
async fn in_other_clinics(
    tx: &mut dyn Records,
    clinic: &str,
    row: &AbsenceRow,
    now: DateTime<Utc>,
) -> Stored<usize> {
    let Some(resource) = row.resource_id else {
        return Ok(0);
    };
    let mut others = tx.clinics_of(resource).await?;
    others.retain(|other| other != clinic);
    let found = effects::found(tx, &others, now).await?;
    let away = Trouble::Away(ResourceId(resource));
    let meetings = found.values().flat_map(|meetings| meetings.values());
    Ok(meetings.filter(|troubles| troubles.contains(&away)).count())
}

/// What can be done about one appointment; the likeliest is done in this transaction, so that the next sees it.
async fn propose(
    tx: &mut dyn Records,
    context: &Context,
    standing: &Standing,
    known: &Known,
    case: Case,
) -> Result<Proposal, SetupError> {
    let actor = Actor::Staff(standing.staff.0);
    let mut choices = Vec::new();
    // Of a group, whoever came first has found the others for all.
    let still = standing_still(tx, context, known, &case).await?;
    let swapped = if still {
        Vec::new()
    } else {
        match booking::swap(tx, context, &case.row, &missing(&case), actor).await {
            Ok(swapped) => swapped,
            Err(error) => refusal(error).map(|()| Vec::new())?,
        }
    };
    if still || !swapped.is_empty() {
        let names: Vec<String> = swapped.iter().map(|(_, new)| known.name(*new)).collect();
        choices.push(Choice {
            value: "swap".to_owned(),
            label: if still {
                t("avail-choice-group")
            } else {
                t_with("avail-choice-swap", &[("names", names.join(", ").into())])
            },
            hint: t("avail-choice-swap-hint"),
            ..Choice::default()
        });
    }
    for start in times(tx, context, &case).await? {
        choices.push(Choice {
            value: format!("time:{}", time::rfc3339(start)),
            label: t_with("avail-choice-time", &[("time", time::moment(start).into())]),
            ..Choice::default()
        });
    }
    if swapped.is_empty()
        && !still
        && let Some(start) = choices.first().and_then(|choice| time_of(&choice.value))
    {
        match booking::change_time(tx, context, case.row.id, start, actor).await {
            Ok(_) => {}
            Err(error) => refusal(error)?,
        }
    }
    if may(
        standing,
        Action::CancelAppointment,
        Some(&ClinicId(known.clinic.id.clone())),
    ) {
        choices.push(Choice {
            value: "cancel".to_owned(),
            label: t("avail-choice-cancel"),
            hint: t("avail-choice-cancel-hint"),
            ..Choice::default()
        });
    }
    choices.push(Choice {
        value: "leave".to_owned(),
        label: t("avail-choice-leave"),
        ..Choice::default()
    });
    if let Some(first) = choices.first_mut() {
        // Nobody is called off because a page was sent without reading it.
        first.chosen = first.value != "cancel";
    }
    if !choices.iter().any(|choice| choice.chosen)
        && let Some(last) = choices.last_mut()
    {
        last.chosen = true;
    }
    let row = &case.row;
    let mails = row.email.is_some() && row.safe_to_email == Some(true);
    Ok(Proposal {
        name: format!("choice-{}", row.reference),
        choices,
        deadline: case.deadline.map(time::day_and_month).unwrap_or_default(),
        urgent: case.urgent,
        told: if mails {
            "mail"
        } else if can_ring(row) {
            "call"
        } else {
            "nothing"
        }
        .to_owned(),
        trouble: TroubleLine {
            why: case.troubles.iter().map(|one| in_words(known, *one)).collect(),
            appointment: case.shown,
        },
    })
}

/// A rule that refuses is no error: then it cannot be had.
fn refusal(error: BookingError) -> Result<(), SetupError> {
    match error {
        BookingError::Unavailable(_) | BookingError::Refused(_) => Ok(()),
        other => Err(other.into()),
    }
}

fn missing(case: &Case) -> BTreeSet<ResourceId> {
    case.troubles
        .iter()
        .filter_map(|trouble| match trouble {
            Trouble::Away(id)
            | Trouble::Left(id)
            | Trouble::NotThere(id)
            | Trouble::NoSkill(id)
            | Trouble::TooMany(id) => Some(*id),
            Trouble::Closed | Trouble::Blocked | Trouble::OutsideHours => None,
        })
        .collect()
}

/// Whether the meeting is in no trouble any more.
async fn standing_still(
    tx: &mut dyn Records,
    context: &Context,
    known: &Known,
    case: &Case,
) -> Stored<bool> {
    if case.row.capacity < 2 {
        return Ok(false);
    }
    let found = effects::of_clinic(tx, known, context.now()).await?;
    Ok(!found.contains_key(&MeetingId(case.row.meeting_id)))
}

/// Other times: those of the same day first, then the nearest; in time for the deadline as long as there are any.
async fn times(
    tx: &mut dyn Records,
    context: &Context,
    case: &Case,
) -> Result<Vec<DateTime<Utc>>, SetupError> {
    let now = context.now();
    let row = &case.row;
    let Some(start) = DateTime::<Utc>::from_timestamp(row.starts_at, 0) else {
        return Ok(Vec::new());
    };
    let (today, date) = (time::local_date(now), time::local_date(start));
    let last = time::add_days(date, 28);
    let facts = tx
        .facts(&row.service_id, today, last, now.timestamp(), None)
        .await?;
    let Some(facts) = facts else {
        return Ok(Vec::new());
    };
    let mode = booking::mode_from_word(&row.mode);
    let needs = booking::needs_of_row(row).map_err(BookingError::from)?;
    let mut ask = needs.ask(now, today, last, mode);
    ask.deadline = case.deadline;
    let mut found = slots(&facts, &ask);
    if found.is_empty() {
        ask.deadline = None;
        found = slots(&facts, &ask);
    }
    let (same_day, others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|slot| time::local_date(slot.start) == date);
    let same = nearest(&same_day, start, OFFERED / 2);
    let rest = nearest(&others, start, OFFERED - same.len());
    Ok(same.into_iter().chain(rest).map(|slot| slot.start).collect())
}

fn time_of(choice: &str) -> Option<DateTime<Utc>> {
    time::parse_instant(choice.strip_prefix("time:")?).ok()
}

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
    let cases = cases(&mut *tx, standing, &known, now).await?;
    drop(tx);
    let mut results = Vec::new();
    for case in cases {
        let choice = values.first(&format!("choice-{}", case.row.reference));
        if choice.is_empty() {
            continue;
        }
        let outcome = one(context, standing, &known, &case, choice).await;
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

fn refusal_words(error: &BookingError) -> &'static str {
    match error {
        BookingError::Unavailable(_) => "avail-result-taken",
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
        return Ok(t_with("avail-result-swap", &[("names", names.join(", ").into())]));
    }
    if let Some(start) = time_of(choice) {
        booking::in_turn!(context, |tx| moved(tx, context, case, start, actor))?;
        return Ok(t_with("avail-result-moved", &[("time", time::moment(start).into())]));
    }
    let clinic = ClinicId(known.clinic.id.clone());
    if choice == "cancel" && may(standing, Action::CancelAppointment, Some(&clinic)) {
        let command = Command::Cancel(By::Staff);
        booking::in_turn!(context, |tx| booking::change_state_of(
            tx,
            context,
            case.row.id,
            actor,
            command
        ))?;
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

async fn moved(
    tx: &mut dyn Records,
    context: &Context,
    case: &Case,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<AppointmentRow, BookingError> {
    let row = booking::change_time(tx, context, case.row.id, start, actor).await?;
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
