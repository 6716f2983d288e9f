//! Answers and results in words: for the page that checks answers, and for staff who ask why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::path::fired;
use super::{Answer, Case, Effect, Priority, Question, QuestionId, Rule};

/// One answer that counted, and the rules it met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The question.
    pub question: QuestionId,
    /// What was asked.
    pub asked: String,
    /// What was answered, in words.
    pub answered: String,
    /// The rules about this question that hold, as "rule: what it does".
    pub rules: Vec<String>,
}

/// An answer in words: the labels of what was chosen, the date written out, or the text as typed.
#[must_use]
pub fn describe(question: &Question, answer: &Answer) -> String {
    let label = |value: &str| {
        let choice = question.choice(value);
        choice.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
    };
    match answer {
        Answer::One(value) => label(value),
        // In the order of the question, not of the alphabet.
        Answer::Many(values) => {
            let ticked = question
                .choices
                .iter()
                .filter(|choice| values.contains(&choice.value));
            let labels: Vec<&str> = ticked.map(|choice| choice.label.as_str()).collect();
            labels.join(", ")
        }
        Answer::Date(date) => day_month_year(*date),
        Answer::Text(text) => text.clone(),
        Answer::Names(names) => names.join(", "),
    }
}

pub(super) fn day_month_year(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

pub(super) fn explain(case: &Case<'_>, visited: &[&Question]) -> Vec<Explained> {
    let line = |question: &&Question| {
        let answer = case.answers.get(&question.id)?;
        let about = fired(case).filter(|rule| rule.question == question.id);
        Some(Explained {
            question: question.id.clone(),
            asked: question.text.clone(),
            answered: describe(question, answer),
            rules: about
                .map(|rule| format!("{}: {}", rule.id, effect(rule)))
                .collect(),
        })
    };
    visited.iter().filter_map(line).collect()
}

fn effect(rule: &Rule) -> String {
    match rule.effect {
        Effect::Outcome(outcome, Some(Priority::P1)) => format!("{}, p1", outcome.as_str()),
        Effect::Outcome(outcome, None) => outcome.as_str().to_owned(),
        Effect::Notice => "notice".to_owned(),
        Effect::FactsOnly => "facts".to_owned(),
    }
}
