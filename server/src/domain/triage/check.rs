//! Checks a pack before anybody meets it: no question is out of reach, no path is without an end, no text is
//! missing, no rule speaks of what is not there, and "Not sure" is nowhere the easy way through.
//!
//! It cannot know whether a threshold, a telephone number or a list of symptoms is right: that is for the person
//! whose name stands in `checked_by`.

mod questions;
mod reach;
mod rules;
mod unsure;

use super::{At, Pack, QuestionId, RuleId};

/// Something in a pack that has to be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub at: At,
    /// The question it concerns, if it concerns one.
    pub question: Option<QuestionId>,
    /// What is wrong, in plain words.
    pub text: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} line {}", self.at.file, self.at.line)?;
        if let Some(question) = &self.question {
            write!(f, ", question {question}")?;
        }
        write!(f, ": {}", self.text)
    }
}

/// Everything wrong with a pack, by file and line; empty if it may be used.
#[must_use]
pub fn check(pack: &Pack) -> Vec<Problem> {
    let mut found = Found::default();
    questions::check(pack, &mut found);
    rules::check(pack, &mut found);
    unsure::check(pack, &mut found);
    reach::check(pack, &mut found);
    for (name, at) in &pack.unread_settings {
        found.at(at, None, format!("nothing reads the setting `{name}`"));
    }
    for id in &pack.elsewhere {
        if !pack.signposts.contains_key(id) {
            let at = At {
                file: format!("{}.toml", pack.clinic).into(),
                line: 1,
            };
            found.at(
                &at,
                None,
                format!("`elsewhere` names `{id}`, which is not in signposts.toml"),
            );
        }
    }
    signposts(pack, &mut found);
    found
        .0
        .sort_by(|one, other| (&one.at.file, one.at.line).cmp(&(&other.at.file, other.at.line)));
    found.0
}

/// The problems found so far.
#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn at(&mut self, at: &At, question: Option<&QuestionId>, text: String) {
        self.0.push(Problem {
            at: at.clone(),
            question: question.cloned(),
            text,
        });
    }

    fn rule(&mut self, rule: &super::Rule, text: &str) {
        let RuleId(id) = &rule.id;
        self.at(
            &rule.at,
            Some(&rule.question),
            format!("rule `{id}` {text}"),
        );
    }
}

fn signposts(pack: &Pack, found: &mut Found) {
    for signpost in pack.signposts.values() {
        let mut wrong = |text: &str| {
            found.at(
                &signpost.at,
                None,
                format!("signpost `{}` {text}", signpost.id),
            );
        };
        if signpost.name.trim().is_empty() {
            wrong("has no name");
        }
        if signpost.why.trim().is_empty() {
            wrong("does not say what it is for");
        }
        if let Some(text) = rules::checked(&signpost.checked_on, &signpost.checked_by) {
            wrong(text);
        }
    }
}
