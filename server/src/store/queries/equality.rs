//! Counters of answers to the questions about equality.

use async_trait::async_trait;

use super::Connection;
use crate::store::{EqualityRecords, Stored, translate};

#[async_trait]
impl EqualityRecords for Connection {
    async fn count_equality(
        &mut self,
        clinic: &str,
        month: &str,
        question: &str,
        answer: &str,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO equality_counts (clinic_id, month, question, answer, people) VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (clinic_id, month, question, answer) DO UPDATE SET people = equality_counts.people + 1",
        )
        .bind(clinic)
        .bind(month)
        .bind(question)
        .bind(answer)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }
}
