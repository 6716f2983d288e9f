//! The staff's pages: dense, quick, and whole without JavaScript. Nothing is told by colour alone, and
//! beside every grid stands the same as a list.

mod account;
mod appointment;
mod audit;
mod calendar;
mod conflicts;
mod day_list;
mod find;
mod move_appointment;
mod parts;
mod password;
mod people;
mod phone;
mod place;
mod problem;
mod questions;
mod request;
mod requests;
mod rivals;
mod second_factor;
mod sign_in;
mod today;

pub use account::account;
pub use appointment::appointment;
pub use audit::audit;
pub use calendar::calendar;
pub use conflicts::{conflict, conflicts};
pub use day_list::day_list;
pub use find::find;
pub use move_appointment::move_appointment;
pub use parts::count;
pub use password::set_password;
pub use people::{people, person};
pub use phone::phone;
pub use problem::problem;
pub use questions::{
    question_draft, question_edit, question_set, question_sets, question_version, question_versions,
};
pub use request::request;
pub use requests::requests;
pub use second_factor::{prove, second_factor, second_step};
pub use sign_in::sign_in;
pub use today::today;
