//! Moving an appointment: the page of its free times, and the one POST in which the page, the calendar's "cut and place"
//! and its drag all end.

use app::pages::staff as pages;
use app::text::t;
use app::view::{FieldError, MovePage};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::signed_in::safe_next;
use super::{SignedIn, go_to, page};
use crate::booking::{Actor, BookingError, Overrule, StaffMove, relocate_for_clinic};
use crate::desk;
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::store::AppointmentRow;

/// A reason is at least so many characters: "asked" says more than "x".
const LEAST_REASON: usize = 5;
/// And at most so many.
const MOST_REASON: usize = 500;

/// The routes of a move.
pub fn router() -> axum::Router<App> {
    axum::Router::new().route(
        "/staff/appointments/{reference}/move",
        get(form).post(submit),
    )
}

/// What may stand in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    from: String,
}

/// `GET /staff/appointments/{reference}/move?from=`
pub async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference).await?;
    let from = time::parse_date(&asked.from).ok();
    let model = desk::move_page(&app.context, &who.standing, &row, from)
        .await?
        .ok_or_else(|| Edge::from(Code::NotPossible).onward(own_page(&row)))?;
    Ok(page(pages::move_appointment(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// What was asked for, once it makes sense.
struct Wanted {
    start: DateTime<Utc>,
    reason: Option<String>,
}

/// `POST /staff/appointments/{reference}/move`
pub async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference).await?;
    let clinic = ClinicId(row.clinic_id.clone());
    if form.has("overrule") {
        who.must(Action::OverrideRule, &clinic)?;
    }
    let wanted = match read(&form) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let fill = |model: &mut MovePage| model.errors = errors;
            return again(&app, &nonce, &who, &row, &form, status, fill).await;
        }
    };
    // A form without it was made by nobody's page: then what stands is what was seen.
    let was = time::parse_instant(form.first("was"))
        .or_else(|_| DateTime::from_timestamp(row.starts_at, 0).ok_or(Code::Malformed))?;
    let staff = who.staff.id;
    let asked = StaffMove {
        start: wanted.start,
        was,
        overrule: wanted
            .reason
            .as_deref()
            .map(|reason| Overrule { staff, reason }),
    };
    let refused = match relocate_for_clinic(&app.context, row.id, asked, Actor::Staff(staff)).await
    {
        Ok(row) => return Ok(go_to(&onward(&form, &row))),
        Err(BookingError::MovedMeanwhile) => "moved_meanwhile",
        Err(BookingError::Unavailable(why)) => Code::from(why).as_str(),
        Err(BookingError::Refused(_)) => {
            return Err(Edge::from(Code::NotPossible).onward(own_page(&row)));
        }
        Err(other) => return Err(other.into()),
    };
    let fill = |model: &mut MovePage| {
        refused.clone_into(&mut model.refused);
        model.wanted = time::moment(wanted.start);
    };
    // As it stands by now.
    let row = target(&app, &who, &reference).await?;
    again(&app, &nonce, &who, &row, &form, StatusCode::CONFLICT, fill).await
}

/// The page again, with what was typed.
async fn again(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    row: &AppointmentRow,
    form: &Form,
    status: StatusCode,
    fill: impl FnOnce(&mut MovePage),
) -> Result<Response, Edge> {
    let mut model = desk::move_page(&app.context, &who.standing, row, None)
        .await?
        .ok_or_else(|| Edge::from(Code::NotPossible).onward(own_page(row)))?;
    let typed = |name: &str| form.first(name).to_owned();
    model.typed = (typed("date"), typed("time"), typed("reason"));
    calendar_of(form)
        .unwrap_or_default()
        .clone_into(&mut model.back);
    fill(&mut model);
    let html = pages::move_appointment(&who.frame(app, nonce), &model);
    Ok((status, page(html)).into_response())
}

/// A free start that was pressed, or a date, a time and a reason.
fn read(form: &Form) -> Result<Wanted, Vec<FieldError>> {
    if !form.has("overrule") {
        let start = time::parse_instant(form.first("start"))
            .map_err(|_| vec![error("start", "move-error-start")])?;
        return Ok(Wanted {
            start,
            reason: None,
        });
    }
    let mut errors = Vec::new();
    let date = time::parse_date(form.first("date")).ok();
    let clock = time::parse_clock(form.first("time"));
    let reason = form.first("reason").trim();
    if date.is_none() {
        errors.push(error("date", "move-error-date"));
    }
    if clock.is_none()
        || date
            .zip(clock)
            .is_some_and(|(date, at)| !time::exists(date, at))
    {
        errors.push(error("time", "move-error-time"));
    }
    let long = reason.chars().count();
    if long < LEAST_REASON {
        errors.push(error("reason", "move-error-reason"));
    } else if long > MOST_REASON {
        errors.push(error("reason", "move-error-reason-long"));
    }
    match date.zip(clock) {
        Some((date, at)) if errors.is_empty() => Ok(Wanted {
            start: time::resolve(date, at),
            reason: Some(reason.to_owned()),
        }),
        _ => Err(errors),
    }
}

fn error(field: &str, key: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text: t(key),
    }
}

/// The calendar in which the move began, if the form says so and it is one of ours.
fn calendar_of(form: &Form) -> Option<&str> {
    let back = form.first("back");
    (back.starts_with("/staff/calendar?") && safe_next(back) == back).then_some(back)
}

/// Where one goes on after a move: back to the calendar, or to the appointment's own page.
fn onward(form: &Form, row: &AppointmentRow) -> String {
    calendar_of(form).map_or_else(
        || own_page(row),
        |back| format!("{back}&moved={}", row.reference),
    )
}

fn own_page(row: &AppointmentRow) -> String {
    format!("/staff/appointments/{}", row.reference)
}

async fn target(app: &App, who: &SignedIn, reference: &str) -> Result<AppointmentRow, Edge> {
    let row = desk::change_target(&app.context, &who.standing, reference)
        .await?
        .ok_or(Code::NotFound)?;
    who.must(Action::MoveAppointment, &ClinicId(row.clinic_id.clone()))?;
    Ok(row)
}
