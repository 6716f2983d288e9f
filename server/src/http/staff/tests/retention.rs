//! How long records are kept: who says so, what they are shown before, and what is left when a time is over.

use super::*;
use crate::outbox::tests::open_clinic;
use crate::retention::erase_due;
use crate::retention::tests::every_path;

const PATH: &str = "/staff/settings/retention/sports";

async fn root(desk: &Desk) -> Browser<'_> {
    desk.signed_in("Root", &[("administrator", "")]).await
}

fn form(years: &str, more: &str) -> String {
    format!("base=8/30//&years={years}&days=30&by=&on={more}")
}

/// Nothing is open any more.
async fn all_done(desk: &Desk) {
    for sql in [
        "UPDATE appointments SET state = 'attended'",
        "UPDATE calls SET state = 'done', done_at = created_at",
    ] {
        desk.test.change(sql).await;
    }
}

#[tokio::test]
async fn what_a_change_would_erase_is_shown_before_it_is_saved() {
    for desk in Desk::all().await {
        desk.book("sports-first", "Zelda Example", monday(9)).await;
        all_done(&desk).await;
        desk.test
            .clock
            .set(monday(9) + chrono::TimeDelta::days(3 * 366));
        let mut root = root(&desk).await;
        let all = root.get("/staff/settings/retention").await.body;
        assert!(all.contains("not checked yet"), "{all}");
        assert!(all.contains("no personal data"), "{all}");
        assert!(all.contains("Nothing has been erased so far"), "{all}");

        // A longer time takes nobody; a shorter one says whom.
        let looked = root.post(PATH, &form("9", "&do=look")).await;
        assert_eq!(looked.status, StatusCode::OK);
        assert!(looked.body.contains("This change erases nothing now"));
        let looked = root.post(PATH, &form("2", "&do=look")).await;
        let says = "This change erases one client’s record, and nothing else";
        assert!(looked.body.contains(says), "{}", looked.body);
        let kept = "SELECT count(*) FROM clinics WHERE id = 'sports' AND keep_years = 8";
        assert_eq!(desk.test.number(kept).await, 1, "looking saves nothing");

        // Nor does saving what nobody was shown.
        let unseen = root.post(PATH, &form("2", "&do=save")).await;
        assert!(unseen.body.contains(says), "{}", unseen.body);
        let unseen = root.post(PATH, &form("2", "&do=save&seen=0")).await;
        assert!(unseen.body.contains("more to erase than you were shown"));
        assert_eq!(desk.test.number(kept).await, 1);

        let saved = root.post(PATH, &form("2", "&do=save&seen=1")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let detail = "SELECT detail FROM audit WHERE action = 'retention_changed'";
        assert_eq!(
            desk.test.texts(detail).await,
            ["years 8 to 2, days 30 to 30"]
        );
        assert_eq!(erase_due(&desk.test.context).await.unwrap().people, 1);
        let all = root.get("/staff/settings/retention").await.body;
        assert!(all.contains("One record was erased on"), "{all}");
        assert!(all.contains("2 years"), "{all}");
    }
}

#[tokio::test]
async fn numbers_that_cannot_be_are_refused_and_kept_in_the_form() {
    let desk = Desk::sqlite().await;
    desk.test.clock.set(monday(9));
    let mut root = root(&desk).await;
    for (years, more, says) in [
        ("0", "", "Enter a number from 1 to 30."),
        ("2.5", "", "Enter a number from 1 to 30."),
        ("31", "", "Enter a number from 1 to 30."),
        ("7", "2026-11-01", "or neither"),
    ] {
        let answer = root.post(PATH, &form(years, more)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{years}");
        assert!(answer.body.contains(says), "{years}: {}", answer.body);
        let typed = format!("value=\"{years}\"");
        assert!(answer.body.contains(&typed), "{years}: {}", answer.body);
    }
    let late = "base=8/30//&years=7&days=30&by=Jo&on=2026-12-24";
    let answer = root.post(PATH, late).await;
    assert!(answer.body.contains("This date is still to come"));
    let checked = "base=8/30//&years=8&days=30&by=Jo+Park&on=2026-11-02&do=save&seen=0";
    let answer = root.post(PATH, checked).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let all = root.get("/staff/settings/retention").await.body;
    assert!(all.contains("Jo Park, Monday 2 November 2026"), "{all}");
    assert_eq!(
        root.get("/staff/settings/retention/nowhere").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_pages_of_an_erased_client_still_open() {
    for desk in Desk::all().await {
        let booked = desk.book("sports-first", "Zelda Example", monday(9)).await;
        all_done(&desk).await;
        desk.test
            .clock
            .set(monday(9) + chrono::TimeDelta::days(9 * 366));
        assert_eq!(erase_due(&desk.test.context).await.unwrap().people, 1);
        let mut sue = desk.signed_in("Sue", &[("supervisor", "sports")]).await;
        for path in [
            format!("/staff/appointments/{}", booked.reference),
            "/staff/calendar?view=week&day=2026-11-23&of=sports".to_owned(),
            "/staff/calendar?view=day&day=2026-11-23&of=sports".to_owned(),
            "/staff/calendar/day-list?day=2026-11-23&of=sports".to_owned(),
        ] {
            let seen = sue.get(&path).await;
            assert_eq!(seen.status, StatusCode::OK, "{path}");
            assert!(!seen.body.contains("Zelda"), "{path}: {}", seen.body);
        }
    }
}

#[tokio::test]
async fn a_request_and_a_place_that_lost_their_person_still_open() {
    for desk in Desk::all().await {
        open_clinic(&desk.test).await;
        every_path(&desk.test).await;
        desk.test
            .clock
            .set(desk.test.context.now() + chrono::TimeDelta::days(9 * 366));
        assert_eq!(erase_due(&desk.test.context).await.unwrap().people, 4);
        let mut sue = desk
            .signed_in("Sue", &[("supervisor", "a"), ("supervisor", "b")])
            .await;
        for (page, sql) in [
            ("appointments", "SELECT reference FROM appointments"),
            ("requests", "SELECT reference FROM requests"),
            ("waiting", "SELECT reference FROM waiting"),
        ] {
            let all = desk.test.texts(sql).await;
            assert!(!all.is_empty(), "{page}");
            for reference in all {
                let seen = sue.get(&format!("/staff/{page}/{reference}")).await;
                assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.body);
                assert!(!seen.body.contains("GONE"), "{page}: {}", seen.body);
            }
        }
        for path in ["/staff", "/staff/requests", "/staff/messages"] {
            let seen = sue.get(path).await;
            assert_eq!(seen.status, StatusCode::OK, "{path}");
            assert!(!seen.body.contains("GONE"), "{path}: {}", seen.body);
        }
    }
}
