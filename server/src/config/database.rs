//! `DATABASE_URL`: which engine, and where.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::error::{ConfigError, redact_url};
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 1] = [Variable::new(
    "DATABASE_URL",
    "sqlite:data/clinics.db",
    "Where the data is",
    "`sqlite:PATH`, or `postgres://USER:PASSWORD@HOST/NAME` (15 or later)",
)
.secret()];

const VARIABLE: &str = "DATABASE_URL";
const DEFAULT: &str = "sqlite:data/clinics.db";
const EXPECTED: &str =
    "sqlite:PATH, such as sqlite:data/clinics.db, or postgres://USER:PASSWORD@HOST/NAME";

/// Where the data is.
#[derive(Clone)]
pub enum Database {
    /// One file on this machine.
    Sqlite {
        /// The file; relative to the working directory unless it starts with `/`.
        path: PathBuf,
    },
    /// A `PostgreSQL` server.
    Postgres {
        /// The whole URL, password included.
        url: SecretString,
    },
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl Database {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        let value = source.get(VARIABLE)?.unwrap_or_else(|| DEFAULT.to_owned());
        match value.split_once(':') {
            Some(("sqlite", rest)) => sqlite(&value, rest),
            Some(("postgres" | "postgresql", _)) => postgres(value),
            _ => Err(ConfigError::new(
                VARIABLE,
                format!("{} is not right", redact_url(&value)),
                EXPECTED,
            )),
        }
    }

    /// The address without password, for logs and `doctor`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite { path } => format!("sqlite:{}", path.display()),
            Self::Postgres { url } => redact_url(url.expose_secret()),
        }
    }

    /// The file of a `SQLite` database.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&Path> {
        match self {
            Self::Sqlite { path } => Some(path),
            Self::Postgres { .. } => None,
        }
    }
}

fn sqlite(value: &str, rest: &str) -> Result<Database, ConfigError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    // A database in memory would lose every booking at the next start; options would be ignored.
    if path.is_empty() || path.starts_with(':') || path.contains('?') || path.ends_with('/') {
        return Err(ConfigError::wrong(
            VARIABLE,
            value,
            "sqlite:PATH with the path of a file, no options",
        ));
    }
    Ok(Database::Sqlite {
        path: PathBuf::from(path),
    })
}

fn postgres(value: String) -> Result<Database, ConfigError> {
    let shown = redact_url(&value);
    Url::parse(&value)
        .ok()
        .filter(|url| value.contains("://") && url.path().len() > 1)
        .map(|_| Database::Postgres { url: value.into() })
        .ok_or_else(|| ConfigError::new(VARIABLE, format!("{shown} is not right"), EXPECTED))
}
