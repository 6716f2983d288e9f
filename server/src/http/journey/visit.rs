//! One visitor at one clinic: everything that a page of the journey starts from, read in one place.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::{ClinicRef, Frame};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use crate::auth::key::opaque_token;
use crate::clinics::About;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::domain::triage::{Answers, Assessment, Pack, assess};
use crate::http::client_address::ClientAddress;
use crate::http::error::{Code, Edge};
use crate::http::headers::Nonce;
use crate::http::state::App;
use crate::intake::{Draft, DraftError, Step, Visitor, furthest, offered};
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
    visitor: Option<Visitor>,
    new_cookie: Option<HeaderValue>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Edge;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Edge> {
        let Path(path) = Path::<HashMap<String, String>>::from_request_parts(parts, app)
            .await
            .map_err(|_| Edge::from(Code::NotFound))?;
        let id = path.get("clinic").cloned().unwrap_or_default();
        let (clinic, about, services) = clinic(app, &id).await?;
        let pack = app
            .pack(&ClinicId(id.clone()))
            .await
            .ok_or(Code::NotFound)?;
        let visitor = cookie(parts, COOKIE).map(|token| Visitor::from_cookie(&token));
        let draft = app.drafts().read(visitor.as_ref(), &id).await?;
        let today = time::local_date(app.context.now());
        let answers = draft.answers(&pack);
        let assessment = assess(&pack, &answers, today);
        let nonce = parts.extensions.get::<Nonce>().cloned().unwrap_or_default();
        let address = parts
            .extensions
            .get::<ClientAddress>()
            .copied()
            .unwrap_or(ClientAddress(None));
        Ok(Self {
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
            visitor,
            new_cookie: None,
        })
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

/// The value of a cookie.
pub fn cookie(parts: &Parts, name: &str) -> Option<String> {
    parts
        .headers
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
        Frame {
            has_answers: self.draft.has_anything(),
            ..self
                .app
                .clinic_frame(&self.nonce, self.clinic_ref(), self.about.exit)
        }
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
            Step::Done => 4,
        };
        // Pages of the same rank exclude each other, but times may be looked at again while a time is kept.
        let open = match page {
            Step::Times => {
                rank(&furthest) >= 1
                    && self.assessment.outcome == crate::domain::triage::Outcome::Book
            }
            Step::Request => {
                rank(&furthest) >= 1
                    && self.assessment.outcome == crate::domain::triage::Outcome::Review
            }
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
        let (value, draft) = self
            .app
            .drafts()
            .change(&visitor, &self.clinic.id, change)
            .await?;
        self.answers = draft.answers(&self.pack);
        self.assessment = assess(&self.pack, &self.answers, self.today);
        self.draft = draft;
        Ok(value)
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
