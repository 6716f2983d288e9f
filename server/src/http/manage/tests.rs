//! The page behind the link, with the browser that has no JavaScript.

use chrono::TimeDelta;

use crate::http::router::router;
use crate::outbox::tests::{book, book_as, client, open_clinic};
use crate::store::{ClientRow, ClinicRow};
use crate::testing::{Browser, TestClinic, at};

/// A clinic with words of its own, which the page must not show.
async fn open() -> (TestClinic, Browser) {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let about = include_str!("../../../packs/sample/clinics.toml");
    let about: toml::Table = toml::from_str(about).unwrap();
    let law = &about["clinic"].as_array().unwrap()[0];
    let mut tx = test.context.store.write().await.unwrap();
    for id in ["a", "b"] {
        let row = ClinicRow {
            id: id.into(),
            name: "Law clinic".into(),
            position: 1,
            enabled: true,
            supervisor_ratio: 10,
            about: serde_json::to_string(&law["about"]).unwrap(),
        };
        tx.put_clinic(&row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let browser = Browser::new(router(test.app()).unwrap());
    (test, browser)
}

fn page(test: &TestClinic, id: uuid::Uuid) -> String {
    format!("/appointments/{}", test.app().appointment_token(id, 1))
}

const ROWS: &str = "SELECT (SELECT count(*) FROM audit) * 1000000 + (SELECT count(*) FROM outbox) * 10000
    + (SELECT count(*) FROM calls) * 100 + (SELECT count(*) FROM told_once) + (SELECT count(*) FROM feedback)";

#[tokio::test]
async fn i_am_coming_is_a_button_that_is_pressed_once() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page = page(&test, booked.id);
    assert!(browser.get(&page).await.body.contains("Yes, I am coming"));
    for _ in 0..2 {
        let answer = browser.post(&format!("{page}/confirm"), &[]).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.location, format!("{page}#coming"));
    }
    let seen = browser.get(&page).await.body;
    assert!(seen.contains("You told us that you are coming"));
    assert!(!seen.contains("Yes, I am coming"));
}

#[tokio::test]
async fn the_client_picks_another_free_time_and_keeps_the_link() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page = page(&test, booked.id);
    let times = browser.get(&format!("{page}/move")).await;
    assert_eq!(times.status, 200);
    assert!(times.body.contains("value=\"2026-12-01T15:00:00Z\""));
    let own = "value=\"2026-12-01T14:00:00Z\"";
    assert!(!times.body.contains(own), "its own time is no other time");
    assert!(times.body.contains("UK time") && !times.body.contains("Law"));

    let nothing = browser.post(&format!("{page}/move"), &[]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("Pick one of the times"));
    let night = [("start", "2026-12-02T03:00:00Z")];
    let taken = browser.post(&format!("{page}/move"), &night).await;
    assert_eq!(taken.status, 409);
    let chosen = [("start", "2026-12-02T10:00:00Z")];
    let moved = browser.post(&format!("{page}/move"), &chosen).await;
    assert_eq!(
        (moved.status, moved.location.as_str()),
        (303, page.as_str())
    );
    assert!(browser.get(&page).await.body.contains("2 December 2026"));
}

#[tokio::test]
async fn cancelling_takes_a_reason_or_none_and_staff_read_it_in_the_history() {
    let (test, mut browser) = open().await;
    let one = book(&test, at(12, 1, 14, 0)).await;
    let two = book(&test, at(12, 2, 14, 0)).await;
    for (id, form) in [(one.id, vec![("why", "elsewhere")]), (two.id, vec![])] {
        let cancel = format!("{}/cancel", page(&test, id));
        for _ in 0..2 {
            assert_eq!(browser.post(&cancel, &form).await.status, 303);
        }
    }
    let given = "SELECT detail FROM audit WHERE action = 'gave_reason'";
    assert_eq!(test.texts(given).await, ["elsewhere"]);
    let cancelled = "SELECT count(*) FROM appointments WHERE state = 'cancelled'";
    assert_eq!(test.number(cancelled).await, 2);
    let seen = browser.get(&page(&test, one.id)).await.body;
    assert!(seen.contains("Thank you for telling us"), "by the client");
}

#[tokio::test]
async fn a_call_is_asked_for_once_and_only_where_a_number_is_safe() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page_of_one = page(&test, booked.id);
    for _ in 0..2 {
        let asked = browser.post(&format!("{page_of_one}/call"), &[]).await;
        assert_eq!(asked.status, 303);
    }
    let calls = "SELECT kind FROM calls";
    assert_eq!(test.texts(calls).await, ["call_back"]);
    assert!(
        browser
            .get(&page_of_one)
            .await
            .body
            .contains("We will call you")
    );
    let not_safe = ClientRow {
        safe_to_call: false,
        ..client(&test.context)
    };
    let booked = book_as(&test, "a-one", at(12, 3, 14, 0), not_safe).await;
    let page = page(&test, booked.id);
    assert!(!browser.get(&page).await.body.contains("Ask for a call"));
    let refused = browser.post(&format!("{page}/call"), &[]).await;
    assert_eq!(refused.status, 409);
    assert_eq!(test.texts(calls).await, ["call_back"]);
}

#[tokio::test]
async fn lesson_31_every_link_in_every_mail_fetched_twice_changes_nothing_and_still_works() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page = page(&test, booked.id);
    let links = test.app().key.clone();
    let feedback =
        crate::auth::link::link_token(&links, crate::auth::link::LinkKind::Feedback, booked.id, 1);
    let before = test.number(ROWS).await;
    for _ in 0..2 {
        for part in ["", "/move", "/move?from=2026-12-03", "/calendar.ics"] {
            assert_eq!(browser.get(&format!("{page}{part}")).await.status, 200);
        }
        for part in ["/confirm", "/cancel", "/call"] {
            assert_eq!(browser.get(&format!("{page}{part}")).await.status, 405);
        }
        browser.get(&format!("/feedback/{feedback}")).await;
        assert_eq!(browser.get("/find").await.status, 200);
    }
    assert_eq!(test.number(ROWS).await, before);
}

#[tokio::test]
async fn lesson_37_behind_the_link_nothing_says_what_it_is_about() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page = page(&test, booked.id);
    for path in [page.clone(), format!("{page}/move")] {
        let seen = browser.get(&path).await.body;
        for telling in [
            "Law",
            "a-one",
            "Client",
            "sample.invalid",
            "7946",
            "landlord",
        ] {
            assert!(!seen.contains(telling), "{telling} on {path}");
        }
    }
    let seen = browser.get(&page).await.body;
    assert!(seen.contains("What to bring") && seen.contains("Hello Sample."));
}

#[tokio::test]
async fn a_link_ends_two_weeks_after_the_appointment_and_a_forged_one_is_none() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let page = page(&test, booked.id);
    for path in ["", "/confirm", "/move", "/cancel", "/call"] {
        let forged = format!("{page}x{path}");
        assert_eq!(
            browser.post(&forged, &[]).await.status,
            if path.is_empty() { 405 } else { 404 }
        );
    }
    test.clock
        .set(at(12, 1, 15, 0) + TimeDelta::days(14) + TimeDelta::seconds(1));
    let over = browser.get(&page).await;
    assert_eq!(over.status, 410);
    assert!(over.body.contains("/find"), "says where to go on");
    for path in ["/confirm", "/move", "/cancel", "/call"] {
        let answer = browser.post(&format!("{page}{path}"), &[]).await;
        assert_eq!(answer.status, 410, "{path}");
    }
}

#[tokio::test]
async fn after_a_missed_visit_the_page_is_kind_and_leads_to_another_time() {
    let (test, mut browser) = open().await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    test.clock.set(at(12, 1, 18, 0));
    test.change("UPDATE appointments SET state = 'missed'")
        .await;
    let seen = browser.get(&page(&test, booked.id)).await.body;
    assert!(seen.contains("Things come up, and that is fine"));
    assert!(seen.contains("Book another appointment"));
    assert!(!seen.contains("Yes, I am coming") && !seen.contains("/move\""));
}
