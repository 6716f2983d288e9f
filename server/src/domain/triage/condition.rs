//! When a rule holds and when a question is asked.
//!
//! There is no "not", on purpose: every condition looks for evidence that is there, so that further evidence can
//! turn a rule on and never off.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Answer, Answers, Day, Limit, Pack, QuestionId};

/// What conditions are read against.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The pack in force.
    pub pack: &'a Pack,
    /// The answers that count.
    pub answers: &'a Answers,
    /// The day on which they count.
    pub day: Day<'a>,
}

/// A number, or the name of a setting that holds one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// The number itself.
    Number(i64),
    /// The clinic's setting, such as `urgent_days`.
    Setting(String),
}

impl Amount {
    fn value(&self, case: &Case<'_>) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Setting(name) => case.pack.settings.number(name),
        }
    }
}

/// Bounds on a number; those that are given must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    /// This or more.
    pub at_least: Option<Amount>,
    /// This or less.
    pub at_most: Option<Amount>,
    /// More than this.
    pub more_than: Option<Amount>,
    /// Less than this.
    pub less_than: Option<Amount>,
}

impl Range {
    /// The bounds that are given.
    pub fn amounts(&self) -> impl Iterator<Item = &Amount> {
        [
            &self.at_least,
            &self.at_most,
            &self.more_than,
            &self.less_than,
        ]
        .into_iter()
        .flatten()
    }

    fn holds(&self, number: i64, case: &Case<'_>) -> bool {
        let bound = |amount: &Option<Amount>, test: fn(i64, i64) -> bool| match amount {
            None => true,
            Some(amount) => amount.value(case).is_some_and(|value| test(number, value)),
        };
        bound(&self.at_least, |number, value| number >= value)
            && bound(&self.at_most, |number, value| number <= value)
            && bound(&self.more_than, |number, value| number > value)
            && bound(&self.less_than, |number, value| number < value)
    }
}

/// What is looked for in the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these options was chosen or ticked.
    Is(BTreeSet<String>),
    /// Something was ticked other than "None of these", or something was typed.
    Some,
    /// It was answered at all.
    Answered,
    /// The option or text is a number within bounds.
    Number(Range),
    /// Days from today to the date (negative: passed) within bounds.
    DaysAway(Range),
    /// Days from today to a time limit of the question (negative: passed) within bounds.
    DaysLeft(Range),
    /// The date is in none of the clinic's terms.
    OutsideTerm,
    /// The text or a name contains one of these; case, spaces and punctuation do not matter. One of up to
    /// `SHORT` letters counts as a word of its own only: "LMU" is not in "Helmut".
    Contains(Vec<String>),
}

/// A condition on one answer or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// A test of the answer to one question. An unanswered question passes no test.
    Of(QuestionId, Test),
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, case: &Case<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(case)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(case)),
            Self::Of(question, test) => case
                .answers
                .get(question)
                .is_some_and(|answer| test.holds(question, answer, case)),
        }
    }

    /// Every test in it, with its question.
    #[must_use]
    pub fn tests(&self) -> Vec<(&QuestionId, &Test)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Of(question, test) => vec![(question, test)],
        }
    }
}

impl Test {
    fn holds(&self, id: &QuestionId, answer: &Answer, case: &Case<'_>) -> bool {
        match self {
            Self::Is(values) => answer.chosen().any(|value| values.contains(value)),
            Self::Some => is_something(id, answer, case),
            Self::Answered => true,
            Self::Number(range) => number(answer).is_some_and(|number| range.holds(number, case)),
            Self::DaysAway(range) => {
                date(answer).is_some_and(|date| range.holds(case.day.days_until(date), case))
            }
            // Any limit that applies: were it the earliest alone, one more answer could bring in a limit that has
            // passed and so hide one that is about to.
            Self::DaysLeft(range) => case
                .limits(id)
                .iter()
                .any(|limit| range.holds(case.day.days_until(*limit), case)),
            Self::OutsideTerm => date(answer).is_some_and(|date| case.day.is_outside_term(date)),
            Self::Contains(words) => contains(answer, words),
        }
    }
}

impl Case<'_> {
    /// The earliest time limit that follows from the answer to a question, if it is a date and has one.
    #[must_use]
    pub fn limit(&self, id: &QuestionId) -> Option<NaiveDate> {
        self.limits(id).into_iter().min()
    }

    fn limits(&self, id: &QuestionId) -> Vec<NaiveDate> {
        let question = self.pack.question(id);
        let Some(date) = self.answers.get(id).and_then(date) else {
            return Vec::new();
        };
        let limits = question.map_or(&[][..], |question| &question.limits);
        Limit::applying(limits, date, self).collect()
    }
}

fn is_something(id: &QuestionId, answer: &Answer, case: &Case<'_>) -> bool {
    match answer {
        Answer::Many(values) => case.pack.question(id).is_some_and(|question| {
            let ticked = values.iter().filter_map(|value| question.choice(value));
            ticked.into_iter().any(|choice| !choice.exclusive)
        }),
        Answer::Text(text) => !text.is_empty(),
        Answer::Names(names) => !names.is_empty(),
        Answer::Date(_) => true,
        Answer::One(_) => false,
    }
}

fn number(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::One(text) | Answer::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn date(answer: &Answer) -> Option<NaiveDate> {
    match answer {
        Answer::Date(date) => Some(*date),
        _ => None,
    }
}

/// Letters of what is looked for as a word of its own.
pub const SHORT: usize = 6;

fn contains(answer: &Answer, words: &[String]) -> bool {
    let holds = |text: &str| {
        let whole = squeeze(text);
        let parts: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric() && letter != '.')
            .map(squeeze)
            .filter(|part| !part.is_empty())
            .collect();
        words.iter().map(|word| squeeze(word)).any(|word| {
            if word.chars().count() > SHORT {
                whole.contains(&word)
            } else {
                as_words(&parts, &word)
            }
        })
    };
    match answer {
        Answer::Text(text) => holds(text),
        Answer::Names(names) => names.iter().any(|name| holds(name)),
        _ => false,
    }
}

/// Whether some words that follow each other are these letters: "Met SU" is `MetSU`.
fn as_words(parts: &[String], word: &str) -> bool {
    (0..parts.len()).any(|first| {
        let mut joined = String::new();
        parts[first..].iter().any(|part| {
            joined.push_str(part);
            joined == word
        })
    })
}

/// Letters and digits in lower case, so that "LONDON-MET" is found as "London Met".
fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
