//! "Your appointment is booked."

use super::{Kind, Thread};
use crate::ical::Method;
use crate::mail::appointment::{AppointmentDetails, fact};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when an appointment becomes confirmed.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The client.
    pub to: Recipient,
    /// The appointment.
    pub appointment: AppointmentDetails,
}

impl Kind for Confirmation {
    fn name(&self) -> &'static str {
        "confirmation"
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
        let subject = words.say_with("mail-confirmation-subject", &date)?;
        let mut facts = vec![fact(words, "mail-fact-when", appointment.when(words)?)?];
        facts.extend(appointment.where_to(words)?);
        facts.push(appointment.reference(words)?);
        Letter::start(
            words,
            &self.to,
            subject,
            words.say("mail-confirmation-lead")?,
        )?
        .facts(facts)
        .link(words.say("mail-link-appointment")?, &appointment.manage_url)
        .say(words.say("mail-cannot-come")?)
        .end(words, sender)
    }

    fn calendar(&self) -> Option<(Method, &AppointmentDetails)> {
        Some((Method::Request, &self.appointment))
    }
}
