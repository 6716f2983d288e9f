//! The staff's pages in process: the real router with everything round it, on a real database, with a
//! clock that stands still.

mod accounts;
mod availability;
mod calendar;
mod conflicts;
mod contact;
mod day;
mod editing;
mod law_journey;
mod links;
mod messages;
mod pages;
mod places;
mod queries;
mod questions;
mod reads;
mod reports;
mod requests;
mod retention;
mod roles;
mod runs;
mod signing_in;
mod table;
mod term;
mod wording;

use axum::Router;
use axum::body::Body;
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::booking::{Actor, Booked, From, Needs, Submission, Wanted, submit};
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::http::router::router;
use crate::http::state::App;
use crate::store::{ClientRow, IntakeRow, ServiceRow, StaffRow};
use crate::testing::{ClinicSpec, TestClinic, at, service};

const PASSWORD: &str = "kettle moss lantern";

/// A clinic `law`, whose appointments staff clear first, and a clinic `sports`.
struct Desk {
    test: TestClinic,
    app: App,
    router: Router,
}

impl Desk {
    async fn on(test: TestClinic) -> Self {
        Self::with(test, &[]).await
    }

    async fn with(test: TestClinic, vars: &[(&str, &str)]) -> Self {
        let held = ServiceRow {
            booking: "held".into(),
            ..service("law-first", "law")
        };
        for (id, services) in [
            ("law", vec![held]),
            ("sports", vec![service("sports-first", "sports")]),
        ] {
            test.clinic(ClinicSpec {
                id,
                advisers: 3,
                supervisors: 1,
                ratio: 10,
                rooms: 3,
                services,
                shared: Vec::new(),
            })
            .await;
        }
        let app = test.app_with(vars);
        let router = router(app.clone()).unwrap();
        Self { test, app, router }
    }

    async fn sqlite() -> Self {
        Self::on(TestClinic::sqlite().await).await
    }

    async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for test in TestClinic::all().await {
            all.push(Self::on(test).await);
        }
        all
    }

    /// An account with these roles and [`PASSWORD`].
    async fn staff(&self, name: &str, roles: &[(&str, &str)]) -> Uuid {
        let phc = self
            .app
            .passwords
            .hash(PASSWORD.into(), [1; 16])
            .await
            .unwrap();
        self.account(name, Some(phc), true, roles).await
    }

    async fn account(
        &self,
        name: &str,
        password: Option<String>,
        active: bool,
        roles: &[(&str, &str)],
    ) -> Uuid {
        let id = self.test.context.id();
        let mut tx = self.test.context.store.write().await.unwrap();
        tx.put_staff(&StaffRow {
            id,
            email: format!("{}@sample.invalid", name.to_lowercase()),
            name: format!("{name} Sample"),
            password,
            resource_id: None,
            active,
            created_at: 0,
        })
        .await
        .unwrap();
        for (role, clinic) in roles {
            tx.put_role(id, role, clinic).await.unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    /// Makes somebody the adviser of the one meeting there is.
    async fn takes_part(&self, name: &str) {
        let sql = format!(
            "UPDATE staff SET resource_id = (SELECT resource_id FROM allocations WHERE part = 'adviser' LIMIT 1)
             WHERE name = '{name} Sample'"
        );
        // What is run has to be known for as long as the test runs.
        self.test.change(sql.leak()).await;
    }

    /// A browser in which somebody with these roles is signed in.
    async fn signed_in(&self, name: &str, roles: &[(&str, &str)]) -> Browser<'_> {
        self.staff(name, roles).await;
        let mut browser = self.browser();
        assert_eq!(
            browser.sign_in(name, PASSWORD).await.status,
            StatusCode::SEE_OTHER
        );
        browser
    }

    fn browser(&self) -> Browser<'_> {
        Browser {
            desk: self,
            cookie: None,
        }
    }

    /// A booking of the service by a client of this name.
    async fn book(&self, service: &str, name: &str, start: DateTime<Utc>) -> Booked {
        self.book_with(service, name, start, None).await
    }

    async fn book_with(
        &self,
        service: &str,
        name: &str,
        start: DateTime<Utc>,
        intake: Option<IntakeRow>,
    ) -> Booked {
        let client = ClientRow {
            id: self.test.context.id(),
            name: name.into(),
            email: None,
            phone: Some("+442079460000".into()),
            safe_to_email: false,
            safe_to_call: true,
            call_window: "after 6pm".into(),
            leave_message: false,
            postcode_area: Some("N7".into()),
            no_fixed_home: false,
            language: "Welsh".into(),
            interpreter: true,
            access: r#"{"needs":["step_free"],"note":"a chair with arms"}"#.into(),
            organisation: None,
            created_at: 0,
        };
        let submission = Submission {
            from: From::Slot(Wanted {
                service: ServiceId::from(service),
                start,
                mode: Mode::InPerson,
                needs: Needs::default(),
            }),
            client,
            intake,
            source: "web",
            actor: Actor::Client,
            replay: None,
        };
        submit(&self.test.context, &submission).await.unwrap()
    }
}

/// What a browser keeps between requests.
struct Browser<'a> {
    desk: &'a Desk,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn location(&self) -> &str {
        self.headers
            .get(LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser<'_> {
    async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, "").await
    }

    async fn post(&mut self, path: &str, form: &str) -> Answer {
        self.ask(Method::POST, path, form).await
    }

    async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        let email = format!("{name}@sample.invalid");
        let form = [("email", email.as_str()), ("password", password)];
        let form: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.post("/staff/sign-in", &form).await
    }

    async fn ask(&mut self, method: Method, path: &str, form: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("theme=dark; {cookie}"));
        }
        if !form.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::from(form.to_owned())).unwrap();
        let response = self.desk.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(SET_COOKIE) {
            let pair = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            self.cookie = Some(pair).filter(|pair| !pair.ends_with('='));
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            // A workbook is no text.
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// Monday 23 November 2026 at this hour.
fn monday(hour: u32) -> DateTime<Utc> {
    at(11, 23, hour, 0)
}
