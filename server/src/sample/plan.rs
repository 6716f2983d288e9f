//! Which sample meetings there are: invented, but legal. Pure: the same set-up, day and random numbers give the same plan.
//!
//! Promises that no adviser and no room is in two meetings at once, buffers included, that a supervisor is in no more than
//! the ratio says, and that every meeting lies in hours of its clinic, on an open day, with people who have the skill.
//! It fills whole days first and then picks from them: whatever is picked from a legal day is legal.

mod roster;

use chrono::{Datelike, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::setup::Setup;
use crate::domain::schedule::{Mode, Part};
use crate::domain::time;
use roster::Roster;

/// Appointments when no number is asked for: enough to see a living calendar, few enough to leave it open.
pub const DEFAULT_APPOINTMENTS: u32 = 40;
/// Appointments in the weeks of the term before them, when no number is asked for: enough for reports that are more than
/// hidden numbers. Fewer where closures leave less room.
pub const EARLIER_APPOINTMENTS: u32 = 160;
/// At most this share of what fits into the term is taken, so that there are always times to book.
const FULL: (u64, u64) = (6, 10);
/// What does not fit into the term happened in earlier weeks, at most so many.
const WEEKS_BACK_AT_MOST: i64 = 520;

/// One meeting with what it takes. Clinic and service are positions in the set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Position of the clinic.
    pub clinic: usize,
    /// Position of the service in its clinic.
    pub service: usize,
    /// How they meet.
    pub mode: Mode,
    /// Start, seconds since 1970.
    pub start: i64,
    /// End without buffers, seconds since 1970.
    pub end: i64,
    /// Positions of people and, after the last of them, rooms, with the part each plays.
    pub takes: Vec<(usize, Part)>,
    /// Clients who come.
    pub clients: u32,
}

/// What to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// First and last date of the term.
    pub term: (NaiveDate, NaiveDate),
    /// First date of the weeks before the term that have meetings, if any.
    pub earlier: Option<NaiveDate>,
    /// By start.
    pub meetings: Vec<Meeting>,
}

/// More appointments were asked for than so few people can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{asked} appointments do not fit: this many staff have time for about {most}; ask for more with --staff"
)]
pub struct TooMany {
    /// How many were asked for.
    pub asked: u32,
    /// How many would fit.
    pub most: u32,
}

/// Plans `appointments` (without a number: a few, this week and next, and some before) around the local date `today`.
pub fn plan(
    setup: &Setup,
    today: NaiveDate,
    appointments: Option<u32>,
    rng: &mut StdRng,
) -> Result<Plan, TooMany> {
    let term = (
        time::add_days(today, -7 * setup.term.weeks_before),
        time::add_days(today, 7 * setup.term.weeks_after),
    );
    let roster = Roster::new(setup, term.1);
    let asked = appointments.unwrap_or(DEFAULT_APPOINTMENTS);
    let (first, last) = if appointments.is_some() {
        term
    } else {
        this_week_and_next(today)
    };
    let candidates = roster.fill(first, last, rng);
    let most = u64::from(clients(&candidates)) * FULL.0 / FULL.1;
    let mut meetings = pick(
        candidates,
        asked.min(u32::try_from(most).unwrap_or(u32::MAX)),
        rng,
    );
    if appointments.is_none() {
        let past = roster.fill(term.0, time::add_days(first, -1), rng);
        let room = u64::from(clients(&past)) * FULL.0 / FULL.1;
        let wanted = EARLIER_APPOINTMENTS.min(u32::try_from(room).unwrap_or(u32::MAX));
        meetings.extend(pick(past, wanted, rng));
    }
    let mut placed = clients(&meetings);
    let mut earlier = None;
    for week in 1..=WEEKS_BACK_AT_MOST {
        if placed >= asked {
            break;
        }
        let monday = time::add_days(term.0, -7 * week);
        let further = pick(
            roster.fill(monday, time::add_days(monday, 6), rng),
            asked - placed,
            rng,
        );
        placed += clients(&further);
        meetings.extend(further);
        earlier = Some(monday);
    }
    if placed < asked {
        return Err(TooMany {
            asked,
            most: placed,
        });
    }
    meetings.sort_by_key(|meeting| {
        (
            meeting.start,
            meeting.clinic,
            meeting.service,
            meeting.takes.first().copied(),
        )
    });
    Ok(Plan {
        term,
        earlier,
        meetings,
    })
}

fn this_week_and_next(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = time::add_days(today, 1 - time::weekday_number(today.weekday()));
    (monday, time::add_days(monday, 13))
}

fn clients(meetings: &[Meeting]) -> u32 {
    meetings.iter().map(|meeting| meeting.clients).sum()
}

/// Picks meetings at random until `wanted` clients are placed; the last group is cut to fit.
fn pick(mut candidates: Vec<Meeting>, wanted: u32, rng: &mut StdRng) -> Vec<Meeting> {
    candidates.shuffle(rng);
    let mut left = wanted;
    candidates.retain_mut(|meeting| {
        meeting.clients = meeting.clients.min(left);
        left -= meeting.clients;
        meeting.clients > 0
    });
    candidates
}
