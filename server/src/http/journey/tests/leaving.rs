//! "Exit this page".

use super::*;

#[tokio::test]
async fn how_to_leave_comes_before_the_first_question_once_and_where_the_topic_asks_for_it() {
    for (_, mut browser) in at_the_door().await {
        assert_eq!(
            browser.follow("/clinics/sports/questions").await.0,
            "/clinics/sports/questions/A1"
        );
        for first in ["/clinics/law/questions", "/clinics/law/questions/A1"] {
            let (at, page) = browser.follow(first).await;
            assert_eq!((at.as_str(), page.status), ("/clinics/law/leaving", 200));
            assert!(page.body.contains("It does not clear your history"));
        }
        let on = browser.post("/clinics/law/leaving", &[]).await;
        assert_eq!(on.location, "/clinics/law/questions");
        let (at, page) = browser.follow(&on.location).await;
        assert_eq!(
            (at.as_str(), page.status),
            ("/clinics/law/questions/A1", 200)
        );
        assert!(
            page.body
                .contains("href=\"https://www.bbc.co.uk/weather\" rel=\"noreferrer\""),
            "a plain link: {}",
            page.body
        );
    }
}

#[tokio::test]
async fn every_page_of_the_journey_has_the_way_out() {
    for (_, mut browser) in at_the_door().await {
        browser.post("/clinics/law/leaving", &[]).await;
        let stop = answer(&mut browser, "law", "A1", &["yes"]).await;
        for page in ["", "/leaving", "/questions/A1", "/stop"] {
            let seen = browser.get(&format!("/clinics/law{page}")).await;
            assert!(seen.body.contains("data-exit"), "{page}");
        }
        assert!(stop.body.contains("data-exit"));
        let sports = browser.get("/clinics/sports").await;
        assert!(!sports.body.contains("data-exit"));
    }
}

#[tokio::test]
async fn leaving_with_javascript_forgets_what_was_typed() {
    for (test, mut browser) in at_the_door().await {
        answer(&mut browser, "law", "A1", &["no"]).await;
        let page = browser.get("/clinics/law/questions/L2").await;
        assert!(page.body.contains("data-clear=\"/clinics/law/clear\""));
        // As the browser's beacon sends it: without a type and without a body.
        assert_eq!(browser.post("/clinics/law/clear", &[]).await.status, 303);
        assert_eq!(test.number("SELECT count(*) FROM drafts").await, 0);
        assert_eq!(
            browser.follow("/clinics/law/questions/L2").await.0,
            "/clinics/law/leaving"
        );
    }
}
