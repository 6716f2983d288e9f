//! `clinics staff`: the first account, and a way back in for somebody who lost their link.

use std::io::Write;

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{Failure, open};
use crate::auth::session::{INVITATION, invite_within};
use crate::booking::Actor;
use crate::config::Config;
use crate::context::Context;
use crate::domain::access::Role;
use crate::domain::client::Email;
use crate::domain::time;
use crate::people::{self, Place, Refusal};
use crate::store::{Records, StaffRow, StoreError};

/// Most characters of a name.
const LONGEST_NAME: usize = 100;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account and print a link to set its password
    Add(Add),
    /// Print a new link to set the password of an account
    Link {
        /// The account's email address
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What they sign in with
    #[arg(long)]
    email: String,
    /// Their name, as staff see it
    #[arg(long)]
    name: String,
    /// `adviser`, `supervisor`, `manager`, `conflict_checker` or `administrator`
    #[arg(long)]
    role: Role,
    /// Where they have the role, such as `law`; every role but `administrator` needs one
    #[arg(long)]
    clinic: Option<String>,
    /// Who they are in the calendar: `role` (advisers and supervisors are there by their name), `named`, `nobody`, or
    /// the id of a person
    #[arg(long, default_value = "role", value_parser = place)]
    calendar: Place,
}

fn place(text: &str) -> Result<Place, String> {
    Place::parse(text).ok_or_else(|| "expected role, named, nobody or an id".to_owned())
}

pub(super) async fn run(
    config: &Config,
    command: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let context = Context::new(open::migrated_store(&config.database).await?);
    let mut tx = context.store.write().await?;
    let (staff, said) = match command {
        Command::Add(account) => add(&mut *tx, &context, &account).await?,
        Command::Link { email } => find(&mut *tx, &email).await?,
    };
    let token = invite_within(&mut *tx, &context, staff).await?;
    tx.commit().await?;
    let until = context.now() + INVITATION;
    let until = format!(
        "{} at {}",
        time::long_date(time::local_date(until)),
        time::clock(until)
    );
    writeln!(
        out,
        "{said} This link sets the password. It works once, until {until}, UK time:"
    )?;
    writeln!(
        out,
        "{}",
        config
            .listen
            .public_url
            .link(&format!("/staff/password/{token}"))
    )?;
    Ok(())
}

async fn add(
    tx: &mut dyn Records,
    context: &Context,
    account: &Add,
) -> Result<(Uuid, String), Failure> {
    let email = Email::parse(&account.email)
        .map_err(|_| {
            Failure::Wrong(format!(
                "--email: {:?} is not a mail address",
                account.email
            ))
        })?
        .folded();
    let name = account
        .name
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Failure::Wrong(format!(
            "--name: expected 1 to {LONGEST_NAME} characters"
        )));
    }
    let clinic = clinic(tx, account).await?;
    let staff = StaffRow {
        id: context.id(),
        email: email.clone(),
        name: name.clone(),
        password: None,
        resource_id: None,
        active: true,
        created_at: context.now().timestamp(),
    };
    match tx.put_staff(&staff).await {
        Ok(()) => {}
        Err(StoreError::Duplicate) => {
            return Err(Failure::Wrong(format!(
                "--email: {email} has an account; `clinics staff link` makes a new link"
            )));
        }
        Err(error) => return Err(error.into()),
    }
    tx.put_role(staff.id, account.role.as_str(), &clinic)
        .await?;
    let place = account.calendar.for_role(account.role);
    if place != Place::Nobody {
        people::settle_new(tx, context, staff.id, &name, &clinic, place)
            .await
            .map_err(|refusal| match refusal {
                Refusal::Store(error) => Failure::from(error),
                _ => Failure::Wrong(
                    "--calendar: not a person of the calendar who has no account".to_owned(),
                ),
            })?;
    }
    let detail = account.role.as_str().to_owned();
    Actor::System
        .note(
            tx,
            context,
            "staff_added",
            ("staff", staff.id),
            &clinic,
            detail,
        )
        .await?;
    Ok((staff.id, format!("{name} has an account now.")))
}

/// The clinic of the role; empty for the administrator, who belongs to none.
async fn clinic(tx: &mut dyn Records, account: &Add) -> Result<String, Failure> {
    let (role, belongs) = (account.role.as_str(), account.role.belongs_to_a_clinic());
    let clinic = match (&account.clinic, belongs) {
        (None, false) => return Ok(String::new()),
        (Some(_), false) => {
            return Err(Failure::Wrong(format!(
                "--clinic: {role} belongs to no clinic"
            )));
        }
        (None, true) => {
            return Err(Failure::Wrong(format!(
                "--clinic: not given, expected the clinic of the {role}"
            )));
        }
        (Some(clinic), true) => clinic,
    };
    let clinics: Vec<String> = tx.clinics().await?.into_iter().map(|row| row.id).collect();
    if clinics.contains(clinic) {
        return Ok(clinic.clone());
    }
    let known = if clinics.is_empty() {
        "there is none yet".to_owned()
    } else {
        format!("expected {}", clinics.join(", "))
    };
    Err(Failure::Wrong(format!(
        "--clinic: {clinic:?} is not a clinic, {known}"
    )))
}

async fn find(tx: &mut dyn Records, email: &str) -> Result<(Uuid, String), Failure> {
    match tx
        .staff_by_email(&email.trim().to_ascii_lowercase())
        .await?
    {
        Some(staff) if staff.active => Ok((staff.id, format!("{} has an account.", staff.name))),
        _ => Err(Failure::Wrong(format!("--email: {email:?} has no account"))),
    }
}
