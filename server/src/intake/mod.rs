//! Intake: from the first question to the form that is sent. Drafts, which services the answers open, requests that staff
//! look at first, and the one thing a stop may store: a call that the person asked for.

mod about_you;
mod call_back;
mod draft;
mod ending;
mod from_answers;
mod in_time;
mod request;
mod rows;
mod services;
mod step;
mod terms;

pub use about_you::count_about_you;
pub use call_back::{AskedForCall, CallBack, ask_for_call};
pub use draft::{
    DetailsTyped, Draft, DraftError, Drafts, Finished, KEPT, KeptTime, Visitor, WaitTyped,
};
pub use ending::{count_ending, ending};
pub use from_answers::fill_from_answers;
pub use in_time::in_time;
pub(crate) use request::promised;
pub use request::{NewCase, Requested, send_request};
pub use rows::{client_row, intake_row};
pub use services::{needs, needs_of, offered};
pub use step::{Step, furthest, outcome};
pub use terms::terms;
