//! Slows guessing without locking anybody out: each wrong try under a key makes the next wait longer, up to a limit.
//!
//! Promises: tries are counted in the database, so that every process counts the same; an account that does not exist
//! is counted like one that does; a browser in which the person has signed in before has a count of its own, so that
//! what strangers try elsewhere never keeps the person out. A try that has to wait is not looked at and not counted.

use chrono::{DateTime, TimeDelta, Utc};

use crate::context::Context;
use crate::store::{Records, Stored, TriesRow};

/// After so long without a wrong try, counting starts again.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// How fast a count makes one wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Wrong tries that cost nothing.
    free: i64,
    /// The wait after the first that costs; it doubles with each further one.
    first: TimeDelta,
    /// The longest wait.
    longest: TimeDelta,
}

/// For one account from one address or browser: five slips are free, then 10 seconds to 15 minutes.
pub const NEAR: Pace = Pace {
    free: 5,
    first: TimeDelta::seconds(10),
    longest: TimeDelta::minutes(15),
};

/// For one account from anywhere unknown: a swarm gets one try a minute; a person on a new browser waits a minute at
/// most.
pub const ANYWHERE: Pace = Pace {
    free: 30,
    first: TimeDelta::seconds(10),
    longest: TimeDelta::minutes(1),
};

/// For the codes of one account's second factor from anywhere unknown: whoever gets to try them knows the password, and a
/// code has six digits only.
pub const CODES_ANYWHERE: Pace = Pace {
    free: 30,
    first: TimeDelta::seconds(10),
    longest: TimeDelta::minutes(5),
};

impl Pace {
    /// How long the next try has to wait; nothing if it need not.
    #[must_use]
    pub fn wait(self, tries: TriesRow, now: DateTime<Utc>) -> TimeDelta {
        let costly = tries.failures - self.free;
        let since = TimeDelta::seconds((now.timestamp() - tries.last_at).max(0));
        if costly < 0 || since >= FORGOTTEN_AFTER {
            return TimeDelta::zero();
        }
        let factor = 1_i32 << costly.min(20);
        let pause = self
            .first
            .checked_mul(factor)
            .map_or(self.longest, |pause| pause.min(self.longest));
        (pause - since).max(TimeDelta::zero())
    }
}

/// A count: what it is about, as a keyed hash, and its pace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    key: Vec<u8>,
    pace: Pace,
}

impl Count {
    /// A count of its own for each kind of words.
    ///
    /// # Errors
    /// The context has no key.
    pub fn of(context: &Context, kind: &str, words: &[&str], pace: Pace) -> Stored<Self> {
        // Lengths keep two lists of words from making the same text.
        let text: Vec<String> = words
            .iter()
            .map(|word| format!("{}:{word}", word.len()))
            .collect();
        let key = context.blind(&format!("tries/{kind}"), &text.join(" "))?;
        Ok(Self {
            key: key.into_bytes(),
            pace,
        })
    }

    /// How long the next try has to wait.
    pub async fn wait(&self, tx: &mut dyn Records, now: DateTime<Utc>) -> Stored<TimeDelta> {
        Ok(self.pace.wait(tx.tries(&self.key).await?, now))
    }

    /// Counts a wrong try.
    pub async fn failed(&self, tx: &mut dyn Records, now: DateTime<Utc>) -> Stored<()> {
        let fresh = (now - FORGOTTEN_AFTER).timestamp();
        tx.count_try(&self.key, now.timestamp(), fresh).await
    }

    /// Tries that name the same words take turns until this transaction ends: each sees the one before it.
    pub async fn take_turns(counts: &[Self], tx: &mut dyn Records) -> Stored<()> {
        let turn = |count: &Self| {
            let first = count.key.iter().take(8);
            first.fold(0_i64, |turn, byte| (turn << 8) | i64::from(*byte))
        };
        let mut turns: Vec<i64> = counts.iter().map(turn).collect();
        turns.sort_unstable();
        tx.take_turns(&turns).await
    }

    /// A try that was counted before it was compared was right.
    pub async fn take_back(&self, tx: &mut dyn Records) -> Stored<()> {
        tx.take_back_try(&self.key).await
    }

    /// Starts counting again.
    pub async fn went_well(&self, tx: &mut dyn Records) -> Stored<()> {
        tx.forget_tries(&self.key).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    fn wait(pace: Pace, failures: i64, ago: i64) -> i64 {
        let tries = TriesRow {
            failures,
            last_at: noon().timestamp() - ago,
        };
        pace.wait(tries, noon()).num_seconds()
    }

    #[test]
    fn five_slips_are_free_and_then_the_wait_doubles_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = [0, 4, 5, 6, 7, 11, 12, 1_000]
            .into_iter()
            .map(|failures| wait(NEAR, failures, 0))
            .collect();
        assert_eq!(waits, [0, 0, 10, 20, 40, 640, 900, 900]);
        assert_eq!(wait(NEAR, 6, 15), 5);
        assert_eq!(wait(NEAR, 6, 20), 0);
    }

    #[test]
    fn a_swarm_never_keeps_a_person_waiting_longer_than_a_minute() {
        assert_eq!(wait(ANYWHERE, 29, 0), 0);
        assert_eq!(wait(ANYWHERE, 1_000_000, 0), 60);
    }

    #[test]
    fn a_swarm_that_knows_the_password_gets_twelve_codes_an_hour() {
        assert_eq!(wait(CODES_ANYWHERE, 29, 0), 0);
        assert_eq!(wait(CODES_ANYWHERE, 1_000_000, 0), 300);
    }

    #[test]
    fn after_a_day_it_is_forgotten() {
        assert_eq!(wait(NEAR, 1_000, FORGOTTEN_AFTER.num_seconds()), 0);
    }
}
