//! What is erased when its time is over.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Stored;

/// How long a clinic keeps what clients gave.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PeriodsRow {
    /// The clinic.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whole years from the last contact, for a client's record.
    pub keep_years: i64,
    /// Days, for the words of an enquiry that came to nothing.
    pub words_days: i64,
    /// Who checked the two; empty for nobody yet.
    pub periods_checked_by: String,
    /// The local date on which they did.
    pub periods_checked_on: Option<NaiveDate>,
}

/// A round that erased something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ErasureRow {
    /// When, in seconds.
    pub at: i64,
    /// Clients, and people who had asked to be rung.
    pub people: i64,
    /// Enquiries whose words went.
    pub words: i64,
}

/// Clients and enquiries whose time is over. The rows stay, without the person, so that no count of a report changes; the
/// index of the conflict check and the audit log keep their own rules.
#[async_trait]
pub trait RetentionRecords {
    /// Clients whose last contact with every clinic they had to do with is over its period at `now` (seconds), and of whom
    /// nothing is open; the oldest `limit`. With `assumed` as if that clinic kept records for so many years.
    async fn clients_due(
        &mut self,
        now: i64,
        assumed: Option<(&str, i64)>,
        limit: i64,
    ) -> Stored<Vec<Uuid>>;
    /// Takes a client's person and words out of every row. Returns whether there was something to erase.
    async fn erase_client(&mut self, client: Uuid, now: i64) -> Stored<bool>;
    /// Answers of enquiries that came to nothing longer ago than the clinic keeps them; at most `limit`. With `assumed` as
    /// if that clinic kept them for so many days.
    async fn words_due(
        &mut self,
        now: i64,
        assumed: Option<(&str, i64)>,
        limit: i64,
    ) -> Stored<Vec<Uuid>>;
    /// Takes the words out of an enquiry. Returns whether there were some.
    async fn erase_words(&mut self, intake: Uuid, now: i64) -> Stored<bool>;
    /// Takes name and number out of call-backs that were dealt with a period ago. Returns how many.
    async fn erase_call_backs(&mut self, now: i64) -> Stored<u64>;
    /// How many of a clinic's call-backs would be erased at `now` if it kept records for so many years.
    async fn call_backs_due(&mut self, clinic: &str, years: i64, now: i64) -> Stored<i64>;
    /// The periods of each clinic, in the order of the clinics.
    async fn periods(&mut self) -> Stored<Vec<PeriodsRow>>;
    /// Sets a clinic's periods if they still are `was`; returns whether they were.
    async fn put_periods(&mut self, was: &PeriodsRow, new: &PeriodsRow) -> Stored<bool>;
    /// The last round that erased something.
    async fn last_erasure(&mut self) -> Stored<Option<ErasureRow>>;
    /// Notes a round that erased something.
    async fn put_erasure(&mut self, now: i64, people: i64, words: i64) -> Stored<()>;
}
