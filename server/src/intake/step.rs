//! How far somebody has come: pages after it send the person back to it, pages before it stay open.

use super::draft::Draft;
use crate::domain::triage::{Assessment, Outcome, QuestionId};

/// A page of the journey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A question.
    Question(QuestionId),
    /// "Get help now".
    Stop,
    /// "Not us; here is who".
    Out,
    /// "A person looks at it first".
    Request,
    /// Pick a time.
    Times,
    /// Name and contact.
    Details,
    /// Check your answers.
    Check,
    /// Sent; some questions that may be skipped.
    AboutYou,
    /// Sent.
    Done,
}

impl Step {
    /// The page's path below the clinic's.
    #[must_use]
    pub fn path(&self, clinic: &str) -> String {
        let last = match self {
            Self::Question(id) => return format!("/clinics/{clinic}/questions/{id}"),
            Self::Stop => "stop",
            Self::Out => "out",
            Self::Request => "request",
            Self::Times => "times",
            Self::Details => "details",
            Self::Check => "check",
            Self::AboutYou => "about-you",
            Self::Done => "done",
        };
        format!("/clinics/{clinic}/{last}")
    }
}

/// The outcome that the journey follows: a review instead of "not us" where the rules offer one and the person took it.
#[must_use]
pub fn outcome(draft: &Draft, assessment: &Assessment) -> Outcome {
    if draft.look_anyway && assessment.offers_review() {
        Outcome::Review
    } else {
        assessment.outcome
    }
}

/// The furthest page that the draft has reached, whatever else it holds.
#[must_use]
pub fn furthest(draft: &Draft, assessment: &Assessment) -> Step {
    if draft.finished.is_some() {
        return Step::Done;
    }
    // A stop ends the questions at once; everything else waits for the last of them.
    if assessment.outcome == Outcome::Stop {
        return Step::Stop;
    }
    if let Some(next) = &assessment.next {
        return Step::Question(next.clone());
    }
    let on_the_way = match outcome(draft, assessment) {
        Outcome::Stop => return Step::Stop,
        Outcome::Out => return Step::Out,
        Outcome::Review if !draft.going_to_request => return Step::Request,
        Outcome::Book if draft.kept.is_none() && draft.wait.is_none() => return Step::Times,
        Outcome::Review | Outcome::Book => draft.details.as_ref(),
    };
    match on_the_way {
        Some(details) if details.input().parse().is_ok() => Step::Check,
        _ => Step::Details,
    }
}
