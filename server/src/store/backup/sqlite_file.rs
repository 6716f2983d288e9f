//! From the embedded engine and into it: the file itself, copied by the engine or renamed into place.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::container::{self, Draft};
use super::{BackupError, Restored, SIGNS_OF_LIFE};
use crate::private_files;

fn options(url: &str) -> Result<SqliteConnectOptions, BackupError> {
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(10)))
}

/// `VACUUM INTO` reads one snapshot; writers go on beside it.
pub(super) async fn save(url: &str, draft: &Path) -> Result<(), BackupError> {
    let options = options(url)?;
    if !options.get_filename().exists() {
        return Err(BackupError::NoDatabase(options.get_filename().to_owned()));
    }
    let mut connection = options.connect().await?;
    sqlx::query("VACUUM INTO $1")
        .bind(draft.display().to_string())
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

pub(super) async fn restore(
    url: &str,
    file: &Path,
    replace: bool,
) -> Result<Restored, BackupError> {
    let options = options(url)?;
    let place = options.get_filename().to_owned();
    if let Some(folder) = place.parent() {
        private_files::folder(folder)
            .map_err(|error| BackupError::File(folder.to_owned(), error))?;
    }
    let draft = Draft::beside(&place)?;
    container::copy_and_migrate(file, draft.path()).await?;
    let contents = container::examine(draft.path()).await?;
    if !place.exists() {
        set_logs_aside(&place)?;
        draft.publish(&place)?;
        return Ok(Restored {
            contents,
            kept: None,
        });
    }
    let empty = hand_over(options).await?;
    if !empty && !replace {
        return Err(BackupError::NotEmpty);
    }
    let kept = if empty { None } else { Some(keep(&place)?) };
    draft.publish_over(&place)?;
    Ok(Restored { contents, kept })
}

/// Takes the database out of everybody's hands, and says whether there is nothing in it. Leaving the write-ahead log needs
/// the file for oneself: a program that has it open makes this fail, and afterwards nothing stands beside the file.
async fn hand_over(options: SqliteConnectOptions) -> Result<bool, BackupError> {
    let place = options.get_filename().to_owned();
    let mut connection = options
        .busy_timeout(Duration::from_secs(1))
        .connect()
        .await
        .map_err(|error| unreadable(&place, error))?;
    let empty = is_empty(&mut connection)
        .await
        .map_err(|error| unreadable(&place, error))?;
    let mode: Result<String, sqlx::Error> = sqlx::query_scalar("PRAGMA journal_mode = DELETE")
        .fetch_one(&mut connection)
        .await;
    connection.close().await?;
    match mode.as_deref() {
        Ok("delete") => Ok(empty),
        _ => Err(BackupError::InUse),
    }
}

/// What is refused here is the file that is there, and never the backup. One that somebody writes is in use.
fn unreadable(place: &Path, error: sqlx::Error) -> BackupError {
    match &error {
        sqlx::Error::Database(told) if told.message().contains("locked") => BackupError::InUse,
        sqlx::Error::Database(told) => {
            BackupError::Unreadable(place.to_owned(), told.message().to_owned())
        }
        _ => error.into(),
    }
}

/// Without a schema there are no rows; a table that cannot be read may hold any number.
async fn is_empty(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    for table in SIGNS_OF_LIFE {
        let text = format!("SELECT EXISTS (SELECT 1 FROM {})", container::quoted(table));
        let none = format!("no such table: {table}");
        let any: Result<bool, sqlx::Error> = sqlx::query_scalar(AssertSqlSafe(text))
            .fetch_one(&mut *connection)
            .await;
        match any {
            Ok(true) => return Ok(false),
            Ok(false) => {}
            Err(sqlx::Error::Database(told)) if told.message() == none => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// The logs of a database that is gone: the engine would play them into whatever file takes its name.
fn set_logs_aside(place: &Path) -> Result<(), BackupError> {
    for end in ["-wal", "-journal", "-shm"] {
        let mut name = place.as_os_str().to_owned();
        name.push(end);
        let log = PathBuf::from(name);
        if log.exists() {
            keep(&log)?;
            std::fs::remove_file(&log).map_err(|error| BackupError::File(log, error))?;
        }
    }
    Ok(())
}

/// A second name for the file that was there, which the rename then takes the first from.
fn keep(place: &Path) -> Result<PathBuf, BackupError> {
    let mut number = 1;
    loop {
        let mut name = place.as_os_str().to_owned();
        name.push(format!(".before-restore-{number}"));
        let kept = PathBuf::from(name);
        match std::fs::hard_link(place, &kept) {
            Ok(()) => return Ok(kept),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(BackupError::File(kept, error)),
        }
    }
}
