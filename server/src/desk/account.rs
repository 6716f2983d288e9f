//! `/staff/account`: one's own account.

use app::view::accounts::{Account, HeldRole, Session};

use super::person::role_in;
use super::rows::instant;
use crate::auth::session::open_sessions;
use crate::context::Context;
use crate::domain::time;
use crate::store::{ClinicRow, RoleRow, StaffRow, Stored};

/// The account of whoever is signed in with this token. Secrets that are shown once are the caller's to fill in.
pub async fn account(
    context: &Context,
    staff: &StaffRow,
    token: &str,
    clinics: &[ClinicRow],
) -> Stored<Account> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let roles = tx.held_roles(staff.id).await?;
    let sessions = open_sessions(&mut *tx, staff.id, token, now).await?;
    let feed = tx.feed_of(staff.id).await?;
    Ok(Account {
        name: staff.name.clone(),
        email: staff.email.clone(),
        roles: roles
            .iter()
            .map(|row| held(row, clinics, time::local_date(now)))
            .collect(),
        codes_left: tx.recovery_codes_left(staff.id).await?,
        sessions: sessions
            .into_iter()
            .map(|(row, here)| {
                Ok(Session {
                    started: time::moment(instant(row.started_at)?),
                    seen: time::moment(instant(row.last_seen_at)?),
                    here,
                })
            })
            .collect::<Stored<_>>()?,
        feed_made: match feed {
            Some(at) => time::long_date(time::local_date(instant(at)?)),
            None => String::new(),
        },
        has_calendar: staff.resource_id.is_some(),
        daily_list: tx.wants_daily_list(staff.id).await?,
        ..Account::default()
    })
}

/// A role in words.
pub(super) fn held(row: &RoleRow, clinics: &[ClinicRow], today: chrono::NaiveDate) -> HeldRole {
    HeldRole {
        label: role_in(&row.role, &row.clinic_id, clinics),
        role: row.role.clone(),
        clinic: row.clinic_id.clone(),
        until: row.access_until.map(time::long_date).unwrap_or_default(),
        until_date: row.access_until.map(time::iso_date).unwrap_or_default(),
        ended: row.access_until.is_some_and(|last| last < today),
        may_change: false,
    }
}
