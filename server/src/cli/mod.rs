//! The commands of `clinics`, one file each. What they print for people goes to standard output, the log and the one line
//! about a failure to standard error.

mod backup;
mod config;
mod demo;
mod doctor;
mod failure;
mod migrate;
mod open;
mod openapi;
mod serve;
mod staff;
mod triage;
mod worker;

use std::io::Write;

use clap::{Parser, Subcommand};

pub use failure::Failure;

use crate::config::{Config, ConfigError};

/// Booking and triage for a university's clinics.
///
/// Settings come from environment variables, or from the TOML file that `CLINICS_CONFIG` names.
#[derive(Debug, Parser)]
#[command(name = "clinics", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages and API and, unless told otherwise, do the worker's work
    Serve(serve::Arguments),
    /// Deliver mail, end holds and prune, as a process of its own
    Worker,
    /// Bring the database's schema up to date
    Migrate,
    /// Load the sample set-up and print its staff sign-ins (on this machine only)
    Demo(demo::Arguments),
    /// Staff accounts
    #[command(subcommand)]
    Staff(staff::Command),
    /// Save the whole database in one file, while others go on working
    Backup(backup::Save),
    /// Put a saved database in the place of an empty one; every `serve` and `worker` must be stopped
    Restore(backup::Restore),
    /// Say what is wrong with the configuration, the database, the mail route, the clock
    Doctor,
    /// Say what can be set: every variable with its default and what may be written
    Config(config::Arguments),
    /// The clinics' questions
    #[command(subcommand)]
    Triage(triage::Command),
    /// Print the OpenAPI 3.1 document of the JSON API
    Openapi,
}

/// Carries out a command. `load` reads the configuration, when the command wants one; `out` is standard output.
///
/// # Errors
/// See [`Failure`].
pub async fn run(
    cli: Cli,
    load: &dyn Fn() -> Result<Config, ConfigError>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match cli.command {
        Command::Serve(arguments) => serve::run(load()?, &arguments, out).await,
        Command::Worker => worker::run(&load()?, out).await,
        Command::Migrate => migrate::run(&load()?, out).await,
        Command::Demo(arguments) => demo::run(&load()?, &arguments, out).await,
        Command::Staff(command) => staff::run(&load()?, command, out).await,
        Command::Backup(arguments) => backup::save(&load()?, &arguments, out).await,
        Command::Restore(arguments) => backup::restore(load()?, &arguments, out).await,
        Command::Config(arguments) => config::run(&arguments, out),
        Command::Doctor => doctor::run(load(), out).await,
        Command::Triage(command) => triage::run(&command, out),
        Command::Openapi => openapi::run(out),
    }
}
