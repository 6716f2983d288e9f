//! The calendar, a move, the list on paper, the search, and the news of others' changes.

use super::*;
use crate::domain::time;
use crate::store::AppointmentRow;

const WEEK: &str = "/staff/calendar?view=week&day=2026-11-23&of=sports";

async fn row(desk: &Desk, reference: &str) -> AppointmentRow {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx.appointment_by_reference(reference).await.unwrap();
    row.unwrap()
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// The id of somebody or something of that name, as the address has it.
async fn who(desk: &Desk, kind: &'static str) -> String {
    let sql = match kind {
        "sports adviser" => {
            "SELECT name FROM resources WHERE name LIKE 'sports adviser%' ORDER BY name"
        }
        _ => "SELECT name FROM resources WHERE name LIKE 'law room%' ORDER BY name",
    };
    let name = desk.test.texts(sql).await.remove(0);
    let mut tx = desk.test.context.store.read().await.unwrap();
    let date = time::parse_date("2026-11-23").unwrap();
    let rows = tx.plan(None, date, date).await.unwrap();
    let own = rows.iter().find(|row| row.name.as_deref() == Some(&name));
    format!("who-{}", own.unwrap().resource_id.unwrap())
}

#[tokio::test]
async fn a_day_a_week_and_a_month_of_a_clinic_a_person_a_room_and_all_clinics() {
    for desk in Desk::all().await {
        desk.book("sports-first", "Zelda Example", monday(10)).await;
        desk.book("law-first", "Yuri Example", monday(11)).await;
        let mut browser = desk
            .signed_in("Ada", &[("supervisor", "law"), ("manager", "sports")])
            .await;
        let (person, room) = (
            who(&desk, "sports adviser").await,
            who(&desk, "law room").await,
        );
        let both = ["Zelda Example", "Yuri Example"];
        let cells: [(&str, &[&str], &[&str]); 5] = [
            ("sports", &["Zelda"], &["Yuri"]),
            ("law", &["Yuri"], &["Zelda"]),
            ("all", &both, &["Xenia"]),
            (&person, &["sports adviser 0"], &["Yuri"]),
            (&room, &["law room 0"], &["Zelda"]),
        ];
        for (of, there, not) in cells {
            for view in [
                "view=day",
                "view=day&by=rooms",
                "view=week",
                "view=week&as=list",
            ] {
                let path = format!("/staff/calendar?{view}&day=2026-11-23&of={of}");
                let page = browser.get(&path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                for text in there {
                    assert!(page.body.contains(text), "{text} on {path}");
                }
                for text in not {
                    assert!(!page.body.contains(text), "{text} on {path}");
                }
                assert!(!page.body.contains("style="), "{path}");
            }
            let month = format!("/staff/calendar?view=month&day=2026-11-05&of={of}");
            let page = browser.get(&month).await;
            assert!(page.body.contains("November 2026"), "{month}");
            assert!(
                !page.body.contains("Example"),
                "a month counts and names nobody"
            );
        }
        let month = browser
            .get("/staff/calendar?view=month&day=2026-11-05&of=all")
            .await;
        assert!(month.body.contains("2 booked"), "{}", month.body);
        assert!(
            month
                .body
                .contains("/staff/calendar?view=day&amp;day=2026-11-23&amp;of=all")
        );
        assert!(
            month
                .body
                .contains("view=month&amp;day=2026-10-31&amp;of=all")
        );
        assert!(
            month
                .body
                .contains("view=month&amp;day=2026-12-01&amp;of=all")
        );
    }
}

#[tokio::test]
async fn what_another_clinic_takes_of_a_shared_person_is_busy_and_nothing_more() {
    let test = TestClinic::sqlite().await;
    let desk = Desk::on(test).await;
    desk.book("law-first", "Yuri Example", monday(11)).await;
    // The law clinic's people work in sports too.
    desk.test
        .change(
            "INSERT INTO window_staff (window_id, resource_id, part)
             SELECT w.id, r.id, 'adviser' FROM windows w, resources r
             WHERE w.clinic_id = 'sports' AND r.name LIKE 'law adviser%'",
        )
        .await;
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let page = browser
        .get("/staff/calendar?view=day&day=2026-11-23&of=sports")
        .await;
    let busy = "11:00am to 12:00 midday: busy elsewhere";
    assert!(page.body.contains(busy), "{}", page.body);
    let list = browser
        .get("/staff/calendar?view=day&day=2026-11-23&of=sports&as=list")
        .await;
    let named = regex::Regex::new("11:00am to 12:00 midday: law adviser \\d is busy elsewhere");
    assert!(named.unwrap().is_match(&list.body), "{}", list.body);
    assert!(!list.body.contains("Nobody is booked"), "{}", list.body);
    for hidden in ["Yuri", "law clinic", "law-first"] {
        assert!(!list.body.contains(hidden), "{hidden} in the list");
    }
    assert!(page.body.contains("week-busy at-h11 at-m00 for-60"));
    for hidden in ["Yuri", "law clinic", "law-first"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn each_role_sees_and_moves_what_its_cells_say_and_nothing_of_another_clinic() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
    let room = who(&desk, "law room").await;
    let own = format!("/staff/appointments/{}/move", booked.reference);
    let (ok, no, none) = (StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND);
    // Calendar, room, day list, move, search.
    let table: [(&str, &str, [StatusCode; 5]); 7] = [
        ("adviser", "law", [ok, ok, ok, no, ok]),
        // Somebody else's appointment is none of theirs.
        ("adviser", "law", [ok, ok, ok, none, ok]),
        ("supervisor", "law", [ok, ok, ok, ok, ok]),
        ("manager", "law", [ok, ok, ok, ok, ok]),
        ("conflict_checker", "law", [ok, ok, ok, none, no]),
        ("administrator", "", [no, no, no, none, no]),
        ("supervisor", "sports", [no, no, no, none, ok]),
    ];
    for (number, (role, clinic, cells)) in table.into_iter().enumerate() {
        let name = format!("Person{number}");
        let mut browser = desk.signed_in(&name, &[(role, clinic)]).await;
        if number == 0 {
            desk.takes_part(&name).await;
        }
        let pages = [
            "/staff/calendar?view=day&day=2026-11-23&of=law".to_owned(),
            format!("/staff/calendar?view=week&day=2026-11-23&of={room}"),
            "/staff/calendar/day-list?day=2026-11-23&of=law".to_owned(),
            own.clone(),
            "/staff/find".to_owned(),
        ];
        for (page, expected) in pages.iter().zip(cells) {
            let answer = browser.get(page).await;
            assert_eq!(answer.status, expected, "{role} {clinic} {page}");
        }
        let sees = cells[3] != none;
        let found = browser.post("/staff/find", "for=Zelda+Example").await;
        assert_eq!(
            found.body.contains(&booked.reference),
            sees,
            "{role} {clinic}"
        );
        let list = browser.get(&pages[2]).await.body;
        assert_eq!(list.contains("020 7946 0000"), sees, "{role} {clinic}");
        // A checker sees whom they check, without a number; a colleague sees nothing.
        let listed = sees || role == "conflict_checker";
        assert_eq!(list.contains("Zelda"), listed, "{role} {clinic}");
    }
}

#[tokio::test]
async fn staff_move_by_one_post_the_client_is_told_once_and_the_reference_stays() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let path = format!("/staff/appointments/{}", booked.reference);
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        assert!(
            browser
                .get(&path)
                .await
                .body
                .contains("Move to another time")
        );
        let page = browser.get(&format!("{path}/move")).await;
        assert!(page.body.contains("value=\"2026-11-23T11:00:00Z\""));
        assert!(
            !page.body.contains("Any other time"),
            "a manager breaks no rule"
        );

        let grid = browser
            .get(&format!("{WEEK}&moving={}", booked.reference))
            .await;
        assert!(grid.body.contains("You are moving"));
        assert!(grid.body.contains("Move to 11:00am"));
        let back = "/staff/calendar?view=week&day=2026-11-23&of=sports";
        let wanted = form(&[
            ("start", "2026-11-23T11:00:00Z"),
            ("was", "2026-11-23T10:00:00Z"),
            ("back", back),
        ]);
        let first = browser.post(&format!("{path}/move"), &wanted).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        assert_eq!(
            first.location(),
            format!("{back}&moved={}", booked.reference)
        );
        // A second press changes nothing and answers the same.
        let again = browser.post(&format!("{path}/move"), &wanted).await;
        assert_eq!(again.location(), first.location());
        let moved = row(&desk, &booked.reference).await;
        assert_eq!(
            (moved.starts_at, moved.sequence),
            (monday(11).timestamp(), 1)
        );
        let told = desk
            .test
            .number("SELECT count(*) FROM calls WHERE kind = 'change' AND state = 'open'")
            .await;
        assert_eq!(told, 1, "the client is told once");
        let calendar = browser.get(first.location()).await;
        assert!(calendar.body.contains("is now on Mon 23 Nov, 11:00am"));
        let lines = desk
            .test
            .number("SELECT count(*) FROM audit WHERE action = 'moved' AND actor_kind = 'staff'")
            .await;
        assert_eq!(lines, 1);
        // Only our own calendar is gone back to.
        for elsewhere in [
            "https://elsewhere.invalid",
            "/staff/calendar?//x",
            "/staff/sign-out",
        ] {
            let wanted = form(&[("start", "2026-11-23T11:00:00Z"), ("back", elsewhere)]);
            let answer = browser.post(&format!("{path}/move"), &wanted).await;
            assert_eq!(answer.location(), path, "{elsewhere}");
        }
    }
}

#[tokio::test]
async fn somebody_elses_move_is_never_lost_silently_and_a_taken_time_is_told_kindly() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
    for name in ["Anna", "Bert", "Carla"] {
        desk.book("sports-first", &format!("{name} Example"), monday(14))
            .await;
    }
    let path = format!("/staff/appointments/{}/move", booked.reference);
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let to = |start: &str| form(&[("start", start), ("was", "2026-11-23T10:00:00Z")]);
    let taken = browser.post(&path, &to("2026-11-23T14:00:00Z")).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.body.contains("That time is taken by now."));
    assert_eq!(
        row(&desk, &booked.reference).await.starts_at,
        monday(10).timestamp()
    );
    let first = browser.post(&path, &to("2026-11-23T11:00:00Z")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let stale = browser.post(&path, &to("2026-11-23T12:00:00Z")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    for shown in [
        "Somebody else moved it",
        "11:00am",
        "You picked Monday 23 November 2026, 12:00 midday",
    ] {
        assert!(stale.body.contains(shown), "{shown}");
    }
    assert_eq!(
        row(&desk, &booked.reference).await.starts_at,
        monday(11).timestamp()
    );
    let nonsense = browser.post(&path, "start=soon").await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nonsense.body.contains("Pick one of the free times."));
}

#[tokio::test]
async fn a_supervisor_breaks_a_rule_with_a_reason_and_nobody_is_booked_twice() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let path = format!("/staff/appointments/{}", booked.reference);
        let saturday = |time: &str, reason: &str| {
            form(&[
                ("overrule", "yes"),
                ("was", "2026-11-23T10:00:00Z"),
                ("date", "2026-11-28"),
                ("time", time),
                ("reason", reason),
            ])
        };
        let post = format!("{path}/move");
        let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let refused = manager.post(&post, &saturday("18:00", "they asked")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let mut browser = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        assert!(browser.get(&post).await.body.contains("Any other time"));
        let wrong = browser.post(&post, &saturday("25:00", "no")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for shown in [
            "Type a time that there is on that day.",
            "Say in a few words why.",
            "value=\"25:00\"",
            "value=\"2026-11-28\"",
        ] {
            assert!(wrong.body.contains(shown), "{shown}");
        }
        let reason = "She works all week";
        let done = browser.post(&post, &saturday("18:00", reason)).await;
        assert_eq!(done.location(), path);
        let moved = row(&desk, &booked.reference).await;
        assert_eq!(moved.starts_at, at(11, 28, 18, 0).timestamp());
        let page = browser.get(&path).await.body;
        assert!(
            page.contains(
                "moved it against a rule of booking, outside the hours: She works all week"
            )
        );
        let audit = desk
            .test
            .texts("SELECT detail FROM audit WHERE action = 'overruled'")
            .await;
        assert_eq!(
            audit,
            ["outside_hours"],
            "the audit log has no words of people"
        );
        let week = browser.get(WEEK).await.body;
        assert!(week.contains("Sat 28 Nov") && week.contains(&booked.reference));
        let mark = "Outside the clinic";
        assert!(!week.contains(mark), "what was decided is no trouble");

        // Nobody is there for a fourth client at once, whatever the reason.
        for name in ["Anna", "Bert", "Carla"] {
            desk.book("sports-first", &format!("{name} Example"), monday(14))
                .await;
        }
        let full = form(&[
            ("overrule", "yes"),
            ("was", "2026-11-28T18:00:00Z"),
            ("date", "2026-11-23"),
            ("time", "14:00"),
            ("reason", reason),
        ]);
        let full = browser.post(&post, &full).await;
        assert_eq!(full.status, StatusCode::CONFLICT);
        // A time that breaks no rule needs none broken: nothing is kept.
        let plain = form(&[
            ("overrule", "yes"),
            ("was", "2026-11-28T18:00:00Z"),
            ("date", "2026-11-23"),
            ("time", "11:00"),
            ("reason", reason),
        ]);
        assert_eq!(browser.post(&post, &plain).await.location(), path);
        assert_eq!(desk.test.number("SELECT count(*) FROM overrides").await, 1);
    }
}

#[tokio::test]
async fn what_a_change_of_the_plan_broke_is_marked_in_words() {
    let desk = Desk::sqlite().await;
    desk.book("sports-first", "Zelda Example", monday(10)).await;
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let calm = browser.get(WEEK).await.body;
    assert!(!calm.contains("Something is wrong"), "{calm}");
    let changes: [(&'static str, &str); 4] = [
        (
            "DELETE FROM window_staff WHERE resource_id IN (
                SELECT resource_id FROM allocations WHERE part = 'adviser')",
            "is not there then",
        ),
        (
            "UPDATE windows SET start_minute = 660 WHERE clinic_id = 'sports'",
            "Outside the clinic&#39;s hours",
        ),
        (
            "DELETE FROM calendar_dates WHERE clinic_id = 'sports'",
            "The clinic is closed then",
        ),
        (
            "DELETE FROM allocations WHERE part = 'supervisor'",
            "No supervisor",
        ),
    ];
    for (sql, words) in changes {
        desk.test.change(sql).await;
        for view in ["", "&as=list", "&as=grid"] {
            let page = browser.get(&format!("{WEEK}{view}")).await.body;
            let plain = page.replace("&#39;", "'").replace("&#x27;", "'");
            assert!(
                plain.contains(&words.replace("&#39;", "'")),
                "{words}: {page}"
            );
            assert!(page.contains("Something is wrong with 1 appointment."));
        }
    }
    let month = browser
        .get("/staff/calendar?view=month&day=2026-11-23&of=sports")
        .await;
    assert!(
        month
            .body
            .contains("Something is wrong with 1 appointment.")
    );
    // What is over is history.
    desk.test.clock.set(monday(12));
    browser.sign_in("Mo", PASSWORD).await;
    assert!(!browser.get(WEEK).await.body.contains("Something is wrong"));
}

#[tokio::test]
async fn a_search_finds_by_reference_name_and_number_and_leaves_no_trace_of_the_words() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zoë Exämple", monday(10)).await;
        desk.book("law-first", "Zoë Hidden", monday(11)).await;
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let own = format!("/staff/appointments/{}", booked.reference);
        for typed in [
            booked.reference.to_lowercase(),
            booked.reference.replace('-', ""),
        ] {
            let answer = browser.post("/staff/find", &form(&[("for", &typed)])).await;
            assert_eq!(answer.location(), own, "{typed}");
        }
        for typed in [
            "zoë",
            "ZOË EX",
            "exämple",
            "020 7946 0000",
            "+44 20 79460000",
            "460000",
        ] {
            let answer = browser.post("/staff/find", &form(&[("for", typed)])).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.body.contains(&own), "{typed}: {}", answer.body);
            assert!(!answer.body.contains("Hidden"), "{typed}");
        }
        // Who waits for a time is found as well; where names are checked first, by reference alone.
        let waits = crate::store::ClientRow {
            name: "Wilma Example".to_owned(),
            ..crate::outbox::tests::client(&desk.test.context)
        };
        let to = ("sports", "sports-first");
        let joined = crate::outbox::tests::wait_for(&desk.test, to, waits, Needs::default()).await;
        for typed in ["wilma", "020 7946 0000", joined.reference.as_str()] {
            let answer = browser.post("/staff/find", &form(&[("for", typed)])).await;
            let place = format!("/staff/waiting/{}", joined.reference);
            let led = answer.status == StatusCode::SEE_OTHER && answer.location() == place;
            assert!(
                led || answer.body.contains(&place),
                "{typed}: {}",
                answer.body
            );
        }
        for typed in ["%", "_o_", "Hidden", "9999"] {
            let answer = browser.post("/staff/find", &form(&[("for", typed)])).await;
            assert!(answer.body.contains("Nothing was found"), "{typed}");
        }
        let by_address = browser.get("/staff/find?for=Zelda").await;
        assert!(!by_address.body.contains("Zelda"), "no name in an address");
        let lines = desk
            .test
            .texts("SELECT DISTINCT detail FROM audit WHERE action = 'searched'")
            .await;
        assert_eq!(lines, [""]);
        let count = desk
            .test
            .number("SELECT count(*) FROM audit WHERE action = 'searched'")
            .await;
        assert_eq!(count, 15);
    }
}

#[tokio::test]
async fn a_name_that_waits_for_its_conflict_check_is_found_by_reference_alone() {
    let desk = Desk::sqlite().await;
    desk.test.checks_conflicts("law").await;
    let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
    let mut student = desk.signed_in("Stu", &[("adviser", "law")]).await;
    desk.takes_part("Stu").await;
    for typed in ["for=Zelda", "for=020+7946+0000"] {
        let page = student.post("/staff/find", typed).await;
        assert!(!page.body.contains(&booked.reference), "{typed}");
    }
    let by_reference = student
        .post("/staff/find", &form(&[("for", &booked.reference)]))
        .await;
    assert_eq!(by_reference.status, StatusCode::SEE_OTHER);
    for page in [
        "/staff/calendar?view=day&day=2026-11-23&of=law",
        "/staff/calendar/day-list?day=2026-11-23&of=law",
    ] {
        let page = student.get(page).await.body;
        assert!(page.contains(&booked.reference) && !page.contains("Zelda"));
        assert!(!page.contains("7946 0000"));
    }
    let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
    let page = supervisor.post("/staff/find", "for=Zelda").await;
    assert!(page.body.contains(&booked.reference));
}

#[tokio::test]
async fn the_list_on_paper_has_what_a_front_desk_needs_and_says_when_it_was_printed() {
    let desk = Desk::sqlite().await;
    desk.book("sports-first", "Zelda Example", monday(10)).await;
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    let path = "/staff/calendar/day-list?day=2026-11-23&of=sports";
    let page = browser.get(path).await.body;
    for shown in [
        "sports clinic, Monday 23 November 2026",
        "Printed Sunday 22 November 2026",
        "10:00am to 11:00am",
        "Zelda Example",
        "020 7946 0000",
        "sports adviser",
        "sports supervisor",
        "sports room",
        "Interpreter, No steps",
        "class=\"tick\"",
        "data-print",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    desk.test
        .change("UPDATE clients SET safe_to_call = 0")
        .await;
    let page = browser.get(path).await.body;
    assert!(page.contains("Do not ring") && !page.contains("7946 0000"));
}

#[tokio::test]
async fn a_change_by_anybody_gives_another_mark_and_a_longer_hold_does_not() {
    for desk in Desk::all().await {
        let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let first = browser.get("/staff/live?since=").await;
        assert_eq!(first.status, StatusCode::OK);
        let at = format!("/staff/live?since={}", first.body);
        assert_eq!(browser.get(&at).await.status, StatusCode::NO_CONTENT);
        let wanted = Wanted {
            service: ServiceId::from("sports-first"),
            start: monday(14),
            mode: Mode::Phone,
            needs: Needs::default(),
        };
        let context = &desk.test.context;
        let kept = crate::booking::hold(context, &wanted, "web", None)
            .await
            .unwrap();
        let pause = || tokio::time::sleep(std::time::Duration::from_millis(300));
        pause().await;
        let held = browser.get(&at).await;
        assert_eq!(held.status, StatusCode::OK);
        assert_ne!(held.body, first.body);
        crate::booking::renew(context, kept.id).await.unwrap();
        pause().await;
        let at = format!("/staff/live?since={}", held.body);
        assert_eq!(browser.get(&at).await.status, StatusCode::NO_CONTENT);
        // Another process on the same database hears of it too.
        let other = crate::context::Context {
            store: crate::store::open(&desk.test.url).await.unwrap(),
            ..desk.test.context.clone()
        };
        let booked = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let mut tx = other.store.read().await.unwrap();
        let there = tx.change_mark().await.unwrap();
        assert_ne!(there, held.body);
        drop(tx);
        let cancelled = crate::booking::cancel(&other, booked.id, Actor::System).await;
        cancelled.unwrap();
        pause().await;
        let after = browser.get(&at).await;
        assert!(after.status == StatusCode::OK && after.body != there);
    }
    let outside = Desk::sqlite().await;
    let answer = outside.browser().get("/staff/live?since=").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "not for everybody");
}

#[tokio::test]
async fn a_pruned_mark_never_comes_again() {
    for desk in Desk::all().await {
        let store = &desk.test.context.store;
        let mut seen = std::collections::BTreeSet::new();
        for hour in [9, 11, 13] {
            desk.book("sports-first", &format!("Client {hour}"), monday(hour))
                .await;
            desk.test.change("UPDATE changes SET at = 0").await;
            let mut tx = store.write().await.unwrap();
            assert!(seen.insert(tx.change_mark().await.unwrap()));
            tx.prune(desk.test.context.now().timestamp()).await.unwrap();
            assert!(seen.insert(tx.change_mark().await.unwrap()));
            tx.commit().await.unwrap();
        }
        assert_eq!(desk.test.number("SELECT count(*) FROM changes").await, 1);
    }
}

#[tokio::test]
async fn an_adviser_sees_their_own_meetings_and_colleagues_as_busy_and_nothing_more() {
    for desk in Desk::all().await {
        let own = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let mut browser = desk.signed_in("Stu", &[("adviser", "sports")]).await;
        desk.takes_part("Stu").await;
        let other = desk.book("sports-first", "Yuri Example", monday(10)).await;
        for page in [
            "/staff/calendar?view=day&day=2026-11-23&of=sports",
            "/staff/calendar?view=day&day=2026-11-23&of=sports&by=rooms",
            "/staff/calendar?view=day&day=2026-11-23&of=all",
            WEEK,
            "/staff/calendar?view=week&as=list&day=2026-11-23&of=sports",
            "/staff/calendar/day-list?day=2026-11-23&of=sports",
        ] {
            let body = browser.get(page).await.body;
            assert!(body.contains(&own.reference), "{page}");
            for hidden in ["Yuri", other.reference.as_str()] {
                assert!(!body.contains(hidden), "{hidden} on {page}");
            }
        }
        let day = browser
            .get("/staff/calendar?view=day&day=2026-11-23&of=sports")
            .await;
        assert!(day.body.contains("busy elsewhere"), "{}", day.body);
        let month = browser
            .get("/staff/calendar?view=month&day=2026-11-23&of=sports")
            .await;
        assert!(month.body.contains("1 booked") && !month.body.contains("2 booked"));
        for typed in ["Yuri", other.reference.as_str()] {
            let found = browser.post("/staff/find", &form(&[("for", typed)])).await;
            assert!(found.body.contains("Nothing was found"), "{typed}");
        }
        let found = browser.post("/staff/find", "for=Example").await.body;
        assert!(found.contains(&own.reference) && !found.contains(&other.reference));
        // Nor does a link to somebody else's meeting begin a move of it.
        let moving = format!("{WEEK}&moving={}", other.reference);
        assert!(!browser.get(&moving).await.body.contains("You are moving"));
    }
}

#[tokio::test]
async fn who_looked_at_which_days_and_found_which_record_is_in_the_audit_log() {
    for desk in Desk::all().await {
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let mut browser = desk
            .signed_in("Sue", &[("supervisor", "law"), ("supervisor", "sports")])
            .await;
        let day = "/staff/calendar?view=day&day=2026-11-23&of=all";
        // An open calendar reads itself anew after each change; a month names nobody, and an empty day has nobody.
        for page in [
            day,
            day,
            "/staff/calendar?view=day&day=2026-11-24&of=all",
            "/staff/calendar?view=month&day=2026-11-23&of=all",
            "/staff/calendar?day=2026-11-23&of=law",
            "/staff/calendar/day-list?day=2026-11-23&of=law",
        ] {
            assert_eq!(browser.get(page).await.status, StatusCode::OK, "{page}");
        }
        browser.post("/staff/find", "for=Zelda").await;
        let looked = "SELECT action || ' ' || coalesce(clinic_id, '-') || ' ' || detail FROM audit
             WHERE action IN ('looked', 'printed', 'searched', 'found') ORDER BY 1";
        let once = [
            "found law ",
            "looked law 2026-11-23/2026-11-23",
            "looked law 2026-11-23/2026-11-29",
            "printed law 2026-11-23/2026-11-23",
            "searched - ",
        ];
        assert_eq!(desk.test.texts(looked).await, once);
        // Some time later it is another look.
        let later = desk.test.context.now() + chrono::TimeDelta::minutes(16);
        desk.test.clock.set(later);
        browser.get(day).await;
        assert_eq!(desk.test.texts(looked).await.len(), once.len() + 1);
        let found = "SELECT a.reference FROM audit u JOIN appointments a ON a.id = u.subject_id
             WHERE u.action = 'found'";
        assert_eq!(
            desk.test.texts(found).await,
            std::slice::from_ref(&booked.reference)
        );
        let page = browser
            .get(&format!("/staff/appointments/{}", booked.reference))
            .await;
        assert!(!page.body.contains("saw it in a search"));
        let log = browser.get("/staff/audit?clinic=law").await.body;
        assert!(log.contains("looked at these days") && log.contains("2026-11-23/2026-11-29"));
        assert!(!log.contains("Zelda"), "the log holds no name of a client");
    }
}

#[tokio::test]
async fn who_is_away_and_when_a_clinic_meets_nobody_is_in_the_grid_the_list_and_on_paper() {
    use crate::store::AbsenceRow;
    for desk in Desk::all().await {
        desk.book("sports-first", "Zelda Example", monday(10)).await;
        let person = who(&desk, "sports adviser").await;
        let absence = |resource: Option<&str>, from, until, kind: &str, title: &str| AbsenceRow {
            id: desk.test.context.id(),
            clinic_id: "sports".into(),
            resource_id: resource.map(|id| id.parse().unwrap()),
            from_at: monday(from).timestamp(),
            until_at: monday(until).timestamp(),
            kind: kind.into(),
            title: title.into(),
            revision: 1,
        };
        let mut tx = desk.test.context.store.write().await.unwrap();
        let before = tx.change_mark().await.unwrap();
        let id = person.strip_prefix("who-");
        tx.put_absence(&absence(id, 10, 12, "study", ""), 0)
            .await
            .unwrap();
        let fair = absence(None, 14, 15, "event", "Sample fair");
        tx.put_absence(&fair, 0).await.unwrap();
        assert_ne!(
            tx.change_mark().await.unwrap(),
            before,
            "open desks learn of it"
        );
        tx.commit().await.unwrap();
        let mut browser = desk.signed_in("Ada", &[("supervisor", "sports")]).await;
        let lines = [
            "sports adviser 0 is away: 10:00am to 12:00 midday.",
            "Sample fair: 2:00pm to 3:00pm. The clinic meets nobody.",
        ];
        for path in [
            "/staff/calendar?view=day&day=2026-11-23&of=sports&as=list",
            "/staff/calendar?view=week&day=2026-11-23&of=sports",
            "/staff/calendar/day-list?day=2026-11-23&of=sports",
            &format!("/staff/calendar?view=week&day=2026-11-23&of={person}&as=list"),
        ] {
            let page = browser.get(path).await.body;
            for line in lines {
                assert!(page.contains(line), "{line} on {path}: {page}");
            }
            assert!(
                !page.contains("study") && !page.contains("Study"),
                "{path} says why"
            );
        }
        let day = browser
            .get("/staff/calendar?view=day&day=2026-11-23&of=sports&as=grid")
            .await;
        assert!(day.body.contains("week-away at-h10 at-m00 for-120"));
        assert!(day.body.contains("week-away at-h14 at-m00 for-60"));
        let month = browser
            .get("/staff/calendar?view=month&day=2026-11-23&of=sports")
            .await;
        assert!(month.body.contains("Blocked 2:00pm to 3:00pm"));
        assert!(month.body.contains("sports supervisor 0 supervises."));
        // Whoever the meeting has is not there any more, or the other adviser has it.
        let has = desk
            .test
            .number("SELECT count(*) FROM allocations a JOIN resources r ON r.id = a.resource_id WHERE r.name = 'sports adviser 0'")
            .await;
        let trouble = day.body.contains("sports adviser 0 is away then");
        assert_eq!(trouble, has > 0);
    }
}

#[tokio::test]
async fn what_is_a_colleagues_pushes_nothing_of_ones_own_out_of_what_is_found() {
    let desk = Desk::sqlite().await;
    for day in [23, 30] {
        for hour in 10..17 {
            for name in ["Zelda Example", "Zelda Sample"] {
                desk.book("sports-first", name, at(11, day, hour, 0)).await;
            }
        }
    }
    let mut browser = desk.signed_in("Ada", &[("adviser", "sports")]).await;
    desk.takes_part("Ada").await;
    let own = desk
        .test
        .texts(
            "SELECT p.reference FROM appointments p JOIN allocations l ON l.meeting_id = p.meeting_id
             JOIN staff s ON s.resource_id = l.resource_id WHERE s.name = 'Ada Sample'",
        )
        .await;
    // The earliest of them comes after more than a page shows of everybody's.
    let later = "SELECT count(*) FROM appointment_details WHERE starts_at >
        (SELECT min(d.starts_at) FROM appointment_details d JOIN allocations l ON l.meeting_id = d.meeting_id
         JOIN staff s ON s.resource_id = l.resource_id WHERE s.name = 'Ada Sample')";
    assert!(desk.test.number(later).await > 20);
    let found = browser.post("/staff/find", "for=Zelda").await.body;
    for reference in &own {
        assert!(found.contains(reference.as_str()), "{reference}");
    }
}

#[tokio::test]
async fn a_time_that_is_offered_says_so_and_leads_whoever_may_see_it_to_the_place() {
    for desk in Desk::all().await {
        let place = super::table::waits(&desk).await;
        crate::booking::waiting::offer_times(&desk.test.context)
            .await
            .unwrap();
        let start = desk.test.number("SELECT starts_at FROM offers").await;
        let start = chrono::DateTime::from_timestamp(start, 0).unwrap();
        let day = time::iso_date(time::local_date(start));
        let link = format!("href=\"/staff/waiting/{place}\"");
        for (name, role, sees) in [
            ("Sue", "supervisor", true),
            ("Con", "conflict_checker", false),
        ] {
            let mut browser = desk.signed_in(name, &[(role, "law")]).await;
            for shown in ["list", "grid"] {
                let path = format!("/staff/calendar?view=week&day={day}&of=law&as={shown}");
                let page = browser.get(&path).await.body;
                assert!(page.contains("Offered, until "), "{role} {path}: {page}");
                assert!(!page.contains("Being booked"), "{role} {path}");
                assert_eq!(page.contains(&link), sees, "{role} {path}");
            }
            let path = format!("/staff/calendar?view=month&day={day}&of=law");
            let month = browser.get(&path).await.body;
            assert!(month.contains("0 booked, ") && month.contains(", 1 offered"));
            let path = format!("/staff/calendar/day-list?day={day}&of=law");
            let list = browser.get(&path).await.body;
            assert!(list.contains("Offered to a person on the waiting list"));
        }
    }
}

#[tokio::test]
async fn the_list_on_paper_says_how_to_ring_which_clinic_and_has_room_for_walk_ins() {
    let desk = Desk::sqlite().await;
    desk.book("law-first", "Zelda Example", monday(10)).await;
    let roles = [("supervisor", "law"), ("supervisor", "sports")];
    let mut browser = desk.signed_in("Sue", &roles).await;
    let path = |of: &str| format!("/staff/calendar/day-list?day=2026-11-23&of={of}");
    let one = browser.get(&path("law")).await.body;
    assert!(one.contains("Ask for Zelda Example. Do not say who you are until they answer."));
    assert!(one.contains("leave a message."));
    assert_eq!(one.matches(">Walk-in<").count(), 3);
    let row = regex::Regex::new(r"<tr>.*?</tr>").unwrap();
    let named = |body: &str| {
        let mut rows = row.find_iter(body).map(|found| found.as_str());
        let own = rows.find(|row| row.contains("Zelda Example")).unwrap();
        own.contains("law clinic")
    };
    assert!(!named(&one), "the page's title says which clinic");
    assert!(named(&browser.get(&path("all")).await.body));
    let empty = browser.get(&path("sports")).await.body;
    assert_eq!(empty.matches(">Walk-in<").count(), 3);
    // Every day of a week has its own.
    let week = browser
        .get("/staff/calendar?view=week&day=2026-11-23&of=law")
        .await;
    for day in 23..=27 {
        let link = format!("/staff/calendar/day-list?day=2026-11-{day}&amp;of=law");
        assert!(week.body.contains(&link), "{link}");
    }
}
