//! What an hour of students and of supervisors counts as, clinic by clinic, each from a date on: a new rate leaves the value
//! of earlier hours as it was. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(super) use crate::store::HOURLY_RATES as RATES;
use crate::store::{StoreError, Stored};

/// Rates in force from a local date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// The first date.
    pub from: NaiveDate,
    /// Pence an hour; 0 for none.
    pub student: i64,
    /// Likewise.
    pub supervisor: i64,
}

/// The rates of a clinic, oldest first, no two of one date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates(pub Vec<Rate>);

impl Rates {
    /// Those in force on a date: students, supervisors.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> (i64, i64) {
        let last = self.0.iter().rfind(|one| one.from <= date);
        last.map_or((0, 0), |one| (one.student, one.supervisor))
    }

    /// With one more, in the place of any of its date; without what then only says again what was in force before.
    #[must_use]
    pub fn with(&self, rate: Rate) -> Self {
        let mut all: Vec<Rate> = self.0.clone();
        all.retain(|one| one.from != rate.from);
        all.push(rate);
        all.sort_by_key(|one| one.from);
        let mut before = (0, 0);
        all.retain(|one| {
            let now = (one.student, one.supervisor);
            std::mem::replace(&mut before, now) != now
        });
        Self(all)
    }
}

/// As it is kept: in earlier releases a pair without a date, which held for every date.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Dated(Rates),
    Always((i64, i64)),
}

/// The rates of every clinic in what the setting holds.
///
/// # Errors
/// [`StoreError::Corrupt`] if it is none of the two forms: no value is shown then, rather than a wrong one.
pub(super) fn read(setting: &str) -> Stored<BTreeMap<String, Rates>> {
    if setting.is_empty() {
        return Ok(BTreeMap::new());
    }
    let all: BTreeMap<String, Kept> =
        serde_json::from_str(setting).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let dated = |kept| match kept {
        Kept::Dated(rates) => rates,
        Kept::Always((student, supervisor)) => Rates(vec![Rate {
            from: NaiveDate::MIN,
            student,
            supervisor,
        }]),
    };
    Ok(all
        .into_iter()
        .map(|(clinic, kept)| (clinic, dated(kept)))
        .collect())
}

/// The rates as the setting holds them.
///
/// # Errors
/// None that is known of; the writer of JSON has one.
pub(super) fn write(all: &BTreeMap<String, Rates>) -> Stored<String> {
    serde_json::to_string(all).map_err(|error| StoreError::Other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn rate(from: u32, student: i64) -> Rate {
        Rate {
            from: day(from),
            student,
            supervisor: 4_000,
        }
    }

    #[test]
    fn a_rate_holds_from_its_date_until_the_next() {
        let rates = Rates::default().with(rate(10, 1_200)).with(rate(20, 1_300));
        assert_eq!(rates.on(day(9)), (0, 0));
        assert_eq!(rates.on(day(10)), (1_200, 4_000));
        assert_eq!(rates.on(day(19)), (1_200, 4_000));
        assert_eq!(rates.on(day(20)), (1_300, 4_000));
        // Of the same date: the later word counts. What says nothing new is not kept.
        let again = rates.with(rate(20, 1_200));
        assert_eq!(again, Rates(vec![rate(10, 1_200)]));
        let none = Rate {
            student: 0,
            supervisor: 0,
            ..rate(10, 0)
        };
        assert_eq!(again.with(none), Rates::default());
    }

    #[test]
    fn what_is_kept_is_read_in_both_forms() {
        let all = BTreeMap::from([("law".to_owned(), Rates(vec![rate(10, 1_200)]))]);
        assert_eq!(read(&write(&all).unwrap()).unwrap(), all);
        let old = read(r#"{"law":[1250,3000]}"#).unwrap();
        assert_eq!(old["law"].on(day(1)), (1_250, 3_000));
        assert!(read("{\"law\":7}").is_err());
        assert!(read("").unwrap().is_empty());
    }
}
