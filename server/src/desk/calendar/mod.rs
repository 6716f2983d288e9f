//! `/staff/calendar`: a day, a week or a month of a clinic, of all of them, of a person or of a room.
//!
//! Promises: three queries whatever is shown, and one more for an adviser (a move that is under way asks for its free times
//! besides); what somebody may not see, of another clinic or of a colleague's, takes time and says nothing more; live holds
//! are in it, without a name. Changes nothing; that somebody looked at clients is a line in the audit log.

mod day_list;
mod month;
mod plan;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};

use app::text::{t, t_with};
use app::view::{
    BusyTime, Calendar, CalendarDay, Column, Group, Offered, Span, Spot, StaffAppointment,
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use day_list::day_list;
pub(super) use plan::clock_span;

use self::plan::Plan;
use self::trouble::{At, Taken, trouble};
use super::audit::{Look, note_look};
use super::away::Away;
use super::moving;
use super::own::OwnMeetings;
use super::rows::{Seen, Staffing, instant, line, stands};
use super::withheld::Withheld;
use crate::booking::BookingError;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{AllocatedRow, CheckedAppointment, ClinicRow, StaffingRow, Stored};

/// Hours shown where there is nothing: from 9am to 5pm.
const USUAL: (i64, i64) = (9 * 60, 17 * 60);
/// What stands in the address before the id of a person or room.
const WHO: &str = "who-";
/// What stands in the address for all clinics.
const ALL: &str = "all";

/// Whose calendar it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scope {
    Clinic(String),
    All,
    Resource(Uuid),
}

impl Scope {
    /// The scope of that text; without one, the first clinic. `None` if it names nothing that may be seen.
    fn read(of: &str, seen: &Seen<'_>, clinics: &[ClinicRow]) -> Option<Self> {
        let mut shown = clinics.iter().filter(|row| seen.has(&row.id));
        if of.is_empty() {
            return shown.next().map(|row| Self::Clinic(row.id.clone()));
        }
        if of == ALL {
            return (!seen.is_empty()).then_some(Self::All);
        }
        if let Some(id) = of.strip_prefix(WHO) {
            return Uuid::try_parse(id).ok().map(Self::Resource);
        }
        shown
            .find(|row| row.id == of)
            .map(|row| Self::Clinic(row.id.clone()))
    }

    fn address(&self) -> String {
        match self {
            Self::Clinic(id) => id.clone(),
            Self::All => ALL.to_owned(),
            Self::Resource(id) => format!("{WHO}{id}"),
        }
    }
}

/// What was read of a stretch of time, and who looks.
struct Sheet<'a> {
    standing: &'a Standing,
    seen: Seen<'a>,
    own: OwnMeetings<'a>,
    scope: Scope,
    plan: Plan,
    taken: Taken,
    away: Away,
    clinics: &'a [ClinicRow],
    rows: Vec<CheckedAppointment>,
    now: DateTime<Utc>,
}

impl<'a> Sheet<'a> {
    /// Reads the local dates `from` to `until`; `None` if whoever looks may not see this calendar. Three queries; one
    /// more for an adviser.
    async fn read(
        context: &Context,
        standing: &'a Standing,
        clinics: &'a [ClinicRow],
        of: &str,
        (from, until): (NaiveDate, NaiveDate),
    ) -> Stored<Option<Self>> {
        let now = context.now();
        let seen = Seen::by(standing, Action::SeeCalendar);
        let Some(scope) = Scope::read(of, &seen, clinics) else {
            return Ok(None);
        };
        let only = match &scope {
            Scope::Clinic(id) => Some(id.as_str()),
            Scope::All | Scope::Resource(_) => seen.only(),
        };
        let first = time::start_of_day(from).timestamp();
        let last = time::end_of_day(until).timestamp();
        let mut tx = context.store.read().await?;
        let mut rows = tx.checked_between(only, first, last).await?;
        let taken = Taken::new(tx.allocated_between(first, last).await?, now.timestamp());
        let own = OwnMeetings::between(&mut *tx, standing, first, last).await?;
        let (away, plan_rows) = Away::apart(tx.plan(only, from, until).await?);
        drop(tx);
        let ratios = clinics
            .iter()
            .map(|row| (row.id.clone(), row.supervisor_ratio))
            .collect();
        let plan = Plan::new(plan_rows, |clinic| seen.has(clinic), ratios);
        rows.retain(|one| own.reach(Action::SeeCalendar, &one.row) && stands(&one.row, now));
        if let Scope::Resource(id) = scope {
            rows.retain(|one| {
                taken
                    .of(one.row.meeting_id)
                    .iter()
                    .any(|l| l.resource_id == id)
            });
            // Nobody learns by an id who works in a clinic that they may not see.
            if plan.clinics_of(id).is_empty() && rows.is_empty() {
                return Ok(None);
            }
        }
        Ok(Some(Self {
            standing,
            seen,
            own,
            scope,
            plan,
            taken,
            away,
            clinics,
            rows,
            now,
        }))
    }

    /// The clinics whose hours belong into this calendar, in order.
    fn shown_clinics(&self) -> Vec<&ClinicRow> {
        let of_one = match &self.scope {
            Scope::Resource(id) => Some(self.plan.clinics_of(*id)),
            Scope::All | Scope::Clinic(_) => None,
        };
        self.clinics
            .iter()
            .filter(|row| match (&self.scope, &of_one) {
                (Scope::Clinic(id), _) => row.id == *id,
                (_, Some(own)) => own.contains(row.id.as_str()),
                _ => row.enabled && self.seen.has(&row.id),
            })
            .collect()
    }

    /// The clinics whose clients are on it.
    fn read_of(&self) -> BTreeSet<&str> {
        let named = self.rows.iter().filter(|one| one.row.state != "held");
        named.map(|one| one.row.clinic_id.as_str()).collect()
    }

    fn name(&self) -> String {
        match &self.scope {
            Scope::All => t("calendar-all-clinics"),
            Scope::Clinic(id) => {
                let own = self.clinics.iter().find(|row| row.id == *id);
                own.map(|row| row.name.clone()).unwrap_or_default()
            }
            Scope::Resource(id) => {
                let planned = self.plan.resources().into_iter();
                let taken = self.taken.all().find(|row| row.resource_id == *id);
                planned
                    .into_iter()
                    .find(|(own, ..)| own == id)
                    .map(|(_, name, _)| name)
                    .or_else(|| taken.map(|row| row.name.clone()))
                    .unwrap_or_default()
            }
        }
    }

    /// Every appointment as it is shown, in order of time, with the id of its meeting.
    fn lines(&self) -> Stored<Vec<(Uuid, StaffAppointment)>> {
        let staffing = Staffing::new(
            self.taken
                .all()
                .map(|row| StaffingRow {
                    meeting_id: row.meeting_id,
                    resource_id: row.resource_id,
                    part: row.part.clone(),
                    name: row.name.clone(),
                    exception: row.exception.clone(),
                })
                .collect(),
        );
        let uncleared = self.rows.iter().filter(|one| one.uncleared);
        let withheld = Withheld::of(self.standing, uncleared.map(|one| one.row.id).collect());
        self.rows
            .iter()
            .map(|one| {
                let mut shown = line(&one.row, &staffing, &withheld)?;
                let start = instant(one.row.starts_at)?;
                let at = At {
                    date: time::local_date(start),
                    from: shown.start_minute,
                    until: shown.end_minute,
                };
                let now = self.now.timestamp();
                shown.trouble = trouble(&one.row, at, &self.plan, &self.taken, &self.away, now);
                shown.movable = self.movable(one);
                shown.offer = self.offer(one)?;
                Ok((one.row.meeting_id, shown))
            })
            .collect()
    }

    fn movable(&self, one: &CheckedAppointment) -> bool {
        let clinic = ClinicId(one.row.clinic_id.clone());
        matches!(one.row.state.as_str(), "requested" | "confirmed")
            && one.row.starts_at > self.now.timestamp()
            && may(self.standing, Action::MoveAppointment, Some(&clinic))
    }

    /// Until when a time is kept for somebody on the waiting list, if it is.
    fn offer(&self, one: &CheckedAppointment) -> Stored<Option<Offered>> {
        let (Some(reference), Some(end)) = (&one.offered_to, one.row.hold_expires_at) else {
            return Ok(None);
        };
        let end = instant(end)?;
        let clinic = ClinicId(one.row.clinic_id.clone());
        let may_see = may(self.standing, Action::SeeWaiting, Some(&clinic));
        Ok(Some(Offered {
            until: t_with(
                "staff-and",
                &[
                    ("first", time::short_day(time::local_date(end)).into()),
                    ("second", time::clock(end).into()),
                ],
            ),
            waiting: if may_see {
                reference.clone()
            } else {
                String::new()
            },
        }))
    }

    /// Sessions and closures of a date; of a person or room, only those that they are in.
    fn day(&self, date: NaiveDate) -> Stored<CalendarDay> {
        let mut cover = Vec::new();
        let mut closed: Vec<String> = Vec::new();
        let shown = self.shown_clinics();
        for clinic in &shown {
            let why = self.plan.closed(&clinic.id, date);
            let named = |text: String| match self.scope {
                Scope::Clinic(_) => text,
                Scope::All | Scope::Resource(_) => format!("{}: {text}", clinic.name),
            };
            if !why.is_empty() {
                // Where all clinics are shown, only a day that would have had sessions is worth a word.
                if shown.len() == 1 || !self.plan.planned(&clinic.id, date).is_empty() {
                    closed.push(named(why));
                }
                continue;
            }
            let hours = self.plan.open(&clinic.id, date).into_iter();
            let own = hours.filter(|hours| match self.scope {
                Scope::Resource(id) => hours.has(id),
                Scope::All | Scope::Clinic(_) => true,
            });
            cover.extend(own.map(|hours| named(self.plan.cover(hours))));
            let planned = self.plan.planned(&clinic.id, date);
            let here = |id: Uuid| match self.scope {
                Scope::Resource(own) => own == id,
                Scope::All | Scope::Clinic(_) => planned.iter().any(|hours| hours.has(id)),
            };
            let away = self.away.words(&clinic.id, date, here)?;
            cover.extend(away.into_iter().map(named));
        }
        Ok(CalendarDay {
            date: time::iso_date(date),
            label: time::short_day(date),
            today: date == time::local_date(self.now),
            closed: closed.join("; "),
            cover,
            appointments: Vec::new(),
            busy: match self.scope {
                Scope::Resource(id) => self.busy_times(date, id, None)?,
                Scope::All | Scope::Clinic(_) => Vec::new(),
            },
            free: Vec::new(),
        })
    }

    /// What of a date is away, as bands: a person's or room's own, and the times in which the clinics shown meet nobody.
    fn absent(&self, date: NaiveDate, of: Option<Uuid>) -> Stored<Vec<(i64, i64)>> {
        let of = match self.scope {
            Scope::Resource(id) => Some(id),
            Scope::All | Scope::Clinic(_) => of,
        };
        let mut spans = of.map_or(Ok(Vec::new()), |id| self.away.of(id, date))?;
        for clinic in self.shown_clinics() {
            spans.extend(self.away.blocks(&clinic.id, date)?);
        }
        spans.sort_unstable();
        spans.dedup();
        Ok(spans)
    }

    /// The hours of a date as bands, without repeats.
    fn windows(&self, date: NaiveDate, of: Option<Uuid>) -> Vec<(i64, i64)> {
        let of = match self.scope {
            Scope::Resource(id) => Some(id),
            Scope::All | Scope::Clinic(_) => of,
        };
        let mut spans: Vec<(i64, i64)> = self
            .shown_clinics()
            .into_iter()
            .flat_map(|clinic| self.plan.open(&clinic.id, date))
            .filter(|hours| of.is_none_or(|id| hours.has(id)))
            .filter_map(|hours| hours.span)
            .collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// When a person or room is taken on a date by something that is not shown: another clinic's, or a colleague's.
    fn busy(&self, date: NaiveDate, of: Uuid) -> Stored<Vec<(i64, i64)>> {
        let shown = |row: &AllocatedRow| {
            let here = match &self.scope {
                Scope::Clinic(id) => *id == row.clinic_id,
                Scope::All | Scope::Resource(_) => true,
            };
            let own = &self.own;
            here && own.reach_meeting(Action::SeeCalendar, &row.clinic_id, row.meeting_id)
        };
        let rows = self.taken.all().filter(|row| row.resource_id == of);
        let mut spans = Vec::new();
        for row in rows.filter(|row| !shown(row)) {
            let (from, until) = (instant(row.busy_from)?, instant(row.busy_until)?);
            if time::local_date(from) == date {
                let start = time::minute_of_day(from);
                let end = if time::local_date(until) == date {
                    time::minute_of_day(until)
                } else {
                    24 * 60
                };
                spans.push((start, end.max(start + 5)));
            }
        }
        spans.sort_unstable();
        Ok(spans)
    }

    /// The same in words, with whose time it is where `name` says so.
    fn busy_times(&self, date: NaiveDate, of: Uuid, name: Option<&str>) -> Stored<Vec<BusyTime>> {
        let words = |(from, until): (i64, i64)| {
            let when = plan::clock_span(from, until);
            let text = match name {
                Some(name) => t_with(
                    "calendar-busy-who",
                    &[("when", when.into()), ("name", name.to_owned().into())],
                ),
                None => t_with("calendar-busy", &[("when", when.into())]),
            };
            BusyTime { from, until, text }
        };
        Ok(self.busy(date, of)?.into_iter().map(words).collect())
    }

    /// Clinics, people and rooms to choose from.
    fn groups(&self) -> Vec<Group> {
        let clinics = self.clinics.iter().filter(|row| self.seen.has(&row.id));
        let mut clinics: Vec<_> = clinics
            .map(|row| (row.id.clone(), row.name.clone()))
            .collect();
        if clinics.len() > 1 {
            clinics.push((ALL.to_owned(), t("calendar-all-clinics")));
        }
        let resources = self.plan.resources();
        let of = |room: bool| {
            let own = resources.iter().filter(|(_, _, is_room)| *is_room == room);
            own.map(|(id, name, _)| (format!("{WHO}{id}"), name.clone()))
                .collect()
        };
        [
            ("staff-which-clinic", clinics),
            ("calendar-people", of(false)),
            ("calendar-rooms", of(true)),
        ]
        .into_iter()
        .map(|(key, all)| Group { label: t(key), all })
        .filter(|group| !group.all.is_empty())
        .collect()
    }
}

/// The dates that a place in the calendar shows, both inclusive, and a date in the stretch before and after.
fn stretch(span: Span, day: NaiveDate) -> ((NaiveDate, NaiveDate), NaiveDate, NaiveDate) {
    let around = |first: NaiveDate, last: NaiveDate| {
        let (before, after) = (time::add_days(first, -1), time::add_days(last, 1));
        ((first, last), before, after)
    };
    match span {
        Span::Day => around(day, day),
        Span::Week => {
            let monday = time::monday(day);
            let days = (monday, time::add_days(monday, 6));
            (days, time::add_days(monday, -7), time::add_days(monday, 7))
        }
        Span::Month => {
            let (first, last) = time::month(day);
            let (_, before, after) = around(first, last);
            let monday = time::monday(first);
            let sunday = time::add_days(time::monday(last), 6);
            ((monday, sunday), before, after)
        }
    }
}

/// The calendar at a place; `None` if this member of staff may not see it.
///
/// # Errors
/// The database's.
pub async fn calendar(
    context: &Context,
    standing: &Standing,
    clinics: &[ClinicRow],
    asked: Spot,
) -> Result<Option<Calendar>, BookingError> {
    let now = context.now();
    let today = time::local_date(now);
    let day = time::parse_date(&asked.day).unwrap_or(today);
    let (dates, before, after) = stretch(asked.span, day);
    let Some(sheet) = Sheet::read(context, standing, clinics, &asked.of, dates).await? else {
        return Ok(None);
    };
    let spot = Spot {
        day: time::iso_date(if asked.span == Span::Week {
            dates.0
        } else {
            day
        }),
        of: sheet.scope.address(),
        ..asked
    };
    let lines = sheet.lines()?;
    let mut model = Calendar {
        name: sheet.name(),
        title: match spot.span {
            Span::Day => time::long_date(day),
            Span::Week => time::week_title(dates.0),
            Span::Month => time::month_title(day),
        },
        previous: time::iso_date(before),
        next: time::iso_date(after),
        today: time::iso_date(today),
        groups: sheet.groups(),
        several: !matches!(sheet.scope, Scope::Clinic(_)),
        own: standing.only_advises(),
        troubles: lines
            .iter()
            .filter(|(_, one)| !one.trouble.is_empty())
            .count(),
        now_minute: (dates.0 <= today && today <= dates.1).then(|| time::minute_of_day(now)),
        at: spot,
        ..Calendar::default()
    };
    if model.at.span == Span::Month {
        model.weeks = month::weeks(&sheet, &lines, day, dates)?;
    } else {
        model.days = days(&sheet, &lines, dates)?;
        model.columns = if model.at.span == Span::Day {
            let (columns, busy) = day_columns(&sheet, &lines, &model, day)?;
            for shown in &mut model.days {
                shown.busy.clone_from(&busy);
            }
            columns
        } else {
            week_columns(&sheet, &model)?
        };
        let (first, last) = hours(&model.columns);
        (model.first_hour, model.last_hour) = (first, last);
        // A month counts and names nobody.
        note_look(context, standing, Look::Screen, &sheet.read_of(), dates).await?;
    }
    if !model.at.moving.is_empty() {
        moving::offer(context, standing, &mut model, dates).await?;
    }
    Ok(Some(model))
}

/// The list, day by day. A Saturday or Sunday is in it only if somebody works or is booked then.
fn days(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    (from, until): (NaiveDate, NaiveDate),
) -> Stored<Vec<CalendarDay>> {
    let one_day = from == until;
    let mut days = Vec::new();
    let dates = (0..7).map(|number| time::add_days(from, number));
    for (number, date) in dates.take_while(|date| *date <= until).enumerate() {
        let mut day = sheet.day(date)?;
        let own = lines.iter().filter(|(_, one)| one.date == day.date);
        day.appointments = own.map(|(_, one)| one.clone()).collect();
        let used = !day.cover.is_empty() || !day.appointments.is_empty() || !day.busy.is_empty();
        if one_day || number < 5 || used {
            days.push(day);
        }
    }
    Ok(days)
}

/// A column a day, as many as the list has.
fn week_columns(sheet: &Sheet<'_>, model: &Calendar) -> Stored<Vec<Column>> {
    model
        .days
        .iter()
        .map(|day| {
            let date = time::parse_date(&day.date).unwrap_or_default();
            let href = Spot {
                span: Span::Day,
                ..model.at.on(&day.date)
            };
            Ok(Column {
                label: day.label.clone(),
                href: href.address(),
                date: day.date.clone(),
                today: day.today,
                closed: day.closed.clone(),
                cover: day.cover.clone(),
                windows: sheet.windows(date, None),
                busy: day.busy.clone(),
                away: sheet.absent(date, None)?,
                appointments: day.appointments.clone(),
                free: Vec::new(),
            })
        })
        .collect()
}

/// A column a person or room, for those who are there or have something; and one for what has nobody or no room. With it
/// what the columns show as busy, for the list.
fn day_columns(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    model: &Calendar,
    date: NaiveDate,
) -> Stored<(Vec<Column>, Vec<BusyTime>)> {
    let today = date == time::local_date(sheet.now);
    let rooms = model.at.rooms;
    let mut names: BTreeMap<(String, Uuid), Vec<StaffAppointment>> = BTreeMap::new();
    for (id, name, is_room) in sheet.plan.resources() {
        let here = match sheet.scope {
            Scope::Resource(own) => own == id,
            Scope::All | Scope::Clinic(_) => {
                is_room == rooms && !sheet.windows(date, Some(id)).is_empty()
            }
        };
        if here {
            names.insert((name, id), Vec::new());
        }
    }
    let mut nowhere = Vec::new();
    for (meeting, one) in lines {
        let own = sheet
            .taken
            .of(*meeting)
            .iter()
            .filter(|row| match sheet.scope {
                Scope::Resource(id) => row.resource_id == id,
                Scope::All | Scope::Clinic(_) if rooms => row.part == "room",
                Scope::All | Scope::Clinic(_) => row.part == "adviser",
            });
        let mut placed = false;
        for row in own {
            let column = names.entry((row.name.clone(), row.resource_id));
            column.or_default().push(one.clone());
            placed = true;
        }
        if !placed {
            nowhere.push(one.clone());
        }
    }
    let by_column = !matches!(sheet.scope, Scope::Resource(_));
    let mut columns: Vec<Column> = Vec::new();
    let mut taken = Vec::new();
    for ((name, id), appointments) in names {
        let href = Spot {
            span: Span::Week,
            ..model.at.of(&format!("{WHO}{id}"))
        };
        let windows = sheet.windows(date, Some(id));
        taken.extend(sheet.busy_times(date, id, by_column.then_some(name.as_str()))?);
        columns.push(Column {
            cover: windows
                .iter()
                .map(|(from, until)| plan::clock_span(*from, *until))
                .collect(),
            label: name,
            href: href.address(),
            today,
            busy: sheet.busy_times(date, id, None)?,
            away: sheet.absent(date, Some(id))?,
            windows,
            appointments,
            ..Column::default()
        });
    }
    if !nowhere.is_empty() {
        columns.push(Column {
            label: t(if rooms {
                "calendar-no-room"
            } else {
                "calendar-nobody"
            }),
            today,
            appointments: nowhere,
            ..Column::default()
        });
    }
    taken.sort_by_key(|one| (one.from, one.until));
    Ok((columns, taken))
}

/// The whole hours between which everything lies.
fn hours(columns: &[Column]) -> (i64, i64) {
    let spans = columns.iter().flat_map(|column| {
        let own = column.appointments.iter();
        let taken = own.map(|one| (one.start_minute, one.end_minute));
        let busy = column.busy.iter().map(|one| (one.from, one.until));
        column.windows.iter().copied().chain(busy).chain(taken)
    });
    let (from, until) = spans
        .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
        .unwrap_or(USUAL);
    let first = (from / 60).clamp(0, 23);
    let last = (until + 59) / 60;
    (first, last.clamp(first + 1, 24))
}
