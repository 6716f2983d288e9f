//! The forms: a question or a signpost, the settings, the whole text. A form that is taken leads to the draft, where the
//! checker speaks.

use app::pages::staff as pages;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{base, editable, nothing};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::staff::{SignedIn, go_to, page};
use crate::http::state::App;
use crate::questions::{self, Set, Submitted, Target};

/// What an id in an address means: signposts have a set of their own.
fn target(set: &Set, id: String) -> Target {
    match set {
        Set::Signposts => Target::Signpost(id),
        Set::Shared | Set::Clinic(_) => Target::Question(id),
    }
}

/// `GET /staff/questions/{set}/edit/{id}`
pub async fn part(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    show(&app, &nonce, &who, &set, &target(&set, id)).await
}

/// `POST /staff/questions/{set}/edit/{id}`
pub async fn submit_part(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((slug, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    let target = target(&set, id);
    submit(&app, &nonce, &who, (&set, &target), &form).await
}

/// `GET /staff/questions/{set}/settings`
pub async fn settings(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    show(&app, &nonce, &who, &set, &Target::Settings).await
}

/// `POST /staff/questions/{set}/settings`
pub async fn submit_settings(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    submit(&app, &nonce, &who, (&set, &Target::Settings), &form).await
}

/// `GET /staff/questions/{set}/file`
pub async fn file(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    show(&app, &nonce, &who, &set, &Target::File).await
}

/// `POST /staff/questions/{set}/file`
pub async fn submit_file(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    submit(&app, &nonce, &who, (&set, &Target::File), &form).await
}

async fn show(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    set: &Set,
    target: &Target,
) -> Result<Response, Edge> {
    let packs = app.packs.look(&app.context).await;
    let model = questions::edit_page(&app.context, &packs, set, target)
        .await?
        .ok_or_else(nothing)?;
    Ok(page(pages::question_edit(&who.frame(app, nonce), &model)))
}

async fn submit(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    what: (&Set, &Target),
    form: &Form,
) -> Result<Response, Edge> {
    let packs = app.packs.look(&app.context).await;
    let submitted =
        questions::submit(&app.context, &packs, what, who.staff.id, base(form), form).await?;
    match submitted {
        Submitted::Saved => Ok(go_to(&what.0.path("draft"))),
        Submitted::NotThere => Err(nothing()),
        Submitted::Again(model) => {
            let html = pages::question_edit(&who.frame(app, nonce), &model);
            // Somebody else was quicker: their change stands, and what was typed is still in the form.
            let status = if model.conflict.is_some() {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            Ok((status, page(html)).into_response())
        }
    }
}
