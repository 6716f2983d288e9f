//! Models of the pages that messages lead to: another time, how it was, a lost link.

use super::{ClinicRef, Day, FieldError, Held};

/// `/appointments/{token}/move`: another time for the same appointment, met in the same way.
#[derive(Debug, Clone, Default)]
pub struct MoveTimes {
    pub token: String,
    /// The time it has now.
    pub held: Held,
    pub days: Vec<Day>,
    /// The date to ask for next (`?from=`), if there may be more.
    pub more_from: Option<String>,
    /// Whether this page is the first.
    pub first_page: bool,
    /// The start that was chosen.
    pub chosen: String,
    /// The time that somebody else has taken meanwhile, in words; empty if none.
    pub taken: String,
    /// The calendar could not be read: no time is shown, the telephone is.
    pub unavailable: bool,
    pub errors: Vec<FieldError>,
}

/// `/feedback/{token}`: how it was. Says nothing of whose visit or which clinic it was.
#[derive(Debug, Clone, Default)]
pub struct Feedback {
    pub token: String,
    /// The answer is in: thanks, and nothing to fill in.
    pub thanks: bool,
    /// `very_good`, `good`, `neither`, `bad`, `very_bad`, or empty.
    pub rating: String,
    pub words: String,
    pub errors: Vec<FieldError>,
}

/// `/find`: a lost link.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// The form was sent. What came of it is not said: the page is the same whatever was typed.
    pub sent: bool,
    pub reference: String,
    pub contact: String,
    pub errors: Vec<FieldError>,
}

/// `/staff/messages`: what was to be told, and what became of it. No name and no address.
#[derive(Debug, Clone, Default)]
pub struct StaffMessages {
    /// The clinics whose messages this member of staff may see.
    pub clinics: Vec<ClinicRef>,
    /// The one that is shown; empty for all.
    pub clinic: String,
    /// The state that is shown (`failed`, `queued`, `sent`, `dropped`); empty for all.
    pub state: String,
    pub messages: Vec<StaffMessage>,
    /// What to ask for next (`?before=`), if there may be older ones.
    pub older: Option<String>,
    /// The work behind the scenes, and when any worker did it last.
    pub work: Vec<WorkLine>,
    /// Whether they may change what messages say, in one clinic at least.
    pub can_reword: bool,
}

/// One kind of work behind the scenes.
#[derive(Debug, Clone, Default)]
pub struct WorkLine {
    /// Part of the id of its text, such as `deliver-mail`.
    pub name: String,
    /// When it was done last, in words.
    pub last: String,
    /// That is too long ago.
    pub late: bool,
    /// How often it has failed in a row since it last went well.
    pub failing: i64,
}

/// One message.
#[derive(Debug, Clone, Default)]
pub struct StaffMessage {
    pub id: String,
    /// Such as `reminder`.
    pub kind: String,
    pub reference: String,
    /// The page of what it is about; empty for who may not open that.
    pub path: String,
    pub clinic: ClinicRef,
    /// When it came into the queue, in words.
    pub made: String,
    /// `queued`, `sent`, `dropped`, `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, in words; empty unless it waits.
    pub next: String,
    /// When it was sent, or ended otherwise, in words.
    pub ended: String,
    /// The code of why it is not sent, such as `refused`; empty where there is nothing to explain.
    pub reason: String,
    /// What the mail server said, without an address.
    pub detail: String,
    /// Whether staff may have it tried again.
    pub retry: bool,
}

/// `/staff/messages/samples/{name}`: a message as clients get it, about an invented appointment.
#[derive(Debug, Clone, Default)]
pub struct SampleMessage {
    /// Such as `reminder`.
    pub name: String,
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The calendar part, if it has one.
    pub calendar: String,
}

/// `/staff/messages/words`: which messages of a clinic have words of its own.
#[derive(Debug, Clone, Default)]
pub struct MessageWordsList {
    /// The clinics whose words this member of staff may change.
    pub clinics: Vec<ClinicRef>,
    pub clinic: ClinicRef,
    /// Each message, and whether some of its words are the clinic's own.
    pub kinds: Vec<(String, bool)>,
}

/// `/staff/messages/words/{clinic}/{kind}`: the form.
#[derive(Debug, Clone, Default)]
pub struct MessageWords {
    pub clinic: ClinicRef,
    /// Such as `reminder`.
    pub kind: String,
    /// What the form was made from.
    pub seen: String,
    /// In the order in which they are read.
    pub pieces: Vec<WordsPiece>,
    pub errors: Vec<FieldError>,
    /// Somebody else has changed them since the form was made: `theirs` says how they are now.
    pub overtaken: bool,
    /// The message with these words, as clients would get it; empty until somebody asks to see it.
    pub preview: Vec<SampleMessage>,
}

/// One text of a message.
#[derive(Debug, Clone, Default)]
pub struct WordsPiece {
    /// Which it is, such as `subject` or `lead`.
    pub part: String,
    /// The words of the program.
    pub ours: String,
    /// As typed, or as kept; empty for ours.
    pub text: String,
    /// As somebody else has changed it meanwhile; empty for ours.
    pub theirs: String,
    /// What has to be put in, each as `{name}`.
    pub values: Vec<String>,
}
