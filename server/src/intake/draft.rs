//! Half-finished forms. One draft a visitor and clinic, so that two clinics in two tabs don't mix; sealed with the
//! server's key and found by the hash of the visitor's cookie, so that a leaked database tells nothing; gone after a day.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::key::token_hash;
use crate::auth::seal::{NONCE_BYTES, Sealer};
use crate::context::Context;
use crate::domain::booking::State;
use crate::domain::client::ClientInput;
use crate::domain::triage::{Answers, Pack, QuestionId, Raw};
use crate::store::StoreError;

/// How long a draft is kept (retention default of the domain).
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// The store failed, or the draft could not be sealed.
pub type DraftError = StoreError;

/// A browser, known by an opaque cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    hash: [u8; 32],
}

impl Visitor {
    /// The visitor who carries this cookie.
    #[must_use]
    pub fn from_cookie(token: &str) -> Self {
        Self {
            hash: token_hash(token.as_bytes()),
        }
    }

    /// The caller for whom a member of staff types. Another member of staff with the same cookie is another visitor.
    #[must_use]
    pub fn of_call(token: &str, staff: Uuid) -> Self {
        Self {
            hash: token_hash(format!("call/{staff}/{token}").as_bytes()),
        }
    }

    /// Text that is the same for this visitor only; tells nothing of the cookie.
    #[must_use]
    pub fn digest(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.hash)
    }
}

/// The time that is kept for the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTime {
    /// The held appointment.
    pub hold: Uuid,
    /// The service.
    pub service: String,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// `in_person`, `phone`, `video`.
    pub mode: String,
}

/// The details form as typed. Nothing in it is checked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, named as there")]
pub struct DetailsTyped {
    pub name: String,
    pub organisation: String,
    pub by_email: bool,
    pub by_phone: bool,
    pub email: String,
    pub phone: String,
    pub safe_to_email: String,
    pub safe_to_call: String,
    pub call_window: String,
    pub leave_message: String,
    pub postcode: String,
    pub no_fixed_home: bool,
}

impl DetailsTyped {
    /// The same as the API's `client`: an address that was typed under a way of contact that is not ticked is not used.
    #[must_use]
    pub fn input(&self) -> ClientInput {
        let given = |on: bool, text: &str| on.then(|| text.to_owned());
        ClientInput {
            name: Some(self.name.clone()),
            email: given(self.by_email, &self.email),
            phone: given(self.by_phone, &self.phone),
            // Only a plain yes is a yes; "not sure" is not.
            safe_to_email: Some(self.by_email && self.safe_to_email == "yes"),
            safe_to_call: Some(self.by_phone && self.safe_to_call == "yes"),
            call_window: given(self.by_phone, &self.call_window),
            leave_message: Some(self.by_phone && self.leave_message == "yes"),
            postcode_area: Some(self.postcode.clone()),
            no_fixed_home: Some(self.no_fixed_home),
            language: None,
            interpreter: None,
            access: None,
            organisation: Some(self.organisation.clone()),
        }
    }
}

/// The times that would do, as ticked. Nothing in it is checked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of the form, named as there")]
pub struct WaitTyped {
    pub service: String,
    pub days: Vec<String>,
    pub parts: Vec<String>,
    pub modes: Vec<String>,
}

/// What came of a form that was sent, for the confirmation page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finished {
    /// An appointment.
    Booked {
        /// The appointment.
        id: Uuid,
        /// Version of its link.
        link_version: i64,
        /// Confirmed or requested.
        state: State,
        /// Whether an email is on its way.
        mail: bool,
        /// Whether staff ring the client.
        #[serde(default)]
        call: bool,
    },
    /// A place on the waiting list.
    OnList {
        /// The reference that the client keeps.
        reference: String,
        /// Whether an email is on its way.
        mail: bool,
        /// Whether they can be told of a time at all; else they ring.
        told: bool,
        /// The place and the version of its link.
        link: (Uuid, i64),
    },
    /// A case in the staff's queue.
    Requested {
        /// The reference that the client keeps.
        reference: String,
        /// When the clinic has replied at the latest.
        respond_by: DateTime<Utc>,
        /// Whether an email is on its way.
        mail: bool,
        /// Whether staff will ring.
        #[serde(default)]
        call: bool,
        /// The request and the version of its link.
        #[serde(default)]
        link: Option<(Uuid, i64)>,
    },
}

/// Everything that one visitor has typed for one clinic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one form, not states of a machine"
)]
pub struct Draft {
    /// The answers, as JSON that [`Answers::reread`] checks against the pack in force.
    answers: serde_json::Value,
    /// Somebody read "a person looks at it first" and went on.
    pub going_to_request: bool,
    /// The time kept.
    pub kept: Option<KeptTime>,
    /// The time kept was given back because answers changed; said once, on the page of times.
    pub given_back: bool,
    /// The times that would do, of somebody who waits for one to come free.
    pub wait: Option<WaitTyped>,
    /// The details form.
    pub details: Option<DetailsTyped>,
    /// A stop was shown. Which one is never kept.
    pub stop_shown: bool,
    /// The reference of a call that was asked for.
    pub call: Option<String>,
    /// The form was sent.
    pub finished: Option<Finished>,
    /// "Not us" was the outcome, and they asked that a person looks at it all the same.
    pub look_anyway: bool,
    /// The questions about equality were answered or skipped. What was answered is never kept here.
    pub asked_about_you: bool,
    /// The member of staff who types for a caller; `None` where the client types.
    pub typed_by: Option<Uuid>,
    /// Somebody who stands at the desk: their time is one of today.
    pub walk_in: bool,
    /// That these answers led to "not us" is counted already.
    pub out_counted: bool,
    /// Counts the changes, so that a page knows whether another tab has changed something.
    pub version: u64,
}

impl Draft {
    /// The answers that still fit the pack in force.
    #[must_use]
    pub fn answers(&self, pack: &Pack) -> Answers {
        let raw: BTreeMap<QuestionId, Raw> =
            serde_json::from_value(self.answers.clone()).unwrap_or_default();
        Answers::reread(pack, &raw)
    }

    /// Replaces the answers.
    pub fn set_answers(&mut self, answers: &Answers) -> Result<(), DraftError> {
        self.answers = serde_json::to_value(answers)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(())
    }

    /// Whether there is anything to clear.
    #[must_use]
    pub fn has_anything(&self) -> bool {
        self.answers
            .as_object()
            .is_some_and(|answers| !answers.is_empty())
            || self.kept.is_some()
            || self.details.is_some()
            || self.finished.is_some()
    }

    /// Forgets everything but that a stop was shown: after a stop, and when a new form follows one that was sent.
    pub fn start_again(&mut self) {
        *self = Self {
            stop_shown: self.stop_shown,
            typed_by: self.typed_by,
            walk_in: self.walk_in,
            version: self.version,
            ..Self::default()
        };
    }
}

/// Reads and writes drafts.
#[derive(Clone)]
pub struct Drafts {
    /// Store, clock, randomness.
    pub context: Context,
    /// Seals what is stored.
    pub sealer: Sealer,
}

impl Drafts {
    /// The visitor's draft for a clinic; an empty one if there is none.
    pub async fn read(&self, visitor: Option<&Visitor>, clinic: &str) -> Result<Draft, DraftError> {
        let Some(visitor) = visitor else {
            return Ok(Draft::default());
        };
        let now = self.context.now();
        let sealed = self
            .context
            .store
            .read()
            .await?
            .draft(&visitor.hash, clinic, now.timestamp())
            .await?;
        Ok(self.open(sealed.as_deref(), clinic))
    }

    /// Changes the draft in a transaction, so that two tabs take turns; returns what the change returned and the draft.
    pub async fn change<T>(
        &self,
        visitor: &Visitor,
        clinic: &str,
        change: impl FnOnce(&mut Draft) -> Result<T, DraftError> + Send,
    ) -> Result<(T, Draft), DraftError> {
        let now = self.context.now();
        let mut tx = self.context.store.write().await?;
        let sealed = tx
            .lock_draft(&visitor.hash, clinic, now.timestamp())
            .await?;
        let mut draft = self.open(sealed.as_deref(), clinic);
        let value = change(&mut draft)?;
        draft.version += 1;
        let ends = now + KEPT;
        let sealed = self
            .sealer
            .seal(
                &purpose(clinic),
                &draft,
                ends,
                self.context.bytes::<NONCE_BYTES>(),
            )
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        tx.put_draft(&visitor.hash, clinic, &sealed, ends.timestamp())
            .await?;
        tx.commit().await?;
        Ok((value, draft))
    }

    /// Forgets the draft; returns it.
    pub async fn forget(&self, visitor: &Visitor, clinic: &str) -> Result<Draft, DraftError> {
        let mut tx = self.context.store.write().await?;
        let sealed = tx
            .lock_draft(&visitor.hash, clinic, self.context.now().timestamp())
            .await?;
        tx.drop_draft(&visitor.hash, clinic).await?;
        tx.commit().await?;
        Ok(self.open(sealed.as_deref(), clinic))
    }

    /// A draft that an older key or version sealed is as good as none.
    fn open(&self, sealed: Option<&str>, clinic: &str) -> Draft {
        sealed
            .and_then(|sealed| {
                self.sealer
                    .open(&purpose(clinic), sealed, self.context.now())
                    .ok()
            })
            .unwrap_or_default()
    }
}

fn purpose(clinic: &str) -> String {
    format!("draft/{clinic}")
}
