//! What waits.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{Pulse, PulseRecords, RoundRow, Stored, translate};

#[async_trait]
impl PulseRecords for Connection {
    async fn pulse(&mut self, now: i64) -> Stored<Pulse> {
        // Each part reads a partial index of what is open, except that of the dead letters.
        sqlx::query_as(
            "SELECT
                (SELECT count(*) FROM outbox WHERE state = 'queued') AS queued,
                (SELECT min(due_at) FROM outbox WHERE state = 'queued' AND due_at <= $1) AS oldest_due,
                (SELECT count(*) FROM outbox WHERE state = 'failed') AS dead_letters,
                (SELECT count(*) FROM appointments WHERE state = 'held' AND hold_expires_at > $1) AS holds,
                (SELECT count(*) FROM requests WHERE state = 'in_review') AS requests,
                (SELECT count(*) FROM requests WHERE state = 'in_review' AND respond_by < $1) AS requests_overdue,
                (SELECT min(respond_by) FROM requests WHERE state = 'in_review' AND respond_by < $1) AS oldest_promise,
                (SELECT count(*) FROM calls WHERE state = 'open') AS calls,
                (SELECT count(*) FROM calls WHERE state = 'open' AND urgent) AS urgent_calls,
                (SELECT min(created_at) FROM calls WHERE state = 'open') AS oldest_call,
                (SELECT count(*) FROM conflict_cases WHERE state = 'waiting') AS checks,
                (SELECT count(*) FROM conflict_cases WHERE state = 'waiting' AND due_at < $1) AS checks_overdue,
                (SELECT min(last_at) FROM (SELECT max(ended_at) AS last_at FROM rounds GROUP BY activation) each_one)
                    AS oldest_round,
                (SELECT coalesce(max(failing), 0) FROM rounds WHERE ended_at > $1 - 3600) AS failing_rounds",
        )
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_round(&mut self, worker: Uuid, round: &RoundRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO rounds (worker, activation, ended_at, failing) VALUES ($1, $2, $3, $4)
             ON CONFLICT (worker, activation) DO UPDATE SET ended_at = excluded.ended_at, failing = excluded.failing",
        )
        .bind(worker)
        .bind(&round.activation)
        .bind(round.ended_at)
        .bind(round.failing)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn last_rounds(&mut self) -> Stored<Vec<RoundRow>> {
        sqlx::query_as(
            "SELECT activation, ended_at, failing FROM rounds r
             WHERE NOT EXISTS (SELECT 1 FROM rounds o WHERE o.activation = r.activation
                AND (o.ended_at > r.ended_at OR (o.ended_at = r.ended_at AND o.worker > r.worker)))
             ORDER BY activation",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn prune_rounds(&mut self, before: i64) -> Stored<u64> {
        let done = sqlx::query("DELETE FROM rounds WHERE ended_at < $1")
            .bind(before)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(done.rows_affected())
    }

    async fn any_sealed(&mut self) -> Stored<Option<String>> {
        sqlx::query_scalar("SELECT sealed FROM intakes WHERE sealed IS NOT NULL LIMIT 1")
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }
}
