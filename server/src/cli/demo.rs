//! `clinics demo`: the sample set-up, on this machine only. Its passwords are random and shown once.

use std::io::Write;

use anyhow::Context as _;
use clap::Args;

use super::{Failure, open};
use crate::auth::password::hash_here;
use crate::auth::vault::Vault;
use crate::config::{Config, ConfigError};
use crate::context::Context;
use crate::packs::InForce;
use crate::sample::{self, Loaded, SampleError, SignIn, Size};

/// From so many appointments on, it says how far it is.
const MANY: u32 = 1000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Advisers beyond those of the set-up
    #[arg(long, default_value_t = 0)]
    staff: u32,
    /// Appointments over the whole term; without it, a few dozen this week and next
    #[arg(long)]
    appointments: Option<u32>,
    /// The same number makes the same sample
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) async fn run(
    config: &Config,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if !config.listen.is_loopback() {
        // Accounts whose passwords were on a screen have no place on a network.
        let expected = "a loopback address such as 127.0.0.1:3000, because the sample set-up is for trying out only";
        return Err(
            ConfigError::wrong("LISTEN", &config.listen.address.to_string(), expected).into(),
        );
    }
    let context = Context::new(open::migrated_store(&config.database).await?);
    let size = Size {
        staff: arguments.staff,
        appointments: arguments.appointments,
        seed: arguments.seed,
    };
    // Asked for before anything is loaded: passwords are shown once.
    let vault = Vault::new(open::key(config, &context)?);
    match load(&context, size).await {
        Ok(loaded) => {
            show(&loaded, config, out)?;
            // A sample of a given size is for measuring.
            if arguments.appointments.is_none() {
                cases(&context.with_vault(vault), out).await?;
            }
            Ok(())
        }
        Err(SampleError::Unfinished { loaded, source }) => {
            // The accounts stand, and their passwords are nowhere else.
            show(&loaded, config, out)?;
            Err(SampleError::Unfinished { loaded, source }.into())
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(context: &Context, size: Size) -> Result<Loaded, SampleError> {
    let entropy = context.entropy.clone();
    let mut random = move |bytes: &mut [u8]| entropy(bytes);
    // An empty text is no hash, so an account without one is closed, never open.
    let hash = |password: &str| hash_here(password, context.bytes()).unwrap_or_default();
    let mut progress = |done: u32, of: u32| {
        if of >= MANY {
            eprint!(
                "\r{done} of {of} appointments{}",
                if done == of { "\n" } else { "" }
            );
        }
    };
    sample::load(
        &*context.store,
        context.now(),
        &mut random,
        size,
        &hash,
        &mut progress,
    )
    .await
}

/// What waits for staff, so that their pages are not empty.
async fn cases(context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let packs = InForce::shipped().context("the question packs")?;
    packs.look(context).await;
    let sent = sample::send_cases(context, &packs)
        .await
        .context("the sample cases")?;
    if sent > 0 {
        writeln!(
            out,
            "\n{sent} invented cases wait for staff: see Requests and Conflict checks."
        )?;
    }
    Ok(())
}

fn show(loaded: &Loaded, config: &Config, out: &mut dyn Write) -> Result<(), Failure> {
    if loaded.already {
        writeln!(
            out,
            "The sample set-up is there already. Its passwords were shown when it was loaded."
        )?;
        return Ok(());
    }
    writeln!(
        out,
        "Loaded the sample set-up: {} clinics, {} people, {} appointments. Every person in it is invented.",
        loaded.clinics, loaded.people, loaded.appointments
    )?;
    writeln!(
        out,
        "\nStaff sign in at {}",
        config.listen.public_url.link("/staff/sign-in")
    )?;
    writeln!(out, "with these passwords, which are not shown again:\n")?;
    for line in table(&loaded.staff_sign_ins) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Aligned columns: address, password, roles.
fn table(sign_ins: &[SignIn]) -> Vec<String> {
    let longest = |text: fn(&SignIn) -> &str| {
        sign_ins
            .iter()
            .map(|one| text(one).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (email, password) = (longest(|one| &one.email), longest(|one| &one.password));
    let row = |one: &SignIn| {
        format!(
            "{:email$}  {:password$}  {}",
            one.email,
            one.password,
            roles(&one.roles)
        )
    };
    sign_ins.iter().map(row).collect()
}

fn roles(roles: &[(String, String)]) -> String {
    let role = |(role, clinic): &(String, String)| {
        let role = role.replace('_', " ");
        if clinic.is_empty() {
            role
        } else {
            format!("{role} ({clinic})")
        }
    };
    roles.iter().map(role).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_sign_ins_is_aligned() {
        let one = |email: &str, roles: &[(&str, &str)]| SignIn {
            email: email.to_owned(),
            password: "abcd-efgh".to_owned(),
            name: "A Sample".to_owned(),
            roles: roles
                .iter()
                .map(|(role, clinic)| ((*role).to_owned(), (*clinic).to_owned()))
                .collect(),
        };
        let rows = table(&[
            one("a@sample.invalid", &[("administrator", "")]),
            one(
                "longer@sample.invalid",
                &[("adviser", "law"), ("conflict_checker", "law")],
            ),
        ]);
        assert_eq!(
            rows,
            [
                "a@sample.invalid       abcd-efgh  administrator",
                "longer@sample.invalid  abcd-efgh  adviser (law), conflict checker (law)",
            ]
        );
    }
}
