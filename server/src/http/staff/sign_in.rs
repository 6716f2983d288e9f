//! `/staff/sign-in` and `/staff/sign-out`.

use app::view::SignIn;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::page;
use super::signed_in::{device, let_in, safe_next, token, with_next, with_session};
use crate::auth::session::{self, Attempt, SignedIn};
use crate::http::client_address::ClientAddress;
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::limits::Scope;
use crate::http::phone_call;
use crate::http::state::App;

/// What may stand in the address.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /staff/sign-in`
pub async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Query(asked): Query<Asked>,
) -> Response {
    let model = SignIn {
        next: safe_next(&asked.next).to_owned(),
        ..SignIn::default()
    };
    page(app::pages::staff::sign_in(&app.frame(&nonce), &model))
}

/// `POST /staff/sign-in`: a new session, or the page again with the same words whatever was wrong.
pub async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let email = form.first("email").trim();
    let next = safe_next(form.first("next"));
    app.limits.allow_address(Scope::SignIn, client)?;
    let (before, device) = (token(&app, &headers), device(&app, &headers));
    let attempt = Attempt {
        email,
        password: form.first("password").to_owned(),
        network: &client.network(),
        device: device.as_deref(),
        before: before.as_deref(),
    };
    match session::sign_in(&app.context, &app.passwords, attempt).await? {
        SignedIn::Whole { session, device } => return let_in(&app, &session, &device, next),
        SignedIn::Half(session) => {
            return with_session(&app, Some(&session), &with_next("/staff/second-step", next));
        }
        SignedIn::Wait(wait) => return Err(Edge::wait(wait)),
        SignedIn::Wrong => {}
    }
    let model = SignIn {
        email: email.to_owned(),
        error: true,
        next: next.to_owned(),
    };
    let html = app::pages::staff::sign_in(&app.frame(&nonce), &model);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response())
}

/// `POST /staff/sign-out`: ends the session, whether or not it still stands.
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response, Edge> {
    // Nobody who sits down here next finds what a caller said.
    let forget_call = phone_call::end(&app, &headers).await?;
    if let Some(session) = token(&app, &headers) {
        session::sign_out(&app.context, &session).await?;
    }
    let mut response = with_session(&app, None, "/staff/sign-in")?;
    response.headers_mut().append(SET_COOKIE, forget_call);
    Ok(response)
}
