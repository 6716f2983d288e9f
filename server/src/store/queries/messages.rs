//! The outbox.

use async_trait::async_trait;
use sqlx::FromRow as _;
use uuid::Uuid;

use super::super::dialect::CLAIM;
use super::Connection;
use crate::store::{Claimed, MessageRecords, NewMessage, OutboxRow, Stored, translate};

#[async_trait]
impl MessageRecords for Connection {
    async fn queue(&mut self, message: &NewMessage) -> Stored<()> {
        sqlx::query(
            "INSERT INTO outbox (id, kind, appointment_id, request_id, sequence, state, due_at, created_at, part,
                waiting_id)
             VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9)",
        )
        .bind(message.id)
        .bind(message.kind)
        .bind(message.appointment_id)
        .bind(message.request_id)
        .bind(message.sequence)
        .bind(message.due_at)
        .bind(message.created_at)
        .bind(message.part)
        .bind(message.waiting_id)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn claim(&mut self, now: i64, lease_until: i64, limit: i64) -> Stored<Claimed> {
        let taken = sqlx::query(CLAIM)
            .bind(now)
            .bind(lease_until)
            .bind(limit)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)?;
        let mut claimed = Claimed::default();
        // One by one: a row that cannot be read must not keep the others back.
        for row in &taken {
            match OutboxRow::from_row(row) {
                Ok(message) => claimed.rows.push(message),
                Err(error) => {
                    tracing::error!(%error, "a message in the outbox cannot be read");
                    claimed.unreadable += 1;
                }
            }
        }
        Ok(claimed)
    }

    async fn finish(&mut self, id: Uuid, state: &str, reason: &str, now: i64) -> Stored<bool> {
        let finished = sqlx::query(
            "UPDATE outbox SET state = $2, reason = $3, finished_at = $4, lease_until = NULL
             WHERE id = $1 AND state = 'queued'",
        )
        .bind(id)
        .bind(state)
        .bind(reason)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(finished.rows_affected() == 1)
    }

    async fn try_later(&mut self, id: Uuid, attempt: i64, due_at: i64, reason: &str) -> Stored<()> {
        sqlx::query(
            "UPDATE outbox SET due_at = $3, reason = $4, lease_until = NULL
             WHERE id = $1 AND state = 'queued' AND attempts = $2",
        )
        .bind(id)
        .bind(attempt)
        .bind(due_at)
        .bind(reason)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn outbox_counts(&mut self) -> Stored<Vec<(String, i64)>> {
        sqlx::query_as("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state")
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }
}
