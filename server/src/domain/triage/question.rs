//! A question: what is asked, how it may be answered, and when it is asked at all.

use serde::{Deserialize, Serialize};

use super::{Answer, At, Condition, Facts, Limit};

/// The value of the option "Not sure", which every yes-or-no question has.
pub const NOT_SURE: &str = "not_sure";

/// A question, such as `A1`. Links and stored answers hold on to it, so it never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub String);

impl QuestionId {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for QuestionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for QuestionId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of the options.
    Radio,
    /// Some of the options, or "None of these".
    Checks,
    /// A local date, or one of the options ("I can't find one").
    Date,
    /// One line of text, or one of the options.
    Text,
    /// Several lines of text.
    Long,
    /// Names, one a line, or one of the options ("No one").
    Names,
}

/// A fact that is the answer itself: as typed, or the value of the option chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// The language the person likes to use.
    Language,
    /// What it is about, such as `home`: for staff, and for what is counted.
    Topic,
}

/// Whose names an answer holds. The conflict check compares them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamesOf {
    /// The client's own.
    Own,
    /// Whoever is on the other side.
    OtherSide,
    /// Other names that the client has used.
    Former,
    /// First the client's business, then whom it competes with: two rivals are not given to one team.
    OwnAndRivals,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored, such as `not_sure`.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line under the label; may be empty.
    pub hint: String,
    /// Whether ticking it excludes the others ("None of these").
    pub exclusive: bool,
    /// The facts that choosing it establishes.
    pub sets: Facts,
}

/// A question of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of one question, not states of a machine"
)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// How it is answered.
    pub kind: Kind,
    /// Whether it must be asked before anybody is told "not us". Safety questions come first.
    pub safety: bool,
    /// Whether it is asked even of somebody who is told "not us", from its own place in the order: a date that may
    /// be urgent, whoever can help with it.
    pub before_out: bool,
    /// Whether it may be left empty (text, long and names only).
    pub optional: bool,
    /// Whether nobody may read the answer before the conflict check is cleared.
    pub sealed: bool,
    /// Whose names the answer holds, for the conflict check.
    pub names: Option<NamesOf>,
    /// The question, in plain words.
    pub text: String,
    /// A line of help; may be empty.
    pub hint: String,
    /// Why we ask, in one line; may be empty.
    pub why: String,
    /// Most characters of a text or long answer, or of one name.
    pub max_chars: usize,
    /// The options, in the order to show them.
    pub choices: Vec<Choice>,
    /// When it is asked; `None` means always. Looks only at questions asked before.
    pub ask_if: Option<Condition>,
    /// The time limits that a date answer starts; the earliest that applies counts.
    pub limits: Vec<Limit>,
    /// The fact that the answer is.
    pub fills: Option<Fill>,
    /// Whether "Not sure" may be softer than "Yes" (A1 only: it shows who to call, and goes on).
    pub not_sure_goes_on: bool,
    /// Where it is written.
    pub at: At,
}

impl Question {
    /// The option with this value.
    #[must_use]
    pub fn choice(&self, value: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.value == value)
    }

    /// Whether it is answered by yes or no.
    #[must_use]
    pub fn is_yes_or_no(&self) -> bool {
        self.kind == Kind::Radio && self.choice("yes").is_some() && self.choice("no").is_some()
    }

    /// Whether an answer still fits, which an answer kept from an older version may not.
    #[must_use]
    pub fn accepts(&self, answer: &Answer) -> bool {
        match (self.kind, answer) {
            (Kind::Radio | Kind::Date | Kind::Text | Kind::Names, Answer::One(value)) => {
                self.choice(value).is_some()
            }
            (Kind::Checks, Answer::Many(values)) => {
                let alone = values.len() == 1;
                !values.is_empty()
                    && values.iter().all(|value| {
                        self.choice(value)
                            .is_some_and(|choice| alone || !choice.exclusive)
                    })
            }
            (Kind::Date, Answer::Date(_)) => true,
            (Kind::Text | Kind::Long, Answer::Text(text)) => self.optional || !text.is_empty(),
            (Kind::Names, Answer::Names(names)) => self.optional || !names.is_empty(),
            _ => false,
        }
    }

    /// The question as other programs see it.
    #[must_use]
    pub fn view(&self) -> QuestionView {
        let options = self.choices.iter().map(|choice| ChoiceView {
            value: choice.value.clone(),
            label: choice.label.clone(),
        });
        QuestionView {
            id: self.id.to_string(),
            text: self.text.clone(),
            hint: self.hint.clone(),
            kind: self.kind,
            options: options.collect(),
        }
    }
}

/// A question in the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuestionView {
    /// Its id, the key of its answer.
    pub id: String,
    /// The question.
    pub text: String,
    /// A line of help; may be empty.
    pub hint: String,
    /// `radio`, `checks`, `date`, `text`, `names` or `long`.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The options; empty where there are none.
    pub options: Vec<ChoiceView>,
}

/// An option in the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ChoiceView {
    /// What to send.
    pub value: String,
    /// What to show.
    pub label: String,
}
