//! `/staff/requests`: the cases that wait for a person, the earliest deadline first, and those in which the client has
//! something to do.

use app::text::{t, t_with};
use app::view::{Choice, ClinicRef, RequestGroup, Requests, StaffRequest};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::audit::note_list;
use super::own::OwnCases;
use super::rows::{Seen, age, clinic, instant, telephone, withheld_name};
use super::withheld::Withheld;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::queue::{Group, group};
use crate::domain::sight::{Check, Sight, sight};
use crate::domain::time;
use crate::store::{ClinicRow, Records, RequestRow, Stored, SupervisorRow};

/// The queue of this member of staff's clinics, or of one of them, in groups. A clinic that is none of theirs is an empty
/// queue. Four queries; which cases it showed is a line of the audit log.
pub async fn requests(context: &Context, standing: &Standing, only: &str) -> Stored<Requests> {
    let now = context.now();
    let seen = Seen::by(standing, Action::SeeRequests);
    let mut tx = context.store.read().await?;
    let rows = tx.standing_requests(seen.only()).await?;
    let clinics = tx.clinics().await?;
    let supervisors = tx.supervisors().await?;
    let withheld = Withheld::requests(&mut *tx, standing).await?;
    let own = OwnCases::of(&mut *tx, standing).await?;
    let mut lines: Vec<(Group, i64, StaffRequest)> = Vec::new();
    for row in rows {
        if !own.reach(&row) || (!only.is_empty() && row.clinic_id != only) {
            continue;
        }
        let respond_by = instant(row.respond_by)?;
        let Some(group) = group(crate::review::state(&row)?, respond_by, now) else {
            continue;
        };
        let shown = shown(standing, &withheld, &row);
        let give_to = give_to(standing, &row, &supervisors);
        let created = row.created_at;
        let line = StaffRequest {
            give_to,
            ..line(row, shown, now)?
        };
        lines.push((group, created, line));
    }
    let waiting = super::waiting::lines_of(&mut *tx, context, standing, only).await?;
    drop(tx);
    let listed = lines
        .iter()
        .map(|(_, _, one)| (one.clinic.id.clone(), one.reference.clone()));
    note_list(context, standing, "requests", listed).await?;
    let listed = waiting
        .iter()
        .map(|one| (one.clinic.id.clone(), one.reference.clone()));
    note_list(context, standing, "waiting", listed).await?;
    Ok(Requests {
        groups: grouped(lines, now)?,
        waiting,
        clinics: named(&clinics, &seen),
        clinic: only.to_owned(),
    })
}

/// The groups that have a case, in the order to work them.
fn grouped(
    mut lines: Vec<(Group, i64, StaffRequest)>,
    now: DateTime<Utc>,
) -> Stored<Vec<RequestGroup>> {
    let mut groups = Vec::new();
    for group in Group::ALL {
        let own: Vec<_> = lines.extract_if(.., |(of, _, _)| *of == group).collect();
        let Some(oldest) = own.iter().map(|(_, created, _)| *created).min() else {
            continue;
        };
        groups.push(RequestGroup {
            name: group.as_str().to_owned(),
            ours: group.is_ours(),
            oldest: age(instant(oldest)?, now),
            requests: own.into_iter().map(|(_, _, line)| line).collect(),
        });
    }
    Ok(groups)
}

/// The supervisors of a case's clinic, for whoever may say which of them has it. Whoever has it now is among them.
fn give_to(standing: &Standing, row: &RequestRow, supervisors: &[SupervisorRow]) -> Vec<Choice> {
    let clinic = ClinicId(row.clinic_id.clone());
    if !may(standing, Action::AssignRequest, Some(&clinic)) {
        return Vec::new();
    }
    let own = supervisors
        .iter()
        .filter(|one| one.clinic_id == row.clinic_id);
    let mut all: Vec<(Uuid, String)> = own.map(|one| (one.id, one.name.clone())).collect();
    if let (Some(id), Some(name)) = (row.assigned_to, &row.assigned_name)
        && !all.iter().any(|(own, _)| *own == id)
    {
        all.push((id, name.clone()));
    }
    all.into_iter()
        .map(|(id, name)| Choice {
            value: id.to_string(),
            label: name,
            chosen: row.assigned_to == Some(id),
            ..Choice::default()
        })
        .collect()
}

/// The request to change by this reference, if this member of staff may see it. The caller asks whether they may change it.
pub async fn request_target(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<RequestRow>> {
    let mut tx = context.store.read().await?;
    let Some(id) = tx.request_id(&reference.trim().to_uppercase()).await? else {
        return Ok(None);
    };
    let row = tx.request(id).await?;
    let own = OwnCases::of(&mut *tx, standing).await?;
    Ok(row.filter(|row| own.reach(row)))
}

fn named(clinics: &[ClinicRow], seen: &Seen<'_>) -> Vec<ClinicRef> {
    let own = clinics.iter().filter(|row| seen.has(&row.id));
    own.map(|row| clinic(&row.id, &row.name)).collect()
}

/// The open requests this member of staff may see. Two queries.
pub(super) async fn waiting(tx: &mut dyn Records, standing: &Standing) -> Stored<Vec<RequestRow>> {
    let seen = Seen::by(standing, Action::SeeRequests);
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = tx.open_requests(seen.only()).await?;
    let own = OwnCases::of(tx, standing).await?;
    rows.retain(|row| own.reach(row));
    Ok(rows)
}

/// What this member of staff sees of a case. Every page about cases asks here and nowhere else.
pub(super) fn shown(standing: &Standing, withheld: &Withheld<'_>, row: &RequestRow) -> Sight {
    let check = if withheld.uncleared(row.id) {
        Check::Waits
    } else {
        Check::Cleared
    };
    sight(standing, &ClinicId(row.clinic_id.clone()), check)
}

/// One line of the queue.
pub(super) fn line(row: RequestRow, shown: Sight, now: DateTime<Utc>) -> Stored<StaffRequest> {
    let respond_by = instant(row.respond_by)?;
    let today = time::local_date(now);
    let (client, phone) = if shown.person {
        (
            row.client_name,
            row.phone.as_deref().map(telephone).unwrap_or_default(),
        )
    } else {
        (withheld_name(&row.reference), String::new())
    };
    Ok(StaffRequest {
        reference: row.reference,
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        client,
        phone,
        urgent: row.priority.is_some(),
        deadline: row.deadline.map(time::long_date).unwrap_or_default(),
        deadline_in: row
            .deadline
            .map(|date| distance(today, date))
            .unwrap_or_default(),
        reasons: reasons(&row.assessment),
        respond_by: time::moment(respond_by),
        overdue: respond_by < now,
        age: age(instant(row.created_at)?, now),
        stop_shown: row.stop_shown,
        state: row.state,
        assigned: row.assigned_name.unwrap_or_default(),
        prepared: row.prepared,
        give_to: Vec::new(),
    })
}

/// "in 9 days", "today", "3 days ago".
fn distance(today: NaiveDate, date: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => t("staff-deadline-today"),
        days if days < 0 => t_with("staff-deadline-past", &[("count", (-days).into())]),
        days => t_with("staff-deadline-in", &[("count", days.into())]),
    }
}

/// Why staff were asked. Stored by this or an earlier version: one case that cannot be read must not
/// close the queue.
fn reasons(assessment: &str) -> Vec<String> {
    #[derive(Deserialize, Default)]
    struct Stored {
        #[serde(default)]
        reasons: Vec<Reason>,
    }
    #[derive(Deserialize)]
    struct Reason {
        text: String,
    }
    let stored: Stored = serde_json::from_str(assessment).unwrap_or_default();
    stored
        .reasons
        .into_iter()
        .map(|reason| reason.text)
        .collect()
}
