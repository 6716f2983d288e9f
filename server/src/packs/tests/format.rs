//! The format and the engine on a clinic that uses every part: what the clinics' own packs will need.

use std::sync::LazyLock;

use super::{answers, clinic, in_days, summary, today, with};
use crate::domain::schedule::Dates;
use crate::domain::triage::{
    AnswerCode, Assessment, Day, Outcome, Pack, Raw, Setting, assess, describe, parse, path,
};

const CALM: &str = "A1=no A2=organisation A3=18_over A4=no A5=English A5b=no A6=none A7=any A8=yes \
    T1=none T2=none T3=yes T4=+29 T5=-10 T6=0 T7=same T8=no T9=no_one T10=chat T11=no T12=-";

/// Open all of this year and the next.
const TERMS: [(i64, i64); 1] = [(-3000, 3000)];

fn on(terms: &[(i64, i64)], pack: &Pack, row: &str) -> Assessment {
    let dates = |&(from, until): &(i64, i64)| Dates {
        from: in_days(from),
        until: in_days(until),
    };
    let terms: Vec<Dates> = terms.iter().map(dates).collect();
    let day = Day {
        date: today(),
        terms: &terms,
    };
    assess(pack, &answers(pack, row), day)
}

/// The pack of `every_part.toml`.
pub(super) fn every_part() -> Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(read_every_part);
    PACK.clone()
}

fn read_every_part() -> Pack {
    let sources = with("charity.toml", include_str!("every_part.toml"));
    let packs = super::Packs::from_sources(&sources).unwrap_or_else(|broken| panic!("{broken}"));
    packs.get(&"charity".into()).unwrap().clone()
}

fn outcome(pack: &Pack, row: &str) -> String {
    outcome_in(&TERMS, pack, row)
}

fn outcome_in(terms: &[(i64, i64)], pack: &Pack, row: &str) -> String {
    let line = summary(&on(terms, pack, &format!("{CALM} {row}")));
    // Every calm row has the fixture's facts and dates.
    let usual = [
        "; organisation=true",
        "; services=[charity-chat]",
        "; by 2026-12-21",
    ];
    usual
        .iter()
        .fold(line, |line, usual| line.replace(usual, ""))
}

#[test]
fn each_kind_of_rule_holds_exactly_when_it_should() {
    let pack = every_part();
    for (row, expected) in [
        ("", "book"),
        ("T1=chest", "stop -> emergency"),
        ("T2=wages", "review p1 -> business_debtline"),
        ("T2=petition,wages", "stop p1 +1 -> business_debtline"),
        ("T2=demand", "book, asks T2b"),
        // 21 days from service, and 18 for a person; seven left, or fewer, is urgent. Every limit that applies is
        // looked at, so the longer one still asks for a review beside the stop of the shorter.
        ("T2=demand T2b=-13", "review p1; by 2026-11-30"),
        (
            "T2=demand T2b=-14",
            "stop -> business_debtline; by 2026-11-29",
        ),
        ("A2=me T2=demand T2b=-10", "review p1; by 2026-11-30"),
        (
            "A2=me T2=demand T2b=-11",
            "stop p1 +1 -> business_debtline; by 2026-11-29",
        ),
        ("T2=demand T2b=cannot_find", "review p1"),
        ("T2=none T2b=-14", "book"),
        ("T3=no", "stop -> shelter"),
        ("T3=not_sure", "stop -> shelter"),
        // A hearing in 7 days: stop; in 8 to 28: P1; in 29: the slots decide.
        ("T4=+0", "stop -> civil_legal_advice; by 2026-11-22"),
        ("T4=+7", "stop -> civil_legal_advice; by 2026-11-29"),
        ("T4=+8", "review p1; by 2026-11-30"),
        ("T4=+28", "review p1; by 2026-12-20"),
        ("T4=+29", "book"),
        ("T4=-1", "review p1; by 2026-11-21"),
        ("T4=cannot_find", "review p1; by 2027-02-11"),
        // The limit at work is three months less a day: 14 days left 2026-12-06, 42 left 2027-01-03.
        ("T5=2026-09-07", "stop p1 -> acas; by 2026-12-06"),
        ("T5=2026-09-08", "review p1; by 2026-12-07"),
        ("T5=2026-10-04", "review p1; by 2026-12-21"),
        ("T5=2026-10-05", "book"),
        ("T6=9 T7=same", "book"),
        ("T6=8 T7=worse", "book"),
        ("T6=9 T7=worse", "review -> nhs_111"),
        ("T6=10 T7=worse", "review -> nhs_111"),
        ("T8=type_1", "out -> gp"),
        ("T9=A._Person,LONDON-METROPOLITAN_University", "review"),
        ("T9=A._Person", "book"),
        (
            "T10=project",
            "book; extra_time_percent=25; services=[charity-scoping]",
        ),
        ("T11=yes", "book; notice -> samaritans, business_debtline"),
        ("T11=skip", "book"),
    ] {
        let got = outcome(&pack, row).replace("; by 2026-12-21", "");
        assert_eq!(got, expected.replace("; by 2026-12-21", ""), "{row}");
    }
}

#[test]
fn a_setting_switches_a_rule() {
    let mut pack = every_part();
    pack.settings
        .0
        .insert("type_1_accepted".to_owned(), Setting::Flag(true));
    assert_eq!(outcome(&pack, "T8=type_1"), "book");
    pack.settings
        .0
        .insert("urgent_days".to_owned(), Setting::Number(3));
    assert_eq!(outcome(&pack, "T4=+4"), "review p1; by 2026-11-26");
}

#[test]
fn a_date_outside_term_is_looked_at_and_so_is_every_date_while_no_term_is_known() {
    let pack = every_part();
    let term = [(-20, -10)];
    assert_eq!(outcome_in(&term, &pack, "T5=-10"), "book");
    assert_eq!(outcome_in(&term, &pack, "T5=-9"), "review");
    assert_eq!(outcome_in(&[], &pack, "T5=-10"), "review");
}

#[test]
fn safety_questions_come_first_and_the_shared_ones_first_among_them() {
    let pack = every_part();
    let order: Vec<&str> = pack
        .questions
        .iter()
        .map(|question| question.id.as_str())
        .collect();
    let expected = "A1 T1 T2 T2b T3 A2 A2b A3 A4 A5 A5b A6 A7 A8 T4 T5 T6 T7 T8 T9 T10 T11 T12";
    assert_eq!(order.join(" "), expected);
}

#[test]
fn all_that_apply_are_given_worst_first() {
    let pack = every_part();
    let row = format!("{CALM} A2=helping A2b=no A8=no T4=+7 T2=wages T3=no");
    let assessment = on(&TERMS, &pack, &row);
    let rules: Vec<String> = assessment
        .reasons
        .iter()
        .map(|reason| reason.rule.to_string())
        .collect();
    assert_eq!(
        rules,
        [
            "t3-no",
            "t4-urgent",
            "a8-no-students",
            "t2-wages",
            "a2b-not-agreed"
        ]
    );
    assert_eq!(assessment.outcome, Outcome::Stop);
    let first: Vec<String> = assessment
        .signposts()
        .iter()
        .map(|one| one.id.to_string())
        .collect();
    assert_eq!(
        first,
        [
            "shelter",
            "civil_legal_advice",
            "citizens_advice",
            "business_debtline"
        ]
    );
}

#[test]
fn one_stop_and_five_book_answers_is_a_stop_and_taking_it_back_leaves_nothing() {
    let pack = every_part();
    assert_eq!(outcome(&pack, "A1=yes"), "stop -> emergency");
    let back = on(&TERMS, &pack, &format!("{CALM} A1=yes A1=no"));
    assert_eq!((back.outcome, back.reasons.len()), (Outcome::Book, 0));
}

#[test]
fn not_us_is_shown_only_after_the_safety_questions() {
    let pack = every_part();
    let sent = on(&TERMS, &pack, "A1=no T1=none A8=no");
    assert_eq!(summary(&sent), "out, asks T2 -> citizens_advice");
    let asked = on(&TERMS, &pack, "A1=no T1=none A8=no T2=none T3=yes");
    assert_eq!(summary(&asked), "out -> citizens_advice");
    let branch = on(&TERMS, &pack, "A1=no T1=none A8=no T2=demand T3=yes");
    assert_eq!(summary(&branch), "out, asks T2b -> citizens_advice");
}

#[test]
fn a_stop_ends_the_questions_at_once_wherever_the_gaps_are() {
    let pack = every_part();
    for row in ["A1=yes", "T3=no", "T4=+3", "A1=no T1=breath"] {
        let assessment = on(&TERMS, &pack, row);
        assert_eq!(
            (assessment.outcome, assessment.next),
            (Outcome::Stop, None),
            "{row}"
        );
    }
}

#[test]
fn an_optional_question_is_asked_and_may_be_left_out() {
    let pack = every_part();
    let row = CALM.replace(" T12=-", "");
    let assessment = on(&TERMS, &pack, &row);
    assert_eq!(assessment.next, Some("T12".into()));
    assert_eq!(assessment.missing, None);
    let question = pack.question(&"T12".into()).unwrap();
    assert!(parse(question, &Raw::One(String::new())).is_ok());
    let needed = pack.question(&"A5".into()).unwrap();
    assert_eq!(
        parse(needed, &Raw::One(" ".into())).unwrap_err().code,
        AnswerCode::Missing
    );
}

#[test]
fn answers_on_a_branch_that_is_left_are_dropped() {
    let pack = every_part();
    let kept = |row: &str| path(&pack, &answers(&pack, row), today()).answers;
    assert!(kept("T2=demand T2b=-14").get(&"T2b".into()).is_some());
    assert!(kept("T2=none T2b=-14").get(&"T2b".into()).is_none());
    assert!(kept("T2b=-14").get(&"T2b".into()).is_none());
}

#[test]
fn a_follow_up_is_offered_beside_not_us() {
    let pack = every_part();
    let assessment = on(&TERMS, &pack, &format!("{CALM} T8=type_1"));
    assert_eq!(assessment.reasons[0].follow_up, Some(Outcome::Review));
}

#[test]
fn a_time_limit_is_written_out_where_the_text_asks_for_it() {
    let pack = every_part();
    let assessment = on(&TERMS, &pack, &format!("{CALM} T5=2026-09-08"));
    assert_eq!(
        assessment.reasons[0].text,
        "You may have until about 7 December 2026. It could be sooner."
    );
}

#[test]
fn answers_are_described_in_the_words_of_the_page() {
    let pack = every_part();
    let given = answers(
        &pack,
        "A6=quiet,step_free T4=2026-12-01 T9=A._Person,B._Person T3=not_sure",
    );
    let say = |id: &str| {
        describe(
            pack.question(&id.into()).unwrap(),
            given.get(&id.into()).unwrap(),
        )
    };
    assert_eq!(
        say("A6"),
        "A way in without steps (step-free), A quiet room"
    );
    assert_eq!(say("T4"), "1 December 2026");
    assert_eq!(say("T9"), "A. Person, B. Person");
    assert_eq!(say("T3"), "Not sure");
}

#[test]
fn the_explanation_names_each_answer_that_counted_and_the_rules_it_met() {
    let pack = every_part();
    let assessment = on(&TERMS, &pack, &format!("{CALM} T2=wages T11=yes"));
    let line = |id: &str| {
        assessment
            .explanation
            .iter()
            .find(|line| line.question == id.into())
            .unwrap()
    };
    assert_eq!(line("T2").rules, ["t2-wages: review, p1"]);
    assert_eq!(line("T2").answered, "Cannot pay wages");
    assert_eq!(line("T11").rules, ["t11-worry: notice"]);
    assert!(line("A1").rules.is_empty());
    assert_eq!(assessment.version, pack.version);
}

#[test]
fn the_api_sees_a_question_as_the_interface_says() {
    let view = clinic("law").question(&"A7".into()).unwrap().view();
    let json = serde_json::to_value(view).unwrap();
    assert_eq!(json["type"], "radio");
    assert_eq!(
        json["options"][0],
        serde_json::json!({"value": "in_person", "label": "In person"})
    );
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["hint", "id", "options", "text", "type"]);
}
