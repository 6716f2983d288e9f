//! The page behind the link of a place on the waiting list: what is offered, and yes, no and "I leave". No account; first
//! name, reference and times, and nothing of what they told us. Reading changes nothing.

use app::pages;
use app::text::in_language;
use app::view::{MyPlace, Reach};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use chrono::{DateTime, TimeDelta};

use super::error::{Code, Edge};
use super::form::Form;
use super::headers::Nonce;
use super::state::App;
use crate::auth::link::{LinkKind, verify_link};
use crate::booking::waiting::{self, times_of};
use crate::booking::{Actor, BookingError};
use crate::desk;
use crate::domain::availability::Unavailable;
use crate::domain::client::first_name;
use crate::store::WaitingRow;

/// A link works for so long after somebody joined, and for as long as they wait.
const WORKS_FOR: TimeDelta = TimeDelta::days(180);

/// The routes below a link.
pub fn router() -> Router<App> {
    Router::new()
        .route("/waiting/{token}", get(see))
        .route("/waiting/{token}/accept", post(accept))
        .route("/waiting/{token}/decline", post(decline))
        .route("/waiting/{token}/leave", post(leave))
}

/// The place that the token opens.
pub async fn open(app: &App, token: &str) -> Result<WaitingRow, Edge> {
    let (id, version) = verify_link(&app.key, LinkKind::Waiting, token)
        .map_err(|_| Edge::from(Code::NotFound).onward("/find"))?;
    let mut tx = app.context.store.read().await?;
    let row = tx.waiting(id).await?.ok_or(Code::NotFound)?;
    let old = DateTime::from_timestamp(row.created_at, 0)
        .is_none_or(|joined| joined + WORKS_FOR < app.context.now());
    if (old && row.state != "waiting") || i64::from(version) != row.link_version {
        return Err(Edge::from(Code::LinkExpired).onward("/find"));
    }
    Ok(row)
}

/// `GET /waiting/{token}`
async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    page(&app, &nonce, &token, &row, StatusCode::OK, "").await
}

async fn page(
    app: &App,
    nonce: &Nonce,
    token: &str,
    row: &WaitingRow,
    status: StatusCode,
    refused: &str,
) -> Result<Response, Edge> {
    let mut tx = app.context.store.read().await?;
    let offers = tx.offers_to(row.id).await?;
    let accepted = offers.iter().find(|one| one.state == "accepted");
    let appointment = match accepted {
        Some(offer) => tx.appointment(offer.appointment_id).await?,
        None => None,
    };
    drop(tx);
    let offer = desk::live(&offers, app.context.now())
        .map(desk::offer_in_words)
        .transpose()?;
    let frame = app.frame(nonce);
    let times = times_of(row)?;
    let model = MyPlace {
        path: format!("/waiting/{token}"),
        first_name: first_name(&row.client_name).to_owned(),
        reference: row.reference.clone(),
        state: row.state.clone(),
        reach: if row.email.is_some() && row.safe_to_email {
            Reach::Mail
        } else if row.phone.is_some() && row.safe_to_call {
            Reach::Phone
        } else {
            Reach::Neither
        },
        times: in_language(&frame.lang, || desk::times_in_words(&times)),
        offer: offer.filter(|_| row.state == "waiting"),
        refused: refused.to_owned(),
        appointment: appointment
            .map(|row| {
                format!(
                    "/appointments/{}",
                    app.appointment_token(row.id, row.link_version)
                )
            })
            .unwrap_or_default(),
    };
    Ok((status, Html(pages::my_place(&frame, &model))).into_response())
}

fn number(form: &Form) -> i64 {
    form.first("number").parse().unwrap_or(0)
}

/// What stood in the way, as the page says it; `None` for what is no answer to a client.
fn in_the_way(error: &BookingError) -> Option<&'static str> {
    match error {
        BookingError::Unavailable(Unavailable::Taken) => Some("elsewhere"),
        BookingError::Refused(_) | BookingError::Decided | BookingError::Unavailable(_) => {
            Some("gone")
        }
        _ => None,
    }
}

/// `POST /waiting/{token}/accept`
async fn accept(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    match waiting::accept(&app.context, row.id, number(&form), Actor::Client).await {
        Ok(booked) => {
            let token = app.appointment_token(booked.id, booked.link_version);
            Ok(Redirect::to(&format!("/appointments/{token}")).into_response())
        }
        Err(error) => overtaken(&app, &nonce, &token, error).await,
    }
}

/// `POST /waiting/{token}/decline`
async fn decline(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    match waiting::decline(&app.context, row.id, number(&form), Actor::Client).await {
        Ok(()) => Ok(Redirect::to(&format!("/waiting/{token}")).into_response()),
        Err(error) => overtaken(&app, &nonce, &token, error).await,
    }
}

/// The page as it is now. A second click on a yes that was taken shows that it is booked.
async fn overtaken(
    app: &App,
    nonce: &Nonce,
    token: &str,
    error: BookingError,
) -> Result<Response, Edge> {
    let Some(refused) = in_the_way(&error) else {
        return Err(error.into());
    };
    let row = open(app, token).await?;
    let refused = if row.state == "waiting" { refused } else { "" };
    page(app, nonce, token, &row, StatusCode::CONFLICT, refused).await
}

/// `POST /waiting/{token}/leave`
async fn leave(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Edge> {
    let row = open(&app, &token).await?;
    waiting::leave(&app.context, row.id, Actor::Client).await?;
    Ok(Redirect::to(&format!("/waiting/{token}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::Needs;
    use crate::http::router::router;
    use crate::outbox::tests::{client, open_clinic, wait};
    use crate::testing::{Browser, TestClinic};

    #[tokio::test]
    async fn a_link_works_for_as_long_as_they_wait_and_a_wrong_one_leads_on() {
        let test = TestClinic::sqlite().await;
        open_clinic(&test).await;
        let joined = wait(&test, client(&test.context), Needs::default()).await;
        let app = test.app();
        let path = format!("/waiting/{}", app.waiting_token(joined.id, 1));
        let mut browser = Browser::new(router(app).unwrap());
        test.clock.advance(WORKS_FOR + TimeDelta::days(20));
        assert_eq!(browser.get(&path).await.status, 200);
        waiting::leave(&test.context, joined.id, Actor::Client)
            .await
            .unwrap();
        let over = browser.get(&path).await;
        assert_eq!(over.status, 410);
        let wrong = browser.get("/waiting/not-one-of-ours").await;
        assert_eq!(wrong.status, 404);
        for page in [over.body, wrong.body] {
            assert!(page.contains("href=\"/find\""), "{page}");
        }
    }
}
