//! `cargo test`, on both engines, with the independent readers of calendar files and mail there.

use std::process::Command;

use anyhow::Result;

use super::Tally;
use crate::postgres::{Disk, Postgres};
use crate::run::{self, cargo, say};
use crate::tools;

/// Runs every Rust test.
pub fn tests() -> Result<Tally> {
    let python = tools::python()?;
    let postgres = Postgres::start(Disk::Forgotten)?;
    let mut path = python
        .parent()
        .map(|folder| vec![folder.to_owned()])
        .unwrap_or_default();
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));

    let mut server = cargo(["test", "--no-fail-fast", "-p", "app", "-p", "server"]);
    server
        .env("TEST_POSTGRES_URL", postgres.url())
        .env("CLINICS_REQUIRE_READERS", "1")
        .env("PATH", std::env::join_paths(path)?);
    let mut xtask = cargo(["test", "--no-fail-fast", "-p", "xtask"]);
    Ok(counted("cargo test of app and server", &mut server)?
        .and(counted("cargo test of xtask", &mut xtask)?))
}

fn counted(what: &str, command: &mut Command) -> Result<Tally> {
    say(what);
    let mut tally = Tally::NONE;
    let status = run::lines(what, command, run::LONG, |line| {
        println!("{line}");
        tally = tally.and(count(line));
    })?;
    // Tests that do not compile, or a test binary that dies, print no count.
    if !status.success() && tally.failed == 0 {
        tally = tally.and(Tally::FAILED);
    }
    Ok(tally)
}

/// What one line of the test harness says, such as `test result: ok. 12 passed; 0 failed; …`.
fn count(line: &str) -> Tally {
    let Some((_, counts)) = line.split_once("test result: ") else {
        return Tally::NONE;
    };
    let number = |word: &str| {
        let before = counts.split(word).next()?;
        before.split_whitespace().next_back()?.parse().ok()
    };
    Tally {
        passed: number(" passed").unwrap_or(0),
        failed: number(" failed").unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_harness_line_is_counted_and_no_other() {
        let good = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(
            count(good),
            Tally {
                passed: 12,
                failed: 0
            }
        );
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(
            count(bad),
            Tally {
                passed: 3,
                failed: 2
            }
        );
        assert_eq!(count("test totals_add_up ... ok"), Tally::NONE);
    }

    #[test]
    fn tests_that_do_not_compile_count_as_a_failure() {
        let mut command = Command::new("false");
        assert_eq!(counted("false", &mut command).unwrap(), Tally::FAILED);
    }
}
