//! Whether answers that end in a booking open something to book, in the clinics as the sample set-up has them.

use proptest::prelude::*;

use super::laws::{dice, some_answers};
use super::table::{self, lines, terms};
use super::{Packs, today};
use crate::domain::triage::{Day, Outcome, assess};
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

#[tokio::test]
async fn whatever_is_answered_a_booking_opens_a_service() {
    let services = services().await;
    let packs = Packs::embedded().unwrap();
    let terms = terms();
    let day = Day {
        date: today(),
        terms: &terms,
    };
    proptest!(|(dice in dice())| {
        for pack in packs.iter() {
            let assessment = assess(pack, &some_answers(pack, &dice), day);
            if assessment.outcome == Outcome::Book && assessment.next.is_none() {
                let own = of(&pack.clinic.0, &services);
                prop_assert!(!offered(&own, &assessment.facts).is_empty(), "{:?}", assessment.facts);
            }
        }
    });
}
