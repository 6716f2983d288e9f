//! Fields of plain forms. Each has a label, says what is wrong in the same words as the summary at
//! the top of the page, and keeps what was typed. The first control of a field has the field's name
//! as its id, so that the summary's links land on it. No field uses the browser's own bubbles.

use crate::icons::{ALERT, icon};
use crate::text::t;
use crate::view::{Choice, FieldError};
use leptos::prelude::*;

/// Everything wrong with a page, first on it and with the focus; nothing if nothing is.
pub fn error_summary(errors: &[FieldError]) -> Option<AnyView> {
    if errors.is_empty() {
        return None;
    }
    let links = errors.iter().map(|error| {
        view! {
            <li><a href=format!("#{}", error.field)>{error.text.clone()}</a></li>
        }
    });
    Some(
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-title">
                <h2 id="error-title">{icon(ALERT)} {t("error-title")}</h2>
                <ul>{links.collect_view()}</ul>
            </div>
        }
        .into_any(),
    )
}

/// What is wrong with the field `name`; empty if nothing.
pub fn error_of(errors: &[FieldError], name: &str) -> String {
    errors
        .iter()
        .find(|error| error.field == name)
        .map(|error| error.text.clone())
        .unwrap_or_default()
}

fn hint_view(name: &str, hint: &str) -> Option<AnyView> {
    (!hint.is_empty()).then(|| {
        view! { <p class="hint" id=format!("{name}-hint")>{hint.to_owned()}</p> }.into_any()
    })
}

fn error_view(name: &str, error: &str) -> Option<AnyView> {
    (!error.is_empty()).then(|| {
        view! { <p class="field-error" id=format!("{name}-error")>{icon(ALERT)} {error.to_owned()}</p> }.into_any()
    })
}

/// Ids of the hint and the error that are there, for `aria-describedby`.
fn described_by(name: &str, hint: &str, error: &str) -> Option<String> {
    let ids: Vec<String> = [("hint", hint), ("error", error)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(end, _)| format!("{name}-{end}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A text as the inside of a `<textarea>`. The rendering escapes what is inside of every other element and leaves this one
/// to us: unescaped, `</textarea>` in what somebody typed would end the field, and the rest would be read as the page's own.
/// A browser drops a line break at the very beginning, so that one is doubled.
#[must_use]
pub fn typed_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    if escaped.starts_with(['\n', '\r']) {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

/// One line to type in, or several.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    /// The field's name and id.
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub error: String,
    /// The `type` of the input; empty for plain text.
    pub kind: &'static str,
    /// What the browser may fill in (WCAG 1.3.5); empty for nothing known.
    pub autocomplete: &'static str,
    /// The keyboard a phone should show; empty for the usual one.
    pub inputmode: &'static str,
    /// A class for how much is expected: `short`, `medium` or empty for the full width.
    pub width: &'static str,
    /// Lines of a large field; 0 for a single line.
    pub rows: usize,
    /// Most characters; 0 for no limit of ours.
    pub max_chars: usize,
    /// The label is the page's heading.
    pub heading: bool,
}

impl TextField {
    /// The field as HTML.
    pub fn view(self) -> AnyView {
        let described = described_by(self.name, &self.hint, &self.error);
        let invalid = (!self.error.is_empty()).then_some("true");
        let label = view! { <label for=self.name>{self.label.clone()}</label> };
        let label = if self.heading {
            view! { <h1>{label}</h1> }.into_any()
        } else {
            label.into_any()
        };
        let limit = (self.max_chars > 0).then(|| self.max_chars.to_string());
        let optional = |value: &'static str| (!value.is_empty()).then_some(value);
        // Names and addresses are not English words: no red lines under them.
        let spellcheck = optional(self.autocomplete).map(|_| "false");
        let control = if self.rows > 0 {
            view! {
                <textarea name=self.name id=self.name rows=self.rows.to_string() maxlength=limit
                    aria-describedby=described aria-invalid=invalid>{typed_text(&self.value)}</textarea>
            }
            .into_any()
        } else {
            view! {
                <input type=if self.kind.is_empty() { "text" } else { self.kind } name=self.name id=self.name
                    class=optional(self.width) value=self.value.clone() maxlength=limit
                    autocomplete=optional(self.autocomplete) inputmode=optional(self.inputmode)
                    spellcheck=spellcheck aria-describedby=described aria-invalid=invalid />
            }
            .into_any()
        };
        view! {
            <div class="field" class:wrong=!self.error.is_empty()>
                {label} {hint_view(self.name, &self.hint)} {error_view(self.name, &self.error)} {control}
            </div>
        }
        .into_any()
    }
}

/// Radio buttons, or boxes to tick when `many`.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The field's name; the id of its first choice.
    pub name: &'static str,
    pub legend: String,
    pub hint: String,
    pub choices: Vec<Choice>,
    pub error: String,
    pub many: bool,
    /// The legend is the page's heading.
    pub heading: bool,
}

impl Options {
    /// The choices as HTML: large targets, one under the other.
    pub fn view(self) -> AnyView {
        let described = described_by(self.name, &self.hint, &self.error);
        let legend = if self.heading {
            view! { <h1>{self.legend.clone()}</h1> }.into_any()
        } else {
            self.legend.clone().into_any()
        };
        view! {
            <fieldset class="field" class:wrong=!self.error.is_empty() aria-describedby=described>
                <legend>{legend}</legend>
                {hint_view(self.name, &self.hint)}
                {error_view(self.name, &self.error)}
                {choices(self.name, self.choices, self.many)}
            </fieldset>
        }
        .into_any()
    }
}

/// Choices without a fieldset of their own, for a field that has more to it.
pub fn choices(name: &'static str, all: Vec<Choice>, many: bool) -> AnyView {
    choices_after(0, name, all, many)
}

/// As [`choices`], after so many other controls of the same name: the first of all bears the name as its id, which is
/// where the error summary leads.
pub fn choices_after(before: usize, name: &'static str, all: Vec<Choice>, many: bool) -> AnyView {
    let several = all.len() > 1;
    let one = move |(at, choice): (usize, Choice)| {
        let id = match at + before {
            0 => name.to_owned(),
            more => format!("{name}-{}", more + 1),
        };
        let hint_id = format!("{id}-more");
        let described = (!choice.hint.is_empty()).then(|| hint_id.clone());
        let hint = (!choice.hint.is_empty())
            .then(|| view! { <span class="hint" id=hint_id>{choice.hint.clone()}</span> });
        let or =
            (many && choice.exclusive && several).then(|| view! { <p class="or">{t("or")}</p> });
        view! {
            {or}
            <div class="choice">
                <input type=if many { "checkbox" } else { "radio" } name=name id=id.clone()
                    value=choice.value checked=choice.chosen aria-describedby=described />
                <label for=id>{choice.label}</label>
                {hint}
            </div>
        }
    };
    view! { <div class="choices">{all.into_iter().enumerate().map(one).collect_view()}</div> }
        .into_any()
}

/// A choice with this value and label, chosen if `current` is its value.
pub fn choice(value: &str, label: String, current: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        chosen: value == current,
        ..Choice::default()
    }
}

/// One box to tick, sent as `yes`.
pub fn tick(name: &'static str, label: String, ticked: bool, error: &str) -> AnyView {
    let invalid = (!error.is_empty()).then_some("true");
    view! {
        <div class="field" class:wrong=!error.is_empty()>
            {error_view(name, error)}
            <div class="choice">
                <input type="checkbox" name=name id=name value="yes" checked=ticked
                    aria-describedby=described_by(name, "", error) aria-invalid=invalid />
                <label for=name>{label}</label>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_was_typed_never_leaves_its_field() {
        let hostile = "\n</textarea><script>alert(1)</script> & \"more\"";
        for rows in [0, 3] {
            let field = TextField {
                name: "text",
                value: hostile.into(),
                rows,
                ..TextField::default()
            };
            let html = field.view().to_html();
            assert!(!html.contains("<script"), "{html}");
            assert!(html.matches("</textarea>").count() <= 1, "{html}");
        }
        assert_eq!(typed_text("\na < b & c"), "\n\na &lt; b &amp; c");
    }

    #[test]
    fn every_large_field_escapes_what_is_inside() {
        fn look(folder: &Path, found: &mut usize) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    look(&path, found);
                } else if path.file_name().is_none_or(|name| name != "fields.rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    for inside in text.split("<textarea ").skip(1) {
                        let inside = inside.split("</textarea>").next().unwrap();
                        let inside = inside.rsplit_once('>').unwrap().1;
                        assert!(inside.starts_with("{typed_text("), "{}", path.display());
                        *found += 1;
                    }
                }
            }
        }
        let mut found = 0;
        look(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found >= 3, "only {found}");
    }
}
