//! A client's contact details: what was typed ([`ClientInput`]) becomes a [`Client`] that is right in
//! every field, or the list of everything that is wrong, each with its field and a stable code.
//!
//! Promises: parsing never panics; nothing that comes out holds a control character or a character
//! that turns the direction of text; `safe_to_email` is true only if the person said so. Does not
//! decide whether anything is sent, and holds no words: the catalogue has them by code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::schedule::Feature;

mod email;
mod phone;
mod postcode;
mod text;

pub use email::Email;
pub use phone::Phone;
pub use postcode::PostcodeArea;

use text::{Line, line};

/// Most characters of a name.
pub const NAME_MAX: usize = 100;
/// Most characters of "when can we call you?".
pub const CALL_WINDOW_MAX: usize = 200;
/// Most characters of an organisation's name.
pub const ORGANISATION_MAX: usize = 150;
/// Most characters of the language someone likes to use.
pub const LANGUAGE_MAX: usize = 60;
/// Most characters of what someone says about access in their own words.
pub const ACCESS_NOTE_MAX: usize = 200;

/// Contact details as typed: the `client` of the JSON API, and the details form. Absent and null mean
/// "not said", and what was not said is never a yes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ClientInput {
    /// Full name, any script.
    #[schema(max_length = 100, examples("Sample Client"))]
    pub name: Option<String>,
    /// Email address. One of email and phone is needed.
    #[schema(max_length = 254, examples("client@sample.invalid"))]
    pub email: Option<String>,
    /// Telephone number; without a country code it is a UK number.
    #[schema(max_length = 40, examples("020 7946 0000"))]
    pub phone: Option<String>,
    /// Whether it is safe to email this person; absent means no.
    pub safe_to_email: Option<bool>,
    /// Whether it is safe to call this person; absent means no.
    pub safe_to_call: Option<bool>,
    /// When to call, in the person's words.
    #[schema(max_length = 200)]
    pub call_window: Option<String>,
    /// Whether a message may be left; absent means no.
    pub leave_message: Option<bool>,
    /// First part of a UK postcode, such as `N7`. A whole postcode is cut to its first part.
    #[schema(max_length = 10, examples("N7"))]
    pub postcode_area: Option<String>,
    /// The person has no fixed home, so no postcode.
    pub no_fixed_home: Option<bool>,
    /// The language they like to use.
    #[schema(max_length = 60)]
    pub language: Option<String>,
    /// Whether they need someone to help them talk or sign.
    pub interpreter: Option<bool>,
    /// What they need to come or take part.
    pub access: Option<AccessInput>,
    /// The business, charity or group they come for.
    #[schema(max_length = 150)]
    pub organisation: Option<String>,
}

/// Access needs as a list, or as one text with commas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum AccessInput {
    /// `["step_free", "quiet"]`
    List(Vec<String>),
    /// `"step_free,quiet"`
    Text(String),
}

/// Contact details that are right in every field.
#[derive(Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one answer of the person, and they go together in every way"
)]
pub struct Client {
    /// Full name: one line, at least one letter.
    pub name: String,
    /// Email address, if given.
    pub email: Option<Email>,
    /// Telephone number, if given. Never neither of the two.
    pub phone: Option<Phone>,
    /// They said that it is safe to email them. Without it nothing is ever mailed.
    pub safe_to_email: bool,
    /// They said that it is safe to call them.
    pub safe_to_call: bool,
    /// When to call; empty if not said.
    pub call_window: String,
    /// They said that a message may be left.
    pub leave_message: bool,
    /// First part of their postcode.
    pub postcode_area: Option<PostcodeArea>,
    /// They have no fixed home.
    pub no_fixed_home: bool,
    /// The language they like to use; empty if not said.
    pub language: String,
    /// They need someone to help them talk or sign.
    pub interpreter: bool,
    /// What they need to come or take part.
    pub access: Access,
    /// The organisation they come for; empty for a person.
    pub organisation: String,
}

impl std::fmt::Debug for Client {
    /// Says that there is a client, never who: a client may turn up in a log line by accident.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(not shown)")
    }
}

/// What somebody needs to come or take part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Access {
    /// The needs we know by name.
    pub needs: BTreeSet<AccessNeed>,
    /// Anything else they wrote; empty if nothing.
    pub note: String,
}

impl Access {
    /// What a room must have for it.
    #[must_use]
    pub fn features(&self) -> BTreeSet<Feature> {
        let needs = self.needs.iter().copied();
        needs.filter_map(AccessNeed::feature).collect()
    }

    /// As it is stored, as JSON. Nothing stored is nothing needed: rows of the first sample hold an empty text.
    ///
    /// # Errors
    /// The text is not ours.
    pub fn parse(stored: &str) -> Result<Self, serde_json::Error> {
        if stored.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(stored)
    }
}

/// A need from question A6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessNeed {
    /// No steps.
    StepFree,
    /// Help to hear.
    Hearing,
    /// Help to see.
    Sight,
    /// A quiet room.
    Quiet,
    /// Bring someone.
    BringSomeone,
    /// Meet by phone or video.
    Video,
    /// To be seen by a man. What follows is staff's to arrange: nothing here is known of anybody's gender, and no free time
    /// is chosen by it.
    AdviserMan,
    /// To be seen by a woman; as for a man.
    AdviserWoman,
    /// One more person of the clinic in the room.
    Chaperone,
}

impl AccessNeed {
    /// The need that `word` names, as in the API's `access` and in the answers to A6.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "step_free" => Self::StepFree,
            "hearing" => Self::Hearing,
            "sight" => Self::Sight,
            "quiet" | "quiet_room" => Self::Quiet,
            "bring_someone" => Self::BringSomeone,
            "video" | "phone_or_video" => Self::Video,
            "adviser_man" => Self::AdviserMan,
            "adviser_woman" => Self::AdviserWoman,
            "chaperone" => Self::Chaperone,
            _ => return None,
        })
    }

    /// What a room must have for it; `None` for needs that no room meets.
    #[must_use]
    pub fn feature(self) -> Option<Feature> {
        match self {
            Self::StepFree => Some(Feature::StepFree),
            Self::Hearing => Some(Feature::Hearing),
            Self::Quiet => Some(Feature::Quiet),
            Self::Sight
            | Self::BringSomeone
            | Self::Video
            | Self::AdviserMan
            | Self::AdviserWoman
            | Self::Chaperone => None,
        }
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError {
    /// The field, by its name in [`ClientInput`].
    pub field: &'static str,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The ways a field can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is needed and empty.
    Required,
    /// More characters than this.
    TooLong(usize),
    /// Not an email address that mail can reach.
    InvalidEmail,
    /// Not a telephone number that exists.
    InvalidPhone,
    /// Not the first part of a UK postcode, nor a whole one.
    InvalidPostcode,
    /// Neither an email address nor a telephone number was given.
    ContactNeeded,
    /// A line break or another control character in a text of one line.
    ControlCharacters,
    /// A name without a single letter.
    NoLetters,
}

impl Wrong {
    /// The stable code, for the API and as a key of the catalogue.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong(_) => "too_long",
            Self::InvalidEmail => "invalid_email",
            Self::InvalidPhone => "invalid_phone",
            Self::InvalidPostcode => "invalid_postcode",
            Self::ContactNeeded => "contact_needed",
            Self::ControlCharacters => "control_characters",
            Self::NoLetters => "no_letters",
        }
    }
}

/// Collects what is wrong while the fields are read, so that a person is told everything at once.
#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn keep<T: Default>(&mut self, field: &'static str, read: Result<T, Wrong>) -> T {
        read.unwrap_or_else(|wrong| {
            self.0.push(FieldError { field, wrong });
            T::default()
        })
    }
}

impl ClientInput {
    /// The client, or everything that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<Client, Vec<FieldError>> {
        let mut errors = Errors::default();
        let client = Client {
            name: errors.keep("name", name(said(self.name.as_deref()))),
            organisation: errors.keep(
                "organisation",
                short(self.organisation.as_deref(), ORGANISATION_MAX),
            ),
            email: errors.keep("email", optional(said(self.email.as_deref()), Email::parse)),
            phone: errors.keep("phone", optional(said(self.phone.as_deref()), Phone::parse)),
            safe_to_email: self.safe_to_email.unwrap_or(false),
            safe_to_call: self.safe_to_call.unwrap_or(false),
            call_window: errors.keep(
                "call_window",
                short(self.call_window.as_deref(), CALL_WINDOW_MAX),
            ),
            leave_message: self.leave_message.unwrap_or(false),
            postcode_area: errors.keep("postcode_area", self.postcode()),
            no_fixed_home: self.no_fixed_home.unwrap_or(false),
            language: errors.keep("language", short(self.language.as_deref(), LANGUAGE_MAX)),
            interpreter: self.interpreter.unwrap_or(false),
            access: errors.keep("access", access(self.access.as_ref())),
        };
        if said(self.email.as_deref()).is_empty() && said(self.phone.as_deref()).is_empty() {
            errors.keep("email", Err::<(), _>(Wrong::ContactNeeded));
        }
        if errors.0.is_empty() {
            Ok(client)
        } else {
            Err(errors.0)
        }
    }

    fn postcode(&self) -> Result<Option<PostcodeArea>, Wrong> {
        if self.no_fixed_home == Some(true) {
            return Ok(None);
        }
        optional(said(self.postcode_area.as_deref()), PostcodeArea::parse)
    }
}

impl Client {
    /// The name to greet them by; see [`first_name`].
    #[must_use]
    pub fn first_name(&self) -> &str {
        first_name(&self.name)
    }

    /// The address to mail, only if they said that it is safe. Everything that mails asks this.
    #[must_use]
    pub fn mail_to(&self) -> Option<&Email> {
        self.email.as_ref().filter(|_| self.safe_to_email)
    }
}

/// The first word of a name, past a title. In names that put the family first it greets by the family
/// name, which is polite there too.
#[must_use]
pub fn first_name(name: &str) -> &str {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame"];
    let is_title =
        |word: &str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    if is_title(first) {
        words.next().unwrap_or(first)
    } else {
        first
    }
}

fn said(text: Option<&str>) -> &str {
    text.unwrap_or_default().trim()
}

fn optional<T>(text: &str, parse: fn(&str) -> Result<T, Wrong>) -> Result<Option<T>, Wrong> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}

fn short(text: Option<&str>, max: usize) -> Result<String, Wrong> {
    line(said(text), max).map(Line::into_string)
}

fn name(typed: &str) -> Result<String, Wrong> {
    let name = line(typed, NAME_MAX)?.into_string();
    if name.is_empty() {
        return Err(Wrong::Required);
    }
    // Every script has letters; a name without one is a number or a smile.
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(Wrong::NoLetters)
    }
}

fn access(typed: Option<&AccessInput>) -> Result<Access, Wrong> {
    let words: Vec<&str> = match typed {
        None => Vec::new(),
        Some(AccessInput::List(words)) => words.iter().map(String::as_str).collect(),
        Some(AccessInput::Text(text)) => text.split(',').collect(),
    };
    let words = words
        .into_iter()
        .map(str::trim)
        .filter(|word| !matches!(*word, "" | "none"));
    let (known, other): (Vec<&str>, Vec<&str>) =
        words.partition(|word| AccessNeed::from_word(word).is_some());
    Ok(Access {
        needs: known
            .into_iter()
            .filter_map(AccessNeed::from_word)
            .collect(),
        // Words we have no name for are kept for a person to read, not refused.
        note: line(&other.join(", "), ACCESS_NOTE_MAX)?.into_string(),
    })
}

#[cfg(test)]
mod tests;
