//! Mails about a place on the waiting list.

use super::{Kind, Thread};
use crate::domain::ids::WaitingId;
use crate::mail::appointment::{Meeting, fact, time};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// A time that is kept for somebody until they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedTime {
    /// The local date of the start in words, such as "Tuesday 1 December".
    pub date_label: String,
    /// The local time in words, such as "2:00pm to 3:00pm". "UK time" is added to it.
    pub time_label: String,
    /// Where and how.
    pub meeting: Meeting,
    /// The date until which it is kept, in words.
    pub until_date_label: String,
    /// The time of that day. "UK time" is added to it.
    pub until_time_label: String,
}

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingNews {
    /// They are on the list.
    OnList,
    /// A time has come free.
    Offer(OfferedTime),
    /// It is not kept any more.
    OfferEnded {
        /// Its date in words.
        date_label: String,
        /// Its time in words.
        time_label: String,
        /// The clinic cannot meet them then any more; otherwise they did not answer.
        withdrawn: bool,
    },
    /// No time came free while it would have helped.
    ListEnded,
    /// They have lost the link.
    Link {
        /// Which of several such mails it is.
        part: u32,
    },
}

/// A mail about one place on the list.
#[derive(Clone)]
pub struct WaitingMail {
    /// The client.
    pub to: Recipient,
    /// The place.
    pub id: WaitingId,
    /// The number of the latest offer; 0 before the first.
    pub sequence: u32,
    /// What the person tells staff on the telephone.
    pub reference: String,
    /// The place's own page.
    pub manage_url: String,
    /// The news.
    pub news: WaitingNews,
}

impl std::fmt::Debug for WaitingMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({} #{})", self.name(), self.id, self.sequence)
    }
}

impl WaitingMail {
    fn subject(&self, words: &Words) -> Result<String, MissingWords> {
        let date = match &self.news {
            WaitingNews::Offer(offer) => offer.date_label.as_str(),
            _ => "",
        };
        words.say_with(&format!("mail-{}-subject", self.name()), &[("date", date)])
    }
}

impl Kind for WaitingMail {
    fn name(&self) -> &'static str {
        match self.news {
            WaitingNews::OnList => "on-list",
            WaitingNews::Offer(_) => "offer",
            WaitingNews::OfferEnded { .. } => "offer-ended",
            WaitingNews::ListEnded => "list-ended",
            WaitingNews::Link { .. } => "link",
        }
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread {
            id: self.id.0,
            sequence: self.sequence,
            part: match self.news {
                WaitingNews::Link { part } => part,
                _ => 0,
            },
            first: "on-list",
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let name = self.name();
        let lead = match self.news {
            WaitingNews::OfferEnded {
                withdrawn: true, ..
            } => words.say("mail-offer-withdrawn-lead")?,
            _ => words.say(&format!("mail-{name}-lead"))?,
        };
        let letter = Letter::start(words, &self.to, self.subject(words)?, lead)?;
        if let WaitingNews::Link { .. } = self.news {
            return letter
                .link(words.say("mail-on-list-link")?, &self.manage_url)
                .say(words.say("mail-link-say")?)
                .end(words, sender);
        }
        let reference = fact(words, "mail-fact-reference", self.reference.clone())?;
        let mut facts = Vec::new();
        match &self.news {
            WaitingNews::Offer(offer) => {
                let when = time(words, &offer.date_label, &offer.time_label)?;
                facts.push(fact(words, "mail-fact-when", when)?);
                facts.extend(offer.meeting.facts(words)?);
                let until = time(words, &offer.until_date_label, &offer.until_time_label)?;
                facts.push(fact(words, "mail-fact-kept-until", until)?);
            }
            WaitingNews::OfferEnded {
                date_label,
                time_label,
                ..
            } => {
                let when = time(words, date_label, time_label)?;
                facts.push(fact(words, "mail-fact-was-on", when)?);
            }
            WaitingNews::OnList | WaitingNews::ListEnded | WaitingNews::Link { .. } => {}
        }
        facts.push(reference);
        letter
            .facts(facts)
            .say(words.say(&format!("mail-{name}-say"))?)
            .link(words.say(&format!("mail-{name}-link"))?, &self.manage_url)
            .end(words, sender)
    }
}
