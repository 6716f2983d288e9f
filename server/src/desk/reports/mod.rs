//! `/staff/reports`: what a clinic did in a year, as numbers that may be seen. Seven queries, whatever the size.
//!
//! Promises: what is hidden is decided over all clinics and all months of the year at once, whoever looks, so that two
//! people's pages put side by side show no more than one; all clinics together are shown only to those who may see each.

mod about;
mod offered;
mod rates;
mod set_up;
mod tables;
mod tally;
mod work;

use app::text::t_with;
use app::view::{ClinicRef, Figure, ReportCell, Reports};
use chrono::{Datelike as _, Months, NaiveDate};

use self::tally::{MEASURES, Tally};
use self::work::{COLUMNS, Part};
use super::rows::clinic;
use crate::context::Context;
use crate::domain::access::{Action, Standing, may};
use crate::domain::ids::ClinicId;
use crate::domain::time;
use crate::packs::InForce;
use crate::store::{ClinicRow, Stored};

pub use rates::Rate;
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
    packs: &InForce,
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
    let pack = packs.get(&ClinicId(chosen.clone()));
    Ok(Some(Reports {
        clinics,
        years: (0..=YEARS_BACK)
            .map(|back| Year(this.0 - back))
            .map(|one| (one.0.to_string(), one.title()))
            .collect(),
        year: year.0.to_string(),
        figures: figures(&tally, place),
        tables: tables::tables(&tally, &all, (place, pack.as_deref()), (year, today)),
        title: year.title(),
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

fn figures(tally: &Tally, place: Option<usize>) -> Vec<Figure> {
    let figure = |name: &str, cell: ReportCell| Figure {
        name: name.to_owned(),
        cell,
    };
    let mut all: Vec<Figure> = MEASURES
        .iter()
        .zip(&tally.published)
        .map(|(name, table)| figure(name, count(Part::year(place).of(table))))
        .collect();
    let work = tally.work.cells(Part::year(place));
    let named = COLUMNS.iter().zip(work);
    all.extend(named.map(|(name, cell)| figure(name, cell)));
    all
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
