//! A small router with everything round it, called in process: what a browser, a script and an
//! attacker see.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Request};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use axum::{Extension, Json};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;
use crate::config::{Config, Log, LogFormat};
use crate::http::error::{Code, FieldProblem};
use crate::http::form::Form;
use crate::http::headers::{NoStore, Nonce};
use crate::http::json::{ApiJson, ApiQuery};

#[derive(serde::Deserialize)]
struct Call {
    client: Inner,
}

#[derive(serde::Deserialize)]
struct Inner {
    ages: Vec<u8>,
}

#[derive(serde::Deserialize)]
struct Range {
    from: u32,
}

fn routes() -> Router {
    Router::new()
        .route(
            "/",
            get(|Extension(nonce): Extension<Nonce>| async move { nonce.as_str().to_owned() }),
        )
        .route("/clinics/{clinic}", get(|| async { "page" }))
        .route(
            "/clinics/{clinic}/details",
            post(|form: Form| async move { form.first("name").to_owned() }),
        )
        .route(
            "/appointments/{token}",
            get(|Path(token): Path<String>| async move { token.len().to_string() }),
        )
        .route(
            "/marked",
            get(|| async { (Extension(NoStore), "kept by nobody") }),
        )
        .route(
            "/pkg/main.css",
            get(|| async { ([("cache-control", "public, max-age=1")], "css") }),
        )
        .route(
            "/broken",
            get(|| async { Edge::internal(anyhow::anyhow!("the inner secret")) }),
        )
        .route(
            "/panics",
            get(async || -> &'static str { panic!("the inner secret") }),
        )
        .route(
            "/gone",
            get(|| async { Edge::from(Code::LinkExpired).onward("/find") }),
        )
        .route(
            "/slow",
            get(|| async { tokio::time::sleep(Duration::from_mins(1)).await }),
        )
        .route(
            "/api/v1/taken",
            post(|| async { Edge::from(Code::SlotTaken) }),
        )
        .route(
            "/api/v1/missing",
            post(|| async { Edge::question_missing("L2") }),
        )
        .route(
            "/api/v1/wrong",
            post(|| async {
                Edge::invalid(vec![FieldProblem::new("/client/email", "invalid_email")])
            }),
        )
        .route(
            "/api/v1/json",
            post(|ApiJson(call): ApiJson<Call>| async move { Json(call.client.ages) }),
        )
        .route(
            "/api/v1/query",
            get(|ApiQuery(range): ApiQuery<Range>| async move { Json(range.from) }),
        )
}

fn app_with(vars: &[(&str, &str)]) -> Router {
    let find = |name: &str| {
        vars.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let config = Config::load(find, |_| Err(std::io::ErrorKind::NotFound.into())).unwrap();
    let with = Surroundings {
        entropy: Arc::new(|bytes| bytes.fill(7)),
        limits: RateLimits::new(config.limits.on),
        listen: config.listen,
        metrics: Arc::default(),
        problem_page: Arc::new(|asked, model| {
            format!(
                "<h1>{} {} {} {}</h1>",
                model.code,
                model.request_id,
                model.next,
                asked.nonce.as_str()
            )
        }),
    };
    surround(routes(), &with).unwrap()
}

fn app() -> Router {
    app_with(&[("RATE_LIMITS", "off")])
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.body
        );
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn ask(app: Router, request: Request) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:3000");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

async fn get_(path: &str) -> Answer {
    ask(app(), request("GET", path, &[], "")).await
}

async fn post_json(path: &str, body: &str) -> Answer {
    ask(
        app(),
        request("POST", path, &[("content-type", "application/json")], body),
    )
    .await
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn every_answer_has_the_policy_with_the_nonce_that_the_page_was_given() {
    let page = get_("/").await;
    assert_eq!(
        page.header("content-security-policy"),
        format!(
            "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; \
             style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            page.body
        )
    );
    assert_eq!(page.body.len(), 22);
    for path in ["/", "/nowhere", "/broken", "/panics"] {
        let answer = get_(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert_eq!(answer.header("x-request-id").len(), 9, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn hsts_is_set_where_people_come_by_https() {
    let app = app_with(&[("PUBLIC_URL", "https://clinics.example.org")]);
    let page = ask(app, request("GET", "/", &[], "")).await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn private_pages_writes_and_errors_are_never_stored() {
    for path in [
        "/appointments/abc",
        "/clinics/law/nowhere",
        "/marked",
        "/nowhere",
        "/broken",
    ] {
        assert_eq!(
            get_(path).await.header("cache-control"),
            "no-store",
            "{path}"
        );
    }
    assert_eq!(
        get_("/appointments/abc").await.header("x-robots-tag"),
        "noindex, nofollow"
    );
    let write = ask(
        app(),
        request("POST", "/clinics/law/details", &[FORM], "name=x"),
    )
    .await;
    assert_eq!(write.header("cache-control"), "no-store");
    assert_eq!(
        get_("/clinics/law").await.header("cache-control"),
        "private, no-cache"
    );
    assert_eq!(
        get_("/pkg/main.css").await.header("cache-control"),
        "public, max-age=1"
    );
}

#[tokio::test]
async fn an_error_is_a_page_for_people_and_problem_json_for_programs() {
    let page = get_("/gone").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (410, "text/html; charset=utf-8")
    );
    assert!(
        page.body.starts_with("<h1>link_expired  /find "),
        "{}",
        page.body
    );
    assert_eq!(get_("/nowhere").await.status, 404);
    assert!(get_("/nowhere").await.body.contains("not_found"));
    let taken = post_json("/api/v1/taken", "").await;
    assert_eq!(taken.status, 409);
    let json = taken.json();
    assert_eq!(
        (&json["code"], &json["status"]),
        (&"slot_taken".into(), &409.into())
    );
    assert_eq!(json["type"], "urn:clinics:problem:slot_taken");
    assert_eq!(json["request_id"], taken.header("x-request-id"));
    assert!(json.get("errors").is_none() && json.get("next").is_none());
    assert_eq!(post_json("/api/v1/missing", "").await.json()["next"], "L2");
    let wrong = post_json("/api/v1/wrong", "").await.json();
    assert_eq!(
        wrong["errors"],
        serde_json::json!([{"pointer": "/client/email", "code": "invalid_email", "detail": "invalid email"}])
    );
    let island = ask(
        app(),
        request("GET", "/gone", &[("accept", "application/json")], ""),
    )
    .await;
    assert_eq!(island.json()["code"], "link_expired");
}

#[tokio::test]
async fn what_went_wrong_inside_is_never_shown() {
    for path in ["/broken", "/panics"] {
        let page = get_(path).await;
        assert_eq!(page.status, 500, "{path}");
        assert!(
            page.body.contains("internal") && page.body.contains(page.header("x-request-id")),
            "{path}"
        );
        assert!(!page.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn refusals_of_libraries_are_problems_too() {
    let method = post_json("/api/v1/query", "{}").await;
    assert_eq!((method.status, method.header("allow")), (405, "GET,HEAD"));
    assert_eq!(method.json()["code"], "method_not_allowed");
    assert_eq!(get_("/api/v1/nowhere").await.json()["code"], "not_found");
    let head = ask(app(), request("HEAD", "/nowhere", &[], "")).await;
    assert_eq!((head.status, head.body.as_str()), (404, ""));
}

#[tokio::test]
async fn json_that_cannot_be_read_is_told_with_its_place() {
    let code = async |body: &str| {
        let answer = post_json("/api/v1/json", body).await;
        (
            answer.status,
            answer.json()["code"].as_str().unwrap().to_owned(),
        )
    };
    for malformed in ["", "{", "{\"client\":{\"ages\":[]}} x", "\u{0}"] {
        assert_eq!(
            code(malformed).await,
            (400, "malformed".into()),
            "{malformed:?}"
        );
    }
    let wrong = post_json("/api/v1/json", r#"{"client":{"ages":[1,"two"]}}"#).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/client/ages/1");
    assert_eq!(
        post_json("/api/v1/json", r#"{"client":{"ages":[1]}}"#)
            .await
            .body,
        "[1]"
    );
    let text = ask(
        app(),
        request(
            "POST",
            "/api/v1/json",
            &[("content-type", "text/plain")],
            "{}",
        ),
    )
    .await;
    assert_eq!(
        (text.status, text.json()["code"].as_str()),
        (415, Some("unsupported_media_type"))
    );
    let query = get_("/api/v1/query?from=soon").await;
    assert_eq!(
        (query.status, query.json()["errors"][0]["pointer"].as_str()),
        (422, Some("/from"))
    );
}

#[tokio::test]
async fn a_form_of_another_kind_or_too_large_is_a_page() {
    let multipart = ("content-type", "multipart/form-data; boundary=x");
    let answer = ask(
        app(),
        request("POST", "/clinics/law/details", &[multipart], ""),
    )
    .await;
    assert_eq!(answer.status, 415);
    assert!(answer.body.starts_with("<h1>unsupported_media_type"));
    let long = format!("name={}", "x".repeat(super::limits::BODY_BYTES));
    let declared = ("content-length", "65541");
    for headers in [vec![FORM], vec![FORM, declared]] {
        let answer = ask(
            app(),
            request("POST", "/clinics/law/details", &headers, &long),
        )
        .await;
        assert_eq!(answer.status, 413);
        assert!(answer.body.starts_with("<h1>too_large"), "{}", answer.body);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_given_up() {
    let answer = get_("/slow").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.starts_with("<h1>unavailable"));
}

#[tokio::test]
async fn a_write_from_another_origin_is_refused_and_a_script_is_not() {
    let status = async |headers: &[(&str, &str)]| {
        let app = app_with(&[("PUBLIC_URL", "https://clinics.example.org")]);
        let headers = [&[FORM], headers].concat();
        ask(
            app,
            request("POST", "/clinics/law/details", &headers, "name=x"),
        )
        .await
        .status
    };
    assert_eq!(status(&[]).await, 200, "curl");
    assert_eq!(status(&[("sec-fetch-site", "same-origin")]).await, 200);
    assert_eq!(
        status(&[("origin", "http://127.0.0.1:3000")]).await,
        200,
        "the host itself"
    );
    assert_eq!(
        status(&[("origin", "https://clinics.example.org")]).await,
        200,
        "behind a proxy"
    );
    assert_eq!(status(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("origin", "null")]).await, 403);
    assert_eq!(status(&[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(status(&[("sec-fetch-site", "same-site")]).await, 403);
    let read = ask(
        app(),
        request("GET", "/", &[("sec-fetch-site", "cross-site")], ""),
    )
    .await;
    assert_eq!(read.status, 200);
}

#[tokio::test]
async fn lesson_36_writes_of_one_address_are_limited_through_trusted_proxies_only() {
    let app = app_with(&[("TRUSTED_PROXIES", "10.0.0.1")]);
    let post = async |peer: [u8; 4], forwarded: &str| {
        let mut write = request(
            "POST",
            "/api/v1/taken",
            &[("x-forwarded-for", forwarded)],
            "",
        );
        write
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((peer, 5))));
        ask(app.clone(), write).await
    };
    let mut limited = 0;
    for i in 0..200 {
        // Not a proxy of ours: whatever it says about itself, it is one client.
        let answer = post([192, 0, 2, 1], &format!("203.0.113.{i}")).await;
        if answer.status == 429 {
            limited += 1;
            assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
            assert_eq!(answer.json()["code"], "rate_limited");
        }
    }
    assert!((80..=100).contains(&limited), "{limited}");
    for i in 0..200 {
        assert_eq!(
            post([10, 0, 0, 1], &format!("203.0.113.{i}")).await.status,
            409
        );
    }
    let read = ask(app.clone(), request("GET", "/", &[], "")).await;
    assert_eq!(read.status, 200);
}

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_log_has_one_line_a_request_with_its_pattern_and_nothing_typed() {
    // With a single subscriber in the process, tracing lets whichever thread meets a line first
    // decide whether anybody listens; tests beside this one have none.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    for format in [LogFormat::Text, LogFormat::Json] {
        let memory = Memory::default();
        let writer = memory.clone();
        let log = Log {
            filter: "trace".into(),
            format,
        };
        crate::testing::hear_every_line();
        let subscriber = telemetry::subscriber(&log, move || writer.clone()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        tracing::subscriber::with_default(subscriber, || {
            runtime.block_on(async {
                get_("/appointments/Zebedee.1.token?name=Zebedee").await;
                get_("/Zebedee").await;
                get_("/broken").await;
                ask(app(), request("ZEBEDEE", "/", &[("cookie", "Zebedee")], "")).await;
                let headers = [FORM, ("x-request-id", "Zebedee"), ("referer", "/Zebedee")];
                ask(
                    app(),
                    request("POST", "/clinics/law/details", &headers, "name=Zebedee"),
                )
                .await;
                ask(
                    app(),
                    request(
                        "POST",
                        "/clinics/law/details",
                        &[("origin", "http://zebedee")],
                        "",
                    ),
                )
                .await;
            });
        });
        let text = String::from_utf8(memory.0.lock().unwrap().clone()).unwrap();
        assert!(!text.to_lowercase().contains("zebedee"), "{text}");
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.contains("clinics::request"))
            .collect();
        assert_eq!(lines.len(), 6, "{text}");
        assert!(
            lines[0].contains("/appointments/{token}") && lines[0].contains("200"),
            "{text}"
        );
        assert!(
            lines[1].contains("(none)") && lines[1].contains("404"),
            "{text}"
        );
        assert!(
            text.contains("the inner secret"),
            "the cause is for the log: {text}"
        );
    }
}
