//! Reads the JSON and the query of an API call; every refusal is problem+json like any other error.
//!
//! Promises: no JSON at all is 400 `malformed`; JSON of another shape is 422 `invalid` with the place
//! as a pointer, and a missing field as `required`; another content type is 415; a query of another shape is 422 `invalid`.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::error::{Code, Edge, FieldProblem};
use super::form::body;

/// The body of an API call.
#[derive(Debug, Clone)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = Edge;

    async fn from_request(request: Request, state: &S) -> Result<Self, Edge> {
        if !is_json(request.headers()) {
            return Err(Code::UnsupportedMediaType.into());
        }
        let bytes = body(request, state).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let pointer = pointer(error.path());
            let cause = error.into_inner();
            match cause.classify() {
                serde_json::error::Category::Data => {
                    missing(&pointer, &cause).unwrap_or_else(|| shape(pointer, &cause))
                }
                _ => Code::Malformed.into(),
            }
        })?;
        reader.end().map_err(|_| Edge::from(Code::Malformed))?;
        Ok(Self(value))
    }
}

/// The query of an API call. Repeated names become lists.
#[derive(Debug, Clone)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = Edge;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Edge> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs =
            serde_html_form::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| shape(pointer(error.path()), error.inner()))
    }
}

/// A field that is not there has its own pointer and code; serde names it only in its words.
fn missing(pointer: &str, cause: &serde_json::Error) -> Option<Edge> {
    let words = cause.to_string();
    let (name, _) = words.strip_prefix("missing field `")?.split_once('`')?;
    Some(Edge::invalid(vec![FieldProblem::new(
        format!("{pointer}/{name}"),
        "required",
    )]))
}

fn shape(pointer: String, cause: &dyn std::fmt::Display) -> Edge {
    Edge::invalid(vec![FieldProblem {
        pointer,
        code: "wrong_type".into(),
        detail: in_json_terms(&cause.to_string()),
    }])
}

/// Serde's words without the names of our own types. They quote what was sent, to whoever sent it, and are not logged.
fn in_json_terms(words: &str) -> String {
    match words.split_once("expected struct ") {
        Some((found, _)) => format!("{found}expected an object"),
        None => words.to_owned(),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind: Option<mime::Mime> = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.parse().ok());
    kind.is_some_and(|kind| {
        kind.type_() == mime::APPLICATION
            && (kind.subtype() == mime::JSON || kind.suffix() == Some(mime::JSON))
    })
}

/// RFC 6901: `~` and `/` in a name are written `~0` and `~1`.
fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |pointer, segment| {
        pointer + "/" + &name(segment)
    })
}

fn name(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => "?".to_owned(),
    }
}
