//! Just enough of a calendar to draw the weeks between two dates: a browser has no date library of
//! ours, and needs none to lay out days. Dates are `YYYY-MM-DD`; a text that is not one draws nothing.

/// A date as year, month (1 to 12) and day.
type Civil = (i64, i64, i64);

/// One square of the month strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// `YYYY-MM-DD`
    pub date: String,
    /// Day of the month.
    pub day: i64,
    /// Month, 1 to 12.
    pub month: i64,
}

/// The whole weeks, Monday first, from the week of `first` to the week of `last`: at most ten.
pub fn weeks(first: &str, last: &str) -> Vec<[Square; 7]> {
    let (Some(first), Some(last)) = (parse(first), parse(last)) else {
        return Vec::new();
    };
    let start = days_from_civil(first);
    // Day 0 (1 January 1970) was a Thursday: three days after its Monday.
    let monday = start - (start + 3).rem_euclid(7);
    let count = ((days_from_civil(last) - monday) / 7 + 1).clamp(0, 10);
    (0..count)
        .map(|week| {
            std::array::from_fn(|day| square(monday + week * 7 + i64::try_from(day).unwrap_or(0)))
        })
        .collect()
}

fn square(day: i64) -> Square {
    let (year, month, date) = civil_from_days(day);
    Square {
        date: format!("{year:04}-{month:02}-{date:02}"),
        day: date,
        month,
    }
}

fn parse(date: &str) -> Option<Civil> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

// Howard Hinnant, "chrono-compatible low-level date algorithms": days since 1 January 1970 in the
// Gregorian calendar, counted in eras of 400 years that start in March.
fn days_from_civil((year, month, day): Civil) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> Civil {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eighty_years_comes_back_as_it_went() {
        for day in days_from_civil((1990, 1, 1))..days_from_civil((2070, 1, 1)) {
            assert_eq!(days_from_civil(civil_from_days(day)), day);
        }
        assert_eq!(days_from_civil((1970, 1, 1)), 0);
        assert_eq!(
            civil_from_days(days_from_civil((2028, 2, 28)) + 1),
            (2028, 2, 29)
        );
    }

    #[test]
    fn weeks_start_on_monday_and_cover_both_dates() {
        let weeks = weeks("2026-11-22", "2026-12-01");
        assert_eq!(weeks.len(), 3);
        assert_eq!(weeks[0][0].date, "2026-11-16");
        assert_eq!(
            weeks[2][1],
            Square {
                date: "2026-12-01".into(),
                day: 1,
                month: 12
            }
        );
    }

    #[test]
    fn what_is_not_a_date_or_runs_backwards_draws_nothing() {
        assert!(weeks("", "2026-12-01").is_empty());
        assert!(weeks("2026-12-20", "2026-12-01").is_empty());
        assert_eq!(weeks("2026-01-01", "2036-01-01").len(), 10);
    }
}
