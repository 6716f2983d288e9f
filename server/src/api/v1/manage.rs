//! `/appointments/{token}` and the changes a client makes by the link: confirm, move, cancel.
//!
//! Promises: the token opens one appointment and shows no more than first name, what, when and where (neutral words
//! only); reading changes nothing.

use axum::Json;
use axum::extract::{Path, State};
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clinics::about;
use super::instant::Instant;
use super::problems::{ADDRESSED, BODY, WRITE, problems};
use crate::booking::{self, Actor, mode_from_word};
use crate::domain::booking::State as Stands;
use crate::domain::client::first_name;
use crate::domain::schedule::Mode;
use crate::http::error::Edge;
use crate::http::json::ApiJson;
use crate::http::manage::open;
use crate::http::state::App;
use crate::store::{AppointmentRow, StoreError};

/// An appointment, as whoever has the link may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentView {
    /// The reference.
    #[schema(examples("K7PX-4MR"))]
    pub reference: String,
    /// Where it stands.
    pub state: Stands,
    /// Start.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
    /// End.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub end: Instant,
    /// The client's first name.
    pub first_name: String,
    /// What it is, in neutral words.
    #[schema(examples("Appointment"))]
    pub label: String,
    /// How to meet.
    pub mode: Mode,
    /// The address, for a meeting in person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Another time.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewTime {
    /// The new start, as listed.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
}

problems!(Unseen:
    &[
        (404, "`not_found`: the link is not one of ours."),
        (410, "`link_expired`: the link has been revoked, or the appointment is long over."),
    ],
    ADDRESSED,
);

problems!(Unchanged:
    &[
        (404, "`not_found`: the link is not one of ours."),
        (409, "`not_possible`: the appointment has started, is over or is called off."),
        (410, "`link_expired`: the link has been revoked, or the appointment is long over."),
    ],
    ADDRESSED, WRITE,
);

problems!(Unmoved:
    &[
        (404, "`not_found`: the link is not one of ours."),
        (409, "`slot_taken`: somebody else has the time. `not_possible`: the appointment has started, is over or is called \
               off."),
        (410, "`link_expired`: the link has been revoked, or the appointment is long over."),
        (422, "`invalid`: some fields are wrong. `too_soon`, `too_far`, `too_late`, `closed`, `outside_hours`, \
               `mode_not_offered`: that time cannot be had."),
    ],
    BODY, ADDRESSED, WRITE,
);

/// The appointment.
#[utoipa::path(
    get, path = "/appointments/{token}", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = AppointmentView), Unseen)
)]
pub(super) async fn see(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<AppointmentView>, Edge> {
    let row = open(&app, &token).await?;
    view(&app, row).await
}

/// "I'm coming".
#[utoipa::path(
    post, path = "/appointments/{token}/confirm", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = AppointmentView), Unchanged)
)]
pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<AppointmentView>, Edge> {
    let row = open(&app, &token).await?;
    view(&app, booking::coming(&app.context, row.id).await?).await
}

/// Moves it to another time of the same service, met in the same way. To the time it has already: nothing happens.
#[utoipa::path(
    post, path = "/appointments/{token}/move", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    request_body = NewTime,
    responses((status = OK, body = AppointmentView), Unmoved)
)]
pub(super) async fn relocate(
    State(app): State<App>,
    Path(token): Path<String>,
    ApiJson(body): ApiJson<NewTime>,
) -> Result<Json<AppointmentView>, Edge> {
    let row = open(&app, &token).await?;
    view(
        &app,
        booking::relocate(&app.context, row.id, body.start.0, Actor::Client).await?,
    )
    .await
}

/// Calls it off. A second time answers the same.
#[utoipa::path(
    post, path = "/appointments/{token}/cancel", tag = "booking",
    params(("token" = String, Path, description = "The last part of `manage_url`")),
    responses((status = OK, body = AppointmentView), Unchanged)
)]
pub(super) async fn cancel(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<AppointmentView>, Edge> {
    let row = open(&app, &token).await?;
    view(
        &app,
        booking::cancel(&app.context, row.id, Actor::Client).await?,
    )
    .await
}

async fn view(app: &App, row: AppointmentRow) -> Result<Json<AppointmentView>, Edge> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of appointment {}", row.id));
    let instant = |seconds| {
        DateTime::from_timestamp(seconds, 0)
            .map(Instant)
            .ok_or_else(|| corrupt("time"))
    };
    let mode = mode_from_word(&row.mode).ok_or_else(|| corrupt("mode"))?;
    let place = if mode == Mode::InPerson {
        place(app, &row.clinic_id).await?
    } else {
        None
    };
    Ok(Json(AppointmentView {
        state: Stands::from_name(&row.state).ok_or_else(|| corrupt("state"))?,
        start: instant(row.starts_at)?,
        end: instant(row.ends_at)?,
        first_name: first_name(row.client_name.as_deref().unwrap_or_default()).to_owned(),
        reference: row.reference,
        label: row.neutral_label,
        mode,
        place,
    }))
}

async fn place(app: &App, clinic: &str) -> Result<Option<String>, Edge> {
    let clinics = app.context.store.read().await?.clinics().await?;
    let Some(clinic) = clinics.iter().find(|row| row.id == clinic) else {
        return Ok(None);
    };
    Ok(about(clinic).map(|about| about.place.address))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::{Api, booking, with};
    use crate::testing::service;

    async fn booked() -> Vec<(Api, String)> {
        let mut all = Vec::new();
        for api in Api::all().await {
            api.clinic(
                "nutrition",
                1,
                vec![service("nutrition-first", "nutrition")],
            )
            .await;
            let booked = api.book("k", "2026-12-01T10:00:00Z").await.is(201);
            let path = booked["manage_url"]
                .as_str()
                .unwrap()
                .strip_prefix("http://clinics.test")
                .unwrap()
                .to_owned();
            all.push((api, path));
        }
        all
    }

    #[tokio::test]
    async fn lesson_37_the_link_shows_first_name_what_when_and_where_and_nothing_more() {
        for (api, path) in booked().await {
            let seen = api.get(&path).await.is(200);
            let reference = seen["reference"].clone();
            assert_eq!(
                seen,
                json!({ "reference": reference, "state": "confirmed", "start": "2026-12-01T10:00:00Z",
                        "end": "2026-12-01T11:00:00Z", "first_name": "Sample", "label": "Appointment", "mode": "in_person" })
            );
        }
    }

    #[tokio::test]
    async fn a_link_that_is_not_ours_is_not_found_and_a_revoked_one_is_gone() {
        for (api, path) in booked().await {
            for wrong in [
                "/appointments/forged",
                "/appointments/%00",
                &format!("{path}x"),
            ] {
                api.get(wrong).await.problem(404, "not_found");
                api.send("POST", &format!("{wrong}/cancel"), &[], "")
                    .await
                    .problem(404, "not_found");
            }
            api.test
                .change("UPDATE appointments SET link_version = 2")
                .await;
            api.get(&path).await.problem(410, "link_expired");
            api.send("POST", &format!("{path}/cancel"), &[], "")
                .await
                .problem(410, "link_expired");
        }
    }

    #[tokio::test]
    async fn the_client_confirms_moves_and_cancels_and_a_second_cancel_answers_the_same() {
        for (api, path) in booked().await {
            assert_eq!(
                api.send("POST", &format!("{path}/confirm"), &[], "")
                    .await
                    .is(200)["state"],
                "confirmed"
            );
            let to = |start: &str| json!({ "start": start });
            let moved = api
                .post(&format!("{path}/move"), &to("2026-12-02T12:00:00+01:00"))
                .await
                .is(200);
            assert_eq!(moved["start"], "2026-12-02T11:00:00Z");
            for (start, code) in [
                ("2026-11-20T10:00:00Z", "too_soon"),
                ("2026-12-05T10:00:00Z", "outside_hours"),
                ("2026-12-03T10:00:30Z", "outside_hours"),
                ("2027-12-03T10:00:00Z", "too_far"),
            ] {
                api.post(&format!("{path}/move"), &to(start))
                    .await
                    .problem(422, code);
            }
            // The old time is free again, and the time of somebody else cannot be had.
            api.book("other", "2026-12-01T10:00:00Z").await.is(201);
            api.post(&format!("{path}/move"), &to("2026-12-01T10:00:00Z"))
                .await
                .problem(409, "slot_taken");
            let first = api
                .send("POST", &format!("{path}/cancel"), &[], "")
                .await
                .is(200);
            assert_eq!(first["state"], "cancelled");
            assert_eq!(
                api.send("POST", &format!("{path}/cancel"), &[], "")
                    .await
                    .is(200),
                first
            );
            api.send("POST", &format!("{path}/confirm"), &[], "")
                .await
                .problem(409, "not_possible");
            assert_eq!(
                api.test
                    .number("SELECT count(*) FROM outbox WHERE kind = 'cancellation'")
                    .await,
                1
            );
        }
    }

    #[tokio::test]
    async fn a_move_keeps_what_the_client_needs_of_the_room() {
        for api in Api::all().await {
            // Two rooms, one of them step-free.
            api.clinic(
                "nutrition",
                2,
                vec![service("nutrition-first", "nutrition")],
            )
            .await;
            let step_free = api
                .triage("nutrition", &with("A6", &json!(["step_free"])))
                .await;
            let at = |start: &str| booking(&step_free, start);
            let first = api
                .post_keyed("/appointments", "a", &at("2026-12-01T10:00:00Z"))
                .await
                .is(201);
            api.post_keyed("/appointments", "b", &at("2026-12-01T11:00:00Z"))
                .await
                .is(201);
            let path = first["manage_url"]
                .as_str()
                .unwrap()
                .strip_prefix("http://clinics.test")
                .unwrap();
            let to = |start: &str| json!({ "start": start });
            let both = api
                .post(&format!("{path}/move"), &to("2026-12-01T11:00:00Z"))
                .await;
            both.problem(409, "slot_taken");
            api.post(&format!("{path}/move"), &to("2026-12-01T12:00:00Z"))
                .await
                .is(200);
        }
    }

    #[tokio::test]
    async fn lesson_31_links_are_safe_to_follow_with_get_and_head() {
        for (api, path) in booked().await {
            let rows = "SELECT (SELECT count(*) FROM audit) * 1000 + (SELECT count(*) FROM outbox)";
            let before = api.test.number(rows).await;
            for method in ["GET", "HEAD", "GET", "HEAD"] {
                assert_eq!(api.send(method, &path, &[], "").await.status, 200);
            }
            api.send("GET", &format!("{path}/cancel"), &[], "")
                .await
                .problem(405, "method_not_allowed");
            assert_eq!(api.test.number(rows).await, before);
        }
    }
}
