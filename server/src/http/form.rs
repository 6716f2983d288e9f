//! Reads an HTML form: every pair that was sent, repeated names included, in order.
//!
//! Promises: no field is dropped, since half a form would say something else than was sent; the body's limit bounds how many
//! there are. Text that is not UTF-8 or names nobody asked for are no error; what is refused (too
//! large, not a form) is an [`Edge`] and so a page. Does not judge the values.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;

use super::error::{Code, Edge};

/// A form as sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded` text. Line ends become `\n`, as the person sees them.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let tidy = |value: &str| {
            let mut value = value.replace("\r\n", "\n").replace('\r', "\n");
            // What cannot be seen says nothing, and some of it no database keeps.
            value.retain(|letter| !letter.is_control() || letter == '\n' || letter == '\t');
            value
        };
        let pairs = url::form_urlencoded::parse(bytes)
            .map(|(name, value)| (name.into_owned(), tidy(&value)));
        Self(pairs.collect())
    }

    /// The first value of `name`; empty if it was not sent.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of `name`, in order.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every pair, in order.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether `name` was sent at all: a ticked box.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Edge;

    async fn from_request(request: Request, state: &S) -> Result<Self, Edge> {
        // A button alone may be sent without a type.
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .map(|kind| kind.as_bytes().to_ascii_lowercase());
        if kind.is_some_and(|kind| !kind.starts_with(b"application/x-www-form-urlencoded")) {
            return Err(Code::UnsupportedMediaType.into());
        }
        Ok(Self::parse(&body(request, state).await?))
    }
}

/// The whole body, or why it could not be had.
pub(super) async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Edge> {
    Bytes::from_request(request, state)
        .await
        .map_err(|refused| {
            let status = refused.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Code::TooLarge
            } else {
                Code::Malformed
            }
            .into()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn repeated_names_and_ticked_boxes_are_kept_in_order() {
        let form = Form::parse(
            b"access=quiet&access=hearing&name=Sam+S%C3%A5mple&by_email=&long=a%0D%0Ab",
        );
        assert_eq!(form.all("access").collect::<Vec<_>>(), ["quiet", "hearing"]);
        assert_eq!(
            (form.first("name"), form.first("nothing")),
            ("Sam Såmple", "")
        );
        assert!(form.has("by_email") && !form.has("by_phone"));
        assert_eq!(form.first("long"), "a\nb");
        assert_eq!(Form::parse(b"a=x%00%07y%09z").first("a"), "xy\tz");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let form = Form::parse(&bytes);
            prop_assert!(!form.first("name").contains('\r'));
        }
    }

    #[test]
    fn no_field_is_dropped_however_many_there_are() {
        let form = Form::parse("a=1&".repeat(16_000).as_bytes());
        assert_eq!(form.all("a").count(), 16_000);
    }
}
