//! What a new version asks less of: a rule that leads to less than before, holds for fewer people, is gone or switched
//! off, or a question that fewer people are asked. Told in words before publishing, because wrong triage hurts people,
//! and only a supervisor may publish it.
//!
//! Careful rather than clever: what cannot be shown to hold for everybody it held for before counts as softer. Does not
//! judge words: a text that says less is in the difference for a person to read.

use app::text::t_with;

use super::words::{self, Words};
use crate::domain::triage::{
    Amount, Condition, Effect, Outcome, Pack, Priority, Question, Range, Rule, Settings, Test,
};
use crate::packs::Packs;

/// Every way in which the new packs are softer, in words, each once.
pub(super) fn softer(old: &Packs, new: &Packs) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for before in old.iter() {
        let Some(after) = new.get(&before.clinic) else {
            continue;
        };
        if before.version == after.version {
            continue;
        }
        let rules = before.rules.iter().filter(|rule| active(before, rule));
        let lines = rules.filter_map(|rule| of_rule((before, rule), after));
        let questions = before
            .questions
            .iter()
            .filter_map(|question| of_question((before, question), after));
        for line in lines.chain(questions) {
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    found
}

/// From mild to severe.
fn weight(rule: &Rule) -> (u8, Option<Priority>) {
    match rule.effect {
        Effect::FactsOnly => (0, None),
        Effect::Notice => (1, None),
        Effect::Outcome(Outcome::Book, priority) => (2, priority),
        Effect::Outcome(Outcome::Review, priority) => (3, priority),
        Effect::Outcome(Outcome::Out, priority) => (4, priority),
        Effect::Outcome(Outcome::Stop, priority) => (5, priority),
    }
}

/// Less severe; or as severe, and staff no longer look at once. A higher outcome need not keep the priority of a lower.
fn is_milder(now: &Rule, was: &Rule) -> bool {
    let ((now, hurry), (was, hurried)) = (weight(now), weight(was));
    now < was || (now == was && hurry < hurried)
}

fn active(pack: &Pack, rule: &Rule) -> bool {
    rule.only_if
        .as_ref()
        .is_none_or(|name| pack.settings.flag(name))
        && rule
            .unless
            .as_ref()
            .is_none_or(|name| !pack.settings.flag(name))
}

fn told(rule: &Rule) -> String {
    words::outcome(words::effect(rule), words::is_urgent(rule))
}

/// A rule that only sets facts warns nobody of anything.
fn of_rule((old, was): (&Pack, &Rule), new: &Pack) -> Option<String> {
    if was.effect == Effect::FactsOnly {
        return None;
    }
    let id = || was.id.to_string();
    let Some(now) = new.rules.iter().find(|rule| rule.id == was.id) else {
        let places = [("rule", id().into()), ("was", told(was).into())];
        return Some(t_with("questions-softer-gone", &places));
    };
    if !active(new, now) {
        let places = [("rule", id().into()), ("was", told(was).into())];
        return Some(t_with("questions-softer-off", &places));
    }
    if is_milder(now, was) {
        let places = [
            ("rule", id().into()),
            ("was", told(was).into()),
            ("now", told(now).into()),
        ];
        return Some(t_with("questions-softer-outcome", &places));
    }
    let bounds = Bounds {
        old: &old.settings,
        new: &new.settings,
    };
    let wide = bounds.covers(&now.condition, &was.condition) && same_ground(old, new, was);
    (!wide).then(|| {
        let when = |pack: &Pack, rule: &Rule| {
            let about = Some(&rule.question);
            Words { pack, about }.rule(rule)
        };
        let places = [
            ("rule", id().into()),
            ("outcome", told(now).into()),
            ("was", when(old, was).into()),
            ("now", when(new, now).into()),
        ];
        t_with("questions-softer-when", &places)
    })
}

/// What the tests of a rule stand on: the time limits they count to, and the options of which any will do.
fn same_ground(old: &Pack, new: &Pack, rule: &Rule) -> bool {
    rule.condition.tests().into_iter().all(|(id, test)| {
        let (Some(was), Some(now)) = (old.question(id), new.question(id)) else {
            return old.question(id).is_none();
        };
        match test {
            Test::DaysLeft(_) => was.limits == now.limits,
            Test::Some => {
                let kept = |value: &str| now.choice(value).is_some_and(|one| !one.exclusive);
                let mut counted = was.choices.iter().filter(|one| !one.exclusive);
                counted.all(|one| kept(&one.value))
            }
            _ => true,
        }
    })
}

/// A question that a rule looks at, and that fewer people now answer.
fn of_question((old, was): (&Pack, &Question), new: &Pack) -> Option<String> {
    let now = new.question(&was.id)?;
    let warns = |rule: &&Rule| rule.effect != Effect::FactsOnly && active(old, rule);
    let mut tests = old
        .rules
        .iter()
        .filter(warns)
        .flat_map(|rule| rule.condition.tests());
    if !tests.any(|(id, _)| *id == was.id) {
        return None;
    }
    let bounds = Bounds {
        old: &old.settings,
        new: &new.settings,
    };
    let asked = match (&now.ask_if, &was.ask_if) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(now), Some(was)) => bounds.covers(now, was),
    };
    let skipped = now.optional && !was.optional;
    let later = (was.safety && !now.safety) || (was.before_out && !now.before_out);
    (!asked || skipped || later).then(|| {
        t_with(
            "questions-softer-asked",
            &[("id", was.id.to_string().into())],
        )
    })
}

/// The numbers that names of settings stand for, in each version.
struct Bounds<'a> {
    old: &'a Settings,
    new: &'a Settings,
}

impl Bounds<'_> {
    /// Whether `now` certainly holds wherever `was` does.
    fn covers(&self, now: &Condition, was: &Condition) -> bool {
        if let Condition::Any(parts) = was {
            return parts.iter().all(|part| self.covers(now, part));
        }
        let by_part = match now {
            Condition::All(parts) => return parts.iter().all(|part| self.covers(part, was)),
            Condition::Any(parts) => parts.iter().any(|part| self.covers(part, was)),
            Condition::Of(..) => false,
        };
        by_part
            || match (now, was) {
                (_, Condition::All(parts)) => parts.iter().any(|part| self.covers(now, part)),
                (Condition::Of(id, now), Condition::Of(same, was)) => {
                    id == same && self.test_covers(now, was)
                }
                _ => false,
            }
    }

    fn test_covers(&self, now: &Test, was: &Test) -> bool {
        match (now, was) {
            (Test::Answered, _)
            | (Test::Some, Test::Some)
            | (Test::OutsideTerm, Test::OutsideTerm) => true,
            (Test::Is(now), Test::Is(was)) => now.is_superset(was),
            (Test::Contains(now), Test::Contains(was)) => was.iter().all(|word| now.contains(word)),
            (Test::Number(now), Test::Number(was))
            | (Test::DaysAway(now), Test::DaysAway(was))
            | (Test::DaysLeft(now), Test::DaysLeft(was)) => self.range_covers(now, was),
            _ => false,
        }
    }

    /// Whole numbers: more than 7 is 8 or more.
    fn range_covers(&self, now: &Range, was: &Range) -> bool {
        let ((low, high), (was_low, was_high)) = (ends(now, self.new), ends(was, self.old));
        low <= was_low && was_high <= high
    }
}

/// The least and the greatest number in a range. A setting that is not there lets nothing in.
fn ends(range: &Range, settings: &Settings) -> (i64, i64) {
    let value = |amount: &Amount| match amount {
        Amount::Number(number) => Some(*number),
        Amount::Setting(name) => settings.number(name),
    };
    let low = |amount: &Option<Amount>, more: i64| match amount {
        None => i64::MIN,
        Some(amount) => value(amount).map_or(i64::MAX, |number| number.saturating_add(more)),
    };
    let high = |amount: &Option<Amount>, less: i64| match amount {
        None => i64::MAX,
        Some(amount) => value(amount).map_or(i64::MIN, |number| number.saturating_sub(less)),
    };
    (
        low(&range.at_least, 0).max(low(&range.more_than, 1)),
        high(&range.at_most, 0).min(high(&range.less_than, 1)),
    )
}
