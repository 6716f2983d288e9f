//! `GET /openapi.json`: the document that `clinics openapi` prints.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::problems::problems;
use crate::http::error::Edge;

problems!(Problems: &[]);

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "clinics",
    responses((status = OK, description = "OpenAPI 3.1", body = Object), Problems)
)]
pub(super) async fn show() -> Result<Response, Edge> {
    let text = crate::api::openapi_json().map_err(Edge::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
