//! `/staff/settings/retention`: how long records are kept. For whoever runs the installation alone.

use app::pages::staff as pages;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::{SignedIn, go_to, page};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::retention::{self, Outcome};
use crate::setup::Values;

/// The routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/settings/retention", get(all))
        .route("/staff/settings/retention/{clinic}", get(one).post(submit))
}

fn runs(who: &SignedIn) -> Result<(), Edge> {
    if who.standing.runs_installation() {
        Ok(())
    } else {
        Err(Code::Forbidden.into())
    }
}

/// `GET /staff/settings/retention`
async fn all(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    runs(&who)?;
    let model = retention::page(&app.context).await?;
    Ok(page(pages::retention(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/settings/retention/{clinic}`
async fn one(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
) -> Result<Response, Edge> {
    runs(&who)?;
    let model = retention::edit(&app.context, &clinic).await?;
    Ok(page(pages::change_form(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/settings/retention/{clinic}`: what it would erase, or (`do=save`) the saving.
async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    runs(&who)?;
    let values = Values::new(form.pairs().to_vec());
    let outcome = retention::submit(&app.context, &who.standing, &clinic, &values).await?;
    let frame = who.frame(&app, &nonce);
    let with = |status: StatusCode, html: String| (status, page(html)).into_response();
    Ok(match outcome {
        Outcome::Form(model) => page(pages::change_form(&frame, &model)),
        Outcome::Again(model) => with(
            StatusCode::UNPROCESSABLE_ENTITY,
            pages::change_form(&frame, &model),
        ),
        Outcome::Stale(model) => with(StatusCode::CONFLICT, pages::change_form(&frame, &model)),
        Outcome::Look(model) => page(pages::retention_look(&frame, &model)),
        Outcome::Saved => go_to("/staff/settings/retention"),
    })
}
