//! The pages of the desk. Each loads its model, asks nothing of the clock itself, and renders.

use app::pages::staff as pages;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;

use super::{SignedIn, page};
use crate::desk;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::state::App;

/// `GET /staff`
pub async fn today(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    let frame = who.live_frame(&app, &nonce).await;
    let packs = app.packs.look(&app.context).await;
    let model = desk::today(&app.context, &packs, &who.standing).await?;
    Ok(page(pages::today(&frame, &model)))
}

/// `GET /staff/appointments/{reference}`: what is not there and what may not be seen answer alike.
pub async fn appointment(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let model = desk::appointment(&app.context, &app.packs, &who.standing, &reference)
        .await?
        .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff"))?;
    Ok(page(pages::appointment(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/…` where there is no page: said in the staff's frame.
pub async fn nothing_here(_who: SignedIn) -> Edge {
    Edge::from(Code::NotFound).onward("/staff")
}
