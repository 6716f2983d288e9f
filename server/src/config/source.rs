//! Where a value comes from: the environment, a file that a `…_FILE` variable names (secrets only),
//! then the TOML file, where the same names are written in lower case.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::variable::Variable;
use super::{is_secret, is_variable};

pub(super) const VARIABLES: [Variable; 1] = [Variable::new(
    "CLINICS_CONFIG",
    "(none)",
    "A TOML file that holds the same, names in lower case; the environment wins",
    "The path of a file; in the environment only",
)];

/// Answers for every variable.
pub(super) struct Source<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    read_file: &'a dyn Fn(&Path) -> io::Result<String>,
    file: BTreeMap<String, String>,
}

impl<'a> Source<'a> {
    pub(super) fn read(
        env: &'a dyn Fn(&str) -> Option<String>,
        read_file: &'a dyn Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let mut source = Self {
            env,
            read_file,
            file: BTreeMap::new(),
        };
        if let Some(path) = source.env("CLINICS_CONFIG") {
            source.file = parse_file(&path, &source.contents("CLINICS_CONFIG", &path)?)?;
        }
        Ok(source)
    }

    /// The value of `variable`, trimmed; `None` if it is set nowhere or empty.
    pub(super) fn get(&self, variable: &str) -> Result<Option<String>, ConfigError> {
        debug_assert!(is_variable(variable), "{variable} is not listed");
        let direct = self.env(variable);
        if let Some(from_file) =
            self.secret_file(variable, &|name| self.env(name), direct.is_some())?
        {
            return Ok(Some(from_file));
        }
        if direct.is_some() {
            return Ok(direct);
        }
        let in_file = |name: &str| self.file.get(&name.to_lowercase()).cloned();
        let direct = in_file(variable);
        let from_file = self.secret_file(variable, &in_file, direct.is_some())?;
        Ok(from_file.or(direct).filter(|value| !value.is_empty()))
    }

    fn secret_file(
        &self,
        variable: &str,
        look_up: &dyn Fn(&str) -> Option<String>,
        also_direct: bool,
    ) -> Result<Option<String>, ConfigError> {
        let name = format!("{variable}_FILE");
        let Some(path) = is_secret(variable).then(|| look_up(&name)).flatten() else {
            return Ok(None);
        };
        if also_direct {
            return Err(ConfigError::new(
                &name,
                format!("{variable} is set too"),
                "one of the two",
            ));
        }
        let text = self.contents(&name, &path)?.trim().to_owned();
        if text.is_empty() {
            return Err(ConfigError::wrong(
                &name,
                &path,
                "a file with the value in it; it is empty",
            ));
        }
        Ok(Some(text))
    }

    fn env(&self, name: &str) -> Option<String> {
        (self.env)(name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    fn contents(&self, variable: &str, path: &str) -> Result<String, ConfigError> {
        (self.read_file)(&PathBuf::from(path)).map_err(|error| {
            ConfigError::wrong(variable, path, format!("a file to read ({error})"))
        })
    }
}

fn parse_file(path: &str, text: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    let wrong = |expected: String| ConfigError::wrong("CLINICS_CONFIG", path, expected);
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        // Only the message: the error's full text quotes the line, which may hold a secret.
        let line = error
            .span()
            .map_or(1, |span| text[..span.start].lines().count().max(1));
        wrong(format!(
            "a TOML file, but line {line} is not: {}",
            error.message()
        ))
    })?;
    table
        .into_iter()
        .map(|(key, value)| {
            if !is_known(&key) {
                return Err(wrong(format!(
                    "only settings that exist; {key:?} is not one"
                )));
            }
            let text = as_text(&value)
                .ok_or_else(|| wrong(format!("a text, a number or a list of texts for {key:?}")))?;
            Ok((key, text))
        })
        .collect()
}

fn is_known(key: &str) -> bool {
    let upper = key.to_uppercase();
    let is_secret_file = upper.strip_suffix("_FILE").is_some_and(is_secret);
    let is_setting = is_variable(&upper) && upper != "CLINICS_CONFIG";
    key == key.to_lowercase() && (is_setting || is_secret_file)
}

fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.trim().to_owned()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(on) => Some(if *on { "on" } else { "off" }.to_owned()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}
