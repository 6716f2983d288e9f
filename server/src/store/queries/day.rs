//! The working day: visits, outcomes, who supervises, what a meeting takes.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::Connection;
use crate::store::{
    AllocationRow, CountedAppointment, CountedRequest, DayRecords, DutyRow, EndingRow, HoursRow,
    IssueRow, NamedResource, OpenDatesRow, OutcomeRow, Stored, SupervisorRow, VisitRow, translate,
};

#[derive(FromRow)]
struct Taken {
    id: Uuid,
    resource_id: Uuid,
    part: String,
    busy_from: i64,
    busy_until: i64,
    at_once: i64,
    hold_until: Option<i64>,
}

#[async_trait]
impl DayRecords for Connection {
    async fn followers(&mut self, after: Uuid) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT a.reference FROM visits v JOIN appointments a ON a.id = v.appointment_id
             WHERE v.follows = $1 AND a.state IN ('requested', 'confirmed', 'arrived') ORDER BY a.created_at, a.id",
        )
        .bind(after)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn visit(&mut self, appointment: Uuid) -> Stored<Option<VisitRow>> {
        sqlx::query_as(
            "SELECT appointment_id, late_minutes, arrived_at, started_at, ended_at, left_early, walk_in, follows
             FROM visits WHERE appointment_id = $1",
        )
        .bind(appointment)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_visit(&mut self, visit: &VisitRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO visits
                (appointment_id, late_minutes, arrived_at, started_at, ended_at, left_early, walk_in, follows)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (appointment_id) DO UPDATE SET late_minutes = excluded.late_minutes,
                arrived_at = excluded.arrived_at, started_at = excluded.started_at, ended_at = excluded.ended_at,
                left_early = excluded.left_early, walk_in = excluded.walk_in, follows = excluded.follows",
        )
        .bind(visit.appointment_id)
        .bind(visit.late_minutes)
        .bind(visit.arrived_at)
        .bind(visit.started_at)
        .bind(visit.ended_at)
        .bind(visit.left_early)
        .bind(visit.walk_in)
        .bind(visit.follows)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn visits_between(&mut self, from: i64, until: i64) -> Stored<Vec<VisitRow>> {
        sqlx::query_as(
            "SELECT v.appointment_id, v.late_minutes, v.arrived_at, v.started_at, v.ended_at, v.left_early, v.walk_in,
                v.follows
             FROM meetings m
             JOIN appointments a ON a.meeting_id = m.id
             JOIN visits v ON v.appointment_id = a.id
             WHERE m.starts_at >= $1 AND m.starts_at < $2",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn with_outcome_between(&mut self, from: i64, until: i64) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT a.id
             FROM meetings m
             JOIN appointments a ON a.meeting_id = m.id
             JOIN outcomes o ON o.appointment_id = a.id
             WHERE m.starts_at >= $1 AND m.starts_at < $2",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn outcome(&mut self, appointment: Uuid) -> Stored<Option<OutcomeRow>> {
        sqlx::query_as(
            "SELECT appointment_id, result, issue_id, student_minutes, supervisor_minutes, confidence_before,
                confidence_after, recorded_by, recorded_at, revision
             FROM outcomes WHERE appointment_id = $1",
        )
        .bind(appointment)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_outcome(&mut self, outcome: &OutcomeRow) -> Stored<bool> {
        // Compare-and-swap in one statement: the first one goes in where none is, a later one over its own forerunner.
        let text = if outcome.revision == 1 {
            "INSERT INTO outcomes (appointment_id, result, issue_id, student_minutes, supervisor_minutes, confidence_before,
                confidence_after, recorded_by, recorded_at, revision)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (appointment_id) DO NOTHING"
        } else {
            "UPDATE outcomes SET result = $2, issue_id = $3, student_minutes = $4, supervisor_minutes = $5,
                confidence_before = $6, confidence_after = $7, recorded_by = $8, recorded_at = $9, revision = $10
             WHERE appointment_id = $1 AND revision = $10 - 1"
        };
        let done = sqlx::query(text)
            .bind(outcome.appointment_id)
            .bind(&outcome.result)
            .bind(outcome.issue_id)
            .bind(outcome.student_minutes)
            .bind(outcome.supervisor_minutes)
            .bind(outcome.confidence_before)
            .bind(outcome.confidence_after)
            .bind(outcome.recorded_by)
            .bind(outcome.recorded_at)
            .bind(outcome.revision)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(done.rows_affected() == 1)
    }

    async fn issues(&mut self, clinic: Option<&str>) -> Stored<Vec<IssueRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, name, position, enabled FROM issues
             WHERE clinic_id = $1 OR $1 IS NULL ORDER BY clinic_id, position, name",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_issue(&mut self, issue: &IssueRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO issues (id, clinic_id, name, position, enabled) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (clinic_id, name) DO UPDATE SET position = excluded.position, enabled = excluded.enabled",
        )
        .bind(issue.id)
        .bind(&issue.clinic_id)
        .bind(&issue.name)
        .bind(issue.position)
        .bind(issue.enabled)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn duty(&mut self, date: NaiveDate) -> Stored<Vec<DutyRow>> {
        sqlx::query_as(
            "SELECT w.clinic_id, c.name AS clinic_name, c.supervisor_ratio, w.weekday, w.start_minute, w.end_minute,
                f.resource_id, f.name
             FROM windows w
             JOIN clinics c ON c.id = w.clinic_id
             LEFT JOIN (
                SELECT ws.window_id, ws.resource_id, r.name
                FROM window_staff ws JOIN resources r ON r.id = ws.resource_id
                WHERE ws.part = 'supervisor' AND r.active
             ) f ON f.window_id = w.id
             WHERE c.enabled AND w.from_date <= $1 AND (w.until_date IS NULL OR w.until_date >= $1)
               AND EXISTS (SELECT 1 FROM calendar_dates d
                    WHERE d.kind = 'term' AND (d.clinic_id = w.clinic_id OR d.clinic_id IS NULL)
                      AND d.from_date <= $1 AND d.until_date >= $1)
               AND NOT EXISTS (SELECT 1 FROM calendar_dates d
                    WHERE d.kind <> 'term' AND (d.clinic_id = w.clinic_id OR d.clinic_id IS NULL)
                      AND d.from_date <= $1 AND d.until_date >= $1)
             ORDER BY c.position, c.id, w.start_minute, f.name, f.resource_id",
        )
        .bind(date)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn missed_names(
        &mut self,
        clinic: &str,
        email: Option<&str>,
        phone: Option<&str>,
        except: Uuid,
    ) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT p.name FROM clients p JOIN appointments a ON a.client_id = p.id
             WHERE a.clinic_id = $1 AND a.state = 'missed' AND a.id <> $4
               AND p.id IN (SELECT id FROM clients WHERE email IS NOT NULL AND lower(email) = $2
                            UNION SELECT id FROM clients WHERE phone = $3)",
        )
        .bind(clinic)
        .bind(email)
        .bind(phone)
        .bind(except)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn posted_resources(&mut self, clinic: &str) -> Stored<Vec<NamedResource>> {
        sqlx::query_as(
            "SELECT DISTINCT r.id, r.name
             FROM resources r JOIN window_staff ws ON ws.resource_id = r.id JOIN windows w ON w.id = ws.window_id
             WHERE w.clinic_id = $1 AND r.active ORDER BY r.name, r.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn allocations(&mut self, meeting: Uuid) -> Stored<Vec<AllocationRow>> {
        let rows: Vec<Taken> = sqlx::query_as(
            "SELECT id, resource_id, part, busy_from, busy_until, at_once, hold_until
             FROM allocations WHERE meeting_id = $1 AND active ORDER BY part, resource_id",
        )
        .bind(meeting)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        let row = |taken: Taken| AllocationRow {
            id: taken.id,
            resource_id: taken.resource_id,
            part: taken.part,
            busy_from: taken.busy_from,
            busy_until: taken.busy_until,
            at_once: taken.at_once,
            hold_until: taken.hold_until,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    async fn put_allocations(&mut self, meeting: Uuid, all: &[AllocationRow]) -> Stored<()> {
        sqlx::query("DELETE FROM allocations WHERE meeting_id = $1")
            .bind(meeting)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        // In one order for all, so that two who want the same people never wait for each other in a ring.
        let mut ordered: Vec<_> = all.iter().collect();
        ordered.sort_by_key(|allocation| allocation.resource_id);
        for allocation in ordered {
            sqlx::query(
                "INSERT INTO allocations
                    (id, meeting_id, resource_id, part, busy_from, busy_until, at_once, active, hold_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8)",
            )
            .bind(allocation.id)
            .bind(meeting)
            .bind(allocation.resource_id)
            .bind(&allocation.part)
            .bind(allocation.busy_from)
            .bind(allocation.busy_until)
            .bind(allocation.at_once)
            .bind(allocation.hold_until)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        }
        Ok(())
    }

    async fn supervisors(&mut self) -> Stored<Vec<SupervisorRow>> {
        sqlx::query_as(
            "SELECT r.clinic_id, s.id, s.name FROM staff s JOIN staff_roles r ON r.staff_id = s.id
             WHERE s.active AND r.role = 'supervisor' ORDER BY s.name, s.id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn count_ending(
        &mut self,
        clinic: &str,
        month: &str,
        kind: &str,
        reason: &str,
    ) -> Stored<()> {
        self.add_ending(clinic, month, kind, reason).await
    }

    async fn counted_appointments(
        &mut self,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CountedAppointment>> {
        self.read_counted_appointments(from, until).await
    }

    async fn counted_requests(&mut self, from: i64, until: i64) -> Stored<Vec<CountedRequest>> {
        self.read_counted_requests(from, until).await
    }

    async fn endings(&mut self, from: &str, until: &str) -> Stored<Vec<EndingRow>> {
        self.read_endings(from, until).await
    }

    async fn hours_between(&mut self, from: NaiveDate, until: NaiveDate) -> Stored<Vec<HoursRow>> {
        self.read_sessions(from, until).await
    }

    async fn open_dates_between(
        &mut self,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<OpenDatesRow>> {
        self.read_open_dates(from, until).await
    }
}
