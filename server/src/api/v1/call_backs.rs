//! `POST /call-backs`: "ask a person to call me", the only thing that a stop can store.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sender;
use super::admission::{in_the_way, open_clinic};
use super::fields::{self, required};
use super::idempotency::IdempotencyKey;
use super::problems::{BODY, WRITE, problems};
use crate::booking::Actor;
use crate::domain::client::{Client, ClientInput, FieldError, Wrong};
use crate::http::error::Edge;
use crate::http::json::ApiJson;
use crate::http::state::App;
use crate::intake::{CallBack, ask_for_call};

/// A call that somebody asks for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CallWanted {
    /// The clinic's id.
    #[schema(examples("law"))]
    pub clinic: String,
    /// They want their name and number to be kept for this call. Has to be `true`.
    #[serde(default)]
    #[schema(required = true)]
    pub consent: bool,
    /// Their name.
    #[serde(default)]
    #[schema(
        required = true,
        min_length = 1,
        max_length = 100,
        examples("Sample Client")
    )]
    pub name: String,
    /// The number to ring; without a country code it is a UK number.
    #[serde(default)]
    #[schema(
        required = true,
        min_length = 1,
        max_length = 40,
        examples("020 7946 0000")
    )]
    pub phone: String,
    /// When to ring, in their words.
    #[schema(max_length = 200)]
    pub call_window: Option<String>,
    /// Whether a message may be left; absent means no.
    pub leave_message: Option<bool>,
}

/// A call that will be made.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallView {
    /// What the person says if they ring.
    #[schema(examples("K7PX-4MR"))]
    pub reference: String,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such clinic."),
        (422, "`invalid`: some fields are wrong, or there is no consent. `closed`: the clinic is switched off. \
               `idempotency_mismatch`: the key came with another body before."),
    ],
    BODY, WRITE,
);

/// Asks a person to call. With an `Idempotency-Key`, once however often it is sent.
#[utoipa::path(
    post, path = "/call-backs", tag = "contact",
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text of your own, new for every call",
            min_length = 1, max_length = 255, pattern = "^[!-~]{1,255}$", example = "6f1c2a")),
    request_body = CallWanted,
    responses((status = CREATED, body = CallView), Problems)
)]
pub(super) async fn ask(
    State(app): State<App>,
    sender: Sender,
    key: Option<IdempotencyKey>,
    ApiJson(body): ApiJson<CallWanted>,
) -> Result<(StatusCode, Json<CallView>), Edge> {
    let replay = key
        .map(|key| key.replay(&app, "call-backs", &body))
        .transpose()?;
    let clinic = open_clinic(&app, &body.clinic).await?.id;
    let client = checked(&body)?;
    let Some(phone) = client.phone.clone() else {
        return Err(Edge::invalid(vec![required("/phone")]));
    };
    sender.count(&app, &client)?;
    let call = CallBack {
        clinic,
        name: client.name,
        phone,
        call_window: client.call_window,
        leave_message: client.leave_message,
        actor: Actor::Client,
        replay,
    };
    let asked = ask_for_call(&app.context, &call)
        .await
        .map_err(in_the_way)?;
    Ok((
        StatusCode::CREATED,
        Json(CallView {
            reference: asked.reference,
        }),
    ))
}

/// Name and number, checked as every client's are, and the consent.
fn checked(body: &CallWanted) -> Result<Client, Edge> {
    let typed = ClientInput {
        name: Some(body.name.clone()),
        phone: Some(body.phone.clone()),
        call_window: body.call_window.clone(),
        leave_message: body.leave_message,
        ..ClientInput::default()
    };
    let no_consent = (!body.consent).then(|| required("/consent"));
    match (typed.parse(), no_consent) {
        (Ok(client), None) => Ok(client),
        (read, no_consent) => {
            let errors: Vec<_> = read
                .err()
                .into_iter()
                .flatten()
                .map(by_phone_only)
                .collect();
            Err(Edge::invalid(
                no_consent
                    .into_iter()
                    .chain(fields::at("", &errors))
                    .collect(),
            ))
        }
    }
}

/// A call has no email address to fall back on: without a contact it is the number that is missing.
fn by_phone_only(error: FieldError) -> FieldError {
    match error.wrong {
        Wrong::ContactNeeded => FieldError {
            field: "phone",
            wrong: Wrong::Required,
        },
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::api::testing::Api;

    fn call() -> Value {
        json!({ "clinic": "law", "consent": true, "name": "Sample Client", "phone": "020 7946 0000",
                "call_window": "after five", "leave_message": false })
    }

    #[tokio::test]
    async fn a_call_is_stored_for_the_urgent_queue_and_with_a_key_only_once() {
        for api in Api::all().await {
            api.clinic("law", 1, Vec::new()).await;
            let asked = api.post("/call-backs", &call()).await.is(201);
            assert_eq!(asked["reference"].as_str().unwrap().len(), 8);
            let keyed = api.post_keyed("/call-backs", "k", &call()).await.is(201);
            assert_eq!(
                api.post_keyed("/call-backs", "k", &call()).await.is(201),
                keyed
            );
            let urgent = "SELECT count(*) FROM calls WHERE urgent AND kind = 'call_back' AND phone = '+442079460000'";
            assert_eq!(api.test.number(urgent).await, 2);
        }
    }

    #[tokio::test]
    async fn without_consent_or_a_number_nothing_is_stored() {
        for api in Api::all().await {
            api.clinic("law", 1, Vec::new()).await;
            let silent = api
                .post("/call-backs", &json!({ "clinic": "law" }))
                .await
                .problem(422, "invalid");
            let pointers: Vec<_> = silent["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["pointer"].as_str().unwrap())
                .collect();
            assert_eq!(pointers, ["/consent", "/name", "/phone"]);
            for (field, value, code) in [
                ("consent", json!(false), "required"),
                ("phone", json!("12"), "invalid_phone"),
                ("name", json!("\u{0}"), "control_characters"),
                ("name", json!("x".repeat(101)), "too_long"),
            ] {
                let mut wrong = call();
                wrong[field] = value;
                let problem = api
                    .post("/call-backs", &wrong)
                    .await
                    .problem(422, "invalid");
                assert_eq!(
                    problem["errors"][0],
                    json!({ "pointer": format!("/{field}"), "code": code,
                    "detail": problem["errors"][0]["detail"] })
                );
            }
            let mut elsewhere = call();
            elsewhere["clinic"] = json!("nowhere");
            api.post("/call-backs", &elsewhere)
                .await
                .problem(404, "not_found");
            assert_eq!(api.test.number("SELECT count(*) FROM calls").await, 0);
        }
    }
}
