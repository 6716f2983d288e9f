//! A month: how much of each day is taken, as one small bar.

use app::view::{MonthDay, StaffAppointment};
use chrono::{Datelike as _, NaiveDate};
use uuid::Uuid;

use super::{Scope, Sheet};
use crate::domain::access::Action;

/// The weeks from the first date to the last, seven days each.
pub(super) fn weeks(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    month: NaiveDate,
    (from, until): (NaiveDate, NaiveDate),
) -> Vec<Vec<MonthDay>> {
    let days: Vec<MonthDay> = from
        .iter_days()
        .take_while(|date| *date <= until)
        .map(|date| day(sheet, lines, month, date))
        .collect();
    days.chunks(7).map(<[MonthDay]>::to_vec).collect()
}

fn day(
    sheet: &Sheet<'_>,
    lines: &[(Uuid, StaffAppointment)],
    month: NaiveDate,
    date: NaiveDate,
) -> MonthDay {
    let plain = sheet.day(date);
    let own: Vec<_> = lines
        .iter()
        .filter(|(_, one)| one.date == plain.date)
        .collect();
    let held = own.iter().filter(|(_, one)| one.state == "held").count();
    let troubles = own
        .iter()
        .filter(|(_, one)| !one.trouble.is_empty())
        .count();
    let (offered, taken) = (offered(sheet, date), taken(sheet, &own));
    MonthDay {
        number: date.day().to_string(),
        label: plain.label,
        outside: (date.year(), date.month()) != (month.year(), month.month()),
        today: plain.today,
        idle: plain.cover.is_empty() && own.is_empty(),
        closed: plain.closed,
        booked: own.len() - held,
        held,
        troubles,
        percent: if offered == 0 {
            i64::from(taken > 0) * 100
        } else {
            (taken * 100 / offered).min(100)
        },
        date: plain.date,
    }
}

/// Minutes that advisers work on a date; of a person or room, and where somebody sees but their own meetings, their own.
fn offered(sheet: &Sheet<'_>, date: NaiveDate) -> i64 {
    let shown = sheet.shown_clinics();
    let hours = shown
        .iter()
        .flat_map(|clinic| sheet.plan.open(&clinic.id, date));
    hours
        .map(|hours| {
            let (from, until) = hours.span.unwrap_or_default();
            let own = sheet.own.only_time_of(Action::SeeCalendar, &hours.clinic);
            let who = match (&sheet.scope, own) {
                (Scope::Resource(id), _) => usize::from(hours.has(*id)),
                (_, Some(own)) => usize::from(hours.has(own)),
                _ => hours.names("adviser").len(),
            };
            (until - from) * i64::try_from(who).unwrap_or(0)
        })
        .sum()
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
