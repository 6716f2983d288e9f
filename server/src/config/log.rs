//! `LOG` and `LOG_FORMAT`: what is logged, and how.

use tracing_subscriber::EnvFilter;

use super::error::ConfigError;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 2] = [
    Variable::new(
        "LOG",
        "info,sqlx=warn",
        "What is logged",
        "A filter, such as `info` or `warn,clinics=debug`",
    ),
    Variable::new(
        "LOG_FORMAT",
        "text",
        "The form of a line",
        "`text` or `json`",
    ),
];

const DEFAULT_FILTER: &str = "info,sqlx=warn";

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// A filter such as `info` or `warn,clinics=debug`; checked.
    pub filter: String,
    /// The form of a line.
    pub format: LogFormat,
}

/// The form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

impl Log {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        let filter = source
            .get("LOG")?
            .unwrap_or_else(|| DEFAULT_FILTER.to_owned());
        if EnvFilter::builder().parse(&filter).is_err() {
            let expected = "a filter, such as info or warn,clinics=debug";
            return Err(ConfigError::wrong("LOG", &filter, expected));
        }
        let format = match source.get("LOG_FORMAT")?.as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(other) => return Err(ConfigError::wrong("LOG_FORMAT", other, "text or json")),
        };
        Ok(Self { filter, format })
    }
}
