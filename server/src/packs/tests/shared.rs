//! What the shared file promises besides its rules: the options of its questions, the settings, and the signposts.

use super::table::packs;
use super::{answers, clinic, today};
use crate::domain::triage::{Kind, Outcome, Setting, assess};

const QUESTIONS: &[(&str, Kind, bool, &str)] = &[
    ("A1", Kind::Radio, true, "yes no not_sure"),
    ("A2", Kind::Radio, false, "me helping organisation"),
    ("A2b", Kind::Radio, false, "yes no not_sure"),
    ("A3", Kind::Radio, false, "under_16 16_17 18_over"),
    ("A4", Kind::Radio, false, "yes no not_sure"),
    ("A5", Kind::Text, false, ""),
    ("A5b", Kind::Radio, false, "yes no not_sure"),
    (
        "A6",
        Kind::Checks,
        false,
        "step_free hearing sight quiet bring_someone phone_or_video none",
    ),
    ("A7", Kind::Radio, false, "in_person phone video any"),
    ("A8", Kind::Radio, false, "yes no not_sure"),
];

/// Thresholds and switches, as the clinics' list gives them.
const SETTINGS: &[(&str, Setting)] = &[
    ("switched_on", Setting::Flag(true)),
    ("exit_button", Setting::Flag(false)),
    ("allow_under_16", Setting::Flag(false)),
    ("urgent_days", Setting::Number(7)),
    ("soon_days", Setting::Number(28)),
    ("turnaround_days", Setting::Number(0)),
    ("buffer_days", Setting::Number(3)),
];

/// Where a clinic differs, by name.
const OWN_SETTINGS: &[(&str, &[&str])] = &[
    (
        "law",
        &[
            "benefits_soon_days=Number(14)",
            "exit_button=Flag(true)",
            "fca_ok=Flag(false)",
            "immigration_authorised=Flag(false)",
            "turnaround_days=Number(14)",
            "work_soon_days=Number(42)",
            "work_urgent_days=Number(14)",
        ],
    ),
    ("sports", &["pain_high=Number(9)"]),
    ("nutrition", &["type_1_accepted=Flag(false)"]),
    ("business", &[]),
    ("charity", &[]),
    (
        "counselling",
        &["exit_button=Flag(true)", "switched_on=Flag(false)"],
    ),
];

#[test]
fn the_shared_questions_have_the_options_of_the_clinics_list() {
    let pack = &packs()["shared"];
    let shape = pack.questions.iter().map(|one| {
        let values: Vec<&str> = one
            .choices
            .iter()
            .map(|choice| choice.value.as_str())
            .collect();
        (one.id.to_string(), one.kind, one.safety, values.join(" "))
    });
    let expected = QUESTIONS
        .iter()
        .map(|(id, kind, safety, values)| ((*id).to_owned(), *kind, *safety, (*values).to_owned()));
    assert_eq!(shape.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert_eq!(pack.question(&"A5".into()).unwrap().max_chars, 60);
}

#[test]
fn the_settings_are_those_of_the_clinics_list() {
    let packs = packs();
    for (name, value) in SETTINGS {
        assert_eq!(packs["shared"].settings.0.get(*name), Some(value), "{name}");
    }
    for (clinic, own) in OWN_SETTINGS {
        let pack = &packs[clinic];
        let differ = pack
            .settings
            .0
            .iter()
            .filter(|(name, value)| packs["shared"].settings.0.get(*name) != Some(value));
        let differ: Vec<String> = differ
            .map(|(name, value)| format!("{name}={value:?}"))
            .collect();
        assert_eq!(differ, *own, "{clinic}");
    }
}

#[test]
fn every_clinic_asks_the_shared_questions_and_points_somewhere_when_it_says_no() {
    for (clinic, pack) in packs() {
        let asked = |id: &str| pack.question(&id.into()).is_some();
        assert!(QUESTIONS.iter().all(|(id, ..)| asked(id)), "{clinic}");
        assert!(!pack.elsewhere.is_empty(), "{clinic}");
    }
}

#[test]
fn counselling_is_switched_off_and_never_books() {
    let pack = clinic("counselling");
    assert!(!pack.settings.flag("switched_on"));
    let reviewed = assess(&pack, &answers(&pack, "A1=no A8=yes"), today());
    assert_eq!(reviewed.outcome, Outcome::Review);
    assert!(clinic("law").settings.flag("switched_on"));
}

#[test]
fn exit_this_page_is_on_for_law_and_counselling_only() {
    for (id, on) in [
        ("law", true),
        ("counselling", true),
        ("sports", false),
        ("business", false),
    ] {
        assert_eq!(clinic(id).settings.flag("exit_button"), on, "{id}");
    }
}

#[test]
fn every_signpost_of_the_clinics_list_is_there_with_its_number() {
    let pack = clinic("law");
    let dial = |id: &str| {
        let found = pack.signposts.values().find(|one| one.id.0 == id);
        found.unwrap_or_else(|| panic!("{id}")).dial.clone()
    };
    for (id, digits) in [
        ("emergency", "999"),
        ("nhs_111", "111"),
        ("samaritans", "116123"),
        ("shout", ""), // a number for texts: a link would ring it
        ("papyrus", "08000684141"),
        ("childline", "08001111"),
        ("domestic_abuse_helpline", "08082000247"),
        ("mens_advice_line", "08088010327"),
        ("shelter", "08088004444"),
        ("hlpas", ""),
        ("civil_legal_advice", "03453454345"),
        ("citizens_advice", "08001448848"),
        ("acas", "03001231100"),
        ("business_debtline", "08001976026"),
        ("national_debtline", "08088084000"),
        ("taxaid", ""),
        ("food_help", ""),
        ("hmrc_payment_support", "03002003835"),
        ("beat", "08088010677"),
        ("islington_adults", "02075272299"),
        ("islington_children", "02075277400"),
        ("nspcc", "08088005000"),
    ] {
        assert_eq!(dial(id), digits, "{id}");
    }
}
