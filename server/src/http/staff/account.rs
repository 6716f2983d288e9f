//! `/staff/account`: one's own account, its sessions and spare codes, and the address of one's own calendar.
//!
//! Promises: a secret that is shown once travels from the form to the page in a sealed cookie of five minutes, which the
//! page takes away; whatever lets somebody in or keeps them in asks for a proof of minutes ago.

use app::pages::staff as pages;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::signed_in::{cookie, set_cookie, with_session};
use super::{SignedIn, go_to, page};
use crate::auth::{second, session};
use crate::desk;
use crate::http::error::Edge;
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::{daily_list, feeds};

const HERE: &str = "/staff/account";
/// The cookie that carries what is shown once.
const ONCE: &str = "once";
/// How long it does.
const ONCE_FOR: TimeDelta = TimeDelta::minutes(5);

/// What is shown once.
#[derive(Serialize, Deserialize)]
pub enum Once {
    /// Recovery codes.
    Codes(Vec<String>),
    /// The address of a calendar.
    Feed(String),
}

/// The answer with what the next page shows once, to this member of staff alone.
pub fn with_once(
    app: &App,
    mut answer: Response,
    staff: Uuid,
    once: &Once,
) -> Result<Response, Edge> {
    let until = app.context.now() + ONCE_FOR;
    let sealed = app
        .sealer
        .seal(ONCE, &(staff, once), until, app.context.bytes())
        .map_err(Edge::internal)?;
    let value = set_cookie(app, ONCE, &sealed, ONCE_FOR.num_seconds())?;
    answer.headers_mut().append(SET_COOKIE, value);
    Ok(answer)
}

/// `GET /staff/account`
pub async fn see(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Edge> {
    let mut model = desk::account(&app.context, &who.staff, &who.token, who.clinics()).await?;
    model.second_factor = who.has_second_factor;
    model.required = who.needs_second_factor(&app);
    let carried = cookie(&headers, ONCE).filter(|text| !text.is_empty());
    let opened = carried.as_ref().and_then(|text| {
        let open = app
            .sealer
            .open::<(Uuid, Once)>(ONCE, text, app.context.now());
        open.ok().filter(|(staff, _)| *staff == who.staff.id)
    });
    match opened {
        Some((_, Once::Codes(codes))) => model.codes = codes,
        Some((_, Once::Feed(address))) => model.feed = address,
        None => {}
    }
    let mut answer = page(pages::account(&who.frame(&app, &nonce), &model));
    if carried.is_some() {
        let gone = set_cookie(&app, ONCE, "", 0)?;
        answer.headers_mut().append(SET_COOKIE, gone);
    }
    Ok(answer)
}

/// `POST /staff/account/password`: to the page where a new password is chosen.
pub async fn password(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    if let Some(ask) = who.asked_again(&app, HERE) {
        return Ok(ask);
    }
    let token = session::invite(&app.context, who.staff.id).await?;
    Ok(go_to(&format!("/staff/password/{token}")))
}

/// `POST /staff/account/sign-out-everywhere`: here too.
pub async fn sign_out_everywhere(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    session::sign_out_everywhere(&app.context, who.staff.id).await?;
    with_session(&app, None, "/staff/sign-in")
}

/// `POST /staff/account/codes`: new spare codes; the old ones end.
pub async fn codes(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    if !who.has_second_factor {
        return Ok(go_to(HERE));
    }
    if let Some(ask) = who.asked_again(&app, HERE) {
        return Ok(ask);
    }
    let codes = second::renew_codes(&app.context, who.staff.id).await?;
    with_once(&app, go_to(HERE), who.staff.id, &Once::Codes(codes))
}

/// `POST /staff/account/feed`: a new address of one's own calendar; an older one ends.
pub async fn make_feed(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    if let Some(ask) = who.asked_again(&app, HERE) {
        return Ok(ask);
    }
    let token = feeds::make(&app.context, who.staff.id).await?;
    let address = app
        .config
        .listen
        .public_url
        .link(&format!("/feeds/{token}.ics"));
    with_once(&app, go_to(HERE), who.staff.id, &Once::Feed(address))
}

/// `POST /staff/account/day`: one's day by mail from now on.
pub async fn begin_daily_list(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    daily_list::switch(&app.context, who.staff.id, true).await?;
    Ok(go_to(HERE))
}

/// `POST /staff/account/day/end`
pub async fn end_daily_list(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    daily_list::switch(&app.context, who.staff.id, false).await?;
    Ok(go_to(HERE))
}

/// `POST /staff/account/feed/end`
pub async fn end_feed(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    feeds::end(&app.context, who.staff.id).await?;
    Ok(go_to(HERE))
}
