//! How many minutes of advisers a clinic's sessions offered: each session on each date on which the clinic was open, times
//! those who advise in it. Pure.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::time;
use crate::store::{HoursRow, OpenDatesRow};

/// Minutes from `from` to `until`, both inclusive, for one clinic. Closures and dates outside term offer none; sessions of a
/// date itself replace the weekly ones. Absences of one person are not taken off.
pub(super) fn offered_minutes(
    clinic: &str,
    sessions: &[HoursRow],
    dates: &[OpenDatesRow],
    (from, until): (NaiveDate, NaiveDate),
) -> i64 {
    let own: Vec<&HoursRow> = sessions
        .iter()
        .filter(|one| one.clinic_id == clinic)
        .collect();
    let on = |date: NaiveDate, term: bool| {
        dates.iter().any(|row| {
            row.clinic_id.as_deref().is_none_or(|id| id == clinic)
                && (row.kind == "term") == term
                && row.from_date <= date
                && date <= row.until_date
        })
    };
    from.iter_days()
        .take_while(|date| *date <= until)
        .filter(|date| on(*date, true) && !on(*date, false))
        .map(|date| of_date(&own, date))
        .sum()
}

fn of_date(sessions: &[&HoursRow], date: NaiveDate) -> i64 {
    let weekday = time::weekday_number(date.weekday());
    let in_force =
        |one: &&&HoursRow| one.from_date <= date && one.until_date.is_none_or(|last| date <= last);
    let (single, weekly): (Vec<&&HoursRow>, Vec<&&HoursRow>) = sessions
        .iter()
        .filter(in_force)
        .partition(|one| one.weekday.is_none());
    let chosen = if single.is_empty() { weekly } else { single };
    chosen
        .into_iter()
        .filter(|one| one.weekday.is_none_or(|day| day == weekday))
        .filter_map(|one| Some((one.end_minute? - one.start_minute?) * one.advisers))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn dated(clinic: Option<&str>, kind: &str, from: u32, until: u32) -> OpenDatesRow {
        OpenDatesRow {
            clinic_id: clinic.map(str::to_owned),
            kind: kind.to_owned(),
            from_date: date(from),
            until_date: date(until),
        }
    }

    #[test]
    fn a_session_offers_its_hours_times_its_advisers_on_every_open_date() {
        let monday = HoursRow {
            clinic_id: "law".into(),
            weekday: Some(1),
            from_date: date(1),
            until_date: None,
            start_minute: Some(600),
            end_minute: Some(720),
            advisers: 2,
        };
        let single = HoursRow {
            weekday: None,
            from_date: date(16),
            until_date: Some(date(16)),
            start_minute: None,
            end_minute: None,
            ..monday.clone()
        };
        let term = dated(None, "term", 1, 30);
        let minutes = |sessions: &[HoursRow], dates: &[OpenDatesRow]| {
            offered_minutes("law", sessions, dates, (date(1), date(30)))
        };
        // Mondays in November 2026: 2, 9, 16, 23, 30.
        let weekly = std::slice::from_ref(&monday);
        assert_eq!(minutes(weekly, std::slice::from_ref(&term)), 5 * 240);
        assert_eq!(minutes(weekly, &[]), 0, "no term, nothing offered");
        let closed = [term.clone(), dated(Some("law"), "closure", 9, 9)];
        assert_eq!(minutes(weekly, &closed), 4 * 240);
        let elsewhere = [term.clone(), dated(Some("sports"), "closure", 9, 9)];
        assert_eq!(minutes(weekly, &elsewhere), 5 * 240);
        assert_eq!(
            minutes(&[monday, single], &[term]),
            4 * 240,
            "not working on the 16th"
        );
    }
}
