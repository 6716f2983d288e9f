//! The waiting list against real databases, on both engines.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::*;
use crate::booking::{Actor, From, Submission, Wanted, cancel, free_slots, submit};
use crate::domain::availability::Unavailable;
use crate::domain::booking::Refused;
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::store::{AbsenceRow, ClientRow, IntakeRow, ServiceRow};
use crate::testing::{ClinicSpec, TestClinic, at, service};

/// Persons or rooms in two meetings at once, by SQL that knows nothing of the code.
const OVERCOMMITTED: &str = "SELECT count(*) FROM allocations a WHERE a.active AND (
    SELECT count(*) FROM allocations b
    WHERE b.active AND b.resource_id = a.resource_id AND b.busy_from <= a.busy_from AND b.busy_until > a.busy_from
  ) > a.at_once";

/// People who are asked about two times at once.
const ASKED_TWICE: &str = "SELECT count(*) FROM (
    SELECT waiting_id FROM offers WHERE state = 'open' GROUP BY waiting_id HAVING count(*) > 1) twice";

/// Offers that are open without a time that is kept, or kept times of an offer that is over.
const NOT_KEPT: &str = "SELECT count(*) FROM offers o JOIN appointments a ON a.id = o.appointment_id
    JOIN meetings m ON m.id = a.meeting_id
    WHERE (o.state = 'open' AND (a.state <> 'held' OR NOT m.active OR a.hold_expires_at <> o.kept_until))
       OR (o.state <> 'open' AND a.state = 'held')";

/// Offers that are open to somebody who does not wait any more, and people booked by the list without a yes.
const UNASKED: &str = "SELECT (SELECT count(*) FROM offers o JOIN waiting w ON w.id = o.waiting_id
        WHERE o.state = 'open' AND w.state <> 'waiting')
    + (SELECT count(*) FROM waiting w WHERE w.state = 'booked' AND NOT EXISTS (
        SELECT 1 FROM offers o WHERE o.waiting_id = w.id AND o.state = 'accepted'))";

/// A clinic with one adviser, eight hours a day, that is booked a day ahead at most: on Sunday there are eight times.
async fn small_clinic(test: &TestClinic) {
    let services = vec![ServiceRow {
        horizon_days: 1,
        ..service("w-one", "w")
    }];
    test.clinic(ClinicSpec {
        id: "w",
        advisers: 1,
        supervisors: 1,
        ratio: 10,
        rooms: 1,
        services,
        shared: Vec::new(),
    })
    .await;
}

fn client(context: &Context, name: &str) -> ClientRow {
    ClientRow {
        email: Some(format!("{}@sample.invalid", name.to_lowercase())),
        name: format!("{name} Sample"),
        ..crate::outbox::tests::client(context)
    }
}

fn intake(context: &Context) -> IntakeRow {
    IntakeRow {
        id: context.id(),
        clinic_id: "w".into(),
        pack_version: "1".into(),
        answers: "{}".into(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: 0,
        sealed: None,
    }
}

fn wish(context: &Context, name: &str) -> Join {
    Join {
        service: "w-one".into(),
        client: client(context, name),
        intake: intake(context),
        needs: Needs::default(),
        times: Times::default(),
        urgent: false,
        source: "web",
        actor: Actor::Client,
        replay: None,
    }
}

async fn add(test: &TestClinic, name: &str, change: impl FnOnce(&mut Join)) -> Uuid {
    let mut wish = wish(&test.context, name);
    change(&mut wish);
    join(&test.context, &wish).await.unwrap().id
}

async fn book(test: &TestClinic, name: &str, start: DateTime<Utc>) -> Result<Uuid, BookingError> {
    let submission = Submission {
        from: From::Slot(Wanted {
            service: ServiceId::from("w-one"),
            start,
            mode: Mode::Phone,
            needs: Needs::default(),
        }),
        client: client(&test.context, name),
        intake: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    submit(&test.context, &submission).await.map(|done| done.id)
}

/// Books Monday from nine to five, hour by hour.
async fn fill(test: &TestClinic) -> Vec<Uuid> {
    let mut booked = Vec::new();
    for hour in 9..17 {
        let name = format!("Guest{hour}");
        booked.push(book(test, &name, at(11, 23, hour, 0)).await.unwrap());
    }
    booked
}

async fn round(test: &TestClinic) -> Round {
    offer_times(&test.context).await.unwrap()
}

async fn open_to(test: &TestClinic, place: Uuid) -> Option<OfferRow> {
    let mut tx = test.context.store.read().await.unwrap();
    open_offer(&mut *tx, place).await.unwrap()
}

async fn state(test: &TestClinic, place: Uuid) -> String {
    let mut tx = test.context.store.read().await.unwrap();
    tx.waiting(place).await.unwrap().unwrap().state
}

async fn reasons(test: &TestClinic, place: Uuid) -> Vec<String> {
    let mut tx = test.context.store.read().await.unwrap();
    let skips = tx.skips(place, 10).await.unwrap();
    skips.into_iter().map(|skip| skip.reason).collect()
}

/// The mails about offers have arrived.
const HEARD: &str =
    "UPDATE outbox SET state = 'sent', finished_at = 0 WHERE kind = 'offer' AND state = 'queued'";

const KINDS: &str = "SELECT kind FROM outbox WHERE waiting_id IS NOT NULL ORDER BY created_at, id";

#[tokio::test]
async fn lesson_34_an_offer_holds_the_place_passes_on_and_can_be_declined_and_left() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ben = add(&test, "Ben", |_| {}).await;
        let ada = add(&test, "Ada", |wish| wish.urgent = true).await;
        let eve = add(&test, "Eve", |wish| wish.times.parts = vec![Part::Evening]).await;
        assert_eq!(round(&test).await, Round::default(), "nothing is free");

        cancel(&test.context, guests[2], Actor::Client)
            .await
            .unwrap();
        assert_eq!(round(&test).await.offered, 1);
        let first = open_to(&test, ada).await.expect("need before wait");
        assert!(open_to(&test, ben).await.is_none(), "one person is asked");
        // Nobody else can have it, and it is listed nowhere.
        let eleven = at(11, 23, 11, 0);
        let late = book(&test, "Late", eleven).await.unwrap_err();
        assert!(
            matches!(late, BookingError::Unavailable(Unavailable::Taken)),
            "{late}"
        );
        assert_eq!(round(&test).await, Round::default(), "asked once");

        decline(&test.context, ada, first.number, Actor::Client)
            .await
            .unwrap();
        assert_eq!(state(&test, ada).await, "waiting", "they wait on");
        assert_eq!(round(&test).await.offered, 1);
        let second = open_to(&test, ben).await.expect("passed on");
        assert_eq!(reasons(&test, ada).await, ["refused"]);

        // Kept until an hour before the start, and then nobody is near enough to be asked. Tuesday can be booked by now.
        test.change(HEARD).await;
        test.clock.set(eleven - TimeDelta::hours(1));
        assert_eq!(round(&test).await.ran_out, 1);
        for place in [ada, ben] {
            let next = open_to(&test, place).await.unwrap();
            assert!(next.starts_at > at(11, 24, 0, 0).timestamp());
        }
        let gone = accept(&test.context, ben, second.number, Actor::Client).await;
        let gone = gone.unwrap_err();
        assert!(
            matches!(gone, BookingError::Refused(Refused::HoldEnded)),
            "{gone}"
        );
        let kinds = test.texts(KINDS).await;
        let ended = kinds.iter().filter(|kind| *kind == "offer_ended");
        assert_eq!(ended.count(), 1, "{kinds:?}");

        leave(&test.context, ben, Actor::Client).await.unwrap();
        leave(&test.context, ben, Actor::Client).await.unwrap();
        assert_eq!(state(&test, ben).await, "left");
        assert_eq!(state(&test, eve).await, "waiting");
        assert!(
            reasons(&test, eve).await.is_empty(),
            "it was never near her turn"
        );
    }
}

#[tokio::test]
async fn lesson_34_a_yes_books_the_very_time_and_whoever_is_next_is_asked_about_the_next() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |_| {}).await;
        cancel(&test.context, guests[3], Actor::Client)
            .await
            .unwrap();
        round(&test).await;
        let offer = open_to(&test, ada).await.unwrap();
        let wrong = accept(&test.context, ada, offer.number + 1, Actor::Client).await;
        assert!(wrong.is_err(), "another offer than the one that was seen");
        let booked = accept(&test.context, ada, offer.number, Actor::Client)
            .await
            .unwrap();
        assert_eq!(booked.start, at(11, 23, 12, 0));
        assert_eq!(booked.id, offer.appointment_id);
        assert_eq!(state(&test, ada).await, "booked");
        let again = accept(&test.context, ada, offer.number, Actor::Client).await;
        assert!(matches!(again, Err(BookingError::Decided)));
        let told = test
            .texts("SELECT kind FROM outbox WHERE appointment_id IS NOT NULL AND kind = 'confirmation' ORDER BY id")
            .await;
        assert_eq!(told.len(), guests.len() + 1, "one more confirmation");
        assert_eq!(test.number(OVERCOMMITTED).await, 0);
    }
}

#[tokio::test]
async fn whoever_says_yes_on_the_telephone_is_not_rung_again() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |wish| wish.client.safe_to_email = false).await;
        cancel(&test.context, guests[3], Actor::Client)
            .await
            .unwrap();
        round(&test).await;
        let calls = "SELECT count(*) FROM calls WHERE state = 'open'";
        assert_eq!(test.number(calls).await, 1, "offered by telephone");
        let offer = open_to(&test, ada).await.unwrap();
        let staff = Actor::Staff(test.context.id());
        accept(&test.context, ada, offer.number, staff)
            .await
            .unwrap();
        assert_eq!(test.number(calls).await, 0, "{}", test.url);
    }
}

#[tokio::test]
async fn two_workers_at_once_ask_one_person_about_one_time() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        for name in ["Ada", "Ben", "Cleo"] {
            add(&test, name, |_| {}).await;
        }
        cancel(&test.context, guests[1], Actor::Client)
            .await
            .unwrap();
        let (one, two, three) = tokio::join!(
            offer_times(&test.context),
            offer_times(&test.context),
            offer_times(&test.context)
        );
        let offered = [one, two, three].map(|done| done.unwrap().offered);
        assert_eq!(offered.iter().sum::<usize>(), 1, "{}", test.url);
        let all = "SELECT count(*) FROM offers";
        assert_eq!(test.number(all).await, 1);
    }
}

#[tokio::test]
async fn out_of_turn_needs_a_free_time_and_says_who_came_first() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let staff = test.context.id();
        let mut tx = test.context.store.write().await.unwrap();
        tx.put_staff(&crate::store::StaffRow {
            id: staff,
            email: "sue@sample.invalid".into(),
            name: "Sue Sample".into(),
            password: None,
            resource_id: None,
            active: true,
            created_at: 0,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |_| {}).await;
        let ben = add(&test, "Ben", |_| {}).await;
        let mut wish = OutOfTurn {
            place: ben,
            start: at(11, 23, 10, 0),
            mode: Mode::Phone,
            staff,
            reason: "A sample reason.".into(),
        };
        let taken = offer_out_of_turn(&test.context, &wish).await;
        assert!(matches!(taken, Err(BookingError::Unavailable(_))));
        cancel(&test.context, guests[1], Actor::Client)
            .await
            .unwrap();
        offer_out_of_turn(&test.context, &wish).await.unwrap();
        assert_eq!(reasons(&test, ada).await, ["out_of_turn"]);
        let offer = open_to(&test, ben).await.unwrap();
        assert_eq!(offer.reason.as_deref(), Some("A sample reason."));
        cancel(&test.context, guests[4], Actor::Client)
            .await
            .unwrap();
        wish.start = at(11, 23, 13, 0);
        let second = offer_out_of_turn(&test.context, &wish).await;
        assert!(
            matches!(second, Err(BookingError::Overtaken)),
            "one at a time"
        );
        let logged = test
            .texts("SELECT detail FROM audit WHERE action = 'offered_out_of_turn'")
            .await;
        assert_eq!(
            logged,
            ["2026-11-23T10:00:00Z"],
            "the reason stays out of the log"
        );
    }
}

#[tokio::test]
async fn whom_no_time_can_help_any_more_is_told_and_whom_nothing_reaches_is_not_asked() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let late = add(&test, "Ada", |wish| {
            wish.needs.deadline = chrono::NaiveDate::from_ymd_opt(2026, 11, 25);
        })
        .await;
        let silent = add(&test, "Ben", |wish| {
            wish.client.safe_to_email = false;
            wish.client.safe_to_call = false;
        })
        .await;
        let rung = add(&test, "Cleo", |wish| wish.client.safe_to_email = false).await;
        assert_eq!(
            state(&test, late).await,
            "waiting",
            "Sunday is in time, just"
        );
        cancel(&test.context, guests[5], Actor::Client)
            .await
            .unwrap();
        round(&test).await;
        assert_eq!(reasons(&test, late).await, ["too_late"]);
        assert_eq!(reasons(&test, silent).await, ["cannot_be_told"]);
        assert!(open_to(&test, rung).await.is_some());
        let calls = "SELECT kind FROM calls WHERE state = 'open'";
        assert_eq!(test.texts(calls).await, ["offer"], "staff ring her");
        test.clock.set(at(11, 23, 9, 30));
        assert_eq!(round(&test).await.ended, 1);
        assert_eq!(state(&test, late).await, "ended");
    }
}

/// Random steps of random people; after each, the database is asked by SQL that knows nothing of the code.
#[tokio::test]
async fn lesson_34_model_never_two_live_offers_for_one_place_and_none_for_the_past() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let mut rng = StdRng::seed_from_u64(34);
        let mut guests = fill(&test).await;
        let mut places: Vec<Uuid> = Vec::new();
        let (mut offers, mut yes) = (0, 0);
        for step in 0..120 {
            let place = |rng: &mut StdRng| places[rng.random_range(0..places.len())];
            match rng.random_range(0..9) {
                0 | 1 => {
                    let name = format!("Person{step}");
                    let urgent = rng.random_bool(0.3);
                    let part = Part::ALL[rng.random_range(0..3)];
                    let any = rng.random_bool(0.6);
                    places.push(
                        add(&test, &name, |wish| {
                            wish.urgent = urgent;
                            if !any {
                                wish.times.parts = vec![part];
                            }
                        })
                        .await,
                    );
                }
                2 if !guests.is_empty() => {
                    let guest = guests.swap_remove(rng.random_range(0..guests.len()));
                    cancel(&test.context, guest, Actor::Client).await.unwrap();
                }
                3 => {
                    let start = at(11, 23 + step / 60, 9 + step % 8, 0);
                    // Against the list: whoever is first has it.
                    if let Ok(id) = book(&test, &format!("Rival{step}"), start).await {
                        guests.push(id);
                    }
                }
                4 if !places.is_empty() => {
                    let place = place(&mut rng);
                    if let Some(offer) = open_to(&test, place).await
                        && let Ok(booked) =
                            accept(&test.context, place, offer.number, Actor::Client).await
                    {
                        assert_eq!(booked.start.timestamp(), offer.starts_at);
                        assert!(
                            offer.kept_until > test.context.now().timestamp(),
                            "no yes after the end"
                        );
                        guests.push(booked.id);
                        yes += 1;
                    }
                }
                5 if !places.is_empty() => {
                    let place = place(&mut rng);
                    if let Some(offer) = open_to(&test, place).await {
                        let _ = decline(&test.context, place, offer.number, Actor::Client).await;
                    }
                }
                6 if !places.is_empty() && rng.random_bool(0.3) => {
                    leave(&test.context, place(&mut rng), Actor::Client)
                        .await
                        .unwrap();
                }
                7 => test
                    .clock
                    .set(test.context.now() + TimeDelta::minutes(rng.random_range(5..90))),
                _ => offers += round(&test).await.offered,
            }
            let now = test.context.now().timestamp();
            let seen = format!("step {step} on {}", test.url);
            assert_eq!(test.number(OVERCOMMITTED).await, 0, "{seen}");
            assert_eq!(test.number(ASKED_TWICE).await, 0, "{seen}");
            assert_eq!(test.number(UNASKED).await, 0, "{seen}");
            let mut tx = test.context.store.read().await.unwrap();
            let open = tx.open_offers().await.unwrap();
            drop(tx);
            // A hold that ran out is free for others at once; the offer itself is ended by the next round.
            if open.iter().all(|one| one.kept_until > now) {
                assert_eq!(test.number(NOT_KEPT).await, 0, "{seen}");
            }
            for one in open.iter().filter(|one| one.kept_until > now) {
                assert!(one.starts_at > now, "an offer of the past at {seen}");
            }
        }
        assert!(
            offers > 5 && yes > 0,
            "the model did something: {offers} offers, {yes} accepted"
        );
        let days = (at(11, 23, 0, 0).date_naive(), at(11, 30, 0, 0).date_naive());
        let service = ServiceId::from("w-one");
        free_slots(&test.context, &service, &Needs::default(), days, None)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_offer_that_cannot_take_place_is_taken_back_and_the_place_kept() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |_| {}).await;
        cancel(&test.context, guests[2], Actor::Client)
            .await
            .unwrap();
        assert_eq!(round(&test).await.offered, 1);
        let first = open_to(&test, ada).await.unwrap();
        assert_eq!(round(&test).await, Round::default(), "it stands");
        let away = AbsenceRow {
            id: test.context.id(),
            clinic_id: "w".into(),
            resource_id: None,
            from_at: at(11, 23, 9, 0).timestamp(),
            until_at: at(11, 23, 17, 0).timestamp(),
            kind: "event".into(),
            title: String::new(),
            revision: 1,
        };
        let mut tx = test.context.store.write().await.unwrap();
        tx.put_absence(&away, 0).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(round(&test).await.withdrawn, 1);
        assert!(open_to(&test, ada).await.is_none());
        assert_eq!(state(&test, ada).await, "waiting", "they keep their place");
        assert_eq!(round(&test).await, Round::default(), "once");
        let late = accept(&test.context, ada, first.number, Actor::Client).await;
        assert!(late.is_err(), "nobody is booked with nobody");
        let told = test.texts(KINDS).await;
        assert_eq!(told.last().map(String::as_str), Some("offer_ended"));
        let offers = test.texts("SELECT state FROM offers").await;
        assert_eq!(offers, ["withdrawn"]);
    }
}

#[tokio::test]
async fn who_never_heard_of_an_offer_has_not_refused_it_and_is_not_told_that_it_is_over() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |_| {}).await;
        cancel(&test.context, guests[7], Actor::Client)
            .await
            .unwrap();
        assert_eq!(round(&test).await.offered, 1);
        let first = open_to(&test, ada).await.unwrap();
        // The mail server is away all the while.
        test.clock.set(at(11, 22, 21, 30));
        let kept = DateTime::from_timestamp(first.kept_until, 0).unwrap();
        test.clock.set(kept);
        assert_eq!(round(&test).await.ran_out, 1);
        let states = test.texts("SELECT state FROM offers ORDER BY number").await;
        assert_eq!(states[0], "withdrawn", "{}", test.url);
        let told = test.texts(KINDS).await;
        assert!(!told.contains(&"offer_ended".to_owned()), "{told:?}");
        assert!(!reasons(&test, ada).await.contains(&"refused".to_owned()));
    }
}

#[tokio::test]
async fn somebody_who_joined_twice_is_asked_about_one_time_and_leaves_with_one_yes() {
    for test in TestClinic::all().await {
        small_clinic(&test).await;
        let guests = fill(&test).await;
        let ada = add(&test, "Ada", |_| {}).await;
        let again = add(&test, "ADA", |_| {}).await;
        let sister = add(&test, "Ada", |wish| wish.client.name = "Eve Sample".into()).await;
        for guest in [guests[2], guests[5]] {
            cancel(&test.context, guest, Actor::Client).await.unwrap();
        }
        assert_eq!(round(&test).await.offered, 2);
        let open = [
            open_to(&test, ada).await,
            open_to(&test, again).await,
            open_to(&test, sister).await,
        ];
        assert!(open[0].is_some() && open[1].is_none() && open[2].is_some());
        let number = open[0].as_ref().unwrap().number;
        accept(&test.context, ada, number, Actor::Client)
            .await
            .unwrap();
        assert_eq!(state(&test, again).await, "left");
        assert_eq!(state(&test, sister).await, "waiting", "somebody else");
    }
}
