//! The one error of the edge. Use cases and stores have their own enums; a handler turns them into an
//! [`Edge`], and [`super::problem`] turns that into a page or into problem+json.
//!
//! Promises: what went wrong inside is logged and never shown; what is shown has a stable code.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:ident, $title:literal;)+) => {
        /// What went wrong, as programs and the catalogue know it. A code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable text.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The status it is answered with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// For the authors of programs; what people read on pages is in the catalogue.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    /// Somebody else has the time.
    SlotTaken = "slot_taken", CONFLICT, "The time has been taken";
    /// The hold ended before it was used.
    HoldExpired = "hold_expired", CONFLICT, "The time is no longer held";
    /// The start is in the past or within the service's notice.
    TooSoon = "too_soon", UNPROCESSABLE_ENTITY, "The time is too soon or has passed";
    /// The start is past the service's horizon.
    TooFar = "too_far", UNPROCESSABLE_ENTITY, "The time is too far ahead";
    /// The start is too late for the client's deadline or the end of term.
    TooLate = "too_late", UNPROCESSABLE_ENTITY, "The time is too late to help";
    /// The clinic is closed on that day.
    Closed = "closed", UNPROCESSABLE_ENTITY, "The clinic is closed at that time";
    /// The start is not one that the clinic offers.
    OutsideHours = "outside_hours", UNPROCESSABLE_ENTITY, "The clinic does not offer that time";
    /// The service does not meet in that way.
    ModeNotOffered = "mode_not_offered", UNPROCESSABLE_ENTITY, "The service does not meet in that way";
    /// Some fields are wrong; `errors` says which.
    Invalid = "invalid", UNPROCESSABLE_ENTITY, "Some of what was sent is not right";
    /// A question is not answered; `next` says which.
    QuestionMissing = "question_missing", UNPROCESSABLE_ENTITY, "A question has not been answered";
    /// The triage token is too old, or is not one of ours.
    TriageExpired = "triage_expired", UNPROCESSABLE_ENTITY, "The triage token has expired";
    /// The triage does not lead to a booking of this service.
    NotBookable = "not_bookable", UNPROCESSABLE_ENTITY, "This cannot be booked with these answers";
    /// The change does not fit the state the appointment is in.
    NotPossible = "not_possible", CONFLICT, "This cannot be done any more";
    /// There is no such thing, or it may not be seen.
    NotFound = "not_found", NOT_FOUND, "There is nothing here";
    /// The link was ours and has been revoked or is too old.
    LinkExpired = "link_expired", GONE, "The link no longer works";
    /// Too many requests.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests";
    /// Something we need does not answer; trying again may help.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "The service is not available at the moment";
    /// The same idempotency key came with another request.
    IdempotencyMismatch = "idempotency_mismatch", UNPROCESSABLE_ENTITY, "The idempotency key was used for another request";
    /// The call needs an idempotency key.
    IdempotencyKeyMissing = "idempotency_key_missing", BAD_REQUEST, "An Idempotency-Key header of 1 to 255 visible characters is needed";
    /// The request cannot be read at all.
    Malformed = "malformed", BAD_REQUEST, "The request cannot be read";
    /// The address does not take this method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "This address does not take that method";
    /// The body is not of a kind we read.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The body is not of a kind that can be read here";
    /// The body is too large.
    TooLarge = "too_large", PAYLOAD_TOO_LARGE, "The request is too large";
    /// Nobody is signed in.
    Unauthorised = "unauthorised", UNAUTHORIZED, "Sign in first";
    /// Whoever asks may not do this.
    Forbidden = "forbidden", FORBIDDEN, "This is not allowed";
    /// Our fault.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something went wrong";
}

/// One field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Where, as a JSON pointer (RFC 6901) such as `/client/email`.
    pub pointer: String,
    /// A stable code, such as `required`.
    pub code: String,
    /// The same in words, for the authors of programs.
    pub detail: String,
}

impl FieldProblem {
    /// A problem with words made from its code.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: impl Into<String>) -> Self {
        let code = code.into();
        Self {
            pointer: pointer.into(),
            detail: code.replace('_', " "),
            code,
        }
    }
}

/// What is told about an error: everything in it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What went wrong.
    pub code: Code,
    /// The status; the code's own, unless a layer that we do not own chose another.
    pub status: StatusCode,
    /// The fields that are wrong.
    pub errors: Vec<FieldProblem>,
    /// The question to ask.
    pub next: Option<String>,
    /// Where a person goes on from here; empty for the home page.
    pub onward: String,
}

/// An error of the edge. Build it from a [`Code`] and add what belongs to it.
#[derive(Debug, thiserror::Error)]
#[error("{}", told.code.as_str())]
pub struct Edge {
    told: Box<Told>,
    retry_after: Option<Duration>,
    cause: Option<anyhow::Error>,
}

impl From<Code> for Edge {
    fn from(code: Code) -> Self {
        let told = Told {
            code,
            status: code.status(),
            errors: Vec::new(),
            next: None,
            onward: String::new(),
        };
        Self {
            told: Box::new(told),
            retry_after: None,
            cause: None,
        }
    }
}

impl Edge {
    /// Some fields are wrong.
    #[must_use]
    pub fn invalid(errors: Vec<FieldProblem>) -> Self {
        let mut edge = Self::from(Code::Invalid);
        edge.told.errors = errors;
        edge
    }

    /// The question `next` is not answered.
    #[must_use]
    pub fn question_missing(next: impl Into<String>) -> Self {
        let mut edge = Self::from(Code::QuestionMissing);
        edge.told.next = Some(next.into());
        edge
    }

    /// Too many requests; the next may come after `wait`.
    #[must_use]
    pub fn rate_limited(wait: Duration) -> Self {
        Self {
            retry_after: Some(wait),
            ..Code::RateLimited.into()
        }
    }

    /// The same for a wait by the clock; at least a second.
    #[must_use]
    pub fn wait(wait: chrono::TimeDelta) -> Self {
        let wait = wait.to_std().unwrap_or_default();
        Self::rate_limited(wait.max(Duration::from_secs(1)))
    }

    /// Something we need does not answer. The cause is logged, never shown; it must hold no
    /// personal data.
    #[must_use]
    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        Self {
            retry_after: Some(Duration::from_secs(5)),
            cause: Some(cause.into()),
            ..Code::Unavailable.into()
        }
    }

    /// Our fault. The cause is logged, never shown; it must hold no personal data.
    #[must_use]
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Code::Internal.into()
        }
    }

    /// Sends the person on to `path` from the page.
    #[must_use]
    pub fn onward(mut self, path: impl Into<String>) -> Self {
        self.told.onward = path.into();
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn code(&self) -> Code {
        self.told.code
    }

    /// What is told.
    #[must_use]
    pub fn told(&self) -> &Told {
        &self.told
    }
}

impl From<anyhow::Error> for Edge {
    fn from(cause: anyhow::Error) -> Self {
        Self::internal(cause)
    }
}

impl IntoResponse for Edge {
    /// Status and headers, with [`Told`] beside them for the layer that writes the body.
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::error!(code = self.told.code.as_str(), cause = %format!("{cause:#}"), "request failed");
        }
        let mut response = self.told.status.into_response();
        if let Some(wait) = self.retry_after {
            // Whole seconds, rounded up: an early retry would be refused again.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response.extensions_mut().insert(*self.told);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_of_its_own_for_a_page() {
        let other = app::pages::words::problem("never_heard_of");
        for code in Code::ALL {
            let said = app::pages::words::problem(code.as_str());
            assert!(said != other || *code == Code::Internal, "{code:?}");
        }
    }

    #[test]
    fn every_code_is_unique_and_an_error() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(
                code.status().is_client_error() || code.status().is_server_error(),
                "{code:?}"
            );
        }
    }

    #[test]
    fn the_cause_is_never_part_of_what_is_told() {
        let edge = Edge::internal(anyhow::anyhow!("relation appointments is broken"));
        assert!(!format!("{edge} {:?}", edge.told()).contains("relation"));
    }

    #[test]
    fn a_wait_is_rounded_up_to_whole_seconds() {
        let after = |millis| {
            let response = Edge::rate_limited(Duration::from_millis(millis)).into_response();
            response.headers()[header::RETRY_AFTER]
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            (after(1), after(1000), after(1001)),
            ("1".into(), "1".into(), "2".into())
        );
    }
}
