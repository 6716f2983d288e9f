//! Conflict checks and the index of names.

use async_trait::async_trait;
use uuid::Uuid;

use super::super::dialect::{ALIKE, PUT_KEYS};
use super::Connection;
use crate::store::{
    AlikeRow, ConflictCaseRow, ConflictRecords, NewConflictCase, PartyRow, RivalRow, Stored,
    UncheckedRow, translate,
};

/// Names that are looked at for one check: those of a clinic's lifetime, and a stop for a flood.
const MOST_ALIKE: i64 = 5_000;
/// The same for all checks of a list together.
const MOST_ALIKE_LISTED: i64 = 50_000;

#[async_trait]
impl ConflictRecords for Connection {
    async fn conflict_clinics(&mut self) -> Stored<Vec<String>> {
        sqlx::query_scalar("SELECT id FROM clinics WHERE conflict_check ORDER BY id")
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn set_conflict_check(&mut self, clinic: &str, checks: bool) -> Stored<()> {
        sqlx::query("UPDATE clinics SET conflict_check = $2 WHERE id = $1")
            .bind(clinic)
            .bind(checks)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn sealed_answers(&mut self, intake: Uuid) -> Stored<Option<String>> {
        let sealed: Option<Option<String>> =
            sqlx::query_scalar("SELECT sealed FROM intakes WHERE id = $1")
                .bind(intake)
                .fetch_optional(&mut *self.tx)
                .await
                .map_err(translate)?;
        Ok(sealed.flatten())
    }

    async fn put_conflict_case(&mut self, case: &NewConflictCase) -> Stored<()> {
        sqlx::query(
            "INSERT INTO conflict_cases (id, clinic_id, reference, appointment_id, request_id, intake_id, state, lead_only,
                matches, due_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9, $10)",
        )
        .bind(case.id)
        .bind(&case.clinic_id)
        .bind(&case.reference)
        .bind(case.appointment_id)
        .bind(case.request_id)
        .bind(case.intake_id)
        .bind(case.lead_only)
        .bind(case.matches)
        .bind(case.due_at)
        .bind(case.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn conflict_case(&mut self, reference: &str) -> Stored<Option<ConflictCaseRow>> {
        sqlx::query_as(
            "SELECT k.*, c.name AS clinic_name, s.name AS decided_by_name
             FROM conflict_cases k JOIN clinics c ON c.id = k.clinic_id LEFT JOIN staff s ON s.id = k.decided_by
             WHERE k.reference = $1",
        )
        .bind(reference)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn conflict_case_of(
        &mut self,
        matter: Uuid,
        intake: Option<Uuid>,
    ) -> Stored<Option<ConflictCaseRow>> {
        sqlx::query_as(
            "SELECT k.*, c.name AS clinic_name, s.name AS decided_by_name
             FROM conflict_cases k JOIN clinics c ON c.id = k.clinic_id LEFT JOIN staff s ON s.id = k.decided_by
             WHERE k.appointment_id = $1 OR k.request_id = $1 OR k.intake_id = $2
             ORDER BY (k.state <> 'cleared'), k.created_at, k.id LIMIT 1",
        )
        .bind(matter)
        .bind(intake)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn conflict_cases(
        &mut self,
        clinic: Option<&str>,
        since: i64,
    ) -> Stored<Vec<ConflictCaseRow>> {
        sqlx::query_as(
            "SELECT k.*, c.name AS clinic_name, s.name AS decided_by_name
             FROM conflict_cases k JOIN clinics c ON c.id = k.clinic_id LEFT JOIN staff s ON s.id = k.decided_by
             WHERE (k.clinic_id = $1 OR $1 IS NULL) AND (k.state = 'waiting' OR k.decided_at >= $2)
             ORDER BY (k.state <> 'waiting'), k.due_at, k.created_at, k.id",
        )
        .bind(clinic)
        .bind(since)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn decide_conflict_case(
        &mut self,
        id: Uuid,
        state: &str,
        staff: Uuid,
        reason: &str,
        now: i64,
    ) -> Stored<bool> {
        let decided = sqlx::query(
            "UPDATE conflict_cases SET state = $2, decided_by = $3, reason = $4, decided_at = $5
             WHERE id = $1 AND state = 'waiting'",
        )
        .bind(id)
        .bind(state)
        .bind(staff)
        .bind(reason)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(decided.rows_affected() == 1)
    }

    async fn give_conflict_to_lead(&mut self, id: Uuid, reason: &str) -> Stored<bool> {
        let given = sqlx::query(
            "UPDATE conflict_cases SET lead_only = TRUE, reason = $2 WHERE id = $1 AND state = 'waiting' AND NOT lead_only",
        )
        .bind(id)
        .bind(reason)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(given.rows_affected() == 1)
    }

    async fn withdraw_conflict_case(&mut self, matter: Uuid) -> Stored<()> {
        sqlx::query(
            "UPDATE conflict_cases SET state = 'withdrawn'
             WHERE (appointment_id = $1 OR request_id = $1) AND state = 'waiting'",
        )
        .bind(matter)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_party(&mut self, party: &PartyRow, keys: &str) -> Stored<()> {
        sqlx::query(
            "INSERT INTO conflict_parties (id, clinic_id, case_id, matter_id, side, name, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(party.id)
        .bind(&party.clinic_id)
        .bind(party.case_id)
        .bind(party.matter_id)
        .bind(&party.side)
        .bind(&party.name)
        .bind(party.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        sqlx::query(PUT_KEYS)
            .bind(keys)
            .bind(party.id)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn parties(&mut self, case: Uuid) -> Stored<Vec<PartyRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, case_id, matter_id, side, name, created_at FROM conflict_parties
             WHERE case_id = $1 ORDER BY id",
        )
        .bind(case)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn alike(&mut self, keys: &str, matter: Uuid) -> Stored<Vec<AlikeRow>> {
        sqlx::query_as(ALIKE)
            .bind(keys)
            .bind(matter)
            .bind(MOST_ALIKE)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn parties_listed(&mut self, clinic: Option<&str>, since: i64) -> Stored<Vec<PartyRow>> {
        sqlx::query_as(
            "SELECT p.id, p.clinic_id, p.case_id, p.matter_id, p.side, p.name, p.created_at
             FROM conflict_cases k JOIN conflict_parties p ON p.case_id = k.id
             WHERE (k.clinic_id = $1 OR $1 IS NULL) AND (k.state = 'waiting' OR k.decided_at >= $2)
             ORDER BY p.id",
        )
        .bind(clinic)
        .bind(since)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn alike_any(&mut self, keys: &str) -> Stored<Vec<AlikeRow>> {
        // No matter has this id, so none is left out.
        sqlx::query_as(ALIKE)
            .bind(keys)
            .bind(Uuid::nil())
            .bind(MOST_ALIKE_LISTED)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn prune_parties(&mut self, before: i64) -> Stored<u64> {
        let pruned = sqlx::query(
            "DELETE FROM conflict_parties WHERE created_at <= $1 AND NOT EXISTS (
                SELECT 1 FROM conflict_cases k WHERE k.id = conflict_parties.case_id AND k.state = 'waiting')",
        )
        .bind(before)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(pruned.rows_affected())
    }

    async fn uncleared_between(&mut self, from: i64, until: i64) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT a.id FROM clinics c
             JOIN meetings m ON m.clinic_id = c.id
             JOIN appointments a ON a.meeting_id = m.id
             WHERE m.starts_at >= $1 AND m.starts_at < $2 AND c.conflict_check AND a.state IN ('requested', 'cancelled')
               AND NOT EXISTS (SELECT 1 FROM conflict_cases k
                WHERE k.state = 'cleared' AND (k.appointment_id = a.id OR k.intake_id = a.intake_id))",
        )
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn uncleared_requests(&mut self) -> Stored<Vec<Uuid>> {
        sqlx::query_scalar(
            "SELECT r.id FROM requests r JOIN clinics c ON c.id = r.clinic_id
             WHERE c.conflict_check AND r.state NOT IN ('booked', 'declined', 'withdrawn')
               AND NOT EXISTS (SELECT 1 FROM conflict_cases k
                WHERE k.state = 'cleared' AND (k.request_id = r.id OR k.intake_id = r.intake_id))",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn unchecked_appointments(&mut self) -> Stored<Vec<UncheckedRow>> {
        sqlx::query_as(
            "SELECT a.clinic_id, a.reference, a.id, a.intake_id, p.name AS client_name, p.organisation
             FROM appointments a JOIN clinics c ON c.id = a.clinic_id JOIN clients p ON p.id = a.client_id
             WHERE a.state = 'requested' AND c.conflict_check AND NOT EXISTS (
                SELECT 1 FROM conflict_cases k WHERE k.appointment_id = a.id OR k.intake_id = a.intake_id)
             ORDER BY a.created_at, a.id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn unchecked_requests(&mut self) -> Stored<Vec<UncheckedRow>> {
        sqlx::query_as(
            "SELECT r.clinic_id, r.reference, r.id, r.intake_id, p.name AS client_name, p.organisation
             FROM requests r JOIN clinics c ON c.id = r.clinic_id JOIN clients p ON p.id = r.client_id
             WHERE r.state = 'in_review' AND c.conflict_check AND NOT EXISTS (
                SELECT 1 FROM conflict_cases k WHERE k.request_id = r.id OR k.intake_id = r.intake_id)
             ORDER BY r.created_at, r.id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn set_turned_down(&mut self, appointment: Uuid, now: i64) -> Stored<()> {
        sqlx::query("UPDATE appointments SET turned_down_at = $2 WHERE id = $1")
            .bind(appointment)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn turned_down(&mut self, appointment: Uuid) -> Stored<bool> {
        let at: Option<Option<i64>> =
            sqlx::query_scalar("SELECT turned_down_at FROM appointments WHERE id = $1")
                .bind(appointment)
                .fetch_optional(&mut *self.tx)
                .await
                .map_err(translate)?;
        Ok(at.flatten().is_some())
    }

    async fn turn_down_request(&mut self, id: Uuid) -> Stored<bool> {
        let ended = sqlx::query(
            "UPDATE requests SET state = 'declined', revision = revision + 1 WHERE id = $1 AND state = 'in_review'",
        )
        .bind(id)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(ended.rows_affected() == 1)
    }

    async fn rivals(&mut self, matter: Uuid) -> Stored<Vec<RivalRow>> {
        sqlx::query_as(
            "SELECT DISTINCT COALESCE(a.reference, r.reference) AS reference, a.id IS NOT NULL AS is_appointment,
                EXISTS (SELECT 1 FROM appointments o
                    JOIN allocations x ON x.meeting_id = o.meeting_id AND x.part = 'adviser'
                    JOIN allocations y ON y.resource_id = x.resource_id AND y.part = 'adviser'
                    WHERE o.id = $1 AND y.meeting_id = a.meeting_id) AS one_team
             FROM conflict_parties mine
             JOIN clinics c ON c.id = mine.clinic_id AND NOT c.conflict_check
             JOIN conflict_keys k ON k.party_id = mine.id
             JOIN conflict_keys h ON h.hash = k.hash
             JOIN conflict_parties other ON other.id = h.party_id AND other.clinic_id = mine.clinic_id
             LEFT JOIN appointments a ON a.id = other.matter_id
                AND a.state IN ('requested', 'confirmed', 'arrived', 'attended', 'missed')
             LEFT JOIN requests r ON r.id = other.matter_id
                AND r.state IN ('in_review', 'waiting_for_client', 'accepted', 'offered')
             WHERE mine.matter_id = $1 AND other.matter_id <> $1
               AND (mine.side = 'other_side') <> (other.side = 'other_side')
               AND (a.id IS NOT NULL OR r.id IS NOT NULL)
             ORDER BY 1",
        )
        .bind(matter)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn request_id(&mut self, reference: &str) -> Stored<Option<Uuid>> {
        sqlx::query_scalar("SELECT id FROM requests WHERE reference = $1")
            .bind(reference)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }
}
