//! The conflict check, as far as it is thinking: which two names may be the same person or organisation, why, and who may
//! see what until a person has decided (SRA Code of Conduct, paragraphs 6.1 to 6.5).
//!
//! Promises: a comparison is the same both ways round; a name matches itself however it is ordered, spaced, accented or
//! suffixed; two names that match share at least one [`keys`] entry, so that a look-up by keys misses nothing that
//! [`compare`] would find. Will not decide: a match is a suggestion, and a person clears or refuses.

mod compare;
mod keys;
mod name;
mod rules;
mod sound;
#[cfg(test)]
mod tests;
mod university;

pub use compare::{Match, Reason, compare};
pub use keys::{keys, whole_keys};
pub use name::Name;
pub use rules::{
    CaseState, Concern, Side, concern, may_decide, may_open, may_read_story, may_see_client,
    may_see_other_clients,
};
pub use university::is_the_university;
