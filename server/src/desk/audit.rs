//! `/staff/audit`: who did or saw what, when, on which record. Lines hold ids; the names on the page are those that the
//! ids stand for today.

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::accounts::{Audit, AuditEntry};
use app::view::{Choice, ClinicRef};
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::rows::instant;
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{AuditFilter, AuditLine, AuditRow, ClinicRow, Stored};

/// Lines on a page.
const PAGE: i64 = 50;
/// Most lines of one export.
pub const MOST_EXPORTED: i64 = 100_000;
/// How long a look at the same dates of the same clinic counts as one.
const SAME_LOOK: TimeDelta = TimeDelta::minutes(15);

/// What was asked for, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditAsked {
    /// The clinic; empty for the first that they may see, or for all where they may.
    pub clinic: String,
    /// A member of staff.
    pub person: String,
    /// An action.
    pub action: String,
    /// First local date (`YYYY-MM-DD`).
    pub from: String,
    /// Last local date.
    pub until: String,
    /// The line that the page starts after: `{seconds}.{id}`.
    pub before: String,
}

/// Writes into the audit log that this member of staff opened a record with somebody's details on it.
pub async fn note_read(
    context: &Context,
    standing: &Standing,
    subject: (&'static str, Uuid),
    clinic: &str,
) -> Stored<()> {
    let mut tx = context.store.write().await?;
    Actor::Staff(standing.staff.0)
        .note(&mut *tx, context, "read", subject, clinic, String::new())
        .await?;
    tx.commit().await
}

/// A list of clients that somebody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// On the screen.
    Screen,
    /// To be printed.
    Paper,
}

/// Writes into the audit log that this member of staff looked at the appointments of these clinics on these dates: one
/// line a clinic with anything on it, and not again for a while, since an open calendar reads itself anew whenever
/// somebody changes something. Which records these were is in the log and the tables; here stand only the dates.
pub(super) async fn note_look(
    context: &Context,
    standing: &Standing,
    look: Look,
    clinics: &BTreeSet<&str>,
    (from, until): (NaiveDate, NaiveDate),
) -> Stored<()> {
    if clinics.is_empty() {
        return Ok(());
    }
    let now = context.now();
    let mut tx = context.store.write().await?;
    for clinic in clinics {
        let line = AuditRow {
            id: context.id(),
            at: now.timestamp(),
            actor_kind: "staff",
            actor_id: Some(standing.staff.0),
            action: match look {
                Look::Screen => "looked",
                Look::Paper => "printed",
            }
            .to_owned(),
            subject_kind: "calendar",
            subject_id: Uuid::nil(),
            clinic_id: Some((*clinic).to_owned()),
            detail: format!("{}/{}", time::iso_date(from), time::iso_date(until)),
        };
        tx.put_audit_once(&line, (now - SAME_LOOK).timestamp())
            .await?;
    }
    tx.commit().await
}

/// Writes into the audit log which records of a list that is no calendar this member of staff was shown, by their
/// references, each with its clinic: one line a clinic, and not again for a while where it is the same list. `kind` says
/// what they are: `appointments`, `requests` or `calls`.
pub(crate) async fn note_list(
    context: &Context,
    standing: &Standing,
    kind: &'static str,
    shown: impl IntoIterator<Item = (String, String)>,
) -> Stored<()> {
    let mut clinics: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (clinic, reference) in shown {
        clinics.entry(clinic).or_default().insert(reference);
    }
    if clinics.is_empty() {
        return Ok(());
    }
    let now = context.now();
    let mut tx = context.store.write().await?;
    for (clinic, references) in clinics {
        let line = AuditRow {
            id: context.id(),
            at: now.timestamp(),
            actor_kind: "staff",
            actor_id: Some(standing.staff.0),
            action: "listed".to_owned(),
            subject_kind: kind,
            subject_id: Uuid::nil(),
            clinic_id: Some(clinic),
            detail: Vec::from_iter(references).join(" "),
        };
        tx.put_audit_once(&line, (now - SAME_LOOK).timestamp())
            .await?;
    }
    tx.commit().await
}

/// Whether somebody may read which record a line is about. Who opened a record of a clinic and when is told to whoever may
/// see the clinic's lines; which record it was, and what came of it, to whoever may read such a record there. An
/// administrator sees that something was done in the law clinic, and not with which case.
fn names_record(standing: &Standing, line: &AuditLine) -> bool {
    let needs = match line.subject_kind.as_str() {
        "request" | "requests" => Action::SeeRequests,
        "call" | "calls" => Action::SeeCalls,
        "calendar" => Action::SeeCalendar,
        "conflict" => Action::SeeConflicts,
        // The set-up, the people and the program: no client's.
        "absence" | "calendar_dates" | "clinic" | "message_words" | "question_version"
        | "report" | "report_settings" | "resource" | "session" | "staff" => return true,
        // Appointments; and what is not known here may be a client's.
        _ => Action::SeeAppointment,
    };
    let clinic = line.clinic_id.clone().unwrap_or_default();
    may(standing, needs, Some(&ClinicId(clinic)))
}

/// The line as this member of staff may read it.
fn readable(standing: &Standing, mut line: AuditLine) -> AuditLine {
    if !names_record(standing, &line) {
        line.subject_id = Uuid::nil();
        line.reference = None;
        line.detail = String::new();
    }
    line
}

/// The clinics whose lines somebody may see, and whether they may see all there are.
fn scope<'a>(standing: &Standing, clinics: &'a [ClinicRow]) -> (Vec<&'a ClinicRow>, bool) {
    let seen = |row: &&ClinicRow| may(standing, Action::SeeAudit, Some(&ClinicId(row.id.clone())));
    // What belongs to no clinic (signing in, accounts) is for whoever runs the installation.
    let all = standing.runs_installation();
    (clinics.iter().filter(seen).collect(), all)
}

/// Whether this member of staff may see the lines asked for.
#[must_use]
pub fn may_see_audit(standing: &Standing, clinics: &[ClinicRow], asked: &AuditAsked) -> bool {
    chosen(standing, clinics, &asked.clinic).is_some()
}

/// The page; `None` if this member of staff may see no lines of the clinic asked for.
pub async fn audit(
    context: &Context,
    standing: &Standing,
    asked: &AuditAsked,
) -> Stored<Option<Audit>> {
    let mut tx = context.store.read().await?;
    let clinics = tx.clinics().await?;
    let Some(clinic) = chosen(standing, &clinics, &asked.clinic) else {
        return Ok(None);
    };
    let (shown, all) = scope(standing, &clinics);
    let filter = filter(asked, clinic.clone());
    let mut lines = tx.audit_lines(&filter, PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let earlier = lines
        .last()
        .filter(|_| more)
        .map(|line| format!("{}.{}", line.at, line.id))
        .unwrap_or_default();
    let actions = tx.audit_actions(clinic.as_deref()).await?;
    let people = tx.audit_people(clinic.as_deref()).await?;
    let entries = lines
        .into_iter()
        .map(|line| entry(&readable(standing, line), &clinics))
        .collect::<Stored<_>>()?;
    Ok(Some(Audit {
        clinics: shown
            .iter()
            .map(|row| ClinicRef {
                id: row.id.clone(),
                name: row.name.clone(),
            })
            .collect(),
        all,
        clinic: clinic.unwrap_or_default(),
        actions: actions
            .into_iter()
            .map(|action| Choice {
                label: action_in_words(&action),
                chosen: action == asked.action,
                value: action,
                ..Choice::default()
            })
            .collect(),
        people: people
            .into_iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                chosen: id.to_string() == asked.person,
                label: name,
                ..Choice::default()
            })
            .collect(),
        from: asked.from.clone(),
        until: asked.until.clone(),
        first_page: asked.before.is_empty(),
        earlier,
        entries,
    }))
}

/// The clinic to show: `Some(None)` for all.
#[expect(
    clippy::option_option,
    reason = "refused, all clinics, or one: the three answers there are"
)]
fn chosen(standing: &Standing, clinics: &[ClinicRow], asked: &str) -> Option<Option<String>> {
    let (shown, all) = scope(standing, clinics);
    if asked.is_empty() && all {
        return Some(None);
    }
    shown
        .iter()
        .find(|row| asked.is_empty() || row.id == asked)
        .map(|row| Some(row.id.clone()))
}

fn filter(asked: &AuditAsked, clinic: Option<String>) -> AuditFilter {
    let date = |text: &str| time::parse_date(text).ok();
    let start = |date: NaiveDate| time::start_of_day(date).timestamp();
    let end = |date: NaiveDate| time::end_of_day(date).timestamp();
    AuditFilter {
        clinic,
        person: Uuid::parse_str(&asked.person).ok(),
        action: Some(asked.action.clone()).filter(|action| !action.is_empty()),
        from: date(&asked.from).map(start),
        until: date(&asked.until).map(end),
        before: asked
            .before
            .split_once('.')
            .and_then(|(at, id)| Some((at.parse().ok()?, Uuid::parse_str(id).ok()?))),
    }
}

fn entry(line: &AuditLine, clinics: &[ClinicRow]) -> Stored<AuditEntry> {
    let at = instant(line.at)?;
    let clinic = line.clinic_id.as_deref().unwrap_or_default();
    let clinic = clinics
        .iter()
        .find(|row| row.id == clinic)
        .map_or(clinic, |row| row.name.as_str());
    Ok(AuditEntry {
        at: time::moment(at),
        instant: time::rfc3339(at),
        who: who(line),
        action: action_in_words(&line.action),
        what: what(line),
        clinic: clinic.to_owned(),
        detail: line.detail.clone(),
    })
}

fn who(line: &AuditLine) -> String {
    match (line.actor_kind.as_str(), &line.staff_name) {
        ("staff", Some(name)) => name.clone(),
        ("staff", None) => line.actor_id.map(|id| id.to_string()).unwrap_or_default(),
        ("client", _) => t("history-who-client"),
        _ => t("history-who-system"),
    }
}

/// "Appointment K7PX-4MR", or the kind with the end of the id where the record has no reference.
fn what(line: &AuditLine) -> String {
    let key = format!("audit-subject-{}", line.subject_kind.replace('_', "-"));
    let kind = if app::text::has(&key) {
        t(&key)
    } else {
        line.subject_kind.clone()
    };
    if line.subject_id.is_nil() {
        return kind;
    }
    let own = line
        .reference
        .clone()
        .unwrap_or_else(|| line.subject_id.simple().to_string()[20..].to_owned());
    t_with(
        "audit-subject",
        &[("kind", kind.into()), ("reference", own.into())],
    )
}

fn action_in_words(action: &str) -> String {
    let key = format!("history-{}", action.replace('_', "-"));
    if app::text::has(&key) {
        t(&key)
    } else {
        action.replace('_', " ")
    }
}

/// The lines that pass as CSV (RFC 4180) with ids and stable words, for a machine or an auditor; `None` if this member of
/// staff may see none of the clinic asked for. The newest `most` lines; if there are older ones, the last line says so. The
/// export itself is a line of the log.
pub async fn audit_csv(
    context: &Context,
    standing: &Standing,
    asked: &AuditAsked,
    most: i64,
) -> Stored<Option<String>> {
    let mut tx = context.store.write().await?;
    let clinics = tx.clinics().await?;
    let Some(clinic) = chosen(standing, &clinics, &asked.clinic) else {
        return Ok(None);
    };
    let by = standing.staff.0;
    let filter = filter(asked, clinic.clone());
    let mut lines = tx.audit_lines(&filter, most + 1).await?;
    let more = i64::try_from(lines.len()).unwrap_or(i64::MAX) > most;
    lines.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let oldest = lines.last().map(|line| line.at);
    let place = clinic.as_deref().map(|clinic| (clinic, ""));
    crate::auth::session::note_by(&mut *tx, context, by, by, "audit_exported", place).await?;
    tx.commit().await?;
    let mut text =
        "time,actor,staff,staff_name,action,record,record_id,reference,clinic,detail\r\n"
            .to_owned();
    for line in lines {
        let line = readable(standing, line);
        let record = if line.subject_id.is_nil() {
            String::new()
        } else {
            line.subject_id.to_string()
        };
        let fields = [
            time::rfc3339(instant(line.at)?),
            line.actor_kind.clone(),
            line.actor_id.map(|id| id.to_string()).unwrap_or_default(),
            line.staff_name.clone().unwrap_or_default(),
            line.action.clone(),
            line.subject_kind.clone(),
            record,
            line.reference.clone().unwrap_or_default(),
            line.clinic_id.clone().unwrap_or_default(),
            line.detail.clone(),
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    if more && let Some(oldest) = oldest {
        let date = time::long_date(time::local_date(instant(oldest)?));
        let says = t_with("audit-export-ends", &[("date", date.into())]);
        text.push_str(&quoted(&says));
        text.push_str("\r\n");
    }
    Ok(Some(text))
}

/// A field between quotes. A spreadsheet would run what starts like a formula, so that gets an apostrophe before it.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_never_a_formula_and_never_ends_early() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted(""), "\"\"");
    }
}
