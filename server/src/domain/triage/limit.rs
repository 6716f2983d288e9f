//! The time limit that a date starts: a cautious estimate of the last day to act, never a promise of one.

use chrono::{Days, Months, NaiveDate};

use super::{Case, Condition};

/// How a limit follows from a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// So many days after.
    Days(u64),
    /// So many calendar months after, cut to the end of a shorter month.
    Months(u32),
    /// Employment tribunals: three months less a day to start Acas conciliation. Counted both ways that are in
    /// use, and the earlier wins, so that nobody is told a day too late.
    EmploymentTribunal,
}

impl How {
    /// The limit. `None` only past the end of the calendar.
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => date.checked_add_days(Days::new(days)),
            Self::Months(months) => date.checked_add_months(Months::new(months)),
            Self::EmploymentTribunal => {
                let months_first = date.checked_add_months(Months::new(3))?.pred_opt()?;
                let day_first = date.pred_opt()?.checked_add_months(Months::new(3))?;
                Some(months_first.min(day_first))
            }
        }
    }
}

/// A limit of a question, and when it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// How it follows from the answer.
    pub how: How,
    /// When it applies; `None` means always.
    pub when: Option<Condition>,
}

impl Limit {
    /// The limits that apply to a date.
    pub(super) fn applying(
        limits: &[Self],
        date: NaiveDate,
        case: &Case<'_>,
    ) -> impl Iterator<Item = NaiveDate> {
        limits
            .iter()
            .filter(move |limit| limit.when.as_ref().is_none_or(|when| when.holds(case)))
            .filter_map(move |limit| limit.how.after(date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn domain_9_8_test_5_employment_tribunal_limit_is_three_months_less_a_day_and_the_earlier_wins()
    {
        for (event, limit) in [
            ("2022-02-02", "2022-05-01"),
            ("2026-11-30", "2027-02-27"),
            ("2026-12-01", "2027-02-28"),
            ("2027-11-30", "2028-02-28"),
            ("2026-01-01", "2026-03-31"),
        ] {
            assert_eq!(
                How::EmploymentTribunal.after(day(event)),
                Some(day(limit)),
                "{event}"
            );
        }
    }

    #[test]
    fn months_are_cut_to_the_end_of_a_shorter_month() {
        assert_eq!(
            How::Months(1).after(day("2026-01-31")),
            Some(day("2026-02-28"))
        );
        assert_eq!(
            How::Days(16).after(day("2026-12-20")),
            Some(day("2027-01-05"))
        );
    }

    #[test]
    fn the_end_of_the_calendar_is_no_limit_and_no_panic() {
        for how in [How::Days(1), How::Months(1), How::EmploymentTribunal] {
            assert_eq!(how.after(NaiveDate::MAX), None);
        }
    }
}
