//! The draft: what it would change, publishing it, ending it, beginning one from another version.

use app::pages::staff as pages;
use app::text::{t, t_with};
use app::view::FieldError;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{base, editable, nothing, seen};
use crate::http::error::Edge;
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::staff::{SignedIn, go_to, page};
use crate::http::state::App;
use crate::questions::{self, NotPublished, Set};

/// `GET /staff/questions/{set}/draft`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
) -> Result<Response, Edge> {
    let set = seen(&who, &slug)?;
    let Some(mut model) = questions::draft_page(&app.context, &set).await? else {
        return Ok(go_to(&set.path("")));
    };
    model.may_edit = set.may_edit(&who.standing);
    model.may_soften = set.may_soften(&who.standing);
    Ok(page(pages::question_draft(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// `POST /staff/questions/{set}/publish`
pub async fn publish(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    let (note, read) = (form.first("note"), form.has("read"));
    let published = questions::publish(
        &app.context,
        &app.packs,
        &set,
        who.staff.id,
        base(&form),
        (note, read),
    )
    .await;
    let error = match published {
        Ok(_) => return Ok(go_to(&set.path("versions"))),
        Err(NotPublished::Store(error)) => return Err(error.into()),
        Err(NotPublished::Note) => error("note", t("questions-note-missing")),
        Err(NotPublished::NotRead) => error("read", t("questions-read-missing")),
        Err(NotPublished::Conflict) => {
            let error = error("note", t("questions-moved"));
            let status = StatusCode::CONFLICT;
            return again(&app, &nonce, &who, &set, (note, read), (status, error)).await;
        }
        Err(NotPublished::Softer(_)) => error("softer", t("questions-softer-supervisor")),
        Err(NotPublished::Broken(found)) => {
            let places = [("count", found.len().into())];
            error("findings", t_with("questions-broken", &places))
        }
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    again(&app, &nonce, &who, &set, (note, read), (status, error)).await
}

fn error(field: &str, text: String) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text,
    }
}

/// The draft's page again, as it is now, with what was typed. Without a draft there is nothing left to publish.
async fn again(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    set: &Set,
    (note, read): (&str, bool),
    (status, error): (StatusCode, FieldError),
) -> Result<Response, Edge> {
    let Some(mut model) = questions::draft_page(&app.context, set).await? else {
        return Ok(go_to(&set.path("versions")));
    };
    model.may_edit = true;
    model.may_soften = set.may_soften(&who.standing);
    note.clone_into(&mut model.note);
    // Somebody who read another draft has not read this one.
    model.ticked = read && error.field != "note";
    model.errors = vec![error];
    let html = pages::question_draft(&who.frame(app, nonce), &model);
    Ok((status, page(html)).into_response())
}

/// `POST /staff/questions/{set}/discard`: to the set's page, whether or not somebody else was quicker; it says what is
/// there now.
pub async fn discard(
    State(app): State<App>,
    who: SignedIn,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    questions::discard(&app.context, &set, who.staff.id, base(&form)).await?;
    Ok(go_to(&set.path("")))
}

/// `POST /staff/questions/{set}/versions/{number}/take`
pub async fn take(
    State(app): State<App>,
    who: SignedIn,
    Path((slug, number)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, Edge> {
    let set = editable(&who, &slug)?;
    let taken = questions::take(&app.context, &set, who.staff.id, base(&form), number).await?;
    if taken {
        Ok(go_to(&set.path("draft")))
    } else if questions::open(&app.context, &set).await?.is_some() {
        Ok(go_to(&set.path(&format!("versions/{number}"))))
    } else {
        Err(nothing())
    }
}
