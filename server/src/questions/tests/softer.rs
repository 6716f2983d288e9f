//! What a change takes with it: a professional's check of what was there before, and the leave of a mere manager.

use super::*;
use crate::packs::{Packs, SHARED, SIGNPOSTS};

const SPORTS: &str = include_str!("../../../packs/sports.toml");
const LAW: &str = include_str!("../../../packs/law.toml");
const SHARED_TEXT: &str = include_str!("../../../packs/shared.toml");
const SIGNPOSTS_TEXT: &str = include_str!("../../../packs/signposts.toml");
const M1_STOP: &str = "if = { some = true }\noutcome = \"stop\"\ntext = \"Ring 999";
const M1_NOTE: &str = "if = { some = true }\noutcome = \"notice\"\ntext = \"Ring 999";
const HIGH: &str = "pain_high = 9";

/// The sports file with every rule checked by one person.
fn signed() -> String {
    let text = with_other(
        SPORTS,
        "checked_on = \"not yet checked\"",
        "checked_on = \"2026-11-20\"",
    );
    with_other(
        &text,
        "checked_by = \"not yet checked\"",
        "checked_by = \"Dr Sample\"",
    )
}

fn check_of(packs: &Packs, rule: &str) -> (String, String) {
    let pack = packs.get(&"sports".into()).unwrap();
    let rule = pack.rules.iter().find(|one| one.id.0 == rule).unwrap();
    (rule.checked_on.clone(), rule.checked_by.clone())
}

fn by(on: &str, by: &str) -> (String, String) {
    (on.to_owned(), by.to_owned())
}

#[tokio::test]
async fn a_check_falls_with_the_rule_it_was_of_whatever_way_it_was_changed() {
    let (dr, never) = (
        by("2026-11-20", "Dr Sample"),
        by("not yet checked", "not yet checked"),
    );
    for desk in Desk::all().await {
        desk.publish(&sports(), &signed()).await.unwrap();
        assert_eq!(check_of(&desk.in_force.current(), "m1-any"), dr);
        // In the whole text: another outcome, and a threshold that stands among the settings.
        let text = with_other(
            &with_other(&signed(), M1_STOP, M1_NOTE),
            HIGH,
            "pain_high = 8",
        );
        desk.publish(&sports(), &text).await.unwrap();
        let now = desk.in_force.current();
        assert_eq!(check_of(&now, "m1-any"), never);
        assert_eq!(check_of(&now, "m13-bad-and-worse"), never, "its threshold");
        assert_eq!(check_of(&now, "m2-any"), dr, "nothing of it has changed");
        // What the question means is what the rule was checked with.
        let text = desk.open(&sports()).await.in_force.text;
        let asked = with_other(&text, "A change in feeling during sex", "Nothing much");
        desk.publish(&sports(), &asked).await.unwrap();
        assert_eq!(check_of(&desk.in_force.current(), "m2-any"), never);
    }
}

#[tokio::test]
async fn a_check_that_is_made_anew_stands_and_one_that_is_carried_over_does_not() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    desk.publish(&sports(), &signed()).await.unwrap();
    let anew = M1_NOTE.replace(
        "outcome",
        "checked_on = \"2026-11-22\"\nchecked_by = \"Dr Sample\"\noutcome",
    );
    desk.publish(&sports(), &with_other(&signed(), M1_STOP, &anew))
        .await
        .unwrap();
    let now = desk.in_force.current();
    assert_eq!(check_of(&now, "m1-any"), by("2026-11-22", "Dr Sample"));
    // The same check under another name of the rule is a check of nothing.
    let renamed = with_other(&signed(), "id = \"m1-any\"", "id = \"m1-other\"");
    desk.publish(&sports(), &renamed).await.unwrap();
    let now = desk.in_force.current();
    assert_eq!(check_of(&now, "m1-other").0, "not yet checked");
    assert_eq!(check_of(&now, "m2-any"), by("2026-11-20", "Dr Sample"));
}

#[tokio::test]
async fn a_signposts_check_falls_with_its_number() {
    let desk = Desk::on(TestClinic::sqlite().await).await;
    let number = "telephone = \"999\"";
    let checked = SIGNPOSTS_TEXT.replace("\"not yet checked\"", "\"2026-11-20\"");
    desk.publish(&Set::Signposts, &checked).await.unwrap();
    let other = with_other(&checked, number, "telephone = \"998\"");
    desk.publish(&Set::Signposts, &other).await.unwrap();
    let text = desk.open(&Set::Signposts).await.in_force.text;
    assert_eq!(text.matches("not yet checked").count(), 2, "one, on and by");
}

fn packs(texts: [&str; 3]) -> Packs {
    let [shared, sports, law] = texts;
    let sources = [
        Source::new(SHARED, shared),
        Source::new(SIGNPOSTS, SIGNPOSTS_TEXT),
        Source::new("sports.toml", sports),
        Source::new("law.toml", law),
    ];
    let (packs, problems) = crate::packs::examine(&sources);
    packs.unwrap_or_else(|| panic!("{problems:?}"))
}

/// With one thing replaced in the files in which it stands.
fn softer_than_before(one: &str, other: &str) -> Vec<String> {
    let texts = [SHARED_TEXT, SPORTS, LAW];
    assert!(texts.iter().any(|text| text.contains(one)), "{one}");
    let changed = texts.map(|text| text.replacen(one, other, 1));
    let changed = packs([&changed[0], &changed[1], &changed[2]]);
    super::super::softer::softer(&packs(texts), &changed)
}

#[test]
fn what_asks_less_is_told_in_words() {
    let m13 = "number = { at_least = \"pain_high\" }";
    for (one, other, about) in [
        (M1_STOP, M1_NOTE, "m1-any is softer. It was: Stop"),
        ("id = \"m1-any\"", "id = \"m1-other\"", "m1-any is gone"),
        (HIGH, "pain_high = 10", "m13-bad-and-worse"),
        (m13, "number = { at_least = 10 }", "m13-bad-and-worse"),
        (m13, "number = { more_than = 9 }", "m13-bad-and-worse"),
        (
            "is = [\"worse\"], all",
            "is = [\"same\"], all",
            "m13-bad-and-worse",
        ),
        (
            "is = [\"yes\", \"not_sure\"]",
            "is = [\"yes\"]",
            "m3-clot (Stop: get help now) may hold for fewer",
        ),
        (
            "allow_under_16 = false",
            "allow_under_16 = true",
            "a3-under-16 is switched off",
        ),
        (
            "  { value = \"chest_pain\", label = \"Bad chest pain\" },\n",
            "",
            "m1-any",
        ),
        (
            "text = \"Do you have any of these now?\"",
            "text = \"Now?\"\nask_if = { question = \"A1\", is = [\"not_sure\"] }",
            "Question M1",
        ),
    ] {
        let found = softer_than_before(one, other).join(" ");
        assert!(found.contains(about), "{other}: {found}");
    }
}

#[test]
fn a_meeting_that_may_come_later_before_a_time_limit_is_softer() {
    let court = "limits = [{ days = 0 }]";
    let money = "limits = [{ days = 16 }]";
    for (one, other, about) in [
        (
            "turnaround_days = 14",
            "turnaround_days = 13",
            "Setting turnaround_days leaves fewer days before a time limit. It was: 14. It is now: 13.",
        ),
        ("buffer_days = 3", "buffer_days = 0", "Setting buffer_days"),
        (court, "limits = [{ days = 1 }]", "limits of question L8"),
        (court, "", "limits of question L8"),
        (
            court,
            "limits = [{ days = 0, if = { question = \"L7\", is = [\"yes\"] } }, { days = 9 }]",
            "limits of question L8",
        ),
        (
            "limits = [{ months = 1 }]",
            "limits = [{ months = 2 }]",
            "limits of question L10",
        ),
        (
            "limits = [{ employment_tribunal = true }]",
            "limits = [{ months = 6 }]",
            "limits of question L9",
        ),
        (money, "limits = [{ days = 17 }]", "limits of question L11"),
    ] {
        // The texts may speak of a limit that is gone: the checker says so, and is not what is asked here.
        let law = LAW.replace("{limit}", "soon");
        let texts = [SHARED_TEXT, SPORTS, &law];
        assert!(texts.iter().any(|text| text.contains(one)), "{one}");
        let changed = texts.map(|text| text.replacen(one, other, 1));
        let changed = packs([&changed[0], &changed[1], &changed[2]]);
        let found = super::super::softer::softer(&packs(texts), &changed).join("\n");
        assert!(found.contains(about), "{other}: {found}");
    }
}

#[test]
fn facts_that_are_no_longer_noted_are_softer() {
    for (one, other, about) in [
        (
            "sets = { force_safe_contact = true }\n",
            "",
            "Rule l3-abuse notes less, or something else. It noted: force_safe_contact = true. It now notes: nothing.",
        ),
        (
            "sets = { lead_only = true }\n",
            "",
            "Rule l12-london-met notes",
        ),
        (
            "extra_time_percent = 50",
            "extra_time_percent = 25",
            "Rule a5b-interpreter notes less",
        ),
        (
            "sets = { services = [\"sports-first\"] }",
            "sets = { services = [\"sports-follow-up\"] }",
            "Rule m9-first notes less",
        ),
        (
            "sets = { chaperone = true }",
            "sets = {}",
            "to question M12 notes less",
        ),
        (
            "{ value = \"no\", label = \"No\" },\n  { value = \"not_sure\", label = \"Not sure\" },\n]\n\n[[question]]\nid = \"A5\"",
            "{ value = \"no\", label = \"No\", sets = { returning = true } },\n  { value = \"not_sure\", label = \"Not sure\" },\n]\n\n[[question]]\nid = \"A5\"",
            "The answer “No” to question A4 notes less, or something else",
        ),
        (
            "id = \"m9-first\"",
            "id = \"m9-other\"",
            "Rule m9-first is gone",
        ),
    ] {
        let found = softer_than_before(one, other).join("\n");
        assert!(found.contains(about), "{other}: {found}");
    }
}

#[test]
fn a_way_on_or_a_place_to_turn_to_that_is_taken_away_is_softer() {
    for (one, other, about) in [
        (
            "follow_up = \"review\"\n",
            "",
            "Rule l3-abuse no longer offers this as well: A person looks first.",
        ),
        (
            "signposts = [\"civil_legal_advice\", \"court_help\"]",
            "signposts = [\"civil_legal_advice\"]",
            "Rule l8-urgent no longer says that these can help: ",
        ),
        (
            "\"civil_legal_advice\", \"mens_advice_line\"]",
            "\"civil_legal_advice\"]",
            "Rule l3-abuse no longer says that these can help: Men",
        ),
        (
            "elsewhere = [\"citizens_advice\", \"civil_legal_advice\"]",
            "elsewhere = [\"citizens_advice\"]",
            "Rule a8-no-students no longer says that these can help: Civil Legal Advice",
        ),
    ] {
        let found = softer_than_before(one, other).join("\n");
        assert!(found.contains(about), "{other}: {found}");
    }
}

#[test]
fn what_asks_as_much_or_more_is_not_softer() {
    let m13 = "number = { at_least = \"pain_high\" }";
    for (one, other) in [
        (AGE, AGE_TOO),
        (HIGH, "pain_high = 8"),
        (m13, "number = { more_than = 8 }"),
        (m13, "number = { at_least = 9 }"),
        ("is = [\"worse\"], all", "is = [\"worse\", \"same\"], all"),
        (
            "signposts = [\"emergency\"]",
            "signposts = [\"emergency\", \"nhs_111\"]",
        ),
        (
            "[\"civil_legal_advice\", \"court_help\"]",
            "[\"court_help\", \"civil_legal_advice\"]",
        ),
        ("turnaround_days = 14", "turnaround_days = 15"),
        ("buffer_days = 3", "buffer_days = 4"),
        (
            "limits = [{ days = 0 }]",
            "limits = [{ days = 0 }, { days = 9 }]",
        ),
        (", sets = { returning = true }", ""),
        (
            "sets = { lead_only = true }",
            "sets = { lead_only = true, interpreter = true }",
        ),
        (
            "outcome = \"out\"\n",
            "outcome = \"out\"\nfollow_up = \"review\"\n",
        ),
    ] {
        assert_eq!(
            softer_than_before(one, other),
            Vec::<String>::new(),
            "{other}"
        );
    }
}

#[tokio::test]
async fn a_softer_version_is_published_by_a_supervisor_of_the_clinic_alone() {
    for desk in Desk::all().await {
        let (context, set) = (&desk.test.context, &sports());
        let base = desk.open(set).await.base();
        assert!(
            desk.save(set, base, &with_other(SPORTS, M1_STOP, M1_NOTE))
                .await
        );
        let base = desk.open(set).await.base();
        for (name, role, clinic) in [
            ("mo", "manager", "sports"),
            ("lu", "supervisor", "law"),
            ("root", "administrator", ""),
        ] {
            let id = context.id();
            let mut tx = context.store.write().await.unwrap();
            let row = StaffRow {
                id,
                email: format!("{name}@sample.invalid"),
                name: name.to_owned(),
                password: None,
                resource_id: None,
                active: true,
                created_at: 0,
            };
            tx.put_staff(&row).await.unwrap();
            tx.put_role(id, role, clinic).await.unwrap();
            tx.commit().await.unwrap();
            let done = publish(context, &desk.in_force, set, id, base, ("Why", true)).await;
            assert!(matches!(done, Err(NotPublished::Softer(_))), "{name}");
        }
        assert_eq!(desk.open(set).await.in_force.number, 1);
        let page = draft_page(context, set).await.unwrap().unwrap();
        assert_eq!(page.softer.len(), 1, "{:?}", page.softer);
        let done = publish(context, &desk.in_force, set, desk.ada, base, ("Why", true)).await;
        assert!(done.is_ok(), "{done:?}");
    }
}
