//! The JSON API for other people's programs, and the `OpenAPI` document that describes it.
//!
//! Promises: every route is in the document, because both are made from the same list; every error is problem+json with
//! a stable code. Keeps no logic of its own: handlers read, ask a use case, and write.

mod v1;

use axum::Router;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::http::error::FieldProblem;
use crate::http::problem::Problem;
use crate::http::state::App;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

/// What the document says beside the routes.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Met Lab Clinics",
        description = "Booking and triage. Instants are RFC 3339 in UTC; dates are local (Europe/London) and inclusive. \
                       Errors are problem+json (RFC 9457) with a stable `code`. A clinic that is switched off is listed \
                       with `enabled: false`; everything below it answers `closed`."
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem, FieldProblem)),
    tags(
        (name = "clinics", description = "What there is"),
        (name = "triage", description = "Questions, and what follows from the answers"),
        (name = "booking", description = "Free times, holds, appointments"),
        (name = "contact", description = "Cases for a person to look at, and calls to make"),
    )
)]
struct Document;

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi()).merge(v1::routes())
}

/// The API, to be nested at `/api/v1`.
pub fn router(app: App) -> Router {
    routes().split_for_parts().0.with_state(app)
}

/// The document.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes().split_for_parts().1
}

/// The document as JSON: what `clinics openapi` prints and `GET /openapi.json` answers.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    openapi().to_pretty_json()
}
