//! The journey through the real router, without JavaScript, on the sample set-up.

use std::sync::LazyLock;

use chrono::{Datelike, TimeDelta};

mod care;
mod equality;
mod leaving;
mod phone;

use super::visit::Visit;
use crate::http::router::router;
use crate::testing::{Browser, Seen, TestClinic, harmless};

static LINK: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new("/appointments/([A-Za-z0-9_.-]+)").unwrap());
static REFERENCE: LazyLock<regex::Regex> = LazyLock::new(|| {
    regex::Regex::new(r"\b[2-9CFGHJKMPQRTVWX]{4}-[2-9CFGHJKMPQRTVWX]{3}\b").unwrap()
});

/// A browser at a clinic with the sample set-up, on each engine.
async fn at_the_door() -> Vec<(TestClinic, Browser)> {
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        test.load_sample().await;
        let browser = Browser::new(router(test.app()).unwrap());
        all.push((test, browser));
    }
    all
}

async fn answer(browser: &mut Browser, clinic: &str, question: &str, values: &[&str]) -> Seen {
    let form: Vec<(&str, &str)> = values.iter().map(|value| ("answer", *value)).collect();
    browser
        .post(&format!("/clinics/{clinic}/questions/{question}"), &form)
        .await
}

/// Answers every question so that a time can be picked.
async fn answer_all(browser: &mut Browser, clinic: &str) {
    answer_so(browser, clinic, &[]).await;
}

/// Answers every question that is asked, harmlessly but for these, and says where that leads.
async fn answer_so(browser: &mut Browser, clinic: &str, other: &[(&str, &str)]) -> String {
    let harmless = harmless(clinic);
    let questions = format!("/clinics/{clinic}/questions");
    loop {
        let at = browser.get(&questions).await.location;
        // Where the topic asks for it, how to leave comes before the first question.
        if at.ends_with("/leaving") {
            assert_eq!(browser.post(&at, &[]).await.status, 303);
            continue;
        }
        let Some(question) = at.strip_prefix(&format!("{questions}/")) else {
            return at;
        };
        let other = other.iter().find(|(id, _)| *id == question);
        let value = other.map_or_else(|| harmless[question][0].as_str(), |(_, value)| *value);
        let seen = answer(browser, clinic, question, &[value]).await;
        assert_eq!(seen.status, 303, "{clinic} {question}: {}", seen.body);
    }
}

const DETAILS: [(&str, &str); 6] = [
    ("name", "Amina Sample"),
    ("by_email", "yes"),
    ("email", "amina@sample.invalid"),
    ("safe_to_email", "yes"),
    ("postcode", "n7 8db"),
    ("organisation", ""),
];

/// The value of the first free start on a page of times.
fn first_start(body: &str) -> String {
    let found = regex::Regex::new(r#"value="(\d{4}-\d\d-\d\dT[\d:]+Z)""#).unwrap();
    found.captures(body).expect("a start on the page")[1].to_owned()
}

fn digest(body: &str) -> String {
    let found = regex::Regex::new(r#"name="digest" value="(\d+)""#).unwrap();
    found.captures(body).expect("a digest on the page")[1].to_owned()
}

async fn pick_first(browser: &mut Browser, clinic: &str) -> Seen {
    let times = browser.get(&format!("/clinics/{clinic}/times")).await;
    assert_eq!(times.status, 200);
    let start = first_start(&times.body);
    browser
        .post(
            &format!("/clinics/{clinic}/times"),
            &[("start", &start), ("mode", "in_person")],
        )
        .await
}

async fn book(browser: &mut Browser, clinic: &str) -> Seen {
    answer_all(browser, clinic).await;
    assert_eq!(
        pick_first(browser, clinic).await.location,
        format!("/clinics/{clinic}/details")
    );
    let details = browser
        .post(&format!("/clinics/{clinic}/details"), &DETAILS)
        .await;
    assert_eq!(
        details.location,
        format!("/clinics/{clinic}/check"),
        "{}",
        details.body
    );
    let check = browser.get(&format!("/clinics/{clinic}/check")).await;
    assert!(check.body.contains("Amina Sample"));
    let digest = digest(&check.body);
    let sent = browser
        .post(&format!("/clinics/{clinic}/check"), &[("digest", &digest)])
        .await;
    skip_about_you(browser, clinic, sent).await
}

/// From a form that was sent on to the confirmation, past the questions that may be skipped.
async fn skip_about_you(browser: &mut Browser, clinic: &str, sent: Seen) -> Seen {
    let page = format!("/clinics/{clinic}/about-you");
    if sent.location == page {
        browser.post(&page, &[("go", "skip")]).await
    } else {
        sent
    }
}

#[tokio::test]
async fn domain_9_8_test_10_a_person_books_without_javascript_and_cancels_by_the_link() {
    for (test, mut browser) in at_the_door().await {
        let sent = book(&mut browser, "sports").await;
        assert_eq!(
            (sent.status, sent.location.as_str()),
            (303, "/clinics/sports/done"),
            "{}",
            sent.body
        );
        let done = browser.get("/clinics/sports/done").await;
        assert_eq!(done.status, 200);
        assert!(
            done.body.contains("UK time"),
            "lesson 16: every time carries its zone"
        );
        let link = &*LINK;
        let manage = link
            .find(&done.body)
            .expect("a manage link")
            .as_str()
            .trim_end_matches("/calendar.ics")
            .to_owned();
        let page = browser.get(&manage).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("Amina")
                && !page.body.contains("Sample<")
                && !page.body.contains("sports")
        );
        assert!(
            !page.body.contains("amina@"),
            "lesson 37: nothing more than first name, service, time and place"
        );
        let calendar = browser.get(&format!("{manage}/calendar.ics")).await;
        assert!(
            calendar.body.contains("SUMMARY:Appointment"),
            "{}",
            calendar.body
        );
        // Lesson 31: reading twice changes nothing.
        for _ in 0..2 {
            browser.get(&manage).await;
        }
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'confirmed'")
                .await,
            1
        );
        let cancelled = browser.post(&format!("{manage}/cancel"), &[]).await;
        assert_eq!(cancelled.status, 303);
        assert_eq!(
            browser.post(&format!("{manage}/cancel"), &[]).await.status,
            303,
            "twice answers the same"
        );
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'cancelled'")
                .await,
            1
        );
        assert_eq!(test.number("SELECT count(*) FROM outbox").await, 2);
    }
}

#[tokio::test]
async fn law_is_requested_first_and_says_so() {
    for (test, mut browser) in at_the_door().await {
        assert_eq!(
            book(&mut browser, "law").await.location,
            "/clinics/law/done"
        );
        let done = browser.get("/clinics/law/done").await;
        assert!(
            done.body.contains("We are keeping this time for you"),
            "{}",
            done.body
        );
        assert!(
            !done.body.contains("calendar.ics"),
            "no calendar file while it is not certain"
        );
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'requested'")
                .await,
            1
        );
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'request_received'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_double_press_books_once() {
    for (test, mut browser) in at_the_door().await {
        answer_all(&mut browser, "nutrition").await;
        pick_first(&mut browser, "nutrition").await;
        browser.post("/clinics/nutrition/details", &DETAILS).await;
        let digest = digest(&browser.get("/clinics/nutrition/check").await.body);
        let form = [("digest", digest.as_str())];
        let first = browser.post("/clinics/nutrition/check", &form).await;
        let second = browser.post("/clinics/nutrition/check", &form).await;
        assert_eq!(
            (first.location.as_str(), second.location),
            ("/clinics/nutrition/about-you", first.location.clone())
        );
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'confirmed'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_stop_ends_the_questions_stores_nothing_and_cannot_be_walked_round() {
    for (test, mut browser) in at_the_door().await {
        let stop = answer(&mut browser, "law", "A1", &["yes"]).await;
        assert_eq!(stop.status, 200);
        assert!(
            stop.body.contains("tel:999") && stop.body.contains("No one reads this form"),
            "{}",
            stop.body
        );
        for page in ["times", "details", "check", "done", "out", "request"] {
            let (at, seen) = browser.follow(&format!("/clinics/law/{page}")).await;
            assert_eq!(
                (at.as_str(), seen.status),
                ("/clinics/law/questions/A1", 200),
                "{page}"
            );
        }
        let again = browser.get("/clinics/law/stop").await;
        assert!(
            again.status == 200 && again.body.contains("tel:999"),
            "a refresh shows who helps"
        );
        for table in [
            "SELECT count(*) FROM intakes",
            "SELECT count(*) FROM calls",
            "SELECT count(*) FROM requests",
        ] {
            assert_eq!(test.number(table).await, 0, "{table}");
        }
        let refused = browser
            .post(
                "/clinics/law/stop",
                &[("name", "Amina Sample"), ("phone", "020 7946 0000")],
            )
            .await;
        assert_eq!(refused.status, 422, "no consent");
        assert!(
            refused.body.contains("020 7946 0000"),
            "nothing typed is lost"
        );
        assert_eq!(test.number("SELECT count(*) FROM calls").await, 0);
        let form = [
            ("name", "Amina Sample"),
            ("phone", "020 7946 0000"),
            ("consent", "yes"),
        ];
        assert_eq!(browser.post("/clinics/law/stop", &form).await.status, 303);
        assert_eq!(
            test.number("SELECT count(*) FROM calls WHERE urgent").await,
            1
        );
        // Changing the answer goes on, and staff see the mark.
        assert_eq!(book(&mut browser, "law").await.status, 303);
        assert_eq!(
            test.number("SELECT count(*) FROM intakes WHERE stop_shown")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_review_becomes_a_request_with_a_promise() {
    for (test, mut browser) in at_the_door().await {
        assert_eq!(
            answer_so(&mut browser, "nutrition", &[("A3", "16_17")]).await,
            "/clinics/nutrition/request"
        );
        assert_eq!(
            browser.follow("/clinics/nutrition/times").await.0,
            "/clinics/nutrition/request",
            "no time to pick"
        );
        browser.post("/clinics/nutrition/request", &[]).await;
        assert_eq!(
            browser
                .post("/clinics/nutrition/details", &DETAILS)
                .await
                .status,
            303
        );
        let digest = digest(&browser.get("/clinics/nutrition/check").await.body);
        let sent = browser
            .post("/clinics/nutrition/check", &[("digest", &digest)])
            .await;
        assert_eq!(
            sent.location, "/clinics/nutrition/about-you",
            "{}",
            sent.body
        );
        // Sunday plus three working days.
        let done = browser.get("/clinics/nutrition/done").await;
        assert!(done.body.contains("Wednesday 25 November"), "{}", done.body);
        assert_eq!(
            test.number("SELECT count(*) FROM requests WHERE state = 'in_review'")
                .await,
            1
        );
        assert_eq!(test.number("SELECT count(*) FROM appointments").await, 0);
    }
}

#[tokio::test]
async fn not_us_names_who_can_help() {
    for (_, mut browser) in at_the_door().await {
        assert_eq!(
            answer_so(&mut browser, "sports", &[("A8", "no")]).await,
            "/clinics/sports/out"
        );
        assert_eq!(browser.get("/clinics/sports/out").await.status, 200);
        assert_eq!(
            browser.follow("/clinics/sports/check").await.0,
            "/clinics/sports/out"
        );
    }
}

#[tokio::test]
async fn bad_input_gets_a_clear_error_and_loses_nothing() {
    for (test, mut browser) in at_the_door().await {
        for values in [&[] as &[&str], &["perhaps"], &["yes", "no"]] {
            let seen = answer(&mut browser, "sports", "A1", values).await;
            assert_eq!(seen.status, 422, "{values:?}");
            assert!(
                seen.body.contains("There is a problem") && seen.body.contains("Error: "),
                "{values:?}"
            );
        }
        answer_all(&mut browser, "sports").await;
        let none = browser.post("/clinics/sports/times", &[]).await;
        assert_eq!(none.status, 422);
        let past = browser
            .post(
                "/clinics/sports/times",
                &[("start", "2020-01-01T10:00:00Z"), ("mode", "in_person")],
            )
            .await;
        assert_eq!(past.status, 409, "a time in the past is not to be had");
        let odd = browser
            .post(
                "/clinics/sports/times",
                &[("start", "2026-12-01T03:07:00Z"), ("mode", "in_person")],
            )
            .await;
        assert_eq!(odd.status, 409, "nor one outside hours");
        pick_first(&mut browser, "sports").await;
        let long = "x".repeat(300);
        let cases: [&[(&str, &str)]; 5] = [
            &[],
            &[
                ("name", "Zoë Sample"),
                ("by_email", "yes"),
                ("email", "zoe"),
                ("safe_to_email", "yes"),
                ("postcode", "N7"),
            ],
            &[
                ("name", &long),
                ("by_email", "yes"),
                ("email", "z@sample.invalid"),
                ("safe_to_email", "yes"),
                ("postcode", "N7"),
            ],
            &[
                ("name", "Zoë Sample"),
                ("by_phone", "yes"),
                ("phone", "12"),
                ("safe_to_call", "no"),
                ("postcode", "N7"),
            ],
            &[
                ("name", "Zoë Sample"),
                ("by_email", "yes"),
                ("email", "z@sample.invalid"),
                ("postcode", "QQ"),
            ],
        ];
        for form in cases {
            let seen = browser.post("/clinics/sports/details", form).await;
            assert_eq!(seen.status, 422, "{form:?}");
            assert!(seen.body.contains("There is a problem"));
            for (_, typed) in form
                .iter()
                .filter(|(name, _)| ["name", "email", "phone"].contains(name))
            {
                assert!(seen.body.contains(typed), "{typed} was lost");
            }
        }
        assert_eq!(browser.get("/clinics/nowhere/questions").await.status, 404);
        assert_eq!(
            browser.get("/clinics/counselling").await.status,
            422,
            "switched off"
        );
        assert_eq!(
            browser.get("/appointments/forged.1.token").await.status,
            404
        );
        assert_eq!(test.number("SELECT count(*) FROM clients").await, 0);
    }
}

#[tokio::test]
async fn domain_9_8_test_11_a_time_taken_meanwhile_gets_a_kind_page_with_other_times_and_keeps_what_was_typed()
 {
    for (test, mut browser) in at_the_door().await {
        answer_all(&mut browser, "business").await;
        pick_first(&mut browser, "business").await;
        browser.post("/clinics/business/details", &DETAILS).await;
        let digest = digest(&browser.get("/clinics/business/check").await.body);
        // The hold runs out, and others take every place at that start.
        test.clock.advance(TimeDelta::minutes(11));
        let router = router(test.app()).unwrap();
        for _ in 0..3 {
            let mut other = Browser::new(router.clone());
            answer_all(&mut other, "business").await;
            pick_first(&mut other, "business").await;
        }
        let sent = browser
            .post("/clinics/business/check", &[("digest", &digest)])
            .await;
        assert_eq!(sent.status, 409, "{}", sent.body);
        assert!(sent.body.contains("That time is not free any more"));
        let start = first_start(&sent.body);
        let again = browser
            .post(
                "/clinics/business/times",
                &[("start", &start), ("mode", "in_person")],
            )
            .await;
        assert_eq!(
            again.location, "/clinics/business/check",
            "the details are still there"
        );
    }
}

#[tokio::test]
async fn two_tabs_are_told_apart() {
    for (_, mut browser) in at_the_door().await {
        answer_all(&mut browser, "sports").await;
        pick_first(&mut browser, "sports").await;
        browser.post("/clinics/sports/details", &DETAILS).await;
        let old = digest(&browser.get("/clinics/sports/check").await.body);
        // The other tab changes the name.
        let mut changed = DETAILS;
        changed[0].1 = "Another Sample";
        browser.post("/clinics/sports/details", &changed).await;
        let sent = browser
            .post("/clinics/sports/check", &[("digest", &old)])
            .await;
        assert_eq!(sent.status, 409);
        assert!(
            sent.body.contains("Something changed in another tab")
                && sent.body.contains("Another Sample")
        );
        // Another clinic in another tab does not mix.
        assert_eq!(
            browser.follow("/clinics/law/times").await.0,
            "/clinics/law/leaving"
        );
    }
}

#[tokio::test]
async fn the_hold_is_renewed_by_activity_and_given_back_on_leaving_and_clearing() {
    for (test, mut browser) in at_the_door().await {
        answer_all(&mut browser, "sports").await;
        pick_first(&mut browser, "sports").await;
        test.clock.advance(TimeDelta::minutes(5));
        let left = |seen: Seen| -> app::wire::HoldState {
            serde_json::from_str(&seen.body).expect("how long the time is kept")
        };
        let renewed = left(browser.post("/clinics/sports/hold/renew", &[]).await);
        assert_eq!(renewed.seconds_left, 600);
        let page = browser.get("/clinics/sports/details").await.body;
        let until = format!("for you until {}.", renewed.ends_at);
        assert!(
            page.contains(&until),
            "the page and the answer to the timer say the same end: {until}"
        );
        let leaving = left(browser.post("/clinics/sports/hold/leave", &[]).await);
        assert_eq!(leaving.seconds_left, 30);
        browser.post("/clinics/sports/details", &DETAILS).await;
        let again = left(browser.post("/clinics/sports/hold/renew", &[]).await);
        assert_eq!(again.seconds_left, 600);
        assert_eq!(browser.post("/clinics/sports/clear", &[]).await.status, 303);
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'held'")
                .await,
            0
        );
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, 0);
        assert_eq!(
            browser.follow("/clinics/sports/check").await.0,
            "/clinics/sports/questions/A1"
        );
    }
}

#[tokio::test]
async fn invariant_9_reading_changes_nothing() {
    for (test, mut browser) in at_the_door().await {
        answer_all(&mut browser, "sports").await;
        pick_first(&mut browser, "sports").await;
        let before = test
            .number("SELECT CAST(count(*) + sum(hold_expires_at) AS BIGINT) FROM appointments")
            .await;
        test.clock.advance(TimeDelta::minutes(1));
        for page in [
            "",
            "/questions",
            "/questions/A1",
            "/stop",
            "/out",
            "/request",
            "/times",
            "/times?from=2026-12-08",
            "/details",
            "/check",
            "/about-you",
            "/leaving",
            "/done",
        ] {
            browser.get(&format!("/clinics/sports{page}")).await;
        }
        assert_eq!(
            test.number("SELECT CAST(count(*) + sum(hold_expires_at) AS BIGINT) FROM appointments")
                .await,
            before
        );
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, 1);
    }
}

#[tokio::test]
async fn journey_pages_are_never_stored_and_carry_the_policy() {
    for (_, mut browser) in at_the_door().await {
        browser.post("/clinics/law/leaving", &[]).await;
        let seen = browser.get("/clinics/law/questions/A1").await;
        assert_eq!(seen.status, 200);
        assert_eq!(seen.headers["cache-control"], "no-store");
        let policy = seen.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert!(
            !seen.body.contains("style=") && !seen.body.contains("onclick"),
            "no inline style or script"
        );
    }
}

#[tokio::test]
async fn times_follow_the_chosen_way_to_meet_and_are_inside_the_hours() {
    for (_, mut browser) in at_the_door().await {
        answer_all(&mut browser, "law").await;
        let times = browser.get("/clinics/law/times?mode=phone").await;
        let start = crate::domain::time::parse_instant(&first_start(&times.body)).unwrap();
        let local = crate::domain::time::local(start);
        assert!(
            [2, 4].contains(&local.weekday().number_from_monday()),
            "Tuesday or Thursday: {local}"
        );
        let more = browser
            .get("/clinics/law/times?from=2026-12-08&mode=phone")
            .await;
        let start = crate::domain::time::parse_instant(&first_start(&more.body)).unwrap();
        assert!(
            crate::domain::time::local_date(start).to_string().as_str() >= "2026-12-08",
            "{start}"
        );
    }
}

/// The extractor is what every page starts from.
#[expect(
    dead_code,
    reason = "a compile-time check that a visit can be moved to another thread"
)]
fn a_visit_can_be_sent(visit: Visit) -> impl Send {
    visit
}

#[derive(Clone, Default)]
struct Captured(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_that_a_person_types_or_holds_reaches_the_log() {
    for (_, mut browser) in at_the_door().await {
        crate::testing::hear_every_line();
        let captured = Captured::default();
        let writer = captured.clone();
        let log = crate::config::Log {
            filter: "trace".to_owned(),
            format: crate::config::LogFormat::Json,
        };
        let subscriber = crate::telemetry::subscriber(&log, move || writer.clone()).unwrap();
        let guard = tracing::subscriber::set_default(subscriber);
        assert_eq!(book(&mut browser, "law").await.status, 303);
        let done = browser.get("/clinics/law/done").await;
        let link = &*LINK;
        let token = link.captures(&done.body).unwrap()[1].to_owned();
        browser.get(&format!("/appointments/{token}")).await;
        let form = [
            ("name", "Bea Sample"),
            ("phone", "020 7946 0958"),
            ("consent", "yes"),
        ];
        browser.post("/clinics/law/stop", &form).await;
        drop(guard);
        let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
        assert!(
            log.contains("/clinics/{clinic}/check"),
            "routes are logged by pattern"
        );
        let reference = &*REFERENCE;
        assert!(!reference.is_match(&log), "no reference");
        for secret in [
            "Amina",
            "Bea Sample",
            "amina@",
            "sample.invalid",
            "7946 0958",
            "79460958",
            "8db",
            token.as_str(),
        ] {
            let at = log
                .find(secret)
                .map(|at| &log[at.saturating_sub(120)..(at + 60).min(log.len())]);
            assert_eq!(at, None, "{secret} is in the log");
        }
    }
}

/// Somebody is half-way when the clinic publishes: the answer that no longer fits is asked again, and no other.
#[tokio::test]
async fn lesson_42_answers_that_no_longer_fit_are_asked_again_and_nothing_else_is_lost() {
    use crate::questions::{Set, open, publish, save};
    for test in TestClinic::all().await {
        test.load_sample().await;
        crate::packs::ship(&test.context).await.unwrap();
        let app = test.app();
        let mut browser = Browser::new(router(app.clone()).unwrap());
        let harmless = harmless("charity");
        for question in ["A1", "C2", "A2", "A3", "A4", "A5"] {
            let value = harmless[question][0].as_str();
            let seen = answer(&mut browser, "charity", question, &[value]).await;
            assert_eq!(seen.status, 303, "{question}");
        }
        let opened = open(&test.context, &Set::Shared).await.unwrap().unwrap();
        let text = opened.text().replace(
            "{ value = \"18_over\", label = \"18 or over\" }",
            "{ value = \"18_29\", label = \"18 to 29\" },\n  { value = \"30_over\", label = \"30 or over\" }",
        );
        assert_ne!(text, opened.text());
        let staff = test.context.id();
        let mut tx = test.context.store.write().await.unwrap();
        let row = crate::store::StaffRow {
            id: staff,
            email: "lead@sample.invalid".into(),
            name: "Lead Sample".into(),
            password: None,
            resource_id: None,
            active: true,
            created_at: 0,
        };
        tx.put_staff(&row).await.unwrap();
        tx.commit().await.unwrap();
        let set = &Set::Shared;
        assert!(
            save(&test.context, set, staff, opened.base(), &text)
                .await
                .unwrap()
        );
        let base = open(&test.context, set).await.unwrap().unwrap().base();
        publish(
            &test.context,
            &app.packs,
            set,
            staff,
            base,
            ("Finer ages", true),
        )
        .await
        .unwrap();
        // Whatever page they come to, the question that has changed is the next one.
        let (path, seen) = browser.follow("/clinics/charity/times").await;
        assert_eq!(path, "/clinics/charity/questions/A3");
        assert!(seen.body.contains("30 or over"));
        let old = answer(&mut browser, "charity", "A3", &["18_over"]).await;
        assert_eq!(old.status, 422);
        let on = answer(&mut browser, "charity", "A3", &["30_over"]).await;
        assert_eq!(
            on.location, "/clinics/charity/questions/A5b",
            "A1 to A5 stand"
        );
    }
}

#[tokio::test]
async fn domain_9_8_test_6_where_no_time_can_be_in_time_a_person_looks() {
    for (_, mut browser) in at_the_door().await {
        // The letter of advice takes 14 days, and 3 are to spare: nothing on offer can help before this date.
        let soon = [("L1", "benefits")];
        let date = [("day", "7"), ("month", "11"), ("year", "2026")];
        let at = "/clinics/law/questions";
        let harmless = harmless("law");
        loop {
            let next = browser.get(at).await.location;
            if next.ends_with("/leaving") {
                browser.post(&next, &[]).await;
                continue;
            }
            let Some(question) = next.strip_prefix(&format!("{at}/")) else {
                assert_eq!(next, "/clinics/law/request");
                break;
            };
            if question == "L10" {
                assert_eq!(browser.post(&next, &date).await.status, 303);
                continue;
            }
            let other = soon.iter().find(|(id, _)| *id == question);
            let value = other.map_or_else(|| harmless[question][0].as_str(), |(_, value)| *value);
            answer(&mut browser, "law", question, &[value]).await;
        }
        let page = browser.get("/clinics/law/request").await;
        assert!(page.body.contains("7 December 2026"), "{}", page.body);
    }
}

#[tokio::test]
async fn what_is_typed_is_kept_before_it_is_sent_and_not_after_it_was_cleared() {
    for (test, mut browser) in at_the_door().await {
        let keep = "/clinics/sports/details/keep";
        let half = [
            ("name", "Amina <Half"),
            ("by_email", "yes"),
            ("email", "ami"),
        ];
        browser.post(keep, &half).await;
        assert_eq!(
            test.number("SELECT count(*) FROM drafts").await,
            0,
            "there is nothing to keep it for yet"
        );
        answer_all(&mut browser, "sports").await;
        pick_first(&mut browser, "sports").await;
        assert_eq!(browser.post(keep, &half).await.status, 204);
        let page = browser.get("/clinics/sports/details").await;
        assert!(
            page.body.contains("value=\"Amina &lt;Half\"") && page.body.contains("value=\"ami\""),
            "{}",
            page.body
        );
        assert!(
            !page.body.contains("There is a problem"),
            "it is not judged before it is sent"
        );
        let (path, _) = browser.follow("/clinics/sports/check").await;
        assert_eq!(path, "/clinics/sports/details", "half a form leads nowhere");
        browser.post("/clinics/sports/clear", &[]).await;
        browser.post(keep, &half).await;
        assert_eq!(
            test.number("SELECT count(*) FROM drafts").await,
            0,
            "what comes late brings nothing back"
        );
    }
}

#[tokio::test]
async fn the_last_page_and_the_link_say_who_called_it_off() {
    for (test, mut browser) in at_the_door().await {
        book(&mut browser, "sports").await;
        let done = browser.get("/clinics/sports/done").await;
        let manage = LINK.find(&done.body).unwrap().as_str();
        let manage = manage.trim_end_matches("/calendar.ics").to_owned();
        let mut other = Browser::new(router(test.app()).unwrap());
        book(&mut other, "nutrition").await;
        let theirs = other.get("/clinics/nutrition/done").await;
        let theirs = LINK.find(&theirs.body).unwrap().as_str();
        let theirs = theirs.trim_end_matches("/calendar.ics").to_owned();
        other.post(&format!("{theirs}/cancel"), &[]).await;
        let seen = browser.get(&manage).await.body;
        let seen = seen.replace("</span><span>", "-");
        let reference = REFERENCE.find(&seen).map(|found| found.as_str());
        let mut tx = test.context.store.read().await.unwrap();
        let row = tx
            .appointment_by_reference(reference.expect("a reference"))
            .await
            .unwrap()
            .unwrap();
        drop(tx);
        let staff = crate::booking::Actor::Staff(test.context.id());
        crate::booking::cancel(&test.context, row.id, staff)
            .await
            .unwrap();
        for page in ["/clinics/sports/done", manage.as_str()] {
            let body = browser.get(page).await.body;
            assert!(
                body.contains("We had to cancel it") && !body.contains("Thank you for telling us"),
                "{page}: {body}"
            );
        }
        for page in ["/clinics/nutrition/done", theirs.as_str()] {
            let body = other.get(page).await.body;
            assert!(body.contains("Thank you for telling us"), "{page}");
            assert!(!body.contains("booked</h1>"), "{page}");
        }
    }
}

#[tokio::test]
async fn a_way_to_meet_that_a_service_does_not_have_is_not_passed_over() {
    for (_, mut browser) in at_the_door().await {
        answer_all(&mut browser, "sports").await;
        let said = "You said that you would like to talk by phone.";
        let times = browser.get("/clinics/sports/times").await;
        assert!(!times.body.contains(said));
        answer(&mut browser, "sports", "A7", &["phone"]).await;
        let (path, times) = browser
            .follow("/clinics/sports/times?service=sports-massage")
            .await;
        assert_eq!(path, "/clinics/sports/times?service=sports-massage");
        assert!(times.body.contains(said), "{}", times.body);
        assert!(
            times.body.contains("meets in person only"),
            "{}",
            times.body
        );
    }
}
