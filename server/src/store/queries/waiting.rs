//! The waiting list.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{NewWaiting, OfferRow, SkipRow, Stored, WaitingRecords, WaitingRow, translate};

#[async_trait]
impl WaitingRecords for Connection {
    async fn put_waiting(&mut self, place: &NewWaiting) -> Stored<()> {
        sqlx::query(
            "INSERT INTO waiting (id, clinic_id, service_id, reference, client_id, intake_id, needs, days, parts, modes,
                helps_until, urgent, state, source, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13, $14)",
        )
        .bind(place.id)
        .bind(&place.clinic_id)
        .bind(&place.service_id)
        .bind(&place.reference)
        .bind(place.client_id)
        .bind(place.intake_id)
        .bind(&place.needs)
        .bind(&place.days)
        .bind(&place.parts)
        .bind(&place.modes)
        .bind(place.helps_until)
        .bind(place.urgent)
        .bind(place.source)
        .bind(place.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn waiting(&mut self, id: Uuid) -> Stored<Option<WaitingRow>> {
        sqlx::query_as("SELECT * FROM waiting_details WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn waiting_by_reference(&mut self, reference: &str) -> Stored<Option<WaitingRow>> {
        sqlx::query_as("SELECT * FROM waiting_details WHERE reference = $1")
            .bind(reference)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn waiting_list(&mut self, clinic: Option<&str>) -> Stored<Vec<WaitingRow>> {
        sqlx::query_as(
            "SELECT * FROM waiting_details
             WHERE state = 'waiting' AND (clinic_id = $1 OR $1 IS NULL)
             ORDER BY created_at, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn end_waiting(&mut self, id: Uuid, state: &str, now: i64) -> Stored<bool> {
        let ended = sqlx::query(
            "UPDATE waiting SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'waiting'",
        )
        .bind(id)
        .bind(state)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(ended.rows_affected() == 1)
    }

    async fn end_waiting_calls(&mut self, place: Uuid, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE calls SET state = 'done', done_at = $2 WHERE waiting_id = $1 AND state = 'open'",
        )
        .bind(place)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_offer(&mut self, offer: &OfferRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO offers (id, waiting_id, appointment_id, number, starts_at, mode, kept_until, state, staff_id, reason,
                created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10)",
        )
        .bind(offer.id)
        .bind(offer.waiting_id)
        .bind(offer.appointment_id)
        .bind(offer.number)
        .bind(offer.starts_at)
        .bind(&offer.mode)
        .bind(offer.kept_until)
        .bind(offer.staff_id)
        .bind(&offer.reason)
        .bind(offer.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn offers_to(&mut self, place: Uuid) -> Stored<Vec<OfferRow>> {
        sqlx::query_as(
            "SELECT id, waiting_id, appointment_id, number, starts_at, mode, kept_until, state, staff_id, reason, created_at
             FROM offers WHERE waiting_id = $1 ORDER BY number",
        )
        .bind(place)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn offers(&mut self, clinic: Option<&str>) -> Stored<Vec<OfferRow>> {
        sqlx::query_as(
            "SELECT o.id, o.waiting_id, o.appointment_id, o.number, o.starts_at, o.mode, o.kept_until, o.state, o.staff_id,
                    o.reason, o.created_at
             FROM offers o JOIN waiting w ON w.id = o.waiting_id
             WHERE w.state = 'waiting' AND (w.clinic_id = $1 OR $1 IS NULL)
             ORDER BY o.waiting_id, o.number",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn open_offers(&mut self) -> Stored<Vec<OfferRow>> {
        sqlx::query_as(
            "SELECT id, waiting_id, appointment_id, number, starts_at, mode, kept_until, state, staff_id, reason, created_at
             FROM offers WHERE state = 'open' ORDER BY kept_until, id",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn offer_was_told(&mut self, offer: &OfferRow) -> Stored<bool> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM outbox
                WHERE waiting_id = $1 AND kind = 'offer' AND sequence = $2 AND state = 'sent')
              OR EXISTS (SELECT 1 FROM calls
                WHERE waiting_id = $1 AND kind = 'offer' AND done_by IS NOT NULL AND created_at >= $3)",
        )
        .bind(offer.waiting_id)
        .bind(offer.number)
        .bind(offer.created_at)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn others_waiting(&mut self, place: &WaitingRow) -> Stored<Vec<(Uuid, String)>> {
        sqlx::query_as(
            "SELECT w.id, p.name FROM waiting w JOIN clients p ON p.id = w.client_id
             WHERE w.service_id = $1 AND w.state = 'waiting' AND w.id <> $2
               AND p.id IN (SELECT id FROM clients WHERE email IS NOT NULL AND lower(email) = $3
                            UNION SELECT id FROM clients WHERE phone = $4)",
        )
        .bind(&place.service_id)
        .bind(place.id)
        .bind(place.email.as_deref().map(str::to_lowercase))
        .bind(&place.phone)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn end_offer(&mut self, id: Uuid, state: &str, now: i64) -> Stored<bool> {
        let ended = sqlx::query(
            "UPDATE offers SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'open'",
        )
        .bind(id)
        .bind(state)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(ended.rows_affected() == 1)
    }

    async fn put_skip(&mut self, offer: Uuid, place: Uuid, reason: &str) -> Stored<()> {
        sqlx::query("INSERT INTO waiting_skips (offer_id, waiting_id, reason) VALUES ($1, $2, $3)")
            .bind(offer)
            .bind(place)
            .bind(reason)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn skips(&mut self, place: Uuid, limit: i64) -> Stored<Vec<SkipRow>> {
        sqlx::query_as(
            "SELECT o.created_at AS at, o.starts_at, o.mode, k.reason, o.reason AS staff_reason
             FROM waiting_skips k JOIN offers o ON o.id = k.offer_id
             WHERE k.waiting_id = $1 ORDER BY o.created_at DESC, o.id DESC LIMIT $2",
        )
        .bind(place)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }
}
