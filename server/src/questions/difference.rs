//! How two versions differ: in words that a clinic lead reads, and line by line.

use std::collections::BTreeSet;

use app::text::{t, t_with};
use app::view::questions::{ChangeShown, DiffLine, Difference};
use similar::{ChangeTag, TextDiff};

use super::words::{self, Words};
use crate::domain::triage::{Pack, Question, Rule};
use crate::packs::Packs;

/// Lines shown round each change.
const AROUND: usize = 2;

/// The difference between two texts of a file, with the packs that each is part of.
pub(super) fn difference(
    (before, after): (&str, &str),
    packs: (Option<&Packs>, Option<&Packs>),
) -> Difference {
    let changes = match packs {
        (Some(old), Some(new)) => Some(in_words(old, new)),
        _ => None,
    };
    Difference {
        changes,
        lines: by_line(before, after),
    }
}

fn by_line(before: &str, after: &str) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(before, after);
    let mut lines = Vec::new();
    for (number, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if number > 0 {
            lines.push(DiffLine {
                mark: ' ',
                text: "…".to_owned(),
            });
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            lines.push(DiffLine {
                mark: match change.tag() {
                    ChangeTag::Delete => '-',
                    ChangeTag::Insert => '+',
                    ChangeTag::Equal => ' ',
                },
                text: change.value().trim_end_matches('\n').to_owned(),
            });
        }
    }
    lines
}

/// What differs in any clinic's pack. A change in what all share is told once.
fn in_words(old: &Packs, new: &Packs) -> Vec<ChangeShown> {
    let mut changes: Vec<ChangeShown> = Vec::new();
    for before in old.iter() {
        let Some(after) = new.get(&before.clinic) else {
            continue;
        };
        if before.version == after.version {
            continue;
        }
        for change in of_pack(before, after) {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

/// One part of something, in words, before and after.
type Part = (&'static str, String);

fn of_pack(old: &Pack, new: &Pack) -> Vec<ChangeShown> {
    let mut changes = Vec::new();
    let about = |id: &str| t_with("questions-about-question", &[("id", id.to_owned().into())]);
    compare(
        &keyed(&old.questions, |one| &one.id.0, |one| question(old, one)),
        &keyed(&new.questions, |one| &one.id.0, |one| question(new, one)),
        about,
        &mut changes,
    );
    let about = |id: &str| t_with("questions-about-rule", &[("id", id.to_owned().into())]);
    compare(
        &keyed(&old.rules, |one| &one.id.0, |one| rule(old, one)),
        &keyed(&new.rules, |one| &one.id.0, |one| rule(new, one)),
        about,
        &mut changes,
    );
    let settings = |pack: &Pack| -> Vec<(String, Vec<Part>)> {
        let all = pack.settings.0.iter();
        all.map(|(name, value)| (name.clone(), vec![("value", words::setting(value))]))
            .collect()
    };
    let about = |id: &str| t_with("questions-about-setting", &[("id", id.to_owned().into())]);
    compare(&settings(old), &settings(new), about, &mut changes);
    let signposts = |pack: &Pack| -> Vec<(String, Vec<Part>)> {
        let all = pack.signposts.values();
        all.map(|one| {
            let checked = words::checked(&one.checked_on, &one.checked_by);
            let parts = vec![("value", words::signpost(one)), ("checked", checked)];
            (one.id.0.clone(), parts)
        })
        .collect()
    };
    let about = |id: &str| t_with("questions-about-signpost", &[("id", id.to_owned().into())]);
    compare(&signposts(old), &signposts(new), about, &mut changes);
    order(old, new, &mut changes);
    let elsewhere = |pack: &Pack| words::names(pack, &pack.elsewhere);
    if elsewhere(old) != elsewhere(new) {
        changes.push(ChangeShown {
            about: t("questions-about-elsewhere"),
            part: String::new(),
            was: elsewhere(old),
            now: elsewhere(new),
        });
    }
    changes
}

fn keyed<T>(
    all: &[T],
    id: impl Fn(&T) -> &String,
    parts: impl Fn(&T) -> Vec<Part>,
) -> Vec<(String, Vec<Part>)> {
    all.iter()
        .map(|one| (id(one).clone(), parts(one)))
        .collect()
}

/// What is new, gone or other, in the order of the new version; what is gone comes last.
fn compare(
    old: &[(String, Vec<Part>)],
    new: &[(String, Vec<Part>)],
    about: impl Fn(&str) -> String,
    changes: &mut Vec<ChangeShown>,
) {
    let whole = |parts: &[Part]| parts.first().map_or_else(String::new, |one| one.1.clone());
    for (id, parts) in new {
        let Some((_, before)) = old.iter().find(|(known, _)| known == id) else {
            changes.push(ChangeShown {
                about: about(id),
                part: t("questions-part-new"),
                was: String::new(),
                now: whole(parts),
            });
            continue;
        };
        for (name, now) in parts {
            let was = before.iter().find(|(known, _)| known == name);
            let was = was.map(|(_, text)| text.clone()).unwrap_or_default();
            if was != *now {
                changes.push(ChangeShown {
                    about: about(id),
                    part: t(&format!("questions-part-{name}")),
                    was,
                    now: now.clone(),
                });
            }
        }
    }
    for (id, parts) in old {
        if !new.iter().any(|(known, _)| known == id) {
            changes.push(ChangeShown {
                about: about(id),
                part: t("questions-part-gone"),
                was: whole(parts),
                now: String::new(),
            });
        }
    }
}

/// The order of asking, among the questions that both have.
fn order(old: &Pack, new: &Pack, changes: &mut Vec<ChangeShown>) {
    let ids = |pack: &Pack| -> Vec<String> {
        let all = pack.questions.iter();
        all.map(|one| one.id.to_string()).collect()
    };
    let (before, after) = (ids(old), ids(new));
    let known: BTreeSet<&String> = before.iter().filter(|id| after.contains(id)).collect();
    let both = |ids: &[String]| {
        let kept = ids.iter().filter(|id| known.contains(id));
        kept.cloned().collect::<Vec<_>>().join(", ")
    };
    if both(&before) != both(&after) {
        changes.push(ChangeShown {
            about: t("questions-about-order"),
            part: String::new(),
            was: both(&before),
            now: both(&after),
        });
    }
}

fn question(pack: &Pack, one: &Question) -> Vec<Part> {
    let words = Words {
        pack,
        about: Some(&one.id),
    };
    let options = one.choices.iter().map(|choice| {
        let hint = if choice.hint.is_empty() {
            String::new()
        } else {
            format!(" ({})", choice.hint)
        };
        format!("{}{hint} [{}]", choice.label, choice.value)
    });
    let facts = one
        .choices
        .iter()
        .map(|choice| format!("{}: {}", choice.value, words::facts(&choice.sets)));
    let limits = one.limits.iter().map(|limit| words.limit(limit));
    let asked_if = one.ask_if.as_ref();
    vec![
        ("text", one.text.clone()),
        ("hint", one.hint.clone()),
        ("why", one.why.clone()),
        ("options", options.collect::<Vec<_>>().join("; ")),
        (
            "asked-if",
            asked_if.map_or_else(String::new, |when| words.condition(when)),
        ),
        ("limits", limits.collect::<Vec<_>>().join("; ")),
        ("kind", t(&format!("questions-kind-{}", kind(one)))),
        ("marks", marks(one).join(", ")),
        ("most", one.max_chars.to_string()),
        ("facts", facts.collect::<Vec<_>>().join("; ")),
    ]
}

fn rule(pack: &Pack, one: &Rule) -> Vec<Part> {
    let words = Words {
        pack,
        about: Some(&one.question),
    };
    let follow_up = one.follow_up;
    vec![
        ("told", one.text.clone()),
        (
            "outcome",
            words::outcome(words::effect(one), words::is_urgent(one)),
        ),
        ("when", words.rule(one)),
        ("question", one.question.to_string()),
        ("signposts", words::names(pack, &one.signposts)),
        (
            "elsewhere",
            if one.elsewhere {
                t("staff-yes")
            } else {
                t("staff-no")
            },
        ),
        (
            "follow-up",
            follow_up.map_or_else(String::new, |one| words::outcome(one.as_str(), false)),
        ),
        ("facts", words::facts(&one.sets)),
        ("checked", words::checked(&one.checked_on, &one.checked_by)),
    ]
}

/// The code of a kind of question.
pub(super) fn kind(question: &Question) -> String {
    let kind = serde_json::to_value(question.kind).unwrap_or_default();
    kind.as_str().unwrap_or_default().to_owned()
}

/// What is special about a question.
pub(super) fn marks(one: &Question) -> Vec<String> {
    let marks = [
        ("safety", one.safety),
        ("before-out", one.before_out),
        ("optional", one.optional),
        ("sealed", one.sealed),
        ("names", one.names.is_some()),
        ("not-sure-goes-on", one.not_sure_goes_on),
    ];
    let on = marks.into_iter().filter(|(_, on)| *on);
    on.map(|(mark, _)| t(&format!("questions-mark-{mark}")))
        .collect()
}
