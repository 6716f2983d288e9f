//! A telephone call: a member of staff fills in the public form for somebody who rings.
//!
//! Promises: the pages, questions and rules are the public ones. The cookie alone is worth nothing: it opens only beside
//! the session of the member of staff who began the call, and the caller's answers lie where no other visitor and no other
//! member of staff can find them. Ending the call, or signing out, forgets them. Does not say what anybody may do: that is
//! `domain::access`.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Edge;
use super::journey::visit::cookie;
use super::staff::{SignedIn, recognised};
use super::state::App;
use crate::auth::seal::NONCE_BYTES;
use crate::booking::{Actor, release_as};
use crate::domain::access::Action;
use crate::domain::ids::ClinicId;
use crate::intake::Visitor;
use crate::store::StoreError;

/// Apart from the visitor's own cookie, so that a call never mixes with what somebody did on this site themselves.
const COOKIE: &str = "call";
const PURPOSE: &str = "call";
/// No call lasts longer; as long as a session does.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// Where calls begin and end.
pub const DESK: &str = "/staff/phone";

/// What the cookie holds, sealed.
#[derive(Serialize, Deserialize)]
struct Begun {
    staff: Uuid,
    clinic: String,
}

/// A call that goes on: its cookie and the session beside it belong to the same member of staff.
pub struct PhoneCall {
    /// Who types.
    pub who: SignedIn,
    /// The clinic that the call began with.
    pub clinic: String,
    token: String,
}

/// Why a page of the journey is not shown.
pub enum Away {
    /// The browser has the cookie of a call, and nobody is signed in who began it. Nothing is shown or changed: what is
    /// typed next must not end up in somebody else's form.
    CallOver(HeaderValue),
    /// Not allowed, not there, or our fault.
    Failed(Edge),
}

impl From<Edge> for Away {
    fn from(edge: Edge) -> Self {
        Self::Failed(edge)
    }
}

impl From<StoreError> for Away {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for Away {
    fn into_response(self) -> Response {
        match self {
            Self::Failed(edge) => edge.into_response(),
            Self::CallOver(forget) => {
                let mut response = Redirect::to(DESK).into_response();
                response.headers_mut().append(header::SET_COOKIE, forget);
                response
            }
        }
    }
}

impl PhoneCall {
    /// The call that this browser is in; `None` without the cookie of one.
    pub async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Self>, Away> {
        let Some(token) = cookie(headers, COOKIE) else {
            return Ok(None);
        };
        match Self::open(app, headers, token).await? {
            Some(call) => Ok(Some(call)),
            None => Err(Away::CallOver(set_cookie(app, None)?)),
        }
    }

    async fn open(app: &App, headers: &HeaderMap, token: String) -> Result<Option<Self>, Edge> {
        let opened = app.sealer.open(PURPOSE, &token, app.context.now());
        let Ok(Begun { staff, clinic }) = opened else {
            return Ok(None);
        };
        let who = recognised(app, headers).await?;
        Ok(who
            .filter(|who| who.staff.id == staff)
            .map(|who| Self { who, clinic, token }))
    }

    /// Lets them go on only in a clinic whose telephone they answer.
    pub fn must_answer_for(&self, clinic: &str) -> Result<(), Edge> {
        self.who
            .must(Action::PhoneBooking, &ClinicId(clinic.to_owned()))
            .map_err(|edge| edge.onward(DESK))
    }

    /// Who the call is, for drafts.
    pub fn visitor(&self) -> Visitor {
        Visitor::of_call(&self.token, self.who.staff.id)
    }

    /// Who acts, for the audit log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.who.staff.id)
    }

    /// Forgets what was typed in this call, in whichever clinic, and gives back the time that was kept.
    pub async fn forget(&self, app: &App) -> Result<(), Edge> {
        let visitor = self.visitor();
        let clinics = app.context.store.read().await?.clinics().await?;
        for clinic in clinics {
            let draft = app.drafts().forget(&visitor, &clinic.id).await?;
            if let Some(kept) = draft.kept {
                release_as(&app.context, kept.hold, self.actor()).await?;
            }
        }
        Ok(())
    }
}

/// Begins a call for a clinic: an empty draft that says who types, and the cookie that finds it.
pub async fn begin(app: &App, who: &SignedIn, clinic: &str) -> Result<HeaderValue, Edge> {
    begin_with(app, who, clinic, false).await
}

/// The same for somebody who stands at the desk.
pub async fn begin_here(app: &App, who: &SignedIn, clinic: &str) -> Result<HeaderValue, Edge> {
    begin_with(app, who, clinic, true).await
}

async fn begin_with(
    app: &App,
    who: &SignedIn,
    clinic: &str,
    walk_in: bool,
) -> Result<HeaderValue, Edge> {
    let staff = who.staff.id;
    let begun = Begun {
        staff,
        clinic: clinic.to_owned(),
    };
    let until = app.context.now() + LONGEST;
    let nonce = app.context.bytes::<NONCE_BYTES>();
    let token = app
        .sealer
        .seal(PURPOSE, &begun, until, nonce)
        .map_err(Edge::internal)?;
    let visitor = Visitor::of_call(&token, staff);
    app.drafts()
        .change(&visitor, clinic, |draft| {
            draft.typed_by = Some(staff);
            draft.walk_in = walk_in;
            Ok(())
        })
        .await?;
    set_cookie(app, Some(&token))
}

/// Ends the call of this browser, if it is in one, and takes the cookie back either way.
pub async fn end(app: &App, headers: &HeaderMap) -> Result<HeaderValue, Edge> {
    match PhoneCall::of(app, headers).await {
        Ok(Some(call)) => call.forget(app).await?,
        Ok(None) | Err(Away::CallOver(_)) => {}
        Err(Away::Failed(edge)) => return Err(edge),
    }
    set_cookie(app, None)
}

/// The call of somebody who is signed in already; `None` if the browser has none of theirs.
pub fn begun_in(app: &App, who: &SignedIn, headers: &HeaderMap) -> Option<String> {
    let token = cookie(headers, COOKIE)?;
    let begun: Begun = app.sealer.open(PURPOSE, &token, app.context.now()).ok()?;
    (begun.staff == who.staff.id).then_some(begun.clinic)
}

fn set_cookie(app: &App, token: Option<&str>) -> Result<HeaderValue, Edge> {
    let age = token.map_or(0, |_| LONGEST.num_seconds());
    let secure = if app.config.listen.public_url.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}",
        token.unwrap_or_default()
    );
    HeaderValue::from_str(&cookie).map_err(Edge::internal)
}
