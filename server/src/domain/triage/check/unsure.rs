//! "Not sure" is treated as the safer answer: it is never softer than "Yes", and never opens a way round.

use super::Found;
use crate::domain::triage::{Condition, NOT_SURE, Outcome, Pack, Priority, Question, Rule, Test};

pub(super) fn check(pack: &Pack, found: &mut Found) {
    for question in &pack.questions {
        if question.choice(NOT_SURE).is_some() && !question.not_sure_goes_on {
            softer(pack, question, found);
        }
        skipped(pack, question, found);
    }
}

/// Compares the outcomes that follow from one answer alone. In a safety question "Not sure" is as bad as the worse
/// of "Yes" and "No"; elsewhere it is at least as bad as "Yes", and is not waved through where "No" is not.
fn softer(pack: &Pack, question: &Question, found: &mut Found) {
    let unsure = alone(pack, question, NOT_SURE);
    let (yes, no) = (alone(pack, question, "yes"), alone(pack, question, "no"));
    let book = (Outcome::Book, None);
    let too_soft = unsure < yes
        || (question.safety && unsure < no)
        || (question.is_yes_or_no() && unsure == book && no > book);
    if too_soft {
        let text = "\"Not sure\" has a softer result than \"Yes\" or \"No\"".to_owned();
        found.at(&question.at, Some(&question.id), text);
    }
}

/// The worst that rules on this one answer ask for.
fn alone(pack: &Pack, question: &Question, value: &str) -> (Outcome, Option<Priority>) {
    let holds = |rule: &&Rule| match &rule.condition {
        Condition::Of(id, Test::Is(values)) => *id == question.id && values.contains(value),
        _ => false,
    };
    let severities = pack.rules.iter().filter(holds).filter_map(Rule::severity);
    severities.max().unwrap_or((Outcome::Book, None))
}

/// A question that follows from "Yes", or a rule on several answers that holds for "Yes", holds for "Not sure" too.
fn skipped(pack: &Pack, question: &Question, found: &mut Found) {
    let about = pack
        .rules
        .iter()
        .filter(|rule| rule.question == question.id);
    let several = about
        .filter(|rule| rule.severity().is_some())
        .map(|rule| &rule.condition)
        .filter(|condition| !matches!(condition, Condition::Of(..)));
    for condition in question.ask_if.iter().chain(several) {
        for (id, test) in condition.tests() {
            let Test::Is(values) = test else { continue };
            let unsure = pack
                .question(id)
                .is_some_and(|asked| asked.choice(NOT_SURE).is_some());
            if unsure && values.contains("yes") && !values.contains(NOT_SURE) {
                let text =
                    format!("a condition holds for \"Yes\" to {id} and not for \"Not sure\"");
                found.at(&question.at, Some(&question.id), text);
            }
        }
    }
}
