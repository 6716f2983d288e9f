//! Looking for a client. What is typed travels in the body of a POST and is never part of an address.

use app::pages::staff as pages;
use app::view::Found;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::{SignedIn, go_to, page};
use crate::desk;
use crate::domain::access::Action;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// Longest text that is looked for.
const LONGEST: usize = 100;

/// The routes of the search.
pub fn router() -> axum::Router<App> {
    axum::Router::new().route("/staff/find", get(form).post(search))
}

fn allowed(who: &SignedIn) -> Result<(), Edge> {
    let clinics = who.standing.clinics_for(Action::SeeAppointment);
    if clinics.is_empty() {
        return Err(Code::Forbidden.into());
    }
    Ok(())
}

/// `GET /staff/find`: the box alone.
pub async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    allowed(&who)?;
    let frame = who.frame(&app, &nonce);
    Ok(page(pages::find(&frame, &Found::default())))
}

/// `POST /staff/find`: what fits; the one appointment of a reference opens at once.
pub async fn search(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    form: Form,
) -> Result<Response, Edge> {
    allowed(&who)?;
    let typed: String = form.first("for").chars().take(LONGEST).collect();
    if typed.trim().is_empty() {
        return Ok(go_to("/staff/find"));
    }
    let found = desk::find(&app.context, &who.standing, &typed).await?;
    let letters = |text: &str| text.replace('-', "").to_uppercase();
    if let ([(_, one)], []) = (found.appointments.as_slice(), found.requests.as_slice())
        && letters(&one.reference) == letters(typed.trim())
    {
        return Ok(go_to(&format!("/staff/appointments/{}", one.reference)));
    }
    Ok(page(pages::find(&who.frame(&app, &nonce), &found)))
}
