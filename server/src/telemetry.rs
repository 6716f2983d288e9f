//! The log: set up once, then one line a request.
//!
//! Promises: no line of ours holds personal data. A request is logged by its route's pattern
//! (`/appointments/{token}`), never by its path or query, and without the client's address; this
//! holds at every setting of `LOG`.
//! Good: `request{id=K7QM-3D9T} POST /clinics/{clinic}/details 422 12 ms`. Bad: anything typed.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterExt as _, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

use crate::config::{Log, LogFormat};
use crate::http::request_id::RequestId;
use crate::metrics::Metrics;

/// The log could not be set up: the filter is wrong, or there is a log already.
#[derive(Debug, thiserror::Error)]
#[error("the log could not be set up: {0}")]
pub struct NoLog(String);

/// Sets up the process's log, on standard error so that the output of commands stays clean.
pub fn init(log: &Log) -> Result<(), NoLog> {
    let subscriber = subscriber(log, std::io::stderr)?;
    tracing::subscriber::set_global_default(subscriber).map_err(|error| NoLog(error.to_string()))
}

/// A subscriber that writes to `writer`: standard error at run time, memory in tests.
pub fn subscriber<W>(
    log: &Log,
    writer: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, NoLog>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let asked = EnvFilter::builder()
        .parse(&log.filter)
        .map_err(|error| NoLog(error.to_string()))?;
    let filter = asked.and(filter_fn(is_safe));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(false);
    let registry = tracing_subscriber::registry();
    Ok(match log.format {
        LogFormat::Text => Box::new(registry.with(lines.with_filter(filter))),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true);
            Box::new(registry.with(lines.with_filter(filter)))
        }
    })
}

/// Whether a line may be written at all, whatever the filter asks for. Below "info", libraries print
/// paths with tokens (tower-http) and whole messages; only our own code is heard there, and sqlx's
/// statements, which hold no values.
fn is_safe(line: &Metadata<'_>) -> bool {
    let ours = ["clinics", "clinics::", "sqlx::query"];
    let target = line.target();
    *line.level() <= Level::INFO
        || ours
            .iter()
            .any(|own| target == *own || (own.ends_with(':') && target.starts_with(own)))
}

/// The layer: one line a request, its time among the figures, and a span with its id round everything logged meanwhile.
pub async fn log_request(
    State(metrics): State<Arc<Metrics>>,
    request: Request,
    next: Next,
) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_default();
    let span = tracing::info_span!("request", %id);
    let line = Line::of(&request, metrics);
    async move {
        // The whole of it moves in; the assignment alone would capture one field and drop the rest now.
        let mut line = line;
        let response = next.run(request).await;
        line.status = Some(response.status());
        response
    }
    .instrument(span)
    .await
}

/// Written when it is dropped, so that a request whose client went away is logged too.
struct Line {
    method: &'static str,
    route: String,
    started: Instant,
    status: Option<StatusCode>,
    metrics: Arc<Metrics>,
}

impl Line {
    fn of(request: &Request, metrics: Arc<Metrics>) -> Self {
        let route = request
            .extensions()
            .get::<MatchedPath>()
            .map_or("(none)", MatchedPath::as_str);
        Self {
            method: method_name(request.method()),
            route: route.to_owned(),
            started: Instant::now(),
            status: None,
            metrics,
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // 499: the client closed the connection first, as nginx writes it.
        let status = self.status.map_or(499, |status| status.as_u16());
        let took = self.started.elapsed();
        self.metrics
            .answered(self.method, &self.route, status, took);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(target: "clinics::request", method = self.method, route = self.route, status, ms);
    }
}

/// A method is whatever the client writes; only the known ones are repeated.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
