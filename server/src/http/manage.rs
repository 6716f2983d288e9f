//! The page behind the link in a mail: one appointment, seen without an account, called off by a button that posts. Shows
//! the first name, the neutral label, the time and the place, and nothing more. Reading changes nothing.

use app::pages;
use app::view;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::{DateTime, TimeDelta};

use super::error::{Code, Edge};
use super::headers::{NoScript, Nonce};
use super::journey::{held, place, signposts};
use super::state::App;
use crate::auth::link::{LinkKind, verify_link};
use crate::booking::{Actor, BookingError, can_ring, cancel, cancelled_by_client};
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
        .route("/appointments/{token}/cancel", post(call_off))
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

/// `POST /appointments/{token}/cancel`
async fn call_off(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let back = format!("/appointments/{token}");
    match cancel(&app.context, row.id, Actor::Client).await {
        Ok(_) => Ok(Redirect::to(&back).into_response()),
        Err(BookingError::Refused(Refused::Started | Refused::WrongState(_))) => {
            Err(Edge::from(Code::NotPossible).onward(back))
        }
        Err(other) => Err(other.into()),
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
