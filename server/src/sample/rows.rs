//! The sample set-up and its plan as rows of the store.
//!
//! Promises to write through the store's own guards and to queue no message. Every id and every invented fact comes from
//! the caller's seeded numbers, so that one seed and one instant always give the same database.

mod appointments;
mod worked;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use serde::Serialize;
use uuid::Uuid;

use super::plan::Plan;
use super::setup::{Clinic, Hours, Service, Setup};
use crate::domain::booking::State;
use crate::domain::ids::uuid_at;
use crate::domain::reminder;
use crate::domain::schedule::Booking;
use crate::domain::time;
use crate::store::{
    CalendarRow, ClinicRow, MeetingRow, PeriodsRow, Records, ResourceRow, ServiceRow, StaffRow,
    Stored, WindowRow,
};

/// Years for which a clinic of this kind usually keeps a record. The university has still to check each.
fn usual_years(clinic: &str) -> i64 {
    match clinic {
        "law" => 7,
        "business" | "charity" => 6,
        _ => 8,
    }
}

/// Writes rows of one set-up.
pub struct Rows<'a> {
    setup: &'a Setup,
    now: DateTime<Utc>,
    rng: StdRng,
    /// Ids of people and, after the last of them, rooms.
    resources: Vec<Uuid>,
    /// Ids made so far.
    ids: u32,
    /// Number of the last client.
    clients: u32,
    /// What meetings are about, by clinic.
    issues: BTreeMap<String, Vec<Uuid>>,
    /// Who writes down what came of a clinic's meetings.
    recorders: BTreeMap<String, Uuid>,
}

/// An appointment that was written, to say how it went.
struct Sat<'a> {
    appointment: Uuid,
    meeting: &'a MeetingRow,
    advisers: i64,
    state: State,
}

impl<'a> Rows<'a> {
    /// Gives every person and room an id.
    pub fn new(setup: &'a Setup, now: DateTime<Utc>, mut rng: StdRng) -> Self {
        let resources = (0..setup.people.len() + setup.rooms.len())
            .map(|_| uuid_at(now, rng.random()))
            .collect();
        Self {
            setup,
            now,
            rng,
            resources,
            ids: 0,
            clients: 0,
            issues: BTreeMap::new(),
            recorders: BTreeMap::new(),
        }
    }

    /// The next id. It counts within its millisecond (RFC 9562, 6.2), so that every index grows at its end: a large
    /// sample with ids in no order spends most of its time on index pages.
    fn id(&mut self) -> Uuid {
        self.ids += 1;
        let [_, high, middle, low] = self.ids.to_be_bytes();
        let mut random: [u8; 10] = self.rng.random();
        // Version and variant are written over parts of the first and third byte.
        random[..5].copy_from_slice(&[0, high, 0, middle, low]);
        uuid_at(self.now, random)
    }

    /// Clinics, services, people, rooms, hours and dates.
    pub async fn put_setup(&mut self, tx: &mut dyn Records, plan: &Plan) -> Stored<()> {
        for (position, clinic) in (0..).zip(&self.setup.clinics) {
            tx.put_clinic(&clinic_row(clinic, position)).await?;
            for (position, service) in (0..).zip(&clinic.services) {
                tx.put_service(&service_row(clinic, service, position))
                    .await?;
            }
            // A service that is held until staff clear it is held for the conflict check.
            let checks = clinic
                .services
                .iter()
                .any(|one| one.booking == Booking::Held);
            tx.set_conflict_check(&clinic.id, checks).await?;
        }
        for was in tx.periods().await? {
            let keep_years = usual_years(&was.id);
            tx.put_periods(
                &was,
                &PeriodsRow {
                    keep_years,
                    ..was.clone()
                },
            )
            .await?;
        }
        for (person, &id) in self.setup.people.iter().zip(&self.resources) {
            tx.put_resource(
                &resource(id, "person", &person.name, String::new()),
                &person.services,
            )
            .await?;
        }
        for (room, &id) in self
            .setup
            .rooms
            .iter()
            .zip(&self.resources[self.setup.people.len()..])
        {
            tx.put_resource(
                &resource(id, "room", &room.name, words(&room.features)),
                &[],
            )
            .await?;
        }
        let since = plan.earlier.unwrap_or(plan.term.0);
        for hours in &self.setup.hours {
            self.put_hours(tx, hours, since).await?;
        }
        self.put_dates(tx, plan).await
    }

    async fn put_hours(
        &mut self,
        tx: &mut dyn Records,
        hours: &Hours,
        since: NaiveDate,
    ) -> Stored<()> {
        let parts = [
            (&hours.advisers, "adviser"),
            (&hours.supervisors, "supervisor"),
            (&hours.rooms, "room"),
        ];
        let staff: Vec<(Uuid, String)> = parts
            .into_iter()
            .flat_map(|(keys, part)| {
                keys.iter()
                    .filter_map(|key| Some((self.resource(key)?, part.to_owned())))
            })
            .collect();
        for weekday in &hours.weekdays {
            let window = WindowRow {
                id: self.id(),
                clinic_id: hours.clinic.clone(),
                weekday: Some(time::weekday_number(*weekday)),
                from_date: since,
                until_date: None,
                start_minute: Some(minute(hours.start)),
                end_minute: Some(minute(hours.end)),
            };
            tx.put_window(&window, &staff).await?;
        }
        Ok(())
    }

    async fn put_dates(&mut self, tx: &mut dyn Records, plan: &Plan) -> Stored<()> {
        let title = &self.setup.term.title;
        let earlier = plan
            .earlier
            .map(|from| (from, time::add_days(plan.term.0, -1)));
        let terms = earlier
            .into_iter()
            .chain([plan.term])
            .map(|(from, until)| ("term", from, until, title));
        let holidays = self
            .setup
            .bank_holidays
            .iter()
            .map(|day| ("bank_holiday", day.date, day.date, &day.title));
        for (kind, from_date, until_date, title) in terms.chain(holidays).collect::<Vec<_>>() {
            let id = self.id();
            let (kind, title) = (kind.to_owned(), title.clone());
            tx.put_calendar_dates(&CalendarRow {
                id,
                clinic_id: None,
                kind,
                from_date,
                until_date,
                title,
            })
            .await?;
        }
        Ok(())
    }

    fn resource(&self, key: &str) -> Option<Uuid> {
        let people = self.setup.people.iter().map(|person| &person.key);
        let position = people
            .chain(self.setup.rooms.iter().map(|room| &room.key))
            .position(|other| other == key)?;
        self.resources.get(position).copied()
    }

    /// The staff accounts, with these passwords (PHC strings, in the order of the set-up).
    pub async fn put_accounts(
        &mut self,
        tx: &mut dyn Records,
        passwords: Vec<String>,
    ) -> Stored<()> {
        for (account, password) in self.setup.accounts.iter().zip(passwords) {
            let staff = StaffRow {
                id: self.id(),
                email: account.email.clone(),
                name: account.name.clone(),
                password: Some(password),
                resource_id: account.person.as_ref().and_then(|key| self.resource(key)),
                active: true,
                created_at: self.now.timestamp(),
            };
            tx.put_staff(&staff).await?;
            for role in &account.roles {
                if let ("supervisor", Some(clinic)) = (role.role.as_str(), &role.clinic) {
                    self.recorders.entry(clinic.clone()).or_insert(staff.id);
                }
                tx.put_role(
                    staff.id,
                    &role.role,
                    role.clinic.as_deref().unwrap_or_default(),
                )
                .await?;
            }
        }
        Ok(())
    }
}

fn clinic_row(clinic: &Clinic, position: i64) -> ClinicRow {
    ClinicRow {
        id: clinic.id.clone(),
        name: clinic.name.clone(),
        position,
        enabled: clinic.enabled,
        supervisor_ratio: clinic.supervisor_ratio,
        about: clinic.about.to_json(),
    }
}

fn service_row(clinic: &Clinic, service: &Service, position: i64) -> ServiceRow {
    ServiceRow {
        id: service.id.clone(),
        clinic_id: clinic.id.clone(),
        name: service.name.clone(),
        neutral_label: service.neutral_label.clone(),
        price: service.price.clone(),
        position,
        enabled: true,
        booking: word(&service.booking),
        offered_to: word(&service.offered_to),
        modes: words(&service.modes),
        minutes: service.minutes,
        buffer_before: service.buffer_before,
        buffer_after: service.buffer_after,
        start_every: service.start_every,
        notice_minutes: service.notice_minutes,
        horizon_days: service.horizon_days,
        capacity: service.capacity,
        advisers_needed: service.advisers_needed,
        daily_cap: service.daily_cap,
        turnaround_days: service.turnaround_days,
        reminder_days: reminder::Plan::default().to_string(),
    }
}

fn resource(id: Uuid, kind: &str, name: &str, features: String) -> ResourceRow {
    ResourceRow {
        id,
        kind: kind.to_owned(),
        name: name.to_owned(),
        features,
        active: true,
    }
}

fn minute(time: chrono::NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

/// The stored word of a value of the domain.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // Enums without fields are written as strings; the schema refuses the empty word.
        _ => String::new(),
    }
}

fn words<T: Serialize>(values: &[T]) -> String {
    values.iter().map(word).collect::<Vec<_>>().join(",")
}
