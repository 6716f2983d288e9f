//! Two editors, two publishers, several processes, and results of the past.

use super::*;
use crate::domain::ids::ClinicId;
use crate::domain::triage::QuestionId;

fn asked(in_force: &InForce, clinic: &str) -> String {
    let pack = in_force.get(&ClinicId::from(clinic)).unwrap();
    pack.question(&QuestionId::from("A3")).unwrap().text.clone()
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_nothing_is_lost_silently() {
    for desk in Desk::all().await {
        let (context, set) = (&desk.test.context, &Set::Shared);
        let opened = desk.open(set).await;
        let (base, text) = (opened.base(), opened.text().to_owned());
        let (one, other) = (
            with_other(&text, AGE, "Ada’s words"),
            with_other(&text, AGE, "Bo’s words"),
        );
        let (first, second) = tokio::join!(
            save(context, set, desk.ada, base, &one),
            save(context, set, desk.bo, base, &other)
        );
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!(
            first != second,
            "one is saved, one is told: {first} {second}"
        );
        let kept = desk.open(set).await;
        assert!(kept.text().contains(if first {
            "Ada’s words"
        } else {
            "Bo’s words"
        }));
        assert_eq!(kept.base().revision, 1);
        // The first's own second save goes on from what it saw; the other's still does not.
        assert!(!save(context, set, desk.bo, base, &other).await.unwrap());
        assert!(
            save(context, set, desk.ada, kept.base(), &one)
                .await
                .unwrap()
        );
        // A draft that somebody else goes on with is not thrown away by a page from before.
        assert!(!discard(context, set, desk.bo, base).await.unwrap());
        let base = desk.open(set).await.base();
        assert!(discard(context, set, desk.bo, base).await.unwrap());
        assert!(desk.open(set).await.draft.is_none());
    }
}

#[tokio::test]
async fn a_draft_is_published_once_by_one_of_two_and_with_an_audit_row() {
    for desk in Desk::all().await {
        let (context, set) = (&desk.test.context, &Set::Shared);
        let text = desk.open(set).await.in_force.text;
        let base = desk.open(set).await.base();
        assert!(desk.save(set, base, &with_other(&text, AGE, AGE_TOO)).await);
        let base = desk.open(set).await.base();
        let go = |who| publish(context, &desk.in_force, set, who, base, ("Why", true));
        let (one, other) = tokio::join!(go(desk.ada), go(desk.bo));
        let published = [&one, &other].iter().filter(|done| done.is_ok()).count();
        assert_eq!(published, 1, "{one:?} {other:?}");
        let refused = [one, other].into_iter().find_map(Result::err);
        assert!(matches!(refused, Some(NotPublished::Conflict)));
        let now = desk.open(set).await;
        assert_eq!((now.in_force.number, now.draft.is_none()), (2, true));
        assert_eq!(now.in_force.note, "Why");
        let rows = desk
            .test
            .number("SELECT count(*) FROM audit WHERE action = 'questions_published' AND detail = 'shared.toml 2'")
            .await;
        assert_eq!(rows, 1);
        let mut tx = context.store.read().await.unwrap();
        assert_eq!(
            tx.question_version("shared.toml", 1)
                .await
                .unwrap()
                .unwrap()
                .text,
            text
        );
    }
}

#[tokio::test]
async fn lesson_42_a_draft_that_the_checker_objects_to_is_not_published() {
    for desk in Desk::all().await {
        let set = &Set::Shared;
        let text = desk.open(set).await.in_force.text;
        let broken = [
            with_other(
                &text,
                "signposts = [\"childline\"]",
                "signposts = [\"nobody\"]",
            ),
            with_other(&text, &format!("text = \"{AGE}\""), "text = \"\""),
            text.replace("if = { is = [\"under_16\"] }", "if = { is = [\"never\"] }"),
            "[[question]]\nid = 3\n".to_owned(),
        ];
        for text in broken {
            match desk.publish(set, &text).await {
                Err(NotPublished::Broken(found)) => assert!(found[0].contains("shared.toml line ")),
                other => panic!("{other:?}"),
            }
            assert_eq!(desk.open(set).await.in_force.number, 1);
        }
    }
}

#[tokio::test]
async fn a_clinics_file_cannot_become_another_clinics() {
    for desk in Desk::all().await {
        let text = desk.open(&sports()).await.in_force.text;
        let other = with_other(&text, "clinic = \"sports\"", "clinic = \"law\"");
        match desk.publish(&sports(), &other).await {
            Err(NotPublished::Broken(found)) => assert!(found[0].contains("“sports”"), "{found:?}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn publishing_needs_a_note_and_that_somebody_has_read_the_difference() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    let (context, set) = (&desk.test.context, &Set::Shared);
    let text = desk.open(set).await.in_force.text;
    let base = desk.open(set).await.base();
    desk.save(set, base, &with_other(&text, AGE, AGE_TOO)).await;
    let base = desk.open(set).await.base();
    let go = |note, read| publish(context, &desk.in_force, set, desk.ada, base, (note, read));
    assert!(matches!(go("  ", true).await, Err(NotPublished::Note)));
    let long = "x".repeat(501);
    assert!(matches!(go(&long, true).await, Err(NotPublished::Note)));
    assert!(matches!(go("Why", false).await, Err(NotPublished::NotRead)));
    assert!(go("Why", true).await.is_ok());
}

#[tokio::test]
async fn what_is_published_is_in_force_here_at_once_and_in_every_other_process_a_quarter_second_later()
 {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let elsewhere = InForce::shipped().unwrap();
        elsewhere.look(context).await;
        let text = desk.open(&Set::Shared).await.in_force.text;
        desk.publish(&Set::Shared, &with_other(&text, AGE, AGE_TOO))
            .await
            .unwrap();
        for clinic in ["law", "sports", "charity"] {
            assert_eq!(asked(&desk.in_force, clinic), AGE_TOO);
        }
        elsewhere.look(context).await;
        assert_eq!(asked(&elsewhere, "law"), AGE, "looked a moment ago");
        desk.test
            .clock
            .advance(chrono::TimeDelta::milliseconds(250));
        let before = elsewhere.current();
        elsewhere.look(context).await;
        assert_eq!(asked(&elsewhere, "law"), AGE_TOO);
        // Whoever began with the old version still has it whole.
        let law = before.get(&"law".into()).unwrap();
        assert_eq!(law.question(&"A3".into()).unwrap().text, AGE);
    }
}

#[tokio::test]
async fn a_broken_set_in_the_database_leaves_the_last_good_one_in_force() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let mut tx = context.store.write().await.unwrap();
        let broken = crate::store::QuestionVersionRow {
            id: context.id(),
            number: 2,
            text: "clinic = \"sports\"\nnonsense = 1\n".to_owned(),
            ..desk.open(&sports()).await.in_force
        };
        tx.put_question_version(&broken).await.unwrap();
        tx.put_in_force("sports.toml", 2, 0).await.unwrap();
        tx.move_questions().await.unwrap();
        tx.commit().await.unwrap();
        desk.in_force.reload(context).await.unwrap();
        assert_eq!(asked(&desk.in_force, "sports"), AGE);
        let started = InForce::shipped().unwrap();
        started.reload(context).await.unwrap();
        assert_eq!(asked(&started, "sports"), AGE);
        // A good one afterwards is taken.
        let text = desk.open(&Set::Shared).await.in_force.text;
        let mut tx = context.store.write().await.unwrap();
        tx.put_in_force("sports.toml", 1, 0).await.unwrap();
        tx.move_questions().await.unwrap();
        tx.commit().await.unwrap();
        desk.publish(&Set::Shared, &with_other(&text, AGE, AGE_TOO))
            .await
            .unwrap();
        assert_eq!(asked(&desk.in_force, "sports"), AGE_TOO);
    }
}

#[tokio::test]
async fn lesson_42_a_past_result_keeps_the_words_of_its_version() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let law = ClinicId::from("law");
        let then = desk.in_force.get(&law).unwrap();
        let text = desk.open(&Set::Shared).await.in_force.text;
        desk.publish(&Set::Shared, &with_other(&text, AGE, AGE_TOO))
            .await
            .unwrap();
        let now = desk.in_force.get(&law).unwrap();
        assert_ne!(then.version, now.version);
        for holder in [&desk.in_force, &InForce::shipped().unwrap()] {
            for (version, words) in [(&then.version, AGE), (&now.version, AGE_TOO)] {
                let pack = holder.of_version(context, &law, version).await.unwrap();
                let pack = pack.unwrap();
                assert_eq!(&pack.version, version);
                assert_eq!(pack.question(&"A3".into()).unwrap().text, words);
            }
            let none = holder.of_version(context, &law, "0000").await.unwrap();
            assert!(none.is_none());
        }
    }
}

#[tokio::test]
async fn a_published_version_never_changes() {
    for desk in Desk::all().await {
        let mut tx = desk.test.context.store.write().await.unwrap();
        let row = desk.open(&sports()).await.in_force;
        assert!(tx.put_question_version(&row).await.is_err());
        drop(tx);
        let update = "UPDATE question_versions SET text = '' WHERE number = 1";
        let failed = if desk.test.url.starts_with("sqlite:") {
            use sqlx::Connection as _;
            let mut raw = sqlx::SqliteConnection::connect(&desk.test.url)
                .await
                .unwrap();
            sqlx::query(update).execute(&mut raw).await.is_err()
        } else {
            use sqlx::Connection as _;
            let mut raw = sqlx::PgConnection::connect(&desk.test.url).await.unwrap();
            sqlx::query(update).execute(&mut raw).await.is_err()
        };
        assert!(failed, "{}", desk.test.url);
    }
}
