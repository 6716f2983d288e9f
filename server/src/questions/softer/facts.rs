//! Facts that an answer or a rule no longer notes: who may decide, whether it is safe to write, who has to be in the room.
//! Fewer needs, more services and shorter meetings all count.

use app::text::{t, t_with};

use super::super::words;
use crate::domain::triage::{Facts, Question, Rule};

/// A rule that notes less.
pub(super) fn of_rule(was: &Rule, now: &Rule) -> Option<String> {
    less(&was.sets, &now.sets).then(|| {
        let places = [
            ("rule", was.id.to_string().into()),
            ("was", told(&was.sets).into()),
            ("now", told(&now.sets).into()),
        ];
        t_with("questions-softer-sets", &places)
    })
}

/// Answers that note less, or that can no longer be given.
pub(super) fn of_options(was: &Question, now: &Question) -> Vec<String> {
    let nothing = Facts::default();
    let lost = was.choices.iter().filter(|choice| {
        let kept = now.choice(&choice.value).map(|one| &one.sets);
        less(&choice.sets, kept.unwrap_or(&nothing))
    });
    lost.map(|choice| {
        let kept = now.choice(&choice.value).map(|one| &one.sets);
        let places = [
            ("id", was.id.to_string().into()),
            ("answer", choice.label.clone().into()),
            ("was", told(&choice.sets).into()),
            ("now", told(kept.unwrap_or(&nothing)).into()),
        ];
        t_with("questions-softer-option", &places)
    })
    .collect()
}

fn told(facts: &Facts) -> String {
    let text = words::facts(facts);
    if text.is_empty() {
        t("questions-softer-nothing")
    } else {
        text
    }
}

/// Whether something that guards a person is no longer noted. "Has been here before" opens shorter meetings, so that is
/// softer the other way round; other services are softer either way, because nobody can say which is the milder.
fn less(was: &Facts, now: &Facts) -> bool {
    let lost = [
        (was.organisation, now.organisation),
        (was.remote, now.remote),
        (was.sight, now.sight),
        (was.bring_someone, now.bring_someone),
        (was.interpreter, now.interpreter),
        (was.lead_only, now.lead_only),
        (was.force_safe_contact, now.force_safe_contact),
        (was.chaperone, now.chaperone),
        (now.returning, was.returning),
    ];
    lost.into_iter().any(|(before, after)| before && !after)
        || !now.access.is_superset(&was.access)
        || now.extra_time_percent < was.extra_time_percent
        || now.services != was.services
        || (was.mode.is_some() && now.mode != was.mode)
        || (was.adviser_gender.is_some() && now.adviser_gender != was.adviser_gender)
}
