//! `POST /requests`: a case that a person has to look at first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sender;
use super::admission::{in_the_way, open_clinic};
use super::fields::client;
use super::idempotency::IdempotencyKey;
use super::instant::Instant;
use super::problems::{BODY, WRITE, problems};
use super::token;
use crate::booking::{Actor, replied};
use crate::domain::client::ClientInput;
use crate::domain::triage::{Outcome, Priority};
use crate::http::error::{Code, Edge};
use crate::http::json::ApiJson;
use crate::http::state::App;
use crate::intake::{NewCase, Requested, client_row, send_request};

/// A case.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CaseGiven {
    /// The clinic's id.
    #[schema(examples("law"))]
    pub clinic: String,
    /// The token of a triage of this clinic that came out at `review`, or at `out` with `review_on_request`.
    pub triage: String,
    /// Who asks. Language, interpreter and access are taken from the answers where they are absent.
    #[serde(default)]
    #[schema(required = true)]
    pub client: ClientInput,
}

/// A case that has arrived.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestView {
    /// The reference that the client keeps.
    #[schema(examples("K7PX-4MR"))]
    pub reference: String,
    /// Always `in_review`.
    pub state: RequestState,
    /// When the clinic has replied at the latest.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub respond_by: Instant,
    /// Where the client sees it. Whoever has the address can: it is for the client alone.
    #[schema(format = "uri")]
    pub manage_url: String,
}

/// Where a case stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// A person looks at it.
    InReview,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such clinic."),
        (422, "`invalid`: some fields are wrong. `triage_expired`: the token is too old or not ours. `not_bookable`: the \
               answers lead to no review by this clinic, asked for or not. `closed`: the clinic is switched off. \
               `idempotency_mismatch`: the key came with another body before."),
    ],
    BODY, WRITE,
);

/// Sends a case. The same key with the same body sends it once and answers the same.
#[utoipa::path(
    post, path = "/requests", tag = "contact",
    params(("Idempotency-Key" = String, Header, description = "Any text of your own, new for every case",
            min_length = 1, max_length = 255, pattern = "^[!-~]{1,255}$", example = "6f1c2a")),
    request_body = CaseGiven,
    responses((status = CREATED, body = RequestView), Problems)
)]
pub(super) async fn send(
    State(app): State<App>,
    sender: Sender,
    key: IdempotencyKey,
    ApiJson(body): ApiJson<CaseGiven>,
) -> Result<(StatusCode, Json<RequestView>), Edge> {
    let replay = key.replay(&app, "requests", &body)?;
    let requested: Requested = match prepare(&app, &sender, &body).await {
        Ok(case) => send_request(
            &app.context,
            &NewCase {
                replay: Some(replay),
                ..case
            },
        )
        .await
        .map_err(in_the_way)?,
        // A retry of what succeeded answers the same, even when its token has expired since.
        Err(refusal) => replied(&app.context, &replay).await?.ok_or(refusal)?,
    };
    let view = RequestView {
        manage_url: app.request_url(requested.id, requested.link_version),
        reference: requested.reference,
        state: RequestState::InReview,
        respond_by: Instant(requested.respond_by),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

async fn prepare(app: &App, sender: &Sender, body: &CaseGiven) -> Result<NewCase, Edge> {
    let clinic = open_clinic(app, &body.clinic).await?;
    let triage = token::open(app, &body.triage).await?;
    let found = &triage.assessment;
    let looked_at = found.outcome == Outcome::Review || found.offers_review();
    if triage.clinic().as_str() != clinic.id || !looked_at {
        return Err(Code::NotBookable.into());
    }
    let client = client(&body.client, &triage.assessment.facts)?;
    sender.count(app, &client)?;
    Ok(NewCase {
        client: client_row(&app.context, &client)?,
        intake: triage.intake(app)?,
        urgent: triage.assessment.priority == Some(Priority::P1),
        deadline: triage.assessment.deadline,
        source: "api",
        actor: Actor::Client,
        replay: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::testing::{Api, answers, client, with};
    use crate::testing::service;

    async fn ready(api: &Api) -> Value {
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        let triage = api.triage("nutrition", &with("A3", &json!("16_17"))).await;
        json!({ "clinic": "nutrition", "triage": triage, "client": client() })
    }

    #[tokio::test]
    async fn a_case_is_sent_once_and_says_by_when_the_clinic_replies() {
        for api in Api::all().await {
            let body = ready(&api).await;
            let sent = api.post_keyed("/requests", "k", &body).await.is(201);
            assert_eq!(sent["state"], "in_review");
            // Sunday noon and three working days.
            assert_eq!(
                sent["respond_by"].as_str().unwrap().get(..10),
                Some("2026-11-25"),
                "{sent}"
            );
            assert!(
                sent["manage_url"]
                    .as_str()
                    .unwrap()
                    .starts_with("http://clinics.test/requests/")
            );
            assert_eq!(api.post_keyed("/requests", "k", &body).await.is(201), sent);
            assert_eq!(
                api.test
                    .number("SELECT count(*) FROM requests WHERE source = 'api'")
                    .await,
                1
            );
            assert_eq!(
                api.test
                    .number("SELECT count(*) FROM outbox WHERE kind = 'in_review'")
                    .await,
                1
            );
        }
    }

    #[tokio::test]
    async fn a_retry_answers_the_same_when_the_token_has_expired_and_a_new_case_does_not() {
        let api = Api::open().await;
        let body = ready(&api).await;
        let sent = api.post_keyed("/requests", "k", &body).await.is(201);
        api.set_clock("2026-11-22T14:00:00Z");
        assert_eq!(api.post_keyed("/requests", "k", &body).await.is(201), sent);
        api.post_keyed("/requests", "new", &body)
            .await
            .problem(422, "triage_expired");
        let mut other = body.clone();
        other["client"]["name"] = json!("Other Sample");
        api.post_keyed("/requests", "k", &other)
            .await
            .problem(422, "idempotency_mismatch");
    }

    #[tokio::test]
    async fn whoever_is_told_not_us_can_ask_a_person_where_the_rule_offers_it() {
        for api in Api::all().await {
            let mut body = ready(&api).await;
            let not_us = with("N4", &json!("yes"));
            body["triage"] = json!(api.triage("nutrition", &not_us).await);
            let sent = api.post_keyed("/requests", "k", &body).await.is(201);
            assert_eq!(sent["state"], "in_review");
            // A reason that offers no review stands beside the one that does.
            let mut both = not_us.clone();
            both["answers"]["A8"] = json!("no");
            body["triage"] = json!(api.triage("nutrition", &both).await);
            api.post_keyed("/requests", "k2", &body)
                .await
                .problem(422, "not_bookable");
            assert_eq!(api.test.number("SELECT count(*) FROM requests").await, 1);
        }
    }

    #[tokio::test]
    async fn only_a_triage_of_this_clinic_that_came_out_at_review_leads_to_a_request() {
        let api = Api::open().await;
        let body = ready(&api).await;
        api.clinic("business", 1, vec![service("business-chat", "business")])
            .await;
        let mut wrong = body.clone();
        wrong["clinic"] = json!("business");
        api.post_keyed("/requests", "a", &wrong)
            .await
            .problem(422, "not_bookable");
        wrong["clinic"] = json!("nowhere");
        api.post_keyed("/requests", "a", &wrong)
            .await
            .problem(404, "not_found");
        for given in [answers(), with("A8", &json!("no"))] {
            let mut wrong = body.clone();
            wrong["triage"] = json!(api.triage("nutrition", &given).await);
            api.post_keyed("/requests", "a", &wrong)
                .await
                .problem(422, "not_bookable");
        }
        api.post("/requests", &body)
            .await
            .problem(400, "idempotency_key_missing");
        api.switch_off("nutrition").await;
        api.post_keyed("/requests", "a", &body)
            .await
            .problem(422, "closed");
        assert_eq!(api.test.number("SELECT count(*) FROM requests").await, 0);
    }
}
