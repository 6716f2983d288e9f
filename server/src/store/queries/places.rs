//! Who an account is in the calendar.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{PlaceRecords, Stored, translate};

#[async_trait]
impl PlaceRecords for Connection {
    async fn lock_staff(&mut self, staff: Uuid) -> Stored<()> {
        sqlx::query("UPDATE staff SET active = active WHERE id = $1")
            .bind(staff)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }

    async fn places(&mut self) -> Stored<Vec<(Uuid, Uuid)>> {
        sqlx::query_as("SELECT resource_id, id FROM staff WHERE resource_id IS NOT NULL")
            .fetch_all(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn set_place(&mut self, staff: Uuid, resource: Option<Uuid>) -> Stored<()> {
        sqlx::query("UPDATE staff SET resource_id = $2 WHERE id = $1")
            .bind(staff)
            .bind(resource)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(())
    }
}
