//! `/staff/requests`: the cases that wait for a person, the earliest deadline first, and those in which the client has
//! something to do.

use app::text::{t, t_with};
use app::view::{ClinicRef, Requests, StaffRequest};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::own::OwnCases;
use super::rows::{Seen, age, clinic, instant, telephone, withheld_name};
use super::withheld::Withheld;
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::ids::ClinicId;
use crate::domain::sight::{Check, Sight, sight};
use crate::domain::time;
use crate::store::{ClinicRow, Records, RequestRow, Stored};

/// The queue of this member of staff's clinics, or of one of them. A clinic that is none of theirs is an empty queue. Four
/// queries.
pub async fn requests(context: &Context, standing: &Standing, only: &str) -> Stored<Requests> {
    let now = context.now();
    let seen = Seen::by(standing, Action::SeeRequests);
    let mut tx = context.store.read().await?;
    let rows = tx.standing_requests(seen.only()).await?;
    let clinics = tx.clinics().await?;
    let withheld = Withheld::requests(&mut *tx, standing).await?;
    let own = OwnCases::of(&mut *tx, standing).await?;
    let (mut requests, mut with_client) = (Vec::new(), Vec::new());
    for row in rows {
        if !own.reach(&row) || (!only.is_empty() && row.clinic_id != only) {
            continue;
        }
        let shown = shown(standing, &withheld, &row);
        let waits = row.state == "in_review";
        let line = line(row, shown, now)?;
        if waits {
            requests.push(line);
        } else {
            with_client.push(line);
        }
    }
    Ok(Requests {
        requests,
        with_client,
        clinics: named(&clinics, &seen),
        clinic: only.to_owned(),
    })
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
