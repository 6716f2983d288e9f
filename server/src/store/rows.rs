//! Rows as they are stored. Instants are seconds since 1970 in UTC, dates are local and inclusive, times of day are minutes
//! after local midnight; names of states and parts are the stored words. Use cases turn them into the domain's types.

use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{StoreError, Stored};

/// A clinic. `about` is JSON ([`crate::clinics::About`]).
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ClinicRow {
    pub id: String,
    pub name: String,
    pub position: i64,
    pub enabled: bool,
    pub supervisor_ratio: i64,
    pub about: String,
}

/// A service and its rules.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ServiceRow {
    pub id: String,
    pub clinic_id: String,
    pub name: String,
    pub neutral_label: String,
    pub price: String,
    pub position: i64,
    pub enabled: bool,
    pub booking: String,
    pub offered_to: String,
    pub modes: String,
    pub minutes: i64,
    pub buffer_before: i64,
    pub buffer_after: i64,
    pub start_every: i64,
    pub notice_minutes: i64,
    pub horizon_days: i64,
    pub capacity: i64,
    pub advisers_needed: i64,
    pub daily_cap: Option<i64>,
    pub turnaround_days: i64,
    pub reminder_days: String,
}

/// A person or a room.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ResourceRow {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub features: String,
    pub active: bool,
}

/// Hours of work.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct WindowRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub weekday: Option<i64>,
    pub from_date: NaiveDate,
    pub until_date: Option<NaiveDate>,
    pub start_minute: Option<i64>,
    pub end_minute: Option<i64>,
}

/// A term, closure or bank holiday.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct CalendarRow {
    pub id: Uuid,
    pub clinic_id: Option<String>,
    pub kind: String,
    pub from_date: NaiveDate,
    pub until_date: NaiveDate,
    pub title: String,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct MeetingRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub service_id: String,
    pub mode: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub capacity: i64,
}

/// What a meeting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct AllocationRow {
    pub id: Uuid,
    pub resource_id: Uuid,
    pub part: String,
    pub busy_from: i64,
    pub busy_until: i64,
    pub at_once: i64,
    pub hold_until: Option<i64>,
}

/// An appointment to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewAppointment {
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub clinic_id: String,
    pub service_id: String,
    pub reference: String,
    pub state: &'static str,
    pub client_id: Option<Uuid>,
    pub intake_id: Option<Uuid>,
    pub hold_expires_at: Option<i64>,
    pub source: &'static str,
    pub created_at: i64,
}

/// An appointment with its meeting, service, clinic, client and answers.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(
    missing_docs,
    reason = "the columns of the view, explained at their tables"
)]
pub struct AppointmentRow {
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub clinic_id: String,
    pub service_id: String,
    pub reference: String,
    pub state: String,
    pub client_id: Option<Uuid>,
    pub intake_id: Option<Uuid>,
    pub hold_expires_at: Option<i64>,
    pub sequence: i64,
    pub link_version: i64,
    pub source: String,
    pub coming_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
    pub mode: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub capacity: i64,
    pub service_name: String,
    pub neutral_label: String,
    pub booking: String,
    pub minutes: i64,
    pub clinic_name: String,
    pub client_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub safe_to_email: Option<bool>,
    pub safe_to_call: Option<bool>,
    pub call_window: Option<String>,
    pub leave_message: Option<bool>,
    pub postcode_area: Option<String>,
    pub language: Option<String>,
    pub interpreter: Option<bool>,
    pub access: Option<String>,
    pub organisation: Option<String>,
    pub stop_shown: Option<bool>,
    pub pack_version: Option<String>,
    pub answers: Option<String>,
}

/// A hold that ran out and was ended.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ExpiredHold {
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub clinic_id: String,
}

/// Contact details.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one person, as stored"
)]
pub struct ClientRow {
    pub id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    pub postcode_area: Option<String>,
    pub no_fixed_home: bool,
    pub language: String,
    pub interpreter: bool,
    pub access: String,
    pub organisation: Option<String>,
    pub created_at: i64,
}

/// How a client can be reached.
#[derive(Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ContactRow {
    pub id: Uuid,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
}

impl std::fmt::Debug for ContactRow {
    /// Without the address and the number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ContactRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The answers a booking or request rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct IntakeRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub pack_version: String,
    pub answers: String,
    pub assessment: String,
    pub stop_shown: bool,
    /// What it is about, as the value of an option of the clinic's question; empty if it does not ask.
    pub topic: String,
    pub created_at: i64,
    /// What nobody reads until a conflict check is cleared, and the names for it (`booking::conflict::Sealed`).
    pub sealed: Option<String>,
}

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct AuditRow {
    pub id: Uuid,
    pub at: i64,
    pub actor_kind: &'static str,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub subject_kind: &'static str,
    pub subject_id: Uuid,
    pub clinic_id: Option<String>,
    pub detail: String,
}

/// A line of a record's history, with the name of the member of staff, if it was one.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct HistoryRow {
    pub at: i64,
    pub actor_kind: String,
    pub staff_name: Option<String>,
    pub action: String,
    pub detail: String,
}

/// Who or what a meeting has.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct StaffingRow {
    pub meeting_id: Uuid,
    pub resource_id: Uuid,
    pub part: String,
    pub name: String,
    pub exception: String,
}

/// The reply to a request that may be retried.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ReplyRow {
    pub key_hash: Vec<u8>,
    pub body_hash: Vec<u8>,
    pub reply: String,
}

/// A request to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewRequest {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub client_id: Uuid,
    pub intake_id: Uuid,
    pub priority: Option<&'static str>,
    pub deadline: Option<NaiveDate>,
    pub respond_by: i64,
    pub source: &'static str,
    pub created_at: i64,
}

/// A request with its clinic, client and answers.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(
    missing_docs,
    reason = "the columns of the view, explained at their tables"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one person, as stored"
)]
pub struct RequestRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub state: String,
    pub priority: Option<String>,
    pub deadline: Option<NaiveDate>,
    pub respond_by: i64,
    pub link_version: i64,
    pub source: String,
    pub created_at: i64,
    pub client_id: Uuid,
    pub intake_id: Uuid,
    pub revision: i64,
    pub assigned_to: Option<Uuid>,
    pub appointment_id: Option<Uuid>,
    pub clinic_name: String,
    pub assigned_name: Option<String>,
    pub client_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub safe_to_email: bool,
    pub safe_to_call: bool,
    pub call_window: String,
    pub leave_message: bool,
    pub postcode_area: Option<String>,
    pub language: String,
    pub interpreter: bool,
    pub access: String,
    pub organisation: Option<String>,
    pub stop_shown: bool,
    pub pack_version: String,
    pub answers: String,
    pub assessment: String,
    pub prepared: bool,
}

/// A call to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewCall {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub kind: &'static str,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub call_window: Option<String>,
    pub leave_message: Option<bool>,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub waiting_id: Option<Uuid>,
    pub urgent: bool,
    pub created_at: i64,
}

/// A call to make.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(
    missing_docs,
    reason = "the columns of the view, explained at their tables"
)]
pub struct CallRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub kind: String,
    pub urgent: bool,
    pub created_at: i64,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub clinic_name: String,
    pub request_reference: Option<String>,
    pub waiting_reference: Option<String>,
    pub appointment_reference: Option<String>,
    pub appointment_state: Option<String>,
    /// When that appointment is now, or was to be.
    pub starts_at: Option<i64>,
    /// What is to be told is the neutral refusal.
    pub turned_down: bool,
    /// How often somebody rang and nobody answered, and when last.
    pub tries: i64,
    pub tried_at: Option<i64>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub call_window: Option<String>,
    pub leave_message: Option<bool>,
}

/// A message to queue.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewMessage {
    pub id: Uuid,
    pub kind: &'static str,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub waiting_id: Option<Uuid>,
    pub sequence: i64,
    pub part: i64,
    pub due_at: i64,
    pub created_at: i64,
}

/// A message that a worker has taken.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OutboxRow {
    pub id: Uuid,
    pub kind: String,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub waiting_id: Option<Uuid>,
    pub sequence: i64,
    pub part: i64,
    pub attempts: i64,
    pub created_at: i64,
}

/// What a worker has taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claimed {
    /// The messages, with the attempt counted.
    pub rows: Vec<OutboxRow>,
    /// Rows that are taken too but hold what no version of this program wrote. They come back when the lease ends.
    pub unreadable: usize,
}

/// A member of staff. `password` is an Argon2id PHC string.
#[derive(Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct StaffRow {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub password: Option<String>,
    pub resource_id: Option<Uuid>,
    pub active: bool,
    pub created_at: i64,
}

impl std::fmt::Debug for StaffRow {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffRow")
            .field("id", &self.id)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}

/// A stored word as the domain's value.
pub(crate) fn word<T: serde::de::DeserializeOwned>(text: &str) -> Stored<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|_| StoreError::Corrupt(format!("unknown word {text}")))
}

/// A stored list of words as the domain's values.
pub(crate) fn words<T: serde::de::DeserializeOwned>(list: &str) -> Stored<Vec<T>> {
    list.split(',')
        .filter(|text| !text.is_empty())
        .map(word)
        .collect()
}
