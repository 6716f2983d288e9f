//! The page of messages.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{PostRecords, PostRow, Stored, translate};

#[async_trait]
impl PostRecords for Connection {
    async fn post(
        &mut self,
        clinic: Option<&str>,
        state: Option<&str>,
        before: Option<Uuid>,
        limit: i64,
    ) -> Stored<Vec<PostRow>> {
        sqlx::query_as(
            "SELECT o.id, o.kind, o.appointment_id, o.request_id, o.waiting_id, c.id AS clinic_id, c.name AS clinic_name,
                    coalesce(a.reference, r.reference, w.reference, '') AS reference, o.state, o.attempts, o.due_at, o.reason,
                    o.created_at, o.finished_at
             FROM outbox o
             LEFT JOIN appointments a ON a.id = o.appointment_id
             LEFT JOIN meetings m ON m.id = a.meeting_id
             LEFT JOIN requests r ON r.id = o.request_id
             LEFT JOIN waiting w ON w.id = o.waiting_id
             JOIN clinics c ON c.id = coalesce(m.clinic_id, r.clinic_id, w.clinic_id)
             WHERE (c.id = $1 OR $1 IS NULL) AND (o.state = $2 OR $2 IS NULL) AND (o.id < $3 OR $3 IS NULL)
             ORDER BY o.id DESC LIMIT $4",
        )
        .bind(clinic)
        .bind(state)
        .bind(before)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn one_post(&mut self, id: Uuid) -> Stored<Option<PostRow>> {
        sqlx::query_as(
            "SELECT o.id, o.kind, o.appointment_id, o.request_id, o.waiting_id, c.id AS clinic_id, c.name AS clinic_name,
                    coalesce(a.reference, r.reference, w.reference, '') AS reference, o.state, o.attempts, o.due_at, o.reason,
                    o.created_at, o.finished_at
             FROM outbox o
             LEFT JOIN appointments a ON a.id = o.appointment_id
             LEFT JOIN meetings m ON m.id = a.meeting_id
             LEFT JOIN requests r ON r.id = o.request_id
             LEFT JOIN waiting w ON w.id = o.waiting_id
             JOIN clinics c ON c.id = coalesce(m.clinic_id, r.clinic_id, w.clinic_id)
             WHERE o.id = $1",
        )
        .bind(id)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn send_again(&mut self, id: Uuid, now: i64) -> Stored<bool> {
        let put = sqlx::query(
            "UPDATE outbox SET state = 'queued', attempts = 0, due_at = $2, lease_until = NULL, finished_at = NULL
             WHERE id = $1
               AND (state = 'failed' OR (state = 'queued' AND (lease_until IS NULL OR lease_until <= $2)))",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(put.rows_affected() == 1)
    }

    async fn forget_dead(&mut self, address: &str) -> Stored<()> {
        sqlx::query("DELETE FROM dead_addresses WHERE address = $1")
            .bind(address)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }
}
