//! For whatever watches over the process: `/healthz` says that it runs, `/readyz` that it can serve.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};

use super::error::Edge;
use super::headers::NoStore;
use super::state::App;

/// The two routes.
pub fn router() -> Router<App> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

/// The process answers. Asks nothing of the database: restarting us would not mend that.
async fn healthz() -> impl IntoResponse {
    (Extension(NoStore), "ok")
}

/// The database answers, with a schema that has our tables. 503 otherwise, so that a balancer sends people elsewhere.
async fn readyz(State(app): State<App>) -> Result<impl IntoResponse, Edge> {
    let read = async { app.context.store.read().await?.staff_count().await };
    read.await.map_err(Edge::unavailable)?;
    Ok((Extension(NoStore), "ready"))
}
