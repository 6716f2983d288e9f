//! What to do about appointments that cannot take place as planned: because an adviser or a room drops out now, or because
//! of a change that was saved before.
//!
//! The dry run does in a transaction what would be done, one appointment after the other, and gives it up: what one gets
//! the next cannot have. Applying is one transaction an appointment, each all or nothing and asked anew; what could not be
//! done is said. Deadlines come first, then urgent cases, then the earliest.

mod apply;
mod drop_out;

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::availability::{DryRun, Proposal, TroubleLine};
use app::view::{Choice, StaffAppointment};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::SetupError;
use super::change::Change;
use super::effects::{self, FARTHEST, in_words};
use super::known::Known;
use super::save::clinic_ref;
use crate::booking::{self, Actor, BookingError, can_ring};
use crate::context::Context;
use crate::desk;
use crate::domain::access::{Action, Standing, may};
use crate::domain::availability::{nearest, slots};
use crate::domain::ids::{ClinicId, MeetingId, ResourceId};
use crate::domain::time;
use crate::domain::trouble::Trouble;
use crate::store::{AbsenceRow, AppointmentRow, Records, Stored};

pub use apply::apply;
pub use drop_out::{DropOut, drop_out, form};

/// Other times that are offered for one appointment.
const OFFERED: usize = 4;

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

/// The cases of a clinic, in the order in which they choose, and how many times that are offered to people on the waiting
/// list cannot take place either.
async fn cases(
    tx: &mut dyn Records,
    standing: &Standing,
    known: &Known,
    now: DateTime<Utc>,
) -> Stored<(Vec<Case>, usize)> {
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
    let offers = tx.open_offers().await?;
    let (mut cases, mut offered) = (Vec::new(), 0);
    for row in tx.appointments_between(Some(clinic), from, until).await? {
        let Some(troubles) = found.get(&MeetingId(row.meeting_id)).cloned() else {
            continue;
        };
        // Somebody who is just booking is told by the booking itself; an offer is taken back by the next round of the list.
        if !matches!(row.state.as_str(), "requested" | "confirmed") {
            offered += offers
                .iter()
                .filter(|one| one.appointment_id == row.id)
                .count();
            continue;
        }
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
    Ok((cases, offered))
}

/// Appointments that one form resolves.
const MOST_AT_ONCE: usize = 100;

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
    let (mut proposals, mut more) = (Vec::new(), 0);
    let (cases, offered) = cases(&mut *tx, standing, &known, now).await?;
    for case in cases {
        if let Some(row) = away
            && !concerns(&case, row)
        {
            continue;
        }
        // A form has an end. The others come when these are done.
        if proposals.len() == MOST_AT_ONCE {
            more += 1;
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
        more,
        elsewhere,
        offered,
        ..DryRun::default()
    })
}

/// Whether an absence is why.
fn concerns(case: &Case, row: &AbsenceRow) -> bool {
    let why = match row.resource_id {
        Some(id) => Trouble::Away(ResourceId(id)),
        None => Trouble::Blocked,
    };
    let touches =
        row.from_at < case.row.ends_at + 86_400 && row.until_at > case.row.starts_at - 86_400;
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
    // What could still be held as it is stays, unless somebody decides otherwise.
    let can_stay = case.troubles.iter().all(|one| one.can_stay());
    let mut choices = Vec::new();
    if !can_stay {
        choices.extend(others(tx, context, known, &case, actor).await?);
    }
    let swapped = !choices.is_empty();
    let mut taken = swapped;
    for start in times(tx, context, &case).await? {
        let free = if taken || can_stay || is_earlier(&case, start) {
            true
        } else {
            taken = could_move(tx, context, &case, start, actor).await?;
            taken
        };
        // Nobody is offered a time that they cannot have: they may be somewhere else then.
        if !free {
            continue;
        }
        choices.push(choice(
            format!("time:{}", time::rfc3339(start)),
            t_with("avail-choice-time", &[("time", time::moment(start).into())]),
            String::new(),
        ));
    }
    // Nobody is called off because a page was sent without reading it; nor is anybody asked to come earlier than they agreed,
    // who may not hear of it in time.
    let later = |one: &Choice| time_of(&one.value).is_none_or(|start| !is_earlier(&case, start));
    let any = !can_stay && choices.first().is_some_and(later);
    if let Some(first) = choices.first_mut().filter(|_| any) {
        first.chosen = true;
    }
    let clinic = ClinicId(known.clinic.id.clone());
    if may(standing, Action::CancelAppointment, Some(&clinic)) {
        let (label, hint) = (t("avail-choice-cancel"), t("avail-choice-cancel-hint"));
        choices.push(choice("cancel".to_owned(), label, hint));
    }
    let leave = choice("leave".to_owned(), t("avail-choice-leave"), String::new());
    choices.push(Choice {
        chosen: !any,
        ..leave
    });
    Ok(Proposal {
        name: format!("choice-{}", case.row.reference),
        was: (
            format!("was-{}", case.row.reference),
            booking::as_seen(&case.row),
        ),
        choices,
        deadline: case.deadline.map(time::day_and_month).unwrap_or_default(),
        urgent: case.urgent,
        told: told(&case.row).to_owned(),
        trouble: TroubleLine {
            why: case
                .troubles
                .iter()
                .map(|one| in_words(known, *one))
                .collect(),
            appointment: case.shown,
        },
    })
}

/// Moves the appointment there in this transaction, and whether that was possible. Nothing is left of a move that was not.
async fn could_move(
    tx: &mut dyn Records,
    context: &Context,
    case: &Case,
    start: DateTime<Utc>,
    actor: Actor,
) -> Result<bool, SetupError> {
    tx.save_point().await?;
    match booking::change_time(tx, context, case.row.id, start, actor, None).await {
        Ok(_) => Ok(true),
        Err(error) => {
            refusal(error)?;
            tx.back_to_save_point().await?;
            Ok(false)
        }
    }
}

fn choice(value: String, label: String, hint: String) -> Choice {
    Choice {
        value,
        label,
        hint,
        ..Choice::default()
    }
}

/// How the client hears of a change.
fn told(row: &AppointmentRow) -> &'static str {
    if row.email.is_some() && row.safe_to_email == Some(true) {
        "mail"
    } else if can_ring(row) {
        "call"
    } else {
        "nothing"
    }
}

/// The same time with others, if they can be had. Of a group, whoever came first has found the others for all.
async fn others(
    tx: &mut dyn Records,
    context: &Context,
    known: &Known,
    case: &Case,
    actor: Actor,
) -> Result<Option<Choice>, SetupError> {
    let (value, hint) = ("swap".to_owned(), t("avail-choice-swap-hint"));
    if standing_still(tx, context, known, case).await? {
        return Ok(Some(choice(value, t("avail-choice-group"), hint)));
    }
    let swapped = match booking::swap(tx, context, &case.row, &missing(case), actor).await {
        Ok(swapped) => swapped,
        Err(error) => refusal(error).map(|()| Vec::new())?,
    };
    let names: Vec<String> = swapped.iter().map(|(_, new)| known.name(*new)).collect();
    let label = t_with("avail-choice-swap", &[("names", names.join(", ").into())]);
    Ok((!swapped.is_empty()).then(|| choice(value, label, hint)))
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
            | Trouble::NotFit(id)
            | Trouble::TooMany(id) => Some(*id),
            Trouble::Closed
            | Trouble::Blocked
            | Trouble::OutsideHours
            | Trouble::NotOffered
            | Trouble::NotThisWay
            | Trouble::TooFew => None,
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

/// Other times: the next ones, so those of the same day first, and then the nearest before; in time for the deadline as long
/// as there are any.
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
        .facts_of_any(&row.service_id, today, last, now.timestamp())
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
    let (earlier, later): (Vec<_>, Vec<_>) = found.into_iter().partition(|slot| slot.start < start);
    let later = nearest(&later, start, OFFERED - 1);
    let earlier = nearest(&earlier, start, OFFERED - later.len());
    let all = later.into_iter().chain(earlier);
    Ok(all.map(|slot| slot.start).collect())
}

fn is_earlier(case: &Case, start: DateTime<Utc>) -> bool {
    start.timestamp() < case.row.starts_at
}

fn time_of(choice: &str) -> Option<DateTime<Utc>> {
    time::parse_instant(choice.strip_prefix("time:")?).ok()
}
