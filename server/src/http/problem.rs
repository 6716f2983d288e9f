//! Gives every error its body: an HTML page, or RFC 9457 problem+json for the API and for scripts.
//!
//! Promises: no bare text reaches anybody, not even from a library's own refusals (404, 405, 408,
//! 413, 415). Does not know what a page looks like: [`ProblemPage`] does.

use std::sync::Arc;

use app::view;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Serialize;

use super::error::{Code, FieldProblem, Told};
use super::headers::Nonce;
use super::request_id::RequestId;

/// Who is signed in, put beside an answer of the staff's pages: a problem keeps their frame.
#[derive(Debug, Clone)]
pub struct Inside {
    /// Who, and where they may go.
    pub staff: view::StaffRef,
    /// Whether the database holds the sample set-up.
    pub sample: bool,
}

impl Inside {
    /// The frame of a staff page.
    #[must_use]
    pub fn frame(&self, outside: view::Frame) -> view::Frame {
        view::Frame {
            staff: Some(self.staff.clone()),
            sample: self.sample,
            ..outside
        }
    }
}

/// What a page of a problem can know about the request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path, without the query.
    pub path: String,
    /// The policy's nonce for the answer.
    pub nonce: Nonce,
    /// The request's headers, for language and cookies.
    pub headers: HeaderMap,
    /// On staff pages, who is signed in.
    pub inside: Option<Inside>,
}

/// Renders a problem as a whole HTML document. Must not fail and must not wait.
pub type ProblemPage = Arc<dyn Fn(&Asked, view::Problem) -> String + Send + Sync>;

/// RFC 9457 problem details.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `urn:clinics:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What went wrong, in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code to program against.
    pub code: String,
    /// With `invalid`: the fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// With `question_missing`: the question to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The request's id, to quote when asking for help.
    pub request_id: String,
}

/// The layer: replaces the body of every error.
pub async fn render(State(page): State<ProblemPage>, request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_default();
    let head = *request.method() == Method::HEAD;
    let mut asked = Asked {
        path: request.uri().path().to_owned(),
        nonce: request
            .extensions()
            .get::<Nonce>()
            .cloned()
            .unwrap_or_default(),
        headers: request.headers().clone(),
        inside: None,
    };
    let mut response = next.run(request).await;
    asked.inside = response.extensions_mut().remove();
    let Some(told) = response
        .extensions_mut()
        .remove::<Told>()
        .or_else(|| bare(&response))
    else {
        return response;
    };
    let (mut parts, _) = response.into_parts();
    let body = if wants_json(&asked) {
        json(told, &id)
    } else {
        html(told, &id, &asked, &page)
    };
    let (body_parts, body) = body.into_parts();
    parts.status = body_parts.status;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(body_parts.headers);
    Response::from_parts(parts, if head { Body::empty() } else { body })
}

/// A refusal that some library made: an error status with no body or a plain text.
fn bare(response: &Response) -> Option<Told> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !plain || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let code = match status {
        StatusCode::UNAUTHORIZED => Code::Unauthorised,
        StatusCode::FORBIDDEN => Code::Forbidden,
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::GONE => Code::LinkExpired,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::UNPROCESSABLE_ENTITY => Code::Invalid,
        StatusCode::TOO_MANY_REQUESTS => Code::RateLimited,
        StatusCode::SERVICE_UNAVAILABLE => Code::Unavailable,
        status if status.is_client_error() => Code::Malformed,
        _ => Code::Internal,
    };
    Some(Told {
        code,
        status,
        errors: Vec::new(),
        next: None,
        onward: String::new(),
    })
}

/// The API by its path; elsewhere only who asks for JSON and not for pages (our islands).
fn wants_json(asked: &Asked) -> bool {
    let accept = asked
        .headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    asked.path.starts_with("/api/")
        || accept.is_some_and(|accept| accept.contains("json") && !accept.contains("text/html"))
}

fn json(told: Told, id: &RequestId) -> Response {
    let problem = Problem {
        kind: format!("urn:clinics:problem:{}", told.code.as_str()),
        title: told.code.title().to_owned(),
        status: told.status.as_u16(),
        code: told.code.as_str().to_owned(),
        errors: told.errors,
        next: told.next,
        request_id: id.to_string(),
    };
    let kind = HeaderValue::from_static("application/problem+json");
    (told.status, [(header::CONTENT_TYPE, kind)], Json(problem)).into_response()
}

fn html(told: Told, id: &RequestId, asked: &Asked, page: &ProblemPage) -> Response {
    // The id helps whoever looks for our mistake; beside somebody's own slip it is noise.
    let request_id = if told.status.is_server_error() {
        id.to_string()
    } else {
        String::new()
    };
    let model = view::Problem {
        status: told.status.as_u16(),
        code: told.code.as_str().to_owned(),
        next: told.onward,
        request_id,
    };
    (told.status, Html(page(asked, model))).into_response()
}
