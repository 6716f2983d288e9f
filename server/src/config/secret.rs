//! `SECRET_KEY`: given, or made once and kept in a file beside the `SQLite` database.

use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::database::Database;
use super::error::ConfigError;
use super::source::Source;
use super::variable::Variable;
use crate::auth::key::{KEY_BYTES, SecretKey};

/// What can be set here.
pub(super) const VARIABLES: [Variable; 1] = [
    Variable::new(
        "SECRET_KEY",
        "(made beside an SQLite database)",
        "Seals what only some may read, and makes links; required with PostgreSQL, the same for every process",
        "32 bytes or more as base64 or hex",
    ).secret(),
];

const VARIABLE: &str = "SECRET_KEY";
const EXPECTED: &str =
    "32 bytes or more as base64 or hex, such as `openssl rand -base64 32` prints";

/// The secret key, or where it is kept.
#[derive(Debug, Clone)]
pub struct SecretSection {
    given: Option<SecretKey>,
    file: Option<PathBuf>,
}

impl SecretSection {
    pub(super) fn read(source: &Source<'_>, database: &Database) -> Result<Self, ConfigError> {
        let given = source
            .get(VARIABLE)?
            .map(|text| {
                SecretKey::parse(&text).map_err(|_| ConfigError::wrong_secret(VARIABLE, EXPECTED))
            })
            .transpose()?;
        let file = database.sqlite_path().map(key_path);
        Ok(Self { given, file })
    }

    /// With `PostgreSQL` there are several processes, and all need the same key: it must be given.
    pub(super) fn validate(&self, database: &Database) -> Result<(), ConfigError> {
        if self.given.is_none() && database.sqlite_path().is_none() {
            return Err(ConfigError::missing(
                VARIABLE,
                format!("{EXPECTED}, the same for every process (required with PostgreSQL)"),
            ));
        }
        Ok(())
    }

    /// The file beside the database, unless the key is given.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        if self.given.is_some() {
            None
        } else {
            self.file.as_deref()
        }
    }

    /// The key: the one given, else the one in the file, which is made from `random` if it is not
    /// there (mode 0600). Processes that start together get the same key.
    pub fn key(&self, random: [u8; KEY_BYTES]) -> Result<SecretKey, ConfigError> {
        if let Some(key) = &self.given {
            return Ok(key.clone());
        }
        let path = self
            .file
            .as_deref()
            .ok_or_else(|| ConfigError::missing(VARIABLE, EXPECTED))?;
        match std::fs::read_to_string(path) {
            Ok(text) => stored(path, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(path, random),
            Err(error) => Err(unusable(path, &error)),
        }
    }
}

fn key_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

fn stored(path: &Path, text: &str) -> Result<SecretKey, ConfigError> {
    SecretKey::parse(text).map_err(|_| {
        let found = format!("the file {} does not hold a key", path.display());
        ConfigError::new(VARIABLE, found, EXPECTED)
    })
}

fn make(path: &Path, random: [u8; KEY_BYTES]) -> Result<SecretKey, ConfigError> {
    let key = SecretKey::from_random(random);
    match write_once(path, &key) {
        Ok(()) => Ok(key),
        // Another process was first: its key is the key.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(path).map_err(|error| unusable(path, &error))?;
            stored(path, &text)
        }
        Err(error) => Err(unusable(path, &error)),
    }
}

/// Writes the whole file under another name first and links it, so that nobody reads half a key and
/// nobody's key is written over.
fn write_once(path: &Path, key: &SecretKey) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    // Tells writers apart, in one process too, without being the key itself.
    let mark = u64::from_be_bytes(
        key.derive("file name")
            .first_chunk()
            .copied()
            .unwrap_or_default(),
    );
    name.push(format!(".{mark:016x}"));
    let draft = PathBuf::from(name);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    let written = writeln!(file, "{}", key.to_file_text())
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    written
}

fn unusable(path: &Path, error: &io::Error) -> ConfigError {
    let found = format!("the file {} cannot be used ({error})", path.display());
    ConfigError::new(
        VARIABLE,
        found,
        format!("a file to read and write, or {EXPECTED}"),
    )
}
