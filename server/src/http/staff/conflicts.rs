//! The conflict checks: the list, one check, and the decision. What is not there and what may not be opened answer alike.

use app::pages::staff as pages;
use app::text::t;
use app::view::{ConflictPage, FieldError};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{SignedIn, go_to, page};
use crate::booking::BookingError;
use crate::booking::conflict::{self, Decision};
use crate::desk;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// `GET /staff/conflicts`
pub async fn list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    let frame = who.live_frame(&app, &nonce).await;
    if !who.sees_conflicts() {
        return Err(Code::Forbidden.into());
    }
    let model = desk::conflicts(&app.context, &who.standing).await?;
    Ok(page(pages::conflicts(&frame, &model)))
}

/// `GET /staff/conflicts/{reference}`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let model = open(&app, &who, &reference).await?;
    Ok(page(pages::conflict(&who.frame(&app, &nonce), &model)))
}

async fn open(app: &App, who: &SignedIn, reference: &str) -> Result<ConflictPage, Edge> {
    desk::conflict(&app.context, &who.standing, reference)
        .await?
        .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff/conflicts"))
}

/// `POST /staff/conflicts/{reference}`: clears, refuses, or leaves it to the clinic's lead.
pub async fn decide(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let model = open(&app, &who, &reference).await?;
    let reason = form.first("reason").trim();
    let wrong = wrong(&form, reason);
    let outcome = match wrong {
        Some(error) => Err(No::Wrong(error)),
        None => act(&app, &who, &model.case.reference, &form, reason).await?,
    };
    let (status, errors, model) = match outcome {
        Ok(()) => return Ok(go_to("/staff/conflicts")),
        Err(No::Wrong(error)) => (StatusCode::UNPROCESSABLE_ENTITY, vec![error], model),
        // The names that are like these are others by now: the page shows them, and the reason is still in the form.
        Err(No::OtherMatches) => (
            StatusCode::CONFLICT,
            vec![error("conflict-other-matches")],
            model,
        ),
        Err(No::Decided) => {
            let now = open(&app, &who, &model.case.reference).await?;
            let overtaken = ConflictPage {
                overtaken: true,
                ..now
            };
            (StatusCode::CONFLICT, Vec::new(), overtaken)
        }
    };
    let again = ConflictPage {
        reason: reason.to_owned(),
        errors,
        ..model
    };
    let html = pages::conflict(&who.frame(&app, &nonce), &again);
    Ok((status, page(html)).into_response())
}

/// Why a decision was not taken.
enum No {
    Wrong(FieldError),
    OtherMatches,
    Decided,
}

fn wrong(form: &Form, reason: &str) -> Option<FieldError> {
    let key = if !matches!(form.first("do"), "clear" | "refuse" | "lead") {
        "conflict-choose"
    } else if reason.is_empty() {
        "conflict-reason-missing"
    } else if reason.chars().count() > LONGEST_REASON {
        "conflict-reason-too-long"
    } else {
        return None;
    };
    Some(error(key))
}

fn error(key: &str) -> FieldError {
    FieldError {
        field: "reason".into(),
        text: t(key),
    }
}

async fn act(
    app: &App,
    who: &SignedIn,
    reference: &str,
    form: &Form,
    reason: &str,
) -> Result<Result<(), No>, Edge> {
    let (context, standing, read) = (&app.context, &who.standing, form.first("seen"));
    let decision = match form.first("do") {
        "clear" => Some(Decision::Clear),
        "refuse" => Some(Decision::Refuse),
        _ => None,
    };
    let done = match decision {
        Some(decision) => {
            conflict::decide(context, standing, reference, decision, reason, read).await
        }
        None => conflict::give_to_lead(context, standing, reference, reason).await,
    };
    match done {
        Ok(()) => Ok(Ok(())),
        Err(BookingError::OtherMatches) => Ok(Err(No::OtherMatches)),
        Err(BookingError::Decided) => Ok(Err(No::Decided)),
        Err(other) => Err(other.into()),
    }
}
