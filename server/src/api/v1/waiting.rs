//! The waiting list: joining it, and what somebody on it can do by their link.
//!
//! Promises: the token opens one place and shows no more than its state and what is offered, in neutral words; reading
//! changes nothing.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sender;
use super::admission::{bookable, needs_of, refused};
use super::fields::client;
use super::instant::Instant;
use super::problems::{ADDRESSED, BODY, WRITE, problems};
use super::token;
use crate::booking::waiting::{self, Join, times_from_words};
use crate::booking::{Actor, BookingError, mode_from_word};
use crate::desk::live;
use crate::domain::booking::Refused;
use crate::domain::client::ClientInput;
use crate::domain::schedule::Mode;
use crate::domain::triage::Priority;
use crate::http::error::{Code, Edge, FieldProblem};
use crate::http::json::ApiJson;
use crate::http::state::App;
use crate::http::waiting::open;
use crate::intake::client_row;
use crate::store::{StoreError, WaitingRow};

/// The times that would do. Empty lists mean any.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TimesGiven {
    /// Days of the week by number: 1 is Monday, 7 is Sunday.
    #[schema(max_items = 7)]
    pub days: Vec<u8>,
    /// `morning` (before 12:00), `afternoon` (to 17:00), `evening`; local time.
    #[schema(max_items = 3)]
    pub parts: Vec<String>,
    /// Ways to meet.
    #[schema(max_items = 3)]
    pub modes: Vec<Mode>,
}

/// Somebody who joins.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WaitingGiven {
    /// The service's id.
    #[schema(examples("nutrition-first"))]
    pub service: String,
    /// The token of a triage that came out at `book` and offers the service.
    pub triage: String,
    /// Who waits. Language, interpreter and access are taken from the answers where they are absent.
    #[serde(default)]
    #[schema(required = true)]
    pub client: ClientInput,
    /// The times that would do.
    #[serde(default)]
    pub times: TimesGiven,
}

/// Where a place stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingState {
    /// No time was taken yet.
    Waiting,
    /// A time that was offered is booked.
    Booked,
    /// The client left the list.
    Left,
    /// No time came free while it would have helped.
    Ended,
}

/// A time that is kept for the client until they answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferView {
    /// Start.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
    /// How to meet.
    pub mode: Mode,
    /// Until when it is kept.
    #[schema(value_type = String, format = DateTime, examples("2026-11-27T10:15:00Z"))]
    pub kept_until: Instant,
}

/// A place on the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingView {
    /// The reference that the client keeps.
    #[schema(examples("K7PX-4MR"))]
    pub reference: String,
    /// Where it stands.
    pub state: WaitingState,
    /// The time that is offered, if there is one.
    pub offer: Option<OfferView>,
    /// Where the client sees and leaves it. Whoever has the address can: it is for the client alone.
    #[schema(format = "uri")]
    pub manage_url: String,
}

problems!(NotJoined:
    &[
        (404, "`not_found`: there is no such service."),
        (422, "`invalid`: some fields are wrong. `triage_expired`: the token is too old or not ours. `not_bookable`: the \
               answers do not lead to this service. `closed`: the clinic is switched off."),
    ],
    BODY, WRITE,
);

problems!(Unseen:
    &[
        (404, "`not_found`: the link is not one of ours."),
        (410, "`link_expired`: the link has been revoked, or is too old."),
    ],
    ADDRESSED,
);

problems!(Unanswered:
    &[
        (404, "`not_found`: the link is not one of ours."),
        (409, "`hold_expired`: no time is offered, or not any more. `slot_taken`: the client has another appointment at that \
               time. `not_possible`: the place has ended."),
        (410, "`link_expired`: the link has been revoked, or is too old."),
    ],
    ADDRESSED, WRITE,
);

/// Joins the list. It takes no key: a client who is twice on the list is asked twice, and leaves once more.
#[utoipa::path(
    post, path = "/waiting", tag = "booking",
    request_body = WaitingGiven,
    responses((status = CREATED, body = WaitingView), NotJoined)
)]
pub(super) async fn join(
    State(app): State<App>,
    sender: Sender,
    ApiJson(body): ApiJson<WaitingGiven>,
) -> Result<(StatusCode, Json<WaitingView>), Edge> {
    let triage = token::open(&app, &body.triage).await?;
    let service = bookable(&app, &body.service, Some(&triage)).await?;
    let days: Vec<String> = body.times.days.iter().map(u8::to_string).collect();
    let modes: Vec<String> = body
        .times
        .modes
        .iter()
        .map(|mode| crate::booking::mode_word(*mode).to_owned())
        .collect();
    let times = times_from_words(&days, &body.times.parts, &modes)
        .ok_or_else(|| Edge::invalid(vec![FieldProblem::new("/times", "invalid")]))?;
    let client = client(&body.client, &triage.assessment.facts)?;
    sender.count(&app, &client)?;
    let wish = Join {
        needs: needs_of(&service, Some(&triage)),
        service: service.id,
        client: client_row(&app.context, &client)?,
        intake: triage.intake(&app)?,
        times,
        urgent: triage.assessment.priority == Some(Priority::P1),
        source: "api",
        actor: Actor::Client,
        replay: None,
    };
    let joined = waiting::join(&app.context, &wish).await.map_err(refused)?;
    let mut tx = app.context.store.read().await?;
    let row = tx.waiting(joined.id).await?.ok_or(Code::NotFound)?;
    drop(tx);
    Ok((StatusCode::CREATED, Json(view(&app, &row).await?)))
}

/// The place.
#[utoipa::path(
    get, path = "/waiting/{token}", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = WaitingView), Unseen)
)]
pub(super) async fn see(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<WaitingView>, Edge> {
    let row = open(&app, &token).await?;
    Ok(Json(view(&app, &row).await?))
}

/// Takes the time that is offered. The appointment's own link is in the mail about it, and on the page of the place.
#[utoipa::path(
    post, path = "/waiting/{token}/accept", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = WaitingView), Unanswered)
)]
pub(super) async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<WaitingView>, Edge> {
    let row = open(&app, &token).await?;
    // Said twice, it is booked once and answers the same.
    if row.state != "booked" {
        let number = offered(&app, &row).await?;
        waiting::accept(&app.context, row.id, number, Actor::Client).await?;
    }
    again(&app, &token).await
}

/// Gives the time back that is offered; the place stays.
#[utoipa::path(
    post, path = "/waiting/{token}/decline", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = WaitingView), Unanswered)
)]
pub(super) async fn decline(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<WaitingView>, Edge> {
    let row = open(&app, &token).await?;
    let number = offered(&app, &row).await?;
    waiting::decline(&app.context, row.id, number, Actor::Client).await?;
    again(&app, &token).await
}

/// Leaves the list. A second time answers the same.
#[utoipa::path(
    post, path = "/waiting/{token}/leave", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = WaitingView), Unanswered)
)]
pub(super) async fn leave(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<WaitingView>, Edge> {
    let row = open(&app, &token).await?;
    waiting::leave(&app.context, row.id, Actor::Client).await?;
    again(&app, &token).await
}

/// The number of the offer that can be answered.
async fn offered(app: &App, row: &WaitingRow) -> Result<i64, Edge> {
    let offers = app.context.store.read().await?.offers_to(row.id).await?;
    let offer = live(&offers, app.context.now());
    let gone = || Edge::from(BookingError::Refused(Refused::HoldEnded));
    offer.map(|one| one.number).ok_or_else(gone)
}

async fn again(app: &App, token: &str) -> Result<Json<WaitingView>, Edge> {
    let row = open(app, token).await?;
    Ok(Json(view(app, &row).await?))
}

async fn view(app: &App, row: &WaitingRow) -> Result<WaitingView, Edge> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of place {}", row.id));
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).map(Instant);
    let offers = app.context.store.read().await?.offers_to(row.id).await?;
    let offer = live(&offers, app.context.now()).filter(|_| row.state == "waiting");
    let offer = offer
        .map(|one| {
            Some(OfferView {
                start: instant(one.starts_at)?,
                mode: mode_from_word(&one.mode)?,
                kept_until: instant(one.kept_until)?,
            })
        })
        .map(|one| one.ok_or_else(|| corrupt("an offer")))
        .transpose()?;
    Ok(WaitingView {
        reference: row.reference.clone(),
        state: match row.state.as_str() {
            "waiting" => WaitingState::Waiting,
            "booked" => WaitingState::Booked,
            "left" => WaitingState::Left,
            _ => WaitingState::Ended,
        },
        offer,
        manage_url: app.waiting_url(row.id, row.link_version),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::{Api, client, with};
    use crate::booking::waiting::offer_times;
    use crate::testing::service;

    #[tokio::test]
    async fn somebody_joins_is_offered_a_time_takes_it_and_leaves_elsewhere() {
        for api in Api::all().await {
            api.clinic(
                "nutrition",
                1,
                vec![service("nutrition-first", "nutrition")],
            )
            .await;
            let triage = api.triage("nutrition", &with("A1", &json!("no"))).await;
            let body = json!({ "service": "nutrition-first", "triage": triage, "client": client(),
                "times": { "days": [1, 2], "parts": ["morning"], "modes": ["phone"] } });
            let wrong = json!({ "service": "nutrition-first", "triage": triage, "client": client(),
                "times": { "parts": ["teatime"] } });
            api.post("/waiting", &wrong).await.problem(422, "invalid");
            let place = api.post("/waiting", &body).await.is(201);
            assert_eq!(place["state"], "waiting");
            let path = |end: &str| {
                let url = place["manage_url"].as_str().unwrap();
                format!("/waiting/{}{end}", url.rsplit('/').next().unwrap())
            };
            api.post(&path("/accept"), &json!({}))
                .await
                .problem(409, "hold_expired");
            offer_times(&api.test.context).await.unwrap();
            let seen = api.get(&path("")).await.is(200);
            assert_eq!(seen["offer"]["mode"], "phone");
            assert_eq!(seen["offer"]["start"], "2026-11-23T09:00:00Z");
            let booked = api.post(&path("/accept"), &json!({})).await.is(200);
            assert_eq!(
                (&booked["state"], &booked["offer"]),
                (&json!("booked"), &json!(null))
            );
            assert_eq!(api.post(&path("/accept"), &json!({})).await.is(200), booked);
            let all = "SELECT count(*) FROM appointments WHERE state = 'confirmed'";
            assert_eq!(api.test.number(all).await, 1);

            let other = api.post("/waiting", &body).await.is(201);
            let url = other["manage_url"].as_str().unwrap();
            let leave = format!("/waiting/{}/leave", url.rsplit('/').next().unwrap());
            let left = api.post(&leave, &json!({})).await.is(200);
            assert_eq!(left["state"], "left");
            assert_eq!(api.post(&leave, &json!({})).await.is(200), left);
        }
    }
}
