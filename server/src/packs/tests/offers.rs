//! Whether answers that end in a booking open something to book, in the clinics as the sample set-up has them.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::sample::Index;

use super::laws::{dice, some_answer};
use super::table::{self, lines, terms};
use super::today;
use crate::domain::triage::{Answers, Day, Outcome, Pack, assess, none_fits};
use crate::intake::offered;
use crate::store::ServiceRow;
use crate::testing::TestClinic;

async fn services() -> Vec<ServiceRow> {
    let clinic = TestClinic::sqlite().await;
    clinic.load_sample().await;
    let mut records = clinic.context.store.read().await.unwrap();
    records.services(None).await.unwrap()
}

fn of(clinic: &str, services: &[ServiceRow]) -> Vec<ServiceRow> {
    let own = services
        .iter()
        .filter(|service| service.clinic_id == clinic);
    own.cloned().collect()
}

#[tokio::test]
async fn every_line_of_the_table_that_books_opens_a_service() {
    let services = services().await;
    let packs = table::packs();
    let mut booked = 0;
    for line in lines().iter().filter(|line| line.clinic != "shared") {
        let pack = line.pack(&packs[line.clinic]);
        let assessment = line.assessed(&packs[line.clinic]).unwrap();
        let may_book = assessment.outcome == Outcome::Book && assessment.next.is_none();
        if may_book {
            booked += 1;
            let own = of(&pack.clinic.0, &services);
            assert!(
                !offered(&own, &assessment.facts).is_empty(),
                "line {}",
                line.at
            );
        }
    }
    assert!(booked > 20, "{booked}");
}

/// The answers of somebody with nothing to flag, with a few of them answered otherwise.
fn nearly_harmless(clinic: &str, pack: &Pack, dice: &[Index]) -> Answers {
    let mut own = lines().iter().filter(|line| line.clinic == clinic);
    let harmless = own.find(|line| line.harmless).unwrap();
    let mut answers = harmless.given(pack).unwrap();
    for roll in dice.chunks_exact(5).take(3) {
        let question = &pack.questions[roll[4].index(pack.questions.len())];
        answers.insert(question.id.clone(), some_answer(question, roll));
    }
    answers
}

#[test]
fn whatever_is_answered_a_booking_opens_a_service_or_a_person_looks_for_a_way() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let services = runtime.block_on(services());
    let packs = table::packs();
    let terms = terms();
    let day = Day {
        date: today(),
        terms: &terms,
    };
    let booked = AtomicUsize::new(0);
    proptest!(|(dice in dice())| {
        for (clinic, pack) in packs.iter().filter(|(clinic, _)| **clinic != "shared") {
            let assessment = assess(pack, &nearly_harmless(clinic, pack, &dice), day);
            if assessment.outcome != Outcome::Book || assessment.next.is_some() {
                continue;
            }
            booked.fetch_add(1, Ordering::Relaxed);
            let own = of(clinic, &services);
            if offered(&own, &assessment.facts).is_empty() {
                prop_assert!(assessment.facts.remote, "{clinic} {:?}", assessment.facts);
                let looked_at = none_fits(pack, assessment);
                prop_assert_eq!(looked_at.outcome, Outcome::Review);
                let reason = looked_at.reasons.last().unwrap();
                prop_assert!(reason.text.contains("another way"), "{}", reason.text);
            }
        }
    });
    // Of 256 cases in six clinics.
    let booked = booked.into_inner();
    assert!(booked > 256, "{booked}");
}
