//! `Idempotency-Key`: the same key with the same body does the work once and answers the same; with another body it is
//! refused. Keys are kept as long as replies are (a day), as keyed digests, and each call has keys of its own.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use serde::Serialize;

use crate::booking::Replay;
use crate::http::error::{Code, Edge};
use crate::http::state::App;

/// Most characters of a key.
const KEY_MAX: usize = 255;

/// The key that came with a call: 1 to 255 visible ASCII characters.
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// What makes this call happen once. `body` is what was understood of the body, so that spaces and the order of
    /// names don't matter.
    pub fn replay<T: Serialize>(&self, app: &App, call: &str, body: &T) -> Result<Replay, Edge> {
        let body = serde_json::to_vec(body).map_err(Edge::internal)?;
        Ok(Replay {
            key: app.key.authenticate(&[
                b"clinics/replay/key/v1",
                call.as_bytes(),
                self.0.as_bytes(),
            ]),
            body: app.key.authenticate(&[b"clinics/replay/body/v1", &body]),
        })
    }
}

fn read(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Edge> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(text) if visible && (1..=KEY_MAX).contains(&text.len()) => {
            Ok(Some(IdempotencyKey(text.to_owned())))
        }
        _ => Err(Code::IdempotencyKeyMissing.into()),
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Edge;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Edge> {
        read(&parts.headers)?.ok_or_else(|| Code::IdempotencyKeyMissing.into())
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = Edge;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Edge> {
        read(&parts.headers)
    }
}
