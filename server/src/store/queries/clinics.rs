//! Clinics, services, people, rooms and hours.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Connection;
use crate::domain::schedule::Facts;
use crate::store::{
    CalendarRow, ClinicRecords, ClinicRow, ResourceRow, ServiceRow, Stored, WindowRow, translate,
};

#[async_trait]
impl ClinicRecords for Connection {
    async fn clinics(&mut self) -> Stored<Vec<ClinicRow>> {
        sqlx::query_as("SELECT id, name, position, enabled, supervisor_ratio, about FROM clinics ORDER BY position, id")
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn services(&mut self, clinic: Option<&str>) -> Stored<Vec<ServiceRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, name, neutral_label, price, position, enabled, booking, offered_to, modes, minutes,
                    buffer_before, buffer_after, start_every, notice_minutes, horizon_days, capacity, advisers_needed,
                    daily_cap, turnaround_days, reminder_days
             FROM services WHERE (clinic_id = $1 OR $1 IS NULL) ORDER BY clinic_id, position, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn facts(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<Option<Facts>> {
        self.read_facts(service, from, until, now, ignoring).await
    }

    async fn windows(&mut self, clinic: &str) -> Stored<Vec<WindowRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, weekday, from_date, until_date, start_minute, end_minute
             FROM windows WHERE clinic_id = $1 ORDER BY weekday, start_minute, id",
        )
        .bind(clinic)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn calendar_dates(
        &mut self,
        clinic: &str,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<Vec<CalendarRow>> {
        sqlx::query_as(
            "SELECT id, clinic_id, kind, from_date, until_date, title FROM calendar_dates
             WHERE (clinic_id IS NULL OR clinic_id = $1) AND from_date <= $3 AND until_date >= $2
             ORDER BY from_date, id",
        )
        .bind(clinic)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn setting(&mut self, name: &str) -> Stored<Option<String>> {
        sqlx::query_scalar("SELECT value FROM settings WHERE name = $1")
            .bind(name)
            .fetch_optional(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn put_setting(&mut self, name: &str, value: &str) -> Stored<()> {
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_clinic(&mut self, clinic: &ClinicRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO clinics (id, name, position, enabled, supervisor_ratio, about) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position,
                enabled = excluded.enabled, supervisor_ratio = excluded.supervisor_ratio, about = excluded.about",
        )
        .bind(&clinic.id)
        .bind(&clinic.name)
        .bind(clinic.position)
        .bind(clinic.enabled)
        .bind(clinic.supervisor_ratio)
        .bind(&clinic.about)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_service(&mut self, service: &ServiceRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO services (id, clinic_id, name, neutral_label, price, position, enabled, booking, offered_to, modes,
                minutes, buffer_before, buffer_after, start_every, notice_minutes, horizon_days, capacity,
                advisers_needed, daily_cap, turnaround_days, reminder_days)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, neutral_label = excluded.neutral_label,
                price = excluded.price, position = excluded.position, enabled = excluded.enabled,
                booking = excluded.booking, offered_to = excluded.offered_to, modes = excluded.modes,
                minutes = excluded.minutes, buffer_before = excluded.buffer_before,
                buffer_after = excluded.buffer_after, start_every = excluded.start_every,
                notice_minutes = excluded.notice_minutes, horizon_days = excluded.horizon_days,
                capacity = excluded.capacity, advisers_needed = excluded.advisers_needed,
                daily_cap = excluded.daily_cap, turnaround_days = excluded.turnaround_days,
                reminder_days = excluded.reminder_days",
        )
        .bind(&service.id)
        .bind(&service.clinic_id)
        .bind(&service.name)
        .bind(&service.neutral_label)
        .bind(&service.price)
        .bind(service.position)
        .bind(service.enabled)
        .bind(&service.booking)
        .bind(&service.offered_to)
        .bind(&service.modes)
        .bind(service.minutes)
        .bind(service.buffer_before)
        .bind(service.buffer_after)
        .bind(service.start_every)
        .bind(service.notice_minutes)
        .bind(service.horizon_days)
        .bind(service.capacity)
        .bind(service.advisers_needed)
        .bind(service.daily_cap)
        .bind(service.turnaround_days)
        .bind(&service.reminder_days)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_resource(&mut self, resource: &ResourceRow, services: &[String]) -> Stored<()> {
        sqlx::query(
            "INSERT INTO resources (id, kind, name, features, active) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(resource.id)
        .bind(&resource.kind)
        .bind(&resource.name)
        .bind(&resource.features)
        .bind(resource.active)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        for service in services {
            self.add_skill(resource.id, service).await?;
        }
        Ok(())
    }

    async fn add_skill(&mut self, resource: Uuid, service: &str) -> Stored<()> {
        sqlx::query("INSERT INTO resource_services (resource_id, service_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(resource)
            .bind(service)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn put_window(&mut self, window: &WindowRow, staff: &[(Uuid, String)]) -> Stored<()> {
        sqlx::query(
            "INSERT INTO windows (id, clinic_id, weekday, from_date, until_date, start_minute, end_minute)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(window.id)
        .bind(&window.clinic_id)
        .bind(window.weekday)
        .bind(window.from_date)
        .bind(window.until_date)
        .bind(window.start_minute)
        .bind(window.end_minute)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        for (resource, part) in staff {
            sqlx::query(
                "INSERT INTO window_staff (window_id, resource_id, part) VALUES ($1, $2, $3)",
            )
            .bind(window.id)
            .bind(resource)
            .bind(part)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        }
        Ok(())
    }

    async fn put_calendar_dates(&mut self, dates: &CalendarRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO calendar_dates (id, clinic_id, kind, from_date, until_date, title) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(dates.id)
        .bind(&dates.clinic_id)
        .bind(&dates.kind)
        .bind(dates.from_date)
        .bind(dates.until_date)
        .bind(&dates.title)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }
}
