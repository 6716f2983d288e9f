//! Mails about one appointment. They share whom they go to, the conversation they belong to, and the facts they may tell;
//! each says its own news about it.

use super::{Kind, Thread};
use crate::ical::Method;
use crate::mail::appointment::{AppointmentDetails, Meeting, fact, time};
use crate::mail::letter::{Fact, Letter};
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

/// What there is to tell. No news has room for a reason, a topic or a name, so none can be told.
#[derive(Clone)]
pub enum News {
    /// It became confirmed.
    Booked,
    /// A time is kept that staff have to clear before it is booked. What they check is not said: it is the same mail for
    /// every clinic that works this way. Nothing goes into a calendar yet: a time that may not happen would stay there.
    Received {
        /// The day by which whoever checks aims to have done so, in words; empty if none can be named.
        aim: String,
    },
    /// It was moved.
    Moved {
        /// The old date in words; empty if it is not known any more.
        old_date_label: String,
        /// The old time in words.
        old_time_label: String,
        /// The clinic had to change it: it says sorry.
        sorry: bool,
    },
    /// It was called off. Told to the person whose appointment it was and nobody else.
    Cancelled(CancelledBy),
    /// It is near. What to bring stands on the page behind the link.
    Reminder {
        /// Days before: two reminders of one appointment are two mails.
        days_before: u32,
    },
    /// The person did not come: no blame, and a way to another time.
    Missed,
    /// It is over: how was it?
    Feedback {
        /// The page that asks. It opens no appointment.
        url: String,
    },
    /// The person has lost the link and asked for it.
    Link {
        /// Tells two askings apart.
        part: u32,
    },
    /// The clinic cannot take it on: the same words whatever the reason was.
    TurnedDown,
}

/// A mail about one appointment.
#[derive(Clone)]
pub struct AppointmentMail {
    /// The client.
    pub to: Recipient,
    /// The appointment, its sequence already raised if it was changed.
    pub appointment: AppointmentDetails,
    /// The news.
    pub news: News,
}

impl std::fmt::Debug for AppointmentMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({:?})", self.name(), self.appointment)
    }
}

impl AppointmentMail {
    fn start(&self, words: &Words, lead: &str) -> Result<Letter, MissingWords> {
        let date = [("date", self.appointment.date_label.as_str())];
        let subject = words.say_with(&format!("mail-{}-subject", self.name()), &date)?;
        Letter::start(words, &self.to, subject, words.say(lead)?)
    }

    /// When under this label, then how, where and the reference.
    fn all_facts(&self, words: &Words, label: &str) -> Result<Vec<Fact>, MissingWords> {
        let mut facts = self.when(words, label)?;
        let reference = facts.pop();
        if let News::Moved {
            old_date_label,
            old_time_label,
            ..
        } = &self.news
            && !old_date_label.is_empty()
        {
            let old = time(words, old_date_label, old_time_label)?;
            facts.push(fact(words, "mail-fact-old-time", old)?);
        }
        facts.extend(self.appointment.meeting.facts(words)?);
        facts.extend(reference);
        Ok(facts)
    }

    /// When under this label, and the reference.
    fn when(&self, words: &Words, label: &str) -> Result<Vec<Fact>, MissingWords> {
        Ok(vec![
            fact(words, label, self.appointment.when(words)?)?,
            self.appointment.reference(words)?,
        ])
    }

    /// The link to the appointment's page under this label.
    fn page(&self, letter: Letter, words: &Words, label: &str) -> Result<Letter, MissingWords> {
        Ok(letter.link(words.say(label)?, &self.appointment.manage_url))
    }

    /// Only where somebody comes to a place has the page a list of what to bring.
    fn reminder_say(&self) -> &'static str {
        match self.appointment.meeting {
            Meeting::InPerson { .. } => "mail-reminder-say",
            _ => "mail-reminder-say-far",
        }
    }

    fn reminder(&self, words: &Words) -> Result<Letter, MissingWords> {
        let mut letter = self
            .start(words, "mail-reminder-lead")?
            .facts(self.all_facts(words, "mail-fact-when")?)
            .say(words.say(self.reminder_say())?);
        // All three open the page and change nothing: a mail scanner follows every link there is.
        for (label, part) in [
            ("mail-reminder-coming", "coming"),
            ("mail-reminder-change", "change"),
            ("mail-reminder-cancel", "cancel"),
        ] {
            let address = format!("{}#{part}", self.appointment.manage_url);
            letter = letter.link(words.say(label)?, &address);
        }
        Ok(letter.say(words.say("mail-cannot-come")?))
    }
}

impl Kind for AppointmentMail {
    fn name(&self) -> &'static str {
        match self.news {
            News::Booked => "confirmation",
            News::Received { .. } => "request-received",
            News::Moved { .. } => "change",
            News::Cancelled(_) => "cancellation",
            News::Reminder { .. } => "reminder",
            News::Missed => "missed",
            News::Feedback { .. } => "feedback",
            News::Link { .. } => "link",
            News::TurnedDown => "turned-down",
        }
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        let part = match self.news {
            News::Reminder { days_before } => days_before,
            News::Link { part } => part,
            _ => 0,
        };
        Thread {
            id: self.appointment.id.0,
            sequence: self.appointment.sequence,
            part,
            first: self.appointment.first_mail.kind(),
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let say = |id: &str| words.say(id);
        let letter = match &self.news {
            News::Booked => {
                let letter = self
                    .start(words, "mail-confirmation-lead")?
                    .facts(self.all_facts(words, "mail-fact-when")?);
                self.page(letter, words, "mail-link-appointment")?
                    .say(say("mail-cannot-come")?)
            }
            News::Received { aim } => {
                let checked = if aim.is_empty() {
                    say("mail-request-received-say")?
                } else {
                    words.say_with("mail-request-received-say-by", &[("date", aim.as_str())])?
                };
                let letter = self
                    .start(words, "mail-request-received-lead")?
                    .facts(self.when(words, "mail-fact-when")?)
                    .say(checked);
                self.page(letter, words, "mail-link-see")?
                    .say(say("mail-cannot-come")?)
            }
            News::Moved { sorry, .. } => {
                let lead = if *sorry {
                    "mail-change-lead-clinic"
                } else {
                    "mail-change-lead"
                };
                let letter = self
                    .start(words, lead)?
                    .facts(self.all_facts(words, "mail-fact-new-time")?)
                    .say(say("mail-change-say")?);
                self.page(letter, words, "mail-link-appointment")?
                    .say(say("mail-cannot-come")?)
            }
            News::Cancelled(by) => {
                let by = match by {
                    CancelledBy::Client => "client",
                    CancelledBy::Clinic => "clinic",
                };
                let letter = self
                    .start(words, &format!("mail-cancellation-lead-{by}"))?
                    .facts(self.when(words, "mail-fact-was-on")?)
                    .say(say(&format!("mail-cancellation-say-{by}"))?);
                self.page(letter, words, "mail-link-see")?
            }
            News::Reminder { .. } => self.reminder(words)?,
            News::Missed => {
                let letter = self
                    .start(words, "mail-missed-lead")?
                    .facts(self.when(words, "mail-fact-was-on")?)
                    .say(say("mail-missed-say")?);
                self.page(letter, words, "mail-missed-link")?
            }
            News::Feedback { url } => self
                .start(words, "mail-feedback-lead")?
                .say(say("mail-feedback-say")?)
                .link(say("mail-feedback-link")?, url),
            News::Link { .. } => {
                let letter = self.start(words, "mail-link-lead")?;
                self.page(letter, words, "mail-link-see")?
                    .say(say("mail-link-say")?)
            }
            News::TurnedDown => {
                let letter = self
                    .start(words, "mail-turned-down-lead")?
                    .say(say("mail-turned-down-say")?);
                self.page(letter, words, "mail-turned-down-link")?
            }
        };
        letter.end(words, sender)
    }

    fn calendar(&self) -> Option<(Method, &AppointmentDetails)> {
        match self.news {
            News::Booked | News::Moved { .. } => Some((Method::Request, &self.appointment)),
            News::Cancelled(_) => Some((Method::Cancel, &self.appointment)),
            _ => None,
        }
    }
}
