//! The models of the reports: tables of published numbers, in which small ones are hidden already.

use super::{ClinicRef, FieldError};

/// `/staff/reports`
#[derive(Debug, Clone, Default)]
pub struct Reports {
    /// Clinics to choose from; the empty id means all together.
    pub clinics: Vec<ClinicRef>,
    /// The chosen clinic's id; empty for all.
    pub clinic: String,
    /// Years to choose from: first year, and "August 2026 to July 2027".
    pub years: Vec<(String, String)>,
    pub year: String,
    /// The year in words.
    pub title: String,
    /// The few numbers that matter, large.
    pub figures: Vec<Figure>,
    pub tables: Vec<ReportTable>,
    /// Whether this member of staff may change the hourly rates and the issues.
    pub can_set_up: bool,
}

/// One large number. `name` is a code; the catalogue has its title and the sentence that explains it.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    pub name: String,
    pub cell: ReportCell,
}

/// A table with the chart that is drawn from it. Titles are codes of the catalogue where `name` says so.
#[derive(Debug, Clone, Default)]
pub struct ReportTable {
    /// A code; the catalogue has title, sentence and unit.
    pub name: String,
    /// Codes of the columns.
    pub columns: Vec<String>,
    pub rows: Vec<ReportRow>,
    /// The columns, by their place, that are drawn as bars.
    pub charts: Vec<usize>,
}

/// One row: what it is of, in words, and its cells.
#[derive(Debug, Clone, Default)]
pub struct ReportRow {
    pub label: String,
    pub total: bool,
    pub cells: Vec<ReportCell>,
}

/// A published number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum ReportCell {
    /// Nothing to count.
    #[default]
    Nothing,
    Count(i64),
    /// With one decimal.
    Tenths(i64),
    Percent(i64),
    /// Whole pounds.
    Pounds(i64),
    /// Under five, or it would give one away that is.
    Hidden,
}

/// `/staff/reports/set-up`
#[derive(Debug, Clone, Default)]
pub struct ReportSetUp {
    pub clinics: Vec<ClinicRef>,
    pub clinic: ClinicRef,
    /// Pounds an hour, as typed.
    pub student_rate: String,
    pub supervisor_rate: String,
    /// The date from which these hold, as typed (`YYYY-MM-DD`).
    pub from: String,
    /// All rates of the clinic, latest first: since when, in words, or empty for ever; students', supervisors'.
    pub rates: Vec<(String, String, String)>,
    /// One issue a line.
    pub issues: String,
    /// What the form was made from.
    pub seen: String,
    pub errors: Vec<FieldError>,
    /// Somebody else changed it meanwhile: how it is now.
    pub overtaken: Option<(String, String, String)>,
    pub saved: bool,
}
