//! The conflict checks at the desk: who opens what, what stays hidden until a check is cleared, and that a refusal tells
//! nothing.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::booking::conflict::{Sealed, seal};
use crate::domain::conflict::Side;
use crate::intake::{NewCase, Requested, send_request};
use crate::mail::Mailer;
use crate::outbox::tests::{client, courier};

async fn law(test: TestClinic) -> Desk {
    let desk = Desk::on(test).await;
    desk.test.checks_conflicts("law").await;
    desk
}

async fn everywhere() -> Vec<Desk> {
    let mut all = Vec::new();
    for test in TestClinic::all().await {
        all.push(law(test).await);
    }
    all
}

/// A law case with an open answer, a sealed story and a name on the other side.
async fn case(desk: &Desk, name: &str, other: &str, start: DateTime<Utc>) -> Booked {
    let context = &desk.test.context;
    let sealed = Sealed {
        answers: BTreeMap::from([("L15".to_owned(), json!("The ceiling fell"))]),
        names: vec![(Side::OtherSide, other.to_owned())],
        lead_only: false,
        ..Sealed::default()
    };
    let intake = IntakeRow {
        id: context.id(),
        clinic_id: "law".into(),
        pack_version: "1".into(),
        answers: json!({ "A5": "Quenya" }).to_string(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: 0,
        sealed: seal(context, &sealed).unwrap(),
    };
    let row = ClientRow {
        name: name.into(),
        ..client(context)
    };
    let submission = Submission {
        from: From::Slot(Wanted {
            service: ServiceId::from("law-first"),
            start,
            mode: Mode::InPerson,
            needs: Needs::default(),
        }),
        client: row,
        intake: Some(intake),
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    submit(context, &submission).await.unwrap()
}

/// The value of the hidden field that says what was read.
fn seen(body: &str) -> String {
    let found = regex::Regex::new(r#"name="seen" value="([^"]+)""#).unwrap();
    found.captures(body).expect("a form to decide")[1].to_owned()
}

async fn decide(browser: &mut Browser<'_>, reference: &str, what: &str) -> Answer {
    let path = format!("/staff/conflicts/{reference}");
    let read = seen(&browser.get(&path).await.body);
    let form = format!("do={what}&reason=I+looked&seen={read}");
    browser.post(&path, &form).await
}

#[tokio::test]
async fn invariant_8_each_role_opens_the_checks_that_are_its_own_and_nobody_else_any() {
    for desk in everywhere().await {
        let common = case(&desk, "Amina Sample", "Boris Example", monday(9)).await;
        let lead = case(&desk, "Clara Sample", "London Met", monday(10)).await;
        let table: [(&str, &str, &str, [u16; 3]); 6] = [
            //                              list, common, for the lead
            ("Cleo", "conflict_checker", "law", [200, 200, 200]),
            ("Sue", "supervisor", "law", [200, 404, 200]),
            ("Mo", "manager", "law", [403, 404, 404]),
            ("Ada", "adviser", "law", [403, 404, 404]),
            ("Sam", "supervisor", "sports", [403, 404, 404]),
            ("Col", "conflict_checker", "sports", [403, 404, 404]),
        ];
        for (name, role, clinic, expected) in table {
            let mut browser = desk.signed_in(name, &[(role, clinic)]).await;
            let paths = [
                "/staff/conflicts".to_owned(),
                format!("/staff/conflicts/{}", common.reference),
                format!("/staff/conflicts/{}", lead.reference),
            ];
            for (path, status) in paths.iter().zip(expected) {
                assert_eq!(browser.get(path).await.status, status, "{name} {path}");
            }
            for path in &paths[1..] {
                if browser.get(path).await.status != 200 {
                    let answer = browser.post(path, "do=clear&reason=x").await;
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {path}");
                }
            }
            let entry = browser
                .get("/staff")
                .await
                .body
                .contains("/staff/conflicts");
            assert_eq!(entry, expected[0] == 200, "{name}: the entry in the rail");
        }
        // The checker reads the lead's check and decides nothing in it.
        let mut checker = desk.browser();
        checker.sign_in("Cleo", PASSWORD).await;
        let path = format!("/staff/conflicts/{}", lead.reference);
        assert!(
            checker
                .get(&path)
                .await
                .body
                .contains("for somebody else to decide")
        );
        let answer = checker.post(&path, "do=clear&reason=x").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_check_shows_names_with_why_and_nothing_of_the_story_and_each_reading_is_audited() {
    for desk in everywhere().await {
        case(&desk, "Zebedee Sample", "Mohammed Example", monday(9)).await;
        let second = case(&desk, "Muhammad Example", "London Met", monday(10)).await;
        let path = format!("/staff/conflicts/{}", second.reference);
        let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
        let body = checker.get(&path).await.body;
        for shown in [
            "Muhammad Example",
            "London Met",
            "Mohammed Example",
            "Sounds alike",
            "Client on one side",
        ] {
            assert!(body.contains(shown), "{shown}: {body}");
        }
        for hidden in ["ceiling", "Quenya", "client@sample.invalid", "Zebedee"] {
            assert!(!body.contains(hidden), "{hidden}: {body}");
        }
        // The lead decides without the names of other clients.
        let mut lead = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        let body = lead.get(&path).await.body;
        assert!(
            body.contains("Muhammad Example") && body.contains("Sounds alike"),
            "{body}"
        );
        assert!(
            !body.contains("Mohammed Example") && body.contains("Name hidden"),
            "{body}"
        );
        let read = "SELECT count(*) FROM audit WHERE subject_kind = 'conflict' AND action = 'read' AND detail = ''
            AND actor_id IS NOT NULL";
        assert_eq!(desk.test.number(read).await, 2);
        let list = checker.get("/staff/conflicts").await.body;
        assert!(
            list.contains(&second.reference) && list.contains("1 name"),
            "{list}"
        );
        assert!(
            !list.contains("Muhammad") && !list.contains("Zebedee"),
            "{list}"
        );
    }
}

#[tokio::test]
async fn a_decision_needs_a_reason_and_the_page_comes_back_with_what_was_typed() {
    for desk in everywhere().await {
        let booked = case(&desk, "Amina Sample", "Boris Example", monday(9)).await;
        let path = format!("/staff/conflicts/{}", booked.reference);
        let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
        let long = "x".repeat(501);
        for (form, says) in [
            ("do=clear&reason=+".to_owned(), "Say why."),
            ("reason=typed+words".to_owned(), "Choose what you decide."),
            (format!("do=refuse&reason={long}"), "That is too long."),
            (
                "do=clear&reason=typed+words&seen=old".to_owned(),
                "The list of names has changed",
            ),
        ] {
            let answer = checker.post(&path, &form).await;
            let status = if form.contains("seen=old") {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            assert_eq!(answer.status, status, "{form}");
            assert!(
                answer.body.contains(says) && answer.body.contains("error-summary"),
                "{}",
                answer.body
            );
            assert_eq!(
                answer.body.contains("typed words"),
                form.contains("typed"),
                "{form}"
            );
        }
        assert_eq!(
            decide(&mut checker, &booked.reference, "clear")
                .await
                .location(),
            "/staff/conflicts"
        );
        let again = checker.post(&path, "do=refuse&reason=x&seen=x").await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let page = checker.get(&path).await.body;
        assert!(
            page.contains("I looked") && page.contains("Cleo Sample"),
            "{page}"
        );
        let plain = desk
            .test
            .number("SELECT count(*) FROM conflict_cases WHERE reason LIKE '%looked%'")
            .await;
        assert_eq!(plain, 0, "the reason is sealed at rest");
    }
}

#[tokio::test]
async fn a_check_past_its_working_day_stands_out() {
    let desk = law(TestClinic::sqlite().await).await;
    let booked = case(&desk, "Amina Sample", "Boris Example", at(12, 1, 9, 0)).await;
    let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
    assert!(
        !checker
            .get("/staff/conflicts")
            .await
            .body
            .contains("Overdue")
    );
    desk.test.clock.set(at(11, 23, 17, 1));
    checker.sign_in("Cleo", PASSWORD).await;
    let list = checker.get("/staff/conflicts").await.body;
    assert!(list.contains("Overdue") && list.contains(&booked.reference));
}

#[tokio::test]
async fn invariant_8_students_see_no_name_and_nobody_the_story_until_the_check_is_cleared() {
    for desk in everywhere().await {
        let booked = case(&desk, "Zebedee Sample", "Boris Example", monday(10)).await;
        let page = format!("/staff/appointments/{}", booked.reference);
        desk.test.clock.set(monday(8));
        let mut adviser = desk.signed_in("Ada", &[("adviser", "law")]).await;
        desk.takes_part("Ada").await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        let mut manager = desk.signed_in("Mo", &[("manager", "law")]).await;
        let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
        let places = [
            "/staff",
            "/staff/calendar?clinic=law&week=2026-11-23",
            "/staff/calendar?clinic=law&week=2026-11-23&view=list",
            page.as_str(),
        ];
        for place in places {
            let body = adviser.get(place).await.body;
            assert!(
                body.contains("Name withheld until cleared"),
                "{place}: {body}"
            );
            for hidden in [
                "There were no questions to answer",
                "Zebedee",
                "client@sample.invalid",
                "7946",
                "Quenya",
                "ceiling",
            ] {
                assert!(!body.contains(hidden), "{hidden} on {place}: {body}");
            }
        }
        let kept = adviser.get(&page).await.body;
        assert!(kept.contains("The answers are kept back until the names are cleared"));
        assert_eq!(
            kept.matches("Kept back until the names are cleared")
                .count(),
            2
        );
        for who in [&mut supervisor, &mut manager] {
            let body = who.get(&page).await.body;
            assert!(
                body.contains("Zebedee") && body.contains("Quenya"),
                "{body}"
            );
            assert!(
                !body.contains("ceiling") && !body.contains("/confirm"),
                "{body}"
            );
        }
        let early = supervisor.post(&format!("{page}/confirm"), "").await;
        assert_eq!(early.status, StatusCode::CONFLICT);

        assert_eq!(
            decide(&mut checker, &booked.reference, "clear")
                .await
                .status,
            StatusCode::SEE_OTHER
        );
        for place in places {
            let body = adviser.get(place).await.body;
            assert!(
                body.contains("Zebedee Sample") && !body.contains("withheld"),
                "{place}: {body}"
            );
        }
        for who in [&mut adviser, &mut supervisor, &mut manager] {
            let body = who.get(&page).await.body;
            assert!(body.contains("The ceiling fell"), "{body}");
            assert!(
                !body.contains("Boris"),
                "the other side stays with the checker: {body}"
            );
        }
        assert_eq!(checker.get(&page).await.status, StatusCode::NOT_FOUND);
    }
}

/// All that a client can learn of an appointment that was turned down: the page and the API with their headers, and the
/// mail to the last byte.
async fn told(desk: &Desk, booked: &Booked) -> Vec<String> {
    // Every answer that goes wrong has a number of its own to tell on the telephone.
    let number = regex::Regex::new(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b").unwrap();
    let link = desk.app.manage_url(booked.id, booked.link_version);
    let path = link.strip_prefix("http://clinics.test").unwrap();
    let mut all = Vec::new();
    for path in [
        path.to_owned(),
        format!("/api/v1{path}"),
        format!("{path}/calendar.ics"),
    ] {
        let answer = desk.browser().get(&path).await;
        let mut headers = answer.headers.clone();
        // Random for every answer there is.
        headers.remove("x-request-id");
        if !all.is_empty() {
            headers.remove("content-security-policy");
        }
        all.push(format!("{} {headers:?} {}", answer.status, answer.body));
    }
    for path in [
        format!("{path}/cancel"),
        format!("/api/v1{path}/cancel"),
        format!("/api/v1{path}/confirm"),
    ] {
        let answer = desk.browser().post(&path, "").await;
        all.push(format!(
            "{} {}",
            answer.status,
            number.replace_all(&answer.body, "")
        ));
    }
    let (mailer, mails) = Mailer::memory();
    courier(&desk.test, mailer).all().await;
    let mails = mails.lock().unwrap();
    all.extend(
        mails
            .iter()
            .map(|mail| String::from_utf8(mail.bytes.clone()).unwrap()),
    );
    all
}

#[tokio::test]
async fn domain_9_8_test_7_a_refusal_for_conflict_and_one_for_lack_of_capacity_are_the_same_in_every_byte()
 {
    let desk = law(TestClinic::sqlite().await).await;
    let booked = case(&desk, "Zebedee Sample", "Boris Example", at(12, 1, 9, 0)).await;
    desk.staff("Cleo", &[("conflict_checker", "law")]).await;
    desk.staff("Sue", &[("supervisor", "law")]).await;
    // Two worlds that differ in nothing but the reason.
    let test = desk.test.twin().await;
    let app = test.app();
    let router = router(app.clone()).unwrap();
    let twin = Desk { test, app, router };

    let mut checker = desk.browser();
    checker.sign_in("Cleo", PASSWORD).await;
    let answer = decide(&mut checker, &booked.reference, "refuse").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let mut supervisor = twin.browser();
    supervisor.sign_in("Sue", PASSWORD).await;
    let path = format!("/staff/appointments/{}", booked.reference);
    assert!(
        supervisor
            .get(&path)
            .await
            .body
            .contains("We have no capacity")
    );
    let answer = supervisor.post(&format!("{path}/turn-down"), "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let (conflict, capacity) = (told(&desk, &booked).await, told(&twin, &booked).await);
    assert_eq!(conflict, capacity);
    let [page, api, .., mail] = conflict.as_slice() else {
        panic!("{conflict:?}")
    };
    assert!(
        page.starts_with("200") && page.contains("We cannot help you with this"),
        "{page}"
    );
    for wrong in [
        "<script",
        "nonce",
        &booked.reference,
        "Zebedee",
        "onflict",
        "December",
    ] {
        assert!(!page.contains(wrong), "{wrong} on the page: {page}");
    }
    assert!(api.contains(r#""state":"cancelled""#), "{api}");
    assert!(
        mail.contains("We cannot help you with this") && !mail.contains("onflict"),
        "{mail}"
    );
    assert!(!mail.contains("text/calendar"), "{mail}");
    let kinds = conflict.len() - 6;
    assert_eq!(
        kinds, 1,
        "one mail: what was asked for is no longer told, the refusal is"
    );
}

#[tokio::test]
async fn domain_9_8_test_7_the_refusal_page_is_the_same_for_everybody() {
    for desk in everywhere().await {
        let one = case(&desk, "Amina Sample", "Boris Example", monday(9)).await;
        let other = case(&desk, "Zebedee Other", "Clara Example", monday(11)).await;
        let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
        decide(&mut checker, &one.reference, "refuse").await;
        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        supervisor
            .post(
                &format!("/staff/appointments/{}/turn-down", other.reference),
                "",
            )
            .await;
        let mut pages = Vec::new();
        for booked in [&one, &other] {
            let link = desk.app.manage_url(booked.id, booked.link_version);
            let path = link.strip_prefix("http://clinics.test").unwrap();
            let answer = desk.browser().get(path).await;
            let mut headers = answer.headers.clone();
            headers.remove("x-request-id");
            pages.push((answer.status, format!("{headers:?}"), answer.body));
        }
        assert_eq!(pages[0], pages[1]);
    }
}

/// A law case that staff look at first.
async fn ask(desk: &Desk, name: &str) -> Requested {
    let context = &desk.test.context;
    let intake = IntakeRow {
        id: context.id(),
        clinic_id: "law".into(),
        pack_version: "1".into(),
        answers: "{}".into(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: 0,
        sealed: None,
    };
    let case = NewCase {
        client: ClientRow {
            name: name.into(),
            ..client(context)
        },
        intake,
        urgent: false,
        deadline: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    send_request(context, &case).await.unwrap()
}

/// A second desk on a copy of everything.
async fn twin(desk: &Desk) -> Desk {
    let test = desk.test.twin().await;
    let app = test.app();
    let router = router(app.clone()).unwrap();
    Desk { test, app, router }
}

/// What a client whose request was refused gets: the mail and the page behind its link.
async fn refusal_told(desk: &Desk) -> (Vec<u8>, String, String) {
    let (mailer, mails) = Mailer::memory();
    courier(&desk.test, mailer).all().await;
    let mails = mails.lock().unwrap().clone();
    let kinds: Vec<_> = mails.iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds, ["turned-down"]);
    let text = String::from_utf8_lossy(&mails[0].bytes)
        .replace("=\r\n", "")
        .replace("=3D", "=");
    let path = text.split("http://clinics.test").nth(1).unwrap();
    let path: String = path.chars().take_while(|c| !c.is_whitespace()).collect();
    let answer = desk.browser().get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    assert!(
        answer.body.contains("We cannot help you with this"),
        "{}",
        answer.body
    );
    let mut headers = answer.headers.clone();
    headers.remove("x-request-id");
    (mails[0].bytes.clone(), format!("{headers:?}"), answer.body)
}

/// Sue declines, and names places of her own.
async fn decline_with(desk: &Desk, asked: &Requested, signposts: &[&str]) {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let sue = tx.staff_by_email("sue@sample.invalid").await.unwrap();
    drop(tx);
    let ruling = crate::review::Ruling {
        request: asked.id,
        revision: 0,
        terms: crate::domain::decision::Terms::Decline {
            signposts: signposts
                .iter()
                .map(|id| crate::domain::triage::SignpostId((*id).to_owned()))
                .collect(),
        },
        reason: "Not for students.".to_owned(),
        staff: sue.unwrap().id,
    };
    crate::review::decide(&desk.test.context, &ruling)
        .await
        .unwrap();
}

#[tokio::test]
async fn domain_9_8_test_7_a_request_refused_for_conflict_for_capacity_or_by_decision_is_told_the_same()
 {
    let desk = law(TestClinic::sqlite().await).await;
    let asked = ask(&desk, "Zebedee Sample").await;
    desk.staff("Cleo", &[("conflict_checker", "law")]).await;
    desk.staff("Sue", &[("supervisor", "law")]).await;
    let (crowded, decided, before) = (twin(&desk).await, twin(&desk).await, twin(&desk).await);
    let case = format!("/staff/requests/{}", asked.reference);

    let mut checker = desk.browser();
    checker.sign_in("Cleo", PASSWORD).await;
    decide(&mut checker, &asked.reference, "refuse").await;

    let mut supervisor = crowded.browser();
    supervisor.sign_in("Sue", PASSWORD).await;
    let path = format!("{case}/turn-down");
    assert!(supervisor.get(&case).await.body.contains(&path));
    let answer = supervisor.post(&path, "").await;
    assert_eq!(answer.location(), "/staff/requests");

    let mut supervisor = decided.browser();
    supervisor.sign_in("Sue", PASSWORD).await;
    let form = supervisor.get(&case).await.body;
    assert!(
        !form.contains("name=\"signposts\""),
        "nobody chooses: {form}"
    );
    for said in ["every no is told in the same words", "Citizens Advice"] {
        assert!(form.contains(said), "{said}: {form}");
    }
    // By force: other places than a refusal for conflict names.
    let decline = "revision=0&kind=decline&signposts=shelter&signposts=duty_solicitor\
                   &reason=Not+for+students.";
    let early = supervisor.post(&format!("{case}/decide"), decline).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    for kept in ["The names are not cleared yet", "Not for students."] {
        assert!(early.body.contains(kept), "{kept}: {}", early.body);
    }
    let mut checker = decided.browser();
    checker.sign_in("Cleo", PASSWORD).await;
    decide(&mut checker, &asked.reference, "clear").await;
    let answer = supervisor.post(&format!("{case}/decide"), decline).await;
    assert_eq!(answer.location(), case, "{}", answer.body);

    let read_out = supervisor.get(&case).await.body;
    let read_out = &read_out[read_out.find("on-phone").unwrap()..];
    let read_out = &read_out[..read_out.find("</section>").unwrap()];
    assert!(read_out.contains("Citizens Advice") && !read_out.contains("Shelter"));

    // Decided with other places when the form still had them.
    let mut checker = before.browser();
    checker.sign_in("Cleo", PASSWORD).await;
    decide(&mut checker, &asked.reference, "clear").await;
    decline_with(&before, &asked, &["shelter", "duty_solicitor"]).await;

    let conflict = refusal_told(&desk).await;
    assert!(conflict.2.contains("Citizens Advice") && !conflict.2.contains("Shelter"));
    assert_eq!(conflict, refusal_told(&crowded).await);
    assert_eq!(conflict, refusal_told(&decided).await);
    assert_eq!(conflict, refusal_told(&before).await);
    for desk in [&desk, &crowded, &decided, &before] {
        let declined = "SELECT count(*) FROM requests WHERE state = 'declined'";
        assert_eq!(desk.test.number(declined).await, 1);
    }
    let mut student = desk.signed_in("Ada", &[("adviser", "law")]).await;
    let answer = student.post(&path, "").await;
    assert_eq!(
        answer.status,
        StatusCode::NOT_FOUND,
        "over, and never theirs"
    );
}

#[tokio::test]
async fn only_those_who_decide_say_that_there_is_no_capacity() {
    let desk = law(TestClinic::sqlite().await).await;
    let booked = case(&desk, "Amina Sample", "Boris Example", monday(9)).await;
    let path = format!("/staff/appointments/{}", booked.reference);
    for (name, role) in [("Ada", "adviser"), ("Mo", "manager")] {
        let mut browser = desk.signed_in(name, &[(role, "law")]).await;
        if role == "adviser" {
            desk.takes_part(name).await;
        }
        assert!(!browser.get(&path).await.body.contains("turn-down"));
        let answer = browser.post(&format!("{path}/turn-down"), "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
    }
}

#[tokio::test]
async fn a_refusal_that_is_rung_is_read_out_in_the_neutral_words_whatever_the_reason() {
    for desk in everywhere().await {
        let mut said = Vec::new();
        for (hour, by_check) in [(10, true), (12, false)] {
            let booked = case(&desk, "Zebedee Sample", "Boris Example", monday(hour)).await;
            desk.test
                .change("UPDATE clients SET safe_to_email = FALSE, safe_to_call = TRUE")
                .await;
            if by_check {
                let mut checker = desk.signed_in("Cleo", &[("conflict_checker", "law")]).await;
                decide(&mut checker, &booked.reference, "refuse").await;
            } else {
                let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
                let path = format!("/staff/appointments/{}", booked.reference);
                supervisor.post(&format!("{path}/turn-down"), "").await;
                let page = supervisor.get(&path).await.body;
                assert!(!page.contains("Nothing is booked yet"), "{page}");
                assert!(page.contains("This is over, and the names were never cleared"));
            }
            let name = format!("Mo{hour}");
            let mut manager = desk.signed_in(&name, &[("manager", "law")]).await;
            let today = manager.get("/staff").await.body;
            let calls = &today[today.find("id=\"calls\"").unwrap()..];
            assert!(!calls.contains("it is cancelled"), "{calls}");
            let call = calls[calls.find("call-say").unwrap()..].to_owned();
            said.push(call[..call.find("<form").unwrap()].to_owned());
            let done = "UPDATE calls SET state = 'done', done_at = 1";
            desk.test.change(done).await;
        }
        assert_eq!(said[0], said[1]);
        for words in [
            "We cannot take this on",
            "we cannot say why",
            "Citizens Advice",
        ] {
            assert!(said[0].contains(words), "{words}: {}", said[0]);
        }
    }
}
