//! `/staff/phone`: begin a telephone call, and end it. Between the two, staff see the public pages.

use app::pages::staff as pages;
use app::text::{in_language, t};
use app::view::{ClinicRef, PhoneDesk};
use axum::Extension;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::{SignedIn, go_to, page};
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::phone_call;
use crate::http::state::App;

/// `GET /staff/phone`
pub async fn desk(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Edge> {
    let model = model(&app, &who, &headers, String::new())?;
    Ok(page(pages::phone(&who.frame(&app, &nonce), &model)))
}

fn model(app: &App, who: &SignedIn, headers: &HeaderMap, error: String) -> Result<PhoneDesk, Edge> {
    if who.standing.clinics_for(Action::PhoneBooking).is_empty() {
        return Err(Code::Forbidden.into());
    }
    let clinics: Vec<ClinicRef> = who
        .open_clinics(Action::PhoneBooking)
        .map(|row| ClinicRef {
            id: row.id.clone(),
            name: row.name.clone(),
        })
        .collect();
    let open = phone_call::begun_in(app, who, headers);
    Ok(PhoneDesk {
        open: clinics
            .iter()
            .find(|clinic| open.as_deref() == Some(clinic.id.as_str()))
            .cloned(),
        clinics,
        error,
    })
}

/// `POST /staff/phone`: a call begins; one that was open in this browser ends.
pub async fn begin(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let clinic = form.first("clinic");
    if clinic.is_empty() {
        let frame = who.frame(&app, &nonce);
        let error = in_language(&frame.lang, || t("phone-which-missing"));
        let html = pages::phone(&frame, &model(&app, &who, &headers, error)?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response());
    }
    who.must(Action::PhoneBooking, &ClinicId(clinic.to_owned()))?;
    if !who
        .open_clinics(Action::PhoneBooking)
        .any(|row| row.id == clinic)
    {
        return Err(Code::Closed.into());
    }
    phone_call::end(&app, &headers).await?;
    let cookie = phone_call::begin(&app, &who, clinic).await?;
    let mut response = go_to(&format!("/clinics/{clinic}/questions"));
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// `POST /staff/phone/end`: what was typed is forgotten. What was sent stays.
pub async fn end(
    State(app): State<App>,
    _who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Edge> {
    let cookie = phone_call::end(&app, &headers).await?;
    let mut response = go_to(phone_call::DESK);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}
