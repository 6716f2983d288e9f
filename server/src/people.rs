//! Who belongs to the staff: invitations, roles with their ends, and the end of access.
//!
//! Promises: nobody gives or takes a role that they may not give ([`may_grant`]), so that no manager makes an
//! administrator, or anything in another clinic; whoever loses their last role keeps no session and no calendar address
//! that opens anything; each change is a line of the audit log, in the same transaction. The invitation goes by the
//! outbox: its link is made from the message's own id with the installation's key, and only its hash is stored.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::auth::key::{opaque_token, token_hash};
use crate::auth::session::{INVITATION as LINK, note_by};
use crate::context::Context;
use crate::domain::access::{Role, Standing, may_grant};
use crate::domain::client::Email;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{Records, RoleRow, StaffRow, StoreError, Stored};

/// The name of the message in the outbox.
pub const INVITATION: &str = "staff_invitation";
/// Most characters of a name.
pub const LONGEST_NAME: usize = 100;

/// A role to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giving {
    /// The role.
    pub role: Role,
    /// The clinic; `None` for the administrator.
    pub clinic: Option<ClinicId>,
    /// The last local date on which it is held.
    pub until: Option<NaiveDate>,
}

/// Why somebody was not invited or given a role.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The name is empty or too long.
    #[error("not a name")]
    Name,
    /// Not a mail address.
    #[error("not a mail address")]
    Email,
    /// Somebody has this address already.
    #[error("the address has an account")]
    Known,
    /// It is not theirs to give.
    #[error("not theirs to give")]
    NotTheirs,
    /// The last day has passed.
    #[error("the last day has passed")]
    Past,
    /// A student's access ends on a date.
    #[error("a student needs a last day")]
    NoEnd,
    /// There would be no administrator.
    #[error("the last administrator")]
    LastAdministrator,
    /// There is no such account, or none that they may see.
    #[error("no such account")]
    Nobody,
    /// Our side.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an account with one role and queues the invitation: the account.
pub async fn invite(
    context: &Context,
    by: &Standing,
    name: &str,
    email: &str,
    giving: &Giving,
) -> Result<Uuid, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Refusal::Name);
    }
    let email = Email::parse(email).map_err(|_| Refusal::Email)?.folded();
    check(context, by, giving)?;
    let staff = StaffRow {
        id: context.id(),
        email,
        name,
        password: None,
        resource_id: None,
        active: true,
        created_at: context.now().timestamp(),
    };
    let mut tx = context.store.write().await?;
    if !exists(&mut *tx, giving).await? {
        return Err(Refusal::NotTheirs);
    }
    match tx.put_staff(&staff).await {
        Ok(()) => {}
        Err(StoreError::Duplicate) => return Err(Refusal::Known),
        Err(error) => return Err(error.into()),
    }
    put(&mut *tx, context, by, staff.id, giving).await?;
    send(&mut *tx, context, by, staff.id).await?;
    tx.commit().await?;
    context.bell.notify_one();
    Ok(staff.id)
}

/// Sends a new link to set the password; older ones end.
pub async fn invite_again(context: &Context, by: &Standing, staff: Uuid) -> Result<(), Refusal> {
    let mut tx = context.store.write().await?;
    let account = answerable(&mut *tx, by, staff).await?;
    if !account.active {
        return Err(Refusal::Nobody);
    }
    tx.end_staff_links(staff).await?;
    send(&mut *tx, context, by, staff).await?;
    tx.commit().await?;
    context.bell.notify_one();
    Ok(())
}

/// Gives a role, or gives one that is held another end.
pub async fn give(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    giving: &Giving,
) -> Result<(), Refusal> {
    check(context, by, giving)?;
    let mut tx = context.store.write().await?;
    if tx.staff(staff).await?.is_none() || !exists(&mut *tx, giving).await? {
        return Err(Refusal::Nobody);
    }
    if ends_the_last_administrator(&mut *tx, context, giving).await? {
        return Err(Refusal::LastAdministrator);
    }
    put(&mut *tx, context, by, staff, giving).await?;
    Ok(tx.commit().await?)
}

/// Takes a role away. One that is not held changes nothing.
pub async fn take(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    role: Role,
    clinic: Option<&ClinicId>,
) -> Result<(), Refusal> {
    if !may_grant(by, role, clinic) {
        return Err(Refusal::NotTheirs);
    }
    let mut tx = context.store.write().await?;
    if role == Role::Administrator && administrators(&mut *tx, context).await? <= 1 {
        return Err(Refusal::LastAdministrator);
    }
    let place = clinic.map_or("", |clinic| clinic.as_str());
    if tx.drop_role(staff, role.as_str(), place).await? {
        let detail = Some((place, role.as_str()));
        note_by(&mut *tx, context, by.staff.0, staff, "role_taken", detail).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends all access, or gives it back. Sessions, links and the calendar address end with it.
pub async fn set_active(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    active: bool,
) -> Result<(), Refusal> {
    if by.staff.0 == staff {
        return Err(Refusal::NotTheirs);
    }
    let mut tx = context.store.write().await?;
    let account = answerable(&mut *tx, by, staff).await?;
    if account.active == active {
        return Ok(());
    }
    tx.set_active(staff, active).await?;
    if !active {
        tx.end_sessions(staff).await?;
        tx.end_staff_links(staff).await?;
        tx.drop_feed(staff).await?;
    }
    let action = if active { "staff_begun" } else { "staff_ended" };
    note_by(&mut *tx, context, by.staff.0, staff, action, None).await?;
    Ok(tx.commit().await?)
}

/// Takes a lost second factor away, and ends the sessions.
pub async fn reset_second_factor(
    context: &Context,
    by: &Standing,
    staff: Uuid,
) -> Result<(), Refusal> {
    if by.staff.0 == staff {
        return Err(Refusal::NotTheirs);
    }
    answerable(&mut *context.store.read().await?, by, staff).await?;
    crate::auth::second::reset(context, staff, by.staff.0).await?;
    Ok(())
}

/// Whether somebody may end, invite again or reset an account: they may give every role that it has. So a clinic's
/// manager does not reach whoever works elsewhere too, and nobody reaches up.
#[must_use]
pub fn answers_for(by: &Standing, held: &[RoleRow]) -> bool {
    by.runs_installation()
        || !held.is_empty()
            && held.iter().all(|row| {
                let clinic = (!row.clinic_id.is_empty()).then(|| ClinicId(row.clinic_id.clone()));
                row.role
                    .parse()
                    .is_ok_and(|role| may_grant(by, role, clinic.as_ref()))
            })
}

/// The token of the link in an invitation: the same every time the message is tried.
pub fn invitation_token(context: &Context, message: Uuid) -> Stored<String> {
    Ok(opaque_token(
        context.code(INVITATION, &[message.as_bytes()])?,
    ))
}

async fn answerable(tx: &mut dyn Records, by: &Standing, staff: Uuid) -> Result<StaffRow, Refusal> {
    let account = tx.staff(staff).await?.ok_or(Refusal::Nobody)?;
    let held = tx.held_roles(staff).await?;
    if answers_for(by, &held) {
        Ok(account)
    } else {
        Err(Refusal::NotTheirs)
    }
}

fn check(context: &Context, by: &Standing, giving: &Giving) -> Result<(), Refusal> {
    if !may_grant(by, giving.role, giving.clinic.as_ref()) {
        return Err(Refusal::NotTheirs);
    }
    let today = time::local_date(context.now());
    match giving.until {
        Some(until) if until < today => Err(Refusal::Past),
        None if giving.role == Role::Adviser => Err(Refusal::NoEnd),
        _ => Ok(()),
    }
}

async fn exists(tx: &mut dyn Records, giving: &Giving) -> Stored<bool> {
    let Some(clinic) = &giving.clinic else {
        return Ok(true);
    };
    let clinics = tx.clinics().await?;
    Ok(clinics.iter().any(|row| row.id == clinic.as_str()))
}

async fn put(
    tx: &mut dyn Records,
    context: &Context,
    by: &Standing,
    staff: Uuid,
    giving: &Giving,
) -> Stored<()> {
    let clinic = giving.clinic.as_ref().map_or("", |clinic| clinic.as_str());
    let role = giving.role.as_str();
    tx.grant_role(staff, role, clinic, giving.until).await?;
    note_by(
        tx,
        context,
        by.staff.0,
        staff,
        "role_given",
        Some((clinic, role)),
    )
    .await
}

async fn send(tx: &mut dyn Records, context: &Context, by: &Standing, staff: Uuid) -> Stored<()> {
    let (id, now) = (context.id(), context.now());
    let token = invitation_token(context, id)?;
    let until = (now + LINK).timestamp();
    tx.put_staff_link(&token_hash(token.as_bytes()), staff, until)
        .await?;
    tx.queue_for_staff(id, INVITATION, staff, now.timestamp())
        .await?;
    note_by(tx, context, by.staff.0, staff, "staff_invited", None).await
}

/// Administrators without an end who can sign in.
async fn administrators(tx: &mut dyn Records, context: &Context) -> Stored<usize> {
    let today = time::local_date(context.now());
    let people = tx.people(None).await?;
    Ok(people
        .iter()
        .filter(|row| row.active && row.role.as_deref() == Some(Role::Administrator.as_str()))
        .filter(|row| row.access_until.is_none_or(|last| last >= today))
        .count())
}

async fn ends_the_last_administrator(
    tx: &mut dyn Records,
    context: &Context,
    giving: &Giving,
) -> Stored<bool> {
    Ok(giving.role == Role::Administrator
        && giving.until.is_some()
        && administrators(tx, context).await? <= 1)
}
