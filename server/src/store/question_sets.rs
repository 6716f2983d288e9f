//! The port to the question sets: every text ever published or shipped, which is in force, and the drafts.

use async_trait::async_trait;
use sqlx::FromRow;
use uuid::Uuid;

use super::Stored;

/// A version of a file with its text.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct QuestionVersionRow {
    pub id: Uuid,
    pub file: String,
    pub number: i64,
    pub text: String,
    pub published_at: i64,
    pub published_by: Option<Uuid>,
    pub note: String,
}

/// A version of a file without its text, to list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct QuestionVersionLine {
    pub file: String,
    pub number: i64,
    pub published_at: i64,
    pub published_by: Option<Uuid>,
    /// The name of the member of staff who published it; `None` if it came with a release.
    pub staff_name: Option<String>,
    pub note: String,
    pub in_force: bool,
}

/// What the digest of a clinic's set was made of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct QuestionSetRow {
    pub clinic_id: String,
    pub version: String,
    pub own_number: i64,
    pub shared_number: i64,
    pub signposts_number: i64,
    pub since: i64,
}

/// The draft of a file.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct QuestionDraftRow {
    pub file: String,
    pub based_on: i64,
    pub text: String,
    pub revision: i64,
    pub started_at: i64,
    pub saved_at: i64,
    pub saved_by: Uuid,
    /// The name of whoever saved it last.
    pub staff_name: String,
}

/// The answers that one booking or request rested on, and when they were given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct PastAnswersRow {
    pub clinic_id: String,
    pub answers: String,
    pub created_at: i64,
}

/// Question sets.
#[async_trait]
pub trait QuestionRecords {
    /// Moves with every change of what is in force.
    async fn question_counter(&mut self) -> Stored<i64>;
    /// Takes turns with everybody who changes what is in force, until the transaction ends; returns the counter.
    async fn lock_questions(&mut self) -> Stored<i64>;
    /// Says that what is in force has changed; returns the counter.
    async fn move_questions(&mut self) -> Stored<i64>;
    /// The texts in force, by file.
    async fn questions_in_force(&mut self) -> Stored<Vec<QuestionVersionRow>>;
    /// Every text that came with a release, oldest first in each file.
    async fn shipped_questions(&mut self) -> Stored<Vec<QuestionVersionRow>>;
    /// The versions of one file, or of all, newest first.
    async fn question_versions(&mut self, file: Option<&str>) -> Stored<Vec<QuestionVersionLine>>;
    /// One version of a file.
    async fn question_version(
        &mut self,
        file: &str,
        number: i64,
    ) -> Stored<Option<QuestionVersionRow>>;
    /// Adds a version; [`super::StoreError::Duplicate`] if the file has one of that number.
    async fn put_question_version(&mut self, version: &QuestionVersionRow) -> Stored<()>;
    /// Puts a version in force.
    async fn put_in_force(&mut self, file: &str, number: i64, now: i64) -> Stored<()>;
    /// Remembers what a clinic's digest was made of; the first entry stays.
    async fn put_question_set(&mut self, set: &QuestionSetRow) -> Stored<()>;
    /// What a clinic's digest was made of.
    async fn question_set(&mut self, clinic: &str, version: &str)
    -> Stored<Option<QuestionSetRow>>;
    /// The drafts of one file, or of all.
    async fn question_drafts(&mut self, file: Option<&str>) -> Stored<Vec<QuestionDraftRow>>;
    /// Begins a draft at revision 1; [`super::StoreError::Duplicate`] if the file has one.
    async fn start_question_draft(&mut self, draft: &QuestionDraftRow) -> Stored<()>;
    /// Saves a draft if it is still at this revision: false if somebody else saved or ended it meanwhile.
    async fn save_question_draft(
        &mut self,
        file: &str,
        revision: i64,
        text: &str,
        now: i64,
        staff: Uuid,
    ) -> Stored<bool>;
    /// Ends a draft if it is still at this revision.
    async fn drop_question_draft(&mut self, file: &str, revision: i64) -> Stored<bool>;
    /// The last answers given to one clinic, or to all, newest first.
    async fn past_answers(
        &mut self,
        clinic: Option<&str>,
        limit: i64,
    ) -> Stored<Vec<PastAnswersRow>>;
}
