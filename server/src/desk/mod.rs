//! The desk: what staff see, one read model a page, and the one thing they tick off.
//!
//! Promises: every function asks `domain::access` what this member of staff may see, row by row, so
//! that no other clinic ever sees law; each page costs the same few queries whatever the number of
//! rows; every date and time is written by `domain::time`. Changes nothing but what its name says.

mod account;
mod appointment;
mod audit;
mod away;
mod calendar;
mod calls;
mod conflicts;
mod cover;
mod day;
mod find;
mod messages;
mod moving;
mod outcome;
mod own;
mod people;
mod person;
mod rail;
pub mod reports;
mod request;
mod requests;
mod rows;
mod runs;
mod today;
mod waiting;
mod waiting_words;
mod withheld;

pub use account::account;
pub use appointment::{appointment, change_target};
pub(crate) use audit::note_list;
pub use audit::{AuditAsked, MOST_EXPORTED, audit, audit_csv, may_see_audit, note_read};
pub use calendar::{calendar, day_list};
pub use calls::{Rang, rang};
pub use conflicts::{checks_conflicts, conflict, conflicts};
pub use find::find;
pub use messages::{STATES as MESSAGE_STATES, Wanted as WantedMessages, messages, send_again};
pub use moving::move_page;
pub use outcome::{AtDesk, at_desk};
pub use people::{People, people, person};
pub use person::{described, role_in};
pub use rail::rail;
pub use request::{Case, case};
pub use requests::request_target;
pub use requests::requests;
pub(crate) use rows::{of_meetings, telephone};
pub use today::today;
pub use waiting::{waiting, waiting_target};
pub use waiting_words::{choices_in_words, live, offer_in_words, start_in_words, times_in_words};
