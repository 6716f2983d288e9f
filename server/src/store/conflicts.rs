//! The conflict check: its rows and what may be asked of them.

use async_trait::async_trait;
use sqlx::FromRow;
use uuid::Uuid;

use super::Stored;

/// A check to add; it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct NewConflictCase {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub intake_id: Option<Uuid>,
    pub lead_only: bool,
    pub matches: i64,
    pub due_at: i64,
    pub created_at: i64,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct ConflictCaseRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub appointment_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    pub state: String,
    pub lead_only: bool,
    pub matches: i64,
    pub due_at: i64,
    pub created_at: i64,
    pub decided_at: Option<i64>,
    pub reason: Option<String>,
    pub clinic_name: String,
    pub decided_by_name: Option<String>,
}

/// A name of a matter. `name` is sealed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct PartyRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub case_id: Option<Uuid>,
    pub matter_id: Uuid,
    pub side: String,
    pub name: Option<String>,
    pub created_at: i64,
}

/// A name of another matter that shares a key with one looked for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct AlikeRow {
    pub hash: String,
    pub id: Uuid,
    /// The appointment or request that it was given for.
    pub matter_id: Uuid,
    pub clinic_id: String,
    pub side: String,
    pub name: Option<String>,
    /// The reference of the check it was given for.
    pub reference: Option<String>,
}

/// Something that stands in the same clinic and is a rival's.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RivalRow {
    /// The reference of the appointment or request.
    pub reference: String,
    /// It is an appointment; a request otherwise.
    pub is_appointment: bool,
    /// Both have an adviser in common.
    pub one_team: bool,
}

/// Something that a conflict-checking clinic has taken in and nobody has opened a check for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct UncheckedRow {
    pub clinic_id: String,
    pub reference: String,
    pub id: Uuid,
    pub intake_id: Option<Uuid>,
    pub client_name: String,
    pub organisation: Option<String>,
}

/// Conflict checks and the index of names.
#[async_trait]
pub trait ConflictRecords {
    /// The clinics that check conflicts before they take anybody on.
    async fn conflict_clinics(&mut self) -> Stored<Vec<String>>;
    /// Says whether a clinic checks conflicts.
    async fn set_conflict_check(&mut self, clinic: &str, checks: bool) -> Stored<()>;
    /// What an intake holds sealed.
    async fn sealed_answers(&mut self, intake: Uuid) -> Stored<Option<String>>;
    /// Adds a check.
    async fn put_conflict_case(&mut self, case: &NewConflictCase) -> Stored<()>;
    /// The check of that reference.
    async fn conflict_case(&mut self, reference: &str) -> Stored<Option<ConflictCaseRow>>;
    /// The check of an appointment or request, or of what it came from (the same intake); a cleared one first.
    async fn conflict_case_of(
        &mut self,
        matter: Uuid,
        intake: Option<Uuid>,
    ) -> Stored<Option<ConflictCaseRow>>;
    /// The checks of one clinic, or all, that wait or were decided at or after `since` (seconds): those that wait first,
    /// the earliest due first.
    async fn conflict_cases(
        &mut self,
        clinic: Option<&str>,
        since: i64,
    ) -> Stored<Vec<ConflictCaseRow>>;
    /// Clears or refuses: false if it no longer waits.
    async fn decide_conflict_case(
        &mut self,
        id: Uuid,
        state: &str,
        staff: Uuid,
        reason: &str,
        now: i64,
    ) -> Stored<bool>;
    /// Leaves a check to the clinic's lead: false if it is theirs already or no longer waits.
    async fn give_conflict_to_lead(&mut self, id: Uuid, reason: &str) -> Stored<bool>;
    /// The client called it off: a check that waits has nothing left to check.
    async fn withdraw_conflict_case(&mut self, matter: Uuid) -> Stored<()>;
    /// Adds a name with what it is found by (a JSON list of hashes).
    async fn put_party(&mut self, party: &PartyRow, keys: &str) -> Stored<()>;
    /// The names given for a check, in the order given.
    async fn parties(&mut self, case: Uuid) -> Stored<Vec<PartyRow>>;
    /// Names of other matters that share one of these keys (a JSON list of hashes), the newest first, one row a key.
    async fn alike(&mut self, keys: &str, matter: Uuid) -> Stored<Vec<AlikeRow>>;
    /// The names given for all checks that [`conflict_cases`](Self::conflict_cases) lists, in the order given.
    async fn parties_listed(&mut self, clinic: Option<&str>, since: i64) -> Stored<Vec<PartyRow>>;
    /// Every name that has one of these keys (a JSON list of hashes), the newest first, one row a key.
    async fn alike_any(&mut self, keys: &str) -> Stored<Vec<AlikeRow>>;
    /// Forgets names given before this instant (seconds) unless their check still waits.
    async fn prune_parties(&mut self, before: i64) -> Stored<u64>;
    /// Appointments that start in `[from, until)` in a clinic that checks, and are asked for or called off without having
    /// been cleared. Any later state is proof of a check that was.
    async fn uncleared_between(&mut self, from: i64, until: i64) -> Stored<Vec<Uuid>>;
    /// Requests that stand, in a clinic that checks, and are not cleared.
    async fn uncleared_requests(&mut self) -> Stored<Vec<Uuid>>;
    /// Appointments asked for that should be checked and have no check.
    async fn unchecked_appointments(&mut self) -> Stored<Vec<UncheckedRow>>;
    /// Requests in review that should be checked and have no check.
    async fn unchecked_requests(&mut self) -> Stored<Vec<UncheckedRow>>;
    /// Notes that the clinic could not take an appointment on.
    async fn set_turned_down(&mut self, appointment: Uuid, now: i64) -> Stored<()>;
    /// Whether the clinic could not take the appointment on.
    async fn turned_down(&mut self, appointment: Uuid) -> Stored<bool>;
    /// Ends a request that the clinic cannot take on: false if it is no longer in review.
    async fn turn_down_request(&mut self, id: Uuid) -> Stored<bool>;
    /// What stands in the same clinic as an appointment or request and of which one names the other as a rival. Nothing for
    /// a clinic that checks conflicts.
    async fn rivals(&mut self, matter: Uuid) -> Stored<Vec<RivalRow>>;
    /// The request of that reference, by its id.
    async fn request_id(&mut self, reference: &str) -> Stored<Option<Uuid>>;
}
