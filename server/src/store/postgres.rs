//! The engine to grow into: `PostgreSQL` 15 or later, shared by any number of processes.

use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{StoreError, Stored, translate};

#[path = "queries/mod.rs"]
#[expect(
    clippy::duplicate_mod,
    reason = "one text of queries, compiled once for each engine"
)]
mod queries;

/// What only this engine says so.
pub(super) mod dialect {
    pub type Db = sqlx::Postgres;
    pub const NAME: &str = "PostgreSQL";
    /// Readers and writers share one.
    pub const POOLS: [&str; 1] = ["all"];
    pub const VERSION: &str = "SELECT current_setting('server_version')";
    pub const CLOCK: &str = "SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)";
    pub const HAS_MIGRATIONS: &str =
        "SELECT count(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')";
    pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/postgres");

    pub const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    /// Each statement sees what was committed before it; the guards' row locks make rivals take turns.
    pub const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

    // Holds that another transaction is ending at this moment are left to it.
    pub const EXPIRE_HOLDS: &str = "UPDATE appointments SET state = 'expired', updated_at = $1
        WHERE id IN (SELECT id FROM appointments
            WHERE state = 'held' AND hold_expires_at <= $1 ORDER BY id FOR UPDATE SKIP LOCKED)
        RETURNING id, meeting_id, clinic_id";
    pub const TAKE_TURNS: &str = "SELECT pg_advisory_xact_lock($1)";
    pub const LOCK_DRAFT: &str = "SELECT sealed FROM drafts WHERE visitor = $1 AND clinic_id = $2 AND expires_at > $3 FOR UPDATE";
    pub const PUT_KEYS: &str = "INSERT INTO conflict_keys (hash, party_id)
        SELECT value, $2 FROM json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON)) ON CONFLICT DO NOTHING";
    pub const ALIKE: &str =
        "SELECT k.hash, p.id, p.matter_id, p.clinic_id, p.side, p.name, c.reference
        FROM conflict_keys k
        JOIN conflict_parties p ON p.id = k.party_id
        LEFT JOIN conflict_cases c ON c.id = p.case_id
        WHERE k.hash IN (SELECT value FROM json_array_elements_text(CAST(CAST($1 AS TEXT) AS JSON))) AND p.matter_id <> $2
        ORDER BY p.created_at DESC, p.id LIMIT $3";
    pub const CLAIM: &str = "UPDATE outbox SET lease_until = $2, attempts = attempts + 1
        WHERE id IN (SELECT id FROM outbox
            WHERE state = 'queued' AND due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
            ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, appointment_id, request_id, waiting_id, sequence, part, attempts, created_at";
}

/// Connects to the server that `postgres://…` names.
pub async fn open(url: &str) -> Stored<queries::Engine> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| {
            StoreError::Unavailable("DATABASE_URL is not a PostgreSQL address".to_owned())
        })?
        .application_name("clinics");
    let opened = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options.clone())
        .await;
    match opened {
        Ok(pool) => Ok(queries::Engine::new(pool.clone(), pool)),
        Err(sqlx::Error::PoolTimedOut) => Err(why_not(&options).await),
        Err(error) => Err(translate(error)),
    }
}

/// The pool tries for as long as it may, for a server that is about to start, and then says only that it was too long.
/// One connection says why.
async fn why_not(options: &PgConnectOptions) -> StoreError {
    let tried = options.connect();
    match tokio::time::timeout(Duration::from_secs(3), tried).await {
        Ok(Err(error)) => translate(error),
        Ok(Ok(_)) | Err(_) => translate(sqlx::Error::PoolTimedOut),
    }
}
