//! What of a case is shown to whom: the one place that says so.
//!
//! Promises: where a clinic checks for conflicts of interest, students see neither names nor story until that check is
//! cleared (the duty of confidence, SRA Code of Conduct paragraph 6.3). Does not say which clinics somebody belongs to:
//! `domain::access` does, and is asked first.

use super::access::{Action, Standing, may};
use super::ids::ClinicId;

/// The conflict check of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The clinic makes none.
    None,
    /// Not cleared yet.
    Waits,
    /// Cleared.
    Cleared,
}

/// What somebody may see of a case that they may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Who the client is, how to reach them, and whom they name.
    pub person: bool,
    /// What they wrote in their own words.
    pub story: bool,
}

/// What this member of staff may see of a case of `clinic`. Whoever answers for it sees who it is; the story is read by
/// nobody before the check is cleared, and by all of them after.
#[must_use]
pub fn sight(staff: &Standing, clinic: &ClinicId, check: Check) -> Sight {
    let decides = may(staff, Action::DecideRequest, Some(clinic));
    let rings = may(staff, Action::SeeCalls, Some(clinic));
    let clear = check != Check::Waits;
    Sight {
        // Whoever rings the client has to know whom.
        person: clear || decides || rings,
        story: clear,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::access::{Grant, Role};
    use crate::domain::ids::StaffId;

    #[test]
    fn students_see_no_name_and_no_story_until_the_check_is_cleared() {
        // One row a role: person and story while the check waits; all may see both when it is cleared or there is none.
        for (role, person, story) in [
            (Role::Adviser, false, false),
            (Role::Supervisor, true, false),
            (Role::Manager, true, false),
            (Role::ConflictChecker, false, false),
        ] {
            let staff = Standing {
                staff: StaffId(Uuid::nil()),
                grants: vec![Grant {
                    role,
                    clinic: Some("law".into()),
                }],
            };
            let seen = |check| sight(&staff, &"law".into(), check);
            assert_eq!(seen(Check::Waits), Sight { person, story }, "{role:?}");
            for check in [Check::None, Check::Cleared] {
                assert_eq!(
                    seen(check),
                    Sight {
                        person: true,
                        story: true
                    },
                    "{role:?}"
                );
            }
        }
    }
}
