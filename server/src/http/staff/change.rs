//! What staff change from the desk: an appointment cleared or called off, a call made. Each answers
//! 303 to the page it came from.

use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use super::{SignedIn, go_to};
use crate::booking::{self, Actor, Matter};
use crate::desk;
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::state::App;
use crate::store::AppointmentRow;

/// `POST /staff/appointments/{reference}/confirm`
pub async fn confirm(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::ConfirmAppointment).await?;
    let actor = Actor::Staff(who.staff.id);
    booking::confirm(&app.context, row.id, actor).await?;
    Ok(back_to(&row))
}

/// `POST /staff/appointments/{reference}/cancel`: the clinic calls it off. A second time changes
/// nothing and answers the same.
pub async fn cancel(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::CancelAppointment).await?;
    let actor = Actor::Staff(who.staff.id);
    booking::cancel(&app.context, row.id, actor).await?;
    Ok(back_to(&row))
}

/// `POST /staff/appointments/{reference}/turn-down`: "we have no capacity". To the client it is the same as a conflict
/// check that was refused.
pub async fn turn_down(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let row = target(&app, &who, &reference, Action::ConfirmAppointment).await?;
    let actor = Actor::Staff(who.staff.id);
    booking::turn_down(&app.context, Matter::Appointment(row.id), actor).await?;
    Ok(back_to(&row))
}

/// `POST /staff/requests/{reference}/turn-down`: the same for a case that staff look at first.
pub async fn turn_down_request(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Edge> {
    let request = desk::request_target(&app.context, &who.standing, &reference)
        .await?
        .ok_or(Code::NotFound)?;
    who.must(
        Action::ConfirmAppointment,
        &ClinicId(request.clinic_id.clone()),
    )?;
    let actor = Actor::Staff(who.staff.id);
    booking::turn_down(&app.context, Matter::Request(request.id), actor).await?;
    Ok(go_to("/staff/requests"))
}

/// `POST /staff/calls/{id}/done`. A call that is ticked off already, or is none of theirs, changes
/// nothing and leads back to the list as it is.
pub async fn call_made(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Edge> {
    if who.standing.clinics_for(Action::CloseCall).is_empty() {
        return Err(Code::Forbidden.into());
    }
    desk::call_made(&app.context, &who.standing, id).await?;
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

fn back_to(row: &AppointmentRow) -> Response {
    go_to(&format!("/staff/appointments/{}", row.reference))
}
