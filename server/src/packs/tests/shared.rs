//! The shared questions, row by row. Read it beside the clinics' list of rules: question, answers, what follows.
//! The law clinic's list of other places (Citizens Advice, Civil Legal Advice) stands for any clinic's.

use super::{Packs, answers, clinic, summary, today, try_answers, with};
use crate::domain::triage::{Kind, Pack, Setting, assess};

/// A person with nothing to flag. Rows replace or add to this.
const CALM: &str = "A1=no A2=me A3=18_over A4=no A5=English A5b=no A6=none A7=any A8=yes";

const ROWS: &[(&str, &str)] = &[
    ("", "book"),
    // A1 Is anyone in danger right now? Y -> STOP 999. Not sure -> show 999, 111, go on
    ("A1=yes", "stop -> emergency"),
    ("A1=not_sure", "book; notice -> emergency, nhs_111"),
    // A2 Who needs help? helper -> A2b
    ("A2=helping", "book, asks A2b"),
    ("A2=organisation", "book; organisation=true"),
    // A2b Do they know and agree? No -> REVIEW. Not sure counts as the safer answer
    ("A2=helping A2b=yes", "book"),
    ("A2=helping A2b=no", "review"),
    ("A2=helping A2b=not_sure", "review"),
    ("A2=me A2b=no", "book"),
    // A3 How old? under 16 -> OUT + Childline; 16-17 -> REVIEW
    ("A3=under_16", "out -> childline"),
    ("A3=16_17", "review"),
    // A4 Have you used this clinic before? Yes -> follow-up length. Not sure: the longer first meeting
    ("A4=yes", "book; returning=true"),
    ("A4=not_sure", "book"),
    // A5 Language
    ("A5=Somali", "book; language=Somali"),
    // A5b Someone to help you talk or sign? Yes -> add 50% time, REVIEW. Not sure counts as the safer answer
    ("A5b=yes", "review; extra_time_percent=50; interpreter=true"),
    (
        "A5b=not_sure",
        "review; extra_time_percent=50; interpreter=true",
    ),
    // A6 Any help to come or take part? filters rooms and modes
    ("A6=step_free", "book; access=[step_free]"),
    ("A6=hearing", "book; access=[hearing]"),
    ("A6=sight", "book; sight=true"),
    ("A6=quiet", "book; access=[quiet]"),
    ("A6=bring_someone", "book; bring_someone=true"),
    ("A6=phone_or_video", "book; remote=true"),
    ("A6=quiet,step_free", "book; access=[step_free,quiet]"),
    // A7 How would you like to meet? filter
    ("A7=in_person", "book; mode=in_person"),
    ("A7=phone", "book; mode=phone"),
    ("A7=video", "book; mode=video"),
    // A8 Students will help you. Is that OK? N -> OUT with options. Not sure: a person explains first
    ("A8=no", "out -> citizens_advice, civil_legal_advice"),
    ("A8=not_sure", "review"),
    // Where the clinic allows under 16: looked at first, and Childline still shown
    ("allow_under_16 A3=under_16", "review -> childline"),
    ("allow_under_16 A3=16_17", "review"),
    ("allow_under_16", "book"),
];

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
    ("buffer_days", Setting::Number(3)),
];

/// A clinic that replaces no setting of the shared file.
pub(super) const BARE: &str = "clinic = \"charity\"\nelsewhere = [\"citizens_advice\"]\n";

/// Every row that the shared questions no longer agree with. `law` is read for rules, [`BARE`] for settings.
pub(super) fn failures(law: &Pack, bare: &Pack) -> Vec<String> {
    let mut failures = Vec::new();
    for (row, expected) in ROWS {
        let (allowed, row) = match row.strip_prefix("allow_under_16") {
            Some(rest) => (true, rest),
            None => (false, *row),
        };
        let mut pack = law.clone();
        if allowed {
            pack.settings
                .0
                .insert("allow_under_16".to_owned(), Setting::Flag(true));
        }
        let got = match try_answers(&pack, &format!("{CALM} {row}")) {
            Ok(answers) => summary(&assess(&pack, &answers, today())),
            Err(error) => error,
        };
        if got != *expected {
            failures.push(format!("{row}: {got}, and not {expected}"));
        }
    }
    let shape: Vec<_> = law
        .questions
        .iter()
        .map(|one| {
            let values: Vec<&str> = one
                .choices
                .iter()
                .map(|choice| choice.value.as_str())
                .collect();
            (one.id.to_string(), one.kind, one.safety, values.join(" "))
        })
        .collect();
    let expected = QUESTIONS
        .iter()
        .map(|(id, kind, safety, values)| ((*id).to_owned(), *kind, *safety, (*values).to_owned()));
    if !expected.eq(shape) {
        failures.push("the questions, their order or their options have changed".to_owned());
    }
    for (name, value) in SETTINGS {
        if bare.settings.0.get(*name) != Some(value) {
            failures.push(format!("the setting {name} is not {value:?}"));
        }
    }
    let longest = law
        .question(&"A5".into())
        .map(|question| question.max_chars);
    if longest != Some(60) {
        failures.push("A5 takes another length".to_owned());
    }
    failures
}

#[test]
fn every_shared_rule_does_what_the_clinics_list_says() {
    let packs = Packs::from_sources(&with("charity.toml", BARE)).unwrap();
    let bare = packs.get(&"charity".into()).unwrap();
    assert_eq!(failures(&clinic("law"), bare), Vec::<String>::new());
}

#[test]
fn every_clinic_asks_the_shared_questions_and_points_somewhere_when_it_says_no() {
    for id in [
        "law",
        "sports",
        "nutrition",
        "business",
        "charity",
        "counselling",
    ] {
        let pack = clinic(id);
        assert_eq!(pack.questions.len(), QUESTIONS.len(), "{id}");
        let no_students = assess(&pack, &answers(&pack, &format!("{CALM} A8=no")), today());
        assert!(!no_students.reasons[0].signposts.is_empty(), "{id}");
    }
}

#[test]
fn counselling_is_switched_off_and_never_books() {
    let pack = clinic("counselling");
    assert!(!pack.settings.flag("switched_on"));
    assert_eq!(
        summary(&assess(&pack, &answers(&pack, CALM), today())),
        "review"
    );
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
