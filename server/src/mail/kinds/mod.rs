//! The kinds of mail, one file each: what it needs to know, and what it says.

mod cancellation;
mod change;
mod confirmation;
mod decision;
mod in_review;
mod request_received;
mod staff_invitation;
mod turned_down;

pub use cancellation::{Cancellation, CancelledBy};
pub use change::Change;
pub use confirmation::Confirmation;
pub use decision::Decision;
pub use in_review::InReview;
pub use request_received::RequestReceived;
pub use staff_invitation::StaffInvitation;
pub use turned_down::{FirstOf, TurnedDown};

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
    /// An appointment is booked.
    Confirmation(Confirmation),
    /// A time is held until staff have looked.
    RequestReceived(RequestReceived),
    /// A request waits for a person's decision.
    InReview(InReview),
    /// An appointment is cancelled.
    Cancellation(Cancellation),
    /// An appointment has another time.
    Change(Change),
    /// A member of staff sets their password.
    StaffInvitation(StaffInvitation),
    /// The clinic cannot take it on.
    TurnedDown(TurnedDown),
    /// There is an answer to a request.
    Decision(Decision),
}

/// The conversation a mail belongs to.
pub struct Thread {
    /// What it is about: an appointment, a request, an invitation.
    pub id: Uuid,
    /// How often that has changed.
    pub sequence: u32,
    /// The kind of the conversation's first mail.
    pub first: &'static str,
}

impl Thread {
    pub(super) fn of(appointment: &AppointmentDetails) -> Self {
        Self {
            id: appointment.id.0,
            sequence: appointment.sequence,
            first: appointment.first_mail.kind(),
        }
    }
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
            Self::Confirmation(mail) => mail,
            Self::RequestReceived(mail) => mail,
            Self::InReview(mail) => mail,
            Self::Cancellation(mail) => mail,
            Self::Change(mail) => mail,
            Self::StaffInvitation(mail) => mail,
            Self::TurnedDown(mail) => mail,
            Self::Decision(mail) => mail,
        }
    }
}
