//! The embedded engine: one file, one writer, many readers.

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{StoreError, Stored, translate};
use crate::private_files;

#[path = "queries/mod.rs"]
mod queries;

/// What only this engine says so.
pub(super) mod dialect {
    pub type Db = sqlx::Sqlite;
    pub const NAME: &str = "SQLite";
    pub const POOLS: [&str; 2] = ["readers", "writer"];
    pub const VERSION: &str = "SELECT sqlite_version()";
    pub const CLOCK: &str = "SELECT CAST(strftime('%s', 'now') AS INTEGER)";
    pub const HAS_MIGRATIONS: &str =
        "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

    pub const BEGIN_READ: &str = "BEGIN DEFERRED";
    /// Takes the write lock at once, so that a transaction never fails half-way for want of it.
    pub const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

    pub const EXPIRE_HOLDS: &str = "UPDATE appointments SET state = 'expired', updated_at = $1
        WHERE state = 'held' AND hold_expires_at <= $1
        RETURNING id, meeting_id, clinic_id";
    /// There is one writer at a time as it is.
    pub const TAKE_TURNS: &str = "SELECT $1";
    pub const LOCK_DRAFT: &str =
        "SELECT sealed FROM drafts WHERE visitor = $1 AND clinic_id = $2 AND expires_at > $3";
    pub const PUT_KEYS: &str = "INSERT INTO conflict_keys (hash, party_id)
        SELECT value, $2 FROM json_each($1) WHERE TRUE ON CONFLICT DO NOTHING";
    pub const ALIKE: &str =
        "SELECT k.hash, p.id, p.matter_id, p.clinic_id, p.side, p.name, c.reference
        FROM conflict_keys k
        JOIN conflict_parties p ON p.id = k.party_id
        LEFT JOIN conflict_cases c ON c.id = p.case_id
        WHERE k.hash IN (SELECT value FROM json_each($1)) AND p.matter_id <> $2
        ORDER BY p.created_at DESC, p.id LIMIT $3";
    pub const CLAIM: &str = "UPDATE outbox SET lease_until = $2, attempts = attempts + 1
        WHERE id IN (SELECT id FROM outbox
            WHERE state = 'queued' AND due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
            ORDER BY due_at, id LIMIT $3)
        RETURNING id, kind, appointment_id, request_id, waiting_id, sequence, part, attempts, created_at";
}

/// Opens (and makes, if need be) the file that `sqlite:path` names.
pub async fn open(url: &str) -> Stored<queries::Engine> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::Unavailable(format!("{url}: {error}")))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-8000")
        .optimize_on_close(true, None);
    if let Some(folder) = options.get_filename().parent() {
        private_files::folder(folder)
            .map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display())))?;
    }
    let file = options.get_filename();
    private_files::file(file)
        .map_err(|error| StoreError::Unavailable(format!("{}: {error}", file.display())))?;
    // One writer connection: everybody who wants to write waits in one queue, in order.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(20))
        .connect_with(options.clone())
        .await
        .map_err(translate)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_secs(10))
        .connect_lazy_with(options.pragma("query_only", "1"));
    Ok(queries::Engine::new(readers, writer))
}
