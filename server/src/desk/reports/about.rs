//! What a year's enquiries and meetings were about: by what the client chose in the form, and by what staff wrote down.

use std::collections::BTreeMap;

use app::text::t;
use app::view::{ReportCell, ReportRow, ReportTable};

use super::tally::{ATTENDED, COULD_NOT, ENQUIRIES, HELPED, MEASURES, MISSED, SIGNPOSTED, Tally};
use super::work::{Part, median};
use crate::domain::disclosure::publish_lists;
use crate::domain::triage::{Fill, Pack};

/// What was counted under one heading.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// In the order of [`MEASURES`].
    pub counts: [i64; MEASURES.len()],
    /// Days from asking to the first meeting.
    pub waits: Vec<i64>,
}

/// Headings with what was counted under each.
pub(super) type Abouts = BTreeMap<String, About>;

type Column = (&'static str, Vec<ReportCell>);

/// By what clients chose in the form, in the order of the form; forms that ended without a request or a time are in none.
pub(super) fn by_topic(tally: &Tally, clinic: usize, pack: Option<&Pack>) -> Option<ReportTable> {
    let topics = tally.topics.get(clinic)?;
    let labels: Vec<(&str, &str)> = pack
        .into_iter()
        .flat_map(|pack| &pack.questions)
        .filter(|question| question.fills == Some(Fill::Topic))
        .flat_map(|question| &question.choices)
        .map(|choice| (choice.value.as_str(), choice.label.as_str()))
        .collect();
    if labels.is_empty() && topics.keys().all(String::is_empty) {
        return None;
    }
    let place = |code: &str| labels.iter().position(|(value, _)| *value == code);
    let mut rows: Vec<(&String, &About)> = topics.iter().collect();
    // What was chosen from an earlier form comes after what can be chosen now, and where nothing was asked, last.
    rows.sort_by_key(|(code, _)| (code.is_empty(), place(code).unwrap_or(labels.len())));
    let names = rows.iter().map(|(code, _)| match place(code) {
        Some(at) => labels[at].1.to_owned(),
        None if code.is_empty() => t("report-topic-none"),
        None => code.replace('_', " "),
    });
    let names: Vec<String> = names.collect();
    let abouts: Vec<&About> = rows.into_iter().map(|(_, about)| about).collect();
    let open = |measure: usize| tally.year_shown(measure, clinic);
    // With those that ended in the form they are the clinic's enquiries: a total would give a hidden end away.
    let all_ends = [super::tally::ELSEWHERE, super::tally::URGENT, ENQUIRIES];
    let mut columns = vec![column(&abouts, ENQUIRIES, all_ends.into_iter().all(open))];
    columns.extend(help(&abouts, open(HELPED)));
    for measure in [COULD_NOT, ATTENDED, MISSED] {
        columns.push(column(&abouts, measure, open(measure)));
    }
    columns.push(waits(tally, clinic, &abouts));
    table("by_topic", names, &columns)
}

/// By what staff wrote down after the meeting.
pub(super) fn by_issue(tally: &Tally, clinic: usize) -> Option<ReportTable> {
    let issues = tally.issues.get(clinic)?;
    let abouts: Vec<&About> = issues.values().collect();
    let mut columns = help(&abouts, tally.year_shown(HELPED, clinic));
    columns.push(waits(tally, clinic, &abouts));
    table("by_issue", issues.keys().cloned().collect(), &columns)
}

fn counts(abouts: &[&About], measure: usize) -> Vec<i64> {
    abouts.iter().map(|one| one.counts[measure]).collect()
}

fn cells(published: Vec<Option<i64>>) -> Vec<ReportCell> {
    published.into_iter().map(super::count).collect()
}

fn column(abouts: &[&About], measure: usize, total: bool) -> Column {
    let mut lists = publish_lists(&[counts(abouts, measure)], total);
    (MEASURES[measure], cells(lists.swap_remove(0)))
}

/// Helped and signposted are hidden alike: together they are the meetings with an outcome.
fn help(abouts: &[&About], total: bool) -> Vec<Column> {
    let both = [counts(abouts, HELPED), counts(abouts, SIGNPOSTED)];
    let lists = publish_lists(&both, total).into_iter();
    lists
        .zip([HELPED, SIGNPOSTED])
        .map(|(list, measure)| (MEASURES[measure], cells(list)))
        .collect()
}

/// Waits, where enough people waited; the total is that of the clinic's year.
fn waits(tally: &Tally, clinic: usize, abouts: &[&About]) -> Column {
    let year = Part::year(Some(clinic));
    let people: Vec<i64> = abouts
        .iter()
        .map(|one| i64::try_from(one.waits.len()).unwrap_or(i64::MAX))
        .collect();
    let total = year.of(&tally.work.waits).is_some();
    let shown = publish_lists(&[people], total).swap_remove(0);
    let each = abouts.iter().zip(&shown).map(|(one, people)| match people {
        Some(_) => median(one.waits.iter().copied()),
        None => ReportCell::Hidden,
    });
    let all = each.chain([tally.work.wait(year)]);
    ("wait", all.collect())
}

/// The columns side by side; nothing of nothing.
fn table(name: &str, labels: Vec<String>, columns: &[Column]) -> Option<ReportTable> {
    if labels.is_empty() {
        return None;
    }
    let last = labels.len();
    let labels = labels.into_iter().chain([t("report-total")]);
    let rows = labels.enumerate().map(|(at, label)| ReportRow {
        label,
        total: at == last,
        cells: columns
            .iter()
            .map(|(_, cells)| cells.get(at).copied().unwrap_or_default())
            .collect(),
    });
    Some(ReportTable {
        name: name.to_owned(),
        rows: rows.collect(),
        columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        charts: vec![0],
    })
}
