//! What reports count. Rows without a name; whoever shows them hides small numbers.

use chrono::NaiveDate;

use super::Connection;
use crate::store::{
    CountedAppointment, CountedRequest, EndingRow, HoursRow, OpenDatesRow, Stored, translate,
};

impl Connection {
    pub(super) async fn add_ending(
        &mut self,
        clinic: &str,
        month: &str,
        kind: &str,
        reason: &str,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO ending_counts (clinic_id, month, kind, reason, people) VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (clinic_id, month, kind, reason) DO UPDATE SET people = ending_counts.people + 1",
        )
        .bind(clinic)
        .bind(month)
        .bind(kind)
        .bind(reason)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    pub(super) async fn read_counted_appointments(
        &mut self,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CountedAppointment>> {
        sqlx::query_as(
            "SELECT a.clinic_id, a.state, a.meeting_id, m.starts_at, m.ends_at, a.created_at,
                (SELECT min(r.created_at) FROM requests r WHERE r.appointment_id = a.id) AS asked_at,
                (SELECT min(w.created_at) FROM offers f JOIN waiting w ON w.id = f.waiting_id
                    WHERE f.appointment_id = a.id AND f.state = 'accepted') AS joined_at,
                coalesce(n.topic, '') AS topic,
                (s.offered_to = 'returning' OR v.follows IS NOT NULL) AS again,
                (a.turned_down_at IS NOT NULL) AS turned_down,
                (SELECT count(*) FROM allocations l WHERE l.meeting_id = m.id AND l.part = 'adviser') AS advisers,
                o.result, i.name AS issue, o.student_minutes, o.supervisor_minutes, o.confidence_before,
                o.confidence_after
             FROM appointments a
             JOIN meetings m ON m.id = a.meeting_id
             JOIN services s ON s.id = a.service_id
             LEFT JOIN visits v ON v.appointment_id = a.id
             LEFT JOIN outcomes o ON o.appointment_id = a.id
             LEFT JOIN issues i ON i.id = o.issue_id
             LEFT JOIN intakes n ON n.id = a.intake_id
             WHERE a.state NOT IN ('held', 'expired')
               AND ((m.starts_at >= $1 AND m.starts_at < $2) OR (a.created_at >= $1 AND a.created_at < $2))",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    pub(super) async fn read_counted_requests(
        &mut self,
        from: i64,
        until: i64,
    ) -> Stored<Vec<CountedRequest>> {
        sqlx::query_as(
            "SELECT r.clinic_id, n.topic, r.created_at, (r.state = 'declined') AS could_not_help
             FROM requests r JOIN intakes n ON n.id = r.intake_id WHERE r.created_at >= $1 AND r.created_at < $2
             UNION ALL
             SELECT w.clinic_id, n.topic, w.created_at, (w.state = 'ended')
             FROM waiting w JOIN intakes n ON n.id = w.intake_id WHERE w.created_at >= $1 AND w.created_at < $2
               AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.intake_id = w.intake_id)",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    pub(super) async fn read_endings(&mut self, from: &str, until: &str) -> Stored<Vec<EndingRow>> {
        sqlx::query_as(
            "SELECT clinic_id, month, kind, reason, people FROM ending_counts WHERE month >= $1 AND month <= $2
             ORDER BY clinic_id, month, kind, reason",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    pub(super) async fn read_sessions(
        &mut self,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<HoursRow>> {
        sqlx::query_as(
            "SELECT w.clinic_id, w.weekday, w.from_date, w.until_date, w.start_minute, w.end_minute,
                ws.resource_id AS adviser
             FROM windows w LEFT JOIN window_staff ws ON ws.window_id = w.id AND ws.part = 'adviser'
             WHERE w.from_date <= $2 AND (w.until_date IS NULL OR w.until_date >= $1)
             ORDER BY w.clinic_id, w.id, ws.resource_id",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    pub(super) async fn read_open_dates(
        &mut self,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<OpenDatesRow>> {
        sqlx::query_as(
            "SELECT clinic_id, kind, from_date, until_date FROM calendar_dates
             WHERE from_date <= $2 AND until_date >= $1 ORDER BY from_date, id",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }
}
