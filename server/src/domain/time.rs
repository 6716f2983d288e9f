//! The one place where civil time in London becomes an instant, an instant becomes civil time, and
//! either becomes words or text.
//!
//! Instants are UTC everywhere else. The policy for the two odd hours of the year:
//!
//! - **The hour that does not exist** (last Sunday of March): a time inside it means the instant it
//!   would have been had the clocks not changed yet, so it lands as far after the gap as it stood
//!   inside it: 01:30 becomes 02:30 British Summer Time, which is 01:30 UTC.
//! - **The hour that happens twice** (last Sunday of October): a time in it means the first.
//!
//! Nothing here reads the machine's clock or time zone, and nothing here panics: dates at the edge
//! of what can be represented are held at the edge.

use std::sync::{Mutex, PoisonError};

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset,
    SecondsFormat, TimeDelta, TimeZone, Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

/// The zone in which every clinic keeps its hours.
pub const ZONE: Tz = chrono_tz::Europe::London;

/// What the program takes the time from. Only the outermost layer asks; everything below is given
/// an instant.
pub trait Clock: Send + Sync {
    /// The instant it is now.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that stands still until it is told otherwise.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub const fn new(at: DateTime<Utc>) -> Self {
        Self(Mutex::new(at))
    }

    /// Puts the clock at `at`, forwards or backwards.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves the clock by `by`; it stays where it is if that cannot be represented.
    pub fn advance(&self, by: TimeDelta) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *at = at.checked_add_signed(by).unwrap_or(*at);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The instant meant by a civil date and time in London. Total; the head of this module states
/// what the odd hours mean.
#[must_use]
pub fn resolve(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let civil = date.and_time(time);
    match ZONE.from_local_datetime(&civil) {
        MappedLocalTime::Single(at) => at.to_utc(),
        MappedLocalTime::Ambiguous(one, other) => one.min(other).to_utc(),
        MappedLocalTime::None => past_the_gap(civil),
    }
}

/// A civil time that no clock shows, read with the offset in force before the gap.
fn past_the_gap(civil: NaiveDateTime) -> DateTime<Utc> {
    // A day earlier is before the gap and after any earlier change: no two lie within a day.
    let before = civil.checked_sub_days(Days::new(1)).unwrap_or(civil);
    let offset = ZONE.offset_from_utc_datetime(&before).fix();
    civil.checked_sub_offset(offset).unwrap_or(civil).and_utc()
}

/// Whether a clock in London shows this date and time at all.
#[must_use]
pub fn exists(date: NaiveDate, time: NaiveTime) -> bool {
    local(resolve(date, time)) == date.and_time(time)
}

/// The first instant of a local date.
#[must_use]
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    resolve(date, NaiveTime::MIN)
}

/// The first instant after a local date: the start of the next.
#[must_use]
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    date.succ_opt()
        .map_or(DateTime::<Utc>::MAX_UTC, start_of_day)
}

/// The civil date and time that a clock in London shows at an instant.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    let offset = ZONE.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc)
}

/// The date in London at an instant.
#[must_use]
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The date so many days later (earlier, if negative), held at the edge of the calendar.
#[must_use]
pub fn add_days(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days < 0 {
        date.checked_sub_days(by).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_days(by).unwrap_or(NaiveDate::MAX)
    }
}

/// The number of a weekday on forms, in the API and in the database: ISO 8601, Monday 1 to Sunday 7.
#[must_use]
pub fn weekday_number(weekday: Weekday) -> i64 {
    i64::from(weekday.number_from_monday())
}

/// The weekday of an ISO 8601 number, Monday 1 to Sunday 7; `None` for any other number.
#[must_use]
pub fn weekday_from_number(number: i64) -> Option<Weekday> {
    let from_monday = u8::try_from(number.checked_sub(1)?).ok()?;
    Weekday::try_from(from_monday).ok()
}

/// "Tuesday 1 December 2026".
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// "Tuesday 1 December".
#[must_use]
pub fn day_and_month(date: NaiveDate) -> String {
    date.format("%A %-d %B").to_string()
}

/// "Tue 1 Dec".
#[must_use]
pub fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// The time of day in London: "2:00pm", and "12:00 midday" and "12:00 midnight", because many
/// people do not know which of the two "12:00pm" is.
#[must_use]
pub fn clock(at: DateTime<Utc>) -> String {
    let time = local(at).time();
    match (time.hour(), time.minute()) {
        (0, 0) => "12:00 midnight".to_owned(),
        (12, 0) => "12:00 midday".to_owned(),
        _ => time.format("%-I:%M%P").to_string(),
    }
}

/// From one time of day to another, with the place whose clock it is: "2:00pm to 3:00pm, UK time".
#[must_use]
pub fn clock_range(start: DateTime<Utc>, end: DateTime<Utc>) -> String {
    format!("{} to {}, UK time", clock(start), clock(end))
}

/// A time of day with the place whose clock it is: "2:41pm, UK time".
#[must_use]
pub fn clock_here(at: DateTime<Utc>) -> String {
    format!("{}, UK time", clock(at))
}

/// An instant in full: "Sunday 22 November 2026, 2:41pm, UK time".
#[must_use]
pub fn moment(at: DateTime<Utc>) -> String {
    format!("{}, {}", long_date(local_date(at)), clock_here(at))
}

/// Minutes after midnight that a clock in London shows (0 to 1439): a place in a drawing of the day,
/// never a length of time.
#[must_use]
pub fn minute_of_day(at: DateTime<Utc>) -> i64 {
    i64::from(local(at).num_seconds_from_midnight() / 60)
}

/// The Monday of the week that a date is in.
#[must_use]
pub fn monday(date: NaiveDate) -> NaiveDate {
    add_days(date, -i64::from(date.weekday().num_days_from_monday()))
}

/// The seven days from `first`: "23 to 29 November 2026", "30 November to 6 December 2026".
#[must_use]
pub fn week_title(first: NaiveDate) -> String {
    let last = add_days(first, 6);
    let start = if first.year() != last.year() {
        "%-d %B %Y"
    } else if first.month() != last.month() {
        "%-d %B"
    } else {
        "%-d"
    };
    format!("{} to {}", first.format(start), last.format("%-d %B %Y"))
}

/// "November 2026".
#[must_use]
pub fn month_title(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

/// First and last date of the month that a date is in.
#[must_use]
pub fn month(date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = add_days(date, -i64::from(date.day0()));
    // Thirty-one days after the first is always in the next month.
    let later = add_days(first, 31);
    (first, add_days(later, -i64::from(later.day())))
}

/// RFC 3339 in UTC, to the second: "2026-12-01T14:00:00Z".
#[must_use]
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// ISO 8601: "2026-12-01".
#[must_use]
pub fn iso_date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// The month of a date in ISO 8601: "2026-12".
#[must_use]
pub fn iso_month(date: NaiveDate) -> String {
    date.format("%Y-%m").to_string()
}

/// Text that is not the time it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not an instant in RFC 3339.
    #[error("{0:?} is not an instant such as 2026-12-01T14:00:00Z")]
    Instant(String),
    /// Not a date that exists, written as year, month and day.
    #[error("{0:?} is not a date such as 2026-12-01")]
    Date(String),
}

/// The instant written in RFC 3339, with any offset.
pub fn parse_instant(text: &str) -> Result<DateTime<Utc>, Unreadable> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc())
        .map_err(|_| Unreadable::Instant(text.to_owned()))
}

/// A time of day such as "14:30"; `None` if it is none.
#[must_use]
pub fn parse_clock(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// The date written as [`iso_date`] writes it, and in no other way.
pub fn parse_date(text: &str) -> Result<NaiveDate, Unreadable> {
    // chrono also reads "2026-1-5" and "+2026-01-05"; two spellings of one date would make two links.
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| iso_date(*date) == text)
        .ok_or_else(|| Unreadable::Date(text.to_owned()))
}

#[cfg(test)]
mod tests;
