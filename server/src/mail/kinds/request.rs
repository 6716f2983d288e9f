//! Mails about a case that a person looks at first. What was asked and what was decided stand on the page behind the link,
//! and nowhere else.

use super::{Kind, Thread};
use crate::domain::ids::RequestId;
use crate::mail::appointment::fact;
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestNews {
    /// It has arrived.
    InReview {
        /// The day by which a person answers, in words, such as "Friday 27 November".
        reply_by: String,
    },
    /// There is an answer, or a question: the same mail whatever it is.
    Decision,
    /// The person has lost the link and asked for it.
    Link {
        /// Tells two askings apart.
        part: u32,
    },
    /// The clinic cannot take it on: the same words whatever the reason was.
    TurnedDown,
}

/// A mail about one case.
#[derive(Clone)]
pub struct RequestMail {
    /// The client.
    pub to: Recipient,
    /// The case.
    pub id: RequestId,
    /// How often the case has changed.
    pub sequence: u32,
    /// What the person tells staff on the telephone.
    pub reference: String,
    /// The case's own page.
    pub manage_url: String,
    /// The news.
    pub news: RequestNews,
}

impl std::fmt::Debug for RequestMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name(), self.id)
    }
}

impl Kind for RequestMail {
    fn name(&self) -> &'static str {
        match self.news {
            RequestNews::InReview { .. } => "in-review",
            RequestNews::Decision => "decision",
            RequestNews::Link { .. } => "link",
            RequestNews::TurnedDown => "turned-down",
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
                RequestNews::Link { part } => part,
                _ => 0,
            },
            // The conversation began when the case arrived.
            first: "in-review",
        }
    }

    fn letter(&self, words: &Words, sender: &Sender) -> Result<Letter, MissingWords> {
        let name = self.name();
        let subject = words.say_with(&format!("mail-{name}-subject"), &[("date", "")])?;
        let lead = words.say(&format!("mail-{name}-lead"))?;
        let letter = Letter::start(words, &self.to, subject, lead)?;
        let reference = fact(words, "mail-fact-reference", self.reference.clone())?;
        let link = |letter: Letter, label: &str| {
            Ok::<_, MissingWords>(letter.link(words.say(label)?, &self.manage_url))
        };
        let say = |letter: Letter, id: &str| Ok::<_, MissingWords>(letter.say(words.say(id)?));
        let letter = match &self.news {
            RequestNews::InReview { reply_by } => {
                let by = fact(words, "mail-fact-reply-by", reply_by.clone())?;
                let letter = say(letter.facts(vec![by, reference]), "mail-in-review-say")?;
                link(letter, "mail-link-request")?
            }
            RequestNews::Decision => {
                let letter = link(letter.facts(vec![reference]), "mail-decision-link")?;
                say(letter, "mail-decision-say")?
            }
            RequestNews::Link { .. } => say(link(letter, "mail-link-request")?, "mail-link-say")?,
            RequestNews::TurnedDown => link(
                say(letter, "mail-turned-down-say")?,
                "mail-turned-down-link",
            )?,
        };
        letter.end(words, sender)
    }
}
