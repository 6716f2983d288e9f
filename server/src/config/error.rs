//! What is said about a wrong value: one line, no secret.

use url::Url;

/// One setting that the program cannot start with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {found}, expected {expected}")]
pub struct ConfigError {
    /// The variable, by its name in the environment.
    pub variable: String,
    /// The value, quoted; or what there was instead of one. Never a secret.
    pub found: String,
    /// What was expected, with an example.
    pub expected: String,
}

impl ConfigError {
    /// The value is wrong, and may be shown.
    pub fn wrong(variable: &str, value: &str, expected: impl Into<String>) -> Self {
        // Debug quoting keeps a value with line breaks on one line.
        Self::new(variable, format!("{value:?} is not right"), expected)
    }

    /// The value is wrong, and is or holds a secret.
    pub fn wrong_secret(variable: &str, expected: impl Into<String>) -> Self {
        Self::new(variable, "the value (not shown) is not right", expected)
    }

    /// There is no value.
    pub fn missing(variable: &str, expected: impl Into<String>) -> Self {
        Self::new(variable, "not set", expected)
    }

    pub(super) fn new(
        variable: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            variable: variable.to_owned(),
            found: found.into(),
            expected: expected.into(),
        }
    }
}

/// The URL as it may be shown: without password, and without a query, which may hold one too.
#[must_use]
pub fn redact_url(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return "(not shown)".to_owned();
    };
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "(not shown)".to_owned();
    }
    // Without `//` there is no host, and what looks like one may be a password.
    if !url.has_host() {
        return format!("{}:(not shown)", url.scheme());
    }
    if url.query().is_some() {
        url.set_query(Some("***"));
    }
    url.set_fragment(None);
    url.to_string()
}
