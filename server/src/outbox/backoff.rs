//! When a message is tried again: after a minute, then twice as long each time, up to six hours; for three days in all.
//! Three days outlast a weekend without anybody to restart a mail server.

use chrono::{DateTime, TimeDelta, Utc};

/// A message that was in hand so often is given up, whatever became of it. Three days of back-off are some twenty tries,
/// so only a message over which the process dies each time gets here.
pub(super) const MOST_ATTEMPTS: i64 = 30;

const FIRST: TimeDelta = TimeDelta::minutes(1);
const LONGEST: TimeDelta = TimeDelta::hours(6);
const GIVE_UP_AFTER: TimeDelta = TimeDelta::days(3);

/// When to try again after `attempts` tries (1 or more), or `None` to give up: the message has been tried for three days,
/// or the next try would come after `useful_until`. `jitter` (0 to 255) lengthens the wait by up to a quarter, so that
/// messages that failed together do not come back together.
pub(super) fn next_try(
    attempts: i64,
    queued_at: DateTime<Utc>,
    now: DateTime<Utc>,
    useful_until: Option<DateTime<Utc>>,
    jitter: u8,
) -> Option<DateTime<Utc>> {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 16)).unwrap_or(0);
    let wait = (FIRST * 2_i32.pow(doublings)).min(LONGEST);
    let next = now + wait + wait * i32::from(jitter) / 1024;
    let in_time = useful_until.is_none_or(|end| next < end);
    (in_time && next < queued_at + GIVE_UP_AFTER).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    #[test]
    fn each_wait_is_twice_the_last_up_to_six_hours() {
        let wait = |attempts| {
            (next_try(attempts, noon(), noon(), None, 0).unwrap() - noon()).num_minutes()
        };
        assert_eq!(
            [1, 2, 3, 4, 5, 9, 10, 20, 1000].map(wait),
            [1, 2, 4, 8, 16, 256, 360, 360, 360]
        );
        let longest = next_try(10, noon(), noon(), None, 255).unwrap() - noon();
        assert!(
            longest > TimeDelta::minutes(440) && longest < TimeDelta::minutes(451),
            "{longest}"
        );
    }

    #[test]
    fn lesson_27_tries_go_on_over_a_weekend_and_end_after_three_days() {
        let (mut now, mut attempts) = (noon(), 1);
        while let Some(next) = next_try(attempts, noon(), now, None, 128) {
            (now, attempts) = (next, attempts + 1);
        }
        let tried_for = now - noon();
        assert!(
            tried_for > TimeDelta::hours(60) && tried_for < GIVE_UP_AFTER,
            "{tried_for}"
        );
        assert!(attempts < MOST_ATTEMPTS, "{attempts}");
    }

    #[test]
    fn a_try_that_would_come_too_late_is_not_waited_for() {
        let start = noon() + TimeDelta::minutes(5);
        assert!(next_try(3, noon(), noon(), Some(start), 0).is_some());
        assert!(next_try(4, noon(), noon(), Some(start), 0).is_none());
    }
}
