//! Small changes to a TOML document that leave everything round them as it is.

use toml_edit::{Array, Item, TableLike, Value};

use crate::domain::triage::NOT_YET_CHECKED;

/// The tables of `[[name]]`, or of `name = [{ … }]`.
pub(super) fn tables(item: &mut Item) -> Vec<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables
            .iter_mut()
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        Item::Value(Value::Array(array)) => array
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        _ => Vec::new(),
    }
}

/// The tables of `[[name]]` in a table.
pub(super) fn tables_of<'a>(
    table: &'a mut dyn TableLike,
    name: &str,
) -> Vec<&'a mut dyn TableLike> {
    table.get_mut(name).map(tables).unwrap_or_default()
}

/// The text of a key; empty if there is none.
pub(super) fn text(table: &dyn TableLike, key: &str) -> String {
    let text = table.get(key).and_then(Item::as_str);
    text.unwrap_or_default().to_owned()
}

/// Whether a key is `true`.
pub(super) fn flag(table: &dyn TableLike, key: &str) -> bool {
    table.get(key).and_then(Item::as_bool) == Some(true)
}

/// The texts of a list.
pub(super) fn texts(table: &dyn TableLike, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(Item::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Sets a value; a comment behind the old one stays.
pub(super) fn put(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        replace(old, value);
    } else {
        value.decor_mut().clear();
        table.insert(key, Item::Value(value));
    }
}

/// Replaces a value and keeps the spaces and comments round it.
pub(super) fn replace(old: &mut Value, new: impl Into<Value>) {
    let decor = old.decor().clone();
    *old = new.into();
    *old.decor_mut() = decor;
}

/// Sets a text if it is another; an empty one takes the key away.
pub(super) fn put_text(table: &mut dyn TableLike, key: &str, new: &str) {
    if text(table, key) == new {
    } else if new.is_empty() {
        table.remove(key);
    } else {
        put(table, key, new);
    }
}

/// Sets a flag if it is another; `usual` takes the key away.
pub(super) fn put_flag(table: &mut dyn TableLike, key: &str, new: bool, usual: bool) {
    let now = table.get(key).and_then(Item::as_bool).unwrap_or(usual);
    if now == new {
    } else if new == usual {
        table.remove(key);
    } else {
        put(table, key, new);
    }
}

/// Sets a list of texts if it is another; an empty one takes the key away.
pub(super) fn put_texts(table: &mut dyn TableLike, key: &str, new: &[String]) {
    if texts(table, key) == new {
    } else if new.is_empty() {
        table.remove(key);
    } else {
        put(table, key, new.iter().collect::<Array>());
    }
}

/// Writes who checked and when. A check is of what stood there: if that has changed and the check has not, nobody has
/// checked. What says no more than before is not written.
pub(super) fn put_checked(
    table: &mut dyn TableLike,
    before: &(String, String),
    (on, by): (String, String),
    changed: bool,
) {
    let or_never = |text: String| {
        if text.is_empty() {
            NOT_YET_CHECKED.to_owned()
        } else {
            text
        }
    };
    let mut after = (or_never(on), or_never(by));
    if after == *before && changed {
        after = (NOT_YET_CHECKED.to_owned(), NOT_YET_CHECKED.to_owned());
    }
    if after != *before {
        put_text(table, "checked_on", &after.0);
        put_text(table, "checked_by", &after.1);
    }
}
