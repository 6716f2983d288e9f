//! The browser tests of `end2end/`, in Debian's Chromium.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tally;
use super::stage::Stage;
use crate::run::{self, say};
use crate::{places, tools};

/// Runs every spec, with JavaScript on and off.
pub fn tests() -> Result<Tally> {
    let node = tools::node()?;
    tools::node_modules()?;
    let chromium = tools::chromium()?;
    let stage = Stage::start("browser")?;
    let results = stage.folder().join("playwright.json");
    say("Playwright");
    let mut playwright = Command::new(node);
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(places::end2end())
        .env("BASE_URL", stage.url())
        .env("CHROMIUM", chromium)
        .env("STAGE", stage.folder())
        .env("CLINICS", places::clinics())
        .env("PYTHON", tools::python()?)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &results);
    // A failed test makes a bad end, which the results say better.
    let end = run::run("playwright", &mut playwright, run::LONG);
    let text = match fs::read_to_string(&results) {
        Ok(text) => text,
        Err(error) => return end.and(Err(error.into())),
    };
    let tally = count(&text)?;
    Ok(if end.is_err() && tally.failed == 0 {
        tally.and(Tally::FAILED)
    } else {
        tally
    })
}

/// The totals of Playwright's own report. A test that passed only when repeated has failed.
fn count(report: &str) -> Result<Tally> {
    let report: Value = serde_json::from_str(report).context("Playwright's report")?;
    let number = |name: &str| {
        report["stats"][name]
            .as_u64()
            .context("Playwright's report has no totals")
    };
    Ok(Tally {
        passed: number("expected")?,
        failed: number("unexpected")? + number("flaky")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playwright_totals_are_read_and_a_flaky_test_is_a_failure() {
        let report = r#"{"stats":{"expected":7,"skipped":1,"unexpected":2,"flaky":1}}"#;
        assert_eq!(
            count(report).unwrap(),
            Tally {
                passed: 7,
                failed: 3
            }
        );
        assert!(count("{}").is_err());
    }
}
