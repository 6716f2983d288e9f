//! What people and programs send, and what becomes of it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::format::every_part;
use crate::domain::triage::{Answer, AnswerCode, Answers, Pack, QuestionId, Raw, parse};

fn read(pack: &Pack, id: &str, raw: &Raw) -> Result<Answer, AnswerCode> {
    parse(pack.question(&id.into()).unwrap(), raw).map_err(|error| {
        assert_eq!(error.question, id.into());
        error.code
    })
}

fn form(values: &[&str], date: [&str; 3]) -> Raw {
    Raw::Form {
        answer: values.iter().map(|value| (*value).to_owned()).collect(),
        date: date.map(str::to_owned),
    }
}

fn one(text: &str) -> Raw {
    Raw::One(text.to_owned())
}

fn list(texts: &[&str]) -> Raw {
    Raw::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn date(text: &str) -> Answer {
    Answer::Date(text.parse().unwrap())
}

const NO_DATE: [&str; 3] = ["", "", ""];

#[test]
fn a_form_gives_the_same_answer_as_json() {
    let pack = every_part();
    for (id, typed, sent) in [
        ("A1", form(&["no"], NO_DATE), one("no")),
        (
            "A6",
            form(&["quiet", "sight"], NO_DATE),
            list(&["sight", "quiet"]),
        ),
        ("T4", form(&[], ["1", "12", "2026"]), one("2026-12-01")),
        ("T4", form(&["cannot_find"], NO_DATE), one("cannot_find")),
        (
            "T9",
            form(&["A. Person\r\n\r\n B. Person "], NO_DATE),
            list(&["A. Person", "B. Person"]),
        ),
        ("T9", form(&["no_one"], NO_DATE), one("no_one")),
        ("T12", form(&[" One\r\ntwo "], NO_DATE), one("One\ntwo")),
    ] {
        let answer = read(&pack, id, &typed);
        assert!(answer.is_ok(), "{id}: {answer:?}");
        assert_eq!(answer, read(&pack, id, &sent), "{id}");
    }
}

#[test]
fn each_kind_of_bad_answer_has_its_own_code() {
    let pack = every_part();
    let long = "x".repeat(301);
    let many: Vec<&str> = vec!["A. Person"; 21];
    for (id, raw, code) in [
        ("A1", form(&[], NO_DATE), AnswerCode::Missing),
        ("A1", one(" "), AnswerCode::Missing),
        ("A1", one("maybe"), AnswerCode::NotAnOption),
        ("A1", list(&["yes"]), AnswerCode::WrongType),
        ("A1", form(&["yes", "no"], NO_DATE), AnswerCode::OnlyOne),
        (
            "T9",
            form(&["A. Person", "no_one"], NO_DATE),
            AnswerCode::OnlyOne,
        ),
        ("A6", list(&[]), AnswerCode::Missing),
        ("A6", list(&["lift"]), AnswerCode::NotAnOption),
        ("A6", list(&["none", "quiet"]), AnswerCode::NoneAndOthers),
        ("T4", form(&[], NO_DATE), AnswerCode::Missing),
        (
            "T4",
            form(&["cannot_find"], ["1", "12", "2026"]),
            AnswerCode::OnlyOne,
        ),
        ("T4", form(&[], ["31", "2", "2027"]), AnswerCode::BadDate),
        ("T4", form(&[], ["1", "12", "26"]), AnswerCode::BadDate),
        ("T4", form(&[], ["1", "", "2026"]), AnswerCode::BadDate),
        ("T4", form(&[], ["+1", "12", "2026"]), AnswerCode::BadDate),
        ("T4", one("2026-1-2"), AnswerCode::BadDate),
        ("T4", one("12026-01-02"), AnswerCode::BadDate),
        ("T4", one("tomorrow"), AnswerCode::BadDate),
        ("A5", one(""), AnswerCode::Missing),
        ("T12", one(&long), AnswerCode::TooLong(300)),
        ("T9", one(&"x".repeat(101)), AnswerCode::TooLong(100)),
        ("T9", list(&many), AnswerCode::TooMany(20)),
    ] {
        assert_eq!(read(&pack, id, &raw), Err(code), "{id} {raw:?}");
    }
}

#[test]
fn lengths_are_counted_in_letters_and_a_nul_never_gets_through() {
    let pack = every_part();
    let somali = "ش".repeat(60);
    assert_eq!(
        read(&pack, "A5", &one(&somali)),
        Ok(Answer::Text(somali.clone()))
    );
    assert_eq!(
        read(&pack, "A5", &one("Ben\0gali\t")),
        Ok(Answer::Text("Ben gali".to_owned()))
    );
}

#[test]
fn a_date_can_be_typed_with_spaces_and_noughts() {
    let pack = every_part();
    assert_eq!(
        read(&pack, "T4", &form(&[], ["01 ", " 2", "2027"])),
        Ok(date("2027-02-01"))
    );
}

#[test]
fn every_answer_that_does_not_fit_is_named_and_kept_answers_are_dropped_instead() {
    let pack = every_part();
    let raw: BTreeMap<QuestionId, Raw> =
        serde_json::from_str(r#"{"A1": "no", "A2": "nobody", "Z9": "yes", "A6": ["none"]}"#)
            .unwrap();
    let errors = Answers::read(&pack, &raw).unwrap_err();
    let named: Vec<_> = errors
        .iter()
        .map(|error| (error.question.as_str(), error.code.as_str()))
        .collect();
    assert_eq!(named, [("A2", "not_an_option"), ("Z9", "unknown_question")]);
    let kept = Answers::reread(&pack, &raw);
    let ids: Vec<&str> = kept.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["A1", "A6"]);
}

#[test]
fn answers_have_the_shapes_of_the_api() {
    let pack = every_part();
    let given = super::answers(
        &pack,
        "A1=no A5=2026-12-01 A6=quiet,sight T4=2026-12-01 T9=A._Person",
    );
    let json = serde_json::to_value(&given).unwrap();
    let expected = serde_json::json!({
        "A1": "no", "A5": "2026-12-01", "A6": ["quiet", "sight"], "T4": "2026-12-01", "T9": ["A. Person"],
    });
    assert_eq!(json, expected);
}

proptest! {
    #[test]
    fn whatever_is_sent_an_answer_fits_its_question_and_comes_back_the_same_from_json(
        texts in proptest::collection::vec(".{0,40}|yes|no|none|quiet|no_one|2026-0[1-9]-1[0-9]", 0..4),
        as_form in any::<bool>(),
    ) {
        let pack = every_part();
        for question in &pack.questions {
            let raw = if as_form {
                Raw::Form { answer: texts.clone(), date: Default::default() }
            } else if let [text] = texts.as_slice() {
                Raw::One(text.clone())
            } else {
                Raw::List(texts.clone())
            };
            let Ok(answer) = parse(question, &raw) else { continue };
            prop_assert!(question.accepts(&answer));
            let json = serde_json::to_string(&answer).unwrap();
            let back: Raw = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(parse(question, &back).unwrap(), answer);
        }
    }
}
