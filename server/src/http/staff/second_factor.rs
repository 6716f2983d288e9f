//! The second factor: setting it up, giving its code at sign-in, and proving again who one is.
//!
//! Promises: setting it up asks for a proof of minutes ago, so that whoever finds a desk unattended puts no telephone of
//! their own in; wrong codes are answered alike, whatever is wrong with them.

use app::pages::staff as pages;
use app::text::t;
use app::view::accounts::{OneCode, SecondFactor};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::account::{Once, with_once};
use super::signed_in::{
    HOME, device, holder, let_in, needs_second_factor, safe_next, with_next, with_session,
};
use super::{SignedIn, go_to, page};
use crate::auth::second::{self, Answer, Code as Typed};
use crate::auth::session::{PROOF, Recognised};
use crate::auth::totp;
use crate::http::client_address::ClientAddress;
use crate::http::error::{Code, Edge};
use crate::http::form::Form;
use crate::http::headers::Nonce;
use crate::http::state::App;

/// What may stand in the address.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// Whoever holds a session that has its first step behind it; nobody else gets here.
async fn half(app: &App, headers: &HeaderMap, waits: bool) -> Result<Held, Response> {
    match holder(app, headers).await {
        Ok(Some((found, token))) if found.waits == waits => Ok(Held { found, token }),
        Ok(_) => Err(go_to("/staff/sign-in")),
        Err(edge) => Err(edge.into_response()),
    }
}

struct Held {
    found: Recognised,
    token: String,
}

impl Held {
    /// Whether they have to prove once more who they are.
    fn is_stale(&self, app: &App) -> bool {
        app.context.now().timestamp() - self.found.proved_at > PROOF.num_seconds()
    }
}

fn required(app: &App, held: &Held) -> bool {
    needs_second_factor(app, &held.found.standing, held.found.sample)
}

/// `GET /staff/second-factor`
pub async fn form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Edge> {
    let held = match half(&app, &headers, false).await {
        Ok(held) => held,
        Err(answer) => return Ok(answer),
    };
    if held.found.has_second_factor {
        return Ok(go_to("/staff/account"));
    }
    show(&app, &nonce, &held, safe_next(&asked.next), String::new()).await
}

async fn show(
    app: &App,
    nonce: &Nonce,
    held: &Held,
    next: &str,
    error: String,
) -> Result<Response, Edge> {
    let staff = &held.found.staff;
    let begun = second::begun(&app.context, staff.id).await?;
    let mut model = SecondFactor {
        required: required(app, held),
        next: next.to_owned(),
        error,
        ..SecondFactor::default()
    };
    // The secret shows only to whoever has just proved who they are.
    if let Some(secret) = begun.filter(|_| !held.is_stale(app)) {
        model.address = totp::address(&app.config.site.name, &staff.email, &secret);
        model.picture = picture(&model.address)?;
        model.secret = in_groups(&totp::base32(&secret));
    }
    Ok(page(pages::second_factor(&app.frame(nonce), &model)))
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// The rows of a QR code.
fn picture(text: &str) -> Result<Vec<Vec<bool>>, Edge> {
    let code = fast_qr::QRBuilder::new(text)
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|error| Edge::internal(anyhow::anyhow!("a QR code: {error}")))?;
    let row = |y: usize| (0..code.size).map(|x| code[y][x].value()).collect();
    Ok((0..code.size).map(row).collect())
}

/// `POST /staff/second-factor/begin`: makes the secret.
pub async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let held = match half(&app, &headers, false).await {
        Ok(held) => held,
        Err(answer) => return Ok(answer),
    };
    let here = with_next("/staff/second-factor", safe_next(form.first("next")));
    if held.found.has_second_factor {
        return Ok(go_to("/staff/account"));
    }
    if held.is_stale(&app) {
        return Ok(go_to(&ask_again(&here)));
    }
    second::begin(&app.context, held.found.staff.id).await?;
    Ok(go_to(&here))
}

/// The page that asks once more, leading back to setting up.
fn ask_again(next: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/staff/prove?{query}")
}

/// `POST /staff/second-factor`: the first code confirms it. The session is a new one from here on.
pub async fn submit(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let held = match half(&app, &headers, false).await {
        Ok(held) => held,
        Err(answer) => return Ok(answer),
    };
    let next = safe_next(form.first("next"));
    if held.is_stale(&app) {
        return Ok(go_to(&ask_again("/staff/second-factor")));
    }
    let staff = held.found.staff.id;
    match second::confirm(&app.context, staff, &held.token, form.first("code")).await? {
        Answer::Right((codes, session)) => {
            // The spare codes come first; where they were going is one click away.
            let to = with_session(&app, Some(&session), "/staff/account")?;
            with_once(&app, to, staff, &Once::Codes(codes))
        }
        Answer::Wait(wait) => Err(Edge::wait(wait)),
        Answer::Wrong => {
            let again = show(&app, &nonce, &held, next, t("second-wrong")).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

/// `GET /staff/second-step`
pub async fn step_form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match half(&app, &headers, true).await {
        Ok(_) => {
            let model = OneCode {
                next: safe_next(&asked.next).to_owned(),
                ..OneCode::default()
            };
            page(pages::second_step(&app.frame(&nonce), &model))
        }
        Err(answer) => answer,
    }
}

/// `POST /staff/second-step`
pub async fn step(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let held = match half(&app, &headers, true).await {
        Ok(held) => held,
        Err(answer) => return Ok(answer),
    };
    let next = safe_next(form.first("next"));
    let device = device(&app, &headers);
    let code = Typed {
        waiting: &held.token,
        typed: form.first("code"),
        network: &client.network(),
        device: device.as_deref(),
    };
    match second::step(&app.context, &held.found.staff, code).await? {
        Answer::Right((session, device)) => let_in(&app, &session, &device, next),
        Answer::Wait(wait) => Err(Edge::wait(wait)),
        Answer::Wrong => {
            let model = OneCode {
                error: t("second-wrong"),
                next: next.to_owned(),
                ..OneCode::default()
            };
            let html = pages::second_step(&app.frame(&nonce), &model);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response())
        }
    }
}

/// Where to go after proving: as after signing in, or on with setting up the second factor.
fn after_proof(next: &str) -> &str {
    if next == "/staff/second-factor" || next.starts_with("/staff/second-factor?") {
        "/staff/second-factor"
    } else {
        safe_next(next)
    }
}

/// `GET /staff/prove`
pub async fn prove_form(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match half(&app, &headers, false).await {
        Ok(held) => {
            let model = OneCode {
                next: after_proof(&asked.next).to_owned(),
                second_factor: held.found.has_second_factor,
                ..OneCode::default()
            };
            page(pages::prove(&app.frame(&nonce), &model))
        }
        Err(answer) => answer,
    }
}

/// `POST /staff/prove`
pub async fn prove(
    State(app): State<App>,
    Extension(nonce): Extension<Nonce>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Edge> {
    let held = match half(&app, &headers, false).await {
        Ok(held) => held,
        Err(answer) => return Ok(answer),
    };
    let next = after_proof(form.first("next"));
    let (context, passwords) = (&app.context, &app.passwords);
    let staff = &held.found.staff;
    let typed = form.first("password");
    match second::prove(context, passwords, staff, &held.token, typed).await? {
        Answer::Right(()) => Ok(go_to(next)),
        Answer::Wait(wait) => Err(Edge::wait(wait)),
        Answer::Wrong => {
            let model = OneCode {
                error: t("prove-wrong"),
                next: next.to_owned(),
                second_factor: held.found.has_second_factor,
            };
            let html = pages::prove(&app.frame(&nonce), &model);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(html)).into_response())
        }
    }
}

/// `POST /staff/account/second-factor/end`: for those whose roles do not need it.
pub async fn end(State(app): State<App>, who: SignedIn) -> Result<Response, Edge> {
    if who.needs_second_factor(&app) {
        return Err(Code::Forbidden.into());
    }
    if let Some(ask) = who.asked_again(&app, "/staff/account") {
        return Ok(ask);
    }
    second::reset(&app.context, who.staff.id, who.staff.id).await?;
    Ok(go_to(HOME))
}
