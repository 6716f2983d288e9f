//! Decisions on cases against real databases: who wins, what is told, and what a decision opens.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::booking::{self, Actor, Needs, Submission, Told, Wanted};
use crate::domain::booking::Refused;
use crate::domain::ids::ServiceId;
use crate::domain::schedule::Mode;
use crate::intake::{NewCase, Requested, send_request};
use crate::mail::{Mailer, Outgoing};
use crate::outbox::tests::{client, courier};
use crate::store::{ClientRow, IntakeRow, ServiceRow, StaffRow};
use crate::testing::{ClinicSpec, TestClinic, at, noon, service};

/// A clinic `a` with a service for each way to book, and two supervisors' accounts.
struct Desk {
    test: TestClinic,
    ada: Uuid,
    bea: Uuid,
}

impl Desk {
    async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for test in TestClinic::all().await {
            all.push(Self::on(test).await);
        }
        all
    }

    async fn on(test: TestClinic) -> Self {
        let with = |id: &str, booking: &str| ServiceRow {
            booking: booking.into(),
            ..service(id, "a")
        };
        test.clinic(ClinicSpec {
            id: "a",
            advisers: 1,
            supervisors: 1,
            ratio: 10,
            rooms: 1,
            services: vec![
                with("a-one", "instant"),
                with("a-scoping", "review"),
                with("a-held", "held"),
            ],
            shared: Vec::new(),
        })
        .await;
        let ada = account(&test, "Ada", "a").await;
        let bea = account(&test, "Bea", "a").await;
        Self { test, ada, bea }
    }

    fn context(&self) -> &Context {
        &self.test.context
    }

    async fn case(&self, of: impl FnOnce(&mut ClientRow)) -> Requested {
        let mut client = client(self.context());
        of(&mut client);
        let intake = IntakeRow {
            id: self.context().id(),
            clinic_id: "a".into(),
            pack_version: "1".into(),
            answers: "{}".into(),
            assessment: "{}".into(),
            stop_shown: false,
            topic: String::new(),
            created_at: 0,
            sealed: None,
        };
        let case = NewCase {
            client,
            intake,
            urgent: false,
            deadline: None,
            source: "web",
            actor: Actor::Client,
            replay: None,
        };
        send_request(self.context(), &case).await.unwrap()
    }

    async fn row(&self, id: Uuid) -> RequestRow {
        let mut tx = self.context().store.read().await.unwrap();
        tx.request(id).await.unwrap().unwrap()
    }

    async fn decisions(&self, id: Uuid) -> Vec<DecisionRow> {
        let mut tx = self.context().store.read().await.unwrap();
        tx.decisions(id).await.unwrap()
    }

    /// The audit log has these lines about a case and no others. The clock stands still, so their order says nothing.
    async fn happened(&self, id: Uuid, expected: &[&str]) {
        let mut tx = self.context().store.read().await.unwrap();
        let history = tx.history(id).await.unwrap();
        let mut found: Vec<&str> = history.iter().map(|line| line.action.as_str()).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "on {}", self.test.url);
    }

    async fn decide(&self, id: Uuid, terms: Terms) -> Result<Told, BookingError> {
        let revision = self.row(id).await.revision;
        decide(self.context(), &ruling(id, revision, terms, self.ada)).await
    }

    async fn pick(&self, id: Uuid, start: DateTime<Utc>) -> Result<booking::Booked, BookingError> {
        let revision = self.row(id).await.revision;
        pick(self.context(), &choice(id, revision, start)).await
    }

    async fn mails(&self) -> Vec<Outgoing> {
        let (mailer, mails) = Mailer::memory();
        courier(&self.test, mailer).all().await;
        let mails = mails.lock().unwrap();
        mails.clone()
    }
}

fn ruling(request: Uuid, revision: i64, terms: Terms, staff: Uuid) -> Ruling {
    Ruling {
        request,
        revision,
        terms,
        reason: "It fits the clinic.".into(),
        staff,
    }
}

async fn account(test: &TestClinic, name: &str, clinic: &str) -> Uuid {
    let id = test.context.id();
    let mut tx = test.context.store.write().await.unwrap();
    tx.put_staff(&StaffRow {
        id,
        email: format!("{}@sample.invalid", name.to_lowercase()),
        name: format!("{name} Sample"),
        password: None,
        resource_id: None,
        active: true,
        created_at: 0,
    })
    .await
    .unwrap();
    tx.put_role(id, "supervisor", clinic).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn choice(request: Uuid, revision: i64, start: DateTime<Utc>) -> Pick {
    Pick {
        request,
        revision,
        start,
        mode: Mode::InPerson,
        actor: Actor::Client,
    }
}

fn accept(service: &str) -> Terms {
    Terms::Accept {
        service: service.into(),
        extra_minutes: 0,
    }
}

fn offer(times: &[DateTime<Utc>]) -> Terms {
    Terms::Offer {
        service: "a-one".into(),
        extra_minutes: 30,
        times: times.to_vec(),
    }
}

fn ask() -> Terms {
    Terms::Ask {
        question: "Which day did it come?".into(),
    }
}

fn decline() -> Terms {
    Terms::Decline {
        signposts: vec![crate::domain::triage::SignpostId("shelter".into())],
    }
}

/// Tuesday 1 December at this hour.
fn tuesday(hour: u32) -> DateTime<Utc> {
    at(12, 1, hour, 0)
}

#[tokio::test]
async fn each_decision_is_stored_with_its_reason_an_audit_row_and_one_message() {
    for desk in Desk::all().await {
        for (terms, state, action) in [
            (accept("a-scoping"), "accepted", "accepted"),
            (offer(&[tuesday(10), tuesday(14)]), "offered", "offered"),
            (ask(), "waiting_for_client", "asked"),
            (decline(), "declined", "declined"),
        ] {
            let case = desk.case(|_| {}).await;
            assert_eq!(
                desk.decide(case.id, terms.clone()).await.unwrap(),
                Told::Mail
            );
            let row = desk.row(case.id).await;
            assert_eq!((row.state.as_str(), row.revision), (state, 1));
            let made = desk.decisions(case.id).await;
            assert_eq!(made.len(), 1);
            assert_eq!(super::terms(&made[0]).unwrap(), terms);
            assert_eq!(
                (made[0].reason.as_str(), made[0].staff_name.as_str()),
                ("It fits the clinic.", "Ada Sample")
            );
            desk.happened(case.id, &["in_review", action]).await;
            let mails = desk.mails().await;
            let kinds: Vec<_> = mails.iter().map(|mail| mail.kind).collect();
            assert_eq!(kinds, ["decision"], "the news that it arrived is old");
            assert_eq!(mails[0].subject, "We have an answer for you");
            assert!(
                mails[0]
                    .text
                    .contains(&desk.test.app().request_url(case.id, 1))
            );
        }
    }
}

#[tokio::test]
async fn of_two_supervisors_at_once_one_decides_and_the_other_is_told() {
    for desk in Desk::all().await {
        for _ in 0..4 {
            let case = desk.case(|_| {}).await;
            let one = ruling(case.id, 0, accept("a-one"), desk.ada);
            let other = ruling(case.id, 0, decline(), desk.bea);
            let (first, second) =
                tokio::join!(decide(desk.context(), &one), decide(desk.context(), &other));
            let lost = [&first, &second]
                .into_iter()
                .filter(|outcome| matches!(outcome, Err(BookingError::CaseChanged)))
                .count();
            assert_eq!(lost, 1, "{first:?} {second:?} on {}", desk.test.url);
            assert_eq!(desk.decisions(case.id).await.len(), 1);
            assert_eq!(desk.row(case.id).await.revision, 1);
        }
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM outbox WHERE kind = 'decision'")
                .await,
            4
        );
    }
}

#[tokio::test]
async fn without_a_decision_nothing_is_booked_and_a_service_for_review_stays_shut() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        assert!(matches!(
            desk.pick(case.id, tuesday(10)).await,
            Err(BookingError::Case(_))
        ));
        let submission = Submission {
            from: booking::From::Slot(Wanted {
                service: ServiceId::from("a-scoping"),
                start: tuesday(10),
                mode: Mode::InPerson,
                needs: Needs::default(),
            }),
            client: client(desk.context()),
            intake: None,
            source: "web",
            actor: Actor::Client,
            replay: None,
        };
        assert!(matches!(
            booking::submit(desk.context(), &submission).await,
            Err(BookingError::Refused(Refused::NotBookable))
        ));
        assert_eq!(
            desk.test.number("SELECT count(*) FROM appointments").await,
            0
        );
        desk.decide(case.id, accept("a-scoping")).await.unwrap();
        let booked = desk.pick(case.id, tuesday(10)).await.unwrap();
        assert_eq!(booked.state, crate::domain::booking::State::Confirmed);
        let row = desk.row(case.id).await;
        assert_eq!(
            (row.state.as_str(), row.appointment_id),
            ("booked", Some(booked.id))
        );
        let mut tx = desk.context().store.read().await.unwrap();
        let appointment = tx.appointment(booked.id).await.unwrap().unwrap();
        assert_eq!(
            (appointment.client_id, appointment.intake_id),
            (Some(row.client_id), Some(row.intake_id))
        );
        drop(tx);
        desk.happened(case.id, &["in_review", "accepted", "booked"])
            .await;
        assert!(
            desk.pick(case.id, tuesday(11)).await.is_err(),
            "booked once"
        );
    }
}

#[tokio::test]
async fn a_service_that_is_held_until_cleared_is_requested_after_a_decision_too() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        desk.decide(case.id, accept("a-held")).await.unwrap();
        let booked = desk.pick(case.id, tuesday(10)).await.unwrap();
        assert_eq!(booked.state, crate::domain::booking::State::Requested);
    }
}

#[tokio::test]
async fn lesson_38_only_a_time_that_was_offered_and_is_free_can_be_picked() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        desk.decide(case.id, offer(&[tuesday(10), tuesday(14)]))
            .await
            .unwrap();
        assert!(matches!(
            desk.pick(case.id, tuesday(12)).await,
            Err(BookingError::Case(_))
        ));
        // Somebody else takes ten o'clock.
        let rival = desk.case(|_| {}).await;
        desk.decide(rival.id, accept("a-one")).await.unwrap();
        desk.pick(rival.id, tuesday(10)).await.unwrap();
        assert!(matches!(
            desk.pick(case.id, tuesday(10)).await,
            Err(BookingError::Unavailable(_))
        ));
        let row = desk.row(case.id).await;
        let found = to_pick_from(
            desk.context(),
            &row,
            &offer(&[tuesday(10), tuesday(14)]),
            60,
        )
        .await
        .unwrap();
        assert_eq!(found.gone, [tuesday(10)]);
        assert_eq!(found.slots.len(), 1);
        let booked = desk.pick(case.id, tuesday(14)).await.unwrap();
        assert_eq!(
            booked.end - booked.start,
            TimeDelta::minutes(90),
            "the service's hour and half an hour more"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_had_cannot_be_decided() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        let sunday = at(11, 29, 10, 0);
        let too_many: Vec<_> = (9..13).map(tuesday).collect();
        for wrong in [
            accept("made-up"),
            offer(&[]),
            offer(&[sunday]),
            offer(&too_many),
            Terms::Accept {
                service: "a-one".into(),
                extra_minutes: 61,
            },
        ] {
            assert!(
                desk.decide(case.id, wrong.clone()).await.is_err(),
                "{wrong:?}"
            );
        }
        let row = desk.row(case.id).await;
        assert_eq!((row.state.as_str(), row.revision), ("in_review", 0));
        assert!(desk.decisions(case.id).await.is_empty());
    }
}

#[tokio::test]
async fn of_a_pick_and_a_withdrawal_at_once_one_happens() {
    for desk in Desk::all().await {
        for hour in 9..13 {
            let case = desk.case(|_| {}).await;
            desk.decide(case.id, accept("a-one")).await.unwrap();
            let wanted = choice(case.id, 1, tuesday(hour));
            let (picked, withdrawn) = tokio::join!(
                pick(desk.context(), &wanted),
                withdraw(desk.context(), case.id, 1, Actor::Staff(desk.ada))
            );
            assert!(
                picked.is_ok() ^ withdrawn.is_ok(),
                "{picked:?} {withdrawn:?} on {}",
                desk.test.url
            );
            let row = desk.row(case.id).await;
            assert_eq!(row.state == "booked", picked.is_ok());
            assert_eq!(row.appointment_id.is_some(), picked.is_ok());
        }
        let orphans = "SELECT count(*) FROM appointments a
            WHERE a.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.appointment_id = a.id)";
        assert_eq!(desk.test.number(orphans).await, 0);
    }
}

#[tokio::test]
async fn two_clients_who_were_offered_one_time_do_not_both_get_it() {
    for desk in Desk::all().await {
        let (one, other) = (desk.case(|_| {}).await, desk.case(|_| {}).await);
        for case in [&one, &other] {
            desk.decide(case.id, offer(&[tuesday(10)])).await.unwrap();
        }
        let (first, second) = (
            choice(one.id, 1, tuesday(10)),
            choice(other.id, 1, tuesday(10)),
        );
        let (a, b) = tokio::join!(pick(desk.context(), &first), pick(desk.context(), &second));
        assert!(a.is_ok() ^ b.is_ok(), "{a:?} {b:?}");
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM requests WHERE state = 'booked'")
                .await,
            1
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM requests WHERE state = 'offered'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn an_answer_brings_the_case_back_with_a_new_promise() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        desk.decide(case.id, ask()).await.unwrap();
        let before = desk.row(case.id).await.respond_by;
        desk.test.clock.set(noon() + TimeDelta::days(9));
        answer(desk.context(), case.id, 1, "On Monday.", Actor::Client)
            .await
            .unwrap();
        let row = desk.row(case.id).await;
        assert_eq!((row.state.as_str(), row.revision), ("in_review", 2));
        assert!(row.respond_by > desk.context().now().timestamp() && row.respond_by > before);
        let made = desk.decisions(case.id).await;
        assert_eq!(made[0].answer.as_deref(), Some("On Monday."));
        desk.happened(case.id, &["in_review", "asked", "answered"])
            .await;
        let again = answer(desk.context(), case.id, 1, "Twice.", Actor::Client).await;
        assert!(matches!(again, Err(BookingError::CaseChanged)));
        assert!(
            desk.mails().await.is_empty(),
            "both messages are old by now"
        );
    }
}

#[tokio::test]
async fn a_client_asks_for_other_times_or_withdraws_and_what_is_over_stays_over() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        desk.decide(case.id, offer(&[tuesday(10)])).await.unwrap();
        none_suits(desk.context(), case.id, 1, Actor::Client)
            .await
            .unwrap();
        assert_eq!(desk.row(case.id).await.state, "in_review");
        assert!(desk.pick(case.id, tuesday(10)).await.is_err());
        withdraw(desk.context(), case.id, 2, Actor::Client)
            .await
            .unwrap();
        assert_eq!(desk.row(case.id).await.state, "withdrawn");
        assert!(matches!(
            desk.decide(case.id, accept("a-one")).await,
            Err(BookingError::Case(_))
        ));
        desk.happened(
            case.id,
            &["in_review", "offered", "none_suits", "withdrawn"],
        )
        .await;
    }
}

#[tokio::test]
async fn invariant_7_a_decision_is_never_mailed_where_that_is_not_safe() {
    for desk in Desk::all().await {
        let rung = desk.case(|client| client.safe_to_email = false).await;
        assert_eq!(desk.decide(rung.id, decline()).await.unwrap(), Told::Call);
        let alone = desk
            .case(|client| {
                client.safe_to_email = false;
                client.safe_to_call = false;
            })
            .await;
        assert_eq!(
            desk.decide(alone.id, decline()).await.unwrap(),
            Told::Nothing
        );
        assert_eq!(
            desk.test.number("SELECT count(*) FROM outbox").await,
            0,
            "nothing was even queued"
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM calls WHERE kind = 'decision'")
                .await,
            1
        );
        let told = ["in_review", "declined", "not_told", "not_told"];
        desk.happened(alone.id, &told).await;
        // It was safe when it was queued, and is not when it is sent.
        let changed = desk.case(|_| {}).await;
        desk.decide(changed.id, decline()).await.unwrap();
        desk.test
            .change("UPDATE clients SET safe_to_email = FALSE")
            .await;
        assert!(desk.mails().await.is_empty());
    }
}

#[tokio::test]
async fn a_proposal_changes_nothing_and_is_gone_with_its_revision() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        let proposal = ruling(case.id, 0, decline(), desk.bea);
        prepare(desk.context(), &proposal).await.unwrap();
        let row = desk.row(case.id).await;
        assert_eq!((row.state.as_str(), row.revision), ("in_review", 0));
        assert!(row.prepared);
        assert!(in_force(&desk.decisions(case.id).await).is_none());
        assert!(
            desk.pick(case.id, tuesday(10)).await.is_err(),
            "a proposal opens nothing"
        );
        desk.decide(case.id, ask()).await.unwrap();
        let row = desk.row(case.id).await;
        assert!(!row.prepared, "it was about the case as it stood");
        assert!(matches!(
            prepare(desk.context(), &proposal).await,
            Err(BookingError::CaseChanged)
        ));
        desk.happened(case.id, &["in_review", "prepared", "asked"])
            .await;
    }
}

#[tokio::test]
async fn a_case_is_given_to_somebody_of_its_clinic_only() {
    for desk in Desk::all().await {
        let case = desk.case(|_| {}).await;
        let stranger = account(&desk.test, "Sid", "elsewhere").await;
        let outcome = assign(desk.context(), case.id, (Some(stranger), None), desk.ada).await;
        assert!(matches!(outcome, Err(BookingError::NoSuchRequest)));
        assign(desk.context(), case.id, (Some(desk.bea), None), desk.ada)
            .await
            .unwrap();
        let row = desk.row(case.id).await;
        assert_eq!(row.assigned_name.as_deref(), Some("Bea Sample"));
        assert_eq!(
            row.revision, 0,
            "whoever writes a decision is not in the way"
        );
        assign(desk.context(), case.id, (None, None), desk.ada)
            .await
            .unwrap();
        assert_eq!(desk.row(case.id).await.assigned_to, None);
        desk.happened(case.id, &["in_review", "assigned", "unassigned"])
            .await;
    }
}

#[tokio::test]
async fn times_after_the_clients_own_deadline_are_shown_only_if_there_are_no_others() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    let case = desk.case(|_| {}).await;
    let mut row = desk.row(case.id).await;
    let found = async |row: &RequestRow| {
        to_pick_from(desk.context(), row, &accept("a-one"), 60)
            .await
            .unwrap()
    };
    let all = found(&row).await.slots.len();
    row.deadline = Some(tuesday(10).date_naive());
    let soon = found(&row).await;
    assert!(!soon.too_late && !soon.slots.is_empty() && soon.slots.len() < all);
    // Today is a Sunday: nothing is free by tonight.
    row.deadline = Some(noon().date_naive());
    let late = found(&row).await;
    assert!(late.too_late);
    assert_eq!(late.slots.len(), all);
    // A date that has passed is no reason to show nothing.
    row.deadline = Some((noon() - TimeDelta::days(3)).date_naive());
    let past = found(&row).await;
    assert!(!past.too_late);
    assert_eq!(past.slots.len(), all);
}
