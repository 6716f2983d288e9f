//! From `PostgreSQL` into a file: every row of every table in one snapshot. Types are the server's business: it writes each
//! row as JSON, and the file's own schema says how each value is kept.

use std::collections::BTreeSet;
use std::path::Path;

use futures_util::TryStreamExt as _;
use serde_json::{Map, Value};
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

use super::BackupError;
use super::container::{self, Column, Kind, listed, quoted};
use crate::store::postgres;
use crate::store::sqlite::dialect::MIGRATIONS;

pub(super) async fn save(url: &str, draft: &Path) -> Result<(), BackupError> {
    let mut server = PgConnection::connect(url).await?;
    let mut snapshot = server.begin_with(postgres::dialect::BEGIN_READ).await?;
    let migration = last_migration(&mut snapshot).await?;
    let mut file = container::open_to_fill(draft).await?;
    // The schema that the rows have, not a newer one: a backup is often made just before a migration.
    MIGRATIONS
        .run_direct(Some(migration), &mut file, false)
        .await?;
    fill(&mut snapshot, &mut file).await?;
    snapshot.rollback().await?;
    file.close().await?;
    server.close().await?;
    Ok(())
}

async fn last_migration(server: &mut PgConnection) -> Result<i64, BackupError> {
    let applied: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(&mut *server)
            .await?;
    let known: BTreeSet<i64> = MIGRATIONS.iter().map(|one| one.version).collect();
    if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
        return Err(BackupError::Newer(*newer));
    }
    let last = applied.last().copied().unwrap_or(0);
    if known.range(..=last).count() == applied.len() {
        Ok(last)
    } else {
        Err(BackupError::Damaged(
            "some migrations in between are missing; `clinics migrate` applies them".to_owned(),
        ))
    }
}

async fn fill(server: &mut PgConnection, file: &mut SqliteConnection) -> Result<(), BackupError> {
    let tables = container::tables(file).await?;
    let mut tx = file.begin().await?;
    // The rules held when the rows were written. The guards count other rows, so they would refuse some orders of arrival.
    let guards: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            .fetch_all(&mut *tx)
            .await?;
    for (name, _) in &guards {
        let drop = AssertSqlSafe(format!("DROP TRIGGER {}", quoted(name)));
        sqlx::query(drop).execute(&mut *tx).await?;
    }
    for table in &tables {
        // What migrations put there is among the rows that come.
        let clear = AssertSqlSafe(format!("DELETE FROM {}", quoted(table)));
        sqlx::query(clear).execute(&mut *tx).await?;
        copy(server, &mut tx, table).await?;
    }
    for (_, sql) in guards {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn copy(
    server: &mut PgConnection,
    file: &mut SqliteConnection,
    table: &str,
) -> Result<(), BackupError> {
    let columns = container::columns(file, table).await?;
    let places: Vec<String> = (1..=columns.len())
        .map(|number| format!("${number}"))
        .collect();
    let insert = AssertSqlSafe(format!(
        "INSERT INTO {} ({}) VALUES ({})",
        quoted(table),
        listed(&columns),
        places.join(", ")
    ));
    let insert = sqlx::SqlSafeStr::into_sql_str(insert);
    let select = AssertSqlSafe(format!(
        "SELECT CAST(row_to_json(t) AS TEXT) FROM {} t",
        quoted(table)
    ));
    let mut rows = sqlx::query_scalar::<_, String>(select).fetch(server);
    while let Some(text) = rows.try_next().await? {
        let row: Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| BackupError::Damaged(format!("{table}: {error}")))?;
        let mut values = SqliteArguments::default();
        for column in &columns {
            let value = row.get(&column.name);
            bind(&mut values, column, value.unwrap_or(&Value::Null))
                .ok_or_else(|| BackupError::Damaged(format!("{table}.{}", column.name)))?;
        }
        sqlx::query_with(insert.clone(), values)
            .execute(&mut *file)
            .await?;
    }
    Ok(())
}

/// The value as the file keeps it; `None` if it is not of the column's kind.
fn bind(values: &mut SqliteArguments, column: &Column, value: &Value) -> Option<()> {
    use sqlx::Arguments as _;
    let added = match (column.kind, value) {
        (_, Value::Null) => values.add(None::<i64>),
        (Kind::Integer, Value::Bool(truth)) => values.add(i64::from(*truth)),
        (Kind::Integer, Value::Number(number)) => values.add(number.as_i64()?),
        (Kind::Text, Value::String(text)) => values.add(text.clone()),
        (Kind::Bytes, Value::String(text)) => values.add(bytes(text)?),
        _ => return None,
    };
    added.ok()
}

/// An id as `0192…-…`, or bytes as `\x…`.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let Some(digits) = text.strip_prefix("\\x") else {
        return Uuid::parse_str(text)
            .ok()
            .map(|id| id.into_bytes().to_vec());
    };
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
