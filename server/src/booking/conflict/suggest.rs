//! Which names of other matters are like the names of this one.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{KEYS, NAMES};
use crate::context::Context;
use crate::domain::conflict::{Concern, Match, Name, Side, compare, concern, keys, whole_keys};
use crate::store::{AlikeRow, PartyRow, Records, StoreError, Stored};

/// Where the other name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// In this clinic.
    Here {
        /// The name as given there.
        name: String,
        /// The reference of its check.
        reference: String,
        /// Whose name it is there.
        side: Side,
        /// How near it is.
        like: Match,
    },
    /// In another clinic: that is all that is known.
    Elsewhere,
}

/// A name of this matter that may be somebody known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The name given here.
    pub given: String,
    /// Whose it is here.
    pub side: Side,
    /// The other.
    pub other: Other,
    /// How grave it is.
    pub concern: Concern,
    /// The stored name that it is like.
    party: Uuid,
}

/// The suggestions for these names of `matter`, the gravest first, then the nearest. One query a name.
pub async fn suggestions(
    tx: &mut dyn Records,
    context: &Context,
    clinic: &str,
    matter: Uuid,
    given: &[(Side, String)],
) -> Stored<Vec<Suggestion>> {
    let mut found = Vec::new();
    for (side, text) in given {
        let name = Name::read(text);
        let rows = tx
            .alike(&hashes(context, &keys(&name), &whole_keys(&name))?, matter)
            .await?;
        let whole = blinded(context, &whole_keys(&name))?;
        found.extend(of_one(context, clinic, (*side, text, &name), rows, &whole)?);
    }
    found.sort_by_key(|one: &Suggestion| {
        let near = match &one.other {
            Other::Here { like, .. } => like.score,
            Other::Elsewhere => 0,
        };
        (one.concern, std::cmp::Reverse(near), one.party)
    });
    Ok(found)
}

/// How many suggestions there are now for each check that these names were given for: as many as its page will show. One
/// query, however many checks.
pub async fn how_many(
    tx: &mut dyn Records,
    context: &Context,
    given: &[PartyRow],
) -> Stored<BTreeMap<Uuid, usize>> {
    let mut looked_for = Vec::new();
    let mut all = BTreeSet::new();
    for party in given {
        let (Some(case), Some(sealed), Some(side)) =
            (party.case_id, &party.name, Side::from_name(&party.side))
        else {
            continue;
        };
        let text: String = context.unseal(NAMES, sealed)?;
        let name = Name::read(&text);
        let whole = blinded(context, &whole_keys(&name))?;
        let mut own = blinded(context, &keys(&name))?;
        own.extend(whole.iter().cloned());
        all.extend(own.iter().cloned());
        looked_for.push((case, party, side, text, name, own, whole));
    }
    let list = serde_json::to_string(&all).map_err(|error| StoreError::Other(error.to_string()))?;
    let mut by_key = BTreeMap::<String, Vec<AlikeRow>>::new();
    for row in tx.alike_any(&list).await? {
        by_key.entry(row.hash.clone()).or_default().push(row);
    }
    let mut counts = BTreeMap::new();
    for (case, party, side, text, name, own, whole) in looked_for {
        let rows = own.iter().filter_map(|key| by_key.get(key)).flatten();
        let others = rows.filter(|row| row.matter_id != party.matter_id);
        let others: Vec<AlikeRow> = others.cloned().collect();
        let found = of_one(
            context,
            &party.clinic_id,
            (side, &text, &name),
            others,
            &whole,
        )?;
        *counts.entry(case).or_default() += found.len();
    }
    Ok(counts)
}

fn of_one(
    context: &Context,
    clinic: &str,
    (side, text, name): (Side, &str, &Name),
    rows: Vec<AlikeRow>,
    whole: &BTreeSet<String>,
) -> Stored<Vec<Suggestion>> {
    let mut by_party = BTreeMap::<Uuid, (AlikeRow, bool)>::new();
    for row in rows {
        let hit = whole.contains(&row.hash);
        let entry = by_party.entry(row.id).or_insert((row, false));
        entry.1 |= hit;
    }
    let mut found = Vec::new();
    for (party, (row, hit)) in by_party {
        let there = Side::from_name(&row.side)
            .ok_or_else(|| StoreError::Corrupt(format!("side {}", row.side)))?;
        let other = match (&row.name, row.clinic_id == clinic) {
            (Some(sealed), true) => {
                let known: String = context.unseal(NAMES, sealed)?;
                compare(name, &Name::read(&known)).map(|like| Other::Here {
                    name: known,
                    reference: row.reference.unwrap_or_default(),
                    side: there,
                    like,
                })
            }
            _ => hit.then_some(Other::Elsewhere),
        };
        found.extend(other.map(|other| Suggestion {
            given: text.to_owned(),
            side,
            other,
            concern: concern(side, there),
            party,
        }));
    }
    Ok(found)
}

/// What a person who decides has read: changes when a suggestion comes or goes.
pub fn seen(context: &Context, suggestions: &[Suggestion]) -> Stored<String> {
    let parties: BTreeSet<Uuid> = suggestions.iter().map(|one| one.party).collect();
    let text: Vec<String> = parties.iter().map(Uuid::to_string).collect();
    context.blind("conflict/seen", &text.join(" "))
}

/// The keys as the store knows them: a JSON list of their blind forms.
pub(super) fn hashes(
    context: &Context,
    keys: &BTreeSet<String>,
    whole: &BTreeSet<String>,
) -> Stored<String> {
    let mut all = blinded(context, keys)?;
    all.extend(blinded(context, whole)?);
    serde_json::to_string(&all).map_err(|error| StoreError::Other(error.to_string()))
}

/// Keys blinded for a purpose, as the store knows them.
pub(super) fn list(context: &Context, purpose: &str, keys: &BTreeSet<String>) -> Stored<String> {
    let all = keys.iter().map(|key| context.blind(purpose, key));
    let all: BTreeSet<String> = all.collect::<Stored<_>>()?;
    serde_json::to_string(&all).map_err(|error| StoreError::Other(error.to_string()))
}

fn blinded(context: &Context, keys: &BTreeSet<String>) -> Stored<BTreeSet<String>> {
    keys.iter().map(|key| context.blind(KEYS, key)).collect()
}
