//! Every route of the program, with the layers round them.

use std::sync::Arc;

use app::pages;
use axum::Router;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::ConfigError;

use super::error::{Code, Edge};
use super::problem::{Asked, ProblemPage};
use super::state::App;
use super::surround::{Surroundings, surround};
use super::{assets, feedback, feeds, find, health, journey, manage, requests, staff, waiting};

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
        metrics: app.context.metrics.clone(),
    };
    let routes = journey::router()
        .merge(manage::router())
        .merge(staff::router())
        .merge(requests::router())
        .merge(health::router())
        .merge(feeds::router())
        .merge(find::router())
        .merge(waiting::router())
        .merge(feedback::router())
        .merge(assets::routes())
        .fallback(|| async { Edge::from(Code::NotFound) })
        .with_state(app.clone())
        .nest("/api/v1", crate::api::router(app));
    // Pages and JSON; the files of the site are compressed already, and better.
    Ok(surround(routes, &around)?
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5))))
}

/// How a problem looks as a page: without a clinic, so that it gives nothing away; to staff, at their desk.
fn problem_page(app: App) -> ProblemPage {
    Arc::new(move |asked: &Asked, model| {
        let frame = app.frame(&asked.nonce);
        match &asked.inside {
            Some(inside) => pages::staff::problem(&inside.frame(frame), &model),
            None => pages::problem(&frame, &model),
        }
    })
}
