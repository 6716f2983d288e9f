//! `/staff/password/{token}`: setting a password by a one-time link. Opening the link does not use it
//! up, because programs that look at mail open links too.

use app::view::SetPassword;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::page;
use super::signed_in::{HOME, with_session};
use crate::auth::session::{self, NotSet};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// `GET /staff/password/{token}`
pub async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
) -> Result<Response, Edge> {
    show(&app, &nonce, token, "").await.map(page)
}

/// `POST /staff/password/{token}`: sets the password and signs in.
pub async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let password = form.first("password").to_owned();
    match session::accept(&app.context, &app.passwords, &token, password).await {
        Ok(session) => with_session(&app, Some(&session), HOME),
        Err(NotSet::Link) => Err(gone()),
        Err(NotSet::Failed(error)) => Err(error.into()),
        Err(NotSet::Weak(weak)) => {
            let html = show(&app, &nonce, token, weak.code()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response())
        }
    }
}

async fn show(app: &App, nonce: &Nonce, token: String, error: &str) -> Result<String, Edge> {
    let account = session::invited(&app.context, &token)
        .await?
        .ok_or_else(gone)?;
    let model = SetPassword {
        token,
        email: account.email,
        error: error.to_owned(),
    };
    Ok(app::pages::staff::set_password(&app.frame(nonce), &model))
}

fn gone() -> Edge {
    Edge::from(Code::LinkExpired).onward("/staff/sign-in")
}
