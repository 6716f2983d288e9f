//! Time limits that a date starts, and the days to spare before them: they say which meeting comes too late.

use app::text::t_with;

use super::super::words::Words;
use super::Bounds;
use crate::domain::triage::{How, Limit, Pack, Question, Settings};

/// The days that a meeting has to come before a time limit.
const TO_SPARE: [&str; 2] = ["turnaround_days", "buffer_days"];

/// Settings that leave fewer days between a meeting and a time limit.
pub(super) fn fewer_to_spare(old: &Settings, new: &Settings) -> Vec<String> {
    let fewer = TO_SPARE.into_iter().filter_map(|name| {
        let days = |settings: &Settings| settings.number(name).unwrap_or(0).max(0);
        let (was, now) = (days(old), days(new));
        let places = [
            ("setting", name.into()),
            ("was", was.into()),
            ("now", now.into()),
        ];
        (now < was).then(|| t_with("questions-softer-days", &places))
    });
    fewer.collect()
}

/// A question whose time limits come later for some date, or are gone.
pub(super) fn later(
    bounds: &Bounds<'_>,
    (old, was): (&Pack, &Question),
    (new, now): (&Pack, &Question),
) -> Option<String> {
    let kept = |was: &Limit| {
        let mut all = now.limits.iter();
        all.any(|now| no_later(now.how, was.how) && covers(bounds, now, was))
    };
    let gone = !was.limits.iter().all(kept);
    gone.then(|| {
        let all = |pack: &Pack, question: &Question| {
            let about = Some(&question.id);
            let words = Words { pack, about };
            let each: Vec<_> = question.limits.iter().map(|one| words.limit(one)).collect();
            each.join("; ")
        };
        let places = [
            ("id", was.id.to_string().into()),
            ("was", all(old, was).into()),
            ("now", all(new, now).into()),
        ];
        t_with("questions-softer-limits", &places)
    })
}

/// Whether one limit is never after another of the same date. Months are not compared with days: careful.
fn no_later(now: How, was: How) -> bool {
    match (now, was) {
        (How::Days(now), How::Days(was)) => now <= was,
        (How::Months(now), How::Months(was)) => now <= was,
        _ => now == was,
    }
}

fn covers(bounds: &Bounds<'_>, now: &Limit, was: &Limit) -> bool {
    match (&now.when, &was.when) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(now), Some(was)) => bounds.covers(now, was),
    }
}
