//! The rules again, minute by minute and combination by combination, with nothing shared with the
//! code under test but the input types and [`time`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};

use crate::domain::availability::{Ask, Slot, Unavailable};
use crate::domain::ids::ResourceId;
use crate::domain::schedule::{Facts, Feature, Mode, Part, When, Window};
use crate::domain::time;

type Instant = DateTime<Utc>;

pub fn slots(facts: &Facts, ask: &Ask) -> Vec<Slot> {
    let days = ask.from.iter_days().take_while(|date| *date <= ask.until);
    let on_grid: BTreeSet<_> = days.flat_map(|date| starts(facts, ask, date)).collect();
    on_grid
        .iter()
        .filter_map(|start| {
            let start = *start;
            let can = |mode: &&Mode| refusal(facts, ask, &on_grid, start, **mode).is_none();
            let modes: Vec<_> = facts.rules.modes.iter().filter(can).copied().collect();
            let places = modes
                .iter()
                .map(|mode| places(facts, ask, start, *mode))
                .max()?;
            Some(Slot {
                start,
                end: start + length(facts, ask),
                modes,
                places,
            })
        })
        .collect()
}

/// Why a start cannot be had; `on_grid` holds all [`starts`] of its date.
pub fn refusal(
    facts: &Facts,
    ask: &Ask,
    on_grid: &BTreeSet<Instant>,
    start: Instant,
    mode: Mode,
) -> Option<Unavailable> {
    let rules = &facts.rules;
    let (today, date) = (time::local_date(ask.now), time::local_date(start));
    let done = date + Duration::days(rules.turnaround_days);
    let term_end = facts
        .terms
        .iter()
        .filter(|t| t.from <= date && date <= t.until);
    let term_end = term_end.map(|t| t.until).max();
    let too_late_for_client = ask
        .deadline
        .is_some_and(|deadline| deadline < done + Duration::days(ask.safety_days));
    if start < ask.now {
        Some(Unavailable::Past)
    } else if start - ask.now < Duration::minutes(rules.notice_minutes) {
        Some(Unavailable::TooSoon)
    } else if date - today > Duration::days(rules.horizon_days) {
        Some(Unavailable::TooFar)
    } else if term_end.is_none()
        || facts
            .closures
            .iter()
            .any(|c| c.from <= date && date <= c.until)
    {
        Some(Unavailable::Closed)
    } else if too_late_for_client || term_end.is_some_and(|end| end < done) {
        Some(Unavailable::TooLate)
    } else if !on_grid.contains(&start) {
        Some(Unavailable::OutsideHours)
    } else if !rules.modes.contains(&mode) || ask.mode.is_some_and(|wanted| wanted != mode) {
        Some(Unavailable::ModeNotOffered)
    } else if places(facts, ask, start, mode) < 1 {
        Some(Unavailable::Taken)
    } else {
        None
    }
}

fn length(facts: &Facts, ask: &Ask) -> Duration {
    Duration::minutes(facts.rules.minutes + ask.extra_minutes)
}

fn windows(facts: &Facts, date: NaiveDate) -> Vec<&Window> {
    let single: Vec<_> = facts
        .windows
        .iter()
        .filter(|w| w.on == When::Date(date))
        .collect();
    if !single.is_empty() {
        return single;
    }
    let weekly = |w: &&Window| match w.on {
        When::Weekly {
            weekday,
            from,
            until,
        } => {
            weekday == chrono::Datelike::weekday(&date)
                && from <= date
                && until.is_none_or(|last| date <= last)
        }
        When::Date(_) => false,
    };
    facts.windows.iter().filter(weekly).collect()
}

/// Start and end of a window on a date.
fn span(window: &Window, date: NaiveDate) -> Option<(Instant, Instant)> {
    let (opens, closes) = window.hours?;
    let end = if closes == NaiveTime::MIN {
        time::end_of_day(date)
    } else {
        time::resolve(date, closes)
    };
    Some((time::resolve(date, opens), end))
}

/// The windows of the date that hold all of a meeting.
fn holding<'a>(facts: &'a Facts, ask: &Ask, start: Instant) -> Vec<&'a Window> {
    let date = time::local_date(start);
    let holds = |w: &&Window| {
        span(w, date)
            .is_some_and(|(from, until)| from <= start && start + length(facts, ask) <= until)
    };
    windows(facts, date).into_iter().filter(holds).collect()
}

/// Looks at every minute of the date: is it the first time that a clock shows this time today, and
/// a whole number of steps after the opening of a window that holds the meeting?
pub fn starts(facts: &Facts, ask: &Ask, date: NaiveDate) -> BTreeSet<Instant> {
    let mut shown = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut minute = time::start_of_day(date);
    while minute < time::end_of_day(date) {
        let clock = time::local(minute).time();
        if shown.insert(clock) {
            let on_grid = holding(facts, ask, minute).into_iter().any(|w| {
                let (opens, closes) = w.hours.unwrap();
                let since = (clock - opens).num_seconds();
                let before_closing = closes == NaiveTime::MIN || clock < closes;
                since >= 0 && before_closing && since % (facts.rules.start_every * 60) == 0
            });
            if on_grid {
                found.insert(minute);
            }
        }
        minute += Duration::minutes(1);
    }
    found
}

/// The resources that play a part at a start. A room plays no other part.
pub fn there(facts: &Facts, ask: &Ask, start: Instant, part: Part) -> BTreeSet<ResourceId> {
    let posted: Vec<_> = holding(facts, ask, start)
        .into_iter()
        .flat_map(|w| &w.staff)
        .collect();
    let is_room = |id: ResourceId| posted.contains(&&(id, Part::Room));
    let playing = posted.iter().filter(|(_, p)| *p == part).map(|(id, _)| *id);
    playing
        .filter(|id| part == Part::Room || !is_room(*id))
        .collect()
}

pub fn busy_span(facts: &Facts, ask: &Ask, start: Instant) -> (Instant, Instant) {
    let before = Duration::minutes(facts.rules.buffer_before);
    let after = Duration::minutes(facts.rules.buffer_after);
    (start - before, start + length(facts, ask) + after)
}

pub fn free(facts: &Facts, resource: ResourceId, (from, until): (Instant, Instant)) -> bool {
    !facts
        .busy
        .iter()
        .any(|b| b.resource == resource && b.from.max(from) < b.until.min(until))
}

/// How many more meetings a supervisor bears at every minute of a span.
pub fn spare(facts: &Facts, resource: ResourceId, (from, until): (Instant, Instant)) -> i64 {
    let mut least = facts.rules.supervisor_ratio;
    let mut minute = from;
    while minute < until {
        let now: Vec<_> = facts
            .busy
            .iter()
            .filter(|b| b.resource == resource && b.from <= minute && minute < b.until)
            .collect();
        let bears = now.iter().map(|b| b.at_once).min().unwrap_or(i64::MAX);
        let bears = bears.min(facts.rules.supervisor_ratio);
        least = least.min(bears - i64::try_from(now.len()).unwrap_or(0));
        minute += Duration::minutes(1);
    }
    least
}

pub fn fits(facts: &Facts, access: &BTreeSet<Feature>, room: ResourceId) -> bool {
    let described = facts.resources.iter().filter(|r| r.id == room);
    let has = described.flat_map(|r| &r.features).copied().collect();
    access.is_subset(&has)
}

/// Tries every way to form meetings, one after the other, each with a later first adviser.
fn most(
    advisers: &BTreeSet<ResourceId>,
    supervisors: &BTreeMap<ResourceId, i64>,
    needed: i64,
) -> i64 {
    let mut best = 0;
    for first in advisers {
        let later: BTreeSet<_> = advisers.iter().filter(|a| *a > first).copied().collect();
        let seconds: Vec<_> = match needed {
            1 => vec![None],
            _ => later.iter().copied().map(Some).collect(),
        };
        for second in seconds {
            let team: BTreeSet<_> = [*first].into_iter().chain(second).collect();
            for (supervisor, spare) in supervisors {
                if *spare < 1 || team.contains(supervisor) {
                    continue;
                }
                let mut advisers = later.clone();
                advisers.retain(|a| !team.contains(a) && a != supervisor);
                let mut supervisors = supervisors.clone();
                supervisors.retain(|s, _| !team.contains(s));
                supervisors.insert(*supervisor, spare - 1);
                best = best.max(1 + most(&advisers, &supervisors, needed));
            }
        }
    }
    best
}

pub fn places(facts: &Facts, ask: &Ask, start: Instant, mode: Mode) -> i64 {
    let rules = &facts.rules;
    let taken = busy_span(facts, ask, start);
    let advisers: BTreeSet<_> = there(facts, ask, start, Part::Adviser)
        .into_iter()
        .filter(|a| free(facts, *a, taken))
        .collect();
    let supervisors: BTreeMap<_, _> = there(facts, ask, start, Part::Supervisor)
        .into_iter()
        .map(|s| (s, spare(facts, s, taken)))
        .collect();
    let mut new = most(&advisers, &supervisors, rules.advisers_needed);
    if mode == Mode::InPerson {
        let rooms = there(facts, ask, start, Part::Room).into_iter();
        let rooms = rooms.filter(|r| free(facts, *r, taken) && fits(facts, &ask.access, *r));
        new = new.min(i64::try_from(rooms.count()).unwrap_or(0));
    }
    if let Some(cap) = rules.daily_cap {
        let date = time::local_date(start);
        let today = facts
            .standing
            .iter()
            .filter(|m| time::local_date(m.start) == date);
        new = new
            .min(cap - i64::try_from(today.count()).unwrap_or(0))
            .max(0);
    }
    let joined = facts.standing.iter().filter(|m| {
        rules.capacity > 1
            && m.start == start
            && m.mode == mode
            && m.end >= start + length(facts, ask)
            && (mode != Mode::InPerson
                || ask.access.is_empty()
                || m.room.is_some_and(|room| fits(facts, &ask.access, room)))
    });
    new * rules.capacity + joined.map(|m| m.places).sum::<i64>()
}
