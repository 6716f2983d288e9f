//! Which starts of a service can still be booked, and with whom.
//!
//! Two pure functions over the same facts: [`slots`] lists every start that can take a booking, and
//! [`allocate`] chooses the people and the room for one of them, or says why it cannot be had. They
//! share every rule, so what is listed can be booked and what is not listed is refused, as long as
//! the facts are the same; whoever books calls [`allocate`] again on fresh facts inside the
//! transaction that writes.
//!
//! The work grows with the busy rows (sorted once) and with starts times resources (one pass, no
//! allocation of memory for each pair). Nothing here reads a clock or a database, and a rule that
//! makes no sense (a meeting of no minutes) offers nothing instead of failing.

mod crew;
mod diary;
mod hours;
mod openings;
mod taken;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use self::diary::Diary;
use self::openings::Openings;
use super::ids::{MeetingId, ResourceId};
use super::interval_set::Interval;
use super::schedule::{Facts, Feature, Mode, Part, ServiceRules};
use super::time;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The instant of asking.
    pub now: DateTime<Utc>,
    /// First local date to list.
    pub from: NaiveDate,
    /// Last local date to list, inclusive.
    pub until: NaiveDate,
    /// The one way to meet that will do; `None` if any will.
    pub mode: Option<Mode>,
    /// What the room must have, if the meeting needs a room.
    pub access: BTreeSet<Feature>,
    /// Minutes to add to the meeting, for an interpreter.
    pub extra_minutes: i64,
    /// The local date by which the client must have what they come for.
    pub deadline: Option<NaiveDate>,
    /// Days to spare before the deadline.
    pub safety_days: i64,
}

/// A start that can still be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// First instant of the meeting, without buffers.
    pub start: DateTime<Utc>,
    /// First instant after the meeting, without buffers.
    pub end: DateTime<Utc>,
    /// The ways to meet that this start still has, in the service's order.
    pub modes: Vec<Mode>,
    /// How many bookings it can still take in the mode that can take most.
    pub places: i64,
}

/// What a booking gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allocation {
    /// A place in a group meeting that already stands.
    Join(MeetingId),
    /// A new meeting.
    New {
        /// As many advisers as the service needs, preferred first.
        advisers: Vec<ResourceId>,
        /// The supervisor, who is none of the advisers.
        supervisor: ResourceId,
        /// The room, if the mode needs one.
        room: Option<ResourceId>,
    },
}

/// Why a start cannot be had. Where several hold, the first in this order is the one given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unavailable {
    /// It has begun already.
    #[error("that time has passed")]
    Past,
    /// The service wants more notice.
    #[error("that time is too soon")]
    TooSoon,
    /// Its date is not open for booking yet.
    #[error("that time is too far ahead")]
    TooFar,
    /// Its date is in a closure, or in no term.
    #[error("the clinic is closed on that date")]
    Closed,
    /// The work would not be done by the client's deadline, or by the end of term.
    #[error("that time is too late to be of use")]
    TooLate,
    /// No session offers that start, or the meeting would run past the end of it.
    #[error("the clinic does not offer that time")]
    OutsideHours,
    /// The service does not meet that way, or the client did not ask for it.
    #[error("the service does not meet in that way")]
    ModeNotOffered,
    /// The people, the rooms, the places or the day's meetings are used up.
    #[error("that time is taken")]
    Taken,
}

/// Every start from `ask.from` to `ask.until` that can still be booked, in order of time, each
/// once.
#[must_use]
pub fn slots(facts: &Facts, ask: &Ask) -> Vec<Slot> {
    let openings = Openings::new(facts, ask);
    let Some((first, last)) = openings.dates() else {
        return Vec::new();
    };
    let (from, _) = busy_span(&facts.rules, time::start_of_day(first), ask.extra_minutes);
    let (_, until) = busy_span(&facts.rules, time::end_of_day(last), ask.extra_minutes);
    let Some(mut diary) = Diary::new(facts, ask, Interval::between(from, until)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        if openings.admit_date(date).is_ok() {
            diary.list(date, openings.earliest(), &mut found);
        }
    }
    found
}

/// The meeting to join, or the people and the room of a new one, for a start in a mode.
///
/// `ask.from` and `ask.until` say only what to list and are not looked at. Among advisers the one
/// with the smaller `prefer` comes first, then the smaller id; among supervisors the one with most
/// meetings to spare; among rooms the one with fewest features that has all that was asked. A
/// choice that would lower the number of further meetings by more than one is passed over.
pub fn allocate(
    facts: &Facts,
    ask: &Ask,
    start: DateTime<Utc>,
    mode: Mode,
    prefer: &dyn Fn(ResourceId) -> i64,
) -> Result<Allocation, Unavailable> {
    Openings::new(facts, ask).admit(start)?;
    let (from, until) = busy_span(&facts.rules, start, ask.extra_minutes);
    let mut diary =
        Diary::new(facts, ask, Interval::between(from, until)).ok_or(Unavailable::OutsideHours)?;
    if !diary.opens(start) {
        return Err(Unavailable::OutsideHours);
    }
    if !diary.modes().contains(&mode) {
        return Err(Unavailable::ModeNotOffered);
    }
    diary
        .allocate(start, mode, prefer)
        .ok_or(Unavailable::Taken)
}

/// Everybody and everything that could be in a meeting at `start`, with each part they could play: posted to a session that
/// holds it, not busy, and rooms only with all that was asked. The start itself need not be one that is offered.
#[must_use]
pub fn free_for(facts: &Facts, ask: &Ask, start: DateTime<Utc>) -> Vec<(ResourceId, Part)> {
    let (from, until) = busy_span(&facts.rules, start, ask.extra_minutes);
    Diary::new(facts, ask, Interval::between(from, until))
        .map(|mut diary| diary.free(start))
        .unwrap_or_default()
}

/// The time in which a meeting's people and room are busy: its own length, `extra_minutes` (none if
/// negative) and the buffers on both sides.
#[must_use]
pub fn busy_span(
    rules: &ServiceRules,
    start: DateTime<Utc>,
    extra_minutes: i64,
) -> (DateTime<Utc>, DateTime<Utc>) {
    let after = minutes(rules.minutes) + minutes(extra_minutes) + minutes(rules.buffer_after);
    let from = start.checked_sub_signed(minutes(rules.buffer_before));
    let until = start.checked_add_signed(after);
    (
        from.unwrap_or(DateTime::<Utc>::MIN_UTC),
        until.unwrap_or(DateTime::<Utc>::MAX_UTC),
    )
}

/// Whole minutes, none if negative. A number past any calendar stands for ten thousand years.
fn minutes(number: i64) -> TimeDelta {
    const TEN_THOUSAND_YEARS: i64 = 10_000 * 366 * 24 * 60;
    TimeDelta::minutes(number.clamp(0, TEN_THOUSAND_YEARS))
}

/// The `n` other slots nearest to a wanted start, in order of time; of two equally near, the
/// earlier. `slots` is in order of time, as [`slots()`] returns it.
#[must_use]
pub fn nearest(slots: &[Slot], wanted: DateTime<Utc>, n: usize) -> Vec<Slot> {
    let (earlier, rest) = slots.split_at(slots.partition_point(|slot| slot.start < wanted));
    let later = &rest[rest.partition_point(|slot| slot.start == wanted)..];
    let (mut before, mut after) = (0, 0);
    while before + after < n {
        let back = earlier
            .len()
            .checked_sub(before + 1)
            .map(|i| wanted - earlier[i].start);
        let on = later.get(after).map(|slot| slot.start - wanted);
        match (back, on) {
            (Some(back), Some(on)) if back <= on => before += 1,
            (_, Some(_)) => after += 1,
            (Some(_), None) => before += 1,
            (None, None) => break,
        }
    }
    [&earlier[earlier.len() - before..], &later[..after]].concat()
}

#[cfg(test)]
mod tests;
