//! `/staff/calendar`: one clinic's week with its hours, its closures and its appointments.

use app::text::t;
use app::view::{Calendar, CalendarDay, ClinicRef, StaffAppointment, WeekView};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::own::OwnMeetings;
use super::rows::{Staffing, line, stands};
use super::withheld::Withheld;
use crate::context::Context;
use crate::domain::access::{Action, Standing};
use crate::domain::time;
use crate::store::{CalendarRow, Stored, WindowRow};

/// Hours shown where a week has nothing in it: from 9am to 5pm.
const USUAL: (i64, i64) = (9 * 60, 17 * 60);

/// The week from `monday` on of a clinic that the caller has found to be allowed. Live holds are in
/// it, without a name, because they take the time. A Saturday or Sunday is in it only if the clinic works
/// or somebody is booked then.
pub async fn week(
    context: &Context,
    standing: &Standing,
    clinic: ClinicRef,
    monday: NaiveDate,
    view: WeekView,
) -> Stored<Calendar> {
    let now = context.now();
    let sunday = time::add_days(monday, 6);
    let from = time::start_of_day(monday).timestamp();
    let until = time::end_of_day(sunday).timestamp();
    let mut tx = context.store.read().await?;
    let rows = tx
        .appointments_between(Some(&clinic.id), from, until)
        .await?;
    let staffing = Staffing::new(tx.staffing_between(from, until).await?);
    let withheld = Withheld::between(&mut *tx, standing, from, until).await?;
    let own = OwnMeetings::between(&mut *tx, standing, from, until).await?;
    let windows = tx.windows(&clinic.id).await?;
    let dates = tx.calendar_dates(&clinic.id, monday, sunday).await?;
    let appointments: Vec<StaffAppointment> = rows
        .iter()
        .filter(|row| own.reach(Action::SeeCalendar, row) && stands(row, now))
        .map(|row| line(row, &staffing, &withheld))
        .collect::<Stored<_>>()?;
    let days = (0..7).filter_map(|number| {
        let date = time::add_days(monday, number);
        let day = one_day(date, now, &windows, &dates, &appointments);
        let used = !day.windows.is_empty() || !day.appointments.is_empty();
        (number < 5 || used).then_some(day)
    });
    Ok(drawn(clinic, monday, now, view, days.collect()))
}

fn drawn(
    clinic: ClinicRef,
    monday: NaiveDate,
    now: DateTime<Utc>,
    view: WeekView,
    days: Vec<CalendarDay>,
) -> Calendar {
    let this_week = time::monday(time::local_date(now));
    let (first_hour, last_hour) = hours(&days);
    Calendar {
        clinic,
        title: time::week_title(monday),
        week: time::iso_date(monday),
        previous: time::iso_date(time::add_days(monday, -7)),
        next: time::iso_date(time::add_days(monday, 7)),
        this_week: time::iso_date(this_week),
        days,
        first_hour,
        last_hour,
        view,
        now_minute: (monday == this_week).then(|| time::minute_of_day(now)),
    }
}

fn one_day(
    date: NaiveDate,
    now: DateTime<Utc>,
    windows: &[WindowRow],
    dates: &[CalendarRow],
    appointments: &[StaffAppointment],
) -> CalendarDay {
    let iso = time::iso_date(date);
    let closed = closed(date, dates);
    let own = appointments.iter().filter(|one| one.date == iso).cloned();
    CalendarDay {
        label: time::short_day(date),
        today: date == time::local_date(now),
        windows: if closed.is_empty() {
            open(date, windows)
        } else {
            Vec::new()
        },
        closed,
        appointments: own.collect(),
        date: iso,
    }
}

/// The titles of the closures on a date, or that it is in no term; empty if the clinic may be open.
fn closed(date: NaiveDate, dates: &[CalendarRow]) -> String {
    let on = |row: &&CalendarRow| row.from_date <= date && date <= row.until_date;
    let (terms, closures): (Vec<_>, Vec<_>) =
        dates.iter().filter(on).partition(|row| row.kind == "term");
    let titles: Vec<&str> = closures.iter().map(|row| row.title.as_str()).collect();
    if titles.is_empty() && terms.is_empty() {
        t("staff-out-of-term")
    } else {
        titles.join(", ")
    }
}

/// The hours of a date. Those for the date itself, even "not working", replace the weekly ones.
fn open(date: NaiveDate, windows: &[WindowRow]) -> Vec<(i64, i64)> {
    let weekday = time::weekday_number(date.weekday());
    let in_force =
        |row: &&WindowRow| row.from_date <= date && row.until_date.is_none_or(|last| date <= last);
    let (single, weekly): (Vec<_>, Vec<_>) = windows
        .iter()
        .filter(in_force)
        .partition(|row| row.weekday.is_none());
    let rows = if single.is_empty() { weekly } else { single };
    let mut hours: Vec<(i64, i64)> = rows
        .into_iter()
        .filter(|row| row.weekday.is_none_or(|day| day == weekday))
        .filter_map(|row| row.start_minute.zip(row.end_minute))
        .collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

/// The whole hours between which everything of the week lies.
fn hours(days: &[CalendarDay]) -> (i64, i64) {
    let windows = days.iter().flat_map(|day| day.windows.iter().copied());
    let appointments = days
        .iter()
        .flat_map(|day| &day.appointments)
        .map(|one| (one.start_minute, one.end_minute));
    let (from, until) = windows
        .chain(appointments)
        .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
        .unwrap_or(USUAL);
    let first = (from / 60).clamp(0, 23);
    let last = (until + 59) / 60;
    (first, last.clamp(first + 1, 24))
}
