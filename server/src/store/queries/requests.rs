//! What becomes of cases.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{
    ColleagueRow, DecisionRow, NewDecision, RequestChange, RequestRecords, RequestRow, Stored,
    translate,
};

#[async_trait]
impl RequestRecords for Connection {
    async fn request_by_reference(&mut self, reference: &str) -> Stored<Option<RequestRow>> {
        sqlx::query_as("SELECT * FROM request_details WHERE reference = $1")
            .bind(reference)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn standing_requests(&mut self, clinic: Option<&str>) -> Stored<Vec<RequestRow>> {
        sqlx::query_as(
            "SELECT * FROM request_details
             WHERE state IN ('in_review', 'waiting_for_client', 'accepted', 'offered')
               AND (clinic_id = $1 OR $1 IS NULL)
             ORDER BY (deadline IS NULL), deadline, (priority IS NULL), created_at, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn change_request(&mut self, change: &RequestChange) -> Stored<bool> {
        let changed = sqlx::query(
            "UPDATE requests SET state = $3, revision = revision + 1, respond_by = coalesce($4, respond_by),
                appointment_id = coalesce($5, appointment_id)
             WHERE id = $1 AND revision = $2",
        )
        .bind(change.id)
        .bind(change.revision)
        .bind(change.state)
        .bind(change.respond_by)
        .bind(change.appointment_id)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(changed.rows_affected() == 1)
    }

    async fn assign_request(
        &mut self,
        id: Uuid,
        was: Option<Uuid>,
        staff: Option<Uuid>,
    ) -> Stored<bool> {
        let changed = sqlx::query(
            "UPDATE requests SET assigned_to = $3 WHERE id = $1 AND assigned_to IS NOT DISTINCT FROM $2",
        )
        .bind(id)
        .bind(was)
        .bind(staff)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(changed.rows_affected() == 1)
    }

    async fn put_decision(&mut self, decision: &NewDecision) -> Stored<()> {
        sqlx::query(
            "INSERT INTO request_decisions (id, request_id, revision, stage, kind, terms, reason, staff_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(decision.id)
        .bind(decision.request_id)
        .bind(decision.revision)
        .bind(decision.stage)
        .bind(decision.kind)
        .bind(&decision.terms)
        .bind(&decision.reason)
        .bind(decision.staff_id)
        .bind(decision.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn decisions(&mut self, request: Uuid) -> Stored<Vec<DecisionRow>> {
        sqlx::query_as(
            "SELECT d.id, d.request_id, d.revision, d.stage, d.kind, d.terms, d.reason, d.staff_id, s.name AS staff_name,
                d.answer, d.answered_at, d.created_at
             FROM request_decisions d JOIN staff s ON s.id = d.staff_id
             WHERE d.request_id = $1 ORDER BY d.revision, d.stage DESC, d.created_at, d.id",
        )
        .bind(request)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn answer_decision(&mut self, id: Uuid, answer: &str, now: i64) -> Stored<()> {
        sqlx::query("UPDATE request_decisions SET answer = $2, answered_at = $3 WHERE id = $1")
            .bind(id)
            .bind(answer)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn colleagues(&mut self, clinic: &str) -> Stored<Vec<ColleagueRow>> {
        sqlx::query_as(
            "SELECT DISTINCT s.id, s.name FROM staff s JOIN staff_roles r ON r.staff_id = s.id
             WHERE s.active AND r.clinic_id = $1 AND r.role IN ('adviser', 'supervisor')
             ORDER BY s.name, s.id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }
}
