//! Rules that come and go: a form for one more rule of a question, and a box beside each rule that takes it away.

use app::text::{t, t_with};
use app::view::FieldError;
use app::view::questions::{EditGroup, FieldKind};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::answers::Options;
use super::toml::{tables_of, text};
use super::{Help, Typed, choice, field, number, tick};
use crate::domain::triage::NOT_YET_CHECKED;

/// The outcomes that a new rule may have.
const OUTCOMES: [&str; 4] = ["stop", "out", "review", "notice"];

/// The box that takes a rule away.
pub(super) fn remove_name(id: &str) -> String {
    format!("rule-{id}-remove")
}

/// The form for one more rule; `date` is whether the question asks for a date.
pub(super) fn form(question: &str, date: bool, options: &Options, help: &Help<'_>) -> EditGroup {
    let none = || String::new();
    let outcomes =
        OUTCOMES.map(|code| choice(code, t(&format!("questions-outcome-{code}")), false));
    let mut fields = vec![
        field(
            "new-id",
            t("questions-field-new-id"),
            t_with(
                "questions-field-new-id-hint",
                &[("id", question.to_lowercase().into())],
            ),
            FieldKind::Line(none()),
        ),
        field(
            "new-text",
            t("questions-field-rule-text"),
            t("questions-field-rule-text-hint"),
            FieldKind::Lines(none(), 3),
        ),
    ];
    let own = options.get(question).map(Vec::as_slice).unwrap_or_default();
    if !own.is_empty() {
        let boxes = own
            .iter()
            .map(|(value, label)| choice(value, label.clone(), false));
        let kind = FieldKind::Ticks(boxes.collect());
        let (label, hint) = (t("questions-field-is"), t("questions-field-is-hint"));
        fields.push(field("new-is", label, hint, kind));
    }
    if date {
        let bound = t("questions-bound-at-most");
        for (name, test) in [
            ("new-days-away", "days-away"),
            ("new-days-left", "days-left"),
        ] {
            let label = t_with(
                &format!("questions-field-at-{test}"),
                &[("bound", bound.clone().into())],
            );
            fields.push(field(
                name,
                label,
                t("questions-field-optional"),
                FieldKind::Line(none()),
            ));
        }
    }
    fields.push(field(
        "new-outcome",
        t("questions-field-outcome"),
        none(),
        FieldKind::Radio(outcomes.into()),
    ));
    fields.push(tick("new-p1", t("questions-field-p1"), false));
    let others = help.signposts.iter();
    let others = others.map(|one| choice(&one.id.0, one.name.clone(), false));
    fields.push(field(
        "new-signposts",
        t("questions-field-signposts"),
        t("questions-field-new-signposts-hint"),
        FieldKind::Ticks(others.collect()),
    ));
    EditGroup {
        title: t("questions-group-new-rule"),
        note: t("questions-new-rule-note"),
        fields,
    }
}

/// Adds the rule that was typed, under its question; nothing if none was.
pub(super) fn add(
    question: &mut dyn TableLike,
    taken: &[String],
    typed: &dyn Typed,
    errors: &mut Vec<FieldError>,
) {
    let (id, words) = (typed.line("new-id"), typed.line("new-text"));
    if id.is_empty() && words.is_empty() {
        return;
    }
    let before = errors.len();
    let mut wrong = |field: &str, key: &str| {
        errors.push(FieldError {
            field: field.to_owned(),
            text: t(key),
        });
    };
    let plain =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if id.is_empty() || !id.chars().all(plain) {
        wrong("new-id", "questions-wrong-id");
    } else if taken.contains(&id) {
        wrong("new-id", "questions-id-taken");
    }
    if words.is_empty() {
        wrong("new-text", "questions-no-text");
    }
    let outcome = typed.line("new-outcome");
    if !OUTCOMES.contains(&outcome.as_str()) {
        wrong("new-outcome", "questions-no-outcome");
    }
    let tests = tests(typed, errors);
    if tests.is_empty() {
        errors.push(FieldError {
            field: "new-id".to_owned(),
            text: t("questions-no-condition"),
        });
    }
    if errors.len() > before {
        return;
    }
    let mut rule = Table::new();
    rule.decor_mut().set_prefix("\n");
    rule.insert("id", id.into_item());
    rule.insert("if", Item::Value(condition(tests)));
    rule.insert("outcome", outcome.into_item());
    if typed.ticked("new-p1") {
        rule.insert("priority", "p1".to_owned().into_item());
    }
    rule.insert("text", words.into_item());
    let signposts: Array = typed.values("new-signposts").into_iter().collect();
    if !signposts.is_empty() {
        rule.insert("signposts", Item::Value(signposts.into()));
    }
    // Whatever the head of the file says of the others, nobody has checked this one.
    for key in ["checked_on", "checked_by"] {
        rule.insert(key, NOT_YET_CHECKED.to_owned().into_item());
    }
    push(question, rule);
}

trait IntoItem {
    fn into_item(self) -> Item;
}

impl IntoItem for String {
    fn into_item(self) -> Item {
        Item::Value(self.into())
    }
}

/// What was typed as the condition, one test each.
fn tests(typed: &dyn Typed, errors: &mut Vec<FieldError>) -> Vec<InlineTable> {
    let mut tests = Vec::new();
    let answers: Array = typed.values("new-is").into_iter().collect();
    if !answers.is_empty() {
        tests.push(InlineTable::from_iter([("is", Value::from(answers))]));
    }
    for (name, key) in [
        ("new-days-away", "days_away"),
        ("new-days-left", "days_left"),
    ] {
        let line = typed.line(name);
        if let Some(days) = (!line.is_empty())
            .then(|| number(name, &line, errors))
            .flatten()
        {
            let bounds = InlineTable::from_iter([("at_most", Value::from(days))]);
            tests.push(InlineTable::from_iter([(key, Value::from(bounds))]));
        }
    }
    tests
}

/// One of them is enough.
fn condition(mut tests: Vec<InlineTable>) -> Value {
    if tests.len() == 1 {
        return tests.remove(0).into();
    }
    let any: Array = tests.into_iter().map(Value::from).collect();
    InlineTable::from_iter([("any", Value::from(any))]).into()
}

fn push(question: &mut dyn TableLike, rule: Table) {
    let rules = question
        .entry("rule")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    match rules {
        Item::ArrayOfTables(all) => all.push(rule),
        Item::Value(Value::Array(all)) => all.push(rule.into_inline_table()),
        _ => {}
    }
}

/// Takes away the rules with these ids, wherever in the file they stand.
pub(super) fn remove(document: &mut DocumentMut, ids: &[String]) {
    if ids.is_empty() {
        return;
    }
    for question in tables_of(document.as_table_mut(), "question") {
        drop_from(question, ids);
    }
    drop_from(document.as_table_mut(), ids);
}

fn drop_from(table: &mut dyn TableLike, ids: &[String]) {
    let stays = |rule: &dyn TableLike| !ids.contains(&text(rule, "id"));
    let empty = match table.get_mut("rule") {
        Some(Item::ArrayOfTables(all)) => {
            all.retain(|rule| stays(rule));
            all.is_empty()
        }
        Some(Item::Value(Value::Array(all))) => {
            all.retain(|rule| rule.as_inline_table().is_none_or(|rule| stays(rule)));
            all.is_empty()
        }
        _ => false,
    };
    if empty {
        table.remove("rule");
    }
}
