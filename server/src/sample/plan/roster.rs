//! Who is there on which day, and days filled with as many meetings as fit.
//!
//! Promises what the plan promises of every single meeting. It does not choose how many of them are wanted.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::Meeting;
use crate::domain::schedule::{Mode, Part};
use crate::domain::time;
use crate::sample::setup::{Clinic, Hours, Service, Setup};

/// The set-up with names resolved to positions.
pub struct Roster<'a> {
    setup: &'a Setup,
    positions: HashMap<&'a str, usize>,
    skills: HashSet<(usize, &'a str)>,
    closed: HashSet<NaiveDate>,
    last: NaiveDate,
}

/// A time in which a resource is taken, and how many such it bears at once.
type Use = (i64, i64, i64);

impl<'a> Roster<'a> {
    /// `last` is the last date of the term.
    pub fn new(setup: &'a Setup, last: NaiveDate) -> Self {
        let keys = setup
            .people
            .iter()
            .map(|person| &person.key)
            .chain(setup.rooms.iter().map(|room| &room.key));
        let skills = setup.people.iter().enumerate();
        Self {
            setup,
            positions: keys
                .enumerate()
                .map(|(position, key)| (key.as_str(), position))
                .collect(),
            skills: skills
                .flat_map(|(at, person)| person.services.iter().map(move |id| (at, id.as_str())))
                .collect(),
            closed: setup
                .bank_holidays
                .iter()
                .map(|holiday| holiday.date)
                .collect(),
            last,
        }
    }

    /// As many meetings as fit on these dates.
    pub fn fill(&self, first: NaiveDate, last: NaiveDate, rng: &mut StdRng) -> Vec<Meeting> {
        let days = first.iter_days().take_while(|date| *date <= last);
        let mut meetings = Vec::new();
        for date in days.filter(|date| !self.closed.contains(date)) {
            let mut busy: Vec<Vec<Use>> = vec![Vec::new(); self.positions.len()];
            for hours in self
                .setup
                .hours
                .iter()
                .filter(|hours| hours.weekdays.contains(&date.weekday()))
            {
                if let Some(clinic) = self
                    .setup
                    .clinics
                    .iter()
                    .position(|clinic| clinic.id == hours.clinic)
                {
                    Window::new(self, clinic, hours, date).fill(&mut busy, &mut meetings, rng);
                }
            }
        }
        meetings
    }
}

/// The hours of a clinic on one date.
struct Window<'a> {
    roster: &'a Roster<'a>,
    position: usize,
    clinic: &'a Clinic,
    date: NaiveDate,
    start: i64,
    end: i64,
    advisers: Vec<usize>,
    supervisors: Vec<usize>,
    rooms: Vec<usize>,
}

impl<'a> Window<'a> {
    fn new(roster: &'a Roster<'a>, position: usize, hours: &'a Hours, date: NaiveDate) -> Self {
        let positions = |keys: &[String]| {
            keys.iter()
                .filter_map(|key| roster.positions.get(key.as_str()).copied())
                .collect()
        };
        Self {
            roster,
            position,
            clinic: &roster.setup.clinics[position],
            date,
            start: time::resolve(date, hours.start).timestamp(),
            end: time::resolve(date, hours.end).timestamp(),
            advisers: positions(&hours.advisers),
            supervisors: positions(&hours.supervisors),
            rooms: positions(&hours.rooms),
        }
    }

    /// Walks through the day of every adviser in turn, with a meeting wherever one fits.
    fn fill(mut self, busy: &mut [Vec<Use>], meetings: &mut Vec<Meeting>, rng: &mut StdRng) {
        let step = self
            .clinic
            .services
            .iter()
            .map(|service| service.start_every)
            .min()
            .unwrap_or(60)
            * 60;
        self.advisers.shuffle(rng);
        for lead in self.advisers.clone() {
            let mut start = self.start;
            while start < self.end {
                match self.meeting(lead, start, busy, rng) {
                    Some(meeting) => {
                        start = meeting.end;
                        meetings.push(meeting);
                    }
                    None => start += step,
                }
                // Back onto the grid of starts after a meeting of any length.
                start += (self.start - start).rem_euclid(step);
            }
        }
    }

    /// A meeting of some service that this adviser can begin now, entered in `busy`.
    fn meeting(
        &self,
        lead: usize,
        start: i64,
        busy: &mut [Vec<Use>],
        rng: &mut StdRng,
    ) -> Option<Meeting> {
        let offset = rng.random_range(0..self.clinic.services.len());
        for turn in 0..self.clinic.services.len() {
            let position = (turn + offset) % self.clinic.services.len();
            let service = &self.clinic.services[position];
            let end = start + service.minutes * 60;
            if !self.fits(service, start, end) {
                continue;
            }
            let span = (
                start - service.buffer_before * 60,
                end + service.buffer_after * 60,
            );
            if let Some((takes, mode)) = self.takes(service, lead, span, busy, rng) {
                for &(resource, part) in &takes {
                    busy[resource].push((span.0, span.1, self.at_once(part)));
                }
                // A group is never quite empty and never quite full.
                let clients = u32::try_from(service.capacity).unwrap_or(1);
                let clients = if clients > 2 {
                    rng.random_range(2..clients)
                } else {
                    1
                };
                return Some(Meeting {
                    clinic: self.position,
                    service: position,
                    mode,
                    start,
                    end,
                    takes,
                    clients,
                });
            }
        }
        None
    }

    /// Whether the meeting starts on the service's grid, ends in the hours, and is followed up before the term ends.
    fn fits(&self, service: &Service, start: i64, end: i64) -> bool {
        end <= self.end
            && (start - self.start) % (service.start_every * 60) == 0
            && time::add_days(self.date, service.turnaround_days) <= self.roster.last
    }

    /// Who and what such a meeting would take, if all of it is free.
    fn takes(
        &self,
        service: &Service,
        lead: usize,
        span: (i64, i64),
        busy: &[Vec<Use>],
        rng: &mut StdRng,
    ) -> Option<(Vec<(usize, Part)>, Mode)> {
        let free = |resource: usize, part| self.free(&busy[resource], span, part);
        let able = |adviser: usize| {
            self.roster.skills.contains(&(adviser, service.id.as_str()))
                && free(adviser, Part::Adviser)
        };
        if !able(lead) {
            return None;
        }
        let others = self
            .advisers
            .iter()
            .copied()
            .filter(|&other| other != lead && able(other));
        let needed = usize::try_from(service.advisers_needed).ok()?;
        let mut takes: Vec<_> = std::iter::once(lead)
            .chain(others)
            .take(needed)
            .map(|one| (one, Part::Adviser))
            .collect();
        if takes.len() < needed {
            return None;
        }
        let advises = |person: usize| takes.iter().any(|&(other, _)| other == person);
        let supervisor = self
            .supervisors
            .iter()
            .copied()
            .find(|&person| !advises(person) && free(person, Part::Supervisor))?;
        takes.push((supervisor, Part::Supervisor));
        let room = self
            .rooms
            .iter()
            .copied()
            .find(|&room| free(room, Part::Room));
        let modes: Vec<Mode> = service
            .modes
            .iter()
            .copied()
            .filter(|mode| *mode != Mode::InPerson || room.is_some())
            .collect();
        if modes.is_empty() {
            return None;
        }
        let mode = modes[rng.random_range(0..modes.len())];
        takes.extend(
            room.filter(|_| mode == Mode::InPerson)
                .map(|room| (room, Part::Room)),
        );
        Some((takes, mode))
    }

    fn at_once(&self, part: Part) -> i64 {
        if part == Part::Supervisor {
            self.clinic.supervisor_ratio
        } else {
            1
        }
    }

    /// Stricter than the rule: counts every use that touches the span, even if they follow one another.
    fn free(&self, uses: &[Use], (from, until): (i64, i64), part: Part) -> bool {
        let overlapping = || {
            uses.iter()
                .filter(|taken| taken.0 < until && from < taken.1)
        };
        let bears = overlapping()
            .map(|taken| taken.2)
            .min()
            .unwrap_or(i64::MAX)
            .min(self.at_once(part));
        i64::try_from(overlapping().count()).is_ok_and(|count| count < bears)
    }
}
