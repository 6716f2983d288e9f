//! When a reminder is due, and when nobody should be written to. Pure: what is due follows from the appointment and the
//! instant asked about, so that a worker that slept catches up with what is still useful and repeats nothing.

use std::fmt;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::time;

/// Nobody gets a mail that they did not cause from this hour on, by London's clocks.
const QUIET_FROM: NaiveTime = hour(21);
/// Until this hour.
const QUIET_UNTIL: NaiveTime = hour(8);
/// The latest moment of a reminder: an hour is left to catch up before the quiet hours.
const LATEST: NaiveTime = hour(20);

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// So shortly before the start a reminder helps nobody: people are on their way, or will not come.
pub const TOO_LATE: TimeDelta = TimeDelta::hours(2);

/// Whoever was told of the time so shortly before a reminder needs none.
const JUST_TOLD: TimeDelta = TimeDelta::hours(1);

/// No reminder is due longer before the start than this.
pub const EARLIEST: TimeDelta = TimeDelta::days(MOST_DAYS as i64 + 1);

/// Most days before.
const MOST_DAYS: u8 = 28;
/// Most reminders of one appointment.
const MOST: usize = 4;

/// How many days before the start a service reminds, farthest first; empty for never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Vec<u8>);

/// Not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no plan: up to {MOST} numbers of days from 1 to {MOST_DAYS}, such as 5,1")]
pub struct WrongPlan(pub String);

impl Default for Plan {
    /// Five days and one day before.
    fn default() -> Self {
        Self(vec![5, 1])
    }
}

impl Plan {
    /// Reads days separated by commas or spaces, in any order; repeated ones count once.
    ///
    /// # Errors
    /// Anything else, or more than four.
    pub fn parse(text: &str) -> Result<Self, WrongPlan> {
        let wrong = || WrongPlan(text.to_owned());
        let mut days = Vec::new();
        for word in text.split([',', ' ']).filter(|word| !word.is_empty()) {
            let day: u8 = word.parse().map_err(|_| wrong())?;
            if day == 0 || day > MOST_DAYS {
                return Err(wrong());
            }
            days.push(day);
        }
        days.sort_unstable_by(|one, other| other.cmp(one));
        days.dedup();
        if days.len() > MOST {
            return Err(wrong());
        }
        Ok(Self(days))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<String> = self.0.iter().map(u8::to_string).collect();
        f.write_str(&days.join(","))
    }
}

/// What has to be known of a confirmed appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Start, a UTC instant.
    pub starts_at: DateTime<Utc>,
    /// Since when the client knows that it is at this time: booked, cleared or moved then.
    pub known_since: DateTime<Utc>,
    /// The fewest days before for which this time was reminded of already.
    pub reminded: Option<u8>,
}

/// Whether it is night, between 21:00 and 08:00 in London.
#[must_use]
pub fn is_quiet(at: DateTime<Utc>) -> bool {
    let clock = time::local(at).time();
    !(QUIET_UNTIL..QUIET_FROM).contains(&clock)
}

/// The next 08:00 in London: when the night that this instant is in ends.
#[must_use]
pub fn end_of_quiet(at: DateTime<Utc>) -> DateTime<Utc> {
    let local = time::local(at);
    let days = i64::from(local.time() >= QUIET_UNTIL);
    time::resolve(time::add_days(local.date(), days), QUIET_UNTIL)
}

/// When the reminder so many days before is due: at the time of day of the appointment, but by day.
#[must_use]
pub fn moment(starts_at: DateTime<Utc>, days: u8) -> DateTime<Utc> {
    let local = time::local(starts_at);
    let date = time::add_days(local.date(), -i64::from(days));
    time::resolve(date, local.time().clamp(QUIET_UNTIL, LATEST))
}

/// The reminder (days before) to send now, if any. One at most: after an outage the last one that is due stands for all.
/// None for a moment before the client knew of the time, none at night, none too shortly before the start, and none so late
/// that the next reminder is nearer than its own moment.
#[must_use]
pub fn due(plan: &Plan, facts: &Facts, now: DateTime<Utc>) -> Option<u8> {
    if is_quiet(now) || now >= facts.starts_at - TOO_LATE {
        return None;
    }
    let own = |days: &u8| moment(facts.starts_at, *days);
    let at = plan.0.iter().rposition(|days| own(days) <= now)?;
    let days = *plan.0.get(at)?;
    let told = facts.reminded.is_some_and(|reminded| reminded <= days);
    let booked_too_late = facts.known_since + JUST_TOLD > own(&days);
    let left_to_the_next = plan
        .0
        .get(at + 1)
        .is_some_and(|next| now - own(&days) > own(next) - now);
    (!told && !booked_too_late && !left_to_the_next).then_some(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::at;

    /// Tuesday 1 December, 14:00, booked on 22 November.
    fn facts() -> Facts {
        Facts {
            starts_at: at(12, 1, 14, 0),
            known_since: at(11, 22, 12, 0),
            reminded: None,
        }
    }

    fn on(now: DateTime<Utc>, facts: &Facts) -> Option<u8> {
        due(&Plan::default(), facts, now)
    }

    #[test]
    fn five_days_and_one_day_before_by_default_at_the_time_of_day_of_the_appointment() {
        assert_eq!(on(at(11, 26, 13, 59), &facts()), None);
        assert_eq!(on(at(11, 26, 14, 0), &facts()), Some(5));
        assert_eq!(on(at(11, 30, 13, 59), &facts()), None, "left to the next");
        assert_eq!(on(at(11, 30, 14, 0), &facts()), Some(1));
        let reminded = |days| Facts {
            reminded: Some(days),
            ..facts()
        };
        assert_eq!(on(at(11, 26, 15, 0), &reminded(5)), None);
        assert_eq!(on(at(11, 30, 14, 0), &reminded(5)), Some(1));
        assert_eq!(on(at(11, 30, 14, 0), &reminded(1)), None);
    }

    #[test]
    fn lesson_28_after_an_outage_the_useful_ones_go_once() {
        assert_eq!(on(at(11, 26, 17, 0), &facts()), Some(5), "three hours late");
        assert_eq!(on(at(11, 28, 13, 0), &facts()), Some(5), "two days late");
        assert_eq!(
            on(at(11, 29, 14, 0), &facts()),
            None,
            "tomorrow's is nearer"
        );
        assert_eq!(on(at(12, 1, 11, 59), &facts()), Some(1));
        assert_eq!(on(at(12, 1, 12, 0), &facts()), None, "two hours before");
    }

    #[test]
    fn lesson_28_booked_too_late_for_a_reminder_it_is_skipped() {
        let known = |known_since| Facts {
            known_since,
            ..facts()
        };
        // Two hours before the start, and three days before.
        assert_eq!(on(at(12, 1, 12, 0), &known(at(12, 1, 12, 0))), None);
        assert_eq!(on(at(11, 30, 14, 5), &known(at(11, 30, 14, 2))), None);
        assert_eq!(on(at(11, 28, 14, 5), &known(at(11, 28, 14, 0))), None);
        assert_eq!(on(at(11, 30, 14, 0), &known(at(11, 28, 14, 0))), Some(1));
    }

    #[test]
    fn lesson_17_nobody_is_reminded_of_the_past() {
        for days in 0..40 {
            let now = facts().starts_at + TimeDelta::hours(days);
            assert_eq!(on(now, &facts()), None, "{now}");
        }
    }

    #[test]
    fn none_between_21_00_and_08_00_by_londons_clocks() {
        // In July London is an hour ahead of UTC.
        let july = |hour| at(7, 10, hour, 0);
        assert!(!is_quiet(july(7)) && is_quiet(july(6)));
        assert!(is_quiet(july(20)) && !is_quiet(july(19)));
        assert_eq!(end_of_quiet(at(12, 1, 23, 0)), at(12, 2, 8, 0));
        assert_eq!(end_of_quiet(at(12, 2, 3, 0)), at(12, 2, 8, 0));
        let early = Facts {
            starts_at: at(12, 1, 7, 30),
            ..facts()
        };
        assert_eq!(on(at(11, 30, 7, 59), &early), None);
        assert_eq!(on(at(11, 30, 8, 0), &early), Some(1));
        let late = Facts {
            starts_at: at(12, 1, 21, 30),
            ..facts()
        };
        assert_eq!(on(at(11, 30, 20, 0), &late), Some(1));
        assert_eq!(on(at(11, 30, 21, 30), &late), None);
        assert_eq!(on(at(12, 1, 8, 0), &late), Some(1), "after the night");
    }

    #[test]
    fn a_plan_is_read_in_any_order_and_a_wrong_one_is_named() {
        assert_eq!(Plan::parse("1, 5,5").unwrap(), Plan::default());
        assert_eq!(Plan::parse("").unwrap().to_string(), "");
        assert_eq!(Plan::parse("2 14 7").unwrap().to_string(), "14,7,2");
        for wrong in ["0", "29", "-1", "one", "5;1", "1,2,3,4,5", "999"] {
            assert_eq!(Plan::parse(wrong), Err(WrongPlan(wrong.into())));
        }
        assert_eq!(due(&Plan(Vec::new()), &facts(), at(11, 30, 15, 0)), None);
    }

    proptest! {
        /// However often and at whatever minutes the worker looks.
        #[test]
        fn lesson_28_each_reminder_goes_once_at_most_and_never_at_night(
            steps in proptest::collection::vec(1_i64..2000, 1..200), hour in 0_u32..24, plan in proptest::collection::vec(1_u8..28, 0..5),
        ) {
            let text: Vec<String> = plan.iter().map(u8::to_string).collect();
            let Ok(plan) = Plan::parse(&text.join(",")) else { return Ok(()); };
            let mut facts = Facts { starts_at: at(12, 20, hour, 0), ..facts() };
            let (mut now, mut sent) = (facts.known_since, Vec::new());
            for step in steps {
                now += TimeDelta::minutes(step);
                if let Some(days) = due(&plan, &facts, now) {
                    prop_assert!(!is_quiet(now) && now < facts.starts_at - TOO_LATE);
                    prop_assert!(sent.iter().all(|earlier| *earlier > days), "{sent:?} {days}");
                    sent.push(days);
                    facts.reminded = Some(days);
                }
            }
        }
    }
}
