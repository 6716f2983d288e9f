//! Forms that write into a text and leave the rest of it alone.

use std::collections::BTreeMap;

use super::super::edit::{Help, Refused, apply, form};
use super::*;
use crate::packs::{Packs, shipped};

const TEXT: &str = r#"# The head stays.
clinic = "sports"

[settings]
# Why it is off.
exit_button = false # for now
soon_days = 28

[[question]]
id = "M1"   # the first
kind = "radio"
text = "Does it hurt?"
options = [
  { value = "yes", label = "Yes" },  # first
  { value = "no", label = "No" },
]
limits = [{ days = 16 }]

# About the rule.
[[question.rule]]
id = "m1-hurts"
if = { any = [{ is = ["yes"] }, { days_away = { at_most = 7, at_least = "soon_days" } }] }
outcome = "out" # strong
text = "Sorry."
signposts = ["nhs_111", "gp"] # in this order
checked_on = "2026-11-01"
checked_by = "Ada Sample"

[[rule]]
id = "a8-own"
question = "A8"
if = { answered = true }
outcome = "review"
text = "We look first."
"#;

/// A form as the browser sends it back: every field as it was shown, with some changed.
struct Sent(BTreeMap<String, Vec<String>>);

impl Typed for Sent {
    fn values(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

impl Sent {
    fn back(text: &str, target: &Target, help: &Help<'_>) -> Self {
        use app::view::questions::FieldKind;
        let mut fields = BTreeMap::new();
        for field in form(text, target, help)
            .unwrap()
            .into_iter()
            .flat_map(|group| group.fields)
        {
            let values = match field.kind {
                FieldKind::Line(text) | FieldKind::Lines(text, _) => vec![text],
                FieldKind::Radio(choices) | FieldKind::Ticks(choices) => choices
                    .into_iter()
                    .filter(|choice| choice.chosen)
                    .map(|choice| choice.value)
                    .collect(),
            };
            let known = fields.insert(field.name, values);
            assert!(known.is_none(), "a field is there twice");
        }
        Self(fields)
    }

    fn set(mut self, name: &str, values: &[&str]) -> Self {
        assert!(self.0.contains_key(name), "{name}: {:?}", self.0.keys());
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.0.insert(name.to_owned(), values);
        self
    }
}

fn question(id: &str) -> Target {
    Target::Question(id.to_owned())
}

#[test]
fn a_form_that_comes_back_as_it_was_changes_not_one_letter() {
    let packs = Packs::embedded().unwrap();
    let any = packs.iter().next().unwrap();
    let help = Help {
        signposts: any.signposts.values().collect(),
        shared: None,
    };
    let mut forms = 0;
    for source in shipped() {
        let mut targets = vec![Target::File, Target::Settings];
        for pack in packs.iter() {
            targets.extend(pack.questions.iter().map(|one| question(&one.id.0)));
        }
        targets.extend(
            any.signposts
                .keys()
                .map(|id| Target::Signpost(id.0.clone())),
        );
        for target in targets {
            let Ok(_) = form(&source.text, &target, &help) else {
                continue;
            };
            if target == Target::Settings && !source.text.contains("[settings]") {
                continue;
            }
            let sent = Sent::back(&source.text, &target, &help);
            let text = apply(&source.text, &target, &help, &sent).unwrap();
            assert_eq!(text, source.text, "{} {target:?}", source.file);
            forms += 1;
        }
    }
    assert!(forms > 40, "{forms}");
}

#[test]
fn a_changed_field_is_written_and_comments_and_order_stay() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("M1"), &help)
        .set("text", &["Does it  hurt\nnow?"])
        .set("hint", &["Today."])
        .set("option-yes", &["Yes, it does"])
        .set("limit-0", &["20"])
        .set("rule-m1-hurts-outcome", &["review"])
        .set("rule-m1-hurts-p1", &["yes"])
        .set("rule-m1-hurts-at-0", &["9"])
        .set("rule-m1-hurts-signposts", &["gp", "shout"])
        .set("rule-m1-hurts-checked-on", &["2026-11-22"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    let changed: Vec<(String, String)> = TEXT
        .lines()
        .zip(text.lines())
        .filter(|(one, other)| one != other)
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .take(3)
        .collect();
    assert_eq!(changed[0].1, "text = \"Does it hurt now?\"");
    assert_eq!(
        changed[1].1,
        "  { value = \"yes\", label = \"Yes, it does\" },  # first"
    );
    assert_eq!(changed[2].1, "limits = [{ days = 20 }]");
    for line in [
        "id = \"M1\"   # the first",
        "hint = \"Today.\"",
        "# About the rule.",
        "if = { any = [{ is = [\"yes\"] }, { days_away = { at_most = 9, at_least = \"soon_days\" } }] }",
        "outcome = \"review\" # strong",
        "priority = \"p1\"",
        "signposts = [\"gp\", \"shout\"] # in this order",
        "checked_on = \"2026-11-22\"",
        "checked_by = \"Ada Sample\"",
    ] {
        assert!(text.lines().any(|own| own == line), "{line} in {text}");
    }
}

#[test]
fn the_answers_a_rule_is_about_are_ticked_and_none_is_refused() {
    let help = Help::default();
    let way = "rule-m1-hurts-is-0";
    let sent = Sent::back(TEXT, &question("M1"), &help).set(way, &["no", "yes"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    assert!(text.contains("{ is = [\"yes\", \"no\"] }"), "{text}");
    assert!(text.contains("checked_by = \"not yet checked\""), "{text}");
    let sent = Sent::back(TEXT, &question("M1"), &help).set(way, &[]);
    match apply(TEXT, &question("M1"), &help, &sent) {
        Err(Refused::Fields(errors)) => assert_eq!(errors[0].field, way),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_review_if_asked_and_the_best_signpost_are_chosen_in_the_form() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("M1"), &help)
        .set("rule-m1-hurts-ask", &["yes"])
        .set("rule-m1-hurts-best", &["gp"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    assert!(text.contains("follow_up = \"review\""), "{text}");
    assert!(text.contains("signposts = [\"gp\", \"nhs_111\"] # in this order"));
    let back = Sent::back(&text, &question("M1"), &help).set("rule-m1-hurts-ask", &[]);
    let text = apply(&text, &question("M1"), &help, &back).unwrap();
    assert!(!text.contains("follow_up"), "{text}");
}

#[test]
fn a_rule_is_added_under_its_question_unchecked_and_another_is_taken_away() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("M1"), &help)
        .set("new-id", &["m1-gone"])
        .set("new-text", &["A person looks."])
        .set("new-is", &["no"])
        .set("new-outcome", &["review"])
        .set("new-p1", &["yes"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    let rule = "\n[[question.rule]]\nid = \"m1-gone\"\nif = { is = [\"no\"] }\noutcome = \"review\"\npriority = \"p1\"\n\
        text = \"A person looks.\"\nchecked_on = \"not yet checked\"\nchecked_by = \"not yet checked\"\n";
    let at = text.find(rule).unwrap_or_else(|| panic!("{text}"));
    assert!(text.find("id = \"m1-hurts\"").unwrap() < at);
    assert!(at < text.find("[[rule]]").unwrap(), "{text}");
    let without = text.replace(rule, "");
    assert_eq!(without, TEXT, "the rest stays as it was");
    let sent = Sent::back(&text, &question("M1"), &help).set("rule-m1-gone-remove", &["yes"]);
    assert_eq!(apply(&text, &question("M1"), &help, &sent).unwrap(), TEXT);
}

#[test]
fn half_a_new_rule_is_refused_with_what_it_lacks() {
    let help = Help::default();
    let whole = || {
        Sent::back(TEXT, &question("M1"), &help)
            .set("new-id", &["m1-new"])
            .set("new-text", &["A person looks."])
            .set("new-is", &["no"])
            .set("new-outcome", &["review"])
    };
    for (field, value, named) in [
        ("new-id", "", "new-id"),
        ("new-id", "M1 new", "new-id"),
        ("new-id", "m1-hurts", "new-id"),
        ("new-text", "", "new-text"),
        ("new-outcome", "nothing", "new-outcome"),
    ] {
        let sent = whole().set(field, &[value]);
        match apply(TEXT, &question("M1"), &help, &sent) {
            Err(Refused::Fields(errors)) => assert_eq!(errors[0].field, named, "{field}={value}"),
            other => panic!("{other:?}"),
        }
    }
    let never = whole().set("new-is", &[]);
    assert!(apply(TEXT, &question("M1"), &help, &never).is_err());
}

#[test]
fn the_other_places_of_a_clinic_are_ticked_beside_its_settings() {
    let packs = Packs::embedded().unwrap();
    let help = Help {
        signposts: packs.iter().next().unwrap().signposts.values().collect(),
        shared: None,
    };
    let own = format!("elsewhere = [\"gp\", \"nhs_111\"] # best first\n{TEXT}");
    let sent = Sent::back(&own, &Target::Settings, &help).set("elsewhere", &["shout", "nhs_111"]);
    let text = apply(&own, &Target::Settings, &help, &sent).unwrap();
    assert_eq!(
        text,
        own.replace("\"gp\", \"nhs_111\"] #", "\"nhs_111\", \"shout\"] #")
    );
    let none = Sent::back(&own, &Target::Settings, &help).set("elsewhere", &[]);
    assert!(apply(&own, &Target::Settings, &help, &none).is_err());
}

#[test]
fn a_check_does_not_outlive_what_was_checked() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("M1"), &help).set("rule-m1-hurts-at-0", &["14"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    assert!(text.contains("checked_on = \"not yet checked\"\nchecked_by = \"not yet checked\""));
    let sent = Sent::back(TEXT, &question("M1"), &help).set("hint", &["No rule is about this"]);
    let text = apply(TEXT, &question("M1"), &help, &sent).unwrap();
    assert!(text.contains("checked_by = \"Ada Sample\""));
}

#[test]
fn a_clinics_own_rule_about_a_shared_question_is_changed_in_its_file() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("A8"), &help).set("rule-a8-own-text", &["Wait."]);
    let text = apply(TEXT, &question("A8"), &help, &sent).unwrap();
    assert_eq!(text, TEXT.replace("We look first.", "Wait."));
    assert!(matches!(
        form(TEXT, &question("A1"), &help),
        Err(Refused::NotThere)
    ));
}

#[test]
fn a_number_that_is_none_and_a_form_cut_short_write_nothing() {
    let help = Help::default();
    let sent = Sent::back(TEXT, &question("M1"), &help).set("rule-m1-hurts-at-0", &["a week"]);
    match apply(TEXT, &question("M1"), &help, &sent) {
        Err(Refused::Fields(errors)) => assert_eq!(errors[0].field, "rule-m1-hurts-at-0"),
        other => panic!("{other:?}"),
    }
    let empty = Sent(BTreeMap::new());
    for target in [question("A8"), Target::Settings] {
        assert_eq!(apply(TEXT, &target, &help, &empty).unwrap(), TEXT);
    }
}

#[test]
fn settings_are_changed_with_their_comments_and_a_clinic_can_go_back_to_what_all_have() {
    let all = super::super::edit::settings_of("[settings]\nsoon_days = 21\nbuffer_days = 3\n");
    let help = Help {
        shared: Some(&all),
        ..Help::default()
    };
    let sent = Sent::back(TEXT, &Target::Settings, &help)
        .set("setting-exit_button", &["true"])
        .set("setting-soon_days", &[""])
        .set("setting-buffer_days", &["5"]);
    let text = apply(TEXT, &Target::Settings, &help, &sent).unwrap();
    assert!(text.contains("# Why it is off.\nexit_button = true # for now\nbuffer_days = 5\n"));
    assert!(!text.contains("soon_days = "), "{text}");
    let sent = Sent::back(TEXT, &Target::Settings, &help).set("setting-soon_days", &["x"]);
    assert!(apply(TEXT, &Target::Settings, &help, &sent).is_err());
}

#[test]
fn a_text_that_is_not_toml_is_refused_with_its_line() {
    let text = "a = 1\nb = \n";
    let sent = Sent(BTreeMap::from([("text".to_owned(), vec![text.to_owned()])]));
    match apply(TEXT, &Target::File, &Help::default(), &sent) {
        Err(Refused::Fields(errors)) => assert!(errors[0].text.contains("Line 2 "), "{errors:?}"),
        other => panic!("{other:?}"),
    }
}
