//! The API in process, with everything that stands round it, on a [`TestClinic`].

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::domain::time;
use crate::http::state::App;
use crate::http::surround::{Surroundings, surround};
use crate::store::ServiceRow;
use crate::testing::{ClinicSpec, TestClinic};

/// A served clinic.
pub struct Api {
    pub test: TestClinic,
    pub router: Router,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub retry_after: Option<String>,
    pub body: String,
}

impl Answer {
    /// The JSON of an answer with this status.
    pub fn is(&self, status: u16) -> Value {
        assert_eq!(
            (self.status, self.kind.as_str()),
            (status, "application/json"),
            "{}",
            self.body
        );
        serde_json::from_str(&self.body).unwrap()
    }

    /// The problem of an answer with this status and code.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status, self.kind.as_str()),
            (status, "application/problem+json"),
            "{}",
            self.body
        );
        let problem: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(
            (&problem["code"], &problem["status"]),
            (&json!(code), &json!(status)),
            "{problem}"
        );
        problem
    }
}

impl Api {
    /// On `SQLite`.
    pub async fn open() -> Self {
        Self::on(TestClinic::sqlite().await)
    }

    /// On every engine there is.
    pub async fn all() -> Vec<Self> {
        TestClinic::all().await.into_iter().map(Self::on).collect()
    }

    fn on(test: TestClinic) -> Self {
        let app = test.app();
        Self {
            router: served(app),
            test,
        }
    }

    /// Adds a clinic with so many advisers and rooms.
    pub async fn clinic(&self, id: &'static str, places: usize, services: Vec<ServiceRow>) {
        let spec = ClinicSpec {
            id,
            advisers: places,
            supervisors: 1,
            ratio: 10,
            rooms: places,
            services,
            shared: Vec::new(),
        };
        self.test.clinic(spec).await;
    }

    pub async fn switch_off(&self, clinic: &str) {
        let mut tx = self.test.context.store.write().await.unwrap();
        let mut row = tx
            .clinics()
            .await
            .unwrap()
            .into_iter()
            .find(|row| row.id == clinic)
            .unwrap();
        row.enabled = false;
        tx.put_clinic(&row).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn set_clock(&self, instant: &str) {
        self.test.clock.set(time::parse_instant(instant).unwrap());
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(
            "POST",
            path,
            &[("content-type", "application/json")],
            &body.to_string(),
        )
        .await
    }

    pub async fn post_keyed(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.send("POST", path, &headers, &body.to_string()).await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        send(self.router.clone(), method, path, headers, body).await
    }

    /// The triage token that these answers lead to.
    pub async fn triage(&self, clinic: &str, answers: &Value) -> String {
        let found = self
            .post(&format!("/clinics/{clinic}/triage"), answers)
            .await
            .is(200);
        found["triage"].as_str().unwrap().to_owned()
    }

    /// Books `nutrition-first` in person.
    pub async fn book(&self, key: &str, start: &str) -> Answer {
        let triage = self.triage("nutrition", &answers()).await;
        self.post_keyed("/appointments", key, &booking(&triage, start))
            .await
    }
}

/// The API with everything round it.
pub fn served(app: App) -> Router {
    let with = Surroundings {
        entropy: app.context.entropy.clone(),
        limits: app.limits.clone(),
        listen: app.config.listen.clone(),
        problem_page: std::sync::Arc::new(|_, _| "a page, where JSON was expected".to_owned()),
        metrics: app.context.metrics.clone(),
    };
    surround(Router::new().nest("/api/v1", super::router(app)), &with).unwrap()
}

pub async fn send(
    router: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header("host", "clinics.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router
        .oneshot(request.body(Body::from(body.to_owned())).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let (status, kind, retry_after) = (
        parts.status.as_u16(),
        header("content-type"),
        header("retry-after"),
    );
    Answer {
        status,
        kind: kind.unwrap_or_default(),
        retry_after,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// Answers to the nutrition clinic's questions that lead to a booking.
pub fn answers() -> Value {
    answers_of("nutrition")
}

/// Answers to a clinic's questions that lead to a booking, or as near to one as the clinic goes.
pub fn answers_of(clinic: &str) -> Value {
    let packs = crate::packs::Packs::embedded().unwrap();
    let pack = packs.get(&clinic.into()).unwrap();
    let answers = crate::testing::harmless(clinic)
        .into_iter()
        .map(|(id, values)| {
            let kind = pack.question(&id.as_str().into()).unwrap().kind;
            let list = kind == crate::domain::triage::Kind::Checks;
            let value = if list {
                json!(values)
            } else {
                json!(values[0])
            };
            (id, value)
        });
    json!({ "answers": answers.collect::<serde_json::Map<_, _>>() })
}

/// The same with one of them replaced.
pub fn with(question: &str, answer: &Value) -> Value {
    let mut answers = answers();
    answers["answers"][question] = answer.clone();
    answers
}

/// A client whom it is safe to mail.
pub fn client() -> Value {
    json!({ "name": "Sample Client", "email": "client@sample.invalid", "safe_to_email": true, "postcode_area": "N7" })
}

/// An appointment without a hold.
pub fn booking(triage: &str, start: &str) -> Value {
    json!({ "service": "nutrition-first", "start": start, "mode": "in_person", "triage": triage, "client": client() })
}
