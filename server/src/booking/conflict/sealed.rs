//! What an intake holds that nobody reads until the check is cleared, and the names given for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{NAMES, Rivals};
use crate::context::Context;
use crate::domain::conflict::Side;
use crate::store::{Records, Stored};

/// What intakes are sealed for.
const INTAKE: &str = "intake/sealed";

/// The part of the answers that is kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Answers by question, as they would stand among the open ones.
    pub answers: BTreeMap<String, Value>,
    /// The names for the check.
    pub names: Vec<(Side, String)>,
    /// The answers say that only the clinic's lead may decide.
    #[serde(default)]
    pub lead_only: bool,
    /// A business and whom it competes with.
    #[serde(default)]
    pub rivals: Rivals,
}

impl Sealed {
    /// Whether there is nothing to seal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.names.is_empty()
            && !self.lead_only
            && self.rivals.is_empty()
    }
}

/// The text to store, if there is anything to seal.
pub fn seal(context: &Context, sealed: &Sealed) -> Stored<Option<String>> {
    if sealed.is_empty() {
        return Ok(None);
    }
    context.seal(INTAKE, sealed).map(Some)
}

/// What an intake holds sealed.
pub(super) async fn sealed(
    tx: &mut dyn Records,
    context: &Context,
    intake: Option<Uuid>,
) -> Stored<Sealed> {
    let Some(intake) = intake else {
        return Ok(Sealed::default());
    };
    match tx.sealed_answers(intake).await? {
        Some(text) => context.unseal(INTAKE, &text),
        None => Ok(Sealed::default()),
    }
}

/// The sealed answers as JSON, to be put beside the open ones. The caller has asked
/// [`may_read_story`](crate::domain::conflict::may_read_story).
pub async fn story(
    tx: &mut dyn Records,
    context: &Context,
    intake: Option<Uuid>,
) -> Stored<BTreeMap<String, Value>> {
    Ok(sealed(tx, context, intake).await?.answers)
}

/// Whether the context's key opens what was sealed as the answers of an intake.
#[must_use]
pub fn opens(context: &Context, text: &str) -> bool {
    context.unseal::<Sealed>(INTAKE, text).is_ok()
}

/// The names of a check, unsealed, with whose they are.
pub async fn names_of(
    tx: &mut dyn Records,
    context: &Context,
    case: Uuid,
) -> Stored<Vec<(Side, String)>> {
    let mut names = Vec::new();
    for party in tx.parties(case).await? {
        let (Some(side), Some(name)) = (Side::from_name(&party.side), &party.name) else {
            continue;
        };
        names.push((side, context.unseal(NAMES, name)?));
    }
    Ok(names)
}
