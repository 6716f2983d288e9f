//! What waits for staff in the sample set-up.

use crate::packs::InForce;
use crate::sample::send_cases;
use crate::testing::TestClinic;

#[tokio::test]
async fn the_pages_of_staff_are_full_once_and_a_second_run_changes_nothing() {
    for test in TestClinic::all().await {
        test.load_sample().await;
        let packs = InForce::shipped().unwrap();
        for sent in [9, 0] {
            let there = send_cases(&test.context, &packs).await.unwrap();
            let waiting =
                "SELECT count(*) FROM requests WHERE state = 'in_review' AND source = 'sample'";
            let checks = "SELECT count(*) FROM conflict_cases WHERE state = 'waiting'";
            let asked =
                "SELECT count(*) FROM appointments WHERE state = 'requested' AND source = 'sample'";
            let counts = [waiting, checks, asked];
            let mut found = Vec::new();
            for sql in counts {
                found.push(test.number(sql).await);
            }
            assert_eq!((there, found), (sent, vec![6, 2, 1]), "{}", test.url);
        }
        let alike = "SELECT max(matches) FROM conflict_cases";
        assert!(test.number(alike).await > 0, "a newcomer sees a match");
        let urgent = "SELECT count(*) FROM requests WHERE priority = 'p1' AND deadline IS NOT NULL";
        assert_eq!(test.number(urgent).await, 1);
        for none in [
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM clients WHERE safe_to_email OR name NOT LIKE 'Sample %'",
        ] {
            assert_eq!(test.number(none).await, 0, "{none}");
        }
    }
}

/// Another run goes on with what the first did not get to.
#[tokio::test]
async fn a_run_that_was_stopped_goes_on_where_it_was() {
    let test = TestClinic::sqlite().await;
    test.load_sample().await;
    let packs = InForce::shipped().unwrap();
    send_cases(&test.context, &packs).await.unwrap();
    test.change("DELETE FROM settings WHERE name = 'sample_cases'")
        .await;
    send_cases(&test.context, &packs).await.unwrap();
    assert_eq!(test.number("SELECT count(*) FROM requests").await, 6);
}

#[tokio::test]
async fn the_clients_of_the_usual_sample_asked_about_several_things_in_each_clinic() {
    for test in TestClinic::all().await {
        test.load_sample_of(crate::sample::Size::default()).await;
        let packs = InForce::shipped().unwrap();
        send_cases(&test.context, &packs).await.unwrap();
        let topics = "SELECT count(*) FROM (SELECT i.clinic_id FROM appointments a JOIN intakes i ON i.id = a.intake_id
            WHERE i.topic <> '' AND a.source = 'sample' GROUP BY i.clinic_id HAVING count(DISTINCT i.topic) > 1) t";
        assert_eq!(test.number(topics).await, 5);
        let without =
            "SELECT count(*) FROM appointments WHERE intake_id IS NULL AND state <> 'cancelled'";
        assert_eq!(test.number(without).await, 0);
    }
}
