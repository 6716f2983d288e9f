//! `clinics doctor`: looks at everything the program needs and says one line about each. Changes nothing but a file that
//! it writes into the mail folder and takes away again.

mod inside;

use std::io::Write;
use std::path::Path;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::{Failure, open};
use crate::audit::{self, Chain};
use crate::auth::vault::Vault;
use crate::config::{Config, ConfigError, Database};
use crate::context::{Context, SystemClock};
use crate::domain::time::{Clock, rfc3339};
use crate::packs;
use crate::store::Store;

/// The first `SQLite` without the WAL-reset corruption bug.
const SQLITE: [u32; 3] = [3, 51, 3];
/// The first `PostgreSQL` that this program is tested on.
const POSTGRES: [u32; 3] = [15, 0, 0];
/// How far two machines' clocks may be apart before leases and holds suffer.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(30);

/// What one look has found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    Ok(String),
    /// Works, and is probably not meant.
    Note(String),
    Wrong(String),
}

use Found::{Note, Wrong};

pub(super) async fn run(
    config: Result<Config, ConfigError>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut findings = Vec::new();
    match config {
        Ok(config) => findings = examine(&config).await,
        Err(error) => findings.push(("configuration", Wrong(error.to_string()))),
    }
    let mut well = true;
    for (about, found) in &findings {
        let (word, text) = match found {
            Found::Ok(text) => ("ok", text),
            Note(text) => ("note", text),
            Wrong(text) => ("wrong", text),
        };
        well &= !matches!(found, Wrong(_));
        writeln!(out, "{word:5}  {about:13}  {}", text.replace('\n', " "))?;
    }
    if well { Ok(()) } else { Err(Failure::Shown) }
}

async fn examine(config: &Config) -> Vec<(&'static str, Found)> {
    let now = SystemClock.now();
    let listen = format!(
        "listens on {}, known as {}",
        config.listen.address,
        config.listen.public_url.origin()
    );
    let mut findings = vec![("configuration", Found::Ok(listen))];
    findings.extend(
        config
            .warnings()
            .into_iter()
            .map(|warning| ("configuration", Note(warning))),
    );
    findings.push(("secret key", secret_key(config)));
    findings.extend(database(config, now).await);
    findings.push(("mail", mail(config).await));
    findings.push(("clock", clock(now)));
    findings.push(("questions", questions(config).await));
    findings.push(("audit log", audit_log(config).await));
    findings
}

/// The questions in force; those that the program came with, while the database has none or cannot be read.
async fn questions(config: &Config) -> Found {
    let sources = match stored_questions(config).await {
        Ok(sources) => sources,
        Err(error) => return Wrong(error),
    };
    let (report, from) = if sources.is_empty() {
        (packs::check_embedded(), "as this program brings them")
    } else {
        (packs::check_sources(&sources), "as published")
    };
    let last = report.lines.last().cloned().unwrap_or_default();
    if report.ok {
        Found::Ok(format!("{last}; {from}"))
    } else {
        // What is in force in a process that runs is the last good one.
        let first = report.lines.first().cloned().unwrap_or_default();
        Wrong(format!("{first}; {last}; {from}"))
    }
}

async fn stored_questions(config: &Config) -> Result<Vec<packs::Source>, String> {
    let there = match &config.database {
        Database::Sqlite { path } => path.exists(),
        Database::Postgres { .. } => true,
    };
    if !there {
        return Ok(Vec::new());
    }
    // Whatever is wrong with the database has its own line.
    let Ok(store) = open::store(&config.database).await else {
        return Ok(Vec::new());
    };
    if !store.schema().await.is_ok_and(|schema| schema.missing == 0) {
        return Ok(Vec::new());
    }
    let read = async { packs::in_force(&mut *store.read().await?).await };
    read.await
        .map(|read| read.sources)
        .map_err(|error| error.to_string())
}

/// Whether the chain of seals over the audit log fits.
async fn audit_log(config: &Config) -> Found {
    if let Database::Sqlite { path } = &config.database
        && !path.exists()
    {
        return Found::Ok("nothing written yet".to_owned());
    }
    // Whatever is wrong with the database or the key has its own line.
    let Ok(store) = open::store(&config.database).await else {
        return Note("not looked at: the database cannot be opened".to_owned());
    };
    if !store.schema().await.is_ok_and(|schema| schema.missing == 0) {
        return Note("not looked at: migrations are missing".to_owned());
    }
    if config.secret.file().is_some_and(|path| !path.exists()) {
        return Note("not looked at: there is no secret key yet".to_owned());
    }
    // The key is there, so the bytes are never used.
    let Ok(key) = config.secret.key([0; 32]) else {
        return Note("not looked at: the secret key cannot be read".to_owned());
    };
    let context = Context::new(store).with_vault(Vault::new(key));
    match audit::verify(&context).await {
        Ok(Chain::Whole {
            seals,
            waiting,
            last,
        }) => Found::Ok(format!(
            "{seals} seals fit, {waiting} lines wait for the next; last seal {}",
            if last.is_empty() { "none" } else { &last }
        )),
        Ok(Chain::Broken(found)) => Wrong(found.to_string()),
        Err(error) => Wrong(error.to_string()),
    }
}

fn secret_key(config: &Config) -> Found {
    match config.secret.file() {
        None => Found::Ok("given by SECRET_KEY".to_owned()),
        Some(path) if !path.exists() => Note(format!(
            "{} will be made at the first start",
            path.display()
        )),
        // Reading only: the file is there, so the bytes are never used.
        Some(path) => match config.secret.key([0; 32]) {
            Ok(_) => private(path),
            Err(error) => Wrong(error.to_string()),
        },
    }
}

/// A key that others on the machine can read opens every link.
fn private(path: &Path) -> Found {
    use std::os::unix::fs::PermissionsExt as _;
    let open_to_others =
        std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0);
    let shown = path.display();
    if open_to_others {
        Wrong(format!(
            "{shown} can be read by others on this machine; expected mode 0600"
        ))
    } else {
        Found::Ok(format!("kept in {shown}"))
    }
}

async fn database(config: &Config, now: DateTime<Utc>) -> Vec<(&'static str, Found)> {
    let shown = config.database.shown();
    if let Database::Sqlite { path } = &config.database
        && !path.exists()
    {
        return vec![(
            "database",
            Note(format!("{shown} will be made at the first start")),
        )];
    }
    let store = match open::store(&config.database).await {
        Ok(store) => store,
        Err(failure) => return vec![("database", Wrong(failure.line().unwrap_or(shown)))],
    };
    let engine = match store.engine().await {
        Ok(engine) => version(&engine, &shown),
        Err(error) => Wrong(format!("{shown}: {error}")),
    };
    let mut findings = vec![
        ("database", engine),
        ("schema", schema(&*store).await),
        ("clock", clocks(&*store, now).await),
    ];
    findings.extend(inside::look(config, Context::new(store)).await);
    findings
}

/// Whether an engine such as `SQLite 3.53.1` is new enough.
fn version(engine: &str, shown: &str) -> Found {
    let (name, number) = engine.split_once(' ').unwrap_or((engine, ""));
    let mut parts = number
        .split(|c: char| !c.is_ascii_digit())
        .map(|part| part.parse().unwrap_or(0));
    let found: [u32; 3] = std::array::from_fn(|_| parts.next().unwrap_or(0));
    let oldest = if name == "SQLite" { SQLITE } else { POSTGRES };
    if found >= oldest {
        Found::Ok(format!("{engine}, {shown}"))
    } else {
        let [major, minor, patch] = oldest;
        Wrong(format!(
            "{engine}, {shown}; expected {name} {major}.{minor}.{patch} or later"
        ))
    }
}

async fn schema(store: &dyn Store) -> Found {
    match store.schema().await {
        Ok(schema) if schema.unknown > 0 => Wrong(format!(
            "{} migrations of a newer version; expected a program as new as they",
            schema.unknown
        )),
        Ok(schema) if schema.missing > 0 => Wrong(format!(
            "{} migrations missing; `clinics migrate` applies them",
            schema.missing
        )),
        Ok(_) => Found::Ok("up to date".to_owned()),
        Err(error) => Wrong(error.to_string()),
    }
}

/// Processes on several machines share leases and holds, so their clocks have to agree.
async fn clocks(store: &dyn Store, now: DateTime<Utc>) -> Found {
    match store.clock().await {
        Ok(theirs) => {
            let apart = TimeDelta::seconds((theirs - now.timestamp()).abs());
            let text = format!("{} s apart from the database's", apart.num_seconds());
            if apart <= CLOCKS_APART {
                Found::Ok(text)
            } else {
                Wrong(format!(
                    "{text}; expected {} s at most",
                    CLOCKS_APART.num_seconds()
                ))
            }
        }
        Err(error) => Wrong(error.to_string()),
    }
}

/// A machine that has lost its clock starts in 1970 or at the date of its firmware.
fn clock(now: DateTime<Utc>) -> Found {
    let sane = Utc
        .with_ymd_and_hms(2026, 1, 1, 0, 0, 0)
        .single()
        .is_some_and(|first| now >= first);
    if sane {
        Found::Ok(rfc3339(now))
    } else {
        Wrong(format!(
            "{}; expected a date after this program was written",
            rfc3339(now)
        ))
    }
}

async fn mail(config: &Config) -> Found {
    if let Err(failure) = open::sender(config) {
        return Wrong(failure.line().unwrap_or_default());
    }
    match open::smtp(config) {
        Err(failure) => Wrong(failure.line().unwrap_or_default()),
        Ok(Some(smtp)) => {
            let shown = config.mail.shown().unwrap_or_default();
            match smtp.check().await {
                Ok(()) => Found::Ok(format!("{shown} answers")),
                Err(error) => Wrong(format!("{shown}: {error}")),
            }
        }
        Ok(None) => match writable(&config.mail.dir).await {
            Ok(()) => Note(format!(
                "files in {}; SMTP_URL is not set",
                config.mail.dir.display()
            )),
            Err(error) => Wrong(format!("MAIL_DIR: {}: {error}", config.mail.dir.display())),
        },
    }
}

async fn writable(folder: &Path) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    tokio::fs::write(&probe, b"").await?;
    tokio::fs::remove_file(&probe).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_with_the_wal_reset_bug_is_wrong() {
        let wrong = |engine: &str| matches!(version(engine, "here"), Wrong(_));
        assert!(wrong("SQLite 3.46.0") && wrong("SQLite 3.51.2") && wrong("SQLite"));
        assert!(!wrong("SQLite 3.51.3") && !wrong("SQLite 3.53.1") && !wrong("SQLite 4.0.0"));
        assert!(
            wrong("PostgreSQL 14.9")
                && !wrong("PostgreSQL 15.1 (Debian 15.1-1)")
                && !wrong("PostgreSQL 18beta1")
        );
    }

    #[test]
    fn a_clock_that_has_lost_its_date_is_wrong() {
        assert!(matches!(clock(DateTime::UNIX_EPOCH), Wrong(_)));
        assert!(matches!(clock(crate::testing::noon()), Found::Ok(_)));
    }

    #[tokio::test]
    async fn a_line_of_the_audit_log_that_was_changed_is_wrong_and_it_says_where() {
        let test = crate::testing::TestClinic::sqlite().await;
        let staff = test.context.id();
        let mut tx = test.context.store.write().await.unwrap();
        crate::auth::session::note_by(&mut *tx, &test.context, staff, staff, "read", None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(audit::seal(&test.context).await.unwrap(), 1);
        let app = test.app();
        let whole = audit_log(&app.config).await;
        assert!(matches!(whole, Found::Ok(_)), "{whole:?}");
        test.change("DROP TRIGGER audit_append_only").await;
        test.change("UPDATE audit SET action = 'other'").await;
        let Wrong(said) = audit_log(&app.config).await else {
            panic!("a changed line was not seen");
        };
        assert!(said.starts_with("seal 1 of 2026-11-22"), "{said}");
    }
}
