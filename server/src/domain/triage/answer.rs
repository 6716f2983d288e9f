//! Answers: what came in from a form or as JSON, and what it means for a question.
//!
//! An [`Answer`] is made by [`parse`] alone in the running program, so that whatever holds one holds an answer that
//! its question can have. Written as JSON it has the shape that [`Raw`] reads back: text, a list, or `YYYY-MM-DD`;
//! only the question tells a date or an option from text, so reading answers always needs the pack.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Kind, Pack, Question, QuestionId};

/// Most names in one answer.
const MAX_NAMES: usize = 20;
/// Dates outside these years are slips of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// An answer that fits its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// The value of an option.
    One(String),
    /// The values of the options ticked.
    Many(BTreeSet<String>),
    /// A local date.
    Date(NaiveDate),
    /// Text, trimmed; lines end in `\n`.
    Text(String),
    /// Names, trimmed, none empty.
    Names(Vec<String>),
}

impl Answer {
    /// The values of the options chosen.
    pub fn chosen(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::One(value) => (Some(value), None),
            Self::Many(values) => (None, Some(values)),
            _ => (None, None),
        };
        one.into_iter()
            .chain(many.into_iter().flatten())
            .map(String::as_str)
    }
}

/// An answer as it came in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Raw {
    /// A JSON string.
    One(String),
    /// A JSON list of strings.
    List(Vec<String>),
    /// The fields of a form.
    #[serde(skip)]
    Form {
        /// Every value of the field `answer`.
        answer: Vec<String>,
        /// Day, month and year as typed; empty where the question has none.
        date: [String; 3],
    },
}

/// What is wrong with an answer. The catalogue has the words for each [`AnswerCode::as_str`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerCode {
    /// Nothing was given.
    Missing,
    /// A list where one value is needed.
    WrongType,
    /// Not among the options.
    NotAnOption,
    /// More than one where one is needed.
    OnlyOne,
    /// "None of these" together with others.
    NoneAndOthers,
    /// Longer than this many characters.
    TooLong(usize),
    /// More than this many names.
    TooMany(usize),
    /// Not a date, or not one in living memory.
    BadDate,
    /// The pack has no such question.
    UnknownQuestion,
}

impl AnswerCode {
    /// A stable code, such as `bad_date`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::NotAnOption => "not_an_option",
            Self::OnlyOne => "only_one",
            Self::NoneAndOthers => "none_and_others",
            Self::TooLong(_) => "too_long",
            Self::TooMany(_) => "too_many",
            Self::BadDate => "bad_date",
            Self::UnknownQuestion => "unknown_question",
        }
    }
}

/// An answer that does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the answer to {question} does not fit: {}", code.as_str())]
pub struct AnswerError {
    /// The question.
    pub question: QuestionId,
    /// What is wrong.
    pub code: AnswerCode,
}

/// The answers of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<QuestionId, Answer>);

impl Answers {
    /// The answer to a question.
    #[must_use]
    pub fn get(&self, question: &QuestionId) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Gives or replaces an answer.
    pub fn insert(&mut self, question: QuestionId, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// Takes an answer back.
    pub fn remove(&mut self, question: &QuestionId) -> Option<Answer> {
        self.0.remove(question)
    }

    /// The answers by question id.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        self.0.iter()
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads answers that somebody sent: all must fit, or every one that does not is named.
    pub fn read(pack: &Pack, raw: &BTreeMap<QuestionId, Raw>) -> Result<Self, Vec<AnswerError>> {
        let (answers, errors) = Self::sort(pack, raw);
        if errors.is_empty() {
            Ok(answers)
        } else {
            Err(errors)
        }
    }

    /// Reads answers that were kept: those that the pack in force no longer has a place for are dropped, and so
    /// asked again.
    #[must_use]
    pub fn reread(pack: &Pack, raw: &BTreeMap<QuestionId, Raw>) -> Self {
        Self::sort(pack, raw).0
    }

    fn sort(pack: &Pack, raw: &BTreeMap<QuestionId, Raw>) -> (Self, Vec<AnswerError>) {
        let mut answers = Self::default();
        let mut errors = Vec::new();
        for (id, raw) in raw {
            let parsed = match pack.question(id) {
                Some(question) => parse(question, raw),
                None => Err(AnswerError {
                    question: id.clone(),
                    code: AnswerCode::UnknownQuestion,
                }),
            };
            match parsed {
                Ok(answer) => answers.insert(id.clone(), answer),
                Err(error) => errors.push(error),
            }
        }
        (answers, errors)
    }
}

impl FromIterator<(QuestionId, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (QuestionId, Answer)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Reads one answer.
pub fn parse(question: &Question, raw: &Raw) -> Result<Answer, AnswerError> {
    let read = match question.kind {
        Kind::Radio => one_option(question, raw),
        Kind::Checks => options(question, raw),
        Kind::Date => date_or_option(question, raw),
        Kind::Text | Kind::Long => text_or_option(question, raw),
        Kind::Names => names_or_option(question, raw),
    };
    read.map_err(|code| AnswerError {
        question: question.id.clone(),
        code,
    })
}

type Read = Result<Answer, AnswerCode>;

/// The values that are not blank.
fn values(raw: &Raw) -> Vec<&str> {
    let given: &[String] = match raw {
        Raw::One(value) => std::slice::from_ref(value),
        Raw::List(values) | Raw::Form { answer: values, .. } => values,
    };
    let given = given.iter().map(|value| value.trim());
    given.filter(|value| !value.is_empty()).collect()
}

/// The one value, if there is one. A JSON list is refused: its sender means another kind of question.
fn single(raw: &Raw) -> Result<Option<&str>, AnswerCode> {
    if matches!(raw, Raw::List(_)) {
        return Err(AnswerCode::WrongType);
    }
    match values(raw).as_slice() {
        [] => Ok(None),
        [value] => Ok(Some(value)),
        _ => Err(AnswerCode::OnlyOne),
    }
}

fn one_option(question: &Question, raw: &Raw) -> Read {
    let value = single(raw)?.ok_or(AnswerCode::Missing)?;
    let choice = question.choice(value).ok_or(AnswerCode::NotAnOption)?;
    Ok(Answer::One(choice.value.clone()))
}

fn options(question: &Question, raw: &Raw) -> Read {
    let mut ticked = BTreeSet::new();
    let mut exclusive = false;
    for value in values(raw) {
        let choice = question.choice(value).ok_or(AnswerCode::NotAnOption)?;
        exclusive |= choice.exclusive;
        ticked.insert(choice.value.clone());
    }
    match ticked.len() {
        0 => Err(AnswerCode::Missing),
        2.. if exclusive => Err(AnswerCode::NoneAndOthers),
        _ => Ok(Answer::Many(ticked)),
    }
}

fn date_or_option(question: &Question, raw: &Raw) -> Read {
    let given = single(raw)?;
    if let Raw::Form { date, .. } = raw
        && date.iter().any(|part| !part.trim().is_empty())
    {
        return match given {
            Some(_) => Err(AnswerCode::OnlyOne),
            None => typed_date(date),
        };
    }
    let value = given.ok_or(AnswerCode::Missing)?;
    if let Some(choice) = question.choice(value) {
        return Ok(Answer::One(choice.value.clone()));
    }
    let mut parts: Vec<String> = value.split('-').map(str::to_owned).collect();
    parts.reverse();
    let parts: [String; 3] = parts.try_into().map_err(|_| AnswerCode::BadDate)?;
    // JSON has one spelling: two figures for day and month.
    if parts[0].len() != 2 || parts[1].len() != 2 {
        return Err(AnswerCode::BadDate);
    }
    typed_date(&parts)
}

/// Day, month and year in figures. A year of two figures is refused: it could be a date of birth or of a hearing.
fn typed_date([day, month, year]: &[String; 3]) -> Read {
    fn figures<T: std::str::FromStr>(part: &str) -> Option<T> {
        let part = part.trim();
        let plain = part.bytes().all(|byte| byte.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    }
    let date = || {
        let (day, month) = (figures(day)?, figures(month)?);
        let date = NaiveDate::from_ymd_opt(figures(year)?, month, day)?;
        YEARS.contains(&date.year()).then_some(date)
    };
    date().map(Answer::Date).ok_or(AnswerCode::BadDate)
}

fn text_or_option(question: &Question, raw: &Raw) -> Read {
    let given = single(raw)?;
    if let Some(choice) = given.and_then(|value| question.choice(value)) {
        return Ok(Answer::One(choice.value.clone()));
    }
    let text = clean(given.unwrap_or_default(), question.kind == Kind::Long);
    if text.is_empty() && !question.optional {
        return Err(AnswerCode::Missing);
    }
    short_enough(&text, question)?;
    Ok(Answer::Text(text))
}

fn names_or_option(question: &Question, raw: &Raw) -> Read {
    let given = values(raw);
    if let [value] = given.as_slice()
        && let Some(choice) = question.choice(value)
    {
        return Ok(Answer::One(choice.value.clone()));
    }
    // "No one" beside names would be a name called "No one".
    if given.iter().any(|value| question.choice(value).is_some()) {
        return Err(AnswerCode::OnlyOne);
    }
    let lines = given.iter().flat_map(|value| value.lines());
    let names: Vec<String> = lines
        .map(|line| clean(line, false))
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() && !question.optional {
        return Err(AnswerCode::Missing);
    }
    if names.len() > MAX_NAMES {
        return Err(AnswerCode::TooMany(MAX_NAMES));
    }
    for name in &names {
        short_enough(name, question)?;
    }
    Ok(Answer::Names(names))
}

fn short_enough(text: &str, question: &Question) -> Result<(), AnswerCode> {
    if text.chars().count() > question.max_chars {
        return Err(AnswerCode::TooLong(question.max_chars));
    }
    Ok(())
}

/// Control characters (a pasted tab, a stray NUL that no database takes) become spaces; line ends stay if wanted.
fn clean(text: &str, keep_lines: bool) -> String {
    let text = text.replace("\r\n", "\n");
    let plain = |letter: char| match letter {
        '\n' if keep_lines => '\n',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars()
        .map(plain)
        .collect::<String>()
        .trim()
        .to_owned()
}
