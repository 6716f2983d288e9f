//! Rows of what staff edit about a clinic's time, with the revision that each edit is made of, and the port to them.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{CalendarRow, ResourceRow, Stored, WindowRow};
use crate::domain::schedule::Facts;

/// Hours of work, to edit.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct SessionRow {
    pub id: Uuid,
    pub weekday: Option<i64>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub start_minute: Option<i64>,
    pub end_minute: Option<i64>,
    pub revision: i64,
}

/// Who or what is posted to hours of work.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct PostingRow {
    pub window_id: Uuid,
    pub resource_id: Uuid,
    pub part: String,
}

/// A term, closure or bank holiday, to edit.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct DatesRow {
    pub id: Uuid,
    pub clinic_id: Option<String>,
    pub kind: String,
    pub from_date: NaiveDate,
    pub until_date: NaiveDate,
    pub title: String,
    pub revision: i64,
}

/// A person or a room, to edit.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct MemberRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub features: String,
    pub active: bool,
    pub revision: i64,
}

/// A piece of time in which somebody, something or a whole clinic (no resource) is not there.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct AbsenceRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub resource_id: Option<Uuid>,
    pub from_at: i64,
    pub until_at: i64,
    pub kind: String,
    pub title: String,
    pub revision: i64,
}

/// Something that a meeting takes, with the meeting.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct EngagementRow {
    pub meeting_id: Uuid,
    pub service_id: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub resource_id: Uuid,
    pub part: String,
    pub busy_from: i64,
    pub busy_until: i64,
    pub mode: String,
    pub exception: String,
}

/// What staff edit about a clinic's time. Every update is a compare-and-swap by the revision: false if somebody else
/// has changed or removed the row.
#[async_trait]
pub trait SetupRecords {
    /// The sessions of a clinic, weekly ones first, by day and time.
    async fn sessions(&mut self, clinic: &str) -> Stored<Vec<SessionRow>>;
    /// Who and what is posted to them.
    async fn postings(&mut self, clinic: &str) -> Stored<Vec<PostingRow>>;
    /// The terms, closures and bank holidays that end on `from` or later: the clinic's own and those of all clinics.
    async fn dates_from(&mut self, clinic: &str, from: NaiveDate) -> Stored<Vec<DatesRow>>;
    /// Absences that end after `from` (seconds): the clinic's own, and those of its people and rooms.
    async fn absences(&mut self, clinic: &str, from: i64) -> Stored<Vec<AbsenceRow>>;
    /// The people and rooms of one clinic, or all, by name.
    async fn members(&mut self, clinic: Option<&str>) -> Stored<Vec<MemberRow>>;
    /// Who may work on which of the clinic's services.
    async fn skills(&mut self, clinic: &str) -> Stored<Vec<(Uuid, String)>>;
    /// The clinics that a person or room belongs to.
    async fn clinics_of(&mut self, resource: Uuid) -> Stored<Vec<String>>;
    /// Every person and room with each clinic that has them.
    async fn clinics_of_all(&mut self) -> Stored<Vec<(Uuid, String)>>;
    /// All that the clinic's meetings that start in `[from, until)` (seconds) take; ended holds left out.
    async fn engagements(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
        now: i64,
    ) -> Stored<Vec<EngagementRow>>;
    /// Whether a service is switched on, and its clinic.
    async fn is_offered(&mut self, service: &str) -> Stored<bool>;
    /// What the clients of those meetings need: the meeting with the JSON of a client who needs something.
    async fn access_between(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
    ) -> Stored<Vec<(Uuid, String)>>;
    /// As [`super::ClinicRecords::facts`], for a service or clinic that may be switched off.
    async fn facts_of_any(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
    ) -> Stored<Option<Facts>>;
    /// What the questions found about the appointments of a clinic that start in `[from, until)`: id with JSON.
    async fn assessments_between(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
    ) -> Stored<Vec<(Uuid, String)>>;
    /// The revision of a clinic.
    async fn clinic_revision(&mut self, clinic: &str) -> Stored<Option<i64>>;
    /// The revision of a service.
    async fn service_revision(&mut self, service: &str) -> Stored<Option<i64>>;
    /// Takes the next revision of a clinic.
    async fn revise_clinic(&mut self, clinic: &str, base: i64) -> Stored<bool>;
    /// Takes the next revision of a service.
    async fn revise_service(&mut self, service: &str, base: i64) -> Stored<bool>;
    /// Changes a person or room.
    async fn update_member(&mut self, row: &ResourceRow, base: i64) -> Stored<bool>;
    /// Puts a person or room on a clinic's list.
    async fn list_member(&mut self, clinic: &str, resource: Uuid) -> Stored<()>;
    /// Makes whoever books this person or room wait for this transaction's end.
    async fn lock_member(&mut self, resource: Uuid) -> Stored<()>;
    /// Says which of the clinic's services a person may work on, and no other of them.
    async fn set_skills(&mut self, resource: Uuid, clinic: &str, services: &[String])
    -> Stored<()>;
    /// Changes hours of work and who is there.
    async fn update_window(
        &mut self,
        row: &WindowRow,
        staff: &[(Uuid, String)],
        base: i64,
    ) -> Stored<bool>;
    /// Removes hours of work.
    async fn drop_window(&mut self, id: Uuid, base: i64) -> Stored<bool>;
    /// Changes a term, closure or bank holiday.
    async fn update_dates(&mut self, row: &CalendarRow, base: i64) -> Stored<bool>;
    /// Removes a term, closure or bank holiday.
    async fn drop_dates(&mut self, id: Uuid, base: i64) -> Stored<bool>;
    /// Adds an absence.
    async fn put_absence(&mut self, row: &AbsenceRow, now: i64) -> Stored<()>;
    /// Changes an absence.
    async fn update_absence(&mut self, row: &AbsenceRow, base: i64) -> Stored<bool>;
    /// Removes an absence.
    async fn drop_absence(&mut self, id: Uuid, base: i64) -> Stored<bool>;
    /// Gives a meeting another person or room in the place of one it has.
    async fn reassign(&mut self, meeting: Uuid, old: Uuid, new: Uuid) -> Stored<()>;
}
