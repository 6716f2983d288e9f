//! The page of messages: who sees it, what it says, what "try again" does, and the samples.

use axum::http::{StatusCode, header};
use uuid::Uuid;

use super::{Desk, monday};
use crate::store::NewMessage;
use crate::testing::TestClinic;

/// How many messages there are in each state.
async fn states(desk: &Desk) -> Vec<(String, i64)> {
    let mut tx = desk.test.context.store.read().await.unwrap();
    tx.outbox_counts().await.unwrap()
}

/// A message that failed for this reason, about an appointment of the sports clinic: the appointment's reference and the
/// message's id.
async fn failed(desk: &Desk, reason: &str) -> (String, Uuid) {
    let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
    (
        booked.reference,
        failed_about(desk, booked.id, reason).await,
    )
}

/// The same about an appointment that is there.
pub(super) async fn failed_about(desk: &Desk, about: Uuid, reason: &str) -> Uuid {
    let id = desk.test.context.id();
    let now = desk.test.context.now().timestamp();
    let mut tx = desk.test.context.store.write().await.unwrap();
    tx.queue(&NewMessage {
        id,
        kind: "reminder",
        appointment_id: Some(about),
        request_id: None,
        waiting_id: None,
        sequence: 0,
        part: 5,
        due_at: now,
        created_at: now,
    })
    .await
    .unwrap();
    tx.finish(id, "failed", reason, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_failed_message_is_told_in_words_and_put_back_by_one_press() {
    for desk in Desk::all().await {
        let reason = "giving the address: answered 550 5.1.1";
        let (reference, id) = failed(&desk, reason).await;
        desk.test.change("UPDATE outbox SET attempts = 9").await;
        let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let page = browser.get("/staff/messages?state=failed").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(&reference), "{}", desk.test.url);
        assert!(page.body.contains("The mail server does not take it."));
        assert!(!page.body.contains("Zelda"), "no name is shown");
        // Reading changes nothing.
        assert_eq!(states(&desk).await, [("failed".to_owned(), 1)]);
        let answer = browser
            .post(&format!("/staff/messages/{id}/again"), "")
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(states(&desk).await, [("queued".to_owned(), 1)]);
        let attempts = desk.test.number("SELECT attempts FROM outbox").await;
        assert_eq!(attempts, 0, "as if it were new");
        let noted = "SELECT count(*) FROM audit WHERE action = 'sent_again'";
        assert_eq!(desk.test.number(noted).await, 1);
        // What was sent meanwhile is not sent again.
        desk.test.change("UPDATE outbox SET state = 'sent'").await;
        browser
            .post(&format!("/staff/messages/{id}/again"), "")
            .await;
        assert_eq!(states(&desk).await, [("sent".to_owned(), 1)]);
    }
}

#[tokio::test]
async fn nobody_sees_or_sends_again_what_is_told_to_clients_of_another_clinic() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    let (reference, id) = failed(&desk, "not safe to mail").await;
    let mut other = desk.signed_in("Ada", &[("supervisor", "law")]).await;
    let page = other.get("/staff/messages?clinic=sports").await;
    assert!(!page.body.contains(&reference));
    other.post(&format!("/staff/messages/{id}/again"), "").await;
    assert_eq!(states(&desk).await, [("failed".to_owned(), 1)]);
    let mut adviser = desk.signed_in("Ben", &[("adviser", "sports")]).await;
    for path in [
        "/staff/messages",
        "/staff/messages/samples",
        "/staff/messages/samples/reminder/mail",
    ] {
        assert_eq!(
            adviser.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn whoever_sees_the_messages_sees_whether_anybody_deals_with_them() {
    for desk in Desk::all().await {
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let page = browser.get("/staff/messages").await.body;
        assert!(page.contains("Nothing has been dealt with yet"), "{page}");
        let now = desk.test.context.now().timestamp();
        for (ended_at, failing, said) in [
            (now, 0, "are being dealt with"),
            (now - 1_801, 0, "This is too long ago"),
            (now, 2, "It failed 2 times"),
        ] {
            let round = crate::store::RoundRow {
                activation: "deliver mail".to_owned(),
                ended_at,
                failing,
            };
            let mut tx = desk.test.context.store.write().await.unwrap();
            tx.put_round(Uuid::nil(), &round).await.unwrap();
            tx.commit().await.unwrap();
            let page = browser.get("/staff/messages").await.body;
            assert!(page.contains(said), "{said}: {page}");
            assert!(page.contains("Sending emails"), "{page}");
        }
    }
}

#[tokio::test]
async fn every_kind_of_message_can_be_looked_at_with_sample_data() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &[("manager", "sports")]).await;
    let list = browser.get("/staff/messages/samples").await;
    let names: Vec<&str> = list
        .body
        .split("/staff/messages/samples/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let path = format!("/staff/messages/samples/{name}");
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let mail = browser.get(&format!("{path}/mail")).await;
        let policy = mail.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(
            policy.contains("sandbox") && policy.contains("default-src 'none'"),
            "{policy}"
        );
        assert!(mail.body.contains("<html"), "{path}");
    }
    assert_eq!(
        browser.get("/staff/messages/samples/nothing").await.status,
        StatusCode::NOT_FOUND
    );
}
