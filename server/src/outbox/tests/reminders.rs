//! Reminders and what is said afterwards: found in the rows, told once, by day, and only while it is true.

use chrono::TimeDelta;

use super::*;
use crate::booking::{Nudged, queue_nudges};
use crate::store;

/// How many reminders a round queued.
async fn round(test: &TestClinic) -> usize {
    queue_nudges(&test.context).await.unwrap().reminders
}

/// Books Tuesday 1 December, 14:00, and delivers the confirmation.
async fn booked_and_told(test: &TestClinic) -> Booked {
    open_clinic(test).await;
    let booked = book(test, at(12, 1, 14, 0)).await;
    assert_eq!(courier(test, Mailer::memory().0).all().await, sent(1));
    booked
}

const CALLS: &str = "SELECT kind FROM calls WHERE state = 'open' ORDER BY created_at, kind";

#[tokio::test]
async fn lesson_28_the_worker_was_down_three_hours_and_the_useful_reminder_goes_once() {
    for test in TestClinic::all().await {
        let booked = booked_and_told(&test).await;
        test.clock.set(at(11, 30, 17, 0));
        // Two workers look at once, each with connections of its own, and again and again.
        let other = Context {
            store: store::open(&test.url).await.unwrap(),
            ..test.context.clone()
        };
        let (one, two) = tokio::join!(queue_nudges(&test.context), queue_nudges(&other));
        assert_eq!(one.unwrap().reminders + two.unwrap().reminders, 1);
        assert_eq!(round(&test).await, 0, "{}", test.url);

        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        assert_eq!(courier.all().await, sent(1));
        assert_eq!(courier.all().await, sent(0));
        let mails = mails.lock().unwrap();
        let id = format!("reminder.{}.0.1@clinics.example.org", booked.id);
        assert_eq!(mails[0].message_id, id);
        assert!(mails[0].text.contains("2:00pm to 3:00pm (UK time)"));
    }
}

#[tokio::test]
async fn five_days_and_one_day_before_are_two_mails_in_one_conversation() {
    let test = TestClinic::sqlite().await;
    booked_and_told(&test).await;
    let (mailer, mails) = Mailer::memory();
    let courier = courier(&test, mailer);
    let mut queued = Vec::new();
    while test.context.now() < at(12, 1, 14, 0) {
        test.clock.advance(TimeDelta::minutes(37));
        if round(&test).await > 0 {
            queued.push(test.context.now());
        }
        courier.all().await;
    }
    assert_eq!(queued.len(), 2, "{queued:?}");
    let mails = mails.lock().unwrap();
    assert_eq!(kinds(&mails), ["reminder", "reminder"]);
    for mail in mails.iter() {
        let whole = String::from_utf8(mail.bytes.clone()).unwrap();
        assert!(whole.contains("In-Reply-To: <confirmation."), "{whole}");
    }
}

#[tokio::test]
async fn lesson_28_booked_two_hours_ahead_the_reminder_is_skipped() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        test.clock.set(at(12, 1, 11, 30));
        book(&test, at(12, 1, 14, 0)).await;
        for _ in 0..4 {
            test.clock.advance(TimeDelta::minutes(40));
            assert_eq!(round(&test).await, 0, "{}", test.url);
        }
    }
}

#[tokio::test]
async fn lesson_29_cancelled_or_moved_kills_every_reminder_about_the_old_time() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let cancelled = book(&test, at(12, 1, 14, 0)).await;
        let other = ClientRow {
            email: Some("other@sample.invalid".into()),
            phone: None,
            ..client(&test.context)
        };
        let moved = book_as(&test, "a-one", at(12, 1, 15, 0), other).await;
        courier(&test, Mailer::memory().0).all().await;
        test.clock.set(at(11, 30, 15, 0));
        assert_eq!(round(&test).await, 2);
        // Queued, and not sent yet.
        booking::cancel(&test.context, cancelled.id, Actor::Client)
            .await
            .unwrap();
        booking::relocate(&test.context, moved.id, at(12, 4, 10, 0), Actor::Client)
            .await
            .unwrap();
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        assert_eq!(
            courier.all().await,
            Delivered {
                sent: 2,
                dropped: 2,
                ..Delivered::default()
            },
            "{}",
            test.url
        );
        let told = kinds(&mails.lock().unwrap());
        assert!(!told.contains(&"reminder"), "{told:?}");
        // The new time has a reminder of its own.
        test.clock.set(at(12, 3, 10, 0));
        assert_eq!(round(&test).await, 1);
        assert_eq!(courier.all().await, sent(1));
        assert!(
            mails.lock().unwrap()[2]
                .text
                .contains("Friday 4 December, 10:00am")
        );
    }
}

#[tokio::test]
async fn a_reminder_that_was_queued_by_day_is_not_sent_by_night() {
    let test = TestClinic::sqlite().await;
    booked_and_told(&test).await;
    test.clock.set(at(11, 30, 20, 59));
    assert_eq!(round(&test).await, 1);
    // The mail server was away until after nine.
    test.clock.set(at(11, 30, 21, 30));
    let (mailer, mails) = Mailer::memory();
    let courier = courier(&test, mailer);
    assert_eq!(courier.all().await.later, 1);
    test.clock.set(at(12, 1, 7, 59));
    assert_eq!(courier.all().await, Delivered::default());
    test.clock.set(at(12, 1, 8, 0));
    assert_eq!(courier.all().await, sent(1));
    assert_eq!(kinds(&mails.lock().unwrap()), ["reminder"]);
}

#[tokio::test]
async fn a_reminder_that_comes_too_late_to_help_is_not_sent() {
    let test = TestClinic::sqlite().await;
    booked_and_told(&test).await;
    test.clock.set(at(11, 30, 14, 0));
    assert_eq!(round(&test).await, 1);
    test.clock.set(at(12, 1, 12, 30));
    let (mailer, mails) = Mailer::memory();
    assert_eq!(courier(&test, mailer).all().await.dropped, 1);
    assert!(mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn who_may_not_be_mailed_is_rung_once_and_by_no_call_beside_one_that_waits() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let rung = ClientRow {
            safe_to_email: false,
            call_window: "after 5pm".into(),
            ..client(&test.context)
        };
        let booked = book_as(&test, "a-one", at(12, 1, 14, 0), rung).await;
        assert_eq!(test.texts(CALLS).await, ["confirmation"]);
        test.clock.set(at(11, 26, 14, 0));
        assert_eq!(round(&test).await, 1);
        assert_eq!(test.texts(CALLS).await, ["confirmation"], "{}", test.url);
        test.change("UPDATE calls SET state = 'done'").await;
        test.clock.set(at(11, 30, 14, 0));
        assert_eq!((round(&test).await, round(&test).await), (1, 0));
        assert_eq!(test.texts(CALLS).await, ["reminder"], "{}", test.url);
        let mut tx = test.context.store.read().await.unwrap();
        let calls = tx.open_calls(None).await.unwrap();
        assert_eq!(calls[0].call_window.as_deref(), Some("after 5pm"));
        drop(tx);
        booking::cancel(&test.context, booked.id, Actor::Client)
            .await
            .unwrap();
        assert_eq!(
            test.texts(CALLS).await,
            ["cancellation"],
            "the old one ends"
        );
    }
}

#[tokio::test]
async fn each_service_reminds_on_its_own_days_or_never() {
    for test in TestClinic::all().await {
        booked_and_told(&test).await;
        let mut tx = test.context.store.write().await.unwrap();
        assert!(tx.set_reminder_days("a-one", "3").await.unwrap());
        assert!(!tx.set_reminder_days("nothing", "3").await.unwrap());
        tx.commit().await.unwrap();
        test.clock.set(at(11, 27, 14, 0));
        assert_eq!(round(&test).await, 0);
        test.clock.set(at(11, 28, 14, 0));
        assert_eq!(round(&test).await, 1);
        let mut tx = test.context.store.write().await.unwrap();
        tx.set_reminder_days("a-one", "").await.unwrap();
        tx.commit().await.unwrap();
        test.clock.set(at(11, 30, 14, 0));
        assert_eq!(round(&test).await, 0, "{}", test.url);
    }
}

#[tokio::test]
async fn after_a_visit_one_question_and_after_a_missed_one_a_kind_note() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        book(&test, at(12, 1, 14, 0)).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        courier.all().await;
        test.change("UPDATE appointments SET state = 'missed', updated_at = 1796136000")
            .await;
        // 2026-12-01T14:40:00Z
        test.clock.set(at(12, 1, 14, 50));
        let nothing = Nudged::default();
        assert_eq!(queue_nudges(&test.context).await.unwrap(), nothing);
        test.clock.set(at(12, 1, 16, 0));
        let one = Nudged {
            follow_ups: 1,
            ..nothing
        };
        assert_eq!(queue_nudges(&test.context).await.unwrap(), one);
        assert_eq!(queue_nudges(&test.context).await.unwrap(), nothing);
        assert_eq!(courier.all().await, sent(1), "{}", test.url);

        test.change("DELETE FROM told_once").await;
        test.change("UPDATE appointments SET state = 'attended'")
            .await;
        assert_eq!(queue_nudges(&test.context).await.unwrap(), nothing);
        test.clock.set(at(12, 2, 14, 0));
        assert_eq!(queue_nudges(&test.context).await.unwrap(), one);
        assert_eq!(courier.all().await, sent(1));
        let mails = mails.lock().unwrap();
        assert_eq!(kinds(&mails), ["confirmation", "missed", "feedback"]);
        assert!(mails[2].text.contains("http://clinics.test/feedback/"));
        assert!(!mails[2].text.contains("/appointments/"));
    }
}

#[tokio::test]
async fn what_ended_on_the_waiting_list_by_night_is_told_by_day() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let needs = Needs {
            deadline: Some(at(11, 25, 12, 0).date_naive()),
            ..Needs::default()
        };
        wait_for(&test, ("b", "b-one"), client(&test.context), needs).await;
        test.change("DELETE FROM outbox").await;
        let midnight = at(11, 26, 0, 1);
        test.clock.set(midnight);
        let round = booking::waiting::offer_times(&test.context).await.unwrap();
        assert_eq!(round.ended, 1);
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        courier.all().await;
        assert!(mails.lock().unwrap().is_empty(), "{}", test.url);
        test.clock.set(at(11, 26, 8, 0));
        assert_eq!(courier.all().await, sent(1));
        assert_eq!(kinds(&mails.lock().unwrap()), ["list-ended"]);
    }
}
