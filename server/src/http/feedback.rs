//! `/feedback/{token}`: how an appointment was.
//!
//! Promises: the answer is kept apart from everything: with the clinic and the month, and no finer. The link answers once;
//! that it was used is kept, what was said by it is not. Opening it changes nothing and opens no appointment.

use app::pages;
use app::view::Feedback;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::error::{Code, Edge};
use super::form::Form;
use super::headers::Nonce;
use super::journey::{wrong_field, wrong_fields};
use super::state::App;
use crate::auth::link::{LinkKind, verify_link};
use crate::domain::client::Wrong;
use crate::domain::time;
use crate::store::AppointmentRow;

/// A link works until so long after the appointment.
const WORKS_FOR: TimeDelta = TimeDelta::days(60);

/// What is noted once the link was used.
const ANSWERED: &str = "feedback_answer";

/// The routes of the question.
pub fn router() -> Router<App> {
    Router::new().route("/feedback/{token}", get(ask).post(answer))
}

async fn open(app: &App, token: &str) -> Result<AppointmentRow, Edge> {
    let (id, version) =
        verify_link(&app.key, LinkKind::Feedback, token).map_err(|_| Code::NotFound)?;
    let row = app.context.store.read().await?.appointment(id).await?;
    let row = row.ok_or(Code::NotFound)?;
    let over = DateTime::from_timestamp(row.ends_at, 0)
        .is_none_or(|end| end + WORKS_FOR < app.context.now());
    if over || row.state != "attended" || i64::from(version) != row.link_version {
        return Err(Code::LinkExpired.into());
    }
    Ok(row)
}

/// `GET /feedback/{token}`
async fn ask(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let mut tx = app.context.store.read().await?;
    let model = Feedback {
        token,
        thanks: tx.was_told(row.id, ANSWERED).await?,
        ..Feedback::default()
    };
    Ok(Html(pages::feedback(&app.frame(&nonce), &model)).into_response())
}

/// `POST /feedback/{token}`: a second answer is not kept and is thanked for all the same.
async fn answer(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let rating = form.first("rating");
    let words = tidy(form.first("words"));
    let mut errors = Vec::new();
    if !pages::RATINGS.contains(&rating) {
        errors.push(wrong_field("rating", "required"));
    }
    if words.chars().count() > pages::MOST_WORDS {
        let too_long = Wrong::TooLong(pages::MOST_WORDS);
        errors.extend(wrong_fields(&[("words", too_long)]));
    }
    let back = format!("/feedback/{token}");
    if errors.is_empty() {
        keep(&app, &row, rating, &words).await?;
        return Ok(Redirect::to(&back).into_response());
    }
    let model = Feedback {
        token,
        thanks: false,
        rating: rating.to_owned(),
        words,
        errors,
    };
    let page = pages::feedback(&app.frame(&nonce), &model);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Without characters that cannot be seen.
fn tidy(words: &str) -> String {
    let seen = |c: &char| !c.is_control() || *c == '\n';
    let words: String = words.chars().filter(seen).collect();
    words.trim().to_owned()
}

async fn keep(app: &App, row: &AppointmentRow, rating: &str, words: &str) -> Result<(), Edge> {
    let context = &app.context;
    let mut tx = context.store.write().await?;
    let month = time::local_date(context.now()).format("%Y-%m").to_string();
    // The note that the link was used has no time either: it would date the answer.
    if tx.tell_once(row.id, ANSWERED, (0, 0), 0).await? {
        // Of chance alone: an id with a time in it would say when this person answered.
        let id = Uuid::from_bytes(context.bytes());
        tx.put_feedback(id, &row.clinic_id, &month, rating, words)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
