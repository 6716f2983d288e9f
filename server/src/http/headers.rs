//! The headers of every answer: a strict Content-Security-Policy with a nonce, no sniffing, no
//! referrer to elsewhere, no features, and what may be stored.
//!
//! Promises: pages of a journey, of a link and of staff are never stored (shared devices); an answer
//! to a write is never stored. Sets nothing that only one page needs.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::auth::{Entropy, random};

/// The policy's nonce for one answer: pages write it on their script element. Base64, 128 bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// As it stands in `nonce="…"`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Put beside an answer (`Extension(NoStore)`) whose path does not show that it is private.
#[derive(Debug, Clone, Copy)]
pub struct NoStore;

/// Put beside an answer (`Extension(NoScript)`) that has no script at all: its policy allows none and names no nonce, so
/// that nothing in it differs from one answer to the next.
#[derive(Debug, Clone, Copy)]
pub struct NoScript;

/// Put beside an answer (`Extension(AsMail)`) that is a mail as it is sent: its style stands in it, and nothing else in it
/// may do anything, not even follow a link in this window.
#[derive(Debug, Clone, Copy)]
pub struct AsMail;

const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'none'; sandbox";

/// What the layer needs.
#[derive(Clone)]
pub struct Headers {
    /// For the nonce.
    pub entropy: Entropy,
    /// Whether people come by https.
    pub https: bool,
}

/// Headers that are the same on every answer.
const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Links hold tokens: nobody else may learn our addresses.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), \
         accelerometer=(), gyroscope=(), magnetometer=(), midi=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// The layer.
pub async fn set(State(policy): State<Headers>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce(STANDARD_NO_PAD.encode(random::<16>(&policy.entropy)));
    request.extensions_mut().insert(nonce.clone());
    let private = is_private(request.uri().path());
    let write = !matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    let failed = !response.status().is_success();
    let marked = response.extensions().get::<NoStore>().is_some();
    let scripted = response.extensions().get::<NoScript>().is_none();
    let as_mail = response.extensions().get::<AsMail>().is_some();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let content = if as_mail {
        MAIL_POLICY.to_owned()
    } else {
        content_policy(scripted.then_some(&nonce))
    };
    if let Ok(value) = HeaderValue::from_str(&content) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    if policy.https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    let sets_cookie = headers.contains_key(header::SET_COOKIE);
    set_caching(
        headers,
        private,
        private || write || failed || marked || sets_cookie,
    );
    response
}

fn content_policy(nonce: Option<&Nonce>) -> String {
    // 'wasm-unsafe-eval': no island starts without it. No style, font or frame from anywhere else.
    let script = nonce.map_or_else(String::new, |nonce| {
        let nonce = nonce.as_str();
        format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; ")
    });
    format!(
        "default-src 'none'; {script}style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

fn set_caching(headers: &mut HeaderMap, private: bool, no_store: bool) {
    if private {
        let robots = HeaderName::from_static("x-robots-tag");
        headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    }
    if no_store {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else {
        // Even the home page says whether there are answers to clear: no shared cache may keep it.
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-cache"));
    }
}

/// Journeys (everything below a clinic's page), links, staff, and the API but for its public lists.
fn is_private(path: &str) -> bool {
    let below = |root: &str| {
        path == root
            || path
                .strip_prefix(root)
                .is_some_and(|rest| rest.starts_with('/'))
    };
    let api = [
        "/api/v1/appointments",
        "/api/v1/waiting",
        "/api/v1/requests",
        "/api/v1/call-backs",
        "/api/v1/holds",
    ];
    let pages = [
        "/appointments",
        "/requests",
        "/waiting",
        "/find",
        "/staff",
        "/feeds",
    ];
    let journey = path
        .strip_prefix("/clinics/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(_, step)| !step.is_empty());
    journey || pages.into_iter().chain(api).any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journeys_links_and_staff_pages_are_private_and_public_pages_are_not() {
        for path in [
            "/clinics/law/questions/A1",
            "/clinics/law/check",
            "/appointments/abc.1.def",
            "/waiting/abc",
            "/staff",
            "/staff/sign-in",
            "/find",
            "/feeds/abc.ics",
            "/api/v1/appointments/abc.1.def",
        ] {
            assert!(is_private(path), "{path}");
        }
        for path in [
            "/",
            "/clinics/law",
            "/clinics/law/",
            "/privacy",
            "/staffing",
            "/pkg/main.css",
            "/api/v1/clinics",
        ] {
            assert!(!is_private(path), "{path}");
        }
    }
}
