//! The pages: one function a page, from the frame and the page's model to the complete HTML
//! document. A page loads nothing, decides nothing and cannot fail; the server sets status and
//! headers. Every form is a plain POST and every page works without JavaScript.

pub mod document;
pub mod fields;
pub mod footer;
pub mod masthead;
pub mod parts;
pub mod rail;
pub mod staff;
pub mod words;

mod about_you;
mod check;
mod client_steps;
mod clinic;
mod details;
mod done;
mod feedback;
mod find;
mod home;
mod leaving;
mod manage;
mod move_times;
mod my_request;
mod outcome;
mod phone;
mod problem;
mod question;
mod slots;
mod statements;
mod times;
mod turned_down;
mod waiting;

pub use about_you::about_you;
pub use check::check;
pub use clinic::clinic;
pub use details::details;
pub use done::done;
pub use feedback::{MOST_WORDS, RATINGS, feedback};
pub use find::find;
pub use home::{choose, home};
pub use leaving::leaving;
pub use manage::manage;
pub use move_times::move_times;
pub use my_request::my_request;
pub use outcome::{out, request, stop};
pub use problem::problem;
pub use question::question;
pub use statements::{accessibility, privacy};
pub use times::times;
pub use turned_down::turned_down;
pub use waiting::{my_place, wait};
