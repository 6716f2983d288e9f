//! A month: how much of each day is taken, as one small bar, when nobody is met and who supervises. Names no client.

use std::collections::BTreeSet;

use app::text::{t, t_with};
use app::view::{MonthDay, StaffAppointment};
use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

use super::plan::{clock_span, listed};
use super::{Scope, Sheet};
use crate::desk::away::without;
use crate::domain::access::Action;
use crate::store::Stored;

/// The weeks from the first date to the last, seven days each.
pub(super) fn weeks(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    month: NaiveDate,
    (from, until): (NaiveDate, NaiveDate),
) -> Stored<Vec<Vec<MonthDay>>> {
    let days = from
        .iter_days()
        .take_while(|date| *date <= until)
        .map(|date| day(sheet, lines, month, date))
        .collect::<Stored<Vec<MonthDay>>>()?;
    Ok(days.chunks(7).map(<[MonthDay]>::to_vec).collect())
}

fn day(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    month: NaiveDate,
    date: NaiveDate,
) -> Stored<MonthDay> {
    let plain = sheet.day(date)?;
    let own: Vec<_> = lines
        .iter()
        .filter(|(_, one)| one.date == plain.date)
        .collect();
    let waiting = own.iter().filter(|(_, one)| one.offer.is_some()).count();
    let held = own.iter().filter(|(_, one)| one.state == "held").count();
    let troubles = own
        .iter()
        .filter(|(_, one)| !one.trouble.is_empty())
        .count();
    let (offered, taken) = (offered(sheet, date)?, taken(sheet, &own));
    Ok(MonthDay {
        number: date.day().to_string(),
        label: plain.label,
        outside: (date.year(), date.month()) != (month.year(), month.month()),
        today: plain.today,
        idle: plain.cover.is_empty() && own.is_empty(),
        closed: plain.closed,
        booked: own.len() - held,
        held: held - waiting,
        offered: waiting,
        troubles,
        notes: notes(sheet, date)?,
        percent: (offered > 0).then(|| (taken * 100 / offered).min(100)),
        date: plain.date,
    })
}

/// When the clinics shown meet nobody on a date, and who supervises.
fn notes(sheet: &Sheet<'_>, date: NaiveDate) -> Stored<Vec<String>> {
    let mut blocks = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut open = false;
    for clinic in sheet.shown_clinics() {
        for hours in sheet.plan.open(&clinic.id, date) {
            if let Scope::Resource(id) = sheet.scope
                && !hours.has(id)
            {
                continue;
            }
            open = true;
            names.extend(hours.names("supervisor"));
        }
        blocks.extend(sheet.away.blocks(&clinic.id, date)?);
    }
    let blocked = |(from, until): (i64, i64)| {
        let when = if until - from == 24 * 60 {
            t("calendar-away-all-day")
        } else {
            clock_span(from, until)
        };
        t_with("calendar-month-blocked", &[("when", when.into())])
    };
    let names: Vec<&str> = names.into_iter().collect();
    let who = [
        ("people", names.len().into()),
        ("names", listed(&names).into()),
    ];
    let who = open.then(|| t_with("calendar-month-supervised", &who));
    Ok(blocks.into_iter().map(blocked).chain(who).collect())
}

/// Minutes that advisers work on a date; of a person or room, and where somebody sees but their own meetings, their own. Who is away then does not work.
fn offered(sheet: &Sheet<'_>, date: NaiveDate) -> Stored<i64> {
    let mut minutes = 0;
    for clinic in sheet.shown_clinics() {
        let blocks = sheet.away.blocks(&clinic.id, date)?;
        for hours in sheet.plan.open(&clinic.id, date) {
            let span = hours.span.unwrap_or_default();
            let own = sheet.own.only_time_of(Action::SeeCalendar, &hours.clinic);
            let only = match sheet.scope {
                Scope::Resource(id) => Some(id),
                Scope::All | Scope::Clinic(_) => own,
            };
            let who = match only {
                Some(id) => Vec::from_iter(hours.has(id).then_some(id)),
                None => hours.ids("adviser"),
            };
            for id in who {
                let mut away = sheet.away.of(id, date)?;
                away.extend(&blocks);
                let left = without(span, &away);
                minutes += left.iter().map(|(from, until)| until - from).sum::<i64>();
            }
        }
    }
    Ok(minutes)
}

/// Minutes of them that meetings take, each meeting once.
fn taken(sheet: &Sheet<'_>, own: &[&(Uuid, StaffAppointment)]) -> i64 {
    let mut meetings: Vec<(Uuid, i64)> = own
        .iter()
        .map(|(meeting, one)| (*meeting, one.end_minute - one.start_minute))
        .collect();
    meetings.sort_unstable();
    meetings.dedup();
    meetings
        .into_iter()
        .map(|(meeting, minutes)| {
            let rows = sheet.taken.of(meeting).iter();
            let who = rows.filter(|row| {
                let own = sheet.own.only_time_of(Action::SeeCalendar, &row.clinic_id);
                match (&sheet.scope, own) {
                    (Scope::Resource(id), _) => row.resource_id == *id,
                    (_, Some(own)) => row.resource_id == own,
                    _ => row.part == "adviser",
                }
            });
            minutes * i64::try_from(who.count()).unwrap_or(0)
        })
        .sum()
}
