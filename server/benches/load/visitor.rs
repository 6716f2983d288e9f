//! What a visitor needs to book: answers that lead to a time, a key, and the times themselves.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use hyper::{Method, StatusCode};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::client::{Answer, Client};

/// Clinics whose first service a visitor may book at once.
const CLINICS: [&str; 4] = ["sports", "nutrition", "business", "charity"];

/// A service that may be booked, with the answers and the key that lead there.
#[derive(Debug, Clone)]
pub struct Service {
    pub clinic: &'static str,
    pub id: String,
    pub answers: Value,
    pub key: String,
}

/// A start that has a place.
#[derive(Debug, Clone)]
pub struct Start {
    pub service: Service,
    pub at: DateTime<Utc>,
    pub mode: String,
}

/// Answers the questions of a clinic, each with what leads on: no red flag, no obstacle.
async fn answer_all(client: &mut Client, clinic: &'static str) -> Result<Service> {
    let path = format!("/api/v1/clinics/{clinic}/questions");
    let pack = client.get(&path).await?.json()?;
    let questions = pack["questions"]
        .as_array()
        .context("no questions")?
        .clone();
    let triage = format!("/api/v1/clinics/{clinic}/triage");
    let mut answers = Map::new();
    loop {
        let answer = client.post(&triage, &json!({ "answers": answers })).await?;
        let said = answer.json()?;
        if answer.status == StatusCode::OK {
            return Ok(Service {
                clinic,
                id: text(&said["services"][0])?,
                answers: Value::Object(answers),
                key: text(&said["triage"])?,
            });
        }
        let next = text(&said["next"])?;
        let question = questions.iter().find(|one| one["id"] == next.as_str());
        let given = harmless(question.context("no such question")?);
        if answers.insert(next, given).is_some() {
            bail!("{clinic}: {said}");
        }
    }
}

fn harmless(question: &Value) -> Value {
    let options: Vec<&str> = question["options"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|option| option["value"].as_str())
        .collect();
    let fixed = match question["id"].as_str() {
        Some("A2") => Some("me"),
        Some("A3") => Some("18_over"),
        Some("A4b" | "A8") => Some("yes"),
        _ => None,
    };
    let usual = ["none", "no", "0"]
        .into_iter()
        .find(|one| options.contains(one));
    let picked = fixed.or(usual).or(options.first().copied());
    let picked = picked.unwrap_or("Sample answer");
    if question["type"] == "checks" {
        json!([picked])
    } else {
        json!(picked)
    }
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().context("expected a text")?.to_owned())
}

/// The services, each with fresh answers and a fresh key.
pub async fn services(at: SocketAddr) -> Result<Vec<Service>> {
    let mut client = Client::connect(at).await?;
    let mut services = Vec::new();
    for clinic in CLINICS {
        services.push(answer_all(&mut client, clinic).await?);
    }
    Ok(services)
}

/// The address of a month of times.
pub fn month(service: &str, days: i64) -> String {
    let from = Utc::now().date_naive() + TimeDelta::days(1);
    let to = from + TimeDelta::days(days - 1);
    format!("/api/v1/services/{service}/slots?from={from}&to={to}")
}

/// Starts that do not overlap one another, with as many of each as there are places.
pub async fn starts(at: SocketAddr, services: &[Service]) -> Result<Vec<Start>> {
    let mut client = Client::connect(at).await?;
    let mut found = Vec::new();
    for service in services {
        let path = format!("{}&triage={}", month(&service.id, 60), service.key);
        let said = client.get(&path).await?.json()?;
        let mut free_from = DateTime::<Utc>::MIN_UTC;
        for slot in said["slots"].as_array().into_iter().flatten() {
            let start: DateTime<Utc> = text(&slot["start"])?.parse()?;
            if start < free_from {
                continue;
            }
            // An hour after its end, so that no buffer matters.
            free_from = text(&slot["end"])?.parse::<DateTime<Utc>>()? + TimeDelta::hours(1);
            let one = Start {
                service: service.clone(),
                at: start,
                mode: text(&slot["modes"][0])?,
            };
            let places = slot["places"].as_u64().unwrap_or(0);
            found.extend((0..places).map(|_| one.clone()));
        }
    }
    Ok(found)
}

/// Somebody who has never been here.
pub fn somebody() -> Value {
    let id = Uuid::now_v7().simple().to_string();
    json!({
        "name": "Zed Example", "email": format!("{id}@example.org"),
        "safe_to_email": true, "safe_to_call": false,
    })
}

/// Asks for a time at once, without a hold.
pub async fn book(client: &mut Client, start: &Start) -> Result<Answer> {
    book_for(client, start, &somebody()).await
}

/// The same for this person.
pub async fn book_for(client: &mut Client, start: &Start, who: &Value) -> Result<Answer> {
    let body = json!({
        "service": start.service.id, "start": start.at, "mode": start.mode,
        "triage": start.service.key, "client": who,
    });
    submit(client, &body).await
}

/// Sends the form.
async fn submit(client: &mut Client, body: &Value) -> Result<Answer> {
    let key = Uuid::new_v4().to_string();
    client
        .send(
            Method::POST,
            "/api/v1/appointments",
            Some(body),
            &[("idempotency-key", &key)],
        )
        .await
}

/// The whole way: questions, a month of times, a hold, the form.
pub async fn journey(client: &mut Client, start: &Start) -> Result<Answer> {
    let triage = format!("/api/v1/clinics/{}/triage", start.service.clinic);
    let answers = json!({ "answers": start.service.answers });
    let key = text(&client.post(&triage, &answers).await?.json()?["triage"])?;
    let path = format!("{}&triage={key}", month(&start.service.id, 31));
    let times = client.get(&path).await?;
    if times.status != StatusCode::OK {
        return Ok(times);
    }
    let wish = json!({
        "service": start.service.id, "start": start.at, "mode": start.mode, "triage": key,
    });
    let held = client.post("/api/v1/holds", &wish).await?;
    if held.status != StatusCode::CREATED {
        return Ok(held);
    }
    let body = json!({ "hold": held.json()?["hold"], "client": somebody() });
    submit(client, &body).await
}

/// What its link is for.
fn own(booked: &Value, action: &str) -> Result<String> {
    let address = text(&booked["manage_url"])?;
    let token = address.rsplit('/').next().unwrap_or_default();
    Ok(format!("/api/v1/appointments/{token}/{action}"))
}

/// Moves what was booked.
pub async fn move_to(client: &mut Client, booked: &Value, to: &Start) -> Result<Answer> {
    let wish = json!({ "start": to.at });
    client.post(&own(booked, "move")?, &wish).await
}

/// Calls off what was booked, so that its place is free again.
pub async fn call_off(client: &mut Client, booked: &Value) -> Result<()> {
    let said = client.post(&own(booked, "cancel")?, &json!({})).await?;
    if said.status != StatusCode::OK {
        bail!("cancel: {}", said.json()?);
    }
    Ok(())
}
