//! What staff read: the sets, one set in words, its versions.

use app::pages::staff as pages;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;

use super::{nothing, seen};
use crate::http::error::Edge;
use crate::http::headers::Nonce;
use crate::http::staff::{SignedIn, page};
use crate::http::state::App;
use crate::questions;

/// `GET /staff/questions`
pub async fn sets(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    let model = questions::sets(&app.context, &who.standing).await?;
    Ok(page(pages::question_sets(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/questions/{set}`
pub async fn set(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
) -> Result<Response, Edge> {
    let set = seen(&who, &slug)?;
    let packs = app.packs.look(&app.context).await;
    let model = questions::set_page(&app.context, &packs, &who.standing, &set)
        .await?
        .ok_or_else(nothing)?;
    Ok(page(pages::question_set(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/questions/{set}/versions`
pub async fn versions(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(slug): Path<String>,
) -> Result<Response, Edge> {
    let set = seen(&who, &slug)?;
    let model = questions::versions_page(&app.context, &set)
        .await?
        .ok_or_else(nothing)?;
    Ok(page(pages::question_versions(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// `GET /staff/questions/{set}/versions/{number}`
pub async fn version(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, Edge> {
    let set = seen(&who, &slug)?;
    let may_edit = set.may_edit(&who.standing);
    let model = questions::version_page(&app.context, &set, number, may_edit)
        .await?
        .ok_or_else(nothing)?;
    Ok(page(pages::question_version(
        &who.frame(&app, &nonce),
        &model,
    )))
}
