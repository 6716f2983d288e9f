//! What is true of every pack, whatever its words: tried on random answers to every pack there is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::format::every_part;
use super::{Packs, in_days, today};
use crate::domain::triage::{
    Answer, Answers, Assessment, At, Kind, NOT_SURE, Outcome, Pack, Priority, Question, assess,
    on_path,
};

fn packs() -> Vec<Pack> {
    static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
        let embedded = Packs::embedded().unwrap();
        embedded.iter().cloned().chain([every_part()]).collect()
    });
    PACKS.clone()
}

/// Some answer that fits, picked by dice.
pub(super) fn some_answer(question: &Question, dice: &[Index]) -> Answer {
    let choices = &question.choices;
    let pick = |die: &Index| choices[die.index(choices.len())].value.clone();
    let a_choice = !choices.is_empty() && dice[1].index(3) == 0;
    match question.kind {
        Kind::Radio => Answer::One(pick(&dice[0])),
        Kind::Checks => {
            let ticked: BTreeSet<String> = dice.iter().map(pick).collect();
            let plain = |value: &String| {
                question
                    .choice(value)
                    .is_some_and(|choice| !choice.exclusive)
            };
            let several: BTreeSet<String> = ticked
                .iter()
                .filter(|value| plain(value))
                .cloned()
                .collect();
            Answer::Many(if several.is_empty() { ticked } else { several })
        }
        _ if a_choice => Answer::One(pick(&dice[0])),
        Kind::Date => Answer::Date(in_days(i64::try_from(dice[0].index(260)).unwrap() - 130)),
        Kind::Text | Kind::Long => {
            Answer::Text(["English", "9", "London Met"][dice[0].index(3)].to_owned())
        }
        Kind::Names => Answer::Names(vec![
            ["A. Person", "London Met"][dice[0].index(2)].to_owned(),
        ]),
    }
}

/// Answers to some of the questions: mostly mild ones, so that not every case ends at the first question.
fn some_answers(pack: &Pack, dice: &[Index]) -> Answers {
    let mut rolls = dice.chunks_exact(4).cycle();
    let mut answers = Answers::default();
    for question in &pack.questions {
        let roll = rolls.next().unwrap();
        let mild = question
            .choices
            .iter()
            .find(|choice| choice.value == "no" || choice.exclusive);
        let answer = match (roll[3].index(8), mild, question.kind) {
            (0 | 1, _, _) => continue,
            (2..=5, Some(mild), Kind::Checks) => Answer::Many(BTreeSet::from([mild.value.clone()])),
            (2..=5, Some(mild), Kind::Radio) => Answer::One(mild.value.clone()),
            _ => some_answer(question, roll),
        };
        assert!(question.accepts(&answer), "{answer:?}");
        answers.insert(question.id.clone(), answer);
    }
    answers
}

fn severity(assessment: &Assessment) -> (Outcome, Option<Priority>) {
    (assessment.outcome, assessment.priority)
}

pub(super) fn dice() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 4 * 31)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn more_evidence_never_lowers_urgency(dice in dice(), more in dice()) {
        for pack in packs() {
            let answers = some_answers(&pack, &dice);
            let before = assess(&pack, &answers, today());
            for (question, roll) in pack.questions.iter().zip(more.chunks_exact(4)) {
                let mut added = answers.clone();
                match answers.get(&question.id) {
                    // One more answer.
                    None => added.insert(question.id.clone(), some_answer(question, roll)),
                    // One more tick.
                    Some(Answer::Many(ticked)) => {
                        let new = &question.choices[roll[0].index(question.choices.len())];
                        let exclusive = ticked.iter().any(|value| question.choice(value).unwrap().exclusive);
                        if new.exclusive || exclusive {
                            continue;
                        }
                        let mut ticked = ticked.clone();
                        ticked.insert(new.value.clone());
                        added.insert(question.id.clone(), Answer::Many(ticked));
                    }
                    // One more name.
                    Some(Answer::Names(names)) => {
                        let mut names = names.clone();
                        names.push("London Met".to_owned());
                        added.insert(question.id.clone(), Answer::Names(names));
                    }
                    Some(_) => continue,
                }
                let after = assess(&pack, &added, today());
                prop_assert!(severity(&after) >= severity(&before), "{} {answers:?} then {added:?}", pack.clinic);
            }
        }
    }

    #[test]
    fn domain_9_8_test_3_not_sure_is_never_softer_than_yes_except_a1(dice in dice()) {
        for pack in packs() {
            let answers = some_answers(&pack, &dice);
            for question in pack.questions.iter().filter(|one| one.is_yes_or_no() && one.id.as_str() != "A1") {
                let result = |value: &str| {
                    let mut answers = answers.clone();
                    answers.insert(question.id.clone(), Answer::One(value.to_owned()));
                    severity(&assess(&pack, &answers, today()))
                };
                prop_assert!(result(NOT_SURE) >= result("yes"), "{} {}", pack.clinic, question.id);
                if question.safety {
                    prop_assert!(result(NOT_SURE) >= result("no"), "{} {}", pack.clinic, question.id);
                }
            }
        }
    }

    #[test]
    fn the_outcome_is_the_worst_that_any_rule_asks_for(dice in dice()) {
        for pack in packs() {
            let result = assess(&pack, &some_answers(&pack, &dice), today());
            let worst = result.reasons.iter().map(|reason| reason.outcome).max().unwrap_or(Outcome::Book);
            prop_assert_eq!(result.outcome, worst);
            let order: Vec<_> = result.reasons.iter().map(|one| (one.outcome, one.priority)).collect();
            prop_assert!(order.is_sorted_by(|one, next| one >= next));
            let p1 = result.reasons.iter().any(|reason| reason.priority.is_some());
            prop_assert_eq!(result.priority.is_some(), p1);
        }
    }

    #[test]
    fn a_stop_asks_nothing_more_and_not_us_only_safety_questions(dice in dice()) {
        for pack in packs() {
            let answers = some_answers(&pack, &dice);
            let result = assess(&pack, &answers, today());
            let next = result.next.as_ref().and_then(|id| pack.question(id));
            match result.outcome {
                Outcome::Stop => prop_assert!(next.is_none()),
                Outcome::Out => prop_assert!(next.is_none_or(|one| one.safety || one.before_out)),
                _ => {}
            }
        }
    }

    #[test]
    fn answers_off_the_path_count_for_nothing(dice in dice()) {
        for pack in packs() {
            let answers = some_answers(&pack, &dice);
            let kept = on_path(&pack, &answers, today());
            prop_assert_eq!(on_path(&pack, &kept, today()), kept.clone());
            prop_assert_eq!(assess(&pack, &kept, today()), assess(&pack, &answers, today()));
        }
    }

    #[test]
    fn answering_what_is_asked_always_comes_to_an_end(dice in dice()) {
        for pack in packs() {
            let mut answers = Answers::default();
            let mut rolls = dice.chunks_exact(4);
            for _ in 0..=pack.questions.len() {
                let Some(next) = assess(&pack, &answers, today()).next else { break };
                let answer = some_answer(pack.question(&next).unwrap(), rolls.next().unwrap());
                prop_assert!(answers.get(&next).is_none());
                answers.insert(next, answer);
            }
            prop_assert_eq!(assess(&pack, &answers, today()).next, None);
        }
    }

    #[test]
    fn an_assessment_comes_back_the_same_from_json(dice in dice()) {
        let pack = every_part();
        let mut result = assess(&pack, &some_answers(&pack, &dice), today());
        let back: Assessment = serde_json::from_str(&serde_json::to_string(&result).unwrap()).unwrap();
        // Where a signpost is written is for the check, and does not travel.
        let signposts = result.reasons.iter_mut().flat_map(|one| &mut one.signposts);
        signposts.chain(result.notices.iter_mut().flat_map(|one| &mut one.signposts)).for_each(|one| {
            one.at = At::default();
        });
        prop_assert_eq!(back, result);
    }
}

#[test]
fn not_sure_whether_anyone_is_in_danger_shows_who_to_call_and_goes_on() {
    for pack in packs() {
        let result = assess(&pack, &super::answers(&pack, "A1=not_sure"), today());
        assert_eq!(result.outcome, Outcome::Book);
        assert!(result.next.is_some());
        assert_eq!(result.notices.len(), 1);
    }
}
