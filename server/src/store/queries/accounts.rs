//! Accounts beyond the first sign-in: roles that end, sessions, second factors, slowed guessing, personal feeds.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Connection;
use crate::store::{
    AccountRecords, FeedRow, OpenSession, PersonRow, RoleRow, SecondFactorRow, SignInRow, StaffRow,
    Stored, TriesRow, translate,
};

#[async_trait]
impl AccountRecords for Connection {
    async fn roles_on(&mut self, staff: Uuid, date: NaiveDate) -> Stored<Vec<(String, String)>> {
        sqlx::query_as(
            "SELECT role, clinic_id FROM staff_roles
             WHERE staff_id = $1 AND (access_until IS NULL OR access_until >= $2) ORDER BY clinic_id, role",
        )
        .bind(staff)
        .bind(date)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn held_roles(&mut self, staff: Uuid) -> Stored<Vec<RoleRow>> {
        sqlx::query_as("SELECT role, clinic_id, access_until FROM staff_roles WHERE staff_id = $1 ORDER BY clinic_id, role")
            .bind(staff)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn grant_role(
        &mut self,
        staff: Uuid,
        role: &str,
        clinic: &str,
        until: Option<NaiveDate>,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO staff_roles (staff_id, role, clinic_id, access_until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (staff_id, role, clinic_id) DO UPDATE SET access_until = excluded.access_until",
        )
        .bind(staff)
        .bind(role)
        .bind(clinic)
        .bind(until)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn drop_role(&mut self, staff: Uuid, role: &str, clinic: &str) -> Stored<bool> {
        let dropped = sqlx::query(
            "DELETE FROM staff_roles WHERE staff_id = $1 AND role = $2 AND clinic_id = $3",
        )
        .bind(staff)
        .bind(role)
        .bind(clinic)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(dropped.rows_affected() == 1)
    }

    async fn people(&mut self, clinic: Option<&str>) -> Stored<Vec<PersonRow>> {
        sqlx::query_as(
            "SELECT s.id, s.name, s.email, s.active, (s.password IS NOT NULL) AS has_password,
                EXISTS (SELECT 1 FROM second_factors f WHERE f.staff_id = s.id AND f.confirmed_at IS NOT NULL)
                    AS has_second_factor,
                EXISTS (SELECT 1 FROM outbox o WHERE o.staff_id = s.id AND o.state = 'failed'
                    AND NOT EXISTS (SELECT 1 FROM outbox n WHERE n.staff_id = s.id AND n.id > o.id)) AS mail_failed,
                r.role, r.clinic_id, r.access_until
             FROM staff s LEFT JOIN staff_roles r ON r.staff_id = s.id
             WHERE EXISTS (SELECT 1 FROM staff_roles o WHERE o.staff_id = s.id AND o.clinic_id = $1) OR $1 IS NULL
             ORDER BY s.name, s.id, r.clinic_id, r.role",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn set_active(&mut self, staff: Uuid, active: bool) -> Stored<()> {
        sqlx::query("UPDATE staff SET active = $2 WHERE id = $1")
            .bind(staff)
            .bind(active)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn own_meetings(
        &mut self,
        staff: Uuid,
        from: i64,
        until: i64,
    ) -> Stored<(Option<Uuid>, Vec<Uuid>)> {
        let rows: Vec<(Option<Uuid>, Option<Uuid>)> = sqlx::query_as(
            "SELECT DISTINCT s.resource_id, m.id FROM staff s
             LEFT JOIN (allocations l JOIN meetings m ON m.id = l.meeting_id AND m.starts_at >= $2 AND m.starts_at < $3)
                ON l.resource_id = s.resource_id
             WHERE s.id = $1",
        )
        .bind(staff)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        let resource = rows.first().and_then(|(resource, _)| *resource);
        let meetings = rows
            .into_iter()
            .filter_map(|(_, meeting)| meeting)
            .collect();
        Ok((resource, meetings))
    }

    async fn prepared_by(&mut self, staff: Uuid) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar("SELECT DISTINCT request_id FROM request_decisions WHERE staff_id = $1")
            .bind(staff)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn live_session(
        &mut self,
        token_hash: &[u8],
        now: i64,
        idle_since: i64,
    ) -> Stored<Option<SignInRow>> {
        sqlx::query_as(
            "SELECT s.id, s.email, s.name, s.password, s.resource_id, s.active, s.created_at,
                t.created_at AS started_at, t.last_seen_at, t.proved_at, t.waits,
                EXISTS (SELECT 1 FROM second_factors f WHERE f.staff_id = s.id AND f.confirmed_at IS NOT NULL)
                    AS has_second_factor,
                EXISTS (SELECT 1 FROM settings e WHERE e.name = 'sample' AND e.value = '1') AS sample
             FROM staff_sessions t JOIN staff s ON s.id = t.staff_id
             WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.last_seen_at > $3 AND s.active",
        )
        .bind(token_hash)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn touch_session(&mut self, token_hash: &[u8], now: i64) -> Stored<()> {
        sqlx::query("UPDATE staff_sessions SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2")
            .bind(token_hash)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn prove_session(&mut self, token_hash: &[u8], now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE staff_sessions SET proved_at = $2, last_seen_at = $2 WHERE token_hash = $1",
        )
        .bind(token_hash)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn hold_session(&mut self, token_hash: &[u8]) -> Stored<()> {
        sqlx::query("UPDATE staff_sessions SET waits = TRUE WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn open_sessions(
        &mut self,
        staff: Uuid,
        now: i64,
        idle_since: i64,
    ) -> Stored<Vec<OpenSession>> {
        sqlx::query_as(
            "SELECT token_hash, created_at AS started_at, last_seen_at FROM staff_sessions
             WHERE staff_id = $1 AND expires_at > $2 AND last_seen_at > $3 AND NOT waits
             ORDER BY last_seen_at DESC, token_hash",
        )
        .bind(staff)
        .bind(now)
        .bind(idle_since)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn end_sessions(&mut self, staff: Uuid) -> Stored<u64> {
        let ended = sqlx::query("DELETE FROM staff_sessions WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        sqlx::query("DELETE FROM known_devices WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(ended.rows_affected())
    }

    async fn end_staff_links(&mut self, staff: Uuid) -> Stored<()> {
        sqlx::query("DELETE FROM staff_links WHERE staff_id = $1 AND used_at IS NULL")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn tries(&mut self, key: &[u8]) -> Stored<TriesRow> {
        let row = sqlx::query_as("SELECT failures, last_at FROM sign_in_tries WHERE key = $1")
            .bind(key)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(row.unwrap_or_default())
    }

    async fn count_try(&mut self, key: &[u8], now: i64, fresh_since: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO sign_in_tries (key, failures, last_at) VALUES ($1, 1, $2)
             ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at,
                failures = CASE WHEN sign_in_tries.last_at < $3 THEN 1 ELSE sign_in_tries.failures + 1 END",
        )
        .bind(key)
        .bind(now)
        .bind(fresh_since)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn take_back_try(&mut self, key: &[u8]) -> Stored<()> {
        sqlx::query(
            "UPDATE sign_in_tries SET failures = failures - 1 WHERE key = $1 AND failures > 0",
        )
        .bind(key)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn forget_tries(&mut self, key: &[u8]) -> Stored<()> {
        sqlx::query("DELETE FROM sign_in_tries WHERE key = $1")
            .bind(key)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn known_device(&mut self, token_hash: &[u8], staff: Uuid, since: i64) -> Stored<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT last_at FROM known_devices WHERE token_hash = $1 AND staff_id = $2 AND last_at > $3",
        )
        .bind(token_hash)
        .bind(staff)
        .bind(since)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(found.is_some())
    }

    async fn put_device(&mut self, token_hash: &[u8], staff: Uuid, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO known_devices (token_hash, staff_id, last_at) VALUES ($1, $2, $3)
             ON CONFLICT (token_hash) DO UPDATE SET staff_id = excluded.staff_id, last_at = excluded.last_at",
        )
        .bind(token_hash)
        .bind(staff)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn prune_sign_ins(&mut self, tries_before: i64, devices_before: i64) -> Stored<u64> {
        let tries = sqlx::query("DELETE FROM sign_in_tries WHERE last_at <= $1")
            .bind(tries_before)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        let devices = sqlx::query("DELETE FROM known_devices WHERE last_at <= $1")
            .bind(devices_before)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(tries.rows_affected() + devices.rows_affected())
    }

    async fn second_factor(&mut self, staff: Uuid) -> Stored<Option<SecondFactorRow>> {
        sqlx::query_as(
            "SELECT secret, last_step, confirmed_at FROM second_factors WHERE staff_id = $1",
        )
        .bind(staff)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn begin_second_factor(&mut self, staff: Uuid, secret: &str) -> Stored<()> {
        sqlx::query(
            "INSERT INTO second_factors (staff_id, secret, last_step) VALUES ($1, $2, 0)
             ON CONFLICT (staff_id) DO UPDATE SET secret = excluded.secret, last_step = 0, confirmed_at = NULL",
        )
        .bind(staff)
        .bind(secret)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn use_step(&mut self, staff: Uuid, step: i64) -> Stored<bool> {
        let used = sqlx::query(
            "UPDATE second_factors SET last_step = $2 WHERE staff_id = $1 AND last_step < $2",
        )
        .bind(staff)
        .bind(step)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(used.rows_affected() == 1)
    }

    async fn confirm_second_factor(
        &mut self,
        staff: Uuid,
        codes: &[String],
        now: i64,
    ) -> Stored<()> {
        sqlx::query("UPDATE second_factors SET confirmed_at = $2 WHERE staff_id = $1")
            .bind(staff)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        sqlx::query("DELETE FROM recovery_codes WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        for code in codes {
            sqlx::query("INSERT INTO recovery_codes (staff_id, code_hash) VALUES ($1, $2)")
                .bind(staff)
                .bind(code)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        }
        Ok(())
    }

    async fn use_recovery_code(&mut self, staff: Uuid, code: &str, now: i64) -> Stored<bool> {
        let used = sqlx::query(
            "UPDATE recovery_codes SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL",
        )
        .bind(staff)
        .bind(code)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(used.rows_affected() == 1)
    }

    async fn recovery_codes_left(&mut self, staff: Uuid) -> Stored<i64> {
        sqlx::query_scalar(
            "SELECT count(*) FROM recovery_codes WHERE staff_id = $1 AND used_at IS NULL",
        )
        .bind(staff)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn drop_second_factor(&mut self, staff: Uuid) -> Stored<bool> {
        sqlx::query("DELETE FROM recovery_codes WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        let dropped = sqlx::query("DELETE FROM second_factors WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(dropped.rows_affected() == 1)
    }

    async fn feed_of(&mut self, staff: Uuid) -> Stored<Option<i64>> {
        sqlx::query_scalar("SELECT created_at FROM calendar_feeds WHERE staff_id = $1")
            .bind(staff)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_feed(&mut self, staff: Uuid, token_hash: &[u8], now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO calendar_feeds (staff_id, token_hash, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (staff_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at",
        )
        .bind(staff)
        .bind(token_hash)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn drop_feed(&mut self, staff: Uuid) -> Stored<bool> {
        let dropped = sqlx::query("DELETE FROM calendar_feeds WHERE staff_id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(dropped.rows_affected() == 1)
    }

    async fn feed(&mut self, token_hash: &[u8]) -> Stored<Option<StaffRow>> {
        sqlx::query_as(
            "SELECT s.id, s.email, s.name, s.password, s.resource_id, s.active, s.created_at
             FROM calendar_feeds f JOIN staff s ON s.id = f.staff_id
             WHERE f.token_hash = $1 AND s.active",
        )
        .bind(token_hash)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn feed_rows(&mut self, resource: Uuid, from: i64, until: i64) -> Stored<Vec<FeedRow>> {
        sqlx::query_as(
            "SELECT a.id, a.clinic_id, a.reference, a.state, a.sequence, a.updated_at, m.mode, m.starts_at, m.ends_at,
                (SELECT min(r.name) FROM allocations o JOIN resources r ON r.id = o.resource_id
                 WHERE o.meeting_id = m.id AND o.part = 'room') AS room
             FROM allocations l
             JOIN meetings m ON m.id = l.meeting_id
             JOIN appointments a ON a.meeting_id = m.id
             WHERE l.resource_id = $1 AND m.starts_at >= $2 AND m.starts_at < $3
               AND a.state NOT IN ('held', 'expired')
             ORDER BY m.starts_at, a.reference",
        )
        .bind(resource)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn queue_for_staff(&mut self, id: Uuid, kind: &str, staff: Uuid, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO outbox (id, kind, staff_id, sequence, state, due_at, created_at)
             VALUES ($1, $2, $3, 0, 'queued', $4, $4)",
        )
        .bind(id)
        .bind(kind)
        .bind(staff)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn daily_lists_due(
        &mut self,
        (from, until): (i64, i64),
        (kind, day): (&str, i64),
    ) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT s.id FROM staff s
             WHERE s.active AND s.daily_list AND EXISTS (
                    SELECT 1 FROM allocations l
                    JOIN meetings m ON m.id = l.meeting_id
                    JOIN appointments a ON a.meeting_id = m.id
                    WHERE l.resource_id = s.resource_id AND l.active AND m.starts_at >= $1 AND m.starts_at < $2
                      AND a.state IN ('requested', 'confirmed', 'arrived'))
               AND NOT EXISTS (
                    SELECT 1 FROM told_once t WHERE t.subject_id = s.id AND t.kind = $3 AND t.sequence = $4)
             ORDER BY s.id",
        )
        .bind(from)
        .bind(until)
        .bind(kind)
        .bind(day)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn wants_daily_list(&mut self, staff: Uuid) -> Stored<bool> {
        let found: Option<bool> = sqlx::query_scalar("SELECT daily_list FROM staff WHERE id = $1")
            .bind(staff)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(found.unwrap_or(false))
    }

    async fn set_daily_list(&mut self, staff: Uuid, on: bool) -> Stored<()> {
        sqlx::query("UPDATE staff SET daily_list = $2 WHERE id = $1")
            .bind(staff)
            .bind(on)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn message_staff(&mut self, message: Uuid) -> Stored<Option<Uuid>> {
        let found: Option<Option<Uuid>> =
            sqlx::query_scalar("SELECT staff_id FROM outbox WHERE id = $1")
                .bind(message)
                .fetch_optional(&mut *self.tx)
                .await
                .map_err(translate)?;
        Ok(found.flatten())
    }
}
