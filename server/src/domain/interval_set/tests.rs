//! Interval sets against a model that anybody can check by eye: one flag a second.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::{Interval, IntervalSet};

const SECONDS: i64 = 40;

type Seconds = Vec<bool>;

fn naive(intervals: &[Interval]) -> Seconds {
    (0..SECONDS)
        .map(|second| {
            intervals
                .iter()
                .any(|i| i.from <= second && second < i.until)
        })
        .collect()
}

fn seconds_of(set: &IntervalSet) -> Seconds {
    naive(&set.iter().collect::<Vec<_>>())
}

fn well_formed(set: &IntervalSet) -> bool {
    let held: Vec<_> = set.iter().collect();
    held.iter().all(|i| i.from < i.until) && held.windows(2).all(|w| w[0].until < w[1].from)
}

fn intervals() -> impl Strategy<Value = Vec<Interval>> {
    let one = (0..SECONDS, 0..=SECONDS).prop_map(|(from, until)| Interval::new(from, until));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn unsorted_intervals_become_one_sorted_disjoint_form(list in intervals()) {
        let set = IntervalSet::from_unsorted(list.clone());
        prop_assert!(well_formed(&set));
        prop_assert_eq!(seconds_of(&set), naive(&list));
        prop_assert_eq!(set.is_empty(), !naive(&list).contains(&true));
        let reversed: IntervalSet = list.into_iter().rev().collect();
        prop_assert_eq!(set, reversed);
    }

    #[test]
    fn set_algebra_agrees_with_one_flag_a_second(a in intervals(), b in intervals()) {
        let (one, two) = (IntervalSet::from_unsorted(a.clone()), IntervalSet::from_unsorted(b.clone()));
        let flags = |combine: fn(bool, bool) -> bool| -> Seconds {
            naive(&a).into_iter().zip(naive(&b)).map(|(x, y)| combine(x, y)).collect()
        };
        let results = [
            (one.union(&two), flags(|x, y| x || y)),
            (one.intersect(&two), flags(|x, y| x && y)),
            (one.subtract(&two), flags(|x, y| x && !y)),
        ];
        for (set, expected) in results {
            prop_assert!(well_formed(&set));
            prop_assert_eq!(seconds_of(&set), expected);
        }
    }

    #[test]
    fn contains_and_overlaps_agree_with_one_flag_a_second(list in intervals(), from in 0..SECONDS, length in 0..10_i64) {
        let set = IntervalSet::from_unsorted(list.clone());
        let asked = Interval::new(from, (from + length).min(SECONDS));
        let flags = naive(&list);
        let mut inside = (asked.from..asked.until).map(|second| flags[usize::try_from(second).unwrap_or(0)]);
        prop_assert_eq!(set.contains(asked), inside.clone().all(|held| held));
        prop_assert_eq!(set.overlaps(asked), inside.any(|held| held));
    }
}

#[test]
fn touching_intervals_are_one_and_do_not_overlap() {
    let (one, two) = (Interval::new(0, 10), Interval::new(10, 20));
    assert!(!one.overlaps(two));
    let set = IntervalSet::from_unsorted(vec![two, one]);
    assert_eq!(set.iter().collect::<Vec<_>>(), [Interval::new(0, 20)]);
    assert!(set.contains(Interval::new(5, 15)));
}

#[test]
fn instants_within_a_second_are_covered_by_it() {
    let start = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(1_500);
    let end = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(2_500);
    assert_eq!(Interval::between(start, end), Interval::new(1, 3));
}
