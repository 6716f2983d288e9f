//! What stands on every page: `SITE_NAME`, `TELEPHONE`, `TELEPHONE_HOURS`.

use super::error::ConfigError;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 3] = [
    Variable::new(
        "SITE_NAME",
        "Met Lab Clinics",
        "The name on every page",
        "One line",
    ),
    Variable::new(
        "TELEPHONE",
        "(none)",
        "The telephone number on every page",
        "A number as people write it",
    ),
    Variable::new(
        "TELEPHONE_HOURS",
        "(none)",
        "When it is answered",
        "One line",
    ),
];

/// Most characters of each: they stand in one line of every page.
const LONGEST: usize = 100;

/// The name and the telephone on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name of the service.
    pub name: String,
    /// Telephone of the front desk, as shown; empty if none is set.
    pub telephone: String,
    /// When it is answered; empty if not set.
    pub telephone_hours: String,
}

impl Site {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        Ok(Self {
            name: one_line(source, "SITE_NAME")?.unwrap_or_else(|| "Met Lab Clinics".to_owned()),
            telephone: telephone(source)?,
            telephone_hours: one_line(source, "TELEPHONE_HOURS")?.unwrap_or_default(),
        })
    }
}

fn one_line(source: &Source<'_>, variable: &str) -> Result<Option<String>, ConfigError> {
    let value = source.get(variable)?;
    match &value {
        Some(text) if text.chars().count() > LONGEST || text.chars().any(char::is_control) => {
            Err(ConfigError::wrong(
                variable,
                text,
                format!("one line of at most {LONGEST} characters"),
            ))
        }
        _ => Ok(value),
    }
}

fn telephone(source: &Source<'_>) -> Result<String, ConfigError> {
    let text = one_line(source, "TELEPHONE")?.unwrap_or_default();
    let fits = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +()-".contains(c));
    if fits && (text.is_empty() || text.chars().any(|c| c.is_ascii_digit())) {
        return Ok(text);
    }
    Err(ConfigError::wrong(
        "TELEPHONE",
        &text,
        "a telephone number, such as 020 7946 0000",
    ))
}
