//! The day on which answers are assessed: what "in seven days" and "outside term" are counted from.

use chrono::NaiveDate;

use crate::domain::schedule::Dates;

/// A local date (Europe/London), with the clinic's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// Today.
    pub date: NaiveDate,
    /// The clinic's terms. While none is known every date is outside term, so that a person looks at it.
    pub terms: &'a [Dates],
}

impl Day<'_> {
    /// Whether a date is in none of the terms.
    #[must_use]
    pub fn is_outside_term(&self, date: NaiveDate) -> bool {
        let around = |term: &Dates| term.from <= date && date <= term.until;
        !self.terms.iter().any(around)
    }

    /// Days from today to a date; negative if it has passed.
    #[must_use]
    pub fn days_until(&self, date: NaiveDate) -> i64 {
        (date - self.date).num_days()
    }
}

/// A date of which no terms are known.
impl From<NaiveDate> for Day<'_> {
    fn from(date: NaiveDate) -> Self {
        Self { date, terms: &[] }
    }
}
