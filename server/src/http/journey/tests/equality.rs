//! The questions about equality (A15).

use super::*;
use crate::domain::equality::QUESTIONS;

async fn send(browser: &mut Browser, name: &str) -> Seen {
    let mut details = DETAILS;
    details[0] = ("name", name);
    let last = care::answer_with(browser, &["none"], &["none"]).await;
    assert_eq!(last.location, "/clinics/sports/times", "{}", last.body);
    pick_first(browser, "sports").await;
    browser.post("/clinics/sports/details", &details).await;
    let digest = digest(&browser.get("/clinics/sports/check").await.body);
    browser
        .post("/clinics/sports/check", &[("digest", &digest)])
        .await
}

async fn everywhere() -> Vec<(TestClinic, Browser)> {
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        test.load_sample().await;
        let browser = Browser::new(router(care::app(&test)).unwrap());
        all.push((test, browser));
    }
    all
}

const PEOPLE: &str = "SELECT CAST(coalesce(sum(people), 0) AS BIGINT) FROM equality_counts";

#[tokio::test]
async fn domain_9_8_test_9_equality_answers_cannot_be_joined_to_a_person() {
    for (test, mut browser) in everywhere().await {
        let columns = if test.url.starts_with("sqlite:") {
            "SELECT name FROM pragma_table_info('equality_counts') ORDER BY name"
        } else {
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = 'equality_counts' ORDER BY column_name"
        };
        assert_eq!(
            test.texts(columns).await,
            ["answer", "clinic_id", "month", "people", "question"],
            "counters: no id, no instant, nothing that leads to a form"
        );
        assert_eq!(
            send(&mut browser, "Amina Sample").await.location,
            "/clinics/sports/about-you"
        );
        let form = [
            ("sex", "female"),
            ("ethnicity", "rather_not"),
            ("income", "Amina Sample"),
            ("go", "send"),
        ];
        let answered = browser.post("/clinics/sports/about-you", &form).await;
        assert_eq!(answered.location, "/clinics/sports/done");
        // A second form, the same answers: no more rows than before, so no row is a person.
        let rows = "SELECT count(*) FROM equality_counts";
        assert_eq!((test.number(rows).await, test.number(PEOPLE).await), (2, 2));
        send(&mut browser, "Bashir Sample").await;
        browser.post("/clinics/sports/about-you", &form).await;
        assert_eq!((test.number(rows).await, test.number(PEOPLE).await), (2, 4));
        assert_eq!(
            test.texts("SELECT DISTINCT month FROM equality_counts")
                .await,
            ["2026-11"]
        );
        // Nothing of it stands with the person: neither in what was sent, nor in the audit log, nor in the draft.
        for of in [
            "SELECT answers FROM intakes WHERE answers LIKE '%female%' OR answers LIKE '%rather_not%'",
            "SELECT detail FROM audit WHERE detail LIKE '%female%' OR action LIKE '%equality%'",
            "SELECT reply FROM replies WHERE reply LIKE '%female%'",
        ] {
            assert!(test.texts(of).await.is_empty(), "{of}");
        }
        let visitor = crate::intake::Visitor::from_cookie(&browser.cookie("visitor").unwrap());
        let draft = test.app().drafts().read(Some(&visitor), "sports").await;
        let draft = serde_json::to_string(&draft.unwrap()).unwrap();
        assert!(
            !draft.contains("female") && !draft.contains("rather_not"),
            "{draft}"
        );
    }
}

#[tokio::test]
async fn the_questions_come_once_after_a_form_was_sent_and_can_be_skipped() {
    for (test, mut browser) in everywhere().await {
        let early = browser
            .post("/clinics/sports/about-you", &[("sex", "male")])
            .await;
        assert_eq!(
            early.location, "/clinics/sports/questions/A1",
            "nothing was sent"
        );
        send(&mut browser, "Amina Sample").await;
        let booked = "SELECT count(*) FROM appointments WHERE state = 'confirmed'";
        assert_eq!(
            test.number(booked).await,
            1,
            "the booking does not wait for them"
        );
        let page = browser.get("/clinics/sports/about-you").await;
        assert_eq!(page.status, 200);
        for asked in QUESTIONS {
            for answer in asked.answers {
                let radio = format!("value=\"{answer}\"");
                assert!(page.body.contains(&radio), "{} {answer}", asked.question);
            }
            assert!(page.body.contains(&format!("name=\"{}\"", asked.question)));
        }
        let buttons: Vec<&str> = page
            .body
            .split("<button ")
            .filter(|rest| rest.contains("name=\"go\""))
            .map(|rest| rest.split_whitespace().next().unwrap())
            .collect();
        assert_eq!(buttons.len(), 2);
        assert_eq!(buttons[0], buttons[1], "skipping weighs the same");
        let skipped = browser
            .post(
                "/clinics/sports/about-you",
                &[("sex", "male"), ("go", "skip")],
            )
            .await;
        assert_eq!(skipped.location, "/clinics/sports/done");
        let again = browser
            .post(
                "/clinics/sports/about-you",
                &[("sex", "male"), ("go", "send")],
            )
            .await;
        assert_eq!(again.location, "/clinics/sports/done");
        assert_eq!(test.number(PEOPLE).await, 0, "asked once, and skipped");
        assert_eq!(
            browser.follow("/clinics/sports/about-you").await.0,
            "/clinics/sports/done"
        );
    }
}
