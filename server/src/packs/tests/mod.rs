//! The packs and the engine together. `shared` is the table to compare with the clinics' own list of rules; `laws`
//! holds what is true of every pack; `format` uses every part of the format; `broken` is what must be refused.

mod broken;
mod format;
mod laws;
mod mutation;
mod parsing;
mod shared;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{EMBEDDED, Packs, Source, embedded};
use crate::domain::triage::{Answers, Assessment, Pack, QuestionId, Raw, Signpost};

/// A Sunday: the day on which every test here happens.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// The date so many days from today.
pub(super) fn in_days(days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    if days < 0 {
        today() - distance
    } else {
        today() + distance
    }
}

/// Answers from "A1=no A6=quiet,sight L8=+7": lists for checks and names, `+N` and `-N` for days from today, `_` for
/// a space.
pub(super) fn answers(pack: &Pack, text: &str) -> Answers {
    let raw = text.split_whitespace().map(|pair| {
        let (id, value) = pair.split_once('=').unwrap();
        let value = value.replace('_', " ");
        (QuestionId::from(id), raw(pack, id, &value))
    });
    let raw: BTreeMap<QuestionId, Raw> = raw.collect();
    Answers::read(pack, &raw).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

fn raw(pack: &Pack, id: &str, value: &str) -> Raw {
    use crate::domain::triage::Kind;
    let question = pack
        .question(&id.into())
        .unwrap_or_else(|| panic!("no question {id}"));
    // Values of options have real underscores.
    let underscored = value.replace(' ', "_");
    match question.kind {
        _ if question.choice(&underscored).is_some() && question.kind != Kind::Checks => {
            Raw::One(underscored)
        }
        Kind::Checks => Raw::List(underscored.split(',').map(str::to_owned).collect()),
        Kind::Names => Raw::List(value.split(',').map(str::to_owned).collect()),
        Kind::Date if value.starts_with(['+', '-']) => {
            Raw::One(in_days(value.parse().unwrap()).to_string())
        }
        _ => Raw::One(value.to_owned()),
    }
}

/// An assessment on one line: "review p1 -> who, who; notice -> who; fact, fact; by 2026-12-01".
pub(super) fn summary(assessment: &Assessment) -> String {
    let mut line = assessment.outcome.as_str().to_owned();
    if assessment.priority.is_some() {
        line += " p1";
    }
    if let Some(next) = &assessment.next {
        line += &format!(", asks {next}");
    }
    let to = |signposts: &[Signpost]| {
        let names: Vec<String> = signposts.iter().map(|one| one.id.to_string()).collect();
        if names.is_empty() {
            String::new()
        } else {
            format!(" -> {}", names.join(", "))
        }
    };
    if let Some(worst) = assessment.reasons.first() {
        line += &to(&worst.signposts);
    }
    for notice in &assessment.notices {
        line += &format!("; notice{}", to(&notice.signposts));
    }
    for fact in facts(assessment) {
        line += &format!("; {fact}");
    }
    if let Some(deadline) = assessment.deadline {
        line += &format!("; by {deadline}");
    }
    line
}

/// The facts that are set, each as `name=value`, except the language English.
fn facts(assessment: &Assessment) -> Vec<String> {
    let serde_json::Value::Object(facts) = serde_json::to_value(&assessment.facts).unwrap() else {
        unreachable!("facts are an object")
    };
    let empty = ["false", "null", "[]", "0", "\"\"", "\"English\""];
    let set = facts
        .into_iter()
        .map(|(name, value)| (name, value.to_string()));
    set.filter(|(_, value)| !empty.contains(&value.as_str()))
        .map(|(name, value)| format!("{name}={}", value.replace('"', "")))
        .collect()
}

pub(super) fn clinic(id: &str) -> Pack {
    Packs::embedded().unwrap().get(&id.into()).unwrap().clone()
}

/// The packs compiled in, with the text of one file replaced.
pub(super) fn with(file: &str, text: &str) -> Vec<Source> {
    let mut sources = embedded();
    assert!(EMBEDDED.iter().any(|(name, _)| *name == file));
    for source in &mut sources {
        if source.file == file {
            text.clone_into(&mut source.text);
        }
    }
    sources
}
