//! The pages of the desk. Each loads its model, asks nothing of the clock itself, and renders.

use app::pages::staff as pages;
use app::view::{ClinicRef, WeekView};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{SignedIn, page};
use crate::desk;
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::state::App;

/// `GET /staff`
pub async fn today(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    let packs = app.packs.look(&app.context).await;
    let model = desk::today(&app.context, &packs, &who.standing).await?;
    Ok(page(pages::today(&who.frame(&app, &nonce), &model)))
}

/// What may stand in the address of the calendar. What is missing or makes no sense becomes the
/// first clinic, this week, what fits the screen.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Asked {
    clinic: String,
    week: String,
    view: String,
}

/// `GET /staff/calendar?clinic=&week=&view=`
pub async fn calendar(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let frame = who.frame(&app, &nonce);
    let clinics = frame.staff.iter().flat_map(|staff| &staff.clinics);
    let clinic = wanted(clinics, &asked.clinic)?;
    who.must(Action::SeeCalendar, &ClinicId(clinic.id.clone()))?;
    let date =
        time::parse_date(&asked.week).unwrap_or_else(|_| time::local_date(app.context.now()));
    let view = match asked.view.as_str() {
        "grid" => WeekView::Grid,
        "list" => WeekView::List,
        _ => WeekView::Fitting,
    };
    let model = desk::week(
        &app.context,
        &who.standing,
        clinic,
        time::monday(date),
        view,
    )
    .await?;
    Ok(page(pages::calendar(&frame, &model)))
}

/// The clinic asked for among those this person may open, or their first. A clinic of others and one
/// that does not exist are refused alike.
fn wanted<'a>(
    mut clinics: impl Iterator<Item = &'a ClinicRef>,
    asked: &str,
) -> Result<ClinicRef, Edge> {
    clinics
        .find(|clinic| asked.is_empty() || clinic.id == asked)
        .cloned()
        .ok_or_else(|| Code::Forbidden.into())
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
