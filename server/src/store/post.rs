//! The port for the page of messages: what was to be told, and what became of it.

use async_trait::async_trait;
use sqlx::FromRow;
use uuid::Uuid;

use super::Stored;

/// A message of the outbox, with what it is about. No name and no address is read.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct PostRow {
    pub id: Uuid,
    pub kind: String,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub waiting_id: Option<Uuid>,
    pub clinic_id: String,
    pub clinic_name: String,
    pub reference: String,
    pub state: String,
    pub attempts: i64,
    pub due_at: i64,
    pub reason: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

/// Reading and retrying what the outbox holds.
#[async_trait]
pub trait PostRecords {
    /// Messages about clients of one clinic or of all, in one state or in any, made before another or from the newest on, the
    /// newest first, so many at most.
    async fn post(
        &mut self,
        clinic: Option<&str>,
        state: Option<&str>,
        before: Option<Uuid>,
        limit: i64,
    ) -> Stored<Vec<PostRow>>;
    /// One message.
    async fn one_post(&mut self, id: Uuid) -> Stored<Option<PostRow>>;
    /// Puts a message that failed, or that waits for its next try, at the head of the queue as if it were new; false if it is
    /// neither, or a worker has it in hand.
    async fn send_again(&mut self, id: Uuid, now: i64) -> Stored<bool>;
    /// Lets mail go to an address (a blind key) from which it came back before.
    async fn forget_dead(&mut self, address: &str) -> Stored<()>;
}
