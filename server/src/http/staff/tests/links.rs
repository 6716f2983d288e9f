//! The one-time link by which staff set a password.

use chrono::TimeDelta;

use super::*;
use crate::auth::password::{LONGEST, SHORTEST};
use crate::auth::session::invite;
use crate::testing::noon;

#[tokio::test]
async fn a_one_time_link_sets_a_password_once_and_signs_in() {
    for desk in Desk::all().await {
        let ada = desk.account("Ada", None, true, &[("adviser", "law")]).await;
        let token = invite(&desk.app.context, ada).await.unwrap();
        let other = invite(&desk.app.context, ada).await.unwrap();
        let path = format!("/staff/password/{token}");
        let mut browser = desk.browser();
        // Lesson 31: programs that look at mail open links, twice if they like.
        for method in [Method::GET, Method::HEAD, Method::GET] {
            assert_eq!(browser.ask(method, &path, "").await.status, StatusCode::OK);
        }
        let page = browser.get(&path).await;
        assert!(page.body.contains("ada@sample.invalid") && page.body.contains("new-password"));
        let answer = browser.post(&path, "password=three+kind+otters").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, "/staff")
        );
        assert_eq!(browser.get("/staff").await.status, StatusCode::OK);
        for used in [&path, &format!("/staff/password/{other}")] {
            assert_eq!(desk.browser().get(used).await.status, StatusCode::GONE);
            let again = desk.browser().post(used, "password=four+sly+badgers").await;
            assert_eq!(again.status, StatusCode::GONE);
        }
        let signed_in = desk.browser().sign_in("Ada", "three kind otters").await;
        assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
        assert_eq!(
            desk.test
                .number("SELECT count(*) FROM audit WHERE action = 'password_set'")
                .await,
            1
        );
    }
}

#[tokio::test]
async fn a_weak_password_is_refused_with_the_reason_and_leaves_the_link_good() {
    let desk = Desk::sqlite().await;
    let ada = desk
        .account("Adaline", None, true, &[("adviser", "law")])
        .await;
    let path = format!(
        "/staff/password/{}",
        invite(&desk.app.context, ada).await.unwrap()
    );
    for (weak, said) in [
        ("short", "staff-password-too-short"),
        ("", "staff-password-too-short"),
        (&"long and longer ".repeat(10), "staff-password-too-long"),
        ("password123456", "staff-password-too-common"),
        ("adaline is my name", "staff-password-like-you"),
    ] {
        let answer = desk
            .browser()
            .post(&path, &format!("password={}", weak.replace(' ', "+")))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        assert!(
            answer.body.matches(&app::text::t(said)).count() >= 2,
            "{weak}: {}",
            answer.body
        );
        assert!(
            weak.is_empty() || !answer.body.contains(&format!("\"{weak}\"")),
            "not said back"
        );
    }
    assert_eq!(
        desk.browser()
            .post(&path, "password=three+kind+otters")
            .await
            .status,
        StatusCode::SEE_OTHER
    );
}

#[test]
fn the_words_about_length_are_true() {
    for key in ["staff-new-password-hint", "staff-password-too-short"] {
        assert!(app::text::t(key).contains(&SHORTEST.to_string()), "{key}");
    }
    assert!(app::text::t("staff-password-too-long").contains(&LONGEST.to_string()));
}

#[tokio::test]
async fn a_link_is_good_for_seven_days_and_only_if_it_is_ours() {
    let desk = Desk::sqlite().await;
    let ada = desk.account("Ada", None, true, &[("adviser", "law")]).await;
    let path = format!(
        "/staff/password/{}",
        invite(&desk.app.context, ada).await.unwrap()
    );
    desk.test
        .clock
        .set(noon() + TimeDelta::hours(72) - TimeDelta::seconds(1));
    assert_eq!(desk.browser().get(&path).await.status, StatusCode::OK);
    assert_eq!(
        desk.browser().get("/staff/password/made-up").await.status,
        StatusCode::GONE
    );
    desk.test.clock.set(noon() + TimeDelta::hours(72));
    assert_eq!(desk.browser().get(&path).await.status, StatusCode::GONE);
    let late = desk
        .browser()
        .post(&path, "password=three+kind+otters")
        .await;
    assert_eq!(late.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_new_password_ends_every_session_of_the_account() {
    let desk = Desk::sqlite().await;
    let ada = desk.staff("Ada", &[("adviser", "law")]).await;
    let mut old = desk.browser();
    old.sign_in("Ada", PASSWORD).await;
    let path = format!(
        "/staff/password/{}",
        invite(&desk.app.context, ada).await.unwrap()
    );
    desk.browser()
        .post(&path, "password=three+kind+otters")
        .await;
    assert_eq!(old.get("/staff").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        desk.browser().sign_in("Ada", PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn of_many_who_use_a_link_at_once_one_sets_the_password() {
    for desk in Desk::all().await {
        let ada = desk.account("Ada", None, true, &[("adviser", "law")]).await;
        let path = format!(
            "/staff/password/{}",
            invite(&desk.app.context, ada).await.unwrap()
        );
        let try_once = || async {
            desk.browser()
                .post(&path, "password=three+kind+otters")
                .await
                .status
        };
        let (a, b, c, d) = tokio::join!(try_once(), try_once(), try_once(), try_once());
        let statuses = [a, b, c, d];
        let set = statuses
            .iter()
            .filter(|status| **status == StatusCode::SEE_OTHER)
            .count();
        let gone = statuses
            .iter()
            .filter(|status| **status == StatusCode::GONE)
            .count();
        assert_eq!((set, gone), (1, 3), "{statuses:?}");
    }
}
