//! How a client can be reached, changed at the desk: what follows from it.

use super::*;
use crate::outbox::tests::courier;

fn form(seen: &str, mail: (&str, &str), phone: (&str, &str)) -> String {
    format!(
        "seen={seen}&email={}&safe_to_email={}&phone={}&safe_to_call={}&call_window=&leave_message=no",
        mail.0.replace('@', "%40"),
        mail.1,
        phone.0.replace(' ', "+"),
        phone.1
    )
}

fn seen_in(page: &str) -> String {
    let rest = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_becomes_unsafe_to_mail_gets_no_mail_and_no_link_and_is_rung() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test
            .change("UPDATE clients SET email = 'zelda@sample.invalid', safe_to_email = TRUE")
            .await;
        desk.test.change("DELETE FROM calls").await;
        desk.test.change("DELETE FROM outbox").await;
        // A mail about a new time waits to be sent.
        crate::booking::relocate(&desk.test.context, booked.id, monday(12), Actor::Client)
            .await
            .unwrap();
        let before = desk
            .test
            .number("SELECT link_version FROM appointments")
            .await;
        let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let path = format!("/staff/appointments/{}/contact", booked.reference);
        let page = browser.get(&path).await.body;
        assert!(page.contains("zelda@sample.invalid"), "{page}");
        let sent = form(
            &seen_in(&page),
            ("zelda@sample.invalid", "no"),
            ("020 7946 0001", "yes"),
        );
        let answer = browser.post(&path, &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let after = desk
            .test
            .number("SELECT link_version FROM appointments")
            .await;
        assert_eq!(after, before + 1, "the link in the mailbox opens nothing");

        let (mailer, mails) = crate::mail::Mailer::memory();
        courier(&desk.test, mailer).all().await;
        assert!(mails.lock().unwrap().is_empty(), "{}", desk.test.url);
        let calls = desk
            .test
            .texts("SELECT kind FROM calls WHERE state = 'open'")
            .await;
        assert_eq!(calls, ["undeliverable"], "what it was to tell is rung");
        // Now ringing is not safe either: the call keeps no number.
        let page = browser.get(&path).await.body;
        let sent = form(&seen_in(&page), ("", "no"), ("020 7946 0001", "no"));
        browser.post(&path, &sent).await;
        let calls = desk
            .test
            .texts("SELECT kind FROM calls WHERE state = 'open'")
            .await;
        assert_eq!(calls, ["not_told"]);
        let today = browser.get("/staff").await.body;
        assert!(!today.contains("tel:"), "{today}");
        let log = desk
            .test
            .texts("SELECT detail FROM audit WHERE action = 'contact_changed' ORDER BY at, id")
            .await;
        assert_eq!(log, ["phone mail_unsafe how_to_call", "email call_unsafe"]);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_keeps_what_was_typed() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
    let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
    let path = format!("/staff/appointments/{}/contact", booked.reference);
    let page = browser.get(&path).await.body;
    let sent = form(&seen_in(&page), ("zelda at home", "yes"), ("12", "yes"));
    let answer = browser.post(&path, &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["zelda at home", "value=\"12\"", "There is a problem"] {
        assert!(answer.body.contains(kept), "{kept} in {}", answer.body);
    }
    let log = "SELECT count(*) FROM audit WHERE action = 'contact_changed'";
    assert_eq!(desk.test.number(log).await, 0);
}
