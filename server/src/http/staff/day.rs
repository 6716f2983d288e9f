//! What staff do with an appointment on its day: tick off, choose people and room, write down what came of it, book the
//! next one, and take in somebody who came without an appointment. Plain forms; each answers 303, or the page again with
//! what was typed.

use app::pages::staff as pages;
use app::text::{in_language, t};
use app::view::{AgainPage, AppointmentPage, Choice, FieldError, Frame, OutcomePage, ServiceRef};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::{SignedIn, go_to, page};
use crate::booking::{
    self, Actor, Again, BookingError, Chosen, Outcome, free_slots, mode_from_word,
};
use crate::desk::{self, AtDesk};
use crate::domain::access::Action;
use crate::domain::booking::State as Stands;
use crate::domain::ids::{ClinicId, ServiceId};
use crate::domain::outcome::{Came, MOST_MINUTES};
use crate::domain::time;
use crate::domain::visit::{MOST_LATE, Mark};
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::journey::days;
use crate::http::requests::one_page;
use crate::http::state::App;
use crate::store::AppointmentRow;

/// The routes of the working day.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/appointments/{reference}/mark/{mark}", post(mark))
        .route("/staff/appointments/{reference}/crew", post(crew))
        .route(
            "/staff/appointments/{reference}/outcome",
            get(outcome).post(write_outcome),
        )
        .route(
            "/staff/appointments/{reference}/again",
            get(again).post(book_again),
        )
        .route("/staff/walk-in", post(super::walk_in::begin))
}

/// Somebody at an appointment.
struct At {
    app: App,
    nonce: Nonce,
    who: SignedIn,
}

impl At {
    fn frame(&self) -> Frame {
        self.who.frame(&self.app, &self.nonce)
    }

    fn words(&self, key: &str) -> String {
        in_language(&self.frame().lang, || t(key))
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.staff.id)
    }

    /// The row of this reference, if this member of staff may do `action` with it.
    async fn row(&self, reference: &str, action: Action) -> Result<AppointmentRow, Edge> {
        let row = desk::change_target(&self.app.context, &self.who.standing, reference)
            .await?
            .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff"))?;
        self.who.must(action, &ClinicId(row.clinic_id.clone()))?;
        Ok(row)
    }

    /// The appointment for a page below it.
    async fn open(&self, reference: &str, action: Action) -> Result<AtDesk, Edge> {
        let found = desk::at_desk(&self.app.context, &self.who.standing, reference)
            .await?
            .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff"))?;
        self.who
            .must(action, &ClinicId(found.row.clinic_id.clone()))?;
        Ok(found)
    }

    /// The appointment's page as it is now, with what stood in the way.
    async fn again(
        &self,
        reference: &str,
        status: StatusCode,
        overtaken: bool,
        errors: Vec<FieldError>,
    ) -> Result<Response, Edge> {
        self.again_with(reference, status, |model| {
            model.overtaken = overtaken;
            model.errors = errors;
        })
        .await
    }

    /// The same, with what was typed put in.
    async fn again_with(
        &self,
        reference: &str,
        status: StatusCode,
        fill: impl FnOnce(&mut AppointmentPage),
    ) -> Result<Response, Edge> {
        let mut model = desk::appointment(
            &self.app.context,
            &self.app.packs,
            &self.who.standing,
            reference,
        )
        .await?
        .ok_or(Code::NotFound)?;
        fill(&mut model);
        let html = pages::appointment(&self.frame(), &model);
        Ok((status, Html(html)).into_response())
    }
}

/// 409: the appointment as somebody else left it.
pub async fn overtaken(
    app: App,
    nonce: Nonce,
    who: SignedIn,
    reference: &str,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    at.again(reference, StatusCode::CONFLICT, true, Vec::new())
        .await
}

fn wrong(field: &str, text: String) -> FieldError {
    FieldError {
        field: field.to_owned(),
        text,
    }
}

fn address(row: &AppointmentRow) -> String {
    format!("/staff/appointments/{}", row.reference)
}

/// `POST /staff/appointments/{reference}/mark/{mark}`: back to where the button stood. What somebody else has changed
/// meanwhile is shown as it is now, with 409.
async fn mark(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path((reference, word)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let row = at.row(&reference, Action::WorkTheDay).await?;
    let Some(mark) = Mark::ALL.into_iter().find(|mark| mark.as_str() == word) else {
        return Err(Code::NotFound.into());
    };
    let mark = match mark {
        Mark::Late(_) => {
            let minutes = form.first("minutes").trim().parse().unwrap_or(0);
            if !(1..=MOST_LATE).contains(&minutes) {
                let errors = vec![wrong(
                    &format!("late-{}", row.reference),
                    at.words("day-wrong-minutes"),
                )];
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return at.again(&row.reference, status, false, errors).await;
            }
            Mark::Late(minutes)
        }
        other => other,
    };
    let (context, actor) = (&at.app.context, at.actor());
    let done = match mark {
        Mark::Late(minutes) => {
            let was = form.first("was").parse().ok();
            booking::late_as_seen(context, row.id, minutes, was, actor).await
        }
        other => booking::mark(context, row.id, other, actor).await,
    };
    match done {
        Ok(_) if mark == Mark::Finish && form.first("from") != "today" => {
            Ok(go_to(&format!("{}/outcome", address(&row))))
        }
        Ok(_) if form.first("from") == "today" => Ok(go_to(&format!("/staff#a-{}", row.reference))),
        Ok(_) => Ok(go_to(&address(&row))),
        Err(BookingError::Refused(_) | BookingError::Overtaken) => {
            let status = StatusCode::CONFLICT;
            at.again_with(&row.reference, status, |model| {
                model.overtaken = true;
                form.first("minutes").clone_into(&mut model.day.late_typed);
            })
            .await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /staff/appointments/{reference}/crew`
async fn crew(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let row = at.row(&reference, Action::Allocate).await?;
    let chosen = chosen(&form);
    let seen = form.first("seen");
    let done = booking::allocate_by_hand(&at.app.context, row.id, seen, &chosen, at.actor()).await;
    match done {
        Ok(_) => Ok(go_to(&address(&row))),
        Err(BookingError::Overtaken | BookingError::Refused(_)) => {
            at.again_with(&row.reference, StatusCode::CONFLICT, |model| {
                model.overtaken = true;
                keep_crew(model, &form);
            })
            .await
        }
        Err(BookingError::Unavailable(_)) => {
            let errors = vec![wrong("crew", at.words("day-wrong-crew"))];
            at.again_with(&row.reference, StatusCode::CONFLICT, |model| {
                model.errors = errors;
                keep_crew(model, &form);
            })
            .await
        }
        Err(other) => Err(other.into()),
    }
}

/// The people and the room that were sent: a person or room alone, or `{id}@{meeting}` for one in exchange.
fn chosen(form: &Form) -> Chosen {
    let id = |text: &str| Uuid::parse_str(text).ok();
    let mut exchanges = Vec::new();
    let mut one = |text: &str| {
        let Some((own, meeting)) = text.split_once('@') else {
            return id(text);
        };
        let (own, meeting) = (id(own)?, id(meeting)?);
        exchanges.push((own, meeting));
        Some(own)
    };
    let mut advisers: Vec<Uuid> = form.all("adviser").filter_map(&mut one).collect();
    advisers.sort_unstable();
    let supervisor = id(form.first("supervisor"));
    let room = one(form.first("room"));
    Chosen {
        advisers,
        supervisor,
        room,
        exchanges,
    }
}

/// Whom somebody had chosen, as far as they can still be had.
fn keep_crew(model: &mut AppointmentPage, form: &Form) {
    let Some(crew) = &mut model.crew else { return };
    for (list, typed) in crew.advisers.iter_mut().zip(form.all("adviser")) {
        choose(list, typed);
    }
    choose(&mut crew.supervisors, form.first("supervisor"));
    choose(&mut crew.rooms, form.first("room"));
}

fn choose(list: &mut [Choice], typed: &str) {
    if list.iter().any(|one| one.value == typed) {
        for one in list {
            one.chosen = one.value == typed;
        }
    }
}

/// What was typed about what came of a meeting.
struct TypedOutcome {
    came: String,
    issue: String,
    students: String,
    supervisors: String,
    before: String,
    after: String,
}

impl TypedOutcome {
    fn of_form(form: &Form) -> Self {
        let text = |name: &str| form.first(name).trim().to_owned();
        Self {
            came: text("came"),
            issue: text("issue"),
            students: text("student_minutes"),
            supervisors: text("supervisor_minutes"),
            before: text("before"),
            after: text("after"),
        }
    }

    /// What is written down already, or what the calendar suggests.
    fn stored(found: &AtDesk) -> Self {
        let number = |value: Option<i64>| value.map(|one| one.to_string()).unwrap_or_default();
        match &found.outcome {
            Some(row) => Self {
                came: row.result.clone(),
                issue: row
                    .issue_id
                    .map_or_else(|| "other".to_owned(), |id| id.to_string()),
                students: row.student_minutes.to_string(),
                supervisors: row.supervisor_minutes.to_string(),
                before: number(row.confidence_before),
                after: number(row.confidence_after),
            },
            None => Self {
                came: String::new(),
                issue: String::new(),
                students: found.minutes.0.to_string(),
                supervisors: found.minutes.1.to_string(),
                before: String::new(),
                after: String::new(),
            },
        }
    }

    fn judge(&self, at: &At, found: &AtDesk) -> Result<Outcome, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, key: &str| errors.push(wrong(field, at.words(key)));
        let came = Came::from_name(&self.came);
        if came.is_none() {
            refuse("came", "outcome-wrong-came");
        }
        let issue = Uuid::parse_str(&self.issue).ok();
        let known = issue.is_some_and(|id| found.issues.iter().any(|one| one.id == id));
        if !known && self.issue != "other" {
            refuse("issue", "outcome-wrong-issue");
        }
        let minutes = |text: &str| {
            text.parse::<i64>()
                .ok()
                .filter(|minutes| (0..=MOST_MINUTES).contains(minutes))
        };
        let (students, supervisors) = (minutes(&self.students), minutes(&self.supervisors));
        if students.is_none() {
            refuse("student_minutes", "outcome-wrong-minutes");
        }
        if supervisors.is_none() {
            refuse("supervisor_minutes", "outcome-wrong-minutes");
        }
        let level = |text: &str| text.parse().ok().filter(|level| (1..=5).contains(level));
        match (came, students, supervisors) {
            (Some(came), Some(student_minutes), Some(supervisor_minutes)) if errors.is_empty() => {
                Ok(Outcome {
                    came,
                    issue,
                    student_minutes,
                    supervisor_minutes,
                    confidence_before: level(&self.before),
                    confidence_after: level(&self.after),
                })
            }
            _ => Err(errors),
        }
    }

    fn page(&self, at: &At, found: &AtDesk) -> OutcomePage {
        let frame = at.frame();
        let one = |value: String, label: String, chosen: &str| Choice {
            chosen: value == chosen,
            value,
            label,
            ..Choice::default()
        };
        let level = |chosen: &str| -> Vec<Choice> {
            (1..=5)
                .map(|level: i64| level.to_string())
                .map(|level| one(level.clone(), level, chosen))
                .collect()
        };
        let used = found.issues.iter().filter(|issue| {
            issue.enabled || found.outcome.as_ref().and_then(|row| row.issue_id) == Some(issue.id)
        });
        let other = in_language(&frame.lang, || t("outcome-issue-other"));
        OutcomePage {
            appointment: found.line.clone(),
            revision: found.outcome.as_ref().map_or(0, |row| row.revision),
            came: Came::ALL
                .into_iter()
                .map(|came| one(came.as_str().to_owned(), String::new(), &self.came))
                .collect(),
            issues: used
                .map(|issue| one(issue.id.to_string(), issue.name.clone(), &self.issue))
                .chain([one("other".to_owned(), other, &self.issue)])
                .collect(),
            student_minutes: self.students.clone(),
            supervisor_minutes: self.supervisors.clone(),
            before: level(&self.before),
            after: level(&self.after),
            errors: Vec::new(),
            overtaken: None,
        }
    }
}

/// `GET /staff/appointments/{reference}/outcome`
async fn outcome(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let found = at.open(&reference, Action::RecordOutcome).await?;
    if found.row.state != Stands::Attended.as_str() {
        let errors = vec![wrong("main", at.words("outcome-wrong-early"))];
        let reference = &found.row.reference;
        return at
            .again(reference, StatusCode::CONFLICT, false, errors)
            .await;
    }
    let model = TypedOutcome::stored(&found).page(&at, &found);
    Ok(page(pages::outcome(&at.frame(), &model)))
}

/// `POST /staff/appointments/{reference}/outcome`
async fn write_outcome(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let found = at.open(&reference, Action::RecordOutcome).await?;
    let typed = TypedOutcome::of_form(&form);
    let seen: i64 = form.first("revision").parse().unwrap_or(-1);
    let now = found.outcome.as_ref().map_or(0, |row| row.revision);
    let outcome = match typed.judge(&at, &found) {
        Ok(outcome) => outcome,
        Err(errors) => {
            let model = OutcomePage {
                errors,
                revision: seen,
                ..typed.page(&at, &found)
            };
            let html = pages::outcome(&at.frame(), &model);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
        }
    };
    let staff = at.who.staff.id;
    let done = if seen == now {
        booking::record_outcome(&at.app.context, found.row.id, seen, &outcome, staff).await
    } else {
        Err(BookingError::Overtaken)
    };
    match done {
        Ok(()) => Ok(go_to(&address(&found.row))),
        Err(BookingError::Overtaken) => {
            let found = at.open(&reference, Action::RecordOutcome).await?;
            let model = OutcomePage {
                overtaken: found.written(),
                ..typed.page(&at, &found)
            };
            let html = pages::outcome(&at.frame(), &model);
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(BookingError::Refused(_)) => {
            at.again(&found.row.reference, StatusCode::CONFLICT, true, Vec::new())
                .await
        }
        Err(other) => Err(other.into()),
    }
}

/// What may stand in the address of the next meeting.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Next {
    service: String,
    mode: String,
    from: String,
}

/// `GET /staff/appointments/{reference}/again?service=&mode=&from=`
async fn again(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    Query(next): Query<Next>,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let found = at.open(&reference, Action::PhoneBooking).await?;
    if !Again::can_follow(&found.row, at.app.context.now())? {
        return Err(Edge::from(Code::NotPossible).onward(address(&found.row)));
    }
    let model = again_page(&at, &found, &next).await?;
    Ok(page(pages::again(&at.frame(), &model)))
}

/// The service asked for, or the clinic's for people who have been before, or the same again.
fn chosen_service<'a>(found: &'a AtDesk, asked: &str) -> Option<&'a crate::store::ServiceRow> {
    let named = |id: &str| found.services.iter().find(|one| one.id == id);
    let attended = matches!(found.row.state.as_str(), "arrived" | "attended");
    named(asked)
        .or_else(|| {
            let returning = |one: &&crate::store::ServiceRow| one.offered_to == "returning";
            found.services.iter().find(returning).filter(|_| attended)
        })
        .or_else(|| named(&found.row.service_id))
        .or_else(|| found.services.first())
}

async fn again_page(at: &At, found: &AtDesk, next: &Next) -> Result<AgainPage, Edge> {
    let service = chosen_service(found, &next.service)
        .ok_or_else(|| Edge::from(Code::Closed).onward(address(&found.row)))?;
    let offered: Vec<&str> = service.modes.split(',').collect();
    let mode = [next.mode.as_str(), found.row.mode.as_str()]
        .into_iter()
        .find(|mode| offered.contains(mode))
        .unwrap_or(offered[0]);
    let today = time::local_date(at.app.context.now());
    let first: NaiveDate = time::parse_date(&next.from).unwrap_or(today).max(today);
    let until = time::add_days(first, 60);
    let needs = Again::needs(&found.row)?;
    let id = ServiceId(service.id.clone());
    let slots = free_slots(
        &at.app.context,
        &id,
        &needs,
        (first, until),
        mode_from_word(mode),
    )
    .await;
    let (slots, unavailable) = match slots {
        Ok((_, slots)) => (slots, false),
        Err(BookingError::Store(error)) => {
            tracing::error!(%error, "availability could not be read");
            (Vec::new(), true)
        }
        Err(other) => return Err(other.into()),
    };
    let (slots, more_from) = one_page(slots, None);
    let frame = at.frame();
    let booked = at.app.context.store.read().await?;
    let booked = { booked }.followers(found.row.id).await?;
    Ok(AgainPage {
        next: booked,
        overtaken: false,
        appointment: found.line.clone(),
        services: found
            .services
            .iter()
            .map(|one| ServiceRef {
                id: one.id.clone(),
                name: one.name.clone(),
                minutes: one.minutes,
                price: one.price.clone(),
                selected: one.id == service.id,
            })
            .collect(),
        modes: offered
            .iter()
            .map(|one| Choice {
                value: (*one).to_owned(),
                label: String::new(),
                chosen: *one == mode,
                ..Choice::default()
            })
            .collect(),
        days: in_language(&frame.lang, || days(&slots, false)),
        from: time::iso_date(first),
        more_from: more_from.map(time::iso_date),
        chosen: String::new(),
        replaces: found.row.state == Stands::Confirmed.as_str(),
        unavailable,
        errors: Vec::new(),
    })
}

/// `POST /staff/appointments/{reference}/again`
async fn book_again(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At { app, nonce, who };
    let found = at.open(&reference, Action::PhoneBooking).await?;
    let next = Next {
        service: form.first("service").to_owned(),
        mode: form.first("mode").to_owned(),
        from: form.first("from").to_owned(),
    };
    let start = time::parse_instant(form.first("start"));
    let mode = mode_from_word(&next.mode);
    let (Ok(start), Some(mode)) = (start, mode) else {
        let model = AgainPage {
            errors: vec![wrong("start", at.words("again-wrong-start"))],
            ..again_page(&at, &found, &next).await?
        };
        let html = pages::again(&at.frame(), &model);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    let again = Again {
        after: found.row.id,
        service: ServiceId(next.service.clone()),
        start,
        mode,
        actor: at.actor(),
        seen: form.first("seen").to_owned(),
    };
    match booking::book_again(&at.app.context, &again).await {
        Ok(booked) => Ok(go_to(&format!("/staff/appointments/{}", booked.reference))),
        Err(BookingError::Unavailable(_)) => {
            let model = AgainPage {
                errors: vec![wrong("start", at.words("again-wrong-taken"))],
                ..again_page(&at, &found, &next).await?
            };
            let html = pages::again(&at.frame(), &model);
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(BookingError::Overtaken) => {
            let model = AgainPage {
                overtaken: true,
                chosen: time::rfc3339(start),
                ..again_page(&at, &found, &next).await?
            };
            let html = pages::again(&at.frame(), &model);
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(BookingError::Refused(_)) => {
            at.again(&found.row.reference, StatusCode::CONFLICT, true, Vec::new())
                .await
        }
        Err(other) => Err(other.into()),
    }
}
