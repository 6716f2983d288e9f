//! Which answers a rule is about: the options that a condition names, as boxes to tick.

use std::collections::BTreeMap;

use app::text::t_with;
use app::view::FieldError;
use app::view::questions::{EditField, FieldKind};
use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use super::toml::{replace, tables, tables_of, text};
use super::{Typed, choice, field};
use app::text::t;

/// Value and label of the options of each question of a file.
pub(super) type Options = BTreeMap<String, Vec<(String, String)>>;

/// The options of every question that stands in the file.
pub(super) fn options(document: &mut DocumentMut) -> Options {
    let questions = tables_of(document.as_table_mut(), "question");
    questions
        .into_iter()
        .map(|question| {
            let own = tables_of(question, "options").into_iter();
            let own = own.map(|one| (text(one, "value"), text(one, "label")));
            let own = own.collect();
            (text(question, "id"), own)
        })
        .collect()
}

/// The boxes of a rule about `question`, one list for each list of answers in its condition.
pub(super) fn fields(
    rule: &mut dyn TableLike,
    id: &str,
    question: &str,
    options: &Options,
) -> Vec<EditField> {
    let lists = lists(rule, question, options).into_iter().enumerate();
    lists
        .map(|(index, (of, list))| {
            let named = texts(list);
            let all = options[&of].iter();
            let boxes =
                all.map(|(value, label)| choice(value, label.clone(), named.contains(value)));
            let label = if of == question {
                t("questions-field-is")
            } else {
                t_with("questions-field-is-of", &[("id", of.clone().into())])
            };
            let kind = FieldKind::Ticks(boxes.collect());
            field(name(id, index), label, t("questions-field-is-hint"), kind)
        })
        .collect()
}

/// Writes what was ticked, in the order of the options. A list without any would never hold.
pub(super) fn apply(
    rule: &mut dyn TableLike,
    id: &str,
    question: &str,
    options: &Options,
    typed: &dyn Typed,
    errors: &mut Vec<FieldError>,
) {
    for (index, (of, list)) in lists(rule, question, options).into_iter().enumerate() {
        let ticked = typed.values(&name(id, index));
        let now = texts(list);
        let all = &options[&of];
        let known = |value: &String| all.iter().any(|(own, _)| own == value);
        let kept = now
            .iter()
            .filter(|value| ticked.contains(value) || !known(value));
        let new = ticked
            .iter()
            .filter(|value| known(value) && !now.contains(value));
        let after: Vec<String> = kept.chain(new).cloned().collect();
        if after.is_empty() {
            errors.push(FieldError {
                field: name(id, index),
                text: t("questions-no-answer-ticked"),
            });
        } else if after != now {
            replace(list, after.iter().collect::<Array>());
        }
    }
}

/// The lists of answers in a condition, for a professional's check.
pub(super) fn written(rule: &mut dyn TableLike, question: &str, options: &Options) -> Vec<String> {
    let lists = lists(rule, question, options).into_iter();
    lists.map(|(_, list)| list.to_string()).collect()
}

fn name(id: &str, index: usize) -> String {
    format!("rule-{id}-is-{index}")
}

fn texts(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

type List<'a> = (String, &'a mut Value);

/// The lists of answers in a rule's condition, each with the question that it is about, in the order in which they are
/// written. Answers to a question of another file are changed there.
fn lists<'a>(rule: &'a mut dyn TableLike, question: &str, options: &Options) -> Vec<List<'a>> {
    let mut found = Vec::new();
    if let Some(condition) = rule.get_mut("if").and_then(Item::as_table_like_mut) {
        walk(condition, question, &mut found);
    }
    found.retain(|(of, _)| options.get(of).is_some_and(|own| !own.is_empty()));
    found
}

fn walk<'a>(condition: &'a mut dyn TableLike, question: &str, found: &mut Vec<List<'a>>) {
    let named = text(condition, "question");
    let of = if named.is_empty() { question } else { &named };
    for (key, item) in condition.iter_mut() {
        match key.get() {
            "is" => found.extend(
                item.as_value_mut()
                    .filter(|value| value.is_array())
                    .map(|value| (of.to_owned(), value)),
            ),
            "all" | "any" => {
                for part in tables(item) {
                    walk(part, of, found);
                }
            }
            _ => {}
        }
    }
}
