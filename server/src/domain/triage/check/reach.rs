//! Whether every question can be reached, every rule can hold, and every path comes to an end, by trying answers.
//!
//! For one question or rule only the answers it depends on are tried, in every combination that a condition could
//! tell apart. Past [`MOST`] combinations the search gives up and says so.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::Found;
use crate::domain::triage::path::fired;
use crate::domain::triage::{
    Amount, Answer, Answers, Case, Condition, Kind, Outcome, Pack, Question, QuestionId, Rule,
    Test, assess, path,
};

const MOST: usize = 100_000;

pub(super) fn check(pack: &Pack, found: &mut Found) {
    // Conditions on questions that are not there, or on themselves, are reported elsewhere and would mislead here.
    if !found.0.is_empty() {
        return;
    }
    for question in &pack.questions {
        if question.ask_if.is_some() {
            let comes_up = |answers: &Answers| {
                let path = path(pack, answers, today());
                path.open.iter().any(|open| open.id == question.id)
            };
            if let Err(text) = search(pack, question.ask_if.as_ref(), None, comes_up) {
                found.at(
                    &question.at,
                    Some(&question.id),
                    text.replace("{}", "be reached"),
                );
            }
        }
    }
    for rule in pack.rules.iter().filter(|rule| is_on(pack, rule)) {
        let holds = |answers: &Answers| {
            let kept = path(pack, answers, today()).answers;
            let case = Case {
                pack,
                answers: &kept,
                day: today().into(),
            };
            fired(&case).any(|fired| fired.id == rule.id)
        };
        if let Err(text) = search(pack, Some(&rule.condition), Some(&rule.question), holds) {
            found.rule(rule, &text.replace("{}", "hold"));
        }
    }
    ends(pack, found);
}

/// A rule that a setting has switched off cannot hold, and need not.
fn is_on(pack: &Pack, rule: &Rule) -> bool {
    rule.only_if
        .as_ref()
        .is_none_or(|name| pack.settings.flag(name))
        && !rule
            .unless
            .as_ref()
            .is_some_and(|name| pack.settings.flag(name))
}

/// Tries every combination of answers to the questions that a condition depends on.
fn search(
    pack: &Pack,
    condition: Option<&Condition>,
    about: Option<&QuestionId>,
    reaches: impl Fn(&Answers) -> bool,
) -> Result<(), &'static str> {
    let mut needed = BTreeSet::new();
    let looked_at = condition
        .into_iter()
        .flat_map(Condition::tests)
        .map(|(id, _)| id);
    depend(pack, looked_at.chain(about), &mut needed);
    let lists: Vec<(&Question, Vec<Answer>)> = pack
        .questions
        .iter()
        .filter(|question| needed.contains(&question.id))
        .map(|question| (question, samples(pack, question)))
        .collect();
    // One more than the samples: the question left open.
    let ways = lists
        .iter()
        .try_fold(1_usize, |ways, (_, list)| ways.checked_mul(list.len() + 1));
    let Some(ways) = ways.filter(|ways| *ways <= MOST) else {
        return Err("depends on too many answers to check that it can {}");
    };
    if (0..ways).any(|number| reaches(&combination(&lists, number))) {
        Ok(())
    } else {
        Err("can never {}")
    }
}

fn combination(lists: &[(&Question, Vec<Answer>)], mut number: usize) -> Answers {
    let mut answers = Answers::default();
    for (question, list) in lists {
        if let Some(answer) = list.get(number % (list.len() + 1)) {
            answers.insert(question.id.clone(), answer.clone());
        }
        number /= list.len() + 1;
    }
    answers
}

/// The questions that these depend on, themselves included.
fn depend<'a>(
    pack: &'a Pack,
    ids: impl Iterator<Item = &'a QuestionId>,
    needed: &mut BTreeSet<QuestionId>,
) {
    for id in ids {
        if !needed.insert(id.clone()) {
            continue;
        }
        let Some(question) = pack.question(id) else {
            continue;
        };
        let limits = question
            .limits
            .iter()
            .filter_map(|limit| limit.when.as_ref());
        let conditions: Vec<_> = question.ask_if.iter().chain(limits).collect();
        let ids = conditions
            .into_iter()
            .flat_map(Condition::tests)
            .map(|(id, _)| id);
        depend(
            pack,
            &mut ids.into_iter() as &mut dyn Iterator<Item = _>,
            needed,
        );
    }
}

/// Every path ends, because a question looks only at questions before it, and each is asked once: what is left to
/// check is that each can be answered, and that some way through leads to a time or to a person.
fn ends(pack: &Pack, found: &mut Found) {
    let mut answers = Answers::default();
    for _ in 0..=pack.questions.len() {
        let now = path(pack, &answers, today());
        let Some(next) = now.next else { break };
        let mildest = samples(pack, next)
            .into_iter()
            .filter(|answer| next.accepts(answer))
            .min_by_key(|answer| {
                let mut tried = answers.clone();
                tried.insert(next.id.clone(), answer.clone());
                let tried = assess(pack, &tried, today());
                (tried.outcome, tried.priority)
            });
        let Some(mildest) = mildest else {
            found.at(&next.at, Some(&next.id), "cannot be answered".to_owned());
            return;
        };
        answers.insert(next.id.clone(), mildest);
    }
    let end = assess(pack, &answers, today());
    if end.next.is_some() || end.outcome >= Outcome::Out {
        let at = pack
            .questions
            .first()
            .map(|question| question.at.clone())
            .unwrap_or_default();
        let text = "no answers lead to a time or to a person of the clinic".to_owned();
        found.at(&at, None, text);
    }
}

/// Any fixed day will do: limits count from the answers, and the answers here count from this day.
fn today() -> NaiveDate {
    NaiveDate::default()
}

/// Answers that the conditions of the pack can tell apart.
fn samples(pack: &Pack, question: &Question) -> Vec<Answer> {
    let mut samples: Vec<Answer> = Vec::new();
    let values = question.choices.iter().map(|choice| choice.value.clone());
    match question.kind {
        Kind::Checks => {
            samples.extend(values.map(|value| Answer::Many(BTreeSet::from([value]))));
            let several = question.choices.iter().filter(|choice| !choice.exclusive);
            samples.push(Answer::Many(
                several.map(|choice| choice.value.clone()).collect(),
            ));
        }
        _ => samples.extend(values.map(Answer::One)),
    }
    match question.kind {
        Kind::Date => samples.extend(days().map(Answer::Date)),
        Kind::Text | Kind::Long => samples.extend(words(pack, question).map(Answer::Text)),
        Kind::Names => {
            samples.extend(words(pack, question).map(|word| Answer::Names(vec![word])));
        }
        Kind::Radio | Kind::Checks => {}
    }
    samples
}

/// Every day of the weeks round today, and a day of every week for two years either side.
fn days() -> impl Iterator<Item = NaiveDate> {
    let near = (-35_i64..=35).chain((-105..=105).map(|week| week * 7));
    near.filter_map(|days| {
        let distance = Days::new(days.unsigned_abs());
        if days < 0 {
            today().checked_sub_days(distance)
        } else {
            today().checked_add_days(distance)
        }
    })
}

/// The words and numbers that any rule looks for in this answer, and a word that none does.
fn words(pack: &Pack, question: &Question) -> impl Iterator<Item = String> {
    let asked = pack
        .questions
        .iter()
        .filter_map(|question| question.ask_if.as_ref());
    let conditions = pack.rules.iter().map(|rule| &rule.condition).chain(asked);
    let mut words = vec!["-".to_owned()];
    for (id, test) in conditions.flat_map(Condition::tests) {
        match test {
            Test::Contains(sought) if *id == question.id => words.extend(sought.iter().cloned()),
            Test::Number(range) if *id == question.id => {
                let numbers = range.amounts().filter_map(|amount| match amount {
                    Amount::Number(number) => Some(*number),
                    Amount::Setting(name) => pack.settings.number(name),
                });
                words.extend(
                    numbers
                        .flat_map(|n| [n - 1, n, n + 1])
                        .map(|n| n.to_string()),
                );
            }
            _ => {}
        }
    }
    words.into_iter()
}
