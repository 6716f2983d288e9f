//! Staff type for a caller: the same pages and rules, bound to the session of whoever began the call.

use super::*;
use crate::auth::key::token_hash;

/// Signs a member of the sample's staff in, without a password.
pub(super) async fn sign_in(test: &TestClinic, browser: &mut Browser, email: &str) {
    let token = test.context.id().to_string();
    let now = test.context.now().timestamp();
    let mut tx = test.context.store.write().await.unwrap();
    let staff = tx.staff_by_email(email).await.unwrap().unwrap();
    tx.put_session(&token_hash(token.as_bytes()), staff.id, now, now + 43_200)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    browser.set_cookie("staff", Some(&token));
}

const SPORTS: &str = "sports.supervisor@sample.invalid";

/// A call for the sports clinic, by its supervisor.
async fn on_the_phone() -> Vec<(TestClinic, Browser)> {
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        test.load_sample().await;
        let mut browser = Browser::new(router(care::app(&test)).unwrap());
        sign_in(&test, &mut browser, SPORTS).await;
        let begun = browser.post("/staff/phone", &[("clinic", "sports")]).await;
        assert_eq!(
            (begun.status, begun.location.as_str()),
            (303, "/clinics/sports/questions"),
            "{}",
            begun.body
        );
        all.push((test, browser));
    }
    all
}

const BY_PHONE: [(&str, &str); 6] = [
    ("name", "Dilek Sample"),
    ("by_phone", "yes"),
    ("phone", "020 7946 0000"),
    ("safe_to_call", "yes"),
    ("leave_message", "no"),
    ("postcode", "N7"),
];

async fn send(browser: &mut Browser) -> Seen {
    let details = browser.post("/clinics/sports/details", &BY_PHONE).await;
    assert_eq!(
        details.location, "/clinics/sports/check",
        "{}",
        details.body
    );
    let digest = digest(&browser.get("/clinics/sports/check").await.body);
    let sent = browser
        .post("/clinics/sports/check", &[("digest", &digest)])
        .await;
    skip_about_you(browser, "sports", sent).await
}

#[tokio::test]
async fn invariant_11_staff_book_for_a_caller_with_a_telephone_alone_and_every_line_says_who() {
    for (test, mut browser) in on_the_phone().await {
        let (_, page) = browser.follow("/clinics/sports/questions").await;
        for shown in [
            "You are typing for a caller",
            "End this call",
            "Read this out",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        let asked = "Is anyone in danger right now?";
        assert!(
            page.body.matches(asked).count() >= 2,
            "the line to read is the question itself"
        );
        care::answer_with(&mut browser, &["none"], &["none"]).await;
        assert_eq!(
            pick_first(&mut browser, "sports").await.location,
            "/clinics/sports/details"
        );
        assert_eq!(send(&mut browser).await.location, "/clinics/sports/done");
        let done = browser.get("/clinics/sports/done").await;
        assert!(done.body.contains("Read the reference to the caller"));
        assert!(done.body.contains("Nobody needs to ring them"));
        let booked =
            "SELECT count(*) FROM appointments WHERE state = 'confirmed' AND source = 'phone'";
        assert_eq!(test.number(booked).await, 1);
        let lines = "SELECT count(*) FROM audit WHERE subject_kind = 'appointment'";
        let theirs = "SELECT count(*) FROM audit a JOIN staff s ON s.id = a.actor_id
            WHERE a.subject_kind = 'appointment' AND a.actor_kind = 'staff'
              AND s.email = 'sports.supervisor@sample.invalid'";
        assert!(test.number(lines).await >= 2);
        assert_eq!(
            test.number(lines).await,
            test.number(theirs).await,
            "staff in every line"
        );
        assert_eq!(
            test.number("SELECT count(*) FROM calls").await,
            0,
            "they heard it in the call"
        );
        let reference = test.texts("SELECT reference FROM appointments").await;
        let page = browser
            .get(&format!("/staff/appointments/{}", reference[0]))
            .await;
        assert!(page.body.contains("by phone"), "{}", page.body);
        // Ending the call forgets what was typed; what was sent stays.
        let ended = browser.post("/staff/phone/end", &[]).await;
        assert_eq!(ended.location, "/staff/phone");
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, 0);
        assert_eq!(test.number(booked).await, 1);
        let (_, page) = browser.follow("/clinics/sports/questions").await;
        assert!(!page.body.contains("You are typing for a caller"));
    }
}

#[tokio::test]
async fn a_caller_meets_the_same_stops_and_reviews() {
    for (test, mut browser) in on_the_phone().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        let stop = answer(&mut browser, "sports", "T1", &["worst"]).await;
        assert!(
            stop.body.contains("Tell the caller") && stop.body.contains("tel:999"),
            "{}",
            stop.body
        );
        assert_eq!(
            browser.follow("/clinics/sports/times").await.0,
            "/clinics/sports/questions/A1"
        );
        let refused = browser.post("/clinics/sports/stop", &BY_PHONE).await;
        assert_eq!(refused.status, 422, "without consent nothing is kept");
        let form = [
            ("name", "Dilek Sample"),
            ("phone", "020 7946 0000"),
            ("consent", "yes"),
        ];
        browser.post("/clinics/sports/stop", &form).await;
        let asked =
            "SELECT count(*) FROM audit WHERE action = 'asked_for_call' AND actor_kind = 'staff'";
        assert_eq!(test.number(asked).await, 1);

        let last = care::answer_with(&mut browser, &["milder"], &["none"]).await;
        assert_eq!(last.location, "/clinics/sports/request");
        browser.post("/clinics/sports/request", &[]).await;
        send(&mut browser).await;
        let queued = "SELECT count(*) FROM requests WHERE state = 'in_review' AND source = 'phone'";
        assert_eq!(test.number(queued).await, 1);
        let by_staff =
            "SELECT count(*) FROM audit WHERE action = 'in_review' AND actor_kind = 'staff'";
        assert_eq!(test.number(by_staff).await, 1);
        let marked = "SELECT count(*) FROM intakes WHERE stop_shown";
        assert_eq!(test.number(marked).await, 1);
    }
}

#[tokio::test]
async fn the_draft_of_a_call_is_nothing_without_the_session_that_began_it() {
    for (test, mut browser) in on_the_phone().await {
        answer(&mut browser, "sports", "A1", &["no"]).await;
        let call = browser.cookie("call").unwrap();
        let drafts = test.number("SELECT count(*) FROM drafts").await;
        for who in [None, Some("sports.adviser@sample.invalid")] {
            let mut other = Browser::new(router(care::app(&test)).unwrap());
            if let Some(email) = who {
                sign_in(&test, &mut other, email).await;
            }
            for post in [false, true] {
                other.set_cookie("call", Some(&call));
                let path = "/clinics/sports/questions/A2";
                let seen = if post {
                    other.post(path, &[("answer", "me")]).await
                } else {
                    other.get(path).await
                };
                assert_eq!((seen.status, seen.location.as_str()), (303, "/staff/phone"));
                assert_eq!(
                    other.cookie("call").as_deref(),
                    Some(""),
                    "it is taken back"
                );
            }
        }
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, drafts);
        // The cookie as a visitor's: it finds nothing either.
        let mut other = Browser::new(router(care::app(&test)).unwrap());
        other.set_cookie("visitor", Some(&call));
        assert_eq!(
            other.follow("/clinics/sports/questions").await.0,
            "/clinics/sports/questions/A1"
        );
        // The session ends: so does the call.
        test.clock.advance(TimeDelta::hours(12));
        let seen = browser.get("/clinics/sports/questions/A2").await;
        assert_eq!(seen.location, "/staff/phone");
    }
}

#[tokio::test]
async fn a_call_stays_apart_from_what_somebody_did_themselves() {
    for test in TestClinic::all().await {
        test.load_sample().await;
        let mut browser = Browser::new(router(care::app(&test)).unwrap());
        answer(&mut browser, "sports", "A1", &["no"]).await;
        answer(&mut browser, "sports", "T1", &["none"]).await;
        sign_in(&test, &mut browser, SPORTS).await;
        browser.post("/staff/phone", &[("clinic", "sports")]).await;
        assert_eq!(
            browser.follow("/clinics/sports/questions").await.0,
            "/clinics/sports/questions/A1",
            "a fresh form"
        );
        let open = browser.get("/staff/phone").await;
        assert!(open.body.contains("You have a call open"));
        browser.post("/staff/sign-out", &[]).await;
        assert_eq!(
            test.number("SELECT count(*) FROM drafts").await,
            1,
            "the call is forgotten"
        );
        assert_eq!(
            browser.follow("/clinics/sports/questions").await.0,
            "/clinics/sports/questions/A2",
            "their own form is as it was"
        );
    }
}

#[tokio::test]
async fn ending_a_call_gives_the_time_back() {
    for (test, mut browser) in on_the_phone().await {
        care::answer_with(&mut browser, &["none"], &["none"]).await;
        pick_first(&mut browser, "sports").await;
        let held = "SELECT count(*) FROM appointments WHERE state = 'held'";
        assert_eq!(test.number(held).await, 1);
        browser.post("/staff/phone/end", &[]).await;
        assert_eq!(test.number(held).await, 0);
        let by_staff =
            "SELECT count(*) FROM audit WHERE action = 'released' AND actor_kind = 'staff'";
        assert_eq!(test.number(by_staff).await, 1);
    }
}

#[tokio::test]
async fn calls_are_typed_in_ones_own_clinics_only() {
    for (test, mut browser) in on_the_phone().await {
        let other = browser.post("/staff/phone", &[("clinic", "law")]).await;
        assert_eq!(other.status, 403);
        // In the call, another clinic's pages are neither theirs nor the browser's own.
        let mut at_home = Browser::new(router(test.app()).unwrap());
        sign_in(&test, &mut at_home, SPORTS).await;
        at_home.post("/staff/phone", &[("clinic", "sports")]).await;
        let law = at_home.get("/clinics/law/questions/A1").await;
        assert_eq!(law.status, 403);
        assert!(law.body.contains("href=\"/staff/phone\""), "{}", law.body);
        let missing = browser.post("/staff/phone", &[]).await;
        assert_eq!(missing.status, 422);
        assert!(
            missing
                .body
                .contains("Pick the clinic that the call is for")
        );
        assert_eq!(browser.get("/staff/phone").await.status, 200);
        sign_in(&test, &mut browser, "admin@sample.invalid").await;
        browser.set_cookie("call", None);
        assert_eq!(browser.get("/staff/phone").await.status, 403);
        browser.set_cookie("staff", None);
        assert_eq!(
            browser.get("/staff/phone").await.location,
            "/staff/sign-in?next=%2Fstaff%2Fphone"
        );
        let start = browser.post("/staff/phone", &[("clinic", "sports")]).await;
        assert_eq!(start.location, "/staff/sign-in");
    }
}
