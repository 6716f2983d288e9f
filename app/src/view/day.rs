//! The models of the working day: the board of today, what is ticked off, people and room by hand, what came of a meeting,
//! and the next one.

use super::{Choice, ClinicRef, Day, FieldError, ServiceRef, StaffAppointment};

/// One appointment of today, with its one likely action.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one visit, each shown by itself"
)]
pub struct DayRow {
    pub appointment: StaffAppointment,
    /// So many minutes late, by the client's own word; 0 if they said nothing.
    pub late_minutes: i64,
    /// What was typed into that field of a form that came too late; empty otherwise.
    pub late_typed: String,
    /// What being late leads to: minutes that are left, or none where another time has to be found.
    pub left_minutes: Option<i64>,
    /// Minutes since the start without anybody here; 0 otherwise.
    pub overdue_minutes: i64,
    /// The meeting has begun.
    pub begun: bool,
    pub left_early: bool,
    pub walk_in: bool,
    /// Its end is past.
    pub over: bool,
    /// The word of the likely action (`check-in`, `start`, `finish`, `outcome`); empty if there is none.
    pub main: String,
    /// Words of what else can be done, such as `late`, `missed`, `not-here`, `again`.
    pub more: Vec<String>,
    /// What the meeting lacks: `adviser`, `supervisor`, `room`.
    pub lacks: Vec<String>,
}

/// Today at a glance.
#[derive(Debug, Clone, Default)]
pub struct DayBoard {
    /// By time.
    pub rows: Vec<DayRow>,
    /// The line that says "now" stands before the row of this number.
    pub now_before: usize,
    pub here: usize,
    pub late: usize,
    pub to_come: usize,
    /// The next that begins, as "2:00pm, Sample Client"; empty if none does.
    pub next: String,
    pub cover: Vec<Cover>,
    /// Clinics in which somebody may come in without an appointment.
    pub walk_in: Vec<ClinicRef>,
}

/// Who supervises in a clinic today.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    pub clinic: ClinicRef,
    /// First and last minute after midnight that the band shows.
    pub from: i64,
    pub until: i64,
    /// Now, in minutes after midnight, if the band shows it.
    pub now: Option<i64>,
    pub lines: Vec<CoverLine>,
    /// Sessions in which nobody supervises, as "2:00pm to 5:00pm".
    pub nobody: Vec<String>,
}

/// One supervisor of today.
#[derive(Debug, Clone, Default)]
pub struct CoverLine {
    pub name: String,
    /// When they are there, minutes after midnight.
    pub spans: Vec<(i64, i64)>,
    /// How many meetings they have: from, until, how many.
    pub loads: Vec<(i64, i64, i64)>,
    /// Meetings that they may have at once.
    pub most: i64,
    /// Meetings that they have now.
    pub now: i64,
    /// "2:00pm to 7:00pm"
    pub hours: String,
}

/// People and room of a meeting, chosen by hand.
#[derive(Debug, Clone, Default)]
pub struct CrewForm {
    /// One list for each adviser that a meeting has.
    pub advisers: Vec<Vec<Choice>>,
    pub supervisors: Vec<Choice>,
    /// Empty where they do not meet in a room.
    pub rooms: Vec<Choice>,
    /// What the lists were made from.
    pub seen: String,
}

/// What came of a meeting, in words.
#[derive(Debug, Clone, Default)]
pub struct OutcomeWords {
    /// `advised`, `follow_up`, `signposted`, `referred`
    pub came: String,
    /// Empty for something that is not on the list.
    pub issue: String,
    pub student_minutes: i64,
    pub supervisor_minutes: i64,
    /// 1 to 5; 0 where nobody asked.
    pub confidence_before: i64,
    pub confidence_after: i64,
}

/// `/staff/appointments/{reference}/outcome`
#[derive(Debug, Clone, Default)]
pub struct OutcomePage {
    pub appointment: StaffAppointment,
    /// The revision that the form is made from; 0 for the first.
    pub revision: i64,
    pub came: Vec<Choice>,
    pub issues: Vec<Choice>,
    pub student_minutes: String,
    pub supervisor_minutes: String,
    pub before: Vec<Choice>,
    pub after: Vec<Choice>,
    pub errors: Vec<FieldError>,
    /// Somebody else wrote it down meanwhile: what they wrote.
    pub overtaken: Option<OutcomeWords>,
}

/// `/staff/appointments/{reference}/again`
#[derive(Debug, Clone, Default)]
pub struct AgainPage {
    pub appointment: StaffAppointment,
    /// The clinic's services, one selected.
    pub services: Vec<ServiceRef>,
    /// Ways to meet, one chosen.
    pub modes: Vec<Choice>,
    pub days: Vec<Day>,
    /// The first date of the times (`YYYY-MM-DD`).
    pub from: String,
    /// The date to ask for next, if there may be more.
    pub more_from: Option<String>,
    /// The start that was chosen.
    pub chosen: String,
    /// The old time is given up for the new one.
    pub replaces: bool,
    /// References of the next meetings that are booked already.
    pub next: Vec<String>,
    /// Somebody else has booked one since the page was read.
    pub overtaken: bool,
    pub unavailable: bool,
    pub errors: Vec<FieldError>,
}
