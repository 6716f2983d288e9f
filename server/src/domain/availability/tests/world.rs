//! A tidy clinic to change one thing of, and the booking of a slot into its facts.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use uuid::Uuid;

use crate::domain::availability::{Allocation, Ask, Slot, allocate, busy_span, slots};
use crate::domain::ids::{ClinicId, MeetingId, ResourceId, ServiceId};
use crate::domain::schedule::{
    Busy, Dates, Facts, Feature, Mode, Part, Resource, ServiceRules, Standing, When, Window,
};
use crate::domain::time;

pub const ADVISER: u128 = 1;
pub const SUPERVISOR: u128 = 101;
pub const ROOM: u128 = 201;

pub fn id(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(number))
}

pub fn day(text: &str) -> NaiveDate {
    time::parse_date(text).unwrap()
}

pub fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

/// An instant from a local date and time.
pub fn at(date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
    time::resolve(day(date), clock(hour, minute))
}

pub fn features(list: &[Feature]) -> BTreeSet<Feature> {
    list.iter().copied().collect()
}

pub fn window(on: When, hours: Option<(NaiveTime, NaiveTime)>, staff: &[(u128, Part)]) -> Window {
    Window {
        on,
        hours,
        staff: staff.iter().map(|(n, part)| (id(*n), *part)).collect(),
    }
}

/// Every week on that day, for ever.
pub fn every(weekday: Weekday) -> When {
    When::Weekly {
        weekday,
        from: NaiveDate::MIN,
        until: None,
    }
}

/// So many advisers, supervisors and rooms, numbered from their first.
pub fn staff(advisers: u128, supervisors: u128, rooms: u128) -> Vec<(u128, Part)> {
    let of = |first: u128, count: u128, part| (first..first + count).map(move |n| (n, part));
    of(ADVISER, advisers, Part::Adviser)
        .chain(of(SUPERVISOR, supervisors, Part::Supervisor))
        .chain(of(ROOM, rooms, Part::Room))
        .collect()
}

/// Tuesdays and Thursdays 14:00 to 19:00, an hour each half hour, from these people and rooms.
pub fn clinic(advisers: u128, supervisors: u128, rooms: u128) -> Facts {
    let staff = staff(advisers, supervisors, rooms);
    let hours = Some((clock(14, 0), clock(19, 0)));
    Facts {
        rules: ServiceRules {
            service: ServiceId::from("law-first"),
            clinic: ClinicId::from("law"),
            minutes: 60,
            buffer_before: 0,
            buffer_after: 0,
            start_every: 30,
            notice_minutes: 0,
            horizon_days: 60,
            capacity: 1,
            advisers_needed: 1,
            supervisor_ratio: 2,
            modes: vec![Mode::InPerson, Mode::Phone],
            daily_cap: None,
            turnaround_days: 0,
        },
        windows: vec![
            window(every(Weekday::Tue), hours, &staff),
            window(every(Weekday::Thu), hours, &staff),
        ],
        terms: vec![dates("2026-09-01", "2027-07-31")],
        closures: Vec::new(),
        resources: staff.iter().map(|(n, _)| resource(*n, &[])).collect(),
        busy: Vec::new(),
        blocks: Vec::new(),
        standing: Vec::new(),
    }
}

pub fn dates(from: &str, until: &str) -> Dates {
    Dates {
        from: day(from),
        until: day(until),
    }
}

pub fn resource(number: u128, offers: &[Feature]) -> Resource {
    Resource {
        id: id(number),
        features: features(offers),
    }
}

/// Asked on Monday 30 November 2026 at 08:00, for the dates given.
pub fn ask(from: &str, until: &str) -> Ask {
    Ask {
        now: at("2026-11-30", 8, 0),
        from: day(from),
        until: day(until),
        mode: None,
        access: BTreeSet::new(),
        extra_minutes: 0,
        deadline: None,
        safety_days: 0,
    }
}

/// Tuesday 1 December 2026, the usual day of these tests.
pub fn tuesday() -> Ask {
    ask("2026-12-01", "2026-12-01")
}

/// The local starting times of the slots of one day, as "14:00".
pub fn starts(facts: &Facts, ask: &Ask) -> Vec<String> {
    let shown = |slot: &Slot| time::local(slot.start).format("%H:%M").to_string();
    slots(facts, ask).iter().map(shown).collect()
}

pub fn slot_at(facts: &Facts, ask: &Ask, start: DateTime<Utc>) -> Option<Slot> {
    slots(facts, ask)
        .into_iter()
        .find(|slot| slot.start == start)
}

pub fn places_at(facts: &Facts, ask: &Ask, start: DateTime<Utc>) -> i64 {
    slot_at(facts, ask, start).map_or(0, |slot| slot.places)
}

pub fn busy(number: u128, from: DateTime<Utc>, minutes: i64, at_once: i64) -> Busy {
    Busy {
        resource: id(number),
        from,
        until: from + Duration::minutes(minutes),
        at_once,
    }
}

pub fn standing(number: u128, start: DateTime<Utc>, mode: Mode, places: i64) -> Standing {
    Standing {
        meeting: MeetingId(Uuid::from_u128(number)),
        start,
        end: start + Duration::minutes(60),
        mode,
        places,
        room: (mode == Mode::InPerson).then(|| id(ROOM)),
    }
}

/// Writes an allocation into the facts, as the store does.
pub fn book(facts: &mut Facts, ask: &Ask, start: DateTime<Utc>, mode: Mode, got: &Allocation) {
    let (from, until) = busy_span(&facts.rules, start, ask.extra_minutes);
    match got {
        Allocation::Join(meeting) => {
            let joined = facts.standing.iter_mut().find(|m| m.meeting == *meeting);
            joined.unwrap().places -= 1;
        }
        Allocation::New {
            advisers,
            supervisor,
            room,
        } => {
            let bears = facts.rules.supervisor_ratio;
            let whole = advisers.iter().chain(room).map(|resource| (*resource, 1));
            let uses = whole.chain([(*supervisor, bears)]);
            facts.busy.extend(uses.map(|(resource, at_once)| Busy {
                resource,
                from,
                until,
                at_once,
            }));
            let number = u128::try_from(facts.standing.len()).unwrap();
            facts.standing.push(Standing {
                meeting: MeetingId(Uuid::from_u128(1_000 + number)),
                start,
                end: start + Duration::minutes(facts.rules.minutes + ask.extra_minutes),
                mode,
                places: facts.rules.capacity - 1,
                room: *room,
            });
        }
    }
}

/// Nobody preferred.
pub fn no_preference(_: ResourceId) -> i64 {
    0
}

/// Allocates and books, or says no.
pub fn book_at(
    facts: &mut Facts,
    ask: &Ask,
    start: DateTime<Utc>,
    mode: Mode,
) -> Option<Allocation> {
    let got = allocate(facts, ask, start, mode, &no_preference).ok()?;
    book(facts, ask, start, mode, &got);
    Some(got)
}
