//! The page behind the link of a case: what happens next and by when, and what the client can do now. No account; first
//! name and reference, and nothing more of what they told us. Reading changes nothing.

use app::pages;
use app::view::{Choice, ClientSteps, FieldError, MyRequest, Reach};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

use super::error::{Code, Edge};
use super::form::Form;
use super::headers::Nonce;
use super::journey::{days, signposts, start_in_words, wrong_field, wrong_fields};

use super::manage::turned_down;
use super::state::App;
use crate::auth::link::{LinkKind, verify_link};
use crate::booking::{Actor, BookingError, conflict, mode_from_word, mode_word};
use crate::domain::availability::{Slot, Unavailable};
use crate::domain::client::{Wrong, first_name};
use crate::domain::decision::{MOST_ANSWER, Terms};
use crate::domain::ids::ClinicId;
use crate::domain::schedule::Mode;
use crate::domain::time;
use crate::domain::triage::Assessment;
use crate::review::{self, Pick};
use crate::store::{RequestRow, ServiceRow};

/// A link works for so long after the case arrived.
const WORKS_FOR: TimeDelta = TimeDelta::days(180);
/// Days with something free on one page.
const DAYS_ON_A_PAGE: usize = 7;

/// The routes below a link.
pub fn router() -> Router<App> {
    Router::new()
        .route("/requests/{token}", get(see))
        .route("/requests/{token}/time", post(pick))
        .route("/requests/{token}/answer", post(answer))
        .route("/requests/{token}/other-times", post(other_times))
        .route("/requests/{token}/withdraw", post(withdraw))
}

/// What may stand in the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pub from: String,
}

impl Asked {
    /// The first date to show times of.
    pub fn date(&self) -> Option<NaiveDate> {
        time::parse_date(&self.from).ok()
    }
}

/// The case that the token opens.
async fn open(app: &App, token: &str) -> Result<RequestRow, Edge> {
    let (id, version) =
        verify_link(&app.key, LinkKind::Request, token).map_err(|_| Edge::from(Code::NotFound))?;
    let row = app
        .context
        .store
        .read()
        .await?
        .request(id)
        .await?
        .ok_or(Code::NotFound)?;
    let over = DateTime::from_timestamp(row.created_at, 0)
        .is_none_or(|arrived| arrived + WORKS_FOR < app.context.now());
    if over || i64::from(version) != row.link_version {
        return Err(Code::LinkExpired.into());
    }
    Ok(row)
}

/// What is shown beside the case as it stands.
#[derive(Default)]
struct Shown {
    status: StatusCode,
    from: Option<NaiveDate>,
    typed: Typed,
    taken: String,
    changed: Option<String>,
}

/// What a client, or staff for them, typed and what is wrong with it.
#[derive(Default)]
pub struct Typed {
    pub start: String,
    pub mode: Option<Mode>,
    pub answer: String,
    pub wrong: Vec<FieldError>,
}

/// `GET /requests/{token}?from=`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let shown = Shown {
        from: asked.date(),
        ..Shown::default()
    };
    page(&app, &nonce, &token, &row, shown).await
}

async fn page(
    app: &App,
    nonce: &Nonce,
    token: &str,
    row: &RequestRow,
    shown: Shown,
) -> Result<Response, Edge> {
    let mut tx = app.context.store.read().await?;
    let decisions = tx.decisions(row.id).await?;
    let services = tx.services(Some(&row.clinic_id)).await?;
    let appointment = match row.appointment_id {
        Some(id) => tx.appointment(id).await?,
        None => None,
    };
    let checks = conflict::checks(&mut *tx, &row.clinic_id).await?;
    drop(tx);
    let decided = review::in_force(&decisions)
        .map(review::terms)
        .transpose()?;
    // Every no of a clinic that checks for conflicts of interest is the neutral one, whatever was decided and why.
    let says_who = matches!(&decided, Some(Terms::Decline { .. })) && !checks;
    if row.state == "declined" && !says_who {
        return Ok(turned_down(app, &row.clinic_id).await);
    }
    let respond_by = DateTime::from_timestamp(row.respond_by, 0).unwrap_or_default();
    let mut steps = ClientSteps {
        path: format!("/requests/{token}"),
        state: row.state.clone(),
        revision: row.revision,
        ..ClientSteps::default()
    };
    fill(
        app,
        row,
        decided.as_ref(),
        &services,
        shown.from,
        &mut steps,
    )
    .await?;
    say(&mut steps, &shown.typed);
    let helpers = match (&decided, row.state.as_str()) {
        (Some(Terms::Decline { signposts: ids }), "declined") => app
            .packs
            .get(&ClinicId(row.clinic_id.clone()))
            .map(|pack| pack.point_to(ids))
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let model = MyRequest {
        first_name: first_name(&row.client_name).to_owned(),
        reference: row.reference.clone(),
        reach: reach(row),
        respond_by: time::day_and_month(time::local_date(respond_by)),
        late: respond_by < app.context.now(),
        steps,
        signposts: signposts(&helpers),
        appointment: appointment
            .map(|found| {
                let token = app.appointment_token(found.id, found.link_version);
                format!("/appointments/{token}")
            })
            .unwrap_or_default(),
        taken: shown.taken,
        changed: shown.changed,
    };
    let html = pages::my_request(&app.frame(nonce), &model);
    Ok((shown.status, Html(html)).into_response())
}

fn reach(row: &RequestRow) -> Reach {
    if row.email.is_some() && row.safe_to_email {
        Reach::Mail
    } else if row.phone.is_some() && row.safe_to_call {
        Reach::Phone
    } else {
        Reach::Neither
    }
}

/// Fills in what belongs to the state: the question, or a page of times from a date on.
pub async fn fill(
    app: &App,
    row: &RequestRow,
    decided: Option<&Terms>,
    services: &[ServiceRow],
    from: Option<NaiveDate>,
    steps: &mut ClientSteps,
) -> Result<(), Edge> {
    if let (Some(Terms::Ask { question }), "waiting_for_client") = (decided, row.state.as_str()) {
        steps.question.clone_from(question);
    }
    let (Some(terms), "accepted" | "offered") = (decided, row.state.as_str()) else {
        return Ok(());
    };
    let service = terms
        .meeting()
        .and_then(|(id, _)| services.iter().find(|own| own.id == id.as_str()));
    let horizon = service.map_or(0, |service| service.horizon_days);
    steps.minutes = service.map_or(0, |service| service.minutes)
        + terms.meeting().map_or(0, |(_, extra)| extra);
    match review::to_pick_from(&app.context, row, terms, horizon).await {
        Ok(found) => {
            steps.too_late = found.too_late;
            steps.gone = found.gone.into_iter().map(start_in_words).collect();
            let (slots, more) = one_page(found.slots, from);
            let ways = ways(&slots);
            steps.days = days(&slots, false);
            steps.more_from = more.map(time::iso_date);
            offer_ways(row, &ways, steps);
        }
        // Fail closed: never "none left" because the calendar could not be read.
        Err(BookingError::Store(error)) => {
            tracing::error!(%error, "availability could not be read");
            steps.unavailable = true;
        }
        // A service that is gone has no times.
        Err(BookingError::NoSuchService) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// The first days from a date on, and the date of the day after them.
pub fn one_page(slots: Vec<Slot>, from: Option<NaiveDate>) -> (Vec<Slot>, Option<NaiveDate>) {
    let mut days: Vec<NaiveDate> = Vec::new();
    let mut shown = Vec::new();
    for slot in slots {
        let date = time::local_date(slot.start);
        if from.is_some_and(|from| date < from) {
            continue;
        }
        if days.last() != Some(&date) {
            if days.len() == DAYS_ON_A_PAGE {
                return (shown, Some(date));
            }
            days.push(date);
        }
        shown.push(slot);
    }
    (shown, None)
}

fn ways(slots: &[Slot]) -> Vec<Mode> {
    [Mode::InPerson, Mode::Phone, Mode::Video]
        .into_iter()
        .filter(|mode| slots.iter().any(|slot| slot.modes.contains(mode)))
        .collect()
}

/// Ways to meet to choose from; the one that the answers asked for is chosen.
fn offer_ways(row: &RequestRow, ways: &[Mode], steps: &mut ClientSteps) {
    if let [only] = ways {
        mode_word(*only).clone_into(&mut steps.only_mode);
        return;
    }
    let assessment: Option<Assessment> = serde_json::from_str(&row.assessment).ok();
    let asked = assessment.and_then(|assessment| assessment.facts.mode);
    steps.modes = ways
        .iter()
        .map(|mode| Choice {
            value: mode_word(*mode).to_owned(),
            chosen: asked == Some(*mode),
            ..Choice::default()
        })
        .collect();
}

/// What was typed, and what is wrong with it, in words.
pub fn say(steps: &mut ClientSteps, typed: &Typed) {
    steps.chosen.clone_from(&typed.start);
    steps.answer.clone_from(&typed.answer);
    if let Some(mode) = typed.mode {
        for choice in &mut steps.modes {
            choice.chosen = choice.value == mode_word(mode);
        }
    }
    steps.errors.clone_from(&typed.wrong);
}

/// The revision that a form was made for.
pub fn revision(form: &Form) -> i64 {
    form.first("revision").parse().unwrap_or(-1)
}

/// A form with a time: the choice, or what is wrong with it.
pub fn chosen_time(row: &RequestRow, form: &Form, actor: Actor) -> Result<Pick, Typed> {
    let start = time::parse_instant(form.first("start")).ok();
    let mode = mode_from_word(form.first("mode"));
    match (start, mode) {
        (Some(start), Some(mode)) => Ok(Pick {
            request: row.id,
            revision: revision(form),
            start,
            mode,
            actor,
        }),
        _ => Err(Typed {
            start: form.first("start").to_owned(),
            mode,
            wrong: [
                start.is_none().then(|| wrong_field("start", "required")),
                mode.is_none().then(|| wrong_field("mode", "required")),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ..Typed::default()
        }),
    }
}

/// A form with an answer: the text, or what is wrong with it. Characters that cannot be seen are left out.
pub fn typed_answer(form: &Form) -> Result<String, Typed> {
    let text: String = form
        .first("answer")
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    let text = text.trim().to_owned();
    let wrong = if text.is_empty() {
        Wrong::Required
    } else if text.chars().count() > MOST_ANSWER {
        Wrong::TooLong(MOST_ANSWER)
    } else {
        return Ok(text);
    };
    Err(Typed {
        answer: text,
        wrong: wrong_fields(&[("answer", wrong)]),
        ..Typed::default()
    })
}

/// How a choice of a time failed.
pub enum NotPicked {
    /// The time does not meet in that way.
    Mode(Typed),
    /// Somebody else has it, or it can no longer be had.
    Taken(DateTime<Utc>),
    /// The case stands otherwise by now.
    Changed,
    /// Anything else.
    Failed(Edge),
}

impl NotPicked {
    /// What to say about this error.
    pub fn new(error: BookingError, pick: &Pick) -> Self {
        match error {
            BookingError::Unavailable(Unavailable::ModeNotOffered) => Self::Mode(Typed {
                start: time::rfc3339(pick.start),
                mode: Some(pick.mode),
                wrong: vec![wrong_field("mode", "not_here")],
                ..Typed::default()
            }),
            BookingError::Unavailable(_) => Self::Taken(pick.start),
            BookingError::Case(_) | BookingError::CaseChanged => Self::Changed,
            other => Self::Failed(other.into()),
        }
    }
}

/// `POST /requests/{token}/time`
async fn pick(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let choice = match chosen_time(&row, &form, Actor::Client) {
        Ok(choice) => choice,
        Err(typed) => return again(&app, &nonce, &token, &row, typed).await,
    };
    let error = match review::pick(&app.context, &choice).await {
        Ok(booked) => {
            let token = app.appointment_token(booked.id, booked.link_version);
            return Ok(Redirect::to(&format!("/appointments/{token}")).into_response());
        }
        Err(error) => error,
    };
    match NotPicked::new(error, &choice) {
        NotPicked::Mode(typed) => again(&app, &nonce, &token, &row, typed).await,
        NotPicked::Taken(start) => {
            let shown = Shown {
                status: StatusCode::CONFLICT,
                taken: start_in_words(start),
                ..Shown::default()
            };
            page(&app, &nonce, &token, &row, shown).await
        }
        NotPicked::Changed => after_a_change(&app, &nonce, &token, Some(choice.start), "").await,
        NotPicked::Failed(edge) => Err(edge),
    }
}

async fn again(
    app: &App,
    nonce: &Nonce,
    token: &str,
    row: &RequestRow,
    typed: Typed,
) -> Result<Response, Edge> {
    let shown = Shown {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        typed,
        ..Shown::default()
    };
    page(app, nonce, token, row, shown).await
}

/// The case as it stands now, with what was typed. A second click on a time that this client has booked leads to it.
async fn after_a_change(
    app: &App,
    nonce: &Nonce,
    token: &str,
    start: Option<DateTime<Utc>>,
    typed: &str,
) -> Result<Response, Edge> {
    let row = open(app, token).await?;
    if let (Some(start), Some(id)) = (start, row.appointment_id) {
        let found = app.context.store.read().await?.appointment(id).await?;
        if let Some(own) = found.filter(|found| found.starts_at == start.timestamp()) {
            let token = app.appointment_token(own.id, own.link_version);
            return Ok(Redirect::to(&format!("/appointments/{token}")).into_response());
        }
    }
    let still_asked = row.state == "waiting_for_client";
    let shown = Shown {
        status: StatusCode::CONFLICT,
        typed: Typed {
            answer: typed.to_owned(),
            ..Typed::default()
        },
        // Where there is a box for it still, it stays in the box.
        changed: Some(if still_asked {
            String::new()
        } else {
            typed.to_owned()
        }),
        ..Shown::default()
    };
    page(app, nonce, token, &row, shown).await
}

/// `POST /requests/{token}/answer`
async fn answer(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let text = match typed_answer(&form) {
        Ok(text) => text,
        Err(typed) => return again(&app, &nonce, &token, &row, typed).await,
    };
    let done = review::answer(&app.context, row.id, revision(&form), &text, Actor::Client).await;
    finish(&app, &nonce, &token, done, &text).await
}

/// `POST /requests/{token}/other-times`
async fn other_times(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let done = review::none_suits(&app.context, row.id, revision(&form), Actor::Client).await;
    finish(&app, &nonce, &token, done, "").await
}

/// `POST /requests/{token}/withdraw`. A second time changes nothing and answers the same.
async fn withdraw(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    if row.state == "withdrawn" {
        return Ok(back(&token));
    }
    let done = review::withdraw(&app.context, row.id, revision(&form), Actor::Client).await;
    finish(&app, &nonce, &token, done, "").await
}

fn back(token: &str) -> Response {
    Redirect::to(&format!("/requests/{token}")).into_response()
}

async fn finish(
    app: &App,
    nonce: &Nonce,
    token: &str,
    done: Result<(), BookingError>,
    typed: &str,
) -> Result<Response, Edge> {
    match done {
        Ok(()) => Ok(back(token)),
        Err(BookingError::Case(_) | BookingError::CaseChanged) => {
            after_a_change(app, nonce, token, None, typed).await
        }
        Err(other) => Err(other.into()),
    }
}
