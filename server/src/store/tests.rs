//! What replaces checking queries at compile time: the two schemas have the same columns, every statement prepares on
//! both, and the engine is one that does not lose data.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection,
};

use super::*;
use crate::testing::TestClinic;

#[tokio::test]
async fn the_embedded_sqlite_is_one_without_the_wal_reset_bug() {
    let test = TestClinic::sqlite().await;
    let engine = test.context.store.engine().await.unwrap();
    let version = engine.strip_prefix("SQLite ").unwrap();
    let parts: Vec<u32> = version
        .split('.')
        .map(|part| part.parse().unwrap())
        .collect();
    assert!(parts >= vec![3, 51, 3], "{engine}");
}

#[tokio::test]
async fn a_schema_knows_what_it_lacks_and_what_a_newer_program_added() {
    for test in TestClinic::all().await {
        let store = &test.context.store;
        assert_eq!(
            store.schema().await.unwrap(),
            Schema {
                missing: 0,
                unknown: 0
            }
        );
        test.number(
            "UPDATE _sqlx_migrations SET version = 9000 WHERE version = 1 RETURNING version",
        )
        .await;
        assert_eq!(
            store.schema().await.unwrap(),
            Schema {
                missing: 1,
                unknown: 1
            },
            "{}",
            test.url
        );
    }
}

#[tokio::test]
async fn an_empty_database_lacks_every_migration() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let schema = open(&url).await.unwrap().schema().await.unwrap();
    assert!(schema.missing > 0 && schema.unknown == 0, "{schema:?}");
}

#[tokio::test]
async fn the_databases_clock_is_the_clock() {
    for test in TestClinic::all().await {
        let clock = test.context.store.clock().await.unwrap();
        let ours = crate::domain::time::Clock::now(&crate::context::SystemClock).timestamp();
        assert!(
            (clock - ours).abs() < 60,
            "{clock} and {ours} on {}",
            test.url
        );
    }
}

/// Tables and views with their columns, as `table.column`.
async fn sqlite_columns(url: &str) -> BTreeSet<String> {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT m.name || '.' || p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    columns.into_iter().collect()
}

async fn postgres_columns(url: &str) -> BTreeSet<String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT table_name || '.' || column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    columns.into_iter().collect()
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let Some(postgres) = TestClinic::postgres().await else {
        return;
    };
    let sqlite = TestClinic::sqlite().await;
    let (one, other) = (
        sqlite_columns(&sqlite.url).await,
        postgres_columns(&postgres.url).await,
    );
    assert!(one.len() > 100, "{}", one.len());
    let differ: Vec<_> = one.symmetric_difference(&other).collect();
    assert!(differ.is_empty(), "on one engine only: {differ:?}");
}

/// The statements among a source file's string literals.
fn statements(source: &str) -> Vec<String> {
    // Comments go first: an apostrophe or a quotation mark in one would open a literal that is none.
    let code: Vec<&str> = source
        .lines()
        .map(|line| line.split("//").next().unwrap())
        .collect();
    let literal = Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
    let statement = Regex::new(r"^(SELECT|INSERT|UPDATE|DELETE|WITH)\s").unwrap();
    let code = code.join("\n");
    let texts = literal
        .captures_iter(&code)
        .map(|found| found[1].to_owned());
    texts.filter(|text| statement.is_match(text)).collect()
}

fn statements_of(path: &Path) -> Vec<String> {
    statements(&std::fs::read_to_string(path).unwrap())
}

fn shared_statements() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/queries");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.flat_map(|path| statements_of(&path)).collect()
}

fn statements_of_dialect(file: &str) -> Vec<String> {
    let found = statements_of(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/store")
            .join(file),
    );
    assert!(found.len() >= 5, "{file}: {}", found.len());
    found
}

#[test]
fn statements_are_found_in_sources() {
    let source = r#"// "SELECT 1 is a comment's
        let a = "SELECT \"x\"
            FROM t"; // don't
        let b = "nothing"; f("UPDATE t SET a = 'b'");"#;
    assert_eq!(
        statements(source),
        [
            "SELECT \\\"x\\\"\n            FROM t",
            "UPDATE t SET a = 'b'"
        ]
    );
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let shared = shared_statements();
    assert!(shared.len() > 50, "{}", shared.len());
    let mut wrong = Vec::new();
    let sqlite = TestClinic::sqlite().await;
    let mut connection = SqliteConnection::connect(&sqlite.url).await.unwrap();
    for text in shared.iter().chain(&statements_of_dialect("sqlite.rs")) {
        let statement = AssertSqlSafe(text.as_str()).into_sql_str();
        if let Err(error) = (&mut connection).prepare(statement).await {
            wrong.push(format!("SQLite: {error}: {text}"));
        }
    }
    if let Some(postgres) = TestClinic::postgres().await {
        let mut connection = PgConnection::connect(&postgres.url).await.unwrap();
        for text in shared.iter().chain(&statements_of_dialect("postgres.rs")) {
            let statement = AssertSqlSafe(text.as_str()).into_sql_str();
            if let Err(error) = (&mut connection).prepare(statement).await {
                wrong.push(format!("PostgreSQL: {error}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The aliases and tables of a statement.
fn tables(text: &str) -> Vec<(String, String)> {
    let named = Regex::new(r"(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(\w+))?").unwrap();
    named
        .captures_iter(text)
        .flat_map(|found| {
            let table = found[1].to_owned();
            let alias = found
                .get(2)
                .map_or(table.clone(), |alias| alias.as_str().to_owned());
            [(table.clone(), table.clone()), (alias, table)]
        })
        .collect()
}

/// Tables that grow with every client.
const GROWING: [&str; 9] = [
    "allocations",
    "appointments",
    "audit",
    "clients",
    "conflict_parties",
    "intakes",
    "meetings",
    "outbox",
    "replies",
];

#[tokio::test]
async fn no_statement_of_a_booking_reads_a_whole_table_that_grows() {
    let test = TestClinic::sqlite().await;
    let mut connection = SqliteConnection::connect(&test.url).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/queries");
    let mut looked = 0;
    for file in ["bookings.rs", "facts.rs", "intake.rs"] {
        for text in statements_of(&folder.join(file)) {
            let explain = format!("EXPLAIN QUERY PLAN {text}");
            let plan = sqlx::query(AssertSqlSafe(explain.as_str()).into_sql_str())
                .fetch_all(&mut connection)
                .await
                .unwrap();
            let tables = tables(&text);
            for row in plan {
                let step: String = sqlx::Row::get(&row, "detail");
                looked += 1;
                let Some(rest) = step.strip_prefix("SCAN ") else {
                    continue;
                };
                // An index of what is open holds what is open.
                let (name, index) = rest.split_once(" USING ").unwrap_or((rest, ""));
                let table = tables.iter().find(|(alias, _)| alias == name);
                let grows = table.is_some_and(|(_, table)| GROWING.contains(&table.as_str()));
                assert!(
                    !grows || (!index.is_empty() && !index.contains("sqlite_autoindex")),
                    "{step}: {text}"
                );
            }
        }
    }
    assert!(looked > 50, "{looked}");
}

/// What was there before the decisions came keeps its place, its pointers and its promises.
#[tokio::test]
async fn migration_2_keeps_the_cases_the_calls_and_the_messages_that_are_there() {
    use sqlx::migrate::Migrator;
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first");
    std::fs::create_dir(&first).unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let name = "0001_foundation.sql";
    std::fs::copy(all.join(name), first.join(name)).unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("old.db").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let migrator = Migrator::new(first).await.unwrap();
    migrator.run(&mut connection).await.unwrap();
    for text in [
        "INSERT INTO clinics VALUES ('law', 'Law', 1, 1, 1, '{}')",
        "INSERT INTO clients (id, name, safe_to_email, safe_to_call, call_window, leave_message, no_fixed_home, language,
            interpreter, access, created_at)
         VALUES (x'00000000000000000000000000000001', 'Zelda Example', 1, 1, '', 1, 0, '', 0, '{}', 0)",
        "INSERT INTO intakes VALUES (x'00000000000000000000000000000002', 'law', '1', '{}', '{}', 0, 0)",
        "INSERT INTO requests (id, clinic_id, reference, state, client_id, intake_id, respond_by, source, created_at)
         VALUES (x'00000000000000000000000000000003', 'law', 'R', 'in_review', x'00000000000000000000000000000001', x'00000000000000000000000000000002', 5, 'web', 0)",
        "INSERT INTO calls (id, clinic_id, reference, kind, state, request_id, urgent, created_at)
         VALUES (x'00000000000000000000000000000004', 'law', 'C', 'request_received', 'open', x'00000000000000000000000000000003', 0, 0)",
        "INSERT INTO outbox (id, kind, request_id, sequence, state, due_at, created_at)
         VALUES (x'00000000000000000000000000000005', 'in_review', x'00000000000000000000000000000003', 0, 'queued', 0, 0)",
    ] {
        sqlx::query(text).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let store = open(url.trim_end_matches("?mode=rwc")).await.unwrap();
    store.migrate().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let row = tx.request(Uuid::from_u128(3)).await.unwrap().unwrap();
    assert_eq!(
        (row.client_name.as_str(), row.revision, row.respond_by),
        ("Zelda Example", 0, 5)
    );
    let calls = tx.open_calls(None).await.unwrap();
    assert_eq!(calls[0].request_reference.as_deref(), Some("R"));
    drop(tx);
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let broken: i64 = sqlx::query_scalar("SELECT count(*) FROM pragma_foreign_key_check")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(broken, 0);
    let orphan = sqlx::query(
        "INSERT INTO outbox (id, kind, request_id, sequence, state, due_at, created_at)
         VALUES (x'06', 'decision', x'07', 0, 'queued', 0, 0)",
    );
    assert!(
        orphan.execute(&mut connection).await.is_err(),
        "what points to a case points to the new table"
    );
}
