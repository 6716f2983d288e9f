//! "Set your password": the one-time link for a member of staff.

use uuid::Uuid;

use super::{Kind, Thread};
use crate::mail::letter::Letter;
use crate::mail::recipient::Recipient;
use crate::mail::sender::Sender;
use crate::mail::words::{MissingWords, Words};

/// Sent when an account is made, or its password has to be set again. It names no role and no
/// clinic.
#[derive(Clone)]
pub struct StaffInvitation {
    /// The member of staff.
    pub to: Recipient,
    /// This invitation; a second one for the same person has another id.
    pub id: Uuid,
    /// The link that works once.
    pub link: String,
    /// The date it stops working, in words.
    pub expires_date_label: String,
    /// The time of that day, in words. "UK time" is added to it.
    pub expires_time_label: String,
}

impl std::fmt::Debug for StaffInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StaffInvitation({})", self.id)
    }
}

impl Kind for StaffInvitation {
    fn name(&self) -> &'static str {
        "staff-invitation"
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
        let site = [("site", sender.site_name.as_str())];
        let subject = words.say_with("mail-staff-invitation-subject", &site)?;
        let lead = words.say_with("mail-staff-invitation-lead", &site)?;
        let until = [
            ("date", self.expires_date_label.as_str()),
            ("time", self.expires_time_label.as_str()),
        ];
        let letter = Letter::start(words, &self.to, subject, lead)?
            .say(words.say_with("mail-staff-invitation-say", &until)?)
            .link(words.say("mail-staff-invitation-link")?, &self.link)
            .say(words.say("mail-staff-invitation-unexpected")?)
            .signed(sender);
        Ok(letter)
    }
}
