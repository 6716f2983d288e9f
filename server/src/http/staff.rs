//! The staff's pages: signing in and out, today, the week, one appointment, the cases that wait, the
//! calls to make, and setting a password by a one-time link.
//!
//! Promises: every route but signing in (with its second step) and the one-time link takes a [`SignedIn`], so that a page
//! that forgets to ask cannot exist; what somebody may not see answers like what is not there; GET
//! changes nothing.

mod account;
mod audit;
mod availability;
mod calendar;
mod change;
mod conflicts;
mod contact;
mod day;
mod find;
mod messages;
mod moving;
mod password;
mod people;
mod phone;
mod questions;
mod reports;
mod requests;
mod retention;
mod ruling;
mod second_factor;
mod see;
mod sign_in;
mod signed_in;
#[cfg(test)]
mod tests;
mod waiting;
mod walk_in;
mod wording;

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
        .route("/staff/calls/{id}/tried", post(change::call_tried))
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
        .merge(accounts())
        .merge(requests::router())
        .merge(questions::router())
        .merge(day::router())
        .merge(reports::router())
        .merge(calendar::router())
        .merge(moving::router())
        .merge(find::router())
        .merge(availability::router())
        .merge(retention::router())
        .merge(contact::router())
        .merge(messages::router())
        .merge(waiting::router())
        .merge(wording::router())
        .route("/staff/{*nothing}", get(see::nothing_here))
        // Below every route: what goes wrong on any of them is told inside the desk.
        .layer(from_fn(signed_in::keep_frame))
}

/// The routes about accounts and the record of who did what.
fn accounts() -> Router<App> {
    Router::new()
        .route("/staff/audit", get(audit::see))
        .route("/staff/audit/export", post(audit::export))
        .route("/staff/people", get(people::list).post(people::invite))
        .route("/staff/people/{id}", get(people::see))
        .route("/staff/people/{id}/give", post(people::give))
        .route("/staff/people/{id}/take", post(people::take))
        .route("/staff/people/{id}/place", post(people::place))
        .route("/staff/people/{id}/invite", post(people::invite_again))
        .route("/staff/people/{id}/reset", post(people::reset))
        .route("/staff/people/{id}/end", post(people::end))
        .route("/staff/people/{id}/begin", post(people::begin))
        .route("/staff/account", get(account::see))
        .route("/staff/account/password", post(account::password))
        .route(
            "/staff/account/sign-out-everywhere",
            post(account::sign_out_everywhere),
        )
        .route("/staff/account/codes", post(account::codes))
        .route("/staff/account/feed", post(account::make_feed))
        .route("/staff/account/feed/end", post(account::end_feed))
        .route("/staff/account/day", post(account::begin_daily_list))
        .route("/staff/account/day/end", post(account::end_daily_list))
        .route("/staff/account/second-factor/end", post(second_factor::end))
        .route(
            "/staff/second-factor",
            get(second_factor::form).post(second_factor::submit),
        )
        .route("/staff/second-factor/begin", post(second_factor::begin))
        .route(
            "/staff/second-step",
            get(second_factor::step_form).post(second_factor::step),
        )
        .route(
            "/staff/prove",
            get(second_factor::prove_form).post(second_factor::prove),
        )
}

/// A whole page.
fn page(html: String) -> Response {
    Html(html).into_response()
}

/// 303: the answer to a form that was taken.
fn go_to(path: &str) -> Response {
    Redirect::to(path).into_response()
}
