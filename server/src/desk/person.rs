//! Who is signed in, in words, for the rail of every staff page.

use app::text::{t, t_with};
use app::view::{ClinicRef, StaffRef};

use super::rail;
use super::rows::clinic;
use crate::domain::access::{Action, Grant, Standing};
use crate::store::{ClinicRow, StaffRow};

/// Name, roles ("Supervisor, Law clinic"), and the clinics whose calendar they may open, in the order
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
    let roles: Vec<String> = standing
        .grants
        .iter()
        .map(|grant| role(grant, clinics))
        .collect();
    StaffRef {
        name: staff.name.clone(),
        roles: roles.join("; "),
        clinics: clinics_seen,
        entries: rail(standing, conflicts),
        finds: !standing.clinics_for(Action::SeeAppointment).is_empty(),
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
