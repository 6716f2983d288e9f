//! A clinic's own words: what is checked, what a look shows, and that the next mail of that clinic, and of no other, says
//! them.

use axum::http::StatusCode;

use super::availability::hidden;
use super::{Browser, Desk, monday};
use crate::mail::Mailer;
use crate::outbox::tests::{book_as, client, courier};

const FORM: &str = "/staff/messages/words/sports/confirmation";

async fn form(browser: &mut Browser<'_>, subject: &str, lead: &str, act: &str) -> String {
    let page = browser.get(FORM).await.body;
    let seen = hidden(&page).into_iter().find(|(name, _)| name == "seen");
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("seen", &seen.unwrap().1)
        .append_pair("text-1", subject)
        .append_pair("text-2", lead)
        .append_pair("do", act)
        .finish()
}

#[tokio::test]
async fn a_clinics_own_words_are_looked_at_checked_saved_and_sent() {
    for desk in Desk::all().await {
        let mut ada = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let own = ["We see you on {date}", "It is booked. Hurray & welcome!"];
        // A look shows the message and saves nothing.
        let look = form(&mut ada, own[0], own[1], "look").await;
        let look = ada.post(FORM, &look).await;
        assert_eq!(look.status, StatusCode::OK);
        for shown in [
            "We see you on Tuesday 1 December",
            "Hurray &amp; welcome!",
            "Nothing is saved yet",
            "value=\"We see you on {date}\"",
        ] {
            assert!(look.body.contains(shown), "{shown}: {}", look.body);
        }
        let kept = "SELECT count(*) FROM settings WHERE name LIKE 'words:%'";
        assert_eq!(desk.test.number(kept).await, 0);
        // What cannot be used comes back as typed, with what to do.
        for (subject, lead, says) in [
            ("See you", own[1], "Put {date} back in."),
            ("{date} {place}", own[1], "Take out {place}."),
            (
                own[0],
                "Your sports appointment",
                "Take out the word “sports”.",
            ),
            (
                own[0],
                "See www.example.org",
                "Take out the web or email address.",
            ),
        ] {
            let wrong = form(&mut ada, subject, lead, "save").await;
            let wrong = ada.post(FORM, &wrong).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{subject}");
            // In the page, "&" is written as it has to be.
            for shown in [says, subject, lead, "error-summary"] {
                assert!(wrong.body.contains(&shown.replace('&', "&amp;")), "{shown}");
            }
        }
        assert_eq!(desk.test.number(kept).await, 0);
        let save = form(&mut ada, own[0], own[1], "save").await;
        let saved = ada.post(FORM, &save).await;
        assert_eq!(saved.location(), "/staff/messages/words?clinic=sports");
        let list = ada.get(saved.location()).await.body;
        assert!(list.contains("Our own words"), "{list}");
        // The same again changes nothing and leaves no second line.
        let again = form(&mut ada, own[0], own[1], "save").await;
        assert_eq!(ada.post(FORM, &again).await.status, StatusCode::SEE_OTHER);
        let lines =
            "SELECT count(*) FROM audit WHERE action = 'words_changed' AND clinic_id = 'sports'
            AND detail = 'confirmation'";
        assert_eq!(desk.test.number(lines).await, 1);

        let mail = Mailer::memory();
        let courier = courier(&desk.test, mail.0);
        book_as(
            &desk.test,
            "sports-first",
            monday(10),
            client(&desk.test.context),
        )
        .await;
        courier.all().await;
        let sent = mail.1.lock().unwrap().pop().unwrap();
        assert_eq!(sent.subject, "We see you on Monday 23 November");
        assert!(
            sent.text.contains("It is booked. Hurray & welcome!"),
            "{}",
            sent.text
        );
        assert!(sent.html.contains("Hurray &amp; welcome!"), "{}", sent.html);

        // Nothing typed is the usual words again.
        let empty = form(&mut ada, "", " ", "save").await;
        assert_eq!(ada.post(FORM, &empty).await.status, StatusCode::SEE_OTHER);
        book_as(
            &desk.test,
            "sports-first",
            monday(14),
            client(&desk.test.context),
        )
        .await;
        courier.all().await;
        let sent = mail.1.lock().unwrap().pop().unwrap();
        assert_eq!(sent.subject, "Your appointment on Monday 23 November");
    }
}

#[tokio::test]
async fn words_that_cannot_be_read_are_passed_over_and_the_mail_goes_in_ours() {
    for desk in Desk::all().await {
        desk.test
            .change("INSERT INTO settings (name, value) VALUES ('words:sports', 'not JSON')")
            .await;
        let mail = Mailer::memory();
        let courier = courier(&desk.test, mail.0);
        book_as(
            &desk.test,
            "sports-first",
            monday(10),
            client(&desk.test.context),
        )
        .await;
        courier.all().await;
        let sent = mail.1.lock().unwrap().pop().unwrap();
        assert_eq!(sent.subject, "Your appointment on Monday 23 November");
    }
}

#[test]
fn every_message_with_words_of_a_clinics_own_has_a_name_that_staff_read() {
    for (kind, pieces) in crate::mail::wording::KINDS {
        let key = format!("words-kind-{}", kind.replace('_', "-"));
        assert!(app::text::has(&key), "{key}");
        assert!(!pieces.is_empty());
    }
    for kind in crate::booking::Kind::ALL {
        let key = format!("post-kind-{}", kind.as_str().replace('_', "-"));
        assert!(app::text::has(&key), "{key}");
    }
}
