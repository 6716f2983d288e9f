//! Whether the table has a line for everything: every rule holds in one, every option of every question is chosen in
//! one, and every threshold has a line just inside and one just outside.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::table::{Line, lines, packs};
use super::today;
use crate::domain::triage::{
    Amount, Answer, Condition, Pack, Question, QuestionId, Range, Test, on_path,
};

/// The lines of a clinic with the answers that count in each.
fn answered(clinic: &str, pack: &Pack) -> Vec<(Line, crate::domain::triage::Answers)> {
    let own = lines().iter().filter(|line| line.clinic == clinic);
    own.map(|line| {
        let answers = line.given(pack).unwrap();
        (line.clone(), on_path(pack, &answers, today()))
    })
    .collect()
}

/// Questions and rules that this heading of the table answers for: the shared ones have a heading of their own.
fn is_own(clinic: &str, file: &str) -> bool {
    (clinic == "shared") == (file == "shared.toml")
}

#[test]
fn every_rule_holds_in_some_line() {
    let mut missing = Vec::new();
    for (clinic, pack) in packs() {
        let own = lines().iter().filter(|line| line.clinic == clinic);
        let mut held = BTreeSet::new();
        for assessment in own.map(|line| line.assessed(&pack).unwrap()) {
            let rules = assessment
                .explanation
                .into_iter()
                .flat_map(|line| line.rules);
            held.extend(rules.map(|text| text.split(':').next().unwrap().to_owned()));
        }
        for rule in pack
            .rules
            .iter()
            .filter(|rule| is_own(clinic, &rule.at.file))
        {
            if !held.contains(&rule.id.0) {
                missing.push(format!("{clinic} {}", rule.id));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_option_of_every_question_is_chosen_in_some_line() {
    // Two options that nothing follows from, of questions for information only.
    let no_matter = ["A2 me"];
    let mut missing = Vec::new();
    for (clinic, pack) in packs() {
        let lines = answered(clinic, &pack);
        for question in pack
            .questions
            .iter()
            .filter(|one| is_own(clinic, &one.at.file))
        {
            for choice in &question.choices {
                let chosen = lines.iter().any(|(_, answers)| {
                    let answer = answers.get(&question.id);
                    answer.is_some_and(|answer| answer.chosen().any(|value| value == choice.value))
                });
                let name = format!("{} {}", question.id, choice.value);
                if !chosen && !no_matter.contains(&name.as_str()) && looked_at(&pack, question) {
                    missing.push(name);
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Whether any rule or question looks at a question, or an option of it sets a fact.
fn looked_at(pack: &Pack, question: &Question) -> bool {
    let conditions = pack.rules.iter().map(|rule| &rule.condition);
    let asked = pack.questions.iter().filter_map(|one| one.ask_if.as_ref());
    let mut tests = conditions.chain(asked).flat_map(Condition::tests);
    tests.any(|(id, test)| *id == question.id && !matches!(test, Test::Answered | Test::Number(_)))
        || question
            .choices
            .iter()
            .any(|choice| choice.sets != Default::default())
}

#[test]
fn every_threshold_has_a_line_on_either_side() {
    let mut missing = Vec::new();
    for (clinic, pack) in packs() {
        let lines = answered(clinic, &pack);
        for rule in pack
            .rules
            .iter()
            .filter(|rule| is_own(clinic, &rule.at.file))
        {
            for (id, test) in rule.condition.tests() {
                let Some((range, measure)) = measured(test) else {
                    continue;
                };
                let numbers: BTreeSet<i64> = lines
                    .iter()
                    .flat_map(|(_, answers)| {
                        answers
                            .get(id)
                            .map_or(Vec::new(), |answer| measure(&pack, id, answer))
                    })
                    .collect();
                for (inside, outside) in edges(range, &pack) {
                    for number in [inside, outside] {
                        if !numbers.contains(&number) {
                            missing.push(format!("{clinic} {} at {number}", rule.id));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

type Measure = fn(&Pack, &QuestionId, &Answer) -> Vec<i64>;

/// The range of a test on a number, and how an answer is measured for it.
fn measured(test: &Test) -> Option<(&Range, Measure)> {
    match test {
        Test::DaysAway(range) => Some((range, |_, _, answer| match answer {
            Answer::Date(date) => vec![days(*date)],
            _ => Vec::new(),
        })),
        Test::DaysLeft(range) => Some((range, |pack, id, answer| match answer {
            Answer::Date(date) => {
                let limits = &pack.question(id).unwrap().limits;
                limits
                    .iter()
                    .filter_map(|limit| limit.how.after(*date))
                    .map(days)
                    .collect()
            }
            _ => Vec::new(),
        })),
        Test::Number(range) => Some((range, |_, _, answer| {
            answer
                .chosen()
                .filter_map(|value| value.parse().ok())
                .collect()
        })),
        _ => None,
    }
}

fn days(date: NaiveDate) -> i64 {
    (date - today()).num_days()
}

/// For each bound the last number inside and the first outside.
fn edges(range: &Range, pack: &Pack) -> Vec<(i64, i64)> {
    let value = |amount: &Amount| match amount {
        Amount::Number(number) => *number,
        Amount::Setting(name) => pack.settings.number(name).unwrap(),
    };
    let bound = |amount: &Option<Amount>, inside: i64, outside: i64| {
        let amount = amount.as_ref().map(value);
        amount.map(|number| (number + inside, number + outside))
    };
    [
        bound(&range.at_least, 0, -1),
        bound(&range.at_most, 0, 1),
        bound(&range.more_than, 1, 0),
        bound(&range.less_than, -1, 0),
    ]
    .into_iter()
    .flatten()
    .collect()
}
