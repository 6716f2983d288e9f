//! The models of the pages on which staff see and change a clinic's time and set-up.

use super::{Choice, ClinicRef, FieldError, StaffAppointment};

/// How a field is filled in.
#[derive(Debug, Clone)]
pub enum Input {
    /// One line of this type of input: `text`, `date`, `time` or `number`.
    Line(&'static str, String),
    /// Several lines.
    Lines(String),
    /// One of a few.
    Radio(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Any of these.
    Ticks(Vec<Choice>),
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct FormField {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub error: String,
    pub input: Input,
}

/// Something that differs between two states: its name, and what each says.
#[derive(Debug, Clone, Default)]
pub struct Differs {
    pub label: String,
    pub was: String,
    pub now: String,
}

/// A form that changes one thing of a clinic.
#[derive(Debug, Clone, Default)]
pub struct ChangeForm {
    pub clinic: ClinicRef,
    pub title: String,
    pub lead: String,
    pub action: String,
    /// Where "Cancel" leads.
    pub back: String,
    pub fields: Vec<FormField>,
    pub errors: Vec<FieldError>,
    /// What the form was made from.
    pub hidden: Vec<(String, String)>,
    /// Whether the thing can be taken away.
    pub removable: bool,
    /// The change is shown before it is saved.
    pub shows_first: bool,
    /// Somebody else saved meanwhile: what stands now beside what was typed.
    pub conflict: Option<Vec<Differs>>,
}

/// What a change does to one service.
#[derive(Debug, Clone, Default)]
pub struct SlotChange {
    pub service: String,
    pub before: i64,
    pub after: i64,
    pub gained: i64,
    pub lost: i64,
    /// "Tue 1 Dec", the first day that is not as before; empty if none.
    pub first: String,
}

/// An appointment that cannot take place as planned.
#[derive(Debug, Clone, Default)]
pub struct TroubleLine {
    pub appointment: StaffAppointment,
    /// Why, in words.
    pub why: Vec<String>,
}

/// What a change would do, before it is saved.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of one page, each with its own words"
)]
pub struct ChangePreview {
    pub clinic: ClinicRef,
    pub title: String,
    pub action: String,
    pub back: String,
    /// What the form says, beside what stands now.
    pub changes: Vec<Differs>,
    /// What it would lack, in words.
    pub warnings: Vec<String>,
    pub slots: Vec<SlotChange>,
    pub trouble: Vec<TroubleLine>,
    /// Appointments of clinics that this person may not see, in trouble too.
    pub elsewhere: usize,
    /// Everything to send again.
    pub hidden: Vec<(String, String)>,
    /// Something was booked since the first look.
    pub again: bool,
    /// It takes something away.
    pub removes: bool,
    /// The times are those of a clinic that is switched off.
    pub off: bool,
    /// It comes of a button: nothing was typed that could be changed.
    pub pressed: bool,
}

/// A session in the picture of the week.
#[derive(Debug, Clone, Default)]
pub struct Band {
    pub from: i64,
    pub until: i64,
    pub hours: String,
    pub people: String,
    pub rooms: String,
    /// Who or what nobody put into it, and what follows; empty if there is all.
    pub lacks: String,
    /// Where to change it; empty if this person may not.
    pub href: String,
}

/// A day of the picture of the week.
#[derive(Debug, Clone, Default)]
pub struct BandDay {
    pub label: String,
    pub bands: Vec<Band>,
}

/// A row of a list: its cells, the first of which names it.
#[derive(Debug, Clone, Default)]
pub struct ListRow {
    pub cells: Vec<String>,
    /// Where to change it; empty if this person may not.
    pub href: String,
}

/// A list of things of one kind.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// `sessions`: the id of its section.
    pub id: String,
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<ListRow>,
    /// Said where there is no row.
    pub empty: String,
    /// Links to add one, with their words.
    pub add: Vec<(String, String)>,
    /// Buttons that post, with their words.
    pub buttons: Vec<(String, String)>,
}

/// `/staff/availability`
#[derive(Debug, Clone, Default)]
pub struct Availability {
    pub clinic: ClinicRef,
    /// The clinics to choose from.
    pub clinics: Vec<ClinicRef>,
    pub enabled: bool,
    pub may_edit: bool,
    pub may_set_up: bool,
    pub days: Vec<BandDay>,
    pub first_hour: i64,
    pub last_hour: i64,
    pub attention: Vec<TroubleLine>,
    pub lists: Vec<Listing>,
}

/// A line of the list of what is still missing.
#[derive(Debug, Clone, Default)]
pub struct CheckLine {
    pub done: bool,
    pub text: String,
    pub href: String,
    pub link: String,
    /// Who can do it, where this person cannot; empty if they can.
    pub who: String,
}

/// `/staff/settings/{clinic}`
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one clinic, named at each use"
)]
pub struct ClinicSettings {
    pub clinic: ClinicRef,
    pub enabled: bool,
    pub checks: Vec<CheckLine>,
    /// All that is needed is there.
    pub ready: bool,
    /// Whether this person may see and change its hours.
    pub may_see_hours: bool,
    /// The questions are there.
    pub has_questions: bool,
    /// "Tuesday 1 December 2026, 2:00pm": the first time that can be booked; empty if none.
    pub first_slot: String,
    /// The revision of the clinic that the buttons are about.
    pub revision: i64,
    pub services: Vec<ListRow>,
    /// Nobody manages the clinic yet, and this person may invite somebody who does.
    pub invite_manager: bool,
}

/// A clinic on the list of settings.
#[derive(Debug, Clone, Default)]
pub struct SettingsLine {
    pub clinic: ClinicRef,
    pub enabled: bool,
}

/// `/staff/settings`
#[derive(Debug, Clone, Default)]
pub struct SettingsList {
    pub clinics: Vec<SettingsLine>,
    pub may_set_up: bool,
    /// Whether this person runs the installation.
    pub runs: bool,
}

/// What can be done about an appointment that cannot take place as planned.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    pub trouble: TroubleLine,
    /// `choice-REF`
    pub name: String,
    /// `was-REF`, and what the choices are about.
    pub was: (String, String),
    pub choices: Vec<Choice>,
    /// "By 3 December"; empty if there is none.
    pub deadline: String,
    pub urgent: bool,
    /// How the client will hear of it: `mail`, `call` or `nothing`.
    pub told: String,
}

/// What became of one appointment.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    pub reference: String,
    pub done: bool,
    /// Somebody else has seen to it meanwhile: it needs nobody any more.
    pub settled: bool,
    pub text: String,
}

/// `/staff/availability/drop-out` and `/staff/availability/{clinic}/resolve`
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    pub clinic: ClinicRef,
    pub title: String,
    pub lead: String,
    pub action: String,
    pub back: String,
    pub proposals: Vec<Proposal>,
    /// Appointments that come after these, when these are done.
    pub more: usize,
    pub hidden: Vec<(String, String)>,
    /// Appointments of clinics that this person may not see.
    pub elsewhere: usize,
    /// Times offered to people on the waiting list that cannot take place; they are taken back by themselves.
    pub offered: usize,
    /// It has been done; `results` says what.
    pub applied: bool,
    pub results: Vec<Resolved>,
}
