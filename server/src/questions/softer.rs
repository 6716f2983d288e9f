//! What a new version asks less of: a rule that leads to less than before, holds for fewer people, notes or offers less,
//! points to fewer who can help, is gone or switched off; a question that fewer people are asked; time limits and days to
//! spare that let a later meeting pass. Told in words before publishing, because wrong triage hurts people, and only a
//! supervisor may publish it.
//!
//! Careful rather than clever: what cannot be shown to hold for everybody it held for before counts as softer. Does not
//! judge words: a text that says less is in the difference for a person to read.

mod facts;
mod limits;
mod rules;

use app::text::t_with;

use crate::domain::triage::{
    Amount, Condition, Effect, Facts, Pack, Question, Range, Rule, Settings, Test,
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
        let lines = rules.flat_map(|rule| rules::softer((before, rule), after));
        let questions = before
            .questions
            .iter()
            .flat_map(|question| of_question((before, question), after));
        let days = limits::fewer_to_spare(&before.settings, &after.settings);
        for line in lines.chain(questions).chain(days) {
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    found
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

/// A question that something hangs on, and that fewer people now answer, or whose answer does less.
fn of_question((old, was): (&Pack, &Question), new: &Pack) -> Vec<String> {
    let id = || ("id", was.id.to_string().into());
    if !matters(old, was) {
        return Vec::new();
    }
    let Some(now) = new.question(&was.id) else {
        return vec![t_with("questions-softer-question-gone", &[id()])];
    };
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
    let fewer = (!asked || skipped || later).then(|| t_with("questions-softer-asked", &[id()]));
    fewer
        .into_iter()
        .chain(limits::later(&bounds, (old, was), (new, now)))
        .chain(facts::of_options(was, now))
        .collect()
}

/// Whether a rule that warns looks at it, or its answer starts a time limit or notes a fact.
fn matters(pack: &Pack, question: &Question) -> bool {
    let warns = |rule: &&Rule| rule.effect != Effect::FactsOnly && active(pack, rule);
    let mut tests = pack
        .rules
        .iter()
        .filter(warns)
        .flat_map(|rule| rule.condition.tests());
    tests.any(|(id, _)| *id == question.id)
        || !question.limits.is_empty()
        || question
            .choices
            .iter()
            .any(|one| one.sets != Facts::default())
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
