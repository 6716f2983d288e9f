//! Which dates can be booked at all: terms, closures, notice, horizon, deadline, end of term.
//! Knows nothing of the hours of a day, of people or of rooms.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Ask, Unavailable, minutes};
use crate::domain::interval_set::{Interval, IntervalSet, second_from};
use crate::domain::schedule::{Dates, Facts};
use crate::domain::time;
use crate::domain::triage::Spare;

/// The dates of one service that are open to one ask.
pub(super) struct Openings<'a> {
    facts: &'a Facts,
    ask: &'a Ask,
    today: NaiveDate,
    /// Last local date that may be booked yet.
    horizon: NaiveDate,
    /// Terms without closures.
    open: IntervalSet,
}

impl<'a> Openings<'a> {
    pub(super) fn new(facts: &'a Facts, ask: &'a Ask) -> Self {
        let today = time::local_date(ask.now);
        Self {
            facts,
            ask,
            today,
            horizon: time::add_days(today, facts.rules.horizon_days.max(0)),
            open: whole_days(&facts.terms).subtract(&whole_days(&facts.closures)),
        }
    }

    /// First and last date to list, both inclusive; `None` if there is none.
    pub(super) fn dates(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.ask.from.max(self.today);
        let last = self.ask.until.min(self.horizon);
        (first <= last).then_some((first, last))
    }

    /// The first second at which a meeting may start with the notice that the service wants.
    pub(super) fn earliest(&self) -> i64 {
        let notice = minutes(self.facts.rules.notice_minutes);
        let earliest = self.ask.now.checked_add_signed(notice);
        second_from(earliest.unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// Whether a start is late enough, and its date open.
    pub(super) fn admit(&self, start: DateTime<Utc>) -> Result<(), Unavailable> {
        if start < self.ask.now {
            return Err(Unavailable::Past);
        }
        if start.timestamp() < self.earliest() {
            return Err(Unavailable::TooSoon);
        }
        self.admit_date(time::local_date(start))
    }

    /// Whether a date is near enough, in term, not closed, and early enough to be of use.
    pub(super) fn admit_date(&self, date: NaiveDate) -> Result<(), Unavailable> {
        if date > self.horizon {
            return Err(Unavailable::TooFar);
        }
        if !self.open.contains(whole_day(date)) {
            return Err(Unavailable::Closed);
        }
        let done = time::add_days(date, self.facts.rules.turnaround_days.max(0));
        if self.past_the_deadline(date) || self.past_the_term(date, done) {
            return Err(Unavailable::TooLate);
        }
        Ok(())
    }

    /// Advice comes after the meeting, so it is the day the work is done that has to be in time.
    fn past_the_deadline(&self, date: NaiveDate) -> bool {
        let spare = Spare {
            turnaround_days: self.facts.rules.turnaround_days.max(0),
            buffer_days: self.ask.safety_days.max(0),
        };
        self.ask
            .deadline
            .is_some_and(|deadline| !spare.in_time(date, deadline))
    }

    /// Nobody is there to finish the work once the term that the meeting lies in is over.
    fn past_the_term(&self, date: NaiveDate, done: NaiveDate) -> bool {
        let around = |term: &&Dates| term.from <= date && date <= term.until;
        let term_ends = self
            .facts
            .terms
            .iter()
            .filter(around)
            .map(|term| term.until);
        term_ends.max().is_none_or(|end| done > end)
    }
}

fn whole_day(date: NaiveDate) -> Interval {
    Interval::between(time::start_of_day(date), time::end_of_day(date))
}

fn whole_days(stretches: &[Dates]) -> IntervalSet {
    stretches
        .iter()
        .map(|days| Interval::between(time::start_of_day(days.from), time::end_of_day(days.until)))
        .collect()
}
