//! What is softer about one rule.

use app::text::t_with;

use super::super::words::{self, Words};
use super::{Bounds, active, facts};
use crate::domain::triage::{Effect, Outcome, Pack, Priority, Rule, SignpostId, Test};

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

fn told(rule: &Rule) -> String {
    words::outcome(words::effect(rule), words::is_urgent(rule))
}

/// A rule: gone, switched off, or softer in one way or several.
pub(super) fn softer((old, was): (&Pack, &Rule), new: &Pack) -> Vec<String> {
    let places = || {
        [
            ("rule", was.id.to_string().into()),
            ("was", told(was).into()),
        ]
    };
    let Some(now) = new.rules.iter().find(|rule| rule.id == was.id) else {
        return vec![t_with("questions-softer-gone", &places())];
    };
    if !active(new, now) {
        return vec![t_with("questions-softer-off", &places())];
    }
    let (old, new) = ((old, was), (new, now));
    let milder_or_narrower = milder(was, now).or_else(|| narrower(old, new));
    milder_or_narrower
        .into_iter()
        .chain(facts::of_rule(was, now))
        .chain(no_way_on(was, now))
        .chain(points_to_fewer(old, new))
        .collect()
}

fn milder(was: &Rule, now: &Rule) -> Option<String> {
    is_milder(now, was).then(|| {
        let places = [
            ("rule", was.id.to_string().into()),
            ("was", told(was).into()),
            ("now", told(now).into()),
        ];
        t_with("questions-softer-outcome", &places)
    })
}

fn narrower((old, was): (&Pack, &Rule), (new, now): (&Pack, &Rule)) -> Option<String> {
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
            ("rule", was.id.to_string().into()),
            ("outcome", told(now).into()),
            ("was", when(old, was).into()),
            ("now", when(new, now).into()),
        ];
        t_with("questions-softer-when", &places)
    })
}

/// Whoever is told "not us" could ask a person, and can no longer.
fn no_way_on(was: &Rule, now: &Rule) -> Option<String> {
    let offered = was.follow_up.filter(|_| now.follow_up != was.follow_up)?;
    let places = [
        ("rule", was.id.to_string().into()),
        ("was", words::outcome(offered.as_str(), false).into()),
    ];
    Some(t_with("questions-softer-follow-up", &places))
}

/// Somebody to turn to is no longer named. The clinic's own list counts where the rule shows it.
fn points_to_fewer((old, was): (&Pack, &Rule), (new, now): (&Pack, &Rule)) -> Option<String> {
    let kept: Vec<_> = shown(new, now).collect();
    let gone: Vec<_> = shown(old, was).filter(|id| !kept.contains(id)).collect();
    (!gone.is_empty()).then(|| {
        let names = words::names(old, gone);
        let places = [("rule", was.id.to_string().into()), ("names", names.into())];
        t_with("questions-softer-signposts", &places)
    })
}

fn shown<'a>(pack: &'a Pack, rule: &'a Rule) -> impl Iterator<Item = &'a SignpostId> {
    let elsewhere: &[_] = if rule.elsewhere { &pack.elsewhere } else { &[] };
    rule.signposts.iter().chain(elsewhere)
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
