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
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
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

#[cfg(test)]
mod tests {
    use crate::http::router::router;
    use crate::testing::{Browser, TestClinic};

    #[tokio::test]
    async fn a_process_whose_database_answers_is_healthy_and_ready() {
        for test in TestClinic::all().await {
            let mut watch = Browser::new(router(test.app()).unwrap());
            for (path, body) in [("/healthz", "ok"), ("/readyz", "ready")] {
                let seen = watch.get(path).await;
                assert_eq!(
                    (seen.status, seen.body.as_str()),
                    (200, body),
                    "{path} on {}",
                    test.url
                );
                assert_eq!(seen.headers["cache-control"], "no-store");
            }
        }
    }

    #[tokio::test]
    async fn a_process_without_its_tables_is_healthy_and_not_ready() {
        let test = TestClinic::sqlite().await;
        test.number("ALTER TABLE staff RENAME TO gone; SELECT 1")
            .await;
        let mut watch = Browser::new(router(test.app()).unwrap());
        assert_eq!(watch.get("/healthz").await.status, 200);
        assert_eq!(watch.get("/readyz").await.status, 503);
    }
}
