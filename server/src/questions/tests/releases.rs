//! What the texts of a release do beside what the clinics have published.

use super::*;
use crate::packs::{ship_texts, shipped};

fn release(one: &str, other: &str) -> Vec<Source> {
    let mut texts = shipped();
    for source in texts.iter_mut().filter(|one| one.file == "shared.toml") {
        source.text = with_other(&source.text, one, other);
    }
    texts
}

#[tokio::test]
async fn a_new_database_has_the_texts_of_the_release_in_force_and_doing_it_twice_changes_nothing() {
    for test in TestClinic::all().await {
        let files = shipped().len();
        assert_eq!(ship(&test.context).await.unwrap(), files);
        assert_eq!(ship(&test.context).await.unwrap(), 0);
        let mut tx = test.context.store.read().await.unwrap();
        let in_force = tx.questions_in_force().await.unwrap();
        assert_eq!(in_force.len(), files);
        assert!(
            in_force
                .iter()
                .all(|row| row.number == 1 && row.published_by.is_none())
        );
        assert_eq!(tx.question_counter().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_release_replaces_what_an_older_one_brought_and_the_older_turns_nothing_back() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let next = release(AGE, AGE_TOO);
        assert_eq!(ship_texts(context, &next).await.unwrap(), 1);
        let shared = desk.open(&Set::Shared).await.in_force;
        assert_eq!(shared.number, 2);
        assert!(shared.text.contains(AGE_TOO));
        // The program of before starts again beside it.
        assert_eq!(ship(context).await.unwrap(), 0);
        assert_eq!(desk.open(&Set::Shared).await.in_force.number, 2);
    }
}

#[tokio::test]
async fn a_published_text_stays_in_force_when_a_release_brings_another() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let shared = desk.open(&Set::Shared).await.in_force.text;
        let own = with_other(&shared, AGE, "What is their age?");
        desk.publish(&Set::Shared, &own).await.unwrap();
        ship_texts(context, &release(AGE, AGE_TOO)).await.unwrap();
        let now = desk.open(&Set::Shared).await.in_force;
        assert_eq!((now.number, now.text), (2, own));
        // It is there to look at, and to take.
        let standing = crate::domain::access::Standing {
            staff: crate::domain::ids::StaffId(desk.ada),
            grants: vec![crate::domain::access::Grant {
                role: crate::domain::access::Role::Administrator,
                clinic: None,
            }],
        };
        let sets = sets(context, &standing).await.unwrap().sets;
        let news: Vec<(&str, i64)> = sets
            .iter()
            .map(|one| (one.set.slug.as_str(), one.news))
            .collect();
        assert_eq!(news, [("shared", 3), ("signposts", 0)]);
        let base = desk.open(&Set::Shared).await.base();
        assert!(
            take(context, &Set::Shared, desk.ada, base, 3)
                .await
                .unwrap()
        );
        let text = desk.open(&Set::Shared).await.text().to_owned();
        assert!(text.contains(AGE_TOO));
    }
}

#[tokio::test]
async fn a_release_that_does_not_go_with_a_clinics_own_text_changes_nothing_in_force() {
    for desk in Desk::all().await {
        let context = &desk.test.context;
        let sports = sports();
        let text = desk.open(&sports).await.in_force.text;
        let rule = "\n[[rule]]\nid = \"own-a5b\"\nquestion = \"A5b\"\nif = { is = [\"yes\"] }\noutcome = \"review\"\n\
                    text = \"We look first.\"\n";
        desk.publish(&sports, &format!("{text}{rule}"))
            .await
            .unwrap();
        let before = desk.open(&Set::Shared).await.in_force;
        ship_texts(context, &release("id = \"A5b\"", "id = \"A5c\""))
            .await
            .unwrap();
        assert_eq!(desk.open(&Set::Shared).await.in_force, before);
        desk.in_force.reload(context).await.unwrap();
        let pack = desk.in_force.get(&"sports".into()).unwrap();
        assert!(pack.question(&"A5b".into()).is_some());
    }
}
