//! A lost link gives nothing away.

use crate::booking::Needs;
use crate::http::router::router;
use crate::mail::Mailer;
use crate::outbox::tests::{book, book_as, client, courier, open_clinic, wait};
use crate::store::ClientRow;
use crate::testing::{Browser, Seen, TestClinic, at};

async fn asked(browser: &mut Browser, reference: &str, contact: &str) -> (Seen, Seen) {
    let form = [("reference", reference), ("contact", contact)];
    let sent = browser.post("/find", &form).await;
    let page = browser.get(&sent.location).await;
    (sent, page)
}

/// Headers that are the same from one answer to the next.
fn steady(seen: &Seen) -> Vec<(String, String)> {
    seen.headers
        .iter()
        .filter(|(name, _)| name.as_str() != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

#[tokio::test]
async fn nobody_learns_from_the_answer_whether_there_is_such_an_appointment() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let mut browser = Browser::new(router(test.app()).unwrap());
        let mut answers = Vec::new();
        for (reference, contact) in [
            (booked.reference.as_str(), "client@sample.invalid"),
            (booked.reference.as_str(), "other@sample.invalid"),
            ("2222-222", "client@sample.invalid"),
            ("not a reference at all", "020 7946 0000"),
        ] {
            let (sent, page) = asked(&mut browser, reference, contact).await;
            assert_eq!((sent.status, page.status), (303, 200));
            answers.push((
                sent.body.clone(),
                steady(&sent),
                page.body.clone(),
                steady(&page),
            ));
        }
        for answer in &answers[1..] {
            assert_eq!(*answer, answers[0], "told apart on {}", test.url);
        }
        let queued = "SELECT count(*) FROM outbox WHERE kind = 'link'";
        assert_eq!(test.number(queued).await, 1, "the right one alone");
    }
}

#[tokio::test]
async fn the_link_goes_to_the_address_on_record_once_an_hour() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        courier.all().await;
        let mut browser = Browser::new(router(test.app()).unwrap());
        let typed = booked.reference.to_lowercase().replace('-', " ");
        for contact in ["CLIENT@sample.invalid", "+44 20 7946 0000"] {
            asked(&mut browser, &typed, contact).await;
        }
        courier.all().await;
        {
            let mails = mails.lock().unwrap();
            assert_eq!(mails.len(), 2, "{}", test.url);
            assert_eq!(
                (mails[1].kind, mails[1].to.as_str()),
                ("link", "client@sample.invalid")
            );
            assert!(mails[1].text.contains(&test.app().manage_url(booked.id, 1)));
        }
        test.clock.advance(chrono::TimeDelta::hours(1));
        asked(&mut browser, &typed, "client@sample.invalid").await;
        courier.all().await;
        let mails = mails.lock().unwrap();
        assert_eq!(mails.len(), 3);
        assert_ne!(mails[1].message_id, mails[2].message_id);
    }
}

#[tokio::test]
async fn the_link_of_a_place_on_the_waiting_list_is_sent_too_while_they_wait() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let joined = wait(&test, client(&test.context), Needs::default()).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        courier.all().await;
        let mut browser = Browser::new(router(test.app()).unwrap());
        asked(&mut browser, &joined.reference, "other@sample.invalid").await;
        asked(&mut browser, &joined.reference, "client@sample.invalid").await;
        courier.all().await;
        {
            let mails = mails.lock().unwrap();
            let kinds: Vec<&str> = mails.iter().map(|mail| mail.kind).collect();
            assert_eq!(kinds, ["on-list", "link"], "{}", test.url);
            let link = test.app().waiting_url(joined.id, joined.link_version);
            assert!(mails[1].text.contains(&link), "{}", mails[1].text);
        }
        // The page of a place that is over has nothing to say.
        test.change("UPDATE waiting SET state = 'left', ended_at = created_at")
            .await;
        test.clock.advance(chrono::TimeDelta::hours(1));
        asked(&mut browser, &joined.reference, "client@sample.invalid").await;
        courier.all().await;
        assert_eq!(mails.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn where_mail_is_not_safe_staff_ring_and_nothing_is_mailed() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let not_safe = ClientRow {
        safe_to_email: false,
        ..client(&test.context)
    };
    let booked = book_as(&test, "a-one", at(12, 1, 14, 0), not_safe).await;
    let mut browser = Browser::new(router(test.app()).unwrap());
    asked(&mut browser, &booked.reference, "020 7946 0000").await;
    let calls = "SELECT kind FROM calls ORDER BY kind";
    assert_eq!(test.texts(calls).await, ["confirmation", "link"]);
    assert_eq!(test.number("SELECT count(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_said_and_what_was_typed_is_kept() {
    let test = TestClinic::sqlite().await;
    let mut browser = Browser::new(router(test.app()).unwrap());
    let nothing = browser.post("/find", &[]).await;
    assert_eq!(nothing.status, 422);
    for said in [
        "Write your reference",
        "Write your email address or phone number",
    ] {
        assert!(nothing.body.contains(said), "{said}");
    }
    let form = [("reference", "K7PX-4MR"), ("contact", "nobody@")];
    let wrong = browser.post("/find", &form).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"K7PX-4MR\"") && wrong.body.contains("value=\"nobody@\""));
    assert!(wrong.location.is_empty(), "nothing of it in an address");
}
