//! A real listener, scraped after a journey over real connections; and the dashboard, read against the list of figures.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::api::testing::{Api, answers, booking};
use crate::http::answer::{Ending, answer};
use crate::metrics::{FAMILIES, Shape};
use crate::testing::service;

/// Serves a router until the test ends, on a port of its own.
async fn listening(router: Router) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { answer(listener, router, &Ending::default()).await });
    address
}

/// Status and whole text of an answer.
async fn ask(address: std::net::SocketAddr, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{head}\r\nhost: clinics.test\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let status = text.split(' ').nth(1).unwrap().parse().unwrap();
    (status, text)
}

/// The figures by name and labels.
async fn scrape(address: std::net::SocketAddr) -> BTreeMap<String, f64> {
    let (status, text) = ask(address, "GET /metrics HTTP/1.1", "").await;
    assert_eq!(status, 200);
    assert!(text.contains("text/plain; version=0.0.4"), "{text}");
    let body = text.split_once("\r\n\r\n").unwrap().1;
    let lines = body
        .lines()
        .filter(|line| line.contains(' ') && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().expect(line))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[expect(clippy::float_cmp, reason = "small whole numbers")]
async fn a_scrape_after_a_journey_tells_what_happened_and_of_nobody() {
    let id = regex::Regex::new("[0-9a-f]{8}-[0-9a-f]{4}").unwrap();
    for api in Api::all().await {
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        let app = api.test.app_with(&[("RATE_LIMITS", "on")]);
        let site = listening(crate::http::router::router(app.clone()).unwrap()).await;
        let figures = listening(router(app.context.clone(), Some(app.limits.clone()))).await;

        let triage = api.triage("nutrition", &answers()).await;
        let start = "2026-12-01T10:00:00Z";
        let mut body = booking(&triage, start);
        let post = |key: &str| {
            format!(
                "POST /api/v1/appointments HTTP/1.1\r\ncontent-type: application/json\r\nidempotency-key: {key}"
            )
        };
        let slots = format!("GET /api/v1/services/nutrition-first/slots?triage={triage} HTTP/1.1");
        assert_eq!(ask(site, &slots, "").await.0, 200);
        assert_eq!(ask(site, &post("one"), &body.to_string()).await.0, 201);
        // The same once more: a retry books nothing.
        let (status, booked) = ask(site, &post("one"), &body.to_string()).await;
        assert_eq!(status, 201);
        let booked: Value = serde_json::from_str(booked.split_once("\r\n\r\n").unwrap().1).unwrap();
        body["client"]["name"] = json!("Rival Sample");
        assert_eq!(ask(site, &post("two"), &body.to_string()).await.0, 409);
        let sign_in = "POST /staff/sign-in HTTP/1.1\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded";
        let wrong = "email=zelda%40sample.invalid&password=hunter2hunter2";
        for _ in 0..11 {
            ask(site, sign_in, wrong).await;
        }
        ask(site, "GET /appointments/nobodys-token HTTP/1.1", "").await;

        let seen = scrape(figures).await;
        let figure = |name: &str| {
            *seen
                .get(name)
                .unwrap_or_else(|| panic!("{name} in {seen:#?}"))
        };
        assert_eq!(
            figure("clinics_bookings_total{state=\"confirmed\",source=\"api\"}"),
            1.0
        );
        assert_eq!(figure("clinics_refusals_total{reason=\"slot_taken\"}"), 1.0);
        assert_eq!(figure("clinics_sign_ins_total{result=\"failed\"}"), 10.0);
        assert_eq!(figure("clinics_rate_limited_total{scope=\"sign_in\"}"), 1.0);
        assert!(figure("clinics_slot_query_seconds_count") >= 1.0);
        let answered = |status| {
            format!(
                "clinics_request_seconds_count{{method=\"POST\",route=\"/api/v1/appointments\",status=\"{status}\"}}"
            )
        };
        assert_eq!((figure(&answered(201)), figure(&answered(409))), (2.0, 1.0));
        let by_pattern = "clinics_request_seconds_count{method=\"GET\",route=\"/appointments/{token}\",status=\"404\"}";
        assert_eq!(figure(by_pattern), 1.0);
        assert_eq!(figure("clinics_database_up"), 1.0);
        assert_eq!(figure("clinics_outbox_queued"), 1.0);
        assert_eq!(figure("clinics_outbox_dead_letters"), 0.0);
        assert!(figure("process_resident_memory_bytes") > 1e6);
        assert!(
            seen.keys()
                .any(|name| name.starts_with("clinics_database_connections{"))
        );

        let (_, text) = ask(figures, "GET /metrics HTTP/1.1", "").await;
        let text = text.split_once("\r\n\r\n").unwrap().1;
        let reference = booked["reference"].as_str().unwrap();
        let manage = booked["manage_url"].as_str().unwrap();
        let token = manage.rsplit_once('/').unwrap().1;
        for personal in [
            reference,
            token,
            &triage,
            "nobodys-token",
            "Sample",
            "zelda",
            "@",
            "127.0.0.1",
            "2026",
        ] {
            assert!(!text.contains(personal), "{personal}");
        }
        assert!(!id.is_match(text));
        assert_eq!(
            ask(site, "GET /metrics HTTP/1.1", "").await.0,
            404,
            "never on the public listener"
        );
    }
}

/// Ages and queues come from the database, and it is asked once in some seconds however often somebody scrapes.
#[tokio::test]
#[expect(clippy::float_cmp, reason = "small whole numbers")]
async fn what_waits_is_counted_with_its_age() {
    for test in crate::testing::TestClinic::all().await {
        test.clinic(crate::testing::ClinicSpec {
            id: "a",
            advisers: 1,
            supervisors: 0,
            ratio: 1,
            rooms: 0,
            services: vec![],
            shared: vec![],
        })
        .await;
        let now = test.context.now().timestamp();
        let mut tx = test.context.store.write().await.unwrap();
        for (urgent, age) in [(true, 60), (false, 7200)] {
            tx.put_call(&crate::store::NewCall {
                id: test.context.id(),
                clinic_id: "a".into(),
                reference: format!("R{age}"),
                kind: "call_back",
                name: Some("Sample".into()),
                phone: Some("+442079460000".into()),
                call_window: Some(String::new()),
                leave_message: Some(false),
                appointment_id: None,
                request_id: None,
                waiting_id: None,
                urgent,
                created_at: now - age,
            })
            .await
            .unwrap();
        }
        for (due, kind) in [(-90, "confirmation"), (3600, "reminder")] {
            tx.queue(&crate::store::NewMessage {
                id: test.context.id(),
                kind,
                appointment_id: None,
                request_id: None,
                waiting_id: None,
                part: 0,
                sequence: 0,
                due_at: now + due,
                created_at: now - 90,
            })
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let figures = listening(router(test.context.clone(), None)).await;
        let seen = scrape(figures).await;
        for (name, expected) in [
            ("clinics_calls_open{urgent=\"yes\"}", 1.0),
            ("clinics_calls_open{urgent=\"no\"}", 1.0),
            ("clinics_calls_oldest_seconds", 7200.0),
            ("clinics_outbox_queued", 2.0),
            ("clinics_outbox_oldest_due_seconds", 90.0),
            ("clinics_holds_live", 0.0),
            ("clinics_requests_open", 0.0),
            ("clinics_requests_longest_overdue_seconds", 0.0),
            ("clinics_checks_waiting", 0.0),
        ] {
            assert_eq!(seen.get(name), Some(&expected), "{name} on {}", test.url);
        }
        test.change("UPDATE outbox SET state = 'failed'").await;
        assert_eq!(
            scrape(figures).await["clinics_outbox_dead_letters"],
            0.0,
            "still fresh"
        );
        test.clock
            .set(test.context.now() + chrono::TimeDelta::seconds(FRESH));
        let seen = scrape(figures).await;
        assert_eq!(seen["clinics_outbox_dead_letters"], 2.0);
        test.context.store.close().await;
        test.clock
            .set(test.context.now() + chrono::TimeDelta::seconds(FRESH));
        let seen = scrape(figures).await;
        assert_eq!(seen["clinics_database_up"], 0.0);
        assert!(!seen.contains_key("clinics_outbox_queued"));
    }
}

/// A pool that gives nothing looks like a database that is gone, and those who scrape do not queue for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[expect(clippy::float_cmp, reason = "small whole numbers")]
async fn a_database_that_does_not_answer_keeps_no_scrape_longer_than_one_wait() {
    let test = crate::testing::TestClinic::sqlite().await;
    let mut held = Vec::new();
    let short = Duration::from_millis(300);
    while let Ok(tx) = tokio::time::timeout(short, test.context.store.read()).await {
        held.push(tx.unwrap());
    }
    let figures = listening(router(test.context.clone(), None)).await;
    let began = std::time::Instant::now();
    let all: Vec<_> = (0..6)
        .map(|_| tokio::spawn(async move { scrape(figures).await }))
        .collect();
    for one in all {
        let seen = one.await.unwrap();
        assert_eq!(seen["clinics_database_up"], 0.0);
        assert!(seen.contains_key("process_resident_memory_bytes"));
    }
    assert!(began.elapsed() < PATIENCE * 2, "{:?}", began.elapsed());
    // That nothing was heard is said again at once, and only for a while.
    let began = std::time::Instant::now();
    assert_eq!(scrape(figures).await["clinics_database_up"], 0.0);
    assert!(began.elapsed() < PATIENCE / 2);
    drop(held);
    test.clock
        .set(test.context.now() + chrono::TimeDelta::seconds(FRESH));
    assert_eq!(scrape(figures).await["clinics_database_up"], 1.0);
}

/// The names of figures in the dashboard's queries, without what a histogram adds.
fn names(text: &str) -> Vec<String> {
    let name = regex::Regex::new(r"\b(?:clinics|process)_[a-z_]+").unwrap();
    let plain = |found: &str| {
        let histogram = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|end| found.strip_suffix(end))
            .filter(|own| {
                FAMILIES
                    .iter()
                    .any(|family| family.name == *own && family.shape == Shape::Histogram)
            });
        histogram.unwrap_or(found).to_owned()
    };
    name.find_iter(text)
        .map(|found| plain(found.as_str()))
        .collect()
}

#[test]
fn the_dashboard_and_the_alerts_ask_for_figures_that_exist_and_the_dashboard_for_all_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
    let dashboard = std::fs::read_to_string(folder.join("grafana.json")).unwrap();
    let parsed: Value = serde_json::from_str(&dashboard).unwrap();
    let mut asked = Vec::new();
    for panel in parsed["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().into_iter().flatten() {
            asked.extend(names(target["expr"].as_str().unwrap()));
        }
    }
    let alerts = std::fs::read_to_string(folder.join("alerts.yml")).unwrap();
    let exprs: Vec<&str> = alerts
        .lines()
        .filter(|line| line.contains("expr:"))
        .collect();
    assert!(exprs.len() >= 5, "{exprs:?}");
    for name in asked
        .iter()
        .cloned()
        .chain(exprs.iter().flat_map(|line| names(line)))
    {
        assert!(
            FAMILIES.iter().any(|family| family.name == name),
            "{name} does not exist"
        );
    }
    for family in FAMILIES {
        assert!(
            asked.iter().any(|name| name == family.name),
            "{} is not shown",
            family.name
        );
    }
}
