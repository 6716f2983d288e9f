//! Changing a clinic's time and set-up by forms: sessions, terms, closures, absences, people, rooms, services, the clinic's
//! own words.
//!
//! Promises: what a change would do is found by making it in a transaction that is then given up, so that the preview and
//! the change are one piece of code; nothing is saved before somebody has seen it (words alone excepted); of two people who
//! change the same thing at once the second is told and keeps what they typed; a booking made between the look and the
//! saving is shown before it is broken; every change leaves a line in the audit log, by ids.

mod change;
mod clinic;
mod effects;
mod form;
mod item;
mod known;
mod overview;
pub mod resolve;
mod save;
#[cfg(test)]
mod tests;
mod values;

pub use clinic::{Switched, add_questions, clinic_page, create, new_form, settings_list, switch};
pub use item::Item;
pub use overview::overview;
pub use save::{Outcome, show, submit};
pub use values::Values;

use crate::booking::BookingError;
use crate::store::StoreError;

/// Why something about a set-up did not happen.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// There is no such thing in this clinic.
    #[error("no such thing in this clinic")]
    NotThere,
    /// A booking rule or the database.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
