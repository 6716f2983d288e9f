//! The file: how it is written, looked at, and taken apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::{BackupError, Contents};
use crate::private_files;
use crate::store::sqlite::dialect::MIGRATIONS;

/// A file under another name beside the one it will become; gone again unless it is published.
pub(super) struct Draft {
    path: PathBuf,
}

/// Tells drafts of one process apart.
static DRAFTS: AtomicU64 = AtomicU64::new(0);

impl Draft {
    pub(super) fn beside(file: &Path) -> Result<Self, BackupError> {
        let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{}-{number}.part", std::process::id()));
        let path = PathBuf::from(name);
        let failed = |error| BackupError::File(path.clone(), error);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        // Empty and private: SQLite fills it, and what is put beside it takes its mode.
        private_files::file(&path).map_err(failed)?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, once every byte is on the disk. Refuses to take the name from another file.
    pub(super) fn publish(self, file: &Path) -> Result<(), BackupError> {
        sync(&self.path)?;
        match std::fs::hard_link(&self.path, file) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(file.to_owned()));
            }
            // A file system without hard links.
            Err(_) => std::fs::rename(&self.path, file)
                .map_err(|error| BackupError::File(file.to_owned(), error))?,
        }
        sync_folder(file)
    }

    /// The same, in the place of whatever has the name.
    pub(super) fn publish_over(self, file: &Path) -> Result<(), BackupError> {
        sync(&self.path)?;
        std::fs::rename(&self.path, file)
            .map_err(|error| BackupError::File(file.to_owned(), error))?;
        sync_folder(file)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What SQLite may have put beside it is named after it.
        for end in ["", "-journal", "-wal", "-shm"] {
            let mut name = self.path.as_os_str().to_owned();
            name.push(end);
            std::fs::remove_file(PathBuf::from(name)).ok();
        }
    }
}

fn sync(path: &Path) -> Result<(), BackupError> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| BackupError::File(path.to_owned(), error))
}

/// A new name is durable only when its folder is.
pub(super) fn sync_folder(file: &Path) -> Result<(), BackupError> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    sync(folder)
}

/// Opens the file as it is.
pub(super) async fn open(path: &Path) -> Result<SqliteConnection, BackupError> {
    Ok(SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .foreign_keys(false)
        .connect()
        .await?)
}

/// Opens a draft to fill: one file, no write-ahead log, no promises about rows that are not there yet.
pub(super) async fn open_to_fill(path: &Path) -> Result<SqliteConnection, BackupError> {
    Ok(SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Delete)
        .foreign_keys(false)
        .connect()
        .await?)
}

/// What is in the file, if it is a whole and sound backup that this program can read.
pub(super) async fn examine(path: &Path) -> Result<Contents, BackupError> {
    let not_one = |why: &str| BackupError::NotABackup(path.to_owned(), why.to_owned());
    let head = read_head(path).map_err(|error| BackupError::File(path.to_owned(), error))?;
    if head != *b"SQLite format 3\0" {
        return Err(not_one("it does not begin as one"));
    }
    let mut connection = open(path).await?;
    let migrations: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(&mut connection)
            .await
            .map_err(|_| not_one("it names no migrations"))?;
    let known: BTreeSet<i64> = MIGRATIONS.iter().map(|one| one.version).collect();
    if let Some(newer) = migrations.iter().find(|version| !known.contains(version)) {
        return Err(BackupError::Newer(*newer));
    }
    let migration = *migrations.last().ok_or_else(|| not_one("it is empty"))?;
    refuse_damage(&mut connection).await?;
    let rows = count_rows(&mut connection).await?;
    connection.close().await?;
    Ok(Contents { rows, migration })
}

fn read_head(path: &Path) -> io::Result<[u8; 16]> {
    use std::io::Read as _;
    let mut head = [0; 16];
    let mut file = File::open(path)?;
    match file.read_exact(&mut head) {
        // Shorter than a head: not one of ours, and nobody's mistake of reading.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok([0; 16]),
        Err(error) => Err(error),
        Ok(()) => Ok(head),
    }
}

async fn refuse_damage(connection: &mut SqliteConnection) -> Result<(), BackupError> {
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(5)")
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| BackupError::Damaged(error.to_string()))?;
    if said != ["ok"] {
        return Err(BackupError::Damaged(said.join("; ")));
    }
    let orphans: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")
            .fetch_all(&mut *connection)
            .await?;
    if orphans.is_empty() {
        Ok(())
    } else {
        Err(BackupError::Damaged(format!(
            "rows of {} point to nothing",
            orphans.join(", ")
        )))
    }
}

/// A private copy of `file` in `draft`, with this program's schema.
pub(super) async fn copy_and_migrate(file: &Path, draft: &Path) -> Result<(), BackupError> {
    std::fs::copy(file, draft).map_err(|error| BackupError::File(draft.to_owned(), error))?;
    // `copy` takes the mode along, and a backup may have been made readable for others.
    std::fs::set_permissions(draft, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|error| BackupError::File(draft.to_owned(), error))?;
    // With foreign keys on, as the store has them when it migrates.
    let mut connection = SqliteConnectOptions::new()
        .filename(draft)
        .journal_mode(SqliteJournalMode::Delete)
        .foreign_keys(true)
        .connect()
        .await?;
    MIGRATIONS.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

/// Our tables, every one after those that it points to. Not the log of what changed a moment ago, which wakes up open pages:
/// every database counts its own.
pub(super) async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>, BackupError> {
    let mut waiting: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('_sqlx_migrations', 'changes') ORDER BY name",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut points_to: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for table in &waiting {
        let others =
            sqlx::query_scalar("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)")
                .bind(table)
                .fetch_all(&mut *connection)
                .await?;
        points_to.insert(table.clone(), others);
    }
    let mut ordered: Vec<String> = Vec::new();
    while !waiting.is_empty() {
        let ready = |table: &String| {
            points_to[table]
                .iter()
                .all(|other| other == table || ordered.contains(other))
        };
        let (now, later): (Vec<_>, Vec<_>) = waiting.iter().cloned().partition(ready);
        if now.is_empty() {
            return Err(BackupError::Damaged(format!(
                "{} point to each other",
                later.join(", ")
            )));
        }
        ordered.extend(now);
        waiting = later;
    }
    Ok(ordered)
}

/// A column, with how its values are written in the file.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// How values of a column are written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Numbers, and truth as 0 and 1.
    Integer,
    /// Words, dates, JSON.
    Text,
    /// Ids and hashes.
    Bytes,
}

pub(super) async fn columns(
    connection: &mut SqliteConnection,
    table: &str,
) -> Result<Vec<Column>, BackupError> {
    let found: Vec<(String, String)> =
        sqlx::query_as("SELECT name, type FROM pragma_table_info($1) ORDER BY cid")
            .bind(table)
            .fetch_all(&mut *connection)
            .await?;
    let column = |(name, declared): (String, String)| {
        let kind = match declared.as_str() {
            "INTEGER" | "BOOLEAN" => Kind::Integer,
            "TEXT" => Kind::Text,
            "BLOB" => Kind::Bytes,
            other => {
                return Err(BackupError::Damaged(format!(
                    "{table}.{name} is declared {other}"
                )));
            }
        };
        Ok(Column { name, kind })
    };
    found.into_iter().map(column).collect()
}

pub(super) async fn count_rows(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, i64>, BackupError> {
    let mut rows = BTreeMap::new();
    for table in tables(connection).await? {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "SELECT count(*) FROM {}",
            quoted(&table)
        )))
        .fetch_one(&mut *connection)
        .await?;
        rows.insert(table, count);
    }
    Ok(rows)
}

/// A name as it may stand in a statement. Names come from a schema, never from a person.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The names of columns with commas between.
pub(super) fn listed(columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    names.join(", ")
}
