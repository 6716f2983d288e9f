//! The worker as a whole: woken, at its own pace, and on its way out.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tokio::task::JoinHandle;

use super::*;
use crate::booking::{self, Needs, Wanted};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::mail::Mailer;
use crate::outbox::tests::smtp_server::{Answer, FINE, Script, Server};
use crate::outbox::tests::{book, courier, open_clinic, smtp};
use crate::testing::{TestClinic, at};

/// Never by itself within a test.
const ONCE: Every = Every {
    mail: Duration::from_hours(1),
    holds: Duration::from_hours(1),
    prune: Duration::from_hours(1),
    seal: Duration::from_hours(1),
    remind: Duration::from_hours(1),
};

fn start(worker: &Worker, stop: &CancellationToken) -> JoinHandle<()> {
    let (worker, stop) = (worker.clone(), stop.clone());
    tokio::spawn(async move { worker.run(stop).await })
}

/// Waits until something is so, and fails if it is not within ten seconds.
async fn until(so: impl AsyncFn() -> bool) {
    let started = Instant::now();
    while !so().await {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "it never came to be so"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn activity(worker: &Worker, activation: Activation) -> Option<Activity> {
    worker
        .board()
        .read()
        .into_iter()
        .find(|activity| activity.activation == activation)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_each_worker_did_last_is_in_the_database_for_all_to_see() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let workers = [(); 2].map(|()| Worker::new(courier(&test, Mailer::memory().0)).every(ONCE));
        let stop = CancellationToken::new();
        let running: Vec<_> = workers.iter().map(|one| start(one, &stop)).collect();
        let written = i64::try_from(2 * Activation::ALL.len()).unwrap();
        let rounds = "SELECT count(*) FROM rounds";
        until(async || test.number(rounds).await == written).await;
        stop.cancel();
        for one in running {
            one.await.unwrap();
        }
        let mut tx = test.context.store.write().await.unwrap();
        let seen = tx.last_rounds().await.unwrap();
        let names: Vec<&str> = seen.iter().map(|one| one.activation.as_str()).collect();
        let mut all = Activation::ALL.map(Activation::as_str);
        all.sort_unstable();
        assert_eq!(names, all, "once each, whichever worker it was");
        assert!(seen.iter().all(|one| one.failing == 0));
        // A round that fails is written down at once, and shows in the figures.
        let now = test.context.now().timestamp();
        let failed = RoundRow {
            activation: "remind".to_owned(),
            ended_at: now + 5,
            failing: 3,
        };
        tx.put_round(workers[0].id, &failed).await.unwrap();
        let pulse = tx.pulse(now + 100).await.unwrap();
        assert_eq!((pulse.oldest_round, pulse.failing_rounds), (Some(now), 3));
        let gone = tx.prune_rounds(now + 1).await.unwrap();
        assert_eq!(i64::try_from(gone).unwrap(), written - 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_booking_rings_the_bell_and_its_mail_is_sent_at_once() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let (mailer, mails) = Mailer::memory();
    let worker = Worker::new(courier(&test, mailer)).every(ONCE);
    let stop = CancellationToken::new();
    let running = start(&worker, &stop);
    until(async || worker.board().read().len() == Activation::ALL.len()).await;
    assert!(
        worker
            .board()
            .read()
            .iter()
            .all(|activity| activity.rounds == 1 && activity.last.is_empty())
    );

    book(&test, at(12, 1, 14, 0)).await;
    until(async || mails.lock().unwrap().len() == 1).await;
    until(async || activity(&worker, Activation::DeliverMail).unwrap().rounds == 2).await;
    let seen = activity(&worker, Activation::DeliverMail).unwrap();
    assert_eq!(
        (seen.last.as_str(), seen.failing),
        ("1 sent, 0 dropped, 0 later, 0 failed", 0)
    );
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_the_way_out_the_message_in_hand_is_finished() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    book(&test, at(12, 1, 14, 0)).await;
    // The server takes three seconds over its last answer.
    let server = Server::start(&[Script {
        content: Answer::Late,
        ..FINE
    }])
    .await;
    let worker =
        Worker::new(courier(&test, smtp(server.port, Duration::from_secs(15)))).every(ONCE);
    let stop = CancellationToken::new();
    let running = start(&worker, &stop);
    until(async || server.seen(|seen| seen.commands.iter().any(|line| line == "DATA"))).await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!(
        test.number("SELECT count(*) FROM outbox WHERE state = 'sent'")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ended_holds_are_cleared_and_what_is_old_is_pruned_by_any_number_of_workers() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let wanted = Wanted {
            service: ServiceId::from("a-one"),
            start: at(12, 1, 14, 0),
            mode: Mode::InPerson,
            needs: Needs::default(),
        };
        booking::hold(&test.context, &wanted, "web", None)
            .await
            .unwrap();
        let mut tx = test.context.store.write().await.unwrap();
        let soon = (test.context.now() + TimeDelta::minutes(5)).timestamp();
        tx.put_draft(b"visitor", "a", "sealed", soon).await.unwrap();
        tx.commit().await.unwrap();
        test.clock.advance(TimeDelta::minutes(11));

        let workers = [0, 1].map(|_| Worker::new(courier(&test, Mailer::memory().0)).every(ONCE));
        let stop = CancellationToken::new();
        let running = [start(&workers[0], &stop), start(&workers[1], &stop)];
        until(async || {
            workers
                .iter()
                .all(|worker| worker.board().read().len() == Activation::ALL.len())
        })
        .await;
        stop.cancel();
        for worker in running {
            worker.await.unwrap();
        }
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'expired'")
                .await,
            1,
            "{}",
            test.url
        );
        assert_eq!(
            test.number("SELECT count(*) FROM allocations WHERE active")
                .await,
            0
        );
        assert_eq!(
            test.number("SELECT count(*) FROM audit WHERE action = 'expired'")
                .await,
            1
        );
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, 0);
        let said: Vec<_> = workers
            .iter()
            .flat_map(|worker| worker.board().read())
            .map(|seen| seen.last)
            .collect();
        assert_eq!(
            said.iter().filter(|last| *last == "1 holds ended").count(),
            1,
            "{said:?}"
        );
        assert_eq!(
            said.iter().filter(|last| *last == "1 rows pruned").count(),
            1,
            "{said:?}"
        );
    }
}
