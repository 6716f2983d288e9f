//! Who belongs to the staff: invitations, roles with their ends, and the end of access.
//!
//! Promises: nobody gives or takes a role that they may not give ([`may_grant`]), so that no manager makes an
//! administrator, or anything in another clinic; whoever loses their last role keeps no session and no calendar address
//! that opens anything; each change is a line of the audit log, in the same transaction; a change that was made from
//! something that somebody else has changed since is refused. The invitation goes by the
//! outbox: its link is made from the message's own id with the installation's key, and only its hash is stored.

mod place;

use chrono::NaiveDate;
use uuid::Uuid;

pub use place::{Place, free, may_place, settle_new};

use crate::auth::key::{opaque_token, token_hash};
use crate::auth::session::{INVITATION as LINK, note_by};
use crate::booking::Actor;
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

/// Longest time that a student's access may last, in days: an academic year, and some. It can be given again.
const LONGEST_STAY: i64 = 400;

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
    /// A last day that is too far away ends nothing.
    #[error("a student's last day is too far away")]
    TooFar,
    /// There would be no administrator.
    #[error("the last administrator")]
    LastAdministrator,
    /// There is no such account, or none that they may see.
    #[error("no such account")]
    Nobody,
    /// Not a person of the calendar whom they may choose, or one whom another account has.
    #[error("not a free place in the calendar")]
    Place,
    /// Somebody else has changed the account meanwhile.
    #[error("the account has changed")]
    Changed,
    /// Our side.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an account was when somebody looked at it: another value after every change of its roles, their ends, its access,
/// its place and its second factor. Says nothing of what these are.
pub async fn seen(tx: &mut dyn Records, staff: Uuid) -> Stored<String> {
    let account = tx
        .staff(staff)
        .await?
        .map(|row| (row.active, row.resource_id));
    let roles = tx.held_roles(staff).await?;
    let second = tx.second_factor(staff).await?.map(|row| row.confirmed_at);
    let all = format!("{account:?} {roles:?} {second:?}");
    Ok(opaque_token(token_hash(all.as_bytes())))
}

/// Keeps everybody else from the account for this transaction, and says if it is no more what it was.
async fn unchanged(tx: &mut dyn Records, staff: Uuid, was: &str) -> Result<(), Refusal> {
    tx.lock_staff(staff).await?;
    if seen(tx, staff).await? == was {
        Ok(())
    } else {
        Err(Refusal::Changed)
    }
}

/// Makes an account with one role and a place in the calendar, and queues the invitation: the account.
pub async fn invite(
    context: &Context,
    by: &Standing,
    (name, email): (&str, &str),
    giving: &Giving,
    place: Place,
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
    let place = place.for_role(giving.role);
    if place != Place::Nobody {
        let held = tx.held_roles(staff.id).await?;
        settle(&mut *tx, context, by, &staff, &held, place).await?;
    }
    send(&mut *tx, context, by, staff.id).await?;
    tx.commit().await?;
    context.bell.notify_one();
    Ok(staff.id)
}

async fn settle(
    tx: &mut dyn Records,
    context: &Context,
    by: &Standing,
    staff: &StaffRow,
    held: &[RoleRow],
    place: Place,
) -> Result<(), Refusal> {
    let known = free(tx, by).await?;
    let whose = place::Whose {
        id: staff.id,
        name: &staff.name,
        clinics: &place::lists(held),
    };
    let by = Actor::Staff(by.staff.0);
    place::settle(tx, context, by, &whose, place, &known).await
}

/// Says who an account is in the calendar. `was`: what [`seen`] said of it.
pub async fn set_place(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    place: Place,
    was: &str,
) -> Result<(), Refusal> {
    let mut tx = context.store.write().await?;
    let account = tx.staff(staff).await?.ok_or(Refusal::Nobody)?;
    let held = tx.held_roles(staff).await?;
    if !may_place(by, &held) {
        return Err(Refusal::NotTheirs);
    }
    unchanged(&mut *tx, staff, was).await?;
    let same = match place {
        Place::Known(id) => account.resource_id == Some(id),
        Place::Nobody => account.resource_id.is_none(),
        Place::Named | Place::ByRole => false,
    };
    if same {
        return Ok(());
    }
    settle(&mut *tx, context, by, &account, &held, place).await?;
    Ok(tx.commit().await?)
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

/// Gives a role, or gives one that is held another end. `was`: what [`seen`] said of the account.
pub async fn give(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    giving: &Giving,
    was: &str,
) -> Result<(), Refusal> {
    check(context, by, giving)?;
    let mut tx = context.store.write().await?;
    if tx.staff(staff).await?.is_none() || !exists(&mut *tx, giving).await? {
        return Err(Refusal::Nobody);
    }
    if ends_the_last_administrator(&mut *tx, context, giving).await? {
        return Err(Refusal::LastAdministrator);
    }
    unchanged(&mut *tx, staff, was).await?;
    put(&mut *tx, context, by, staff, giving).await?;
    Ok(tx.commit().await?)
}

/// Takes a role away. One that is not held changes nothing. `was`: what [`seen`] said of the account.
pub async fn take(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    (role, clinic): (Role, Option<&ClinicId>),
    was: &str,
) -> Result<(), Refusal> {
    if !may_grant(by, role, clinic) {
        return Err(Refusal::NotTheirs);
    }
    let mut tx = context.store.write().await?;
    if role == Role::Administrator && administrators(&mut *tx, context).await? <= 1 {
        return Err(Refusal::LastAdministrator);
    }
    unchanged(&mut *tx, staff, was).await?;
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

/// Takes a lost second factor away, and ends the sessions. `was`: what [`seen`] said of the account; a second factor that
/// was set up since is not the lost one.
pub async fn reset_second_factor(
    context: &Context,
    by: &Standing,
    staff: Uuid,
    was: &str,
) -> Result<(), Refusal> {
    if by.staff.0 == staff {
        return Err(Refusal::NotTheirs);
    }
    let mut tx = context.store.write().await?;
    answerable(&mut *tx, by, staff).await?;
    unchanged(&mut *tx, staff, was).await?;
    crate::auth::second::reset_within(&mut *tx, context, staff, by.staff.0).await?;
    Ok(tx.commit().await?)
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
        Some(until)
            if giving.role == Role::Adviser && until > time::add_days(today, LONGEST_STAY) =>
        {
            Err(Refusal::TooFar)
        }
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
