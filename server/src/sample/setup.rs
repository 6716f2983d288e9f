//! The sample set-up as data: what stands in `packs/sample/*.toml`, read and checked.
//!
//! Promises that every name it holds is known: a person's services, the people and rooms of the hours, the person and
//! clinics of an account. It knows no date of today and no database.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;

use crate::clinics::About;
use crate::domain::schedule::{Booking, Feature, Mode, OfferedTo};

/// The whole set-up.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Clinics in the order to show them, with their services.
    pub clinics: Vec<Clinic>,
    /// People in the calendar.
    pub people: Vec<Person>,
    /// Rooms.
    pub rooms: Vec<Room>,
    /// Staff who can sign in.
    pub accounts: Vec<Account>,
    /// The term, counted from the day of loading.
    pub term: Term,
    /// Hours of work.
    pub hours: Vec<Hours>,
    /// Days on which every clinic is closed.
    pub bank_holidays: Vec<BankHoliday>,
    /// What meetings are about.
    pub issues: Vec<Issues>,
    /// What an hour counts as.
    pub rates: Rates,
}

/// What a clinic's meetings are about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issues {
    pub clinic: String,
    pub names: Vec<String>,
}

/// Pence an hour, and the first date of a meeting that they count for (`YYYY-MM-DD`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    pub from: String,
    pub student: i64,
    pub supervisor: i64,
}

/// A clinic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clinic {
    pub id: String,
    pub name: String,
    pub enabled: bool,
    pub supervisor_ratio: i64,
    pub about: About,
    #[serde(rename = "service")]
    pub services: Vec<Service>,
}

/// A service and its rules; lengths in minutes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub id: String,
    pub name: String,
    pub neutral_label: String,
    pub price: String,
    pub booking: Booking,
    pub offered_to: OfferedTo,
    pub modes: Vec<Mode>,
    pub minutes: i64,
    pub buffer_before: i64,
    pub buffer_after: i64,
    pub start_every: i64,
    pub notice_minutes: i64,
    pub horizon_days: i64,
    pub capacity: i64,
    pub advisers_needed: i64,
    pub daily_cap: Option<i64>,
    pub turnaround_days: i64,
}

/// A person in the calendar. `services` are those they may work on as an adviser.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub services: Vec<String>,
}

/// A room and what it offers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    pub key: String,
    pub name: String,
    pub features: Vec<Feature>,
}

/// A staff account; `person` is their key in the calendar, if they see clients.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub email: String,
    pub name: String,
    pub person: Option<String>,
    pub roles: Vec<Role>,
}

/// A role in a clinic; without a clinic, in all of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub role: String,
    pub clinic: Option<String>,
}

/// The term in weeks before and after the day of loading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub title: String,
    pub weeks_before: i64,
    pub weeks_after: i64,
}

/// Who and what is there on these weekdays, in local time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub clinic: String,
    pub weekdays: Vec<Weekday>,
    pub start: NaiveTime,
    pub end: NaiveTime,
    pub advisers: Vec<String>,
    pub supervisors: Vec<String>,
    pub rooms: Vec<String>,
}

/// A bank holiday, or its substitute day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankHoliday {
    pub date: NaiveDate,
    pub title: String,
}

/// Why the files cannot be used. Says which file and what in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("packs/sample/{file}: {problem}")]
pub struct SetupError {
    /// The file's name.
    pub file: &'static str,
    /// What is wrong, with the value.
    pub problem: String,
}

const CLINICS: &str = "clinics.toml";
const PEOPLE: &str = "people.toml";
const CALENDAR: &str = "calendar.toml";
const WORKED: &str = "worked.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClinicsFile {
    clinic: Vec<Clinic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    person: Vec<Person>,
    room: Vec<Room>,
    account: Vec<Account>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    term: Term,
    hours: Vec<Hours>,
    bank_holiday: Vec<BankHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkedFile {
    rates: Rates,
    issues: Vec<Issues>,
}

impl Setup {
    /// The set-up that the program carries.
    pub fn shipped() -> Result<Self, SetupError> {
        Self::parse(
            include_str!("../../packs/sample/clinics.toml"),
            include_str!("../../packs/sample/people.toml"),
            include_str!("../../packs/sample/calendar.toml"),
            include_str!("../../packs/sample/worked.toml"),
        )
    }

    /// Reads the four files and checks that every name in them is known.
    pub fn parse(
        clinics: &str,
        people: &str,
        calendar: &str,
        worked: &str,
    ) -> Result<Self, SetupError> {
        let clinics: ClinicsFile = read(CLINICS, clinics)?;
        let people: PeopleFile = read(PEOPLE, people)?;
        let calendar: CalendarFile = read(CALENDAR, calendar)?;
        let worked: WorkedFile = read(WORKED, worked)?;
        let setup = Self {
            clinics: clinics.clinic,
            people: people.person,
            rooms: people.room,
            accounts: people.account,
            term: calendar.term,
            hours: calendar.hours,
            bank_holidays: calendar.bank_holiday,
            issues: worked.issues,
            rates: worked.rates,
        };
        setup.check()?;
        Ok(setup)
    }

    fn check(&self) -> Result<(), SetupError> {
        let clinics = unique(
            CLINICS,
            self.clinics.iter().map(|clinic| clinic.id.as_str()),
        )?;
        let services = unique(
            CLINICS,
            self.clinics
                .iter()
                .flat_map(|clinic| &clinic.services)
                .map(|service| service.id.as_str()),
        )?;
        let people = unique(PEOPLE, self.people.iter().map(|person| person.key.as_str()))?;
        let rooms = unique(PEOPLE, self.rooms.iter().map(|room| room.key.as_str()))?;
        unique(
            PEOPLE,
            self.accounts.iter().map(|account| account.email.as_str()),
        )?;
        for clinic in &self.clinics {
            if let Some(part) = clinic.about.lacks() {
                return Err(wrong(CLINICS, format!("clinic {} lacks {part}", clinic.id)));
            }
        }
        if let Some(clinic) = self
            .clinics
            .iter()
            .find(|clinic| clinic.services.is_empty())
        {
            return Err(wrong(
                CLINICS,
                format!("clinic {} has no service", clinic.id),
            ));
        }
        let mut all = self.clinics.iter().flat_map(|clinic| &clinic.services);
        if let Some(service) = all.find(|service| service.minutes < 5 || service.start_every < 5) {
            return Err(wrong(
                CLINICS,
                format!("{}: minutes and start_every are 5 or more", service.id),
            ));
        }
        for person in &self.people {
            known(PEOPLE, &services, &person.services)?;
        }
        for account in &self.accounts {
            known(PEOPLE, &people, account.person.as_slice())?;
            known(
                PEOPLE,
                &clinics,
                account.roles.iter().filter_map(|role| role.clinic.as_ref()),
            )?;
        }
        known(
            WORKED,
            &clinics,
            self.issues.iter().map(|list| &list.clinic),
        )?;
        for list in &self.issues {
            unique(WORKED, list.names.iter().map(String::as_str))?;
        }
        for hours in &self.hours {
            known(CALENDAR, &clinics, [&hours.clinic])?;
            known(
                CALENDAR,
                &people,
                hours.advisers.iter().chain(&hours.supervisors),
            )?;
            known(CALENDAR, &rooms, &hours.rooms)?;
            if hours.start >= hours.end {
                return Err(wrong(
                    CALENDAR,
                    format!(
                        "hours of {} end at {}, before they start",
                        hours.clinic, hours.end
                    ),
                ));
            }
        }
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SetupError> {
    toml::from_str(text).map_err(|error| wrong(file, error.to_string()))
}

fn wrong(file: &'static str, problem: String) -> SetupError {
    SetupError { file, problem }
}

fn unique<'a>(
    file: &'static str,
    names: impl Iterator<Item = &'a str>,
) -> Result<HashSet<&'a str>, SetupError> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(wrong(file, format!("{name} is there twice")));
        }
    }
    Ok(seen)
}

fn known<'a>(
    file: &'static str,
    all: &HashSet<&str>,
    named: impl IntoIterator<Item = &'a String>,
) -> Result<(), SetupError> {
    match named.into_iter().find(|name| !all.contains(name.as_str())) {
        Some(name) => Err(wrong(file, format!("{name} is not known"))),
        None => Ok(()),
    }
}
