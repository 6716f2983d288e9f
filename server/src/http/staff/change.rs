//! What staff change from the desk: an appointment cleared or called off, a call made. Each answers
//! 303 to the page it came from, and 409 with what stands now where somebody else was quicker.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use super::{SignedIn, day, go_to, requests};
use crate::booking::{self, Actor, BookingError, Matter};
use crate::desk::{self, Rang};
use crate::domain::access::Action;
use crate::domain::booking::Command;
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::store::AppointmentRow;

/// `POST /staff/appointments/{reference}/confirm`
pub async fn confirm(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::ConfirmAppointment).await?;
    let (was, actor) = (form.first("was"), Actor::Staff(who.staff.id));
    let command = Command::Confirm;
    let done = booking::change_as_seen(&app.context, row.id, command, was, actor).await;
    back_to(app, nonce, who, &row, done.map(|_| ())).await
}

/// `POST /staff/appointments/{reference}/cancel`: the clinic calls it off. A second time changes
/// nothing and answers the same.
pub async fn cancel(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::CancelAppointment).await?;
    let (was, actor) = (form.first("was"), Actor::Staff(who.staff.id));
    let command = Command::Cancel(actor.by());
    let done = booking::change_as_seen(&app.context, row.id, command, was, actor).await;
    back_to(app, nonce, who, &row, done.map(|_| ())).await
}

/// `POST /staff/appointments/{reference}/turn-down`: "we have no capacity". To the client it is the same as a conflict
/// check that was refused.
pub async fn turn_down(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::ConfirmAppointment).await?;
    let (was, actor) = (form.first("was"), Actor::Staff(who.staff.id));
    let matter = Matter::Appointment(row.id);
    let done = booking::turn_down_as_seen(&app.context, matter, was, actor).await;
    back_to(app, nonce, who, &row, done).await
}

/// `POST /staff/requests/{reference}/turn-down`: the same for a case that staff look at first.
pub async fn turn_down_request(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(reference): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let request = desk::request_target(&app.context, &who.standing, &reference)
        .await?
        .ok_or(Code::NotFound)?;
    who.must(
        Action::ConfirmAppointment,
        &ClinicId(request.clinic_id.clone()),
    )?;
    let (was, actor) = (form.first("revision"), Actor::Staff(who.staff.id));
    let matter = Matter::Request(request.id);
    match booking::turn_down_as_seen(&app.context, matter, was, actor).await {
        Ok(()) => Ok(go_to("/staff/requests")),
        Err(BookingError::Overtaken) => requests::overtaken(app, nonce, who, &reference).await,
        Err(other) => Err(other.into()),
    }
}

/// `POST /staff/calls/{id}/done`. A call that is ticked off already, or is none of theirs, changes
/// nothing and leads back to the list as it is.
pub async fn call_made(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Edge> {
    rang(&app, &who, id, Rang::Told).await
}

/// `POST /staff/calls/{id}/tried`: nobody answered, and the call waits for the next try.
pub async fn call_tried(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Edge> {
    rang(&app, &who, id, Rang::Nobody).await
}

async fn rang(app: &App, who: &SignedIn, id: Uuid, came: Rang) -> Result<Response, Edge> {
    if who.standing.clinics_for(Action::CloseCall).is_empty() {
        return Err(Code::Forbidden.into());
    }
    desk::rang(&app.context, &who.standing, id, came).await?;
    Ok(go_to("/staff#calls"))
}

async fn target(
    app: &App,
    who: &SignedIn,
    reference: &str,
    action: Action,
) -> Result<AppointmentRow, Edge> {
    let row = desk::change_target(&app.context, &who.standing, reference)
        .await?
        .ok_or(Code::NotFound)?;
    who.must(action, &ClinicId(row.clinic_id.clone()))?;
    Ok(row)
}

/// Back to the appointment; with 409 where somebody else has changed it since the page was made.
async fn back_to(
    app: App,
    nonce: Nonce,
    who: SignedIn,
    row: &AppointmentRow,
    done: Result<(), BookingError>,
) -> Result<Response, Edge> {
    match done {
        Ok(()) => Ok(go_to(&format!("/staff/appointments/{}", row.reference))),
        Err(BookingError::Overtaken) => day::overtaken(app, nonce, who, &row.reference).await,
        Err(other) => Err(other.into()),
    }
}
