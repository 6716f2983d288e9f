//! The port to the database, and the two engines behind it.
//!
//! Use cases ask a [`Store`] for [`Records`]: a transaction in which they read, decide and write. The queries are one set
//! of Rust files (`store/queries`), compiled once against `SQLite` and once against `PostgreSQL`; what differs stands in
//! each engine's `dialect`. A violated rule of the database comes back as the rule it is ([`StoreError::Overcommitted`],
//! [`StoreError::Full`], [`StoreError::Duplicate`]), translated in one place.

mod accounts;
mod audit_log;
pub mod backup;
mod calendar;
mod conflicts;
mod day;
mod nudges;
mod places;
mod post;
mod postgres;
mod pulse;
mod question_sets;
mod request_rows;
mod retention;
mod rows;
mod setup_rows;
mod sqlite;
#[cfg(test)]
mod tests;
mod waiting;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::booking::State;
use crate::domain::schedule::Facts;

pub use accounts::*;
pub use audit_log::*;
pub use calendar::*;
pub use conflicts::*;
pub use day::*;
pub use nudges::*;
pub use places::*;
pub use post::*;
pub use pulse::*;
pub use question_sets::*;
pub use request_rows::*;
pub use retention::*;
pub use rows::*;
pub use setup_rows::*;
pub use waiting::*;

/// What can go wrong below the use cases.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Invariant 1: a person or room would be in more meetings at once than allowed.
    #[error("a person or room is taken at that time")]
    Overcommitted,
    /// Invariant 2: the meeting has no place left.
    #[error("the meeting is full")]
    Full,
    /// Something that may exist once exists already.
    #[error("it exists already")]
    Duplicate,
    /// Another transaction was in the way; trying again may well succeed.
    #[error("another change was in the way")]
    Contended,
    /// The database cannot be reached or does not answer.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A row holds what no version of this program wrote.
    #[error("unreadable row: {0}")]
    Corrupt(String),
    /// Anything else.
    #[error("database: {0}")]
    Other(String),
}

/// How a database's schema compares with the migrations of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// Migrations that are not applied yet.
    pub missing: usize,
    /// Migrations that are applied and that this program does not know: a newer version made them.
    pub unknown: usize,
}

/// Result of a call to the store.
pub type Stored<T> = Result<T, StoreError>;

/// A database that is open and migrated.
#[async_trait]
pub trait Store: Send + Sync {
    /// A snapshot to read from. Writing through it is an error.
    async fn read(&self) -> Stored<Box<dyn Records>>;
    /// A transaction to write in. On `SQLite` there is one at a time; nothing is kept unless [`Records::commit`] is called.
    async fn write(&self) -> Stored<Box<dyn Records>>;
    /// Ends every connection; on `SQLite` what stands beside the file goes into it. Nothing can be asked after.
    async fn close(&self);
    /// Applies the migrations that are missing.
    async fn migrate(&self) -> Stored<()>;
    /// The engine's name and version, for `doctor` and the log.
    async fn engine(&self) -> Stored<String>;
    /// How the schema compares with the migrations of this program. Changes nothing.
    async fn schema(&self) -> Stored<Schema>;
    /// The instant by the database's own clock, in seconds.
    async fn clock(&self) -> Stored<i64>;
    /// The connections that are open.
    fn pools(&self) -> Vec<PoolUse>;
}

/// One transaction.
#[async_trait]
pub trait Records:
    ClinicRecords
    + BookingRecords
    + IntakeRecords
    + MessageRecords
    + StaffRecords
    + EqualityRecords
    + ConflictRecords
    + RequestRecords
    + QuestionRecords
    + AccountRecords
    + AuditRecords
    + DayRecords
    + PulseRecords
    + CalendarRecords
    + SetupRecords
    + PlaceRecords
    + NudgeRecords
    + PostRecords
    + WaitingRecords
    + RetentionRecords
    + Send
{
    /// Makes everything written so far durable, or nothing.
    async fn commit(self: Box<Self>) -> Stored<()>;
    /// Remembers how far this transaction has come, in place of what it remembered before.
    async fn save_point(&mut self) -> Stored<()>;
    /// Takes back what was written since.
    async fn back_to_save_point(&mut self) -> Stored<()>;
}

/// Clinics, services and their time.
#[async_trait]
pub trait ClinicRecords {
    /// All clinics, in the order to show them.
    async fn clinics(&mut self) -> Stored<Vec<ClinicRow>>;
    /// The services of one clinic, or of all, in the order to show them.
    async fn services(&mut self, clinic: Option<&str>) -> Stored<Vec<ServiceRow>>;
    /// What availability needs to know of a service on local dates `from` to `until` (inclusive), in a fixed number of
    /// queries. Holds that ended before `now` (seconds) count as free, and so does the meeting `ignoring`; for that one's
    /// sake the service may be switched off, else there are no facts of it.
    async fn facts(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<Option<Facts>>;
    /// The clinic's working windows and closures, for the staff calendar.
    async fn windows(&mut self, clinic: &str) -> Stored<Vec<WindowRow>>;
    /// The clinic's terms, closures and bank holidays that touch these dates.
    async fn calendar_dates(
        &mut self,
        clinic: &str,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<CalendarRow>>;
    /// A setting's value.
    async fn setting(&mut self, name: &str) -> Stored<Option<String>>;
    /// Writes a setting.
    async fn put_setting(&mut self, name: &str, value: &str) -> Stored<()>;
    /// Adds a clinic, or replaces what is said of it.
    async fn put_clinic(&mut self, clinic: &ClinicRow) -> Stored<()>;
    /// Adds a service, or replaces its rules.
    async fn put_service(&mut self, service: &ServiceRow) -> Stored<()>;
    /// Adds a person or a room.
    async fn put_resource(&mut self, resource: &ResourceRow, services: &[String]) -> Stored<()>;
    /// Says that a person may work on a service.
    async fn add_skill(&mut self, resource: Uuid, service: &str) -> Stored<()>;
    /// Adds working hours with who is there.
    async fn put_window(&mut self, window: &WindowRow, staff: &[(Uuid, String)]) -> Stored<()>;
    /// Adds a term, closure or bank holiday.
    async fn put_calendar_dates(&mut self, dates: &CalendarRow) -> Stored<()>;
}

/// Meetings, appointments and what happened to them.
#[async_trait]
pub trait BookingRecords {
    /// Ends every hold that ran out at or before `now` (seconds) and frees what it kept.
    async fn expire_holds(&mut self, now: i64) -> Stored<Vec<ExpiredHold>>;
    /// Adds a meeting with all that it takes.
    async fn put_meeting(
        &mut self,
        meeting: &MeetingRow,
        allocations: &[AllocationRow],
    ) -> Stored<()>;
    /// Says what a supervisor has allowed a meeting: a word of [`crate::domain::trouble::Exception`].
    async fn put_exception(&mut self, meeting: Uuid, exception: &str) -> Stored<()>;
    /// Adds an appointment.
    async fn put_appointment(&mut self, appointment: &NewAppointment) -> Stored<()>;
    /// An appointment with all that is said of it.
    async fn appointment(&mut self, id: Uuid) -> Stored<Option<AppointmentRow>>;
    /// The appointment of that reference.
    async fn appointment_by_reference(&mut self, reference: &str)
    -> Stored<Option<AppointmentRow>>;
    /// Compare-and-swap of the state: false if it is no longer `from`.
    async fn change_state(&mut self, id: Uuid, from: State, to: State, now: i64) -> Stored<bool>;
    /// Says who has the appointment and on which answers it rests.
    async fn give_to(&mut self, id: Uuid, client: Uuid, intake: Option<Uuid>) -> Stored<()>;
    /// When a hold ends.
    async fn set_hold(&mut self, id: Uuid, until: i64, now: i64) -> Stored<()>;
    /// Makes rivals that name the same keys take turns until this transaction ends.
    async fn take_turns(&mut self, keys: &[i64]) -> Stored<()>;
    /// The names on appointments that overlap `[from, until)` (seconds) and were made with this address (lower case) or
    /// number (E.164), other than `except`.
    async fn names_at(
        &mut self,
        email: Option<&str>,
        phone: Option<&str>,
        from: i64,
        until: i64,
        except: Uuid,
    ) -> Stored<Vec<String>>;
    /// Puts an appointment into another meeting and counts the change.
    async fn put_in_meeting(&mut self, id: Uuid, meeting: Uuid, now: i64) -> Stored<()>;
    /// Frees what a meeting takes if nobody but this appointment is in it; whether it did.
    async fn stand_down(&mut self, meeting: Uuid, leaving: Uuid) -> Stored<bool>;
    /// Raises the calendar sequence.
    async fn raise_sequence(&mut self, id: Uuid) -> Stored<()>;
    /// The client says that they are coming.
    async fn set_coming(&mut self, id: Uuid, now: i64) -> Stored<()>;
    /// Brings a meeting and what it takes in line with the appointments it has left.
    async fn settle_meeting(&mut self, meeting: Uuid) -> Stored<()>;
    /// Adds contact details.
    async fn put_client(&mut self, client: &ClientRow) -> Stored<()>;
    /// How a client can be reached.
    async fn contact(&mut self, client: Uuid) -> Stored<Option<ContactRow>>;
    /// Writes how a client can be reached from now on.
    async fn change_contact(&mut self, contact: &ContactRow) -> Stored<()>;
    /// Ends every link that was mailed about this client's appointments, cases and places on the waiting list.
    async fn revoke_links(&mut self, client: Uuid) -> Stored<()>;
    /// Makes of the calls to this client that wait tasks without a number; a call-back has a number of its own and stays.
    async fn silence_calls(&mut self, client: Uuid) -> Stored<()>;
    /// Adds the answers a booking or request rests on.
    async fn put_intake(&mut self, intake: &IntakeRow) -> Stored<()>;
    /// Adds a line to the audit log.
    async fn put_audit(&mut self, line: &AuditRow) -> Stored<()>;
    /// What happened to one record, oldest first; who looked at it is in the audit log alone.
    async fn history(&mut self, subject: Uuid) -> Stored<Vec<HistoryRow>>;
    /// Appointments of one clinic, or all, that start in `[from, until)` (seconds), by start. Ended holds and cancelled
    /// ones are left out.
    async fn appointments_between(
        &mut self,
        clinic: Option<&str>,
        from: i64,
        until: i64,
    ) -> Stored<Vec<AppointmentRow>>;
    /// Who and what the meetings that start in `[from, until)` have.
    async fn staffing_between(&mut self, from: i64, until: i64) -> Stored<Vec<StaffingRow>>;
    /// The stored reply to a request that may be retried.
    async fn reply(&mut self, key: &[u8]) -> Stored<Option<ReplyRow>>;
    /// Stores a reply; [`StoreError::Duplicate`] if the key has one.
    async fn put_reply(&mut self, reply: &ReplyRow, now: i64) -> Stored<()>;
}

/// Drafts, requests and calls.
#[async_trait]
pub trait IntakeRecords {
    /// The sealed draft of a visitor for a clinic.
    async fn draft(&mut self, visitor: &[u8], clinic: &str, now: i64) -> Stored<Option<String>>;
    /// The same, locked until the transaction ends, so that two tabs take turns.
    async fn lock_draft(
        &mut self,
        visitor: &[u8],
        clinic: &str,
        now: i64,
    ) -> Stored<Option<String>>;
    /// Writes a draft.
    async fn put_draft(
        &mut self,
        visitor: &[u8],
        clinic: &str,
        sealed: &str,
        expires_at: i64,
    ) -> Stored<()>;
    /// Forgets one draft.
    async fn drop_draft(&mut self, visitor: &[u8], clinic: &str) -> Stored<()>;
    /// Forgets drafts, replies and staff sessions that have had their time.
    async fn prune(&mut self, now: i64) -> Stored<u64>;
    /// Adds a request.
    async fn put_request(&mut self, request: &NewRequest) -> Stored<()>;
    /// A request with all that is said of it.
    async fn request(&mut self, id: Uuid) -> Stored<Option<RequestRow>>;
    /// Open requests of one clinic, or all: earliest deadline, then urgent ones, then the oldest.
    async fn open_requests(&mut self, clinic: Option<&str>) -> Stored<Vec<RequestRow>>;
    /// Adds a call to make.
    async fn put_call(&mut self, call: &NewCall) -> Stored<()>;
    /// Open calls of one clinic, or all: urgent ones first, then the oldest.
    async fn open_calls(&mut self, clinic: Option<&str>) -> Stored<Vec<CallRow>>;
    /// Ends the calls that would tell older news of a request.
    async fn end_older_request_calls(&mut self, request: Uuid, now: i64) -> Stored<()>;
    /// Ends the calls that would tell older news of an appointment. Calls that the client asked for stay.
    async fn end_older_calls(&mut self, appointment: Uuid, now: i64) -> Stored<()>;
    /// Marks a call as made: false if it was not open.
    async fn close_call(&mut self, id: Uuid, staff: Uuid, now: i64) -> Stored<bool>;

    /// Writes down that somebody rang at `now` and nobody answered; the call stays open. False if it is not open,
    /// or if that was written within the last minute: a second press is the same try.
    async fn try_call(&mut self, id: Uuid, now: i64) -> Stored<bool>;
}

/// The outbox.
#[async_trait]
pub trait MessageRecords {
    /// Queues a message.
    async fn queue(&mut self, message: &NewMessage) -> Stored<()>;
    /// Takes up to `limit` messages that are due, for this worker alone until `lease_until`.
    async fn claim(&mut self, now: i64, lease_until: i64, limit: i64) -> Stored<Claimed>;
    /// Ends a message: sent, dropped or failed, with the reason. False if it was no longer queued.
    async fn finish(&mut self, id: Uuid, state: &str, reason: &str, now: i64) -> Stored<bool>;
    /// Puts a message back for later, unless its lease ran out meanwhile and another worker has it (`attempt` is the one
    /// that was claimed).
    async fn try_later(&mut self, id: Uuid, attempt: i64, due_at: i64, reason: &str) -> Stored<()>;
    /// How many messages are in each state.
    async fn outbox_counts(&mut self) -> Stored<Vec<(String, i64)>>;
}

/// Staff and how they sign in.
#[async_trait]
pub trait StaffRecords {
    /// How many accounts there are.
    async fn staff_count(&mut self) -> Stored<i64>;
    /// Adds a member of staff; [`StoreError::Duplicate`] if the address is taken.
    async fn put_staff(&mut self, staff: &StaffRow) -> Stored<()>;
    /// Gives a role in a clinic (empty: all clinics).
    async fn put_role(&mut self, staff: Uuid, role: &str, clinic: &str) -> Stored<()>;
    /// The account of that address (lower case).
    async fn staff_by_email(&mut self, email: &str) -> Stored<Option<StaffRow>>;
    /// The account.
    async fn staff(&mut self, id: Uuid) -> Stored<Option<StaffRow>>;
    /// Roles with their clinics.
    async fn roles(&mut self, staff: Uuid) -> Stored<Vec<(String, String)>>;
    /// Sets a password (PHC string) and ends every session and every one-time link of the account.
    async fn set_password(&mut self, staff: Uuid, password: &str) -> Stored<()>;
    /// Starts a session.
    async fn put_session(
        &mut self,
        token_hash: &[u8],
        staff: Uuid,
        now: i64,
        expires_at: i64,
    ) -> Stored<()>;
    /// Ends a session.
    async fn drop_session(&mut self, token_hash: &[u8]) -> Stored<()>;
    /// Stores a one-time link.
    async fn put_staff_link(
        &mut self,
        token_hash: &[u8],
        staff: Uuid,
        expires_at: i64,
    ) -> Stored<()>;
    /// Whose link it is, if it stands and is not used.
    async fn staff_link(&mut self, token_hash: &[u8], now: i64) -> Stored<Option<StaffRow>>;
    /// Uses a link up: false if it was used already.
    async fn use_staff_link(&mut self, token_hash: &[u8], now: i64) -> Stored<bool>;
}

/// Answers to the questions about equality: counters alone.
#[async_trait]
pub trait EqualityRecords {
    /// Adds one to the counter of an answer in a clinic and month (`YYYY-MM`).
    async fn count_equality(
        &mut self,
        clinic: &str,
        month: &str,
        question: &str,
        answer: &str,
    ) -> Stored<()>;
}

/// What becomes of cases.
#[async_trait]
pub trait RequestRecords {
    /// The request of that reference.
    async fn request_by_reference(&mut self, reference: &str) -> Stored<Option<RequestRow>>;
    /// Requests of one clinic, or all, in which staff or the client still have something to do: earliest deadline, then
    /// urgent ones, then the oldest.
    async fn standing_requests(&mut self, clinic: Option<&str>) -> Stored<Vec<RequestRow>>;
    /// Compare-and-swap by the revision: false if the case has another by now.
    async fn change_request(&mut self, change: &RequestChange) -> Stored<bool>;
    /// Says who has a case that `was` somebody's; `None` for nobody. False if it is somebody else's by now.
    async fn assign_request(
        &mut self,
        id: Uuid,
        was: Option<Uuid>,
        staff: Option<Uuid>,
    ) -> Stored<bool>;
    /// Adds a proposal or decision; [`StoreError::Duplicate`] if this revision was decided already.
    async fn put_decision(&mut self, decision: &NewDecision) -> Stored<()>;
    /// The proposals and decisions about a case, by the revision they were made of; proposals before the decision.
    async fn decisions(&mut self, request: Uuid) -> Stored<Vec<DecisionRow>>;
    /// Writes the client's answer beside the question.
    async fn answer_decision(&mut self, id: Uuid, answer: &str, now: i64) -> Stored<()>;
    /// Advisers and supervisors of a clinic, by name.
    async fn colleagues(&mut self, clinic: &str) -> Stored<Vec<ColleagueRow>>;
}

/// Opens the database that the address names (`sqlite:path` or `postgres://…`). Creates an `SQLite` file that is not there.
pub async fn open(url: &str) -> Stored<Arc<dyn Store>> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Arc::new(postgres::open(url).await?))
    } else {
        Ok(Arc::new(sqlite::open(url).await?))
    }
}

/// Turns an error of the driver into the rule it stands for. The one place that knows the engines' codes.
fn translate(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            let message = database.message();
            if message.contains("clinics: meeting full") {
                StoreError::Full
            } else if message.contains("clinics: resource over-committed") || code == "23P01" {
                StoreError::Overcommitted
            } else if database.is_unique_violation() {
                StoreError::Duplicate
            } else if matches!(
                code.as_ref(),
                "40001" | "40P01" | "55P03" | "5" | "261" | "517"
            ) {
                StoreError::Contended
            } else if matches!(
                code.as_ref(),
                "57P01" | "57P02" | "57P03" | "53300" | "14" | "10"
            ) || code.starts_with("08")
            {
                StoreError::Unavailable(message.to_owned())
            } else {
                StoreError::Other(format!("{code} {message}"))
            }
        }
        sqlx::Error::PoolTimedOut => StoreError::Unavailable("no connection in time".to_owned()),
        sqlx::Error::PoolClosed => StoreError::Unavailable("shutting down".to_owned()),
        sqlx::Error::Io(io) => StoreError::Unavailable(io.to_string()),
        sqlx::Error::ColumnDecode { index, source } => {
            StoreError::Corrupt(format!("{index}: {source}"))
        }
        other => StoreError::Other(other.to_string()),
    }
}
