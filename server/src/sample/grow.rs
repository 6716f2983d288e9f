//! A larger sample: more invented advisers, with the supervisors and rooms that let them work.
//!
//! Promises that each further adviser works in every window of one clinic and on all its services. It does not change
//! anybody or anything that was there.

use super::setup::{Person, Room, Setup};
use crate::domain::schedule::Feature;

/// One more supervisor for so many more advisers of a clinic: every sample clinic's ratio bears it.
const ADVISERS_TO_A_SUPERVISOR: u32 = 4;
/// One more room for so many more advisers: telephone and video need none.
const ADVISERS_TO_A_ROOM: u32 = 2;

impl Setup {
    /// Adds `advisers` people, spread evenly over the clinics that have hours.
    pub fn grow(&mut self, advisers: u32) {
        let open: Vec<usize> = (0..self.clinics.len())
            .filter(|&clinic| {
                self.hours
                    .iter()
                    .any(|hours| hours.clinic == self.clinics[clinic].id)
            })
            .collect();
        if open.is_empty() {
            return;
        }
        for (number, &clinic) in (1..=advisers).zip(open.iter().cycle()) {
            let nth_here = (number - 1) / u32::try_from(open.len()).unwrap_or(1);
            self.add_adviser(clinic, number);
            if nth_here.is_multiple_of(ADVISERS_TO_A_SUPERVISOR) {
                self.add_supervisor(clinic, number);
            }
            if nth_here.is_multiple_of(ADVISERS_TO_A_ROOM) {
                self.add_room(clinic);
            }
        }
    }

    fn add_adviser(&mut self, clinic: usize, number: u32) {
        let key = format!("adviser-{number}");
        let services = self.clinics[clinic]
            .services
            .iter()
            .map(|service| service.id.clone())
            .collect();
        self.people.push(Person {
            key: key.clone(),
            name: format!("Adviser {number} Sample"),
            services,
        });
        for hours in self
            .hours
            .iter_mut()
            .filter(|hours| hours.clinic == self.clinics[clinic].id)
        {
            hours.advisers.push(key.clone());
        }
    }

    fn add_supervisor(&mut self, clinic: usize, number: u32) {
        let key = format!("supervisor-{number}");
        self.people.push(Person {
            key: key.clone(),
            name: format!("Supervisor {number} Sample"),
            services: Vec::new(),
        });
        for hours in self
            .hours
            .iter_mut()
            .filter(|hours| hours.clinic == self.clinics[clinic].id)
        {
            hours.supervisors.push(key.clone());
        }
    }

    fn add_room(&mut self, clinic: usize) {
        let number = self.rooms.len() + 1;
        let key = format!("room-{number}");
        let features = [Feature::StepFree, Feature::Quiet, Feature::Hearing];
        let feature = features[number % features.len()];
        self.rooms.push(Room {
            key: key.clone(),
            name: format!("Sample room {number}"),
            features: vec![feature],
        });
        for hours in self
            .hours
            .iter_mut()
            .filter(|hours| hours.clinic == self.clinics[clinic].id)
        {
            hours.rooms.push(key.clone());
        }
    }
}
