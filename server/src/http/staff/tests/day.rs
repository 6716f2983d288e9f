//! The working day: what is ticked off, taken back, given out by hand, written down and booked next.

use super::*;
use crate::booking::{Again, allocate_by_hand, book_again, candidates, mark};
use crate::domain::visit::Mark;
use crate::store::IssueRow;

const DESK: [(&str, &str); 1] = [("manager", "sports")];

async fn state(desk: &Desk, reference: &str) -> String {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx.appointment_by_reference(reference).await.unwrap();
    row.unwrap().state
}

/// A desk on Monday at nine with somebody booked for ten, and a browser of this member of staff.
async fn monday_morning<'a>(desk: &'a Desk, roles: &[(&str, &str)]) -> (Booked, Browser<'a>) {
    let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
    desk.test.clock.set(monday(9));
    let browser = desk.signed_in("Mo", roles).await;
    (booked, browser)
}

#[tokio::test]
async fn a_visit_is_ticked_off_step_by_step_and_every_step_leaves_a_trace() {
    for desk in Desk::all().await {
        let (booked, mut browser) = monday_morning(&desk, &DESK).await;
        let page = format!("/staff/appointments/{}", booked.reference);
        let mut press = async |word: &str, then: &str| {
            let today = browser.get("/staff").await;
            let form = format!("{page}/mark/{word}\"");
            assert!(today.body.contains(&form), "{word}: {}", today.body);
            let answer = browser
                .post(&format!("{page}/mark/{word}"), "from=today")
                .await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{word}");
            assert_eq!(answer.location(), format!("/staff#a-{}", booked.reference));
            assert_eq!(state(&desk, &booked.reference).await, then, "{word}");
        };
        press("check-in", "arrived").await;
        press("not-here", "confirmed").await;
        press("check-in", "arrived").await;
        press("start", "arrived").await;
        press("not-started", "arrived").await;
        press("start", "arrived").await;
        press("finish", "attended").await;
        press("not-seen", "arrived").await;
        press("left-early", "attended").await;
        let told = desk
            .test
            .texts("SELECT action FROM audit WHERE subject_kind = 'appointment' ORDER BY id")
            .await;
        assert_eq!(
            told,
            [
                "confirmed",
                "arrived",
                "not_here",
                "arrived",
                "started",
                "not_started",
                "started",
                "attended",
                "not_seen",
                "left_early"
            ]
        );
        let body = browser.get(&page).await.body;
        assert!(body.contains("Left early") && body.contains("took back that the client is here"));
    }
}

#[tokio::test]
async fn a_stale_button_changes_nothing_and_shows_how_it_is_now() {
    let desk = Desk::sqlite().await;
    let (booked, mut browser) = monday_morning(&desk, &DESK).await;
    let page = format!("/staff/appointments/{}", booked.reference);
    browser.post(&format!("{page}/mark/check-in"), "").await;
    // A second click is no trouble; "did not come" from an older page is told.
    let twice = browser.post(&format!("{page}/mark/check-in"), "").await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER);
    desk.test.clock.set(monday(10));
    browser.sign_in("Mo", PASSWORD).await;
    let stale = browser.post(&format!("{page}/mark/missed"), "").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(
        stale
            .body
            .contains("Somebody changed this while you were looking")
    );
    assert_eq!(state(&desk, &booked.reference).await, "arrived");
    let audit = "SELECT count(*) FROM audit WHERE action = 'arrived'";
    assert_eq!(desk.test.number(audit).await, 1);
}

#[tokio::test]
async fn nobody_is_checked_in_or_missed_before_the_day_and_advisers_may_tick_off() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
    let mut browser = desk.signed_in("Ada", &[("adviser", "sports")]).await;
    desk.takes_part("Ada").await;
    let page = format!("/staff/appointments/{}", booked.reference);
    for word in ["check-in", "start", "finish", "missed"] {
        let answer = browser.post(&format!("{page}/mark/{word}"), "").await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{word}");
    }
    assert_eq!(state(&desk, &booked.reference).await, "confirmed");
    desk.test.clock.set(monday(9));
    browser.sign_in("Ada", PASSWORD).await;
    let answer = browser.post(&format!("{page}/mark/check-in"), "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.post(&format!("{page}/crew"), "").await.status,
        StatusCode::FORBIDDEN
    );
    let mut other = desk.signed_in("Ben", &[("manager", "law")]).await;
    let answer = other.post(&format!("{page}/mark/start"), "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn up_to_fifteen_minutes_late_is_shorter_and_more_is_another_time() {
    let desk = Desk::sqlite().await;
    let (booked, mut browser) = monday_morning(&desk, &DESK).await;
    let page = format!("/staff/appointments/{}", booked.reference);
    for wrong in ["minutes=", "minutes=0", "minutes=241", "minutes=soon"] {
        let answer = browser.post(&format!("{page}/mark/late"), wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            answer
                .body
                .contains(&format!("href=\"#late-{}\"", booked.reference))
        );
    }
    for (minutes, said) in [
        ("15", "Make it shorter: 45 minutes are left."),
        ("16", "Too late for this meeting. Book another time."),
    ] {
        let form = format!("from=today&minutes={minutes}");
        browser.post(&format!("{page}/mark/late"), &form).await;
        let body = browser.get("/staff").await.body;
        assert!(body.contains(said) && body.contains(&format!("{minutes} minutes late")));
        assert!(body.contains("<strong>1</strong> late"));
    }
}

/// `domain` section 8: the first miss is a miss; the second in the same clinic makes a call, and nobody is refused.
#[tokio::test]
async fn a_second_missed_visit_makes_a_call_and_never_a_ban() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let calls = "SELECT count(*) FROM calls WHERE kind = 'missed' AND state = 'open'";
        let actor = Actor::System;
        let law = desk.book("law-first", "Zelda Example", monday(9)).await;
        crate::booking::confirm(context, law.id, actor)
            .await
            .unwrap();
        let first = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let sister = desk
            .book("sports-first", "Yolanda Example", monday(10))
            .await;
        let second = desk
            .book("sports-first", "Zelda  example", monday(11))
            .await;
        desk.test.clock.set(monday(12));
        mark(context, law.id, Mark::Missed, actor).await.unwrap();
        mark(context, first.id, Mark::Missed, actor).await.unwrap();
        assert_eq!(desk.test.number(calls).await, 0, "law is another clinic");
        mark(context, sister.id, Mark::Missed, actor).await.unwrap();
        assert_eq!(
            desk.test.number(calls).await,
            0,
            "the same number, another person"
        );
        mark(context, second.id, Mark::Missed, actor).await.unwrap();
        assert_eq!(desk.test.number(calls).await, 1);
        mark(context, second.id, Mark::Missed, actor).await.unwrap();
        assert_eq!(desk.test.number(calls).await, 1, "pressed twice");
        let third = desk.book("sports-first", "Zelda Example", monday(15)).await;
        assert_eq!(state(&desk, &third.reference).await, "confirmed");
        // Taken back, nobody rings.
        mark(context, second.id, Mark::CameAfterAll, actor)
            .await
            .unwrap();
        assert_eq!(desk.test.number(calls).await, 0);
    }
}

fn choice(ids: [Uuid; 3], seen: &str) -> String {
    let [adviser, supervisor, room] = ids;
    format!("adviser={adviser}&supervisor={supervisor}&room={room}&seen={seen}")
}

async fn crew_of(desk: &Desk, id: Uuid) -> crate::booking::Candidates {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx.appointment(id).await.unwrap().unwrap();
    candidates(&mut *tx, &desk.test.context, &row)
        .await
        .unwrap()
}

#[tokio::test]
async fn only_who_is_free_is_offered_and_a_rival_is_told_kindly() {
    for desk in Desk::all().await {
        let (booked, mut browser) = monday_morning(&desk, &DESK).await;
        let other = desk
            .book("sports-first", "Yorick Example", monday(10))
            .await;
        let page = format!("/staff/appointments/{}", booked.reference);
        let (mine, theirs) = (
            crew_of(&desk, booked.id).await,
            crew_of(&desk, other.id).await,
        );
        let taken = theirs.now.advisers[0];
        assert_eq!(
            (mine.advisers.len(), mine.rooms.len()),
            (2, 2),
            "one of three is with Yorick"
        );
        assert!(!mine.advisers.iter().any(|(id, _)| *id == taken));
        let body = browser.get(&page).await.body;
        assert!(body.contains(&mine.seen) && !body.contains(&format!("value=\"{taken}\"")));
        assert!(
            body.contains(&format!("value=\"{taken}@")),
            "in exchange only"
        );
        // Somebody who is not free, chosen all the same.
        let supervisor = mine.now.supervisor.unwrap();
        let room = mine.now.room.unwrap();
        let forced = choice([taken, supervisor, room], &mine.seen);
        let answer = browser.post(&format!("{page}/crew"), &forced).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("is not free any more"));
        // The free one.
        let free = mine
            .advisers
            .iter()
            .map(|(id, _)| *id)
            .find(|id| *id != mine.now.advisers[0]);
        let form = choice([free.unwrap(), supervisor, room], &mine.seen);
        let answer = browser.post(&format!("{page}/crew"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(
            crew_of(&desk, booked.id).await.now.advisers,
            [free.unwrap()]
        );
        // The same form again is older than the meeting by now.
        let stale = browser.post(&format!("{page}/crew"), &form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(
            stale
                .body
                .contains("Somebody changed this while you were looking")
        );
        let audit = "SELECT count(*) FROM audit WHERE action = 'allocated'";
        assert_eq!(desk.test.number(audit).await, 1);
    }
}

/// At a full hour nobody is free, and yet two can change places; a third who changes one of them meanwhile is heard first.
#[tokio::test]
async fn at_a_full_hour_two_meetings_exchange_their_people() {
    for desk in Desk::all().await {
        let mut booked = Vec::new();
        for name in ["Zelda Example", "Yorick Example", "Xenia Example"] {
            booked.push(desk.book("sports-first", name, monday(10)).await);
        }
        let mut browser = desk.signed_in("Mo", &DESK).await;
        let mine = crew_of(&desk, booked[0].id).await;
        let theirs = crew_of(&desk, booked[1].id).await;
        assert_eq!(mine.advisers.len(), 1, "all three are taken");
        let (own, other) = (mine.now.advisers[0], theirs.now.advisers[0]);
        let page = format!("/staff/appointments/{}", booked[0].reference);
        let body = browser.get(&page).await.body;
        let label = format!("(exchange with {})", booked[1].reference);
        assert!(body.contains(&label), "{label} in {body}");
        let meeting = mine.exchanges.iter().find(|one| one.resource == other);
        let meeting = meeting.unwrap().meeting;
        let (supervisor, room) = (mine.now.supervisor.unwrap(), mine.now.room.unwrap());
        let form = format!(
            "adviser={other}%40{meeting}&supervisor={supervisor}&room={room}&seen={}",
            mine.seen
        );
        let answer = browser.post(&format!("{page}/crew"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let after = [
            crew_of(&desk, booked[0].id).await.now,
            crew_of(&desk, booked[1].id).await.now,
        ];
        assert_eq!(after[0].advisers, [other]);
        assert_eq!(after[1].advisers, [own]);
        assert_eq!(after[1].room, theirs.now.room, "the rest stays");
        assert_eq!(after[0].room, mine.now.room);
        let audit = "SELECT count(*) FROM audit WHERE action = 'allocated'";
        assert_eq!(desk.test.number(audit).await, 2, "a line for each");
        // They are not with Yorick any more: nobody else is taken in their place.
        let seen = crew_of(&desk, booked[2].id).await;
        let third = format!("/staff/appointments/{}/crew", booked[2].reference);
        let form = format!(
            "adviser={other}%40{meeting}&supervisor={}&room={}&seen={}",
            seen.now.supervisor.unwrap(),
            seen.now.room.unwrap(),
            seen.seen
        );
        let answer = browser.post(&third, &form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(crew_of(&desk, booked[2].id).await.now, seen.now);
        // Rooms likewise.
        let now = crew_of(&desk, booked[0].id).await;
        let wanted = after[1].room.unwrap();
        let meeting = now.exchanges.iter().find(|one| one.resource == wanted);
        let form = format!(
            "adviser={other}&supervisor={supervisor}&room={wanted}%40{}&seen={}",
            meeting.unwrap().meeting,
            now.seen
        );
        // The other client comes in a wheelchair, and what they would get has a step.
        let answer = browser.post(&format!("{page}/crew"), &form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        let stays = crew_of(&desk, booked[1].id).await.now;
        assert_eq!(stays, after[1], "nothing of it is done");
        desk.test.change("UPDATE clients SET access = '{}'").await;
        let answer = browser.post(&format!("{page}/crew"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(crew_of(&desk, booked[1].id).await.now.room, mine.now.room);
    }
}

/// Two who put the same adviser into two meetings of one time: the database lets one through.
#[tokio::test]
async fn invariant_1_two_meetings_never_get_one_adviser_by_hand() {
    for desk in Desk::all().await {
        let one = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let two = desk
            .book("sports-first", "Yorick Example", monday(10))
            .await;
        let (first, second) = (crew_of(&desk, one.id).await, crew_of(&desk, two.id).await);
        let free = first
            .advisers
            .iter()
            .map(|(id, _)| *id)
            .find(|id| second.advisers.iter().any(|(own, _)| own == id))
            .unwrap();
        let with = |crew: &crate::booking::Candidates| crate::booking::Chosen {
            advisers: vec![free],
            ..crew.now.clone()
        };
        let context = &desk.test.context;
        let (here, there) = (with(&first), with(&second));
        let (left, right) = tokio::join!(
            allocate_by_hand(context, one.id, &first.seen, &here, Actor::System),
            allocate_by_hand(context, two.id, &second.seen, &there, Actor::System),
        );
        assert!(left.is_ok() != right.is_ok(), "{left:?} {right:?}");
    }
}

#[tokio::test]
async fn what_came_of_it_is_written_once_and_never_over_somebody_else() {
    for desk in Desk::all().await {
        let (booked, mut browser) = monday_morning(&desk, &DESK).await;
        let issue = IssueRow {
            id: desk.test.context.id(),
            clinic_id: "sports".into(),
            name: "Sore knee".into(),
            position: 0,
            enabled: true,
        };
        let mut tx = desk.test.context.store.write().await.unwrap();
        tx.put_issue(&issue).await.unwrap();
        tx.commit().await.unwrap();
        let page = format!("/staff/appointments/{}", booked.reference);
        let outcome = format!("{page}/outcome");
        assert_eq!(
            browser.get(&outcome).await.status,
            StatusCode::CONFLICT,
            "not seen yet"
        );
        browser.post(&format!("{page}/mark/start"), "").await;
        let finished = browser.post(&format!("{page}/mark/finish"), "").await;
        assert_eq!(finished.location(), outcome, "the next thing to do");
        assert!(browser.get(&outcome).await.body.contains("Sore knee"));
        let form = |came: &str, issue: &str, students: &str, revision: i64| {
            format!(
                "came={came}&issue={issue}&student_minutes={students}&supervisor_minutes=30&after=4&revision={revision}"
            )
        };
        let id = issue.id.to_string();
        for wrong in [
            form("cured", &id, "60", 0),
            form("advised", "", "60", 0),
            form("advised", &id, "-1", 0),
            form("advised", &id, "2401", 0),
            form("advised", &Uuid::nil().to_string(), "60", 0),
        ] {
            let answer = browser.post(&outcome, &wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let saved = browser.post(&outcome, &form("advised", &id, "60", 0)).await;
        assert_eq!(
            (saved.status, saved.location()),
            (StatusCode::SEE_OTHER, page.as_str())
        );
        let late = browser
            .post(&outcome, &form("referred", "other", "90", 0))
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(
            late.body.contains("Sore knee") && late.body.contains("value=\"90\""),
            "{}",
            late.body
        );
        let minutes = "SELECT student_minutes FROM outcomes";
        assert_eq!(desk.test.number(minutes).await, 60);
        browser
            .post(&outcome, &form("referred", "other", "90", 1))
            .await;
        assert_eq!(
            desk.test.number(minutes).await,
            90,
            "corrected with the page that shows theirs"
        );
        // What is written down is no slip: the visit stays seen.
        let undo = browser.post(&format!("{page}/mark/not-seen"), "").await;
        assert_eq!(undo.status, StatusCode::CONFLICT);
        let plain = "SELECT count(*) FROM audit WHERE detail LIKE '%knee%'";
        assert_eq!(desk.test.number(plain).await, 0);
    }
}

#[tokio::test]
async fn the_next_meeting_keeps_client_answers_and_adviser() {
    for desk in Desk::all().await {
        let (booked, mut browser) = monday_morning(&desk, &DESK).await;
        let page = format!("/staff/appointments/{}", booked.reference);
        assert_eq!(
            browser.get(&format!("{page}/again")).await.status,
            StatusCode::CONFLICT
        );
        browser.post(&format!("{page}/mark/start"), "").await;
        let times = browser
            .get(&format!("{page}/again?mode=in_person&from=2026-11-24"))
            .await;
        assert_eq!(times.status, StatusCode::OK, "{}", times.body);
        let none = browser
            .post(
                &format!("{page}/again"),
                "service=sports-first&mode=in_person",
            )
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let start = "2026-11-24T10:00:00Z";
        assert!(times.body.contains(start));
        let form = format!("service=sports-first&mode=in_person&start={start}");
        let answer = browser.post(&format!("{page}/again"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let reference = answer.location().rsplit('/').next().unwrap().to_owned();
        let mut tx = desk.test.context.store.read().await.unwrap();
        let next = tx
            .appointment_by_reference(&reference)
            .await
            .unwrap()
            .unwrap();
        let first = tx.appointment(booked.id).await.unwrap().unwrap();
        assert_eq!(
            (next.client_id, next.state.as_str()),
            (first.client_id, "confirmed")
        );
        let visit = tx.visit(next.id).await.unwrap().unwrap();
        assert_eq!(visit.follows, Some(booked.id));
        let adviser = |all: Vec<crate::store::AllocationRow>| {
            all.into_iter()
                .find(|one| one.part == "adviser")
                .unwrap()
                .resource_id
        };
        let before = adviser(tx.allocations(first.meeting_id).await.unwrap());
        assert_eq!(
            adviser(tx.allocations(next.meeting_id).await.unwrap()),
            before
        );
        drop(tx);
        // A second one, by somebody who has not seen the first: told, and nothing is booked.
        let later = "2026-11-24T14:00:00Z";
        let other = format!("service=sports-first&mode=in_person&start={later}");
        let blind = browser.post(&format!("{page}/again"), &other).await;
        assert_eq!(blind.status, StatusCode::CONFLICT);
        assert!(
            blind.body.contains(&reference) && blind.body.contains("Somebody else was quicker")
        );
        let all = "SELECT count(*) FROM visits WHERE follows IS NOT NULL";
        assert_eq!(desk.test.number(all).await, 1);
        // The same time is not had twice by one client.
        let again = browser
            .post(
                &format!("{page}/again"),
                &format!("{form}&seen={reference}"),
            )
            .await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("has just gone"));
    }
}

#[tokio::test]
async fn who_comes_too_late_gets_another_time_in_place_of_the_first() {
    let desk = Desk::sqlite().await;
    let (booked, _browser) = monday_morning(&desk, &DESK).await;
    desk.test
        .clock
        .set(monday(10) + chrono::TimeDelta::minutes(20));
    let again = Again {
        after: booked.id,
        service: ServiceId::from("sports-first"),
        start: monday(15),
        mode: Mode::InPerson,
        actor: Actor::System,
        seen: String::new(),
    };
    book_again(&desk.test.context, &again).await.unwrap();
    assert_eq!(state(&desk, &booked.reference).await, "cancelled");
    let calls = "SELECT count(*) FROM calls WHERE state = 'open' AND kind = 'cancellation'";
    assert_eq!(desk.test.number(calls).await, 0, "they stand at the desk");
}

#[tokio::test]
async fn who_did_not_come_and_cannot_be_mailed_is_rung_about_the_next_time() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test
            .change("UPDATE clients SET safe_to_email = FALSE, safe_to_call = TRUE, phone = '+442079460000'")
            .await;
        desk.test
            .clock
            .set(monday(10) + chrono::TimeDelta::minutes(50));
        let mut browser = desk.signed_in("Mo", &DESK).await;
        let page = format!("/staff/appointments/{}", booked.reference);
        browser.post(&format!("{page}/mark/missed"), "").await;
        assert_eq!(state(&desk, &booked.reference).await, "missed");
        let calls = "SELECT count(*) FROM calls WHERE kind = 'confirmation'";
        let before = desk.test.number(calls).await;
        let again = Again {
            after: booked.id,
            service: ServiceId::from("sports-first"),
            start: monday(15),
            mode: Mode::InPerson,
            actor: Actor::System,
            seen: String::new(),
        };
        book_again(&desk.test.context, &again).await.unwrap();
        assert_eq!(
            desk.test.number(calls).await,
            before + 1,
            "{}",
            desk.test.url
        );
    }
}

#[tokio::test]
async fn today_says_who_supervises_and_what_a_meeting_lacks() {
    for desk in Desk::all().await {
        let (_, mut browser) = monday_morning(&desk, &DESK).await;
        let body = browser.get("/staff").await.body;
        for shown in [
            "Who supervises today",
            "sports supervisor 0",
            "9:00am to 5:00pm",
            "Now 0 of 10 meetings at once",
            "cover-bar",
            "Somebody is here without an appointment",
        ] {
            assert!(body.contains(shown), "{shown} in {body}");
        }
        assert!(!body.contains("Still to find") && !body.contains("style="));
        assert!(!body.contains("law supervisor"), "another clinic's staff");
        desk.test
            .change("DELETE FROM allocations WHERE part = 'room'")
            .await;
        let body = browser.get("/staff").await.body;
        assert!(
            body.contains("Still to find") && body.contains("a room"),
            "{body}"
        );
        // On a closed day nobody is there.
        desk.test
            .change(
                "UPDATE calendar_dates SET kind = 'closure', from_date = '2026-11-23', until_date = '2026-11-23'",
            )
            .await;
        assert!(
            !browser
                .get("/staff")
                .await
                .body
                .contains("sports supervisor 0, ")
        );
        assert!(
            !browser
                .get("/staff")
                .await
                .body
                .contains("Who supervises today")
        );
    }
}

#[tokio::test]
async fn every_open_case_stands_in_exactly_one_group_of_the_queue() {
    for desk in Desk::all().await {
        let mut browser = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        let supervisor = desk.staff("Vic", &[("supervisor", "sports")]).await;
        let mut references = Vec::new();
        for state in crate::domain::decision::State::ALL {
            for (at, (urgent, days)) in [(true, -1), (true, 1), (false, 1), (false, -20)]
                .into_iter()
                .enumerate()
            {
                let reference = format!("{}-{at}", state.as_str().to_uppercase());
                put_case(&desk, &reference, state.as_str(), urgent, days).await;
                references.push((state, reference));
            }
        }
        let body = browser.get("/staff/requests").await.body;
        for (state, reference) in &references {
            let link = format!("href=\"/staff/requests/{reference}\"");
            let times = body.matches(&link).count();
            assert_eq!(times, usize::from(state.is_open()), "{reference}: {body}");
        }
        for group in ["waiting", "silent", "with_client"] {
            assert!(body.contains(&format!("id=\"{group}\"")), "{group}");
        }
        // Given away from the queue; a form that is older than the case changes nothing.
        let assign = "/staff/requests/IN_REVIEW-0/assign";
        let form = format!("from=queue&was=&to={supervisor}");
        let given = browser.post(assign, &form).await;
        assert_eq!(
            (given.status, given.location()),
            (StatusCode::SEE_OTHER, "/staff/requests")
        );
        let stale = browser.post(assign, "from=queue&was=&to=").await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let held = "SELECT count(*) FROM requests WHERE assigned_to IS NOT NULL";
        assert_eq!(desk.test.number(held).await, 1);
        // A manager gives cases away and decides none.
        let mut manager = desk.signed_in("Mo", &DESK).await;
        let taken = manager
            .post(assign, &format!("from=queue&was={supervisor}&to="))
            .await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER);
    }
}

async fn put_case(desk: &Desk, reference: &str, state: &str, urgent: bool, days: i64) {
    let context = &desk.test.context;
    let now = context.now().timestamp();
    let client = ClientRow {
        id: context.id(),
        name: "Zelda Example".into(),
        email: None,
        phone: Some("+442079460000".into()),
        safe_to_email: false,
        safe_to_call: true,
        call_window: String::new(),
        leave_message: false,
        postcode_area: None,
        no_fixed_home: false,
        language: String::new(),
        interpreter: false,
        access: "{}".into(),
        organisation: None,
        created_at: now,
    };
    let intake = IntakeRow {
        id: context.id(),
        clinic_id: "sports".into(),
        pack_version: "1".into(),
        answers: "{}".into(),
        assessment: "{}".into(),
        stop_shown: false,
        topic: String::new(),
        created_at: now,
        sealed: None,
    };
    let id = context.id();
    let mut tx = context.store.write().await.unwrap();
    tx.put_client(&client).await.unwrap();
    tx.put_intake(&intake).await.unwrap();
    tx.put_request(&crate::store::NewRequest {
        id,
        clinic_id: "sports".into(),
        reference: reference.into(),
        client_id: client.id,
        intake_id: intake.id,
        priority: urgent.then_some("p1"),
        deadline: None,
        respond_by: now + days * 86_400,
        source: "web",
        created_at: now,
    })
    .await
    .unwrap();
    let state = crate::domain::decision::State::from_name(state).unwrap();
    tx.change_request(&crate::store::RequestChange {
        id,
        revision: 0,
        state: state.as_str(),
        respond_by: None,
        appointment_id: None,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn somebody_who_walks_in_is_booked_for_today_and_here_at_once() {
    let desk = Desk::sqlite().await;
    desk.test.clock.set(monday(20));
    let mut browser = desk.signed_in("Mo", &DESK).await;
    // In the evening nothing of today is left: that is said first, and they may still ask for a later time.
    let full = browser.post("/staff/walk-in", "clinic=sports").await;
    assert_eq!(full.status, StatusCode::CONFLICT);
    for said in [
        "has no free time left today",
        "The next free time is Tuesday 24 November 2026, ",
    ] {
        assert!(full.body.contains(said), "{said} in {}", full.body);
    }
    let later = browser
        .post("/staff/walk-in", "clinic=sports&later=yes")
        .await;
    assert_eq!(later.location(), "/clinics/sports/questions");
    desk.test.clock.set(monday(9));
    browser.sign_in("Mo", PASSWORD).await;
    let elsewhere = browser.post("/staff/walk-in", "clinic=law").await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let begun = browser.post("/staff/walk-in", "clinic=sports").await;
    assert_eq!(begun.location(), "/clinics/sports/questions");
    // The service wants an hour of notice; whoever is here already has a place at ten.
    let needs = Needs {
        at_once: true,
        ..Needs::default()
    };
    desk.test
        .clock
        .set(monday(9) + chrono::TimeDelta::minutes(40));
    let today = crate::domain::time::local_date(monday(9));
    let service = ServiceId::from("sports-first");
    let found = |needs: Needs| {
        let (context, service) = (desk.test.context.clone(), service.clone());
        async move {
            let (_, slots) =
                crate::booking::free_slots(&context, &service, &needs, (today, today), None)
                    .await
                    .unwrap();
            slots.first().unwrap().start
        }
    };
    assert_eq!(found(Needs::default()).await, monday(11));
    assert_eq!(found(needs).await, monday(10));
    let booked = desk.book("sports-first", "Zelda Example", monday(12)).await;
    crate::booking::walked_in(&desk.test.context, booked.id, Actor::System)
        .await
        .unwrap();
    let mut tx = desk.test.context.store.read().await.unwrap();
    let visit = tx.visit(booked.id).await.unwrap().unwrap();
    assert!(visit.walk_in && visit.arrived_at.is_some());
}
