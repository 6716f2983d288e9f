//! The staff's pages: signing in and out, today, the week, one appointment, the cases that wait, the
//! calls to make, and setting a password by a one-time link.
//!
//! Promises: every route but signing in and the one-time link takes a [`SignedIn`], so that a page
//! that forgets to ask cannot exist; what somebody may not see answers like what is not there; GET
//! changes nothing.

mod availability;
mod calendar;
mod change;
mod conflicts;
mod day;
mod find;
mod moving;
mod password;
mod phone;
mod questions;
mod reports;
mod requests;
mod ruling;
mod see;
mod sign_in;
mod signed_in;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};

use super::state::App;

pub use signed_in::{SignedIn, recognised};

/// The routes below `/staff`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/sign-in", get(sign_in::form).post(sign_in::submit))
        .route("/staff/sign-out", post(sign_in::leave))
        .route(
            "/staff/password/{token}",
            get(password::form).post(password::submit),
        )
        .route("/staff", get(see::today))
        .route("/staff/appointments/{reference}", get(see::appointment))
        .route(
            "/staff/appointments/{reference}/confirm",
            post(change::confirm),
        )
        .route(
            "/staff/appointments/{reference}/cancel",
            post(change::cancel),
        )
        .route("/staff/calls/{id}/done", post(change::call_made))
        .route("/staff/phone", get(phone::desk).post(phone::begin))
        .route("/staff/phone/end", post(phone::end))
        .route(
            "/staff/appointments/{reference}/turn-down",
            post(change::turn_down),
        )
        .route(
            "/staff/requests/{reference}/turn-down",
            post(change::turn_down_request),
        )
        .route("/staff/conflicts", get(conflicts::list))
        .route(
            "/staff/conflicts/{reference}",
            get(conflicts::see).post(conflicts::decide),
        )
        .merge(requests::router())
        .merge(questions::router())
        .merge(day::router())
        .merge(reports::router())
        .merge(calendar::router())
        .merge(moving::router())
        .merge(find::router())
        .merge(availability::router())
        .route("/staff/{*nothing}", get(see::nothing_here))
        // Below every route: what goes wrong on any of them is told inside the desk.
        .layer(from_fn(signed_in::keep_frame))
}

/// A whole page.
fn page(html: String) -> Response {
    Html(html).into_response()
}

/// 303: the answer to a form that was taken.
fn go_to(path: &str) -> Response {
    Redirect::to(path).into_response()
}
