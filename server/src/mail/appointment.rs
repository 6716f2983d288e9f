//! What mails about an appointment have in common.

use chrono::{DateTime, Utc};

use super::letter::Fact;
use super::words::{MissingWords, Words};
use crate::domain::ids::AppointmentId;

/// How the person and the clinic meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meeting {
    /// At the clinic.
    InPerson {
        /// One line, such as "London Met, Holloway Road, London N7"; empty if it cannot be told.
        place: String,
        /// What to ask for at the desk, in neutral words; empty if nothing need be asked.
        ask_for: String,
    },
    /// By telephone.
    Phone {
        /// The clinic has a number that is safe to ring, and rings it.
        we_ring: bool,
    },
    /// By video.
    Video,
}

impl Meeting {
    fn how(&self) -> &'static str {
        match self {
            Self::InPerson { .. } => "mail-how-in-person",
            Self::Phone { we_ring: true } => "mail-how-phone",
            Self::Phone { we_ring: false } => "mail-how-phone-no-number",
            Self::Video => "mail-how-video",
        }
    }

    /// How, where and what to ask for.
    pub(super) fn facts(&self, words: &Words) -> Result<Vec<Fact>, MissingWords> {
        let mut facts = vec![Fact {
            label: words.say("mail-fact-how")?,
            value: words.say(self.how())?,
        }];
        if let Self::InPerson { place, ask_for } = self {
            if !place.is_empty() {
                facts.push(fact(words, "mail-fact-place", place.clone())?);
            }
            if !ask_for.is_empty() {
                facts.push(fact(words, "mail-fact-ask-for", ask_for.clone())?);
            }
        }
        Ok(facts)
    }

    /// The line for the calendar.
    pub(super) fn location(&self, words: &Words) -> Result<String, MissingWords> {
        match self {
            Self::InPerson { place, .. } => Ok(place.clone()),
            Self::Phone { .. } => words.say("mail-location-phone"),
            Self::Video => words.say("mail-location-video"),
        }
    }
}

/// The mail that opened the conversation about an appointment; later ones answer it, so that mail
/// programs keep them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstMail {
    /// It was booked at once.
    Confirmation,
    /// It was held until staff had looked.
    RequestReceived,
}

impl FirstMail {
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::RequestReceived => "request-received",
        }
    }
}

/// An appointment as mails tell it. There is no field for a clinic, a service, an adviser or a
/// reason, so no mail can name one.
#[derive(Clone)]
pub struct AppointmentDetails {
    /// The appointment.
    pub id: AppointmentId,
    /// How many times it has been moved or cancelled: 0 when booked, one more each time.
    pub sequence: u32,
    /// The mail that came first.
    pub first_mail: FirstMail,
    /// The service's neutral title for calendars; empty gives "Appointment".
    pub label: String,
    /// Start, for the calendar.
    pub start: DateTime<Utc>,
    /// End, for the calendar.
    pub end: DateTime<Utc>,
    /// The local date of the start in words, such as "Tuesday 1 December".
    pub date_label: String,
    /// The local time in words, such as "2:00pm to 3:00pm". "UK time" is added to it.
    pub time_label: String,
    /// Where and how.
    pub meeting: Meeting,
    /// The appointment's own page.
    pub manage_url: String,
    /// What the person tells staff on the telephone.
    pub reference: String,
}

impl std::fmt::Debug for AppointmentDetails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The link opens the appointment: whoever reads it in a log could cancel it.
        write!(f, "AppointmentDetails({} #{})", self.id, self.sequence)
    }
}

impl AppointmentDetails {
    /// "Tuesday 1 December, 2:00pm to 3:00pm (UK time)".
    pub(super) fn when(&self, words: &Words) -> Result<String, MissingWords> {
        time(words, &self.date_label, &self.time_label)
    }

    /// The reference.
    pub(super) fn reference(&self, words: &Words) -> Result<Fact, MissingWords> {
        fact(words, "mail-fact-reference", self.reference.clone())
    }
}

/// A labelled fact.
pub(super) fn fact(words: &Words, label: &str, value: String) -> Result<Fact, MissingWords> {
    let label = words.say(label)?;
    Ok(Fact { label, value })
}

/// A date and a time, with the zone.
pub(super) fn time(words: &Words, date: &str, time: &str) -> Result<String, MissingWords> {
    words.say_with("mail-time", &[("date", date), ("time", time)])
}
