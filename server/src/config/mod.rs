//! The configuration of a process: a TOML file named by `CLINICS_CONFIG`, and environment variables,
//! which win. One file here for each section.
//!
//! Promises: a wrong value is one line that names the variable, the value (a secret never) and what
//! was expected; `Debug` prints no secret. Reading is a pure function of the environment and of the
//! files it names; only [`SecretSection::key`] writes, once.

mod database;
mod drain;
mod error;
mod limits;
mod listen;
mod log;
mod mail;
mod second_factor;
mod secret;
mod site;
mod source;
mod variable;

use std::io;
use std::path::Path;

pub use database::Database;
pub use drain::Drain;
pub use error::{ConfigError, redact_url};
pub use limits::Limits;
pub use listen::{Listen, Proxies, PublicUrl};
pub use log::{Log, LogFormat};
pub use mail::Mail;
pub use second_factor::SecondFactor;
pub use secret::SecretSection;
pub use site::Site;
pub use variable::Variable;

use source::Source;

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// Where to listen, and under which address people come.
    pub listen: Listen,
    /// The secret key, or where it is kept.
    pub secret: SecretSection,
    /// Where mail goes.
    pub mail: Mail,
    /// Rate limits.
    pub limits: Limits,
    /// Whether a second factor is asked of those who see more than their own cases.
    pub second_factor: SecondFactor,
    /// What is logged, and how.
    pub log: Log,
    /// The name and the telephone on every page.
    pub site: Site,
    /// How a process ends.
    pub drain: Drain,
}

impl Config {
    /// Reads the configuration of this process from its environment and the files it names.
    pub fn from_process() -> Result<Self, ConfigError> {
        Self::load(
            |name| std::env::var(name).ok(),
            |path| std::fs::read_to_string(path),
        )
    }

    /// Reads and checks the configuration. `env` answers for environment variables (an empty one
    /// counts as not set), `read_file` for the files that they name.
    pub fn load(
        env: impl Fn(&str) -> Option<String>,
        read_file: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let source = Source::read(&env, &read_file)?;
        let listen = Listen::read(&source)?;
        let site = Site::read(&source)?;
        let database = Database::read(&source)?;
        let config = Self {
            secret: SecretSection::read(&source, &database)?,
            mail: Mail::read(&source, &site, &listen)?,
            limits: Limits::read(&source)?,
            second_factor: SecondFactor::read(&source)?,
            log: Log::read(&source)?,
            drain: Drain::read(&source, &database)?,
            database,
            listen,
            site,
        };
        config.validate()?;
        Ok(config)
    }

    /// Checks what one section cannot know alone.
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.limits.validate(&self.listen)?;
        self.second_factor.validate(&self.listen)?;
        self.secret.validate(&self.database)
    }

    /// What works but is probably not meant, one line each: for `doctor` and the log at start.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.listen.warnings();
        warnings.extend(self.mail.warnings());
        warnings
    }
}

/// Every variable, section by section.
pub fn variables() -> impl Iterator<Item = &'static Variable> {
    let sections: [&[Variable]; 10] = [
        &database::VARIABLES,
        &listen::VARIABLES,
        &secret::VARIABLES,
        &mail::VARIABLES,
        &limits::VARIABLES,
        &second_factor::VARIABLES,
        &log::VARIABLES,
        &site::VARIABLES,
        &drain::VARIABLES,
        &source::VARIABLES,
    ];
    sections.into_iter().flatten()
}

fn is_variable(name: &str) -> bool {
    variables().any(|variable| variable.name == name)
}

fn is_secret(name: &str) -> bool {
    variables().any(|variable| variable.secret && variable.name == name)
}

/// Every variable as the table of the README.
#[must_use]
pub fn table() -> String {
    let row = |variable: &Variable| {
        let bare = variable.default.starts_with('(');
        let default = if bare {
            variable.default.to_owned()
        } else {
            format!("`{}`", variable.default)
        };
        // In a table a bar begins the next cell.
        let cells = [variable.meaning, variable.accepted].map(|text| text.replace('|', "\\|"));
        let [meaning, accepted] = cells;
        let name = variable.name;
        let file = if variable.secret {
            format!(" (or `{name}_FILE`)")
        } else {
            String::new()
        };
        format!("| `{name}`{file} | {default} | {meaning} | {accepted} |\n")
    };
    let head =
        "| variable | default | what it decides | what may be written |\n|---|---|---|---|\n";
    variables().fold(head.to_owned(), |table, variable| table + &row(variable))
}

#[cfg(test)]
mod tests;
