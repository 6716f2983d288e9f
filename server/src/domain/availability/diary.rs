//! One service's facts, put in order for one ask, and read start by start.
//!
//! Holds the rules that both listing and allocating follow for a date that is open: the starts, who
//! is there, who is free, the day's cap and the places of group meetings.

use chrono::{DateTime, NaiveDate, Utc};

use super::crew::{Crew, Needs, Parts};
use super::hours::{Hours, Session};
use super::taken::Taken;
use super::{Allocation, Ask, Slot, busy_span, minutes};
use crate::domain::ids::ResourceId;
use crate::domain::interval_set::Interval;
use crate::domain::schedule::{Facts, Mode, Part, Standing};
use crate::domain::time;

/// Seconds that a meeting takes, and that it takes of its people.
#[derive(Debug, Clone, Copy)]
struct Lengths {
    meeting: i64,
    before: i64,
    /// The meeting and the buffer after it.
    after: i64,
    step: u32,
}

impl Lengths {
    /// `None` if the rules cannot make a meeting.
    fn new(facts: &Facts, ask: &Ask) -> Option<Self> {
        let rules = &facts.rules;
        let (from, until) = busy_span(rules, DateTime::UNIX_EPOCH, ask.extra_minutes);
        let meeting = minutes(rules.minutes) + minutes(ask.extra_minutes);
        let step = u32::try_from(minutes(rules.start_every).num_seconds());
        (rules.minutes > 0 && rules.start_every > 0 && rules.capacity > 0).then_some(Self {
            meeting: meeting.num_seconds(),
            before: -from.timestamp(),
            after: until.timestamp(),
            step: step.unwrap_or(u32::MAX),
        })
    }
}

/// What a diary knows about a date: its sessions, its starts, and meetings left under the cap.
#[derive(Debug, Default)]
struct Day {
    sessions: Vec<Session>,
    starts: Vec<i64>,
    /// New meetings that the daily cap still allows.
    allowed: i64,
}

pub(super) struct Diary<'a> {
    facts: &'a Facts,
    ask: &'a Ask,
    lengths: Lengths,
    needs: Needs,
    modes: Vec<Mode>,
    hours: Hours<'a>,
    taken: Taken,
    /// For each resource that has all that was asked, how many features it has.
    fits: Vec<Option<usize>>,
    /// In order of start; empty unless the rules look at standing meetings.
    standing: Vec<&'a Standing>,
    day: Day,
    /// The windows that hold the meeting mustered for, and the resources that are there for it.
    holding: Vec<usize>,
    there: Vec<(usize, Parts)>,
    crew: Crew,
    /// Meetings that the crew can hold at once, rooms aside.
    teams: i64,
}

impl<'a> Diary<'a> {
    /// Puts the facts that touch a range of time in order; `None` if the rules cannot make a
    /// meeting.
    pub(super) fn new(facts: &'a Facts, ask: &'a Ask, range: Interval) -> Option<Self> {
        let rules = &facts.rules;
        let lengths = Lengths::new(facts, ask)?;
        let ratio = rules.supervisor_ratio.max(0);
        let hours = Hours::new(facts);
        Some(Self {
            facts,
            ask,
            lengths,
            needs: Needs {
                advisers: rules.advisers_needed.max(0),
                ratio,
            },
            modes: offered_modes(&rules.modes, ask.mode),
            taken: Taken::new(&hours.resources, &facts.busy, ratio, range),
            fits: fitting(facts, ask, &hours.resources),
            standing: standing_in_order(facts),
            day: Day::default(),
            holding: Vec::new(),
            there: Vec::new(),
            crew: Crew::default(),
            teams: 0,
            hours,
        })
    }

    /// The modes that are both offered and asked for, in the service's order.
    pub(super) fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// Adds the slots of an open date that start at `earliest` or later. Dates come in order.
    pub(super) fn list(&mut self, date: NaiveDate, earliest: i64, found: &mut Vec<Slot>) {
        self.turn_to(date);
        let starts = std::mem::take(&mut self.day.starts);
        for start in starts.iter().filter(|start| **start >= earliest) {
            self.muster(*start);
            found.extend(self.slot(*start));
        }
        // Given back for its memory.
        self.day.starts = starts;
    }

    /// Whether a session offers this start. Turns to its date.
    pub(super) fn opens(&mut self, start: DateTime<Utc>) -> bool {
        self.turn_to(time::local_date(start));
        start.timestamp_subsec_nanos() == 0
            && self.day.starts.binary_search(&start.timestamp()).is_ok()
    }

    /// The meeting to join, or a new one, at a start that [`Self::opens`] has found.
    pub(super) fn allocate(
        &mut self,
        start: DateTime<Utc>,
        mode: Mode,
        prefer: &dyn Fn(ResourceId) -> i64,
    ) -> Option<Allocation> {
        let start = start.timestamp();
        // The fullest first, so that the others keep room for people who come together.
        let fullest = self
            .open_groups(start, mode)
            .min_by_key(|m| (m.places, m.meeting));
        if let Some(group) = fullest {
            return Some(Allocation::Join(group.meeting));
        }
        self.muster(start);
        if self.new_meetings(mode) < 1 {
            return None;
        }
        let id = |resource: usize| self.hours.resources[resource];
        let team = self.crew.team(self.needs, &|person| prefer(id(person)))?;
        let room = match mode {
            Mode::InPerson => Some(
                *self
                    .crew
                    .rooms
                    .iter()
                    .min_by_key(|room| self.fits[**room])?,
            ),
            Mode::Phone | Mode::Video => None,
        };
        Some(Allocation::New {
            advisers: team.advisers.into_iter().map(id).collect(),
            supervisor: id(team.supervisor),
            room: room.map(id),
        })
    }

    /// Who and what is free for a meeting at a start, whether or not that start is offered.
    pub(super) fn free(&mut self, start: DateTime<Utc>) -> Vec<(ResourceId, Part)> {
        self.turn_to(time::local_date(start));
        self.muster(start.timestamp());
        self.crew
            .everybody()
            .map(|(resource, part)| (self.hours.resources[resource], part))
            .collect()
    }

    fn turn_to(&mut self, date: NaiveDate) {
        self.hours.on(date, &mut self.day.sessions);
        self.day.starts.clear();
        for session in &self.day.sessions {
            let Lengths { meeting, step, .. } = self.lengths;
            session.starts(date, meeting, step, &mut self.day.starts);
        }
        self.day.starts.sort_unstable();
        self.day.starts.dedup();
        if !self.facts.blocks.is_empty() {
            let Lengths { before, after, .. } = self.lengths;
            let blocks = self.facts.blocks.iter();
            let blocks: Vec<Interval> =
                blocks.map(|b| Interval::between(b.from, b.until)).collect();
            self.day.starts.retain(|start| {
                let span = Interval::new(start - before, start + after);
                !blocks.iter().any(|block| block.overlaps(span))
            });
        }
        self.day.allowed = self.facts.rules.daily_cap.map_or(i64::MAX, |cap| {
            let (from, until) = (time::start_of_day(date), time::end_of_day(date));
            let today = between(&self.standing, from, until).len();
            cap.saturating_sub(i64::try_from(today).unwrap_or(i64::MAX))
        });
    }

    /// Finds who is free for a start of the day turned to. Starts come in order of time.
    fn muster(&mut self, start: i64) {
        let meeting = Interval::new(start, start + self.lengths.meeting);
        let span = Interval::new(start - self.lengths.before, start + self.lengths.after);
        let sessions = self.day.sessions.iter();
        let holding = sessions
            .filter(|s| s.span.contains(meeting))
            .map(|s| s.window);
        // The same windows hold most starts of a day, and of all such days.
        if !holding.clone().eq(self.holding.iter().copied()) {
            self.holding.clear();
            self.holding.extend(holding);
            self.gather();
        }
        self.crew.clear();
        for (resource, parts) in &self.there {
            let left = self.taken.left(*resource, span);
            let fits = self.fits[*resource].is_some();
            self.crew.muster(*resource, *parts, left, fits);
        }
        self.teams = self.crew.teams(self.needs);
    }

    /// Finds who is posted to the windows that hold a meeting, each once.
    fn gather(&mut self) {
        let mut parts = vec![Parts::default(); self.hours.resources.len()];
        for posting in self
            .holding
            .iter()
            .flat_map(|window| self.hours.posted(*window))
        {
            parts[posting.resource].add(*posting);
        }
        let posted = parts
            .into_iter()
            .enumerate()
            .filter(|(_, parts)| parts.any());
        self.there.clear();
        self.there.extend(posted);
    }

    /// The slot at the start that was mustered for, if it can take a booking.
    fn slot(&self, start: i64) -> Option<Slot> {
        let mut modes = Vec::new();
        let mut most = 0;
        for mode in &self.modes {
            let places = self.places(start, *mode);
            if places > 0 {
                modes.push(*mode);
                most = most.max(places);
            }
        }
        (most > 0).then_some(Slot {
            start: DateTime::from_timestamp(start, 0)?,
            end: DateTime::from_timestamp(start + self.lengths.meeting, 0)?,
            modes,
            places: most,
        })
    }

    /// Bookings that the start mustered for can take in a mode.
    fn places(&self, start: i64, mode: Mode) -> i64 {
        let joined = self.open_groups(start, mode).map(|group| group.places);
        let new = self
            .new_meetings(mode)
            .saturating_mul(self.facts.rules.capacity);
        joined.fold(new, i64::saturating_add)
    }

    /// New meetings that can run at the start mustered for, in a mode.
    fn new_meetings(&self, mode: Mode) -> i64 {
        let teams = self.teams.min(self.day.allowed).max(0);
        match mode {
            Mode::InPerson => teams.min(i64::try_from(self.crew.rooms.len()).unwrap_or(i64::MAX)),
            Mode::Phone | Mode::Video => teams,
        }
    }

    /// Group meetings at a start that a client who asks this can join: in this mode, with a place,
    /// long enough, and in a room that has what was asked.
    fn open_groups(&self, start: i64, mode: Mode) -> impl Iterator<Item = &'a Standing> + '_ {
        let meeting = Interval::new(start, start + self.lengths.meeting);
        let (from, until) = match DateTime::from_timestamp(start, 0) {
            Some(at) if self.facts.rules.capacity > 1 => (at, at + minutes(1)),
            _ => (DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MAX_UTC),
        };
        between(&self.standing, from, until)
            .iter()
            .copied()
            .filter(move |group| group.start == from && group.mode == mode && group.places > 0)
            .filter(move |group| group.end.timestamp() >= meeting.until)
            .filter(move |group| {
                mode != Mode::InPerson || has_features(self.facts, self.ask, group.room)
            })
    }
}

fn offered_modes(offered: &[Mode], asked: Option<Mode>) -> Vec<Mode> {
    let mut modes = Vec::with_capacity(offered.len());
    for mode in offered {
        if asked.is_none_or(|wanted| wanted == *mode) && !modes.contains(mode) {
            modes.push(*mode);
        }
    }
    modes
}

/// For each resource, how many features it has if those asked for are among them. A resource that
/// the facts do not describe has none.
fn fitting(facts: &Facts, ask: &Ask, resources: &[ResourceId]) -> Vec<Option<usize>> {
    let none = ask.access.is_empty().then_some(0);
    let mut fits = vec![none; resources.len()];
    for resource in &facts.resources {
        if let Ok(place) = resources.binary_search(&resource.id) {
            let enough = ask.access.is_subset(&resource.features);
            fits[place] = enough.then_some(resource.features.len());
        }
    }
    fits
}

fn has_features(facts: &Facts, ask: &Ask, room: Option<ResourceId>) -> bool {
    ask.access.is_empty()
        || facts
            .resources
            .iter()
            .filter(|resource| Some(resource.id) == room)
            .any(|resource| ask.access.is_subset(&resource.features))
}

fn standing_in_order(facts: &Facts) -> Vec<&Standing> {
    let looked_at = facts.rules.capacity > 1 || facts.rules.daily_cap.is_some();
    let mut standing: Vec<_> = facts.standing.iter().filter(|_| looked_at).collect();
    standing.sort_unstable_by_key(|meeting| meeting.start);
    standing
}

/// The meetings, in order of start, that start from one instant until another.
fn between<'s, 'a>(
    standing: &'s [&'a Standing],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> &'s [&'a Standing] {
    let rest = &standing[standing.partition_point(|meeting| meeting.start < from)..];
    &rest[..rest.partition_point(|meeting| meeting.start < until)]
}
