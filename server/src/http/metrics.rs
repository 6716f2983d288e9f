//! `/metrics`, for a listener of its own: on the public one nobody should read how busy the clinics are.
//!
//! Promises: the database is asked one query a scrape, and at most one in `FRESH`, however often and by however many it
//! is scraped; a database that does not answer makes figures missing, never wrong, and keeps nobody longer than `PATIENCE`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, response::AppendHeaders};
use tokio::sync::Mutex;

use super::limits::RateLimits;
use crate::context::Context;
use crate::metrics::{Outside, page};
use crate::store::{Pulse, Stored};

/// How long what the database said is said again, in seconds.
const FRESH: i64 = 5;
/// Longest time to wait for the database.
const PATIENCE: Duration = Duration::from_secs(2);

struct Scraped {
    context: Context,
    limits: Option<RateLimits>,
    started: i64,
    /// When the database was asked, and what it said; nothing, if it said nothing.
    last: Mutex<Option<(i64, Option<Pulse>)>>,
}

/// The page, and `/healthz` for a worker that serves nothing else.
pub fn router(context: Context, limits: Option<RateLimits>) -> Router {
    let scraped = Scraped {
        started: context.now().timestamp(),
        context,
        limits,
        last: Mutex::new(None),
    };
    Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(|| async { "ok" }))
        .with_state(Arc::new(scraped))
}

async fn metrics(State(scraped): State<Arc<Scraped>>) -> Response {
    let context = &scraped.context;
    let now = context.now().timestamp();
    let outside = Outside {
        pulse: scraped.pulse(now).await,
        now,
        pools: context.store.pools(),
        rate_limited: scraped
            .limits
            .as_ref()
            .map_or_else(Vec::new, RateLimits::refused),
        started: scraped.started,
        memory: memory().await,
    };
    let headers = AppendHeaders([
        (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ]);
    (headers, page(&context.metrics, &outside)).into_response()
}

impl Scraped {
    async fn pulse(&self, now: i64) -> Option<Pulse> {
        // Held while the database is asked: those who ask meanwhile get the same answer, also that there is none, or
        // they would wait for a dead one each in turn.
        let held = tokio::time::timeout(PATIENCE, self.last.lock()).await;
        let mut last = held.ok()?;
        match &*last {
            Some((when, pulse)) if (now - when).abs() < FRESH => pulse.clone(),
            _ => {
                let asked = tokio::time::timeout(PATIENCE, ask(&self.context, now)).await;
                let pulse = match asked {
                    Ok(Ok(pulse)) => Some(pulse),
                    Ok(Err(error)) => {
                        tracing::warn!(%error, "no figures from the database");
                        None
                    }
                    Err(_) => {
                        tracing::warn!("no figures from the database in time");
                        None
                    }
                };
                *last = Some((now, pulse.clone()));
                pulse
            }
        }
    }
}

async fn ask(context: &Context, now: i64) -> Stored<Pulse> {
    context.store.read().await?.pulse(now).await
}

/// Memory in use, where the system is Linux.
async fn memory() -> Option<u64> {
    let status = tokio::fs::read_to_string("/proc/self/status").await.ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests;
