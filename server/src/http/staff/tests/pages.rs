//! What the desk shows of an appointment, and when.

use serde_json::json;

use super::*;
use crate::booking::{hold, leave};
use crate::domain::time;
use crate::intake::{CallBack, ask_for_call};
use crate::store::CalendarRow;

const BOTH: [(&str, &str); 2] = [("supervisor", "law"), ("supervisor", "sports")];

fn intake(desk: &Desk, clinic: &str, answers: &serde_json::Value) -> IntakeRow {
    IntakeRow {
        id: desk.test.context.id(),
        clinic_id: clinic.into(),
        pack_version: "1".into(),
        answers: answers.to_string(),
        assessment: "{}".into(),
        stop_shown: true,
        topic: String::new(),
        created_at: 0,
        sealed: None,
    }
}

#[tokio::test]
async fn today_shows_a_new_appointment_with_who_where_and_when() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let mut browser = desk.signed_in("Ada", &BOTH).await;
        let sunday = browser.get("/staff").await;
        assert!(sunday.body.contains("Sunday 22 November 2026"));
        assert!(sunday.body.contains("Nobody is booked for today."));
        desk.test.clock.set(monday(8));
        browser.sign_in("Ada", PASSWORD).await;
        let page = browser.get("/staff").await;
        assert_eq!(page.status, StatusCode::OK);
        for shown in [
            "Monday 23 November 2026",
            "It is 8:00am, UK time.",
            "10:00am to 11:00am",
            "Zelda Example",
            "sports clinic",
            "sports-first service",
            "sports room",
            "sports adviser",
            "sports supervisor",
            "Interpreter, No steps, a chair with arms",
            "Booked",
            &format!("/staff/appointments/{}", booked.reference),
            "Ada Sample",
            "Supervisor, law clinic and one more role",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        assert_eq!(page.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn the_week_shows_it_as_a_grid_and_as_a_list() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let mut browser = desk.signed_in("Ada", &BOTH).await;
        let grid = browser
            .get("/staff/calendar?clinic=sports&week=2026-11-26")
            .await;
        for shown in [
            "23 to 29 November 2026",
            "week covered from-9 to-17",
            "week-slot at-h10 at-m00 for-60",
            "week-window at-h9 at-m00 for-480",
            "Zelda Example",
            "Mon 23 Nov",
            "9:00am to 5:00pm: 3 advisers.",
            "sports supervisor 0 supervises, 10 meetings at once.",
            "/staff/calendar?view=week&amp;day=2026-11-30&amp;of=sports",
            "/staff/calendar?view=week&amp;day=2026-11-23&amp;of=sports&amp;as=list",
            "/staff/calendar?view=week&amp;day=2026-11-23&amp;of=law",
        ] {
            assert!(grid.body.contains(shown), "{shown} in {}", grid.body);
        }
        assert!(
            !grid.body.contains("style="),
            "the policy forbids inline style"
        );
        let list = browser
            .get("/staff/calendar?clinic=sports&week=2026-11-23&view=list")
            .await;
        for shown in [
            "10:00am to 11:00am",
            "Zelda Example",
            &booked.reference,
            "Mon 23 Nov",
            "Nobody is booked.",
        ] {
            assert!(list.body.contains(shown), "{shown} in {}", list.body);
        }
        let next = browser
            .get("/staff/calendar?clinic=sports&week=2026-11-30")
            .await;
        assert!(
            !next.body.contains("Zelda") && next.body.contains("Nobody is booked in this week.")
        );
        for odd in [
            "week=soon",
            "week=999999-01-01",
            "clinic=sports&view=%07",
            "",
        ] {
            assert_eq!(
                browser.get(&format!("/staff/calendar?{odd}")).await.status,
                StatusCode::OK,
                "{odd}"
            );
        }
    }
}

#[tokio::test]
async fn the_week_says_why_a_day_is_closed_and_shows_a_hold_without_a_name() {
    let desk = Desk::sqlite().await;
    let mut tx = desk.test.context.store.write().await.unwrap();
    tx.put_calendar_dates(&CalendarRow {
        id: desk.test.context.id(),
        clinic_id: None,
        kind: "bank_holiday".into(),
        from_date: time::parse_date("2026-11-24").unwrap(),
        until_date: time::parse_date("2026-11-24").unwrap(),
        title: "Sample holiday".into(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let wanted = Wanted {
        service: ServiceId::from("sports-first"),
        start: monday(14),
        mode: Mode::Phone,
        needs: Needs::default(),
    };
    let kept = hold(&desk.test.context, &wanted, "web", None)
        .await
        .unwrap();
    let mut browser = desk.signed_in("Ada", &BOTH).await;
    let path = "/staff/calendar?clinic=sports&week=2026-11-23";
    let page = browser.get(path).await;
    assert!(page.body.contains("Closed: Sample holiday"));
    assert!(page.body.contains("at-h14 at-m00 for-60") && page.body.contains("Being booked"));
    leave(&desk.test.context, kept.id).await.unwrap();
    desk.test.clock.advance(chrono::TimeDelta::minutes(1));
    let later = browser.get(path).await;
    assert!(
        !later.body.contains("at-h14 at-m00"),
        "a hold whose time is over is gone"
    );
    let out = browser
        .get("/staff/calendar?clinic=sports&week=2028-02-01")
        .await;
    assert!(out.body.contains("Closed: out of term"));
}

#[tokio::test]
async fn an_appointment_has_its_details_answers_and_history() {
    for desk in Desk::all().await {
        let pack = desk.app.packs.get(&"sports".into()).unwrap();
        let question = pack
            .questions
            .iter()
            .find(|one| one.is_yes_or_no())
            .unwrap();
        let mut answers = serde_json::Map::new();
        answers.insert(question.id.to_string(), json!("yes"));
        answers.insert("Z9".into(), json!("an old answer"));
        answers.insert("Z10".into(), json!(["Opponent Example"]));
        let row = intake(&desk, "sports", &answers.into());
        let booked = desk
            .book_with("sports-first", "Zelda Example", monday(10), Some(row))
            .await;
        let mut browser = desk.signed_in("Ada", &BOTH).await;
        let page = browser
            .get(&format!(
                "/staff/appointments/{}",
                booked.reference.to_lowercase()
            ))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        let label = &question.choice("yes").unwrap().label;
        for shown in [
            &booked.reference,
            "Monday 23 November 2026",
            "10:00am to 11:00am, UK time",
            "Zelda Example",
            "tel:+442079460000",
            "020 7946 0000</a>",
            "after 6pm",
            "Welsh",
            "N7",
            "an old answer",
            "Please ask if they are safe",
            label,
            "Sunday 22 November 2026, 12:00 midday, UK time",
            "2026-11-22T12:00:00Z",
            "booked the appointment",
            "on the website",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        assert!(
            !page.body.contains("Opponent"),
            "names from a conflict check are not shown"
        );
        let title = page
            .body
            .split("<title>")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap();
        assert!(!title.contains("Zelda"), "{title}");
    }
}

#[tokio::test]
async fn a_call_to_make_is_on_the_list_until_somebody_has_made_it() {
    for desk in Desk::all().await {
        desk.book("sports-first", "Zelda Example", monday(10)).await;
        let call = CallBack {
            clinic: "law".into(),
            name: "Yorick Example".into(),
            phone: crate::domain::client::Phone::parse("020 7946 0001").unwrap(),
            call_window: "mornings".into(),
            leave_message: false,
            actor: crate::booking::Actor::Client,
            replay: None,
        };
        ask_for_call(&desk.test.context, &call).await.unwrap();
        desk.test.clock.advance(chrono::TimeDelta::minutes(40));
        let mut browser = desk.signed_in("Ada", &BOTH).await;
        let page = browser.get("/staff").await;
        for shown in [
            "Yorick Example",
            "Urgent",
            "When: mornings",
            "Do not leave a message.",
            "asked 40 minutes ago",
            "Tell them that it is booked",
            "tel:+442079460001",
            "020 7946 0001</a>",
        ] {
            assert!(page.body.contains(shown), "{shown} in {}", page.body);
        }
        let address = |ending: &str| {
            let mut addresses = page.body.split("action=\"");
            let found = addresses.find(|part| part.split('"').next().unwrap().ends_with(ending));
            found.unwrap().split('"').next().unwrap().to_owned()
        };
        // Nobody answers: pressed twice, it is one try, and the call stays.
        let tried = address("/tried");
        for _ in 0..2 {
            let answer = browser.post(&tried, "").await;
            assert_eq!(answer.location(), "/staff#calls");
        }
        let page_then = browser.get("/staff").await.body;
        assert!(page_then.contains("Somebody rang once, and nobody answered: "));
        desk.test.clock.advance(chrono::TimeDelta::minutes(30));
        browser.post(&tried, "").await;
        let page_then = browser.get("/staff").await.body;
        assert!(page_then.contains("Somebody rang 2 times, and nobody answered."));
        assert!(page_then.contains("Yorick Example"));
        let done = address("/done");
        let done = done.as_str();
        for _ in 0..2 {
            let answer = browser.post(done, "").await;
            assert_eq!(
                (answer.status, answer.location()),
                (StatusCode::SEE_OTHER, "/staff#calls")
            );
        }
        let page = browser.get("/staff").await;
        assert!(
            !page.body.contains("Yorick"),
            "urgent ones come first, so that one was ticked off"
        );
        assert!(page.body.contains("Zelda"));
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM audit WHERE action = 'call_made'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn sample_data_is_marked_on_every_staff_page() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &BOTH).await;
    let mark = app::text::t("staff-sample");
    assert!(!browser.get("/staff").await.body.contains(&mark));
    let mut tx = desk.test.context.store.write().await.unwrap();
    tx.put_setting("sample", "1").await.unwrap();
    tx.commit().await.unwrap();
    for path in ["/staff", "/staff/calendar", "/staff/requests"] {
        assert!(browser.get(path).await.body.contains(&mark), "{path}");
    }
}

#[tokio::test]
async fn whom_nothing_reaches_safely_is_a_task_without_a_number() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.test
            .change("UPDATE clients SET safe_to_email = FALSE, safe_to_call = FALSE")
            .await;
        desk.test.change("UPDATE calls SET state = 'done'").await;
        crate::booking::cancel(&desk.test.context, booked.id, Actor::System)
            .await
            .unwrap();
        let mut browser = desk.signed_in("Ada", &BOTH).await;
        let page = browser.get("/staff").await.body;
        for shown in [
            "Zelda Example",
            "Nobody could tell them: tell them when they ring us",
            "Do not ring, and do not write",
            "/done\"",
        ] {
            assert!(page.contains(shown), "{shown} in {page}");
        }
        assert!(
            !page.contains("tel:") && !page.contains("/tried\""),
            "{page}"
        );
    }
}
