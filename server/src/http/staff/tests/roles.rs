//! Who sees and does what: denied unless allowed.

use super::*;

async fn state(desk: &Desk, reference: &str) -> String {
    let mut tx = desk.test.context.store.read().await.unwrap();
    tx.appointment_by_reference(reference)
        .await
        .unwrap()
        .unwrap()
        .state
}

#[tokio::test]
async fn other_clinics_never_see_law() {
    for desk in Desk::all().await {
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let path = format!("/staff/appointments/{}", booked.reference);
        desk.test.clock.set(monday(8));
        let outsiders: [(&str, &[(&str, &str)]); 3] = [
            (
                "Manager",
                &[("manager", "sports"), ("supervisor", "sports")],
            ),
            ("Adviser", &[("adviser", "sports")]),
            ("Admin", &[("administrator", "")]),
        ];
        for (name, roles) in outsiders {
            let mut browser = desk.signed_in(name, roles).await;
            let unknown = browser.get("/staff/appointments/2222-222").await;
            let hidden = browser.get(&path).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{name}");
            assert_eq!(
                hidden.body, unknown.body,
                "{name}: hidden and unknown are the same"
            );
            for end in ["confirm", "cancel"] {
                let answer = browser.post(&format!("{path}/{end}"), "").await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {end}");
            }
            let calendar = browser
                .get("/staff/calendar?clinic=law&week=2026-11-23")
                .await;
            assert_eq!(calendar.status, StatusCode::FORBIDDEN, "{name}");
            let made_up = browser.get("/staff/calendar?clinic=made-up").await;
            assert_eq!(made_up.body, calendar.body, "{name}");
            for page in [
                "/staff",
                "/staff/calendar",
                "/staff/requests",
                "/staff/calendar?view=list",
            ] {
                let body = browser.get(page).await.body;
                // Whoever runs the installation sees that there is a clinic, and nothing of it.
                let runs = name == "Admin" && page == "/staff";
                assert!(
                    !body.contains("Zelda")
                        && (runs || !body.to_lowercase().contains("law clinic")),
                    "{name} {page}: {body}"
                );
            }
        }
        assert_eq!(state(&desk, &booked.reference).await, "requested");
    }
}

const CALENDAR: &str = "/staff/calendar?clinic=law&week=2026-11-23&view=list";

#[tokio::test]
async fn access_ends_on_its_date_at_each_request() {
    for desk in Desk::all().await {
        let ada = desk.staff("Ada", &[]).await;
        let until = chrono::NaiveDate::from_ymd_opt(2026, 11, 23);
        let mut tx = desk.test.context.store.write().await.unwrap();
        tx.grant_role(ada, "adviser", "law", until).await.unwrap();
        tx.commit().await.unwrap();
        // Monday, a minute to midnight in London.
        desk.test.clock.set(at(11, 23, 23, 59));
        let mut browser = desk.browser();
        browser.sign_in("Ada", PASSWORD).await;
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        desk.test.clock.set(at(11, 24, 0, 0));
        assert_eq!(browser.get("/staff").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_adviser_has_the_cases_that_are_theirs_or_nobodys() {
    for desk in Desk::all().await {
        let reference = requests::law_case(&desk, "Yuri Example").await;
        let path = format!("/staff/requests/{reference}");
        let mut ada = desk.signed_in("Ada", &[("adviser", "law")]).await;
        let mut bea = desk.signed_in("Bea", &[("adviser", "law")]).await;
        for browser in [&mut ada, &mut bea] {
            assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        }
        desk.test
            .change("UPDATE requests SET assigned_to = (SELECT id FROM staff WHERE name = 'Ada Sample')")
            .await;
        assert_eq!(ada.get(&path).await.status, StatusCode::OK);
        assert_eq!(bea.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(!bea.get("/staff/requests").await.body.contains(&reference));
        assert!(ada.get("/staff/requests").await.body.contains(&reference));
    }
}

#[tokio::test]
async fn an_adviser_sees_the_day_and_decides_nothing() {
    let desk = Desk::sqlite().await;
    let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
    let path = format!("/staff/appointments/{}", booked.reference);
    let mut browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
    // Not before it is their own meeting.
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!browser.get(CALENDAR).await.body.contains("Zelda"));
    desk.takes_part("Ada").await;
    assert!(browser.get(CALENDAR).await.body.contains("Zelda"));
    let page = browser.get(&path).await;
    assert!(page.body.contains("Zelda Example"));
    assert!(!page.body.contains("/cancel") && !page.body.contains("/confirm"));
    for path in [
        format!("{path}/confirm"),
        format!("{path}/cancel"),
        format!("/staff/calls/{}/done", booked.id),
    ] {
        assert_eq!(
            browser.post(&path, "").await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_eq!(state(&desk, &booked.reference).await, "requested");
}

#[tokio::test]
async fn a_supervisor_clears_and_a_manager_calls_off() {
    for desk in Desk::all().await {
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let path = format!("/staff/appointments/{}", booked.reference);
        let mut manager = desk.signed_in("Mo", &[("manager", "law")]).await;
        assert!(!manager.get(&path).await.body.contains("/confirm"));
        assert_eq!(
            manager.post(&format!("{path}/confirm"), "").await.status,
            StatusCode::FORBIDDEN
        );

        let mut supervisor = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        assert!(supervisor.get(&path).await.body.contains("/confirm"));
        let answer = supervisor.post(&format!("{path}/confirm"), "").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, path.as_str())
        );
        assert_eq!(state(&desk, &booked.reference).await, "confirmed");
        // Cleared already: said so, and nothing is done twice.
        let again = supervisor.post(&format!("{path}/confirm"), "").await;
        assert_eq!(again.status, StatusCode::CONFLICT);

        for _ in 0..2 {
            let answer = manager.post(&format!("{path}/cancel"), "").await;
            assert_eq!(
                (answer.status, answer.location()),
                (StatusCode::SEE_OTHER, path.as_str())
            );
        }
        assert_eq!(state(&desk, &booked.reference).await, "cancelled");
        let page = manager.get(&path).await;
        assert!(
            page.body.contains("Sue Sample") && page.body.contains("Mo Sample"),
            "{}",
            page.body
        );
        assert!(
            page.body.contains("cancelled the appointment") && !page.body.contains("/cancel\"")
        );
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM audit WHERE action = 'cancelled'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_call_of_another_clinic_cannot_be_ticked_off() {
    let desk = Desk::sqlite().await;
    desk.book("law-first", "Zelda Example", monday(10)).await;
    let mut tx = desk.test.context.store.read().await.unwrap();
    let call = tx.open_calls(None).await.unwrap().remove(0).id;
    drop(tx);
    let mut browser = desk.signed_in("Mo", &[("manager", "sports")]).await;
    browser.post(&format!("/staff/calls/{call}/done"), "").await;
    assert_eq!(
        desk.test
            .number("SELECT count(*) FROM calls WHERE state = 'open'")
            .await,
        1
    );
}

#[tokio::test]
async fn an_account_without_a_role_opens_nothing() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &[]).await;
    for path in [
        "/staff",
        "/staff/calendar",
        "/staff/requests",
        "/staff/appointments/2222-222",
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_administrator_opens_the_first_page_and_no_calendar() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &[("administrator", "")]).await;
    let page = browser.get("/staff").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Behind the scenes"), "{}", page.body);
    assert_eq!(
        browser.get("/staff/calendar").await.status,
        StatusCode::FORBIDDEN
    );
}

/// The pages of the rail, in order.
fn rail(page: &str) -> Vec<&str> {
    let nav = page.split("<nav").nth(1).unwrap_or_default();
    let nav = nav.split("</nav>").next().unwrap_or_default();
    nav.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn the_rail_leads_only_where_one_may_go() {
    let desk = Desk::sqlite().await;
    for (name, roles) in [
        ("Ada", ("adviser", "law")),
        ("Sue", ("supervisor", "law")),
        ("Con", ("conflict_checker", "law")),
        ("Root", ("administrator", "")),
    ] {
        let mut browser = desk.signed_in(name, &[roles]).await;
        let page = browser.get("/staff").await;
        let pages = rail(&page.body);
        assert_eq!(pages[0], "/staff", "{name}");
        for path in &pages {
            assert_eq!(
                browser.get(path).await.status,
                StatusCode::OK,
                "{name} {path}"
            );
        }
        for path in ["/staff/calendar", "/staff/requests"] {
            let open = browser.get(path).await.status == StatusCode::OK;
            assert_eq!(pages.contains(&path), open, "{name} {path}");
        }
    }
}

#[tokio::test]
async fn a_refusal_keeps_the_frame_of_the_desk() {
    let desk = Desk::sqlite().await;
    let mut browser = desk.signed_in("Ada", &[("adviser", "law")]).await;
    for (path, status) in [
        ("/staff/calendar?clinic=sports", StatusCode::FORBIDDEN),
        ("/staff/appointments/2222-222", StatusCode::NOT_FOUND),
        ("/staff/nowhere/at/all", StatusCode::NOT_FOUND),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.body.contains("Ada Sample"),
            "{path}: {}",
            answer.body
        );
        let pages = rail(&answer.body);
        assert!(
            pages.starts_with(&["/staff", "/staff/calendar"]),
            "{path}: {pages:?}"
        );
    }
    // Outside the desk, and to whoever is not signed in, nothing of it shows.
    assert!(!browser.get("/nowhere").await.body.contains("Ada Sample"));
    let mut outside = desk.browser();
    let answer = outside.get("/staff/nowhere").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
