//! `clinics backup FILE` and `clinics restore FILE`: the whole database as one file, and back, on either engine.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, doctor, open};
use crate::config::Config;
use crate::store::backup::{self, BackupError, Contents};

/// Said after each: nothing else would tell before it is too late.
const KEY: &str = "SECRET_KEY is not in it. Keep the key too, in another place: without it sealed texts stay shut and links that were sent stop working.";

#[derive(Debug, Args)]
pub(super) struct Save {
    /// The file to write; it must not exist
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `clinics backup` wrote, on either engine
    file: PathBuf,
    /// Restore over a database that is not empty (an `SQLite` file is kept beside the new one)
    #[arg(long)]
    replace: bool,
}

pub(super) async fn save(
    config: &Config,
    arguments: &Save,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let contents = backup::save(&open::url(&config.database), &arguments.file).await?;
    writeln!(
        out,
        "Saved {} in {}",
        counted(&contents),
        arguments.file.display()
    )?;
    say_key(config, out)
}

pub(super) async fn restore(
    config: Config,
    arguments: &Restore,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let url = open::url(&config.database);
    let restored = backup::restore(&url, &arguments.file, arguments.replace).await?;
    writeln!(
        out,
        "Restored {} into {}",
        counted(&restored.contents),
        config.database.shown()
    )?;
    if let Some(kept) = restored.kept {
        writeln!(out, "What was there before is {}", kept.display())?;
    }
    say_key(&config, out)?;
    doctor::run(Ok(config), out).await
}

fn counted(contents: &Contents) -> String {
    format!(
        "{} rows of {} tables (schema {:04})",
        contents.total(),
        contents.rows.len(),
        contents.migration
    )
}

fn say_key(config: &Config, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{KEY}")?;
    if let Some(path) = config.secret.file() {
        writeln!(out, "It is kept in {}", path.display())?;
    }
    Ok(())
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            // Trying again will not help.
            BackupError::Exists(_)
            | BackupError::NoDatabase(_)
            | BackupError::NotABackup(..)
            | BackupError::Newer(_)
            | BackupError::NotEmpty => Self::Wrong(error.to_string()),
            _ => Self::Failed(error.into()),
        }
    }
}
