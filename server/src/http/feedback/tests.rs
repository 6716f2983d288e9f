//! An answer that leads to nobody.

use crate::auth::link::{LinkKind, link_token};
use crate::http::router::router;
use crate::outbox::tests::{book, open_clinic};
use crate::testing::{Browser, TestClinic, at};

async fn attended() -> (TestClinic, Browser, String) {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    test.change("UPDATE appointments SET state = 'attended'")
        .await;
    test.clock.set(at(12, 2, 14, 0));
    let app = test.app();
    let token = link_token(&app.key, LinkKind::Feedback, booked.id, 1);
    let browser = Browser::new(router(app).unwrap());
    (test, browser, format!("/feedback/{token}"))
}

#[tokio::test]
async fn an_answer_is_kept_once_and_apart() {
    let (test, mut browser, page) = attended().await;
    let asked = browser.get(&page).await;
    assert_eq!(asked.status, 200);
    for telling in ["Sample", "Law", "December", "2:00pm"] {
        assert!(!asked.body.contains(telling), "{telling}");
    }
    for rating in ["good", "very_bad"] {
        let form = [("rating", rating), ("words", " Kind people.\u{7} ")];
        assert_eq!(browser.post(&page, &form).await.status, 303);
    }
    assert!(browser.get(&page).await.body.contains("Thank you"));
    let kept = "SELECT clinic_id || ' ' || month || ' ' || rating || ' ' || words FROM feedback";
    assert_eq!(test.texts(kept).await, ["a 2026-12 good Kind people."]);
    // Version 4: sixteen bytes of chance, none of the time. Nothing else in the database has the id.
    let dated = "SELECT count(*) FROM told_once WHERE kind = 'feedback_answer' AND at <> 0";
    assert_eq!(test.number(dated).await, 0);
}

#[tokio::test]
async fn without_a_rating_nothing_is_kept_and_the_words_stay() {
    let (test, mut browser, page) = attended().await;
    let answer = browser.post(&page, &[("words", "Kind people.")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Pick how it was") && answer.body.contains("Kind people."));
    let long = "x".repeat(1001);
    let form = [("rating", "good"), ("words", long.as_str())];
    assert_eq!(browser.post(&page, &form).await.status, 422);
    assert_eq!(test.number("SELECT count(*) FROM feedback").await, 0);
}

#[tokio::test]
async fn the_link_opens_no_appointment_and_ends() {
    let (test, mut browser, page) = attended().await;
    let as_appointment = page.replace("feedback", "appointments");
    assert_eq!(browser.get(&as_appointment).await.status, 404);
    assert_eq!(browser.get(&format!("{page}x")).await.status, 404);
    test.clock
        .set(at(12, 1, 15, 0) + chrono::TimeDelta::days(61));
    assert_eq!(browser.get(&page).await.status, 410);
}
