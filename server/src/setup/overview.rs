//! `/staff/availability`: the usual week, and every thing with where to change it.

use app::text::{t, t_with};
use app::view::ClinicRef;
use app::view::availability::{Availability, Band, BandDay, ListRow, Listing};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::SetupError;
use super::effects::{self, Found};
use super::item::Item;
use super::known::{Known, hours, instant, weekday};
use super::save::{NEW, clinic_ref};
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{AbsenceRow, DatesRow, MemberRow, ServiceRow, SessionRow, Stored};

/// Hours shown where nothing happens in a week: from 9am to 5pm.
const USUAL: (i64, i64) = (9, 17);

/// A clinic's time. The caller has found that it may be seen.
///
/// # Errors
/// [`SetupError::NotThere`].
pub async fn overview(
    context: &Context,
    standing: &Standing,
    clinic: &str,
    clinics: Vec<ClinicRef>,
) -> Result<Availability, SetupError> {
    let now = context.now();
    let mut tx = context.store.read().await?;
    let known = Known::read(&mut *tx, clinic, now)
        .await?
        .ok_or(SetupError::NotThere)?;
    let troubles = effects::of_clinic(&mut *tx, &known, now).await?;
    drop(tx);
    let found = Found::from([(clinic.to_owned(), troubles)]);
    let (attention, _) = effects::lines(context, standing, &found).await?;
    let allowed = |action| may(standing, action, Some(&ClinicId(clinic.to_owned())));
    let page = Page {
        known: &known,
        today: time::local_date(now),
        may_edit: allowed(Action::EditAvailability),
        may_set_up: allowed(Action::EditSettings),
    };
    let days = page.days();
    let (first_hour, last_hour) = shown_hours(&days);
    Ok(Availability {
        clinic: clinic_ref(&known),
        clinics,
        enabled: known.clinic.enabled,
        may_edit: page.may_edit,
        may_set_up: page.may_set_up,
        days,
        first_hour,
        last_hour,
        attention,
        lists: page.lists()?,
    })
}

fn shown_hours(days: &[BandDay]) -> (i64, i64) {
    let bands = || days.iter().flat_map(|day| &day.bands);
    let first = bands().map(|band| band.from / 60).min().unwrap_or(USUAL.0);
    let last = bands().map(|band| (band.until + 59) / 60).max();
    (first, last.unwrap_or(USUAL.1).clamp(first + 1, 24))
}

struct Page<'a> {
    known: &'a Known,
    today: NaiveDate,
    may_edit: bool,
    may_set_up: bool,
}

impl Page<'_> {
    fn clinic(&self) -> &str {
        &self.known.clinic.id
    }

    /// Where to change a thing; empty if this person may not.
    fn href(&self, item: Item, id: &str) -> String {
        let allowed = match item.needs() {
            Action::EditSettings => self.may_set_up,
            _ => self.may_edit,
        };
        if allowed {
            item.path(self.clinic(), id)
        } else {
            String::new()
        }
    }

    fn names(&self, session: Uuid, part: &str) -> String {
        let all = self.known.posted(session, part).into_iter();
        all.map(|id| self.known.name(id))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Names, or what follows where there is nobody.
    fn posted(&self, session: Uuid, part: &str) -> String {
        let names = self.names(session, part);
        if names.is_empty() {
            t(&format!("avail-session-no-{part}"))
        } else {
            names
        }
    }

    /// Sessions that are in force on some day from today on.
    fn current(&self) -> impl Iterator<Item = &SessionRow> {
        let today = self.today;
        let current = move |one: &&SessionRow| one.until_date.is_none_or(|last| last >= today);
        self.known.sessions.iter().filter(current)
    }

    /// Monday to Friday, and the weekend where something happens.
    fn days(&self) -> Vec<BandDay> {
        let day = |number: i64| BandDay {
            label: weekday(number),
            bands: self
                .current()
                .filter(|one| one.weekday == Some(number))
                .map(|one| self.band(one))
                .collect(),
        };
        let mut days: Vec<BandDay> = (1..=7).map(day).collect();
        while days.len() > 5 && days.last().is_some_and(|day| day.bands.is_empty()) {
            days.pop();
        }
        days
    }

    fn band(&self, one: &SessionRow) -> Band {
        let (from, until) = (
            one.start_minute.unwrap_or(0),
            one.end_minute.unwrap_or(1440),
        );
        let places = [
            (
                "advisers",
                self.known.posted(one.id, "adviser").len().into(),
            ),
            (
                "supervisors",
                self.known.posted(one.id, "supervisor").len().into(),
            ),
        ];
        let rooms = self.known.posted(one.id, "room").len();
        Band {
            from,
            until,
            hours: hours(from, until),
            people: t_with("avail-band-people", &places),
            rooms: t_with("avail-band-rooms", &[("count", rooms.into())]),
            lacks: self.known.lacks(one.id).join(" "),
            href: self.href(Item::Session, &one.id.to_string()),
        }
    }

    fn lists(&self) -> Stored<Vec<Listing>> {
        Ok(vec![
            self.sessions(),
            self.single_days(),
            self.away()?,
            self.dates(),
            self.members("person", Item::Person),
            self.members("room", Item::Room),
            self.services(),
            self.rules(),
        ])
    }

    fn list(&self, id: &str, columns: &[&str], rows: Vec<ListRow>, add: &[Item]) -> Listing {
        let links = add.iter().map(|item| (self.href(*item, NEW), *item));
        let links = links.filter(|(href, _)| !href.is_empty());
        Listing {
            id: id.to_owned(),
            title: t(&format!("avail-list-{id}")),
            columns: columns
                .iter()
                .map(|name| t(&format!("avail-col-{name}")))
                .collect(),
            rows,
            empty: t(&format!("avail-list-{id}-empty")),
            add: links.map(|(href, item)| (href, item.title(true))).collect(),
            buttons: Vec::new(),
        }
    }

    fn sessions(&self) -> Listing {
        let row = |one: &SessionRow| ListRow {
            cells: vec![
                weekday(one.weekday.unwrap_or(1)),
                hours(
                    one.start_minute.unwrap_or(0),
                    one.end_minute.unwrap_or(1440),
                ),
                self.in_force(one),
                self.posted(one.id, "adviser"),
                self.posted(one.id, "supervisor"),
                self.posted(one.id, "room"),
            ],
            href: self.href(Item::Session, &one.id.to_string()),
        };
        let rows = self.current().filter(|one| one.weekday.is_some()).map(row);
        let columns = [
            "day",
            "hours",
            "in-force",
            "advisers",
            "supervisors",
            "rooms",
        ];
        self.list("sessions", &columns, rows.collect(), &[Item::Session])
    }

    fn in_force(&self, one: &SessionRow) -> String {
        let from = time::day_and_month(one.from_date);
        match one.until_date {
            Some(until) => between(one.from_date, until),
            None if one.from_date > self.today => t_with("avail-from", &[("date", from.into())]),
            None => t("avail-always"),
        }
    }

    fn single_days(&self) -> Listing {
        let row = |one: &SessionRow| ListRow {
            cells: vec![
                time::long_date(one.from_date),
                one.start_minute
                    .zip(one.end_minute)
                    .map_or_else(|| t("avail-not-open"), |(start, end)| hours(start, end)),
                self.names(one.id, "adviser"),
                self.names(one.id, "supervisor"),
                self.names(one.id, "room"),
            ],
            href: self.href(Item::Day, &one.id.to_string()),
        };
        let rows = self.current().filter(|one| one.weekday.is_none()).map(row);
        let columns = ["day", "hours", "advisers", "supervisors", "rooms"];
        self.list("days", &columns, rows.collect(), &[Item::Day])
    }

    fn away(&self) -> Stored<Listing> {
        let row = |one: &AbsenceRow| -> Stored<ListRow> {
            let who = one
                .resource_id
                .map_or_else(|| t("avail-who-clinic"), |id| self.known.name(id));
            let kind = t(&format!("avail-kind-{}", one.kind.replace('_', "-")));
            let why = if one.title.is_empty() {
                kind
            } else {
                format!("{kind}: {}", one.title)
            };
            let own = one.clinic_id == self.clinic();
            Ok(ListRow {
                cells: vec![
                    who,
                    stretch(instant(one.from_at)?, instant(one.until_at)?),
                    why,
                ],
                href: if own {
                    self.href(Item::Away, &one.id.to_string())
                } else {
                    String::new()
                },
            })
        };
        let rows = self.known.absences.iter().map(row).collect::<Stored<_>>()?;
        Ok(self.list("away", &["who", "when", "kind"], rows, &[Item::Away]))
    }

    fn dates(&self) -> Listing {
        let row = |one: &DatesRow| {
            let item = if one.kind == "term" {
                Item::Term
            } else {
                Item::Closure
            };
            let kind = t(&format!("avail-dates-{}", one.kind.replace('_', "-")));
            let all = one.clinic_id.is_none();
            ListRow {
                cells: vec![
                    between(one.from_date, one.until_date),
                    kind,
                    one.title.clone(),
                    if all {
                        t("avail-all-clinics")
                    } else {
                        self.known.clinic.name.clone()
                    },
                ],
                href: if all {
                    String::new()
                } else {
                    self.href(item, &one.id.to_string())
                },
            }
        };
        let rows = self.known.dates.iter().map(row).collect();
        let mut add = vec![Item::Term, Item::Closure];
        if !super::form::missing_holidays(self.known).is_empty() {
            add.push(Item::Holidays);
        }
        self.list("dates", &["when", "dates", "title", "for"], rows, &add)
    }

    fn members(&self, kind: &str, item: Item) -> Listing {
        let row = |one: &MemberRow| {
            let own = self.known.skills.iter().filter(|(id, _)| *id == one.id);
            let skills = own.filter_map(|(_, service)| {
                let mut all = self.known.services.iter();
                all.find(|one| one.id == *service)
                    .map(|one| one.name.clone())
            });
            let features = one.features.split(',').filter(|word| !word.is_empty());
            let features =
                features.map(|word| t(&format!("avail-feature-{}", word.replace('_', "-"))));
            let can: Vec<String> = if kind == "person" {
                skills.collect()
            } else {
                features.collect()
            };
            ListRow {
                cells: vec![
                    one.name.clone(),
                    can.join(", "),
                    t(match (one.active, kind) {
                        (false, _) => "avail-gone",
                        (true, "room") => "avail-here-room",
                        (true, _) => "avail-here",
                    }),
                ],
                href: self.href(item, &one.id.to_string()),
            }
        };
        let rows = self
            .known
            .members
            .iter()
            .filter(|one| one.kind == kind)
            .map(row);
        let (id, columns) = if kind == "person" {
            ("people", ["name", "skills", "active"])
        } else {
            ("rooms", ["name", "features", "active"])
        };
        self.list(id, &columns, rows.collect(), &[item])
    }

    fn services(&self) -> Listing {
        let row = |one: &ServiceRow| {
            let minutes = [
                ("minutes", one.minutes.into()),
                ("before", one.buffer_before.into()),
                ("after", one.buffer_after.into()),
            ];
            let notice = [
                ("hours", (one.notice_minutes / 60).into()),
                ("days", one.horizon_days.into()),
            ];
            let cap = one.daily_cap.map_or_else(
                || t("avail-no-cap"),
                |cap| t_with("avail-cap", &[("count", cap.into())]),
            );
            ListRow {
                cells: vec![
                    one.name.clone(),
                    t_with("avail-length", &minutes),
                    t_with("avail-notice", &notice),
                    t_with("avail-capacity", &[("count", one.capacity.into())]),
                    cap,
                    if one.enabled {
                        t("settings-on")
                    } else {
                        t("settings-off")
                    },
                ],
                href: self.href(Item::Service, &one.id),
            }
        };
        let rows = self.known.services.iter().map(row).collect();
        let columns = ["service", "length", "notice", "capacity", "cap", "active"];
        self.list("services", &columns, rows, &[Item::Service])
    }

    fn rules(&self) -> Listing {
        let ratio = self.known.clinic.supervisor_ratio;
        let row = ListRow {
            cells: vec![t("avail-rules-ratio"), ratio.to_string()],
            href: self.href(Item::Rules, "all"),
        };
        self.list("rules", &["what", "value"], vec![row], &[])
    }
}

/// "1 December", or "1 December to 4 December".
fn between(from: NaiveDate, until: NaiveDate) -> String {
    let long = |date| time::long_date(date);
    if from == until {
        return long(from);
    }
    t_with(
        "avail-between",
        &[("from", long(from).into()), ("until", long(until).into())],
    )
}

/// A stretch of time in words: whole days without times.
fn stretch(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let (first, end) = (time::local_date(from), time::local_date(until));
    let whole = time::start_of_day(first) == from && time::start_of_day(end) == until;
    if whole {
        return between(first, time::add_days(end, -1));
    }
    if first == end {
        let places = [
            ("date", time::long_date(first).into()),
            ("from", time::clock(from).into()),
            ("until", time::clock(until).into()),
        ];
        return t_with("avail-part-of-day", &places);
    }
    let moment = |at| {
        format!(
            "{}, {}",
            time::long_date(time::local_date(at)),
            time::clock(at)
        )
    };
    t_with(
        "avail-between",
        &[
            ("from", moment(from).into()),
            ("until", moment(until).into()),
        ],
    )
}
