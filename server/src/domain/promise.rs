//! What a clinic promises about when it replies: within one working day when a case is urgent, within three otherwise
//! (the domain's review targets). Working days are Monday to Friday less closures.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};

use super::schedule::Dates;
use super::time;

/// Working days to the reply in an urgent case.
pub const URGENT_DAYS: u32 = 1;
/// Working days to the reply in any other case.
pub const USUAL_DAYS: u32 = 3;

/// Five in the afternoon: when a working day ends.
const END_OF_DAY: NaiveTime = NaiveTime::from_hms_opt(17, 0, 0).expect("a time of day");

/// The end (17:00 local, as a UTC instant) of the `working_days`-th working day after the date of `now`.
#[must_use]
pub fn reply_by(now: DateTime<Utc>, working_days: u32, closures: &[Dates]) -> DateTime<Utc> {
    let works = |date: &NaiveDate| {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
            && !closures
                .iter()
                .any(|closed| closed.from <= *date && *date <= closed.until)
    };
    let today = time::local_date(now);
    let count = usize::try_from(working_days.max(1)).unwrap_or(1);
    // A clinic that is closed for a year promises the last day looked at, which staff then see as due.
    let date = today
        .iter_days()
        .skip(1)
        .take(366)
        .filter(works)
        .nth(count - 1);
    time::resolve(
        date.unwrap_or_else(|| time::add_days(today, 366)),
        END_OF_DAY,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn a_reply_is_promised_for_a_working_day() {
        let friday = Utc.with_ymd_and_hms(2026, 12, 4, 16, 0, 0).unwrap();
        assert_eq!(
            time::local_date(reply_by(friday, URGENT_DAYS, &[])),
            day(12, 7)
        );
        assert_eq!(
            time::local_date(reply_by(friday, USUAL_DAYS, &[])),
            day(12, 9)
        );
    }

    #[test]
    fn bank_holidays_are_no_working_days() {
        let before = Utc.with_ymd_and_hms(2026, 12, 24, 12, 0, 0).unwrap();
        let closed = [
            Dates {
                from: day(12, 25),
                until: day(12, 25),
            },
            Dates {
                from: day(12, 28),
                until: day(12, 28),
            },
        ];
        assert_eq!(
            time::local_date(reply_by(before, URGENT_DAYS, &closed)),
            day(12, 29)
        );
    }

    #[test]
    fn a_working_day_ends_at_five_in_london_in_summer_too() {
        let summer = Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap();
        assert_eq!(time::clock(reply_by(summer, 1, &[])), "5:00pm");
    }
}
