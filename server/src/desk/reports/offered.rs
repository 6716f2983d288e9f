//! How many minutes of advisers a clinic's sessions offered: each session on each date on which the clinic was open, for
//! each who advises in it, less the time in which they were away or the clinic was blocked. Pure.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::domain::interval_set::{Interval, IntervalSet};
use crate::domain::time;
use crate::store::{AwayRow, HoursRow, OpenDatesRow};

/// What there is to count.
pub(super) struct Offer<'a> {
    pub sessions: &'a [HoursRow],
    pub dates: &'a [OpenDatesRow],
    pub away: &'a [AwayRow],
}

impl Offer<'_> {
    /// Minutes from `from` to `until`, both inclusive, for one clinic. Closures and dates outside term offer none; sessions
    /// of a date itself replace the weekly ones. Whoever is away is away from every clinic.
    pub fn minutes(&self, clinic: &str, (from, until): (NaiveDate, NaiveDate)) -> i64 {
        let own: Vec<&HoursRow> = self
            .sessions
            .iter()
            .filter(|one| one.clinic_id == clinic)
            .collect();
        let blocked = self.gone(|one| one.resource_id.is_none() && one.clinic_id == clinic);
        from.iter_days()
            .take_while(|date| *date <= until)
            .filter(|date| self.is_open(clinic, *date))
            .flat_map(|date| of_date(&own, date))
            .map(|(adviser, session)| {
                let away = self.gone(|one| one.resource_id == Some(adviser));
                let offered = IntervalSet::from_unsorted(vec![session]);
                length(&offered.subtract(&blocked.union(&away)))
            })
            .sum()
    }

    fn is_open(&self, clinic: &str, date: NaiveDate) -> bool {
        let on = |term: bool| {
            self.dates.iter().any(|row| {
                row.clinic_id.as_deref().is_none_or(|id| id == clinic)
                    && (row.kind == "term") == term
                    && row.from_date <= date
                    && date <= row.until_date
            })
        };
        on(true) && !on(false)
    }

    fn gone(&self, whose: impl Fn(&AwayRow) -> bool) -> IntervalSet {
        let instant = |at| DateTime::<Utc>::from_timestamp(at, 0).unwrap_or_default();
        let own = self.away.iter().filter(|one| whose(one));
        let spans = own.map(|one| Interval::between(instant(one.from_at), instant(one.until_at)));
        IntervalSet::from_unsorted(spans.collect())
    }
}

fn length(all: &IntervalSet) -> i64 {
    all.iter().map(|one| (one.until - one.from) / 60).sum()
}

/// Who advises on a date, each with the time of the session.
fn of_date(sessions: &[&HoursRow], date: NaiveDate) -> Vec<(Uuid, Interval)> {
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
        .filter_map(|one| {
            let (start, end) = (at(date, one.start_minute?)?, at(date, one.end_minute?)?);
            Some((one.adviser?, Interval::between(start, end)))
        })
        .collect()
}

/// The instant of so many minutes after midnight on the clinic's clock.
fn at(date: NaiveDate, minute: i64) -> Option<DateTime<Utc>> {
    if minute == 24 * 60 {
        return Some(time::end_of_day(date));
    }
    let seconds = u32::try_from(minute * 60).ok()?;
    let clock = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?;
    Some(time::resolve(date, clock))
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

    const ADA: Uuid = Uuid::from_u128(1);
    const BEA: Uuid = Uuid::from_u128(2);

    /// Mondays from 10:00 to 12:00 in the law clinic, for one adviser.
    fn monday(adviser: Uuid) -> HoursRow {
        HoursRow {
            clinic_id: "law".into(),
            weekday: Some(1),
            from_date: date(1),
            until_date: None,
            start_minute: Some(600),
            end_minute: Some(720),
            adviser: Some(adviser),
        }
    }

    /// Away on a day of November from one time to another (24-hour clock, both on the hour).
    fn away(clinic: &str, who: Option<Uuid>, day: u32, (from, until): (u32, u32)) -> AwayRow {
        let at = |hour| date(day).and_hms_opt(hour, 0, 0).unwrap().and_utc();
        AwayRow {
            clinic_id: clinic.into(),
            resource_id: who,
            name: None,
            room: false,
            from_at: at(from).timestamp(),
            until_at: at(until).timestamp(),
            title: String::new(),
        }
    }

    fn minutes(sessions: &[HoursRow], dates: &[OpenDatesRow], away: &[AwayRow]) -> i64 {
        let offer = Offer {
            sessions,
            dates,
            away,
        };
        offer.minutes("law", (date(1), date(30)))
    }

    #[test]
    fn a_session_offers_its_hours_for_each_adviser_on_every_open_date() {
        let both = [monday(ADA), monday(BEA)];
        let single = HoursRow {
            weekday: None,
            from_date: date(16),
            until_date: Some(date(16)),
            start_minute: None,
            end_minute: None,
            adviser: None,
            ..monday(ADA)
        };
        let term = dated(None, "term", 1, 30);
        // Mondays in November 2026: 2, 9, 16, 23, 30.
        assert_eq!(minutes(&both, std::slice::from_ref(&term), &[]), 5 * 240);
        assert_eq!(minutes(&both, &[], &[]), 0, "no term, nothing offered");
        let closed = [term.clone(), dated(Some("law"), "closure", 9, 9)];
        assert_eq!(minutes(&both, &closed, &[]), 4 * 240);
        let elsewhere = [term.clone(), dated(Some("sports"), "closure", 9, 9)];
        assert_eq!(minutes(&both, &elsewhere, &[]), 5 * 240);
        let [one, other] = both;
        assert_eq!(
            minutes(&[one, other, single], &[term], &[]),
            4 * 240,
            "not working on the 16th"
        );
    }

    #[test]
    fn who_is_away_and_when_the_clinic_is_blocked_offers_nothing() {
        let both = [monday(ADA), monday(BEA)];
        let term = [dated(None, "term", 1, 30)];
        let left = |gone: &[AwayRow]| minutes(&both, &term, gone);
        // One of the two for the whole of a Monday; then for its second hour.
        assert_eq!(left(&[away("law", Some(ADA), 9, (0, 23))]), 1200 - 120);
        assert_eq!(left(&[away("law", Some(ADA), 9, (11, 15))]), 1200 - 60);
        // Kept on another clinic's list, and away all the same; on a Tuesday nobody misses them.
        assert_eq!(left(&[away("sports", Some(ADA), 9, (0, 23))]), 1200 - 120);
        assert_eq!(left(&[away("law", Some(ADA), 10, (0, 23))]), 1200);
        // The whole clinic for an hour, and another clinic's block.
        assert_eq!(left(&[away("law", None, 16, (10, 11))]), 1200 - 120);
        assert_eq!(left(&[away("sports", None, 16, (10, 11))]), 1200);
        // Time is taken off once, however often it is gone: 10 to 12 for Ada, and 11 to 12 for Bea.
        let twice = [
            away("law", Some(ADA), 9, (10, 12)),
            away("law", Some(ADA), 9, (9, 11)),
            away("law", None, 9, (11, 12)),
        ];
        assert_eq!(left(&twice), 1200 - 120 - 60);
    }
}
