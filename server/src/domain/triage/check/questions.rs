//! Each question by itself: ids, texts, options, and when it is asked.

use std::collections::BTreeSet;

use super::Found;
use super::rules::check_condition;
use crate::domain::triage::{Fill, Kind, NOT_SURE, Pack, Question};

pub(super) fn check(pack: &Pack, found: &mut Found) {
    let mut ids = BTreeSet::new();
    for (place, question) in pack.questions.iter().enumerate() {
        let mut wrong = |text: &str| found.at(&question.at, Some(&question.id), text.to_owned());
        if !ids.insert(&question.id) {
            wrong("the id is used twice");
        }
        if question.text.trim().is_empty() {
            wrong("has no text");
        }
        if place == 0 && !question.safety {
            wrong("is asked first and is not a safety question");
        }
        if question.optional && matches!(question.kind, Kind::Radio | Kind::Checks | Kind::Date) {
            wrong("is optional: give it an option to skip it instead, such as \"Rather not say\"");
        }
        match question.fills {
            Some(Fill::Language) if question.kind != Kind::Text => {
                wrong("fills `language`, which only a text question can");
            }
            Some(Fill::Topic) if question.kind != Kind::Radio => {
                wrong("fills `topic`, which only a radio question can");
            }
            _ => {}
        }
        if question.names.is_some() && question.kind != Kind::Names {
            wrong("has `names_of`, which only a names question can");
        }
        if question.sealed && !matches!(question.kind, Kind::Text | Kind::Long) {
            wrong("is sealed, which only text and long questions can be: rules look at the others");
        }
        if !question.limits.is_empty() && question.kind != Kind::Date {
            wrong("has a time limit, which only a date question can");
        }
        if !question.limits.is_empty() && question.limits.iter().all(|limit| limit.when.is_some()) {
            wrong("has time limits, none of which always counts");
        }
        options(question, &mut wrong);
        asked(pack, place, found);
    }
}

fn options(question: &Question, wrong: &mut impl FnMut(&str)) {
    let mut values = BTreeSet::new();
    for choice in &question.choices {
        if !values.insert(&choice.value) {
            wrong(&format!("has the option `{}` twice", choice.value));
        }
        if choice.value.trim().is_empty() || choice.label.trim().is_empty() {
            wrong("has an option without a value or a label");
        }
        if choice.exclusive && question.kind != Kind::Checks {
            wrong("has an option marked `exclusive`, which only checks can have");
        }
    }
    let none = question
        .choices
        .iter()
        .filter(|choice| choice.exclusive)
        .count();
    match question.kind {
        Kind::Radio if question.choices.len() < 2 => wrong("needs at least two options"),
        Kind::Checks if question.choices.len() < 2 || none != 1 => {
            wrong("needs options, one of them \"None of these\" (`exclusive = true`)");
        }
        Kind::Long if !question.choices.is_empty() => wrong("takes no options"),
        _ => {}
    }
    if question.is_yes_or_no() && question.choice(NOT_SURE).is_none() {
        wrong("can be answered yes or no, and has no option `not_sure`");
    }
}

/// A question may look only at what was asked before it: that is also why no path can go in a circle.
fn asked(pack: &Pack, place: usize, found: &mut Found) {
    let question = &pack.questions[place];
    let conditions = question.ask_if.iter().chain(
        question
            .limits
            .iter()
            .filter_map(|limit| limit.when.as_ref()),
    );
    for condition in conditions {
        for text in check_condition(pack, condition) {
            found.at(&question.at, Some(&question.id), text);
        }
    }
    let looked_at = question
        .ask_if
        .iter()
        .flat_map(|condition| condition.tests());
    for (id, _) in looked_at {
        let before = pack.questions[..place]
            .iter()
            .any(|earlier| earlier.id == *id);
        if !before && pack.question(id).is_some() {
            let text = format!("is asked because of {id}, which is not asked before it");
            found.at(&question.at, Some(&question.id), text);
        }
    }
}
