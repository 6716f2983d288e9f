//! "We have an answer for you." What it is stands on the page behind the link, and nowhere else.

use super::{Kind, Thread};
use crate::domain::ids::RequestId;
use crate::mail::appointment::fact;
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when a person has decided about a request, or needs to know more: the same mail whatever it is.
#[derive(Clone)]
pub struct Decision {
    /// The client.
    pub to: Recipient,
    /// The request.
    pub id: RequestId,
    /// How often the request has changed.
    pub sequence: u32,
    /// What the person tells staff on the telephone.
    pub reference: String,
    /// The request's own page.
    pub manage_url: String,
}

impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decision({})", self.id)
    }
}

impl Kind for Decision {
    fn name(&self) -> &'static str {
        "decision"
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread {
            id: self.id.0,
            sequence: self.sequence,
            // The conversation began when the request arrived.
            first: "in-review",
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let subject = words.say("mail-decision-subject")?;
        let lead = words.say("mail-decision-lead")?;
        let facts = vec![fact(words, "mail-fact-reference", self.reference.clone())?];
        Letter::start(words, &self.to, subject, lead)?
            .facts(facts)
            .link(words.say("mail-decision-link")?, &self.manage_url)
            .say(words.say("mail-decision-say")?)
            .end(words, sender)
    }
}
