//! `RATE_LIMITS`: on, or off for load tests.

use super::error::ConfigError;
use super::listen::Listen;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 1] = [Variable::new(
    "RATE_LIMITS",
    "on",
    "Whether what one client may do in a time is limited",
    "`on`, or `off` on a loopback address only (for load tests)",
)];

const VARIABLE: &str = "RATE_LIMITS";

/// Rate limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Whether writes are limited.
    pub on: bool,
}

impl Limits {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        match source.get(VARIABLE)?.as_deref() {
            None | Some("on") => Ok(Self { on: true }),
            Some("off") => Ok(Self { on: false }),
            Some(other) => Err(ConfigError::wrong(VARIABLE, other, "on or off")),
        }
    }

    /// Off is for load tests on one machine; on a network it would be forgotten.
    pub(super) fn validate(self, listen: &Listen) -> Result<(), ConfigError> {
        if self.on || listen.is_loopback() {
            return Ok(());
        }
        let expected = format!(
            "on, because LISTEN is {} and not a loopback address such as 127.0.0.1:3000",
            listen.address
        );
        Err(ConfigError::wrong(VARIABLE, "off", expected))
    }
}
