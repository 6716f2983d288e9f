//! The packs and the engine together. `table` reads `packs/rules.md`, to be compared with the clinics' own list of rules;
//! `covers` and `mutation` ask whether that table leaves anything out; `laws` holds what is true of every pack;
//! `format` uses every part of the format; `broken` is what must be refused.

mod broken;
mod covers;
mod domain_9_8;
mod format;
mod laws;
mod mutation;
mod offers;
mod parsing;
mod reading;
mod schema;
mod shared;
mod signposts;
mod table;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{EMBEDDED, Packs, Source, embedded};
use crate::domain::triage::{Answers, Assessment, Kind, Pack, Question, QuestionId, Raw, Signpost};

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
    try_answers(pack, text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// As [`answers`], for packs that may lack what the text names.
pub(super) fn try_answers(pack: &Pack, text: &str) -> Result<Answers, String> {
    let mut given = BTreeMap::new();
    for pair in text.split_whitespace() {
        let (id, value) = pair.split_once('=').ok_or(pair)?;
        let id = QuestionId::from(id);
        if value.is_empty() {
            given.remove(&id);
            continue;
        }
        let question = pack.question(&id).ok_or(pair)?;
        given.insert(id, raw(question, value));
    }
    Answers::read(pack, &given).map_err(|errors| format!("{errors:?}"))
}

fn raw(question: &Question, value: &str) -> Raw {
    let list = |text: &str| Raw::List(text.split(',').map(str::to_owned).collect());
    let spaced = value.replace('_', " ");
    match question.kind {
        Kind::Checks => list(value),
        _ if question.choice(value).is_some() => Raw::One(value.to_owned()),
        Kind::Names => list(&spaced),
        Kind::Date if value.starts_with(['+', '-']) => {
            Raw::One(in_days(value.parse().unwrap()).to_string())
        }
        _ => Raw::One(spaced),
    }
}

/// An assessment on one line: "review p1 +1 -> who, who; notice -> who; fact; by 2026-12-01", with
/// the number of reasons beside the worst.
pub(super) fn summary(assessment: &Assessment) -> String {
    let to = |signposts: &[Signpost]| {
        let names: Vec<String> = signposts.iter().map(|one| one.id.to_string()).collect();
        if names.is_empty() {
            String::new()
        } else {
            format!(" -> {}", names.join(", "))
        }
    };
    let p1 = assessment.priority.map_or("", |_| " p1");
    let next = assessment.next.as_ref();
    let asks = next.map_or(String::new(), |next| format!(", asks {next}"));
    let worst = assessment.reasons.first();
    let who = worst.map_or(String::new(), |worst| to(&worst.signposts));
    let more = match assessment.reasons.len() {
        0 | 1 => String::new(),
        reasons => format!(" +{}", reasons - 1),
    };
    let outcome = assessment.outcome.as_str();
    let mut parts = vec![format!("{outcome}{p1}{more}{asks}{who}")];
    let notices = assessment.notices.iter();
    parts.extend(notices.map(|notice| format!("notice{}", to(&notice.signposts))));
    parts.extend(facts(assessment));
    parts.extend(assessment.deadline.map(|date| format!("by {date}")));
    parts.join("; ")
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
pub(crate) fn with(file: &str, text: &str) -> Vec<Source> {
    let mut sources = embedded();
    assert!(EMBEDDED.iter().any(|(name, _)| *name == file));
    for source in &mut sources {
        if source.file == file {
            text.clone_into(&mut source.text);
        }
    }
    sources
}
