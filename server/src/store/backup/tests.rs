//! The restore drill: from every engine into every engine, while others write, and every way in which it should refuse.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use sqlx::{AssertSqlSafe, Connection as _};

use super::*;
use crate::auth::password::{Passwords, hash_here};
use crate::auth::session;
use crate::booking::{Actor, From, Needs, Submission, Wanted, next_free, submit};
use crate::context::Context;
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::store::sqlite::dialect::MIGRATIONS;
use crate::testing::{ClinicSpec, TestClinic, at, service};

const PASSWORD: &str = "a long sample password";

/// Every value of every row, as the file's engine quotes it, in an order that does not depend on how they arrived.
async fn dump(file: &Path) -> BTreeMap<String, Vec<String>> {
    let mut connection = container::open(file).await.unwrap();
    let mut all = BTreeMap::new();
    for table in container::tables(&mut connection).await.unwrap() {
        let columns = container::columns(&mut connection, &table).await.unwrap();
        let mut names: Vec<String> = columns
            .iter()
            .map(|column| format!("'{0}=' || quote({0})", column.name))
            .collect();
        // Columns may stand in another order on the other engine.
        names.sort();
        let text = format!("SELECT {} FROM {table}", names.join(" || ' ' || "));
        let mut rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(text))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        rows.sort();
        all.insert(table, rows);
    }
    all
}

/// The same context on the database as it is now.
async fn reopened(test: &TestClinic) -> Context {
    Context {
        store: crate::store::open(&test.url).await.unwrap(),
        ..test.context.clone()
    }
}

async fn book(context: &Context, service: &str) -> Result<(), crate::booking::BookingError> {
    let service = ServiceId::from(service);
    let start = next_free(context, &service).await?.unwrap();
    book_at(context, service, start).await
}

async fn book_at(
    context: &Context,
    service: ServiceId,
    start: chrono::DateTime<chrono::Utc>,
) -> Result<(), crate::booking::BookingError> {
    let submission = Submission {
        from: From::Slot(Wanted {
            service,
            start,
            mode: Mode::Phone,
            needs: Needs::default(),
        }),
        client: crate::store::ClientRow {
            name: format!("Sample Client {}", context.id()),
            ..crate::outbox::tests::client(context)
        },
        intake: None,
        source: "api",
        actor: Actor::Client,
        replay: None,
    };
    submit(context, &submission).await.map(|_| ())
}

/// The sample set-up with a little of everything: bytes, dates, truths, empty and full columns.
async fn lived_in(test: &TestClinic) -> String {
    test.load_sample().await;
    crate::packs::ship(&test.context).await.unwrap();
    let email = test
        .texts("SELECT email FROM staff ORDER BY email LIMIT 1")
        .await;
    let email = email[0].clone();
    let mut tx = test.context.store.write().await.unwrap();
    let staff = tx.staff_by_email(&email).await.unwrap().unwrap();
    let hash = hash_here(PASSWORD, test.context.bytes()).unwrap();
    tx.set_password(staff.id, &hash).await.unwrap();
    tx.put_session(&[0xab; 32], staff.id, 0, 4_000_000_000)
        .await
        .unwrap();
    tx.put_setting("it's", "\"quoted\" \\x41 \u{1f4c5}\n")
        .await
        .unwrap();
    tx.put_draft(&[0; 32], "law", "sealed", 4_000_000_000)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    book(&test.context, "business-chat").await.unwrap();
    crate::audit::seal(&test.context).await.unwrap();
    email
}

/// From each engine into each: every table the same, staff sign in, and the next client books.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_restore_drill_from_every_engine_into_every_engine() {
    let folder = tempfile::tempdir().unwrap();
    for (number, source) in TestClinic::all().await.into_iter().enumerate() {
        let email = lived_in(&source).await;
        let file = folder.path().join(format!("{number}.backup"));
        let saved = save(&source.url, &file).await.unwrap();
        assert_eq!(saved.rows["appointments"], 1);
        assert_eq!(
            std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        for (other, target) in TestClinic::all().await.into_iter().enumerate() {
            let from_to = format!("{} -> {}", source.url, target.url);
            target.context.store.close().await;
            let restored = restore(&target.url, &file, false).await.expect(&from_to);
            assert_eq!(restored.contents, saved, "{from_to}");
            let again = folder.path().join(format!("{number}-{other}.again"));
            save(&target.url, &again).await.unwrap();
            assert_eq!(dump(&file).await, dump(&again).await, "{from_to}");
            // By SQL that knows nothing of the copying.
            for sql in [
                "SELECT CAST(sum(length(text)) AS BIGINT) FROM question_versions",
                "SELECT count(*) FROM staff_sessions WHERE length(token_hash) = 32",
                "SELECT CAST(sum(starts_at) AS BIGINT) FROM meetings WHERE active",
            ] {
                assert_eq!(
                    source.number(sql).await,
                    target.number(sql).await,
                    "{from_to}: {sql}"
                );
            }
            let ids = "SELECT CAST(from_date AS TEXT) || title FROM calendar_dates ORDER BY 1";
            assert_eq!(
                source.texts(ids).await,
                target.texts(ids).await,
                "{from_to}"
            );

            let context = reopened(&target).await;
            let passwords = Passwords::new(1);
            let attempt = session::Attempt {
                email: &email,
                password: PASSWORD.to_owned(),
                network: "192.0.2.0",
                device: None,
                before: None,
            };
            let signed_in = session::sign_in(&context, &passwords, attempt).await;
            let whole = matches!(signed_in, Ok(session::SignedIn::Whole { .. }));
            assert!(whole, "{from_to}");
            let chain = crate::audit::verify(&context).await.unwrap();
            let fits = matches!(chain, crate::audit::Chain::Whole { seals: 1, .. });
            assert!(fits, "{from_to}: {chain:?}");
            book(&context, "business-chat").await.unwrap();
            let confirmed = "SELECT count(*) FROM appointments WHERE state = 'confirmed'";
            assert_eq!(target.number(confirmed).await, 2, "{from_to}");
        }
    }
    let parts: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().contains(".part"))
        .collect();
    assert!(parts.is_empty(), "{parts:?}");
}

/// A file that was lost can leave its log behind, and the engine plays a log into whatever file has its name.
#[tokio::test]
async fn a_log_that_outlived_its_database_is_not_played_into_the_restored_one() {
    let folder = tempfile::tempdir().unwrap();
    let (gone, source) = (TestClinic::sqlite().await, TestClinic::sqlite().await);
    lived_in(&gone).await;
    book(&gone.context, "business-chat").await.unwrap();
    let file = folder.path().join("backup");
    save(&source.url, &file).await.unwrap();
    let place = folder.path().join("clinics.db");
    let log = format!("{}-wal", gone.url.strip_prefix("sqlite:").unwrap());
    std::fs::copy(log, folder.path().join("clinics.db-wal")).unwrap();
    let url = format!("sqlite:{}", place.display());
    restore(&url, &file, false).await.unwrap();
    let mut restored = container::open(&place).await.unwrap();
    let clinics: i64 = sqlx::query_scalar("SELECT count(*) FROM clinics")
        .fetch_one(&mut restored)
        .await
        .unwrap();
    assert_eq!(clinics, 0, "as in the backup");
    let kept = folder.path().join("clinics.db-wal.before-restore-1");
    assert!(kept.exists(), "what was there before is kept");
}

/// The guards come back with the rows: a restored database refuses what the first one refused.
#[tokio::test]
async fn invariant_1_holds_in_a_restored_database() {
    let folder = tempfile::tempdir().unwrap();
    let source = TestClinic::sqlite().await;
    lived_in(&source).await;
    book(&source.context, "business-chat").await.unwrap();
    let file = folder.path().join("backup");
    save(&source.url, &file).await.unwrap();
    for target in TestClinic::all().await {
        target.context.store.close().await;
        restore(&target.url, &file, false).await.unwrap();
        let meetings = target.number("SELECT count(*) FROM meetings").await;
        assert_eq!(meetings, 2);
        // Both meetings at one time, with one adviser.
        let refused = try_sql(
            &target.url,
            "UPDATE allocations SET
                resource_id = (SELECT resource_id FROM allocations WHERE part = 'adviser' ORDER BY id LIMIT 1),
                busy_from = (SELECT busy_from FROM allocations WHERE part = 'adviser' ORDER BY id LIMIT 1),
                busy_until = (SELECT busy_until FROM allocations WHERE part = 'adviser' ORDER BY id LIMIT 1)
             WHERE part = 'adviser'",
        )
        .await
        .unwrap_err()
        .to_string();
        assert!(
            refused.contains("over-committed") || refused.contains("allocations_no_overlap"),
            "{refused}"
        );
        let refused = try_sql(
            &target.url,
            "UPDATE appointments SET meeting_id = (SELECT meeting_id FROM appointments ORDER BY id LIMIT 1)",
        )
        .await
        .unwrap_err()
        .to_string();
        assert!(
            refused.contains("meeting full"),
            "the guards are on: {refused}"
        );
        assert!(
            try_sql(&target.url, "UPDATE audit SET detail = 'x'")
                .await
                .is_err(),
            "the audit log is append-only again on {}",
            target.url
        );
    }
}

async fn try_sql(url: &str, sql: &'static str) -> Result<(), sqlx::Error> {
    if is_postgres(url) {
        let mut connection = sqlx::PgConnection::connect(url).await?;
        sqlx::query(sql).execute(&mut connection).await.map(|_| ())
    } else {
        let mut connection = sqlx::SqliteConnection::connect(url).await?;
        sqlx::query(sql).execute(&mut connection).await.map(|_| ())
    }
}

/// Bookings go on while the backup is taken: it holds each of them whole or not at all, and all that were told before.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_under_writes_is_one_moment() {
    for test in TestClinic::all().await {
        let mut open = service("a-one", "a");
        open.minutes = 15;
        open.start_every = 15;
        test.clinic(ClinicSpec {
            id: "a",
            advisers: 3,
            supervisors: 1,
            ratio: 10,
            rooms: 3,
            services: vec![open],
            shared: Vec::new(),
        })
        .await;
        let told = Arc::new(AtomicI64::new(0));
        let mut tasks = tokio::task::JoinSet::new();
        for lane in 0..3 {
            let (context, told) = (test.context.clone(), told.clone());
            tasks.spawn(async move {
                for step in 0..60 {
                    let start = at(12, 1 + lane, 9, 0) + TimeDelta::minutes(15 * (step % 30));
                    if book_at(&context, ServiceId::from("a-one"), start)
                        .await
                        .is_ok()
                    {
                        told.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        while told.load(Ordering::SeqCst) < 20 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut before_it_was_done = false;
        for round in 0..3 {
            let before = told.load(Ordering::SeqCst);
            let file = folder.path().join(format!("{round}"));
            let saved = save(&test.url, &file).await.unwrap();
            before_it_was_done |= !tasks.is_empty() && told.load(Ordering::SeqCst) > before;
            assert!(saved.rows["appointments"] >= before, "{}", test.url);
            let mut connection = container::open(&file).await.unwrap();
            let halves: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM appointments a WHERE a.client_id IS NULL
                 OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.appointment_id = a.id)
                 OR NOT EXISTS (SELECT 1 FROM audit l WHERE l.subject_id = a.id)
                 OR NOT EXISTS (SELECT 1 FROM allocations c WHERE c.meeting_id = a.meeting_id)",
            )
            .fetch_one(&mut connection)
            .await
            .unwrap();
            assert_eq!(halves, 0, "{}", test.url);
        }
        assert!(before_it_was_done, "nobody wrote meanwhile on {}", test.url);
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_with_somebodys_work_is_replaced_only_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let source = TestClinic::sqlite().await;
    lived_in(&source).await;
    let file = folder.path().join("backup");
    let saved = save(&source.url, &file).await.unwrap();
    for target in TestClinic::all().await {
        target
            .clinic(ClinicSpec {
                id: "other",
                advisers: 1,
                supervisors: 0,
                ratio: 1,
                rooms: 1,
                services: vec![],
                shared: Vec::new(),
            })
            .await;
        target.context.store.close().await;
        let refused = restore(&target.url, &file, false).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotEmpty), "{refused}");
        assert_eq!(
            target.number("SELECT count(*) FROM clinics").await,
            1,
            "nothing is touched"
        );
        let restored = restore(&target.url, &file, true).await.unwrap();
        assert_eq!(restored.contents, saved);
        assert_eq!(
            target
                .number("SELECT count(*) FROM clinics WHERE id = 'other'")
                .await,
            0
        );
        if let Some(kept) = restored.kept {
            let mut old = container::open(&kept).await.unwrap();
            let clinics: i64 =
                sqlx::query_scalar("SELECT count(*) FROM clinics WHERE id = 'other'")
                    .fetch_one(&mut old)
                    .await
                    .unwrap();
            assert_eq!(clinics, 1, "what was there before is kept");
        } else {
            assert!(is_postgres(&target.url));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_does_not_count_as_empty() {
    let folder = tempfile::tempdir().unwrap();
    let source = TestClinic::sqlite().await;
    let file = folder.path().join("backup");
    save(&source.url, &file).await.unwrap();
    let place = folder.path().join("there.db");
    let url = format!("sqlite:{}", place.display());
    for replace in [false, true] {
        std::fs::write(&place, b"the only copy of somebody's work").unwrap();
        let refused = restore(&url, &file, replace).await.unwrap_err();
        assert!(matches!(refused, BackupError::Unreadable(..)), "{refused}");
        let kept = std::fs::read(&place).unwrap();
        assert_eq!(kept, b"the only copy of somebody's work");
    }
    // A table with our name that is none of ours is not an empty one of ours.
    std::fs::write(&place, b"").unwrap();
    let view = "CREATE VIEW clinics AS SELECT * FROM nowhere";
    try_sql(&url, view).await.unwrap();
    let refused = restore(&url, &file, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Unreadable(..)), "{refused}");
    // A file without a schema is empty.
    std::fs::write(&place, b"").unwrap();
    restore(&url, &file, false).await.unwrap();
}

#[tokio::test]
async fn a_postgres_database_that_is_refused_is_not_migrated_first() {
    let Some(target) = TestClinic::postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let source = TestClinic::sqlite().await;
    let file = folder.path().join("backup");
    save(&source.url, &file).await.unwrap();
    target.context.store.close().await;
    // As a program of the first version left it, with a clinic in it.
    for text in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
        try_sql(&target.url, text).await.unwrap();
    }
    let mut server = sqlx::PgConnection::connect(&target.url).await.unwrap();
    crate::store::postgres::dialect::MIGRATIONS
        .run_direct(Some(1), &mut server, false)
        .await
        .unwrap();
    server.close().await.unwrap();
    let clinic = "INSERT INTO clinics VALUES ('law', 'Law', 1, TRUE, 1, '{}')";
    try_sql(&target.url, clinic).await.unwrap();
    let refused = restore(&target.url, &file, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::NotEmpty), "{refused}");
    let migrations = "SELECT count(*) FROM _sqlx_migrations";
    assert_eq!(target.number(migrations).await, 1);
    restore(&target.url, &file, true).await.unwrap();
    assert!(target.number(migrations).await > 1);
}

#[tokio::test]
async fn a_database_that_a_program_has_open_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup");
    let source = TestClinic::sqlite().await;
    save(&source.url, &file).await.unwrap();
    for target in TestClinic::all().await {
        let refused = restore(&target.url, &file, true).await.unwrap_err();
        assert!(
            matches!(refused, BackupError::InUse),
            "{refused} on {}",
            target.url
        );
        target.load_sample().await;
    }
}

#[tokio::test]
async fn a_name_that_is_taken_is_not_written_over() {
    let test = TestClinic::sqlite().await;
    let own = test.url.strip_prefix("sqlite:").unwrap();
    let refused = save(&test.url, Path::new(own)).await.unwrap_err();
    assert!(matches!(refused, BackupError::Exists(_)), "{refused}");
    let nowhere = save(
        "sqlite:/nowhere/clinics.db",
        &Path::new(own).with_extension("b"),
    )
    .await;
    assert!(matches!(nowhere.unwrap_err(), BackupError::NoDatabase(_)));
}

#[tokio::test]
async fn a_file_of_a_newer_program_a_damaged_one_and_another_kind_of_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = TestClinic::sqlite().await;
    lived_in(&source).await;
    let file = folder.path().join("backup");
    save(&source.url, &file).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let place = folder.path().join("new.db");
    let url = format!("sqlite:{}", place.display());

    let newer = folder.path().join("newer");
    std::fs::write(&newer, &whole).unwrap();
    let newer_url = format!("sqlite:{}", newer.display());
    try_sql(
        &newer_url,
        "UPDATE _sqlx_migrations SET version = 9000 WHERE version = 1",
    )
    .await
    .unwrap();
    let refused = restore(&url, &newer, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Newer(9000)), "{refused}");

    let orphans = folder.path().join("orphans");
    std::fs::write(&orphans, &whole).unwrap();
    let orphans_url = format!("sqlite:{}", orphans.display());
    try_sql(
        &orphans_url,
        "PRAGMA foreign_keys = OFF; DELETE FROM services",
    )
    .await
    .unwrap();
    let refused = restore(&url, &orphans, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::Damaged(_)), "{refused}");

    let cut = folder.path().join("cut");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let refused = restore(&url, &cut, false).await.unwrap_err();
    assert!(
        matches!(
            refused,
            BackupError::Damaged(_) | BackupError::NotABackup(..) | BackupError::Store(_)
        ),
        "{refused}"
    );

    for text in [
        &b""[..],
        b"PRIVATE KEY",
        b"SQLite format 3\0 and nothing after",
    ] {
        let other = folder.path().join("other");
        std::fs::write(&other, text).unwrap();
        let refused = restore(&url, &other, false).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotABackup(..)), "{refused}");
    }
    assert!(
        !place.exists(),
        "nothing is left of a restore that was refused"
    );
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date_and_itself_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old");
    std::fs::write(&file, b"").unwrap();
    let mut old = container::open_to_fill(&file).await.unwrap();
    MIGRATIONS
        .run_direct(Some(1), &mut old, false)
        .await
        .unwrap();
    sqlx::query("INSERT INTO clinics VALUES ('law', 'Law', 1, 1, 1, '{}')")
        .execute(&mut old)
        .await
        .unwrap();
    old.close().await.unwrap();
    let before = std::fs::read(&file).unwrap();
    for target in TestClinic::all().await {
        target.context.store.close().await;
        let restored = restore(&target.url, &file, false).await.unwrap();
        assert!(restored.contents.migration > 1);
        assert_eq!(target.texts("SELECT name FROM clinics").await, ["Law"]);
        let schema = reopened(&target).await.store.schema().await.unwrap();
        assert_eq!((schema.missing, schema.unknown), (0, 0));
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

/// A backup made with the new program just before the database is migrated has the rows that are there.
#[tokio::test]
async fn a_database_that_is_not_migrated_yet_is_saved_as_it_is() {
    let Some(test) = TestClinic::postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let newest = save(&test.url, &folder.path().join("new")).await.unwrap();
    // As a program before the last migration left it: 0006 made indexes only.
    test.change("DELETE FROM _sqlx_migrations WHERE version > 5")
        .await;
    if newest.migration == 6 {
        let saved = save(&test.url, &folder.path().join("old")).await.unwrap();
        assert_eq!(saved.migration, 5);
    }
    test.change("DELETE FROM _sqlx_migrations WHERE version = 3")
        .await;
    let refused = save(&test.url, &folder.path().join("gap"))
        .await
        .unwrap_err();
    assert!(matches!(refused, BackupError::Damaged(_)), "{refused}");
}
