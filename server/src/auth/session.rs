//! Staff sessions and the one-time links by which staff set a password.
//!
//! Promises: a token is 256 random bits and only its hash is stored; signing in always makes a new
//! token and ends the session it came from; a wrong password and an unknown account cost the same
//! work and give the same answer. Does not know cookies, does not limit attempts (see
//! `http::limits`), and does not say what anybody may do (see `domain::access`).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::key::{opaque_token, token_hash};
use super::password::{PasswordError, Passwords, Weak, check_strength};
use crate::context::Context;
use crate::domain::access::{Grant, Standing};
use crate::domain::ids::{ClinicId, StaffId};
use crate::store::{AuditRow, Records, StaffRow, StoreError, Stored};

/// How long a session lasts, however it is used: the longest day at the desk.
pub const SESSION: TimeDelta = TimeDelta::hours(12);
/// How long a one-time link to set a password works.
pub const INVITATION: TimeDelta = TimeDelta::days(7);

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

/// Signs somebody in: the token of a new session, or `None` for a wrong password and for an account
/// that does not exist, is switched off or has no password. `before` is the session that the browser
/// had until now; it ends.
pub async fn sign_in(
    context: &Context,
    passwords: &Passwords,
    email: &str,
    password: String,
    before: Option<&str>,
) -> Result<Option<String>, SessionError> {
    let token = begin(context, passwords, email, password, before).await?;
    context.metrics.signed_in(token.is_some());
    Ok(token)
}

async fn begin(
    context: &Context,
    passwords: &Passwords,
    email: &str,
    password: String,
    before: Option<&str>,
) -> Result<Option<String>, SessionError> {
    let email = email.trim().to_lowercase();
    // No transaction is open while the hash is computed: it takes tens of milliseconds.
    let found = context.store.read().await?.staff_by_email(&email).await?;
    let account = found.filter(|account| account.active);
    let stored = account
        .as_ref()
        .and_then(|account| account.password.clone());
    if !passwords.verify(password, stored.clone()).await? {
        return Ok(None);
    }
    let Some(account) = account else {
        return Ok(None);
    };
    let mut tx = context.store.write().await?;
    // The password may have been changed, or the account switched off, while we computed.
    let still = tx.staff(account.id).await?;
    if !still.is_some_and(|now| now.active && now.password == stored) {
        return Ok(None);
    }
    if let Some(before) = before {
        tx.drop_session(&hash(before)).await?;
    }
    let token = start(&mut *tx, context, account.id).await?;
    note(&mut *tx, context, account.id, "signed_in").await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Ends a session. Ending one that is over already changes nothing.
pub async fn sign_out(context: &Context, token: &str) -> Stored<()> {
    let mut tx = context.store.write().await?;
    tx.drop_session(&hash(token)).await?;
    tx.commit().await
}

/// Whose session it is and what they were granted, in two queries; `None` if it is over, unknown, or
/// the account is switched off. A role this version does not know grants nothing.
pub async fn recognise(
    tx: &mut dyn Records,
    token: &str,
    now: DateTime<Utc>,
) -> Stored<Option<(StaffRow, Standing)>> {
    let Some(staff) = tx.session(&hash(token), now.timestamp()).await? else {
        return Ok(None);
    };
    let standing = standing(tx, staff.id).await?;
    Ok(Some((staff, standing)))
}

/// What a member of staff was granted, as it is now. A role this version does not know grants nothing. One query.
pub async fn standing(tx: &mut dyn Records, staff: Uuid) -> Stored<Standing> {
    let grants = tx.roles(staff).await?;
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
    let session = start(&mut *tx, context, account.id).await?;
    note(&mut *tx, context, account.id, "password_set").await?;
    tx.commit().await?;
    Ok(session)
}

async fn start(tx: &mut dyn Records, context: &Context, staff: Uuid) -> Stored<String> {
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

async fn note(tx: &mut dyn Records, context: &Context, staff: Uuid, action: &str) -> Stored<()> {
    tx.put_audit(&AuditRow {
        id: context.id(),
        at: context.now().timestamp(),
        actor_kind: "staff",
        actor_id: Some(staff),
        action: action.to_owned(),
        subject_kind: "staff",
        subject_id: staff,
        clinic_id: None,
        detail: String::new(),
    })
    .await
}

fn hash(token: &str) -> [u8; 32] {
    token_hash(token.as_bytes())
}
