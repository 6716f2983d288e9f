//! Who is signed in: the cookie, and the extractor that every staff page takes.
//!
//! Promises: without a session that stands nobody gets past the extractor; whoever is sent to sign in
//! comes back to a page of ours and nowhere else.

use std::sync::{Arc, OnceLock};

use app::view::Frame;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::go_to;
use crate::auth::second;
use crate::auth::session::{DEVICE, PROOF, Recognised, SESSION, recognise, touch};
use crate::desk;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::problem::Inside;
use crate::http::state::App;
use crate::store::{ClinicRow, StaffRow};

/// The first page after signing in.
pub const HOME: &str = "/staff";
/// Longest address to come back to.
const LONGEST_NEXT: usize = 300;

/// Where the extractor leaves who is signed in, for [`keep_frame`].
#[derive(Clone, Default)]
struct Found(Arc<OnceLock<Inside>>);

/// The layer of the staff's pages: a refusal keeps the frame of the desk, so that whoever took a wrong
/// turn still has the rail. Only [`super::super::problem`] reads what it adds.
pub async fn keep_frame(mut request: Request, next: Next) -> Response {
    let found = Found::default();
    request.extensions_mut().insert(found.clone());
    let mut response = next.run(request).await;
    if let Some(inside) = found.0.get() {
        response.extensions_mut().insert(inside.clone());
    }
    response
}

/// A member of staff who is signed in and may open the desk.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about whoever is signed in"
)]
pub struct SignedIn {
    /// Their account.
    pub staff: StaffRow,
    /// What they were granted.
    pub standing: Standing,
    /// Whether they have a second factor.
    pub has_second_factor: bool,
    /// The token of this session.
    pub token: String,
    clinics: Vec<ClinicRow>,
    conflicts: bool,
    sample: bool,
    proved_at: i64,
    must_enrol: bool,
}

impl SignedIn {
    /// The frame of a staff page.
    pub fn frame(&self, app: &App, nonce: &Nonce) -> Frame {
        self.inside().frame(app.frame(nonce))
    }

    /// The frame of a page that shows by itself what others change. To be asked for before the page's model is read: what
    /// changes meanwhile makes it read again.
    pub async fn live_frame(&self, app: &App, nonce: &Nonce) -> Frame {
        Frame {
            live: Some(app.live.known().await),
            ..self.frame(app, nonce)
        }
    }

    fn inside(&self) -> Inside {
        Inside {
            staff: desk::described(&self.staff, &self.standing, &self.clinics, self.conflicts),
            sample: self.sample,
        }
    }

    /// Every clinic there is, in the order to show them; what they may see of each is asked of their standing.
    pub fn clinics(&self) -> &[ClinicRow] {
        &self.clinics
    }

    /// The clinics that take bookings in which they may do `action`, in the order to show them.
    pub fn open_clinics(&self, action: Action) -> impl Iterator<Item = &ClinicRow> {
        self.clinics.iter().filter(move |row| {
            row.enabled && may(&self.standing, action, Some(&ClinicId(row.id.clone())))
        })
    }

    /// Every clinic there is, in the order to show them: the caller asks what they may do in each.
    pub fn all_clinics(&self) -> &[ClinicRow] {
        &self.clinics
    }

    /// Whether they have to do with conflict checks: they check or lead in a clinic that checks.
    pub fn sees_conflicts(&self) -> bool {
        self.conflicts
    }

    /// The way to the page that asks who they are once more, unless they proved it in the last minutes. `next` is
    /// where they come back to.
    pub fn asked_again(&self, app: &App, next: &str) -> Option<Response> {
        let since = app.context.now().timestamp() - self.proved_at;
        (since > PROOF.num_seconds()).then(|| go_to(&with_next("/staff/prove", next)))
    }

    /// Whether the second factor has to be set up for their roles.
    pub fn needs_second_factor(&self, app: &App) -> bool {
        needs_second_factor(app, &self.standing, self.sample)
    }

    /// Lets them go on only if they may do `action` in this clinic.
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn must(&self, action: Action, clinic: &ClinicId) -> Result<(), Edge> {
        if may(&self.standing, action, Some(clinic)) {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }
}

/// Why somebody did not get past the extractor.
pub enum Outside {
    /// Nobody is signed in: to the sign-in page, and from there back to this address.
    SignIn(String),
    /// Signed in, and one step is left: to this page of ours, and from there back to this address.
    Step(&'static str, String),
    /// Not allowed, or our fault.
    Failed(Edge),
}

impl IntoResponse for Outside {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(next) => go_to(&with_next("/staff/sign-in", &next)),
            Self::Step(page, next) => go_to(&with_next(page, &next)),
            Self::Failed(edge) => edge.into_response(),
        }
    }
}

/// The address of a page with where to go after; that is left out where it is the first page anyway.
pub fn with_next(page: &str, next: &str) -> String {
    if next == HOME {
        return page.to_owned();
    }
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{page}?{query}")
}

/// Whether these roles have to have a second factor here. The sample set-up, which opens on one machine only, does
/// without.
pub fn needs_second_factor(app: &App, standing: &Standing, sample: bool) -> bool {
    let listen = &app.config.listen;
    app.config.second_factor.on
        && second::is_required(standing)
        && !(sample && listen.is_loopback())
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Outside;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Outside> {
        let Some(token) = token(app, &parts.headers) else {
            return Err(Outside::SignIn(come_back(parts)));
        };
        let who = match load(app, &token).await.map_err(Outside::Failed)? {
            Loaded::Nobody => None,
            Loaded::Waits => return Err(Outside::Step("/staff/second-step", come_back(parts))),
            Loaded::Whole(who) if who.must_enrol => {
                return Err(Outside::Step("/staff/second-factor", come_back(parts)));
            }
            Loaded::Whole(who) => Some(*who),
        };
        if let (Some(who), Some(found)) = (&who, parts.extensions.get::<Found>()) {
            // Set already only if a page asks twice who it is, and then to the same.
            let _ = found.0.set(who.inside());
        }
        match who {
            None => Err(Outside::SignIn(come_back(parts))),
            Some(who) if may(&who.standing, Action::OpenDesk, None) => Ok(who),
            Some(_) => Err(Outside::Failed(Code::Forbidden.into())),
        }
    }
}

/// Who is signed in by these headers, if it is somebody who may open the desk.
pub async fn recognised(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, Edge> {
    let Some(token) = token(app, headers) else {
        return Ok(None);
    };
    Ok(match load(app, &token).await? {
        Loaded::Whole(who) if !who.must_enrol && may(&who.standing, Action::OpenDesk, None) => {
            Some(*who)
        }
        Loaded::Whole(_) | Loaded::Waits | Loaded::Nobody => None,
    })
}

/// Whose session it is by these headers and its token, whatever step of signing in is left.
pub async fn holder(app: &App, headers: &HeaderMap) -> Result<Option<(Recognised, String)>, Edge> {
    let Some(token) = token(app, headers) else {
        return Ok(None);
    };
    let mut tx = app.context.store.read().await?;
    let found = recognise(&mut *tx, &token, app.context.now()).await?;
    Ok(found.map(|found| (found, token)))
}

/// What a token opens.
enum Loaded {
    /// Nothing.
    Nobody,
    /// The page that asks for the second factor.
    Waits,
    /// The desk.
    Whole(Box<SignedIn>),
}

/// Five queries, whoever it is; now and then a sixth, which notes that the session is in use.
async fn load(app: &App, token: &str) -> Result<Loaded, Edge> {
    let now = app.context.now();
    let mut tx = app.context.store.read().await?;
    let Some(found) = recognise(&mut *tx, token, now).await? else {
        return Ok(Loaded::Nobody);
    };
    if found.waits {
        return Ok(Loaded::Waits);
    }
    let (unnoted, sample) = (found.is_unnoted(now), found.sample);
    let (staff, standing) = (found.staff, found.standing);
    let clinics = tx.clinics().await?;
    let conflicts = desk::checks_conflicts(&mut *tx, &standing).await?;
    drop(tx);
    if unnoted {
        touch(&app.context, token).await?;
    }
    Ok(Loaded::Whole(Box::new(SignedIn {
        must_enrol: !found.has_second_factor && needs_second_factor(app, &standing, sample),
        has_second_factor: found.has_second_factor,
        proved_at: found.proved_at,
        token: token.to_owned(),
        staff,
        standing,
        clinics,
        conflicts,
        sample,
    })))
}

/// A page can be opened again after signing in; a form that was sent cannot.
fn come_back(parts: &Parts) -> String {
    let asked = parts.uri.path_and_query().map_or("", |path| path.as_str());
    if matches!(parts.method, Method::GET | Method::HEAD) {
        safe_next(asked).to_owned()
    } else {
        HOME.to_owned()
    }
}

/// Where to go after signing in: a staff page of this site, or the first one. Anything else (another
/// site, a scheme, a way out by dots) might have been put there by somebody else.
pub fn safe_next(next: &str) -> &str {
    let below = next
        .strip_prefix(HOME)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let tangled = next.contains("//") || next.contains("..");
    let pointless = ["sign-", "password", "second-", "prove"]
        .iter()
        .any(|page| {
            next.strip_prefix("/staff/")
                .is_some_and(|rest| rest.starts_with(page))
        });
    if below && plain && !tangled && !pointless && next.len() <= LONGEST_NEXT {
        next
    } else {
        HOME
    }
}

/// The token of the session that the browser claims to have.
pub fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie(headers, cookie_name(app))
}

/// The token of the browser itself, by which it is known again.
pub fn device(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie(headers, device_name(app))
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value.to_owned())
}

/// With https the browser itself sees to it that no other host or path can set the cookie (RFC
/// 6265bis, section 4.1.3.2).
fn cookie_name(app: &App) -> &'static str {
    if app.config.listen.public_url.is_https() {
        "__Host-staff"
    } else {
        "staff"
    }
}

fn device_name(app: &App) -> &'static str {
    if app.config.listen.public_url.is_https() {
        "__Host-device"
    } else {
        "device"
    }
}

/// A cookie of ours: out of reach of scripts and of other sites.
pub fn set_cookie(app: &App, name: &str, value: &str, age: i64) -> Result<HeaderValue, Edge> {
    let secure = if app.config.listen.public_url.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    HeaderValue::from_str(&cookie).map_err(Edge::internal)
}

/// The same as [`with_session`], and the browser is known from now on.
pub fn let_in(app: &App, session: &str, device: &str, path: &str) -> Result<Response, Edge> {
    let mut response = with_session(app, Some(session), path)?;
    let known = set_cookie(app, device_name(app), device, DEVICE.num_seconds())?;
    response.headers_mut().append(SET_COOKIE, known);
    Ok(response)
}

/// Goes to `path` with the cookie of this session, or without one.
pub fn with_session(app: &App, token: Option<&str>, path: &str) -> Result<Response, Edge> {
    let age = token.map_or(0, |_| SESSION.num_seconds());
    let value = set_cookie(app, cookie_name(app), token.unwrap_or_default(), age)?;
    let mut response = go_to(path);
    response.headers_mut().insert(SET_COOKIE, value);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signs_in_comes_back_to_a_staff_page_and_nowhere_else() {
        for fine in [
            "/staff",
            "/staff/requests",
            "/staff/calendar?clinic=law&week=2026-11-30",
            "/staff/appointments/K7PX-4MR",
        ] {
            assert_eq!(safe_next(fine), fine);
        }
        let long = format!("/staff/{}", "a".repeat(LONGEST_NEXT));
        for wrong in [
            "",
            "/",
            "//elsewhere.invalid/staff",
            "/\\elsewhere.invalid",
            "https://elsewhere.invalid/staff",
            "/staffing",
            "/staff//elsewhere.invalid",
            "/staff/../feeds",
            "/staff\r\nset-cookie: a=b",
            "/staff/sign-out",
            "/staff/password/abc",
            "javascript:alert(1)",
            long.as_str(),
        ] {
            assert_eq!(safe_next(wrong), HOME, "{wrong}");
        }
    }
}
