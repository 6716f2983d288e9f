//! `/feeds/{token}.ics`: somebody's own calendar, for their calendar program.
//!
//! Promises: the same rows give the same bytes, so that an unchanged calendar is answered with 304 and no body; what is
//! not an address answers like any page that is not there. Reads; changes nothing.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};

use super::error::{Code, Edge};
use super::state::App;
use crate::auth::key::token_hash;
use crate::domain::ids::AppointmentId;
use crate::feeds;
use crate::ical::{FeedEntry, feed};
use crate::store::{FeedRow, StoreError, Stored};

/// The routes below `/feeds`.
pub fn router() -> Router<App> {
    Router::new().route("/feeds/{file}", get(see))
}

async fn see(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Edge> {
    let token = file.strip_suffix(".ics").ok_or(Code::NotFound)?;
    let rows = feeds::read(&app.context, token)
        .await?
        .ok_or(Code::NotFound)?;
    let host = app.config.listen.public_url.host();
    let link = app.config.listen.public_url.link("/staff/calendar");
    let entries = rows
        .iter()
        .map(|row| entry(row, &link))
        .collect::<Stored<Vec<_>>>()?;
    let name = app::text::t("feed-name");
    let text = feed(&name, host, &entries).map_err(Edge::internal)?;
    let tag = format!("\"{}\"", tag(&text));
    let known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| matches!(value.trim().trim_start_matches("W/"), own if own == tag || own == "*"));
    // For this reader alone, and looked at again each time.
    let common = [(ETAG, tag), (CACHE_CONTROL, "private, no-cache".to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    let kind = [(CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((common, kind, text).into_response())
}

fn tag(text: &str) -> String {
    let hash = token_hash(text.as_bytes());
    hash[..12]
        .iter()
        .fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"))
}

fn entry(row: &FeedRow, link: &str) -> Stored<FeedEntry> {
    let instant = |seconds| -> Stored<DateTime<Utc>> {
        DateTime::from_timestamp(seconds, 0)
            .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
    };
    let place = match row.mode.as_str() {
        "phone" => app::text::t("feed-phone"),
        "video" => app::text::t("feed-video"),
        _ => row.room.clone().unwrap_or_default(),
    };
    Ok(FeedEntry {
        appointment: AppointmentId(row.id),
        sequence: u32::try_from(row.sequence).unwrap_or(0),
        changed: instant(row.updated_at)?,
        start: instant(row.starts_at)?,
        end: instant(row.ends_at)?,
        summary: app::text::t("feed-summary"),
        location: place,
        link: link.to_owned(),
        cancelled: row.state == "cancelled",
        tentative: row.state == "requested",
    })
}
