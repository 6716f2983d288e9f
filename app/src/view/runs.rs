//! The parts of the first page that are only for some: what whoever runs the installation looks after, and how many
//! conflict checks wait. No name of a client is in them.

use super::{ClinicRef, WorkLine};

/// Conflict checks that wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checks {
    pub waiting: usize,
    /// Those of them that should be done by now.
    pub overdue: usize,
}

/// Parts of today's page that somebody may not see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Without {
    pub calls: bool,
    pub requests: bool,
}

/// What whoever runs the installation looks after.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    pub clinics: Vec<RunClinic>,
    /// People who sign in without a second factor.
    pub no_second_factor: Vec<RunPerson>,
    /// People whose access ends soon.
    pub ending: Vec<RunPerson>,
    /// The work behind the scenes.
    pub work: Vec<WorkLine>,
}

/// A clinic of the installation.
#[derive(Debug, Clone, Default)]
pub struct RunClinic {
    pub clinic: ClinicRef,
    pub enabled: bool,
    /// Somebody manages or supervises it.
    pub has_manager: bool,
}

/// A member of staff.
#[derive(Debug, Clone, Default)]
pub struct RunPerson {
    pub id: String,
    pub name: String,
    /// "Tuesday 1 December 2026", when their access ends; empty if it does not.
    pub ends: String,
}
