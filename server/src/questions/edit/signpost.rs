//! One signpost: name, number, hours, what it is for, who checked.

use app::text::{has, t};
use app::view::questions::{EditGroup, FieldKind};
use toml_edit::{DocumentMut, Item, TableLike};

use super::toml::{put_checked, put_flag, put_text, tables_of, text};
use super::{Typed, field, tick};

/// The lines of a signpost, in the order of the form.
const LINES: [&str; 7] = [
    "name",
    "telephone",
    "url",
    "hours",
    "use",
    "checked_on",
    "checked_by",
];

/// The form; `None` if the file has no such signpost.
pub(super) fn form(document: &mut DocumentMut, id: &str) -> Option<Vec<EditGroup>> {
    let signpost = the_signpost(document, id)?;
    let mut fields: Vec<_> = LINES
        .iter()
        .map(|key| {
            let label = format!("questions-field-{}", key.replace('_', "-"));
            let hint = format!("{label}-hint");
            let hint = if has(&hint) { t(&hint) } else { String::new() };
            let value = text(signpost, key);
            let kind = if *key == "use" {
                FieldKind::Lines(value, 2)
            } else {
                FieldKind::Line(value)
            };
            field(*key, t(&label), hint, kind)
        })
        .collect();
    let rings = signpost.get("rings").and_then(Item::as_bool) != Some(false);
    fields.insert(2, tick("rings", t("questions-field-rings"), rings));
    Some(vec![EditGroup {
        fields,
        ..EditGroup::default()
    }])
}

/// Writes what was typed; false if the file has no such signpost.
pub(super) fn apply(document: &mut DocumentMut, id: &str, typed: &dyn Typed) -> bool {
    let Some(signpost) = the_signpost(document, id) else {
        return false;
    };
    if !typed.sent("name") {
        return true;
    }
    let check =
        |signpost: &dyn TableLike| (text(signpost, "checked_on"), text(signpost, "checked_by"));
    let words = &LINES[..5];
    let lines = |signpost: &dyn TableLike| -> Vec<String> {
        words.iter().map(|key| text(signpost, key)).collect()
    };
    let before = (lines(signpost), check(signpost));
    for key in words {
        put_text(signpost, key, &typed.line(key));
    }
    put_flag(signpost, "rings", typed.ticked("rings"), true);
    let changed = lines(signpost) != before.0;
    let after = (typed.line("checked_on"), typed.line("checked_by"));
    put_checked(signpost, &before.1, after, changed);
    true
}

fn the_signpost<'a>(document: &'a mut DocumentMut, id: &str) -> Option<&'a mut dyn TableLike> {
    tables_of(document.as_table_mut(), "signpost")
        .into_iter()
        .find(|signpost| text(*signpost, "id") == id)
}
