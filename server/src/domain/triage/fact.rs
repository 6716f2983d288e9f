//! What the answers establish besides the outcome: the facts that choose services, rooms and lengths. Which
//! answer sets which fact is written in the pack, never here.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::ids::ServiceId;
use crate::domain::schedule::{Feature, Mode};

/// Whom the client would rather be seen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdviserGender {
    /// A man.
    Man,
    /// A woman.
    Woman,
}

/// Facts about the meeting this person needs. Each starts at "nothing asked for".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one person, not states of a machine"
)]
pub struct Facts {
    /// They have used this clinic before: follow-up lengths are offered.
    pub returning: bool,
    /// They ask on behalf of a business or a group.
    pub organisation: bool,
    /// How they want to meet; `None` for any way.
    pub mode: Option<Mode>,
    /// They need to meet by telephone or video to take part.
    pub remote: bool,
    /// What the room has to offer.
    pub access: BTreeSet<Feature>,
    /// They need help to see.
    pub sight: bool,
    /// They want to bring somebody.
    pub bring_someone: bool,
    /// They need somebody to help them talk or sign.
    pub interpreter: bool,
    /// The language they like to use, as typed; empty if not asked.
    pub language: String,
    /// Extra length of the meeting, as a percentage of the service's minutes.
    pub extra_time_percent: u32,
    /// Only these services suit; empty for any service of the clinic.
    pub services: BTreeSet<ServiceId>,
    /// What it is about, as the value of an option; empty if the clinic does not ask.
    pub topic: String,
    /// Only the clinic lead may decide: the university is on the other side.
    pub lead_only: bool,
    /// Whether it is safe to mail or call has to be asked, whatever else they say: they may be watched.
    pub force_safe_contact: bool,
    /// Whom they would rather be seen by; `None` if they don't mind.
    pub adviser_gender: Option<AdviserGender>,
    /// They want a third person of the clinic in the room.
    pub chaperone: bool,
}

impl Facts {
    /// Adds what another answer establishes. A later choice of mode or adviser replaces an earlier one;
    /// nothing else is undone.
    pub fn merge(&mut self, other: &Self) {
        self.returning |= other.returning;
        self.organisation |= other.organisation;
        self.mode = other.mode.or(self.mode);
        self.remote |= other.remote;
        self.access.extend(other.access.iter().copied());
        self.sight |= other.sight;
        self.bring_someone |= other.bring_someone;
        self.interpreter |= other.interpreter;
        if !other.language.is_empty() {
            self.language.clone_from(&other.language);
        }
        self.extra_time_percent = self.extra_time_percent.max(other.extra_time_percent);
        self.services.extend(other.services.iter().cloned());
        if !other.topic.is_empty() {
            self.topic.clone_from(&other.topic);
        }
        self.lead_only |= other.lead_only;
        self.force_safe_contact |= other.force_safe_contact;
        self.adviser_gender = other.adviser_gender.or(self.adviser_gender);
        self.chaperone |= other.chaperone;
    }

    /// The ways to meet that suit. What they chose outright counts before what follows from an access need.
    #[must_use]
    pub fn modes(&self) -> Vec<Mode> {
        match (self.mode, self.remote) {
            (Some(mode), _) => vec![mode],
            (None, true) => vec![Mode::Phone, Mode::Video],
            (None, false) => vec![Mode::InPerson, Mode::Phone, Mode::Video],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_mode_counts_before_an_access_need() {
        let mut facts = Facts {
            remote: true,
            ..Facts::default()
        };
        assert_eq!(facts.modes(), [Mode::Phone, Mode::Video]);
        facts.mode = Some(Mode::InPerson);
        assert_eq!(facts.modes(), [Mode::InPerson]);
        assert_eq!(Facts::default().modes().len(), 3);
    }

    #[test]
    fn merging_never_takes_a_need_away() {
        let mut facts = Facts {
            interpreter: true,
            extra_time_percent: 50,
            language: "Somali".to_owned(),
            access: BTreeSet::from([Feature::Quiet]),
            ..Facts::default()
        };
        let before = facts.clone();
        facts.merge(&Facts::default());
        assert_eq!(facts, before);
    }
}
