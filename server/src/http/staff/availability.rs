//! A clinic's time and set-up at the desk: see, change, look before saving; drop-outs; a clinic from nothing.

use app::pages::staff as pages;
use app::view::availability::{ChangeForm, DryRun};
use app::view::{ClinicRef, StaffAppointment};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;

use super::{SignedIn, go_to, page};
use crate::desk;
use crate::domain::access::{Action, may};
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::setup::resolve::{self, DropOut};
use crate::setup::{self, Item, Outcome, SetupError, Switched, Values};

/// The routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/availability", get(overview))
        .route(
            "/staff/availability/drop-out",
            get(drop_out_form).post(drop_out),
        )
        .route(
            "/staff/availability/{clinic}/resolve",
            get(troubles).post(resolved),
        )
        .route(
            "/staff/availability/{clinic}/{item}/{id}",
            get(show).post(submit),
        )
        .route("/staff/settings", get(settings))
        .route("/staff/settings/new", get(new_clinic).post(create))
        .route("/staff/settings/{clinic}", get(clinic))
        .route("/staff/settings/{clinic}/questions", post(questions))
        .route("/staff/settings/{clinic}/switch", post(switch))
}

impl From<SetupError> for Edge {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::NotThere => Code::NotFound.into(),
            SetupError::Booking(error) => error.into(),
            SetupError::Store(error) => error.into(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    clinic: String,
}

fn values(form: &Form) -> Values {
    Values::new(form.pairs().to_vec())
}

/// The clinic of an address, if this person may do `action` there. One of others and one that is not there are refused
/// alike.
fn allowed(who: &SignedIn, action: Action, clinic: &str) -> Result<(), Edge> {
    who.must(action, &ClinicId(clinic.to_owned()))
}

/// The clinic asked for, or the first in which this person may do `action`.
fn chosen(
    who: &SignedIn,
    action: Action,
    asked: &str,
) -> Result<(ClinicRef, Vec<ClinicRef>), Edge> {
    let clinics: Vec<ClinicRef> = who
        .all_clinics()
        .iter()
        .filter(|row| may(&who.standing, action, Some(&ClinicId(row.id.clone()))))
        .map(|row| ClinicRef {
            id: row.id.clone(),
            name: row.name.clone(),
        })
        .collect();
    let clinic = clinics
        .iter()
        .find(|one| asked.is_empty() || one.id == asked)
        .cloned()
        .ok_or(Code::Forbidden)?;
    Ok((clinic, clinics))
}

/// Which clients' appointments a page shows goes into the audit log.
async fn noted<'a>(
    app: &App,
    who: &SignedIn,
    shown: impl Iterator<Item = &'a StaffAppointment>,
) -> Result<(), Edge> {
    let shown: Vec<(String, String)> = shown
        .map(|one| (one.clinic.id.clone(), one.reference.clone()))
        .collect();
    desk::note_list(&app.context, &who.standing, "appointments", shown).await?;
    Ok(())
}

async fn noted_plan(app: &App, who: &SignedIn, model: &DryRun) -> Result<(), Edge> {
    let shown = model.proposals.iter();
    noted(app, who, shown.map(|one| &one.trouble.appointment)).await
}

fn with_status(status: StatusCode, html: String) -> Response {
    (status, page(html)).into_response()
}

/// `GET /staff/availability?clinic=`
async fn overview(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let (clinic, clinics) = chosen(&who, Action::SeeAvailability, &asked.clinic)?;
    let model = setup::overview(&app.context, &who.standing, &clinic.id, clinics).await?;
    noted(
        &app,
        &who,
        model.attention.iter().map(|one| &one.appointment),
    )
    .await?;
    Ok(page(pages::availability(&who.frame(&app, &nonce), &model)))
}

fn item(slug: &str) -> Result<Item, Edge> {
    Item::from_slug(slug).ok_or_else(|| Code::NotFound.into())
}

/// `GET /staff/availability/{clinic}/{item}/{id}`
async fn show(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((clinic, slug, id)): Path<(String, String, String)>,
) -> Result<Response, Edge> {
    let item = item(&slug)?;
    allowed(&who, item.needs(), &clinic)?;
    let model = setup::show(&app.context, &who.standing, &clinic, item, &id).await?;
    Ok(page(pages::change_form(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/availability/{clinic}/{item}/{id}`: what it would do, or (`do=save`) the doing.
async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((clinic, slug, id)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, Edge> {
    let item = item(&slug)?;
    allowed(&who, item.needs(), &clinic)?;
    let what = (item, id.as_str());
    let outcome = setup::submit(&app.context, &who.standing, &clinic, what, &values(&form)).await?;
    if let Outcome::Preview(model) = &outcome {
        noted(&app, &who, model.trouble.iter().map(|one| &one.appointment)).await?;
    }
    let frame = who.frame(&app, &nonce);
    let form = |model: &ChangeForm| pages::change_form(&frame, model);
    Ok(match outcome {
        Outcome::Form(model) => page(form(&model)),
        Outcome::Again(model) => with_status(StatusCode::UNPROCESSABLE_ENTITY, form(&model)),
        Outcome::Stale(model) => with_status(StatusCode::CONFLICT, form(&model)),
        Outcome::Preview(model) => page(pages::change_preview(&frame, &model)),
        Outcome::Saved(path) => {
            app.first_free.forget().await;
            go_to(&path)
        }
    })
}

/// `GET /staff/availability/drop-out?clinic=`
async fn drop_out_form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let (clinic, _) = chosen(&who, Action::EditAvailability, &asked.clinic)?;
    let model = resolve::form(&app.context, &clinic.id).await?;
    Ok(page(pages::change_form(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/availability/drop-out`: the dry run, or (`do=apply`) the doing.
async fn drop_out(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    form: Form,
) -> Result<Response, Edge> {
    let clinic = form.first("clinic").to_owned();
    allowed(&who, Action::EditAvailability, &clinic)?;
    let values = values(&form);
    let outcome = resolve::drop_out(&app.context, &who.standing, &clinic, &values).await?;
    let frame = who.frame(&app, &nonce);
    Ok(match outcome {
        DropOut::Again(model) => with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            pages::change_form(&frame, &model),
        ),
        DropOut::Plan(model) => {
            if model.applied {
                app.first_free.forget().await;
            }
            noted_plan(&app, &who, &model).await?;
            page(pages::dry_run(&frame, &model))
        }
    })
}

/// `GET /staff/availability/{clinic}/resolve`
async fn troubles(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
) -> Result<Response, Edge> {
    allowed(&who, Action::EditAvailability, &clinic)?;
    let model = resolve::standing_troubles(&app.context, &who.standing, &clinic).await?;
    noted_plan(&app, &who, &model).await?;
    Ok(page(pages::dry_run(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/availability/{clinic}/resolve`
async fn resolved(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    allowed(&who, Action::EditAvailability, &clinic)?;
    let values = values(&form);
    let model = resolve::apply(&app.context, &who.standing, &clinic, &values).await?;
    app.first_free.forget().await;
    Ok(page(pages::dry_run(&who.frame(&app, &nonce), &model)))
}

/// `GET /staff/settings`
async fn settings(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    let model = setup::settings_list(&app.context, &who.standing).await?;
    if model.clinics.is_empty() && !model.may_set_up {
        return Err(Code::Forbidden.into());
    }
    Ok(page(pages::settings_list(&who.frame(&app, &nonce), &model)))
}

fn may_set_up(who: &SignedIn) -> Result<(), Edge> {
    if may(&who.standing, Action::SetUpClinic, None) {
        Ok(())
    } else {
        Err(Code::Forbidden.into())
    }
}

/// `GET /staff/settings/new`
async fn new_clinic(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    may_set_up(&who)?;
    let model = setup::new_form(&who.standing, &Values::default(), Vec::new());
    Ok(page(pages::change_form(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/settings/new`
async fn create(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    form: Form,
) -> Result<Response, Edge> {
    may_set_up(&who)?;
    let values = values(&form);
    match setup::create(&app.context, &who.standing, &values).await? {
        Ok(clinic) => Ok(go_to(&format!("/staff/settings/{clinic}"))),
        Err(errors) => {
            let model = setup::new_form(&who.standing, &values, errors);
            let html = pages::change_form(&who.frame(&app, &nonce), &model);
            Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}

/// `GET /staff/settings/{clinic}`
async fn clinic(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
) -> Result<Response, Edge> {
    allowed(&who, Action::EditSettings, &clinic)?;
    let model = setup::clinic_page(&app.context, &app.packs, &who.standing, &clinic).await?;
    Ok(page(pages::clinic_settings(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// `POST /staff/settings/{clinic}/questions`
async fn questions(
    State(app): State<App>,
    who: SignedIn,
    Path(clinic): Path<String>,
) -> Result<Response, Edge> {
    allowed(&who, Action::EditSettings, &clinic)?;
    setup::add_questions(&app.context, &app.packs, &who.standing, &clinic).await?;
    Ok(go_to(&format!("/staff/settings/{clinic}")))
}

/// `POST /staff/settings/{clinic}/switch`
async fn switch(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(clinic): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    allowed(&who, Action::EditSettings, &clinic)?;
    let settings = format!("/staff/settings/{clinic}");
    let values = values(&form);
    match setup::switch(&app.context, &app.packs, &who.standing, &clinic, &values).await? {
        Switched::Done => {
            app.first_free.forget().await;
            Ok(go_to(&settings))
        }
        Switched::Not => Err(Edge::from(Code::NotPossible).onward(settings)),
        Switched::Look(model) => Ok(page(pages::change_preview(
            &who.frame(&app, &nonce),
            &model,
        ))),
    }
}
