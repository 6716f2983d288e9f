//! Drives running clinics over loopback, as many clients would, and prints what it saw as JSON. `cargo xtask bench` and
//! `cargo xtask soak` start the servers and call this.
//!
//! Promises: a closed loop (each client waits for its answer before it asks again), bounded in count and in time; an answer
//! that is not the one hoped for is counted as such and never as done. Will not assert a speed: machines are noisy.

#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own, with the clock and the chance of the machine"
)]

mod client;
mod crash;
mod drain;
mod drive;
mod floors;
mod measure;
mod race;
#[path = "../../tests/mail/smtp_server.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "the mail server of the tests, which let it fail in more ways"
)]
mod smtp_server;
mod visitor;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
struct Arguments {
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Pages, times, bookings and whole journeys
    Drive {
        /// Where the clinics listen
        #[arg(long)]
        at: SocketAddr,
        /// Seconds for each figure, at most
        #[arg(long, default_value_t = 4)]
        seconds: u64,
    },
    /// Rivals for the same places; ends badly if anybody is promised twice, or an answer is an error
    Race {
        /// Where each of the servers on that database listens
        #[arg(long, required = true)]
        at: Vec<SocketAddr>,
        /// The database, to be asked directly
        #[arg(long)]
        database: String,
        /// How often each contest is held
        #[arg(long, default_value_t = 3)]
        rounds: u32,
    },
    /// Bookings until the server dies; what was acknowledged is added to a file
    Pound {
        /// Where the clinics listen
        #[arg(long)]
        at: SocketAddr,
        /// A line a reference
        #[arg(long)]
        acknowledged: PathBuf,
    },
    /// Whether all that was acknowledged is there; ends badly if not
    Check {
        /// The database
        #[arg(long)]
        database: String,
        /// A line a reference
        #[arg(long)]
        acknowledged: PathBuf,
    },
    /// Mail that waits, until a mail server here has all of it; the clinics must be told to send to it
    Drain {
        /// Where the clinics listen
        #[arg(long)]
        at: SocketAddr,
        /// Their database
        #[arg(long)]
        database: String,
        /// Where the mail server is to listen
        #[arg(long)]
        smtp: SocketAddr,
        /// How many messages
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
        /// Seconds for the pages alone
        #[arg(long, default_value_t = 4)]
        seconds: u64,
    },
    /// What the machine can do without us: the same statements on the bare database
    Floors {
        /// A migrated database with the sample set-up, as the server takes it; it is written to
        #[arg(long)]
        database: String,
        /// Seconds for each figure, at most
        #[arg(long, default_value_t = 4)]
        seconds: u64,
    },
}

// One thread: it shares the machine with the server that it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let seen = match Arguments::parse().task {
        Task::Drive { at, seconds } => drive::drive(at, seconds).await?,
        Task::Race {
            at,
            database,
            rounds,
        } => race::race(at, &database, rounds).await?,
        Task::Pound { at, acknowledged } => crash::pound(at, &acknowledged).await?,
        Task::Check {
            database,
            acknowledged,
        } => crash::check(&database, &acknowledged).await?,
        Task::Drain {
            at,
            database,
            smtp,
            messages,
            seconds,
        } => drain::drain(at, &database, (smtp, messages), seconds).await?,
        Task::Floors { database, seconds } => floors::floors(&database, seconds).await?,
    };
    println!("{seen}");
    Ok(())
}
