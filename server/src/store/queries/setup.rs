//! What staff edit about a clinic's time.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Connection;
use crate::domain::schedule::Facts;
use crate::store::{
    AbsenceRow, CalendarRow, DatesRow, EngagementRow, MemberRow, PostingRow, ResourceRow,
    SessionRow, SetupRecords, Stored, WindowRow, translate,
};

#[async_trait]
impl SetupRecords for Connection {
    async fn sessions(&mut self, clinic: &str) -> Stored<Vec<SessionRow>> {
        sqlx::query_as(
            "SELECT id, weekday, from_date, until_date, start_minute, end_minute, revision FROM windows
             WHERE clinic_id = $1
             ORDER BY CASE WHEN weekday IS NULL THEN 8 ELSE weekday END, from_date, start_minute, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn postings(&mut self, clinic: &str) -> Stored<Vec<PostingRow>> {
        sqlx::query_as(
            "SELECT ws.window_id, ws.resource_id, ws.part
             FROM window_staff ws JOIN windows w ON w.id = ws.window_id JOIN resources r ON r.id = ws.resource_id
             WHERE w.clinic_id = $1 ORDER BY ws.window_id, ws.part, r.name, r.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn dates_from(&mut self, clinic: &str, from: NaiveDate) -> Stored<Vec<DatesRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, kind, from_date, until_date, title, revision FROM calendar_dates
             WHERE (clinic_id IS NULL OR clinic_id = $1) AND until_date >= $2 ORDER BY from_date, id",
        )
        .bind(clinic)
        .bind(from)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn absences(&mut self, clinic: &str, from: i64) -> Stored<Vec<AbsenceRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, resource_id, from_at, until_at, kind, title, revision FROM absences
             WHERE until_at > $2 AND (clinic_id = $1 OR resource_id IN (
                SELECT cr.resource_id FROM clinic_resources cr WHERE cr.clinic_id = $1
                UNION SELECT ws.resource_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id WHERE w.clinic_id = $1
                UNION SELECT rs.resource_id FROM resource_services rs JOIN services s ON s.id = rs.service_id WHERE s.clinic_id = $1))
             ORDER BY from_at, id",
        )
        .bind(clinic)
        .bind(from)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn members(&mut self, clinic: Option<&str>) -> Stored<Vec<MemberRow>> {
        sqlx::query_as(
            "SELECT id, kind, name, features, active, revision FROM resources
             WHERE id IN (
                SELECT cr.resource_id FROM clinic_resources cr WHERE cr.clinic_id = $1
                UNION SELECT ws.resource_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id WHERE w.clinic_id = $1
                UNION SELECT rs.resource_id FROM resource_services rs JOIN services s ON s.id = rs.service_id WHERE s.clinic_id = $1) OR $1 IS NULL
             ORDER BY kind, name, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn skills(&mut self, clinic: &str) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT rs.resource_id, rs.service_id FROM resource_services rs JOIN services s ON s.id = rs.service_id
             WHERE s.clinic_id = $1 ORDER BY s.position, s.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn clinics_of(&mut self, resource: Uuid) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT cr.clinic_id FROM clinic_resources cr WHERE cr.resource_id = $1
             UNION SELECT w.clinic_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id WHERE ws.resource_id = $1
             UNION SELECT s.clinic_id FROM resource_services rs JOIN services s ON s.id = rs.service_id WHERE rs.resource_id = $1",
        )
        .bind(resource)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn clinics_of_all(&mut self) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT cr.resource_id, cr.clinic_id FROM clinic_resources cr
             UNION SELECT ws.resource_id, w.clinic_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id
             UNION SELECT rs.resource_id, s.clinic_id FROM resource_services rs JOIN services s ON s.id = rs.service_id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn engagements(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
        now: i64,
    ) -> Stored<Vec<EngagementRow>> {
        sqlx::query_as(
            "SELECT m.id AS meeting_id, m.service_id, m.starts_at, m.ends_at, l.resource_id, l.part, l.busy_from, l.busy_until,
                    m.mode, m.exception
             FROM meetings m JOIN allocations l ON l.meeting_id = m.id AND l.active
             WHERE m.clinic_id = $1 AND m.starts_at >= $2 AND m.starts_at < $3 AND m.active
               AND EXISTS (SELECT 1 FROM appointments a
                    WHERE a.meeting_id = m.id AND a.state NOT IN ('cancelled', 'expired')
                      AND (a.state <> 'held' OR a.hold_expires_at > $4))
             ORDER BY m.starts_at, m.id, l.part, l.id",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .bind(now)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn access_between(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
    ) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT a.meeting_id, p.access
             FROM appointments a JOIN meetings m ON m.id = a.meeting_id JOIN clients p ON p.id = a.client_id
             WHERE m.clinic_id = $1 AND m.starts_at >= $2 AND m.starts_at < $3 AND m.active
               AND a.state NOT IN ('cancelled', 'expired') AND p.access NOT IN ('', '{}')",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn facts_of_any(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
    ) -> Stored<Option<Facts>> {
        self.read_facts_of_any(service, from, until, now).await
    }

    async fn assessments_between(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
    ) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT a.id, i.assessment
             FROM appointments a JOIN meetings m ON m.id = a.meeting_id JOIN intakes i ON i.id = a.intake_id
             WHERE a.clinic_id = $1 AND m.starts_at >= $2 AND m.starts_at < $3",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn clinic_revision(&mut self, clinic: &str) -> Stored<Option<i64>> {
        sqlx::query_scalar("SELECT revision FROM clinics WHERE id = $1")
            .bind(clinic)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn is_offered(&mut self, service: &str) -> Stored<bool> {
        let found: Option<bool> = sqlx::query_scalar(
            "SELECT s.enabled AND c.enabled FROM services s JOIN clinics c ON c.id = s.clinic_id WHERE s.id = $1",
        )
        .bind(service)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(found.unwrap_or(false))
    }

    async fn service_revision(&mut self, service: &str) -> Stored<Option<i64>> {
        sqlx::query_scalar("SELECT revision FROM services WHERE id = $1")
            .bind(service)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn revise_clinic(&mut self, clinic: &str, base: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE clinics SET revision = revision + 1 WHERE id = $1 AND revision = $2",
        )
        .bind(clinic)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn revise_service(&mut self, service: &str, base: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE services SET revision = revision + 1 WHERE id = $1 AND revision = $2",
        )
        .bind(service)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn update_member(&mut self, row: &ResourceRow, base: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE resources SET name = $2, features = $3, active = $4, revision = revision + 1
             WHERE id = $1 AND revision = $5",
        )
        .bind(row.id)
        .bind(&row.name)
        .bind(&row.features)
        .bind(row.active)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list_member(&mut self, clinic: &str, resource: Uuid) -> Stored<()> {
        sqlx::query(
            "INSERT INTO clinic_resources (clinic_id, resource_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(clinic)
        .bind(resource)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn lock_member(&mut self, resource: Uuid) -> Stored<()> {
        sqlx::query("UPDATE resources SET revision = revision WHERE id = $1")
            .bind(resource)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn set_skills(
        &mut self,
        resource: Uuid,
        clinic: &str,
        services: &[String],
    ) -> Stored<()> {
        sqlx::query(
            "DELETE FROM resource_services
             WHERE resource_id = $1 AND service_id IN (SELECT id FROM services WHERE clinic_id = $2)",
        )
        .bind(resource)
        .bind(clinic)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        for service in services {
            sqlx::query(
            "INSERT INTO resource_services (resource_id, service_id)
             SELECT $1, s.id FROM services s WHERE s.id = $2 AND s.clinic_id = $3 ON CONFLICT DO NOTHING",
        )
        .bind(resource)
        .bind(service)
        .bind(clinic)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        }
        Ok(())
    }

    async fn update_window(
        &mut self,
        row: &WindowRow,
        staff: &[(Uuid, String)],
        base: i64,
    ) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE windows SET weekday = $2, from_date = $3, until_date = $4, start_minute = $5, end_minute = $6,
                revision = revision + 1
             WHERE id = $1 AND revision = $7",
        )
        .bind(row.id)
        .bind(row.weekday)
        .bind(row.from_date)
        .bind(row.until_date)
        .bind(row.start_minute)
        .bind(row.end_minute)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM window_staff WHERE window_id = $1")
            .bind(row.id)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        for (resource, part) in staff {
            sqlx::query(
                "INSERT INTO window_staff (window_id, resource_id, part) VALUES ($1, $2, $3)",
            )
            .bind(row.id)
            .bind(resource)
            .bind(part)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        }
        Ok(true)
    }

    async fn drop_window(&mut self, id: Uuid, base: i64) -> Stored<bool> {
        sqlx::query(
            "DELETE FROM window_staff
             WHERE window_id = (SELECT w.id FROM windows w WHERE w.id = $1 AND w.revision = $2)",
        )
        .bind(id)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        let done = sqlx::query("DELETE FROM windows WHERE id = $1 AND revision = $2")
            .bind(id)
            .bind(base)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn update_dates(&mut self, row: &CalendarRow, base: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE calendar_dates SET from_date = $2, until_date = $3, title = $4, revision = revision + 1
             WHERE id = $1 AND revision = $5",
        )
        .bind(row.id)
        .bind(row.from_date)
        .bind(row.until_date)
        .bind(&row.title)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn drop_dates(&mut self, id: Uuid, base: i64) -> Stored<bool> {
        let done = sqlx::query("DELETE FROM calendar_dates WHERE id = $1 AND revision = $2")
            .bind(id)
            .bind(base)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn put_absence(&mut self, row: &AbsenceRow, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO absences (id, clinic_id, resource_id, from_at, until_at, kind, title, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(row.id)
        .bind(&row.clinic_id)
        .bind(row.resource_id)
        .bind(row.from_at)
        .bind(row.until_at)
        .bind(&row.kind)
        .bind(&row.title)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn update_absence(&mut self, row: &AbsenceRow, base: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE absences SET resource_id = $2, from_at = $3, until_at = $4, kind = $5, title = $6, revision = revision + 1
             WHERE id = $1 AND revision = $7",
        )
        .bind(row.id)
        .bind(row.resource_id)
        .bind(row.from_at)
        .bind(row.until_at)
        .bind(&row.kind)
        .bind(&row.title)
        .bind(base)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn drop_absence(&mut self, id: Uuid, base: i64) -> Stored<bool> {
        let done = sqlx::query("DELETE FROM absences WHERE id = $1 AND revision = $2")
            .bind(id)
            .bind(base)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn reassign(&mut self, meeting: Uuid, old: Uuid, new: Uuid) -> Stored<()> {
        sqlx::query(
            "UPDATE allocations SET resource_id = $3 WHERE meeting_id = $1 AND resource_id = $2",
        )
        .bind(meeting)
        .bind(old)
        .bind(new)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }
}
