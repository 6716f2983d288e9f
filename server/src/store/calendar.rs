//! What the desk's calendar asks of the database: the rows of a stretch of time, who and what they take, the clinics'
//! hours and dates, a search, and whether anything has changed.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AppointmentRow, Stored};

/// An appointment, and whether its conflict check is open.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CheckedAppointment {
    /// The appointment.
    #[sqlx(flatten)]
    pub row: AppointmentRow,
    /// Whether its clinic checks conflicts and this one is not cleared.
    pub uncleared: bool,
    /// The reference of the place on the waiting list that it is kept for, while that offer is open. The search leaves it out.
    #[sqlx(default)]
    pub offered_to: Option<String>,
}

/// Who or what a meeting takes, and from when until when, buffers included.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct AllocatedRow {
    pub meeting_id: Uuid,
    pub clinic_id: String,
    pub resource_id: Uuid,
    pub part: String,
    pub name: String,
    /// Whether the person or room is still there at all.
    pub active: bool,
    pub busy_from: i64,
    pub busy_until: i64,
    /// Set while nobody but holds is in the meeting: when the last of them ends.
    pub hold_until: Option<i64>,
    /// What a supervisor has allowed the meeting.
    pub exception: String,
}

/// Hours with one of those who work them (`kind` is `hours`; hours that nobody works have one row without a resource), a
/// term, closure or bank holiday, or what is `away` (`part` is the kind of resource, no resource the whole clinic).
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct PlanRow {
    pub kind: String,
    /// `None`: all clinics.
    pub clinic_id: Option<String>,
    pub id: Uuid,
    pub weekday: Option<i64>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub start_minute: Option<i64>,
    pub end_minute: Option<i64>,
    pub title: String,
    pub resource_id: Option<Uuid>,
    pub part: Option<String>,
    pub name: Option<String>,
    /// Seconds, of what is away.
    pub from_at: Option<i64>,
    pub until_at: Option<i64>,
}

/// A piece of time, in seconds, in which somebody, something or (without a resource) a whole clinic is not there.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct AwayRow {
    pub clinic_id: String,
    pub resource_id: Option<Uuid>,
    pub name: Option<String>,
    /// Whether it is a room that is away.
    pub room: bool,
    pub from_at: i64,
    pub until_at: i64,
    pub title: String,
}

/// What is looked for. A part that is `None` finds nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// A reference, as it is stored.
    pub reference: Option<String>,
    /// A number in E.164.
    pub phone: Option<String>,
    /// The end of a number as a pattern for LIKE, such as `%123456`.
    pub phone_end: Option<String>,
    /// A name as a pattern for LIKE in lower case, such as `%zelda%`.
    pub name: Option<String>,
    /// The same as it was typed: the embedded engine lowers only letters without accents.
    pub name_typed: Option<String>,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(
    missing_docs,
    reason = "the columns of the view, explained at their tables"
)]
pub struct FoundRequest {
    pub id: Uuid,
    pub reference: String,
    pub clinic_id: String,
    pub clinic_name: String,
    pub state: String,
    pub client_name: String,
    pub created_at: i64,
    /// Who has the case.
    pub assigned_to: Option<Uuid>,
    pub uncleared: bool,
}

/// A rule that was broken for an appointment.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OverrideRow {
    pub id: Uuid,
    pub appointment_id: Uuid,
    pub staff_id: Uuid,
    pub rule: String,
    pub reason: String,
    pub at: i64,
}

/// The calendar's questions.
#[async_trait]
pub trait CalendarRecords {
    /// Appointments of one clinic, or all, that start in `[from, until)` (seconds), by start, with whether their conflict
    /// check is open. Cancelled and expired ones are left out.
    async fn checked_between(
        &mut self,
        clinic: Option<&str>,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CheckedAppointment>>;
    /// Who and what the meetings of all clinics that start in `[from, until)` take.
    async fn allocated_between(&mut self, from: i64, until: i64) -> Stored<Vec<AllocatedRow>>;
    /// The hours of one clinic, or all, whenever they are in force, and the terms, closures and absences that touch
    /// these dates; absences of all clinics, because a person is away from every one.
    async fn plan(
        &mut self,
        clinic: Option<&str>,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<PlanRow>>;
    /// What is away at some time in `[from, until)` (seconds), of all clinics.
    async fn away_between(&mut self, from: i64, until: i64) -> Stored<Vec<AwayRow>>;
    /// Appointments of a clinic that fit, the latest first; at most `limit`.
    async fn find_appointments(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<CheckedAppointment>>;
    /// Cases of a clinic that fit, the newest first; at most `limit`.
    async fn find_requests(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<FoundRequest>>;
    /// Places on the waiting list of a clinic that fit, the latest first. Where a clinic checks names, by reference alone.
    async fn find_waiting(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<FoundRequest>>;
    /// A text that is another after every change that the desk shows.
    async fn change_mark(&mut self) -> Stored<String>;
    /// Keeps why a rule was broken.
    async fn put_override(&mut self, row: &OverrideRow) -> Stored<()>;
    /// The rules that were broken for an appointment, oldest first.
    async fn overrides(&mut self, appointment: Uuid) -> Stored<Vec<OverrideRow>>;
}
