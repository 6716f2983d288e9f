//! Taking a case in: its names go into the index, and in a clinic that checks a check is opened.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};
use uuid::Uuid;

use super::NAMES;
use super::rivals;
use super::sealed::sealed;
use super::suggest::{hashes, suggestions};
use crate::booking::{Actor, Matter};
use crate::context::Context;
use crate::domain::conflict::{CaseState, Name, Side, is_the_university, keys, whole_keys};
use crate::domain::promise::{URGENT_DAYS, reply_by};
use crate::domain::schedule::Dates;
use crate::domain::time;
use crate::store::{NewConflictCase, PartyRow, Records, Stored};

/// A case that is taken in.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The clinic.
    pub clinic: &'a str,
    /// The reference that the client keeps.
    pub reference: &'a str,
    /// The appointment or request.
    pub matter: Matter,
    /// The answers it rests on.
    pub intake: Option<Uuid>,
    /// The client's name.
    pub client: &'a str,
    /// Their organisation.
    pub organisation: Option<&'a str>,
}

/// Opens the check of a case, in the transaction that takes it in. A case that rests on answers that are cleared already
/// (a request that became an appointment) needs no second check.
pub async fn open(tx: &mut dyn Records, context: &Context, given: &Given<'_>) -> Stored<()> {
    let checks = tx.conflict_clinics().await?;
    let here = checks.iter().any(|clinic| clinic == given.clinic);
    // Without the installation's key there is no way to keep a name from being read, so none is kept of a clinic that
    // need not.
    if !here && context.vault.is_none() {
        return Ok(());
    }
    let said = sealed(tx, context, given.intake).await?;
    rivals::keep(tx, context, given, &said.rivals).await?;
    // Where nobody checks, nobody looks for other names.
    if checks.is_empty() {
        return Ok(());
    }
    let names = all_names(given, said.names);
    if !here {
        return keep_blind(tx, context, given, &names).await;
    }
    let before = tx.conflict_case_of(given.matter.id(), given.intake).await?;
    if before.is_some_and(|case| case.state == CaseState::Cleared.as_str()) {
        return Ok(());
    }
    let matter = given.matter.id();
    let found = suggestions(tx, context, given.clinic, matter, &names).await?;
    let now = context.now();
    let case = NewConflictCase {
        id: context.id(),
        clinic_id: given.clinic.to_owned(),
        reference: given.reference.to_owned(),
        appointment_id: given.matter.appointment(),
        request_id: given.matter.request(),
        intake_id: given.intake,
        lead_only: said.lead_only
            || names
                .iter()
                .any(|(side, name)| *side == Side::OtherSide && is_the_university(name)),
        matches: i64::try_from(found.len()).unwrap_or(i64::MAX),
        due_at: due(tx, given.clinic, now).await?.timestamp(),
        created_at: now.timestamp(),
    };
    tx.put_conflict_case(&case).await?;
    for (side, name) in &names {
        let read = Name::read(name);
        let party = PartyRow {
            case_id: Some(case.id),
            name: Some(context.seal(NAMES, name)?),
            ..party(context, given, *side)
        };
        let hashes = hashes(context, &keys(&read), &whole_keys(&read))?;
        tx.put_party(&party, &hashes).await?;
    }
    let (subject, nothing) = (("conflict", case.id), String::new());
    Actor::System
        .note(tx, context, "waiting", subject, given.clinic, nothing)
        .await
}

/// Of a clinic that checks nothing, only blind keys of whole names are kept, for those that do.
async fn keep_blind(
    tx: &mut dyn Records,
    context: &Context,
    given: &Given<'_>,
    names: &[(Side, String)],
) -> Stored<()> {
    for (side, name) in names {
        let whole = whole_keys(&Name::read(name));
        if !whole.is_empty() {
            let hashes = hashes(context, &BTreeSet::new(), &whole)?;
            tx.put_party(&party(context, given, *side), &hashes).await?;
        }
    }
    Ok(())
}

pub(super) fn party(context: &Context, given: &Given<'_>, side: Side) -> PartyRow {
    PartyRow {
        id: context.id(),
        clinic_id: given.clinic.to_owned(),
        case_id: None,
        matter_id: given.matter.id(),
        side: side.as_str().to_owned(),
        name: None,
        created_at: context.now().timestamp(),
    }
}

/// The client, their organisation, and every name of the answers, each once.
fn all_names(given: &Given<'_>, said: Vec<(Side, String)>) -> Vec<(Side, String)> {
    let own = [
        Some((Side::Client, given.client.to_owned())),
        given
            .organisation
            .map(|name| (Side::Organisation, name.to_owned())),
    ];
    let mut names: Vec<(Side, String)> = own.into_iter().flatten().collect();
    names.extend(said);
    let mut seen = BTreeSet::new();
    names.retain(|(side, name)| !name.trim().is_empty() && seen.insert((*side, name.clone())));
    names
}

/// Within one working day (`domain` section 2).
async fn due(tx: &mut dyn Records, clinic: &str, now: DateTime<Utc>) -> Stored<DateTime<Utc>> {
    let today = time::local_date(now);
    let rows = tx
        .calendar_dates(clinic, today, today + Days::new(366))
        .await?;
    let closures: Vec<Dates> = rows
        .into_iter()
        .filter(|row| row.kind != "term")
        .map(|row| Dates {
            from: row.from_date,
            until: row.until_date,
        })
        .collect();
    Ok(reply_by(now, URGENT_DAYS, &closures))
}
