//! Drafts, requests and calls.

use async_trait::async_trait;
use uuid::Uuid;

use super::super::dialect::LOCK_DRAFT;
use super::Connection;
use crate::store::{CallRow, IntakeRecords, NewCall, NewRequest, RequestRow, Stored, translate};

/// Replies are kept for a day: longer than anybody retries.
const REPLY_SECONDS: i64 = 86_400;

/// A page of the desk that is awake asks for changes every few seconds.
const CHANGE_SECONDS: i64 = 3600;

#[async_trait]
impl IntakeRecords for Connection {
    async fn draft(&mut self, visitor: &[u8], clinic: &str, now: i64) -> Stored<Option<String>> {
        sqlx::query_scalar(
            "SELECT sealed FROM drafts WHERE visitor = $1 AND clinic_id = $2 AND expires_at > $3",
        )
        .bind(visitor)
        .bind(clinic)
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn lock_draft(
        &mut self,
        visitor: &[u8],
        clinic: &str,
        now: i64,
    ) -> Stored<Option<String>> {
        sqlx::query_scalar(LOCK_DRAFT)
            .bind(visitor)
            .bind(clinic)
            .bind(now)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_draft(
        &mut self,
        visitor: &[u8],
        clinic: &str,
        sealed: &str,
        expires_at: i64,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO drafts (visitor, clinic_id, sealed, expires_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (visitor, clinic_id) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at",
        )
        .bind(visitor)
        .bind(clinic)
        .bind(sealed)
        .bind(expires_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn drop_draft(&mut self, visitor: &[u8], clinic: &str) -> Stored<()> {
        sqlx::query("DELETE FROM drafts WHERE visitor = $1 AND clinic_id = $2")
            .bind(visitor)
            .bind(clinic)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn prune(&mut self, now: i64) -> Stored<u64> {
        let drafts = sqlx::query("DELETE FROM drafts WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        let replies = sqlx::query("DELETE FROM replies WHERE created_at <= $1")
            .bind(now - REPLY_SECONDS)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        let sessions = sqlx::query("DELETE FROM staff_sessions WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        let links = sqlx::query("DELETE FROM staff_links WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        // Whoever looks at the desk has seen them long ago. The last one stays, so that its number never comes again.
        let changes = sqlx::query(
            "DELETE FROM changes WHERE at <= $1 AND number < (SELECT max(number) FROM changes)",
        )
        .bind(now - CHANGE_SECONDS)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(changes.rows_affected()
            + drafts.rows_affected()
            + replies.rows_affected()
            + sessions.rows_affected()
            + links.rows_affected())
    }

    async fn put_request(&mut self, request: &NewRequest) -> Stored<()> {
        sqlx::query(
            "INSERT INTO requests (id, clinic_id, reference, state, client_id, intake_id, priority, deadline, respond_by,
                source, created_at)
             VALUES ($1, $2, $3, 'in_review', $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(request.id)
        .bind(&request.clinic_id)
        .bind(&request.reference)
        .bind(request.client_id)
        .bind(request.intake_id)
        .bind(request.priority)
        .bind(request.deadline)
        .bind(request.respond_by)
        .bind(request.source)
        .bind(request.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn request(&mut self, id: Uuid) -> Stored<Option<RequestRow>> {
        sqlx::query_as("SELECT * FROM request_details WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn open_requests(&mut self, clinic: Option<&str>) -> Stored<Vec<RequestRow>> {
        sqlx::query_as(
            "SELECT * FROM request_details WHERE state = 'in_review' AND (clinic_id = $1 OR $1 IS NULL)
             ORDER BY (deadline IS NULL), deadline, (priority IS NULL), created_at, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_call(&mut self, call: &NewCall) -> Stored<()> {
        sqlx::query(
            "INSERT INTO calls (id, clinic_id, reference, kind, state, name, phone, call_window, leave_message,
                appointment_id, request_id, urgent, created_at, waiting_id)
             VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(call.id)
        .bind(&call.clinic_id)
        .bind(&call.reference)
        .bind(call.kind)
        .bind(&call.name)
        .bind(&call.phone)
        .bind(&call.call_window)
        .bind(call.leave_message)
        .bind(call.appointment_id)
        .bind(call.request_id)
        .bind(call.urgent)
        .bind(call.created_at)
        .bind(call.waiting_id)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn open_calls(&mut self, clinic: Option<&str>) -> Stored<Vec<CallRow>> {
        sqlx::query_as(
            "SELECT k.*, c.tries, c.tried_at, a.reference AS appointment_reference, a.state AS appointment_state, m.starts_at,
                (k.kind = 'cancellation' AND (k.request_id IS NOT NULL OR a.turned_down_at IS NOT NULL)) AS turned_down
             FROM call_details k
             JOIN calls c ON c.id = k.id
             LEFT JOIN appointments a ON a.id = k.appointment_id
             LEFT JOIN meetings m ON m.id = a.meeting_id
             WHERE k.state = 'open' AND (k.clinic_id = $1 OR $1 IS NULL)
             ORDER BY k.urgent DESC, k.created_at, k.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn end_older_request_calls(&mut self, request: Uuid, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE calls SET state = 'done', done_at = $2
             WHERE request_id = $1 AND state = 'open' AND kind <> 'call_back'",
        )
        .bind(request)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn end_older_calls(&mut self, appointment: Uuid, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE calls SET state = 'done', done_at = $2
             WHERE appointment_id = $1 AND state = 'open' AND kind <> 'call_back'",
        )
        .bind(appointment)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn close_call(&mut self, id: Uuid, staff: Uuid, now: i64) -> Stored<bool> {
        let closed =
            sqlx::query("UPDATE calls SET state = 'done', done_at = $3, done_by = $2 WHERE id = $1 AND state = 'open'")
                .bind(id)
                .bind(staff)
                .bind(now)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        Ok(closed.rows_affected() == 1)
    }

    async fn try_call(&mut self, id: Uuid, now: i64) -> Stored<bool> {
        let tried = sqlx::query(
            "UPDATE calls SET tries = tries + 1, tried_at = $2
             WHERE id = $1 AND state = 'open' AND (tried_at IS NULL OR tried_at < $2 - 60)",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(tried.rows_affected() == 1)
    }
}
