//! Everything that must hold, step by step, and one line of totals at the end. A step that fails
//! does not keep the others from running. What it starts (PostgreSQL, a mail server, the clinics)
//! it stops, whatever happens, and all of it is thrown away.

mod api;
mod browser;
mod cargo;
mod stage;

use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::run::say;
use crate::{lint, places, serve, site, tools};

/// One step, as named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Install what the tests need
    Tools,
    /// Check the format
    Format,
    /// Clippy and the documentation
    Lint,
    /// Unit, property, contract and HTTP tests
    Cargo,
    /// The release build with the site inside
    Build,
    /// Journeys in a browser
    Browser,
    /// The API against its own description
    Api,
}

/// How many checks held and how many did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks that held.
    pub passed: u64,
    /// Checks that did not, or could not be made.
    pub failed: u64,
}

impl Tally {
    /// Nothing to count.
    pub const NONE: Self = Self {
        passed: 0,
        failed: 0,
    };
    /// One check that held.
    pub const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// One check that did not.
    pub const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

/// Runs every step, or one, prints the totals and tells whether all held.
pub fn test(only: Option<Step>) -> bool {
    let steps = match only {
        Some(step) => vec![step],
        None => Step::value_variants().to_vec(),
    };
    let mut totals = Tally::NONE;
    let mut report = Vec::new();
    for step in steps {
        let name = step
            .to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned());
        say(&format!("step {name}"));
        let began = Instant::now();
        let tally = step.run().unwrap_or_else(|error| {
            say(&format!("FAILED: {error:#}"));
            Tally::FAILED
        });
        let seconds = began.elapsed().as_secs();
        let line = format!(
            "{name:8} {seconds:5} s  {} passed, {} failed",
            tally.passed, tally.failed
        );
        say(&line);
        report.push(line);
        totals = totals.and(tally);
    }
    say("all steps");
    for line in report {
        eprintln!("   {line}");
    }
    println!("{} passed, {} failed", totals.passed, totals.failed);
    totals.failed == 0
}

impl Step {
    fn run(self) -> Result<Tally> {
        match self {
            Self::Tools => tools::install().map(|()| Tally::NONE),
            Self::Format => Ok(lint::format()),
            Self::Lint => Ok(lint::lints()),
            Self::Cargo => cargo::tests(),
            Self::Build => build().map(|()| Tally::PASSED),
            Self::Browser => build().and_then(|()| browser::tests()),
            Self::Api => build().and_then(|()| api::tests()),
        }
    }
}

/// The deployment; nothing is compiled twice when it is there already.
fn build() -> Result<()> {
    site::build(&places::site(), site::Build::Release)?;
    serve::build_server()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_add_up() {
        let both = Tally::PASSED.and(Tally::FAILED).and(Tally {
            passed: 3,
            failed: 0,
        });
        assert_eq!(
            both,
            Tally {
                passed: 4,
                failed: 1
            }
        );
    }
}
