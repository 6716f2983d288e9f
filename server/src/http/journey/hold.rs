//! Signs of life for a hold, from the timer on the page: still there, or gone.

use app::wire::HoldState;
use axum::Json;

use super::visit::Visit;
use crate::booking::{BookingError, leave, release_as, renew};
use crate::http::error::Edge;
use crate::intake::Step;
use axum::response::{IntoResponse, Response};

/// `POST /clinics/{clinic}/hold/renew`
pub async fn still_here(visit: Visit) -> Result<Json<HoldState>, Edge> {
    let ended = Json(HoldState { seconds_left: 0 });
    let Some(kept) = &visit.draft.kept else {
        return Ok(ended);
    };
    match renew(&visit.app.context, kept.hold).await {
        Ok(until) => {
            let left = (until - visit.app.context.now()).num_seconds();
            Ok(Json(HoldState {
                seconds_left: u32::try_from(left).unwrap_or(0),
            }))
        }
        Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => Ok(ended),
        Err(other) => Err(other.into()),
    }
}

/// `POST /clinics/{clinic}/hold/leave`
pub async fn gone(visit: Visit) -> Result<Json<HoldState>, Edge> {
    let Some(kept) = &visit.draft.kept else {
        return Ok(Json(HoldState { seconds_left: 0 }));
    };
    match leave(&visit.app.context, kept.hold).await {
        Ok(until) => {
            let left = (until - visit.app.context.now()).num_seconds();
            Ok(Json(HoldState {
                seconds_left: u32::try_from(left).unwrap_or(0),
            }))
        }
        Err(BookingError::Refused(_) | BookingError::NoSuchAppointment) => {
            Ok(Json(HoldState { seconds_left: 0 }))
        }
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

/// The step that a page belongs to, for redirects after a hold has gone.
pub fn times(visit: &Visit) -> String {
    Step::Times.path(visit.id())
}
