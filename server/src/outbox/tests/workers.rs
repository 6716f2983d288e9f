//! Several workers, workers that die, and clients who book meanwhile.

use std::collections::BTreeSet;
use std::time::Instant;

use chrono::TimeDelta;

use super::smtp_server::{Answer, FINE, Script, Server};
use super::*;
use crate::store;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_workers_at_once_each_message_is_sent_by_one() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        for day in 1..=4 {
            for hour in 9..17 {
                book(&test, at(12, day, hour, 0)).await;
            }
        }
        let (mailer, mails) = Mailer::memory();
        let mut workers = JoinSet::new();
        for _ in 0..4 {
            // Connections of its own, as another process has.
            let context = Context {
                store: store::open(&test.url).await.unwrap(),
                ..test.context.clone()
            };
            let courier = courier_on(&test, context, mailer.clone());
            workers.spawn(async move { courier.all().await.sent });
        }
        let by_each = workers.join_all().await;
        assert_eq!(
            by_each.iter().sum::<usize>(),
            32,
            "{by_each:?} on {}",
            test.url
        );
        let mails = mails.lock().unwrap();
        let ids: BTreeSet<_> = mails.iter().map(|mail| mail.message_id.clone()).collect();
        assert_eq!((mails.len(), ids.len()), (32, 32));
    }
}

#[tokio::test]
async fn a_worker_that_was_killed_leaves_its_message_to_the_next_when_the_lease_ends() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer.clone());
        // It took the message, the server took the mail, and then it died.
        let taken = courier.take().await.unwrap().unwrap();
        assert_eq!(courier.attempt(&taken).await.unwrap(), Verdict::Sent);
        assert_eq!(courier.all().await, sent(0), "leased");
        test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(courier.all().await, sent(1));
        let mails = mails.lock().unwrap();
        let ids: Vec<_> = mails.iter().map(|mail| mail.message_id.clone()).collect();
        let id = format!("confirmation.{}.0@clinics.example.org", booked.id);
        assert_eq!(
            ids,
            [id.clone(), id],
            "twice at most, and under one Message-ID"
        );
    }
}

#[tokio::test]
async fn a_worker_whose_lease_ran_out_does_not_put_back_what_another_has() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        book(&test, at(12, 1, 14, 0)).await;
        let courier = courier(&test, Mailer::memory().0);
        let slow = courier.take().await.unwrap().unwrap();
        test.clock.advance(TimeDelta::minutes(2));
        assert!(
            courier.take().await.unwrap().is_some(),
            "another has it now"
        );
        courier
            .settle(&slow, &Verdict::Later("late".to_owned()))
            .await;
        test.clock.advance(TimeDelta::seconds(59));
        assert!(
            courier.take().await.unwrap().is_none(),
            "the other's lease stands"
        );
    }
}

#[tokio::test]
async fn a_lease_outlasts_the_longest_delivery() {
    let test = TestClinic::sqlite().await;
    let courier = courier(&test, smtp(9, Duration::from_secs(15)));
    let Mailer::Smtp(server) = &courier.mailer else {
        unreachable!()
    };
    assert!(courier.lease() > TimeDelta::from_std(server.longest_delivery()).unwrap());
}

#[tokio::test]
async fn once_told_to_stop_no_further_message_is_taken() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    book(&test, at(12, 1, 14, 0)).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let courier = courier(&test, Mailer::memory().0);
    assert_eq!(courier.deliver_due(10, &stop).await.unwrap(), sent(0));
    assert_eq!(outbox(&test).await, counts(&[("queued", 1)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_26_booking_does_not_wait_for_a_mail_server_that_says_nothing() {
    let silent = Script {
        greeting: Answer::Hangs,
        ..FINE
    };
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let server = Server::start(&[silent]).await;
        // Longer than the whole test: whoever waits for this server waits to the end.
        let courier = courier(&test, smtp(server.port, Duration::from_mins(5)));
        book(&test, at(12, 1, 9, 0)).await;
        let stuck = tokio::spawn(async move { courier.all().await });
        while server.seen(|seen| seen.connections) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let started = Instant::now();
        for hour in 10..17 {
            book(&test, at(12, 1, hour, 0)).await;
        }
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?} on {}", test.url);
        assert!(!stuck.is_finished());
        assert_eq!(outbox(&test).await, counts(&[("queued", 8)]));
        stuck.abort();
    }
}
