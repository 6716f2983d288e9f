//! The words of messages that a clinic may say in its own way.
//!
//! Promises: a text that passes [`check`] says what the message must say (its values are all there, and none that it has
//! not), carries no link or address of its own, and no word that tells whoever reads over a shoulder what it is about. Will
//! not: let anybody change what keeps people safe (the emergency number), the two ways to say no, which are the same words
//! for every clinic, or a link.

use std::collections::BTreeMap;

use super::words::Words;

/// A clinic's own texts by their identifier in the catalogue. Where there is none, the catalogue's is said.
pub type OwnWords = BTreeMap<String, String>;

/// A text that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// In the catalogue.
    pub id: &'static str,
    /// What is put in, each written `{name}`; all of it has to stay.
    pub values: &'static [&'static str],
}

const fn text(id: &'static str) -> Piece {
    Piece { id, values: &[] }
}

const fn dated(id: &'static str) -> Piece {
    Piece {
        id,
        values: &["date"],
    }
}

/// The messages with words of a clinic's own, each with its texts in the order in which they are read. The names are those
/// with which the samples' begin.
pub const KINDS: &[(&str, &[Piece])] = &[
    (
        "confirmation",
        &[
            dated("mail-confirmation-subject"),
            text("mail-confirmation-lead"),
        ],
    ),
    (
        "request_received",
        &[
            dated("mail-request-received-subject"),
            text("mail-request-received-lead"),
            dated("mail-request-received-say-by"),
            text("mail-request-received-say"),
        ],
    ),
    (
        "in_review",
        &[text("mail-in-review-subject"), text("mail-in-review-lead")],
    ),
    (
        "decision",
        &[
            text("mail-decision-subject"),
            text("mail-decision-lead"),
            text("mail-decision-say"),
        ],
    ),
    (
        "reminder",
        &[
            dated("mail-reminder-subject"),
            text("mail-reminder-lead"),
            text("mail-reminder-say"),
            text("mail-reminder-say-far"),
        ],
    ),
    (
        "change",
        &[
            dated("mail-change-subject"),
            text("mail-change-lead"),
            text("mail-change-lead-clinic"),
            text("mail-change-say"),
        ],
    ),
    (
        "cancellation",
        &[
            dated("mail-cancellation-subject"),
            text("mail-cancellation-lead-client"),
            text("mail-cancellation-say-client"),
            text("mail-cancellation-lead-clinic"),
            text("mail-cancellation-say-clinic"),
        ],
    ),
    (
        "missed",
        &[
            dated("mail-missed-subject"),
            text("mail-missed-lead"),
            text("mail-missed-say"),
        ],
    ),
    (
        "on_list",
        &[text("mail-on-list-subject"), text("mail-on-list-lead")],
    ),
    (
        "offer",
        &[dated("mail-offer-subject"), text("mail-offer-lead")],
    ),
    (
        "offer_ended",
        &[
            text("mail-offer-ended-subject"),
            text("mail-offer-ended-lead"),
        ],
    ),
    (
        "feedback",
        &[
            text("mail-feedback-subject"),
            text("mail-feedback-lead"),
            text("mail-feedback-say"),
        ],
    ),
];

/// The texts of a message; `None` if its words are the same for everybody.
#[must_use]
pub fn pieces(kind: &str) -> Option<&'static [Piece]> {
    KINDS
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, pieces)| *pieces)
}

/// What the catalogue says, its values as `{name}`.
#[must_use]
pub fn ours(piece: Piece) -> String {
    let marks: Vec<String> = piece
        .values
        .iter()
        .map(|name| format!("{{{name}}}"))
        .collect();
    let values: Vec<(&str, &str)> = piece
        .values
        .iter()
        .copied()
        .zip(marks.iter().map(String::as_str))
        .collect();
    Words::of("en")
        .say_with(piece.id, &values)
        .unwrap_or_default()
}

/// Characters of a subject that phones show whole, and beyond which mail programs cut (RFC 5322, 2.1.1).
const LONGEST_SUBJECT: usize = 78;
/// Characters of any other text: some four sentences.
const LONGEST: usize = 400;

/// Why a text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Longer than this many characters.
    TooLong(usize),
    /// It wants this to be put in, which the message has not.
    Unknown(String),
    /// It leaves this out.
    Missing(&'static str),
    /// A web or mail address. The links are made by the program, one for each person.
    Address,
    /// This word tells what the appointment is about.
    Telling(String),
}

/// The text as it is kept: on one line, without spaces at its ends. `telling`: words in small letters that give away which
/// clinic it is. An empty text is ours again.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(piece: Piece, typed: &str, telling: &[String]) -> Result<String, Wrong> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Ok(text);
    }
    let longest = if piece.id.ends_with("-subject") {
        LONGEST_SUBJECT
    } else {
        LONGEST
    };
    if text.chars().count() > longest {
        return Err(Wrong::TooLong(longest));
    }
    let marks = marks(&text).map_err(Wrong::Unknown)?;
    if let Some(unknown) = marks.iter().find(|mark| !piece.values.contains(*mark)) {
        return Err(Wrong::Unknown((*unknown).to_owned()));
    }
    if let Some(missing) = piece.values.iter().find(|name| !marks.contains(*name)) {
        return Err(Wrong::Missing(missing));
    }
    let small = text.to_lowercase();
    if small.contains("://")
        || small.contains("www.")
        || small.contains('@')
        || names_a_site(&small)
    {
        return Err(Wrong::Address);
    }
    match small
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| tells(word, telling))
    {
        Some(word) => Err(Wrong::Telling(word.to_owned())),
        None => Ok(text),
    }
}

/// Whether a word looks like the name of a site, which mail programs make a link of: letters after a full stop with no
/// space between. A best effort, as with the telling words: the clinic's manager answers for what they write.
fn names_a_site(small: &str) -> bool {
    small.split_whitespace().any(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.windows(2).any(|pair| {
            let ends = pair[0].chars().next_back();
            let label: String = pair[1]
                .chars()
                .take_while(|one| one.is_alphanumeric())
                .collect();
            ends.is_some_and(char::is_alphanumeric)
                && label.chars().count() > 1
                && label.chars().all(char::is_alphabetic)
        })
    })
}

/// What stands between curly brackets; a bracket that is alone, with what follows it, is an error.
fn marks(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let after = &rest[at + 1..];
        let inside = rest[at..]
            .starts_with('{')
            .then(|| after.find('}').map(|end| &after[..end]))
            .flatten()
            .filter(|name| !name.is_empty() && !name.contains('{'));
        let Some(name) = inside else {
            return Err(rest[at..].chars().take(20).collect());
        };
        found.push(name.trim());
        rest = &after[name.len() + 1..];
    }
    Ok(found)
}

/// `text` with each `{name}` filled in; `None` if one is left over.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let (_, value) = values.iter().find(|(own, _)| *own == name.trim())?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Beginnings of words for what the clinics deal with: a message must not tell it (domain rule of neutral messages).
const STEMS: [&str; 31] = [
    "abus",
    "addict",
    "alcohol",
    "anxi",
    "asylum",
    "benefit",
    "charit",
    "counsel",
    "custod",
    "debt",
    "depress",
    "diabet",
    "divorc",
    "evict",
    "homeless",
    "immigra",
    "injur",
    "lawyer",
    "legal",
    "mental",
    "nutrition",
    "obes",
    "physio",
    "pregnan",
    "rehab",
    "solicit",
    "suicid",
    "therap",
    "tribunal",
    "violen",
    "weight",
];
/// Whole words for the same.
const WHOLE: [&str; 12] = [
    "bailiff", "bailiffs", "business", "court", "diet", "law", "loan", "pain", "sport", "sports",
    "tax", "visa",
];
/// What stands in names of clinics and tells nothing.
const NEUTRAL: [&str; 16] = [
    "advice", "and", "centre", "clinic", "clinics", "first", "for", "help", "lab", "london", "met",
    "our", "service", "small", "the", "with",
];

fn tells(word: &str, telling: &[String]) -> bool {
    STEMS.iter().any(|stem| word.starts_with(stem))
        || WHOLE.contains(&word)
        || telling.iter().any(|own| own == word)
}

/// The words in the name of a clinic that would tell which it is.
#[must_use]
pub fn telling(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !NEUTRAL.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: Piece = dated("mail-confirmation-subject");
    const LEAD: Piece = text("mail-confirmation-lead");

    #[test]
    fn every_text_that_can_be_changed_is_in_the_catalogue_and_passes_its_own_check() {
        for (kind, pieces) in KINDS {
            for piece in *pieces {
                let text = ours(*piece);
                assert!(!text.is_empty(), "{kind}: {}", piece.id);
                let name = kind.replace('_', "-");
                assert!(piece.id.starts_with(&format!("mail-{name}-")), "{kind}");
                assert_eq!(check(*piece, &text, &[]), Ok(text), "{kind}");
            }
        }
    }

    #[test]
    fn a_text_has_the_values_of_its_message_and_no_others() {
        let told = |text: &str| check(SUBJECT, text, &[]);
        assert_eq!(
            told("  See you\non { date }  ").as_deref(),
            Ok("See you on { date }")
        );
        assert_eq!(told("See you"), Err(Wrong::Missing("date")));
        for (text, unknown) in [
            ("See you on {date} at {place}", "place"),
            ("{date} {", "{"),
            ("{date} }", "}"),
            ("{{date}}", "{{date}}"),
            ("{date} {}", "{}"),
        ] {
            assert_eq!(told(text), Err(Wrong::Unknown(unknown.into())), "{text}");
        }
        assert_eq!(
            check(LEAD, "On {date}.", &[]),
            Err(Wrong::Unknown("date".into()))
        );
        assert_eq!(check(LEAD, " \n ", &[]), Ok(String::new()), "ours again");
    }

    #[test]
    fn a_text_is_short_and_brings_no_address_of_its_own() {
        let long = format!("{{date}}{}", "x".repeat(73));
        assert_eq!(check(SUBJECT, &long, &[]), Err(Wrong::TooLong(78)));
        assert!(check(LEAD, &"é".repeat(400), &[]).is_ok());
        assert_eq!(check(LEAD, &"é".repeat(401), &[]), Err(Wrong::TooLong(400)));
        for text in [
            "See https://a.example",
            "See WWW.a.example",
            "Write to a@b.example",
            "Go to pay.example/x to pay",
            "Pay at pay.example.",
        ] {
            assert_eq!(check(LEAD, text, &[]), Err(Wrong::Address), "{text}");
        }
        let fine = "Come at 9.30am. Bring e.g. your letters.Thank you… 1.5 hours.";
        assert_eq!(
            check(LEAD, fine, &[]),
            Err(Wrong::Address),
            "a space is missing"
        );
        let fine = "Come at 9.30am. Bring e.g. your letters. Thank you… 1.5 hours.";
        assert!(check(LEAD, fine, &[]).is_ok());
    }

    #[test]
    fn no_text_tells_what_the_appointment_is_about() {
        let of = telling("The Bicycle & Law clinic");
        assert_eq!(of, ["bicycle", "law"]);
        for (text, word) in [
            ("Your BICYCLE appointment", "bicycle"),
            ("Your law appointment", "law"),
            ("About your eviction.", "eviction"),
            ("Before the court, come", "court"),
            ("Your diet.", "diet"),
        ] {
            assert_eq!(check(LEAD, text, &of), Err(Wrong::Telling(word.into())));
        }
        for text in ["See you in the courtyard.", "The clinic is on the lawn."] {
            assert!(check(LEAD, text, &of).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_value_is_put_in_once_and_never_read_as_a_place_for_another() {
        let values = [("date", "{time} {date}")];
        assert_eq!(
            fill("On { date }.", &values).as_deref(),
            Some("On {time} {date}.")
        );
        assert_eq!(fill("At {time}.", &values), None);
        assert_eq!(fill("Broken {", &values), None);
    }
}
