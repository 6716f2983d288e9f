//! The conflict check against real databases: what is found, what is hidden, who decides, and rivals.

mod counts;
mod rivals;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::booking::{
    Actor, Booked, BookingError, From, Matter, Needs, Submission, Wanted, cancel, confirm, submit,
    turn_down,
};
use crate::domain::access::{Grant, Role, Standing};
use crate::domain::conflict::{Concern, Reason, Side};
use crate::domain::ids::{ClinicId, ServiceId, StaffId};
use crate::domain::schedule::Mode;
use crate::intake::{NewCase, send_request};
use crate::outbox::tests::client;
use crate::store::{ClientRow, ConflictCaseRow, IntakeRow, ServiceRow, StaffRow};
use crate::testing::{ClinicSpec, TestClinic, at, service};

/// A clinic `law` that checks, and a clinic `sports` that does not.
async fn worlds() -> Vec<TestClinic> {
    let mut all = TestClinic::all().await;
    for test in &mut all {
        let held = ServiceRow {
            booking: "held".into(),
            ..service("law-first", "law")
        };
        for (id, services) in [
            ("law", vec![held]),
            ("sports", vec![service("sports-first", "sports")]),
        ] {
            test.clinic(ClinicSpec {
                id,
                advisers: 8,
                supervisors: 1,
                ratio: 20,
                rooms: 8,
                services,
                shared: Vec::new(),
            })
            .await;
        }
        test.checks_conflicts("law").await;
    }
    all
}

fn named(test: &TestClinic, name: &str) -> ClientRow {
    ClientRow {
        name: name.into(),
        ..client(&test.context)
    }
}

fn intake(test: &TestClinic, clinic: &str, names: &[(Side, &str)]) -> IntakeRow {
    let names = names.iter().map(|(side, name)| (*side, (*name).to_owned()));
    let sealed = Sealed {
        answers: BTreeMap::from([("L15".to_owned(), "The ceiling fell on Zuleika".into())]),
        names: names.collect(),
        lead_only: false,
        ..Sealed::default()
    };
    IntakeRow {
        id: test.context.id(),
        clinic_id: clinic.into(),
        pack_version: "1".into(),
        answers: "{}".into(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: 0,
        sealed: seal(&test.context, &sealed).unwrap(),
    }
}

async fn book(
    test: &TestClinic,
    service: &str,
    name: &str,
    names: &[(Side, &str)],
    start: DateTime<Utc>,
) -> Booked {
    let clinic = service.split('-').next().unwrap();
    let submission = Submission {
        from: From::Slot(Wanted {
            service: ServiceId::from(service),
            start,
            mode: Mode::InPerson,
            needs: Needs::default(),
        }),
        client: named(test, name),
        intake: Some(intake(test, clinic, names)),
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    submit(&test.context, &submission).await.unwrap()
}

async fn ask(test: &TestClinic, name: &str, names: &[(Side, &str)]) -> (Uuid, String, Uuid) {
    let intake = intake(test, "law", names);
    let id = intake.id;
    let case = NewCase {
        client: named(test, name),
        intake,
        urgent: false,
        deadline: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    let sent = send_request(&test.context, &case).await.unwrap();
    (sent.id, sent.reference, id)
}

/// Somebody with this role in the law clinic.
async fn staff(test: &TestClinic, role: Role) -> Standing {
    let id = test.context.id();
    let mut tx = test.context.store.write().await.unwrap();
    tx.put_staff(&StaffRow {
        id,
        email: format!("{id}@sample.invalid"),
        name: "Sample Checker".into(),
        password: None,
        resource_id: None,
        active: true,
        created_at: 0,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    Standing {
        staff: StaffId(id),
        grants: vec![Grant {
            role,
            clinic: Some(ClinicId::from("law")),
        }],
    }
}

async fn case(test: &TestClinic, reference: &str) -> ConflictCaseRow {
    let mut tx = test.context.store.read().await.unwrap();
    tx.conflict_case(reference).await.unwrap().unwrap()
}

async fn found(test: &TestClinic, reference: &str) -> Vec<Suggestion> {
    let row = case(test, reference).await;
    let mut tx = test.context.store.read().await.unwrap();
    let names = names_of(&mut *tx, &test.context, row.id).await.unwrap();
    let matter = row.appointment_id.or(row.request_id).unwrap();
    suggestions(&mut *tx, &test.context, "law", matter, &names)
        .await
        .unwrap()
}

async fn decided(
    test: &TestClinic,
    who: &Standing,
    reference: &str,
    decision: Decision,
) -> Result<(), BookingError> {
    let read = seen(&test.context, &found(test, reference).await).unwrap();
    decide(&test.context, who, reference, decision, "looked", &read).await
}

async fn state(test: &TestClinic, id: Uuid) -> String {
    let mut tx = test.context.store.read().await.unwrap();
    tx.appointment(id).await.unwrap().unwrap().state
}

const NINE: fn() -> DateTime<Utc> = || at(12, 1, 9, 0);

#[tokio::test]
async fn lesson_1_a_client_who_is_the_other_side_of_an_earlier_case_is_suggested_however_it_is_spelt()
 {
    for test in worlds().await {
        let first = book(
            &test,
            "law-first",
            "Amina Sample",
            &[(Side::OtherSide, "Mohammed Example")],
            NINE(),
        )
        .await;
        let second = book(
            &test,
            "law-first",
            "Example, Muhammad",
            &[(Side::OtherSide, "Mr. A. Sample")],
            NINE(),
        )
        .await;
        let found = found(&test, &second.reference).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|one| one.concern == Concern::Against));
        let Other::Here {
            name,
            reference,
            side,
            like,
        } = &found[1].other
        else {
            panic!("{found:?}");
        };
        assert_eq!(
            (name.as_str(), reference),
            ("Amina Sample", &first.reference)
        );
        assert_eq!((*side, like.reason), (Side::Client, Reason::Initials));
        assert_eq!(case(&test, &second.reference).await.matches, 2);
        assert_eq!(case(&test, &first.reference).await.matches, 0);
    }
}

#[tokio::test]
async fn the_names_and_the_story_stand_nowhere_in_clear() {
    for test in worlds().await {
        book(
            &test,
            "law-first",
            "Amina Sample",
            &[(Side::OtherSide, "Zuleika Example")],
            NINE(),
        )
        .await;
        let clear = test
            .number(
                "SELECT (SELECT count(*) FROM conflict_parties WHERE lower(coalesce(name, '')) LIKE '%zuleika%')
                    + (SELECT count(*) FROM conflict_keys WHERE lower(hash) LIKE '%zul%')
                    + (SELECT count(*) FROM intakes WHERE lower(answers || assessment || coalesce(sealed, '')) LIKE '%zuleika%')
                    + (SELECT count(*) FROM audit WHERE lower(detail) LIKE '%zuleika%')",
            )
            .await;
        assert_eq!(clear, 0, "{}", test.url);
        assert_eq!(
            test.number("SELECT count(*) FROM intakes WHERE sealed IS NOT NULL")
                .await,
            1
        );
        assert_eq!(
            test.number("SELECT count(*) FROM conflict_parties").await,
            2
        );
    }
}

#[tokio::test]
async fn of_another_clinic_only_blind_keys_are_kept_and_a_hit_shows_no_name() {
    for test in worlds().await {
        book(&test, "sports-first", "Amina Sample", &[], NINE()).await;
        let kept = test
            .number("SELECT count(*) FROM conflict_parties WHERE name IS NULL AND case_id IS NULL")
            .await;
        assert_eq!(kept, 1);
        assert_eq!(
            test.number("SELECT count(*) FROM conflict_keys").await,
            2,
            "the whole name as spelt and as it sounds"
        );
        let hit = book(
            &test,
            "law-first",
            "Boris Example",
            &[(Side::OtherSide, "SAMPLE Amina")],
            NINE(),
        )
        .await;
        let other: Vec<Other> = found(&test, &hit.reference)
            .await
            .into_iter()
            .map(|one| one.other)
            .collect();
        assert_eq!(other, [Other::Elsewhere]);
        // A part of the name is no hit there.
        let miss = book(
            &test,
            "law-first",
            "Boris Specimen",
            &[(Side::OtherSide, "Amina Other")],
            NINE(),
        )
        .await;
        assert!(found(&test, &miss.reference).await.is_empty());
    }
}

#[tokio::test]
async fn invariant_8_nothing_is_confirmed_before_it_is_cleared_and_clearing_confirms() {
    for test in worlds().await {
        let booked = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        let supervisor = Actor::Staff(Uuid::nil());
        let early = confirm(&test.context, booked.id, supervisor).await;
        assert!(matches!(early, Err(BookingError::NotCleared)), "{early:?}");
        assert_eq!(state(&test, booked.id).await, "requested");
        let checker = staff(&test, Role::ConflictChecker).await;
        decided(&test, &checker, &booked.reference, Decision::Clear)
            .await
            .unwrap();
        assert_eq!(state(&test, booked.id).await, "confirmed");
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'confirmation'")
                .await,
            1
        );
        let again = decided(&test, &checker, &booked.reference, Decision::Refuse).await;
        assert!(matches!(again, Err(BookingError::Decided)), "{again:?}");
        let lines = test.number("SELECT count(*) FROM audit WHERE subject_kind = 'conflict' AND action = 'cleared' AND detail = ''").await;
        assert_eq!(lines, 1);
    }
}

#[tokio::test]
async fn refusing_frees_the_time_and_writes_what_a_lack_of_capacity_writes() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        let one = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        let other = book(&test, "law-first", "Boris Example", &[], NINE()).await;
        decided(&test, &checker, &one.reference, Decision::Refuse)
            .await
            .unwrap();
        turn_down(
            &test.context,
            Matter::Appointment(other.id),
            Actor::Staff(checker.staff.0),
        )
        .await
        .unwrap();
        let alike = test
            .number(
                "SELECT count(*) FROM appointments a JOIN outbox o ON o.appointment_id = a.id AND o.kind = 'turned_down'
                 WHERE a.state = 'cancelled' AND a.sequence = 1 AND o.sequence = 1 AND a.turned_down_at IS NOT NULL",
            )
            .await;
        assert_eq!(alike, 2);
        assert_eq!(
            test.number("SELECT count(*) FROM allocations WHERE active")
                .await,
            0
        );
        assert_eq!(case(&test, &one.reference).await.state, "refused");
        assert_eq!(case(&test, &other.reference).await.state, "withdrawn");
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'cancellation'")
                .await,
            0
        );
        let twice = turn_down(&test.context, Matter::Appointment(other.id), Actor::System).await;
        assert!(twice.is_err());
    }
}

#[tokio::test]
async fn a_request_is_not_decided_before_it_is_cleared_and_its_appointment_needs_no_second_check() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        let (id, reference, answers) = ask(&test, "Amina Sample", &[]).await;
        let check = || async {
            let mut tx = test.context.store.read().await.unwrap();
            must_be_cleared(&mut *tx, id).await
        };
        assert!(matches!(check().await, Err(BookingError::NotCleared)));
        decided(&test, &checker, &reference, Decision::Clear)
            .await
            .unwrap();
        check().await.unwrap();
        // The appointment that comes of it rests on the same answers.
        let mut tx = test.context.store.write().await.unwrap();
        let given = Given {
            clinic: "law",
            reference: "NEXT-001",
            matter: Matter::Appointment(test.context.id()),
            intake: Some(answers),
            client: "Amina Sample",
            organisation: None,
        };
        open(&mut *tx, &test.context, &given).await.unwrap();
        assert!(
            cleared(&mut *tx, "law", given.matter.id(), Some(answers))
                .await
                .unwrap()
        );
        drop(tx);
        assert_eq!(test.number("SELECT count(*) FROM conflict_cases").await, 1);

        let (_, refused, _) = ask(&test, "Boris Example", &[]).await;
        decided(&test, &checker, &refused, Decision::Refuse)
            .await
            .unwrap();
        let told = test
            .number(
                "SELECT count(*) FROM requests r JOIN outbox o ON o.request_id = r.id
                 WHERE r.state = 'declined' AND o.kind = 'turned_down'",
            )
            .await;
        assert_eq!(told, 1);
    }
}

#[tokio::test]
async fn the_university_as_the_other_side_is_for_the_clinic_lead_alone() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        let lead = staff(&test, Role::Supervisor).await;
        let adviser = staff(&test, Role::Adviser).await;
        let met = book(
            &test,
            "law-first",
            "Amina Sample",
            &[(Side::OtherSide, "London Met")],
            NINE(),
        )
        .await;
        assert!(case(&test, &met.reference).await.lead_only);
        for who in [&checker, &adviser] {
            let refused = decided(&test, who, &met.reference, Decision::Clear).await;
            assert!(
                matches!(refused, Err(BookingError::NotYours)),
                "{refused:?}"
            );
        }
        decided(&test, &lead, &met.reference, Decision::Clear)
            .await
            .unwrap();

        let sent = book(&test, "law-first", "Boris Example", &[], NINE()).await;
        let early = decided(&test, &lead, &sent.reference, Decision::Clear).await;
        assert!(matches!(early, Err(BookingError::NotYours)));
        give_to_lead(&test.context, &checker, &sent.reference, "not sure")
            .await
            .unwrap();
        assert!(matches!(
            decided(&test, &checker, &sent.reference, Decision::Clear).await,
            Err(BookingError::NotYours)
        ));
        decided(&test, &lead, &sent.reference, Decision::Clear)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_match_that_came_in_since_the_page_was_read_stops_the_clearing() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        let first = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        let read = seen(&test.context, &found(&test, &first.reference).await).unwrap();
        book(
            &test,
            "law-first",
            "Boris Example",
            &[(Side::OtherSide, "Amina Sample")],
            NINE(),
        )
        .await;
        let cleared = decide(
            &test.context,
            &checker,
            &first.reference,
            Decision::Clear,
            "looked",
            &read,
        )
        .await;
        assert!(
            matches!(cleared, Err(BookingError::OtherMatches)),
            "{cleared:?}"
        );
        assert_eq!(state(&test, first.id).await, "requested");
        decided(&test, &checker, &first.reference, Decision::Clear)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_checkers_at_once_one_wins_and_the_client_hears_one_thing() {
    for test in worlds().await {
        let (one, other) = (
            staff(&test, Role::ConflictChecker).await,
            staff(&test, Role::ConflictChecker).await,
        );
        for hour in 9..15 {
            let booked = book(&test, "law-first", "Amina Sample", &[], at(12, 1, hour, 0)).await;
            let (clear, refuse) = tokio::join!(
                decided(&test, &one, &booked.reference, Decision::Clear),
                decided(&test, &other, &booked.reference, Decision::Refuse)
            );
            assert!(
                clear.is_ok() != refuse.is_ok(),
                "{clear:?} {refuse:?} on {}",
                test.url
            );
            let expected = if clear.is_ok() {
                ("confirmed", "cleared")
            } else {
                ("cancelled", "refused")
            };
            let now = case(&test, &booked.reference).await.state;
            assert_eq!(
                (state(&test, booked.id).await.as_str(), now.as_str()),
                expected
            );
        }
        assert_eq!(
            test.number(
                "SELECT count(*) FROM outbox WHERE kind IN ('confirmation', 'turned_down')"
            )
            .await,
            6
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_client_who_calls_off_while_it_is_cleared_leaves_no_check_that_waits() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        for hour in 9..15 {
            let booked = book(&test, "law-first", "Amina Sample", &[], at(12, 1, hour, 0)).await;
            let (clear, off) = tokio::join!(
                decided(&test, &checker, &booked.reference, Decision::Clear),
                cancel(&test.context, booked.id, Actor::Client)
            );
            off.unwrap();
            assert_eq!(state(&test, booked.id).await, "cancelled", "{}", test.url);
            let expected = if clear.is_ok() {
                "cleared"
            } else {
                "withdrawn"
            };
            assert_eq!(
                case(&test, &booked.reference).await.state,
                expected,
                "{clear:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_came_in_before_the_clinic_checked_gets_its_check_from_the_worker_once() {
    for test in worlds().await {
        let mut tx = test.context.store.write().await.unwrap();
        tx.set_conflict_check("law", false).await.unwrap();
        tx.commit().await.unwrap();
        let booked = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        ask(&test, "Boris Example", &[]).await;
        test.checks_conflicts("law").await;
        let early = confirm(&test.context, booked.id, Actor::System).await;
        assert!(
            matches!(early, Err(BookingError::NotCleared)),
            "closed until somebody has looked"
        );
        assert_eq!(adopt(&test.context).await.unwrap(), 2);
        assert_eq!(adopt(&test.context).await.unwrap(), 0);
        assert_eq!(case(&test, &booked.reference).await.state, "waiting");
    }
}

#[tokio::test]
async fn names_are_forgotten_after_seven_years_unless_their_check_waits() {
    for test in worlds().await {
        let checker = staff(&test, Role::ConflictChecker).await;
        let done = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        decided(&test, &checker, &done.reference, Decision::Clear)
            .await
            .unwrap();
        book(&test, "law-first", "Boris Example", &[], NINE()).await;
        book(&test, "sports-first", "Clara Specimen", &[], NINE()).await;
        let pruned = || async {
            let mut tx = test.context.store.write().await.unwrap();
            let pruned = prune(&mut *tx, &test.context).await.unwrap();
            tx.commit().await.unwrap();
            pruned
        };
        assert_eq!(pruned().await, 0);
        test.clock
            .set(test.context.now() + TimeDelta::days(7 * 365 + 3));
        assert_eq!(pruned().await, 2);
        assert_eq!(
            test.number("SELECT count(*) FROM conflict_parties").await,
            1
        );
        let orphans = test
            .number("SELECT count(*) FROM conflict_keys WHERE party_id NOT IN (SELECT id FROM conflict_parties)")
            .await;
        assert_eq!(orphans, 0);
    }
}

#[tokio::test]
async fn a_check_is_due_at_the_end_of_the_next_working_day() {
    for test in worlds().await {
        // Sunday noon: Monday is the next working day.
        let booked = book(&test, "law-first", "Amina Sample", &[], NINE()).await;
        assert_eq!(
            case(&test, &booked.reference).await.due_at,
            at(11, 23, 17, 0).timestamp()
        );
    }
}
