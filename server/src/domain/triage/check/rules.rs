//! Each rule by itself: what it looks at, what it says, and whom it points to.

use std::collections::BTreeSet;

use super::Found;
use crate::domain::triage::{
    Amount, Condition, Effect, Facts, Kind, NOT_YET_CHECKED, Outcome, Pack, Question, Range, Rule,
    Setting, Test,
};

pub(super) fn check(pack: &Pack, found: &mut Found) {
    let mut ids = BTreeSet::new();
    for rule in &pack.rules {
        if !ids.insert(&rule.id) {
            found.rule(rule, "has an id that is used twice");
        }
        for text in check_condition(pack, &rule.condition) {
            found.rule(rule, &text);
        }
        for name in rule.only_if.iter().chain(&rule.unless) {
            if !matches!(pack.settings.0.get(name), Some(Setting::Flag(_))) {
                found.rule(
                    rule,
                    &format!("looks at `{name}`, which is not a setting that is on or off"),
                );
            }
        }
        says(pack, rule, found);
        points(pack, rule, found);
        if let Some(text) = checked(&rule.checked_on, &rule.checked_by) {
            found.rule(rule, text);
        }
    }
}

/// What is wrong with a pair of `checked_on` and `checked_by`, in words that follow a name.
pub(super) fn checked(on: &str, by: &str) -> Option<&'static str> {
    if (on == NOT_YET_CHECKED) != (by == NOT_YET_CHECKED) || by.trim().is_empty() {
        Some("needs both `checked_on` and `checked_by`, or \"not yet checked\" in both")
    } else if on != NOT_YET_CHECKED && on.parse::<chrono::NaiveDate>().is_err() {
        Some("has a `checked_on` that is neither YYYY-MM-DD nor \"not yet checked\"")
    } else {
        None
    }
}

fn says(pack: &Pack, rule: &Rule, found: &mut Found) {
    let Some(question) = pack.question(&rule.question) else {
        found.rule(rule, "stands under a question that is not there");
        return;
    };
    let silent = rule.effect == Effect::FactsOnly;
    if rule.text.trim().is_empty() != silent {
        let text = if silent {
            "has a text and no outcome"
        } else {
            "has no text"
        };
        found.rule(rule, text);
    }
    if silent && rule.sets == Facts::default() {
        found.rule(rule, "does nothing");
    }
    if rule.text.replace("{limit}", "").contains(['{', '}']) {
        found.rule(rule, "has a word in braces other than {limit}");
    } else if rule.text.contains("{limit}") && question.limits.is_empty() {
        found.rule(
            rule,
            "speaks of a time limit that the question does not have",
        );
    }
}

/// A stop and a "not us" always come with somebody to turn to.
fn points(pack: &Pack, rule: &Rule, found: &mut Found) {
    for id in &rule.signposts {
        if !pack.signposts.contains_key(id) {
            found.rule(
                rule,
                &format!("points to `{id}`, which is not in signposts.toml"),
            );
        }
    }
    let nobody = rule.signposts.is_empty() && (!rule.elsewhere || pack.elsewhere.is_empty());
    match rule.effect {
        Effect::Outcome(Outcome::Stop | Outcome::Out, _) if nobody => {
            found.rule(rule, "turns people away and points to nobody");
        }
        // A review that stays on offer whatever another rule says.
        Effect::Outcome(Outcome::Review, _) if rule.follow_up == Some(Outcome::Review) => {}
        Effect::Outcome(outcome, _) if rule.follow_up.is_some_and(|milder| milder >= outcome) => {
            found.rule(rule, "has a follow-up that is not milder than its outcome");
        }
        _ => {}
    }
}

/// What is wrong with a condition, in words that follow the name of the rule or question.
pub(super) fn check_condition(pack: &Pack, condition: &Condition) -> Vec<String> {
    let mut wrong = Vec::new();
    if is_empty(condition) {
        wrong.push("has a condition with nothing in it".to_owned());
    }
    for (id, test) in condition.tests() {
        match pack.question(id) {
            Some(question) => check_test(pack, question, test, &mut wrong),
            None => wrong.push(format!("looks at question {id}, which is not there")),
        }
    }
    wrong
}

fn is_empty(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.is_empty() || parts.iter().any(is_empty)
        }
        Condition::Of(_, Test::Is(values)) => values.is_empty(),
        Condition::Of(_, Test::Contains(words)) => {
            // A word without letters is in every text.
            words.is_empty()
                || words
                    .iter()
                    .any(|word| !word.contains(char::is_alphanumeric))
        }
        Condition::Of(_, Test::Number(range) | Test::DaysAway(range) | Test::DaysLeft(range)) => {
            range.amounts().next().is_none()
        }
        Condition::Of(..) => false,
    }
}

fn check_test(pack: &Pack, question: &Question, test: &Test, wrong: &mut Vec<String>) {
    let id = &question.id;
    let fits = match test {
        Test::Is(values) => {
            for value in values
                .iter()
                .filter(|value| question.choice(value).is_none())
            {
                wrong.push(format!(
                    "looks for `{value}`, which is not an option of {id}"
                ));
            }
            true
        }
        Test::Answered => true,
        Test::Some => question.kind != Kind::Radio,
        Test::Number(range) => {
            check_range(pack, range, wrong);
            matches!(question.kind, Kind::Radio | Kind::Text)
                && (question.kind == Kind::Text
                    || question
                        .choices
                        .iter()
                        .any(|choice| choice.value.parse::<i64>().is_ok()))
        }
        Test::DaysAway(range) => {
            check_range(pack, range, wrong);
            question.kind == Kind::Date
        }
        Test::DaysLeft(range) => {
            check_range(pack, range, wrong);
            !question.limits.is_empty()
        }
        Test::OutsideTerm => question.kind == Kind::Date,
        Test::Contains(_) => matches!(question.kind, Kind::Text | Kind::Long | Kind::Names),
    };
    if !fits {
        wrong.push(format!(
            "tests {id} in a way that its kind of answer does not allow"
        ));
    }
}

fn check_range(pack: &Pack, range: &Range, wrong: &mut Vec<String>) {
    for amount in range.amounts() {
        if let Amount::Setting(name) = amount
            && pack.settings.number(name).is_none()
        {
            wrong.push(format!(
                "looks at `{name}`, which is not a setting with a number"
            ));
        }
    }
}
