//! `DRAIN_DELAY`: how a process ends.

use std::time::Duration;

use super::database::Database;
use super::error::ConfigError;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 1] = [Variable::new(
    "DRAIN_DELAY",
    "(0 with SQLite, 5 with PostgreSQL)",
    "How long a process that is told to stop serves on after `/readyz` has begun to say no",
    "Whole seconds, 0 to 60",
)];

const VARIABLE: &str = "DRAIN_DELAY";
/// Longer than any balancer takes to notice, and short enough to wait for.
const MOST: u64 = 60;
/// Two looks of a balancer that looks every other second.
const BESIDE_OTHERS: u64 = 5;

/// How a process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drain {
    /// How long it serves on after it has said that it is not ready any more.
    pub delay: Duration,
}

impl Drain {
    pub(super) fn read(source: &Source<'_>, database: &Database) -> Result<Self, ConfigError> {
        let seconds = match source.get(VARIABLE)? {
            Some(text) => text
                .parse()
                .ok()
                .filter(|seconds| *seconds <= MOST)
                .ok_or_else(|| {
                    let expected = format!("whole seconds from 0 to {MOST}");
                    ConfigError::wrong(VARIABLE, &text, expected)
                })?,
            // Alone on its database there is nobody to send people to: waiting would only make the gap longer.
            None if database.sqlite_path().is_some() => 0,
            None => BESIDE_OTHERS,
        };
        Ok(Self {
            delay: Duration::from_secs(seconds),
        })
    }
}
