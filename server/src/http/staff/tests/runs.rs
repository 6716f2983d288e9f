//! The first page of whoever runs the installation and of who checks for conflicts; a clinic that an administrator makes.

use super::*;

#[tokio::test]
async fn whoever_runs_the_installation_sees_what_they_look_after() {
    for desk in Desk::all().await {
        desk.test.clock.set(monday(9));
        desk.staff("Mo", &[("manager", "law")]).await;
        desk.staff("Eve", &[("adviser", "sports")]).await;
        desk.test
            .change(
                "UPDATE staff_roles SET access_until = '2026-12-04'
                 WHERE staff_id = (SELECT id FROM staff WHERE name = 'Eve Sample')",
            )
            .await;
        let mut root = desk.signed_in("Root", &[("administrator", "")]).await;
        let page = root.get("/staff").await.body;
        assert!(!page.contains("is not part of a clinic yet"), "{page}");
        for shown in [
            "/staff/settings/retention",
            "/staff/people?clinic=sports#invite",
            "Eve Sample",
            "until Friday 4 December 2026",
            "3 people sign in with a password alone",
            "Behind the scenes",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("/staff/people?clinic=law#invite"), "{page}");

        let mut eve = desk.browser();
        eve.sign_in("Eve", PASSWORD).await;
        let page = eve.get("/staff").await.body;
        assert!(!page.contains("Behind the scenes"), "{page}");
        assert!(!page.contains("id=\"calls\""), "not an adviser's: {page}");
    }
}

#[tokio::test]
async fn who_checks_for_conflicts_is_told_how_many_wait_and_no_name() {
    for desk in Desk::all().await {
        desk.test.checks_conflicts("law").await;
        desk.book("law-first", "Zelda Example", monday(9)).await;
        let mut con = desk.signed_in("Con", &[("conflict_checker", "law")]).await;
        let page = con.get("/staff").await.body;
        let waits = desk
            .test
            .number("SELECT count(*) FROM conflict_cases WHERE state = 'waiting'")
            .await;
        assert_eq!(waits, 1);
        assert!(page.contains("One conflict check waits."), "{page}");
        assert!(!page.contains("is overdue"), "{page}");
        assert!(!page.contains("Zelda"), "{page}");
        assert!(!page.contains("id=\"calls\""), "{page}");
        assert!(!page.contains("No case is waiting"), "{page}");
        desk.test
            .change("UPDATE conflict_cases SET due_at = 0")
            .await;
        let page = con.get("/staff").await.body;
        assert!(page.contains("one is overdue"), "{page}");
    }
}

#[tokio::test]
async fn an_administrator_who_makes_a_clinic_is_led_to_its_manager() {
    let desk = Desk::sqlite().await;
    let mut root = desk.signed_in("Root", &[("administrator", "")]).await;
    let form = root.get("/staff/settings/new").await.body;
    assert!(form.contains("You do not become its manager"), "{form}");
    let made = root
        .post("/staff/settings/new", "name=Bicycle+clinic")
        .await;
    assert_eq!(made.location(), "/staff/settings/bicycle-clinic");
    let page = root.get(made.location()).await.body;
    assert!(
        page.contains("Invite a manager of Bicycle clinic"),
        "{page}"
    );
    assert!(page.contains("/staff/people?clinic=bicycle-clinic#invite"));
    assert!(page.contains("A manager of the clinic can do this."));
    let invite = root.get("/staff/people?clinic=bicycle-clinic").await.body;
    assert!(invite.contains("id=\"invite\""), "{invite}");

    let mut mo = desk.signed_in("Mo", &[("manager", "law")]).await;
    let form = mo.get("/staff/settings/new").await.body;
    assert!(form.contains("You become its manager"), "{form}");
    let made = mo.post("/staff/settings/new", "name=Skate+clinic").await;
    let page = mo.get(made.location()).await.body;
    assert!(!page.contains("Invite a manager"), "{page}");
    assert!(!page.contains("A manager of the clinic can do this."));
}
