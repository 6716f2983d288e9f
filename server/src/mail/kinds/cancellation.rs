//! "This appointment is cancelled", and by whom.

use super::{Kind, Thread};
use crate::ical::Method;
use crate::mail::appointment::{AppointmentDetails, fact};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Who cancelled. Why is never mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledBy {
    /// The client, by link, or by telephone through staff.
    Client,
    /// The clinic.
    Clinic,
}

/// Sent when an appointment is cancelled, to the person whose appointment it was and nobody else.
#[derive(Debug, Clone)]
pub struct Cancellation {
    /// The client.
    pub to: Recipient,
    /// The appointment, its sequence already raised.
    pub appointment: AppointmentDetails,
    /// Who cancelled.
    pub by: CancelledBy,
}

impl Kind for Cancellation {
    fn name(&self) -> &'static str {
        "cancellation"
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread::of(&self.appointment)
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let appointment = &self.appointment;
        let date = [("date", appointment.date_label.as_str())];
        let subject = words.say_with("mail-cancellation-subject", &date)?;
        let (lead, say) = match self.by {
            CancelledBy::Client => (
                "mail-cancellation-lead-client",
                "mail-cancellation-say-client",
            ),
            CancelledBy::Clinic => (
                "mail-cancellation-lead-clinic",
                "mail-cancellation-say-clinic",
            ),
        };
        let facts = vec![
            fact(words, "mail-fact-was-on", appointment.when(words)?)?,
            appointment.reference(words)?,
        ];
        Letter::start(words, &self.to, subject, words.say(lead)?)?
            .facts(facts)
            .say(words.say(say)?)
            .link(words.say("mail-link-see")?, &appointment.manage_url)
            .end(words, sender)
    }

    fn calendar(&self) -> Option<(Method, &AppointmentDetails)> {
        Some((Method::Cancel, &self.appointment))
    }
}
