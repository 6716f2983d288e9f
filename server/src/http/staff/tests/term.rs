//! A whole term of one clinic: 13 weeks, 10 staff, 2,000 appointments. Each view costs the same few queries, and no page is
//! over 60 kB compressed.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

use chrono::TimeDelta;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber, span};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use super::*;
use crate::store::{AllocationRow, MeetingRow, NewAppointment};
use crate::testing::Built;

/// Eight queries, and of each of the three transactions in which they are asked (who it is, what there is, that they
/// looked) the connection's sign of life, the beginning and the end.
const AT_MOST: usize = 8 + 3 * 3;
/// On `PostgreSQL` the queries alone are counted.
const AT_MOST_QUERIES: usize = 8;
/// Compressed.
const LARGEST: usize = 60_000;
const WEEKS: i64 = 13;
const APPOINTMENTS: i64 = 2000;

/// Every statement enters a span on `SQLite`'s own thread (see `queries`); on `PostgreSQL` it is a line of the log, and what
/// begins and ends a transaction is none.
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

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" || thread::current().id() != self.here {
            return;
        }
        let mut asks = Asks(true);
        event.record(&mut asks);
        if asks.0 {
            self.count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Whether a line of the log is a query, not the end of a transaction.
struct Asks(bool);

impl Visit for Asks {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "summary" {
            self.0 = !matches!(
                format!("{value:?}").trim_matches('"'),
                "COMMIT" | "ROLLBACK"
            );
        }
    }
}

/// Names that do not compress better than people's do.
fn name(number: i64) -> String {
    let mut seed = u64::try_from(number)
        .unwrap()
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut word = |length: u64| -> String {
        (0..length)
            .map(|place| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let letter = char::from(b'a' + u8::try_from((seed >> 33) % 26).unwrap());
                if place == 0 {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                }
            })
            .collect()
    };
    format!("{} {}", word(6), word(8))
}

async fn fill(desk: &Desk, built: &Built) {
    let context = &desk.test.context;
    let mut tx = context.store.write().await.unwrap();
    let days = WEEKS * 5;
    for number in 0..APPOINTMENTS {
        let (day, place) = (number % days, number / days);
        let date = monday(0) + TimeDelta::days(day / 5 * 7 + day % 5);
        // Seven at a time, each with an adviser and a room of their own.
        let (hour, seat) = (place / 7, usize::try_from(place % 7).unwrap());
        let start = date + TimeDelta::hours(9 + hour);
        let (from, until) = (start.timestamp(), start.timestamp() + 3600);
        let meeting = MeetingRow {
            id: context.id(),
            clinic_id: "term".into(),
            service_id: "term-first".into(),
            mode: "in_person".into(),
            starts_at: from,
            ends_at: until,
            capacity: 1,
        };
        let takes = |resource_id, part: &str, at_once| AllocationRow {
            id: context.id(),
            resource_id,
            part: part.into(),
            busy_from: from,
            busy_until: until,
            at_once,
            hold_until: None,
        };
        let all = [
            takes(built.advisers[seat], "adviser", 1),
            takes(built.supervisors[0], "supervisor", 10),
            takes(built.rooms[seat], "room", 1),
        ];
        tx.put_meeting(&meeting, &all).await.unwrap();
        let client = ClientRow {
            id: context.id(),
            name: name(number),
            email: None,
            phone: Some(format!("+44207946{number:04}")),
            safe_to_email: false,
            safe_to_call: true,
            call_window: String::new(),
            leave_message: false,
            postcode_area: None,
            no_fixed_home: false,
            language: String::new(),
            interpreter: number % 9 == 0,
            access: r#"{"needs":["step_free"],"note":""}"#.into(),
            organisation: None,
            created_at: 0,
        };
        tx.put_client(&client).await.unwrap();
        let appointment = NewAppointment {
            id: context.id(),
            meeting_id: meeting.id,
            clinic_id: "term".into(),
            service_id: "term-first".into(),
            reference: crate::domain::booking::reference(context.bytes()),
            state: if number % 11 == 0 {
                "requested"
            } else {
                "confirmed"
            },
            client_id: Some(client.id),
            intake_id: None,
            hold_expires_at: None,
            source: "web",
            created_at: 0,
        };
        tx.put_appointment(&appointment).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[test]
fn a_term_of_one_clinic_costs_eight_queries_and_no_page_is_over_60_kb() {
    // With a single subscriber in the process, tracing asks the thread that registers a call site.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let count = Arc::new(AtomicUsize::new(0));
    let counting = tracing_subscriber::registry().with(Statements {
        here: thread::current().id(),
        count: Arc::clone(&count),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    tracing::subscriber::with_default(counting, || runtime.block_on(look(&count)));
}

async fn look(count: &AtomicUsize) {
    for desk in Desk::all().await {
        let (least, most) = if desk.test.url.starts_with("sqlite:") {
            (5, AT_MOST)
        } else {
            (3, AT_MOST_QUERIES)
        };
        look_at(&desk, count, least..=most).await;
    }
}

async fn look_at(desk: &Desk, count: &AtomicUsize, bar: RangeInclusive<usize>) {
    let built = desk
        .test
        .clinic(ClinicSpec {
            id: "term",
            advisers: 7,
            supervisors: 3,
            ratio: 10,
            rooms: 7,
            services: vec![service("term-first", "term")],
            shared: Vec::new(),
        })
        .await;
    fill(desk, &built).await;
    let mut browser = desk
        .signed_in("Ada", &[("supervisor", "term"), ("supervisor", "sports")])
        .await;
    let person = format!("who-{}", built.advisers[0]);
    let mut pages = Vec::new();
    for of in ["term", "all", &person] {
        for view in ["day", "day&by=rooms", "week", "month"] {
            for shown in ["", "&as=grid", "&as=list"] {
                pages.push(format!(
                    "/staff/calendar?view={view}&day=2026-12-07&of={of}{shown}"
                ));
            }
        }
    }
    pages.push("/staff/calendar/day-list?day=2026-12-07&of=term".to_owned());
    for page in pages {
        // The first rounds open connections and prepare statements; a transaction's end may reach the database's thread
        // only after the answer. The least counts.
        let mut least = usize::MAX;
        for _ in 0..4 {
            let before = count.load(Ordering::Relaxed);
            let answer = browser.get(&page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            tokio::time::sleep(Duration::from_millis(20)).await;
            least = least.min(count.load(Ordering::Relaxed) - before);
        }
        let bytes = compressed(&browser, &page).await;
        println!("{page}: {least} statements, {bytes} bytes");
        assert!(bar.contains(&least), "{page}: {least} statements");
        assert!(bytes <= LARGEST, "{page}: {bytes} bytes");
    }
}

/// The bytes of a page as they travel.
async fn compressed(browser: &Browser<'_>, page: &str) -> usize {
    let cookie = browser.cookie.clone().unwrap();
    let request = Request::builder()
        .uri(page)
        .header(COOKIE, cookie)
        .header("accept-encoding", "br, gzip");
    let request = request.body(Body::empty()).unwrap();
    let response = browser.desk.router.clone().oneshot(request).await.unwrap();
    assert!(
        response.headers().contains_key("content-encoding"),
        "{page}"
    );
    response
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes()
        .len()
}
