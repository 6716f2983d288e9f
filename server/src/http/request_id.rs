//! A short id for every request: in the log, in the answer's `X-Request-Id`, and on the page of a
//! failure, where somebody may have to read it out on the telephone.
//!
//! Ids that come with a request are ignored: anybody could write anything into our log.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::auth::{Entropy, random};

/// The header of the answer.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Eight letters and digits in two groups, such as `K7QM-3D9T` (40 random bits).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Crockford's base 32, which has no I, L, O or U to mishear or misread.
    #[must_use]
    pub fn from_random(bytes: [u8; 5]) -> Self {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let number = bytes
            .iter()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let letter = |i: u32| {
            let index = usize::try_from(number >> (35 - 5 * i) & 31).unwrap_or_default();
            char::from(ALPHABET[index])
        };
        let (first, second): (String, String) =
            ((0..4).map(letter).collect(), (4..8).map(letter).collect());
        Self(format!("{first}-{second}"))
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The layer: a [`RequestId`] beside the request, and the header on the answer.
pub async fn set(State(entropy): State<Entropy>, mut request: Request, next: Next) -> Response {
    let id = RequestId::from_random(random(&entropy));
    let value = HeaderValue::from_str(&id.0);
    request.extensions_mut().insert(id);
    let mut response = next.run(request).await;
    if let Ok(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_read_out() {
        assert_eq!(RequestId::from_random([0; 5]).to_string(), "0000-0000");
        assert_eq!(RequestId::from_random([0xff; 5]).to_string(), "ZZZZ-ZZZZ");
        assert_eq!(
            RequestId::from_random([0, 0, 0, 0, 33]).to_string(),
            "0000-0011"
        );
        assert_eq!(
            RequestId::from_random([0x08, 0, 0, 0, 0]).to_string(),
            "1000-0000"
        );
    }
}
