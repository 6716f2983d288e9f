//! Accounts beyond the first sign-in: roles that end, sessions, second factors, slowed guessing, personal feeds.

use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{StaffRow, Stored};

/// A session that stands, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct SignInRow {
    #[sqlx(flatten)]
    pub staff: StaffRow,
    pub started_at: i64,
    pub last_seen_at: i64,
    pub proved_at: i64,
    /// Waits for the second factor.
    pub waits: bool,
    /// A second factor is set up.
    pub has_second_factor: bool,
    /// The database holds the sample set-up.
    pub sample: bool,
}

/// One of somebody's sessions, for their own list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct OpenSession {
    pub token_hash: Vec<u8>,
    pub started_at: i64,
    pub last_seen_at: i64,
}

/// A role as it is held.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct RoleRow {
    pub role: String,
    pub clinic_id: String,
    pub access_until: Option<NaiveDate>,
}

/// A member of staff with one of their roles; one row a role, and one for whoever has none.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about an account"
)]
pub struct PersonRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub active: bool,
    pub has_password: bool,
    pub has_second_factor: bool,
    /// The newest mail to them could not be delivered.
    pub mail_failed: bool,
    pub role: Option<String>,
    pub clinic_id: Option<String>,
    pub access_until: Option<NaiveDate>,
}

/// A second factor.
#[derive(Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct SecondFactorRow {
    pub secret: String,
    pub last_step: i64,
    pub confirmed_at: Option<i64>,
}

/// Failed tries under one key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, explained there")]
pub struct TriesRow {
    pub failures: i64,
    pub last_at: i64,
}

/// An appointment as somebody's own calendar shows it: nothing about the client.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the tables, explained there")]
pub struct FeedRow {
    pub id: Uuid,
    pub clinic_id: String,
    pub reference: String,
    pub state: String,
    pub sequence: i64,
    pub updated_at: i64,
    pub mode: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub room: Option<String>,
}

/// Accounts, roles that end, sessions, second factors, feeds.
#[async_trait]
pub trait AccountRecords {
    /// Roles with their clinics that are held on this local date.
    async fn roles_on(&mut self, staff: Uuid, date: NaiveDate) -> Stored<Vec<(String, String)>>;
    /// Every role of the account, ended ones too.
    async fn held_roles(&mut self, staff: Uuid) -> Stored<Vec<RoleRow>>;
    /// Gives a role in a clinic (empty: all clinics) until the end of a local date; `None` for no end. Replaces the end
    /// of one that is held.
    async fn grant_role(
        &mut self,
        staff: Uuid,
        role: &str,
        clinic: &str,
        until: Option<NaiveDate>,
    ) -> Stored<()>;
    /// Takes a role away: false if it was not held.
    async fn drop_role(&mut self, staff: Uuid, role: &str, clinic: &str) -> Stored<bool>;
    /// Everybody with a role in this clinic, or everybody: by name, one row a role.
    async fn people(&mut self, clinic: Option<&str>) -> Stored<Vec<PersonRow>>;
    /// Switches an account on or off.
    async fn set_active(&mut self, staff: Uuid, active: bool) -> Stored<()>;
    /// Who the person of this account is in the calendar, and the meetings that start in `[from, until)` (seconds) in which
    /// they take part.
    async fn own_meetings(
        &mut self,
        staff: Uuid,
        from: i64,
        until: i64,
    ) -> Stored<(Option<Uuid>, Vec<Uuid>)>;
    /// Cases for which this member of staff wrote a proposal.
    async fn prepared_by(&mut self, staff: Uuid) -> Stored<Vec<Uuid>>;

    /// The session of this token, if it stands, was used after `idle_since`, and the account is active.
    async fn live_session(
        &mut self,
        token_hash: &[u8],
        now: i64,
        idle_since: i64,
    ) -> Stored<Option<SignInRow>>;
    /// Notes that a session was used.
    async fn touch_session(&mut self, token_hash: &[u8], now: i64) -> Stored<()>;
    /// Notes that its holder proved who they are.
    async fn prove_session(&mut self, token_hash: &[u8], now: i64) -> Stored<()>;
    /// Makes a session that was just started wait for the second factor.
    async fn hold_session(&mut self, token_hash: &[u8]) -> Stored<()>;
    /// The sessions of somebody that stand, the last used first.
    async fn open_sessions(
        &mut self,
        staff: Uuid,
        now: i64,
        idle_since: i64,
    ) -> Stored<Vec<OpenSession>>;
    /// Ends every session of somebody, and forgets their browsers.
    async fn end_sessions(&mut self, staff: Uuid) -> Stored<u64>;
    /// Ends every unused one-time link of somebody.
    async fn end_staff_links(&mut self, staff: Uuid) -> Stored<()>;

    /// Failed tries under a key.
    async fn tries(&mut self, key: &[u8]) -> Stored<TriesRow>;
    /// Counts a failed try; after `fresh_since` it starts again at one.
    async fn count_try(&mut self, key: &[u8], now: i64, fresh_since: i64) -> Stored<()>;
    /// Takes one failed try back.
    async fn take_back_try(&mut self, key: &[u8]) -> Stored<()>;
    /// Forgets the failed tries under a key.
    async fn forget_tries(&mut self, key: &[u8]) -> Stored<()>;
    /// Whether somebody has signed in from this browser since `since`.
    async fn known_device(&mut self, token_hash: &[u8], staff: Uuid, since: i64) -> Stored<bool>;
    /// Remembers a browser.
    async fn put_device(&mut self, token_hash: &[u8], staff: Uuid, now: i64) -> Stored<()>;
    /// Forgets tries, browsers that had their time.
    async fn prune_sign_ins(&mut self, tries_before: i64, devices_before: i64) -> Stored<u64>;

    /// Somebody's second factor, confirmed or not.
    async fn second_factor(&mut self, staff: Uuid) -> Stored<Option<SecondFactorRow>>;
    /// Begins a second factor that is not confirmed yet, in place of any other.
    async fn begin_second_factor(&mut self, staff: Uuid, secret: &str) -> Stored<()>;
    /// Uses a step up: false if it or a later one was used.
    async fn use_step(&mut self, staff: Uuid, step: i64) -> Stored<bool>;
    /// Confirms the second factor, with these recovery codes (keyed hashes) in place of older ones.
    async fn confirm_second_factor(
        &mut self,
        staff: Uuid,
        codes: &[String],
        now: i64,
    ) -> Stored<()>;
    /// Uses a recovery code up: false if there is no such, or it was used.
    async fn use_recovery_code(&mut self, staff: Uuid, code: &str, now: i64) -> Stored<bool>;
    /// Recovery codes that are left.
    async fn recovery_codes_left(&mut self, staff: Uuid) -> Stored<i64>;
    /// Takes the second factor and its recovery codes away.
    async fn drop_second_factor(&mut self, staff: Uuid) -> Stored<bool>;

    /// When somebody's calendar address was made, if they have one.
    async fn feed_of(&mut self, staff: Uuid) -> Stored<Option<i64>>;
    /// Gives somebody a calendar address; an older one ends.
    async fn put_feed(&mut self, staff: Uuid, token_hash: &[u8], now: i64) -> Stored<()>;
    /// Ends somebody's calendar address: false if they had none.
    async fn drop_feed(&mut self, staff: Uuid) -> Stored<bool>;
    /// Whose calendar address it is, if the account is active.
    async fn feed(&mut self, token_hash: &[u8]) -> Stored<Option<StaffRow>>;
    /// The appointments of a person that start in `[from, until)` (seconds), those called off too.
    async fn feed_rows(&mut self, resource: Uuid, from: i64, until: i64) -> Stored<Vec<FeedRow>>;

    /// Queues a message to a member of staff.
    async fn queue_for_staff(&mut self, id: Uuid, kind: &str, staff: Uuid, now: i64) -> Stored<()>;
    /// Whose list of the day is due: active people who want one, who have an appointment in a meeting that starts in the
    /// given stretch (seconds), and of whom `kind` was not told for the `day` (its first second).
    async fn daily_lists_due(
        &mut self,
        stretch: (i64, i64),
        told: (&str, i64),
    ) -> Stored<Vec<Uuid>>;
    /// Whether somebody wants their day by mail.
    async fn wants_daily_list(&mut self, staff: Uuid) -> Stored<bool>;
    /// Says whether they do.
    async fn set_daily_list(&mut self, staff: Uuid, on: bool) -> Stored<()>;
    /// The member of staff whom a queued message is for.
    async fn message_staff(&mut self, message: Uuid) -> Stored<Option<Uuid>>;
}
