//! Booking by the API: each refusal, retries, and rivals for the same time.

use serde_json::{Value, json};

use crate::api::testing::{Api, answers, booking, client, send, served, with};
use crate::http::limits::RateLimits;
use crate::store::ServiceRow;
use crate::testing::service;

const TEN: &str = "2026-12-01T10:00:00Z";

async fn ready(api: &Api, places: usize) -> String {
    let services = vec![
        service("nutrition-first", "nutrition"),
        ServiceRow {
            offered_to: "returning".into(),
            ..service("nutrition-follow-up", "nutrition")
        },
    ];
    api.clinic("nutrition", places, services).await;
    api.triage("nutrition", &answers()).await
}

fn changed(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

async fn rows(api: &Api) -> i64 {
    api.test
        .number("SELECT (SELECT count(*) FROM appointments) + (SELECT count(*) FROM clients)")
        .await
}

#[tokio::test]
async fn a_booking_is_confirmed_or_requested_where_the_clinic_clears_it_first() {
    for api in Api::all().await {
        let triage = ready(&api, 1).await;
        let booked = api
            .post_keyed(
                "/appointments",
                "a",
                &booking(&triage, "2026-12-01T11:00:00+01:00"),
            )
            .await
            .is(201);
        assert_eq!(booked["state"], "confirmed");
        assert_eq!(
            (&booked["start"], &booked["end"]),
            (&json!(TEN), &json!("2026-12-01T11:00:00Z"))
        );
        assert!(
            booked["manage_url"]
                .as_str()
                .unwrap()
                .starts_with("http://clinics.test/appointments/")
        );
        let held = ServiceRow {
            booking: "held".into(),
            ..service("law-first", "law")
        };
        api.clinic("law", 1, vec![held]).await;
        let law = api
            .triage("law", &crate::api::testing::answers_of("law"))
            .await;
        let body = changed(&booking(&law, TEN), "/service", json!("law-first"));
        let body = changed(&body, "/client/name", json!("Another Sample"));
        assert_eq!(
            api.post_keyed("/appointments", "b", &body).await.is(201)["state"],
            "requested"
        );
        assert_eq!(
            api.test
                .number("SELECT count(*) FROM appointments WHERE source = 'api'")
                .await,
            2
        );
    }
}

#[tokio::test]
async fn lesson_9_the_same_key_books_once_and_answers_the_same_and_another_body_is_refused() {
    for api in Api::all().await {
        let triage = ready(&api, 3).await;
        let body = booking(&triage, TEN);
        let first = api.post_keyed("/appointments", "k", &body).await;
        assert_eq!(
            api.post_keyed("/appointments", "k", &body).await.body,
            first.body
        );
        // As of tomorrow the token has expired; the retry still answers the same.
        api.set_clock("2026-11-23T11:00:00Z");
        assert_eq!(
            api.post_keyed("/appointments", "k", &body).await.body,
            first.body
        );
        let other = changed(&body, "/client/name", json!("Other Sample"));
        api.post_keyed("/appointments", "k", &other)
            .await
            .problem(422, "idempotency_mismatch");
        assert_eq!(
            api.test.number("SELECT count(*) FROM appointments").await,
            1
        );
    }
}

#[tokio::test]
async fn a_key_is_needed_and_has_to_be_visible() {
    let api = Api::open().await;
    let triage = ready(&api, 1).await;
    let body = booking(&triage, TEN);
    api.post("/appointments", &body)
        .await
        .problem(400, "idempotency_key_missing");
    for key in ["", "two words", &"k".repeat(256)] {
        api.post_keyed("/appointments", key, &body)
            .await
            .problem(400, "idempotency_key_missing");
    }
    api.post_keyed("/appointments", &"k".repeat(255), &body)
        .await
        .is(201);
}

#[tokio::test]
async fn lesson_38_every_wrong_field_is_named_and_leaves_no_row() {
    for api in Api::all().await {
        let triage = ready(&api, 1).await;
        let good = booking(&triage, TEN);
        for (pointer, value, code) in [
            ("/client/name", json!(""), "required"),
            ("/client/name", json!("x".repeat(101)), "too_long"),
            (
                "/client/name",
                json!("Sample\u{0}Client"),
                "control_characters",
            ),
            ("/client/email", json!("not an address"), "invalid_email"),
            ("/client/email", json!(null), "contact_needed"),
            ("/client/postcode_area", json!("Narnia"), "invalid_postcode"),
            ("/client/safe_to_email", json!("perhaps"), "wrong_type"),
            ("/start", json!(5), "wrong_type"),
            ("/mode", json!(null), "required"),
            ("/triage", json!(null), "required"),
        ] {
            let problem = api
                .post_keyed("/appointments", "k", &changed(&good, pointer, value))
                .await
                .problem(422, "invalid");
            assert_eq!(
                (
                    &problem["errors"][0]["pointer"],
                    &problem["errors"][0]["code"]
                ),
                (&json!(pointer), &json!(code)),
                "{problem}"
            );
        }
        let nobody = api
            .post_keyed("/appointments", "k", &json!({ "hold": "h" }))
            .await;
        nobody.problem(409, "hold_expired");
        assert_eq!(rows(&api).await, 0);
    }
}

#[tokio::test]
async fn lesson_38_a_time_or_service_that_was_not_offered_is_refused_and_leaves_no_row() {
    for api in Api::all().await {
        let triage = ready(&api, 1).await;
        let good = booking(&triage, TEN);
        for (pointer, value, status, code) in [
            ("/start", json!("2026-11-20T10:00:00Z"), 422, "too_soon"),
            ("/start", json!("2026-11-22T12:30:00Z"), 422, "too_soon"),
            ("/start", json!("2027-06-01T09:00:00Z"), 422, "too_far"),
            (
                "/start",
                json!("2026-12-01T08:00:00Z"),
                422,
                "outside_hours",
            ),
            (
                "/start",
                json!("2026-12-01T10:10:00Z"),
                422,
                "outside_hours",
            ),
            (
                "/start",
                json!("2026-12-01T10:00:00.5Z"),
                422,
                "outside_hours",
            ),
            ("/start", json!("0000-01-01T00:00:00Z"), 422, "too_soon"),
            (
                "/start",
                json!("9999-12-31T23:59:59Z"),
                422,
                "outside_hours",
            ),
            ("/mode", json!("video"), 422, "mode_not_offered"),
            ("/service", json!("nutrition-nothing"), 404, "not_found"),
            ("/service", json!("\u{0}"), 404, "not_found"),
            (
                "/service",
                json!("nutrition-follow-up"),
                422,
                "not_bookable",
            ),
            ("/triage", json!("forged"), 422, "triage_expired"),
        ] {
            let answer = api
                .post_keyed("/appointments", "k", &changed(&good, pointer, value))
                .await;
            answer.problem(status, code);
        }
        assert_eq!(rows(&api).await, 0);
    }
}

#[tokio::test]
async fn only_a_triage_that_came_out_at_book_for_this_clinic_leads_to_a_booking() {
    let api = Api::open().await;
    let triage = ready(&api, 1).await;
    api.clinic("business", 1, vec![service("business-chat", "business")])
        .await;
    let body = booking(&triage, TEN);
    for given in [with("A3", &json!("16_17")), with("A8", &json!("no"))] {
        let other = json!(api.triage("nutrition", &given).await);
        api.post_keyed("/appointments", "k", &changed(&body, "/triage", other))
            .await
            .problem(422, "not_bookable");
    }
    let other = changed(&body, "/service", json!("business-chat"));
    api.post_keyed("/appointments", "k", &other)
        .await
        .problem(422, "not_bookable");
    api.set_clock("2026-11-22T14:00:00Z");
    api.post_keyed("/appointments", "k", &body)
        .await
        .problem(422, "triage_expired");
    api.set_clock("2026-11-22T13:59:59Z");
    api.switch_off("nutrition").await;
    api.post_keyed("/appointments", "k", &body)
        .await
        .problem(422, "closed");
    assert_eq!(rows(&api).await, 0);
}

#[tokio::test]
async fn a_hold_is_booked_once_with_its_own_answers_and_not_after_it_ended() {
    for api in Api::all().await {
        let triage = api_triage_with_needs(&api).await;
        let wanted = |start: &str| json!({ "service": "nutrition-first", "start": start, "mode": "in_person", "triage": triage });
        let held = api.post("/holds", &wanted(TEN)).await.is(201);
        let body = json!({ "hold": held["hold"], "client": client() });
        let booked = api.post_keyed("/appointments", "a", &body).await.is(201);
        assert_eq!(booked["start"], TEN);
        api.post_keyed("/appointments", "b", &body)
            .await
            .problem(409, "not_possible");
        // What the answers said of language and access came along.
        let filled =
            "SELECT count(*) FROM clients WHERE language = 'Welsh' AND access LIKE '%step_free%'";
        assert_eq!(api.test.number(filled).await, 1);
        let held = api
            .post("/holds", &wanted("2026-12-01T11:00:00Z"))
            .await
            .is(201);
        api.set_clock("2026-11-22T12:10:00Z");
        let late = json!({ "hold": held["hold"], "client": client() });
        api.post_keyed("/appointments", "c", &late)
            .await
            .problem(409, "hold_expired");
    }
}

async fn api_triage_with_needs(api: &Api) -> String {
    ready(api, 1).await;
    let mut given = with("A6", &json!(["step_free"]));
    given["answers"]["A5"] = json!("Welsh");
    api.triage("nutrition", &given).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_1_of_64_posts_for_one_place_one_is_booked_and_63_are_told_slot_taken() {
    for api in Api::all().await {
        let triage = ready(&api, 1).await;
        assert_eq!(race(&api, &triage).await, (1, 63), "{}", api.test.url);
        assert_eq!(rows(&api).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_1_of_64_posts_for_three_places_three_are_booked() {
    for api in Api::all().await {
        let triage = ready(&api, 3).await;
        assert_eq!(race(&api, &triage).await, (3, 61), "{}", api.test.url);
    }
}

/// How many of 64 at once were booked, and how many were told that the time is taken. Nothing else may happen.
async fn race(api: &Api, triage: &str) -> (usize, usize) {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..64 {
        let own = json!(format!("Sample Client {number}"));
        let body = changed(&booking(triage, TEN), "/client/name", own).to_string();
        let router = api.router.clone();
        tasks.spawn(async move {
            let key = format!("race-{number}");
            let headers = [
                ("content-type", "application/json"),
                ("idempotency-key", key.as_str()),
            ];
            send(router, "POST", "/appointments", &headers, &body).await
        });
    }
    let (mut booked, mut taken) = (0, 0);
    while let Some(answer) = tasks.join_next().await {
        let answer = answer.unwrap();
        if answer.status == 201 {
            booked += 1;
        } else {
            answer.problem(409, "slot_taken");
            taken += 1;
        }
    }
    (booked, taken)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_9_one_key_sent_eight_times_at_once_books_once() {
    for api in Api::all().await {
        let triage = ready(&api, 3).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (router, body) = (api.router.clone(), booking(&triage, TEN).to_string());
            let headers = [
                ("content-type", "application/json"),
                ("idempotency-key", "once"),
            ];
            tasks
                .spawn(async move { send(router, "POST", "/appointments", &headers, &body).await });
        }
        let answers: Vec<_> = tasks
            .join_all()
            .await
            .iter()
            .map(|answer| answer.is(201))
            .collect();
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{answers:?}"
        );
        assert_eq!(
            api.test.number("SELECT count(*) FROM appointments").await,
            1
        );
    }
}

#[tokio::test]
async fn lesson_36_bookings_for_one_contact_and_from_one_address_are_bounded() {
    let api = Api::open().await;
    let triage = ready(&api, 1).await;
    let limited = served(crate::http::state::App {
        limits: RateLimits::new(true),
        ..api.test.app()
    });
    let mut booked = 0;
    for hour in 0..60 {
        let start = format!("2026-12-{:02}T{:02}:00:00Z", 1 + hour / 8, 9 + hour % 8);
        let key = format!("k{hour}");
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
        ];
        let body = booking(&triage, &start).to_string();
        let answer = send(limited.clone(), "POST", "/appointments", &headers, &body).await;
        match answer.status {
            201 => booked += 1,
            429 => {
                answer.problem(429, "rate_limited");
                assert!(answer.retry_after.is_some());
            }
            // The weekend.
            _ => drop(answer.problem(422, "outside_hours")),
        }
    }
    assert!((1..=5).contains(&booked), "{booked}");
}
