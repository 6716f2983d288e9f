//! Hours and their value, waiting, and how full the sessions were: of a clinic or of all, of a month or of the year. Shown
//! only where the number of people behind them may be.

use app::view::ReportCell;

use crate::domain::disclosure::{Published, SMALLEST};

/// The work of one clinic in one month.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    pub student_minutes: i64,
    pub supervisor_minutes: i64,
    /// Minutes times the pence an hour that were in force on their day.
    pub worth: i64,
    /// Whether a rate was in force.
    pub rated: bool,
    /// Days from asking to the first meeting, of those who came.
    pub waits: Vec<i64>,
    /// Meetings whose time has come, and the advisers' minutes in them.
    pub meetings: i64,
    pub booked: i64,
    /// Minutes of advisers that the sessions offered, up to today.
    pub offered: i64,
}

/// Which part of a year: the clinic by its place, or all; the month by its place, or the whole year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub clinic: Option<usize>,
    pub month: Option<usize>,
}

impl Part {
    pub(super) const fn year(clinic: Option<usize>) -> Self {
        Self {
            clinic,
            month: None,
        }
    }

    /// The number of a published table of clinics by months; `None` where it is hidden.
    pub(super) fn of(self, table: &Published) -> Option<i64> {
        let row = table.get(self.clinic.unwrap_or(table.len().saturating_sub(1)))?;
        *row.get(self.month.unwrap_or(row.len().saturating_sub(1)))?
    }
}

/// A year's work, clinics by months, with the counts that say what of it may be seen.
pub(super) struct Works {
    pub cells: Vec<Vec<Work>>,
    /// Meetings with an outcome, as they are hidden.
    pub outcomes: Published,
    /// Those whose wait is known.
    pub waits: Published,
    pub meetings: Published,
}

impl Works {
    /// The cells of a part, if `people` may be seen there.
    fn of(&self, part: Part, people: &Published) -> Option<Vec<&Work>> {
        part.of(people)?;
        let of_clinic = |(at, _): &(usize, &Vec<Work>)| part.clinic.is_none_or(|one| one == *at);
        let of_month = |(at, _): &(usize, &Work)| part.month.is_none_or(|one| one == *at);
        let clinics = self.cells.iter().enumerate().filter(of_clinic);
        let months = clinics.flat_map(|(_, months)| months.iter().enumerate().filter(of_month));
        Some(months.map(|(_, work)| work).collect())
    }

    /// Hours of students or of supervisors.
    pub(super) fn hours(&self, part: Part, supervisors: bool) -> ReportCell {
        let Some(work) = self.of(part, &self.outcomes) else {
            return ReportCell::Hidden;
        };
        let minutes: i64 = if supervisors {
            work.iter().map(|one| one.supervisor_minutes).sum()
        } else {
            work.iter().map(|one| one.student_minutes).sum()
        };
        ReportCell::Tenths((minutes + 3) / 6)
    }

    /// What the hours are worth at the rates of their days, in whole pounds; nothing where no rate was in force.
    pub(super) fn value(&self, part: Part) -> ReportCell {
        let Some(work) = self.of(part, &self.outcomes) else {
            return ReportCell::Hidden;
        };
        if !work.iter().any(|one| one.rated) {
            return ReportCell::Nothing;
        }
        let worth: i64 = work.iter().map(|one| one.worth).sum();
        ReportCell::Pounds(worth / 60 / 100)
    }

    /// The median of the days from asking to the first meeting.
    pub(super) fn wait(&self, part: Part) -> ReportCell {
        self.of(part, &self.waits)
            .map_or(ReportCell::Hidden, |work| {
                median(work.iter().flat_map(|one| one.waits.iter().copied()))
            })
    }

    /// How much of the advisers' time in sessions was booked, up to today.
    pub(super) fn utilisation(&self, part: Part) -> ReportCell {
        let Some(work) = self.of(part, &self.meetings) else {
            return ReportCell::Hidden;
        };
        let offered: i64 = work.iter().map(|one| one.offered).sum();
        let booked: i64 = work.iter().map(|one| one.booked).sum();
        if offered == 0 {
            ReportCell::Nothing
        } else {
            ReportCell::Percent(booked * 100 / offered)
        }
    }

    /// All of it, in the order of [`COLUMNS`].
    pub(super) fn cells(&self, part: Part) -> Vec<ReportCell> {
        vec![
            self.wait(part),
            self.hours(part, false),
            self.hours(part, true),
            self.value(part),
            self.utilisation(part),
        ]
    }
}

/// What is shown of it, as codes of the catalogue.
pub(super) const COLUMNS: [&str; 5] = ["wait", "student_hours", "supervisor_hours", "value", "use"];

/// The middle one of some days, in tenths; nothing of too few.
pub(super) fn median(days: impl Iterator<Item = i64>) -> ReportCell {
    let mut days: Vec<i64> = days.collect();
    days.sort_unstable();
    if i64::try_from(days.len()).unwrap_or(i64::MAX) < SMALLEST {
        return ReportCell::Nothing;
    }
    let middle = days.len() / 2;
    ReportCell::Tenths(if days.len() % 2 == 1 {
        days[middle] * 10
    } else {
        (days[middle - 1] + days[middle]) * 5
    })
}
