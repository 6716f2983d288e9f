//! The desk: what staff see, one read model a page, and the one thing they tick off.
//!
//! Promises: every function asks `domain::access` what this member of staff may see, row by row, so
//! that no other clinic ever sees law; each page costs the same few queries whatever the number of
//! rows; every date and time is written by `domain::time`. Changes nothing but what its name says.

mod appointment;
mod calls;
mod conflicts;
mod person;
mod rail;
mod request;
mod requests;
mod rows;
mod today;
mod week;
mod withheld;

pub use appointment::{appointment, change_target};
pub use calls::call_made;
pub use conflicts::{checks_conflicts, conflict, conflicts};
pub use person::described;
pub use rail::rail;
pub use request::{Case, case};
pub use requests::request_target;
pub use requests::requests;
pub(crate) use rows::of_meetings;
pub use today::today;
pub use week::week;
