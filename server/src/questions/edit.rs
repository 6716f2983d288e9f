//! Changing a set by forms. A form is made from the text of the file and its answer is written back into the text, so
//! that comments, order and everything that the form does not show stay as they are.
//!
//! Pure: from text and what was typed to text. Does not judge whether the outcome makes sense: the checker does.

mod answers;
mod new_rule;
mod question;
mod settings;
mod signed;
mod signpost;
mod toml;

pub(in crate::questions) use signed::without_old_checks;

use app::text::{t, t_with};
use app::view::questions::{EditField, EditGroup, FieldKind};
use app::view::{Choice, FieldError};
use toml_edit::DocumentMut;

use crate::domain::triage::{Setting, Settings, Signpost};

/// What is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A question of the file with its rules, or the file's own rules about a shared question.
    Question(String),
    /// The settings.
    Settings,
    /// A signpost.
    Signpost(String),
    /// The whole text.
    File,
}

impl Target {
    /// The end of the page's address.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Question(id) | Self::Signpost(id) => format!("edit/{id}"),
            Self::Settings => "settings".to_owned(),
            Self::File => "file".to_owned(),
        }
    }

    /// The heading of its page.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Question(id) => t_with("questions-edit-question", &[("id", id.clone().into())]),
            Self::Signpost(id) => t_with("questions-edit-signpost", &[("id", id.clone().into())]),
            Self::Settings => t("questions-edit-settings"),
            Self::File => t("questions-edit-file"),
        }
    }
}

/// What the forms offer that does not stand in the file itself.
#[derive(Debug, Clone, Default)]
pub struct Help<'a> {
    /// Everybody a rule may point to.
    pub signposts: Vec<&'a Signpost>,
    /// The settings that all clinics share, which a clinic's file may replace.
    pub shared: Option<&'a Settings>,
}

/// The fields of a form as sent.
pub trait Typed {
    /// Every value of a field, in order.
    fn values(&self, name: &str) -> Vec<String>;

    /// The one value of a field, on one line and without spaces round it; empty if it was not sent.
    fn line(&self, name: &str) -> String {
        let value = self.values(name).into_iter().next().unwrap_or_default();
        value.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a field was sent at all.
    fn sent(&self, name: &str) -> bool {
        !self.values(name).is_empty()
    }

    /// Whether a box was ticked.
    fn ticked(&self, name: &str) -> bool {
        !self.values(name).is_empty()
    }
}

/// Why an edit is not written.
#[derive(Debug, Clone)]
pub enum Refused {
    /// There is no such question or signpost in the file.
    NotThere,
    /// The text is not TOML, or a field is wrong.
    Fields(Vec<FieldError>),
}

/// The form that edits part of a text.
pub fn form(text: &str, target: &Target, help: &Help<'_>) -> Result<Vec<EditGroup>, Refused> {
    if *target == Target::File {
        return Ok(vec![whole(text)]);
    }
    let mut document = parsed(text)?;
    let groups = match target {
        Target::Question(id) => question::form(&mut document, id, help),
        Target::Settings => Some(settings::form(&mut document, help)),
        Target::Signpost(id) => signpost::form(&mut document, id),
        Target::File => None,
    };
    groups.ok_or(Refused::NotThere)
}

/// The text with what was typed.
pub fn apply(
    text: &str,
    target: &Target,
    help: &Help<'_>,
    typed: &dyn Typed,
) -> Result<String, Refused> {
    if *target == Target::File {
        let text = typed.values("text").into_iter().next().unwrap_or_default();
        parsed(&text)?;
        return Ok(text);
    }
    let mut document = parsed(text)?;
    let mut errors = Vec::new();
    let there = match target {
        Target::Question(id) => question::apply(&mut document, id, typed, &mut errors),
        Target::Settings => {
            settings::apply(&mut document, help, typed, &mut errors);
            true
        }
        Target::Signpost(id) => signpost::apply(&mut document, id, typed),
        Target::File => false,
    };
    if !there {
        return Err(Refused::NotThere);
    }
    if errors.is_empty() {
        Ok(document.to_string())
    } else {
        Err(Refused::Fields(errors))
    }
}

/// Puts what was typed over what the form was made with.
pub fn keep_typed(groups: &mut [EditGroup], errors: &[FieldError], typed: &dyn Typed) {
    for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
        let values = typed.values(&field.name);
        match &mut field.kind {
            FieldKind::Line(text) | FieldKind::Lines(text, _) => {
                if let Some(value) = values.first() {
                    text.clone_from(value);
                }
            }
            FieldKind::Radio(choices) | FieldKind::Ticks(choices) => {
                for choice in choices {
                    choice.chosen = values.contains(&choice.value);
                }
            }
        }
        let error = errors.iter().find(|error| error.field == field.name);
        field.error = error.map(|error| error.text.clone()).unwrap_or_default();
    }
}

/// The settings that a text gives; none if it is not TOML.
#[must_use]
pub fn settings_of(text: &str) -> Settings {
    let document = parsed(text).unwrap_or_default();
    Settings(settings::own(&document).into_iter().collect())
}

fn parsed(text: &str) -> Result<DocumentMut, Refused> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        let places = [
            ("line", line.to_string().into()),
            ("problem", error.message().to_owned().into()),
        ];
        Refused::Fields(vec![FieldError {
            field: "text".to_owned(),
            text: t_with("questions-not-toml", &places),
        }])
    })
}

fn whole(text: &str) -> EditGroup {
    let kind = FieldKind::Lines(text.to_owned(), 40);
    EditGroup {
        fields: vec![field(
            "text",
            t("questions-field-file"),
            t("questions-field-file-hint"),
            kind,
        )],
        ..EditGroup::default()
    }
}

fn field(name: impl Into<String>, label: String, hint: String, kind: FieldKind) -> EditField {
    EditField {
        name: name.into(),
        label,
        hint,
        error: String::new(),
        kind,
    }
}

fn choice(value: &str, label: String, chosen: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        chosen,
        ..Choice::default()
    }
}

/// A box to tick.
fn tick(name: impl Into<String>, label: String, ticked: bool) -> EditField {
    let kind = FieldKind::Ticks(vec![choice("yes", label, ticked)]);
    field(name, String::new(), String::new(), kind)
}

/// Whole numbers only.
fn number(name: &str, typed: &str, errors: &mut Vec<FieldError>) -> Option<i64> {
    let number = typed.parse().ok();
    if number.is_none() {
        errors.push(FieldError {
            field: name.to_owned(),
            text: t("questions-not-a-number"),
        });
    }
    number
}

fn setting_text(setting: &Setting) -> String {
    match setting {
        Setting::Flag(on) => on.to_string(),
        Setting::Number(number) => number.to_string(),
        Setting::Text(text) => text.clone(),
    }
}
