//! Who an account is in the calendar, through the pages about people.

use super::availability::{hidden, member};
use super::*;
use crate::store::ResourceRow;
use crate::testing::Browser as Site;

async fn site(desk: &Desk, name: &str, roles: &[(&str, &str)]) -> Site {
    desk.staff(name, roles).await;
    let mut site = Site::new(desk.router.clone());
    sign_in(&mut site, name).await;
    site
}

async fn sign_in(site: &mut Site, name: &str) {
    let email = format!("{}@sample.invalid", name.to_lowercase());
    let form = [("email", email.as_str()), ("password", PASSWORD)];
    assert_eq!(site.post("/staff/sign-in", &form).await.location, "/staff");
}

async fn row(desk: &Desk, name: &str) -> StaffRow {
    let email = format!("{}@sample.invalid", name.to_lowercase());
    let mut tx = desk.test.context.store.read().await.unwrap();
    tx.staff_by_email(&email).await.unwrap().unwrap()
}

/// Invites somebody by the form of the page, with this choice of a place.
async fn invite(site: &mut Site, name: &str, role: &str, place: &str) -> u16 {
    let full = format!("{name} Sample");
    let email = format!("{}@sample.invalid", name.to_lowercase());
    let form = [
        ("name", full.as_str()),
        ("email", &email),
        ("role", role),
        ("until", "2026-12-18"),
        ("place", place),
    ];
    site.post("/staff/people", &form).await.status
}

/// What the forms of somebody's page are made from.
async fn seen(site: &mut Site, id: Uuid) -> String {
    let page = site.get(&format!("/staff/people/{id}")).await.body;
    let all = hidden(&page);
    all.into_iter().find(|(name, _)| name == "seen").unwrap().1
}

async fn place(site: &mut Site, id: Uuid, place: &str) -> u16 {
    let was = seen(site, id).await;
    let form = [("seen", was.as_str()), ("place", place)];
    site.post(&format!("/staff/people/{id}/place"), &form)
        .await
        .status
}

/// The person of the calendar who advises at an appointment.
async fn adviser_of(desk: &Desk, booked: &Booked) -> Uuid {
    let mut tx = desk.test.context.store.read().await.unwrap();
    let row = tx
        .appointment_by_reference(&booked.reference)
        .await
        .unwrap();
    let meeting = row.unwrap().meeting_id;
    let all = tx.allocations(meeting).await.unwrap();
    all.iter()
        .find(|one| one.part == "adviser")
        .unwrap()
        .resource_id
}

#[tokio::test]
async fn a_student_with_a_place_in_the_calendar_sees_their_own_appointments_only() {
    for desk in Desk::all().await {
        let own = desk.book("sports-first", "Zelda Example", monday(10)).await;
        let other = desk.book("sports-first", "Yuri Example", monday(10)).await;
        let resource = adviser_of(&desk, &own).await;
        assert_ne!(resource, adviser_of(&desk, &other).await);
        let mut manager = site(&desk, "Mo", &[("manager", "sports")]).await;
        let invited = invite(&mut manager, "Nia", "adviser@sports", "nobody").await;
        assert_eq!(invited, 303);
        let nia = row(&desk, "Nia").await;
        assert_eq!(nia.resource_id, None);
        let phc = desk.app.passwords.hash(PASSWORD.into(), [1; 16]).await;
        let mut tx = desk.test.context.store.write().await.unwrap();
        tx.set_password(nia.id, &phc.unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        let mut student = Site::new(desk.router.clone());
        sign_in(&mut student, "Nia").await;
        let page = |booked: &Booked| format!("/staff/appointments/{}", booked.reference);
        assert_eq!(student.get(&page(&own)).await.status, 404);

        let placed = place(&mut manager, nia.id, &resource.to_string()).await;
        assert_eq!(placed, 303);
        assert_eq!(row(&desk, "Nia").await.resource_id, Some(resource));
        let shown = manager.get(&format!("/staff/people/{}", nia.id)).await.body;
        assert!(shown.contains("in the calendar."), "{shown}");
        assert_eq!(student.get(&page(&own)).await.status, 200);
        assert_eq!(student.get(&page(&other)).await.status, 404);
        let day = student
            .get("/staff/calendar/day-list?of=sports&day=2026-11-23")
            .await
            .body;
        assert!(day.contains("Zelda") && !day.contains("Yuri"), "{day}");
        let lines = desk
            .test
            .texts("SELECT action || ' ' || detail FROM audit WHERE action LIKE 'staff_placed'")
            .await;
        assert_eq!(lines, [format!("staff_placed {resource}")]);
    }
}

#[tokio::test]
async fn advisers_and_supervisors_are_invited_into_the_calendar_and_nobody_twice() {
    for desk in Desk::all().await {
        let there = ResourceRow {
            id: desk.test.context.id(),
            kind: "person".into(),
            name: "Nia Sample".into(),
            features: String::new(),
            active: true,
        };
        let mut tx = desk.test.context.store.write().await.unwrap();
        tx.put_resource(&there, &[]).await.unwrap();
        tx.list_member("law", there.id).await.unwrap();
        tx.commit().await.unwrap();
        let mut root = site(&desk, "Root", &[("administrator", "")]).await;
        // As the form stands: the first choice.
        for (name, role) in [
            ("Nia", "adviser@law"),
            ("Sue", "supervisor@law"),
            ("Mo", "manager@law"),
        ] {
            assert_eq!(invite(&mut root, name, role, "role").await, 303, "{name}");
        }
        // Who is there already by this name is not made again, and a stranger of the same name is.
        assert_eq!(row(&desk, "Nia").await.resource_id, Some(there.id));
        let sue = row(&desk, "Sue").await.resource_id.unwrap();
        assert_eq!(member(&desk, "Sue Sample").await, sue.to_string());
        assert_eq!(row(&desk, "Mo").await.resource_id, None);
        let mut supervisor = site(&desk, "Ann", &[("supervisor", "law")]).await;
        let form = supervisor
            .get("/staff/availability/law/session/new")
            .await
            .body;
        assert!(form.contains("Sue Sample"), "{form}");
        // Somebody whom an account has is nobody else's.
        assert_eq!(
            invite(&mut root, "Two", "adviser@law", &sue.to_string()).await,
            422
        );
        let two = "SELECT count(*) FROM staff WHERE email = 'two@sample.invalid'";
        assert_eq!(desk.test.number(two).await, 0);
        let mo = row(&desk, "Mo").await.id;
        assert_eq!(place(&mut root, mo, &sue.to_string()).await, 422);
        assert_eq!(place(&mut root, mo, "role").await, 422);
        assert_eq!(place(&mut root, mo, "named").await, 303);
        assert!(row(&desk, "Mo").await.resource_id.is_some());
        assert_eq!(place(&mut root, mo, "nobody").await, 303);
        assert_eq!(row(&desk, "Mo").await.resource_id, None);
    }
}

#[tokio::test]
async fn nobody_says_who_an_account_of_another_clinic_is() {
    for desk in Desk::all().await {
        let two = desk
            .staff("Two", &[("adviser", "law"), ("adviser", "sports")])
            .await;
        let one = desk.staff("One", &[("adviser", "law")]).await;
        let mut manager = site(&desk, "Mo", &[("manager", "law")]).await;
        let page = manager.get(&format!("/staff/people/{two}")).await.body;
        assert!(!page.contains("/place\""), "{page}");
        assert_eq!(place(&mut manager, two, "named").await, 422);
        // Nor do they choose a person of another clinic's calendar.
        let other = member(&desk, "sports adviser 0").await;
        assert_eq!(place(&mut manager, one, &other).await, 422);
        let own = member(&desk, "law adviser 0").await;
        assert_eq!(place(&mut manager, one, &own).await, 303);
    }
}

#[tokio::test]
async fn of_two_accounts_that_would_be_one_person_at_once_one_is() {
    for desk in Desk::all().await {
        let mut ids = Vec::new();
        for name in ["Ada", "Bea", "Cat", "Dot"] {
            ids.push(desk.staff(name, &[("adviser", "law")]).await);
        }
        let mut manager = site(&desk, "Mo", &[("manager", "law")]).await;
        let own = member(&desk, "law adviser 0").await;
        let mut forms = Vec::new();
        for id in &ids {
            forms.push((*id, seen(&mut manager, *id).await));
        }
        let all = forms.into_iter().map(|(id, was)| {
            let mut site = Site::new(desk.router.clone());
            let own = own.clone();
            async move {
                let sign = [("email", "mo@sample.invalid"), ("password", PASSWORD)];
                site.post("/staff/sign-in", &sign).await;
                let form = [("seen", was.as_str()), ("place", own.as_str())];
                site.post(&format!("/staff/people/{id}/place"), &form)
                    .await
                    .status
            }
        });
        let mut done = futures_util::future::join_all(all).await;
        done.sort_unstable();
        assert_eq!(done, [303, 422, 422, 422]);
    }
}
