//! Version 1. One file a call: route, what goes in and out, errors, documentation, tests.

mod admission;
mod appointments;
mod call_backs;
mod clinics;
mod document;
mod fields;
mod holds;
mod idempotency;
mod instant;
mod manage;
mod problems;
mod questions;
mod requests;
mod slots;
mod token;
mod triage;
mod waiting;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::domain::client::{Client, Email};
use crate::http::client_address::ClientAddress;
use crate::http::error::Edge;
use crate::http::limits::Scope;
use crate::http::state::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(clinics::list))
        .routes(routes!(questions::list))
        .routes(routes!(triage::assess))
        .routes(routes!(slots::list))
        .routes(routes!(holds::hold))
        .routes(routes!(appointments::book))
        .routes(routes!(manage::see))
        .routes(routes!(manage::confirm))
        .routes(routes!(manage::relocate))
        .routes(routes!(manage::cancel))
        .routes(routes!(requests::send))
        .routes(routes!(waiting::join))
        .routes(routes!(waiting::see))
        .routes(routes!(waiting::accept))
        .routes(routes!(waiting::decline))
        .routes(routes!(waiting::leave))
        .routes(routes!(call_backs::ask))
        .routes(routes!(document::show))
}

/// Who sends something that is stored, for the limits on it.
struct Sender(ClientAddress);

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(
            parts
                .extensions
                .get()
                .copied()
                .unwrap_or(ClientAddress(None)),
        ))
    }
}

impl Sender {
    /// Counts one more thing stored for this address, and one more message or call for this client.
    fn count(&self, app: &App, client: &Client) -> Result<(), Edge> {
        let email = client.email.as_ref().map(Email::folded);
        let phone = client.phone.as_ref().map(|phone| phone.e164().to_owned());
        app.limits.allow_address(Scope::Booking, self.0)?;
        [email, phone]
            .into_iter()
            .flatten()
            .try_for_each(|contact| {
                app.limits
                    .allow(Scope::Contact, app.key.fingerprint(&contact))
            })
    }
}
