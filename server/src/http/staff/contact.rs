//! `…/contact` below an appointment, a case and a place on the waiting list: how the client can be reached. Only for whom
//! their details are not kept back.

use app::pages::staff as pages;
use app::text::in_language;
use app::view::{ContactPage, FieldError};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::{SignedIn, go_to, page};
use crate::booking::{self, Actor, BookingError, Reached, contact_seen};
use crate::desk;
use crate::domain::access::Action;
use crate::domain::client::{ClientInput, Wrong};
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::journey::fields;
use crate::http::state::App;
use crate::store::ContactRow;

/// The routes.
pub fn router() -> Router<App> {
    Router::new()
        .route(
            "/staff/appointments/{reference}/contact",
            get(of_appointment).post(change_of_appointment),
        )
        .route(
            "/staff/requests/{reference}/contact",
            get(of_request).post(change_of_request),
        )
        .route(
            "/staff/waiting/{reference}/contact",
            get(of_place).post(change_of_place),
        )
}

/// Whose contact it is, as far as this member of staff may see it.
struct Known {
    whose: Reached,
    name: String,
    back: String,
    reference: String,
    now: ContactRow,
}

#[derive(Clone, Copy)]
enum Kind {
    Appointment,
    Request,
    Place,
}

async fn known(app: &App, who: &SignedIn, kind: Kind, reference: &str) -> Result<Known, Edge> {
    let (context, standing) = (&app.context, &who.standing);
    let none = || Edge::from(Code::NotFound).onward("/staff");
    let (whose, name, path, reference) = match kind {
        Kind::Appointment => {
            let row = desk::change_target(context, standing, reference).await?;
            let row = row.ok_or_else(none)?;
            let model = desk::appointment(context, &app.packs, standing, reference).await?;
            let model = model.filter(|model| !model.withheld).ok_or_else(none)?;
            let whose = Reached {
                client: row.client_id.ok_or_else(none)?,
                clinic: row.clinic_id,
                subject: ("appointment", row.id),
            };
            (
                whose,
                model.appointment.client,
                "appointments",
                row.reference,
            )
        }
        Kind::Request => {
            let case = desk::case(context, &app.packs, standing, reference).await?;
            let case = case
                .filter(|case| case.page.contact.is_some())
                .ok_or_else(none)?;
            let whose = Reached {
                client: case.row.client_id,
                clinic: case.row.clinic_id,
                subject: ("request", case.row.id),
            };
            (whose, case.row.client_name, "requests", case.row.reference)
        }
        Kind::Place => {
            let row = desk::waiting_target(context, standing, reference).await?;
            let row = row.ok_or_else(none)?;
            let model = desk::waiting(context, standing, &row).await?;
            if model.line.client.is_empty() {
                return Err(none());
            }
            let whose = Reached {
                client: row.client_id,
                clinic: row.clinic_id,
                subject: ("waiting", row.id),
            };
            (whose, row.client_name, "waiting", row.reference)
        }
    };
    who.must(Action::PhoneBooking, &ClinicId(whose.clinic.clone()))?;
    // An appointment that is looked up leaves its line by itself.
    if !matches!(kind, Kind::Appointment) {
        desk::note_read(context, standing, whose.subject, &whose.clinic).await?;
    }
    let now = context.store.read().await?.contact(whose.client).await?;
    Ok(Known {
        now: now.ok_or_else(none)?,
        back: format!("/staff/{path}/{reference}"),
        whose,
        name,
        reference,
    })
}

impl Known {
    fn page(&self) -> ContactPage {
        ContactPage {
            back: self.back.clone(),
            reference: self.reference.clone(),
            name: self.name.clone(),
            email: self.now.email.clone().unwrap_or_default(),
            phone: self
                .now
                .phone
                .as_deref()
                .map(desk::telephone)
                .unwrap_or_default(),
            safe_to_email: self.now.safe_to_email,
            safe_to_call: self.now.safe_to_call,
            call_window: self.now.call_window.clone(),
            leave_message: self.now.leave_message,
            seen: contact_seen(&self.now),
            ..ContactPage::default()
        }
    }

    /// What was sent, or what is wrong with it.
    fn read(&self, form: &Form) -> Result<ContactRow, Vec<(&'static str, Wrong)>> {
        let text = |name: &str| Some(form.first(name).trim().to_owned());
        let yes = |name: &str| Some(form.first(name) == "yes");
        let input = ClientInput {
            name: Some(self.name.clone()),
            email: text("email"),
            phone: text("phone"),
            safe_to_email: yes("safe_to_email"),
            safe_to_call: yes("safe_to_call"),
            call_window: text("call_window"),
            leave_message: yes("leave_message"),
            ..ClientInput::default()
        };
        let row = |email, phone, window| ContactRow {
            id: self.now.id,
            email,
            phone,
            safe_to_email: form.first("safe_to_email") == "yes",
            safe_to_call: form.first("safe_to_call") == "yes",
            call_window: window,
            leave_message: form.first("leave_message") == "yes",
        };
        match input.parse() {
            Ok(client) => Ok(row(
                client.email.map(|email| email.as_str().to_owned()),
                client.phone.map(|phone| phone.e164().to_owned()),
                client.call_window,
            )),
            Err(errors) => {
                // Somebody may have no safe way left: they ring us.
                let real: Vec<_> = errors
                    .into_iter()
                    .filter(|one| one.wrong != Wrong::ContactNeeded)
                    .map(|one| (one.field, one.wrong))
                    .collect();
                if real.is_empty() {
                    Ok(row(None, None, form.first("call_window").trim().to_owned()))
                } else {
                    Err(real)
                }
            }
        }
    }
}

async fn form(
    app: App,
    nonce: Nonce,
    who: SignedIn,
    kind: Kind,
    reference: &str,
) -> Result<Response, Edge> {
    let known = known(&app, &who, kind, reference).await?;
    Ok(page(pages::contact(
        &who.frame(&app, &nonce),
        &known.page(),
    )))
}

async fn change(
    app: App,
    nonce: Nonce,
    who: SignedIn,
    (kind, reference): (Kind, &str),
    form: &Form,
) -> Result<Response, Edge> {
    let known = known(&app, &who, kind, reference).await?;
    let frame = who.frame(&app, &nonce);
    let again = |status: StatusCode, errors: Vec<FieldError>, overtaken: bool| {
        let typed = |name: &str| form.first(name).to_owned();
        let model = ContactPage {
            email: typed("email"),
            phone: typed("phone"),
            safe_to_email: form.first("safe_to_email") == "yes",
            safe_to_call: form.first("safe_to_call") == "yes",
            call_window: typed("call_window"),
            leave_message: form.first("leave_message") == "yes",
            errors,
            overtaken,
            ..known.page()
        };
        (status, Html(pages::contact(&frame, &model))).into_response()
    };
    let new = match known.read(form) {
        Ok(new) => new,
        Err(wrong) => {
            let errors = in_language(&frame.lang, || fields::errors(&wrong));
            return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, errors, false));
        }
    };
    let actor = Actor::Staff(who.staff.id);
    let seen = form.first("seen");
    match booking::change_contact(&app.context, &known.whose, seen, &new, actor).await {
        Ok(()) => Ok(go_to(&known.back)),
        Err(BookingError::Overtaken) => Ok(again(StatusCode::CONFLICT, Vec::new(), true)),
        Err(other) => Err(other.into()),
    }
}

/// `GET /staff/appointments/{reference}/contact`
async fn of_appointment(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    form(app, nonce, who, Kind::Appointment, &reference).await
}

/// `POST /staff/appointments/{reference}/contact`
async fn change_of_appointment(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    change(app, nonce, who, (Kind::Appointment, &reference), &form).await
}

/// `GET /staff/requests/{reference}/contact`
async fn of_request(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    form(app, nonce, who, Kind::Request, &reference).await
}

/// `POST /staff/requests/{reference}/contact`
async fn change_of_request(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    change(app, nonce, who, (Kind::Request, &reference), &form).await
}

/// `GET /staff/waiting/{reference}/contact`
async fn of_place(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    form(app, nonce, who, Kind::Place, &reference).await
}

/// `POST /staff/waiting/{reference}/contact`
async fn change_of_place(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    change(app, nonce, who, (Kind::Place, &reference), &form).await
}
