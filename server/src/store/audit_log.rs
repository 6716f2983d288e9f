//! Reading the audit log, and the chain of seals over it.

use async_trait::async_trait;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AuditRow, Stored};

/// Which lines to read. Everything that is `None` lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of this clinic.
    pub clinic: Option<String>,
    /// By this member of staff.
    pub person: Option<Uuid>,
    /// This action.
    pub action: Option<String>,
    /// From this instant on, in seconds.
    pub from: Option<i64>,
    /// Before this instant, in seconds.
    pub until: Option<i64>,
    /// Older than this line.
    pub before: Option<(i64, Uuid)>,
}

/// A line with the names that it stands for today.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct AuditLine {
    pub id: Uuid,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub clinic_id: Option<String>,
    pub detail: String,
    /// The member of staff.
    pub staff_name: Option<String>,
    /// The reference of the record, where it has one.
    pub reference: Option<String>,
}

/// A line as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct SealedLine {
    pub id: Uuid,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub clinic_id: Option<String>,
    pub detail: String,
}

/// A seal over a batch of lines.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct SealRow {
    pub number: i64,
    pub rows: i64,
    pub hash: Vec<u8>,
    pub sealed_at: i64,
}

/// The audit log, read and sealed.
#[async_trait]
pub trait AuditRecords {
    /// Writes a line, unless one that says the same was written after `since` (seconds).
    async fn put_audit_once(&mut self, line: &AuditRow, since: i64) -> Stored<()>;
    /// Lines that pass, the newest first, at most `limit`.
    async fn audit_lines(&mut self, filter: &AuditFilter, limit: i64) -> Stored<Vec<AuditLine>>;
    /// The actions there are in a clinic's lines, or in all, by name.
    async fn audit_actions(&mut self, clinic: Option<&str>) -> Stored<Vec<String>>;
    /// The members of staff there are in a clinic's lines, or in all, by name.
    async fn audit_people(&mut self, clinic: Option<&str>) -> Stored<Vec<(Uuid, String)>>;
    /// Lines that no seal covers, by id, at most `limit`.
    async fn unsealed_lines(&mut self, limit: i64) -> Stored<Vec<SealedLine>>;
    /// The last seal.
    async fn last_seal(&mut self) -> Stored<Option<SealRow>>;
    /// Adds a seal over these lines.
    async fn put_seal(&mut self, seal: &SealRow, lines: &[Uuid]) -> Stored<()>;
    /// Every seal, in order.
    async fn seals(&mut self) -> Stored<Vec<SealRow>>;
    /// The lines under a seal, by id.
    async fn sealed_lines(&mut self, seal: i64) -> Stored<Vec<SealedLine>>;
    /// Lines that neither a seal covers nor wait for one: none, unless somebody has changed the tables by hand.
    async fn stray_lines(&mut self) -> Stored<i64>;
    /// Lines that wait for a seal.
    async fn waiting_lines(&mut self) -> Stored<i64>;
}
