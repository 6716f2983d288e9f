//! Bookings while the server is being killed: what was acknowledged is written down, and afterwards the database is asked
//! whether all of it is there.

use std::cell::RefCell;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::future::join_all;
use hyper::StatusCode;
use serde_json::{Value, json};
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Row as _};

use super::client::Client;
use super::race::refuse_promised_twice;
use super::visitor::{self, Start};

const CLIENTS: usize = 8;

/// Books until the server is gone; adds each reference that was acknowledged to the file.
pub async fn pound(at: SocketAddr, acknowledged: &Path) -> Result<Value> {
    let services = visitor::services(at).await?;
    let starts = visitor::starts(at, &services).await?;
    let seen = RefCell::new(Vec::new());
    let began = Instant::now();
    join_all((0..CLIENTS).map(async |turn| {
        // A connection that breaks is the end of this client: that is what is waited for.
        book_on(at, &starts, turn, &seen).await.ok();
    }))
    .await;
    let seen = seen.into_inner();
    // One write at the end of the file: others write there at the same time.
    let text: String = seen.iter().flat_map(|one| [one.as_str(), "\n"]).collect();
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(acknowledged)?
        .write_all(text.as_bytes())?;
    Ok(json!({ "acknowledged": seen.len(), "seconds": began.elapsed().as_secs_f64() }))
}

async fn book_on(
    at: SocketAddr,
    starts: &[Start],
    turn: usize,
    seen: &RefCell<Vec<String>>,
) -> Result<()> {
    let mut client = Client::connect(at).await?;
    let began = Instant::now();
    let mut number = turn;
    while began.elapsed() < Duration::from_mins(1) {
        let wanted = starts
            .get(number % starts.len())
            .context("nothing is free")?;
        number += CLIENTS;
        let answer = if number.is_multiple_of(3) {
            visitor::journey(&mut client, wanted).await?
        } else {
            visitor::book(&mut client, wanted).await?
        };
        if answer.status != StatusCode::CREATED {
            continue;
        }
        let booked = answer.json()?;
        let reference = booked["reference"].as_str().context("no reference")?;
        // Half of them are called off again, so that there are places to the end. A cancellation that was not
        // acknowledged may have happened or not.
        seen.borrow_mut().push(reference.to_owned());
        if number.is_multiple_of(2) {
            visitor::call_off(&mut client, &booked).await?;
        }
    }
    Ok(())
}

/// Everything that was acknowledged is there, nobody is promised twice, and no message is about an appointment that is not
/// there.
pub async fn check(database: &str, acknowledged: &Path) -> Result<Value> {
    install_default_drivers();
    let pool = AnyPoolOptions::new()
        .max_connections(1)
        .connect(database)
        .await?;
    let text = std::fs::read_to_string(acknowledged)?;
    let mut found = 0_usize;
    for reference in text.lines() {
        let sql = "SELECT count(*) FROM appointments WHERE reference = $1 AND state IN ('confirmed', 'cancelled')";
        let there: i64 = sqlx::query(sql)
            .bind(reference)
            .fetch_one(&pool)
            .await?
            .try_get(0)?;
        ensure!(there == 1, "{reference} was acknowledged and is lost");
        found += 1;
    }
    refuse_promised_twice(&pool, "after the crash").await?;
    let loose = count(
        &pool,
        "SELECT count(*) FROM outbox o JOIN appointments a ON a.id = o.appointment_id
         WHERE o.kind = 'confirmation' AND o.state = 'sent' AND a.state IN ('held', 'expired')",
    )
    .await?;
    ensure!(loose == 0, "{loose} messages confirm what was never booked");
    Ok(json!({ "acknowledged": found }))
}

async fn count(pool: &AnyPool, sql: &'static str) -> Result<i64> {
    Ok(sqlx::query(sql).fetch_one(pool).await?.try_get(0)?)
}
