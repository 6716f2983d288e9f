//! "We are keeping this time for you." Nothing goes into a calendar yet: a time that may not
//! happen would stay there.

use super::{Kind, Thread};
use crate::mail::appointment::{AppointmentDetails, fact};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when a time is held that staff have to clear before it is booked. What they check is not
/// said: it is the same mail for every clinic that works this way.
#[derive(Debug, Clone)]
pub struct RequestReceived {
    /// The client.
    pub to: Recipient,
    /// The appointment asked for.
    pub appointment: AppointmentDetails,
    /// The day by which whoever checks aims to have done so, in words; empty if none can be named.
    pub aim: String,
}

impl Kind for RequestReceived {
    fn name(&self) -> &'static str {
        "request-received"
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
        let subject = words.say_with("mail-request-received-subject", &date)?;
        let lead = words.say("mail-request-received-lead")?;
        let say = if self.aim.is_empty() {
            words.say("mail-request-received-say")?
        } else {
            let aim = [("date", self.aim.as_str())];
            words.say_with("mail-request-received-say-by", &aim)?
        };
        let facts = vec![
            fact(words, "mail-fact-when", appointment.when(words)?)?,
            appointment.reference(words)?,
        ];
        Letter::start(words, &self.to, subject, lead)?
            .facts(facts)
            .say(say)
            .link(words.say("mail-link-see")?, &appointment.manage_url)
            .say(words.say("mail-cannot-come")?)
            .end(words, sender)
    }
}
