//! `POST /staff/walk-in`: somebody stands at the desk without an appointment.

use app::pages::staff as pages;
use app::text::{in_language, t, t_with};
use app::view::{ClinicRef, Frame};
use axum::Extension;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::{SignedIn, go_to};
use crate::booking;
use crate::desk;
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::phone_call;
use crate::http::state::App;

/// The same questions as on the telephone, for somebody who stands at the desk. Their time is one of
/// today, and they are here at once; where today has none left, that is said before anybody answers a question.
pub async fn begin(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let clinic = form.first("clinic").to_owned();
    who.must(Action::PhoneBooking, &ClinicId(clinic.clone()))?;
    let open = who
        .open_clinics(Action::PhoneBooking)
        .find(|row| row.id == clinic)
        .map(|row| ClinicRef {
            id: row.id.clone(),
            name: row.name.clone(),
        })
        .ok_or_else(|| Edge::from(Code::Closed).onward("/staff"))?;
    if form.first("later").is_empty()
        && let Some(next) = not_today(&app, &who.frame(&app, &nonce), &open.id).await?
    {
        let packs = app.packs.look(&app.context).await;
        let mut model = desk::today(&app.context, &packs, &who.standing).await?;
        model.walk_in_full = Some((open, next));
        let html = pages::today(&who.frame(&app, &nonce), &model);
        return Ok((StatusCode::CONFLICT, Html(html)).into_response());
    }
    phone_call::end(&app, &headers).await?;
    let cookie = phone_call::begin_here(&app, &who, &clinic).await?;
    let mut response = go_to(&format!("/clinics/{clinic}/questions"));
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// That nothing is free in a clinic today, and what is next, in a sentence; nothing if today has a time, or if each of its
/// services is decided upon before a time is given.
async fn not_today(app: &App, frame: &Frame, clinic: &str) -> Result<Option<String>, Edge> {
    let clinic = ClinicId(clinic.to_owned());
    let booked = app
        .context
        .store
        .read()
        .await?
        .services(Some(clinic.as_str()))
        .await?;
    if booked
        .iter()
        .all(|one| !one.enabled || one.booking == "review")
    {
        return Ok(None);
    }
    let next = booking::next_here(&app.context, &clinic).await?;
    let today = time::local_date(app.context.now());
    Ok(match next {
        Some(start) if time::local_date(start) == today => None,
        Some(start) => Some(in_language(&frame.lang, || {
            t_with("day-walk-in-next", &[("time", time::moment(start).into())])
        })),
        None => Some(in_language(&frame.lang, || t("day-walk-in-none"))),
    })
}
