//! Invariant 7 over every kind of message that exists and every way to cause one.

use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::booking::Kind;
use crate::domain::booking::State;
use crate::domain::decision::Terms;
use crate::intake::{NewCase, send_request};
use crate::review::{Ruling, decide};
use crate::store::StaffRow;

/// Does what makes the clinic tell this client something of this kind. A new kind does not compile until it has its line.
async fn cause(test: &TestClinic, kind: Kind, client: ClientRow, day: u32) {
    let (context, staff) = (&test.context, Actor::Staff(test.context.id()));
    match kind {
        Kind::Confirmation => {
            book_as(test, "a-one", at(12, day, 9, 0), client).await;
        }
        Kind::RequestReceived => {
            book_as(test, "a-held", at(12, day, 10, 0), client).await;
        }
        Kind::Change => {
            let booked = book_as(test, "a-one", at(12, day, 11, 0), client).await;
            let start = at(12, day, 12, 0);
            booking::relocate(context, booked.id, start, staff)
                .await
                .unwrap();
        }
        Kind::Cancellation => {
            let booked = book_as(test, "a-one", at(12, day, 14, 0), client).await;
            booking::cancel(context, booked.id, staff).await.unwrap();
        }
        Kind::InReview => {
            ask(test, client).await;
        }
        Kind::TurnedDown => {
            let booked = book_as(test, "a-held", at(12, day, 15, 0), client).await;
            let matter = booking::Matter::Appointment(booked.id);
            booking::turn_down(context, matter, staff).await.unwrap();
        }
        Kind::Decision => {
            let ruling = Ruling {
                request: ask(test, client).await,
                revision: 0,
                terms: Terms::Decline {
                    signposts: Vec::new(),
                },
                reason: "a sample reason".into(),
                staff: member(test).await,
            };
            decide(context, &ruling).await.unwrap();
        }
        Kind::Reminder => {
            book_as(test, "a-one", at(12, day, 16, 0), client).await;
            at_that_time(test, at(12, day, 16, 30) - TimeDelta::days(1)).await;
        }
        Kind::Missed => {
            let booked = book_as(test, "b-one", at(12, day, 13, 0), client).await;
            mark(test, &booked, State::Missed, at(12, day, 14, 0)).await;
            at_that_time(test, at(12, day, 16, 0)).await;
        }
        Kind::Feedback => {
            let booked = book_as(test, "b-one", at(12, day, 11, 0), client).await;
            mark(test, &booked, State::Attended, at(12, day, 12, 0)).await;
            at_that_time(test, at(12, day + 1, 16, 0)).await;
        }
        Kind::Link => {
            let contact = booking::Contact::Email("client@sample.invalid".into());
            let waiting = ClientRow {
                id: context.id(),
                ..client.clone()
            };
            let booked = book_as(test, "b-one", at(12, day, 14, 0), client).await;
            booking::send_link(context, &booked.reference, &contact)
                .await
                .unwrap();
            let joined = wait(test, waiting, Needs::default()).await;
            booking::send_link(context, &joined.reference, &contact)
                .await
                .unwrap();
        }
        Kind::OnList | Kind::Offer | Kind::OfferEnded | Kind::ListEnded => {
            on_the_list(test, kind, client, day).await;
        }
    }
}

/// Somebody joins the list, is asked, does not answer, or waits in vain.
async fn on_the_list(test: &TestClinic, kind: Kind, client: ClientRow, day: u32) {
    let context = &test.context;
    let mut needs = Needs::default();
    if kind == Kind::ListEnded {
        needs.deadline = Some(at(12, day + 3, 12, 0).date_naive());
    }
    wait(test, client, needs).await;
    let now = context.now();
    if kind != Kind::ListEnded {
        booking::waiting::offer_times(context).await.unwrap();
    }
    if kind == Kind::OfferEnded {
        // Only who has heard of an offer is told that it is over.
        test.change("UPDATE outbox SET state = 'sent', finished_at = 0 WHERE kind = 'offer'")
            .await;
        test.clock.set(now + TimeDelta::days(1));
        booking::waiting::offer_times(context).await.unwrap();
        test.change("UPDATE outbox SET state = 'queued', finished_at = NULL WHERE kind = 'offer'")
            .await;
    } else if kind == Kind::ListEnded {
        test.clock.set(at(12, day + 1, 8, 0));
        booking::waiting::offer_times(context).await.unwrap();
    }
    test.clock.set(now);
}

/// What the scheduler does at that time.
async fn at_that_time(test: &TestClinic, then: DateTime<Utc>) {
    let now = test.context.now();
    test.clock.set(then);
    booking::queue_nudges(&test.context).await.unwrap();
    test.clock.set(now);
}

/// Marks what became of a visit.
async fn mark(test: &TestClinic, booked: &Booked, state: State, then: DateTime<Utc>) {
    let mut tx = test.context.store.write().await.unwrap();
    let marked = tx.change_state(booked.id, State::Confirmed, state, then.timestamp());
    assert!(marked.await.unwrap());
    tx.commit().await.unwrap();
}

/// A member of staff, whose name stands beside a decision.
async fn member(test: &TestClinic) -> Uuid {
    let id = test.context.id();
    let mut tx = test.context.store.write().await.unwrap();
    let row = StaffRow {
        id,
        email: format!("{id}@sample.invalid"),
        name: "Sample Supervisor".into(),
        password: None,
        resource_id: None,
        active: true,
        created_at: 0,
    };
    tx.put_staff(&row).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Sends a case that staff look at first.
async fn ask(test: &TestClinic, client: ClientRow) -> Uuid {
    let context = &test.context;
    let intake = IntakeRow {
        id: context.id(),
        clinic_id: "b".into(),
        pack_version: "1".into(),
        answers: "{}".into(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: 0,
        sealed: None,
    };
    let case = NewCase {
        client,
        intake,
        urgent: false,
        deadline: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    send_request(context, &case).await.unwrap().id
}

const QUEUED: &str = "SELECT kind FROM outbox";

#[tokio::test]
async fn domain_9_8_test_8_no_kind_of_message_is_queued_or_sent_for_whom_it_is_not_safe() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        for kind in Kind::ALL {
            let not_safe = ClientRow {
                safe_to_email: false,
                ..client(&test.context)
            };
            cause(&test, kind, not_safe, 1).await;
            let nothing = ClientRow {
                safe_to_email: false,
                safe_to_call: false,
                ..client(&test.context)
            };
            cause(&test, kind, nothing, 2).await;
        }
        assert!(test.texts(QUEUED).await.is_empty(), "{}", test.url);
        let unsafe_calls = "SELECT count(*) FROM calls k
            LEFT JOIN appointments a ON a.id = k.appointment_id LEFT JOIN requests r ON r.id = k.request_id
            LEFT JOIN waiting w ON w.id = k.waiting_id
            JOIN clients c ON c.id = coalesce(a.client_id, r.client_id, w.client_id) WHERE NOT c.safe_to_call
                AND k.kind <> 'not_told'";
        assert_eq!(test.number(unsafe_calls).await, 0, "nor is anybody rung");
    }
}

#[tokio::test]
async fn domain_9_8_test_8_nothing_is_sent_either_if_it_became_unsafe_after_it_was_queued() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        for kind in Kind::ALL {
            cause(&test, kind, client(&test.context), 1).await;
            let queued = test.texts(QUEUED).await;
            assert!(
                queued.iter().any(|name| name == kind.as_str()),
                "{kind:?} is not caused, so nothing is proved: {queued:?}"
            );
        }
        test.change("UPDATE clients SET safe_to_email = FALSE")
            .await;
        // All of it is due by then, whenever it was queued.
        test.clock.set(at(12, 3, 12, 0));
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        assert_eq!((delivered.sent, delivered.failed), (0, 0), "{}", test.url);
        assert!(mails.lock().unwrap().is_empty());
        let left = "SELECT count(*) FROM outbox WHERE state <> 'dropped'";
        assert_eq!(test.number(left).await, 0);
    }
}

#[test]
fn a_kind_that_is_written_is_a_kind_that_is_read() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_name(kind.as_str()), Some(kind));
    }
}
