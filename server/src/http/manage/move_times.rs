//! Another time for an appointment, chosen by the client behind the link.

use app::pages;
use app::view::{self, FieldError, MoveTimes};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use chrono::NaiveDate;

use super::{about, open, refused};
use crate::booking::{Actor, BookingError, relocate, times_to_move};
use crate::domain::time;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::journey::{days, held, start_in_words, wrong_field};
use crate::http::requests::{Asked, one_page};
use crate::http::state::App;
use crate::store::AppointmentRow;

/// What is shown beside the times.
#[derive(Default)]
struct Shown {
    from: Option<NaiveDate>,
    chosen: String,
    taken: String,
    errors: Vec<FieldError>,
}

/// `GET /appointments/{token}/move?from=`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let shown = Shown {
        from: asked.date(),
        ..Shown::default()
    };
    page(&app, &nonce, &token, StatusCode::OK, shown).await
}

/// `POST /appointments/{token}/move`
pub async fn choose(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    let Ok(start) = time::parse_instant(form.first("start")) else {
        let shown = Shown {
            errors: vec![wrong_field("start", "required")],
            ..Shown::default()
        };
        return page(
            &app,
            &nonce,
            &token,
            StatusCode::UNPROCESSABLE_ENTITY,
            shown,
        )
        .await;
    };
    match relocate(&app.context, row.id, start, Actor::Client).await {
        Ok(_) => Ok(Redirect::to(&format!("/appointments/{token}")).into_response()),
        Err(BookingError::Unavailable(_)) => {
            let shown = Shown {
                taken: start_in_words(start),
                ..Shown::default()
            };
            page(&app, &nonce, &token, StatusCode::CONFLICT, shown).await
        }
        Err(other) => Err(refused(other, &token)),
    }
}

async fn page(
    app: &App,
    nonce: &Nonce,
    token: &str,
    status: StatusCode,
    shown: Shown,
) -> Result<Response, Edge> {
    let row = open(app, token).await?;
    if !super::can_move(&row, app.context.now()) {
        return Err(Edge::from(Code::NotPossible).onward(format!("/appointments/{token}")));
    }
    let about = about(app, &row.clinic_id).await?;
    let now = app.context.now();
    let mut model = MoveTimes {
        token: token.to_owned(),
        held: view::Held {
            service: row.neutral_label.clone(),
            ..held(&row, &about, now)
        },
        first_page: shown.from.is_none(),
        chosen: shown.chosen,
        taken: shown.taken,
        errors: shown.errors,
        ..MoveTimes::default()
    };
    fill(app, &row, shown.from, &mut model).await?;
    let html = pages::move_times(&app.frame(nonce), &model);
    Ok((status, Html(html)).into_response())
}

/// A page of days from a date on.
async fn fill(
    app: &App,
    row: &AppointmentRow,
    from: Option<NaiveDate>,
    model: &mut MoveTimes,
) -> Result<(), Edge> {
    let today = time::local_date(app.context.now());
    let mut services = app.context.store.read().await?;
    let horizon = services
        .services(Some(&row.clinic_id))
        .await?
        .into_iter()
        .find(|service| service.id == row.service_id)
        .map_or(0, |service| service.horizon_days);
    drop(services);
    let dates = (today, time::add_days(today, horizon));
    match times_to_move(&app.context, row, dates).await {
        Ok(slots) => {
            let (slots, more) = one_page(slots, from);
            model.days = days(&slots, false);
            model.more_from = more.map(time::iso_date);
        }
        // Fail closed: never "none left" because the calendar could not be read.
        Err(BookingError::Store(error)) => {
            tracing::error!(%error, "availability could not be read");
            model.unavailable = true;
        }
        // A service that is gone has no times.
        Err(BookingError::NoSuchService) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
