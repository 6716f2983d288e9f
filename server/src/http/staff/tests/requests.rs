//! Cases on the desk, and what the client then sees behind their link.

use chrono::TimeDelta;

use super::*;
use crate::domain::triage::{Assessment, Explained, Kind, QuestionId, assess};
use crate::intake::{NewCase, Requested, send_request};
use crate::store::RequestRow;
use crate::testing::noon;

/// Reads one field of a case out of the database.
async fn row(desk: &Desk, id: Uuid) -> RequestRow {
    let mut tx = desk.test.context.store.read().await.unwrap();
    tx.request(id).await.unwrap().unwrap()
}

fn client(desk: &Desk, name: &str) -> ClientRow {
    ClientRow {
        id: desk.test.context.id(),
        name: name.into(),
        email: Some("zelda@sample.invalid".into()),
        phone: Some("+442079460000".into()),
        safe_to_email: true,
        safe_to_call: true,
        call_window: "after 6pm".into(),
        leave_message: false,
        postcode_area: Some("N7".into()),
        no_fixed_home: false,
        language: "Welsh".into(),
        interpreter: true,
        access: r#"{"needs":["step_free"],"note":"a chair with arms"}"#.into(),
        organisation: None,
        created_at: 0,
    }
}

/// What a pack would conclude, with these questions explained.
fn concluded(desk: &Desk, clinic: &str, explanation: Vec<Explained>) -> Assessment {
    let pack = desk.app.packs.get(&clinic.into()).unwrap();
    let today = noon().date_naive();
    let answers = crate::domain::triage::Answers::default();
    Assessment {
        explanation,
        ..assess(&pack, &answers, today)
    }
}

fn explained(question: &str, asked: &str, answered: &str, rule: &str) -> Explained {
    Explained {
        question: QuestionId(question.to_owned()),
        asked: asked.into(),
        answered: answered.into(),
        rules: vec![rule.to_owned()],
    }
}

async fn sent(
    desk: &Desk,
    clinic: &str,
    client: ClientRow,
    (answers, assessment): (&str, String),
    (urgent, deadline): (bool, Option<chrono::NaiveDate>),
) -> Requested {
    let case = NewCase {
        client,
        intake: IntakeRow {
            id: desk.test.context.id(),
            clinic_id: clinic.into(),
            pack_version: "1".into(),
            answers: answers.into(),
            assessment,
            stop_shown: false,
            topic: String::new(),
            created_at: 0,
            sealed: None,
        },
        urgent,
        deadline,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    send_request(&desk.test.context, &case).await.unwrap()
}

/// A plain case of the sports clinic.
async fn case(desk: &Desk, name: &str) -> Requested {
    let client = client(desk, name);
    sent(desk, "sports", client, ("{}", "{}".into()), (false, None)).await
}

/// The reference of a plain case of the law clinic.
pub(super) async fn law_case(desk: &Desk, name: &str) -> String {
    let client = client(desk, name);
    let case = sent(desk, "law", client, ("{}", "{}".into()), (false, None)).await;
    case.reference
}

/// The same of the sports clinic.
pub(super) async fn sports_case(desk: &Desk, name: &str) -> String {
    case(desk, name).await.reference
}

fn path(case: &Requested) -> String {
    format!("/staff/requests/{}", case.reference)
}

/// The client's own page.
fn link(desk: &Desk, case: &Requested) -> String {
    format!(
        "/requests/{}",
        desk.app.request_token(case.id, case.link_version)
    )
}

const ACCEPT: &str = "revision=0&kind=accept&service=sports-first&extra=30&reason=It+fits+us.";

#[tokio::test]
async fn the_queue_is_in_order_of_deadline_then_urgency_then_age() {
    for desk in Desk::all().await {
        let date = |day| chrono::NaiveDate::from_ymd_opt(2026, 12, day);
        let mut expected = Vec::new();
        for (name, urgent, deadline, place) in [
            ("Older Example", false, None, 3),
            ("Urgent Example", true, None, 2),
            ("Later Example", true, date(9), 1),
            ("Sooner Example", false, date(2), 0),
        ] {
            let client = client(&desk, name);
            let with = (urgent, deadline);
            let case = sent(&desk, "sports", client, ("{}", "{}".into()), with).await;
            expected.push((place, case.reference));
            desk.test.clock.advance(TimeDelta::minutes(1));
        }
        expected.sort();
        let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let page = browser.get("/staff/requests").await;
        let places: Vec<usize> = expected
            .iter()
            .map(|(_, reference)| page.body.find(reference.as_str()).unwrap())
            .collect();
        assert!(places.is_sorted(), "{places:?} on {}", desk.test.url);
        assert!(page.body.contains("2 are urgent") && page.body.contains("in 10 days"));
        assert!(!page.body.contains("late</span>") && page.body.contains("Nobody yet"));
        desk.test.clock.advance(TimeDelta::days(6));
        browser.sign_in("Ada", PASSWORD).await;
        let late = browser.get("/staff/requests").await;
        assert!(late.body.contains("4 are late"), "{}", late.body);
    }
}

#[tokio::test]
async fn the_queue_is_filtered_by_clinic_and_says_so_when_it_is_empty() {
    let desk = Desk::sqlite().await;
    let both = [("supervisor", "law"), ("supervisor", "sports")];
    let mut browser = desk.signed_in("Ada", &both).await;
    let empty = browser.get("/staff/requests").await;
    assert!(empty.body.contains("No case is waiting."));
    let sports = case(&desk, "Zelda Example").await;
    let all = browser.get("/staff/requests").await;
    assert!(all.body.contains(&sports.reference) && all.body.contains("?clinic=law"));
    for (filter, shown) in [("sports", true), ("law", false), ("made-up", false)] {
        let page = browser
            .get(&format!("/staff/requests?clinic={filter}"))
            .await;
        assert_eq!(page.body.contains(&sports.reference), shown, "{filter}");
    }
}

#[tokio::test]
async fn a_case_shows_answers_reasons_promise_contact_and_history_side_by_side() {
    for desk in Desk::all().await {
        let told = concluded(
            &desk,
            "sports",
            vec![explained(
                "M7",
                "Any of these?",
                "Pain at night",
                "M7_any: review, p1",
            )],
        );
        let assessment = serde_json::to_string(&told).unwrap();
        let client = client(&desk, "Zelda Example");
        let answers = r#"{"M7":"night"}"#;
        let case = sent(&desk, "sports", client, (answers, assessment), (true, None)).await;
        let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let page = browser.get(&path(&case).to_lowercase()).await;
        for shown in [
            "Any of these?",
            "Pain at night",
            "M7_any: a person looks at it, urgent",
            "Zelda Example",
            "after 6pm",
            "Welsh",
            "a chair with arms",
            "Monday 23 November 2026, 5:00pm, UK time",
            "sent the request",
            "on the website",
            "Decide and tell the client",
            "sports-first service",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        assert!(!page.body.contains("style="));
        let title = page.body.split("<title>").nth(1).unwrap();
        assert!(!title.split('<').next().unwrap().contains("Zelda"));
    }
}

#[tokio::test]
async fn other_clinics_and_those_without_a_part_in_it_see_no_case() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        for (name, role, clinic) in [
            ("Len", "supervisor", "law"),
            ("Con", "conflict_checker", "sports"),
            ("Adm", "administrator", ""),
        ] {
            let mut browser = desk.signed_in(name, &[(role, clinic)]).await;
            let unknown = browser.get("/staff/requests/2222-222").await;
            let hidden = browser.get(&path(&case)).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{name}");
            assert_eq!(hidden.body, unknown.body, "{name}");
            for end in [
                "times",
                "prepare",
                "decide",
                "assign",
                "answer",
                "time",
                "other-times",
                "withdraw",
            ] {
                let answer = browser
                    .post(&format!("{}/{end}", path(&case)), ACCEPT)
                    .await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {end}");
            }
        }
        assert_eq!(row(&desk, case.id).await.revision, 0);
    }
}

#[tokio::test]
async fn only_supervisors_decide_students_prepare_and_managers_look_on() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let (prepare, decide) = (
            format!("{}/prepare", path(&case)),
            format!("{}/decide", path(&case)),
        );
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let page = manager.get(&path(&case)).await;
        assert!(page.body.contains("Zelda") && !page.body.contains("name=\"reason\""));
        for way in [&prepare, &decide] {
            assert_eq!(
                manager.post(way, ACCEPT).await.status,
                StatusCode::FORBIDDEN
            );
        }
        let mut student = desk.signed_in("Stu", &[("adviser", "sports")]).await;
        let page = student.get(&path(&case)).await;
        assert!(page.body.contains("Save as a proposal"));
        assert!(!page.body.contains("Decide and tell the client"));
        assert_eq!(
            student.post(&decide, ACCEPT).await.status,
            StatusCode::FORBIDDEN
        );
        let answer = student.post(&prepare, ACCEPT).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, path(&case).as_str())
        );
        assert_eq!(row(&desk, case.id).await.state, "in_review");

        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        assert!(
            supervisor
                .get("/staff/requests")
                .await
                .body
                .contains("Proposal written")
        );
        let page = supervisor.get(&path(&case)).await.body;
        for shown in [
            "Filled in from the proposal by Stu Sample",
            "It fits us.",
            "value=\"accept\" checked",
            "Stu Sample proposed: Accept",
        ] {
            assert!(page.contains(shown), "{shown} in {page}");
        }
        let answer = supervisor.post(&decide, ACCEPT).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(row(&desk, case.id).await.state, "accepted");
        let page = supervisor.get(&path(&case)).await.body;
        assert!(page.contains("Sue Sample decided: Accept") && page.contains("90 minutes"));
    }
}

#[tokio::test]
async fn accepted_the_client_picks_any_time_of_the_service() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let link = link(&desk, &case);
        let mut client = desk.browser();
        let before = client.get(&link).await;
        assert!(before.body.contains("A person is reading it"));
        assert!(before.body.contains("We reply by Wednesday 25 November."));
        let early = "revision=0&start=2026-11-24T10:00:00Z&mode=in_person";
        let refused = client.post(&format!("{link}/time"), early).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "without a decision");

        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        supervisor
            .post(&format!("{}/decide", path(&case)), ACCEPT)
            .await;
        let page = client.get(&link).await;
        for shown in [
            "We can see you",
            "It takes 90 minutes.",
            "UK time",
            "Tuesday 24 November",
            "value=\"2026-11-24T10:00:00Z\"",
            "?from=",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        assert!(
            !page.body.contains("It fits us."),
            "the reason is for the record"
        );
        let nothing = client.post(&format!("{link}/time"), "revision=1").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.body.matches("Pick one of the times").count() >= 2);
        let choice = "revision=1&start=2026-11-24T10:00:00Z&mode=in_person";
        let booked = client.post(&format!("{link}/time"), choice).await;
        assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
        assert!(booked.location().starts_with("/appointments/"));
        let again = client.post(&format!("{link}/time"), choice).await;
        assert_eq!(again.location(), booked.location(), "a second click");
        let page = client.get(&link).await;
        assert!(
            page.body.contains("You have an appointment") && page.body.contains(booked.location())
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM appointments WHERE state = 'confirmed'")
                .await,
            1
        );
        let page = supervisor.get(&path(&case)).await;
        assert!(page.body.contains("picked a time") && page.body.contains("See the appointment"));
    }
}

#[tokio::test]
async fn offered_times_are_ticked_by_staff_and_one_is_picked_by_the_client() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let offer = "revision=0&kind=offer&service=sports-first&extra=0&reason=Best+with+her.";
        let list = supervisor
            .post(
                &format!("{}/times", path(&case)),
                &format!("{offer}&from=2026-12-01"),
            )
            .await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("Best with her.") && list.body.contains("2026-12-01T10:00:00Z"));
        assert!(!list.body.contains("2026-11-30T10:00:00Z"));
        assert_eq!(
            row(&desk, case.id).await.revision,
            0,
            "looking changes nothing"
        );
        let way = format!("{}/decide", path(&case));
        let none = supervisor.post(&way, offer).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.matches("Tick at least one time").count() >= 2);
        assert!(none.body.contains("Best with her."));
        let two = format!("{offer}&times=2026-12-01T10:00:00Z&times=2026-12-02T14:00:00Z");
        let answer = supervisor.post(&way, &two).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

        // Somebody else takes the first of them: three advisers are three places.
        for name in ["A Example", "B Example", "C Example"] {
            desk.book("sports-first", name, at(12, 1, 10, 0)).await;
        }
        let link = link(&desk, &case);
        let mut client = desk.browser();
        let gone = "revision=1&start=2026-12-01T10:00:00Z&mode=in_person";
        let taken = client.post(&format!("{link}/time"), gone).await;
        assert_eq!(taken.status, StatusCode::CONFLICT);
        for shown in [
            "That time is not free any more",
            "Tuesday 1 December, 10:00am",
            "value=\"2026-12-02T14:00:00Z\"",
        ] {
            assert!(taken.body.contains(shown), "{shown} in {}", taken.body);
        }
        let other = "revision=1&start=2026-12-02T11:00:00Z&mode=in_person";
        let refused = client.post(&format!("{link}/time"), other).await;
        assert_eq!(
            refused.status,
            StatusCode::CONFLICT,
            "not one that was offered"
        );
        let choice = "revision=1&start=2026-12-02T14:00:00Z&mode=phone";
        let booked = client.post(&format!("{link}/time"), choice).await;
        assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    }
}

#[tokio::test]
async fn asked_for_more_the_client_answers_and_staff_read_it() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let way = format!("{}/decide", path(&case));
        let ask = "revision=0&kind=ask&reason=Not+clear.&question=Which+knee+is+it%3F";
        assert_eq!(
            supervisor.post(&way, ask).await.status,
            StatusCode::SEE_OTHER
        );
        let queue = supervisor.get("/staff/requests").await;
        assert!(queue.body.contains("Waiting for the client"));
        let link = link(&desk, &case);
        let mut client = desk.browser();
        let page = client.get(&link).await;
        assert!(page.body.contains("Which knee is it?") && !page.body.contains("Not clear."));
        let to = format!("{link}/answer");
        let empty = client.post(&to, "revision=1&answer=+").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("<title>Error: Your request</title>"));
        let long = format!("revision=1&answer={}", "a".repeat(1001));
        let long = client.post(&to, &long).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(long.body.contains("Use 1,000") || long.body.contains("Use 1000"));
        assert!(
            long.body.contains(&"a".repeat(1001)),
            "nothing typed is lost"
        );
        let answer = client.post(&to, "revision=1&answer=The+left+one.").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, link.as_str())
        );
        let page = supervisor.get(&path(&case)).await;
        assert!(page.body.contains("The left one.") && page.body.contains("answered the question"));
        let late = client
            .post(&to, "revision=1&answer=No%2C+the+right+one.")
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(
            late.body.contains("No, the right one."),
            "nothing typed is lost"
        );
    }
}

#[tokio::test]
async fn declined_the_client_sees_who_can_help_and_no_reason() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let way = format!("{}/decide", path(&case));
        let nobody = "revision=0&kind=decline&reason=Out+of+scope.&signposts=made-up";
        let refused = supervisor.post(&way, nobody).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let decline = "revision=0&kind=decline&reason=Out+of+scope.&signposts=nhs_111";
        assert_eq!(
            supervisor.post(&way, decline).await.status,
            StatusCode::SEE_OTHER
        );
        let page = desk.browser().get(&link(&desk, &case)).await;
        assert!(page.body.contains("does not mean that it is not important"));
        assert!(page.body.contains("NHS 111") && page.body.contains("tel:111"));
        assert!(!page.body.contains("Out of scope.") && !page.body.contains("sports"));
        let staff = supervisor.get(&path(&case)).await;
        assert!(staff.body.contains("Sue Sample decided: Decline"));
        assert!(!staff.body.contains("name=\"reason\""), "it is over");
    }
}

#[tokio::test]
async fn a_case_that_nobody_had_is_closed_to_advisers_once_it_is_over() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let mut adviser = desk.signed_in("Ada", &[("adviser", "sports")]).await;
        assert_eq!(adviser.get(&path(&case)).await.status, StatusCode::OK);
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let decline = "revision=0&kind=decline&reason=No.&signposts=nhs_111";
        supervisor
            .post(&format!("{}/decide", path(&case)), decline)
            .await;
        let shut = adviser.get(&path(&case)).await;
        assert_eq!(shut.status, StatusCode::NOT_FOUND);
        adviser.post("/staff/find", "for=Zelda").await;
        let found = adviser.get("/staff/find").await;
        assert!(!found.body.contains(&case.reference), "nor by a search");
        assert_eq!(supervisor.get(&path(&case)).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_comes_second_sees_what_was_decided_and_loses_nothing_typed() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let way = format!("{}/decide", path(&case));
        let mut first = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let mut second = desk.signed_in("Bea", &[("supervisor", "sports")]).await;
        first.post(&way, ACCEPT).await;
        let other = "revision=0&kind=ask&reason=A+long+thought.&question=Which+knee%3F";
        let late = second.post(&way, other).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for shown in [
            "Somebody else was first",
            "Sue Sample decided: Accept",
            "A long thought.",
            "Which knee?",
            "name=\"revision\" value=\"1\"",
        ] {
            assert!(late.body.contains(shown), "{shown} in {}", late.body);
        }
        assert_eq!(row(&desk, case.id).await.state, "accepted");
        let decline = "revision=1&kind=decline&reason=No.&signposts=nhs_111";
        first.post(&way, decline).await;
        let over = second.post(&way, other).await;
        assert_eq!(over.status, StatusCode::CONFLICT);
        assert!(over.body.contains("A long thought.") && over.body.contains("Which knee?"));
    }
}

#[tokio::test]
async fn lesson_31_opening_the_link_changes_nothing_and_lesson_37_shows_little() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Marina Example").await;
        let link = link(&desk, &case);
        let mut client = desk.browser();
        let before = row(&desk, case.id).await;
        for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
            let seen = client.ask(method, &link, "").await;
            assert_eq!(seen.status, StatusCode::OK);
            assert_eq!(seen.headers["cache-control"], "no-store");
            assert_eq!(seen.headers["x-robots-tag"], "noindex, nofollow");
        }
        for end in ["time", "answer", "other-times", "withdraw"] {
            let seen = client.get(&format!("{link}/{end}")).await;
            assert_eq!(seen.status, StatusCode::METHOD_NOT_ALLOWED, "{end}");
        }
        assert_eq!(row(&desk, case.id).await, before);
        let page = client.get(&link).await.body;
        assert!(page.contains("<title>Your request</title>") && page.contains("Zelda"));
        for hidden in ["Marina", "Example", "zelda@", "0000", "sports", "after 6pm"] {
            assert!(!page.contains(hidden), "{hidden} in {page}");
        }
        let forged = client.get(&link.replace(".1.", ".2.")).await;
        assert_eq!(forged.status, StatusCode::NOT_FOUND);
        let appointment = desk.app.appointment_token(case.id, 1);
        let other = client.get(&format!("/requests/{appointment}")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        desk.test
            .change("UPDATE requests SET link_version = 2")
            .await;
        assert_eq!(client.get(&link).await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn a_client_takes_the_request_back_once() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let link = link(&desk, &case);
        let mut client = desk.browser();
        for _ in 0..2 {
            let answer = client.post(&format!("{link}/withdraw"), "revision=0").await;
            assert_eq!(
                (answer.status, answer.location()),
                (StatusCode::SEE_OTHER, link.as_str())
            );
        }
        assert!(
            client
                .get(&link)
                .await
                .body
                .contains("You took your request back")
        );
        let count = "SELECT count(*) FROM audit WHERE action = 'withdrawn'";
        assert_eq!(desk.test.number(count).await, 1);
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let late = supervisor
            .post(&format!("{}/decide", path(&case)), ACCEPT)
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(
            !supervisor
                .get("/staff/requests")
                .await
                .body
                .contains(&case.reference)
        );
    }
}

#[tokio::test]
async fn where_mail_is_not_safe_staff_ring_and_do_it_with_the_client() {
    for desk in Desk::all().await {
        let unsafe_client = ClientRow {
            safe_to_email: false,
            ..client(&desk, "Zelda Example")
        };
        let case = sent(
            &desk,
            "sports",
            unsafe_client,
            ("{}", "{}".into()),
            (false, None),
        )
        .await;
        let mut staff = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let ask = "revision=0&kind=ask&reason=Not+clear.&question=Which+knee%3F";
        staff.post(&format!("{}/decide", path(&case)), ask).await;
        assert_eq!(desk.test.number("SELECT count(*) FROM outbox").await, 0);
        let today = staff.get("/staff").await;
        assert!(today.body.contains("Tell them our answer") && today.body.contains(&path(&case)));
        let page = staff.get(&path(&case)).await;
        assert!(page.body.contains("With the client on the phone"));
        let answer = format!("{}/answer", path(&case));
        let told = staff.post(&answer, "revision=1&answer=The+left+one.").await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
        let accept = ACCEPT.replace("revision=0", "revision=2");
        staff
            .post(&format!("{}/decide", path(&case)), &accept)
            .await;
        let choice = "revision=3&start=2026-11-24T10:00:00Z&mode=phone";
        let booked = staff.post(&format!("{}/time", path(&case)), choice).await;
        assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
        assert!(booked.location().starts_with("/staff/appointments/"));
        let by_staff = "SELECT count(*) FROM audit WHERE action IN ('answered', 'booked') AND actor_kind = 'staff'";
        assert_eq!(desk.test.number(by_staff).await, 2);
    }
}

#[tokio::test]
async fn students_of_a_clinic_that_checks_for_conflicts_see_no_name_and_no_story() {
    for desk in Desk::all().await {
        desk.test.checks_conflicts("law").await;
        let story = desk.app.packs.get(&"law".into()).unwrap();
        let long = story.questions.iter().find(|one| one.kind == Kind::Long);
        let long = long.map_or("L15".to_owned(), |one| one.id.to_string());
        let told = concluded(
            &desk,
            "law",
            vec![
                explained("A1", "Is anyone in danger?", "No", "A1_x: notice"),
                explained(&long, "What happened?", "My landlord Mr Roe", "x: notice"),
                explained("L12", "Who is on the other side?", "Rick Roe", "x: notice"),
            ],
        );
        let answers = format!(r#"{{"A1":"no","{long}":"My landlord Mr Roe","L12":["Rick Roe"]}}"#);
        let with = (answers.as_str(), serde_json::to_string(&told).unwrap());
        let person = client(&desk, "Zelda Example");
        let case = sent(&desk, "law", person, with, (false, None)).await;
        let mut student = desk.signed_in("Stu", &[("adviser", "law")]).await;
        for page in ["/staff/requests", &path(&case)] {
            let body = student.get(page).await.body;
            assert!(body.contains(&case.reference), "{page}");
            for hidden in ["Zelda", "+4420", "020 7946", "zelda@", "Roe", "after 6pm"] {
                assert!(!body.contains(hidden), "{hidden} on {page}: {body}");
            }
        }
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        let body = supervisor.get(&path(&case)).await.body;
        assert!(body.contains("Zelda Example"), "whoever decides can ring");
        assert!(
            !body.contains("Mr Roe"),
            "nobody reads it before it is cleared"
        );
        assert!(
            !body.contains("Rick Roe"),
            "names are the conflict checker's"
        );
    }
}

#[tokio::test]
async fn a_case_is_given_to_a_colleague() {
    for desk in Desk::all().await {
        let case = case(&desk, "Zelda Example").await;
        let stu = desk.staff("Stu", &[("adviser", "sports")]).await;
        let stranger = desk.staff("Len", &[("adviser", "law")]).await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let way = format!("{}/assign", path(&case));
        for (to, status) in [
            (stranger.to_string(), StatusCode::NOT_FOUND),
            ("made-up".into(), StatusCode::UNPROCESSABLE_ENTITY),
            (stu.to_string(), StatusCode::SEE_OTHER),
        ] {
            let answer = supervisor.post(&way, &format!("to={to}")).await;
            assert_eq!(answer.status, status, "{to}");
        }
        assert!(
            supervisor
                .get("/staff/requests")
                .await
                .body
                .contains("Stu Sample")
        );
    }
}
