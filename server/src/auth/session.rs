//! Staff sessions and the one-time links by which staff set a password.
//!
//! Promises: a token is 256 random bits and only its hash is stored; signing in always makes a new
//! token and ends the session it came from, and so does the second factor; a wrong password and an
//! unknown account cost the same work and give the same answer; wrong tries slow down the next
//! ([`super::slow`]). Does not know cookies, and does not say what anybody may do (see
//! `domain::access`).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::key::{opaque_token, token_hash};
use super::password::{PasswordError, Passwords, Weak, check_strength};
use super::slow::{ANYWHERE, Count, NEAR};
use crate::context::Context;
use crate::domain::access::{Grant, Standing};
use crate::domain::ids::{ClinicId, StaffId};
use crate::domain::time;
use crate::store::{AuditRow, OpenSession, Records, StaffRow, StoreError, Stored};

/// How long a session lasts, however it is used: the longest day at the desk.
pub const SESSION: TimeDelta = TimeDelta::hours(12);
/// How long a session stands without use (NIST SP 800-63B-4, section 2.2.3: an hour at most for two factors).
pub const IDLE: TimeDelta = TimeDelta::hours(1);
/// How often use is noted.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How long a session waits for the second factor.
const HALF: TimeDelta = TimeDelta::minutes(10);
/// How long a proof of who somebody is counts for what asks for it again, such as an export.
pub const PROOF: TimeDelta = TimeDelta::minutes(5);
/// How long a browser is known after signing in from it.
pub const DEVICE: TimeDelta = TimeDelta::days(180);
/// How long a one-time link to set a password works.
pub const INVITATION: TimeDelta = TimeDelta::hours(72);

/// What keeps somebody from signing in or from setting a password, besides their own slip.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The password could not be hashed or compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a password was not set by a link.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The link is not one of ours, is too old, or was used.
    #[error("the link no longer works")]
    Link,
    /// The password is too weak. The link still works.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// Our side.
    #[error(transparent)]
    Failed(#[from] SessionError),
}

impl From<StoreError> for NotSet {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<PasswordError> for NotSet {
    fn from(error: PasswordError) -> Self {
        Self::Failed(error.into())
    }
}

/// A try to sign in.
pub struct Attempt<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// The password as typed.
    pub password: String,
    /// Where it comes from: the network of the client's address.
    pub network: &'a str,
    /// The browser's token, if it has one.
    pub device: Option<&'a str>,
    /// The session that the browser had until now; it ends.
    pub before: Option<&'a str>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// The token of a new session, and of the browser for the next time.
    Whole {
        /// The session.
        session: String,
        /// The browser.
        device: String,
    },
    /// The password is right; this session waits for the second factor.
    Half(String),
    /// A wrong password, or an account that does not exist, is switched off or has no password.
    Wrong,
    /// Too many wrong tries: the next may come after this long.
    Wait(TimeDelta),
}

/// Signs somebody in.
pub async fn sign_in(
    context: &Context,
    passwords: &Passwords,
    attempt: Attempt<'_>,
) -> Result<SignedIn, SessionError> {
    let outcome = begin(context, passwords, attempt).await?;
    match &outcome {
        SignedIn::Whole { .. } => context.metrics.signed_in(true),
        SignedIn::Wrong | SignedIn::Wait(_) => context.metrics.signed_in(false),
        // Counted once the second step is done, or has failed.
        SignedIn::Half(_) => {}
    }
    Ok(outcome)
}

async fn begin(
    context: &Context,
    passwords: &Passwords,
    attempt: Attempt<'_>,
) -> Result<SignedIn, SessionError> {
    let email = attempt.email.trim().to_lowercase();
    let now = context.now();
    // No transaction is open while the hash is computed: it takes tens of milliseconds.
    // The try is counted before it is compared, so that many at once are no way round the wait.
    let mut tx = context.store.write().await?;
    let found = tx.staff_by_email(&email).await?;
    let account = found.filter(|account| account.active);
    let counts = counts(&mut *tx, context, &email, account.as_ref(), &attempt).await?;
    Count::take_turns(&counts, &mut *tx).await?;
    let mut wait = TimeDelta::zero();
    for count in &counts {
        wait = wait.max(count.wait(&mut *tx, now).await?);
    }
    if wait > TimeDelta::zero() {
        return Ok(SignedIn::Wait(wait));
    }
    for count in &counts {
        count.failed(&mut *tx, now).await?;
    }
    tx.commit().await?;
    let stored = account
        .as_ref()
        .and_then(|account| account.password.clone());
    let right = passwords.verify(attempt.password, stored.clone()).await?;
    let mut tx = context.store.write().await?;
    // The password may have been changed, or the account switched off, while we computed.
    let still = match &account {
        Some(account) if right => tx
            .staff(account.id)
            .await?
            .is_some_and(|now| now.active && now.password == stored),
        _ => false,
    };
    let Some(account) = account.filter(|_| still) else {
        return Ok(SignedIn::Wrong);
    };
    if let Some((own, others)) = counts.split_first() {
        own.went_well(&mut *tx).await?;
        for count in others {
            count.take_back(&mut *tx).await?;
        }
    }
    if let Some(before) = attempt.before {
        tx.drop_session(&hash(before)).await?;
    }
    let second = tx.second_factor(account.id).await?;
    let outcome = if second.is_some_and(|second| second.confirmed_at.is_some()) {
        SignedIn::Half(start_half(&mut *tx, context, account.id).await?)
    } else {
        let (session, device) = let_in(&mut *tx, context, account.id).await?;
        SignedIn::Whole { session, device }
    };
    tx.commit().await?;
    Ok(outcome)
}

/// What is counted: the account from this browser if it is known, or else from this network and from anywhere.
async fn counts(
    tx: &mut dyn Records,
    context: &Context,
    email: &str,
    account: Option<&StaffRow>,
    attempt: &Attempt<'_>,
) -> Stored<Vec<Count>> {
    if let (Some(account), Some(device)) = (account, attempt.device)
        && knows_device(tx, context, account.id, device).await?
    {
        let own = Count::of(context, "device", &[email, device], NEAR)?;
        return Ok(vec![own]);
    }
    Ok(vec![
        Count::of(context, "network", &[email, attempt.network], NEAR)?,
        Count::of(context, "anywhere", &[email], ANYWHERE)?,
    ])
}

/// Whether somebody has signed in with this browser before, not too long ago.
pub(super) async fn knows_device(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    device: &str,
) -> Stored<bool> {
    let since = (context.now() - DEVICE).timestamp();
    tx.known_device(&hash(device), staff, since).await
}

/// A whole session, and a token for the browser, for somebody who has proved who they are.
pub(super) async fn let_in(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
) -> Stored<(String, String)> {
    let session = start(tx, context, staff).await?;
    let device = opaque_token(context.bytes());
    tx.put_device(&hash(&device), staff, context.now().timestamp())
        .await?;
    note(tx, context, staff, "signed_in").await?;
    Ok((session, device))
}

/// Ends a session. Ending one that is over already changes nothing.
pub async fn sign_out(context: &Context, token: &str) -> Stored<()> {
    let mut tx = context.store.write().await?;
    tx.drop_session(&hash(token)).await?;
    tx.commit().await
}

/// Whose session it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// The account.
    pub staff: StaffRow,
    /// What they were granted, as far as it has not ended.
    pub standing: Standing,
    /// Waits for the second factor.
    pub waits: bool,
    /// Has a second factor.
    pub has_second_factor: bool,
    /// Whether the database holds the sample set-up, as every page of the desk says.
    pub sample: bool,
    /// When they last proved who they are, in seconds.
    pub proved_at: i64,
    /// When the session was last noted to be in use, in seconds.
    pub last_seen_at: i64,
}

impl Recognised {
    /// Whether it is time to note that the session is in use.
    #[must_use]
    pub fn is_unnoted(&self, now: DateTime<Utc>) -> bool {
        now.timestamp() - self.last_seen_at >= NOTED_EVERY.num_seconds()
    }
}

/// Whose session it is and what they were granted, in two queries; `None` if it is over, idle, unknown, or the account
/// is switched off. A role that has ended, or that this version does not know, grants nothing.
pub async fn recognise(
    tx: &mut dyn Records,
    token: &str,
    now: DateTime<Utc>,
) -> Stored<Option<Recognised>> {
    let idle = (now - IDLE).timestamp();
    let Some(session) = tx.live_session(&hash(token), now.timestamp(), idle).await? else {
        return Ok(None);
    };
    Ok(Some(Recognised {
        standing: standing(tx, session.staff.id, now).await?,
        waits: session.waits,
        has_second_factor: session.has_second_factor,
        sample: session.sample,
        proved_at: session.proved_at,
        last_seen_at: session.last_seen_at,
        staff: session.staff,
    }))
}

/// What somebody is granted at this moment. One query.
pub async fn standing(tx: &mut dyn Records, staff: Uuid, now: DateTime<Utc>) -> Stored<Standing> {
    let grants = tx.roles_on(staff, time::local_date(now)).await?;
    let grants = grants.into_iter().filter_map(|(role, clinic)| {
        let clinic = (!clinic.is_empty()).then_some(ClinicId(clinic));
        Some(Grant {
            role: role.parse().ok()?,
            clinic,
        })
    });
    Ok(Standing {
        staff: StaffId(staff),
        grants: grants.collect(),
    })
}

/// Notes that a session is in use, so that it does not become idle.
pub async fn touch(context: &Context, token: &str) -> Stored<()> {
    let mut tx = context.store.write().await?;
    tx.touch_session(&hash(token), context.now().timestamp())
        .await?;
    tx.commit().await
}

/// Ends every session of somebody, here and everywhere, with a line in the audit log.
pub async fn sign_out_everywhere(context: &Context, staff: Uuid) -> Stored<()> {
    let mut tx = context.store.write().await?;
    tx.end_sessions(staff).await?;
    note(&mut *tx, context, staff, "signed_out_everywhere").await?;
    tx.commit().await
}

/// The sessions of somebody that stand; whether each is the one of this token.
pub async fn open_sessions(
    tx: &mut dyn Records,
    staff: Uuid,
    token: &str,
    now: DateTime<Utc>,
) -> Stored<Vec<(OpenSession, bool)>> {
    let rows = tx
        .open_sessions(staff, now.timestamp(), (now - IDLE).timestamp())
        .await?;
    let own = hash(token);
    Ok(rows
        .into_iter()
        .map(|row| {
            let here = row.token_hash == own;
            (row, here)
        })
        .collect())
}

/// Makes a one-time link for this account, valid for [`INVITATION`]: the token that stands after
/// `/staff/password/`. Shown once; only its hash is kept.
pub async fn invite(context: &Context, staff: Uuid) -> Stored<String> {
    let mut tx = context.store.write().await?;
    let token = invite_within(&mut *tx, context, staff).await?;
    tx.commit().await?;
    Ok(token)
}

/// The same within a transaction, so that an account and its first link are made together or not at
/// all.
pub async fn invite_within(tx: &mut dyn Records, context: &Context, staff: Uuid) -> Stored<String> {
    let token = opaque_token(context.bytes());
    let until = (context.now() + INVITATION).timestamp();
    tx.put_staff_link(&hash(&token), staff, until).await?;
    Ok(token)
}

/// Whose one-time link it is, if it still works. Looking does not use it up.
pub async fn invited(context: &Context, token: &str) -> Stored<Option<StaffRow>> {
    let now = context.now().timestamp();
    context
        .store
        .read()
        .await?
        .staff_link(&hash(token), now)
        .await
}

/// Sets the password of the account a link was made for, uses the link up, ends every session and
/// every other link of the account, and signs in: the token of the new session.
pub async fn accept(
    context: &Context,
    passwords: &Passwords,
    token: &str,
    password: String,
) -> Result<String, NotSet> {
    let account = invited(context, token).await?.ok_or(NotSet::Link)?;
    check_strength(&password, &account.email, &account.name)?;
    let phc = passwords.hash(password, context.bytes()).await?;
    let mut tx = context.store.write().await?;
    if !tx
        .use_staff_link(&hash(token), context.now().timestamp())
        .await?
    {
        return Err(NotSet::Link);
    }
    tx.set_password(account.id, &phc).await?;
    tx.end_sessions(account.id).await?;
    let second = tx.second_factor(account.id).await?;
    // A link in a mailbox is no second factor.
    let session = if second.is_some_and(|second| second.confirmed_at.is_some()) {
        start_half(&mut *tx, context, account.id).await?
    } else {
        start(&mut *tx, context, account.id).await?
    };
    note(&mut *tx, context, account.id, "password_set").await?;
    tx.commit().await?;
    Ok(session)
}

pub(super) async fn start(tx: &mut dyn Records, context: &Context, staff: Uuid) -> Stored<String> {
    let token = opaque_token(context.bytes());
    let now = context.now();
    tx.put_session(
        &hash(&token),
        staff,
        now.timestamp(),
        (now + SESSION).timestamp(),
    )
    .await?;
    Ok(token)
}

async fn start_half(tx: &mut dyn Records, context: &Context, staff: Uuid) -> Stored<String> {
    let token = opaque_token(context.bytes());
    let now = context.now();
    let until = (now + HALF).timestamp();
    tx.put_session(&hash(&token), staff, now.timestamp(), until)
        .await?;
    tx.hold_session(&hash(&token)).await?;
    Ok(token)
}

/// Writes a line about somebody's own account into the audit log.
pub(super) async fn note(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    action: &str,
) -> Stored<()> {
    note_by(tx, context, staff, staff, action, None).await
}

/// Writes a line about an account into the audit log: what `by` did, in a clinic if it concerns one.
pub(crate) async fn note_by(
    tx: &mut dyn Records,
    context: &Context,
    by: Uuid,
    staff: Uuid,
    action: &str,
    place: Option<(&str, &str)>,
) -> Stored<()> {
    let (clinic, detail) = place.unwrap_or_default();
    tx.put_audit(&AuditRow {
        id: context.id(),
        at: context.now().timestamp(),
        actor_kind: "staff",
        actor_id: Some(by),
        action: action.to_owned(),
        subject_kind: "staff",
        subject_id: staff,
        clinic_id: (!clinic.is_empty()).then(|| clinic.to_owned()),
        detail: detail.to_owned(),
    })
    .await
}

/// What is stored of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    token_hash(token.as_bytes())
}
