//! The tables of a report and which of their columns are drawn.

use app::text::t;
use app::view::{ReportCell, ReportRow, ReportTable};
use chrono::NaiveDate;

use super::tally::{MEASURES, Tally};
use super::work::{COLUMNS, Part};
use super::{Year, about, count};
use crate::domain::time;
use crate::domain::triage::Pack;
use crate::store::ClinicRow;

/// Of one clinic, with the questions in force, or of all: month by month, and clinic by clinic or by what it was about.
pub(super) fn tables(
    tally: &Tally,
    all: &[ClinicRow],
    (clinic, pack): (Option<usize>, Option<&Pack>),
    (year, today): (Year, NaiveDate),
) -> Vec<ReportTable> {
    let months = year.months();
    let is_to_come = |part: Part| {
        let first = part.month.and_then(|at| months.get(at));
        first.is_some_and(|first| *first > today) && is_empty(tally, part)
    };
    let by_month: Vec<(String, Part)> = months
        .iter()
        .enumerate()
        .map(|(at, month)| {
            let part = Part {
                clinic,
                month: Some(at),
            };
            (time::month_title(*month), part)
        })
        .filter(|(_, part)| !is_to_come(*part))
        .collect();
    let total = Part::year(clinic);
    let mut tables = vec![
        counts("by_month", tally, &by_month, total),
        work("work_by_month", tally, &by_month, total),
    ];
    if let Some(clinic) = clinic {
        tables.extend(about::by_topic(tally, clinic, pack));
        tables.extend(about::by_issue(tally, clinic));
        tables.extend(tally.endings(clinic));
    } else {
        let by_clinic: Vec<(String, Part)> = all
            .iter()
            .enumerate()
            .map(|(at, one)| (one.name.clone(), Part::year(Some(at))))
            .collect();
        tables.push(counts("by_clinic", tally, &by_clinic, total));
        tables.push(work("work", tally, &by_clinic, total));
    }
    tables
}

/// Whether nothing was counted there: a nought is never hidden.
fn is_empty(tally: &Tally, part: Part) -> bool {
    let nothing = |table| part.of(table) == Some(0);
    tally.published.iter().all(nothing) && nothing(&tally.work.waits)
}

/// How many people, by every measure. Drawn: who asked, and who was helped.
fn counts(name: &str, tally: &Tally, parts: &[(String, Part)], total: Part) -> ReportTable {
    let cells = |part: Part| {
        let tables = tally.published.iter();
        tables.map(|table| count(part.of(table))).collect()
    };
    table(name, (&MEASURES, vec![0, 1]), parts, total, cells)
}

/// Waiting, hours, their value and how full the sessions were. Drawn: waiting, students' hours, and how full.
fn work(name: &str, tally: &Tally, parts: &[(String, Part)], total: Part) -> ReportTable {
    let cells = |part: Part| tally.work.cells(part);
    table(name, (&COLUMNS, vec![0, 1, 4]), parts, total, cells)
}

fn table(
    name: &str,
    (columns, charts): (&[&str], Vec<usize>),
    parts: &[(String, Part)],
    total: Part,
    cells: impl Fn(Part) -> Vec<ReportCell>,
) -> ReportTable {
    let mut rows: Vec<ReportRow> = parts
        .iter()
        .map(|(label, part)| ReportRow {
            label: label.clone(),
            total: false,
            cells: cells(*part),
        })
        .collect();
    rows.push(ReportRow {
        label: t("report-total"),
        total: true,
        cells: cells(total),
    });
    ReportTable {
        name: name.to_owned(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        rows,
        charts,
    }
}
