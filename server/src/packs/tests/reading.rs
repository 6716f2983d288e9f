//! Reading age: all words that clients see, by the formulas of [`Reading`].
//!
//! The limits: Flesch–Kincaid grade 4 and SMOG 7 for the sentences of every pack (without the labels of answers) and for
//! every catalogue as a whole, grade 8 for one question. A single sentence is a small sample, so it gets more room than a
//! page. The limits are close above what is measured, so that words that get harder are noticed: age 11 would be grade 6.

use super::Packs;
use crate::domain::reading::Reading;
use crate::packs::words::{reading, words};

const WHOLE: f64 = 4.0;
const SMOG: f64 = 7.0;
const ONE: f64 = 8.0;

/// The catalogues that clients see.
const CATALOGUES: [(&str, &str); 4] = [
    (
        "journey",
        include_str!("../../../../app/locales/en/journey.ftl"),
    ),
    ("site", include_str!("../../../../app/locales/en/site.ftl")),
    (
        "errors",
        include_str!("../../../../app/locales/en/errors.ftl"),
    ),
    ("mail", include_str!("../../../../app/locales/en/mail.ftl")),
];

/// The texts of a catalogue: what stands after `=` or after the name of a variant, a placeable as one short word.
fn texts(catalogue: &str) -> Vec<String> {
    let placeable = regex::Regex::new(r"\{[^}]*\}?").unwrap();
    let lines = catalogue
        .lines()
        .filter(|line| !line.starts_with('#') && !line.contains("->"));
    let text = |line: &str| {
        let text = match line.split_once(" = ") {
            Some((name, text)) if !name.contains(' ') => text,
            _ => line
                .trim()
                .trim_start_matches('*')
                .split_once(']')
                .map_or(line, |(_, text)| text),
        };
        placeable
            .replace_all(text, "May")
            .replace('}', "")
            .trim()
            .to_owned()
    };
    lines
        .map(text)
        .filter(|text| text.contains(char::is_alphabetic))
        .collect()
}

#[test]
fn every_pack_can_be_read_at_eleven() {
    let packs = Packs::embedded().unwrap();
    let mut all = Vec::new();
    for pack in packs.iter() {
        let measured = reading(pack);
        println!(
            "{}: grade {:.2}, SMOG {:.2}",
            pack.clinic,
            measured.grade(),
            measured.smog()
        );
        assert!(
            measured.grade() <= WHOLE,
            "{}: {:.1}",
            pack.clinic,
            measured.grade()
        );
        assert!(
            measured.smog() <= SMOG,
            "{}: {:.1}",
            pack.clinic,
            measured.smog()
        );
        all.extend(words(pack));
    }
    assert!(Reading::of(all.iter().map(String::as_str)).words > 2_000);
}

#[test]
fn no_question_is_hard_to_read() {
    let packs = Packs::embedded().unwrap();
    let questions = packs.iter().flat_map(|pack| &pack.questions);
    let hard: Vec<String> = questions
        .filter(|one| Reading::of([one.text.as_str()]).grade() > ONE)
        .map(|one| {
            format!(
                "{} {:.1}: {}",
                one.id,
                Reading::of([one.text.as_str()]).grade(),
                one.text
            )
        })
        .collect();
    assert_eq!(hard, Vec::<String>::new());
}

#[test]
fn every_catalogue_that_clients_see_can_be_read_at_eleven() {
    for (name, catalogue) in CATALOGUES {
        let texts = texts(catalogue);
        assert!(texts.len() > 20, "{name}");
        let measured = Reading::of(texts.iter().map(String::as_str));
        println!(
            "{name}: grade {:.2}, SMOG {:.2}",
            measured.grade(),
            measured.smog()
        );
        assert!(measured.grade() <= WHOLE, "{name}: {:.1}", measured.grade());
        assert!(measured.smog() <= SMOG, "{name}: {:.1}", measured.smog());
    }
}

#[test]
fn hard_words_are_noticed() {
    let text = "An application for reconsideration must be submitted to the appropriate authority immediately.";
    assert!(Reading::of([text]).grade() > ONE && Reading::of([text]).smog() > SMOG);
    assert_eq!(
        texts("a-b = One { $n } two.\n    [one] Three\n   *[other] Four\n# No"),
        ["One May two.", "Three", "Four"]
    );
}
