//! "Your appointment has a new time."

use super::{Kind, Thread};
use crate::ical::Method;
use crate::mail::appointment::{AppointmentDetails, fact, time};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when an appointment is moved.
#[derive(Debug, Clone)]
pub struct Change {
    /// The client.
    pub to: Recipient,
    /// The appointment at its new time, its sequence already raised.
    pub appointment: AppointmentDetails,
    /// The old date in words; empty if it is not known any more.
    pub old_date_label: String,
    /// The old time in words.
    pub old_time_label: String,
    /// The clinic had to change it: it says sorry.
    pub sorry: bool,
}

impl Kind for Change {
    fn name(&self) -> &'static str {
        "change"
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
        let subject = words.say_with("mail-change-subject", &date)?;
        let mut facts = vec![fact(words, "mail-fact-new-time", appointment.when(words)?)?];
        if !self.old_date_label.is_empty() {
            let old = time(words, &self.old_date_label, &self.old_time_label)?;
            facts.push(fact(words, "mail-fact-old-time", old)?);
        }
        facts.extend(appointment.where_to(words)?);
        facts.push(appointment.reference(words)?);
        let lead = if self.sorry {
            "mail-change-lead-clinic"
        } else {
            "mail-change-lead"
        };
        Letter::start(words, &self.to, subject, words.say(lead)?)?
            .facts(facts)
            .say(words.say("mail-change-say")?)
            .link(words.say("mail-link-appointment")?, &appointment.manage_url)
            .say(words.say("mail-cannot-come")?)
            .end(words, sender)
    }

    fn calendar(&self) -> Option<(Method, &AppointmentDetails)> {
        Some((Method::Request, &self.appointment))
    }
}
