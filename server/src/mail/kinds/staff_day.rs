//! "Your day": what a member of staff has in front of them, in the morning.

use uuid::Uuid;

use super::{Kind, Thread};
use crate::mail::letter::{Fact, Letter};
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// How a meeting of the day is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// In this room.
    Room(String),
    /// In a room that nobody has chosen yet.
    NoRoom,
    /// By telephone.
    Phone,
    /// By video.
    Video,
}

/// One appointment of the day. Who comes and why is behind the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From when to when, in words.
    pub time_label: String,
    /// How they meet.
    pub how: How,
    /// The appointment's reference.
    pub reference: String,
    /// It still waits for staff to clear it.
    pub waits: bool,
}

/// Sent in the morning of a day with appointments. It names no client, no service and no clinic.
#[derive(Clone)]
pub struct StaffDay {
    /// The member of staff.
    pub to: Recipient,
    /// This list; the next day's has another id.
    pub id: Uuid,
    /// The day, in words.
    pub date_label: String,
    /// When this was true, in words.
    pub as_of_label: String,
    /// The appointments, by start.
    pub entries: Vec<Entry>,
    /// The page of the day at the desk.
    pub link: String,
}

impl std::fmt::Debug for StaffDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StaffDay({})", self.id)
    }
}

impl Kind for StaffDay {
    fn name(&self) -> &'static str {
        "staff-day"
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread {
            id: self.id,
            sequence: 0,
            part: 0,
            first: self.name(),
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let date = [("date", self.date_label.as_str())];
        let subject = words.say_with("mail-staff-day-subject", &date)?;
        let count = self.entries.len().to_string();
        let lead = words.say_with("mail-staff-day-lead", &[("count", &count)])?;
        let entry = |one: &Entry| {
            let how = match &one.how {
                How::Room(room) => room.clone(),
                How::NoRoom => words.say("mail-staff-day-no-room")?,
                How::Phone => words.say("mail-staff-day-phone")?,
                How::Video => words.say("mail-staff-day-video")?,
            };
            let key = if one.waits {
                "mail-staff-day-entry-waits"
            } else {
                "mail-staff-day-entry"
            };
            let named = [("how", how.as_str()), ("reference", &one.reference)];
            Ok(Fact {
                label: words.say_with("mail-staff-day-time", &[("time", &one.time_label)])?,
                value: words.say_with(key, &named)?,
            })
        };
        let entries = self.entries.iter().map(entry);
        let as_of = [("time", self.as_of_label.as_str())];
        let letter = Letter::start(words, &self.to, subject, lead)?
            .facts(entries.collect::<Result<_, MissingWords>>()?)
            .say(words.say_with("mail-staff-day-as-of", &as_of)?)
            .link(words.say("mail-staff-day-link")?, &self.link)
            .say(words.say("mail-staff-day-off")?)
            .signed(sender);
        Ok(letter)
    }
}
