//! The working day and the counts of reports: rows, and what may be asked of them.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AllocationRow, Stored};

/// The setting that holds the rates of all clinics (JSON: clinic to pence an hour of students and of supervisors).
pub const HOURLY_RATES: &str = "hourly_rates";

/// What the desk knows of an appointment beside its state. Instants are seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct VisitRow {
    pub appointment_id: Uuid,
    pub late_minutes: Option<i64>,
    pub arrived_at: Option<i64>,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub left_early: bool,
    pub walk_in: bool,
    pub follows: Option<Uuid>,
}

/// Something that meetings of a clinic are about.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct IssueRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub name: String,
    pub position: i64,
    pub enabled: bool,
}

/// What came of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OutcomeRow {
    pub appointment_id: Uuid,
    pub result: String,
    pub issue_id: Option<Uuid>,
    pub student_minutes: i64,
    pub supervisor_minutes: i64,
    pub confidence_before: Option<i64>,
    pub confidence_after: Option<i64>,
    pub recorded_by: Uuid,
    pub recorded_at: i64,
    pub revision: i64,
}

/// Somebody who supervises in a session of a clinic on a date; minutes are after local midnight.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct DutyRow {
    pub clinic_id: String,
    pub clinic_name: String,
    pub supervisor_ratio: i64,
    pub weekday: Option<i64>,
    pub start_minute: Option<i64>,
    pub end_minute: Option<i64>,
    pub resource_id: Option<Uuid>,
    pub name: Option<String>,
}

/// Somebody or something that a clinic's sessions name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NamedResource {
    pub id: Uuid,
    pub name: String,
}

/// A supervisor of a clinic, as somebody to whom a case can be given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct SupervisorRow {
    pub clinic_id: String,
    pub id: Uuid,
    pub name: String,
}

/// An appointment, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct CountedAppointment {
    pub clinic_id: String,
    pub state: String,
    pub meeting_id: Uuid,
    pub starts_at: i64,
    pub ends_at: i64,
    pub created_at: i64,
    /// When the case came in that it grew out of, if it did.
    pub asked_at: Option<i64>,
    /// When they joined the waiting list from which they were offered this time, if they were.
    pub joined_at: Option<i64>,
    /// The clinic's code for what it is about, as the client chose it; empty if none was asked.
    pub topic: String,
    /// Booked after another meeting, or of a service for people who have been before.
    pub again: bool,
    pub turned_down: bool,
    pub advisers: i64,
    pub result: Option<String>,
    pub issue: Option<String>,
    pub student_minutes: Option<i64>,
    pub supervisor_minutes: Option<i64>,
    pub confidence_before: Option<i64>,
    pub confidence_after: Option<i64>,
}

/// A request, or a place on the waiting list that no request went before, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct CountedRequest {
    pub clinic_id: String,
    pub topic: String,
    pub created_at: i64,
    /// Declined, or ended without a time.
    pub could_not_help: bool,
}

/// Forms that ended without a request or a time.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct EndingRow {
    pub clinic_id: String,
    pub month: String,
    pub kind: String,
    pub reason: String,
    pub people: i64,
}

/// A session with how many advise in it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct HoursRow {
    pub clinic_id: String,
    pub weekday: Option<i64>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub start_minute: Option<i64>,
    pub end_minute: Option<i64>,
    /// One of those who advise in it; none where nobody does.
    pub adviser: Option<Uuid>,
}

/// A term, closure or bank holiday of a clinic, or of all.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OpenDatesRow {
    pub clinic_id: Option<String>,
    pub kind: String,
    pub from_date: NaiveDate,
    pub until_date: NaiveDate,
}

/// The working day.
#[async_trait]
pub trait DayRecords {
    /// References of the appointments that were booked after this one and stand, the first first.
    async fn followers(&mut self, after: Uuid) -> Stored<Vec<String>>;
    /// What the desk knows of an appointment; `None` if nothing was noted yet.
    async fn visit(&mut self, appointment: Uuid) -> Stored<Option<VisitRow>>;
    /// Writes it, in the place of what was there.
    async fn put_visit(&mut self, visit: &VisitRow) -> Stored<()>;
    /// The visits of appointments that start in `[from, until)` (seconds).
    async fn visits_between(&mut self, from: i64, until: i64) -> Stored<Vec<VisitRow>>;
    /// Which appointments that start in `[from, until)` have an outcome.
    async fn with_outcome_between(&mut self, from: i64, until: i64) -> Stored<Vec<Uuid>>;
    /// What came of a meeting.
    async fn outcome(&mut self, appointment: Uuid) -> Stored<Option<OutcomeRow>>;
    /// Writes it if the row there has the revision before (0: there is none): false if somebody else was first.
    async fn put_outcome(&mut self, outcome: &OutcomeRow) -> Stored<bool>;
    /// What meetings of a clinic, or of all, are about, in order; those no longer used too.
    async fn issues(&mut self, clinic: Option<&str>) -> Stored<Vec<IssueRow>>;
    /// Adds an issue, or changes its place and whether it is used.
    async fn put_issue(&mut self, issue: &IssueRow) -> Stored<()>;
    /// Every session in force on a date in a clinic that is open then, with each supervisor in it; one row without a
    /// supervisor where a session has none.
    async fn duty(&mut self, date: NaiveDate) -> Stored<Vec<DutyRow>>;
    /// The names on missed appointments of a clinic made with this address (lower case) or number (E.164), other than
    /// `except`.
    async fn missed_names(
        &mut self,
        clinic: &str,
        email: Option<&str>,
        phone: Option<&str>,
        except: Uuid,
    ) -> Stored<Vec<String>>;
    /// People and rooms that a clinic's sessions name, by name.
    async fn posted_resources(&mut self, clinic: &str) -> Stored<Vec<NamedResource>>;
    /// What a meeting takes.
    async fn allocations(&mut self, meeting: Uuid) -> Stored<Vec<AllocationRow>>;
    /// Puts these in the place of all that a meeting takes.
    async fn put_allocations(&mut self, meeting: Uuid, all: &[AllocationRow]) -> Stored<()>;
    /// Supervisors of every clinic, by name.
    async fn supervisors(&mut self) -> Stored<Vec<SupervisorRow>>;
    /// Adds one to the counter of forms that ended so in a month (`YYYY-MM`).
    async fn count_ending(
        &mut self,
        clinic: &str,
        month: &str,
        kind: &str,
        reason: &str,
    ) -> Stored<()>;
    /// Appointments that were made or start in `[from, until)` (seconds), but for holds.
    async fn counted_appointments(
        &mut self,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CountedAppointment>>;
    /// Requests and places on the waiting list that came in in `[from, until)` (seconds).
    async fn counted_requests(&mut self, from: i64, until: i64) -> Stored<Vec<CountedRequest>>;
    /// Counters of the months from `from` to `until`, both inclusive (`YYYY-MM`).
    async fn endings(&mut self, from: &str, until: &str) -> Stored<Vec<EndingRow>>;
    /// Sessions of every clinic that are in force at some time on these dates: a row for each who advises there.
    async fn hours_between(&mut self, from: NaiveDate, until: NaiveDate) -> Stored<Vec<HoursRow>>;
    /// Terms, closures and bank holidays of every clinic that touch these dates, each with its clinic; none for all.
    async fn open_dates_between(
        &mut self,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<OpenDatesRow>>;
}
