//! What waits for staff in the sample set-up: the cases of `packs/sample/cases.toml`, sent as a client would send them.
//!
//! Promises to send each once, however often it is asked, and to mail nobody: no one in it may be mailed. Says nothing of
//! its own: what follows from the answers is what the questions in force say.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;

use super::SETTING_CASES;
use crate::auth::key::token_hash;
use crate::booking::waiting::{Join, join, times_from_words};
use crate::booking::{
    Actor, BookingError, From, Needs, Replay, Submission, Wanted, free_slots, submit,
};
use crate::context::Context;
use crate::domain::ids::{ClinicId, ServiceId};
use crate::domain::time;
use crate::domain::triage::{Answers, Outcome, Priority, QuestionId, Raw, assess};
use crate::intake::{NewCase, intake_row, send_request};
use crate::packs::InForce;
use crate::store::{ClientRow, IntakeRow};

/// Where the cases stand in the log and in the database.
const SOURCE: &str = "sample";
/// The appointment is within so many days.
const DAYS: i64 = 21;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    usual: BTreeMap<QuestionId, Raw>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    clinic: ClinicId,
    client: String,
    organisation: Option<String>,
    /// Books the first free time of this service; without it, asks.
    service: Option<ServiceId>,
    /// Waits for a time of the service on these days of the week instead, by number.
    waits: Option<Vec<String>>,
    #[serde(default)]
    answers: BTreeMap<QuestionId, Raw>,
}

/// Why the cases could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum CasesError {
    /// The file is wrong, or does not fit the questions in force.
    #[error("packs/sample/cases.toml: {0}")]
    File(String),
    /// The store, or the calendar.
    #[error(transparent)]
    Booking(#[from] BookingError),
}

impl std::convert::From<crate::store::StoreError> for CasesError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Booking(error.into())
    }
}

/// Sends the cases that are not there yet; returns how many it sent. A case that does not fit the questions in force, because
/// somebody has changed them, is left out. The context has to have what seals names.
pub async fn send_cases(context: &Context, packs: &InForce) -> Result<usize, CasesError> {
    let wrong = |error: toml::de::Error| CasesError::File(error.to_string());
    let file: File =
        toml::from_str(include_str!("../../packs/sample/cases.toml")).map_err(wrong)?;
    let done = context.store.read().await?.setting(SETTING_CASES).await?;
    if done.is_some() {
        return Ok(0);
    }
    let mut sent = 0;
    for (number, case) in file.case.iter().enumerate() {
        match send(context, packs, (number, case), &file.usual).await {
            Ok(()) => sent += 1,
            Err(CasesError::File(problem)) => tracing::warn!(problem, "a sample case is left out"),
            Err(other) => return Err(other),
        }
    }
    super::asked::answer(context, packs, &file.usual).await?;
    let mut tx = context.store.write().await?;
    tx.put_setting(SETTING_CASES, "1").await?;
    tx.commit().await?;
    Ok(sent)
}

async fn send(
    context: &Context,
    packs: &InForce,
    (number, case): (usize, &Case),
    usual: &BTreeMap<QuestionId, Raw>,
) -> Result<(), CasesError> {
    let wrong = |what: String| CasesError::File(format!("case {}: {what}", number + 1));
    let pack = packs
        .get(&case.clinic)
        .ok_or_else(|| wrong(format!("no clinic {}", case.clinic)))?;
    let today = time::local_date(context.now());
    let mut raw = usual.clone();
    raw.retain(|id, _| pack.question(id).is_some());
    raw.extend(
        case.answers
            .iter()
            .map(|(id, raw)| (id.clone(), dated(raw, today))),
    );
    let answers = Answers::read(&pack, &raw).map_err(|errors| wrong(format!("{errors:?}")))?;
    let found = assess(&pack, &answers, today);
    let expected = if case.service.is_some() {
        Outcome::Book
    } else {
        Outcome::Review
    };
    if found.outcome != expected || found.missing.is_some() {
        return Err(wrong(format!(
            "leads to {:?}, {:?}",
            found.outcome, found.missing
        )));
    }
    let intake = intake_row(context, &pack, &answers, &found, false)?;
    // A run that was stopped half-way goes on where it was.
    let replay = Some(Replay {
        key: token_hash(format!("sample/case/{number}").as_bytes()),
        body: token_hash(b"sample/case"),
    });
    let client = client(context, number, case);
    if let (Some(service), Some(days)) = (&case.service, &case.waits) {
        let times = times_from_words(days, &[], &[]);
        let wish = Join {
            service: service.0.clone(),
            client,
            intake,
            needs: Needs::default(),
            times: times.ok_or_else(|| wrong(format!("no such days: {days:?}")))?,
            urgent: found.priority == Some(Priority::P1),
            source: SOURCE,
            actor: Actor::System,
            replay,
        };
        join(context, &wish).await?;
        return Ok(());
    }
    if let Some(service) = &case.service {
        return book(context, service, client, intake, replay).await;
    }
    let new = NewCase {
        client,
        intake,
        urgent: found.priority == Some(Priority::P1),
        deadline: found.deadline,
        source: SOURCE,
        actor: Actor::System,
        replay,
    };
    send_request(context, &new).await?;
    Ok(())
}

/// Takes the first time that is free; none where the calendar is full.
async fn book(
    context: &Context,
    service: &ServiceId,
    client: ClientRow,
    intake: IntakeRow,
    replay: Option<Replay>,
) -> Result<(), CasesError> {
    let today = time::local_date(context.now());
    let dates = (today, time::add_days(today, DAYS));
    let (_, slots) = free_slots(context, service, &Needs::default(), dates, None).await?;
    let first = slots
        .iter()
        .find_map(|slot| Some((slot.start, *slot.modes.first()?)));
    let Some((start, mode)) = first else {
        return Ok(());
    };
    let submission = Submission {
        from: From::Slot(Wanted {
            service: service.clone(),
            start,
            mode,
            needs: Needs::default(),
        }),
        client,
        intake: Some(intake),
        source: SOURCE,
        actor: Actor::System,
        replay,
    };
    submit(context, &submission).await?;
    Ok(())
}

/// `+N` is N days after today.
fn dated(raw: &Raw, today: NaiveDate) -> Raw {
    let days = |text: &str| text.strip_prefix('+')?.parse().ok();
    match raw {
        Raw::One(text) => match days(text).and_then(TimeDelta::try_days) {
            Some(days) => Raw::One(time::iso_date(today + days)),
            None => raw.clone(),
        },
        Raw::List(_) | Raw::Form { .. } => raw.clone(),
    }
}

/// An invented client. Nobody may be mailed; the numbers are those that Ofcom keeps for made-up people.
fn client(context: &Context, number: usize, case: &Case) -> ClientRow {
    ClientRow {
        id: context.id(),
        name: case.client.clone(),
        email: Some(format!("case{}@sample.invalid", number + 1)),
        phone: Some(format!("+4420794609{:02}", number + 1)),
        safe_to_email: false,
        safe_to_call: true,
        call_window: "after 4pm (sample)".to_owned(),
        leave_message: false,
        postcode_area: Some("N7".to_owned()),
        no_fixed_home: false,
        language: "English".to_owned(),
        interpreter: false,
        access: String::new(),
        organisation: case.organisation.clone(),
        created_at: context.now().timestamp(),
    }
}
