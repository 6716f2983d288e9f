//! `/find`: a client who has lost the link asks for it by reference and contact detail.
//!
//! Promises: the answer is the same, byte for byte, whether there is such an appointment or not, and whatever came of it;
//! the link goes only to the address on record. What was typed is in no address and no log.

use app::pages;
use app::view::{FieldError, Find};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::client_address::ClientAddress;
use super::error::Edge;
use super::form::Form;
use super::headers::{NoScript, Nonce};
use super::journey::wrong_field;
use super::limits::Scope;
use super::state::App;
use crate::booking::{Contact, send_link};
use crate::domain::booking::tidy_reference;
use crate::domain::client::{Email, Phone};

/// The routes of a lost link.
pub fn router() -> Router<App> {
    Router::new()
        .route("/find", get(ask).post(send))
        .route("/find/sent", get(sent))
}

/// `GET /find`
async fn ask(State(app): State<App>, Extension(nonce): Extension<Nonce>) -> Html<String> {
    Html(pages::find(&app.frame(&nonce), &Find::default()))
}

/// `GET /find/sent`: depends on nothing that was typed, not even on a nonce.
async fn sent(State(app): State<App>) -> Response {
    let model = Find {
        sent: true,
        ..Find::default()
    };
    let page = pages::find(&app.frame(&Nonce::default()), &model);
    (Extension(NoScript), Html(page)).into_response()
}

/// An address or a number, whichever it looks like.
fn contact(typed: &str) -> Result<Contact, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("required");
    }
    if typed.contains('@') {
        return Email::parse(typed)
            .map(|email| Contact::Email(email.folded()))
            .map_err(|_| "invalid");
    }
    Phone::parse(typed)
        .map(|phone| Contact::Phone(phone.e164().to_owned()))
        .map_err(|_| "invalid")
}

/// `POST /find`
async fn send(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Extension(address): Extension<ClientAddress>,
    form: Form,
) -> Result<Response, Edge> {
    let (typed, typed_contact) = (form.first("reference").trim(), form.first("contact"));
    let reference = tidy_reference(typed);
    let found = contact(typed_contact);
    let mut errors: Vec<FieldError> = Vec::new();
    if reference.is_empty() {
        errors.push(wrong_field("reference", "required"));
    }
    if let Err(code) = &found {
        errors.push(wrong_field("contact", code));
    }
    let (Ok(contact), true) = (found, errors.is_empty()) else {
        let model = Find {
            sent: false,
            reference: typed.to_owned(),
            contact: typed_contact.to_owned(),
            errors,
        };
        let page = pages::find(&app.frame(&nonce), &model);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    // Before anything is looked up: a limit must not tell what was found either.
    app.limits.allow_address(Scope::Booking, address)?;
    app.limits
        .allow(Scope::Contact, app.key.fingerprint(&reference))?;
    send_link(&app.context, &reference, &contact).await?;
    // Without a nonce this answer too is the same every time.
    Ok((Extension(NoScript), Redirect::to("/find/sent")).into_response())
}

#[cfg(test)]
mod tests;
