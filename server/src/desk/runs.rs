//! Parts of today's page that are only for some: what whoever runs the installation looks after, and the conflict checks
//! that wait. Names no client.

use std::collections::BTreeMap;

use app::view::runs::{Checks, RunClinic, RunPerson, Runs, Without};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::messages::worked;
use super::rows::{Seen, clinic};
use crate::domain::access::{Action, Standing};
use crate::domain::conflict::may_open;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{PersonRow, Records, Stored};

/// How long before its end an access shows.
const SOON: TimeDelta = TimeDelta::weeks(4);

/// What this member of staff may not see of today's page.
pub(super) fn without(standing: &Standing) -> Without {
    Without {
        calls: Seen::by(standing, Action::SeeCalls).is_empty(),
        requests: Seen::by(standing, Action::SeeRequests).is_empty(),
    }
}

/// The checks that wait, of those that this member of staff may open; `None` for who has nothing to do with them.
pub(super) async fn checks(
    tx: &mut dyn Records,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Stored<Option<Checks>> {
    let seen = Seen::by(standing, Action::SeeConflicts);
    if seen.is_empty() || !super::checks_conflicts(tx, standing).await? {
        return Ok(None);
    }
    let now = now.timestamp();
    let rows = tx.conflict_cases(seen.only(), now).await?;
    let waiting = rows.iter().filter(|row| {
        row.state == "waiting"
            && may_open(standing, &ClinicId(row.clinic_id.clone()), row.lead_only)
    });
    Ok(Some(Checks {
        waiting: waiting.clone().count(),
        overdue: waiting.filter(|row| row.due_at < now).count(),
    }))
}

/// Clinics, people and the work behind the scenes; `None` for everybody else.
pub(super) async fn runs(
    tx: &mut dyn Records,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Stored<Option<Runs>> {
    if !standing.runs_installation() {
        return Ok(None);
    }
    let people = tx.people(None).await?;
    let manages = |row: &PersonRow, clinic: &str| {
        let role = row.role.as_deref().unwrap_or_default();
        row.active
            && row.clinic_id.as_deref() == Some(clinic)
            && matches!(role, "manager" | "supervisor")
    };
    let clinics = tx.clinics().await?;
    let work = tx.last_rounds().await?;
    Ok(Some(Runs {
        clinics: clinics
            .iter()
            .map(|one| RunClinic {
                clinic: clinic(&one.id, &one.name),
                enabled: one.enabled,
                has_manager: people.iter().any(|row| manages(row, &one.id)),
            })
            .collect(),
        no_second_factor: once(&people, |row| row.has_password && !row.has_second_factor),
        ending: ending(&people, now),
        work: work
            .iter()
            .map(|round| worked(round, now))
            .collect::<Stored<_>>()?,
    }))
}

/// Those who may sign in and of whom `so` is true, each once.
fn once(people: &[PersonRow], so: impl Fn(&PersonRow) -> bool) -> Vec<RunPerson> {
    let mut all: Vec<RunPerson> = Vec::new();
    for row in people.iter().filter(|row| row.active && so(row)) {
        let id = row.id.to_string();
        if all.iter().all(|known| known.id != id) {
            all.push(RunPerson {
                id,
                name: row.name.clone(),
                ends: String::new(),
            });
        }
    }
    all
}

/// Those of whose roles one ends soon, the first to end first.
fn ending(people: &[PersonRow], now: DateTime<Utc>) -> Vec<RunPerson> {
    let (today, soon) = (time::local_date(now), time::local_date(now + SOON));
    let mut first: BTreeMap<Uuid, chrono::NaiveDate> = BTreeMap::new();
    for row in people.iter().filter(|row| row.active) {
        if let Some(until) = row.access_until.filter(|day| *day >= today && *day <= soon) {
            let known = first.entry(row.id).or_insert(until);
            *known = until.min(*known);
        }
    }
    let mut all: Vec<(chrono::NaiveDate, RunPerson)> =
        once(people, |row| first.contains_key(&row.id))
            .into_iter()
            .filter_map(|person| {
                let id = Uuid::parse_str(&person.id).ok()?;
                let until = *first.get(&id)?;
                let ends = time::long_date(until);
                Some((until, RunPerson { ends, ..person }))
            })
            .collect();
    all.sort_by_key(|(until, _)| *until);
    all.into_iter().map(|(_, person)| person).collect()
}
