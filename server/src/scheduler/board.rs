//! What each activation did last, to be looked at.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::activation::Activation;

/// What an activation did last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Which.
    pub activation: Activation,
    /// Rounds since the worker started.
    pub rounds: u64,
    /// Rounds that failed one after another up to now; 0 if the last went well.
    pub failing: u64,
    /// When the last round began, a UTC instant.
    pub started_at: DateTime<Utc>,
    /// When it ended, a UTC instant.
    pub ended_at: DateTime<Utc>,
    /// What it did or what went wrong; empty if there was nothing to do. No personal data.
    pub last: String,
}

/// The activities of one worker. Clones show the same.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Mutex<BTreeMap<Activation, Activity>>>);

impl Board {
    /// What each activation did last, those that have not run yet left out.
    #[must_use]
    pub fn read(&self) -> Vec<Activity> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }

    /// Notes a round, and logs it if there is something to say.
    pub(super) fn note(
        &self,
        activation: Activation,
        started_at: DateTime<Utc>,
        ended_at: DateTime<Utc>,
        outcome: Result<String, String>,
    ) {
        let name = activation.as_str();
        match &outcome {
            Ok(done) if done.is_empty() => tracing::debug!(activation = name, "nothing to do"),
            Ok(done) => tracing::info!(activation = name, done),
            Err(error) => tracing::error!(
                activation = name,
                error,
                "a round failed and will come again"
            ),
        }
        let mut board = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = board.get(&activation);
        let failing = if outcome.is_ok() {
            0
        } else {
            before.map_or(0, |before| before.failing) + 1
        };
        let activity = Activity {
            activation,
            rounds: before.map_or(0, |before| before.rounds) + 1,
            failing,
            started_at,
            ended_at,
            last: outcome.unwrap_or_else(|error| error),
        };
        board.insert(activation, activity);
    }
}
