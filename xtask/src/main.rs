//! The few steps between `cargo build` and a served site, and the checks that must hold.
//!
//! It promises to do all of its own set-up on a machine with rustup, a C compiler and the system's
//! package managers, and to say what it is doing. It will not touch anything outside the
//! repository, the temporary directory and, through the system's package manager, what it says it
//! installs.

mod bench;
mod lint;
mod places;
mod postgres;
mod run;
mod serve;
mod service;
mod site;
mod soak;
mod test;
mod tools;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The clinics' own build steps.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build everything, load the sample set-up and serve it
    Serve,
    /// Rebuild and restart whenever a source changes
    Watch,
    /// Build what a browser loads, into target/site/pkg
    Site,
    /// Check the format, the lints and the documentation
    Lint,
    /// Measure pages, times, bookings and memory on both engines, beside what the machine can do at all
    Bench {
        /// Seconds for each figure, at most
        #[arg(long, default_value_t = 4)]
        seconds: u64,
        /// Leave out the large set-up (100 people, 200,000 appointments)
        #[arg(long)]
        small: bool,
    },
    /// Set rivals on each other and kill servers, on both engines, for long
    Soak {
        /// The few minutes that are a part of the tests
        #[arg(long)]
        short: bool,
    },
    /// Everything that must hold, and one line of totals
    Test {
        /// Do only this step
        #[arg(long, value_enum)]
        only: Option<test::Step>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Serve => serve::serve(),
        Task::Watch => watch::watch(),
        Task::Site => site::build(&places::site(), site::Build::Release).map(|_| true),
        Task::Lint => Ok(lint::all()),
        Task::Bench { seconds, small } => bench::bench(seconds, small).map(|()| true),
        Task::Soak { short } => soak::soak(if short {
            soak::Length::SHORT
        } else {
            soak::Length::LONG
        })
        .map(|()| true),
        Task::Test { only } => Ok(test::test(only)),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
