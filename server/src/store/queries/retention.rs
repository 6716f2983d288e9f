//! What is erased when its time is over.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{ErasureRow, PeriodsRow, RetentionRecords, Stored, translate};

/// What a client gave, row by row. What a database rule wants to have something in keeps a dash.
const OF_A_CLIENT: [&str; 9] = [
    "UPDATE request_decisions SET reason = '', answer = NULL,
        terms = CASE WHEN kind = 'ask' THEN '{\"ask\":{\"question\":\"\"}}' ELSE terms END
     WHERE request_id IN (SELECT id FROM requests WHERE client_id = $1)",
    "UPDATE overrides SET reason = '' WHERE appointment_id IN (SELECT id FROM appointments WHERE client_id = $1)",
    "UPDATE allocations SET override_reason = '—' WHERE override_reason IS NOT NULL
        AND meeting_id IN (SELECT meeting_id FROM appointments WHERE client_id = $1)",
    "UPDATE offers SET reason = '' WHERE reason IS NOT NULL
        AND waiting_id IN (SELECT id FROM waiting WHERE client_id = $1)",
    "UPDATE waiting SET needs = '{\"access\":[],\"deadline\":null,\"extra_minutes\":0}', days = '', parts = '', modes = '',
        helps_until = NULL WHERE client_id = $1",
    "UPDATE requests SET deadline = NULL WHERE client_id = $1",
    "UPDATE calls SET name = NULL, phone = NULL, call_window = NULL, leave_message = NULL
     WHERE appointment_id IN (SELECT id FROM appointments WHERE client_id = $1)
        OR request_id IN (SELECT id FROM requests WHERE client_id = $1)
        OR waiting_id IN (SELECT id FROM waiting WHERE client_id = $1)",
    "UPDATE conflict_cases SET reason = NULL
     WHERE appointment_id IN (SELECT id FROM appointments WHERE client_id = $1)
        OR request_id IN (SELECT id FROM requests WHERE client_id = $1)",
    "UPDATE outbox SET reason = NULL
     WHERE appointment_id IN (SELECT id FROM appointments WHERE client_id = $1)
        OR request_id IN (SELECT id FROM requests WHERE client_id = $1)
        OR waiting_id IN (SELECT id FROM waiting WHERE client_id = $1)",
];

#[async_trait]
impl RetentionRecords for Connection {
    async fn clients_due(
        &mut self,
        now: i64,
        assumed: Option<(&str, i64)>,
        limit: i64,
    ) -> Stored<Vec<Uuid>> {
        // No period is shorter than a year (31,557,600 seconds). One person has a row for each booking, and is the same
        // person by telephone or e-mail; only contacts with a clinic that this row is of count.
        sqlx::query_scalar(
            "SELECT p.id FROM clients p
             WHERE p.erased_at IS NULL AND p.created_at < $1 - 31557600
               AND NOT EXISTS (SELECT 1 FROM contacts k JOIN clinics c ON c.id = k.clinic_id
                   WHERE k.client_id = p.id AND (k.is_open OR k.last_at > $1 - 31557600 *
                       (CASE WHEN c.id = $2 THEN $3 ELSE c.keep_years END)))
               AND NOT EXISTS (SELECT 1 FROM contacts k JOIN clinics c ON c.id = k.clinic_id
                   WHERE k.client_id IN (SELECT o.id FROM clients o WHERE o.phone = p.phone
                           UNION SELECT o.id FROM clients o WHERE o.email IS NOT NULL AND lower(o.email) = lower(p.email))
                     AND k.clinic_id IN (SELECT h.clinic_id FROM contacts h WHERE h.client_id = p.id)
                     AND (k.is_open OR k.last_at > $1 - 31557600 *
                       (CASE WHEN c.id = $2 THEN $3 ELSE c.keep_years END)))
             ORDER BY p.created_at, p.id LIMIT $4",
        )
        .bind(now)
        .bind(assumed.map(|(clinic, _)| clinic))
        .bind(assumed.map(|(_, years)| years))
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn erase_client(&mut self, client: Uuid, now: i64) -> Stored<bool> {
        let erased = sqlx::query(
            "UPDATE clients SET name = '—', email = NULL, phone = NULL, safe_to_email = FALSE, safe_to_call = FALSE,
                call_window = '', leave_message = FALSE, postcode_area = NULL, no_fixed_home = FALSE, language = '',
                interpreter = FALSE, access = '{}', organisation = NULL, erased_at = $2
             WHERE id = $1 AND erased_at IS NULL",
        )
        .bind(client)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        sqlx::query(
            "UPDATE intakes SET answers = '{}', assessment = '{}', sealed = NULL, erased_at = $2
             WHERE id IN (SELECT intake_id FROM appointments WHERE client_id = $1
                UNION SELECT intake_id FROM requests WHERE client_id = $1
                UNION SELECT intake_id FROM waiting WHERE client_id = $1)",
        )
        .bind(client)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        for statement in OF_A_CLIENT {
            sqlx::query(statement)
                .bind(client)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        }
        Ok(erased.rows_affected() == 1)
    }

    async fn words_due(
        &mut self,
        now: i64,
        assumed: Option<(&str, i64)>,
        limit: i64,
    ) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT i.id FROM intakes i JOIN clinics c ON c.id = i.clinic_id
             WHERE i.id IN (SELECT r.intake_id FROM requests r WHERE r.state IN ('declined', 'withdrawn')
                    UNION SELECT a.intake_id FROM appointments a WHERE a.turned_down_at IS NOT NULL)
               AND i.erased_at IS NULL
               AND i.created_at <= $1 - 86400 * (CASE WHEN c.id = $2 THEN $3 ELSE c.words_days END)
               AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.intake_id = i.id
                    AND r.state NOT IN ('declined', 'withdrawn'))
               AND NOT EXISTS (SELECT 1 FROM request_decisions d JOIN requests r ON r.id = d.request_id
                    WHERE r.intake_id = i.id
                      AND d.created_at > $1 - 86400 * (CASE WHEN c.id = $2 THEN $3 ELSE c.words_days END))
               AND NOT EXISTS (SELECT 1 FROM audit u JOIN requests r ON r.id = u.subject_id
                    WHERE r.intake_id = i.id AND u.action <> 'read'
                      AND u.at > $1 - 86400 * (CASE WHEN c.id = $2 THEN $3 ELSE c.words_days END))
               AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.intake_id = i.id
                    AND ((a.turned_down_at IS NULL AND a.state NOT IN ('cancelled', 'expired'))
                      OR a.updated_at > $1 - 86400 * (CASE WHEN c.id = $2 THEN $3 ELSE c.words_days END)))
               AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.intake_id = i.id AND w.state IN ('waiting', 'booked'))
               AND NOT EXISTS (SELECT 1 FROM conflict_cases k WHERE k.intake_id = i.id
                    AND (k.state = 'waiting'
                      OR k.decided_at > $1 - 86400 * (CASE WHEN c.id = $2 THEN $3 ELSE c.words_days END)))
             ORDER BY i.created_at, i.id LIMIT $4",
        )
        .bind(now)
        .bind(assumed.map(|(clinic, _)| clinic))
        .bind(assumed.map(|(_, days)| days))
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn erase_words(&mut self, intake: Uuid, now: i64) -> Stored<bool> {
        let erased = sqlx::query(
            "UPDATE intakes SET answers = '{}', assessment = '{}', sealed = NULL, erased_at = $2
             WHERE id = $1 AND erased_at IS NULL",
        )
        .bind(intake)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        sqlx::query(
            "UPDATE request_decisions SET reason = '', answer = NULL,
                terms = CASE WHEN kind = 'ask' THEN '{\"ask\":{\"question\":\"\"}}' ELSE terms END
             WHERE request_id IN (SELECT id FROM requests WHERE intake_id = $1)",
        )
        .bind(intake)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(erased.rows_affected() == 1)
    }

    async fn erase_call_backs(&mut self, now: i64) -> Stored<u64> {
        // A change of nothing would still be news to every open desk.
        let due: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM calls JOIN clinics ON clinics.id = calls.clinic_id
                WHERE state = 'done' AND calls.name IS NOT NULL AND appointment_id IS NULL AND request_id IS NULL
                  AND waiting_id IS NULL AND done_at <= $1 - 31557600 * keep_years)",
        )
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)?;
        if !due {
            return Ok(0);
        }
        let erased = sqlx::query(
            "UPDATE calls SET name = NULL, phone = NULL, call_window = NULL, leave_message = NULL
             WHERE state = 'done' AND name IS NOT NULL AND appointment_id IS NULL AND request_id IS NULL
               AND waiting_id IS NULL
               AND done_at <= $1 - 31557600 * (SELECT keep_years FROM clinics WHERE clinics.id = calls.clinic_id)",
        )
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(erased.rows_affected())
    }

    async fn call_backs_due(&mut self, clinic: &str, years: i64, now: i64) -> Stored<i64> {
        sqlx::query_scalar(
            "SELECT count(*) FROM calls
             WHERE clinic_id = $1 AND state = 'done' AND name IS NOT NULL AND appointment_id IS NULL
               AND request_id IS NULL AND waiting_id IS NULL AND done_at <= $3 - 31557600 * $2",
        )
        .bind(clinic)
        .bind(years)
        .bind(now)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn periods(&mut self) -> Stored<Vec<PeriodsRow>> {
        sqlx::query_as(
            "SELECT id, name, keep_years, words_days, periods_checked_by, periods_checked_on
             FROM clinics ORDER BY position, id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_periods(&mut self, was: &PeriodsRow, new: &PeriodsRow) -> Stored<bool> {
        let put = sqlx::query(
            "UPDATE clinics SET keep_years = $2, words_days = $3, periods_checked_by = $4, periods_checked_on = $5
             WHERE id = $1 AND keep_years = $6 AND words_days = $7 AND periods_checked_by = $8
               AND (periods_checked_on = $9 OR (periods_checked_on IS NULL AND $9 IS NULL))",
        )
        .bind(&was.id)
        .bind(new.keep_years)
        .bind(new.words_days)
        .bind(&new.periods_checked_by)
        .bind(new.periods_checked_on)
        .bind(was.keep_years)
        .bind(was.words_days)
        .bind(&was.periods_checked_by)
        .bind(was.periods_checked_on)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(put.rows_affected() == 1)
    }

    async fn last_erasure(&mut self) -> Stored<Option<ErasureRow>> {
        sqlx::query_as("SELECT at, people, words FROM erasures ORDER BY at DESC LIMIT 1")
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_erasure(&mut self, now: i64, people: i64, words: i64) -> Stored<()> {
        sqlx::query("INSERT INTO erasures (at, people, words) VALUES ($1, $2, $3)")
            .bind(now)
            .bind(people)
            .bind(words)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }
}
