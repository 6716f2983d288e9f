//! The kinds of mail, one file for each thing a mail can be about: what it needs to know, and what it says.

mod appointment;
mod request;
mod staff_day;
mod staff_invitation;
mod waiting;

pub use appointment::{AppointmentMail, CancelledBy, News};
pub use request::{RequestMail, RequestNews};
pub use staff_day::{Entry, How, StaffDay};
pub use staff_invitation::StaffInvitation;
pub use waiting::{OfferedTime, WaitingMail, WaitingNews};

use uuid::Uuid;

use super::appointment::AppointmentDetails;
use super::letter::Letter;
use super::recipient::Recipient;
use super::sender::Sender;
use super::words::{MissingWords, Words};
use crate::ical::Method;

/// Everything that is ever mailed.
#[derive(Debug, Clone)]
pub enum Message {
    /// News of an appointment.
    Appointment(AppointmentMail),
    /// News of a case that a person looks at first.
    Request(RequestMail),
    /// News of a place on the waiting list.
    Waiting(WaitingMail),
    /// A member of staff sets their password.
    StaffInvitation(StaffInvitation),
    /// A member of staff has appointments today.
    StaffDay(StaffDay),
}

/// The conversation a mail belongs to.
pub struct Thread {
    /// What it is about: an appointment, a request, an invitation.
    pub id: Uuid,
    /// How often that has changed.
    pub sequence: u32,
    /// Which of several mails of one kind about the same; 0 where there is one.
    pub part: u32,
    /// The kind of the conversation's first mail.
    pub first: &'static str,
}

/// What every kind of mail can tell about itself.
pub trait Kind {
    /// A short name for Message-IDs, file names and staff lists, such as `confirmation`.
    fn name(&self) -> &'static str;
    /// Who it goes to.
    fn to(&self) -> &Recipient;
    /// The conversation it belongs to.
    fn thread(&self) -> Thread;
    /// What it says.
    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords>;
    /// What a calendar is to do, if anything.
    fn calendar(&self) -> Option<(Method, &AppointmentDetails)> {
        None
    }
}

impl Message {
    /// The short name of its kind, such as `confirmation`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    pub(super) fn kind(&self) -> &dyn Kind {
        match self {
            Self::Appointment(mail) => mail,
            Self::Request(mail) => mail,
            Self::Waiting(mail) => mail,
            Self::StaffInvitation(mail) => mail,
            Self::StaffDay(mail) => mail,
        }
    }
}
