//! The facts of availability, in five queries whatever the range and the size of the clinic.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::Connection;
use crate::domain::ids::{ClinicId, MeetingId, ResourceId, ServiceId};
use crate::domain::schedule::{
    Block, Busy, Dates, Facts, Resource, ServiceRules, Standing, When, Window,
};
use crate::domain::time;
use crate::store::{StoreError, Stored, translate, word, words};

/// The longest time a meeting takes with its buffers, in seconds; the schema checks it.
const LONGEST: i64 = 86_400;

#[derive(FromRow)]
struct RulesRow {
    clinic_id: String,
    modes: String,
    minutes: i64,
    buffer_before: i64,
    buffer_after: i64,
    start_every: i64,
    notice_minutes: i64,
    horizon_days: i64,
    capacity: i64,
    advisers_needed: i64,
    daily_cap: Option<i64>,
    turnaround_days: i64,
    supervisor_ratio: i64,
}

#[derive(FromRow)]
struct StaffedWindow {
    id: Uuid,
    weekday: Option<i64>,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
    start_minute: Option<i64>,
    end_minute: Option<i64>,
    resource_id: Option<Uuid>,
    part: Option<String>,
    features: Option<String>,
}

#[derive(FromRow)]
struct DatesRow {
    kind: String,
    from_date: NaiveDate,
    until_date: NaiveDate,
}

#[derive(FromRow)]
struct BusyRow {
    /// Nobody: the whole clinic.
    resource_id: Option<Uuid>,
    busy_from: i64,
    busy_until: i64,
    at_once: i64,
}

#[derive(FromRow)]
struct StandingRow {
    id: Uuid,
    mode: String,
    starts_at: i64,
    ends_at: i64,
    places: i64,
    room: Option<Uuid>,
}

impl Connection {
    pub(super) async fn read_facts(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<Option<Facts>> {
        // A meeting that stands is looked at again, whether or not its service can still be booked.
        let stands = ignoring.is_some();
        let Some(rules) = self.rules(service, stands).await? else {
            return Ok(None);
        };
        let facts = self.facts_by(rules, (from, until), now, ignoring).await?;
        Ok(Some(facts))
    }

    /// The same for a service that may be switched off.
    pub(super) async fn read_facts_of_any(
        &mut self,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
        now: i64,
    ) -> Stored<Option<Facts>> {
        let Some(rules) = self.rules(service, true).await? else {
            return Ok(None);
        };
        let facts = self.facts_by(rules, (from, until), now, None).await?;
        Ok(Some(facts))
    }

    async fn facts_by(
        &mut self,
        rules: ServiceRules,
        (from, until): (NaiveDate, NaiveDate),
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<Facts> {
        let service = rules.service.0.clone();
        let service = service.as_str();
        let clinic = rules.clinic.clone();
        let (windows, resources) = self
            .staffed_windows(clinic.as_str(), service, from, until)
            .await?;
        let (terms, closures) = self
            .open_dates(clinic.as_str(), from, until, rules.turnaround_days)
            .await?;
        let first = time::start_of_day(from).timestamp();
        let last = time::end_of_day(until).timestamp();
        let (busy, blocks) = self
            .busy(clinic.as_str(), first, last, now, ignoring)
            .await?;
        let standing = self.standing(service, first, last, now, ignoring).await?;
        Ok(Facts {
            rules,
            windows,
            terms,
            closures,
            resources,
            busy,
            blocks,
            standing,
        })
    }

    async fn rules(&mut self, service: &str, even_if_off: bool) -> Stored<Option<ServiceRules>> {
        let row: Option<RulesRow> = sqlx::query_as(
            "SELECT s.clinic_id, s.modes, s.minutes, s.buffer_before, s.buffer_after, s.start_every, s.notice_minutes,
                    s.horizon_days, s.capacity, s.advisers_needed, s.daily_cap, s.turnaround_days, c.supervisor_ratio
             FROM services s JOIN clinics c ON c.id = s.clinic_id
             WHERE s.id = $1 AND ((s.enabled AND c.enabled) OR $2)",
        )
        .bind(service)
        .bind(even_if_off)
        .fetch_optional(&mut *self.tx)
        .await
        .map_err(translate)?;
        row.map(|row| {
            Ok(ServiceRules {
                service: ServiceId::from(service),
                clinic: ClinicId(row.clinic_id),
                modes: words(&row.modes)?,
                minutes: row.minutes,
                buffer_before: row.buffer_before,
                buffer_after: row.buffer_after,
                start_every: row.start_every,
                notice_minutes: row.notice_minutes,
                horizon_days: row.horizon_days,
                capacity: row.capacity,
                advisers_needed: row.advisers_needed,
                supervisor_ratio: row.supervisor_ratio,
                daily_cap: row.daily_cap,
                turnaround_days: row.turnaround_days,
            })
        })
        .transpose()
    }

    /// Windows in force in the range, with the people who have the skill and the rooms.
    async fn staffed_windows(
        &mut self,
        clinic: &str,
        service: &str,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Stored<(Vec<Window>, Vec<Resource>)> {
        let rows: Vec<StaffedWindow> = sqlx::query_as(
            "SELECT w.id, w.weekday, w.from_date, w.until_date, w.start_minute, w.end_minute,
                    f.resource_id, f.part, f.features
             FROM windows w
             LEFT JOIN (
                SELECT ws.window_id, ws.resource_id, ws.part, r.features
                FROM window_staff ws
                JOIN resources r ON r.id = ws.resource_id
                WHERE r.active AND (ws.part <> 'adviser' OR EXISTS (
                    SELECT 1 FROM resource_services rs WHERE rs.resource_id = r.id AND rs.service_id = $2))
             ) f ON f.window_id = w.id
             WHERE w.clinic_id = $1 AND w.from_date <= $4 AND (w.until_date IS NULL OR w.until_date >= $3)
             ORDER BY w.id, f.resource_id",
        )
        .bind(clinic)
        .bind(service)
        .bind(from)
        .bind(until)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        let mut windows: BTreeMap<Uuid, Window> = BTreeMap::new();
        let mut resources: BTreeMap<Uuid, Resource> = BTreeMap::new();
        for row in rows {
            let staff = match (row.resource_id, &row.part) {
                (Some(id), Some(part)) => {
                    let features = words(row.features.as_deref().unwrap_or_default())?;
                    resources.entry(id).or_insert_with(|| Resource {
                        id: ResourceId(id),
                        features: BTreeSet::from_iter(features),
                    });
                    Some((ResourceId(id), word(part)?))
                }
                _ => None,
            };
            let window = match windows.entry(row.id) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(window(&row)?),
            };
            window.staff.extend(staff);
        }
        Ok((
            windows.into_values().collect(),
            resources.into_values().collect(),
        ))
    }

    async fn open_dates(
        &mut self,
        clinic: &str,
        from: NaiveDate,
        until: NaiveDate,
        turnaround_days: i64,
    ) -> Stored<(Vec<Dates>, Vec<Dates>)> {
        let last = until + Days::new(u64::try_from(turnaround_days).unwrap_or(0));
        let rows: Vec<DatesRow> = sqlx::query_as(
            "SELECT kind, from_date, until_date FROM calendar_dates
             WHERE (clinic_id IS NULL OR clinic_id = $1) AND from_date <= $3 AND until_date >= $2
             ORDER BY from_date, id",
        )
        .bind(clinic)
        .bind(from)
        .bind(last)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        let (terms, closures): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.kind == "term");
        let dates = |row: DatesRow| Dates {
            from: row.from_date,
            until: row.until_date,
        };
        Ok((
            terms.into_iter().map(dates).collect(),
            closures.into_iter().map(dates).collect(),
        ))
    }

    /// Times taken of everybody and everything in the clinic's windows, wherever they are taken. A hold that has ended
    /// takes nothing. Being away takes all of somebody, like one meeting; what is nobody's is the whole clinic's.
    async fn busy(
        &mut self,
        clinic: &str,
        from: i64,
        until: i64,
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<(Vec<Busy>, Vec<Block>)> {
        let rows: Vec<BusyRow> = sqlx::query_as(
            "SELECT a.resource_id, a.busy_from, a.busy_until, a.at_once
             FROM allocations a
             WHERE a.active AND a.busy_until > $2 AND a.busy_from < $3 AND a.busy_from > $2 - $6
               AND (a.hold_until IS NULL OR a.hold_until > $4)
               AND (a.meeting_id <> $5 OR $5 IS NULL)
               AND a.resource_id IN (
                    SELECT ws.resource_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id
                    WHERE w.clinic_id = $1)
             UNION ALL
             SELECT b.resource_id, b.from_at, b.until_at, 1
             FROM absences b
             WHERE b.until_at > $2 AND b.from_at < $3
               AND ((b.resource_id IS NULL AND b.clinic_id = $1) OR b.resource_id IN (
                    SELECT ws.resource_id FROM window_staff ws JOIN windows w ON w.id = ws.window_id
                    WHERE w.clinic_id = $1))",
        )
        .bind(clinic)
        .bind(from - LONGEST)
        .bind(until + LONGEST)
        .bind(now)
        .bind(ignoring)
        .bind(LONGEST)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        let mut busy = Vec::with_capacity(rows.len());
        let mut blocks = Vec::new();
        for row in rows {
            let (from, until) = (instant(row.busy_from)?, instant(row.busy_until)?);
            match row.resource_id {
                Some(id) => busy.push(Busy {
                    resource: ResourceId(id),
                    from,
                    until,
                    at_once: row.at_once,
                }),
                None => blocks.push(Block { from, until }),
            }
        }
        Ok((busy, blocks))
    }

    async fn standing(
        &mut self,
        service: &str,
        from: i64,
        until: i64,
        now: i64,
        ignoring: Option<Uuid>,
    ) -> Stored<Vec<Standing>> {
        let rows: Vec<StandingRow> = sqlx::query_as(
            "SELECT m.id, m.mode, m.starts_at, m.ends_at,
                    m.capacity - (SELECT count(*) FROM appointments a
                        WHERE a.meeting_id = m.id AND a.state NOT IN ('cancelled', 'expired')
                          AND (a.state <> 'held' OR a.hold_expires_at > $4)) AS places,
                    (SELECT l.resource_id FROM allocations l WHERE l.meeting_id = m.id AND l.part = 'room') AS room
             FROM meetings m
             WHERE m.active AND m.service_id = $1 AND m.starts_at >= $2 AND m.starts_at < $3
               AND (m.id <> $5 OR $5 IS NULL)
               AND EXISTS (SELECT 1 FROM appointments a
                    WHERE a.meeting_id = m.id AND a.state NOT IN ('cancelled', 'expired')
                      AND (a.state <> 'held' OR a.hold_expires_at > $4))
             ORDER BY m.starts_at, m.id",
        )
        .bind(service)
        .bind(from)
        .bind(until)
        .bind(now)
        .bind(ignoring)
        .fetch_all(&mut *self.tx)
        .await
        .map_err(translate)?;
        rows.into_iter()
            .map(|row| {
                Ok(Standing {
                    meeting: MeetingId(row.id),
                    start: instant(row.starts_at)?,
                    end: instant(row.ends_at)?,
                    mode: word(&row.mode)?,
                    places: row.places.max(0),
                    room: row.room.map(ResourceId),
                })
            })
            .collect()
    }
}

fn window(row: &StaffedWindow) -> Stored<Window> {
    let on = match row.weekday {
        Some(number) => When::Weekly {
            weekday: time::weekday_from_number(number)
                .ok_or_else(|| StoreError::Corrupt(format!("weekday {number}")))?,
            from: row.from_date,
            until: row.until_date,
        },
        None => When::Date(row.from_date),
    };
    let hours = match (row.start_minute, row.end_minute) {
        (Some(start), Some(end)) => Some((time_of_day(start)?, time_of_day(end)?)),
        _ => None,
    };
    Ok(Window {
        on,
        hours,
        staff: Vec::new(),
    })
}

/// Minutes after local midnight as a time of day; 1440, the end of the day, is 00:00.
fn time_of_day(minutes: i64) -> Stored<NaiveTime> {
    u32::try_from(minutes)
        .ok()
        .and_then(|minutes| NaiveTime::from_num_seconds_from_midnight_opt(minutes % 1440 * 60, 0))
        .ok_or_else(|| StoreError::Corrupt(format!("time of day {minutes}")))
}

fn instant(seconds: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
}
