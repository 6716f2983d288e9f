//! What is sent is true at that moment.

use chrono::TimeDelta;

use super::*;
use crate::auth::link::{LinkKind, verify_link};
use crate::intake::{NewCase, send_request};
use crate::store::IntakeRow;

#[tokio::test]
async fn a_confirmation_is_mailed_once_with_the_link_of_the_appointment() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        assert_eq!(courier.all().await, sent(1));
        assert_eq!(courier.all().await, sent(0), "it is sent once");
        assert_eq!(outbox(&test).await, counts(&[("sent", 1)]));

        let mails = mails.lock().unwrap().clone();
        let mail = &mails[0];
        assert_eq!(
            (mail.kind, mail.to.as_str()),
            ("confirmation", "client@sample.invalid")
        );
        assert_eq!(
            mail.message_id,
            format!("confirmation.{}.0@clinics.example.org", booked.id)
        );
        for told in [
            "Hello Sample,",
            "Tuesday 1 December",
            "2:00pm to 3:00pm (UK time)",
            &booked.reference,
        ] {
            assert!(mail.text.contains(told), "{told} in {}", mail.text);
        }
        let (_, rest) = mail
            .text
            .split_once("http://clinics.test/appointments/")
            .unwrap();
        let token = rest.split_whitespace().next().unwrap();
        let opens = verify_link(&test.app().key, LinkKind::Appointment, token);
        assert_eq!(opens, Ok((booked.id, 1)));
        assert!(
            mail.text.contains(&test.app().manage_url(booked.id, 1)),
            "the link that the pages show"
        );
    }
}

#[tokio::test]
async fn lesson_29_called_off_before_delivery_only_the_cancellation_is_mailed() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        booking::cancel(&test.context, booked.id, Actor::Client)
            .await
            .unwrap();
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        assert_eq!(
            delivered,
            Delivered {
                sent: 1,
                dropped: 1,
                ..Delivered::default()
            }
        );
        let mails = mails.lock().unwrap();
        assert_eq!(kinds(&mails), ["cancellation"]);
        assert!(mails[0].text.contains("You cancelled"), "{}", mails[0].text);
        assert!(mails[0].calendar.as_ref().unwrap().contains("SEQUENCE:1"));
    }
}

#[tokio::test]
async fn a_cancellation_by_the_clinic_says_so() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let staff = Actor::Staff(test.context.id());
    booking::cancel(&test.context, booked.id, staff)
        .await
        .unwrap();
    let (memory, delivered) = Mailer::memory();
    courier(&test, memory).all().await;
    let letter = delivered.lock().unwrap()[0].text.clone();
    assert!(letter.contains("We had to cancel"), "{letter}");
}

#[tokio::test]
async fn lesson_29_moved_before_delivery_only_the_new_time_is_mailed_with_the_last_old_one() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let booked = book(&test, at(12, 1, 14, 0)).await;
        for start in [at(12, 2, 10, 0), at(12, 3, 11, 0)] {
            booking::relocate(&test.context, booked.id, start, Actor::Client)
                .await
                .unwrap();
        }
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        assert_eq!(
            delivered,
            Delivered {
                sent: 1,
                dropped: 2,
                ..Delivered::default()
            },
            "{}",
            test.url
        );
        let mails = mails.lock().unwrap();
        let text = &mails[0].text;
        assert!(
            text.contains("Thursday 3 December, 11:00am to 12:00 midday"),
            "{text}"
        );
        assert!(
            text.contains("Wednesday 2 December, 10:00am to 11:00am"),
            "{text}"
        );
        assert!(!text.contains("Tuesday 1 December"), "{text}");
    }
}

#[tokio::test]
async fn moved_before_staff_have_cleared_it_the_time_is_kept_and_not_booked() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let booked = book_as(&test, "a-held", at(12, 1, 14, 0), client(&test.context)).await;
    let (mailer, mails) = Mailer::memory();
    let courier = courier(&test, mailer);
    courier.all().await;
    booking::relocate(&test.context, booked.id, at(12, 2, 10, 0), Actor::Client)
        .await
        .unwrap();
    courier.all().await;
    let staff = Actor::Staff(test.context.id());
    booking::confirm(&test.context, booked.id, staff)
        .await
        .unwrap();
    courier.all().await;
    let mails = mails.lock().unwrap();
    assert_eq!(
        kinds(&mails),
        ["request-received", "request-received", "confirmation"]
    );
    assert!(mails[1].subject.contains("Wednesday 2 December"));
    assert!(
        mails[1].calendar.is_none(),
        "what is not booked goes into no calendar"
    );
    assert_ne!(mails[0].message_id, mails[1].message_id);
}

#[tokio::test]
async fn lesson_29_nothing_is_mailed_about_a_time_that_has_passed() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        book(&test, at(12, 1, 14, 0)).await;
        test.clock.set(at(12, 1, 14, 0));
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        assert_eq!(
            delivered,
            Delivered {
                dropped: 1,
                ..Delivered::default()
            }
        );
        assert!(mails.lock().unwrap().is_empty());
        assert_eq!(
            test.number("SELECT count(*) FROM outbox WHERE reason = 'the time has passed'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn invariant_7_nobody_is_mailed_for_whom_it_is_not_safe() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let unsafe_client = ClientRow {
            safe_to_email: false,
            ..client(&test.context)
        };
        book_as(&test, "a-one", at(12, 1, 9, 0), unsafe_client).await;
        // One was safe when the message was queued, and is not any more.
        book(&test, at(12, 1, 10, 0)).await;
        test.number("UPDATE clients SET safe_to_email = FALSE WHERE safe_to_email RETURNING CAST(1 AS BIGINT)").await;
        let (mailer, mails) = Mailer::memory();
        let delivered = courier(&test, mailer).all().await;
        assert_eq!(
            delivered,
            Delivered {
                dropped: 1,
                ..Delivered::default()
            },
            "{}",
            test.url
        );
        assert!(mails.lock().unwrap().is_empty());
    }
}

async fn send_case(test: &TestClinic) -> String {
    let intake = IntakeRow {
        id: test.context.id(),
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
        client: client(&test.context),
        intake,
        urgent: false,
        deadline: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    send_request(&test.context, &case).await.unwrap().reference
}

#[tokio::test]
async fn a_request_is_acknowledged_with_the_day_to_reply_by() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let reference = send_case(&test).await;
        let (mailer, mails) = Mailer::memory();
        assert_eq!(courier(&test, mailer).all().await, sent(1));
        let mails = mails.lock().unwrap();
        assert_eq!(kinds(&mails), ["in-review"]);
        for told in [
            reference.as_str(),
            "Wednesday 25 November",
            "http://clinics.test/requests/",
        ] {
            assert!(mails[0].text.contains(told), "{told} in {}", mails[0].text);
        }
    }
}

#[tokio::test]
async fn a_day_to_reply_by_that_has_passed_is_not_promised_and_staff_ring() {
    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    send_case(&test).await;
    test.clock.advance(TimeDelta::days(7));
    let (mailer, mails) = Mailer::memory();
    let delivered = courier(&test, mailer).all().await;
    assert_eq!(
        delivered,
        Delivered {
            failed: 1,
            ..Delivered::default()
        }
    );
    assert!(mails.lock().unwrap().is_empty());
    assert_eq!(
        test.number("SELECT count(*) FROM calls WHERE kind = 'undeliverable'")
            .await,
        1
    );
}

#[tokio::test]
async fn lesson_19_through_every_change_the_sequence_keeps_growing_and_the_uid_stays() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        let booked = book(&test, at(12, 1, 14, 0)).await;
        courier.all().await;
        for start in [at(12, 2, 10, 0), at(12, 3, 11, 0)] {
            booking::relocate(&test.context, booked.id, start, Actor::Client)
                .await
                .unwrap();
            courier.all().await;
        }
        booking::cancel(&test.context, booked.id, Actor::Client)
            .await
            .unwrap();
        courier.all().await;
        let mails = mails.lock().unwrap();
        let line = |calendar: &str, name: &str| {
            let mut lines = calendar.lines();
            lines
                .find(|line| line.starts_with(name))
                .unwrap()
                .to_owned()
        };
        let told: Vec<(String, String)> = mails
            .iter()
            .map(|mail| mail.calendar.as_deref().unwrap())
            .map(|calendar| (line(calendar, "METHOD"), line(calendar, "SEQUENCE")))
            .collect();
        let expected = ["REQUEST", "REQUEST", "REQUEST", "CANCEL"].iter().zip(0..);
        let expected: Vec<(String, String)> = expected
            .map(|(method, number)| (format!("METHOD:{method}"), format!("SEQUENCE:{number}")))
            .collect();
        assert_eq!(told, expected, "{}", test.url);
        let uid = |mail: &Outgoing| line(mail.calendar.as_deref().unwrap(), "UID");
        assert!(mails.iter().all(|mail| uid(mail) == uid(&mails[0])));
    }
}

#[tokio::test]
async fn lesson_22_one_invitation_for_a_booking_however_often_the_worker_looks() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        book(&test, at(12, 1, 14, 0)).await;
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        for _ in 0..3 {
            courier.all().await;
            test.clock.advance(TimeDelta::hours(1));
        }
        let mails = mails.lock().unwrap();
        let invitations = mails.iter().filter(|mail| mail.calendar.is_some());
        assert_eq!(invitations.count(), 1, "{}", test.url);
        let text = String::from_utf8(mails[0].bytes.clone()).unwrap();
        assert_eq!(text.matches("Content-Type: text/calendar").count(), 1);
    }
}

#[tokio::test]
async fn lesson_32_in_a_group_only_the_person_who_cancels_is_told() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let group = ServiceRow {
            capacity: 5,
            ..service("a-group", "a")
        };
        let mut tx = test.context.store.write().await.unwrap();
        tx.put_service(&group).await.unwrap();
        tx.commit().await.unwrap();
        skill(&test).await;
        let mut booked = Vec::new();
        for who in ["one", "two", "three"] {
            let client = ClientRow {
                name: format!("Sample {who}"),
                email: Some(format!("{who}@sample.invalid")),
                phone: None,
                ..client(&test.context)
            };
            booked.push(book_as(&test, "a-group", at(12, 1, 14, 0), client).await);
        }
        let (mailer, mails) = Mailer::memory();
        let courier = courier(&test, mailer);
        courier.all().await;
        booking::cancel(&test.context, booked[1].id, Actor::Client)
            .await
            .unwrap();
        courier.all().await;
        let mails = mails.lock().unwrap();
        let told: Vec<&str> = mails[3..].iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(told, ["two@sample.invalid"], "{}", test.url);
    }
}

/// Says that whoever works on the one service works on the group as well.
async fn skill(test: &TestClinic) {
    test.change(
        "INSERT INTO resource_services (resource_id, service_id)
         SELECT resource_id, 'a-group' FROM resource_services WHERE service_id = 'a-one'",
    )
    .await;
}

#[tokio::test]
async fn whoever_is_moved_for_the_clinics_sake_is_told_once_with_an_apology() {
    use crate::domain::access::{Grant, Role, Standing};
    use crate::setup::{Values, resolve};

    let test = TestClinic::sqlite().await;
    open_clinic(&test).await;
    let booked = book(&test, at(12, 1, 14, 0)).await;
    let (mailer, mails) = Mailer::memory();
    let courier = courier(&test, mailer);
    courier.all().await;
    let manager = Standing {
        staff: crate::domain::ids::StaffId(test.context.id()),
        grants: vec![Grant {
            role: Role::Manager,
            clinic: Some("a".into()),
        }],
    };
    let values = Values::default()
        .with("do", "apply")
        .with("new_id", test.context.id().to_string())
        .with("who", "clinic")
        .with("how_long", "range")
        .with("from", "2026-12-01")
        .with("from_time", "13:00")
        .with("until", "2026-12-01")
        .with("until_time", "15:00")
        .with("kind", "event")
        .with(
            &format!("choice-{}", booked.reference),
            "time:2026-12-01T15:00:00Z",
        );
    for _ in 0..2 {
        assert!(
            resolve::drop_out(&test.context, &manager, "a", &values)
                .await
                .is_ok()
        );
    }
    assert_eq!(courier.all().await, sent(1), "one message");
    let mail = mails.lock().unwrap().last().unwrap().clone();
    assert_eq!(mail.kind, "change");
    assert!(
        mail.text
            .contains("We are sorry. We had to change the time"),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("3:00pm to 4:00pm"), "{}", mail.text);
}
