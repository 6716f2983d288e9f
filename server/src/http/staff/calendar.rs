//! The calendar of the desk, its list on paper, and whether it has something new to show.

use app::pages::staff as pages;
use app::view::{Shown, Span, Spot};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;

use super::{SignedIn, page};
use crate::desk;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::state::App;

/// The routes of the calendar.
pub fn router() -> axum::Router<App> {
    axum::Router::new()
        .route("/staff/calendar", get(calendar))
        .route("/staff/calendar/day-list", get(day_list))
        .route("/staff/live", get(live))
}

/// What may stand in the address of the calendar. What is missing or makes no sense becomes the first clinic, this week,
/// what fits the screen. `clinic` and `week` are how older links say `of` and `day`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    view: String,
    day: String,
    of: String,
    by: String,
    #[serde(rename = "as")]
    shown: String,
    moving: String,
    moved: String,
    clinic: String,
    week: String,
}

impl Asked {
    fn spot(&self) -> Spot {
        let first = |one: &String, other: &String| if one.is_empty() { other } else { one }.clone();
        let shown = match (self.shown.as_str(), self.view.as_str()) {
            ("grid", _) | (_, "grid") => Shown::Grid,
            ("list", _) | (_, "list") => Shown::List,
            _ => Shown::Fitting,
        };
        Spot {
            span: match self.view.as_str() {
                "day" => Span::Day,
                "month" => Span::Month,
                _ => Span::Week,
            },
            shown,
            day: first(&self.day, &self.week),
            of: first(&self.of, &self.clinic),
            rooms: self.by == "rooms",
            moving: self.moving.clone(),
        }
    }
}

/// `GET /staff/calendar?view=&day=&of=&by=&as=&moving=`
pub async fn calendar(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    // Before the calendar is read: what changes meanwhile makes it read again.
    let mark = app.live.known().await;
    let mut model = desk::calendar(&app.context, &who.standing, who.clinics(), asked.spot())
        .await?
        .ok_or(Code::Forbidden)?;
    model.mark = mark;
    let lines = model.days.iter().flat_map(|day| &day.appointments);
    model.moved = lines
        .filter(|one| !asked.moved.is_empty() && one.reference == asked.moved)
        .map(|one| (one.reference.clone(), format!("{}, {}", one.day, one.start)))
        .next();
    Ok(page(pages::calendar(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/calendar/day-list?day=&of=`
pub async fn day_list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let model = desk::day_list(&app.context, &who.standing, who.clinics(), asked.spot())
        .await?
        .ok_or(Code::Forbidden)?;
    Ok(page(pages::day_list(&who.frame(&app, &nonce), &model)))
}

/// The mark that a page was made from.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Since {
    since: String,
}

/// `GET /staff/live?since=`: 204 while nothing has changed, otherwise the new mark. It says nothing of what has changed.
pub async fn live(
    State(app): State<App>,
    _who: SignedIn,
    Query(asked): Query<Since>,
) -> Result<Response, Edge> {
    let mark = app.live.mark(&app.context).await?;
    if mark == asked.since {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(mark.into_response())
}
