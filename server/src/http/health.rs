//! For whatever watches over the process: `/healthz` says that it runs, `/readyz` that it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
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

/// The process is not about to end, and the database answers with a schema that has our tables and every migration. 503
/// otherwise, so that a balancer sends people elsewhere. Migrations of a newer program do not matter: while that program
/// takes over, this one still serves.
async fn readyz(State(app): State<App>) -> Result<Response, Edge> {
    if app.draining.is_cancelled() {
        let draining = StatusCode::SERVICE_UNAVAILABLE;
        return Ok((draining, Extension(NoStore), "draining").into_response());
    }
    let store = &app.context.store;
    let read = async {
        store.read().await?.staff_count().await?;
        store.schema().await
    };
    let schema = read.await.map_err(Edge::unavailable)?;
    if schema.missing > 0 {
        let missing = anyhow::anyhow!("{} migrations are missing", schema.missing);
        return Err(Edge::unavailable(missing));
    }
    Ok((Extension(NoStore), "ready").into_response())
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

    #[tokio::test]
    async fn a_process_on_a_database_that_is_not_migrated_is_not_ready() {
        for test in TestClinic::all().await {
            let mut watch = Browser::new(router(test.app()).unwrap());
            test.change("DELETE FROM _sqlx_migrations WHERE version = 1")
                .await;
            assert_eq!(watch.get("/readyz").await.status, 503, "{}", test.url);
            test.change("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, '', TRUE, '', 0), (1, '', TRUE, '', 0)")
                .await;
            assert_eq!(watch.get("/readyz").await.status, 200, "{}", test.url);
        }
    }

    #[tokio::test]
    async fn a_process_that_is_about_to_end_serves_and_is_not_ready() {
        let app = TestClinic::sqlite().await;
        let app = app.app();
        let mut watch = Browser::new(router(app.clone()).unwrap());
        assert_eq!(watch.get("/readyz").await.status, 200);
        app.draining.cancel();
        assert_eq!(watch.get("/readyz").await.status, 503);
        assert_eq!(watch.get("/healthz").await.status, 200);
        assert_eq!(watch.get("/").await.status, 200);
    }
}
