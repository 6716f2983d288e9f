//! Listing, allocating and the reference agree, whatever the clinic.

use std::collections::BTreeSet;

use chrono::Duration;
use proptest::prelude::*;

use super::world::book;
use super::{reference, untidy};
use crate::domain::availability::{Allocation, Ask, Slot, Unavailable, allocate, busy_span, slots};
use crate::domain::ids::ResourceId;
use crate::domain::schedule::{Facts, Mode, Part};
use crate::domain::time;

const MODES: [Mode; 3] = [Mode::InPerson, Mode::Phone, Mode::Video];

/// An order of people that has nothing to do with their ids.
fn some_preference(id: ResourceId) -> i64 {
    i64::try_from(id.0.as_u128() * 7 % 5).unwrap()
}

fn taken_from(facts: &Facts, allocation: &Allocation) -> (Vec<ResourceId>, Option<ResourceId>) {
    match allocation {
        Allocation::Join(_) => (Vec::new(), None),
        Allocation::New {
            advisers,
            supervisor,
            room,
        } => {
            assert_eq!(
                i64::try_from(advisers.len()).unwrap(),
                facts.rules.advisers_needed
            );
            (
                advisers.iter().chain(room).copied().collect(),
                Some(*supervisor),
            )
        }
    }
}

/// Whether the people and the room of an allocation are there, free, fit and distinct.
fn sound(facts: &Facts, ask: &Ask, slot: &Slot, mode: Mode, allocation: &Allocation) -> bool {
    let span = busy_span(&facts.rules, slot.start, ask.extra_minutes);
    let there = |id: ResourceId, part| reference::there(facts, ask, slot.start, part).contains(&id);
    match allocation {
        Allocation::Join(meeting) => {
            let standing = facts
                .standing
                .iter()
                .find(|m| m.meeting == *meeting)
                .unwrap();
            facts.rules.capacity > 1
                && standing.places > 0
                && standing.mode == mode
                && standing.start == slot.start
        }
        Allocation::New {
            advisers,
            supervisor,
            room,
        } => {
            let mut people = advisers.clone();
            people.push(*supervisor);
            people.sort();
            people.dedup();
            people.len() == advisers.len() + 1
                && advisers
                    .iter()
                    .all(|a| there(*a, Part::Adviser) && reference::free(facts, *a, span))
                && there(*supervisor, Part::Supervisor)
                && reference::spare(facts, *supervisor, span) > 0
                && room.is_some() == (mode == Mode::InPerson)
                && room.is_none_or(|r| {
                    there(r, Part::Room)
                        && reference::free(facts, r, span)
                        && reference::fits(facts, &ask.access, r)
                })
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn slots_agree_with_a_reference_that_looks_at_every_minute((facts, ask) in untidy::clinics()) {
        prop_assert_eq!(slots(&facts, &ask), reference::slots(&facts, &ask));
    }

    #[test]
    fn lesson_38_what_is_listed_can_be_had_and_the_rest_is_refused_for_the_right_reason(
        (facts, ask) in untidy::clinics(),
        odd_minutes in prop::collection::vec(-1_500..6_000_i64, 8),
    ) {
        let listed = slots(&facts, &ask);
        // Two days before the range and three after are enough for every odd minute.
        let dates = (ask.from - Duration::days(2)).iter_days().take(8);
        let grid: BTreeSet<_> = dates.flat_map(|date| reference::starts(&facts, &ask, date)).collect();
        let odd = odd_minutes.iter().map(|n| time::start_of_day(ask.from) + Duration::minutes(*n));
        for start in grid.iter().copied().chain(odd) {
            let in_range = (ask.from..=ask.until).contains(&time::local_date(start));
            let slot = listed.iter().find(|slot| slot.start == start);
            for mode in MODES {
                let got = allocate(&facts, &ask, start, mode, &some_preference);
                prop_assert_eq!(got.as_ref().err().copied(), reference::refusal(&facts, &ask, &grid, start, mode));
                let is_listed = slot.is_some_and(|slot| slot.modes.contains(&mode));
                prop_assert_eq!(is_listed, in_range && got.is_ok());
                if let (Some(slot), Ok(allocation)) = (slot, &got) {
                    prop_assert!(sound(&facts, &ask, slot, mode, allocation), "{:?}", allocation);
                }
            }
        }
    }

    #[test]
    fn a_start_takes_as_many_bookings_as_it_has_places_and_not_one_more(
        (facts, ask) in untidy::clinics(),
        pick in any::<prop::sample::Index>(),
    ) {
        let listed = slots(&facts, &ask);
        prop_assume!(!listed.is_empty());
        let slot = pick.get(&listed);
        let mut most = 0;
        for mode in &slot.modes {
            let places = reference::places(&facts, &ask, slot.start, *mode);
            most = most.max(places);
            let mut facts = facts.clone();
            for _ in 0..places {
                let got = allocate(&facts, &ask, slot.start, *mode, &some_preference);
                prop_assert!(got.is_ok(), "refused although there are {} places: {:?}", places, got);
                let got = got.unwrap();
                prop_assert!(sound(&facts, &ask, slot, *mode, &got), "{:?}", got);
                book(&mut facts, &ask, slot.start, *mode, &got);
            }
            let more = allocate(&facts, &ask, slot.start, *mode, &some_preference);
            prop_assert_eq!(more, Err(Unavailable::Taken));
        }
        prop_assert_eq!(slot.places, most);
    }

    #[test]
    fn lesson_2_booking_whatever_is_listed_never_overlaps_anybody((facts, ask) in untidy::clinics()) {
        let mut facts = facts;
        let before = facts.busy.len();
        while let Some(slot) = slots(&facts, &ask).into_iter().next_back() {
            let mode = slot.modes[0];
            let got = allocate(&facts, &ask, slot.start, mode, &some_preference).unwrap();
            let (whole, supervisor) = taken_from(&facts, &got);
            let (from, until) = busy_span(&facts.rules, slot.start, ask.extra_minutes);
            let mut rows = facts.busy.iter().filter(|b| b.from.max(from) < b.until.min(until));
            prop_assert!(!rows.any(|b| whole.contains(&b.resource)));
            prop_assert!(supervisor.is_none_or(|s| reference::spare(&facts, s, (from, until)) > 0));
            book(&mut facts, &ask, slot.start, mode, &got);
            prop_assert!(facts.busy.len() < before + 2_000, "no end of bookings");
        }
    }

    #[test]
    fn no_slot_is_ever_outside_hours_or_in_the_past_and_each_is_listed_once((facts, ask) in untidy::clinics()) {
        let listed = slots(&facts, &ask);
        for slot in &listed {
            let (opens, closes) = (time::local(slot.start), slot.end);
            prop_assert!(slot.start >= ask.now);
            prop_assert_eq!(slot.end - slot.start, Duration::minutes(facts.rules.minutes + ask.extra_minutes));
            let inside = facts.windows.iter().filter_map(|w| w.hours).any(|(from, until)| {
                let end = match until {
                    chrono::NaiveTime::MIN => time::end_of_day(opens.date()),
                    _ => time::resolve(opens.date(), until),
                };
                from <= opens.time() && closes <= end
            });
            prop_assert!(inside, "{:?}", slot);
        }
        prop_assert!(listed.windows(2).all(|pair| pair[0].start < pair[1].start));
    }
}
