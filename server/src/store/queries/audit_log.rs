//! Reading the audit log, and the chain of seals over it.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{
    AuditFilter, AuditLine, AuditRecords, AuditRow, SealRow, SealedLine, Stored, translate,
};

#[async_trait]
impl AuditRecords for Connection {
    async fn put_audit_once(&mut self, line: &AuditRow, since: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO audit (id, at, actor_kind, actor_id, action, subject_kind, subject_id, clinic_id, detail)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
             WHERE NOT EXISTS (
                SELECT 1 FROM audit u
                WHERE u.clinic_id = $8 AND u.at > $10 AND u.actor_id = $4 AND u.action = $5
                  AND u.subject_kind = $6 AND u.subject_id = $7 AND u.detail = $9)",
        )
        .bind(line.id)
        .bind(line.at)
        .bind(line.actor_kind)
        .bind(line.actor_id)
        .bind(&line.action)
        .bind(line.subject_kind)
        .bind(line.subject_id)
        .bind(&line.clinic_id)
        .bind(&line.detail)
        .bind(since)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn audit_lines(&mut self, filter: &AuditFilter, limit: i64) -> Stored<Vec<AuditLine>> {
        sqlx::query_as(
            "SELECT u.id, u.at, u.actor_kind, u.actor_id, u.action, u.subject_kind, u.subject_id, u.clinic_id, u.detail,
                s.name AS staff_name, coalesce(a.reference, r.reference, k.reference) AS reference
             FROM audit u
             LEFT JOIN staff s ON s.id = u.actor_id
             LEFT JOIN appointments a ON a.id = u.subject_id
             LEFT JOIN requests r ON r.id = u.subject_id
             LEFT JOIN calls k ON k.id = u.subject_id
             WHERE (u.clinic_id = $1 OR $1 IS NULL) AND (u.actor_id = $2 OR $2 IS NULL)
               AND (u.action = $3 OR $3 IS NULL)
               AND u.at >= $4 AND u.at < $5
               AND (u.at < $6 OR (u.at = $6 AND u.id < $7))
             ORDER BY u.at DESC, u.id DESC LIMIT $8",
        )
        .bind(&filter.clinic)
        .bind(filter.person)
        .bind(&filter.action)
        .bind(filter.from.unwrap_or(i64::MIN))
        .bind(filter.until.unwrap_or(i64::MAX))
        .bind(filter.before.map_or(i64::MAX, |(at, _)| at))
        .bind(filter.before.map_or(Uuid::max(), |(_, id)| id))
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn audit_actions(&mut self, clinic: Option<&str>) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT DISTINCT action FROM audit WHERE clinic_id = $1 OR $1 IS NULL ORDER BY action",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn audit_people(&mut self, clinic: Option<&str>) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT s.id, s.name FROM staff s
             WHERE EXISTS (SELECT 1 FROM audit u WHERE u.actor_id = s.id AND (u.clinic_id = $1 OR $1 IS NULL))
             ORDER BY s.name, s.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn unsealed_lines(&mut self, limit: i64) -> Stored<Vec<SealedLine>> {
        sqlx::query_as(
            "SELECT u.id, u.at, u.actor_kind, u.actor_id, u.action, u.subject_kind, u.subject_id, u.clinic_id, u.detail
             FROM audit_unsealed w JOIN audit u ON u.id = w.audit_id ORDER BY u.id LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn last_seal(&mut self) -> Stored<Option<SealRow>> {
        sqlx::query_as(
            "SELECT number, rows, hash, sealed_at FROM audit_seals ORDER BY number DESC LIMIT 1",
        )
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_seal(&mut self, seal: &SealRow, lines: &[Uuid]) -> Stored<()> {
        sqlx::query(
            "INSERT INTO audit_seals (number, rows, hash, sealed_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(seal.number)
        .bind(seal.rows)
        .bind(&seal.hash)
        .bind(seal.sealed_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        for line in lines {
            sqlx::query("INSERT INTO audit_sealed (audit_id, seal) VALUES ($1, $2)")
                .bind(line)
                .bind(seal.number)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
            sqlx::query("DELETE FROM audit_unsealed WHERE audit_id = $1")
                .bind(line)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        }
        Ok(())
    }

    async fn seals(&mut self) -> Stored<Vec<SealRow>> {
        sqlx::query_as("SELECT number, rows, hash, sealed_at FROM audit_seals ORDER BY number")
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn sealed_lines(&mut self, seal: i64) -> Stored<Vec<SealedLine>> {
        sqlx::query_as(
            "SELECT u.id, u.at, u.actor_kind, u.actor_id, u.action, u.subject_kind, u.subject_id, u.clinic_id, u.detail
             FROM audit_sealed w JOIN audit u ON u.id = w.audit_id WHERE w.seal = $1 ORDER BY u.id",
        )
        .bind(seal)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn stray_lines(&mut self) -> Stored<i64> {
        sqlx::query_scalar(
            "SELECT count(*) FROM audit u
             WHERE NOT EXISTS (SELECT 1 FROM audit_sealed d WHERE d.audit_id = u.id)
               AND NOT EXISTS (SELECT 1 FROM audit_unsealed w WHERE w.audit_id = u.id)",
        )
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn waiting_lines(&mut self) -> Stored<i64> {
        sqlx::query_scalar("SELECT count(*) FROM audit_unsealed")
            .fetch_one(&mut *self.tx)
            .await
            .map_err(translate)
    }
}
