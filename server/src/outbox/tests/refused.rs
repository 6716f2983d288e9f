//! A mail server that refuses, hangs up or is silent; rows that cannot be handled.

use chrono::TimeDelta;

use super::smtp_server::{Answer, FINE, Script, Server};
use super::*;
use crate::domain::time::Clock;

const PATIENT: Duration = Duration::from_secs(15);
const SHORT: Duration = Duration::from_millis(200);

#[tokio::test]
async fn lesson_27_after_421_450_a_drop_in_data_and_silence_the_mail_is_tried_again_and_arrives_once()
 {
    let busy = Script {
        greeting: Answer::Says("421 4.3.2 busy"),
        ..FINE
    };
    let grey = Script {
        recipient: Answer::Says("450 4.2.0 later"),
        closes: true,
        ..FINE
    };
    let drops = Script {
        content: Answer::HangsUp,
        ..FINE
    };
    let silent = Script {
        content: Answer::Hangs,
        ..FINE
    };
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        book(&test, at(12, 1, 14, 0)).await;
        let scripts = [
            (busy, PATIENT),
            (grey, PATIENT),
            (drops, PATIENT),
            (silent, SHORT),
            (FINE, PATIENT),
        ];
        for (number, (script, step)) in scripts.into_iter().enumerate() {
            let server = Server::start(&[script]).await;
            let courier = courier(&test, smtp(server.port, step));
            let delivered = courier.all().await;
            let last = number == scripts.len() - 1;
            let expected = if last {
                sent(1)
            } else {
                Delivered {
                    later: 1,
                    ..Delivered::default()
                }
            };
            assert_eq!(delivered, expected, "try {number} on {}", test.url);
            assert_eq!(server.seen(|seen| seen.mails.len()), usize::from(last));
            if !last {
                assert_eq!(courier.all().await, sent(0), "not before its time");
                test.clock.advance(TimeDelta::minutes(2 << number));
            }
        }
        assert_eq!(
            test.number("SELECT attempts FROM outbox WHERE state = 'sent'")
                .await,
            5
        );
        assert_eq!(test.number("SELECT count(*) FROM calls").await, 0);
    }
}

#[tokio::test]
async fn lesson_27_what_is_refused_for_good_becomes_one_call_for_staff() {
    let unknown = Script {
        recipient: Answer::Says("550 5.1.1 no such user"),
        ..FINE
    };
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let server = Server::start(&[unknown]).await;
        let courier = courier(&test, smtp(server.port, PATIENT));
        assert_eq!(
            courier.all().await,
            Delivered {
                failed: 1,
                ..Delivered::default()
            }
        );
        test.clock.advance(TimeDelta::hours(1));
        assert_eq!(courier.all().await, sent(0), "it is not tried again");
        assert_eq!(outbox(&test).await, counts(&[("failed", 1)]));
        let calls = test
            .context
            .store
            .read()
            .await
            .unwrap()
            .open_calls(None)
            .await
            .unwrap();
        let [call] = calls.as_slice() else {
            panic!("one call, not {}", calls.len())
        };
        assert_eq!(
            (call.kind.as_str(), call.appointment_id),
            ("undeliverable", Some(booked.id))
        );
        assert_eq!(call.phone.as_deref(), Some("+442079460000"));
        let personal = "SELECT count(*) FROM outbox WHERE reason LIKE '%sample.invalid%' OR reason LIKE '%no such%'";
        assert_eq!(
            test.number(personal).await,
            0,
            "the server's words are not kept"
        );
    }
}

#[tokio::test]
async fn nobody_is_rung_for_whom_that_is_not_safe_and_the_history_says_so() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let careful = ClientRow {
        safe_to_call: false,
        email: Some("no address".into()),
        ..client(&test.context)
    };
    book_as(&test, "a-one", at(12, 1, 14, 0), careful).await;
    let (mailer, _) = Mailer::memory();
    let delivered = courier(&test, mailer).all().await;
    assert_eq!(
        delivered,
        Delivered {
            failed: 1,
            ..Delivered::default()
        }
    );
    // A task for the moment when they ring us; nobody rings them.
    assert_eq!(test.texts("SELECT kind FROM calls").await, ["not_told"]);
    assert_eq!(
        test.number("SELECT count(*) FROM audit WHERE action = 'not_told'")
            .await,
        1
    );
}

#[tokio::test]
async fn staff_ring_before_an_appointment_that_the_next_try_would_miss() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    book(&test, at(11, 23, 9, 0)).await;
    let busy = Script {
        greeting: Answer::Says("421 4.3.2 busy"),
        ..FINE
    };
    let server = Server::start(&[busy]).await;
    let courier = courier(&test, smtp(server.port, PATIENT));
    let mut tries = 0;
    while courier.all().await.failed == 0 {
        tries += 1;
        test.clock
            .advance(TimeDelta::hours(8).min(TimeDelta::minutes(2 << tries)));
    }
    assert!(test.clock.now() < at(11, 23, 9, 0), "{}", test.clock.now());
    let urgent = "SELECT count(*) FROM calls WHERE kind = 'undeliverable' AND urgent";
    assert_eq!(test.number(urgent).await, 1);
}

#[tokio::test]
async fn lesson_30_rows_that_cannot_be_handled_never_stop_the_others() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        for hour in 9..13 {
            book(&test, at(12, 1, hour, 0)).await;
        }
        let no_address = ClientRow {
            email: Some("no address".into()),
            ..client(&test.context)
        };
        book_as(&test, "a-one", at(12, 1, 13, 0), no_address).await;
        // One of a kind that a newer version knows, one about nothing, one that cannot be read at all; all due first.
        change(&test, 0, "kind = 'reminder_by_pigeon', due_at = 1").await;
        change(&test, 1, "appointment_id = NULL, due_at = 1").await;
        if test.url.starts_with("sqlite:") {
            change(&test, 2, "kind = x'00ff', due_at = 1").await;
        } else {
            change(&test, 2, "kind = 'another one', due_at = 1").await;
        }
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        let later = if test.url.starts_with("sqlite:") {
            1
        } else {
            2
        };
        assert_eq!(
            delivered,
            Delivered {
                sent: 1,
                later,
                failed: 2,
                dropped: 0
            },
            "{}",
            test.url
        );
        assert_eq!(kinds(&mails.lock().unwrap()), ["confirmation"]);
        assert_eq!(
            outbox(&test).await,
            counts(&[("failed", 2), ("queued", 2), ("sent", 1)])
        );
    }
}

/// Spoils the row of that number in the outbox, by plain SQL.
async fn change(test: &TestClinic, number: usize, to: &str) {
    let row = format!("(SELECT id FROM outbox ORDER BY created_at, id LIMIT 1 OFFSET {number})");
    let sql = format!("UPDATE outbox SET {to} WHERE id = {row} RETURNING CAST(1 AS BIGINT)");
    assert_eq!(test.number(sql.leak()).await, 1);
}

/// A clock that fails the second time it is asked: in the midst of the delivery.
struct FailingClock(std::sync::atomic::AtomicUsize);

impl Clock for FailingClock {
    fn now(&self) -> DateTime<Utc> {
        let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        assert!(asked != 1, "the clock fails on purpose");
        at(11, 23, 9, 0)
    }
}

#[tokio::test]
async fn lesson_30_a_message_over_which_the_program_panics_becomes_a_call() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    book(&test, at(12, 1, 14, 0)).await;
    let context = Context {
        clock: Arc::new(FailingClock(0.into())),
        ..test.context.clone()
    };
    let courier = courier_on(&test, context, Mailer::memory().0);
    let delivered = courier
        .deliver_due(1, &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(
        delivered,
        Delivered {
            failed: 1,
            ..Delivered::default()
        }
    );
    assert_eq!(
        test.number("SELECT count(*) FROM calls WHERE kind = 'undeliverable'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_message_over_which_the_process_dies_again_and_again_is_given_up() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    book(&test, at(12, 1, 14, 0)).await;
    test.number("UPDATE outbox SET attempts = 30 RETURNING CAST(1 AS BIGINT)")
        .await;
    let (mailer, mails) = Mailer::memory();
    let delivered = courier(&test, mailer).all().await;
    assert_eq!(
        delivered,
        Delivered {
            failed: 1,
            ..Delivered::default()
        }
    );
    assert!(mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_is_silent_over_one_mail_keeps_no_other_back() {
    let silent = Script {
        content: Answer::Hangs,
        ..FINE
    };
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let server = Server::start(&[silent, FINE]).await;
    let courier = courier(&test, smtp(server.port, Duration::from_mins(10)));
    book(&test, at(12, 1, 14, 0)).await;
    let in_hand = tokio::spawn(async move { courier.all().await });
    until(|| server.seen(|seen| seen.connections == 1)).await;
    book(&test, at(12, 2, 14, 0)).await;
    until(|| server.seen(|seen| seen.mails.len() == 1)).await;
    assert!(!in_hand.is_finished(), "the first is still in hand");
    in_hand.abort();
}

/// Waits for what another task brings about; gives up after a minute.
async fn until(there: impl Fn() -> bool) {
    for _ in 0..600 {
        if there() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never came");
}

#[tokio::test]
async fn who_can_be_reached_in_no_way_becomes_a_task_without_a_number() {
    let no = Script {
        recipient: Answer::Says("550 5.1.1 no such user"),
        ..FINE
    };
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let alone = ClientRow {
            phone: None,
            ..client(&test.context)
        };
        book_as(&test, "a-one", at(12, 1, 14, 0), alone).await;
        let server = Server::start(&[no]).await;
        let delivered = courier(&test, smtp(server.port, PATIENT)).all().await;
        assert_eq!(delivered.failed, 1, "{}", test.url);
        let tasks = test
            .texts("SELECT kind FROM calls WHERE state = 'open'")
            .await;
        assert_eq!(tasks, ["not_told"]);
    }
}

#[tokio::test]
async fn an_invitation_that_nobody_takes_shows_beside_the_name_and_so_does_one_that_came_back() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let id = test.context.id();
        let row = crate::store::StaffRow {
            id,
            name: "Ada Sample".into(),
            email: "ada@sample.invalid".into(),
            password: None,
            active: true,
            resource_id: None,
            created_at: 0,
        };
        let mut tx = test.context.store.write().await.unwrap();
        tx.put_staff(&row).await.unwrap();
        let message = test.context.id();
        let now = test.context.now().timestamp();
        tx.queue_for_staff(message, "staff_invitation", id, now)
            .await
            .unwrap();
        assert!(!tx.people(None).await.unwrap()[0].mail_failed);
        tx.finish(message, "failed", "550 no such user", now)
            .await
            .unwrap();
        assert!(
            tx.people(None).await.unwrap()[0].mail_failed,
            "{}",
            test.url
        );
        // The next one is on its way.
        let next = test.context.id();
        tx.queue_for_staff(next, "staff_invitation", id, now)
            .await
            .unwrap();
        assert!(!tx.people(None).await.unwrap()[0].mail_failed);
        let came = tx.sent_message("staff_invitation", next, (0, 0)).await;
        assert_eq!(came.unwrap(), None, "not sent yet");
        tx.finish(next, "sent", "", now).await.unwrap();
        let came = tx.sent_message("staff_invitation", next, (0, 0)).await;
        assert_eq!(came.unwrap(), Some(next), "a report about it is believed");
        assert!(tx.came_back(next, "5.1.1", now).await.unwrap());
        assert!(tx.people(None).await.unwrap()[0].mail_failed);
    }
}

#[tokio::test]
async fn an_offer_that_the_server_does_not_take_is_rung_while_it_is_kept() {
    let busy = Script {
        recipient: Answer::Says("450 4.2.0 later"),
        ..FINE
    };
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        wait(&test, client(&test.context), Needs::default()).await;
        test.change("DELETE FROM outbox").await;
        test.clock.set(at(11, 23, 9, 0));
        assert_eq!(
            booking::waiting::offer_times(&test.context)
                .await
                .unwrap()
                .offered,
            1
        );
        let kept = test.number("SELECT kept_until FROM offers").await;
        let server = Server::start(&[busy]).await;
        let courier = courier(&test, smtp(server.port, PATIENT));
        let mut tries = 0;
        while test.texts("SELECT state FROM outbox").await == ["queued"] {
            let due = test.number("SELECT due_at FROM outbox").await;
            test.clock.set(
                DateTime::from_timestamp(due, 0)
                    .unwrap()
                    .max(test.context.now()),
            );
            courier.all().await;
            tries += 1;
            assert!(tries < 40, "it goes on for ever");
        }
        assert_eq!(test.texts("SELECT state FROM outbox").await, ["failed"]);
        assert_eq!(test.texts("SELECT kind FROM calls").await, ["offer"]);
        let left = kept - test.context.now().timestamp();
        assert!(left >= 30 * 60, "{left} seconds are left to ring");
    }
}

#[tokio::test]
async fn nobody_is_rung_about_how_it_was_or_too_late_about_a_reminder() {
    let no = Script {
        recipient: Answer::Says("550 5.1.1 no such user"),
        ..FINE
    };
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let booked = book(&test, at(11, 23, 14, 0)).await;
    test.change("DELETE FROM outbox").await;
    let mut tx = test.context.store.write().await.unwrap();
    tx.queue(&crate::store::NewMessage {
        id: test.context.id(),
        kind: "feedback",
        appointment_id: Some(booked.id),
        request_id: None,
        waiting_id: None,
        sequence: 0,
        part: 0,
        due_at: 0,
        created_at: test.context.now().timestamp(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    test.change("UPDATE appointments SET state = 'attended'")
        .await;
    test.clock.set(at(11, 24, 12, 0));
    let server = Server::start(&[no]).await;
    let delivered = courier(&test, smtp(server.port, PATIENT)).all().await;
    assert_eq!(delivered.failed, 1);
    assert_eq!(test.number("SELECT count(*) FROM calls").await, 0);
}
