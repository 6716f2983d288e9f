//! Rivals in one clinic: who is found, who is not, and what stands in the database.

use super::*;
use crate::domain::triage::{Answers, Raw, assess};
use crate::intake::intake_row;
use crate::packs::InForce;
use crate::store::RivalRow;

/// Books a business that named these rivals.
async fn business(
    test: &TestClinic,
    service: &str,
    own: &str,
    named: &[&str],
    start: DateTime<Utc>,
) -> Booked {
    let clinic = service.split('-').next().unwrap();
    let rivals = Rivals {
        own: vec![own.to_owned()],
        named: named.iter().map(|&name| name.to_owned()).collect(),
    };
    let sealed = Sealed {
        rivals,
        ..Sealed::default()
    };
    let submission = Submission {
        from: From::Slot(Wanted {
            service: ServiceId::from(service),
            start,
            mode: Mode::Phone,
            needs: Needs::default(),
        }),
        client: super::named(test, &format!("Owner {own}")),
        intake: Some(IntakeRow {
            sealed: seal(&test.context, &sealed).unwrap(),
            ..intake(test, clinic, &[])
        }),
        source: "web",
        actor: Actor::Client,
        replay: None,
    };
    submit(&test.context, &submission).await.unwrap()
}

async fn found(test: &TestClinic, id: Uuid) -> Vec<RivalRow> {
    let mut tx = test.context.store.read().await.unwrap();
    rivals(&mut *tx, id).await.unwrap()
}

fn mark(of: &Booked, one_team: bool) -> RivalRow {
    RivalRow {
        reference: of.reference.clone(),
        is_appointment: true,
        one_team,
    }
}

#[tokio::test]
async fn domain_9_4_rivals_are_found_in_both_directions_and_one_team_is_told() {
    for test in worlds().await {
        // Who has what is said below: the second booking goes to the adviser of the first.
        let first = business(
            &test,
            "sports-first",
            "Sample Bakery",
            &["Sample Cakes Ltd"],
            NINE(),
        )
        .await;
        let later = NINE() + TimeDelta::hours(3);
        let rival = business(&test, "sports-first", "SAMPLE CAKES", &[], later).await;
        let meanwhile = business(&test, "sports-first", "Cakes, Sample", &[], NINE()).await;
        let stranger = business(
            &test,
            "sports-first",
            "Sample Shoes",
            &["Sample Hats"],
            later,
        )
        .await;
        let same = "UPDATE allocations SET resource_id = (
                SELECT l.resource_id FROM allocations l JOIN appointments a ON a.meeting_id = l.meeting_id
                JOIN meetings m ON m.id = a.meeting_id WHERE l.part = 'adviser' ORDER BY m.starts_at, a.created_at, a.id LIMIT 1)
            WHERE part = 'adviser' AND meeting_id = (SELECT meeting_id FROM appointments ORDER BY id LIMIT 1 OFFSET 1)";
        test.change(same).await;
        let mut both = vec![mark(&rival, true), mark(&meanwhile, false)];
        both.sort_by(|one, other| one.reference.cmp(&other.reference));
        assert_eq!(found(&test, first.id).await, both, "{}", test.url);
        assert_eq!(found(&test, rival.id).await, [mark(&first, true)]);
        assert_eq!(found(&test, meanwhile.id).await, [mark(&first, false)]);
        assert_eq!(found(&test, stranger.id).await, []);
        // What is called off is nobody's rival any more.
        cancel(&test.context, first.id, Actor::Client)
            .await
            .unwrap();
        assert_eq!(found(&test, rival.id).await, []);
    }
}

#[tokio::test]
async fn a_rival_is_never_the_other_side_of_a_case_in_law_nor_the_other_way_round() {
    for test in worlds().await {
        business(
            &test,
            "sports-first",
            "Sample Bakery",
            &["Zuleika Example"],
            NINE(),
        )
        .await;
        let law = book(
            &test,
            "law-first",
            "Zuleika Example",
            &[(Side::OtherSide, "Somebody Sample")],
            NINE(),
        )
        .await;
        assert_eq!(super::found(&test, &law.reference).await, []);
        assert_eq!(
            super::super::rivals(&mut *test.context.store.read().await.unwrap(), law.id)
                .await
                .unwrap(),
            []
        );
        let clear = test
            .number(
                "SELECT (SELECT count(*) FROM conflict_parties WHERE clinic_id = 'sports' AND name IS NOT NULL)
                    + (SELECT count(*) FROM conflict_keys WHERE lower(hash) LIKE '%zul%')",
            )
            .await;
        assert_eq!(clear, 0, "{}", test.url);
    }
}

#[tokio::test]
async fn the_first_name_of_b8_is_the_clients_own_and_the_others_are_rivals() {
    let test = TestClinic::sqlite().await;
    let packs = InForce::shipped().unwrap();
    let pack = packs.get(&ClinicId::from("business")).unwrap();
    let names = ["Sample Bakery", "Sample Cakes", "Sample Buns"].map(str::to_owned);
    let raw = BTreeMap::from([("B8".into(), Raw::List(names.to_vec()))]);
    let answers = Answers::read(&pack, &raw).unwrap();
    let today = at(11, 22, 12, 0).date_naive();
    let assessment = assess(&pack, &answers, today);
    let row = intake_row(&test.context, &pack, &answers, &assessment, false).unwrap();
    assert!(row.answers.contains("Sample Buns"), "staff choose the team");
    let sealed: Sealed = test
        .context
        .unseal("intake/sealed", &row.sealed.unwrap())
        .unwrap();
    assert_eq!(sealed.rivals.own, names[..1]);
    assert_eq!(sealed.rivals.named, names[1..]);
    assert_eq!(sealed.names, [], "not for the law clinic");
}
