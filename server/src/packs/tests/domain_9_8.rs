//! The tests that the clinics' own list asks of the rules engine (`domain` section 9.8), as far as they are about rules;
//! and that each of the twelve has a test with its number somewhere.

use std::collections::BTreeSet;
use std::path::Path;

use super::table::{lines, packs, terms};
use super::{in_days, today, try_answers};
use crate::domain::triage::{Assessment, Day, Outcome, Pack, Priority, assess};

/// The harmless answers of a clinic with some replaced.
fn assessed(clinic: &str, pack: &Pack, instead: &str) -> Assessment {
    let harmless = lines()
        .iter()
        .find(|line| line.clinic == clinic && line.harmless);
    let answers = format!("{} {instead}", harmless.unwrap().all_answers());
    let terms = terms();
    let day = Day {
        date: today(),
        terms: &terms,
    };
    assess(pack, &try_answers(pack, &answers).unwrap(), day)
}

#[test]
fn domain_9_8_test_1_one_stop_beside_answers_that_book_is_a_stop() {
    for (clinic, pack) in packs() {
        let calm = assessed(clinic, &pack, "");
        // Counselling never books at once.
        let usual = if clinic == "counselling" {
            Outcome::Review
        } else {
            Outcome::Book
        };
        assert_eq!(calm.outcome, usual, "{clinic}");
        assert!(
            calm.explanation.len() > 5,
            "{clinic}: five answers and more"
        );
        let stop = assessed(clinic, &pack, "A1=yes");
        assert_eq!(stop.outcome, Outcome::Stop, "{clinic}");
        assert_eq!(stop.next, None, "{clinic}: nothing more is asked");
    }
}

/// That nothing is stored is proved where something could be: in the journey and in the API.
#[test]
fn domain_9_8_test_2_a_stop_taken_back_leaves_nothing() {
    for (clinic, pack) in packs() {
        let calm = assessed(clinic, &pack, "");
        assert_eq!(assessed(clinic, &pack, "A1=yes A1=no"), calm, "{clinic}");
    }
}

#[test]
fn domain_9_8_test_4_a_hearing_in_7_days_stops_in_8_to_28_is_urgent_and_in_29_can_be_booked() {
    let packs = packs();
    let law = &packs["law"];
    for (days, expected) in [
        (7, (Outcome::Stop, None)),
        (8, (Outcome::Review, Some(Priority::P1))),
        (28, (Outcome::Review, Some(Priority::P1))),
        (29, (Outcome::Book, None)),
    ] {
        let found = assessed("law", law, &format!("L7=yes L8=+{days} L11=not_a_claim"));
        assert_eq!((found.outcome, found.priority), expected, "{days} days");
        assert_eq!(found.deadline, Some(in_days(days)), "{days} days");
    }
}

#[test]
fn each_of_the_twelve_has_a_test_with_its_number() {
    fn read(folder: &Path, found: &mut BTreeSet<u32>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let numbers = text.split("fn domain_9_8_test_").skip(1);
                found
                    .extend(numbers.filter_map(|rest| rest.split('_').next()?.parse::<u32>().ok()));
            }
        }
    }
    let mut found = BTreeSet::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    assert_eq!(found, (1..=12).collect());
}
