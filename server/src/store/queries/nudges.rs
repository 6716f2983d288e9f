//! Messages that nobody caused by a change, and addresses that take no mail.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{NudgeRecords, OverRow, Stored, UpcomingRow, translate};

#[async_trait]
impl NudgeRecords for Connection {
    async fn upcoming(&mut self, now: i64, until: i64) -> Stored<Vec<UpcomingRow>> {
        sqlx::query_as(
            "SELECT a.id, a.sequence, m.starts_at, s.reminder_days,
                    coalesce((SELECT max(h.at) FROM audit h
                              WHERE h.subject_id = a.id AND h.action IN ('confirmed', 'moved')), a.created_at) AS known_since,
                    (SELECT min(t.part) FROM told_once t
                     WHERE t.subject_id = a.id AND t.kind = 'reminder' AND t.sequence = a.sequence) AS reminded
             FROM meetings m
             JOIN appointments a ON a.meeting_id = m.id AND a.state = 'confirmed'
             JOIN services s ON s.id = a.service_id AND s.reminder_days <> ''
             WHERE m.active AND m.starts_at > $1 AND m.starts_at <= $2
             ORDER BY m.starts_at, a.id",
        )
        .bind(now)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn over(&mut self, attended: (i64, i64), missed: (i64, i64)) -> Stored<Vec<OverRow>> {
        sqlx::query_as(
            "SELECT a.id, a.state FROM meetings m JOIN appointments a ON a.meeting_id = m.id
             WHERE m.starts_at > $1 - 86400 AND m.starts_at <= $4
               AND ((a.state = 'attended' AND m.ends_at > $1 AND m.ends_at <= $2)
                 OR (a.state = 'missed' AND a.updated_at > $3 AND a.updated_at <= $4))
               AND NOT EXISTS (SELECT 1 FROM told_once t
                               WHERE t.subject_id = a.id AND t.kind IN ('feedback', 'missed'))
             ORDER BY m.starts_at, a.id",
        )
        .bind(attended.0)
        .bind(attended.1)
        .bind(missed.0)
        .bind(missed.1)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn tell_once(
        &mut self,
        subject: Uuid,
        kind: &str,
        version: (i64, i64),
        now: i64,
    ) -> Stored<bool> {
        let told = sqlx::query(
            "INSERT INTO told_once (subject_id, kind, sequence, part, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (subject_id, kind, sequence, part) DO NOTHING",
        )
        .bind(subject)
        .bind(kind)
        .bind(version.0)
        .bind(version.1)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(told.rows_affected() == 1)
    }

    async fn was_told(&mut self, subject: Uuid, kind: &str) -> Stored<bool> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM told_once WHERE subject_id = $1 AND kind = $2)",
        )
        .bind(subject)
        .bind(kind)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn has_open_call(&mut self, appointment: Uuid) -> Stored<bool> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM calls WHERE appointment_id = $1 AND state = 'open')",
        )
        .bind(appointment)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn reminder_days(&mut self, service: &str) -> Stored<Option<String>> {
        sqlx::query_scalar("SELECT reminder_days FROM services WHERE id = $1")
            .bind(service)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn set_reminder_days(&mut self, service: &str, days: &str) -> Stored<bool> {
        let set = sqlx::query("UPDATE services SET reminder_days = $2 WHERE id = $1")
            .bind(service)
            .bind(days)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(set.rows_affected() == 1)
    }

    async fn is_dead(&mut self, address: &str) -> Stored<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM dead_addresses WHERE address = $1)")
            .bind(address)
            .fetch_one(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_dead(&mut self, address: &str, status: &str, now: i64) -> Stored<bool> {
        let put = sqlx::query(
            "INSERT INTO dead_addresses (address, status, at) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING",
        )
        .bind(address)
        .bind(status)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(put.rows_affected() == 1)
    }

    async fn sent_message(
        &mut self,
        kind: &str,
        subject: Uuid,
        version: (i64, i64),
    ) -> Stored<Option<Uuid>> {
        sqlx::query_scalar(
            "SELECT id FROM outbox
             WHERE kind = $1 AND (appointment_id = $2 OR request_id = $2 OR waiting_id = $2 OR (staff_id IS NOT NULL AND id = $2)) AND sequence = $3 AND part = $4 AND state = 'sent'",
        )
        .bind(kind)
        .bind(subject)
        .bind(version.0)
        .bind(version.1)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn came_back(&mut self, message: Uuid, reason: &str, now: i64) -> Stored<bool> {
        let marked = sqlx::query(
            "UPDATE outbox SET state = 'failed', reason = $2, finished_at = $3 WHERE id = $1 AND state = 'sent'",
        )
        .bind(message)
        .bind(reason)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(marked.rows_affected() == 1)
    }

    async fn put_feedback(
        &mut self,
        id: Uuid,
        clinic: &str,
        month: &str,
        rating: &str,
        words: &str,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO feedback (id, clinic_id, month, rating, words) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(clinic)
        .bind(month)
        .bind(rating)
        .bind(words)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }
}
