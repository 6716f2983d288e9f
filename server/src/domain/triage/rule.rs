//! A rule: a condition, and what follows when it holds.

use serde::{Deserialize, Serialize};

use super::{At, Condition, Facts, QuestionId, SignpostId};

/// What a person is told at the end, from mild to severe: the order of the variants is the precedence.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Pick a time.
    Book,
    /// A person has to look at it first.
    Review,
    /// Not us; here is who.
    Out,
    /// Get help now; here is how.
    Stop,
}

impl Outcome {
    /// The word used in pack files and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Review => "review",
            Self::Out => "out",
            Self::Stop => "stop",
        }
    }
}

/// How soon staff have to look.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Within one working day.
    P1,
}

/// What a rule does to the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The outcome is at least this.
    Outcome(Outcome, Option<Priority>),
    /// Something is shown, and nothing changes.
    Notice,
    /// Nothing is shown: the rule only sets facts.
    FactsOnly,
}

/// A rule's name, such as `a3-under-16`: stored results refer to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub String);

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A rule of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name, unique in the pack.
    pub id: RuleId,
    /// The question it is about: reasons are shown with it.
    pub question: QuestionId,
    /// When it holds.
    pub condition: Condition,
    /// It holds only where this setting of the clinic is on.
    pub only_if: Option<String>,
    /// It holds only where this setting of the clinic is off.
    pub unless: Option<String>,
    /// What follows.
    pub effect: Effect,
    /// What the person is told. `{limit}` stands for the time limit of the question.
    pub text: String,
    /// Who they can turn to, best first.
    pub signposts: Vec<SignpostId>,
    /// Whether the clinic's own list of other places is shown too.
    pub elsewhere: bool,
    /// A milder way on that is offered beside the outcome, such as a review after "not us". A review can offer itself: a
    /// person looks, if asked, even where another rule says "not us".
    pub follow_up: Option<Outcome>,
    /// The facts it establishes.
    pub sets: Facts,
    /// The date a professional checked it (`YYYY-MM-DD`), or [`NOT_YET_CHECKED`](super::NOT_YET_CHECKED).
    pub checked_on: String,
    /// Who checked it, or [`NOT_YET_CHECKED`](super::NOT_YET_CHECKED).
    pub checked_by: String,
    /// Where it is written.
    pub at: At,
}

impl Rule {
    /// How severe it is, for "worst first": outcome, then priority. `None` if it changes no outcome.
    #[must_use]
    pub fn severity(&self) -> Option<(Outcome, Option<Priority>)> {
        match self.effect {
            Effect::Outcome(outcome, priority) => Some((outcome, priority)),
            Effect::Notice | Effect::FactsOnly => None,
        }
    }
}
