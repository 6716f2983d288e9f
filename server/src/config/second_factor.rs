//! `SECOND_FACTOR`: on, or off for tests on one machine.

use super::error::ConfigError;
use super::listen::Listen;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 1] = [Variable::new(
    "SECOND_FACTOR",
    "on",
    "Whether a second factor is asked of those who see more than their own cases; the sample set-up on loopback asks none",
    "`on`, or `off` on a loopback address only (for tests)",
)];

const VARIABLE: &str = "SECOND_FACTOR";

/// The second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whether those who see more than their own cases have to set one up. One that is set up is asked for always.
    pub on: bool,
}

impl SecondFactor {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        match source.get(VARIABLE)?.as_deref() {
            None | Some("on") => Ok(Self { on: true }),
            Some("off") => Ok(Self { on: false }),
            Some(other) => Err(ConfigError::wrong(VARIABLE, other, "on or off")),
        }
    }

    /// Off is for tests on one machine; on a network it would be forgotten.
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
