//! What the domain found, as rows to store.

use crate::booking::conflict::{self, Sealed};
use crate::context::Context;
use crate::domain::client::Client;
use crate::domain::conflict::Side;
use crate::domain::triage::{Answer, Answers, Assessment, NamesOf, Pack};
use crate::store::{ClientRow, IntakeRow, StoreError};

/// The row of a client's contact details.
pub fn client_row(context: &Context, client: &Client) -> Result<ClientRow, StoreError> {
    let access = serde_json::to_string(&client.access)
        .map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok(ClientRow {
        id: context.id(),
        name: client.name.clone(),
        email: client.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: client.phone.as_ref().map(|phone| phone.e164().to_owned()),
        safe_to_email: client.safe_to_email,
        safe_to_call: client.safe_to_call,
        call_window: client.call_window.clone(),
        leave_message: client.leave_message,
        postcode_area: client
            .postcode_area
            .as_ref()
            .map(|area| area.as_str().to_owned()),
        no_fixed_home: client.no_fixed_home,
        language: client.language.clone(),
        interpreter: client.interpreter,
        access,
        organisation: Some(client.organisation.clone()).filter(|name| !name.is_empty()),
        created_at: context.now().timestamp(),
    })
}

/// The row of the answers, with the assessment they led to and the version of the questions.
pub fn intake_row(
    context: &Context,
    pack: &Pack,
    answers: &Answers,
    assessment: &Assessment,
    stop_shown: bool,
) -> Result<IntakeRow, StoreError> {
    let corrupt = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
    let (open, mut sealed) = parted(pack, answers).map_err(corrupt)?;
    sealed.lead_only = assessment.facts.lead_only;
    Ok(IntakeRow {
        id: context.id(),
        clinic_id: pack.clinic.0.clone(),
        pack_version: pack.version.clone(),
        answers: serde_json::to_string(&open).map_err(corrupt)?,
        assessment: serde_json::to_string(&without(assessment, &sealed)).map_err(corrupt)?,
        stop_shown,
        topic: assessment.facts.topic.clone(),
        created_at: context.now().timestamp(),
        sealed: conflict::seal(context, &sealed)?,
    })
}

/// The assessment without the words of the answers that are sealed.
fn without(assessment: &Assessment, sealed: &Sealed) -> Assessment {
    let mut assessment = assessment.clone();
    for one in &mut assessment.explanation {
        if sealed.answers.contains_key(one.question.as_str()) {
            one.answered.clear();
        }
    }
    assessment
}

/// The answers that staff may read at once, and those that stay sealed, with the names for the conflict check.
fn parted(pack: &Pack, answers: &Answers) -> serde_json::Result<(Answers, Sealed)> {
    let (mut open, mut sealed) = (Answers::default(), Sealed::default());
    for (id, answer) in answers.iter() {
        let question = pack.question(id);
        let of = question.and_then(|question| question.names);
        if of == Some(NamesOf::OwnAndRivals) {
            let mut all = names(answer);
            sealed.rivals.own.extend(all.next());
            sealed.rivals.named.extend(all);
        }
        let side = of.and_then(side);
        let names = side.map(|side| names(answer).map(move |name| (side, name)));
        sealed.names.extend(names.into_iter().flatten());
        let list = side.is_some() && matches!(answer, Answer::Names(_));
        if list || question.is_some_and(|question| question.sealed) {
            let kept = serde_json::to_value(answer)?;
            sealed.answers.insert(id.to_string(), kept);
        } else {
            open.insert(id.clone(), answer.clone());
        }
    }
    Ok((open, sealed))
}

/// Whose names these are in the conflict check; `None` for names that are not for it.
fn side(of: NamesOf) -> Option<Side> {
    match of {
        NamesOf::Own => Some(Side::Client),
        NamesOf::Former => Some(Side::Former),
        NamesOf::OtherSide => Some(Side::OtherSide),
        NamesOf::OwnAndRivals => None,
    }
}

/// The names in an answer. In a line of text they are told apart by commas.
fn names(answer: &Answer) -> impl Iterator<Item = String> {
    let (list, text) = match answer {
        Answer::Names(names) => (names.as_slice(), ""),
        Answer::Text(text) => (&[][..], text.as_str()),
        Answer::One(_) | Answer::Many(_) | Answer::Date(_) => (&[][..], ""),
    };
    let parts = text.split([',', ';', '\n']).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
    let names: Vec<String> = list.iter().cloned().chain(parts).collect();
    names.into_iter()
}
