//! Whether the table of rules would notice a change: every outcome, priority, threshold, value, signpost, fact, limit
//! and condition of every pack is changed in turn, and each change has to make a line fail.

use std::collections::BTreeSet;

use super::table::{Line, lines, packs};
use crate::domain::triage::{
    Amount, Condition, Effect, Facts, How, Outcome, Pack, Priority, Range, Rule, Setting,
    SignpostId, Test,
};

/// A changed pack, and what was changed.
type Change = (String, Pack);

#[test]
fn changing_any_one_rule_makes_a_line_of_the_table_fail() {
    let (mut tried, mut unnoticed) = (0, Vec::new());
    for (clinic, pack) in packs() {
        let own: Vec<&Line> = lines()
            .iter()
            .filter(|line| line.clinic == clinic)
            .collect();
        for (what, changed) in changes(clinic, &pack) {
            assert_ne!(changed, pack, "{clinic}: {what} changes nothing");
            tried += 1;
            // Most lines know nothing of the change: those that name the rule or its question are tried first.
            if !own.iter().any(|line| line.failure(&changed).is_some()) {
                unnoticed.push(format!("{clinic}: {what}"));
            }
        }
    }
    assert_eq!(unnoticed, Vec::<String>::new());
    assert!(tried > 1_000, "{tried}");
}

fn changes(clinic: &str, pack: &Pack) -> Vec<Change> {
    let own = |file: &str| (clinic == "shared") == (file == "shared.toml");
    let mut all = Vec::new();
    for (place, rule) in pack.rules.iter().enumerate() {
        if own(&rule.at.file) {
            for (what, changed) in rules(rule) {
                let mut pack = pack.clone();
                pack.rules[place] = changed;
                all.push((format!("{} {what}", rule.id), pack));
            }
            let mut without = pack.clone();
            without.rules.remove(place);
            all.push((format!("{} gone", rule.id), without));
        }
    }
    for place in 0..pack.questions.len() {
        if own(&pack.questions[place].at.file) {
            questions(pack, place, &mut all);
        }
    }
    settings(clinic, pack, &mut all);
    for place in 0..pack.elsewhere.len() {
        let mut pack = pack.clone();
        let gone = pack.elsewhere.remove(place);
        all.push((format!("elsewhere without {gone}"), pack));
    }
    all
}

fn rules(rule: &Rule) -> Vec<(String, Rule)> {
    let mut all: Vec<(String, Rule)> = Vec::new();
    let mut change = |what: String, edit: &dyn Fn(&mut Rule)| {
        let mut changed = rule.clone();
        edit(&mut changed);
        all.push((what, changed));
    };
    for effect in effects() {
        if effect != rule.effect {
            change(format!("{effect:?}"), &|rule| rule.effect = effect);
        }
    }
    for place in 0..rule.signposts.len() {
        change(format!("without {}", rule.signposts[place]), &|rule| {
            rule.signposts.remove(place);
        });
    }
    change("with another signpost".to_owned(), &|rule| {
        rule.signposts.push(SignpostId("shout".to_owned()));
    });
    change("elsewhere".to_owned(), &|rule| {
        rule.elsewhere = !rule.elsewhere
    });
    for offer in [None, Some(Outcome::Book), Some(Outcome::Review)] {
        if offer != rule.follow_up && rule.severity().is_some() {
            change(format!("offers {offer:?}"), &|rule| rule.follow_up = offer);
        }
    }
    if rule.sets != Facts::default() {
        change("no facts".to_owned(), &|rule| rule.sets = Facts::default());
    }
    if rule.only_if.is_some() || rule.unless.is_some() {
        change("always on".to_owned(), &|rule| {
            (rule.only_if, rule.unless) = (None, None)
        });
        change("turned round".to_owned(), &|rule| {
            std::mem::swap(&mut rule.only_if, &mut rule.unless);
        });
    }
    for (what, condition) in conditions(&rule.condition) {
        change(what, &|rule| rule.condition = condition.clone());
    }
    all
}

fn effects() -> Vec<Effect> {
    let p1 = Some(Priority::P1);
    vec![
        Effect::Outcome(Outcome::Stop, None),
        Effect::Outcome(Outcome::Stop, p1),
        Effect::Outcome(Outcome::Out, None),
        Effect::Outcome(Outcome::Review, None),
        Effect::Outcome(Outcome::Review, p1),
        Effect::Notice,
        Effect::FactsOnly,
    ]
}

fn never() -> Condition {
    Condition::Any(Vec::new())
}

fn always() -> Condition {
    Condition::All(Vec::new())
}

/// Never, always, and every part changed in turn.
fn conditions(condition: &Condition) -> Vec<(String, Condition)> {
    let mut all = vec![
        ("never".to_owned(), never()),
        ("always".to_owned(), always()),
    ];
    all.extend(parts(condition));
    all
}

fn parts(condition: &Condition) -> Vec<(String, Condition)> {
    let nested = |of: &[Condition], make: fn(Vec<Condition>) -> Condition| {
        let mut all = Vec::new();
        for place in 0..of.len() {
            let mut without = of.to_vec();
            without.remove(place);
            all.push((format!("without part {place}"), make(without)));
            for (what, part) in parts(&of[place]) {
                let mut changed = of.to_vec();
                changed[place] = part;
                all.push((what, make(changed)));
            }
        }
        all
    };
    match condition {
        Condition::All(of) => nested(of, Condition::All),
        Condition::Any(of) => nested(of, Condition::Any),
        Condition::Of(id, test) => tests(test)
            .into_iter()
            .map(|(what, test)| (format!("{id} {what}"), Condition::Of(id.clone(), test)))
            .collect(),
    }
}

fn tests(test: &Test) -> Vec<(String, Test)> {
    match test {
        Test::Is(values) => values
            .iter()
            .map(|value| {
                let mut fewer: BTreeSet<String> = values.clone();
                fewer.remove(value);
                (format!("is not {value}"), Test::Is(fewer))
            })
            .collect(),
        Test::Number(range) => ranges(range, Test::Number),
        Test::DaysAway(range) => ranges(range, Test::DaysAway),
        Test::DaysLeft(range) => ranges(range, Test::DaysLeft),
        Test::Contains(words) => (0..words.len())
            .map(|place| {
                let mut fewer = words.clone();
                let word = fewer.remove(place);
                (format!("without {word}"), Test::Contains(fewer))
            })
            .collect(),
        Test::Some | Test::Answered | Test::OutsideTerm => Vec::new(),
    }
}

/// Each bound dropped, and each number one more and one less. A bound that is a setting is changed with the settings.
fn ranges(range: &Range, make: fn(Range) -> Test) -> Vec<(String, Test)> {
    let bounds: [(&str, fn(&mut Range) -> &mut Option<Amount>); 4] = [
        ("at_least", |range| &mut range.at_least),
        ("at_most", |range| &mut range.at_most),
        ("more_than", |range| &mut range.more_than),
        ("less_than", |range| &mut range.less_than),
    ];
    let mut all = Vec::new();
    for (name, bound) in bounds {
        let mut changed = range.clone();
        let Some(amount) = bound(&mut changed).take() else {
            continue;
        };
        all.push((format!("without {name}"), make(changed.clone())));
        if let Amount::Number(number) = amount {
            for other in [number - 1, number + 1] {
                *bound(&mut changed) = Some(Amount::Number(other));
                all.push((format!("{name} {other}"), make(changed.clone())));
            }
        }
    }
    all
}

fn questions(pack: &Pack, place: usize, all: &mut Vec<Change>) {
    let question = &pack.questions[place];
    let mut change = |what: String, edit: &dyn Fn(&mut crate::domain::triage::Question)| {
        let mut pack = pack.clone();
        edit(&mut pack.questions[place]);
        all.push((format!("{} {what}", question.id), pack));
    };
    if let Some(condition) = &question.ask_if {
        for (what, other) in conditions(condition) {
            change(format!("asked if {what}"), &|question| {
                question.ask_if = Some(other.clone());
            });
        }
    }
    for (at, choice) in question.choices.iter().enumerate() {
        if choice.sets != Facts::default() {
            change(format!("{} sets nothing", choice.value), &|question| {
                question.choices[at].sets = Facts::default();
            });
        }
    }
    if question.fills.is_some() {
        change("fills nothing".to_owned(), &|question| {
            question.fills = None
        });
    }
    if question.before_out {
        change("is left out".to_owned(), &|question| {
            question.before_out = false
        });
    }
    for (at, limit) in question.limits.iter().enumerate() {
        change(format!("without limit {at}"), &|question| {
            question.limits.remove(at);
        });
        for how in other_limits(limit.how) {
            change(format!("limit {how:?}"), &|question| {
                question.limits[at].how = how
            });
        }
        for (what, other) in limit.when.iter().flat_map(conditions) {
            change(format!("limit if {what}"), &|question| {
                question.limits[at].when = Some(other.clone());
            });
        }
    }
}

fn other_limits(how: How) -> Vec<How> {
    match how {
        How::Days(0) => vec![How::Days(1)],
        How::Days(days) => vec![How::Days(days - 1), How::Days(days + 1)],
        How::Months(months) => vec![How::Months(months - 1), How::Months(months + 1)],
        How::EmploymentTribunal => vec![How::Months(3), How::Months(6)],
    }
}

/// Numbers that rules look at, one more and one less. Those that the calendar looks at have a test of their own.
fn settings(clinic: &str, pack: &Pack, all: &mut Vec<Change>) {
    let looked_at: BTreeSet<String> = pack
        .rules
        .iter()
        .filter(|rule| (clinic == "shared") == (*rule.at.file == *"shared.toml"))
        .flat_map(|rule| rule.condition.tests())
        .filter_map(|(_, test)| match test {
            Test::Number(range) | Test::DaysAway(range) | Test::DaysLeft(range) => Some(range),
            _ => None,
        })
        .flat_map(Range::amounts)
        .filter_map(|amount| match amount {
            Amount::Setting(name) => Some(name.clone()),
            Amount::Number(_) => None,
        })
        .collect();
    for name in looked_at {
        let number = pack.settings.number(&name).unwrap();
        for other in [number - 1, number + 1] {
            let mut pack = pack.clone();
            pack.settings.0.insert(name.clone(), Setting::Number(other));
            all.push((format!("{name} {other}"), pack));
        }
    }
}
