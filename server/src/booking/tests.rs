//! Booking against real databases: the invariants, and rivals for the same time.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::domain::booking::HOLD;
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::store::{AllocationRow, ClientRow, MeetingRow, ServiceRow, StoreError};
use crate::testing::{ClinicSpec, TestClinic, at, service};

/// Meetings that break invariant 1, by SQL that knows nothing of the code.
const OVERCOMMITTED: &str = "SELECT count(*) FROM allocations a WHERE a.active AND (
    SELECT count(*) FROM allocations b
    WHERE b.active AND b.resource_id = a.resource_id AND b.busy_from <= a.busy_from AND b.busy_until > a.busy_from
  ) > a.at_once";

/// Group meetings over their capacity.
const OVERFULL: &str = "SELECT count(*) FROM meetings m WHERE (
    SELECT count(*) FROM appointments a WHERE a.meeting_id = m.id AND a.state NOT IN ('cancelled', 'expired')
  ) > m.capacity";

fn client(test: &TestClinic) -> ClientRow {
    let id = test.context.id();
    ClientRow {
        id,
        // Everybody is somebody else.
        name: format!("Sample Client {id}"),
        email: Some("client@sample.invalid".into()),
        phone: None,
        safe_to_email: true,
        safe_to_call: false,
        call_window: String::new(),
        leave_message: false,
        postcode_area: Some("N7".into()),
        no_fixed_home: false,
        language: String::new(),
        interpreter: false,
        access: "{}".into(),
        organisation: None,
        created_at: 0,
    }
}

fn wanted(service: &str, start: DateTime<Utc>) -> Wanted {
    Wanted {
        service: ServiceId::from(service),
        start,
        mode: Mode::InPerson,
        needs: Needs::default(),
    }
}

fn submission(test: &TestClinic, from: From) -> Submission {
    Submission {
        from,
        client: client(test),
        intake: None,
        source: "api",
        actor: Actor::Client,
        replay: None,
    }
}

fn spec(id: &'static str, advisers: usize, services: Vec<ServiceRow>) -> ClinicSpec {
    ClinicSpec {
        id,
        advisers,
        supervisors: 1,
        ratio: 10,
        rooms: advisers,
        services,
        shared: Vec::new(),
    }
}

/// So many clients at once for one start; how many got it.
async fn race(test: &TestClinic, clients: usize, wanted: impl Fn(usize) -> Wanted) -> usize {
    let context = Arc::new(test.context.clone());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..clients {
        let (context, submission) = (
            context.clone(),
            submission(test, From::Slot(wanted(number))),
        );
        tasks.spawn(async move { submit(&context, &submission).await });
    }
    let mut booked = 0;
    while let Some(outcome) = tasks.join_next().await {
        match outcome.unwrap() {
            Ok(_) => booked += 1,
            Err(BookingError::Unavailable(Unavailable::Taken)) => {}
            Err(other) => panic!("neither booked nor taken: {other:?}"),
        }
    }
    booked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_1_of_64_bookings_of_one_place_one_succeeds_and_63_conflict() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        assert_eq!(
            race(&test, 64, |_| wanted("a-one", at(12, 1, 10, 0))).await,
            1,
            "{}",
            test.url
        );
        assert_eq!(
            test.number("SELECT count(*) FROM appointments WHERE state = 'confirmed'")
                .await,
            1
        );
        assert_eq!(
            test.number("SELECT count(*) FROM clients").await,
            1,
            "a refused booking leaves no row"
        );
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_1_of_64_bookings_of_three_places_three_succeed() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 3, vec![service("a-one", "a")])).await;
        assert_eq!(
            race(&test, 64, |_| wanted("a-one", at(12, 1, 10, 0))).await,
            3,
            "{}",
            test.url
        );
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_2_services_of_many_lengths_with_buffers_never_overlap() {
    for test in TestClinic::all().await {
        let lengths = [
            (15, 0, 5),
            (30, 10, 0),
            (45, 5, 5),
            (60, 0, 15),
            (180, 15, 15),
        ];
        let services = lengths
            .iter()
            .map(|(minutes, before, after)| ServiceRow {
                minutes: *minutes,
                buffer_before: *before,
                buffer_after: *after,
                start_every: 15,
                ..service(&format!("a-{minutes}"), "a")
            })
            .collect();
        test.clinic(ClinicSpec {
            rooms: 2,
            ..spec("a", 3, services)
        })
        .await;
        let booked = race(&test, 60, |number| {
            let (minutes, ..) = lengths[number % lengths.len()];
            let quarter = i32::try_from(number * 7 % 20).unwrap();
            wanted(
                &format!("a-{minutes}"),
                at(12, 1, 9, 15) + TimeDelta::minutes(15) * quarter,
            )
        })
        .await;
        assert!(booked >= 5, "{booked} on {}", test.url);
        assert_eq!(test.number(OVERCOMMITTED).await, 0, "{}", test.url);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_3_two_services_of_two_clinics_share_an_adviser_and_a_room() {
    for test in TestClinic::all().await {
        let mut second = service("b-one", "b");
        second.minutes = 30;
        second.start_every = 30;
        let built = test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let shared = vec![
            (built.advisers[0], "adviser".to_owned()),
            (built.rooms[0], "room".to_owned()),
        ];
        test.clinic(ClinicSpec {
            advisers: 0,
            rooms: 0,
            shared,
            ..spec("b", 0, vec![second])
        })
        .await;
        let mut tx = test.context.store.write().await.unwrap();
        tx.add_skill(built.advisers[0], "b-one").await.unwrap();
        tx.commit().await.unwrap();
        let booked = race(&test, 64, |number| {
            if number % 2 == 0 {
                wanted("a-one", at(12, 1, 13, 0))
            } else {
                wanted("b-one", at(12, 1, 13, 30))
            }
        })
        .await;
        assert_eq!(booked, 1, "{}", test.url);
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_5_the_last_seat_and_the_first() {
    for test in TestClinic::all().await {
        let group = ServiceRow {
            capacity: 5,
            ..service("a-group", "a")
        };
        test.clinic(spec("a", 1, vec![group])).await;
        assert_eq!(
            race(&test, 40, |_| wanted("a-group", at(12, 1, 10, 0))).await,
            5,
            "{}",
            test.url
        );
        assert_eq!(
            test.number("SELECT count(*) FROM meetings WHERE active")
                .await,
            1
        );
        assert_eq!(test.number(OVERFULL).await, 0);
    }
}

/// Writes past all the code's care, straight into the tables.
async fn force(
    test: &TestClinic,
    resource: Uuid,
    part: &str,
    at_once: i64,
    from: i64,
    until: i64,
) -> Result<(), StoreError> {
    let mut tx = test.context.store.write().await.unwrap();
    let meeting = MeetingRow {
        id: test.context.id(),
        clinic_id: "a".into(),
        service_id: "a-one".into(),
        mode: "phone".into(),
        starts_at: from,
        ends_at: until,
        capacity: 1,
    };
    let allocation = AllocationRow {
        id: test.context.id(),
        resource_id: resource,
        part: part.into(),
        busy_from: from,
        busy_until: until,
        at_once,
        hold_until: None,
    };
    tx.put_meeting(&meeting, &[allocation]).await?;
    tx.commit().await
}

#[tokio::test]
async fn invariant_1_the_database_itself_refuses_an_overlap() {
    for test in TestClinic::all().await {
        let built = test.clinic(spec("a", 2, vec![service("a-one", "a")])).await;
        let adviser = built.advisers[0];
        force(&test, adviser, "adviser", 1, 36_000, 39_600)
            .await
            .unwrap();
        for (from, until) in [
            (36_000, 39_600),
            (34_000, 36_001),
            (39_599, 43_000),
            (37_000, 38_000),
            (30_000, 50_000),
        ] {
            let refused = force(&test, adviser, "adviser", 1, from, until).await;
            assert!(
                matches!(refused, Err(StoreError::Overcommitted)),
                "{from} to {until}: {refused:?} on {}",
                test.url
            );
        }
        force(&test, adviser, "adviser", 1, 39_600, 40_000)
            .await
            .expect("touching is allowed");
        force(&test, built.advisers[1], "adviser", 1, 36_000, 39_600)
            .await
            .expect("another adviser is free");
    }
}

#[tokio::test]
async fn invariant_1_the_database_itself_keeps_a_supervisor_within_the_ratio() {
    for test in TestClinic::all().await {
        let built = test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let supervisor = built.supervisors[0];
        // Two at most at any instant: 10 to 11, 12 to 13, and then 10 to 13 over both, but not a third at 10:30.
        force(&test, supervisor, "supervisor", 2, 36_000, 39_600)
            .await
            .unwrap();
        force(&test, supervisor, "supervisor", 2, 43_200, 46_800)
            .await
            .unwrap();
        force(&test, supervisor, "supervisor", 2, 36_000, 46_800)
            .await
            .expect("two at once at most");
        let third = force(&test, supervisor, "supervisor", 2, 37_800, 38_000).await;
        assert!(
            matches!(third, Err(StoreError::Overcommitted)),
            "{third:?} on {}",
            test.url
        );
        // And whoever supervises two cannot see a client of their own meanwhile.
        let own = force(&test, supervisor, "adviser", 1, 45_000, 45_600).await;
        assert!(
            matches!(own, Err(StoreError::Overcommitted)),
            "{own:?} on {}",
            test.url
        );
        force(&test, supervisor, "supervisor", 2, 40_000, 43_000)
            .await
            .expect("one at that time");
    }
}

#[tokio::test]
async fn a_hold_keeps_the_time_and_an_ended_hold_frees_it_inside_the_transaction_that_wants_it() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let want = wanted("a-one", at(12, 1, 10, 0));
        let kept = hold(&test.context, &want, "web", None).await.unwrap();
        assert_eq!(kept.expires_at, test.context.now() + HOLD);
        let refused = submit(&test.context, &submission(&test, From::Slot(want.clone()))).await;
        assert!(
            matches!(refused, Err(BookingError::Unavailable(Unavailable::Taken))),
            "{refused:?}"
        );
        test.clock.advance(HOLD);
        submit(&test.context, &submission(&test, From::Slot(want)))
            .await
            .expect("the hold has ended");
        let late = submit(&test.context, &submission(&test, From::Hold(kept.id))).await;
        assert!(
            matches!(late, Err(BookingError::Refused(Refused::HoldEnded))),
            "{late:?}"
        );
        assert_eq!(
            test.number("SELECT count(*) FROM audit WHERE action = 'expired'")
                .await,
            1
        );
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test]
async fn who_turns_a_hold_into_an_appointment_locks_nobody_and_the_guard_still_sees_every_change() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let want = wanted("a-one", at(12, 1, 10, 0));
        let kept = hold(&test.context, &want, "web", None).await.unwrap();
        // Locks that are taken in the order of the rows meet those in the order of ids, and PostgreSQL needs a second to see
        // that neither can go on. On SQLite there is one writer.
        if !test.url.starts_with("sqlite:") {
            let mut tx = test.context.store.write().await.unwrap();
            let row = tx.appointment(kept.id).await.unwrap().unwrap();
            tx.settle_meeting(row.meeting_id).await.unwrap();
            let free = "SELECT 1 FROM resources FOR NO KEY UPDATE NOWAIT";
            assert!(test.try_change(free).await, "nobody is locked");
        }
        let first = submission(&test, From::Hold(kept.id));
        let booked = submit(&test.context, &first).await.unwrap();
        cancel(&test.context, booked.id, Actor::System)
            .await
            .unwrap();
        let again = submission(&test, From::Slot(want));
        submit(&test.context, &again).await.unwrap();
        for change in [
            "UPDATE allocations SET active = TRUE",
            "UPDATE allocations SET active = TRUE, at_once = 1",
            "UPDATE allocations SET busy_from = busy_from - 1, active = TRUE",
        ] {
            assert!(!test.try_change(change).await, "{change} on {}", test.url);
        }
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test]
async fn a_hold_is_renewed_given_back_and_swapped() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let first = hold(
            &test.context,
            &wanted("a-one", at(12, 1, 10, 0)),
            "web",
            None,
        )
        .await
        .unwrap();
        test.clock.advance(TimeDelta::minutes(9));
        assert_eq!(
            renew(&test.context, first.id).await.unwrap(),
            test.context.now() + HOLD
        );
        test.clock.advance(TimeDelta::minutes(9));
        let second = hold(
            &test.context,
            &wanted("a-one", at(12, 1, 11, 0)),
            "web",
            Some(first.id),
        )
        .await
        .unwrap();
        hold(
            &test.context,
            &wanted("a-one", at(12, 1, 10, 0)),
            "web",
            None,
        )
        .await
        .expect("the first was given back");
        let soon = leave(&test.context, second.id).await.unwrap();
        assert!(soon < test.context.now() + TimeDelta::minutes(1));
        renew(&test.context, second.id)
            .await
            .expect("came back in time");
        release(&test.context, second.id).await.unwrap();
        release(&test.context, second.id)
            .await
            .expect("twice is no error");
        hold(
            &test.context,
            &wanted("a-one", at(12, 1, 11, 0)),
            "web",
            None,
        )
        .await
        .expect("given back");
    }
}

#[tokio::test]
async fn invariant_3_the_change_its_audit_row_and_its_message_commit_together() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let kept = hold(
            &test.context,
            &wanted("a-one", at(12, 1, 10, 0)),
            "web",
            None,
        )
        .await
        .unwrap();
        let booked = submit(&test.context, &submission(&test, From::Hold(kept.id)))
            .await
            .unwrap();
        assert_eq!((booked.state, booked.told), (State::Confirmed, Told::Mail));
        cancel(&test.context, booked.id, Actor::Client)
            .await
            .unwrap();
        cancel(&test.context, booked.id, Actor::Client)
            .await
            .expect("a second cancel answers the same");
        let mut tx = test.context.store.read().await.unwrap();
        let actions: Vec<String> = tx
            .history(booked.id)
            .await
            .unwrap()
            .into_iter()
            .map(|line| line.action)
            .collect();
        assert_eq!(actions, ["held", "confirmed", "cancelled"]);
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'confirmation' AND sequence = 0")
                .await,
            1
        );
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'cancellation' AND sequence = 1")
                .await,
            1
        );
        assert_eq!(test.number("SELECT count(*) FROM outbox").await, 2);
        submit(
            &test.context,
            &submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0)))),
        )
        .await
        .expect("the time is free again");
    }
}

#[tokio::test]
async fn invariant_7_no_message_is_queued_for_somebody_whom_it_is_not_safe_to_mail() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 2, vec![service("a-one", "a")])).await;
        let mut by_call = submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0))));
        by_call.client.safe_to_email = false;
        by_call.client.safe_to_call = true;
        by_call.client.phone = Some("+442079460000".into());
        let booked = submit(&test.context, &by_call).await.unwrap();
        assert_eq!(booked.told, Told::Call);
        let mut by_nothing = submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0))));
        by_nothing.client.safe_to_email = false;
        assert_eq!(
            submit(&test.context, &by_nothing).await.unwrap().told,
            Told::Nothing
        );
        relocate(&test.context, booked.id, at(12, 1, 11, 0), Actor::Client)
            .await
            .unwrap();
        cancel(&test.context, booked.id, Actor::Staff(booked.id))
            .await
            .unwrap();
        assert_eq!(
            test.number("SELECT count(*) FROM outbox").await,
            0,
            "{}",
            test.url
        );
        assert_eq!(test.number("SELECT count(*) FROM calls").await, 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_9_a_retry_books_once_and_answers_the_same() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 8, vec![service("a-one", "a")])).await;
        let replay = Replay {
            key: [1; 32],
            body: [2; 32],
        };
        let context = Arc::new(test.context.clone());
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let mut submission = submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0))));
            submission.replay = Some(replay.clone());
            let context = context.clone();
            tasks.spawn(async move { submit(&context, &submission).await.unwrap() });
        }
        let replies = tasks.join_all().await;
        assert!(
            replies.iter().all(|reply| *reply == replies[0]),
            "{replies:?} on {}",
            test.url
        );
        assert_eq!(test.number("SELECT count(*) FROM appointments").await, 1);
        let mut other = submission(&test, From::Slot(wanted("a-one", at(12, 1, 11, 0))));
        other.replay = Some(Replay {
            body: [3; 32],
            ..replay
        });
        let refused = submit(&test.context, &other).await;
        assert!(
            matches!(refused, Err(BookingError::OtherBody)),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn lesson_8_a_move_ignores_itself_and_frees_the_old_time_at_once() {
    for test in TestClinic::all().await {
        let half_hourly = ServiceRow {
            start_every: 30,
            ..service("a-one", "a")
        };
        test.clinic(spec("a", 1, vec![half_hourly])).await;
        let booked = submit(
            &test.context,
            &submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0)))),
        )
        .await
        .unwrap();
        let moved = relocate(&test.context, booked.id, at(12, 1, 10, 30), Actor::Client)
            .await
            .expect("overlaps only itself");
        assert_eq!(
            (moved.starts_at, moved.sequence),
            (at(12, 1, 10, 30).timestamp(), 1)
        );
        assert_eq!(moved.reference, booked.reference);
        submit(
            &test.context,
            &submission(&test, From::Slot(wanted("a-one", at(12, 1, 9, 30)))),
        )
        .await
        .expect("freed");
        let refused = relocate(&test.context, booked.id, at(12, 1, 9, 30), Actor::Client).await;
        assert!(
            matches!(refused, Err(BookingError::Unavailable(Unavailable::Taken))),
            "{refused:?}"
        );
        let row = test
            .context
            .store
            .read()
            .await
            .unwrap()
            .appointment(booked.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.starts_at, row.sequence),
            (moved.starts_at, 1),
            "a refused move changes nothing"
        );
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test]
async fn lesson_38_only_what_is_offered_can_be_booked() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
        let cases = [
            (at(11, 20, 10, 0), Unavailable::Past),
            (at(12, 1, 10, 7), Unavailable::OutsideHours),
            (at(12, 1, 3, 0), Unavailable::OutsideHours),
            (at(12, 5, 10, 0), Unavailable::OutsideHours),
            (at(12, 1, 10, 0) + TimeDelta::days(364), Unavailable::TooFar),
            (
                at(12, 1, 10, 0) + TimeDelta::seconds(30),
                Unavailable::OutsideHours,
            ),
        ];
        for (start, reason) in cases {
            let refused = submit(
                &test.context,
                &submission(&test, From::Slot(wanted("a-one", start))),
            )
            .await;
            assert!(
                matches!(&refused, Err(BookingError::Unavailable(why)) if *why == reason),
                "{start}: {refused:?}"
            );
        }
        let unknown = submit(
            &test.context,
            &submission(&test, From::Slot(wanted("nothing", at(12, 1, 10, 0)))),
        )
        .await;
        assert!(matches!(unknown, Err(BookingError::NoSuchService)));
        let video = Wanted {
            mode: Mode::Video,
            ..wanted("a-one", at(12, 1, 10, 0))
        };
        let refused = submit(&test.context, &submission(&test, From::Slot(video))).await;
        assert!(matches!(
            refused,
            Err(BookingError::Unavailable(Unavailable::ModeNotOffered))
        ));
        assert_eq!(
            test.number("SELECT count(*) FROM appointments").await,
            0,
            "no row"
        );
        assert_eq!(
            test.number("SELECT count(*) FROM clients").await,
            0,
            "no row"
        );
    }
}

#[tokio::test]
async fn a_service_that_is_held_until_cleared_is_requested_first_and_confirmed_once() {
    for test in TestClinic::all().await {
        let law = ServiceRow {
            booking: "held".into(),
            advisers_needed: 2,
            ..service("a-one", "a")
        };
        test.clinic(spec("a", 2, vec![law])).await;
        let booked = submit(
            &test.context,
            &submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0)))),
        )
        .await
        .unwrap();
        assert_eq!(booked.state, State::Requested);
        assert_eq!(
            test.number("SELECT count(*) FROM allocations WHERE part = 'adviser'")
                .await,
            2,
            "a pair"
        );
        confirm(&test.context, booked.id, Actor::Staff(booked.id))
            .await
            .unwrap();
        let again = confirm(&test.context, booked.id, Actor::Staff(booked.id)).await;
        assert!(matches!(
            again,
            Err(BookingError::Refused(Refused::WrongState(State::Confirmed)))
        ));
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'request_received'")
                .await,
            1
        );
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE kind = 'confirmation'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn invariant_10_lesson_25_when_the_facts_cannot_be_read_no_time_is_offered() {
    let test = TestClinic::sqlite().await;
    test.clinic(spec("a", 1, vec![service("a-one", "a")])).await;
    let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&test.url)
        .await
        .unwrap();
    sqlx::query("DROP VIEW appointment_details")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("DROP VIEW call_details")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("ALTER TABLE allocations RENAME TO elsewhere")
        .execute(&mut connection)
        .await
        .unwrap();
    let dates = (at(12, 1, 0, 0).date_naive(), at(12, 2, 0, 0).date_naive());
    let outcome = free_slots(
        &test.context,
        &ServiceId::from("a-one"),
        &Needs::default(),
        dates,
        None,
    )
    .await;
    assert!(
        matches!(outcome, Err(BookingError::Store(_))),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn lesson_10_one_client_is_not_in_two_places_at_once() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 4, vec![service("a-one", "a")])).await;
        let half_hourly = ServiceRow {
            start_every: 30,
            ..service("b-one", "b")
        };
        test.clinic(spec("b", 4, vec![half_hourly])).await;
        let amina = |change: fn(&mut ClientRow)| {
            let mut row = client(&test);
            row.name = "Amina Sample".into();
            row.phone = Some("+442079460000".into());
            change(&mut row);
            row
        };
        let book = async |service: &str, start, row: ClientRow| {
            let mut form = submission(&test, From::Slot(wanted(service, start)));
            form.client = row;
            submit(&test.context, &form).await
        };
        let ten = at(12, 1, 10, 0);
        book("a-one", ten, amina(|_| {})).await.unwrap();
        let refused =
            |outcome| matches!(outcome, Err(BookingError::Unavailable(Unavailable::Taken)));
        // The same hour, half an hour into it, half an hour before it; by either way of contact, however it is typed.
        let same: fn(&mut ClientRow) = |_| {};
        let by_mail: fn(&mut ClientRow) = |row| {
            row.phone = None;
            row.name = "  amina  SAMPLE".into();
            row.email = Some("CLIENT@sample.invalid".into());
        };
        let by_phone: fn(&mut ClientRow) = |row| row.email = Some("new@sample.invalid".into());
        for change in [same, by_mail, by_phone] {
            for minutes in [-30, 0, 30] {
                let start = ten + TimeDelta::minutes(minutes);
                let outcome = book("b-one", start, amina(change)).await;
                assert!(refused(outcome), "{minutes} {}", test.url);
            }
        }
        assert_eq!(test.number("SELECT count(*) FROM appointments").await, 1);
        // Touching is fine, and so is somebody else at the same address.
        book("b-one", ten + TimeDelta::hours(1), amina(|_| {}))
            .await
            .unwrap();
        let other = amina(|row| row.name = "Bashir Sample".into());
        book("b-one", ten, other).await.unwrap();
        // Nor by moving.
        let late = book("b-one", ten + TimeDelta::hours(4), amina(|_| {}))
            .await
            .unwrap();
        let moved = relocate(&test.context, late.id, ten, Actor::Client).await;
        assert!(refused(moved.map(|_| late.clone())), "{}", test.url);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lesson_10_two_clinics_asked_at_once_by_one_client_say_yes_once() {
    for test in TestClinic::all().await {
        let clinics = ["a", "b", "c", "d"];
        let services = ["a-one", "b-one", "c-one", "d-one"];
        for (clinic, own) in clinics.into_iter().zip(services) {
            test.clinic(spec(clinic, 2, vec![service(own, clinic)]))
                .await;
        }
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..16 {
            let mut form = submission(
                &test,
                From::Slot(wanted(services[number % 4], at(12, 1, 10, 0))),
            );
            form.client.name = "Amina Sample".into();
            let context = test.context.clone();
            tasks.spawn(async move { submit(&context, &form).await });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(
            outcomes.iter().filter(|one| one.is_ok()).count(),
            1,
            "{}",
            test.url
        );
    }
}

#[tokio::test]
async fn a_call_that_would_tell_old_news_is_not_left_to_make() {
    for test in TestClinic::all().await {
        test.clinic(spec("a", 2, vec![service("a-one", "a")])).await;
        let mut form = submission(&test, From::Slot(wanted("a-one", at(12, 1, 10, 0))));
        form.client.phone = Some("+442079460000".into());
        form.client.safe_to_email = false;
        form.client.safe_to_call = true;
        let booked = submit(&test.context, &form).await.unwrap();
        let calls = async || {
            let mut tx = test.context.store.read().await.unwrap();
            let open = tx.open_calls(None).await.unwrap();
            open.into_iter().map(|call| call.kind).collect::<Vec<_>>()
        };
        assert_eq!(calls().await, ["confirmation"]);
        relocate(&test.context, booked.id, at(12, 1, 14, 0), Actor::Client)
            .await
            .unwrap();
        assert_eq!(calls().await, ["change"]);
        cancel(&test.context, booked.id, Actor::Client)
            .await
            .unwrap();
        assert_eq!(calls().await, ["cancellation"], "{}", test.url);
    }
}
