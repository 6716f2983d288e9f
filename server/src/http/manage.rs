//! The page behind the link in a mail: one appointment, seen without an account, and changed by buttons that post. Shows
//! the first name, the neutral label, the time and the place, and nothing more. Reading changes nothing.

mod move_times;
#[cfg(test)]
mod tests;

use app::pages;
use app::view;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::{DateTime, TimeDelta, Utc};

use super::error::{Code, Edge};
use super::form::Form;
use super::headers::{NoScript, Nonce};
use super::journey::{held, place, signposts};
use super::state::App;
use crate::auth::link::{LinkKind, verify_link};
use crate::booking::{
    BookingError, Why, ask_for_call, can_ring, cancel_because, cancelled_by_client, coming,
};
use crate::clinics::About;
use crate::domain::booking::{Refused, State as Stands};
use crate::domain::client::first_name;
use crate::domain::ids::{AppointmentId, ClinicId};
use crate::ical::{CalendarEntry, Party, appointment_file};
use crate::store::AppointmentRow;

/// A link works until so long after the appointment.
const WORKS_AFTER: TimeDelta = TimeDelta::days(14);

/// The routes below a link.
pub fn router() -> Router<App> {
    Router::new()
        .route("/appointments/{token}", get(see))
        .route("/appointments/{token}/confirm", post(come))
        .route(
            "/appointments/{token}/move",
            get(move_times::see).post(move_times::choose),
        )
        .route("/appointments/{token}/cancel", post(call_off))
        .route("/appointments/{token}/call", post(call))
        .route("/appointments/{token}/calendar.ics", get(calendar))
}

/// The appointment that the token opens.
pub async fn open(app: &App, token: &str) -> Result<AppointmentRow, Edge> {
    let (id, version) = verify_link(&app.key, LinkKind::Appointment, token)
        .map_err(|_| Edge::from(Code::NotFound).onward("/find"))?;
    let row = app
        .context
        .store
        .read()
        .await?
        .appointment(id)
        .await?
        .ok_or(Code::NotFound)?;
    let over = DateTime::from_timestamp(row.ends_at, 0)
        .is_none_or(|end| end + WORKS_AFTER < app.context.now());
    let known = !matches!(
        Stands::from_name(&row.state),
        None | Some(Stands::Held | Stands::Expired)
    );
    if !known || over || i64::from(version) != row.link_version {
        return Err(Edge::from(Code::LinkExpired).onward("/find"));
    }
    Ok(row)
}

async fn about(app: &App, clinic: &str) -> Result<About, Edge> {
    let clinics = app.context.store.read().await?.clinics().await?;
    let row = clinics
        .into_iter()
        .find(|row| row.id == clinic)
        .ok_or(Code::NotFound)?;
    About::parse(&row.id, &row.about).map_err(Edge::internal)
}

/// `GET /appointments/{token}`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    if app.context.store.read().await?.turned_down(row.id).await? {
        return Ok(turned_down(&app, &row.clinic_id).await);
    }
    let about = about(&app, &row.clinic_id).await?;
    let by_clinic = row.state == "cancelled" && {
        let mut tx = app.context.store.read().await?;
        !cancelled_by_client(&tx.history(row.id).await?)
    };
    let call_coming = app
        .context
        .store
        .read()
        .await?
        .has_open_call(row.id)
        .await?;
    let now = app.context.now();
    let ahead = row.starts_at > now.timestamp();
    let model = view::Manage {
        first_name: first_name(row.client_name.as_deref().unwrap_or_default()).to_owned(),
        label: row.neutral_label.clone(),
        reference: row.reference.clone(),
        state: row.state.clone(),
        held: view::Held {
            service: row.neutral_label.clone(),
            ..held(&row, &about, now)
        },
        place: if row.mode == "in_person" {
            place(&about)
        } else {
            view::Place::default()
        },
        can_cancel: ahead && matches!(row.state.as_str(), "requested" | "confirmed"),
        can_ring: can_ring(&row),
        call_coming: call_coming && can_ring(&row),
        can_come: ahead && row.state == "confirmed",
        coming: row.coming_at.is_some() && ahead && row.state == "confirmed",
        can_move: can_move(&row, now),
        by_clinic,
        calendar: if ahead && row.state == "confirmed" {
            format!("/appointments/{token}/calendar.ics")
        } else {
            String::new()
        },
        token,
    };
    Ok(Html(pages::manage(&app.frame(&nonce), &model)).into_response())
}

/// The neutral refusal: it depends on the clinic and on nothing else, not even on a nonce.
pub async fn turned_down(app: &App, clinic: &str) -> Response {
    let pack = app.pack(&ClinicId::from(clinic)).await;
    let others = pack.map(|pack| pack.others()).unwrap_or_default();
    let model = view::TurnedDown {
        signposts: signposts(&others),
    };
    let page = pages::turned_down(&app.frame(&Nonce::default()), &model);
    (Extension(NoScript), Html(page)).into_response()
}

/// Whether the client may choose another time.
fn can_move(row: &AppointmentRow, now: DateTime<Utc>) -> bool {
    row.starts_at > now.timestamp() && matches!(row.state.as_str(), "requested" | "confirmed")
}

/// What a change that was refused is answered with.
fn refused(error: BookingError, token: &str) -> Edge {
    match error {
        BookingError::Refused(Refused::Started | Refused::WrongState(_)) => {
            Edge::from(Code::NotPossible).onward(format!("/appointments/{token}"))
        }
        other => other.into(),
    }
}

/// Back to the page, at one of its parts.
fn back(token: &str, part: &str) -> Response {
    Redirect::to(&format!("/appointments/{token}{part}")).into_response()
}

/// `POST /appointments/{token}/confirm`: "I am coming". A second time changes nothing.
async fn come(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    match coming(&app.context, row.id).await {
        Ok(_) => Ok(back(&token, "#coming")),
        Err(error) => Err(refused(error, &token)),
    }
}

/// `POST /appointments/{token}/cancel`
async fn call_off(
    State(app): State<App>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    match cancel_because(&app.context, row.id, Why::from_name(form.first("why"))).await {
        Ok(_) => Ok(back(&token, "")),
        Err(error) => Err(refused(error, &token)),
    }
}

/// `POST /appointments/{token}/call`: somebody is to ring, if there is a number that is safe.
async fn call(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    if ask_for_call(&app.context, row.id).await? {
        Ok(back(&token, "#call"))
    } else {
        Err(Edge::from(Code::NotPossible).onward(format!("/appointments/{token}")))
    }
}

/// `GET /appointments/{token}/calendar.ics`
async fn calendar(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    if row.state != "confirmed" {
        return Err(Code::NotFound.into());
    }
    let about = about(&app, &row.clinic_id).await?;
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let from = &app.config.mail.from;
    let organiser = from.email.to_string();
    let link = app.manage_url(row.id, row.link_version);
    let text = appointment_file(&CalendarEntry {
        appointment: AppointmentId(row.id),
        host: app.config.listen.public_url.host(),
        sequence: u32::try_from(row.sequence).unwrap_or(0),
        stamp: app.context.now(),
        start: instant(row.starts_at),
        end: instant(row.ends_at),
        summary: &row.neutral_label,
        location: if row.mode == "in_person" {
            &about.place.address
        } else {
            ""
        },
        link: &link,
        organiser: Party {
            name: &app.config.site.name,
            address: &organiser,
        },
    })
    .map_err(Edge::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8; method=PUBLISH",
        ),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"appointment.ics\"",
        ),
    ];
    Ok((StatusCode::OK, headers, text).into_response())
}
