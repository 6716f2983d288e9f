//! The document, and the way through the whole API.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::testing::{Api, answers_of, client};
use crate::testing::service;

/// Every call that the outside may hold on to.
const CALLS: [&str; 18] = [
    "get /waiting/{token}",
    "post /waiting",
    "post /waiting/{token}/accept",
    "post /waiting/{token}/decline",
    "post /waiting/{token}/leave",
    "get /clinics",
    "get /clinics/{clinic}/questions",
    "post /clinics/{clinic}/triage",
    "get /services/{service}/slots",
    "post /holds",
    "post /appointments",
    "get /appointments/{token}",
    "post /appointments/{token}/confirm",
    "post /appointments/{token}/move",
    "post /appointments/{token}/cancel",
    "post /requests",
    "post /call-backs",
    "get /openapi.json",
];

fn document() -> Value {
    serde_json::from_str(&super::openapi_json().unwrap()).unwrap()
}

#[test]
fn the_document_has_every_call_and_no_other() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let calls: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .unwrap()
                .keys()
                .map(move |method| format!("{method} {path}"))
        })
        .collect();
    assert_eq!(calls, CALLS.map(str::to_owned).into());
}

#[test]
fn every_error_in_the_document_is_problem_json_and_every_reference_leads_somewhere() {
    fn walk(value: &Value, document: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(target) = map.get("$ref").and_then(Value::as_str) {
                    assert!(
                        document.pointer(target.trim_start_matches('#')).is_some(),
                        "{target}"
                    );
                }
                map.values().for_each(|value| walk(value, document));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, document)),
            _ => {}
        }
    }
    let document = document();
    walk(&document, &document);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            for (status, response) in call["responses"].as_object().unwrap() {
                let kinds: Vec<_> = response["content"].as_object().unwrap().keys().collect();
                let expected = if status.starts_with('2') {
                    "application/json"
                } else {
                    "application/problem+json"
                };
                assert_eq!(kinds, [expected], "{method} {path} {status}");
            }
        }
    }
}

#[tokio::test]
async fn the_document_is_served() {
    let api = Api::open().await;
    assert_eq!(api.get("/openapi.json").await.is(200), document());
}

/// From the first question to calling off, by nothing but what each answer says.
#[tokio::test]
async fn the_whole_way_from_the_questions_to_a_cancelled_appointment() {
    for api in Api::all().await {
        api.clinic(
            "nutrition",
            1,
            vec![service("nutrition-first", "nutrition")],
        )
        .await;
        let clinics = api.get("/clinics").await.is(200);
        let clinic = clinics[0]["id"].as_str().unwrap();
        let asked = api
            .get(&format!("/clinics/{clinic}/questions"))
            .await
            .is(200);
        assert!(asked["questions"].as_array().unwrap().len() >= 9);
        let found = api
            .post(&format!("/clinics/{clinic}/triage"), &answers_of(clinic))
            .await
            .is(200);
        let (service, triage) = (
            found["services"][0].as_str().unwrap(),
            found["triage"].as_str().unwrap(),
        );
        let slots = api
            .get(&format!("/services/{service}/slots?triage={triage}"))
            .await
            .is(200);
        let slot = &slots["slots"][3];
        let wanted = json!({ "service": service, "start": slot["start"], "mode": slot["modes"][0], "triage": triage });
        let held = api.post("/holds", &wanted).await.is(201);
        let body = json!({ "hold": held["hold"], "client": client() });
        let booked = api
            .post_keyed("/appointments", "journey", &body)
            .await
            .is(201);
        assert_eq!(
            (&booked["state"], &booked["start"]),
            (&json!("confirmed"), &slot["start"])
        );
        let path = booked["manage_url"]
            .as_str()
            .unwrap()
            .strip_prefix("http://clinics.test")
            .unwrap();
        assert_eq!(
            api.get(path).await.is(200)["reference"],
            booked["reference"]
        );
        let cancelled = api
            .send("POST", &format!("{path}/cancel"), &[], "")
            .await
            .is(200);
        assert_eq!(cancelled["state"], "cancelled");
        let again = api
            .get(&format!("/services/{service}/slots?triage={triage}"))
            .await
            .is(200);
        assert_eq!(again, slots, "its time is free again");
        assert_eq!(
            api.test.number("SELECT count(*) FROM intakes").await,
            1,
            "the answers are kept with it"
        );
    }
}
