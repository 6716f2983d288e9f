//! The staff's pages: dense, quick, and whole without JavaScript. Nothing is told by colour alone, and
//! beside every grid stands the same as a list.

mod appointment;
mod availability;
mod calendar;
mod conflicts;
mod parts;
mod password;
mod phone;
mod place;
mod problem;
mod questions;
mod request;
mod requests;
mod rivals;
mod sign_in;
mod today;

pub use appointment::appointment;
pub use availability::{
    availability, change_form, change_preview, clinic_settings, dry_run, settings_list,
};
pub use calendar::calendar;
pub use conflicts::{conflict, conflicts};
pub use parts::count;
pub use password::set_password;
pub use phone::phone;
pub use problem::problem;
pub use questions::{
    question_draft, question_edit, question_set, question_sets, question_version, question_versions,
};
pub use request::request;
pub use requests::requests;
pub use sign_in::sign_in;
pub use today::today;
