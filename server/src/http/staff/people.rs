//! `/staff/people`: the list with its form, one person, and what is done about them. Who may do what is decided in
//! `people` and asked there, whatever the page showed.

use app::pages::staff as pages;
use app::text::{t, t_with};
use app::view::accounts::Invite;
use app::view::{Choice, FieldError};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{SignedIn, go_to, page};
use crate::desk;
use crate::domain::access::{Action, Role, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::people::{self, Giving, Place, Refusal};

const HERE: &str = "/staff/people";

/// What may stand in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    clinic: String,
    invited: String,
}

/// Only whoever has to do with people gets further.
fn must_edit_people(who: &SignedIn) -> Result<(), Edge> {
    let somewhere = who.clinics().iter().any(|row| {
        may(
            &who.standing,
            Action::EditPeople,
            Some(&ClinicId(row.id.clone())),
        )
    });
    if somewhere || who.standing.runs_installation() {
        Ok(())
    } else {
        Err(Code::Forbidden.into())
    }
}

/// `GET /staff/people?clinic=`
pub async fn list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let mut model = desk::people(&app.context, &who.standing, &asked.clinic)
        .await?
        .ok_or(Code::Forbidden)?;
    if let Some(one) = model.people.iter().find(|one| one.id == asked.invited) {
        model.done = t_with("people-invited", &[("name", one.name.clone().into())]);
    }
    Ok(page(pages::people(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/people`: makes an account and sends the invitation.
pub async fn invite(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    form: Form,
) -> Result<Response, Edge> {
    must_edit_people(&who)?;
    let (name, email) = (form.first("name"), form.first("email"));
    let outcome = match giving(&form) {
        Ok(giving) => {
            let place = Place::parse(form.first("place")).unwrap_or(Place::ByRole);
            let whose = (name, email);
            people::invite(&app.context, &who.standing, whose, &giving, place).await
        }
        Err(wrong) => Err(wrong),
    };
    let error = match outcome {
        Ok(id) => return Ok(go_to(&format!("{HERE}?invited={id}"))),
        Err(refusal) => said(refusal)?,
    };
    let mut model = desk::people(&app.context, &who.standing, "")
        .await?
        .ok_or(Code::Forbidden)?;
    model.invite = typed(&form, model.invite, Some(error));
    let html = pages::people(&who.frame(&app, &nonce), &model);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response())
}

/// The role, clinic and last day of a form.
fn giving(form: &Form) -> Result<Giving, Refusal> {
    let (role, clinic) = role(form)?;
    let until = match form.first("until").trim() {
        "" => None,
        text => Some(time::parse_date(text).map_err(|_| Refusal::Past)?),
    };
    Ok(Giving {
        role,
        clinic,
        until,
    })
}

fn role(form: &Form) -> Result<(Role, Option<ClinicId>), Refusal> {
    let (role, clinic) = form
        .first("role")
        .split_once('@')
        .ok_or(Refusal::NotTheirs)?;
    let role = role.parse().map_err(|_| Refusal::NotTheirs)?;
    let clinic = (!clinic.is_empty()).then(|| ClinicId(clinic.to_owned()));
    Ok((role, clinic))
}

fn typed(form: &Form, mut shown: Invite, error: Option<FieldError>) -> Invite {
    choose(&mut shown.roles, form.first("role"));
    choose(&mut shown.places, form.first("place"));
    Invite {
        name: form.first("name").to_owned(),
        email: form.first("email").to_owned(),
        until: form.first("until").to_owned(),
        errors: error.into_iter().collect(),
        ..shown
    }
}

/// Marks what was typed, if it is still to be had.
fn choose(choices: &mut [Choice], typed: &str) {
    if choices.iter().any(|one| one.value == typed) {
        for one in choices {
            one.chosen = one.value == typed;
        }
    }
}

/// What is wrong with a form, at its field; what no form says is refused.
fn said(refusal: Refusal) -> Result<FieldError, Edge> {
    let (field, key) = match refusal {
        Refusal::Name => ("name", "people-wrong-name"),
        Refusal::Email => ("email", "people-wrong-email"),
        Refusal::Known => ("email", "people-wrong-email-known"),
        Refusal::NotTheirs => ("role", "people-wrong-role"),
        Refusal::Past => ("until", "people-wrong-until"),
        Refusal::NoEnd => ("until", "people-wrong-student"),
        Refusal::TooFar => ("until", "people-wrong-far"),
        Refusal::LastAdministrator => ("role", "people-last-administrator"),
        Refusal::Place => ("place", "people-wrong-place"),
        Refusal::Nobody => return Err(nobody()),
        Refusal::Changed => return Err(Code::NotPossible.into()),
        Refusal::Store(error) => return Err(error.into()),
    };
    Ok(FieldError {
        field: field.to_owned(),
        text: t(key),
    })
}

fn nobody() -> Edge {
    Edge::from(Code::NotFound).onward(HERE)
}

/// `GET /staff/people/{id}`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Edge> {
    let (id, _) = open(&app, &who, &id).await?;
    show(&app, &nonce, &who, id, Shown::Now).await
}

/// Whose page it is; what is not there and what may not be seen answer alike.
async fn open(app: &App, who: &SignedIn, id: &str) -> Result<(Uuid, String), Edge> {
    must_edit_people(who)?;
    let id = Uuid::parse_str(id).map_err(|_| nobody())?;
    desk::person(&app.context, &who.standing, id)
        .await?
        .ok_or_else(nobody)?;
    Ok((id, format!("{HERE}/{id}")))
}

/// How somebody's page is shown.
enum Shown<'a> {
    /// As it is.
    Now,
    /// With what is wrong with a form.
    Wrong(&'a Form, FieldError),
    /// As somebody else left it, with what was typed.
    Overtaken(&'a Form),
}

async fn show(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    id: Uuid,
    shown: Shown<'_>,
) -> Result<Response, Edge> {
    let mut model = desk::person(&app.context, &who.standing, id)
        .await?
        .ok_or_else(nobody)?;
    let (status, typed_in) = match shown {
        Shown::Now => (StatusCode::OK, None),
        Shown::Wrong(form, error) => (StatusCode::UNPROCESSABLE_ENTITY, Some((form, Some(error)))),
        Shown::Overtaken(form) => (StatusCode::CONFLICT, Some((form, None))),
    };
    model.overtaken = status == StatusCode::CONFLICT;
    if let Some((form, error)) = typed_in {
        if form.has("place") {
            choose(&mut model.seat.choices, form.first("place"));
            model.seat.error = error.map(|error| error.text).unwrap_or_default();
        } else {
            model.grant = typed(form, model.grant, error);
        }
    }
    let html = pages::person(&who.frame(app, nonce), &model);
    Ok((status, page(html)).into_response())
}

/// The answer to a form that was not taken.
async fn again(
    app: &App,
    nonce: &Nonce,
    who: &SignedIn,
    id: Uuid,
    (form, refusal): (&Form, Refusal),
) -> Result<Response, Edge> {
    let shown = match refusal {
        Refusal::Changed => Shown::Overtaken(form),
        other => Shown::Wrong(form, said(other)?),
    };
    show(app, nonce, who, id, shown).await
}

/// `POST /staff/people/{id}/give`
pub async fn give(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    let outcome = match giving(&form) {
        Ok(giving) => {
            let was = form.first("seen");
            people::give(&app.context, &who.standing, id, &giving, was).await
        }
        Err(wrong) => Err(wrong),
    };
    match outcome {
        Ok(()) => Ok(go_to(&here)),
        Err(refusal) => again(&app, &nonce, &who, id, (&form, refusal)).await,
    }
}

/// `POST /staff/people/{id}/take`
pub async fn take(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    let outcome = match role(&form) {
        Ok((role, clinic)) => {
            let what = (role, clinic.as_ref());
            people::take(&app.context, &who.standing, id, what, form.first("seen")).await
        }
        Err(wrong) => Err(wrong),
    };
    match outcome {
        // With the last role in the reader's clinics the page itself is gone.
        Ok(()) => {
            let still = desk::person(&app.context, &who.standing, id).await?;
            Ok(go_to(if still.is_some() { &here } else { HERE }))
        }
        Err(refusal) => again(&app, &nonce, &who, id, (&form, refusal)).await,
    }
}

/// `POST /staff/people/{id}/place`: who they are in the calendar.
pub async fn place(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    let done = match Place::parse(form.first("place")).filter(|place| *place != Place::ByRole) {
        Some(place) => {
            let was = form.first("seen");
            people::set_place(&app.context, &who.standing, id, place, was).await
        }
        None => Err(Refusal::Place),
    };
    match done {
        Ok(()) => Ok(go_to(&here)),
        Err(refusal) => again(&app, &nonce, &who, id, (&form, refusal)).await,
    }
}

/// `POST /staff/people/{id}/invite`: a new link to set the password.
pub async fn invite_again(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Edge> {
    let (id, _) = open(&app, &who, &id).await?;
    let done = people::invite_again(&app.context, &who.standing, id).await;
    answer(done, &format!("{HERE}?invited={id}"))
}

/// `POST /staff/people/{id}/reset`: takes a lost second factor away.
pub async fn reset(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    if let Some(ask) = who.asked_again(&app, &here) {
        return Ok(ask);
    }
    let was = form.first("seen");
    match people::reset_second_factor(&app.context, &who.standing, id, was).await {
        Err(Refusal::Changed) => show(&app, &nonce, &who, id, Shown::Overtaken(&form)).await,
        done => answer(done, &here),
    }
}

/// `POST /staff/people/{id}/end`
pub async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    let done = people::set_active(&app.context, &who.standing, id, false).await;
    answer(done, &here)
}

/// `POST /staff/people/{id}/begin`
pub async fn begin(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Edge> {
    let (id, here) = open(&app, &who, &id).await?;
    let done = people::set_active(&app.context, &who.standing, id, true).await;
    answer(done, &here)
}

fn answer(done: Result<(), Refusal>, to: &str) -> Result<Response, Edge> {
    match done {
        Ok(()) => Ok(go_to(to)),
        Err(Refusal::Nobody) => Err(nobody()),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Code::Forbidden.into()),
    }
}
