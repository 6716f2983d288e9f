//! Backups: the whole database as one file, from either engine and into either.
//!
//! The file is an `SQLite` database with our own schema, whichever engine it came from: one snapshot, complete in itself,
//! readable with any `SQLite` for as long as there is one, and (renamed into place) a database that the program serves.
//! Promises: a backup is one consistent moment, taken while others write; the file has its name only when it is whole,
//! checked and on the disk, and is for its owner alone; a restore never mixes two databases, and refuses what a newer
//! program made, what is damaged, and to write over something unless told. Will not hold `SECRET_KEY`: without the key of
//! that installation sealed texts stay shut and links that were sent stop working.

mod container;
mod from_postgres;
mod into_postgres;
mod sqlite_file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sqlx::migrate::MigrateError;

use super::{StoreError, translate};
use container::Draft;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Rows of every table.
    pub rows: BTreeMap<String, i64>,
    /// Number of the last migration.
    pub migration: i64,
}

impl Contents {
    /// Rows of all tables.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.rows.values().sum()
    }
}

/// What a restore has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What is there now.
    pub contents: Contents,
    /// Where the `SQLite` file that was there before is kept.
    pub kept: Option<PathBuf>,
}

/// Why there is no backup, or no restore.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Somebody's file has the name.
    #[error("{0} is there already; expected a name that is free")]
    Exists(PathBuf),
    /// There is nothing to save.
    #[error("{0} is not there; nothing to save")]
    NoDatabase(PathBuf),
    /// The file is something else.
    #[error("{0} is not a backup ({1})")]
    NotABackup(PathBuf, String),
    /// The file, or the database to save, has migrations that this program does not know.
    #[error("made by a newer version of this program: migration {0} is not known here")]
    Newer(i64),
    /// Some of the file is not as it was written.
    #[error("damaged: {0}")]
    Damaged(String),
    /// There are clinics, staff or clients in the database.
    #[error(
        "the database is not empty; --replace puts the backup in its place, and what is there now is lost to the program"
    )]
    NotEmpty,
    /// Nobody can say what is in the database that is there.
    #[error(
        "{0} cannot be read ({1}); move it aside if nothing in it is needed, and restore again"
    )]
    Unreadable(PathBuf, String),
    /// A program has the database open.
    #[error("the database is in use; stop every `serve` and `worker` first")]
    InUse,
    /// A migration failed.
    #[error("migrating: {0}")]
    Migrating(#[from] MigrateError),
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(translate(error))
    }
}

/// Writes the database that `url` names into `file`, which must not exist. Others may read and write meanwhile: what is
/// saved is one moment.
pub async fn save(url: &str, file: &Path) -> Result<Contents, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let draft = Draft::beside(file)?;
    if is_postgres(url) {
        from_postgres::save(url, draft.path()).await?;
    } else {
        sqlite_file::save(url, draft.path()).await?;
    }
    let contents = container::examine(draft.path()).await?;
    draft.publish(file)?;
    Ok(contents)
}

/// Puts the backup `file` into the database that `url` names, which must be empty unless `replace`. Nothing may have it
/// open. The schema is then this program's, also where the backup is older.
pub async fn restore(url: &str, file: &Path, replace: bool) -> Result<Restored, BackupError> {
    container::examine(file).await?;
    if is_postgres(url) {
        // A copy, because an older backup is brought up to date first and the file itself is never changed.
        let draft = Draft::beside(file)?;
        container::copy_and_migrate(file, draft.path()).await?;
        let contents = into_postgres::restore(url, draft.path(), replace).await?;
        Ok(Restored {
            contents,
            kept: None,
        })
    } else {
        sqlite_file::restore(url, file, replace).await
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// Tables whose rows say that a database holds somebody's work. The questions that a release brings do not count.
const SIGNS_OF_LIFE: [&str; 3] = ["clinics", "staff", "clients"];
