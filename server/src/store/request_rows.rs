//! Rows about decisions on cases.

use sqlx::FromRow;
use uuid::Uuid;

/// A change of a case, made of one revision of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestChange {
    /// The case.
    pub id: Uuid,
    /// The revision it is made of; the case then has the next one.
    pub revision: i64,
    /// The new state's word.
    pub state: &'static str,
    /// When the clinic has replied at the latest from now on, in seconds; as before if `None`.
    pub respond_by: Option<i64>,
    /// The appointment that came of it.
    pub appointment_id: Option<Uuid>,
}

/// A proposal or decision to add.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewDecision {
    pub id: Uuid,
    pub request_id: Uuid,
    pub revision: i64,
    pub stage: &'static str,
    pub kind: &'static str,
    pub terms: String,
    pub reason: String,
    pub staff_id: Uuid,
    pub created_at: i64,
}

/// A proposal or decision with the name of whoever made it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct DecisionRow {
    pub id: Uuid,
    pub request_id: Uuid,
    pub revision: i64,
    pub stage: String,
    pub kind: String,
    pub terms: String,
    pub reason: String,
    pub staff_id: Uuid,
    pub staff_name: String,
    pub answer: Option<String>,
    pub answered_at: Option<i64>,
    pub created_at: i64,
}

/// Somebody of a clinic's staff.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ColleagueRow {
    pub id: Uuid,
    pub name: String,
}
