//! The port for messages that nobody caused by a change, and for addresses that take no mail.

use async_trait::async_trait;
use sqlx::FromRow;
use uuid::Uuid;

use super::Stored;

/// A confirmed appointment that may have to be reminded of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct UpcomingRow {
    /// The appointment.
    pub id: Uuid,
    /// How often it was changed.
    pub sequence: i64,
    /// Start, in seconds.
    pub starts_at: i64,
    /// The service's plan, such as "5,1".
    pub reminder_days: String,
    /// Since when it stands at this time, in seconds.
    pub known_since: i64,
    /// The fewest days before for which it was reminded of, as it stands.
    pub reminded: Option<i64>,
}

/// An appointment that is over, about which something is to be said.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OverRow {
    /// The appointment.
    pub id: Uuid,
    /// `attended` or `missed`.
    pub state: String,
}

/// What the scheduler finds and marks.
#[async_trait]
pub trait NudgeRecords {
    /// Confirmed appointments that start after `now` and not after `until` (seconds), of services that remind, by start.
    async fn upcoming(&mut self, now: i64, until: i64) -> Stored<Vec<UpcomingRow>>;
    /// Appointments attended that ended, and missed that were marked so, in `(since, until]` (seconds) and of which nothing
    /// was said yet.
    async fn over(&mut self, attended: (i64, i64), missed: (i64, i64)) -> Stored<Vec<OverRow>>;
    /// Marks something as told: false if it was told before, by whomever.
    async fn tell_once(
        &mut self,
        subject: Uuid,
        kind: &str,
        version: (i64, i64),
        now: i64,
    ) -> Stored<bool>;
    /// Whether something was told.
    async fn was_told(&mut self, subject: Uuid, kind: &str) -> Stored<bool>;
    /// Whether staff have a call about the appointment to make as it is.
    async fn has_open_call(&mut self, appointment: Uuid) -> Stored<bool>;
    /// When a service reminds; `None` if there is no such service.
    async fn reminder_days(&mut self, service: &str) -> Stored<Option<String>>;
    /// Says when a service reminds: false if there is no such service.
    async fn set_reminder_days(&mut self, service: &str, days: &str) -> Stored<bool>;
    /// Whether mail to this address (a blind key) came back for good.
    async fn is_dead(&mut self, address: &str) -> Stored<bool>;
    /// Says that mail to this address came back for good: false if that was known.
    async fn put_dead(&mut self, address: &str, status: &str, now: i64) -> Stored<bool>;
    /// Whether a message of this kind (the outbox's name) about an appointment or request was sent, and its id.
    async fn sent_message(
        &mut self,
        kind: &str,
        subject: Uuid,
        version: (i64, i64),
    ) -> Stored<Option<Uuid>>;
    /// Says of a message that was sent that it came back: false if it was not sent, or came back before.
    async fn came_back(&mut self, message: Uuid, reason: &str, now: i64) -> Stored<bool>;
    /// Adds an answer to "how was it?", apart from everything.
    async fn put_feedback(
        &mut self,
        id: Uuid,
        clinic: &str,
        month: &str,
        rating: &str,
        words: &str,
    ) -> Stored<()>;
}
