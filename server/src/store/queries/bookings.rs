//! Meetings, appointments, the people who have them, and the audit log.

use async_trait::async_trait;
use uuid::Uuid;

use super::super::dialect::{EXPIRE_HOLDS, TAKE_TURNS};
use super::Connection;
use crate::domain::booking::State;
use crate::store::{
    AllocationRow, AppointmentRow, AuditRow, BookingRecords, ClientRow, ContactRow, ExpiredHold,
    HistoryRow, IntakeRow, MeetingRow, NewAppointment, ReplyRow, StaffingRow, Stored, translate,
};

#[async_trait]
impl BookingRecords for Connection {
    async fn expire_holds(&mut self, now: i64) -> Stored<Vec<ExpiredHold>> {
        let expired: Vec<ExpiredHold> = sqlx::query_as(EXPIRE_HOLDS)
            .bind(now)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)?;
        for hold in &expired {
            self.settle_meeting(hold.meeting_id).await?;
        }
        Ok(expired)
    }

    async fn put_meeting(
        &mut self,
        meeting: &MeetingRow,
        allocations: &[AllocationRow],
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO meetings (id, clinic_id, service_id, mode, starts_at, ends_at, capacity, active)
             VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE)",
        )
        .bind(meeting.id)
        .bind(&meeting.clinic_id)
        .bind(&meeting.service_id)
        .bind(&meeting.mode)
        .bind(meeting.starts_at)
        .bind(meeting.ends_at)
        .bind(meeting.capacity)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        // Always in the same order, so that two meetings that want the same people never wait for each other in a ring.
        let mut ordered: Vec<_> = allocations.iter().collect();
        ordered.sort_by_key(|allocation| allocation.resource_id);
        for allocation in ordered {
            sqlx::query(
                "INSERT INTO allocations
                    (id, meeting_id, resource_id, part, busy_from, busy_until, at_once, active, hold_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8)",
            )
            .bind(allocation.id)
            .bind(meeting.id)
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

    async fn put_exception(&mut self, meeting: Uuid, exception: &str) -> Stored<()> {
        sqlx::query("UPDATE meetings SET exception = $2 WHERE id = $1")
            .bind(meeting)
            .bind(exception)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn put_appointment(&mut self, appointment: &NewAppointment) -> Stored<()> {
        sqlx::query(
            "INSERT INTO appointments (id, meeting_id, clinic_id, service_id, reference, state, client_id, intake_id,
                hold_expires_at, source, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
        )
        .bind(appointment.id)
        .bind(appointment.meeting_id)
        .bind(&appointment.clinic_id)
        .bind(&appointment.service_id)
        .bind(&appointment.reference)
        .bind(appointment.state)
        .bind(appointment.client_id)
        .bind(appointment.intake_id)
        .bind(appointment.hold_expires_at)
        .bind(appointment.source)
        .bind(appointment.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn appointment(&mut self, id: Uuid) -> Stored<Option<AppointmentRow>> {
        sqlx::query_as("SELECT * FROM appointment_details WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn appointment_by_reference(
        &mut self,
        reference: &str,
    ) -> Stored<Option<AppointmentRow>> {
        sqlx::query_as("SELECT * FROM appointment_details WHERE reference = $1")
            .bind(reference)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn change_state(&mut self, id: Uuid, from: State, to: State, now: i64) -> Stored<bool> {
        let changed = sqlx::query(
            "UPDATE appointments SET state = $3, updated_at = $4 WHERE id = $1 AND state = $2",
        )
        .bind(id)
        .bind(from.as_str())
        .bind(to.as_str())
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(changed.rows_affected() == 1)
    }

    async fn give_to(&mut self, id: Uuid, client: Uuid, intake: Option<Uuid>) -> Stored<()> {
        sqlx::query("UPDATE appointments SET client_id = $2, intake_id = $3 WHERE id = $1")
            .bind(id)
            .bind(client)
            .bind(intake)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn set_hold(&mut self, id: Uuid, until: i64, now: i64) -> Stored<()> {
        sqlx::query("UPDATE appointments SET hold_expires_at = $2, updated_at = $3 WHERE id = $1 AND state = 'held'")
            .bind(id)
            .bind(until)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn take_turns(&mut self, keys: &[i64]) -> Stored<()> {
        for key in keys {
            sqlx::query(TAKE_TURNS)
                .bind(key)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        }
        Ok(())
    }

    async fn names_at(
        &mut self,
        email: Option<&str>,
        phone: Option<&str>,
        from: i64,
        until: i64,
        except: Uuid,
    ) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT p.name FROM clients p
             JOIN appointments a ON a.client_id = p.id
             JOIN meetings m ON m.id = a.meeting_id
             WHERE p.id IN (SELECT id FROM clients WHERE email IS NOT NULL AND lower(email) = $1
                            UNION SELECT id FROM clients WHERE phone = $2)
               AND a.id <> $5 AND a.state IN ('requested', 'confirmed', 'arrived')
               AND m.starts_at < $4 AND m.ends_at > $3",
        )
        .bind(email)
        .bind(phone)
        .bind(from)
        .bind(until)
        .bind(except)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_in_meeting(&mut self, id: Uuid, meeting: Uuid, now: i64) -> Stored<()> {
        sqlx::query("UPDATE appointments SET meeting_id = $2, updated_at = $3 WHERE id = $1")
            .bind(id)
            .bind(meeting)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn stand_down(&mut self, meeting: Uuid, leaving: Uuid) -> Stored<bool> {
        let freed = sqlx::query(
            "UPDATE allocations SET active = FALSE
             WHERE meeting_id = $1 AND NOT EXISTS (SELECT 1 FROM appointments a
                WHERE a.meeting_id = $1 AND a.id <> $2 AND a.state NOT IN ('cancelled', 'expired'))",
        )
        .bind(meeting)
        .bind(leaving)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(freed.rows_affected() > 0)
    }

    async fn raise_sequence(&mut self, id: Uuid) -> Stored<()> {
        sqlx::query("UPDATE appointments SET sequence = sequence + 1 WHERE id = $1")
            .bind(id)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn set_coming(&mut self, id: Uuid, now: i64) -> Stored<()> {
        sqlx::query("UPDATE appointments SET coming_at = $2, updated_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn settle_meeting(&mut self, meeting: Uuid) -> Stored<()> {
        sqlx::query(
            "UPDATE meetings SET active = EXISTS (SELECT 1 FROM appointments a
                WHERE a.meeting_id = $1 AND a.state NOT IN ('cancelled', 'expired'))
             WHERE id = $1",
        )
        .bind(meeting)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        sqlx::query(
            "UPDATE allocations SET
                active = (SELECT m.active FROM meetings m WHERE m.id = $1),
                hold_until = CASE
                    WHEN EXISTS (SELECT 1 FROM appointments a
                        WHERE a.meeting_id = $1 AND a.state NOT IN ('held', 'cancelled', 'expired')) THEN NULL
                    ELSE (SELECT max(a.hold_expires_at) FROM appointments a
                        WHERE a.meeting_id = $1 AND a.state = 'held')
                END
             WHERE meeting_id = $1",
        )
        .bind(meeting)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_client(&mut self, client: &ClientRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO clients (id, name, email, phone, safe_to_email, safe_to_call, call_window, leave_message,
                postcode_area, no_fixed_home, language, interpreter, access, organisation, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(client.id)
        .bind(&client.name)
        .bind(&client.email)
        .bind(&client.phone)
        .bind(client.safe_to_email)
        .bind(client.safe_to_call)
        .bind(&client.call_window)
        .bind(client.leave_message)
        .bind(&client.postcode_area)
        .bind(client.no_fixed_home)
        .bind(&client.language)
        .bind(client.interpreter)
        .bind(&client.access)
        .bind(&client.organisation)
        .bind(client.created_at)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn contact(&mut self, client: Uuid) -> Stored<Option<ContactRow>> {
        sqlx::query_as(
            "SELECT id, email, phone, safe_to_email, safe_to_call, call_window, leave_message FROM clients WHERE id = $1",
        )
        .bind(client)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn change_contact(&mut self, contact: &ContactRow) -> Stored<()> {
        sqlx::query(
            "UPDATE clients SET email = $2, phone = $3, safe_to_email = $4, safe_to_call = $5, call_window = $6,
                leave_message = $7
             WHERE id = $1",
        )
        .bind(contact.id)
        .bind(&contact.email)
        .bind(&contact.phone)
        .bind(contact.safe_to_email)
        .bind(contact.safe_to_call)
        .bind(&contact.call_window)
        .bind(contact.leave_message)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn revoke_links(&mut self, client: Uuid) -> Stored<()> {
        for statement in [
            "UPDATE appointments SET link_version = link_version + 1 WHERE client_id = $1",
            "UPDATE requests SET link_version = link_version + 1 WHERE client_id = $1",
            "UPDATE waiting SET link_version = link_version + 1 WHERE client_id = $1",
        ] {
            sqlx::query(statement)
                .bind(client)
                .execute(&mut *self.tx)
                .await
                .map_err(translate)?;
        }
        Ok(())
    }

    async fn silence_calls(&mut self, client: Uuid) -> Stored<()> {
        sqlx::query(
            "UPDATE calls SET kind = 'not_told'
             WHERE state = 'open' AND kind <> 'call_back'
               AND (appointment_id IN (SELECT id FROM appointments WHERE client_id = $1)
                 OR request_id IN (SELECT id FROM requests WHERE client_id = $1)
                 OR waiting_id IN (SELECT id FROM waiting WHERE client_id = $1))",
        )
        .bind(client)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_intake(&mut self, intake: &IntakeRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO intakes (id, clinic_id, pack_version, answers, assessment, stop_shown, created_at, sealed, topic)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(intake.id)
        .bind(&intake.clinic_id)
        .bind(&intake.pack_version)
        .bind(&intake.answers)
        .bind(&intake.assessment)
        .bind(intake.stop_shown)
        .bind(intake.created_at)
        .bind(&intake.sealed)
        .bind(&intake.topic)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_audit(&mut self, line: &AuditRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO audit (id, at, actor_kind, actor_id, action, subject_kind, subject_id, clinic_id, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(line.id)
        .bind(line.at)
        .bind(line.actor_kind)
        .bind(line.actor_id)
        .bind(&line.action)
        .bind(line.subject_kind)
        .bind(line.subject_id)
        .bind(&line.clinic_id)
        .bind(&line.detail)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn history(&mut self, subject: Uuid) -> Stored<Vec<HistoryRow>> {
        sqlx::query_as(
            "SELECT u.at, u.actor_kind, s.name AS staff_name, u.action, u.detail
             FROM audit u LEFT JOIN staff s ON s.id = u.actor_id
             WHERE u.subject_id = $1 AND u.action NOT IN ('read', 'found') ORDER BY u.at, u.id",
        )
        .bind(subject)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn appointments_between(
        &mut self,
        clinic: Option<&str>,
        from: i64,
        until: i64,
    ) -> Stored<Vec<AppointmentRow>> {
        sqlx::query_as(
            "SELECT * FROM appointment_details
             WHERE starts_at >= $2 AND starts_at < $3 AND (clinic_id = $1 OR $1 IS NULL)
               AND state NOT IN ('cancelled', 'expired')
             ORDER BY starts_at, reference",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn staffing_between(&mut self, from: i64, until: i64) -> Stored<Vec<StaffingRow>> {
        sqlx::query_as(
            "SELECT l.meeting_id, l.resource_id, l.part, r.name, m.exception
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

    async fn reply(&mut self, key: &[u8]) -> Stored<Option<ReplyRow>> {
        sqlx::query_as("SELECT key_hash, body_hash, reply FROM replies WHERE key_hash = $1")
            .bind(key)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_reply(&mut self, reply: &ReplyRow, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO replies (key_hash, body_hash, reply, created_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(&reply.key_hash)
        .bind(&reply.body_hash)
        .bind(&reply.reply)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }
}
