//! One visitor at one clinic: everything that a page of the journey starts from, read in one place.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::{ClinicRef, Frame};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use crate::auth::key::opaque_token;
use crate::booking::{Actor, PHONE};
use crate::clinics::About;
use crate::domain::ids::ClinicId;
use crate::domain::schedule::Dates;
use crate::domain::time;
use crate::domain::triage::{Answers, Assessment, Day, Outcome, Pack, assess};
use crate::http::client_address::ClientAddress;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::phone_call::{Away, PhoneCall};
use crate::http::state::App;
use crate::intake::{self, Draft, DraftError, Step, Visitor, furthest, in_time, offered, terms};
use crate::store::{ClinicRow, ServiceRow};

/// The cookie that finds a visitor's drafts.
const COOKIE: &str = "visitor";
/// As long as a draft is kept.
const COOKIE_SECONDS: u32 = 86_400;

/// One visitor at one clinic.
pub struct Visit {
    pub app: App,
    pub nonce: Nonce,
    pub address: ClientAddress,
    pub clinic: ClinicRow,
    pub about: About,
    pub services: Vec<ServiceRow>,
    pub pack: Arc<Pack>,
    pub draft: Draft,
    pub answers: Answers,
    pub assessment: Assessment,
    pub today: NaiveDate,
    pub terms: Vec<Dates>,
    /// The telephone call, if a member of staff types for a caller.
    pub call: Option<PhoneCall>,
    visitor: Option<Visitor>,
    new_cookie: Option<HeaderValue>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Away> {
        let Path(path) = Path::<HashMap<String, String>>::from_request_parts(parts, app)
            .await
            .map_err(|_| Edge::from(Code::NotFound))?;
        let id = path.get("clinic").cloned().unwrap_or_default();
        let (clinic, about, services) = clinic(app, &id).await?;
        let pack = app
            .pack(&ClinicId(id.clone()))
            .await
            .ok_or(Edge::from(Code::NotFound))?;
        let call = PhoneCall::of(app, &parts.headers).await?;
        let visitor = if let Some(call) = &call {
            call.must_answer_for(&id)?;
            Some(call.visitor())
        } else {
            cookie(&parts.headers, COOKIE).map(|token| Visitor::from_cookie(&token))
        };
        let draft = app
            .drafts()
            .read(visitor.as_ref(), &id)
            .await
            .map_err(Edge::from)?;
        let today = time::local_date(app.context.now());
        let terms = {
            let mut tx = app.context.store.read().await.map_err(Edge::from)?;
            terms(&mut *tx, &pack, today).await.map_err(Edge::from)?
        };
        let answers = draft.answers(&pack);
        let assessment = assess(&pack, &answers, day(today, &terms));
        let nonce = parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
        let address = parts
            .extensions
            .get::<ClientAddress>()
            .copied()
            .unwrap_or(ClientAddress(None));
        let mut visit = Self {
            app: app.clone(),
            nonce,
            address,
            clinic,
            about,
            services,
            pack,
            draft,
            answers,
            assessment,
            today,
            terms,
            call,
            visitor,
            new_cookie: None,
        };
        visit.look_for_time().await;
        Ok(visit)
    }
}

/// A clinic that takes bookings, with what is said of it and its services.
pub async fn clinic(app: &App, id: &str) -> Result<(ClinicRow, About, Vec<ServiceRow>), Edge> {
    let mut tx = app.context.store.read().await?;
    let clinic = tx
        .clinics()
        .await?
        .into_iter()
        .find(|row| row.id == id)
        .ok_or(Code::NotFound)?;
    if !clinic.enabled {
        return Err(Code::Closed.into());
    }
    let services = tx.services(Some(id)).await?;
    let about = About::parse(id, &clinic.about).map_err(Edge::internal)?;
    Ok((clinic, about, services))
}

fn day(date: NaiveDate, terms: &[Dates]) -> Day<'_> {
    Day { date, terms }
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            pair.trim()
                .strip_prefix(name)?
                .strip_prefix('=')
                .map(str::to_owned)
        })
        .filter(|value| !value.is_empty())
}

impl Visit {
    /// The clinic's id.
    pub fn id(&self) -> &str {
        &self.clinic.id
    }

    /// The clinic's id and name, for models.
    pub fn clinic_ref(&self) -> ClinicRef {
        ClinicRef {
            id: self.clinic.id.clone(),
            name: self.clinic.name.clone(),
        }
    }

    /// The frame round the page.
    pub fn frame(&self) -> Frame {
        let settings = &self.pack.settings;
        // A member of staff sits in no danger of being seen, and must not lose what the caller said by a key.
        let exit = settings.flag("exit_button") && self.call.is_none();
        Frame {
            has_answers: self.draft.has_anything(),
            exit_to: settings.text("exit_to").to_owned(),
            call: self.call.as_ref().map(|call| call.who.staff.name.clone()),
            ..self.app.clinic_frame(&self.nonce, self.clinic_ref(), exit)
        }
    }

    /// The day on which the answers count.
    pub fn day(&self) -> Day<'_> {
        day(self.today, &self.terms)
    }

    /// Who types, for the audit log.
    pub fn actor(&self) -> Actor {
        self.call.as_ref().map_or(Actor::Client, PhoneCall::actor)
    }

    /// How it reaches the clinic: `web`, `phone`.
    pub fn source(&self) -> &'static str {
        if self.call.is_some() { PHONE } else { "web" }
    }

    /// The outcome that the journey follows.
    pub fn outcome(&self) -> Outcome {
        intake::outcome(&self.draft, &self.assessment)
    }

    /// The furthest page that the visitor has reached.
    pub fn furthest(&self) -> Step {
        furthest(&self.draft, &self.assessment)
    }

    /// The services that the answers open.
    pub fn offered(&self) -> Vec<&ServiceRow> {
        offered(&self.services, &self.assessment.facts)
    }

    /// Where the visitor is sent instead, if this page lies beyond the one they have reached.
    pub fn elsewhere(&self, page: &Step) -> Option<Response> {
        let furthest = self.furthest();
        let rank = |step: &Step| match step {
            Step::Question(_) => 0,
            Step::Stop | Step::Out | Step::Request | Step::Times => 1,
            Step::Details => 2,
            Step::Check => 3,
            Step::AboutYou | Step::Done => 4,
        };
        // Pages of the same rank exclude each other, but times may be looked at again while a time is kept.
        let open = match page {
            Step::Times => rank(&furthest) >= 1 && self.outcome() == Outcome::Book,
            Step::Request => rank(&furthest) >= 1 && self.outcome() == Outcome::Review,
            Step::Details | Step::Check => rank(&furthest) >= rank(page),
            other => furthest == *other,
        };
        let stay = open && (furthest != Step::Done || *page == Step::Done);
        (!stay).then(|| Redirect::to(&furthest.path(self.id())).into_response())
    }

    /// Changes the draft, and everything that follows from it.
    pub async fn change<T: Send>(
        &mut self,
        change: impl FnOnce(&mut Draft) -> Result<T, DraftError> + Send,
    ) -> Result<T, Edge> {
        let visitor = self.visitor();
        let typed_by = self.call.as_ref().map(|call| call.who.staff.id);
        let change = move |draft: &mut Draft| {
            let value = change(draft)?;
            draft.typed_by = typed_by;
            Ok(value)
        };
        let (value, draft) = self
            .app
            .drafts()
            .change(&visitor, &self.clinic.id, change)
            .await?;
        self.answers = draft.answers(&self.pack);
        self.assessment = assess(&self.pack, &self.answers, day(self.today, &self.terms));
        self.draft = draft;
        self.look_for_time().await;
        Ok(value)
    }

    /// Where no time can be in time, a person looks at it. Not asked of somebody who has a time already: it counts as
    /// taken. A calendar that cannot be read is told of by the page of times.
    async fn look_for_time(&mut self) {
        if self.draft.kept.is_some() || self.draft.finished.is_some() {
            return;
        }
        let day = day(self.today, &self.terms);
        let asked = (&self.answers, day);
        let (context, assessment) = (&self.app.context, self.assessment.clone());
        match in_time(context, &self.pack, asked, &self.services, assessment).await {
            Ok(assessment) => self.assessment = assessment,
            Err(error) => tracing::error!(%error, "availability could not be read"),
        }
    }

    /// Forgets everything that the visitor typed for this clinic.
    pub async fn forget(&mut self) -> Result<Draft, Edge> {
        let Some(visitor) = &self.visitor else {
            return Ok(Draft::default());
        };
        let draft = self.app.drafts().forget(visitor, &self.clinic.id).await?;
        self.draft = Draft::default();
        Ok(draft)
    }

    /// What tells this visitor from others, for digests.
    pub fn visitor(&mut self) -> Visitor {
        if let Some(visitor) = &self.visitor {
            return visitor.clone();
        }
        let token = opaque_token(self.app.context.bytes());
        let secure = if self.app.config.listen.public_url.is_https() {
            "; Secure"
        } else {
            ""
        };
        let cookie = format!(
            "{COOKIE}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        );
        self.new_cookie = HeaderValue::from_str(&cookie).ok();
        let visitor = Visitor::from_cookie(&token);
        self.visitor = Some(visitor.clone());
        visitor
    }

    /// On to another page (303), with the cookie if the visitor is new.
    pub fn go_on(&self, path: &str) -> Response {
        self.with_cookie(Redirect::to(path).into_response())
    }

    /// A page, with the cookie if the visitor is new.
    pub fn page(&self, status: StatusCode, html: String) -> Response {
        self.with_cookie((status, axum::response::Html(html)).into_response())
    }

    fn with_cookie(&self, mut response: Response) -> Response {
        if let Some(cookie) = &self.new_cookie {
            response
                .headers_mut()
                .append(header::SET_COOKIE, cookie.clone());
        }
        response
    }
}
