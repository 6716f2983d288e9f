//! How a command fails.

use std::io;

use crate::config::ConfigError;
use crate::sample::SampleError;
use crate::store::StoreError;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The command or the configuration is wrong: trying again will not help.
    Wrong(String),
    /// Something went wrong on the way.
    Failed(anyhow::Error),
    /// What is wrong has been printed.
    Shown,
}

impl Failure {
    /// The exit code.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Wrong(_) => 2,
            Self::Failed(_) | Self::Shown => 1,
        }
    }

    /// The line for standard error, if there is something to add: always one line.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let text = match self {
            Self::Wrong(text) => text.clone(),
            Self::Failed(error) => format!("{error:#}"),
            Self::Shown => return None,
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Wrong(error.to_string())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SampleError> for Failure {
    fn from(error: SampleError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line_whatever_its_cause_says() {
        let error = anyhow::anyhow!("no\n  answer\tthere").context("DATABASE_URL");
        let failure = Failure::from(error);
        assert_eq!(failure.line().unwrap(), "DATABASE_URL: no answer there");
        assert_eq!(failure.code(), 1);
        assert_eq!(Failure::Wrong("LISTEN".to_owned()).code(), 2);
        assert_eq!((Failure::Shown.line(), Failure::Shown.code()), (None, 1));
    }
}
