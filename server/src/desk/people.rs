//! `/staff/people`: who belongs to the clinics of this member of staff, with their roles and ends.
//!
//! Promises: of somebody who works in other clinics too only the roles show that the reader's own clinics gave; the
//! administrator sees all.

use app::text::t;
use app::view::accounts::{HeldRole, Invite, People as Page, Person, PersonPage, Seat};
use app::view::{Choice, ClinicRef};
use uuid::Uuid;

use super::account::held;
use super::person::role_in;
use crate::context::Context;
use crate::domain::access::{Action, Role, Standing, may, may_grant};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::people::{answers_for, free, may_place, seen};
use crate::store::{ClinicRow, MemberRow, PersonRow, Records, RoleRow, Stored};

/// The list.
pub type People = Page;

/// Everybody in the clinic asked for (empty: the first, or all for the administrator); `None` if this member of staff
/// has nothing to do with the people there.
pub async fn people(context: &Context, standing: &Standing, asked: &str) -> Stored<Option<People>> {
    let mut tx = context.store.read().await?;
    let clinics = tx.clinics().await?;
    let all = standing.runs_installation();
    let shown: Vec<&ClinicRow> = clinics
        .iter()
        .filter(|row| edits(standing, &row.id))
        .collect();
    let clinic = if asked.is_empty() && all {
        String::new()
    } else {
        let found = shown.iter().find(|row| asked.is_empty() || row.id == asked);
        let Some(found) = found else { return Ok(None) };
        found.id.clone()
    };
    let only = Some(clinic.as_str()).filter(|clinic| !clinic.is_empty());
    let rows = tx.people(only).await?;
    let free = free(&mut *tx, standing).await?;
    Ok(Some(People {
        clinics: shown
            .iter()
            .map(|row| ClinicRef {
                id: row.id.clone(),
                name: row.name.clone(),
            })
            .collect(),
        all,
        clinic,
        people: gathered(context, standing, &rows, &clinics),
        invite: Invite {
            roles: grantable(standing, &clinics),
            places: places("role", &["role", "nobody"], &free),
            ..Invite::default()
        },
        done: String::new(),
    }))
}

fn edits(standing: &Standing, clinic: &str) -> bool {
    may(
        standing,
        Action::EditPeople,
        Some(&ClinicId(clinic.to_owned())),
    )
}

/// One person; `None` if there is none, or they are in no clinic of this member of staff.
pub async fn person(
    context: &Context,
    standing: &Standing,
    id: Uuid,
) -> Stored<Option<PersonPage>> {
    let mut tx = context.store.read().await?;
    let clinics = tx.clinics().await?;
    let rows = tx.people(None).await?;
    let rows: Vec<PersonRow> = rows.into_iter().filter(|row| row.id == id).collect();
    let held = tx.held_roles(id).await?;
    let known = held.iter().any(|row| edits(standing, &row.clinic_id));
    if rows.is_empty() || !(known || standing.runs_installation()) {
        return Ok(None);
    }
    let Some(person) = gathered(context, standing, &rows, &clinics).pop() else {
        return Ok(None);
    };
    let answers = answers_for(standing, &held);
    let own = standing.staff.0 == id;
    let seat = seat(&mut *tx, standing, id, &held).await?;
    Ok(Some(PersonPage {
        person,
        seat,
        seen: seen(&mut *tx, id).await?,
        overtaken: false,
        grant: Invite {
            roles: grantable(standing, &clinics),
            ..Invite::default()
        },
        may_end: answers && !own,
        may_invite: answers,
        may_reset: answers && !own,
        own,
    }))
}

/// Who this account is in the calendar, and whom it may be.
async fn seat(
    tx: &mut dyn Records,
    standing: &Standing,
    id: Uuid,
    held: &[RoleRow],
) -> Stored<Seat> {
    let own = tx.staff(id).await?.and_then(|row| row.resource_id);
    let all = match own {
        Some(_) => tx.members(None).await?,
        None => Vec::new(),
    };
    let own = all.into_iter().find(|one| Some(one.id) == own);
    let name = own.as_ref().map(|one| one.name.clone());
    let choices = if may_place(standing, held) {
        let now = own.as_ref().map(|one| one.id.to_string());
        let mut known: Vec<MemberRow> = own.into_iter().collect();
        known.extend(free(tx, standing).await?);
        places(
            now.as_deref().unwrap_or("nobody"),
            &["nobody", "named"],
            &known,
        )
    } else {
        Vec::new()
    };
    Ok(Seat {
        name: name.unwrap_or_default(),
        choices,
        error: String::new(),
    })
}

/// Whom an account may be in the calendar.
fn places(chosen: &str, words: &[&str], known: &[MemberRow]) -> Vec<Choice> {
    let one = |value: String, label: String| Choice {
        chosen: value == chosen,
        value,
        label,
        ..Choice::default()
    };
    let words = words
        .iter()
        .map(|word| one((*word).to_owned(), t(&format!("people-place-{word}"))));
    let known = known
        .iter()
        .map(|row| one(row.id.to_string(), row.name.clone()));
    words.chain(known).collect()
}

/// One entry a person, from one row a role.
fn gathered(
    context: &Context,
    standing: &Standing,
    rows: &[PersonRow],
    clinics: &[ClinicRow],
) -> Vec<Person> {
    let today = time::local_date(context.now());
    let mut all: Vec<Person> = Vec::new();
    for row in rows {
        let id = row.id.to_string();
        if all.last().is_none_or(|last| last.id != id) {
            all.push(Person {
                id,
                name: row.name.clone(),
                email: row.email.clone(),
                state: state(row).to_owned(),
                second_factor: row.has_second_factor,
                mail_failed: row.mail_failed,
                roles: Vec::new(),
            });
        }
        let (Some(role), Some(clinic)) = (&row.role, &row.clinic_id) else {
            continue;
        };
        if !standing.runs_installation() && !edits(standing, clinic) {
            continue;
        }
        let role = RoleRow {
            role: role.clone(),
            clinic_id: clinic.clone(),
            access_until: row.access_until,
        };
        if let Some(last) = all.last_mut() {
            last.roles.push(HeldRole {
                may_change: grants(standing, &role),
                ..held(&role, clinics, today)
            });
        }
    }
    all
}

fn grants(standing: &Standing, row: &RoleRow) -> bool {
    let clinic = (!row.clinic_id.is_empty()).then(|| ClinicId(row.clinic_id.clone()));
    row.role
        .parse()
        .is_ok_and(|role| may_grant(standing, role, clinic.as_ref()))
}

fn state(row: &PersonRow) -> &'static str {
    match (row.active, row.has_password) {
        (false, _) => "ended",
        (true, false) => "invited",
        (true, true) => "active",
    }
}

/// The roles that somebody may give, as `{role}@{clinic}`.
fn grantable(standing: &Standing, clinics: &[ClinicRow]) -> Vec<Choice> {
    let mut all = Vec::new();
    let mut add = |role: Role, clinic: &str| {
        all.push(Choice {
            value: format!("{}@{clinic}", role.as_str()),
            label: role_in(role.as_str(), clinic, clinics),
            ..Choice::default()
        });
    };
    for row in clinics {
        let clinic = ClinicId(row.id.clone());
        for role in Role::ALL {
            if role.belongs_to_a_clinic() && may_grant(standing, role, Some(&clinic)) {
                add(role, &row.id);
            }
        }
    }
    if may_grant(standing, Role::Administrator, None) {
        add(Role::Administrator, "");
    }
    all
}
