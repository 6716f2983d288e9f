//! `POST /holds`: keeps a time for ten minutes.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admission::{bookable, needs_of, refused};
use super::instant::Instant;
use super::problems::{BODY, WRITE, problems};
use super::token;
use crate::booking::{Wanted, hold as keep};
use crate::domain::schedule::Mode;
use crate::http::error::Edge;
use crate::http::json::ApiJson;
use crate::http::state::App;

/// A time to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TimeWanted {
    /// The service's id.
    #[schema(examples("nutrition-first"))]
    pub service: String,
    /// The start, as listed.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
    /// How to meet.
    pub mode: Mode,
    /// The token of a triage that came out at `book` and offers the service.
    pub triage: String,
}

/// A time that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldView {
    /// The token to book it with.
    pub hold: String,
    /// When somebody else may have it again.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub expires_at: Instant,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such service."),
        (409, "`slot_taken`: somebody else has the time."),
        (422, "`invalid`: some fields are wrong. `triage_expired`: the token is too old or not ours. `not_bookable`: the \
               answers do not lead to this service. `too_soon`, `too_far`, `too_late`, `closed`, `outside_hours`, \
               `mode_not_offered`: that time cannot be had."),
    ],
    BODY, WRITE,
);

/// Keeps a time while the client's details are typed.
#[utoipa::path(
    post, path = "/holds", tag = "booking",
    request_body = TimeWanted,
    responses((status = CREATED, body = HoldView), Problems)
)]
pub(super) async fn hold(
    State(app): State<App>,
    ApiJson(body): ApiJson<TimeWanted>,
) -> Result<(StatusCode, Json<HoldView>), Edge> {
    let triage = token::open(&app, &body.triage).await?;
    let service = bookable(&app, &body.service, Some(&triage)).await?;
    let needs = needs_of(&service, Some(&triage));
    let wanted = Wanted {
        service: service.id.as_str().into(),
        start: body.start.0,
        mode: body.mode,
        needs,
    };
    let kept = keep(&app.context, &wanted, "api", None)
        .await
        .map_err(refused)?;
    let hold = token::seal_hold(&app, kept.id, &triage)?;
    Ok((
        StatusCode::CREATED,
        Json(HoldView {
            hold,
            expires_at: Instant(kept.expires_at),
        }),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::{Api, answers};
    use crate::testing::service;

    #[tokio::test]
    async fn a_held_time_is_free_for_nobody_else_until_the_hold_ends() {
        for api in Api::all().await {
            api.clinic(
                "nutrition",
                1,
                vec![service("nutrition-first", "nutrition")],
            )
            .await;
            let triage = api.triage("nutrition", &answers()).await;
            let wanted = json!({ "service": "nutrition-first", "start": "2026-12-01T10:00:00Z", "mode": "phone",
                                 "triage": triage });
            let held = api.post("/holds", &wanted).await.is(201);
            assert_eq!(held["expires_at"], "2026-11-22T12:10:00Z");
            api.post("/holds", &wanted).await.problem(409, "slot_taken");
            api.set_clock("2026-11-22T12:10:00Z");
            api.post("/holds", &wanted).await.is(201);
        }
    }

    #[tokio::test]
    async fn a_hold_without_what_it_needs_names_the_field() {
        let api = Api::open().await;
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        let body = |start: &str, mode: &str| json!({ "service": "nutrition-first", "start": start, "mode": mode, "triage": "forged" });
        for (body, pointer, code) in [
            (json!({}), "/service", "required"),
            (body("tomorrow", "phone"), "/start", "wrong_type"),
            (body("2026-12-01T10:00:00", "phone"), "/start", "wrong_type"),
            (
                body("2026-12-01T10:00:00Z", "letter"),
                "/mode",
                "wrong_type",
            ),
        ] {
            let problem = api.post("/holds", &body).await.problem(422, "invalid");
            assert_eq!(
                (
                    &problem["errors"][0]["pointer"],
                    &problem["errors"][0]["code"]
                ),
                (&json!(pointer), &json!(code))
            );
        }
        api.post("/holds", &body("2026-12-01T10:00:00Z", "phone"))
            .await
            .problem(422, "triage_expired");
    }
}
