//! What an operator may know of the work that waits: counts and ages, never a row.

use async_trait::async_trait;
use uuid::Uuid;

use super::Stored;

/// Counts and ages. Instants are seconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Pulse {
    /// Messages that wait, also those that are not due yet.
    pub queued: i64,
    /// When the message that is due longest became due.
    pub oldest_due: Option<i64>,
    /// Messages that were given up.
    pub dead_letters: i64,
    /// Holds that stand.
    pub holds: i64,
    /// Cases that wait for staff.
    pub requests: i64,
    /// Those of them whose promised date is over.
    pub requests_overdue: i64,
    /// The earliest of these dates.
    pub oldest_promise: Option<i64>,
    /// Telephone calls to make.
    pub calls: i64,
    /// Those of them that are urgent.
    pub urgent_calls: i64,
    /// When the oldest was asked for.
    pub oldest_call: Option<i64>,
    /// Conflict checks that wait.
    pub checks: i64,
    /// Those of them that should be done by now.
    pub checks_overdue: i64,
    /// Of each activation the last round by any worker; of these the oldest.
    pub oldest_round: Option<i64>,
    /// Most rounds that one worker has failed in a row, up to the last hour.
    pub failing_rounds: i64,
}

/// When an activation last went through, by whichever worker.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RoundRow {
    /// Its name.
    pub activation: String,
    /// When its last round ended, in seconds.
    pub ended_at: i64,
    /// Rounds that the worker of that round has failed in a row.
    pub failing: i64,
}

/// The connections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// `readers`, `writer`, or `all` where there is one pool.
    pub name: &'static str,
    /// Open connections.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// Most that there may be.
    pub most: u32,
}

/// What waits, in one query whatever there is.
#[async_trait]
pub trait PulseRecords {
    /// Counts and ages at `now` (seconds).
    async fn pulse(&mut self, now: i64) -> Stored<Pulse>;
    /// Writes down a worker's last round of an activation.
    async fn put_round(&mut self, worker: Uuid, round: &RoundRow) -> Stored<()>;
    /// The last round of each activation, whichever worker did it.
    async fn last_rounds(&mut self) -> Stored<Vec<RoundRow>>;
    /// Forgets workers that have done nothing since then (seconds).
    async fn prune_rounds(&mut self, before: i64) -> Stored<u64>;
    /// Some answers that were sealed with the installation's key; to see whether a key opens them.
    async fn any_sealed(&mut self) -> Stored<Option<String>>;
}
