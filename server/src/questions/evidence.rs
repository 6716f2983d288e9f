//! What a lead reads before publishing: how the draft differs, what the checker says, how hard the words are, and what
//! would have become of the people who came before.

use std::collections::BTreeMap;

use app::text::{t, t_with};
use app::view::questions::{
    Difference, DraftPage, EditBase, MoveShown, ReadingShown, ReplayShown, VersionLine,
    VersionPage, VersionsPage,
};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Set;
use super::difference::difference;
use super::draft::{mark, moment, opened};
use super::softer::softer;
use super::words;
use crate::context::Context;
use crate::domain::ids::ClinicId;
use crate::domain::reading::Reading;
use crate::domain::time;
use crate::domain::triage::{Pack, PastCase, Pattern, ReplayReport, RuleId, Verdict, replay};
use crate::packs::{Packs, SHARED, SIGNPOSTS, Source, examine};
use crate::store::{
    ClinicRow, PastAnswersRow, QuestionVersionLine, QuestionVersionRow, Records, StoreError, Stored,
};

/// Past answers that are replayed at most: the last ones.
pub const LAST_CASES: usize = 2_000;
/// Counts under this are not told: few people are somebody.
const SMALLEST_COUNT: usize = 5;

/// The texts in force with one replaced.
pub(super) fn with(in_force: &[QuestionVersionRow], file: &str, text: &str) -> Vec<Source> {
    let others = in_force.iter().filter(|row| row.file != file);
    others
        .map(|row| Source::new(&row.file, &row.text))
        .chain([Source::new(file, text)])
        .collect()
}

/// Texts as packs, if they can be read, and what is wrong with them. Takes a moment, on a thread of its own.
pub(super) async fn examined(sources: Vec<Source>) -> Stored<(Option<Packs>, Vec<String>)> {
    let look = move || {
        let (packs, problems) = examine(&sources);
        let mut problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        if let Some(packs) = &packs {
            problems.extend(misnamed(&sources, packs));
        }
        (packs, problems)
    };
    on_a_thread(look).await
}

/// Each file is one clinic's, the one it is named after: whoever may edit one clinic's file must not reach another's.
fn misnamed(sources: &[Source], packs: &Packs) -> Vec<String> {
    let own = sources
        .iter()
        .filter(|source| ![SHARED, SIGNPOSTS].contains(&source.file.as_str()));
    own.filter_map(|source| {
        let clinic = Set::from_file(&source.file).slug().to_owned();
        packs.get(&ClinicId(clinic.clone())).is_none().then(|| {
            let places = [
                ("file", source.file.clone().into()),
                ("clinic", clinic.into()),
            ];
            t_with("questions-wrong-clinic", &places)
        })
    })
    .collect()
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Stored<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| StoreError::Other(error.to_string()))
}

/// The page of a draft; `None` if there is none.
pub async fn draft_page(context: &Context, set: &Set) -> Stored<Option<DraftPage>> {
    let file = set.file();
    let mut tx = context.store.read().await?;
    let Some(opened) = opened(&mut *tx, set).await? else {
        return Ok(None);
    };
    let Some(draft) = &opened.draft else {
        return Ok(None);
    };
    let in_force = tx.questions_in_force().await?;
    let clinics = tx.clinics().await?;
    let named = set.named(&clinics);
    let cases = past(&mut *tx, set).await?;
    drop(tx);
    let (before, _) = examined(with(&in_force, &file, &opened.in_force.text)).await?;
    let (after, findings) = examined(with(&in_force, &file, &draft.text)).await?;
    let difference = difference(
        (&opened.in_force.text, &draft.text),
        (before.as_ref(), after.as_ref()),
    );
    let reading = match (&before, &after) {
        (Some(before), Some(after)) => reading(before, after, set, &clinics),
        _ => Vec::new(),
    };
    let softer = match (&before, &after) {
        (Some(before), Some(after)) => softer(before, after),
        _ => Vec::new(),
    };
    let replay = match (before, after) {
        (Some(before), Some(after)) => {
            let only_shared = set.clinic().is_none();
            Some(on_a_thread(move || replayed(&before, &after, &cases, only_shared)).await?)
        }
        _ => None,
    };
    Ok(Some(DraftPage {
        set: named,
        draft: mark(draft),
        base: opened.base(),
        overtaken: draft.based_on != opened.in_force.number,
        difference,
        softer,
        findings,
        reading,
        replay,
        ..DraftPage::default()
    }))
}

/// How hard the words of each set are that the draft belongs to.
fn reading(before: &Packs, after: &Packs, set: &Set, clinics: &[ClinicRow]) -> Vec<ReadingShown> {
    let measured = |pack: &Pack| {
        let found = Reading::of(words_of(pack));
        (
            format!("{:.1}", found.grade()),
            format!("{:.1}", found.smog()),
        )
    };
    let of = before
        .iter()
        .filter(|pack| set.clinic().is_none_or(|clinic| *clinic == pack.clinic));
    of.filter_map(|old| {
        let (before, smog_before) = measured(old);
        let (after, smog_after) = measured(after.get(&old.clinic)?);
        Some(ReadingShown {
            name: Set::Clinic(old.clinic.clone()).named(clinics).name,
            before,
            after,
            smog_before,
            smog_after,
        })
    })
    .collect()
}

/// What people read of a pack: names and numbers of services are exempt.
fn words_of(pack: &Pack) -> impl Iterator<Item = &str> {
    let questions = pack.questions.iter().flat_map(|one| {
        let labels = one.choices.iter().flat_map(|own| [&own.label, &own.hint]);
        [&one.text, &one.hint, &one.why].into_iter().chain(labels)
    });
    let rules = pack.rules.iter().map(|rule| &rule.text);
    let signposts = pack.signposts.values().map(|one| &one.why);
    questions.chain(rules).chain(signposts).map(String::as_str)
}

/// The last answers, one more than are replayed.
async fn past(tx: &mut dyn Records, set: &Set) -> Stored<Vec<PastAnswersRow>> {
    let limit = i64::try_from(LAST_CASES).unwrap_or(i64::MAX) + 1;
    tx.past_answers(set.clinic().map(ClinicId::as_str), limit)
        .await
}

/// `only_shared`: names only rules that all clinics share, and adds the clinics up, because whoever reads it may belong to
/// none of them.
fn replayed(
    before: &Packs,
    after: &Packs,
    rows: &[PastAnswersRow],
    only_shared: bool,
) -> ReplayShown {
    let mut by_clinic: BTreeMap<&str, Vec<&PastAnswersRow>> = BTreeMap::new();
    for row in rows.iter().take(LAST_CASES) {
        by_clinic.entry(&row.clinic_id).or_default().push(row);
    }
    let mut report = ReplayReport::default();
    for (clinic, rows) in by_clinic {
        let clinic = ClinicId::from(clinic);
        let (Some(old), Some(new)) = (before.get(&clinic), after.get(&clinic)) else {
            continue;
        };
        let case = |row: &&PastAnswersRow| {
            let day = DateTime::<Utc>::from_timestamp(row.created_at, 0).unwrap_or_default();
            let stored: BTreeMap<String, Value> =
                serde_json::from_str(&row.answers).unwrap_or_default();
            PastCase::new(&stored, time::local_date(day), |id| {
                old.question(id).or_else(|| new.question(id))
            })
        };
        let cases: Vec<PastCase> = rows.iter().map(case).collect();
        report.add(replay(old, new, &cases));
    }
    let named = |rule: &RuleId| {
        let mut all = after
            .iter()
            .chain(before.iter())
            .flat_map(|pack| &pack.rules);
        let known = all.find(|one| one.id == *rule);
        let shared = known.is_some_and(|one| &*one.at.file == SHARED);
        if shared || !only_shared {
            rule.to_string()
        } else {
            t("questions-rule-of-a-clinic")
        }
    };
    shown(&report, rows.len() > LAST_CASES, &named)
}

fn shown(report: &ReplayReport, limited: bool, named: &dyn Fn(&RuleId) -> String) -> ReplayShown {
    let counted = |key: &str, cases: usize| t_with(key, &[("cases", count(cases).into())]);
    ReplayShown {
        cases: counted("questions-replay-cases", report.cases),
        limited,
        changed: counted("questions-replay-changed", report.changed),
        told_otherwise: counted("questions-replay-told-otherwise", report.told_otherwise),
        asked_more: counted("questions-replay-asked-more", report.asked_more),
        moves: report
            .moves
            .iter()
            .map(|one| moved(one.from, one.to, one.cases))
            .collect(),
        patterns: report
            .patterns
            .iter()
            .map(|one| MoveShown {
                because: because(one, named),
                ..moved(one.from, one.to, one.cases)
            })
            .collect(),
    }
}

fn moved(from: Verdict, to: Verdict, cases: usize) -> MoveShown {
    MoveShown {
        from: words::verdict(from),
        to: words::verdict(to),
        changed: from != to,
        cases: count(cases),
        because: Vec::new(),
    }
}

fn because(pattern: &Pattern, named: &dyn Fn(&RuleId) -> String) -> Vec<String> {
    let line = |key: &str, rule: &RuleId, verdict: Verdict| {
        let places = [
            ("rule", named(rule).into()),
            ("outcome", words::verdict(verdict).into()),
        ];
        t_with(key, &places)
    };
    let gone = pattern.gone.iter();
    let new = pattern.new.iter();
    let mut lines: Vec<String> = new
        .map(|rule| line("questions-because-new", rule, pattern.to))
        .chain(gone.map(|rule| line("questions-because-gone", rule, pattern.from)))
        .collect();
    if lines.is_empty() {
        lines.push(t("questions-because-unknown"));
    }
    lines
}

/// A count as it is told.
fn count(cases: usize) -> String {
    if (1..SMALLEST_COUNT).contains(&cases) {
        t("questions-under-5")
    } else {
        cases.to_string()
    }
}

/// The versions of a set, newest first; `None` if there is no such set.
pub async fn versions_page(context: &Context, set: &Set) -> Stored<Option<VersionsPage>> {
    let mut tx = context.store.read().await?;
    let lines = tx.question_versions(Some(&set.file())).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(VersionsPage {
        set: set.named(&tx.clinics().await?),
        versions: lines.iter().map(version_line).collect(),
    }))
}

pub(super) fn version_line(line: &QuestionVersionLine) -> VersionLine {
    VersionLine {
        number: line.number,
        at: moment(line.published_at),
        by: line.staff_name.clone().unwrap_or_default(),
        note: line.note.clone(),
        in_force: line.in_force,
    }
}

/// A version beside the one in force; `None` if there is no such version.
pub async fn version_page(
    context: &Context,
    set: &Set,
    number: i64,
    may_edit: bool,
) -> Stored<Option<VersionPage>> {
    let file = set.file();
    let mut tx = context.store.read().await?;
    let Some(opened) = opened(&mut *tx, set).await? else {
        return Ok(None);
    };
    let Some(version) = tx.question_version(&file, number).await? else {
        return Ok(None);
    };
    let lines = tx.question_versions(Some(&file)).await?;
    let in_force = tx.questions_in_force().await?;
    let named = set.named(&tx.clinics().await?);
    drop(tx);
    let line = lines.iter().find(|line| line.number == number);
    let (before, _) = examined(with(&in_force, &file, &opened.in_force.text)).await?;
    let (after, _) = examined(with(&in_force, &file, &version.text)).await?;
    let difference: Difference = difference(
        (&opened.in_force.text, &version.text),
        (before.as_ref(), after.as_ref()),
    );
    let base: EditBase = opened.base();
    Ok(Some(VersionPage {
        set: named,
        version: line.map(version_line).unwrap_or_default(),
        difference,
        base,
        may_take: may_edit && base.revision == 0 && number != base.in_force,
    }))
}
