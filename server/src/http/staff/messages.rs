//! `/staff/messages`: what was to be told and what became of it, "try again", and each kind of message with sample data.

use app::pages::staff as pages;
use app::view::SampleMessage;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::{SignedIn, go_to, page};
use crate::desk::{self, WantedMessages};
use crate::domain::access::Action;
use crate::http::error::{Code, Edge};
use crate::http::headers::{AsMail, Nonce};
use crate::http::state::App;
use crate::mail::wording::OwnWords;
use crate::mail::{Message, Outgoing, Sender, SenderSettings, compose_with, samples};

/// The routes below `/staff/messages`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff/messages", get(list))
        .route("/staff/messages/{id}/again", post(again))
        .route("/staff/messages/samples", get(all_samples))
        .route("/staff/messages/samples/{name}", get(one_sample))
        .route("/staff/messages/samples/{name}/mail", get(as_mail))
}

/// What may stand in the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    clinic: String,
    state: String,
    before: String,
}

fn must_see(who: &SignedIn) -> Result<(), Edge> {
    if who.standing.clinics_for(Action::SeeMessages).is_empty() {
        return Err(Code::Forbidden.into());
    }
    Ok(())
}

/// `GET /staff/messages?clinic=&state=&before=`
async fn list(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    must_see(&who)?;
    let wanted = WantedMessages {
        clinic: &asked.clinic,
        state: &asked.state,
        before: Uuid::parse_str(&asked.before).ok(),
    };
    let model = desk::messages(&app.context, &who.standing, wanted).await?;
    Ok(page(pages::messages(&who.frame(&app, &nonce), &model)))
}

/// `POST /staff/messages/{id}/again`. A message that was sent meanwhile, or is none of theirs, changes nothing and leads
/// back to the list as it is.
async fn again(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<Uuid>,
) -> Result<Response, Edge> {
    must_see(&who)?;
    desk::send_again(&app.context, &who.standing, id).await?;
    Ok(go_to("/staff/messages"))
}

/// `GET /staff/messages/samples`
async fn all_samples(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
) -> Result<Response, Edge> {
    must_see(&who)?;
    let all = every_kind(&app)?
        .into_iter()
        .map(|(name, message)| Ok(shown(name, written(&app, &message)?)))
        .collect::<Result<Vec<_>, Edge>>()?;
    Ok(page(pages::message_samples(&who.frame(&app, &nonce), &all)))
}

/// `GET /staff/messages/samples/{name}`
async fn one_sample(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    Path(name): Path<String>,
) -> Result<Response, Edge> {
    must_see(&who)?;
    let (name, mail) = sample(&app, &name)?;
    let model = shown(name, mail);
    Ok(page(pages::message_sample(
        &who.frame(&app, &nonce),
        &model,
    )))
}

/// `GET /staff/messages/samples/{name}/mail`: the HTML as it is sent, in a sandbox of its own.
async fn as_mail(
    State(app): State<App>,
    who: SignedIn,
    Path(name): Path<String>,
) -> Result<Response, Edge> {
    must_see(&who)?;
    let (_, mail) = sample(&app, &name)?;
    Ok((Extension(AsMail), Html(mail.html)).into_response())
}

pub(super) fn every_kind(app: &App) -> Result<Vec<(&'static str, Message)>, Edge> {
    // It looks like a client's link and opens nothing: no token is signed for it.
    let link = app.config.listen.public_url.link("/appointments/sample");
    samples::every_kind(&link)
        .ok_or_else(|| Edge::internal(std::io::Error::other("a sample message is broken")))
}

fn sample(app: &App, name: &str) -> Result<(&'static str, Outgoing), Edge> {
    let all = every_kind(app)?;
    let found = all.into_iter().find(|(own, _)| *own == name);
    let (name, message) = found.ok_or(Code::NotFound)?;
    Ok((name, written(app, &message)?))
}

/// The message as this installation would send it.
fn written(app: &App, message: &Message) -> Result<Outgoing, Edge> {
    written_in(app, message, OwnWords::new())
}

/// The same in a clinic's own words.
pub(super) fn written_in(app: &App, message: &Message, own: OwnWords) -> Result<Outgoing, Edge> {
    let sender = Sender::new(SenderSettings::of(&app.config)).map_err(Edge::internal)?;
    compose_with(message, own, &sender, app.context.now()).map_err(Edge::internal)
}

pub(super) fn shown(name: &str, mail: Outgoing) -> SampleMessage {
    SampleMessage {
        name: name.to_owned(),
        subject: mail.subject,
        text: mail.text,
        calendar: mail.calendar.unwrap_or_default(),
    }
}
