//! Every route of the program, with the layers round them.

use std::sync::Arc;

use app::pages;
use axum::Router;
use tower_http::csrf::ConfigError;

use super::error::{Code, Edge};
use super::problem::{Asked, ProblemPage};
use super::state::App;
use super::surround::{Surroundings, surround};
use super::{assets, journey, manage, staff};

/// The whole program as a service.
///
/// # Errors
/// The public address cannot be an origin.
pub fn router(app: App) -> Result<Router, ConfigError> {
    let around = Surroundings {
        entropy: app.context.entropy.clone(),
        listen: app.config.listen.clone(),
        limits: app.limits.clone(),
        problem_page: problem_page(app.clone()),
    };
    let routes = journey::router()
        .merge(manage::router())
        .merge(staff::router())
        .merge(assets::routes())
        .fallback(|| async { Edge::from(Code::NotFound) })
        .with_state(app);
    surround(routes, &around)
}

/// How a problem looks as a page: without a clinic, so that it gives nothing away.
fn problem_page(app: App) -> ProblemPage {
    Arc::new(move |asked: &Asked, model| pages::problem(&app.frame(&asked.nonce), &model))
}
