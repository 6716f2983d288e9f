//! Puts everything of this module round a router, in the one order that works.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::ConfigError;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::error::{Code, Edge};
use super::headers::Headers;
use super::limits::{ANSWER_WITHIN, FILE_BYTES, RateLimits};
use super::problem::ProblemPage;
use super::{client_address, headers, limits, origin, problem, request_id};
use crate::auth::Entropy;
use crate::config::Listen;
use crate::metrics::Metrics;
use crate::telemetry;

/// What the layers need.
#[derive(Clone)]
pub struct Surroundings {
    /// Random bytes for nonces and request ids.
    pub entropy: Entropy,
    /// Addresses, for HSTS, same origin, and whom to believe about the client's address.
    pub listen: Listen,
    /// The limits on writes; handlers ask the same ones for bookings and contacts.
    pub limits: RateLimits,
    /// How a problem looks as a page.
    pub problem_page: ProblemPage,
    /// Where the time of each request is noted.
    pub metrics: Arc<Metrics>,
}

/// The router with every layer round it. Read from the bottom: the last is the outermost.
///
/// # Errors
/// The public address cannot be an origin.
pub fn surround(router: Router, with: &Surroundings) -> Result<Router, ConfigError> {
    let public_url = &with.listen.public_url;
    let headers = Headers {
        entropy: Arc::clone(&with.entropy),
        https: public_url.is_https(),
    };
    Ok(router
        .layer(from_fn(nothing_hidden))
        .layer(from_fn(limits::limit_body))
        .layer(RequestBodyLimitLayer::new(FILE_BYTES))
        .layer(from_fn_with_state(
            with.limits.clone(),
            limits::limit_writes,
        ))
        .layer(from_fn_with_state(
            Arc::new(with.listen.proxies.clone()),
            client_address::set,
        ))
        .layer(origin::layer(public_url.origin())?)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_WITHIN,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(
            Arc::clone(&with.problem_page),
            problem::render,
        ))
        .layer(from_fn_with_state(headers, headers::set))
        .layer(from_fn_with_state(
            Arc::clone(&with.metrics),
            telemetry::log_request,
        ))
        .layer(from_fn_with_state(
            Arc::clone(&with.entropy),
            request_id::set,
        )))
}

/// An address with a NUL in it is none of ours, and no database keeps one.
async fn nothing_hidden(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query();
    if address.is_some_and(|address| address.as_str().contains("%00")) {
        return Edge::from(Code::NotFound).into_response();
    }
    next.run(request).await
}

/// A panic is a mistake of ours in one request; the process goes on. The panic's own text may hold
/// what the person typed, so it is not repeated here.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Edge::internal(anyhow::anyhow!("a handler panicked")).into_response()
}

#[cfg(test)]
mod tests;
