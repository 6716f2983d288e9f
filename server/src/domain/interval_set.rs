//! Sets of time: sorted, disjoint, half-open intervals of whole seconds.
//!
//! Seconds rather than instants because sets are compared and cut far more often than they are
//! shown; [`super::time`] is where an instant becomes something people read. Touching intervals are
//! one interval, so that a set has exactly one form and equality means what it says. Nothing here
//! knows what the time is for.

use chrono::{DateTime, Utc};

/// A stretch of time `[from, until)`, in seconds since 1970-01-01T00:00:00Z. Empty unless
/// `from < until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First second inside.
    pub from: i64,
    /// First second after.
    pub until: i64,
}

impl Interval {
    /// From one second until another.
    #[must_use]
    pub const fn new(from: i64, until: i64) -> Self {
        Self { from, until }
    }

    /// The whole seconds that cover the time between two instants.
    #[must_use]
    pub fn between(from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self::new(from.timestamp(), second_from(until))
    }

    /// Whether there is no time in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// Whether some second is in both. Touching is not overlapping.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until && !self.is_empty() && !other.is_empty()
    }

    /// Whether all of `other` is inside; an empty interval is inside every other.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        other.is_empty() || (self.from <= other.from && other.until <= self.until)
    }
}

/// The first whole second that is not before an instant.
#[must_use]
pub fn second_from(at: DateTime<Utc>) -> i64 {
    at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0)
}

/// A set of seconds, kept as sorted intervals that neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntervalSet(Vec<Interval>);

impl FromIterator<Interval> for IntervalSet {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        Self::from_unsorted(intervals.into_iter().collect())
    }
}

impl IntervalSet {
    /// The time in any of these intervals, in whatever order they come. O(n log n).
    #[must_use]
    pub fn from_unsorted(mut intervals: Vec<Interval>) -> Self {
        intervals.retain(|interval| !interval.is_empty());
        intervals.sort_unstable();
        intervals.dedup_by(|next, kept| {
            let joined = next.from <= kept.until;
            if joined {
                kept.until = kept.until.max(next.until);
            }
            joined
        });
        Self(intervals)
    }

    /// The time in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// The time in both sets. O(n + m).
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let (mut mine, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        let mut both = Vec::new();
        while let (Some(one), Some(two)) = (mine.peek().copied(), theirs.peek().copied()) {
            let shared = Interval::new(one.from.max(two.from), one.until.min(two.until));
            if !shared.is_empty() {
                both.push(shared);
            }
            // Whichever ends first can meet nothing further.
            if one.until < two.until {
                mine.next();
            } else {
                theirs.next();
            }
        }
        Self(both)
    }

    /// The time in this set and not in `other`. O(n + m).
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        let mut left = Vec::with_capacity(self.0.len());
        let mut cuts = other.0.as_slice();
        for whole in self.iter() {
            let mut from = whole.from;
            while let Some((cut, later)) = cuts.split_first()
                && cut.from < whole.until
            {
                left.push(Interval::new(from, cut.from));
                from = from.max(cut.until);
                if cut.until > whole.until {
                    // It may cut into the next interval too.
                    break;
                }
                cuts = later;
            }
            left.push(Interval::new(from, whole.until));
        }
        left.retain(|interval| !interval.is_empty());
        Self(left)
    }

    /// Whether all of `interval` is in the set. O(log n).
    #[must_use]
    pub fn contains(&self, interval: Interval) -> bool {
        interval.is_empty()
            || self
                .ending_after(interval.from)
                .is_some_and(|held| held.contains(interval))
    }

    /// Whether some of `interval` is in the set. O(log n).
    #[must_use]
    pub fn overlaps(&self, interval: Interval) -> bool {
        self.ending_after(interval.from)
            .is_some_and(|held| held.overlaps(interval))
    }

    /// The first interval that ends after a second.
    fn ending_after(&self, second: i64) -> Option<Interval> {
        let index = self.0.partition_point(|held| held.until <= second);
        self.0.get(index).copied()
    }

    /// The intervals in order of time.
    pub fn iter(&self) -> impl Iterator<Item = Interval> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is no time in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests;
