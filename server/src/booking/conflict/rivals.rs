//! Rivals: of two businesses that compete, no two are given to one team (`domain` section 9.4, question B8).
//!
//! Promises: nothing is kept but blind keys of whole names, of a kind of their own, so that a rival named to one clinic is
//! never taken for the other side of a case in another; a look-up stays within one clinic. Decides nothing: staff are told,
//! and choose the team.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::open::{Given, party};
use super::suggest::list;
use crate::context::Context;
use crate::domain::conflict::{Name, Side, whole_keys};
use crate::store::{PartyRow, Records, RivalRow, Stored};

/// What keys of rivals are blinded for.
const RIVALS: &str = "conflict/rival";

/// A business and whom it competes with, as the client named them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rivals {
    /// Names of the client's own business.
    pub own: Vec<String>,
    /// Names of those it competes with.
    pub named: Vec<String>,
}

impl Rivals {
    /// Whether nobody was named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.named.is_empty()
    }
}

/// Keeps the keys of a business and its rivals. A business without a name of its own can still be somebody's rival by the
/// name of the organisation.
pub(super) async fn keep(
    tx: &mut dyn Records,
    context: &Context,
    given: &Given<'_>,
    said: &Rivals,
) -> Stored<()> {
    if said.is_empty() {
        return Ok(());
    }
    let own: BTreeSet<&str> = said
        .own
        .iter()
        .map(String::as_str)
        .chain(given.organisation)
        .collect();
    let own = own.into_iter().map(|name| (Side::Organisation, name));
    let named = said
        .named
        .iter()
        .map(|name| (Side::OtherSide, name.as_str()));
    for (side, name) in own.chain(named) {
        let whole = whole_keys(&Name::read(name));
        if whole.is_empty() {
            continue;
        }
        let row: PartyRow = party(context, given, side);
        tx.put_party(&row, &list(context, RIVALS, &whole)?).await?;
    }
    Ok(())
}

/// What stands in the same clinic, and of which one names the other as a rival: in whichever direction, in the order of
/// their references. One query.
pub async fn rivals(tx: &mut dyn Records, matter: uuid::Uuid) -> Stored<Vec<RivalRow>> {
    tx.rivals(matter).await
}
