//! A pack: all that one clinic asks and concludes, with its settings and the people it can point to.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Condition, Question, QuestionId, Rule, Test};
use crate::domain::ids::ClinicId;

/// What stands in `checked_on` and `checked_by` until somebody has checked.
pub const NOT_YET_CHECKED: &str = "not yet checked";

/// Where something is written, so that a problem can be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct At {
    /// The file's name, such as `law.toml`.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}

/// A signpost's name in pack files, such as `nhs_111`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SignpostId(pub String);

impl std::fmt::Display for SignpostId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A service to turn to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signpost {
    /// Its name in pack files.
    pub id: SignpostId,
    /// Its name for people.
    pub name: String,
    /// As shown, such as "0808 2000 247" or "Text 85258"; empty if none is known.
    pub telephone: String,
    /// Digits for a `tel:` link; empty if there is nothing to ring.
    pub dial: String,
    /// Web address; empty if none.
    pub url: String,
    /// When it answers; empty if not known.
    pub hours: String,
    /// What it is for.
    pub why: String,
    /// The date somebody checked it (`YYYY-MM-DD`), or [`NOT_YET_CHECKED`].
    pub checked_on: String,
    /// Who checked it, or [`NOT_YET_CHECKED`].
    pub checked_by: String,
    /// Where it is written.
    #[serde(skip)]
    pub at: At,
}

/// A setting of a clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// On or off.
    Flag(bool),
    /// A number, such as days.
    Number(i64),
    /// Words.
    Text(String),
}

/// The settings of a clinic: the shared ones, replaced where the clinic has its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings(pub BTreeMap<String, Setting>);

impl Settings {
    /// Whether a setting is on. One that is not there is off.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Setting::Flag(true)))
    }

    /// A number, such as `urgent_days`.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(Setting::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Words; empty if there are none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        match self.0.get(name) {
            Some(Setting::Text(text)) => text,
            _ => "",
        }
    }
}

/// The questions and rules of one clinic, the shared ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The clinic.
    pub clinic: ClinicId,
    /// A digest of all that it was read from: stored results keep it.
    pub version: String,
    /// In asking order: safety questions, then the others; in each part the shared ones first.
    pub questions: Vec<Question>,
    /// In asking order of their questions.
    pub rules: Vec<Rule>,
    /// The clinic's settings.
    pub settings: Settings,
    /// Who this clinic points to when it is not the right place.
    pub elsewhere: Vec<SignpostId>,
    /// Everybody a rule may point to.
    pub signposts: Arc<BTreeMap<SignpostId, Signpost>>,
    /// Settings of the clinic's file that nothing reads, with where they stand: always a slip.
    pub unread_settings: Vec<(String, At)>,
}

impl Pack {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// Whether any rule or question looks at the clinic's terms.
    #[must_use]
    pub fn looks_at_terms(&self) -> bool {
        let asked = self.questions.iter().filter_map(|one| one.ask_if.as_ref());
        let conditions = self.rules.iter().map(|rule| &rule.condition).chain(asked);
        conditions
            .flat_map(Condition::tests)
            .any(|(_, test)| *test == Test::OutsideTerm)
    }

    /// Who this clinic points to when it is not the right place, best first.
    #[must_use]
    pub fn others(&self) -> Vec<Signpost> {
        self.point_to(&self.elsewhere)
    }

    /// The signposts with these names, in their order, each once.
    #[must_use]
    pub fn point_to<'a>(&self, ids: impl IntoIterator<Item = &'a SignpostId>) -> Vec<Signpost> {
        let mut found: Vec<Signpost> = Vec::new();
        for id in ids {
            if let Some(signpost) = self.signposts.get(id)
                && !found.iter().any(|known| known.id == *id)
            {
                found.push(signpost.clone());
            }
        }
        found
    }
}
