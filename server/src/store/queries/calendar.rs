//! The calendar of the desk, its search, and the mark of the last change.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Connection;
use crate::domain::time;
use crate::store::{
    AllocatedRow, AwayRow, CalendarRecords, CheckedAppointment, FoundRequest, OverrideRow, PlanRow,
    Sought, Stored, translate,
};

#[async_trait]
impl CalendarRecords for Connection {
    async fn checked_between(
        &mut self,
        clinic: Option<&str>,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CheckedAppointment>> {
        sqlx::query_as(
            "SELECT d.*, (c.conflict_check AND d.state IN ('requested', 'cancelled') AND NOT EXISTS (
                    SELECT 1 FROM conflict_cases k
                    WHERE k.state = 'cleared' AND (k.appointment_id = d.id OR k.intake_id = d.intake_id))) AS uncleared,
                    (SELECT w.reference FROM offers o JOIN waiting w ON w.id = o.waiting_id
                     WHERE d.state = 'held' AND o.appointment_id = d.id AND o.state = 'open') AS offered_to
             FROM appointment_details d JOIN clinics c ON c.id = d.clinic_id
             WHERE d.starts_at >= $2 AND d.starts_at < $3 AND (d.clinic_id = $1 OR $1 IS NULL)
               AND d.state NOT IN ('cancelled', 'expired')
             ORDER BY d.starts_at, d.reference",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn allocated_between(&mut self, from: i64, until: i64) -> Stored<Vec<AllocatedRow>> {
        sqlx::query_as(
            "SELECT l.meeting_id, m.clinic_id, l.resource_id, l.part, r.name, r.active, l.busy_from, l.busy_until,
                    l.hold_until, m.exception
             FROM meetings m
             JOIN allocations l ON l.meeting_id = m.id
             JOIN resources r ON r.id = l.resource_id
             WHERE m.active AND m.starts_at >= $1 AND m.starts_at < $2
             ORDER BY r.name, r.id",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn plan(
        &mut self,
        clinic: Option<&str>,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<PlanRow>> {
        sqlx::query_as(
            "SELECT 'hours' AS kind, w.clinic_id, w.id, w.weekday, w.from_date, w.until_date, w.start_minute,
                    w.end_minute, '' AS title, ws.resource_id, ws.part, r.name,
                    CAST(NULL AS BIGINT) AS from_at, CAST(NULL AS BIGINT) AS until_at
             FROM windows w
             LEFT JOIN window_staff ws ON ws.window_id = w.id
             LEFT JOIN resources r ON r.id = ws.resource_id
             WHERE (w.clinic_id = $1 OR $1 IS NULL)
             UNION ALL
             SELECT d.kind, d.clinic_id, d.id, NULL, d.from_date, d.until_date, NULL, NULL, d.title, NULL, NULL, NULL,
                    NULL, NULL
             FROM calendar_dates d
             WHERE (d.clinic_id IS NULL OR d.clinic_id = $1 OR $1 IS NULL)
               AND d.from_date <= $3 AND d.until_date >= $2
             UNION ALL
             SELECT 'away', b.clinic_id, b.id, NULL, $2, NULL, NULL, NULL, b.title, b.resource_id, r.kind, r.name,
                    b.from_at, b.until_at
             FROM absences b LEFT JOIN resources r ON r.id = b.resource_id
             WHERE b.until_at > $4 AND b.from_at < $5",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .bind(time::start_of_day(from).timestamp())
        .bind(time::end_of_day(until).timestamp())
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn away_between(&mut self, from: i64, until: i64) -> Stored<Vec<AwayRow>> {
        sqlx::query_as(
            "SELECT b.clinic_id, b.resource_id, r.name, COALESCE(r.kind = 'room', FALSE) AS room, b.from_at, b.until_at,
                    b.title
             FROM absences b LEFT JOIN resources r ON r.id = b.resource_id
             WHERE b.until_at > $1 AND b.from_at < $2
             ORDER BY b.from_at, b.id",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn find_appointments(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<CheckedAppointment>> {
        sqlx::query_as(
            "SELECT d.*, (c.conflict_check AND d.state IN ('requested', 'cancelled') AND NOT EXISTS (
                    SELECT 1 FROM conflict_cases k
                    WHERE k.state = 'cleared' AND (k.appointment_id = d.id OR k.intake_id = d.intake_id))) AS uncleared
             FROM appointment_details d JOIN clinics c ON c.id = d.clinic_id
             WHERE d.clinic_id = $1 AND d.state NOT IN ('held', 'expired')
               AND (d.reference = $2 OR d.phone = $3 OR d.phone LIKE $4
                    OR lower(d.client_name) LIKE $5 ESCAPE '!' OR d.client_name LIKE $6 ESCAPE '!')
             ORDER BY d.starts_at DESC, d.reference LIMIT $7",
        )
        .bind(clinic)
        .bind(&sought.reference)
        .bind(&sought.phone)
        .bind(&sought.phone_end)
        .bind(&sought.name)
        .bind(&sought.name_typed)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn find_requests(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<FoundRequest>> {
        sqlx::query_as(
            "SELECT r.id, r.reference, r.clinic_id, r.clinic_name, r.state, r.client_name, r.created_at, r.assigned_to,
                    (c.conflict_check AND r.state NOT IN ('booked', 'declined', 'withdrawn') AND NOT EXISTS (
                        SELECT 1 FROM conflict_cases k
                        WHERE k.state = 'cleared' AND (k.request_id = r.id OR k.intake_id = r.intake_id))) AS uncleared
             FROM request_details r JOIN clinics c ON c.id = r.clinic_id
             WHERE r.clinic_id = $1
               AND (r.reference = $2 OR r.phone = $3 OR r.phone LIKE $4
                    OR lower(r.client_name) LIKE $5 ESCAPE '!' OR r.client_name LIKE $6 ESCAPE '!')
             ORDER BY r.created_at DESC, r.reference LIMIT $7",
        )
        .bind(clinic)
        .bind(&sought.reference)
        .bind(&sought.phone)
        .bind(&sought.phone_end)
        .bind(&sought.name)
        .bind(&sought.name_typed)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn find_waiting(
        &mut self,
        clinic: &str,
        sought: &Sought,
        limit: i64,
    ) -> Stored<Vec<FoundRequest>> {
        sqlx::query_as(
            "SELECT w.id, w.reference, w.clinic_id, w.clinic_name, w.state, w.client_name, w.created_at,
                    CAST(NULL AS UUID) AS assigned_to, c.conflict_check AS uncleared
             FROM waiting_details w JOIN clinics c ON c.id = w.clinic_id
             WHERE w.clinic_id = $1
               AND (w.reference = $2 OR (NOT c.conflict_check AND (w.phone = $3 OR w.phone LIKE $4
                    OR lower(w.client_name) LIKE $5 ESCAPE '!' OR w.client_name LIKE $6 ESCAPE '!')))
             ORDER BY w.created_at DESC, w.reference LIMIT $7",
        )
        .bind(clinic)
        .bind(&sought.reference)
        .bind(&sought.phone)
        .bind(&sought.phone_end)
        .bind(&sought.name)
        .bind(&sought.name_typed)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn change_mark(&mut self) -> Stored<String> {
        let (last, count): (i64, i64) =
            sqlx::query_as("SELECT coalesce(max(number), 0), count(*) FROM changes")
                .fetch_one(&mut *self.tx)
                .await
                .map_err(translate)?;
        Ok(format!("{last}-{count}"))
    }

    async fn put_override(&mut self, row: &OverrideRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO overrides (id, appointment_id, staff_id, rule, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(row.id)
        .bind(row.appointment_id)
        .bind(row.staff_id)
        .bind(&row.rule)
        .bind(&row.reason)
        .bind(row.at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn overrides(&mut self, appointment: Uuid) -> Stored<Vec<OverrideRow>> {
        sqlx::query_as(
            "SELECT id, appointment_id, staff_id, rule, reason, at FROM overrides
             WHERE appointment_id = $1 ORDER BY at, id",
        )
        .bind(appointment)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }
}
