//! The settings of a file: thresholds, switches and words that several rules share.

use app::text::{t, t_with};
use app::view::FieldError;
use app::view::questions::{EditGroup, FieldKind};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::toml::{put, put_texts, replace, texts};
use super::{Help, Typed, choice, field, number, setting_text};
use crate::domain::triage::Setting;

/// The form: every setting of the file, and those of all clinics that it could replace.
pub(super) fn form(document: &mut DocumentMut, help: &Help<'_>) -> Vec<EditGroup> {
    let own: Vec<(String, Setting)> = own(document);
    let field_of = |name: &str, setting: &Setting, shared: Option<&Setting>| {
        let kind = kind(setting, shared.is_some_and(|shared| shared == setting));
        let hint = shared.map_or_else(String::new, |shared| {
            t_with(
                "questions-setting-shared",
                &[("value", setting_text(shared).into())],
            )
        });
        field(format!("setting-{name}"), name.to_owned(), hint, kind)
    };
    let shared = help.shared.map(|settings| &settings.0);
    let mut fields: Vec<_> = own
        .iter()
        .map(|(name, setting)| {
            let shared = shared.and_then(|settings| settings.get(name));
            let mut field = field_of(name, setting, None);
            if let Some(shared) = shared {
                field.hint = t_with(
                    "questions-setting-shared",
                    &[("value", setting_text(shared).into())],
                );
            }
            field
        })
        .collect();
    for (name, setting) in shared.into_iter().flatten() {
        if !own.iter().any(|(known, _)| known == name) {
            fields.push(field_of(name, setting, Some(setting)));
        }
    }
    let settings = EditGroup {
        title: t("questions-edit-settings"),
        note: t("questions-settings-note"),
        fields,
    };
    let mut groups = vec![settings];
    groups.extend(elsewhere(document, help));
    groups
}

/// Who the clinic points to when it is not the right place; nothing for a file that is no clinic's.
fn elsewhere(document: &DocumentMut, help: &Help<'_>) -> Option<EditGroup> {
    document.get("elsewhere")?;
    let named = texts(document.as_table(), "elsewhere");
    let one = |id: &String| {
        let known = help.signposts.iter().find(|one| one.id.0 == *id);
        let label = known.map_or_else(|| id.clone(), |one| one.name.clone());
        choice(id, label, true)
    };
    let others = help
        .signposts
        .iter()
        .filter(|one| !named.contains(&one.id.0));
    let others = others.map(|one| choice(&one.id.0, one.name.clone(), false));
    let kind = FieldKind::Ticks(named.iter().map(one).chain(others).collect());
    Some(EditGroup {
        title: t("questions-about-elsewhere"),
        note: t("questions-elsewhere-note"),
        fields: vec![field(
            "elsewhere",
            t("questions-field-signposts"),
            t("questions-field-signposts-hint"),
            kind,
        )],
    })
}

/// Those that stay keep their places, and new ones come last.
fn apply_elsewhere(document: &mut DocumentMut, typed: &dyn Typed, errors: &mut Vec<FieldError>) {
    if document.get("elsewhere").is_none() {
        return;
    }
    let ticked = typed.values("elsewhere");
    let mut after = texts(document.as_table(), "elsewhere");
    after.retain(|id| ticked.contains(id));
    let new: Vec<String> = ticked
        .into_iter()
        .filter(|id| !after.contains(id))
        .collect();
    after.extend(new);
    if after.is_empty() {
        errors.push(FieldError {
            field: "elsewhere".to_owned(),
            text: t("questions-no-elsewhere"),
        });
    } else {
        put_texts(document.as_table_mut(), "elsewhere", &after);
    }
}

pub(super) fn own(document: &DocumentMut) -> Vec<(String, Setting)> {
    let table = document.get("settings").and_then(Item::as_table_like);
    let pairs = table.into_iter().flat_map(TableLike::iter);
    let settings = pairs.filter_map(|(name, item)| {
        let setting = match item.as_value()? {
            Value::Boolean(on) => Setting::Flag(*on.value()),
            Value::Integer(number) => Setting::Number(*number.value()),
            Value::String(text) => Setting::Text(text.value().clone()),
            _ => return None,
        };
        Some((name.to_owned(), setting))
    });
    settings.collect()
}

/// A setting that only all clinics have is shown empty: an empty field leaves it as it is for all.
fn kind(setting: &Setting, only_shared: bool) -> FieldKind {
    match setting {
        Setting::Flag(on) => {
            let mut choices = vec![
                choice("true", t("questions-on"), *on && !only_shared),
                choice("false", t("questions-off"), !*on && !only_shared),
            ];
            if only_shared {
                choices.push(choice("", t("questions-as-shared"), true));
            }
            FieldKind::Radio(choices)
        }
        _ if only_shared => FieldKind::Line(String::new()),
        setting => FieldKind::Line(setting_text(setting)),
    }
}

/// Writes what was typed.
pub(super) fn apply(
    document: &mut DocumentMut,
    help: &Help<'_>,
    typed: &dyn Typed,
    errors: &mut Vec<FieldError>,
) {
    apply_elsewhere(document, typed, errors);
    let shared = help.shared.map(|settings| settings.0.clone());
    let known = own(document);
    let table = document
        .entry("settings")
        .or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = table.as_table_like_mut() else {
        return;
    };
    for (name, setting) in &known {
        let field = format!("setting-{name}");
        let replaces = shared.as_ref().is_some_and(|all| all.contains_key(name));
        if !typed.sent(&field) {
            continue;
        }
        let line = typed.line(&field);
        // A clinic that empties its own goes back to what all have.
        if line.is_empty() && replaces && !matches!(setting, Setting::Flag(_)) {
            table.remove(name);
            continue;
        }
        let new = value(&field, &line, setting, errors);
        if let (Some(new), Some(old)) = (new, table.get_mut(name).and_then(Item::as_value_mut))
            && setting_text(setting) != line
        {
            replace(old, new);
        }
    }
    for (name, setting) in shared.into_iter().flatten() {
        let field = format!("setting-{name}");
        let line = typed.line(&field);
        if !known.iter().any(|(own, _)| *own == name)
            && !line.is_empty()
            && let Some(new) = value(&field, &line, &setting, errors)
        {
            put(table, &name, new);
        }
    }
}

fn value(field: &str, line: &str, kind: &Setting, errors: &mut Vec<FieldError>) -> Option<Value> {
    match kind {
        Setting::Flag(_) => Some(Value::from(line == "true")),
        Setting::Number(_) => number(field, line, errors).map(Value::from),
        Setting::Text(_) => Some(Value::from(line)),
    }
}
