//! Who is signed in, in words, for the rail of every staff page.

use app::text::{t, t_with};
use app::view::{ClinicRef, StaffRef};

use super::rail;
use super::rows::clinic;
use crate::domain::access::{Action, Grant, Role, Standing};
use crate::store::{ClinicRow, StaffRow};

/// Name, the highest role ("Supervisor, Law clinic and 2 more roles"), and the clinics whose calendar they may open, in the order
/// in which clinics are shown. `conflicts`: whether they have to do with conflict checks.
#[must_use]
pub fn described(
    staff: &StaffRow,
    standing: &Standing,
    clinics: &[ClinicRow],
    conflicts: bool,
) -> StaffRef {
    let may_open = standing.clinics_for(Action::SeeCalendar);
    let shown = clinics
        .iter()
        .filter(|row| may_open.iter().any(|id| id.as_str() == row.id));
    let clinics_seen: Vec<ClinicRef> = shown.map(|row| clinic(&row.id, &row.name)).collect();
    StaffRef {
        name: staff.name.clone(),
        roles: highest(standing, clinics),
        clinics: clinics_seen,
        entries: rail(standing, conflicts),
        finds: !standing.clinics_for(Action::SeeAppointment).is_empty(),
    }
}

/// The role that reaches farthest, and how many there are beside it; all of them stand on the page of one's own account.
fn highest(standing: &Standing, clinics: &[ClinicRow]) -> String {
    let place = |grant: &Grant| {
        let id = grant.clinic.as_ref().map_or("", |id| id.as_str());
        clinics.iter().position(|row| row.id == id)
    };
    let Some(grant) = standing
        .grants
        .iter()
        .min_by_key(|grant| (rank(grant.role), place(grant)))
    else {
        return String::new();
    };
    let first = role(grant, clinics);
    match standing.grants.len() - 1 {
        0 => first,
        count => t_with(
            "staff-role-more",
            &[("first", first.into()), ("count", count.into())],
        ),
    }
}

fn rank(role: Role) -> u8 {
    match role {
        Role::Administrator => 0,
        Role::Supervisor => 1,
        Role::Manager => 2,
        Role::ConflictChecker => 3,
        Role::Adviser => 4,
    }
}

fn role(grant: &Grant, clinics: &[ClinicRow]) -> String {
    let clinic = grant.clinic.as_ref().map_or("", |id| id.as_str());
    role_in(grant.role.as_str(), clinic, clinics)
}

/// "Adviser, Law clinic"; without a clinic "Administrator".
#[must_use]
pub fn role_in(role: &str, clinic: &str, clinics: &[ClinicRow]) -> String {
    let role = t(&format!("staff-role-{}", role.replace('_', "-")));
    if clinic.is_empty() {
        return role;
    }
    let name = clinics
        .iter()
        .find(|row| row.id == clinic)
        .map_or(clinic, |row| row.name.as_str());
    t_with(
        "staff-role-in",
        &[("role", role.into()), ("clinic", name.to_owned().into())],
    )
}
