//! `POST /appointments`: books, once however often it is asked.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sender;
use super::admission::{bookable, needs_of, refused};
use super::fields::{client, required};
use super::idempotency::IdempotencyKey;
use super::instant::Instant;
use super::problems::{BODY, WRITE, problems};
use super::token::{self, Triaged};
use crate::booking::{Actor, Booked, From, Submission, Wanted, replied, submit};
use crate::domain::booking::State as Stands;
use crate::domain::client::ClientInput;
use crate::domain::schedule::Mode;
use crate::http::error::{Edge, FieldProblem};
use crate::http::json::ApiJson;
use crate::http::state::App;
use crate::intake::client_row;

/// What to book, and for whom: a `hold`, or a time with its `triage`. With a hold the rest of the time is not looked at.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct NewAppointment {
    /// The token of a hold; it carries the triage.
    pub hold: Option<String>,
    /// Without a hold: the service's id.
    #[schema(examples("nutrition-first"))]
    pub service: Option<String>,
    /// Without a hold: the start, as listed.
    #[schema(value_type = Option<String>, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Option<Instant>,
    /// Without a hold: how to meet.
    pub mode: Option<Mode>,
    /// Without a hold: the token of a triage that came out at `book` and offers the service.
    pub triage: Option<String>,
    /// Who comes. Language, interpreter and access are taken from the answers where they are absent.
    #[serde(default)]
    #[schema(required = true)]
    pub client: ClientInput,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedView {
    /// The reference that the client keeps.
    #[schema(examples("K7PX-4MR"))]
    pub reference: String,
    /// `confirmed`, or `requested` where the clinic must clear it first.
    pub state: Stands,
    /// Start.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
    /// End.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub end: Instant,
    /// Where the client sees, moves and cancels it. Whoever has the address can: it is for the client alone.
    #[schema(format = "uri")]
    pub manage_url: String,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such service."),
        (409, "`slot_taken`: somebody else has the time. `hold_expired`: the time is no longer held. `not_possible`: the \
               hold has been booked already."),
        (422, "`invalid`: some fields are wrong. `triage_expired`: the token is too old or not ours. `not_bookable`: the \
               answers do not lead to this service. `idempotency_mismatch`: the key came with another body before. \
               `too_soon`, `too_far`, `too_late`, `closed`, `outside_hours`, `mode_not_offered`: that time cannot be had."),
    ],
    BODY, WRITE,
);

/// Books a time. The same key with the same body books once and answers the same.
#[utoipa::path(
    post, path = "/appointments", tag = "booking",
    params(("Idempotency-Key" = String, Header, description = "Any text of your own, new for every booking",
            min_length = 1, max_length = 255, pattern = "^[!-~]{1,255}$", example = "6f1c2a")),
    request_body = NewAppointment,
    responses((status = CREATED, body = BookedView), Problems)
)]
pub(super) async fn book(
    State(app): State<App>,
    sender: Sender,
    key: IdempotencyKey,
    ApiJson(body): ApiJson<NewAppointment>,
) -> Result<(StatusCode, Json<BookedView>), Edge> {
    let replay = key.replay(&app, "appointments", &body)?;
    let booked = match prepare(&app, &sender, &body).await {
        Ok(submission) => {
            let submission = Submission {
                replay: Some(replay),
                ..submission
            };
            submit(&app.context, &submission).await.map_err(refused)?
        }
        // A retry of what succeeded answers the same, even when its token has expired since.
        Err(refusal) => replied(&app.context, &replay).await?.ok_or(refusal)?,
    };
    Ok((StatusCode::CREATED, Json(view(&app, booked))))
}

async fn prepare(app: &App, sender: &Sender, body: &NewAppointment) -> Result<Submission, Edge> {
    let (from, triage) = match &body.hold {
        Some(hold) => {
            let (id, triage) = token::open_hold(app, hold).await?;
            (From::Hold(id), triage)
        }
        None => slot(app, body).await?,
    };
    let client = client(&body.client, &triage.assessment.facts)?;
    sender.count(app, &client)?;
    Ok(Submission {
        from,
        client: client_row(&app.context, &client)?,
        intake: Some(triage.intake(app)?),
        source: "api",
        actor: Actor::Client,
        replay: None,
    })
}

async fn slot(app: &App, body: &NewAppointment) -> Result<(From, Triaged), Edge> {
    let (Some(service), Some(start), Some(mode), Some(triage)) =
        (&body.service, body.start, body.mode, &body.triage)
    else {
        return Err(Edge::invalid(missing(body)));
    };
    let triage = token::open(app, triage).await?;
    let service = bookable(app, service, Some(&triage)).await?;
    let needs = needs_of(&service, Some(&triage));
    let wanted = Wanted {
        service: service.id.as_str().into(),
        start: start.0,
        mode,
        needs,
    };
    Ok((From::Slot(wanted), triage))
}

fn missing(body: &NewAppointment) -> Vec<FieldProblem> {
    let fields = [
        ("/service", body.service.is_none()),
        ("/start", body.start.is_none()),
        ("/mode", body.mode.is_none()),
        ("/triage", body.triage.is_none()),
    ];
    fields
        .into_iter()
        .filter(|(_, missing)| *missing)
        .map(|(pointer, _)| required(pointer))
        .collect()
}

fn view(app: &App, booked: Booked) -> BookedView {
    BookedView {
        manage_url: app.manage_url(booked.id, booked.link_version),
        reference: booked.reference,
        state: booked.state,
        start: Instant(booked.start),
        end: Instant(booked.end),
    }
}

#[cfg(test)]
#[path = "appointments_tests.rs"]
mod tests;
