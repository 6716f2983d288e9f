//! `clinics triage check`: whether the questions hold together.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::Failure;
use crate::packs;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check that every question is reachable, every path ends and every text is there
    Check {
        /// A folder of question packs; without it, those that are built in
        dir: Option<PathBuf>,
    },
}

pub(super) fn run(command: &Command, out: &mut dyn Write) -> Result<(), Failure> {
    let Command::Check { dir } = command;
    let report = dir
        .as_deref()
        .map_or_else(packs::check_embedded, packs::check_dir);
    for line in &report.lines {
        writeln!(out, "{line}")?;
    }
    if report.ok {
        Ok(())
    } else {
        Err(Failure::Shown)
    }
}
