//! Same origin on every unsafe method: a page elsewhere cannot make a browser write here.
//!
//! By `Sec-Fetch-Site` and `Origin` (tower-http's `csrf` layer), without a token in every form. Calls
//! with neither header, such as curl's, pass: no browser made them, so no cookie was lent to them.

use axum::response::{IntoResponse as _, Response};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

use super::error::{Code, Edge};

/// How a refusal is answered.
pub type Refuse = fn(ProtectionError) -> Response;

/// The layer. `public_origin` passes even where a proxy hides the `Host` people see.
pub fn layer(public_origin: &str) -> Result<CsrfLayer<Refuse>, ConfigError> {
    let refuse: Refuse = |_| Edge::from(Code::Forbidden).into_response();
    CsrfLayer::new()
        .with_rejection_response(refuse)
        .add_trusted_origin(public_origin)
}
