//! From answers to an outcome, with everything a page, the API or a member of staff needs to say why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::explain::{day_month_year, explain};
use super::path::{fired, path};
use super::{
    Answer, Answers, Case, Day, Effect, Explained, Facts, Fill, Outcome, Pack, Priority, Question,
    QuestionId, Rule, RuleId, Signpost,
};

/// Why the outcome is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The question whose answer it is about.
    pub question: QuestionId,
    /// The rule that holds.
    pub rule: RuleId,
    /// What the person is told.
    pub text: String,
    /// The outcome that this rule alone asks for.
    pub outcome: Outcome,
    /// The priority that this rule alone asks for.
    pub priority: Option<Priority>,
    /// A milder way on, offered beside the outcome.
    pub follow_up: Option<Outcome>,
    /// Who can help.
    pub signposts: Vec<Signpost>,
}

/// Something to show that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The question whose answer it is about.
    pub question: QuestionId,
    /// The rule that holds.
    pub rule: RuleId,
    /// What the person is told.
    pub text: String,
    /// Who can help.
    pub signposts: Vec<Signpost>,
}

/// What follows from some answers on some day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The version of the questions that it was made with.
    pub version: String,
    /// The outcome; final when `next` is `None`.
    pub outcome: Outcome,
    /// How soon staff have to look, if they are asked to (in a review, or a call asked for after a stop).
    pub priority: Option<Priority>,
    /// Why, worst first, then in asking order. Empty when a time can be booked.
    pub reasons: Vec<Reason>,
    /// What to show besides, in asking order.
    pub notices: Vec<Notice>,
    /// The earliest time limit among the answers, as a local date; it may have passed.
    pub deadline: Option<NaiveDate>,
    /// The question to ask now. While there is one, show it and not the outcome.
    pub next: Option<QuestionId>,
    /// As `next`, but optional questions may be left out.
    pub missing: Option<QuestionId>,
    /// What the meeting needs.
    pub facts: Facts,
    /// Each answer that counted, and the rules it met: for staff, and for the record.
    pub explanation: Vec<Explained>,
}

impl Assessment {
    /// Whether a person may ask for a review although the outcome is "not us": every reason for it offers one, or a rule
    /// for a review says that it stays on offer (harm by somebody close, thoughts of ending one's life). That some other
    /// reason is urgent is not enough: a reason for "not us" that offers none stands.
    #[must_use]
    pub fn offers_review(&self) -> bool {
        let offers = |reason: &&Reason| reason.follow_up == Some(Outcome::Review);
        let of = |outcome| {
            self.reasons
                .iter()
                .filter(move |one| one.outcome == outcome)
        };
        self.outcome == Outcome::Out
            && (of(Outcome::Out).all(|one| offers(&one))
                || of(Outcome::Review).any(|one| offers(&one)))
    }

    /// Everybody to turn to, each once, those of the worst reason first.
    #[must_use]
    pub fn signposts(&self) -> Vec<&Signpost> {
        let reasons = self.reasons.iter().flat_map(|reason| &reason.signposts);
        let notices = self.notices.iter().flat_map(|notice| &notice.signposts);
        let mut found: Vec<&Signpost> = Vec::new();
        for signpost in reasons.chain(notices) {
            if !found.iter().any(|known| known.id == signpost.id) {
                found.push(signpost);
            }
        }
        found
    }
}

/// Assesses answers on a day. Answers that are not on the path count for nothing.
#[must_use]
pub fn assess<'d>(pack: &Pack, answers: &Answers, day: impl Into<Day<'d>>) -> Assessment {
    let day = day.into();
    let path = path(pack, answers, day);
    let case = Case {
        pack,
        answers: &path.answers,
        day,
    };
    let reasons = reasons(&case);
    Assessment {
        version: pack.version.clone(),
        outcome: reasons.first().map_or(Outcome::Book, |worst| worst.outcome),
        priority: reasons.iter().filter_map(|reason| reason.priority).max(),
        notices: notices(&case),
        deadline: path
            .visited
            .iter()
            .filter_map(|asked| case.limit(&asked.id))
            .min(),
        next: path.next.map(|question| question.id.clone()),
        missing: path.missing.map(|question| question.id.clone()),
        facts: facts(&case, &path.visited),
        explanation: explain(&case, &path.visited),
        reasons,
    }
}

fn reasons(case: &Case<'_>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = fired(case)
        .filter_map(|rule| {
            let (outcome, priority) = rule.severity()?;
            Some(Reason {
                question: rule.question.clone(),
                rule: rule.id.clone(),
                text: told(rule, case),
                outcome,
                priority,
                follow_up: rule.follow_up,
                signposts: signposts(rule, case.pack),
            })
        })
        .collect();
    // Stable: equally bad reasons stay in asking order.
    reasons.sort_by_key(|reason| std::cmp::Reverse((reason.outcome, reason.priority)));
    reasons
}

fn notices(case: &Case<'_>) -> Vec<Notice> {
    fired(case)
        .filter(|rule| rule.effect == Effect::Notice)
        .map(|rule| Notice {
            question: rule.question.clone(),
            rule: rule.id.clone(),
            text: told(rule, case),
            signposts: signposts(rule, case.pack),
        })
        .collect()
}

fn told(rule: &Rule, case: &Case<'_>) -> String {
    match case.limit(&rule.question) {
        Some(limit) => rule.text.replace("{limit}", &day_month_year(limit)),
        None => rule.text.clone(),
    }
}

fn signposts(rule: &Rule, pack: &Pack) -> Vec<Signpost> {
    let elsewhere: &[_] = if rule.elsewhere { &pack.elsewhere } else { &[] };
    pack.point_to(rule.signposts.iter().chain(elsewhere))
}

fn facts(case: &Case<'_>, visited: &[&Question]) -> Facts {
    let mut facts = Facts::default();
    for question in visited {
        let Some(answer) = case.answers.get(&question.id) else {
            continue;
        };
        for choice in answer.chosen().filter_map(|value| question.choice(value)) {
            facts.merge(&choice.sets);
        }
        match (question.fills, answer) {
            (Some(Fill::Language), Answer::Text(text)) => facts.language.clone_from(text),
            (Some(Fill::Topic), Answer::One(value)) => facts.topic.clone_from(value),
            _ => {}
        }
    }
    for rule in fired(case) {
        facts.merge(&rule.sets);
    }
    facts
}
