//! `/staff/conflicts` and one check below it. Names of other clients are read for the conflict checker alone, and each
//! reading of a check is written into the audit log: it is the one page whose opening leaves a trace, because the names on
//! it are those of people who are not there to be asked.

use app::text::t_with;
use app::view::{ConflictLine, ConflictMatch, ConflictName, ConflictPage, Conflicts};
use chrono::{DateTime, TimeDelta, Utc};

use super::rows::{Seen, age, clinic, instant};
use crate::booking::Actor;
use crate::booking::conflict::{Other, REASON, Suggestion, how_many, names_of, seen, suggestions};
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::conflict::{Concern, Name, Side, may_decide, may_open, may_see_other_clients};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{ConflictCaseRow, Records, Stored};

/// How long a decided check stays in the list.
const SHOWN_AFTER: TimeDelta = TimeDelta::days(14);

/// Whether this person checks conflicts or leads in a clinic that checks. One query.
pub async fn checks_conflicts(tx: &mut dyn Records, standing: &Standing) -> Stored<bool> {
    let seen = Seen::by(standing, Action::SeeConflicts);
    let clinics = tx.conflict_clinics().await?;
    Ok(clinics.iter().any(|clinic| seen.has(clinic)))
}

/// The checks that this member of staff may open: those that wait first.
pub async fn conflicts(context: &Context, standing: &Standing) -> Stored<Conflicts> {
    let now = context.now();
    let seen = Seen::by(standing, Action::SeeConflicts);
    if seen.is_empty() {
        return Ok(Conflicts::default());
    }
    let mut tx = context.store.read().await?;
    let since = (now - SHOWN_AFTER).timestamp();
    let mut rows = tx.conflict_cases(seen.only(), since).await?;
    rows.retain(|row| may_open(standing, &ClinicId(row.clinic_id.clone()), row.lead_only));
    // A name that came in since may be like one of these: counted now, not when the check was opened.
    let mut names = tx.parties_listed(seen.only(), since).await?;
    names.retain(|name| rows.iter().any(|row| name.case_id == Some(row.id)));
    let counts = how_many(&mut *tx, context, &names).await?;
    let cases = rows.iter().map(|row| {
        let matches = counts.get(&row.id).copied().unwrap_or_default();
        line(row, matches, now)
    });
    Ok(Conflicts {
        cases: cases.collect::<Stored<_>>()?,
    })
}

fn line(row: &ConflictCaseRow, matches: usize, now: DateTime<Utc>) -> Stored<ConflictLine> {
    let due = instant(row.due_at)?;
    Ok(ConflictLine {
        reference: row.reference.clone(),
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        request: row.request_id.is_some(),
        state: row.state.clone(),
        lead_only: row.lead_only,
        matches,
        due: time::moment(due),
        overdue: row.state == "waiting" && due < now,
        age: age(instant(row.created_at)?, now),
    })
}

/// One check; `None` if there is none or this member of staff may not open it. Writes the reading into the audit log.
pub async fn conflict(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<ConflictPage>> {
    let reference = reference.trim().to_uppercase();
    let mut tx = context.store.write().await?;
    let Some(row) = tx.conflict_case(&reference).await? else {
        return Ok(None);
    };
    let clinic = ClinicId(row.clinic_id.clone());
    if !may_open(standing, &clinic, row.lead_only) {
        return Ok(None);
    }
    let matter = row.appointment_id.or(row.request_id).unwrap_or(row.id);
    let names = names_of(&mut *tx, context, row.id).await?;
    let found = suggestions(&mut *tx, context, &row.clinic_id, matter, &names).await?;
    let (subject, nothing) = (("conflict", row.id), String::new());
    Actor::Staff(standing.staff.0)
        .note(&mut *tx, context, "read", subject, &row.clinic_id, nothing)
        .await?;
    tx.commit().await?;
    page(context, standing, &row, &names, &found).map(Some)
}

fn page(
    context: &Context,
    standing: &Standing,
    row: &ConflictCaseRow,
    names: &[(Side, String)],
    found: &[Suggestion],
) -> Stored<ConflictPage> {
    let clinic = ClinicId(row.clinic_id.clone());
    let others = may_see_other_clients(standing, &clinic);
    let waiting = row.state == "waiting";
    let decides = waiting && may_decide(standing, &clinic, row.lead_only);
    let why = row.reason.as_deref();
    Ok(ConflictPage {
        case: line(row, found.len(), context.now())?,
        names: names
            .iter()
            .map(|(side, name)| named(*side, name))
            .collect(),
        matches: found.iter().map(|one| a_match(one, others)).collect(),
        others_hidden: !others,
        seen: seen(context, found)?,
        can_decide: decides,
        can_send: decides && !row.lead_only,
        decided: decided(row)?,
        decided_why: why
            .map(|sealed| context.unseal(REASON, sealed))
            .transpose()?
            .unwrap_or_default(),
        ..ConflictPage::default()
    })
}

fn decided(row: &ConflictCaseRow) -> Stored<String> {
    let (Some(name), Some(at)) = (&row.decided_by_name, row.decided_at) else {
        return Ok(String::new());
    };
    let at = time::moment(instant(at)?);
    Ok(t_with(
        "conflict-decided-by",
        &[("name", name.clone().into()), ("at", at.into())],
    ))
}

fn named(side: Side, name: &str) -> ConflictName {
    ConflictName {
        name: name.to_owned(),
        side: side.as_str().to_owned(),
        another_script: Name::read(name).in_another_script(),
    }
}

fn a_match(one: &Suggestion, others: bool) -> ConflictMatch {
    let common = ConflictMatch {
        given: named(one.side, &one.given),
        against: one.concern == Concern::Against,
        ..ConflictMatch::default()
    };
    let shown = |text: &str| {
        if others {
            text.to_owned()
        } else {
            String::new()
        }
    };
    match &one.other {
        Other::Elsewhere => ConflictMatch {
            elsewhere: true,
            ..common
        },
        Other::Here {
            name,
            reference,
            side,
            like,
        } => ConflictMatch {
            // The reference would lead to the name.
            other: shown(name),
            reference: shown(reference),
            other_side: side.as_str().to_owned(),
            why: like.reason.as_str().to_owned(),
            ..common
        },
    }
}
