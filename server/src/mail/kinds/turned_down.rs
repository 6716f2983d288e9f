//! "We cannot help you with this": the neutral refusal, the same whatever the reason was.

use uuid::Uuid;

use super::{Kind, Thread};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// The mail that opened the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstOf {
    /// A time was kept.
    RequestReceived,
    /// A request was read first.
    InReview,
}

/// Sent when the clinic cannot take somebody on. There is no field for a reason, so none can be told.
#[derive(Clone)]
pub struct TurnedDown {
    /// The client.
    pub to: Recipient,
    /// The appointment or request.
    pub about: Uuid,
    /// How often it has changed.
    pub sequence: u32,
    /// The mail that came first.
    pub first: FirstOf,
    /// Its own page.
    pub manage_url: String,
}

impl std::fmt::Debug for TurnedDown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TurnedDown({})", self.about)
    }
}

impl Kind for TurnedDown {
    fn name(&self) -> &'static str {
        "turned-down"
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread {
            id: self.about,
            sequence: self.sequence,
            first: match self.first {
                FirstOf::RequestReceived => "request-received",
                FirstOf::InReview => "in-review",
            },
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let subject = words.say("mail-turned-down-subject")?;
        Letter::start(
            words,
            &self.to,
            subject,
            words.say("mail-turned-down-lead")?,
        )?
        .say(words.say("mail-turned-down-say")?)
        .link(words.say("mail-turned-down-link")?, &self.manage_url)
        .end(words, sender)
    }
}
