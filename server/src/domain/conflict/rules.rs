//! Who may see and do what about a case while a conflict check is open. The one place that says so; every page asks here.

use serde::{Deserialize, Serialize};

use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;

/// Whose name it is in its matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The client.
    Client,
    /// A name that the client used before.
    Former,
    /// The client's organisation.
    Organisation,
    /// The other side.
    OtherSide,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 4] = [
        Self::Client,
        Self::Former,
        Self::Organisation,
        Self::OtherSide,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Former => "former",
            Self::Organisation => "organisation",
            Self::OtherSide => "other_side",
        }
    }

    /// The side of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == name)
    }

    /// Whether the clinic would act for this name.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        !matches!(self, Self::OtherSide)
    }
}

/// How grave a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// A client here, the other side there: acting for both may be forbidden (SRA 6.2), and what is known of the one is
    /// confidential (6.3, 6.5).
    Against,
    /// On the same side in both: they may have been here before, or have the same landlord.
    Alike,
}

/// How grave it is that one name stands on side `here` and the other on side `there`.
#[must_use]
pub const fn concern(here: Side, there: Side) -> Concern {
    if here.is_ours() == there.is_ours() {
        Concern::Alike
    } else {
        Concern::Against
    }
}

/// Where a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Nobody has decided.
    Waiting,
    /// The clinic may act.
    Cleared,
    /// The clinic may not act.
    Refused,
    /// The client called it off first.
    Withdrawn,
}

impl CaseState {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Cleared => "cleared",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Cleared, Self::Refused, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// Whether this person may open the check: the conflict checker every one, the clinic's lead those sent to them.
#[must_use]
pub fn may_open(staff: &Standing, clinic: &ClinicId, lead_only: bool) -> bool {
    may(staff, Action::DecideConflict, Some(clinic))
        || (lead_only && may(staff, Action::LeadConflict, Some(clinic)))
}

/// Whether this person may clear or refuse: the conflict checker, and of a check that is the lead's the lead alone.
#[must_use]
pub fn may_decide(staff: &Standing, clinic: &ClinicId, lead_only: bool) -> bool {
    let action = if lead_only {
        Action::LeadConflict
    } else {
        Action::DecideConflict
    };
    may(staff, action, Some(clinic))
}

/// Whether this person may see the names of other clients that a name is like.
#[must_use]
pub fn may_see_other_clients(staff: &Standing, clinic: &ClinicId) -> bool {
    may(staff, Action::DecideConflict, Some(clinic))
}

/// Whether this person may see who the client is. `cleared` is true as well for a clinic that checks no conflicts.
/// Students see no name until then; those who answer for them have to be able to ring the person.
#[must_use]
pub fn may_see_client(staff: &Standing, clinic: &ClinicId, cleared: bool) -> bool {
    let at_all = may(staff, Action::SeeToday, Some(clinic));
    let before = may(staff, Action::CancelAppointment, Some(clinic))
        || may(staff, Action::DecideConflict, Some(clinic));
    at_all && (cleared || before)
}

/// Whether this person may read what happened, in the client's words: nobody until the check is cleared, then those who
/// see the appointment.
#[must_use]
pub fn may_read_story(staff: &Standing, clinic: &ClinicId, cleared: bool) -> bool {
    cleared && may(staff, Action::SeeAppointment, Some(clinic))
}
