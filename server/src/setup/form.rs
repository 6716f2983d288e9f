//! Forms: the fields of each kind of thing, what stands in them, and what was typed as a change. Pure but for fresh ids.
//!
//! The words of a field are in the catalogue under `avail-<kind>-<field>`, its hint under the same with `-hint`.

mod fields;
mod read;
mod stored;

use app::text::{has, t};
use app::view::availability::{Differs, FormField, Input};
use app::view::{Choice, FieldError};

pub(super) use fields::{missing_holidays, specs};
pub(super) use read::{Target, read, read_absence};
pub(super) use stored::{fresh, stored};

use super::item::Item;
use super::values::Values;
use crate::domain::time;

/// A field before anything stands in it.
pub(super) struct Spec {
    pub name: &'static str,
    pub kind: Kind,
}

/// How a field is filled in; choices are values with their words.
pub(super) enum Kind {
    Line(&'static str),
    Lines,
    Radio(Vec<(String, String)>),
    Select(Vec<(String, String)>),
    Ticks(Vec<(String, String)>),
}

impl Spec {
    fn choices(&self) -> &[(String, String)] {
        match &self.kind {
            Kind::Radio(all) | Kind::Select(all) | Kind::Ticks(all) => all,
            Kind::Line(_) | Kind::Lines => &[],
        }
    }
}

fn label(item: Item, name: &str) -> String {
    let own = format!("avail-{}-{}", item.slug(), name.replace('_', "-"));
    if has(&own) {
        t(&own)
    } else {
        t(&format!("avail-field-{}", name.replace('_', "-")))
    }
}

fn hint(item: Item, name: &str) -> String {
    let name = name.replace('_', "-");
    [
        format!("avail-{}-{name}-hint", item.slug()),
        format!("avail-field-{name}-hint"),
    ]
    .into_iter()
    .find(|key| has(key))
    .map(|key| t(&key))
    .unwrap_or_default()
}

/// The fields with what stands in them and what is wrong.
pub(super) fn fields(
    item: Item,
    specs: &[Spec],
    values: &Values,
    errors: &[FieldError],
) -> Vec<FormField> {
    let field = |spec: &Spec| {
        let chosen = |many: bool| -> Vec<Choice> {
            spec.choices()
                .iter()
                .map(|(value, label)| Choice {
                    value: value.clone(),
                    label: label.clone(),
                    chosen: if many {
                        values.all(spec.name).any(|one| one == value)
                    } else {
                        values.first(spec.name) == value
                    },
                    ..Choice::default()
                })
                .collect()
        };
        let text = values.all(spec.name).next().unwrap_or_default().to_owned();
        FormField {
            name: spec.name.to_owned(),
            label: label(item, spec.name),
            hint: hint(item, spec.name),
            error: errors
                .iter()
                .find(|error| error.field == spec.name)
                .map(|error| error.text.clone())
                .unwrap_or_default(),
            input: match spec.kind {
                Kind::Line(kind) => Input::Line(kind, text),
                Kind::Lines => Input::Lines(text),
                Kind::Radio(_) => Input::Radio(chosen(false)),
                Kind::Select(_) => Input::Select(chosen(false)),
                Kind::Ticks(_) => Input::Ticks(chosen(true)),
            },
        }
    };
    specs.iter().map(field).collect()
}

/// Where two fillings of the same fields differ, in words.
pub(super) fn differs(item: Item, specs: &[Spec], was: &Values, now: &Values) -> Vec<Differs> {
    specs
        .iter()
        .map(|spec| Differs {
            label: label(item, spec.name),
            was: words(spec, was),
            now: words(spec, now),
        })
        .filter(|one| one.was != one.now)
        .collect()
}

fn words(spec: &Spec, values: &Values) -> String {
    let choices = spec.choices();
    if choices.is_empty() {
        let text = values.first(spec.name);
        return time::parse_date(text).map_or_else(|_| text.to_owned(), time::long_date);
    }
    let word = |(value, label): &(String, String)| {
        let chosen = values.all(spec.name).any(|one| one == value);
        chosen.then(|| label.clone())
    };
    choices
        .iter()
        .filter_map(word)
        .collect::<Vec<_>>()
        .join(", ")
}
