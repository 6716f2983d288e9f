//! "Reads of law and health records included": whatever page shows a client leaves a line in the log of who saw what, and
//! whoever may not read the record does not learn from the log which it was.

use super::table::{TABLE, filled, records};
use super::*;
use crate::testing::Browser as Site;

/// Unique in every page: who the clients of `records` are.
const NAMES: [&str; 2] = ["Zelda Example", "Yuri Example"];

async fn sign_in(site: &mut Site, name: &str) {
    let email = format!("{name}@sample.invalid");
    let form = [("email", email.as_str()), ("password", PASSWORD)];
    assert_eq!(site.post("/staff/sign-in", &form).await.status, 303);
}

/// The lines about what somebody read, saw in a list or found.
async fn lines(desk: &Desk) -> i64 {
    desk.test
        .number(
            "SELECT count(*) FROM audit WHERE actor_kind = 'staff' AND clinic_id = 'law'
             AND action IN ('read', 'looked', 'listed', 'printed', 'found')",
        )
        .await
}

#[tokio::test]
async fn every_page_that_shows_a_client_leaves_a_line_that_says_so() {
    for desk in Desk::all().await {
        let records = records(&desk).await;
        // In trouble, so that the pages about hours have somebody to show; and on its day, attended.
        let mut tx = desk.test.context.store.write().await.unwrap();
        let closed = crate::store::AbsenceRow {
            id: desk.test.context.id(),
            clinic_id: "law".into(),
            resource_id: None,
            from_at: monday(0).timestamp(),
            until_at: monday(23).timestamp(),
            kind: "event".into(),
            title: "Sample event".into(),
            revision: 1,
        };
        tx.put_absence(&closed, 0).await.unwrap();
        tx.set_conflict_check("law", false).await.unwrap();
        tx.commit().await.unwrap();
        desk.staff("Sue", &[("supervisor", "law")]).await;
        let mut site = Site::new(desk.router.clone());
        // The first round ends before the meeting begins.
        let mut now = monday(0) - chrono::TimeDelta::hours(12);
        let mut shown = Vec::new();
        let own = format!("/staff/appointments/{}", records.appointment);
        let days = "day=2026-11-23&of=law";
        let more = [
            format!("/staff/calendar?view=day&{days}"),
            format!("/staff/calendar?view=week&{days}&as=list"),
            format!("/staff/calendar?view=week&{days}&as=grid"),
            format!("/staff/calendar?view=month&{days}"),
            format!(
                "/staff/calendar?view=day&{days}&moving={}",
                records.appointment
            ),
            format!("/staff/calendar/day-list?{days}"),
            "/staff/requests?clinic=law".to_owned(),
        ];
        let routes = TABLE
            .iter()
            .filter(|row| row.0 == "GET")
            .map(|row| filled(row.1, &records));
        let pages: Vec<String> = routes.chain(more).collect();
        for round in ["before", "attended"] {
            if round == "attended" {
                for mark in ["check-in", "start", "finish"] {
                    desk.test
                        .change(
                            "UPDATE appointments SET state = 'confirmed' WHERE state = 'requested'",
                        )
                        .await;
                    let path = format!("{own}/mark/{mark}");
                    assert_eq!(site.post(&path, &[]).await.status, 303, "{mark}");
                }
            }
            for page in &pages {
                // A look counts once in a quarter of an hour.
                now += chrono::TimeDelta::minutes(16);
                desk.test.clock.set(now);
                sign_in(&mut site, "Sue").await;
                let before = lines(&desk).await;
                let seen = site.get(page).await;
                let client = NAMES.iter().any(|name| seen.body.contains(name));
                if client {
                    shown.push(page.split('?').next().unwrap().to_owned());
                    let after = lines(&desk).await;
                    assert!(after > before, "{page} leaves no line");
                }
            }
            // The next round begins on the day itself, before the meeting.
            now = now.max(monday(9));
        }
        // That the walk would have found something to say: these show somebody.
        for page in [
            "/staff".to_owned(),
            "/staff/calendar".to_owned(),
            "/staff/calendar/day-list".to_owned(),
            own.clone(),
            format!("{own}/move"),
            format!("{own}/outcome"),
            format!("{own}/again"),
            "/staff/requests".to_owned(),
            format!("/staff/requests/{}", records.request),
            "/staff/availability".to_owned(),
            "/staff/availability/law/resolve".to_owned(),
        ] {
            assert!(shown.contains(&page), "{page} shows nobody: {shown:?}");
        }
    }
}

#[tokio::test]
async fn quick_find_and_the_look_before_a_change_leave_lines_too() {
    for desk in Desk::all().await {
        let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
        let mut sue = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        let before = lines(&desk).await;
        let found = sue.post("/staff/find", "for=Zelda").await;
        assert!(found.body.contains("Zelda Example"), "{}", found.body);
        assert!(lines(&desk).await > before);
        let before = lines(&desk).await;
        let closure = "title=Flood&from=2026-11-23&until=2026-11-23&do=look";
        let look = sue
            .post("/staff/availability/law/closure/new", closure)
            .await;
        assert!(look.body.contains("Zelda Example"), "{}", look.body);
        assert!(lines(&desk).await > before);
        let listed = desk
            .test
            .texts("SELECT detail FROM audit WHERE action = 'listed'")
            .await;
        assert_eq!(listed, [booked.reference], "references and nothing else");
        // A form that comes back is a page as well.
        let before = lines(&desk).await;
        let again = format!("/staff/appointments/{}/move", listed[0]);
        let back = sue.post(&again, "start=soon").await;
        assert!(back.body.contains("Zelda Example"), "{}", back.body);
        assert!(lines(&desk).await > before);
    }
}

#[tokio::test]
async fn whoever_may_not_read_a_law_record_does_not_learn_from_the_log_which_it_was() {
    let uuid = regex::Regex::new("[0-9a-f]{8}-[0-9a-f]{4}").unwrap();
    for desk in Desk::all().await {
        let records = records(&desk).await;
        let mut sue = desk.signed_in("Sue", &[("supervisor", "law")]).await;
        let own = format!("/staff/appointments/{}", records.appointment);
        assert_eq!(sue.get(&own).await.status, StatusCode::OK);
        sue.get("/staff/requests").await;
        let mine = sue.get("/staff/audit?clinic=law").await.body;
        assert!(mine.contains(&records.appointment) && mine.contains(&records.request));

        let ids = desk
            .test
            .texts("SELECT detail FROM audit WHERE action = 'listed'")
            .await;
        assert!(!ids.is_empty());
        let mut root = desk.signed_in("Root", &[("administrator", "")]).await;
        for page in ["/staff/audit", "/staff/audit?clinic=law"] {
            let seen = root.get(page).await.body;
            assert!(
                seen.contains("Sue Sample") && seen.contains("opened it"),
                "{seen}"
            );
            for record in [&records.appointment, &records.request, &records.call] {
                assert!(!seen.contains(record.as_str()), "{page}: {record}");
            }
        }
        let file = root.post("/staff/audit/export", "clinic=law").await;
        assert!(
            file.body
                .contains("\"read\",\"appointment\",\"\",\"\",\"law\""),
            "{}",
            file.body
        );
        for record in [&records.appointment, &records.request] {
            assert!(!file.body.contains(record.as_str()), "{record}");
        }
        for line in file.body.lines().filter(|line| line.contains("\"law\"")) {
            let staff = line.split(',').nth(2).unwrap();
            let rest = line.replace(staff, "");
            let about_staff = line.contains(",\"staff\",\"");
            assert!(about_staff || !uuid.is_match(&rest), "{line}");
        }
        // What is no client's is told in full: who was given which role.
        let person = format!("/staff/people/{}", records.person);
        let form = root.get(&person).await.body;
        let was = super::availability::hidden(&form);
        let was = &was.iter().find(|(name, _)| name == "seen").unwrap().1;
        let give = format!("role=adviser%40law&until=2026-12-18&seen={was}");
        assert_eq!(
            root.post(&format!("{person}/give"), &give).await.status,
            StatusCode::SEE_OTHER
        );
        let log = root.get("/staff/audit?clinic=law").await.body;
        assert!(
            log.contains("gave a role") && log.contains("Account "),
            "{log}"
        );
    }
}
