//! Question sets: versions, what is in force, drafts, and the answers to replay.

use async_trait::async_trait;
use uuid::Uuid;

use super::Connection;
use crate::store::{
    PastAnswersRow, QuestionDraftRow, QuestionRecords, QuestionSetRow, QuestionVersionLine,
    QuestionVersionRow, Stored, translate,
};

#[async_trait]
impl QuestionRecords for Connection {
    async fn question_counter(&mut self) -> Stored<i64> {
        sqlx::query_scalar("SELECT counter FROM question_changes WHERE one = 1")
            .fetch_one(&mut *self.tx)
            .await
            .map_err(translate)
    }

    async fn lock_questions(&mut self) -> Stored<i64> {
        sqlx::query_scalar(
            "UPDATE question_changes SET counter = counter WHERE one = 1 RETURNING counter",
        )
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn move_questions(&mut self) -> Stored<i64> {
        sqlx::query_scalar(
            "UPDATE question_changes SET counter = counter + 1 WHERE one = 1 RETURNING counter",
        )
        .fetch_one(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn questions_in_force(&mut self) -> Stored<Vec<QuestionVersionRow>> {
        sqlx::query_as(
            "SELECT v.id, v.file, v.number, v.text, v.published_at, v.published_by, v.note
             FROM question_files f JOIN question_versions v ON v.file = f.file AND v.number = f.number
             ORDER BY v.file",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn shipped_questions(&mut self) -> Stored<Vec<QuestionVersionRow>> {
        sqlx::query_as(
            "SELECT id, file, number, text, published_at, published_by, note
             FROM question_versions WHERE published_by IS NULL ORDER BY file, number",
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn question_versions(&mut self, file: Option<&str>) -> Stored<Vec<QuestionVersionLine>> {
        sqlx::query_as(
            "SELECT v.file, v.number, v.published_at, v.published_by, s.name AS staff_name, v.note,
                (f.number IS NOT NULL) AS in_force
             FROM question_versions v
             LEFT JOIN staff s ON s.id = v.published_by
             LEFT JOIN question_files f ON f.file = v.file AND f.number = v.number
             WHERE (v.file = $1 OR $1 IS NULL)
             ORDER BY v.file, v.number DESC",
        )
        .bind(file)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn question_version(
        &mut self,
        file: &str,
        number: i64,
    ) -> Stored<Option<QuestionVersionRow>> {
        sqlx::query_as(
            "SELECT id, file, number, text, published_at, published_by, note
             FROM question_versions WHERE file = $1 AND number = $2",
        )
        .bind(file)
        .bind(number)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn put_question_version(&mut self, version: &QuestionVersionRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO question_versions (id, file, number, text, published_at, published_by, note)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(version.id)
        .bind(&version.file)
        .bind(version.number)
        .bind(&version.text)
        .bind(version.published_at)
        .bind(version.published_by)
        .bind(&version.note)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_in_force(&mut self, file: &str, number: i64, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO question_files (file, number, since) VALUES ($1, $2, $3)
             ON CONFLICT (file) DO UPDATE SET number = excluded.number, since = excluded.since",
        )
        .bind(file)
        .bind(number)
        .bind(now)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn put_question_set(&mut self, set: &QuestionSetRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO question_sets (clinic_id, version, own_number, shared_number, signposts_number, since)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(&set.clinic_id)
        .bind(&set.version)
        .bind(set.own_number)
        .bind(set.shared_number)
        .bind(set.signposts_number)
        .bind(set.since)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn question_set(
        &mut self,
        clinic: &str,
        version: &str,
    ) -> Stored<Option<QuestionSetRow>> {
        sqlx::query_as(
            "SELECT clinic_id, version, own_number, shared_number, signposts_number, since
             FROM question_sets WHERE clinic_id = $1 AND version = $2",
        )
        .bind(clinic)
        .bind(version)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn question_drafts(&mut self, file: Option<&str>) -> Stored<Vec<QuestionDraftRow>> {
        sqlx::query_as(
            "SELECT d.file, d.based_on, d.text, d.revision, d.started_at, d.saved_at, d.saved_by, s.name AS staff_name
             FROM question_drafts d JOIN staff s ON s.id = d.saved_by
             WHERE (d.file = $1 OR $1 IS NULL) ORDER BY d.file",
        )
        .bind(file)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }

    async fn start_question_draft(&mut self, draft: &QuestionDraftRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO question_drafts (file, based_on, text, revision, started_at, saved_at, saved_by)
             VALUES ($1, $2, $3, 1, $4, $5, $6)",
        )
        .bind(&draft.file)
        .bind(draft.based_on)
        .bind(&draft.text)
        .bind(draft.started_at)
        .bind(draft.saved_at)
        .bind(draft.saved_by)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(())
    }

    async fn save_question_draft(
        &mut self,
        file: &str,
        revision: i64,
        text: &str,
        now: i64,
        staff: Uuid,
    ) -> Stored<bool> {
        let saved = sqlx::query(
            "UPDATE question_drafts SET text = $3, revision = revision + 1, saved_at = $4, saved_by = $5
             WHERE file = $1 AND revision = $2",
        )
        .bind(file)
        .bind(revision)
        .bind(text)
        .bind(now)
        .bind(staff)
        .execute(&mut *self.tx)
        .await
        .map_err(translate)?;
        Ok(saved.rows_affected() == 1)
    }

    async fn drop_question_draft(&mut self, file: &str, revision: i64) -> Stored<bool> {
        let dropped = sqlx::query("DELETE FROM question_drafts WHERE file = $1 AND revision = $2")
            .bind(file)
            .bind(revision)
            .execute(&mut *self.tx)
            .await
            .map_err(translate)?;
        Ok(dropped.rows_affected() == 1)
    }

    async fn past_answers(
        &mut self,
        clinic: Option<&str>,
        limit: i64,
    ) -> Stored<Vec<PastAnswersRow>> {
        sqlx::query_as(
            "SELECT clinic_id, answers, created_at FROM intakes WHERE (clinic_id = $1 OR $1 IS NULL) AND erased_at IS NULL
             ORDER BY created_at DESC, id DESC LIMIT $2",
        )
        .bind(clinic)
        .bind(limit)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)
    }
}
