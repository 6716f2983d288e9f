//! Lesson 35: no query per row. `SQLite` runs every statement on a thread of its own, inside the span
//! of whoever asked; so a subscriber that counts how often other threads enter a span counts them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

use tracing::{Subscriber, span};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use super::*;

struct Statements {
    here: ThreadId,
    count: Arc<AtomicUsize>,
}

impl<S: Subscriber> Layer<S> for Statements {
    fn on_enter(&self, _: &span::Id, _: Context<'_, S>) {
        if thread::current().id() != self.here {
            self.count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// More than any page needs, and far fewer than one a row.
const AT_MOST: usize = 33;

#[test]
fn lesson_35_a_page_costs_the_same_queries_with_one_row_and_with_many() {
    // With a single subscriber in the process, tracing asks the thread that registers a call site.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let count = Arc::new(AtomicUsize::new(0));
    let here = thread::current().id();
    let counting = tracing_subscriber::registry().with(Statements {
        here,
        count: Arc::clone(&count),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    tracing::subscriber::with_default(counting, || runtime.block_on(count_pages(&count)));
}

async fn count_pages(count: &AtomicUsize) {
    let desk = Desk::sqlite().await;
    let first = desk.book("sports-first", "Zelda Example", monday(9)).await;
    // That somebody looked is one line for each clinic with anything on the page.
    desk.book("law-first", "Yuri Example", monday(9)).await;
    let mut browser = desk
        .signed_in("Ada", &[("supervisor", "law"), ("supervisor", "sports")])
        .await;
    desk.test.clock.set(monday(7));
    browser.sign_in("Ada", PASSWORD).await;
    let pages = [
        "/staff".to_owned(),
        "/staff/calendar?view=week&day=2026-11-23&of=sports".to_owned(),
        "/staff/calendar?view=day&day=2026-11-23&of=all".to_owned(),
        "/staff/calendar?view=month&day=2026-11-23&of=all".to_owned(),
        "/staff/calendar/day-list?day=2026-11-23&of=sports".to_owned(),
        "/staff/requests".to_owned(),
        "/staff/reports".to_owned(),
        format!("/staff/appointments/{}", first.reference),
    ];
    let few = cost(&mut browser, &pages, count).await;
    for hour in 10..17 {
        for service in ["sports-first", "law-first"] {
            for own in ["Zelda", "Yuri"] {
                let name = format!("{own} {service}");
                desk.book(service, &name, monday(hour)).await;
            }
        }
    }
    let many = cost(&mut browser, &pages, count).await;
    assert_eq!(few, many);
    assert!(
        few.iter().all(|cost| (3..=AT_MOST).contains(cost)),
        "{few:?}"
    );
}

async fn cost(browser: &mut Browser<'_>, pages: &[String], count: &AtomicUsize) -> Vec<usize> {
    let mut costs = Vec::new();
    for page in pages {
        // The first rounds open connections and prepare statements, and a transaction's end may reach the database's
        // thread only after the answer: then one round has one too few and the next one too many. What most rounds cost
        // is in the middle.
        let mut rounds = [0; 9];
        for round in &mut rounds {
            let before = count.load(Ordering::Relaxed);
            assert_eq!(browser.get(page).await.status, StatusCode::OK);
            tokio::time::sleep(Duration::from_millis(20)).await;
            *round = count.load(Ordering::Relaxed) - before;
        }
        rounds.sort_unstable();
        costs.push(rounds[rounds.len() / 2]);
    }
    costs
}
