//! `/staff/reports`: what a clinic did in a year, as numbers that may be seen. Seven queries, whatever the size.
//!
//! Promises: what is hidden is decided over all clinics and all months of the year at once, whoever looks, so that two
//! people's pages put side by side show no more than one; all clinics together are shown only to those who may see each.

mod offered;
mod set_up;
mod tally;

use app::text::{t, t_with};
use app::view::{ClinicRef, Figure, ReportCell, ReportRow, ReportTable, Reports};
use chrono::{Datelike as _, Months, NaiveDate};

use self::tally::{MEASURES, Tally};
use super::rows::clinic;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::disclosure::Published;
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::store::{ClinicRow, Records, Stored};

pub use set_up::{Change, ReportSettings, Saved, report_settings, save_report_settings};

/// How many earlier years can be looked at.
const YEARS_BACK: i32 = 4;

/// A year of the university: from 1 August to 31 July.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year(i32);

impl Year {
    /// The year that a date is in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 8 {
            date.year()
        } else {
            date.year() - 1
        })
    }

    /// Its twelve months, each by its first day.
    #[must_use]
    pub fn months(self) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(self.0, 8, 1).unwrap_or_default();
        (0..12)
            .filter_map(|number| first.checked_add_months(Months::new(number)))
            .collect()
    }

    /// First and last day.
    #[must_use]
    pub fn dates(self) -> (NaiveDate, NaiveDate) {
        let first = NaiveDate::from_ymd_opt(self.0, 8, 1).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(self.0 + 1, 7, 31).unwrap_or_default();
        (first, last)
    }

    fn title(self) -> String {
        let (first, last) = self.dates();
        t_with(
            "reports-year-title",
            &[
                ("first", time::month_title(first).into()),
                ("last", time::month_title(last).into()),
            ],
        )
    }
}

/// The reports of a clinic, or of all together where `asked` is empty and this member of staff may see each; `None` where
/// they may see none, or not this one. `year` is the year's first number.
pub async fn reports(
    context: &Context,
    standing: &Standing,
    asked: Option<&str>,
    year: &str,
) -> Stored<Option<Reports>> {
    let today = time::local_date(context.now());
    let this = Year::of(today);
    let year = year
        .parse()
        .ok()
        .map(Year)
        .filter(|one| (this.0 - YEARS_BACK..=this.0).contains(&one.0))
        .unwrap_or(this);
    let mut tx = context.store.read().await?;
    let all = tx.clinics().await?;
    let own: Vec<&ClinicRow> = all.iter().filter(|row| sees(standing, row)).collect();
    let everywhere = !own.is_empty() && own.len() == all.len();
    let Some(chosen) = chosen(asked, &own, everywhere) else {
        return Ok(None);
    };
    let tally = tally::read(&mut *tx, context, &all, year).await?;
    drop(tx);
    let mut clinics: Vec<ClinicRef> = own.iter().map(|row| clinic(&row.id, &row.name)).collect();
    if everywhere && own.len() > 1 {
        clinics.insert(0, ClinicRef::default());
    }
    let place = all.iter().position(|row| row.id == chosen);
    Ok(Some(Reports {
        clinics,
        years: (0..=YEARS_BACK)
            .map(|back| Year(this.0 - back))
            .map(|one| (one.0.to_string(), one.title()))
            .collect(),
        year: year.0.to_string(),
        figures: figures(&tally, place),
        tables: tables(&tally, &all, place, year),
        can_set_up: !standing.clinics_for(Action::EditSettings).is_empty()
            || own.iter().any(|row| {
                may(
                    standing,
                    Action::EditSettings,
                    Some(&ClinicId(row.id.clone())),
                )
            }),
        clinic: chosen,
    }))
}

fn sees(standing: &Standing, row: &ClinicRow) -> bool {
    may(
        standing,
        Action::SeeReports,
        Some(&ClinicId(row.id.clone())),
    )
}

/// The clinic asked for; all together (empty) where nothing is asked for and all may be seen, or else the first.
fn chosen(asked: Option<&str>, own: &[&ClinicRow], everywhere: bool) -> Option<String> {
    match asked {
        None | Some("") if everywhere && own.len() > 1 => Some(String::new()),
        None => own.first().map(|row| row.id.clone()),
        Some("") => own.first().map(|row| row.id.clone()),
        Some(asked) => own
            .iter()
            .find(|row| row.id == asked)
            .map(|row| row.id.clone()),
    }
}

fn count(cell: Option<i64>) -> ReportCell {
    cell.map_or(ReportCell::Hidden, ReportCell::Count)
}

/// The number of a year in a published table: of one clinic, or of all.
fn of_year(table: &Published, place: Option<usize>) -> ReportCell {
    let row = place.unwrap_or(table.len().saturating_sub(1));
    let cell = table.get(row).and_then(|row| row.last()).copied();
    count(cell.flatten())
}

fn figures(tally: &Tally, place: Option<usize>) -> Vec<Figure> {
    let figure = |name: &str, cell: ReportCell| Figure {
        name: name.to_owned(),
        hidden: cell == ReportCell::Hidden,
        value: match cell {
            ReportCell::Hidden | ReportCell::Nothing => String::new(),
            shown => app::pages::staff::report_cell(shown),
        },
    };
    let mut all: Vec<Figure> = MEASURES
        .iter()
        .zip(&tally.published)
        .map(|(name, table)| figure(name, of_year(table, place)))
        .collect();
    all.extend([
        figure("wait", tally.wait(place)),
        figure("student_hours", tally.hours(place, false)),
        figure("supervisor_hours", tally.hours(place, true)),
        figure("value", tally.value(place)),
        figure("use", tally.utilisation(place)),
    ]);
    all
}

fn tables(tally: &Tally, all: &[ClinicRow], place: Option<usize>, year: Year) -> Vec<ReportTable> {
    let columns: Vec<String> = MEASURES.iter().map(|name| (*name).to_owned()).collect();
    let row = |label: String, total: bool, cells: Vec<ReportCell>| ReportRow {
        label,
        total,
        cells,
    };
    let cells = |row: Option<usize>, column: usize| -> Vec<ReportCell> {
        tally
            .published
            .iter()
            .map(|table| {
                let row = row.unwrap_or(table.len().saturating_sub(1));
                count(
                    table
                        .get(row)
                        .and_then(|row| row.get(column))
                        .copied()
                        .flatten(),
                )
            })
            .collect()
    };
    let months = year.months();
    let mut by_month: Vec<ReportRow> = months
        .iter()
        .enumerate()
        .map(|(at, month)| row(time::month_title(*month), false, cells(place, at)))
        .collect();
    by_month.push(row(t("report-total"), true, cells(place, months.len())));
    let mut tables = vec![ReportTable {
        name: "by_month".to_owned(),
        columns: columns.clone(),
        rows: by_month,
        chart: true,
    }];
    match place {
        None => {
            let mut rows: Vec<ReportRow> = all
                .iter()
                .enumerate()
                .map(|(at, one)| row(one.name.clone(), false, cells(Some(at), months.len())))
                .collect();
            rows.push(row(t("report-total"), true, cells(None, months.len())));
            tables.push(ReportTable {
                name: "by_clinic".to_owned(),
                columns,
                rows,
                chart: true,
            });
            tables.push(work(tally, all));
        }
        Some(place) => {
            tables.extend(tally.issues(place));
            tables.extend(tally.endings(place));
        }
    }
    tables
}

/// Hours, their value, waiting and how full the sessions were, clinic by clinic.
fn work(tally: &Tally, all: &[ClinicRow]) -> ReportTable {
    let cells = |place: Option<usize>| {
        vec![
            tally.hours(place, false),
            tally.hours(place, true),
            tally.value(place),
            tally.wait(place),
            tally.utilisation(place),
        ]
    };
    let mut rows: Vec<ReportRow> = all
        .iter()
        .enumerate()
        .map(|(at, one)| ReportRow {
            label: one.name.clone(),
            total: false,
            cells: cells(Some(at)),
        })
        .collect();
    rows.push(ReportRow {
        label: t("report-total"),
        total: true,
        cells: cells(None),
    });
    ReportTable {
        name: "work".to_owned(),
        columns: ["student_hours", "supervisor_hours", "value", "wait", "use"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        chart: false,
    }
}

/// A report that leaves the desk: a line in the audit log says who took which.
///
/// # Errors
/// Those of the store.
pub async fn note_export(context: &Context, standing: &Standing, clinic: &str) -> Stored<()> {
    let mut tx = context.store.write().await?;
    let staff = standing.staff.0;
    let subject = ("report", staff);
    crate::booking::Actor::Staff(staff)
        .note(
            &mut *tx,
            context,
            "exported",
            subject,
            clinic,
            String::new(),
        )
        .await?;
    tx.commit().await
}

/// The rates of the clinics, in pence an hour: students, supervisors.
async fn rates(tx: &mut dyn Records, clinics: &[ClinicRow]) -> Stored<Vec<(i64, i64)>> {
    let mut found = Vec::new();
    let all = tx.setting(set_up::RATES).await?.unwrap_or_default();
    for row in clinics {
        found.push(set_up::rate_of(&all, &row.id));
    }
    Ok(found)
}
