//! From a file into `PostgreSQL`: every table in one transaction, all of it or nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use serde_json::{Map, Value};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use uuid::Uuid;

use super::container::{self, Column, Kind, listed, quoted};
use super::{BackupError, Contents, SIGNS_OF_LIFE};
use crate::store::postgres;

/// Rows a statement.
const BATCH: usize = 500;

pub(super) async fn restore(
    url: &str,
    file: &Path,
    replace: bool,
) -> Result<Contents, BackupError> {
    let contents = container::examine(file).await?;
    let mut server = PgConnection::connect(url).await?;
    refuse_company(&mut server).await?;
    // Before anything is changed, the schema too: what is refused stays as it is.
    if !replace && has_life(&mut server).await? {
        return Err(BackupError::NotEmpty);
    }
    postgres::dialect::MIGRATIONS
        .run_direct(None, &mut server, false)
        .await?;
    let mut file = container::open(file).await?;
    let tables = container::tables(&mut file).await?;
    let mut tx = server.begin().await?;
    sqlx::query("SET LOCAL lock_timeout = '10s'")
        .execute(&mut *tx)
        .await?;
    let all: Vec<String> = tables.iter().map(|table| quoted(table)).collect();
    let all = all.join(", ");
    let lock = AssertSqlSafe(format!("LOCK TABLE {all} IN ACCESS EXCLUSIVE MODE"));
    sqlx::query(lock)
        .execute(&mut *tx)
        .await
        .map_err(|_| BackupError::InUse)?;
    // Again, now that nobody else can write.
    if !replace && has_life(&mut tx).await? {
        return Err(BackupError::NotEmpty);
    }
    fill(&mut tx, &mut file, &tables).await?;
    let rows = count_rows(&mut tx, &tables).await?;
    if rows != contents.rows {
        return Err(BackupError::Damaged("not every row has arrived".to_owned()));
    }
    tx.commit().await?;
    sqlx::query("ANALYZE").execute(&mut server).await?;
    server.close().await?;
    file.close().await?;
    Ok(contents)
}

/// Programs that keep what they have read would go on serving the old database. A session takes a moment to end.
async fn refuse_company(server: &mut PgConnection) -> Result<(), BackupError> {
    for _ in 0..10 {
        let others: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
             AND application_name = 'clinics' AND pid <> pg_backend_pid()",
        )
        .fetch_one(&mut *server)
        .await?;
        if others == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Err(BackupError::InUse)
}

/// Whether somebody's work is in the database, whose schema may be an older one or none.
async fn has_life(server: &mut PgConnection) -> Result<bool, BackupError> {
    for table in SIGNS_OF_LIFE {
        let there: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
            .bind(quoted(table))
            .fetch_one(&mut *server)
            .await?;
        let any = AssertSqlSafe(format!("SELECT EXISTS (SELECT 1 FROM {})", quoted(table)));
        if there && sqlx::query_scalar(any).fetch_one(&mut *server).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn fill(
    server: &mut PgConnection,
    file: &mut SqliteConnection,
    tables: &[String],
) -> Result<(), BackupError> {
    // The guards count other rows, so they would refuse some orders of arrival, and those of the audit log refuse to let
    // go of any; foreign keys and constraints stay.
    for table in tables {
        switch_guards(server, table, "DISABLE").await?;
    }
    let all: Vec<String> = tables.iter().map(|table| quoted(table)).collect();
    let empty = AssertSqlSafe(format!("TRUNCATE {}", all.join(", ")));
    sqlx::query(empty).execute(&mut *server).await?;
    for table in tables {
        copy(file, server, table).await?;
    }
    for table in tables {
        switch_guards(server, table, "ENABLE").await?;
    }
    Ok(())
}

async fn switch_guards(
    server: &mut PgConnection,
    table: &str,
    how: &str,
) -> Result<(), BackupError> {
    let text = format!("ALTER TABLE {} {how} TRIGGER USER", quoted(table));
    sqlx::query(AssertSqlSafe(text)).execute(server).await?;
    Ok(())
}

async fn copy(
    file: &mut SqliteConnection,
    server: &mut PgConnection,
    table: &str,
) -> Result<(), BackupError> {
    let columns = container::columns(file, table).await?;
    let is_id = uuids(server, table).await?;
    let (names, own) = (listed(&columns), quoted(table));
    let insert = AssertSqlSafe(format!(
        "INSERT INTO {own} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{own}, CAST($1 AS JSON))"
    ));
    let insert = sqlx::SqlSafeStr::into_sql_str(insert);
    let select = AssertSqlSafe(format!("SELECT {names} FROM {own}"));
    let mut rows = sqlx::query(select).fetch(file);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let row = rows.try_next().await?;
        let done = row.is_none();
        if let Some(row) = row {
            batch.push(as_json(&row, &columns, &is_id)?);
        }
        if batch.len() == BATCH || (done && !batch.is_empty()) {
            let text = Value::Array(std::mem::take(&mut batch)).to_string();
            sqlx::query(insert.clone())
                .bind(text)
                .execute(&mut *server)
                .await?;
        }
        if done {
            return Ok(());
        }
    }
}

/// The columns that are ids there; other bytes are written as `\x…`.
async fn uuids(server: &mut PgConnection, table: &str) -> Result<Vec<String>, BackupError> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(attname AS TEXT) FROM pg_attribute
         WHERE attrelid = to_regclass($1) AND atttypid = CAST('uuid' AS regtype) AND attnum > 0",
    )
    .bind(quoted(table))
    .fetch_all(server)
    .await?)
}

fn as_json(row: &SqliteRow, columns: &[Column], ids: &[String]) -> Result<Value, BackupError> {
    let mut object = Map::new();
    for (number, column) in columns.iter().enumerate() {
        // By what the column is declared to be: a column of truths holds numbers.
        let value = match column.kind {
            Kind::Integer => row
                .try_get_unchecked::<Option<i64>, _>(number)?
                .map(Value::from),
            Kind::Text => row
                .try_get_unchecked::<Option<String>, _>(number)?
                .map(Value::from),
            Kind::Bytes => row
                .try_get_unchecked::<Option<Vec<u8>>, _>(number)?
                .map(|bytes| Value::from(shown(&bytes, ids.contains(&column.name)))),
        };
        object.insert(column.name.clone(), value.unwrap_or(Value::Null));
    }
    Ok(Value::Object(object))
}

fn shown(bytes: &[u8], is_id: bool) -> String {
    use std::fmt::Write as _;
    if let Some(id) = Uuid::from_slice(bytes).ok().filter(|_| is_id) {
        return id.to_string();
    }
    bytes.iter().fold(String::from("\\x"), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

async fn count_rows(
    server: &mut PgConnection,
    tables: &[String],
) -> Result<BTreeMap<String, i64>, BackupError> {
    let mut rows = BTreeMap::new();
    for table in tables {
        let text = format!("SELECT count(*) FROM {}", quoted(table));
        let count = sqlx::query_scalar(AssertSqlSafe(text))
            .fetch_one(&mut *server)
            .await?;
        rows.insert(table.clone(), count);
    }
    Ok(rows)
}
