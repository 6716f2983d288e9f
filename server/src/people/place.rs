//! Who an account is in the calendar: a person whom sessions and meetings are planned with, or nobody.
//!
//! Promises: a person of the calendar has one account at most; whoever is already in the calendar by the same name is not
//! made a second time, since the rule that nobody is in two meetings at once holds for a person, not for a name; each
//! change is a line of the audit log, by ids.

use uuid::Uuid;

use super::Refusal;
use crate::auth::session::note_by;
use crate::booking::Actor;
use crate::context::Context;
use crate::domain::access::{Action, Role, Standing, may};
use crate::domain::ids::ClinicId;
use crate::store::{MemberRow, Records, ResourceRow, RoleRow, Stored};

/// Who somebody is to be in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What their role asks for: advisers and supervisors are in the calendar, nobody else is.
    ByRole,
    /// Nobody.
    Nobody,
    /// The person of their name whom no account has, or a new one.
    Named,
    /// A person who is there.
    Known(Uuid),
}

impl Place {
    /// Read back from a form: `role`, `nobody`, `named`, or the person's id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "role" => Some(Self::ByRole),
            "nobody" => Some(Self::Nobody),
            "named" => Some(Self::Named),
            id => Uuid::parse_str(id).ok().map(Self::Known),
        }
    }

    /// What it comes to for whoever has this role.
    #[must_use]
    pub fn for_role(self, role: Role) -> Self {
        match self {
            Self::ByRole if is_planned(role) => Self::Named,
            Self::ByRole => Self::Nobody,
            other => other,
        }
    }
}

/// Whether people of this role take part in meetings.
fn is_planned(role: Role) -> bool {
    matches!(role, Role::Adviser | Role::Supervisor)
}

/// Whether somebody may say who an account with these roles is: they have to do with the people of every clinic in which
/// it has a role. What a place shows is the person's own meetings in all of them.
#[must_use]
pub fn may_place(by: &Standing, held: &[RoleRow]) -> bool {
    by.runs_installation() || !held.is_empty() && held.iter().all(|row| edits(by, &row.clinic_id))
}

/// Whether somebody has to do with the people of a clinic.
fn edits(by: &Standing, clinic: &str) -> bool {
    let clinic = ClinicId(clinic.to_owned());
    may(by, Action::EditPeople, Some(&clinic))
}

/// The people in the calendars that somebody has to do with, and whom no account has; by name.
pub async fn free(tx: &mut dyn Records, by: &Standing) -> Stored<Vec<MemberRow>> {
    let taken = tx.places().await?;
    let mut all: Vec<MemberRow> = Vec::new();
    if by.runs_installation() {
        all = tx.members(None).await?;
    } else {
        for clinic in by.clinics_for(Action::EditPeople) {
            all.extend(tx.members(Some(clinic.as_str())).await?);
        }
    }
    all.retain(|one| {
        one.kind == "person" && one.active && !taken.iter().any(|(id, _)| *id == one.id)
    });
    all.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    all.dedup_by_key(|one| one.id);
    Ok(all)
}

/// The clinics on whose lists somebody with these roles belongs.
pub(super) fn lists(held: &[RoleRow]) -> Vec<String> {
    let planned = |row: &&RoleRow| row.role.parse().is_ok_and(is_planned);
    let clinic = |row: &RoleRow| row.clinic_id.clone();
    let mut all: Vec<String> = held.iter().filter(planned).map(clinic).collect();
    if all.is_empty() {
        all = held.iter().map(clinic).collect();
    }
    all.retain(|clinic| !clinic.is_empty());
    all.sort();
    all.dedup();
    all
}

/// The account whose place it is.
pub(super) struct Whose<'a> {
    pub id: Uuid,
    pub name: &'a str,
    /// The clinics on whose lists they are then.
    pub clinics: &'a [String],
}

/// Writes who an account is in the calendar, out of those who are free. `known`: whom `by` may choose.
pub(super) async fn settle(
    tx: &mut dyn Records,
    context: &Context,
    by: Actor,
    whose: &Whose<'_>,
    place: Place,
    known: &[MemberRow],
) -> Result<(), Refusal> {
    let resource = match place {
        Place::ByRole | Place::Nobody => None,
        Place::Named => Some(named(tx, context, by, whose, known).await?),
        Place::Known(id) if known.iter().any(|one| one.id == id) => Some(id),
        Place::Known(_) => return Err(Refusal::Place),
    };
    if let Some(id) = resource {
        // Of two accounts that would be the same person the second waits here and is then told.
        tx.lock_member(id).await?;
        if tx.places().await?.iter().any(|(taken, _)| *taken == id) {
            return Err(Refusal::Place);
        }
        for clinic in whose.clinics {
            tx.list_member(clinic, id).await?;
        }
    }
    tx.set_place(whose.id, resource).await?;
    let action = if resource.is_some() {
        "staff_placed"
    } else {
        "staff_unplaced"
    };
    let detail = resource.map(|id| id.to_string()).unwrap_or_default();
    match by {
        Actor::Staff(by) => {
            note_by(tx, context, by, whose.id, action, Some(("", &detail))).await?;
        }
        other => {
            let subject = ("staff", whose.id);
            other.note(tx, context, action, subject, "", detail).await?;
        }
    }
    Ok(())
}

/// The free person of this name in one of the clinics, or a new one.
async fn named(
    tx: &mut dyn Records,
    context: &Context,
    by: Actor,
    whose: &Whose<'_>,
    known: &[MemberRow],
) -> Result<Uuid, Refusal> {
    let Some(clinic) = whose.clinics.first() else {
        return Err(Refusal::Place);
    };
    for clinic in whose.clinics {
        let own = tx.members(Some(clinic)).await?;
        let same = |one: &&MemberRow| one.name == whose.name && known.contains(one);
        if let Some(found) = own.iter().find(same) {
            return Ok(found.id);
        }
    }
    let row = ResourceRow {
        id: context.id(),
        kind: "person".to_owned(),
        name: whose.name.to_owned(),
        features: String::new(),
        active: true,
    };
    tx.put_resource(&row, &[]).await?;
    let subject = ("resource", row.id);
    by.note(tx, context, "person_added", subject, clinic, String::new())
        .await?;
    Ok(row.id)
}

/// The same for an account that somebody makes on the machine itself: they may choose everybody.
pub async fn settle_new(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    name: &str,
    clinic: &str,
    place: Place,
) -> Result<(), Refusal> {
    let taken = tx.places().await?;
    let mut known = tx.members(None).await?;
    known.retain(|one| {
        one.kind == "person" && one.active && !taken.iter().any(|(id, _)| *id == one.id)
    });
    let clinics: Vec<String> = (!clinic.is_empty())
        .then(|| clinic.to_owned())
        .into_iter()
        .collect();
    let whose = Whose {
        id: staff,
        name,
        clinics: &clinics,
    };
    settle(tx, context, Actor::System, &whose, place, &known).await
}
