//! What a caller carries from call to call: the triage token, and the hold token that holds the triage too.
//!
//! Promises: nothing is stored and nothing can be read in it; the answers come back exactly as they were given, to be
//! assessed again by the same questions as of the same day, so that what is stored with a booking is what the caller was
//! told. A token made with other questions than those in force has expired.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::auth::seal::NONCE_BYTES;
use crate::domain::ids::ClinicId;
use crate::domain::schedule::Dates;
use crate::domain::time;
use crate::domain::triage::{
    Answers, Assessment, Day, Pack, QuestionId, Raw, assess, none_fits, too_late,
};
use crate::http::error::{Code, Edge};
use crate::http::state::App;
use crate::intake::intake_row;
use crate::store::IntakeRow;

const TRIAGE: &str = "triage";
const HOLD: &str = "hold";

/// How long a triage token opens.
const TRIAGE_LASTS: TimeDelta = TimeDelta::hours(2);

/// How long a hold token opens: as long as replies are kept for retries. Whether the hold still stands is the
/// appointment's own business.
const HOLD_LASTS: TimeDelta = TimeDelta::hours(24);

/// Answers, as they travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Carried {
    clinic: ClinicId,
    version: String,
    on: NaiveDate,
    #[serde(default)]
    terms: Vec<Dates>,
    /// Why a person looks at it although the questions end in a booking.
    #[serde(default)]
    looked_at: Option<LookedAt>,
    answers: Value,
}

/// Why a person looks at answers that end in a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LookedAt {
    /// Every time on offer is too late.
    TooLate,
    /// No service fits.
    NoneFits,
}

#[derive(Serialize, Deserialize)]
struct Held {
    hold: Uuid,
    triage: Carried,
}

/// A triage that has been carried back.
pub struct Triaged {
    /// The questions.
    pub pack: Arc<Pack>,
    /// The answers that counted.
    pub answers: Answers,
    /// What followed from them.
    pub assessment: Assessment,
    carried: Carried,
}

impl Triaged {
    /// The clinic whose questions they were.
    pub fn clinic(&self) -> &ClinicId {
        &self.pack.clinic
    }

    /// The row to store with a booking or a request. An API call cannot know of an earlier stop.
    pub fn intake(&self, app: &App) -> Result<IntakeRow, Edge> {
        Ok(intake_row(
            &app.context,
            &self.pack,
            &self.answers,
            &self.assessment,
            false,
        )?)
    }
}

/// Seals answers with the day on which they were assessed.
pub fn seal(
    app: &App,
    pack: &Pack,
    (answers, day): (&Answers, Day<'_>),
    looked_at: Option<LookedAt>,
) -> Result<String, Edge> {
    let answers = serde_json::to_value(answers).map_err(Edge::internal)?;
    let carried = Carried {
        clinic: pack.clinic.clone(),
        version: pack.version.clone(),
        on: day.date,
        terms: day.terms.to_vec(),
        looked_at,
        answers,
    };
    seal_for(app, TRIAGE, &carried, TRIAGE_LASTS)
}

/// What a triage token holds.
pub async fn open(app: &App, token: &str) -> Result<Triaged, Edge> {
    let carried = app
        .sealer
        .open(TRIAGE, token, app.context.now())
        .map_err(|_| Code::TriageExpired)?;
    assess_again(app, carried).await
}

/// Seals a hold with the triage it was made with.
pub fn seal_hold(app: &App, hold: Uuid, triage: &Triaged) -> Result<String, Edge> {
    seal_for(
        app,
        HOLD,
        &Held {
            hold,
            triage: triage.carried.clone(),
        },
        HOLD_LASTS,
    )
}

/// The hold that a token names, and the triage it was made with.
pub async fn open_hold(app: &App, token: &str) -> Result<(Uuid, Triaged), Edge> {
    let held: Held = app
        .sealer
        .open(HOLD, token, app.context.now())
        .map_err(|_| Code::HoldExpired)?;
    Ok((held.hold, assess_again(app, held.triage).await?))
}

fn seal_for<T: Serialize>(
    app: &App,
    purpose: &str,
    content: &T,
    lasts: TimeDelta,
) -> Result<String, Edge> {
    let nonce = app.context.bytes::<NONCE_BYTES>();
    app.sealer
        .seal(purpose, content, app.context.now() + lasts, nonce)
        .map_err(Edge::internal)
}

async fn assess_again(app: &App, carried: Carried) -> Result<Triaged, Edge> {
    let pack = app
        .pack(&carried.clinic)
        .await
        .filter(|pack| pack.version == carried.version);
    let pack = pack.ok_or(Code::TriageExpired)?;
    let raw: BTreeMap<QuestionId, Raw> =
        serde_json::from_value(carried.answers.clone()).map_err(Edge::internal)?;
    let answers = Answers::reread(&pack, &raw);
    // As of the day of the triage: neither midnight nor a new term between two calls may change what the caller was told.
    let day = Day {
        date: carried.on,
        terms: &carried.terms,
    };
    let assessment = assess(&pack, &answers, day);
    let assessment = match carried.looked_at {
        Some(LookedAt::TooLate) => too_late(&pack, &answers, day, assessment),
        Some(LookedAt::NoneFits) => none_fits(&pack, assessment),
        None => assessment,
    };
    Ok(Triaged {
        pack,
        answers,
        assessment,
        carried,
    })
}

/// Today in London.
pub fn today(app: &App) -> NaiveDate {
    time::local_date(app.context.now())
}
