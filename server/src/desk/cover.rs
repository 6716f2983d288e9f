//! Who supervises today, hour by hour, and how many meetings each has: a band for each clinic. Pure but for the words.

use std::collections::BTreeMap;

use app::view::{Cover, CoverLine};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::away::{Away, Piece, without};
use super::rows::{clinic, instant};
use crate::domain::time;
use crate::store::{AppointmentRow, DutyRow, StaffingRow, Stored};

/// The bands of a date, one for each clinic that is open, in the clinics' order. `rows` are the meetings of these clinics.
pub(super) fn cover(
    (date, now): (NaiveDate, DateTime<Utc>),
    duty: Vec<DutyRow>,
    away: &Away,
    rows: &[&AppointmentRow],
    staffing: &[StaffingRow],
) -> Stored<Vec<Cover>> {
    let mut clinics: Vec<(String, Vec<DutyRow>)> = Vec::new();
    for row in in_force(date, duty) {
        match clinics.iter_mut().find(|(id, _)| *id == row.clinic_id) {
            Some((_, own)) => own.push(row),
            None => clinics.push((row.clinic_id.clone(), vec![row])),
        }
    }
    let busy = busy(rows, staffing)?;
    clinics
        .into_iter()
        .map(|(_, own)| band((date, now), &own, away, &busy))
        .collect()
}

/// Sessions of the date itself, even "not working", replace the weekly ones of their clinic.
fn in_force(date: NaiveDate, duty: Vec<DutyRow>) -> Vec<DutyRow> {
    let today = time::weekday_number(date.weekday());
    let single: Vec<String> = duty
        .iter()
        .filter(|row| row.weekday.is_none())
        .map(|row| row.clinic_id.clone())
        .collect();
    duty.into_iter()
        .filter(|row| match row.weekday {
            Some(day) => day == today && !single.contains(&row.clinic_id),
            None => true,
        })
        .filter(|row| row.start_minute.is_some() && row.end_minute.is_some())
        .collect()
}

/// When each supervisor has a meeting, in minutes after midnight, by clinic.
type Busy = BTreeMap<(String, Uuid), Vec<(i64, i64)>>;

fn busy(rows: &[&AppointmentRow], staffing: &[StaffingRow]) -> Stored<Busy> {
    let mut meetings = BTreeMap::new();
    for row in rows {
        let from = time::minute_of_day(instant(row.starts_at)?);
        let until = (from + (row.ends_at - row.starts_at) / 60).min(24 * 60);
        meetings.insert(row.meeting_id, (row.clinic_id.clone(), (from, until)));
    }
    let mut busy = Busy::new();
    for one in staffing.iter().filter(|one| one.part == "supervisor") {
        if let Some((clinic, span)) = meetings.get(&one.meeting_id) {
            let key = (clinic.clone(), one.resource_id);
            busy.entry(key).or_default().push(*span);
        }
    }
    Ok(busy)
}

fn band(
    (date, now): (NaiveDate, DateTime<Utc>),
    rows: &[DutyRow],
    away: &Away,
    busy: &Busy,
) -> Stored<Cover> {
    let from = rows.iter().map(|row| span(row).0).min().unwrap_or(0);
    let until = rows.iter().map(|row| span(row).1).max().unwrap_or(0);
    let minute = time::minute_of_day(now);
    let first = rows.first();
    let most = first.map_or(1, |row| row.supervisor_ratio);
    let clinic_id = first.map(|row| row.clinic_id.clone()).unwrap_or_default();
    let (people, nobody) = there(date, &clinic_id, rows, away)?;
    let lines = people.into_iter().map(|((name, id), spans)| {
        let has = busy.get(&(clinic_id.clone(), id));
        let loads = loads(has.map(Vec::as_slice).unwrap_or_default());
        let hours: Vec<String> = spans.iter().map(|one| words(date, *one)).collect();
        CoverLine {
            name,
            now: loads
                .iter()
                .find(|(from, until, _)| *from <= minute && minute < *until)
                .map_or(0, |(_, _, count)| *count),
            hours: hours.join(", "),
            spans,
            loads,
            most,
        }
    });
    Ok(Cover {
        clinic: first
            .map(|row| clinic(&row.clinic_id, &row.clinic_name))
            .unwrap_or_default(),
        from,
        until,
        now: (from <= minute && minute < until).then_some(minute),
        lines: lines.collect(),
        nobody: nobody.into_iter().map(|one| words(date, one)).collect(),
    })
}

fn span(row: &DutyRow) -> Piece {
    (
        row.start_minute.unwrap_or_default(),
        row.end_minute.unwrap_or_default(),
    )
}

/// When each supervisor is there.
type People = BTreeMap<(String, Uuid), Vec<Piece>>;

/// Who supervises when, without the time in which they are away or the clinic meets nobody; and the pieces of sessions in
/// which nobody does.
fn there(
    date: NaiveDate,
    clinic: &str,
    rows: &[DutyRow],
    away: &Away,
) -> Stored<(People, Vec<Piece>)> {
    let blocks = away.blocks(clinic, date)?;
    let mut people = People::new();
    let mut alone: Vec<Piece> = Vec::new();
    for row in rows {
        if let (Some(id), Some(name)) = (row.resource_id, &row.name) {
            let mut absent = away.of(id, date)?;
            absent.extend(&blocks);
            let spans = people.entry((name.clone(), id)).or_default();
            for piece in without(span(row), &absent) {
                if !spans.contains(&piece) {
                    spans.push(piece);
                }
            }
        } else {
            alone.extend(without(span(row), &blocks));
        }
    }
    let covered: Vec<Piece> = people.values().flatten().copied().collect();
    for row in rows.iter().filter(|row| row.resource_id.is_some()) {
        for open in without(span(row), &blocks) {
            alone.extend(without(open, &covered));
        }
    }
    people.retain(|_, spans| !spans.is_empty());
    alone.sort_unstable();
    alone.dedup();
    Ok((people, alone))
}

/// How many of these stretches there are at once, piece by piece; pieces without any are left out.
fn loads(spans: &[(i64, i64)]) -> Vec<(i64, i64, i64)> {
    let mut edges: Vec<i64> = spans
        .iter()
        .flat_map(|(from, until)| [*from, *until])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
        .windows(2)
        .filter_map(|pair| {
            let &[from, until] = pair else { return None };
            let count = spans.iter().filter(|one| one.0 <= from && until <= one.1);
            let count = i64::try_from(count.count()).unwrap_or(i64::MAX);
            (count > 0).then_some((from, until, count))
        })
        .collect()
}

fn words(date: NaiveDate, (from, until): (i64, i64)) -> String {
    let at = |minute: i64| {
        let clock = u32::try_from(minute)
            .ok()
            .and_then(|minute| NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0));
        match clock {
            Some(clock) if minute < 24 * 60 => time::resolve(date, clock),
            _ => time::end_of_day(date),
        }
    };
    time::clock_range(at(from), at(until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AwayRow;

    #[test]
    fn a_supervisor_who_is_away_covers_nothing_and_the_time_without_anybody_is_said() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default();
        let at = |hour: i64| time::start_of_day(date).timestamp() + hour * 3600;
        let duty = |number: u128, name: &str| DutyRow {
            clinic_id: "law".into(),
            clinic_name: "Law".into(),
            supervisor_ratio: 2,
            weekday: Some(2),
            start_minute: Some(600),
            end_minute: Some(840),
            resource_id: Some(Uuid::from_u128(number)),
            name: Some(name.into()),
        };
        let away = |resource: Option<u128>, from, until| AwayRow {
            clinic_id: "law".into(),
            resource_id: resource.map(Uuid::from_u128),
            name: None,
            room: false,
            from_at: at(from),
            until_at: at(until),
            title: String::new(),
        };
        let rows = [duty(1, "Ada"), duty(2, "Ben")];
        let of = |all: Vec<AwayRow>| there(date, "law", &rows, &Away::new(all)).unwrap();
        let (people, nobody) = of(vec![away(Some(1), 0, 12), away(Some(2), 13, 24)]);
        assert_eq!(
            people[&("Ada".to_owned(), Uuid::from_u128(1))],
            [(720, 840)]
        );
        assert_eq!(
            people[&("Ben".to_owned(), Uuid::from_u128(2))],
            [(600, 780)]
        );
        assert_eq!(nobody, []);
        let (people, nobody) = of(vec![away(Some(1), 0, 24), away(Some(2), 13, 24)]);
        assert_eq!(people.len(), 1);
        assert_eq!(nobody, [(780, 840)]);
        let blocked = vec![
            away(Some(1), 0, 24),
            away(Some(2), 13, 24),
            away(None, 13, 24),
        ];
        assert_eq!(
            of(blocked).1,
            [],
            "nobody is missed while the clinic meets nobody"
        );
    }

    #[test]
    fn a_supervisor_of_several_rooms_has_as_many_meetings_as_overlap() {
        assert_eq!(
            loads(&[(540, 600), (570, 630), (570, 600), (700, 760)]),
            [(540, 570, 1), (570, 600, 3), (600, 630, 1), (700, 760, 1)]
        );
        assert_eq!(loads(&[]), []);
    }
}
