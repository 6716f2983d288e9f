use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::testing::at;

fn one(id: u128) -> Waiting {
    Waiting {
        id: Uuid::from_u128(id),
        helps_until: None,
        urgent: false,
        since: at(11, 20, 9, 0),
        times: Times::default(),
        has_offer: false,
        refused: Vec::new(),
        unavailable: Vec::new(),
        can_be_told: true,
    }
}

fn slot(day: u32, hour: u32) -> Freed {
    Freed {
        start: at(11, day, hour, 0),
        mode: Mode::InPerson,
    }
}

fn date(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, day)
}

#[test]
fn the_deadline_comes_first_then_the_need_then_the_wait() {
    let now = at(11, 23, 9, 0);
    let late = Waiting {
        since: at(11, 1, 9, 0),
        ..one(1)
    };
    let urgent = Waiting {
        urgent: true,
        since: at(11, 22, 9, 0),
        ..one(2)
    };
    let due = Waiting {
        helps_until: date(27),
        since: at(11, 22, 10, 0),
        ..one(3)
    };
    let mut list = vec![one(4), late.clone(), urgent.clone(), due.clone()];
    in_order(&mut list);
    let order: Vec<u128> = list.iter().map(|one| one.id.as_u128()).collect();
    assert_eq!(order, [3, 2, 1, 4]);
    let turn = next(list, &slot(26, 10), now, &|_| true);
    assert_eq!(turn.ask.map(|(id, _)| id), Some(due.id));
}

#[test]
fn each_who_is_passed_over_has_a_reason() {
    let now = at(11, 23, 9, 0);
    let freed = slot(26, 10);
    let evenings = Times {
        parts: vec![Part::Evening],
        ..Times::default()
    };
    let list = vec![
        Waiting {
            helps_until: date(24),
            ..one(1)
        },
        Waiting {
            times: evenings,
            urgent: true,
            ..one(2)
        },
        Waiting {
            has_offer: true,
            urgent: true,
            ..one(3)
        },
        Waiting {
            refused: vec![freed.start],
            urgent: true,
            ..one(4)
        },
        Waiting {
            can_be_told: false,
            urgent: true,
            ..one(5)
        },
        one(6),
        one(7),
    ];
    let turn = next(list, &freed, now, &|_| true);
    let reasons: Vec<(u128, Skip)> = turn
        .passed
        .iter()
        .map(|(id, skip)| (id.as_u128(), *skip))
        .collect();
    assert_eq!(
        reasons,
        [
            (1, Skip::TooLate),
            (2, Skip::OtherTimes),
            (3, Skip::HasOffer),
            (4, Skip::Refused),
            (5, Skip::CannotBeTold),
        ]
    );
    assert_eq!(
        turn.ask,
        Some((Uuid::from_u128(6), now + TimeDelta::hours(24)))
    );
}

#[test]
fn a_time_is_kept_for_a_day_or_two_hours_and_never_beyond_what_can_be_reached() {
    let now = at(11, 23, 9, 0);
    for (start, kept) in [
        (at(11, 26, 10, 0), Some(at(11, 24, 9, 0))),
        (at(11, 23, 16, 0), Some(at(11, 23, 11, 0))),
        (at(11, 23, 11, 0), Some(at(11, 23, 10, 0))),
        (at(11, 24, 8, 0), Some(at(11, 24, 7, 0))),
        (at(11, 23, 10, 0), None),
        (at(11, 23, 8, 0), None),
    ] {
        assert_eq!(kept_until(start, now), kept, "{start}");
    }
}

/// What can happen to a list: a time comes free, somebody answers, time passes.
#[derive(Debug, Clone)]
enum Step {
    Free(u8),
    Accept(u8),
    Decline(u8),
    Leave(u8),
    Pass(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u8>().prop_map(Step::Free),
        any::<u8>().prop_map(Step::Accept),
        any::<u8>().prop_map(Step::Decline),
        any::<u8>().prop_map(Step::Leave),
        (1..30_u8).prop_map(Step::Pass),
    ]
}

/// The offers that stand, by start: to whom, and until when.
type Offers = BTreeMap<DateTime<Utc>, (Uuid, DateTime<Utc>)>;

/// Asks the next person for each free time that is offered to nobody.
fn ask_all(list: &mut [Waiting], free: &[Freed], offers: &mut Offers, now: DateTime<Utc>) {
    for slot in free {
        if offers.contains_key(&slot.start) {
            continue;
        }
        if let Some((id, until)) = next(list.to_vec(), slot, now, &|_| true).ask {
            offers.insert(slot.start, (id, until));
            for one in list.iter_mut().filter(|one| one.id == id) {
                assert!(!one.has_offer, "two offers to one person");
                one.has_offer = true;
            }
        }
    }
}

/// Ends an offer without a booking.
fn end(list: &mut [Waiting], offers: &mut Offers, start: DateTime<Utc>) {
    let Some((id, _)) = offers.remove(&start) else {
        return;
    };
    for one in list.iter_mut().filter(|one| one.id == id) {
        one.has_offer = false;
        one.refused.push(start);
    }
}

proptest! {
    /// Lesson 34: never two live offers for one time or to one person, none for the past, none beyond its time, and nobody
    /// is asked twice about the same time.
    #[test]
    fn lesson_34_model_one_live_offer_a_time_none_for_the_past_and_nobody_is_asked_twice(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut now = at(11, 23, 8, 0);
        let mut list: Vec<Waiting> = (1..=6).map(one).collect();
        let mut free: Vec<Freed> = Vec::new();
        let mut offers = Offers::new();
        let mut asked: Vec<(Uuid, DateTime<Utc>)> = Vec::new();
        for step in steps {
            let picked = |number: u8| offers.keys().nth(usize::from(number) % offers.len().max(1)).copied();
            match step {
                Step::Free(number) => {
                    let start = at(11, 23 + u32::from(number % 5), 9 + u32::from(number % 7), 0);
                    if free.iter().all(|slot| slot.start != start) {
                        free.push(Freed { start, mode: Mode::InPerson });
                    }
                }
                Step::Accept(number) => if let Some(start) = picked(number)
                    && let Some((id, _)) = offers.remove(&start)
                {
                    list.retain(|one| one.id != id);
                    free.retain(|slot| slot.start != start);
                },
                Step::Decline(number) => if let Some(start) = picked(number) {
                    end(&mut list, &mut offers, start);
                },
                Step::Leave(number) => if let Some(start) = picked(number) {
                    let id = offers[&start].0;
                    end(&mut list, &mut offers, start);
                    list.retain(|one| one.id != id);
                },
                Step::Pass(hours) => now += TimeDelta::hours(i64::from(hours)),
            }
            let ended: Vec<_> = offers.iter().filter(|(_, (_, until))| *until <= now).map(|(start, _)| *start).collect();
            for start in ended {
                end(&mut list, &mut offers, start);
            }
            let before = offers.clone();
            ask_all(&mut list, &free, &mut offers, now);
            for (start, (id, until)) in offers.iter().filter(|(start, _)| !before.contains_key(*start)) {
                prop_assert!(!asked.contains(&(*id, *start)), "asked twice");
                asked.push((*id, *start));
                prop_assert!(*until > now && *until < *start, "an offer of the past");
            }
            let mut people: Vec<Uuid> = offers.values().map(|(id, _)| *id).collect();
            let offered = people.len();
            people.sort();
            people.dedup();
            prop_assert_eq!(people.len(), offered, "two live offers to one person");
        }
    }
}
