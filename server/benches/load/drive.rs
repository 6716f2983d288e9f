//! The figures of one running server.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::client::{Answer, Client};
use super::measure::{Bounds, Measured, closed_loop};
use super::visitor::{self, Start};

const PAGES: [&str; 4] = ["/", "/find", "/clinics/sports", "/privacy"];
const MANY: usize = 200_000;

pub async fn drive(at: SocketAddr, seconds: u64) -> Result<Value> {
    let bounds = Bounds {
        count: MANY,
        time: Duration::from_secs(seconds),
    };
    let services = visitor::services(at).await?;
    let sports = services[0].id.clone();
    let month = visitor::month(&sports, 31);
    let mut seen = Map::new();
    let body = Client::connect(at).await?.get(&month).await?.body;
    seen.insert("month_bytes".into(), json!(body.len()));
    let bare = bare_answers(body)?;
    seen.insert("bare".into(), reads(bare, "/", &[1, 8, 64], bounds).await?);
    seen.insert(
        "month".into(),
        reads(at, &month, &[1, 8, 64], bounds).await?,
    );
    let day = visitor::month(&sports, 1);
    seen.insert("day".into(), reads(at, &day, &[1, 8, 64], bounds).await?);
    let mut pages = Map::new();
    for page in PAGES {
        let mut figures = reads(at, page, &[1, 8], bounds).await?;
        let bytes = Client::connect(at).await?.get_small(page).await?.body.len();
        figures["bytes"] = json!(bytes);
        pages.insert(page.into(), figures);
    }
    seen.insert("pages".into(), Value::Object(pages));
    let places = visitor::starts(at, &services).await?;
    ensure!(places.len() > 64, "only {} free places", places.len());
    let mut alone = Map::new();
    let mut journeys = Map::new();
    for clients in [1, 8, 32] {
        let key = clients.to_string();
        let measured = bookings(at, clients, &places, bounds, visitor::book).await?;
        alone.insert(key.clone(), measured.summary());
        let measured = bookings(at, clients, &places, bounds, visitor::journey).await?;
        journeys.insert(key, measured.summary());
    }
    seen.insert("bookings".into(), Value::Object(alone));
    seen.insert("journeys".into(), Value::Object(journeys));
    Ok(Value::Object(seen))
}

async fn reads(at: SocketAddr, path: &str, clients: &[usize], bounds: Bounds) -> Result<Value> {
    let mut figures = Map::new();
    for clients in clients {
        let measured = closed_loop(
            *clients,
            bounds,
            async || Client::connect(at).await,
            async |client, _| Ok(client.get(path).await?.status == StatusCode::OK),
        )
        .await?;
        figures.insert(clients.to_string(), measured.summary());
    }
    Ok(Value::Object(figures))
}

/// Rounds of bookings until the bounds are met. Between rounds, outside the time, everything is called off again.
async fn bookings(
    at: SocketAddr,
    clients: usize,
    places: &[Start],
    bounds: Bounds,
    book: impl AsyncFn(&mut Client, &Start) -> Result<Answer>,
) -> Result<Measured> {
    let mut all = Measured::default();
    let began = Instant::now();
    while all.whole < bounds.time && began.elapsed() < bounds.time * 4 {
        let booked = RefCell::new(Vec::new());
        let round = Bounds {
            count: places.len(),
            time: bounds.time.saturating_sub(all.whole),
        };
        let measured = closed_loop(
            clients,
            round,
            async || Client::connect(at).await,
            async |client, turn| {
                let answer = book(client, &places[turn]).await?;
                ensure!(!answer.status.is_server_error(), "{}", answer.json()?);
                let done = answer.status == StatusCode::CREATED;
                if done {
                    booked.borrow_mut().push(answer.json()?);
                }
                Ok(done)
            },
        )
        .await?;
        all.add(measured);
        let mut client = Client::connect(at).await?;
        for one in booked.into_inner() {
            visitor::call_off(&mut client, &one).await?;
        }
    }
    Ok(all)
}

/// axum with nothing behind it: the same bytes, from a thread of their own.
fn bare_answers(body: Bytes) -> Result<SocketAddr> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let at = listener.local_addr()?;
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let answer =
                move || async move { ([(CONTENT_TYPE, "application/json")], body.clone()) };
            let routes = axum::Router::new().route("/", get(answer));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, routes).await
        })
    });
    Ok(at)
}
