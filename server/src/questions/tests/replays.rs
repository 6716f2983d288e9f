//! What a lead reads before publishing.

use serde_json::json;

use super::super::evidence::{LAST_CASES, draft_page};
use super::*;
use crate::store::IntakeRow;
use crate::testing::ClinicSpec;

/// Past answers of the sports clinic.
async fn past(desk: &Desk, answers: &serde_json::Value, times: usize) {
    let mut tx = desk.test.context.store.write().await.unwrap();
    for _ in 0..times {
        tx.put_intake(&IntakeRow {
            id: desk.test.context.id(),
            clinic_id: "sports".into(),
            pack_version: "1".into(),
            answers: answers.to_string(),
            assessment: "{}".into(),
            stop_shown: false,
            topic: String::new(),
            created_at: desk.test.context.now().timestamp(),
            sealed: None,
        })
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn with_clinic(desk: &Desk) {
    desk.test
        .clinic(ClinicSpec {
            id: "sports",
            advisers: 1,
            supervisors: 1,
            ratio: 1,
            rooms: 1,
            services: Vec::new(),
            shared: Vec::new(),
        })
        .await;
}

#[tokio::test]
async fn a_draft_is_shown_in_words_and_replayed_on_past_answers() {
    for desk in Desk::all().await {
        with_clinic(&desk).await;
        past(&desk, &json!({"A3": "16_17", "A5": "Private words"}), 6).await;
        past(&desk, &json!({"A3": "18_over"}), 7).await;
        past(&desk, &json!({"A3": "under_16"}), 2).await;
        let set = &Set::Shared;
        let text = desk.open(set).await.in_force.text;
        let rule = "id = \"a3-16-17\"\nif = { is = [\"16_17\"] }\noutcome = \"review\"";
        let draft = with_other(
            &text,
            rule,
            &rule.replace(
                "outcome = \"review\"",
                "outcome = \"out\"\nelsewhere = true",
            ),
        );
        let draft = with_other(&draft, AGE, AGE_TOO);
        let base = desk.open(set).await.base();
        assert!(desk.save(set, base, &draft).await);
        let page = draft_page(&desk.test.context, set).await.unwrap().unwrap();
        assert_eq!(page.findings, Vec::<String>::new());
        for one in &page.reading {
            for measured in [&one.before, &one.after, &one.smog_before, &one.smog_after] {
                let grade: f64 = measured.parse().unwrap();
                assert!(grade > 0.0 && grade < 10.0, "{one:?}");
            }
            assert_ne!(one.before, one.smog_before, "two formulas");
        }
        let changes = page.difference.changes.unwrap();
        let told: Vec<_> = changes
            .iter()
            .map(|one| (one.about.as_str(), one.was.as_str(), one.now.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("Question A3", AGE, AGE_TOO),
                (
                    "Rule a3-16-17",
                    "A person looks first",
                    "Not us: here is who"
                ),
                ("Rule a3-16-17", "No", "Yes"),
            ]
        );
        let marks: String = page.difference.lines.iter().map(|line| line.mark).collect();
        assert_eq!(marks.matches('+').count(), 3, "{marks}");
        let replay = page.replay.unwrap();
        assert_eq!(replay.cases, "Past answers: 15");
        assert!(replay.changed.ends_with(": 6"), "{}", replay.changed);
        let moves: Vec<_> = replay
            .moves
            .iter()
            .map(|one| (one.from.as_str(), one.to.as_str(), one.cases.as_str()))
            .collect();
        assert_eq!(
            moves,
            [
                ("Book a time", "Book a time", "7"),
                ("A person looks first", "Not us: here is who", "6"),
                ("Not us: here is who", "Not us: here is who", "Under 5"),
            ]
        );
        assert_eq!(replay.patterns.len(), 1);
        assert!(replay.patterns[0].because[0].contains("a3-16-17"));
    }
}

#[tokio::test]
async fn a_draft_that_is_no_set_of_questions_is_shown_line_by_line_with_what_is_wrong() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    let set = &sports();
    let base = desk.open(set).await.base();
    assert!(
        desk.save(
            set,
            base,
            "clinic = \"sports\"\n[[question]]\nid = \"M1\"\n"
        )
        .await
    );
    let page = draft_page(&desk.test.context, set).await.unwrap().unwrap();
    assert!(page.replay.is_none() && page.difference.changes.is_none());
    assert!(
        page.findings[0].starts_with("sports.toml line "),
        "{:?}",
        page.findings
    );
    assert!(!page.difference.lines.is_empty());
}

/// What the sports clinic concludes from set number `number`, in plain words: the rules about age, about M8 and about a
/// pain that is bad and gets worse. `operation` is whether M8's rule counts an operation.
fn concluded(number: usize, operation: bool) -> &'static str {
    let [age, health, pain] = given(number);
    let flagged = match health {
        "operation" => operation,
        other => other != "none",
    };
    match age {
        "under_16" => "Not us: here is who",
        "18_over" if !flagged && pain == "3" => "Book a time",
        _ => "A person looks first",
    }
}

/// Age, M8 and M11 of a set: every combination, in turn.
fn given(number: usize) -> [&'static str; 3] {
    let ages = ["18_over", "16_17", "under_16"];
    let health = ["none", "operation", "nerves", "none"];
    let pains = ["3", "3", "9", "3", "10"];
    [
        ages[number % 3],
        health[number / 3 % 4],
        pains[number / 12 % 5],
    ]
}

#[tokio::test]
async fn a_thousand_past_answer_sets_are_replayed_and_each_change_is_shown() {
    const SETS: usize = 1_000;
    let desk = Desk::on(TestClinic::sqlite().await).await;
    with_clinic(&desk).await;
    for number in 0..SETS {
        let [age, health, pain] = given(number);
        let answers = json!({"A1": "no", "A3": age, "M8": [health], "M9": "neck_back", "M11": pain, "M13": "worse",
            "A5": "Private words", "A8": "yes"});
        past(&desk, &answers, 1).await;
    }
    let set = &sports();
    let text = desk.open(set).await.in_force.text;
    // An operation is not counted any more.
    let others = "\"broken_bone\", \"thin_bones\", \"blood_thinners\", \"steroids\", \"pregnant\", \"hospital\", \"nerves\"";
    let rule = "id = \"m8-any\"\nif = { some = true }";
    let draft = with_other(
        &text,
        rule,
        &format!("id = \"m8-any\"\nif = {{ is = [{others}] }}"),
    );
    let base = desk.open(set).await.base();
    assert!(desk.save(set, base, &draft).await);
    let before = std::time::Instant::now();
    let page = draft_page(&desk.test.context, set).await.unwrap().unwrap();
    // How long it takes is measured, and no reason to fail.
    eprintln!(
        "a draft's page with {SETS} past answers: {:?}",
        before.elapsed()
    );
    let replay = page.replay.unwrap();
    assert_eq!(replay.cases, format!("Past answers: {SETS}"));
    assert!(!replay.limited);
    let mut expected: Vec<(&str, &str, usize)> = Vec::new();
    let (mut changed, mut told_otherwise) = (0, 0);
    for number in 0..SETS {
        let (from, to) = (concluded(number, true), concluded(number, false));
        changed += usize::from(from != to);
        told_otherwise += usize::from(from == to && given(number)[1] == "operation");
        match expected.iter_mut().find(|one| (one.0, one.1) == (from, to)) {
            Some(one) => one.2 += 1,
            None => expected.push((from, to, 1)),
        }
    }
    expected.sort_unstable();
    let mut moves: Vec<(&str, &str, usize)> = replay
        .moves
        .iter()
        .map(|one| {
            (
                one.from.as_str(),
                one.to.as_str(),
                one.cases.parse().unwrap(),
            )
        })
        .collect();
    moves.sort_unstable();
    assert_eq!(moves, expected);
    assert!(changed > 0 && told_otherwise > 0);
    assert!(
        replay.changed.ends_with(&format!(": {changed}")),
        "{}",
        replay.changed
    );
    let told = format!(": {told_otherwise}");
    assert!(
        replay.told_otherwise.ends_with(&told),
        "{}",
        replay.told_otherwise
    );
    assert_eq!(replay.patterns.len(), 1, "{:?}", replay.patterns);
    assert!(replay.patterns[0].because[0].contains("m8-any"));
}

#[tokio::test]
async fn no_more_than_the_last_two_thousand_are_replayed_and_the_page_says_so() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    with_clinic(&desk).await;
    past(
        &desk,
        &json!({"A1": "no", "A3": "16_17", "A8": "yes"}),
        LAST_CASES + 1,
    )
    .await;
    let set = &Set::Shared;
    let text = desk.open(set).await.in_force.text;
    let base = desk.open(set).await.base();
    desk.save(set, base, &with_other(&text, AGE, AGE_TOO)).await;
    let page = draft_page(&desk.test.context, set).await.unwrap().unwrap();
    let replay = page.replay.unwrap();
    assert!(replay.limited && replay.cases.ends_with(&LAST_CASES.to_string()));
}

#[test]
fn every_word_that_questions_ask_for_is_in_the_catalogue() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let key = regex::Regex::new(r#""(questions-[a-z0-9-]+)""#).unwrap();
    let mut found = 0;
    let folders = [
        "src/questions",
        "src/questions/edit",
        "src/http/staff/questions",
        "../app/src/pages/staff/questions",
    ];
    for file in folders
        .iter()
        .flat_map(|one| std::fs::read_dir(folder.join(one)).unwrap())
    {
        let path = file.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        for name in key.captures_iter(&text).map(|found| found[1].to_owned()) {
            // A family ends in a code that is known at run time.
            if !name.ends_with('-') {
                assert!(app::text::has(&name), "{name} in {}", path.display());
                found += 1;
            }
        }
    }
    assert!(found > 80, "{found}");
}
