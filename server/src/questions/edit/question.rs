//! One question with its rules: words, outcomes, thresholds, signposts, who checked.

use app::text::{t, t_with};
use app::view::FieldError;
use app::view::questions::{EditField, EditGroup, FieldKind};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::answers::{self, Options};
use super::new_rule;
use super::toml::{
    flag, put_checked, put_flag, put_text, put_texts, replace, tables, tables_of, text, texts,
};
use super::{Help, Typed, choice, field, number, tick};
use crate::domain::triage::NOT_YET_CHECKED;

/// The outcomes that a rule may have; none: it only sets facts.
const OUTCOMES: [&str; 5] = ["stop", "out", "review", "notice", ""];
/// Conditions that hold bounds.
const RANGES: [&str; 3] = ["number", "days_away", "days_left"];

/// The form; `None` if the file neither has the question nor a rule about it.
pub(super) fn form(
    document: &mut DocumentMut,
    id: &str,
    help: &Help<'_>,
) -> Option<Vec<EditGroup>> {
    let file_check = file_check(document);
    let options = answers::options(document);
    let mut groups: Vec<EditGroup> = Vec::new();
    groups.extend(the_question(document, id).map(words));
    for rule in rules(document, id) {
        groups.push(rule_form(rule, id, &options, help, &file_check));
    }
    let date = the_question(document, id).map(|question| text(question, "kind") == "date");
    groups.extend(date.map(|date| new_rule::form(id, date, &options, help)));
    (!groups.is_empty()).then_some(groups)
}

/// Writes what was typed; false if the file has nothing of the question.
pub(super) fn apply(
    document: &mut DocumentMut,
    id: &str,
    typed: &dyn Typed,
    errors: &mut Vec<FieldError>,
) -> bool {
    let mut there = false;
    if let Some(question) = the_question(document, id) {
        there = true;
        apply_words(question, typed, errors);
    }
    let file_check = file_check(document);
    let options = answers::options(document);
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    for rule in rules(document, id) {
        there = true;
        let own = text(rule, "id");
        if typed.ticked(&new_rule::remove_name(&own)) {
            go.push(own);
        } else {
            apply_rule(rule, id, &options, &file_check, typed, errors);
            stay.push(own);
        }
    }
    new_rule::remove(document, &go);
    if let Some(question) = the_question(document, id) {
        new_rule::add(question, &stay, typed, errors);
    }
    there
}

fn the_question<'a>(document: &'a mut DocumentMut, id: &str) -> Option<&'a mut dyn TableLike> {
    tables_of(document.as_table_mut(), "question")
        .into_iter()
        .find(|question| text(*question, "id") == id)
}

/// What the head of the file says for every rule that does not say who checked it.
fn file_check(document: &DocumentMut) -> (String, String) {
    let head = document.as_table();
    (text(head, "checked_on"), text(head, "checked_by"))
}

/// The rules under the question, then those elsewhere in the file that are about it.
fn rules<'a>(document: &'a mut DocumentMut, id: &str) -> Vec<&'a mut dyn TableLike> {
    let mut found = Vec::new();
    for (key, item) in document.as_table_mut().iter_mut() {
        match key.get() {
            "question" => {
                for question in tables(item) {
                    let own = text(question, "id") == id;
                    let rules = tables_of(question, "rule").into_iter();
                    found.extend(rules.filter(|rule| about(*rule, own, id)));
                }
            }
            "rule" => found.extend(
                tables(item)
                    .into_iter()
                    .filter(|rule| about(*rule, false, id)),
            ),
            _ => {}
        }
    }
    found
}

fn about(rule: &dyn TableLike, under_it: bool, id: &str) -> bool {
    match text(rule, "question").as_str() {
        "" => under_it,
        named => named == id,
    }
}

fn words(question: &mut dyn TableLike) -> EditGroup {
    let line = |key: &str| FieldKind::Lines(text(question, key), 2);
    let mut fields = vec![
        field(
            "text",
            t("questions-field-text"),
            String::new(),
            line("text"),
        ),
        field(
            "hint",
            t("questions-field-hint"),
            t("questions-field-optional"),
            line("hint"),
        ),
        field(
            "why",
            t("questions-field-why"),
            t("questions-field-optional"),
            line("why"),
        ),
    ];
    for option in tables_of(question, "options") {
        let value = text(option, "value");
        let label = t_with("questions-field-option", &[("value", value.clone().into())]);
        let kind = FieldKind::Line(text(option, "label"));
        fields.push(field(format!("option-{value}"), label, String::new(), kind));
    }
    for (name, unit, value) in limits(question) {
        let label = t(&format!("questions-field-limit-{unit}"));
        fields.push(field(
            name,
            label,
            String::new(),
            FieldKind::Line(value.to_string()),
        ));
    }
    EditGroup {
        title: t("questions-group-question"),
        note: String::new(),
        fields,
    }
}

/// The numbers of the time limits, with their field and their unit.
fn limits(question: &mut dyn TableLike) -> Vec<(String, &'static str, i64)> {
    let mut found = Vec::new();
    for (index, limit) in tables_of(question, "limits").into_iter().enumerate() {
        for unit in ["days", "months"] {
            if let Some(value) = limit.get(unit).and_then(Item::as_integer) {
                found.push((format!("limit-{index}"), unit, value));
            }
        }
    }
    found
}

fn apply_words(question: &mut dyn TableLike, typed: &dyn Typed, errors: &mut Vec<FieldError>) {
    // A form that was cut short on its way takes nothing away.
    if !typed.sent("text") {
        return;
    }
    for key in ["text", "hint", "why"] {
        put_text(question, key, &typed.line(key));
    }
    for option in tables_of(question, "options") {
        let name = format!("option-{}", text(option, "value"));
        if typed.sent(&name) {
            put_text(option, "label", &typed.line(&name));
        }
    }
    for (index, limit) in tables_of(question, "limits").into_iter().enumerate() {
        for unit in ["days", "months"] {
            if let Some(value) = limit.get_mut(unit).and_then(Item::as_value_mut) {
                put_number(&format!("limit-{index}"), value, typed, errors);
            }
        }
    }
}

fn put_number(name: &str, value: &mut Value, typed: &dyn Typed, errors: &mut Vec<FieldError>) {
    if let Some(number) = number(name, &typed.line(name), errors)
        && value.as_integer() != Some(number)
    {
        replace(value, number);
    }
}

fn rule_form(
    rule: &mut dyn TableLike,
    question: &str,
    options: &Options,
    help: &Help<'_>,
    file_check: &(String, String),
) -> EditGroup {
    let id = text(rule, "id");
    let name = |part: &str| format!("rule-{id}-{part}");
    let outcome = text(rule, "outcome");
    let outcomes = OUTCOMES.map(|code| {
        let word = if code.is_empty() { "facts" } else { code };
        let label = t(&format!("questions-outcome-{word}"));
        choice(code, label, code == outcome)
    });
    let mut fields = vec![
        field(
            name("text"),
            t("questions-field-rule-text"),
            t("questions-field-rule-text-hint"),
            FieldKind::Lines(text(rule, "text"), 3),
        ),
        field(
            name("outcome"),
            t("questions-field-outcome"),
            String::new(),
            FieldKind::Radio(outcomes.into()),
        ),
        tick(
            name("p1"),
            t("questions-field-p1"),
            text(rule, "priority") == "p1",
        ),
    ];
    fields.extend(ask_field(rule, &id));
    fields.extend(answers::fields(rule, &id, question, options));
    fields.extend(threshold_fields(rule, &id));
    fields.push(field(
        name("signposts"),
        t("questions-field-signposts"),
        t("questions-field-signposts-hint"),
        FieldKind::Ticks(signposts(rule, help)),
    ));
    fields.extend(best_field(rule, &id, help));
    fields.push(tick(
        name("elsewhere"),
        t("questions-field-elsewhere"),
        flag(rule, "elsewhere"),
    ));
    let (on, by) = checked(rule, file_check);
    for (part, value) in [("on", on), ("by", by)] {
        fields.push(field(
            name(&format!("checked-{part}")),
            t(&format!("questions-field-checked-{part}")),
            t(&format!("questions-field-checked-{part}-hint")),
            FieldKind::Line(value),
        ));
    }
    let remove = t("questions-field-remove");
    fields.push(tick(new_rule::remove_name(&id), remove, false));
    EditGroup {
        title: t_with("questions-group-rule", &[("id", id.into())]),
        note: String::new(),
        fields,
    }
}

/// Whether a person looks if they are asked. Another way on is changed in the whole text.
fn ask_field(rule: &dyn TableLike, id: &str) -> Option<EditField> {
    let follow_up = text(rule, "follow_up");
    ["", "review"].contains(&follow_up.as_str()).then(|| {
        let offered = !follow_up.is_empty();
        tick(format!("rule-{id}-ask"), t("questions-field-ask"), offered)
    })
}

/// Which of several signposts is the best.
fn best_field(rule: &dyn TableLike, id: &str, help: &Help<'_>) -> Option<EditField> {
    let chosen = signposts(rule, help).into_iter().filter(|one| one.chosen);
    let all: Vec<_> = chosen
        .enumerate()
        .map(|(at, one)| choice(&one.value, one.label, at == 0))
        .collect();
    (all.len() > 1).then(|| {
        let label = t("questions-field-best");
        field(
            format!("rule-{id}-best"),
            label,
            String::new(),
            FieldKind::Radio(all),
        )
    })
}

/// Those ticked first, in their order: the best stands first.
fn signposts(rule: &dyn TableLike, help: &Help<'_>) -> Vec<app::view::Choice> {
    let chosen = texts(rule, "signposts");
    let name = |id: &str| {
        let known = help.signposts.iter().find(|one| one.id.0 == id);
        known.map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let first = chosen.iter().map(|id| choice(id, name(id), true));
    let others = help
        .signposts
        .iter()
        .filter(|one| !chosen.contains(&one.id.0));
    first
        .chain(others.map(|one| choice(&one.id.0, one.name.clone(), false)))
        .collect()
}

/// What stands at the rule, or what the head of the file says for all.
fn checked(rule: &dyn TableLike, file: &(String, String)) -> (String, String) {
    let or = |own: String, file: &String| match (own.is_empty(), file.is_empty()) {
        (false, _) => own,
        (true, false) => file.clone(),
        (true, true) => NOT_YET_CHECKED.to_owned(),
    };
    (
        or(text(rule, "checked_on"), &file.0),
        or(text(rule, "checked_by"), &file.1),
    )
}

fn threshold_fields(rule: &mut dyn TableLike, id: &str) -> Vec<EditField> {
    let found = thresholds(rule).into_iter().enumerate();
    found
        .map(|(index, (test, bound, value))| {
            let bound = t(&format!("questions-bound-{}", bound.replace('_', "-")));
            let label = t_with(
                &format!("questions-field-at-{}", test.replace('_', "-")),
                &[("bound", bound.into())],
            );
            let kind = FieldKind::Line(value.to_string().trim().to_owned());
            field(format!("rule-{id}-at-{index}"), label, String::new(), kind)
        })
        .collect()
}

type Threshold<'a> = (String, String, &'a mut Value);

/// The numbers in a rule's condition, in the order in which they are written. A number that is the name of a setting is
/// changed with the settings.
fn thresholds(rule: &mut dyn TableLike) -> Vec<Threshold<'_>> {
    let mut found = Vec::new();
    if let Some(condition) = rule.get_mut("if").and_then(Item::as_table_like_mut) {
        walk(condition, &mut found);
    }
    found
}

fn walk<'a>(condition: &'a mut dyn TableLike, found: &mut Vec<Threshold<'a>>) {
    for (key, item) in condition.iter_mut() {
        let key = key.get().to_owned();
        if RANGES.contains(&key.as_str()) {
            let bounds = item
                .as_table_like_mut()
                .into_iter()
                .flat_map(TableLike::iter_mut);
            for (bound, item) in bounds {
                let bound = bound.get().to_owned();
                if let Some(value) = item.as_value_mut().filter(|value| value.is_integer()) {
                    found.push((key.clone(), bound, value));
                }
            }
        } else if matches!(key.as_str(), "all" | "any") {
            for part in tables(item) {
                walk(part, found);
            }
        }
    }
}

fn apply_rule(
    rule: &mut dyn TableLike,
    question: &str,
    options: &Options,
    file_check: &(String, String),
    typed: &dyn Typed,
    errors: &mut Vec<FieldError>,
) {
    let id = text(rule, "id");
    let name = |part: &str| format!("rule-{id}-{part}");
    if !typed.sent(&name("text")) {
        return;
    }
    let before = (snapshot(rule, question, options), checked(rule, file_check));
    put_text(rule, "text", &typed.line(&name("text")));
    let outcome = typed.line(&name("outcome"));
    if OUTCOMES.contains(&outcome.as_str()) {
        put_text(rule, "outcome", &outcome);
    }
    let priority = if typed.ticked(&name("p1")) { "p1" } else { "" };
    put_text(rule, "priority", priority);
    for (index, (_, _, value)) in thresholds(rule).into_iter().enumerate() {
        put_number(&name(&format!("at-{index}")), value, typed, errors);
    }
    answers::apply(rule, &id, question, options, typed, errors);
    if ask_field(rule, &id).is_some() {
        let ask = if typed.ticked(&name("ask")) {
            "review"
        } else {
            ""
        };
        put_text(rule, "follow_up", ask);
    }
    apply_signposts(
        rule,
        typed.values(&name("signposts")),
        &typed.line(&name("best")),
    );
    put_flag(rule, "elsewhere", typed.ticked(&name("elsewhere")), false);
    let on = typed.line(&name("checked-on"));
    let by = typed.line(&name("checked-by"));
    let changed = snapshot(rule, question, options) != before.0;
    put_checked(rule, &before.1, (on, by), changed);
}

/// The best first; those that stay keep their places, and new ones come last.
fn apply_signposts(rule: &mut dyn TableLike, ticked: Vec<String>, best: &str) {
    let mut signposts = texts(rule, "signposts");
    signposts.retain(|id| ticked.contains(id));
    for id in ticked {
        if !signposts.contains(&id) {
            signposts.push(id);
        }
    }
    if let Some(at) = signposts.iter().position(|id| id == best) {
        signposts[..=at].rotate_right(1);
    }
    put_texts(rule, "signposts", &signposts);
}

/// What a professional's check is about.
fn snapshot(rule: &mut dyn TableLike, question: &str, options: &Options) -> Vec<String> {
    let mut parts: Vec<String> = ["text", "outcome", "priority", "follow_up"]
        .iter()
        .map(|key| text(rule, key))
        .collect();
    parts.extend(texts(rule, "signposts"));
    parts.push(flag(rule, "elsewhere").to_string());
    parts.extend(answers::written(rule, question, options));
    let numbers = thresholds(rule).into_iter();
    parts.extend(numbers.map(|(_, _, value)| value.to_string()));
    parts
}
