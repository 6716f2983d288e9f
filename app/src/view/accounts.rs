//! The models of the pages about accounts: people, one's own account, the second factor, the audit log.

use super::{Choice, ClinicRef, FieldError};

/// `/staff/audit`
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// Clinics to choose from.
    pub clinics: Vec<ClinicRef>,
    /// Whether lines of all clinics, and of none, can be shown together.
    pub all: bool,
    /// Id of the clinic shown; empty for all.
    pub clinic: String,
    pub people: Vec<Choice>,
    pub actions: Vec<Choice>,
    /// First and last date as typed (`YYYY-MM-DD`).
    pub from: String,
    pub until: String,
    pub first_page: bool,
    /// Where the next page starts; empty if there is none.
    pub earlier: String,
    /// The newest first.
    pub entries: Vec<AuditEntry>,
}

/// A line of the audit log.
#[derive(Debug, Clone, Default)]
pub struct AuditEntry {
    /// "Sunday 22 November 2026, 2:41pm, UK time"
    pub at: String,
    /// The same instant in RFC 3339, UTC.
    pub instant: String,
    pub who: String,
    /// In words.
    pub action: String,
    /// "Appointment K7PX-4MR"
    pub what: String,
    pub clinic: String,
    pub detail: String,
}

/// `/staff/people`
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Clinics to choose from.
    pub clinics: Vec<ClinicRef>,
    /// Whether everybody can be shown.
    pub all: bool,
    /// Id of the clinic shown; empty for all.
    pub clinic: String,
    pub people: Vec<Person>,
    pub invite: Invite,
    /// What was just done, in words; empty if nothing.
    pub done: String,
}

/// Somebody of the staff.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    /// `active`, `invited`, `ended`
    pub state: String,
    pub second_factor: bool,
    /// The newest mail to them could not be delivered.
    pub mail_failed: bool,
    pub roles: Vec<HeldRole>,
}

/// A role that somebody has.
#[derive(Debug, Clone, Default)]
pub struct HeldRole {
    /// The stable name.
    pub role: String,
    /// Id of the clinic; empty for the installation.
    pub clinic: String,
    /// "Adviser, Law clinic"
    pub label: String,
    /// "Friday 18 December 2026"; empty for no end.
    pub until: String,
    /// The same as `YYYY-MM-DD`.
    pub until_date: String,
    /// It has ended.
    pub ended: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// The form that invites somebody or gives a role; as typed.
#[derive(Debug, Clone, Default)]
pub struct Invite {
    pub name: String,
    pub email: String,
    /// Roles to choose from: `{role}@{clinic}`.
    pub roles: Vec<Choice>,
    /// Last date of access (`YYYY-MM-DD`); empty for no end.
    pub until: String,
    /// Whom they may be in the calendar: `role`, `nobody`, `named`, or an id. Empty where nobody is asked.
    pub places: Vec<Choice>,
    pub errors: Vec<FieldError>,
}

/// Who somebody is in the calendar.
#[derive(Debug, Clone, Default)]
pub struct Seat {
    /// Their name there; empty for nobody.
    pub name: String,
    /// What there is to choose from: `nobody`, `named`, or an id. Empty if it is not the reader's to say.
    pub choices: Vec<Choice>,
    /// What is wrong with the choice; empty if nothing.
    pub error: String,
}

/// `/staff/people/{id}`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent permissions, each a button of its own"
)]
pub struct PersonPage {
    pub person: Person,
    pub grant: Invite,
    pub seat: Seat,
    /// What the page was made from, in each of its forms.
    pub seen: String,
    /// Somebody else changed it meanwhile: it is shown as it is now, with what was typed.
    pub overtaken: bool,
    /// Whether the reader may end all access, or begin it again.
    pub may_end: bool,
    /// Whether the reader may send a new link to set the password.
    pub may_invite: bool,
    /// Whether the reader may take a lost second factor away.
    pub may_reset: bool,
    /// It is the reader's own account.
    pub own: bool,
}

/// `/staff/account`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of one page, each with its own words"
)]
pub struct Account {
    pub name: String,
    pub email: String,
    pub roles: Vec<HeldRole>,
    pub second_factor: bool,
    /// Whether the second factor has to be there.
    pub required: bool,
    /// Recovery codes that are left.
    pub codes_left: i64,
    pub sessions: Vec<Session>,
    /// When the calendar address was made, in words; empty if there is none.
    pub feed_made: String,
    /// Whether there is a calendar to show: the person sees clients.
    pub has_calendar: bool,
    /// Whether they get their day by mail.
    pub daily_list: bool,
    /// The calendar address, shown once.
    pub feed: String,
    /// Recovery codes, shown once.
    pub codes: Vec<String>,
}

/// A session of one's own.
#[derive(Debug, Clone, Default)]
pub struct Session {
    pub started: String,
    pub seen: String,
    /// It is this one.
    pub here: bool,
}

/// `/staff/second-factor`: setting it up.
#[derive(Debug, Clone, Default)]
pub struct SecondFactor {
    /// The secret in groups of four, to type.
    pub secret: String,
    /// The address that the picture holds.
    pub address: String,
    /// Rows of the picture's modules, from the top; empty before it is begun.
    pub picture: Vec<Vec<bool>>,
    pub required: bool,
    pub error: String,
    pub next: String,
}

/// `/staff/second-step` and `/staff/prove`: one field and a reason.
#[derive(Debug, Clone, Default)]
pub struct OneCode {
    pub error: String,
    pub next: String,
    /// Whether a code of the app is taken too, where a password is.
    pub second_factor: bool,
}
