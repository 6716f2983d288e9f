//! `/staff/requests`: the cases that wait for a person, the earliest deadline first.

use app::text::{t, t_with};
use app::view::{Requests, StaffRequest};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::rows::{Seen, age, clinic, instant, telephone, withheld_name};
use super::withheld::Withheld;
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::time;
use crate::store::{Records, RequestRow, Stored};

/// The queue of this member of staff's clinics.
pub async fn requests(context: &Context, standing: &Standing) -> Stored<Requests> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let rows = waiting(&mut *tx, standing).await?;
    let withheld = Withheld::requests(&mut *tx, standing).await?;
    let requests = rows.into_iter().map(|row| {
        let hidden = withheld.hides_request(&row);
        case(row, now, hidden)
    });
    Ok(Requests {
        requests: requests.collect::<Stored<_>>()?,
    })
}

/// The request to change by this reference, if this member of staff may see it. The caller asks whether they may change it.
pub async fn request_target(
    context: &Context,
    standing: &Standing,
    reference: &str,
) -> Stored<Option<RequestRow>> {
    let seen = Seen::by(standing, Action::SeeRequests);
    let mut tx = context.store.read().await?;
    let Some(id) = tx.request_id(&reference.trim().to_uppercase()).await? else {
        return Ok(None);
    };
    let row = tx.request(id).await?;
    Ok(row.filter(|row| seen.has(&row.clinic_id)))
}

/// The open requests this member of staff may see. One query.
pub(super) async fn waiting(tx: &mut dyn Records, standing: &Standing) -> Stored<Vec<RequestRow>> {
    let seen = Seen::by(standing, Action::SeeRequests);
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = tx.open_requests(seen.only()).await?;
    rows.retain(|row| seen.has(&row.clinic_id));
    Ok(rows)
}

fn case(row: RequestRow, now: DateTime<Utc>, hidden: bool) -> Stored<StaffRequest> {
    let respond_by = instant(row.respond_by)?;
    let today = time::local_date(now);
    let name = if hidden {
        withheld_name(&row.reference)
    } else {
        row.client_name
    };
    Ok(StaffRequest {
        reference: row.reference,
        clinic: clinic(&row.clinic_id, &row.clinic_name),
        client: name,
        phone: row
            .phone
            .filter(|_| !hidden)
            .map(|phone| telephone(&phone))
            .unwrap_or_default(),
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
