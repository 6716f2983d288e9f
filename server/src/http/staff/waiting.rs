//! A place on the waiting list: see it, answer for somebody who is on the telephone, and offer a time out of turn.

use app::pages::staff as pages;
use app::text::{in_language, t};
use app::view::FieldError;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

use super::{SignedIn, go_to};
use crate::booking::waiting::{self, OutOfTurn};
use crate::booking::{Actor, BookingError, mode_from_word};
use crate::desk;
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::store::WaitingRow;

/// Characters of a reason.
const MOST_REASON: usize = 300;

/// The routes below `/staff/waiting`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/waiting", get(list))
        .route("/staff/waiting/{reference}", get(see))
        .route("/staff/waiting/{reference}/offer", post(offer))
        .route("/staff/waiting/{reference}/accept", post(accept))
        .route("/staff/waiting/{reference}/decline", post(decline))
        .route("/staff/waiting/{reference}/leave", post(leave))
}

/// Somebody at a place.
struct At {
    app: App,
    nonce: Nonce,
    who: SignedIn,
    row: WaitingRow,
}

/// What is shown beside the place as it stands.
#[derive(Default)]
struct Shown {
    status: StatusCode,
    start: String,
    reason: String,
    errors: Vec<FieldError>,
    overtaken: bool,
}

impl At {
    /// The place of this reference; what is not there and what may not be seen answer alike.
    async fn open(app: App, nonce: Nonce, who: SignedIn, reference: &str) -> Result<Self, Edge> {
        let row = desk::waiting_target(&app.context, &who.standing, reference)
            .await?
            .ok_or_else(|| Edge::from(Code::NotFound).onward("/staff/requests"))?;
        Ok(Self {
            app,
            nonce,
            who,
            row,
        })
    }

    fn actor(&self) -> Actor {
        Actor::Staff(self.who.staff.id)
    }

    fn back(&self) -> Response {
        go_to(&format!("/staff/waiting/{}", self.row.reference))
    }

    async fn show(self, shown: Shown) -> Result<Response, Edge> {
        let (context, standing) = (&self.app.context, &self.who.standing);
        let row = desk::waiting_target(context, standing, &self.row.reference).await?;
        let row = row.ok_or(Code::NotFound)?;
        let subject = ("waiting", row.id);
        desk::note_read(context, standing, subject, &row.clinic_id).await?;
        let mut model = desk::waiting(context, standing, &row).await?;
        for one in &mut model.free {
            one.chosen = one.value == shown.start;
        }
        model.reason = shown.reason;
        model.errors = shown.errors;
        model.overtaken = shown.overtaken;
        let html = pages::waiting(&self.who.frame(&self.app, &self.nonce), &model);
        Ok((shown.status, Html(html)).into_response())
    }

    /// 303 to the place, or the place as it is now: somebody was quicker.
    async fn done(self, done: Result<(), BookingError>) -> Result<Response, Edge> {
        match done {
            Ok(()) => Ok(self.back()),
            Err(
                BookingError::Refused(_)
                | BookingError::Decided
                | BookingError::Overtaken
                | BookingError::Unavailable(_),
            ) => {
                self.show(Shown {
                    status: StatusCode::CONFLICT,
                    overtaken: true,
                    ..Shown::default()
                })
                .await
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// `GET /staff/waiting`: those who wait stand below the cases.
async fn list(_: SignedIn) -> Response {
    go_to("/staff/requests#on-list")
}

/// `GET /staff/waiting/{reference}`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    at.show(Shown::default()).await
}

fn number(form: &Form) -> i64 {
    form.first("number").parse().unwrap_or(0)
}

/// `POST /staff/waiting/{reference}/accept`
async fn accept(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    let done = waiting::accept(&at.app.context, at.row.id, number(&form), at.actor()).await;
    at.done(done.map(drop)).await
}

/// `POST /staff/waiting/{reference}/decline`
async fn decline(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    let done = waiting::decline(&at.app.context, at.row.id, number(&form), at.actor()).await;
    at.done(done).await
}

/// `POST /staff/waiting/{reference}/leave`
async fn leave(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    let done = waiting::leave(&at.app.context, at.row.id, at.actor()).await;
    at.done(done).await
}

/// `POST /staff/waiting/{reference}/offer`
async fn offer(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let at = At::open(app, nonce, who, &reference).await?;
    let clinic = ClinicId(at.row.clinic_id.clone());
    at.who.must(Action::OfferWaiting, &clinic)?;
    let typed = form.first("start").to_owned();
    let mut reason = form.first("reason").trim().to_owned();
    reason.retain(|letter| !letter.is_control());
    let mut parts = typed.split(' ');
    let start = parts.next().and_then(|text| time::parse_instant(text).ok());
    let mode = parts.next().and_then(mode_from_word);
    let mut wrong: Vec<(&str, &str)> = Vec::new();
    if start.is_none() || mode.is_none() {
        wrong.push(("start", "waiting-wrong-start"));
    }
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        wrong.push(("reason", "waiting-wrong-reason"));
    }
    let again = |wrong: Vec<(&str, &str)>| Shown {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        start: typed.clone(),
        reason: reason.clone(),
        errors: in_language("en", || {
            let error = |(field, key): (&str, &str)| FieldError {
                field: field.to_owned(),
                text: t(key),
            };
            wrong.into_iter().map(error).collect()
        }),
        overtaken: false,
    };
    let (Some(start), Some(mode), true) = (start, mode, wrong.is_empty()) else {
        let shown = again(wrong);
        return at.show(shown).await;
    };
    let wish = OutOfTurn {
        place: at.row.id,
        start,
        mode,
        staff: at.who.staff.id,
        reason: reason.clone(),
    };
    match waiting::offer_out_of_turn(&at.app.context, &wish).await {
        Err(BookingError::Unavailable(_)) => {
            let shown = Shown {
                status: StatusCode::CONFLICT,
                ..again(vec![("start", "waiting-wrong-taken")])
            };
            at.show(shown).await
        }
        done => at.done(done).await,
    }
}
