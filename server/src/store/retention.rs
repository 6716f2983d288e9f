//! What is erased when its time is over.

use async_trait::async_trait;
use uuid::Uuid;

use super::Stored;

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
    /// Notes a round that erased something.
    async fn put_erasure(&mut self, now: i64, people: i64, words: i64) -> Stored<()>;
}
