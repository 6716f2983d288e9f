//! What can be said of a variable: the one place that the reference, the README and the reader of the TOML file go by.

/// A variable of the environment. In the TOML file it has the same name in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What holds without it: a value, or words in brackets.
    pub default: &'static str,
    /// What it decides.
    pub meaning: &'static str,
    /// What may be written.
    pub accepted: &'static str,
    /// Whether it is or holds a secret: it is never shown, and `NAME_FILE` may name a file with the value.
    pub secret: bool,
}

impl Variable {
    pub(super) const fn new(
        name: &'static str,
        default: &'static str,
        meaning: &'static str,
        accepted: &'static str,
    ) -> Self {
        Self {
            name,
            default,
            meaning,
            accepted,
            secret: false,
        }
    }

    pub(super) const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }
}
