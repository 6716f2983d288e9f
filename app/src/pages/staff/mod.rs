//! The staff's pages: dense, quick, and whole without JavaScript. Nothing is told by colour alone, and
//! beside every grid stands the same as a list.

mod account;
mod again;
mod appointment;
mod audit;
mod availability;
mod calendar;
mod conflicts;
mod contact;
mod cover;
mod crew;
mod day_list;
mod find;
mod messages;
mod move_appointment;
mod outcome;
mod parts;
mod password;
mod people;
mod phone;
mod place;
mod problem;
mod questions;
mod reports;
mod request;
mod requests;
mod retention;
mod rivals;
mod runs;
mod second_factor;
mod sign_in;
mod today;
mod visit;
mod waiting;
mod wording;

pub use account::account;
pub use again::again;
pub use appointment::appointment;
pub use audit::audit;
pub use availability::{
    availability, change_form, change_preview, clinic_settings, dry_run, settings_list,
};
pub use calendar::calendar;
pub use conflicts::{conflict, conflicts};
pub use contact::contact;
pub use day_list::day_list;
pub use find::find;
pub use messages::{message_sample, message_samples, messages};
pub use move_appointment::move_appointment;
pub use outcome::outcome;
pub use parts::count;
pub use password::set_password;
pub use people::{people, person};
pub use phone::phone;
pub use problem::problem;
pub use questions::{
    question_draft, question_edit, question_set, question_sets, question_version, question_versions,
};
pub use reports::{cell as report_cell, report_set_up, reports};
pub use request::request;
pub use requests::requests;
pub use retention::{retention, retention_look};
pub use second_factor::{prove, second_factor, second_step};
pub use sign_in::sign_in;
pub use today::today;
pub use waiting::waiting;
pub use wording::{FIELDS as WORDS_FIELDS, message_words, message_words_list};
