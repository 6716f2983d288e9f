//! A professional's check falls with what was checked. Whatever way a text was changed (a form, the whole text, an old
//! version taken back), every rule and signpost that is other than in the text in force and still carries the check it
//! had goes back to "not yet checked". A check that is itself new is a new signature, and stands under the name of
//! whoever publishes it.
//!
//! A rule is checked together with the question it is about, with the settings of the same text that it looks at, and
//! not with those of another text: a shared setting that makes a rule ask less is told before it is published.

use std::collections::{BTreeMap, BTreeSet};

use ::toml::{Table, Value};
use toml_edit::{DocumentMut, TableLike};

use super::toml::{put_text, tables, tables_of, text};
use crate::domain::triage::NOT_YET_CHECKED;

const CHECK: [&str; 2] = ["checked_on", "checked_by"];
/// The parts of a question that a rule about it is checked with.
const ASKED: [&str; 7] = [
    "text", "kind", "options", "optional", "ask_if", "limits", "safety",
];

/// What is signed: its kind with its id.
type Name = (&'static str, String);

/// Something that is signed, as it stands in a text.
struct Signed {
    what: Vec<Option<Value>>,
    check: (String, String),
}

/// The text with the checks taken back that were of something else; `None` if it stays as it is. A text that cannot be
/// read stays: it cannot be published either.
pub(in crate::questions) fn without_old_checks(in_force: &str, text: &str) -> Option<String> {
    let before = signed(&in_force.parse().ok()?);
    let after = signed(&text.parse().ok()?);
    let known: BTreeSet<&(String, String)> = before.values().map(|one| &one.check).collect();
    let fallen: BTreeSet<&Name> = after
        .iter()
        .filter(|(_, now)| now.check.0 != NOT_YET_CHECKED)
        .filter(|(name, now)| match before.get(*name) {
            Some(was) => was.check == now.check && was.what != now.what,
            // Under another id it is another rule: a check that was of the old ones is not of this.
            None => known.contains(&now.check),
        })
        .map(|(name, _)| name)
        .collect();
    if fallen.is_empty() {
        return None;
    }
    let mut document: DocumentMut = text.parse().ok()?;
    take_back(&mut document, &fallen);
    Some(document.to_string())
}

fn signed(file: &Table) -> BTreeMap<Name, Signed> {
    let head = check_of(file, &(String::new(), String::new()));
    let settings = file.get("settings").and_then(Value::as_table);
    let mut all = BTreeMap::new();
    let questions = lists(file, "question");
    let mut add = |rule: &Table, question: Option<&Table>| {
        let asked = ASKED.map(|key| question.and_then(|one| one.get(key)).cloned());
        let mut what = vec![Some(Value::Table(unchecked(rule)))];
        what.extend(asked);
        let mut looked_at = BTreeSet::new();
        for part in what.iter().flatten() {
            words(part, &mut looked_at);
        }
        let read = looked_at
            .iter()
            .map(|name| settings.and_then(|all| all.get(*name)).cloned());
        let read: Vec<Option<Value>> = read.collect();
        what.extend(read);
        let check = check_of(rule, &head);
        all.insert(("rule", id(rule)), Signed { what, check });
    };
    let named = |rule: &Table| {
        let about = rule.get("question")?.as_str()?;
        questions.iter().find(|one| id(one) == about).copied()
    };
    for question in &questions {
        for rule in lists(question, "rule") {
            add(rule, named(rule).or(Some(question)));
        }
    }
    for rule in lists(file, "rule") {
        add(rule, named(rule));
    }
    for one in lists(file, "signpost") {
        let what = vec![Some(Value::Table(unchecked(one)))];
        let check = check_of(one, &head);
        all.insert(("signpost", id(one)), Signed { what, check });
    }
    all
}

fn id(table: &Table) -> String {
    let id = table.get("id").and_then(Value::as_str);
    id.unwrap_or_default().to_owned()
}

fn lists<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect()
}

/// What stands at a rule, or at the head of the file if the rule says nothing.
fn check_of(table: &Table, head: &(String, String)) -> (String, String) {
    let [on, by] = CHECK.map(|key| table.get(key).and_then(Value::as_str));
    if on.is_none() && by.is_none() && !head.0.is_empty() {
        return head.clone();
    }
    let or_never = |text: Option<&str>| text.unwrap_or(NOT_YET_CHECKED).to_owned();
    (or_never(on), or_never(by))
}

fn unchecked(table: &Table) -> Table {
    let mut table = table.clone();
    for key in CHECK {
        table.remove(key);
    }
    table
}

/// Every text in a value: some are names of settings.
fn words<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => {
            found.insert(text);
        }
        Value::Array(parts) => parts.iter().for_each(|part| words(part, found)),
        Value::Table(parts) => parts.values().for_each(|part| words(part, found)),
        _ => {}
    }
}

fn take_back(document: &mut DocumentMut, fallen: &BTreeSet<&Name>) {
    let never = |kind: &'static str, table: &mut dyn TableLike| {
        if fallen.contains(&(kind, text(table, "id"))) {
            for key in CHECK {
                put_text(table, key, NOT_YET_CHECKED);
            }
        }
    };
    for (key, item) in document.as_table_mut().iter_mut() {
        match key.get() {
            "question" => {
                for question in tables(item) {
                    for rule in tables_of(question, "rule") {
                        never("rule", rule);
                    }
                }
            }
            "rule" => tables(item)
                .into_iter()
                .for_each(|rule| never("rule", rule)),
            "signpost" => tables(item)
                .into_iter()
                .for_each(|one| never("signpost", one)),
            _ => {}
        }
    }
}
