//! Staff accounts, roles, sessions and one-time links.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{StaffRecords, StaffRow, Stored, translate};

#[async_trait]
impl StaffRecords for Connection {
    async fn staff_count(&mut self) -> Stored<i64> {
        sqlx::query_scalar("SELECT count(*) FROM staff")
            .fetch_one(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_staff(&mut self, staff: &StaffRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO staff (id, email, name, password, resource_id, active, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(staff.id)
        .bind(&staff.email)
        .bind(&staff.name)
        .bind(&staff.password)
        .bind(staff.resource_id)
        .bind(staff.active)
        .bind(staff.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_role(&mut self, staff: Uuid, role: &str, clinic: &str) -> Stored<()> {
        sqlx::query("INSERT INTO staff_roles (staff_id, role, clinic_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(staff)
            .bind(role)
            .bind(clinic)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn staff_by_email(&mut self, email: &str) -> Stored<Option<StaffRow>> {
        sqlx::query_as("SELECT id, email, name, password, resource_id, active, created_at FROM staff WHERE email = $1")
            .bind(email)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn staff(&mut self, id: Uuid) -> Stored<Option<StaffRow>> {
        sqlx::query_as("SELECT id, email, name, password, resource_id, active, created_at FROM staff WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn roles(&mut self, staff: Uuid) -> Stored<Vec<(String, String)>> {
        sqlx::query_as(
            "SELECT role, clinic_id FROM staff_roles WHERE staff_id = $1 ORDER BY clinic_id, role",
        )
        .bind(staff)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn set_password(&mut self, staff: Uuid, password: &str) -> Stored<()> {
        sqlx::query("UPDATE staff SET password = $2 WHERE id = $1")
            .bind(staff)
            .bind(password)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        sqlx::query("DELETE FROM staff_sessions WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        sqlx::query("DELETE FROM staff_links WHERE staff_id = $1 AND used_at IS NULL")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn put_session(
        &mut self,
        token_hash: &[u8],
        staff: Uuid,
        now: i64,
        expires_at: i64,
    ) -> Stored<()> {
        sqlx::query("INSERT INTO staff_sessions (token_hash, staff_id, created_at, expires_at, last_seen_at, proved_at)
             VALUES ($1, $2, $3, $4, $3, $3)")
            .bind(token_hash)
            .bind(staff)
            .bind(now)
            .bind(expires_at)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn drop_session(&mut self, token_hash: &[u8]) -> Stored<()> {
        sqlx::query("DELETE FROM staff_sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn put_staff_link(
        &mut self,
        token_hash: &[u8],
        staff: Uuid,
        expires_at: i64,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO staff_links (token_hash, staff_id, expires_at) VALUES ($1, $2, $3)",
        )
        .bind(token_hash)
        .bind(staff)
        .bind(expires_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn staff_link(&mut self, token_hash: &[u8], now: i64) -> Stored<Option<StaffRow>> {
        sqlx::query_as(
            "SELECT s.id, s.email, s.name, s.password, s.resource_id, s.active, s.created_at
             FROM staff_links t JOIN staff s ON s.id = t.staff_id
             WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.used_at IS NULL AND s.active",
        )
        .bind(token_hash)
        .bind(now)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn use_staff_link(&mut self, token_hash: &[u8], now: i64) -> Stored<bool> {
        let used = sqlx::query(
            "UPDATE staff_links SET used_at = $2 WHERE token_hash = $1 AND expires_at > $2 AND used_at IS NULL",
        )
        .bind(token_hash)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(used.rows_affected() == 1)
    }
}
