//! What islands and the server say to each other, as JSON.

use serde::{Deserialize, Serialize};

/// A hold, as the timer shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldState {
    /// Whole seconds until the hold ends; 0 when it has ended.
    pub seconds_left: u32,
    /// When it ends, in words such as "3:24pm"; empty when it has ended.
    pub ends_at: String,
}

/// The words of the hold timer, ready for each number so that every language can have its plurals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldWords {
    /// What is kept and until when, with `{until}` in place of the time that it ends.
    pub kept: String,
    /// What was kept, when the hold has ended.
    pub was: String,
    /// What to show with 0, 1, 2… whole minutes left.
    pub minutes: Vec<String>,
    /// What to show with 0, 10, 20… seconds left.
    pub seconds: Vec<String>,
    /// Said aloud when two minutes are left.
    pub soon: String,
    /// Shown and said when the hold has ended.
    pub ended: String,
}
