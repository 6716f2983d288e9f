//! Question sets in the hands of staff: reading them, working on a draft, seeing what it would change, publishing it.
//!
//! Promises: nothing reaches a client but by publishing, under a name, after the checker found nothing; of two people
//! who edit at once the second is told, and neither loses what they typed; what was in force once is kept for ever. Shows
//! nobody's answers: a replay is counts.

mod difference;
mod draft;
mod edit;
mod evidence;
mod publish;
mod read;
mod set;
mod softer;
#[cfg(test)]
mod tests;
mod words;

pub use draft::{Opened, discard, open, save, take};
pub use edit::{Target, Typed};
pub use evidence::{LAST_CASES, draft_page, version_page, versions_page};
pub use publish::{NotPublished, publish};
pub use read::{Submitted, edit_page, set_page, sets, submit};
pub use set::Set;
