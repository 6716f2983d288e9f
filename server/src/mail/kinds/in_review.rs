//! "We have your request."

use super::{Kind, Thread};
use crate::domain::ids::RequestId;
use crate::mail::appointment::fact;
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when a person has to read the answers before a time can be chosen.
#[derive(Clone)]
pub struct InReview {
    /// The client.
    pub to: Recipient,
    /// The request.
    pub id: RequestId,
    /// What the person tells staff on the telephone.
    pub reference: String,
    /// The day by which a person answers, in words, such as "Friday 27 November".
    pub reply_by: String,
    /// The request's own page.
    pub manage_url: String,
}

impl std::fmt::Debug for InReview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InReview({})", self.id)
    }
}

impl Kind for InReview {
    fn name(&self) -> &'static str {
        "in-review"
    }

    fn to(&self) -> &Recipient {
        &self.to
    }

    fn thread(&self) -> Thread {
        Thread {
            id: self.id.0,
            sequence: 0,
            first: self.name(),
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let subject = words.say("mail-in-review-subject")?;
        let lead = words.say("mail-in-review-lead")?;
        let facts = vec![
            fact(words, "mail-fact-reply-by", self.reply_by.clone())?,
            fact(words, "mail-fact-reference", self.reference.clone())?,
        ];
        Letter::start(words, &self.to, subject, lead)?
            .facts(facts)
            .say(words.say("mail-in-review-say")?)
            .link(words.say("mail-link-request")?, &self.manage_url)
            .end(words, sender)
    }
}
