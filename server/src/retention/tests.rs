//! Erasure against real databases: who goes, who stays, and that no copy is left.

use chrono::TimeDelta;
use sqlx::Connection as _;

use super::*;
use crate::booking::{Actor, Needs};
use crate::intake::{NewCase, send_request};
use crate::outbox::tests::{book_as, client, open_clinic, wait};
use crate::review::withdraw;
use crate::store::{ClientRow, IntakeRow, NewCall};
use crate::testing::{TestClinic, at};

/// Every text of every table.
async fn dump(test: &TestClinic) -> String {
    let tables = if test.url.starts_with("sqlite:") {
        test.texts("SELECT name FROM sqlite_master WHERE type = 'table'")
            .await
    } else {
        test.texts("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'")
            .await
    };
    assert!(tables.len() > 30, "{tables:?}");
    let mut all = String::new();
    for table in tables {
        if test.url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(&test.url).await.unwrap();
            let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
                .bind(&table)
                .fetch_all(&mut connection)
                .await
                .unwrap();
            let texts: Vec<String> = columns
                .iter()
                .map(|column| format!("coalesce(CAST(\"{column}\" AS TEXT), '')"))
                .collect();
            let sql = format!("SELECT {} FROM \"{table}\"", texts.join(" || ' ' || "));
            let rows: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(
                sql.replacen("SELECT ", "SELECT CAST(", 1).replace(
                    &format!(" FROM \"{table}\""),
                    &format!(" AS BLOB) FROM \"{table}\""),
                ),
            ))
            .fetch_all(&mut connection)
            .await
            .unwrap();
            for row in rows {
                all.push_str(&String::from_utf8_lossy(&row));
                all.push('\n');
            }
        } else {
            let mut connection = sqlx::PgConnection::connect(&test.url).await.unwrap();
            let sql = format!("SELECT CAST(t AS TEXT) FROM \"{table}\" t");
            let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut connection)
                .await
                .unwrap();
            all.push_str(&rows.join("\n"));
        }
    }
    all
}

/// A client whose every text bears this mark.
fn marked(test: &TestClinic, mark: &str, number: &str) -> ClientRow {
    ClientRow {
        name: format!("{mark}-name"),
        email: Some(format!("{mark}@mark.invalid").to_lowercase()),
        phone: Some(format!("+4420794{number}")),
        call_window: format!("{mark}-window"),
        postcode_area: Some(format!("{mark}-area")),
        language: format!("{mark}-language"),
        access: format!("{{\"other\":\"{mark}-access\"}}"),
        organisation: Some(format!("{mark}-firm")),
        created_at: test.context.now().timestamp(),
        ..client(&test.context)
    }
}

fn case(test: &TestClinic, mark: &str, number: &str) -> NewCase {
    let now = test.context.now().timestamp();
    NewCase {
        client: marked(test, mark, number),
        intake: IntakeRow {
            id: test.context.id(),
            clinic_id: "b".into(),
            pack_version: "1".into(),
            answers: format!("{{\"story\":\"{mark}-story\"}}"),
            assessment: format!("{{\"said\":\"{mark}-said\"}}"),
            stop_shown: false,
            topic: String::new(),
            created_at: now,
            sealed: None,
        },
        urgent: false,
        deadline: None,
        source: "web",
        actor: Actor::Client,
        replay: None,
    }
}

async fn call_back(test: &TestClinic, mark: &str) {
    let call = NewCall {
        id: test.context.id(),
        clinic_id: "b".into(),
        reference: format!("CALL-{}", mark.len()),
        kind: "call_back",
        name: Some(format!("{mark}-caller")),
        phone: Some(format!("{mark}-number")),
        call_window: Some(format!("{mark}-evening")),
        leave_message: Some(true),
        appointment_id: None,
        request_id: None,
        waiting_id: None,
        urgent: true,
        created_at: test.context.now().timestamp(),
    };
    let mut tx = test.context.store.write().await.unwrap();
    tx.put_call(&call).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody by every path, whose business is all done with.
pub(crate) async fn every_path(test: &TestClinic) {
    book_as(
        test,
        "a-one",
        at(12, 1, 10, 0),
        marked(test, "GONE", "60001"),
    )
    .await;
    send_request(&test.context, &case(test, "GONE", "60002"))
        .await
        .unwrap();
    wait(test, marked(test, "GONE", "60003"), Needs::default()).await;
    call_back(test, "GONE").await;
    for sql in [
        "UPDATE requests SET state = 'accepted'",
        "UPDATE intakes SET sealed = 'GONE-sealed'",
        "UPDATE waiting SET state = 'left', ended_at = created_at",
        "UPDATE calls SET state = 'done', done_at = created_at",
        "UPDATE calls SET name = 'GONE-again' WHERE appointment_id IS NOT NULL OR request_id IS NOT NULL",
        "UPDATE outbox SET state = 'sent', finished_at = due_at, reason = 'GONE-refused'",
        "UPDATE appointments SET state = 'attended'",
        "UPDATE allocations SET override_reason = 'GONE-override' WHERE part = 'adviser'",
        "UPDATE conflict_cases SET state = 'withdrawn'",
    ] {
        test.change(sql).await;
    }
}

#[tokio::test]
async fn lesson_39_nothing_of_somebody_is_left_in_any_copy_when_their_time_is_over() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        every_path(&test).await;
        let before = dump(&test).await;
        for text in [
            "GONE-name",
            "GONE-story",
            "GONE-caller",
            "gone@mark",
            "GONE-override",
            "60002",
        ] {
            assert!(before.contains(text), "{text} was never there");
        }
        let states =
            "SELECT state FROM appointments UNION ALL SELECT state FROM requests ORDER BY state";
        let counted = test.texts(states).await;

        // A day before its time is over nothing goes.
        test.clock
            .set(test.context.now() + TimeDelta::days(8 * 365 - 30));
        assert_eq!(erase_due(&test.context).await.unwrap(), Erased::default());
        assert_eq!(dump(&test).await, before);

        test.clock.set(test.context.now() + TimeDelta::days(80));
        let erased = erase_due(&test.context).await.unwrap();
        assert_eq!(erased.people, 4, "three clients and a call-back");
        let after = dump(&test).await.to_lowercase();
        for text in ["gone", "60001", "60002", "60003"] {
            let at = after
                .find(text)
                .map(|at| &after[at.saturating_sub(80)..at + 20]);
            assert_eq!(at, None, "{text} is left");
        }
        assert_eq!(
            test.texts(states).await,
            counted,
            "what reports count stays"
        );
        assert_eq!(erase_due(&test.context).await.unwrap(), Erased::default());
        assert_eq!(test.number("SELECT count(*) FROM erasures").await, 1);
    }
}

#[tokio::test]
async fn nobody_is_erased_who_has_something_open_or_was_here_lately() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        // One waits for an answer, one for a time, one for a call; one is the same person as one of them, by telephone.
        send_request(&test.context, &case(&test, "ASKS", "60002"))
            .await
            .unwrap();
        wait(&test, marked(&test, "WAITS", "60003"), Needs::default()).await;
        call_back(&test, "RINGS").await;
        book_as(
            &test,
            "a-one",
            at(12, 1, 10, 0),
            marked(&test, "TWICE", "60003"),
        )
        .await;
        test.change("UPDATE appointments SET state = 'attended'")
            .await;
        test.change(
            "UPDATE calls SET state = 'done', done_at = created_at WHERE kind <> 'call_back'",
        )
        .await;
        let before = dump(&test).await;
        test.clock
            .set(test.context.now() + TimeDelta::days(20 * 366));
        assert_eq!(erase_due(&test.context).await.unwrap(), Erased::default());
        assert_eq!(dump(&test).await, before);
    }
}

#[tokio::test]
async fn the_words_of_an_enquiry_that_came_to_nothing_go_first() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        send_request(&test.context, &case(&test, "NO", "60002"))
            .await
            .unwrap();
        test.change("UPDATE requests SET state = 'declined'").await;
        test.change("UPDATE intakes SET sealed = 'NO-sealed'").await;
        test.clock.set(test.context.now() + TimeDelta::days(29));
        assert_eq!(erase_due(&test.context).await.unwrap(), Erased::default());
        test.clock.set(test.context.now() + TimeDelta::days(2));
        let erased = erase_due(&test.context).await.unwrap();
        assert_eq!((erased.people, erased.words), (0, 1));
        let after = dump(&test).await;
        assert!(!after.contains("NO-story") && !after.contains("NO-sealed"));
        assert!(
            after.contains("NO-name"),
            "the record itself has its own time"
        );
    }
}

#[tokio::test]
async fn words_are_kept_their_time_from_the_day_on_which_somebody_withdrew() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        let sent = send_request(&test.context, &case(&test, "LATE", "60002"))
            .await
            .unwrap();
        test.clock.set(test.context.now() + TimeDelta::days(40));
        let revision = test.number("SELECT revision FROM requests").await;
        withdraw(&test.context, sent.id, revision, Actor::Client)
            .await
            .unwrap();
        assert_eq!(erase_due(&test.context).await.unwrap(), Erased::default());
        test.clock.set(test.context.now() + TimeDelta::days(31));
        assert_eq!(erase_due(&test.context).await.unwrap().words, 1);
    }
}

#[tokio::test]
async fn a_shorter_period_can_be_tried_before_it_is_saved() {
    for test in TestClinic::all().await {
        open_clinic(&test).await;
        every_path(&test).await;
        test.clock
            .set(test.context.now() + TimeDelta::days(3 * 366));
        let now = test.context.now().timestamp();
        let mut tx = test.context.store.read().await.unwrap();
        for (assumed, due) in [
            (None, 0),
            (Some(("a", 2)), 2),
            (Some(("b", 2)), 1),
            (Some(("a", 5)), 0),
        ] {
            let found = tx.clients_due(now, assumed, 100).await.unwrap();
            assert_eq!(found.len(), due, "{assumed:?}");
        }
    }
}
