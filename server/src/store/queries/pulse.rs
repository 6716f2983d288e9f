//! What waits.

use async_trait::async_trait;

use super::Connection;
use crate::store::{Pulse, PulseRecords, Stored, translate};

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
                (SELECT count(*) FROM conflict_cases WHERE state = 'waiting' AND due_at < $1) AS checks_overdue",
        )
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn any_sealed(&mut self) -> Stored<Option<String>> {
        sqlx::query_scalar("SELECT sealed FROM intakes WHERE sealed IS NOT NULL LIMIT 1")
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }
}
