//! The format, the lints and the documentation, each a check of its own.

use std::process::Command;

use crate::run::{self, cargo, say};
use crate::test::Tally;
use crate::tools;

/// Runs every check and tells whether all passed.
pub fn all() -> bool {
    let tally = format().and(lints());
    say(&format!(
        "lint: {} passed, {} failed",
        tally.passed, tally.failed
    ));
    tally.failed == 0
}

/// Whether everything is formatted as rustfmt would.
pub fn format() -> Tally {
    check("format", &mut cargo(["fmt", "--all", "--check"]))
}

/// Clippy for what runs here and for what runs in a browser, then the documentation.
pub fn lints() -> Tally {
    // The packages in the groups they are built and tested in, so that nothing is compiled again
    // with other features.
    let here = check(
        "clippy of app and server",
        &mut clippy(&["-p", "app", "-p", "server", "--all-targets"]),
    );
    let tools = check(
        "clippy of xtask",
        &mut clippy(&["-p", "xtask", "--all-targets"]),
    );
    let wasm = ["-p", "frontend", "--target", tools::WASM];
    let browser = match tools::wasm() {
        Ok(()) => check("clippy of the islands", &mut clippy(&wasm)),
        Err(error) => failed(&error),
    };
    let mut doc = cargo(["doc", "--no-deps", "-p", "app", "-p", "server"]);
    let doc = check("documentation", doc.env("RUSTDOCFLAGS", "-D warnings"));
    here.and(tools).and(browser).and(doc)
}

fn clippy(packages: &[&str]) -> Command {
    let mut command = cargo(["clippy"]);
    command.args(packages).args(["--", "-D", "warnings"]);
    command
}

fn check(what: &str, command: &mut Command) -> Tally {
    say(what);
    match run::run(what, command, run::LONG) {
        Ok(()) => Tally::PASSED,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> Tally {
    say(&format!("FAILED: {error:#}"));
    Tally::FAILED
}
