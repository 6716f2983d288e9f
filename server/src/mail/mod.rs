//! Mail: a typed message becomes a text part, an HTML part and, where there is an appointment to
//! put into a calendar, a calendar part; a [`Mailer`] then hands it to a mail server, a folder or a
//! test.
//!
//! Promises: the text and the HTML say the same; the same message at the same instant gives the
//! same bytes, Message-ID included, so that a mail sent twice shows once; nothing a person could
//! read over somebody's shoulder says which clinic it is or why. Will not: read the database,
//! decide whether a mail is due, or retry. No address, name, link or subject reaches a log from
//! here: the types that hold them print as their kind only.
//!
//! A clinic may say some of it in its own words (see [`wording`]).
//!
//! A new kind is a variant of the news in `kinds/`, with what it says. Its words go into `mail.ftl`.

mod appointment;
pub mod bounce;
mod compose;
mod kinds;
mod letter;
mod recipient;
pub mod samples;
mod sender;
mod smtp;
mod smtp_url;
mod transport;
pub mod wording;
mod words;

pub use appointment::{AppointmentDetails, FirstMail, Meeting};
pub use compose::{ComposeError, Outgoing, compose, compose_with};
pub use kinds::{
    AppointmentMail, CancelledBy, Entry, How, Message, News, OfferedTime, RequestMail, RequestNews,
    StaffDay, StaffInvitation, WaitingMail, WaitingNews,
};
pub use recipient::Recipient;
pub use sender::{Sender, SenderError, SenderSettings};
pub use smtp::Smtp;
pub use smtp_url::{SmtpUrl, SmtpUrlError, Tls};
pub use transport::{Accepted, DeliveryError, Failure, Mailer, Sent};
