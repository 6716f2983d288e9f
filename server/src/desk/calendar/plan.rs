//! What clinics have decided about their time, as the calendar shows it: which hours a date has, who works in them, and
//! why a clinic is closed. Pure.

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

use crate::domain::time;
use crate::store::PlanRow;

/// Hours of a clinic with who works them.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    pub(super) clinic: String,
    weekday: Option<i64>,
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// Minutes after local midnight; `None`: not working.
    pub(super) span: Option<(i64, i64)>,
    /// Resource, part, name.
    staff: Vec<(Uuid, String, String)>,
}

impl Hours {
    /// Whether this person or room is in it.
    pub(super) fn has(&self, resource: Uuid) -> bool {
        self.staff.iter().any(|(id, ..)| *id == resource)
    }

    /// Whether they play this part in it.
    pub(super) fn plays(&self, resource: Uuid, part: &str) -> bool {
        let mut staff = self.staff.iter();
        staff.any(|(id, own, _)| *id == resource && own == part)
    }

    pub(super) fn ids(&self, part: &str) -> Vec<Uuid> {
        let rows = self.staff.iter().filter(|(_, own, _)| own == part);
        rows.map(|(id, ..)| *id).collect()
    }

    pub(super) fn names(&self, part: &str) -> Vec<&str> {
        let rows = self.staff.iter().filter(|(_, own, _)| own == part);
        let mut names: Vec<&str> = rows.map(|(_, _, name)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

struct Dates {
    clinic: Option<String>,
    term: bool,
    from: NaiveDate,
    until: NaiveDate,
    title: String,
}

/// The plan of the clinics that somebody may see.
pub(super) struct Plan {
    hours: Vec<Hours>,
    dates: Vec<Dates>,
    ratios: BTreeMap<String, i64>,
}

impl Plan {
    /// Of rows of any clinics, those that `seen` lets through. `ratios`: meetings that a supervisor may cover at once.
    pub(super) fn new(
        rows: Vec<PlanRow>,
        seen: impl Fn(&str) -> bool,
        ratios: BTreeMap<String, i64>,
    ) -> Self {
        let mut hours: BTreeMap<Uuid, Hours> = BTreeMap::new();
        let mut dates = Vec::new();
        for row in rows {
            if row.clinic_id.as_deref().is_some_and(|clinic| !seen(clinic)) {
                continue;
            }
            match row.clinic_id {
                Some(clinic) if row.kind == "hours" => {
                    let own = hours.entry(row.id).or_insert_with(|| Hours {
                        clinic,
                        weekday: row.weekday,
                        from: row.from_date,
                        until: row.until_date,
                        span: row.start_minute.zip(row.end_minute),
                        staff: Vec::new(),
                    });
                    if let (Some(id), Some(part), Some(name)) =
                        (row.resource_id, row.part, row.name)
                    {
                        own.staff.push((id, part, name));
                    }
                }
                clinic => dates.push(Dates {
                    clinic,
                    term: row.kind == "term",
                    from: row.from_date,
                    until: row.until_date.unwrap_or(row.from_date),
                    title: row.title,
                }),
            }
        }
        Self {
            hours: hours.into_values().collect(),
            dates,
            ratios,
        }
    }

    /// People and rooms, each with whether it is a room, by name.
    pub(super) fn resources(&self) -> Vec<(Uuid, String, bool)> {
        let mut all: BTreeMap<Uuid, (String, bool)> = BTreeMap::new();
        for (id, part, name) in self.hours.iter().flat_map(|hours| &hours.staff) {
            all.insert(*id, (name.clone(), part == "room"));
        }
        let mut all: Vec<_> = all
            .into_iter()
            .map(|(id, (name, room))| (id, name, room))
            .collect();
        all.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        all
    }

    /// The clinics in whose hours a person or room is at all.
    pub(super) fn clinics_of(&self, resource: Uuid) -> BTreeSet<&str> {
        let hours = self.hours.iter().filter(|hours| hours.has(resource));
        hours.map(|hours| hours.clinic.as_str()).collect()
    }

    /// The titles of a clinic's closures on a date, or that it is in no term; empty if the clinic may be open.
    pub(super) fn closed(&self, clinic: &str, date: NaiveDate) -> String {
        let on = |dates: &&Dates| {
            dates.clinic.as_deref().is_none_or(|own| own == clinic)
                && dates.from <= date
                && date <= dates.until
        };
        let (terms, closures): (Vec<_>, Vec<_>) =
            self.dates.iter().filter(on).partition(|dates| dates.term);
        let titles: BTreeSet<&str> = closures.iter().map(|dates| dates.title.as_str()).collect();
        if titles.is_empty() && terms.is_empty() {
            t("staff-out-of-term")
        } else {
            titles.into_iter().collect::<Vec<_>>().join(", ")
        }
    }

    /// The hours of a clinic on a date, closed or not. Those for the date itself, even "not working", replace the weekly
    /// ones.
    pub(super) fn planned(&self, clinic: &str, date: NaiveDate) -> Vec<&Hours> {
        let weekday = time::weekday_number(date.weekday());
        let in_force = |hours: &&Hours| {
            hours.clinic == clinic
                && hours.from <= date
                && hours.until.is_none_or(|last| date <= last)
                && hours.weekday.is_none_or(|day| day == weekday)
        };
        let (single, weekly): (Vec<_>, Vec<_>) = self
            .hours
            .iter()
            .filter(in_force)
            .partition(|hours| hours.weekday.is_none());
        let mut hours = if single.is_empty() { weekly } else { single };
        hours.retain(|hours| hours.span.is_some());
        hours.sort_by_key(|hours| hours.span);
        hours
    }

    /// The hours in which a clinic is open on a date.
    pub(super) fn open(&self, clinic: &str, date: NaiveDate) -> Vec<&Hours> {
        if self.closed(clinic, date).is_empty() {
            self.planned(clinic, date)
        } else {
            Vec::new()
        }
    }

    /// Hours in words: when, how many advisers and rooms, who supervises and how many meetings at once.
    pub(super) fn cover(&self, hours: &Hours) -> String {
        let (from, until) = hours.span.unwrap_or_default();
        let supervisors = hours.names("supervisor");
        let at_once = self.ratios.get(&hours.clinic).copied().unwrap_or(1)
            * i64::try_from(supervisors.len()).unwrap_or(0);
        let advisers = i64::try_from(hours.names("adviser").len()).unwrap_or(0);
        let when = clock_span(from, until);
        if supervisors.is_empty() {
            return t_with(
                "calendar-cover-nobody",
                &[("when", when.into()), ("advisers", advisers.into())],
            );
        }
        t_with(
            "calendar-cover",
            &[
                ("when", when.into()),
                ("advisers", advisers.into()),
                ("people", supervisors.len().into()),
                ("names", listed(&supervisors).into()),
                ("count", at_once.into()),
            ],
        )
    }
}

/// "Ada, Bo and Cy".
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => t_with(
            "calendar-names",
            &[
                ("first", first.join(", ").into()),
                ("last", (*last).to_owned().into()),
            ],
        ),
    }
}

/// "2:00pm to 7:00pm" of minutes after midnight.
pub(in crate::desk) fn clock_span(from: i64, until: i64) -> String {
    let clock = |minute: i64| {
        let seconds = u32::try_from(minute.rem_euclid(1440) * 60).unwrap_or(0);
        let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
        time::clock(time::resolve(date, time.unwrap_or_default()))
    };
    t_with(
        "staff-from-to",
        &[("start", clock(from).into()), ("end", clock(until).into())],
    )
}
