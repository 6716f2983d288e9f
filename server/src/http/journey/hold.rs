//! Signs of life for a hold, from the timer on the page: still there, or gone.

use app::wire::HoldState;
use axum::Json;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use super::visit::Visit;
use crate::booking::{BookingError, leave, release_as, renew};
use crate::domain::time;
use crate::http::error::Edge;
use crate::intake::Step;

/// `POST /clinics/{clinic}/hold/renew`
pub async fn still_here(visit: Visit) -> Result<Json<HoldState>, Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(ended());
    };
    told(&visit, renew(&visit.app.context, kept.hold).await)
}

/// `POST /clinics/{clinic}/hold/leave`
pub async fn gone(visit: Visit) -> Result<Json<HoldState>, Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(ended());
    };
    told(&visit, leave(&visit.app.context, kept.hold).await)
}

fn ended() -> Json<HoldState> {
    Json(HoldState {
        seconds_left: 0,
        ends_at: String::new(),
    })
}

fn told(
    visit: &Visit,
    until: Result<DateTime<Utc>, BookingError>,
) -> Result<Json<HoldState>, Edge> {
    match until {
        Ok(until) => {
            let left = (until - visit.app.context.now()).num_seconds();
            Ok(Json(HoldState {
                seconds_left: u32::try_from(left).unwrap_or(0),
                ends_at: time::clock(until),
            }))
        }
        Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => Ok(ended()),
        Err(other) => Err(other.into()),
    }
}

/// A form was sent: a sign of life where there is no timer.
pub async fn touch(visit: &Visit) -> Result<(), Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(());
    };
    match renew(&visit.app.context, kept.hold).await {
        Ok(_) | Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// `POST /clinics/{clinic}/clear`: forgets everything typed for this clinic and gives the time back.
pub async fn clear(mut visit: Visit) -> Result<Response, Edge> {
    let draft = visit.forget().await?;
    if let Some(kept) = draft.kept {
        release_as(&visit.app.context, kept.hold, visit.actor()).await?;
    }
    let to = format!("/clinics/{}", visit.id());
    Ok(
        axum::response::Redirect::to(if draft.finished.is_some() { "/" } else { &to })
            .into_response(),
    )
}

/// Gives back the time that is kept, if one is; the draft is the caller's to change.
pub async fn give_back(visit: &mut Visit) -> Result<(), Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(());
    };
    match release_as(&visit.app.context, kept.hold, visit.actor()).await {
        Ok(()) | Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// The step that a page belongs to, for redirects after a hold has gone.
pub fn times(visit: &Visit) -> String {
    Step::Times.path(visit.id())
}
