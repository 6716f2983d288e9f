//! Signing in and out, and the session between.

use chrono::TimeDelta;

use super::*;
use crate::testing::noon;

#[tokio::test]
async fn a_wrong_password_an_unknown_account_and_one_switched_off_get_the_same_answer() {
    for desk in Desk::all().await {
        desk.staff("Ada", &[("adviser", "law")]).await;
        let phc = desk
            .app
            .passwords
            .hash(PASSWORD.into(), [1; 16])
            .await
            .unwrap();
        desk.account("Off", Some(phc), false, &[("adviser", "law")])
            .await;
        desk.account("New", None, true, &[("adviser", "law")]).await;
        let mut bodies = Vec::new();
        for (name, password) in [
            ("Ada", "kettle moss lanterN"),
            ("Nobody", PASSWORD),
            ("Off", PASSWORD),
            ("New", PASSWORD),
            ("Ada", ""),
        ] {
            let mut browser = desk.browser();
            let answer = browser.sign_in(name, password).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(answer.headers.get(SET_COOKIE).is_none(), "{name}");
            assert!(
                !answer.body.contains(PASSWORD),
                "the password is not said back"
            );
            bodies.push(answer.body.replace(name, "X"));
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
        assert!(bodies[0].contains("do not go together"));
        assert!(
            bodies[0].contains("X@sample.invalid"),
            "what was typed is kept"
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM staff_sessions")
                .await,
            0
        );
    }
}

#[tokio::test]
async fn signing_in_leads_to_the_page_asked_for_and_takes_the_address_in_any_case() {
    let desk = Desk::sqlite().await;
    desk.staff("Ada", &[("adviser", "law")]).await;
    let mut browser = desk.browser();
    let sent = browser
        .get("/staff/calendar?clinic=law&week=2026-11-30")
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let to = sent.location().to_owned();
    assert_eq!(
        to,
        "/staff/sign-in?next=%2Fstaff%2Fcalendar%3Fclinic%3Dlaw%26week%3D2026-11-30"
    );
    let form = browser.get(&to).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(
        form.body
            .contains("value=\"/staff/calendar?clinic=law&amp;week=2026-11-30\"")
    );
    let sign_in = "email=+ADA%40sample.invalid&password=kettle+moss+lantern&next=";
    let answer = browser
        .post("/staff/sign-in", &format!("{sign_in}%2Fstaff%2Frequests"))
        .await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/staff/requests")
    );
    let answer = browser
        .post(
            "/staff/sign-in",
            &format!("{sign_in}%2F%2Felsewhere.invalid"),
        )
        .await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/staff")
    );
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_other_sites_and_plain_http() {
    let plain = Desk::sqlite().await;
    plain.staff("Ada", &[("adviser", "law")]).await;
    let answer = plain.browser().sign_in("Ada", PASSWORD).await;
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("staff="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200"),
        "{cookie}"
    );

    let vars = [
        ("RATE_LIMITS", "off"),
        ("PUBLIC_URL", "https://clinics.example.org"),
    ];
    let secure = Desk::with(TestClinic::sqlite().await, &vars).await;
    secure.staff("Ada", &[("adviser", "law")]).await;
    let mut browser = secure.browser();
    let answer = browser.sign_in("Ada", PASSWORD).await;
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-staff="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure"),
        "{cookie}"
    );
    assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
    // A cookie of the weaker name, which another host could have set, opens nothing.
    browser.cookie = browser.cookie.map(|pair| pair.replace("__Host-", ""));
    assert_eq!(browser.get("/staff").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_in_makes_a_new_token_and_ends_the_session_before() {
    for desk in Desk::all().await {
        desk.staff("Ada", &[("adviser", "law")]).await;
        let mut browser = desk.browser();
        browser.cookie = Some("staff=chosen-by-somebody-else".into());
        browser.sign_in("Ada", PASSWORD).await;
        let first = browser.cookie.clone().unwrap();
        assert_ne!(first, "staff=chosen-by-somebody-else");
        browser.sign_in("Ada", PASSWORD).await;
        let second = browser.cookie.clone().unwrap();
        assert_ne!(first, second);
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        browser.cookie = Some(first);
        assert_eq!(browser.get("/staff").await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM staff_sessions")
                .await,
            1
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM audit WHERE action = 'signed_in'")
                .await,
            2
        );
    }
}

#[tokio::test]
async fn the_token_is_not_in_the_database() {
    let desk = Desk::sqlite().await;
    let browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
    let token = browser
        .cookie
        .as_ref()
        .unwrap()
        .strip_prefix("staff=")
        .unwrap()
        .to_owned();
    assert_eq!(token.len(), 43);
    let path = desk.test.url.strip_prefix("sqlite:").unwrap();
    for end in ["", "-wal"] {
        let bytes = std::fs::read(format!("{path}{end}")).unwrap_or_default();
        assert!(
            !bytes
                .windows(token.len())
                .any(|window| window == token.as_bytes()),
            "{end}"
        );
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_the_cookie() {
    for desk in Desk::all().await {
        let mut browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
        let kept = browser.cookie.clone();
        assert_eq!(
            browser.get("/staff/sign-out").await.status,
            StatusCode::METHOD_NOT_ALLOWED
        );
        let answer = browser.post("/staff/sign-out", "").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/staff/sign-in")
        );
        assert!(
            answer.headers[SET_COOKIE]
                .to_str()
                .unwrap()
                .contains("Max-Age=0")
        );
        assert_eq!(browser.cookie, None);
        browser.cookie = kept;
        assert_eq!(browser.get("/staff").await.status, StatusCode::SEE_OTHER);
        let again = browser.post("/staff/sign-out", "").await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_it_is_used() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
    for minutes in (50..12 * 60).step_by(50).chain([12 * 60 - 1]) {
        desk.test.clock.set(noon() + TimeDelta::minutes(minutes));
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
    }
    desk.test.clock.set(noon() + TimeDelta::hours(12));
    assert_eq!(browser.get("/staff").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_a_session_every_page_leads_to_signing_in_and_no_form_changes_anything() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
    let page = format!("/staff/appointments/{}", booked.reference);
    for path in ["/staff", "/staff/calendar", "/staff/requests", &page] {
        let answer = desk.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/staff/sign-in"), "{path}");
        assert!(!answer.body.contains("Zelda"));
    }
    for path in [
        format!("{page}/confirm"),
        format!("{page}/cancel"),
        format!("/staff/calls/{}/done", booked.id),
    ] {
        let answer = desk.browser().post(&path, "").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/staff/sign-in")
        );
    }
    assert_eq!(
        desk.test
            .number("SELECT count(*) FROM appointments WHERE state = 'requested'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_session_ends_after_an_hour_without_use() {
    for desk in Desk::all().await {
        let mut browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
        desk.test.clock.set(noon() + TimeDelta::minutes(59));
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        desk.test.clock.set(noon() + TimeDelta::minutes(118));
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        desk.test.clock.set(noon() + TimeDelta::minutes(178));
        assert_eq!(browser.get("/staff").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn wrong_tries_slow_the_next_whether_or_not_the_account_exists() {
    for desk in Desk::all().await {
        desk.staff("Ada", &[("adviser", "law")]).await;
        for name in ["Ada", "Nobody"] {
            desk.test.clock.set(noon());
            let mut browser = desk.browser();
            for _ in 0..5 {
                let answer = browser.sign_in(name, "kettle moss lanterN").await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            }
            // The right password has to wait too, or the wait would tell.
            let answer = browser.sign_in(name, PASSWORD).await;
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
            assert_eq!(answer.headers["retry-after"], "10");
            assert!(answer.body.contains("Please wait a moment"));
            desk.test.clock.set(noon() + TimeDelta::seconds(10));
            let status = browser.sign_in(name, PASSWORD).await.status;
            let right = name == "Ada";
            assert_eq!(status == StatusCode::SEE_OTHER, right, "{name}: {status}");
        }
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM sign_in_tries WHERE failures > 0")
                .await,
            3,
            "Ada from anywhere; Nobody from here and from anywhere"
        );
    }
}

#[tokio::test]
async fn strangers_who_guess_never_keep_out_a_browser_that_is_known() {
    let desk = Desk::sqlite().await;
    desk.staff("Ada", &[("adviser", "law")]).await;
    let mut known = crate::testing::Browser::new(desk.router.clone());
    let form = [("email", "ada@sample.invalid"), ("password", PASSWORD)];
    assert_eq!(known.post("/staff/sign-in", &form).await.status, 303);
    for minute in 0..40 {
        desk.test.clock.set(noon() + TimeDelta::minutes(minute));
        desk.browser().sign_in("Ada", "kettle moss lanterN").await;
    }
    let stranger = desk.browser().sign_in("Ada", PASSWORD).await;
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(known.post("/staff/sign-in", &form).await.status, 303);
}
