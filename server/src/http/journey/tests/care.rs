//! Stops, "not us" and safe contact, on questions of the tests' own, so that the clinics may change theirs.

use super::*;
use crate::http::state::App;
use crate::packs::{Packs, Source};

/// One question of each kind that matters here, before the shared ones.
const QUESTIONS: &str = r#"
clinic = "sports"
elsewhere = ["gp"]

[settings]
notice = "Nobody reads this on Sundays."

[[question]]
id = "T1"
kind = "checks"
safety = true
text = "Is any of this true?"
options = [
  { value = "worst", label = "The worst" },
  { value = "bad", label = "Bad" },
  { value = "milder", label = "Milder" },
  { value = "none", label = "None of these", exclusive = true },
]

[[question.rule]]
id = "t1-milder"
if = { is = ["milder"] }
outcome = "review"
text = "A milder thing for a person to read."

[[question.rule]]
id = "t1-bad"
if = { is = ["bad"] }
outcome = "stop"
text = "A bad thing."
signposts = ["nhs_111"]

[[question.rule]]
id = "t1-worst"
if = { is = ["worst"] }
outcome = "stop"
priority = "p1"
text = "The worst thing."
signposts = ["emergency"]

[[question]]
id = "T2"
kind = "checks"
text = "What else?"
options = [
  { value = "ask", label = "Somebody may look" },
  { value = "never", label = "Never ours" },
  { value = "watched", label = "Somebody may be watching", sets = { force_safe_contact = true } },
  { value = "none", label = "None of these", exclusive = true },
]

[[question.rule]]
id = "t2-ask"
if = { is = ["ask"] }
outcome = "out"
follow_up = "review"
text = "Not ours, but somebody may look."
signposts = ["gp"]

[[question.rule]]
id = "t2-never"
if = { is = ["never"] }
outcome = "out"
text = "Never ours."
signposts = ["gp"]
"#;

/// The app with these questions for the sports clinic.
pub(super) fn app(test: &TestClinic) -> App {
    let shared = include_str!("../../../../packs/shared.toml");
    let signposts = include_str!("../../../../packs/signposts.toml");
    let packs = Packs::from_sources(&[
        Source::new("shared.toml", shared),
        Source::new("signposts.toml", signposts),
        Source::new("sports.toml", QUESTIONS),
    ]);
    App {
        packs: crate::packs::InForce::fixed(packs.unwrap()),
        ..test.app()
    }
}

async fn everywhere() -> Vec<(TestClinic, Browser)> {
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        test.load_sample().await;
        let browser = Browser::new(router(app(&test)).unwrap());
        all.push((test, browser));
    }
    all
}

/// Harmless answers to the shared questions after the first one.
const SHARED: [(&str, &[&str]); 7] = [
    ("A2", &["me"]),
    ("A3", &["18_over"]),
    ("A4", &["no"]),
    ("A5", &["English"]),
    ("A5b", &["no"]),
    ("A6", &["none"]),
    ("A7", &["any"]),
];

/// Answers in the order asked: A1, T1, the shared ones, T2. Returns what the last answer led to.
pub(super) async fn answer_with(browser: &mut Browser, t1: &[&str], t2: &[&str]) -> Seen {
    answer(browser, "sports", "A1", &["no"]).await;
    let mut last = answer(browser, "sports", "T1", t1).await;
    for (question, values) in SHARED {
        last = answer(browser, "sports", question, values).await;
    }
    if last.status == 303 {
        answer(browser, "sports", "A8", &["yes"]).await;
        last = answer(browser, "sports", "T2", t2).await;
    }
    last
}

async fn send(browser: &mut Browser) -> Seen {
    let check = browser.get("/clinics/sports/check").await;
    assert_eq!(check.status, 200, "{}", check.location);
    let digest = digest(&check.body);
    let sent = browser
        .post("/clinics/sports/check", &[("digest", &digest)])
        .await;
    skip_about_you(browser, "sports", sent).await
}

#[tokio::test]
async fn all_that_apply_are_shown_worst_first() {
    for (_, mut browser) in everywhere().await {
        answer(&mut browser, "sports", "A1", &["not_sure"]).await;
        let stop = answer(&mut browser, "sports", "T1", &["milder", "bad", "worst"]).await;
        let order = [
            "What to do now",
            "tel:999",
            "tel:111",
            "At night and at weekends",
            "Nobody reads this on Sundays.",
            "This matters too",
            "A person looks at this only if you ask for a call.",
            "A milder thing",
            "Ask a person to call me",
        ];
        let mut from = stop.body.find("<h1").unwrap();
        for text in order {
            let at = stop.body[from..].find(text);
            from += at.unwrap_or_else(|| panic!("{text} after the others in {}", stop.body));
        }
        assert!(stop.body.contains("A bad thing.") && stop.body.contains("The worst thing."));
    }
}

#[tokio::test]
async fn a_stop_is_not_walked_round_by_refresh_back_or_an_edited_address() {
    for (test, mut browser) in everywhere().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        let stop = answer(&mut browser, "sports", "T1", &["worst"]).await;
        assert_eq!(stop.status, 200);
        // A refresh sends the same answer again.
        assert_eq!(
            answer(&mut browser, "sports", "T1", &["worst"])
                .await
                .status,
            200
        );
        let pages = [
            "questions",
            "questions/T1",
            "questions/A8",
            "questions/T2",
            "out",
            "request",
            "times",
            "details",
            "check",
            "about-you",
            "done",
        ];
        for page in pages {
            let (at, _) = browser.follow(&format!("/clinics/sports/{page}")).await;
            assert_eq!(at, "/clinics/sports/questions/A1", "GET {page}");
        }
        let draft = {
            let visitor = crate::intake::Visitor::from_cookie(&browser.cookie("visitor").unwrap());
            test.app()
                .drafts()
                .read(Some(&visitor), "sports")
                .await
                .unwrap()
        };
        assert!(
            draft.stop_shown && !draft.has_anything(),
            "the mark and nothing else: {draft:?}"
        );
        for page in ["questions/T2", "questions/A8"] {
            let form = [("answer", if page.ends_with("T2") { "none" } else { "yes" })];
            browser
                .post(&format!("/clinics/sports/{page}"), &form)
                .await;
        }
        for page in ["out", "request", "times", "details", "check", "about-you"] {
            browser
                .post(&format!("/clinics/sports/{page}"), &DETAILS)
                .await;
        }
        assert_eq!(
            browser.follow("/clinics/sports/check").await.0,
            "/clinics/sports/questions/A1"
        );
        for table in [
            "SELECT count(*) FROM intakes",
            "SELECT count(*) FROM calls",
            "SELECT count(*) FROM requests",
            "SELECT count(*) FROM appointments",
            "SELECT count(*) FROM clients",
        ] {
            assert_eq!(test.number(table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn lesson_41_back_and_another_answer_goes_on_and_staff_see_the_mark() {
    for (test, mut browser) in everywhere().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        answer(&mut browser, "sports", "T1", &["bad"]).await;
        let last = answer_with(&mut browser, &["none"], &["none"]).await;
        assert_eq!(last.location, "/clinics/sports/times");
        pick_first(&mut browser, "sports").await;
        browser.post("/clinics/sports/details", &DETAILS).await;
        assert_eq!(send(&mut browser).await.location, "/clinics/sports/done");
        let reference = test.texts("SELECT reference FROM appointments").await;
        phone::sign_in(&test, &mut browser, "sports.supervisor@sample.invalid").await;
        let page = browser
            .get(&format!("/staff/appointments/{}", reference[0]))
            .await;
        assert!(
            page.body
                .contains("was shown a page that said to ring for help")
        );
        assert!(
            !page.body.contains("A bad thing"),
            "which stop it was is not kept"
        );
    }
}

#[tokio::test]
async fn a_call_after_an_urgent_stop_is_urgent_and_says_nothing_of_the_stop() {
    for (test, mut browser) in everywhere().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        answer(&mut browser, "sports", "T1", &["worst"]).await;
        let form = [
            ("name", "Cem Sample"),
            ("phone", "020 7946 0000"),
            ("consent", "yes"),
        ];
        assert_eq!(
            browser.post("/clinics/sports/stop", &form).await.status,
            303
        );
        let urgent = "SELECT count(*) FROM calls WHERE urgent AND kind = 'call_back'";
        assert_eq!(test.number(urgent).await, 1);
    }
}

/// The sealed reasons that the form of a stop page brings back.
fn why(page: &str) -> String {
    let found = regex::Regex::new(r#"name="why" value="([^"]+)""#).unwrap();
    found.captures(page).expect("the reasons in the form")[1].to_owned()
}

#[tokio::test]
async fn a_stop_page_keeps_its_own_reasons_through_a_forgotten_box_and_a_call_and_stores_none() {
    for (test, mut browser) in everywhere().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        let stop = answer(&mut browser, "sports", "T1", &["milder", "bad"]).await;
        assert!(
            stop.body
                .contains("href=\"/clinics/sports/questions\">Go back and change it")
        );
        let sealed = why(&stop.body);
        assert!(!sealed.contains("bad"));
        let mut form = vec![
            ("name", "Cem Sample"),
            ("phone", "020 7946 0000"),
            ("why", sealed.as_str()),
        ];
        let again = browser.post("/clinics/sports/stop", &form).await;
        assert_eq!(again.status, 422);
        let kept = [
            "A bad thing.",
            "tel:111",
            "A milder thing for a person to read.",
        ];
        for text in kept {
            assert!(again.body.contains(text), "{text}: {}", again.body);
        }
        let sealed = why(&again.body);
        form[2].1 = &sealed;
        form.push(("consent", "yes"));
        for _ in 0..2 {
            let asked = browser.post("/clinics/sports/stop", &form).await;
            assert_eq!(asked.status, 200, "{}", asked.location);
            for text in kept {
                assert!(asked.body.contains(text), "{text}: {}", asked.body);
            }
        }
        assert_eq!(
            test.number("SELECT count(*) FROM calls").await,
            1,
            "sent twice"
        );
        // Later, and for another clinic, nothing of it is there.
        let later = browser.get("/clinics/sports/stop").await;
        assert!(!later.body.contains("A bad thing.") && !later.body.contains("name=\"why\""));
        let elsewhere = browser.post("/clinics/law/stop", &form[..3]).await;
        assert!(!elsewhere.body.contains("A bad thing."));
    }
}

#[tokio::test]
async fn two_visitors_with_one_number_ask_for_two_calls() {
    for (test, mut first) in everywhere().await {
        let mut second = Browser::new(router(app(&test)).unwrap());
        for browser in [&mut first, &mut second] {
            answer(browser, "sports", "A1", &["no"]).await;
            answer(browser, "sports", "T1", &["worst"]).await;
            let form = [
                ("name", "Cem Sample"),
                ("phone", "020 7946 0000"),
                ("consent", "yes"),
            ];
            browser.post("/clinics/sports/stop", &form).await;
        }
        assert_eq!(test.number("SELECT count(*) FROM calls").await, 2);
    }
}

#[tokio::test]
async fn domain_9_1_l3_somebody_who_is_hurt_can_ask_a_person_whatever_the_topic() {
    for test in TestClinic::all().await {
        test.load_sample().await;
        let mut browser = Browser::new(router(test.app()).unwrap());
        let at = answer_so(&mut browser, "law", &[("L3", "yes"), ("L1", "debt")]).await;
        assert_eq!(at, "/clinics/law/out");
        let out = browser.get("/clinics/law/out").await;
        assert_eq!(out.status, 200, "{}", out.location);
        assert!(
            out.body.contains("Ask a person to look at it")
                && out.body.contains("We will reply within one working day"),
            "{}",
            out.body
        );
        let asked = browser.post("/clinics/law/out", &[]).await;
        assert_eq!(asked.location, "/clinics/law/request");
    }
}

#[tokio::test]
async fn domain_9_0_a_date_that_is_urgent_opens_no_way_past_not_us() {
    let date = [("L7", "yes"), ("L8", "cannot_find")];
    for against in [("A8", "no"), ("A3", "under_16")] {
        for test in TestClinic::all().await {
            test.load_sample().await;
            let mut browser = Browser::new(router(test.app()).unwrap());
            let answers = [date[0], date[1], against];
            let at = answer_so(&mut browser, "law", &answers).await;
            assert_eq!(at, "/clinics/law/out", "{against:?}");
            let out = browser.get("/clinics/law/out").await;
            assert!(!out.body.contains("Ask a person to look at it"));
            browser.post("/clinics/law/out", &[]).await;
            let at = browser.follow("/clinics/law/request").await.0;
            assert_eq!(at, "/clinics/law/out", "{against:?}");
        }
    }
}

#[tokio::test]
async fn not_us_offers_a_review_where_every_reason_does() {
    for (test, mut browser) in everywhere().await {
        let last = answer_with(&mut browser, &["none"], &["ask", "never"]).await;
        assert_eq!(last.location, "/clinics/sports/out");
        let out = browser.get("/clinics/sports/out").await;
        assert!(!out.body.contains("Ask a person to look at it"));
        browser.post("/clinics/sports/out", &[]).await;
        assert_eq!(
            browser.follow("/clinics/sports/request").await.0,
            "/clinics/sports/out",
            "what is not offered cannot be taken"
        );
        answer(&mut browser, "sports", "T2", &["ask"]).await;
        let out = browser.get("/clinics/sports/out").await;
        assert!(
            out.body.contains("Ask a person to look at it"),
            "{}",
            out.body
        );
        let asked = browser.post("/clinics/sports/out", &[]).await;
        assert_eq!(asked.location, "/clinics/sports/request");
        // Another answer takes the wish back.
        answer(&mut browser, "sports", "T2", &["ask"]).await;
        assert_eq!(browser.get("/clinics/sports/out").await.status, 200);
        browser.post("/clinics/sports/out", &[]).await;
        browser.post("/clinics/sports/request", &[]).await;
        browser.post("/clinics/sports/details", &DETAILS).await;
        assert_eq!(send(&mut browser).await.location, "/clinics/sports/done");
        let waiting = "SELECT count(*) FROM requests WHERE state = 'in_review'";
        assert_eq!(test.number(waiting).await, 1);
        assert_eq!(test.number("SELECT count(*) FROM appointments").await, 0);
    }
}

async fn to_details(browser: &mut Browser) {
    let last = answer_with(browser, &["none"], &["watched"]).await;
    assert_eq!(last.location, "/clinics/sports/times", "{}", last.body);
    pick_first(browser, "sports").await;
}

#[tokio::test]
async fn whoever_may_be_watched_is_asked_about_mail_and_calls_whichever_they_tick() {
    for (_, mut browser) in everywhere().await {
        to_details(&mut browser).await;
        let page = browser.get("/clinics/sports/details").await;
        assert!(
            page.body.contains("We want to keep you safe"),
            "{}",
            page.body
        );
        let wrong = browser.post("/clinics/sports/details", &DETAILS).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Say if it is safe to call you"));
        let mut form = DETAILS.to_vec();
        form.push(("safe_to_call", "unsure"));
        let right = browser.post("/clinics/sports/details", &form).await;
        assert_eq!(right.location, "/clinics/sports/check", "{}", right.body);
        let check = browser.get("/clinics/sports/check").await;
        assert!(check.body.contains("Is it safe to call you?") && check.body.contains("Not sure"));
    }
}

#[tokio::test]
async fn where_nothing_is_safe_the_person_keeps_the_reference_and_rings() {
    for (test, mut browser) in everywhere().await {
        to_details(&mut browser).await;
        let form = [
            ("name", "Bea Sample"),
            ("by_email", "yes"),
            ("email", "bea@sample.invalid"),
            ("safe_to_email", "unsure"),
            ("by_phone", "yes"),
            ("phone", "020 7946 0000"),
            ("safe_to_call", "no"),
            ("no_fixed_home", "yes"),
        ];
        let details = browser.post("/clinics/sports/details", &form).await;
        assert_eq!(
            details.location, "/clinics/sports/check",
            "{}",
            details.body
        );
        send(&mut browser).await;
        let done = browser.get("/clinics/sports/done").await;
        assert!(
            done.body.contains("We will not contact you"),
            "{}",
            done.body
        );
        let notice = &done.body[done.body.find("We will not contact you").unwrap()..];
        let until = notice.find("</div>").unwrap();
        let desk = app::pages::footer::dialled(&test.app().config.site.telephone);
        assert!(
            desk.is_empty() || notice[..until].contains(&format!("tel:{desk}")),
            "the number stands beside it"
        );
        assert!(
            !done.body.contains("We will call you") && !done.body.contains("sending you an email")
        );
        assert_eq!(test.number("SELECT count(*) FROM outbox").await, 0);
        assert_eq!(test.number("SELECT count(*) FROM calls").await, 0);
        let safe = "SELECT count(*) FROM clients WHERE safe_to_email OR safe_to_call";
        assert_eq!(test.number(safe).await, 0, "not sure is not safe");
    }
}
