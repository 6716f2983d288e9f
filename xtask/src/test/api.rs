//! The JSON API against its own description: schemathesis reads the OpenAPI document that the
//! clinics serve, and sends what it allows and what it forbids. Nothing may answer with a 5xx.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::Tally;
use super::stage::Stage;
use crate::run::{self, say};
use crate::tools;

/// Cases for each call of the API and phase; more find little and take minutes.
const CASES: &str = "50";
/// The same cases every time, so that a failure can be seen again.
const SEED: &str = "20261122";
/// What an answer must be.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Runs schemathesis once over every call.
pub fn tests() -> Result<Tally> {
    let python = tools::python()?;
    let stage = Stage::start("api")?;
    let report = stage.folder().join("schemathesis.xml");
    say("schemathesis");
    let mut command = Command::new(python.with_file_name("schemathesis"));
    command
        .args([
            "run",
            "--checks",
            CHECKS,
            "--max-examples",
            CASES,
            "--seed",
            SEED,
        ])
        .args([
            "--continue-on-failure",
            "--warnings",
            "off",
            "--report",
            "junit",
        ])
        .arg("--report-junit-path")
        .arg(&report)
        .arg(format!("{}/api/v1/openapi.json", stage.url()))
        .current_dir(stage.folder());
    let end = run::run("schemathesis", &mut command, run::LONG);
    let text = match fs::read_to_string(&report) {
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

/// The totals in the head of a JUnit report.
fn count(report: &str) -> Result<Tally> {
    let head = report
        .split("<testsuites")
        .nth(1)
        .and_then(|rest| rest.split('>').next());
    let head = head.context("schemathesis wrote no report")?;
    let number = |name: &str| -> Option<u64> {
        let value = head.split(&format!(" {name}=\"")).nth(1)?;
        value.split('"').next()?.parse().ok()
    };
    let tests = number("tests").context("schemathesis counted no tests")?;
    let failed = number("failures").unwrap_or(0) + number("errors").unwrap_or(0);
    Ok(Tally {
        passed: tests.saturating_sub(failed),
        failed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_counted() {
        let report = r#"<?xml version="1.0" ?>
<testsuites disabled="0" errors="1" failures="2" tests="9" time="1.5"><testsuite tests="9">"#;
        assert_eq!(
            count(report).unwrap(),
            Tally {
                passed: 6,
                failed: 3
            }
        );
        assert!(count("").is_err());
    }
}
