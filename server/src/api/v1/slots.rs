//! `GET /services/{service}/slots`: the starts that can still be booked.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::admission::{bookable, needs_of, refused};
use super::fields::wrong;
use super::instant::Instant;
use super::problems::{ADDRESSED, problems};
use super::token::{self, Triaged};
use crate::booking::{free_slots, mode_from_word, mode_word};
use crate::domain::availability::Slot;
use crate::domain::client::AccessNeed;
use crate::domain::schedule::{Feature, Mode};
use crate::domain::time;
use crate::http::error::Edge;
use crate::http::headers::NoStore;
use crate::http::json::ApiQuery;
use crate::http::state::App;
use crate::store::ServiceRow;

/// Most days in one answer, first and last included.
const MOST_DAYS: i64 = 62;
/// Days after the first, if no last date is asked for.
const USUAL_DAYS: u64 = 30;
/// Dates outside these years are slips of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Range {
    /// First local date; today if absent.
    #[param(format = Date, example = "2026-12-01")]
    #[serde(default, deserialize_with = "given")]
    from: Option<String>,
    /// Last local date, inclusive, at most 62 days in all; 30 days after `from` if absent.
    #[param(format = Date, example = "2026-12-31")]
    #[serde(default, deserialize_with = "given")]
    to: Option<String>,
    /// Only this way to meet: `in_person`, `phone` or `video`. If absent, the ways that suit the answers behind `triage`.
    #[param(value_type = Option<Mode>)]
    #[serde(default, deserialize_with = "given")]
    mode: Option<String>,
    /// Needs of the room, separated by commas: any of `step_free`, `quiet`, `hearing`; `video` for by phone or video only.
    #[param(
        pattern = "^((step_free|quiet|hearing|video)(,(step_free|quiet|hearing|video))*)?$",
        example = "step_free,quiet"
    )]
    #[serde(default, deserialize_with = "given")]
    access: Option<String>,
    /// The token of a triage. Without it, as for a new client with no needs and no deadline.
    #[serde(default, deserialize_with = "given")]
    triage: Option<String>,
}

/// What stands in the query, even if it is empty: an empty date is not the same as none.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// Free starts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotsView {
    /// The service.
    pub service: String,
    /// The zone of the dates, and of the clock on the clinic's wall.
    #[schema(examples("Europe/London"))]
    pub zone: String,
    /// The starts, in order of time.
    pub slots: Vec<SlotView>,
}

/// A start that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotView {
    /// Start.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub start: Instant,
    /// End.
    #[schema(value_type = String, format = DateTime, examples("2026-12-01T14:00:00Z"))]
    pub end: Instant,
    /// The ways to meet that it still has.
    pub modes: Vec<Mode>,
    /// Bookings that it can still take.
    #[schema(minimum = 1)]
    pub places: i64,
}

problems!(Problems:
    &[
        (404, "`not_found`: there is no such service."),
        (422, "`invalid`: a part of the query is wrong. `triage_expired`: the token is too old or not ours. \
               `not_bookable`: the answers do not lead to this service. `closed`: the clinic is switched off."),
    ],
    ADDRESSED,
);

/// What of the query says which starts suit.
struct Wish {
    mode: Option<Mode>,
    remote_only: bool,
    access: BTreeSet<Feature>,
}

/// The starts that can still be booked.
#[utoipa::path(
    get, path = "/services/{service}/slots", tag = "booking",
    params(("service" = String, Path, description = "The service's id", example = "law-first"), Range),
    responses((status = OK, body = SlotsView), Problems)
)]
pub(super) async fn list(
    State(app): State<App>,
    Path(service): Path<String>,
    ApiQuery(range): ApiQuery<Range>,
) -> Result<Response, Edge> {
    let dates = dates(&range, app.context.now())?;
    let triage = match &range.triage {
        Some(token) => Some(token::open(&app, token).await?),
        None => None,
    };
    let service = bookable(&app, &service, triage.as_ref()).await?;
    let wish = wish(&range, &service, triage.as_ref())?;
    let mut needs = needs_of(&service, triage.as_ref());
    needs.access.extend(wish.access);
    let id = service.id.as_str().into();
    let (_, slots) = free_slots(&app.context, &id, &needs, dates, wish.mode)
        .await
        .map_err(refused)?;
    let slots = slots
        .into_iter()
        .filter_map(|slot| view(slot, wish.remote_only))
        .collect();
    let found = SlotsView {
        service: service.id,
        zone: time::ZONE.name().to_owned(),
        slots,
    };
    // What is free changes with every booking, and the answer may rest on somebody's answers.
    Ok((Extension(NoStore), Json(found)).into_response())
}

fn dates(range: &Range, now: DateTime<Utc>) -> Result<(NaiveDate, NaiveDate), Edge> {
    let read = |text: &Option<String>, pointer: &str| {
        let date = text.as_deref().map(time::parse_date).transpose().ok();
        date.filter(|date| date.is_none_or(|date| YEARS.contains(&date.year())))
            .ok_or_else(|| wrong(pointer, "bad_date"))
    };
    let from = read(&range.from, "/from")?.unwrap_or_else(|| time::local_date(now));
    let to = read(&range.to, "/to")?.unwrap_or_else(|| from + Days::new(USUAL_DAYS));
    match (to - from).num_days() {
        ..0 => Err(wrong("/to", "before_from")),
        MOST_DAYS.. => Err(wrong("/to", "too_long")),
        _ => Ok((from, to)),
    }
}

fn wish(range: &Range, service: &ServiceRow, triage: Option<&Triaged>) -> Result<Wish, Edge> {
    let asked = match range.mode.as_deref() {
        None => None,
        Some(word) => Some(mode_from_word(word).ok_or_else(|| wrong("/mode", "not_an_option"))?),
    };
    let facts = triage.map(|triage| &triage.assessment.facts);
    // What they would like to have counts only where the service has it.
    let liked = facts
        .and_then(|facts| facts.mode)
        .filter(|mode| has_mode(service, *mode));
    let mut wish = Wish {
        mode: asked.or(liked),
        remote_only: facts.is_some_and(|facts| facts.remote && facts.mode.is_none())
            && asked.is_none(),
        access: BTreeSet::new(),
    };
    for word in range
        .access
        .iter()
        .flat_map(|words| words.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        match AccessNeed::from_word(word) {
            Some(AccessNeed::Video) => wish.remote_only = true,
            Some(need) => wish.access.extend(need.feature()),
            None => return Err(wrong("/access", "not_an_option")),
        }
    }
    Ok(wish)
}

fn has_mode(service: &ServiceRow, mode: Mode) -> bool {
    service.modes.split(',').any(|word| word == mode_word(mode))
}

/// The slot, less the ways to meet that don't suit. By telephone or video no room is needed, so that the places, which
/// are those of the mode that has most, stay true.
fn view(slot: Slot, remote_only: bool) -> Option<SlotView> {
    let suits = |mode: &Mode| !remote_only || *mode != Mode::InPerson;
    let modes: Vec<Mode> = slot.modes.into_iter().filter(suits).collect();
    (!modes.is_empty()).then_some(SlotView {
        start: Instant(slot.start),
        end: Instant(slot.end),
        modes,
        places: slot.places,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::testing::{Api, with};
    use crate::store::ServiceRow;
    use crate::testing::service;

    const SLOTS: &str = "/services/nutrition-first/slots";

    async fn api() -> Api {
        let api = Api::open().await;
        let services = vec![
            service("nutrition-first", "nutrition"),
            ServiceRow {
                offered_to: "returning".into(),
                ..service("nutrition-follow-up", "nutrition")
            },
            ServiceRow {
                booking: "review".into(),
                ..service("nutrition-special", "nutrition")
            },
        ];
        api.clinic("nutrition", 2, services).await;
        api
    }

    #[tokio::test]
    async fn free_starts_have_instants_in_utc_with_modes_and_places() {
        for api in Api::all().await {
            api.clinic(
                "nutrition",
                2,
                vec![service("nutrition-first", "nutrition")],
            )
            .await;
            let found = api
                .get(&format!("{SLOTS}?from=2026-12-01&to=2026-12-01"))
                .await
                .is(200);
            assert_eq!(
                (&found["service"], &found["zone"]),
                (&json!("nutrition-first"), &json!("Europe/London"))
            );
            let slots = found["slots"].as_array().unwrap();
            assert_eq!(slots.len(), 8, "every hour from nine to five");
            assert_eq!(
                slots[0],
                json!({ "start": "2026-12-01T09:00:00Z", "end": "2026-12-01T10:00:00Z",
                        "modes": ["in_person", "phone"], "places": 2 })
            );
        }
    }

    #[tokio::test]
    async fn dates_are_local_inclusive_and_at_most_62() {
        let api = api().await;
        let first = |found: &serde_json::Value| found["slots"][0]["start"].clone();
        // Today is a Sunday; by default thirty days from today.
        assert_eq!(first(&api.get(SLOTS).await.is(200)), "2026-11-23T09:00:00Z");
        // In summer nine o'clock in London is eight in UTC. The horizon of the service is out of the way here.
        api.set_clock("2027-06-01T07:00:00Z");
        assert_eq!(
            first(&api.get(&format!("{SLOTS}?from=2027-06-02")).await.is(200)),
            "2027-06-02T08:00:00Z"
        );
        api.get(&format!("{SLOTS}?from=2026-12-01&to=2027-01-31"))
            .await
            .is(200);
        for (query, pointer) in [
            ("from=2026-12-01&to=2027-02-01", "/to"),
            ("from=2026-12-02&to=2026-12-01", "/to"),
            ("from=1.12.2026", "/from"),
            ("from=2026-13-01", "/from"),
            ("from=%2B12026-12-01", "/from"),
            ("to=", "/to"),
            ("mode=letter", "/mode"),
            ("access=step_free,lift", "/access"),
        ] {
            let problem = api
                .get(&format!("{SLOTS}?{query}"))
                .await
                .problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}");
        }
    }

    #[tokio::test]
    async fn access_and_mode_filter_the_starts() {
        let api = api().await;
        let on = |query: &str| format!("{SLOTS}?from=2026-12-01&to=2026-12-01&{query}");
        let slot = |found: serde_json::Value| found["slots"][0].clone();
        // One of the two rooms is step-free; by telephone no room is needed.
        let step_free = slot(
            api.get(&on("access=step_free&mode=in_person"))
                .await
                .is(200),
        );
        assert_eq!(
            (&step_free["modes"], &step_free["places"]),
            (&json!(["in_person"]), &json!(1))
        );
        let remote = slot(api.get(&on("access=video")).await.is(200));
        assert_eq!(
            (&remote["modes"], &remote["places"]),
            (&json!(["phone"]), &json!(2))
        );
        assert_eq!(
            api.get(&on("access=hearing&mode=in_person")).await.is(200)["slots"],
            json!([])
        );
        assert_eq!(api.get(&on("mode=video")).await.is(200)["slots"], json!([]));
    }

    #[tokio::test]
    async fn the_triage_filters_what_its_answers_ask_for() {
        let api = api().await;
        let phone = api.triage("nutrition", &with("A7", &json!("phone"))).await;
        let found = api.get(&format!("{SLOTS}?triage={phone}")).await.is(200);
        assert_eq!(found["slots"][0]["modes"], json!(["phone"]));
        // The service has no video: what they would like is a wish, not a wall.
        let video = api.triage("nutrition", &with("A7", &json!("video"))).await;
        let found = api.get(&format!("{SLOTS}?triage={video}")).await.is(200);
        assert_eq!(found["slots"][0]["modes"], json!(["in_person", "phone"]));
        let remote = api
            .triage("nutrition", &with("A6", &json!(["phone_or_video"])))
            .await;
        let found = api.get(&format!("{SLOTS}?triage={remote}")).await.is(200);
        assert_eq!(found["slots"][0]["modes"], json!(["phone"]));
        let new = api.triage("nutrition", &with("A4", &json!("no"))).await;
        let follow_up = format!("/services/nutrition-follow-up/slots?triage={new}");
        api.get(&follow_up).await.problem(422, "not_bookable");
        let returning = api.triage("nutrition", &with("A4", &json!("yes"))).await;
        api.get(&format!(
            "/services/nutrition-follow-up/slots?triage={returning}"
        ))
        .await
        .is(200);
    }

    #[tokio::test]
    async fn lesson_38_no_slot_without_a_service_an_open_clinic_and_a_token_of_ours() {
        let api = api().await;
        api.get("/services/nutrition-nothing/slots")
            .await
            .problem(404, "not_found");
        api.get("/services/%00/slots")
            .await
            .problem(404, "not_found");
        api.get("/services/nutrition-special/slots")
            .await
            .problem(422, "not_bookable");
        api.get(&format!("{SLOTS}?triage=forged"))
            .await
            .problem(422, "triage_expired");
        let review = api.triage("nutrition", &with("A3", &json!("16_17"))).await;
        api.get(&format!("{SLOTS}?triage={review}"))
            .await
            .problem(422, "not_bookable");
        api.switch_off("nutrition").await;
        api.get(SLOTS).await.problem(422, "closed");
    }
}
