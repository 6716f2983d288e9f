//! The queue, one case, and what staff do about it: propose, decide, say who has it, and act for a client who is on the
//! telephone.

use app::pages::staff as pages;
use app::text::t;
use app::view::{CasePage, FieldError, Overtaken, RulingForm};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::ruling::{Typed, wrong};
use super::{SignedIn, go_to, page};
use crate::booking::{Actor, BookingError, free_slots};
use crate::desk::{self, Case};
use crate::domain::access::Action;
use crate::domain::ids::{ClinicId, ServiceId};
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::journey::{days, start_in_words};
use crate::http::requests::{
    Asked, NotPicked, Typed as ClientTyped, chosen_time, fill, one_page, revision, say,
    typed_answer,
};
use crate::http::state::App;
use crate::review::{self, Ruling};

/// The routes below `/staff/requests`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/requests", get(list))
        .route("/staff/requests/{reference}", get(see))
        .route("/staff/requests/{reference}/times", post(show_times))
        .route("/staff/requests/{reference}/prepare", post(prepare))
        .route("/staff/requests/{reference}/decide", post(decide))
        .route("/staff/requests/{reference}/assign", post(assign))
        .route("/staff/requests/{reference}/answer", post(answer))
        .route("/staff/requests/{reference}/time", post(pick))
        .route("/staff/requests/{reference}/other-times", post(other_times))
        .route("/staff/requests/{reference}/withdraw", post(withdraw))
}

/// The filter.
#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    clinic: String,
}

/// `GET /staff/requests?clinic=`
async fn list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(filter): Query<Filter>,
) -> Result<Response, Edge> {
    if who.standing.clinics_for(Action::SeeRequests).is_empty() {
        return Err(Code::Forbidden.into());
    }
    let frame = who.live_frame(&app, &nonce).await;
    let model = desk::requests(&app.context, &who.standing, &filter.clinic).await?;
    Ok(page(pages::requests(&frame, &model)))
}

/// Somebody at a case.
struct At {
    app: App,
    nonce: Nonce,
    who: SignedIn,
    case: Case,
}

impl At {
    /// The case of this reference; what is not there and what may not be seen answer alike.
    async fn open(app: App, nonce: Nonce, who: SignedIn, reference: &str) -> Result<Self, Edge> {
        let case = desk::case(&app.context, &app.packs, &who.standing, reference)
            .await?
            .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff/requests"))?;
        Ok(Self {
            app,
            nonce,
            who,
            case,
        })
    }

    fn must(&self, action: Action) -> Result<(), Edge> {
        let clinic = ClinicId(self.case.row.clinic_id.clone());
        self.who.must(action, &clinic)
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.staff.id)
    }

    /// The form of the case; it is over where there is none.
    fn form(&self) -> RulingForm {
        self.case.page.form.clone().unwrap_or_default()
    }

    /// Back to the case: the answer to a form that was taken.
    fn back(&self) -> Response {
        go_to(&format!("/staff/requests/{}", self.case.row.reference))
    }

    /// The page, with free times filled in from a date on, and what was typed for the client.
    async fn show(
        mut self,
        status: StatusCode,
        from: Option<NaiveDate>,
        typed: Option<&ClientTyped>,
    ) -> Result<Response, Edge> {
        let row = &self.case.row;
        let subject = ("request", row.id);
        desk::note_read(
            &self.app.context,
            &self.who.standing,
            subject,
            &row.clinic_id,
        )
        .await?;
        let today = time::local_date(self.app.context.now());
        let page = &mut self.case.page;
        if let Some(steps) = &mut page.on_phone {
            let (row, services) = (&self.case.row, &self.case.services);
            let decided = self.case.decided.as_ref();
            fill(&self.app, row, decided, services, from, steps).await?;
            if let Some(typed) = typed {
                say(steps, typed);
            }
        }
        if let Some(form) = &mut page.form {
            let first = time::parse_date(&form.from).unwrap_or(today).max(today);
            form.from = time::iso_date(first);
            fill_form(&self.app, &self.case.row, form, first).await?;
        }
        let html = pages::request(&self.who.frame(&self.app, &self.nonce), page);
        Ok((status, Html(html)).into_response())
    }

    /// The page again with what was typed into the form of a decision.
    async fn again(
        mut self,
        status: StatusCode,
        typed: &Typed,
        errors: Vec<FieldError>,
    ) -> Result<Response, Edge> {
        if let Some(form) = &mut self.case.page.form {
            typed.put_into(form);
            form.errors = errors;
        }
        self.show(status, None, None).await
    }

    /// The page again with what was typed for the client.
    async fn again_on_phone(
        self,
        status: StatusCode,
        typed: &ClientTyped,
    ) -> Result<Response, Edge> {
        self.show(status, None, Some(typed)).await
    }

    /// 409: somebody else was first. The case as it stands now, and what was typed.
    async fn overtaken(self, typed: Option<&Typed>, words: Vec<String>) -> Result<Response, Edge> {
        let reference = self.case.row.reference.clone();
        let mut now = Self::open(self.app, self.nonce, self.who, &reference).await?;
        let page: &mut CasePage = &mut now.case.page;
        let kept = match (typed, &mut page.form) {
            (Some(typed), Some(form)) => {
                typed.put_into(form);
                Vec::new()
            }
            _ => words,
        };
        page.overtaken = Some(Overtaken { typed: kept });
        now.show(StatusCode::CONFLICT, None, None).await
    }

    /// After something that was done for the client.
    async fn done(
        self,
        done: Result<(), BookingError>,
        words: Vec<String>,
    ) -> Result<Response, Edge> {
        match done {
            Ok(()) => Ok(self.back()),
            Err(BookingError::Case(_) | BookingError::CaseChanged) => {
                self.overtaken(None, words).await
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// 409: the case as somebody else left it.
pub async fn overtaken(
    app: App,
    nonce: Nonce,
    who: SignedIn,
    reference: &str,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, reference).await?;
    at.overtaken(None, Vec::new()).await
}

/// The free times of the chosen service and length, a page of days from a date on.
async fn fill_form(
    app: &App,
    row: &crate::store::RequestRow,
    form: &mut RulingForm,
    first: NaiveDate,
) -> Result<(), Edge> {
    let Some(service) = form.services.iter().find(|service| service.selected) else {
        return Ok(());
    };
    let chosen = form.extra.iter().find(|choice| choice.chosen);
    let extra = chosen
        .and_then(|choice| choice.value.parse().ok())
        .unwrap_or(0);
    let needs = review::needs(row, extra);
    let until = time::add_days(first, 60);
    let service = ServiceId(service.id.clone());
    match free_slots(&app.context, &service, &needs, (first, until), None).await {
        Ok((_, slots)) => form.days = days(&one_page(slots, None).0, false),
        Err(BookingError::Store(error)) => {
            tracing::error!(%error, "availability could not be read");
            form.unavailable = true;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// `GET /staff/requests/{reference}?from=`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.show(StatusCode::OK, asked.date(), None).await
}

/// `POST /staff/requests/{reference}/times`: the same page with the free times of what is chosen. Changes nothing.
async fn show_times(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::PrepareRequest)?;
    let typed = Typed::read(&form);
    at.again(StatusCode::OK, &typed, Vec::new()).await
}

/// `POST /staff/requests/{reference}/prepare`
async fn prepare(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::PrepareRequest)?;
    Box::pin(rule(at, &form, false)).await
}

/// `POST /staff/requests/{reference}/decide`
async fn decide(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::DecideRequest)?;
    Box::pin(rule(at, &form, true)).await
}

async fn rule(at: At, form: &Form, decides: bool) -> Result<Response, Edge> {
    let typed = Typed::read(form);
    // What was decided meanwhile is said before anything that may be wrong with the form.
    if at.case.page.form.is_none() || revision(form) != at.case.row.revision {
        let words = typed.words();
        return at.overtaken(Some(&typed), words).await;
    }
    let (terms, reason) = match typed.judge(&at.form()) {
        Ok(good) => good,
        Err(errors) => {
            return at
                .again(StatusCode::UNPROCESSABLE_ENTITY, &typed, errors)
                .await;
        }
    };
    let ruling = Ruling {
        request: at.case.row.id,
        revision: revision(form),
        terms,
        reason,
        staff: at.who.staff.id,
    };
    let done = if decides {
        review::decide(&at.app.context, &ruling).await.map(|_| ())
    } else {
        review::prepare(&at.app.context, &ruling).await
    };
    let errors = match done {
        Ok(()) => return Ok(at.back()),
        Err(BookingError::Case(_) | BookingError::CaseChanged) => {
            let words = typed.words();
            return at.overtaken(Some(&typed), words).await;
        }
        Err(BookingError::Unavailable(_)) => vec![wrong("times", t("case-wrong-times-gone"))],
        Err(BookingError::NoSuchService) => vec![wrong("service", t("case-wrong-service"))],
        Err(BookingError::NotCleared) => {
            let errors = vec![wrong("kind", t("case-check-open"))];
            return at.again(StatusCode::CONFLICT, &typed, errors).await;
        }
        Err(other) => return Err(other.into()),
    };
    at.again(StatusCode::UNPROCESSABLE_ENTITY, &typed, errors)
        .await
}

/// `POST /staff/requests/{reference}/assign`
async fn assign(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    // Whoever prepares cases takes one; whoever runs the clinic gives it to a supervisor.
    at.must(Action::PrepareRequest)
        .or_else(|_| at.must(Action::AssignRequest))?;
    let to = match form.first("to") {
        "" => None,
        text => Some(Uuid::parse_str(text).map_err(|_| Code::Invalid)?),
    };
    let was = form.has("was").then(|| form.first("was"));
    let given = (to, was);
    match review::assign(&at.app.context, at.case.row.id, given, at.who.staff.id).await {
        Ok(()) => {}
        Err(BookingError::Overtaken) => {
            let reference = at.case.row.reference.clone();
            let mut now = At::open(at.app, at.nonce, at.who, &reference).await?;
            now.case.page.overtaken = Some(Overtaken::default());
            for one in &mut now.case.page.colleagues {
                one.chosen = one.value == form.first("to");
            }
            return now.show(StatusCode::CONFLICT, None, None).await;
        }
        Err(other) => return Err(other.into()),
    }
    // Whoever gave a case away may not be able to open it any more.
    let (standing, reference) = (&at.who.standing, &at.case.row.reference);
    let still = desk::request_target(&at.app.context, standing, reference).await?;
    Ok(if still.is_some() && form.first("from") != "queue" {
        at.back()
    } else {
        go_to("/staff/requests")
    })
}

/// `POST /staff/requests/{reference}/answer`: what the client says on the telephone.
async fn answer(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::CloseCall)?;
    let text = match typed_answer(&form) {
        Ok(text) => text,
        Err(typed) => {
            return at
                .again_on_phone(StatusCode::UNPROCESSABLE_ENTITY, &typed)
                .await;
        }
    };
    let (id, seen) = (at.case.row.id, revision(&form));
    let done = review::answer(&at.app.context, id, seen, &text, at.actor()).await;
    at.done(done, vec![text]).await
}

/// `POST /staff/requests/{reference}/time`: the time that the client picks on the telephone.
async fn pick(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::CloseCall)?;
    let choice = match chosen_time(&at.case.row, &form, at.actor()) {
        Ok(choice) => choice,
        Err(typed) => {
            return at
                .again_on_phone(StatusCode::UNPROCESSABLE_ENTITY, &typed)
                .await;
        }
    };
    let error = match review::pick(&at.app.context, &choice).await {
        Ok(booked) => return Ok(go_to(&format!("/staff/appointments/{}", booked.reference))),
        Err(error) => error,
    };
    match NotPicked::new(error, &choice) {
        NotPicked::Mode(typed) => {
            at.again_on_phone(StatusCode::UNPROCESSABLE_ENTITY, &typed)
                .await
        }
        NotPicked::Taken(start) => {
            let places = [("time", start_in_words(start).into())];
            let text = app::text::t_with("times-taken", &places);
            let typed = ClientTyped {
                wrong: vec![wrong("start", text)],
                ..ClientTyped::default()
            };
            at.again_on_phone(StatusCode::CONFLICT, &typed).await
        }
        NotPicked::Changed => at.overtaken(None, Vec::new()).await,
        NotPicked::Failed(edge) => Err(edge),
    }
}

/// `POST /staff/requests/{reference}/other-times`
async fn other_times(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::CloseCall)?;
    let (id, seen) = (at.case.row.id, revision(&form));
    let done = review::none_suits(&at.app.context, id, seen, at.actor()).await;
    at.done(done, Vec::new()).await
}

/// `POST /staff/requests/{reference}/withdraw`
async fn withdraw(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.must(Action::CloseCall)?;
    let (id, seen) = (at.case.row.id, revision(&form));
    let done = review::withdraw(&at.app.context, id, seen, at.actor()).await;
    at.done(done, Vec::new()).await
}
