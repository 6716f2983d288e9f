//! The conflict check round a case: opened in the transaction that takes the case in, decided by a person.
//!
//! Promises: in a clinic that checks, nothing is confirmed before its check is cleared; names and stories are stored
//! sealed; of a clinic that does not check only blind keys of whole names are kept, and a hit there shows no name. The
//! rules are those of `domain::conflict`.

mod adopt;
mod decide;
mod gate;
mod open;
mod rivals;
mod sealed;
mod suggest;
#[cfg(test)]
mod tests;

pub use adopt::{adopt, prune};
pub use decide::{Decision, decide, give_to_lead};
pub use gate::{checks, cleared, must_be_cleared};
pub use open::{Given, open};
pub use rivals::{Rivals, rivals};
pub use sealed::{Sealed, names_of, opens, seal, story};
pub use suggest::{Other, Suggestion, how_many, seen, suggestions};

/// What names are sealed for.
const NAMES: &str = "conflict/name";
/// What a decision's reason is sealed for.
pub(crate) const REASON: &str = "conflict/reason";
/// What keys are blinded for.
const KEYS: &str = "conflict/key";
