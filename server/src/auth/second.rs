//! The second factor: setting it up, asking for it, and the codes for whoever has lost their telephone. And proving
//! again who somebody is, for what should not be open to whoever finds a desk unattended.
//!
//! Promises: the secret is stored sealed and recovery codes as keyed hashes; no code is taken twice, whichever process is
//! asked; giving the right code makes a new session in place of the waiting one; wrong codes slow down the next.

use chrono::TimeDelta;
use uuid::Uuid;

use super::password::Passwords;
use super::session::{self, SessionError, hash, knows_device, let_in, note};
use super::slow::{CODES_ANYWHERE, Count, NEAR};
use super::totp::{self, SECRET_BYTES};
use crate::context::Context;
use crate::domain::access::{Role, Standing};
use crate::store::{Records, StaffRow, StoreError, Stored};

/// What the secret is sealed for.
const PURPOSE: &str = "second-factor";
/// Recovery codes made at a time.
pub const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: 16 characters, 80 bits.
const RECOVERY_BYTES: usize = 10;

/// Whether these roles may be used with a second factor alone: everybody's but an adviser's.
#[must_use]
pub fn is_required(standing: &Standing) -> bool {
    standing
        .grants
        .iter()
        .any(|grant| grant.role != Role::Adviser)
}

/// What came of a code or password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// It is right.
    Right(T),
    /// It is wrong, or was used before.
    Wrong,
    /// Too many wrong ones: the next may come after this long.
    Wait(TimeDelta),
}

/// The secret of the second factor that somebody is setting up: the one begun before, or a new one.
pub async fn begin(context: &Context, staff: Uuid) -> Stored<[u8; SECRET_BYTES]> {
    let mut tx = context.store.write().await?;
    if let Some(row) = tx.second_factor(staff).await?
        && row.confirmed_at.is_none()
    {
        return open(context, &row.secret);
    }
    let secret: [u8; SECRET_BYTES] = context.bytes();
    let sealed = context.seal(PURPOSE, &secret.to_vec())?;
    tx.begin_second_factor(staff, &sealed).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The secret that is being set up, if one is.
pub async fn begun(context: &Context, staff: Uuid) -> Stored<Option<[u8; SECRET_BYTES]>> {
    let row = context.store.read().await?.second_factor(staff).await?;
    row.filter(|row| row.confirmed_at.is_none())
        .map(|row| open(context, &row.secret))
        .transpose()
}

/// Confirms what was set up by a first code: the recovery codes, shown once, and a new session in place of `before`.
pub async fn confirm(
    context: &Context,
    staff: Uuid,
    before: &str,
    typed: &str,
) -> Stored<Answer<(Vec<String>, String)>> {
    let count = Count::of(context, "confirm", &[&staff.to_string()], NEAR)?;
    let mut tx = context.store.write().await?;
    Count::take_turns(std::slice::from_ref(&count), &mut *tx).await?;
    let wait = count.wait(&mut *tx, context.now()).await?;
    if wait > TimeDelta::zero() {
        return Ok(Answer::Wait(wait));
    }
    let row = tx.second_factor(staff).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_none()) else {
        return Ok(Answer::Wrong);
    };
    if !take(&mut *tx, context, staff, &row.secret, typed).await? {
        count.failed(&mut *tx, context.now()).await?;
        tx.commit().await?;
        return Ok(Answer::Wrong);
    }
    count.went_well(&mut *tx).await?;
    let codes = new_codes(&mut *tx, context, staff).await?;
    tx.drop_session(&hash(before)).await?;
    let session = session::start(&mut *tx, context, staff).await?;
    note(&mut *tx, context, staff, "second_factor_set").await?;
    tx.commit().await?;
    Ok(Answer::Right((codes, session)))
}

/// New recovery codes in place of the old ones.
pub async fn renew_codes(context: &Context, staff: Uuid) -> Stored<Vec<String>> {
    let mut tx = context.store.write().await?;
    let codes = new_codes(&mut *tx, context, staff).await?;
    note(&mut *tx, context, staff, "recovery_codes_made").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes somebody's second factor away, on the word of `by`; their sessions end.
pub async fn reset(context: &Context, staff: Uuid, by: Uuid) -> Stored<bool> {
    let mut tx = context.store.write().await?;
    let dropped = reset_within(&mut *tx, context, staff, by).await?;
    tx.commit().await?;
    Ok(dropped)
}

/// As [`reset`], in a transaction that is open.
pub async fn reset_within(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    by: Uuid,
) -> Stored<bool> {
    let dropped = tx.drop_second_factor(staff).await?;
    if dropped {
        tx.end_sessions(staff).await?;
        let action = if by == staff {
            "second_factor_dropped"
        } else {
            "second_factor_reset"
        };
        session::note_by(tx, context, by, staff, action, None).await?;
    }
    Ok(dropped)
}

/// A try at the second step.
pub struct Code<'a> {
    /// The token of the session that waits.
    pub waiting: &'a str,
    /// The code as typed.
    pub typed: &'a str,
    /// Where it comes from: the network of the client's address.
    pub network: &'a str,
    /// The browser's token, if it has one.
    pub device: Option<&'a str>,
}

/// The second step of signing in: a code of the app, or a recovery code. The answer is a new session and a token for the
/// browser.
pub async fn step(
    context: &Context,
    staff: &StaffRow,
    code: Code<'_>,
) -> Stored<Answer<(String, String)>> {
    let now = context.now();
    let mut tx = context.store.write().await?;
    let counts = counts(&mut *tx, context, staff.id, &code).await?;
    Count::take_turns(&counts, &mut *tx).await?;
    let mut wait = TimeDelta::zero();
    for count in &counts {
        wait = wait.max(count.wait(&mut *tx, now).await?);
    }
    if wait > TimeDelta::zero() {
        return Ok(Answer::Wait(wait));
    }
    if !is_right(&mut *tx, context, staff.id, code.typed).await? {
        for count in &counts {
            count.failed(&mut *tx, now).await?;
        }
        tx.commit().await?;
        context.metrics.signed_in(false);
        return Ok(Answer::Wrong);
    }
    // What strangers tried from anywhere goes on counting.
    if let Some(own) = counts.first() {
        own.went_well(&mut *tx).await?;
    }
    tx.drop_session(&hash(code.waiting)).await?;
    let tokens = let_in(&mut *tx, context, staff.id).await?;
    tx.commit().await?;
    context.metrics.signed_in(true);
    Ok(Answer::Right(tokens))
}

/// What is counted, as at the first step: the account from this browser if it is known, or else from this network and from
/// anywhere. Whoever knows the password does not keep its owner waiting.
async fn counts(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    code: &Code<'_>,
) -> Stored<Vec<Count>> {
    let account = staff.to_string();
    if let Some(device) = code.device
        && knows_device(tx, context, staff, device).await?
    {
        let own = Count::of(context, "second-device", &[&account, device], NEAR)?;
        return Ok(vec![own]);
    }
    Ok(vec![
        Count::of(context, "second-network", &[&account, code.network], NEAR)?,
        Count::of(context, "second-anywhere", &[&account], CODES_ANYWHERE)?,
    ])
}

/// Proves again who somebody is: their password, or a code of their app.
pub async fn prove(
    context: &Context,
    passwords: &Passwords,
    staff: &StaffRow,
    token: &str,
    typed: &str,
) -> Result<Answer<()>, SessionError> {
    let count = Count::of(context, "prove", &[&staff.id.to_string()], NEAR)?;
    // Counted before it is compared, so that many at once are no way round the wait.
    let mut tx = context.store.write().await?;
    Count::take_turns(std::slice::from_ref(&count), &mut *tx).await?;
    let wait = count.wait(&mut *tx, context.now()).await?;
    if wait > TimeDelta::zero() {
        return Ok(Answer::Wait(wait));
    }
    count.failed(&mut *tx, context.now()).await?;
    tx.commit().await?;
    let password = passwords
        .verify(typed.to_owned(), staff.password.clone())
        .await?;
    let mut tx = context.store.write().await?;
    let right = password || is_right(&mut *tx, context, staff.id, typed).await?;
    if right {
        count.went_well(&mut *tx).await?;
        tx.prove_session(&hash(token), context.now().timestamp())
            .await?;
    }
    tx.commit().await?;
    Ok(if right {
        Answer::Right(())
    } else {
        Answer::Wrong
    })
}

/// Whether it is a code of now that was not used, or an unused recovery code. Uses it up.
async fn is_right(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    typed: &str,
) -> Stored<bool> {
    let row = tx.second_factor(staff).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(false);
    };
    if take(tx, context, staff, &row.secret, typed).await? {
        return Ok(true);
    }
    let code = keyed(context, staff, typed)?;
    let used = tx
        .use_recovery_code(staff, &code, context.now().timestamp())
        .await?;
    if used {
        note(tx, context, staff, "recovery_code_used").await?;
    }
    Ok(used)
}

async fn take(
    tx: &mut dyn Records,
    context: &Context,
    staff: Uuid,
    sealed: &str,
    typed: &str,
) -> Stored<bool> {
    let secret = open(context, sealed)?;
    match totp::matching_step(&secret, typed, context.now()) {
        Some(step) => tx.use_step(staff, step).await,
        None => Ok(false),
    }
}

fn open(context: &Context, sealed: &str) -> Stored<[u8; SECRET_BYTES]> {
    let bytes: Vec<u8> = context.unseal(PURPOSE, sealed)?;
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt("the secret of a second factor".to_owned()))
}

async fn new_codes(tx: &mut dyn Records, context: &Context, staff: Uuid) -> Stored<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| in_groups(&totp::base32(&context.bytes::<RECOVERY_BYTES>())))
        .collect();
    let keyed = codes
        .iter()
        .map(|code| keyed(context, staff, code))
        .collect::<Stored<Vec<_>>>()?;
    tx.confirm_second_factor(staff, &keyed, context.now().timestamp())
        .await?;
    Ok(codes)
}

/// "ABCD-EFGH-IJKL-MNOP"
fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// However it is typed: hyphens, spaces and capitals do not count.
fn keyed(context: &Context, staff: Uuid, code: &str) -> Stored<String> {
    let letters: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    context.blind("recovery-code", &format!("{staff} {letters}"))
}
