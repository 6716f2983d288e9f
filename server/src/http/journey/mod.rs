//! The public journey, one thing a page. Every page starts from a [`visit::Visit`]; forms are plain posts that answer
//! 303 or the same page with what was typed.

mod about_you;
mod check;
mod details;
mod done;
pub(in crate::http) mod fields;
mod hold;
mod home;
mod leaving;
mod outcome;
mod question;
mod show;
mod stop_page;
mod times;
pub mod visit;
mod wait;

use axum::Router;
use axum::routing::{get, post};

use super::state::App;

pub(super) use fields::{error as wrong_field, errors as wrong_fields};
pub(super) use show::{days, held, place, signposts, start_in_words};

/// The routes of the journey.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/choose", get(home::choose))
        .route("/accessibility", get(home::accessibility))
        .route("/privacy", get(home::privacy))
        .route("/clinics/{clinic}", get(home::clinic))
        .route("/clinics/{clinic}/questions", get(question::first))
        .route(
            "/clinics/{clinic}/questions/{question}",
            get(question::ask).post(question::answer),
        )
        .route(
            "/clinics/{clinic}/stop",
            get(outcome::stop).post(outcome::call_me),
        )
        .route(
            "/clinics/{clinic}/out",
            get(outcome::out).post(outcome::look_anyway),
        )
        .route(
            "/clinics/{clinic}/request",
            get(outcome::request).post(outcome::go_to_request),
        )
        .route(
            "/clinics/{clinic}/times",
            get(times::times).post(times::choose),
        )
        .route("/clinics/{clinic}/wait", get(wait::ask).post(wait::choose))
        .route("/clinics/{clinic}/hold/renew", post(hold::still_here))
        .route("/clinics/{clinic}/hold/leave", post(hold::gone))
        .route(
            "/clinics/{clinic}/details",
            get(details::details).post(details::give),
        )
        .route("/clinics/{clinic}/details/keep", post(details::keep))
        .route(
            "/clinics/{clinic}/check",
            get(check::check).post(check::send),
        )
        .route("/clinics/{clinic}/done", get(done::done))
        .route(
            "/clinics/{clinic}/about-you",
            get(about_you::ask).post(about_you::answer),
        )
        .route(
            "/clinics/{clinic}/leaving",
            get(leaving::page).post(leaving::go_on),
        )
        .route("/clinics/{clinic}/clear", post(hold::clear))
}

#[cfg(test)]
mod tests;
