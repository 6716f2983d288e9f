//! Counts the rows of a year: clinic by clinic and month by month, by local dates. What is not to be seen is hidden here,
//! for everybody alike.

use std::collections::{BTreeMap, BTreeSet};

use app::text::t;
use app::view::{ReportCell, ReportRow, ReportTable};
use chrono::NaiveDate;

use super::Year;
use super::offered::Offer;
use crate::context::Context;
use crate::desk::rows::instant;
use crate::domain::disclosure::{
    Published, SMALLEST, publish, publish_list, publish_list_without_total, publish_pair,
};
use crate::domain::outcome::Came;
use crate::domain::time;
use crate::store::{ClinicRow, CountedAppointment, CountedRequest, EndingRow, Records, Stored};

/// What is counted by clinic and month, in the order to show it. Codes of the catalogue.
pub(super) const MEASURES: [&str; 9] = [
    "enquiries",
    "helped",
    "signposted",
    "could_not_help",
    "elsewhere",
    "urgent",
    "attended",
    "missed",
    "cancelled",
];

const ENQUIRIES: usize = 0;
const HELPED: usize = 1;
const SIGNPOSTED: usize = 2;
const COULD_NOT: usize = 3;
const ELSEWHERE: usize = 4;
const URGENT: usize = 5;
const ATTENDED: usize = 6;
const MISSED: usize = 7;
const CANCELLED: usize = 8;

/// The work of one clinic in a year.
#[derive(Debug, Clone, Default)]
struct Work {
    /// Meetings with an outcome.
    outcomes: i64,
    student_minutes: i64,
    supervisor_minutes: i64,
    /// Pence an hour: students, supervisors.
    rates: (i64, i64),
    /// Days from asking to the first meeting, of those who came.
    waits: Vec<i64>,
    /// Meetings whose time has come, and the advisers' minutes in them.
    meetings: i64,
    booked: i64,
    offered: i64,
    issues: BTreeMap<String, i64>,
    endings: BTreeMap<(String, String), i64>,
}

/// A year, counted.
pub(super) struct Tally {
    /// One table a measure, in the order of [`MEASURES`]: clinics by months, with totals.
    pub published: Vec<Published>,
    work: Vec<Work>,
    /// Whether the work of each clinic, and last of all together, may be seen.
    work_shown: Vec<bool>,
    use_shown: Vec<bool>,
    wait_shown: Vec<bool>,
}

/// Reads and counts a year. Eight queries.
pub(super) async fn read(
    tx: &mut dyn Records,
    context: &Context,
    clinics: &[ClinicRow],
    year: Year,
) -> Stored<Tally> {
    let (first, last) = year.dates();
    let from = time::start_of_day(first).timestamp();
    let until = time::end_of_day(last).timestamp();
    let appointments = tx.counted_appointments(from, until).await?;
    let requests = tx.counted_requests(from, until).await?;
    let endings = tx
        .endings(&time::iso_month(first), &time::iso_month(last))
        .await?;
    let sessions = tx.hours_between(first, last).await?;
    let dates = tx.open_dates_between(first, last).await?;
    let away = tx.away_between(from, until).await?;
    let rates = super::rates(tx, clinics).await?;
    let today = time::local_date(context.now());
    let mut sheet = Sheet::new(clinics, year, today);
    for (work, rates) in sheet.work.iter_mut().zip(rates) {
        work.rates = rates;
    }
    for row in &appointments {
        sheet.appointment(row)?;
    }
    for row in &requests {
        sheet.request(row)?;
    }
    for row in &endings {
        sheet.ending(row);
    }
    let offer = Offer {
        sessions: &sessions,
        dates: &dates,
        away: &away,
    };
    for (work, clinic) in sheet.work.iter_mut().zip(clinics) {
        work.offered = offer.minutes(&clinic.id, (first, last.min(today)));
    }
    Ok(sheet.publish())
}

/// The counts while they are made.
struct Sheet {
    clinics: BTreeMap<String, usize>,
    months: Vec<String>,
    today: NaiveDate,
    counts: Vec<Vec<Vec<i64>>>,
    work: Vec<Work>,
    meetings: BTreeSet<uuid::Uuid>,
}

impl Sheet {
    fn new(clinics: &[ClinicRow], year: Year, today: NaiveDate) -> Self {
        let months: Vec<String> = year.months().into_iter().map(time::iso_month).collect();
        Self {
            clinics: clinics
                .iter()
                .enumerate()
                .map(|(at, row)| (row.id.clone(), at))
                .collect(),
            counts: vec![vec![vec![0; months.len()]; clinics.len()]; MEASURES.len()],
            months,
            today,
            work: vec![Work::default(); clinics.len()],
            meetings: BTreeSet::new(),
        }
    }

    /// Adds to a measure, if the date is in the year.
    fn add(&mut self, measure: usize, clinic: &str, month: &str, people: i64) {
        let place = self.clinics.get(clinic).copied();
        let month = self.months.iter().position(|one| one == month);
        if let (Some(place), Some(month)) = (place, month) {
            self.counts[measure][place][month] += people;
        }
    }

    fn appointment(&mut self, row: &CountedAppointment) -> Stored<()> {
        let made = time::local_date(instant(row.created_at)?);
        let on = time::local_date(instant(row.starts_at)?);
        let (made_in, in_month) = (time::iso_month(made), time::iso_month(on));
        let clinic = row.clinic_id.as_str();
        // What grew out of a request was counted when the request came in.
        if !row.again && row.asked_at.is_none() {
            self.add(ENQUIRIES, clinic, &made_in, 1);
            if row.turned_down {
                self.add(COULD_NOT, clinic, &made_in, 1);
            }
        }
        let measure = match row.state.as_str() {
            "attended" => Some(ATTENDED),
            "missed" => Some(MISSED),
            "cancelled" => Some(CANCELLED),
            _ => None,
        };
        if let Some(measure) = measure {
            self.add(measure, clinic, &in_month, 1);
        }
        if !self.months.contains(&in_month) {
            return Ok(());
        }
        let help = row.result.as_deref().and_then(Came::from_name);
        if let Some(came) = help {
            let measure = if came.is_help() { HELPED } else { SIGNPOSTED };
            self.add(measure, clinic, &in_month, 1);
        }
        let asked = time::local_date(instant(row.asked_at.unwrap_or(row.created_at))?);
        let first_meeting = self.meetings.insert(row.meeting_id);
        let past = on <= self.today;
        let Some(work) = self
            .clinics
            .get(clinic)
            .and_then(|at| self.work.get_mut(*at))
        else {
            return Ok(());
        };
        if help.is_some() {
            work.outcomes += 1;
            work.student_minutes += row.student_minutes.unwrap_or(0);
            work.supervisor_minutes += row.supervisor_minutes.unwrap_or(0);
            let issue = row
                .issue
                .clone()
                .unwrap_or_else(|| t("outcome-issue-other"));
            *work.issues.entry(issue).or_default() += 1;
        }
        if row.state == "attended" && !row.again {
            work.waits.push((on - asked).num_days().max(0));
        }
        if past && first_meeting && row.state != "cancelled" {
            work.meetings += 1;
            work.booked += (row.ends_at - row.starts_at) / 60 * row.advisers;
        }
        Ok(())
    }

    fn request(&mut self, row: &CountedRequest) -> Stored<()> {
        let month = time::iso_month(time::local_date(instant(row.created_at)?));
        self.add(ENQUIRIES, &row.clinic_id, &month, 1);
        if row.state == "declined" {
            self.add(COULD_NOT, &row.clinic_id, &month, 1);
        }
        Ok(())
    }

    fn ending(&mut self, row: &EndingRow) {
        let measure = if row.kind == "stop" {
            URGENT
        } else {
            ELSEWHERE
        };
        self.add(ENQUIRIES, &row.clinic_id, &row.month, row.people);
        self.add(measure, &row.clinic_id, &row.month, row.people);
        let place = self.clinics.get(&row.clinic_id);
        if let Some(work) = place.and_then(|at| self.work.get_mut(*at)) {
            let key = (row.kind.clone(), row.reason.clone());
            *work.endings.entry(key).or_default() += row.people;
        }
    }

    fn publish(self) -> Tally {
        // Together they are the meetings with an outcome, which the table of issues adds up to.
        let (helped, signposted) = publish_pair(&self.counts[HELPED], &self.counts[SIGNPOSTED]);
        let mut published: Vec<Published> =
            self.counts.iter().map(|counts| publish(counts)).collect();
        published[HELPED] = helped;
        published[SIGNPOSTED] = signposted;
        let shown = |count: fn(&Work) -> i64| -> Vec<bool> {
            let counts: Vec<i64> = self.work.iter().map(count).collect();
            publish_list(&counts).iter().map(Option::is_some).collect()
        };
        Tally {
            published,
            work_shown: shown(|work| work.outcomes),
            use_shown: shown(|work| work.meetings),
            wait_shown: shown(|work| i64::try_from(work.waits.len()).unwrap_or(i64::MAX)),
            work: self.work,
        }
    }
}

impl Tally {
    /// The work of one clinic, or of all together; with whether `shown` lets it be seen.
    fn of<'a>(&'a self, place: Option<usize>, shown: &[bool]) -> Option<Vec<&'a Work>> {
        let at = place.unwrap_or(self.work.len());
        let open = shown.get(at).copied().unwrap_or(false);
        open.then(|| match place {
            Some(place) => self.work.get(place).into_iter().collect(),
            None => self.work.iter().collect(),
        })
    }

    /// Hours of students or of supervisors.
    pub(super) fn hours(&self, place: Option<usize>, supervisors: bool) -> ReportCell {
        let Some(work) = self.of(place, &self.work_shown) else {
            return ReportCell::Hidden;
        };
        let minutes: i64 = work
            .iter()
            .map(|one| {
                if supervisors {
                    one.supervisor_minutes
                } else {
                    one.student_minutes
                }
            })
            .sum();
        ReportCell::Tenths((minutes + 3) / 6)
    }

    /// What the hours are worth at the clinics' rates, in whole pounds; nothing where no rate is set.
    pub(super) fn value(&self, place: Option<usize>) -> ReportCell {
        let Some(work) = self.of(place, &self.work_shown) else {
            return ReportCell::Hidden;
        };
        if work.iter().all(|one| one.rates == (0, 0)) {
            return ReportCell::Nothing;
        }
        let pence: i64 = work
            .iter()
            .map(|one| {
                one.student_minutes * one.rates.0 / 60 + one.supervisor_minutes * one.rates.1 / 60
            })
            .sum();
        ReportCell::Pounds(pence / 100)
    }

    /// The median of the days from asking to the first meeting.
    pub(super) fn wait(&self, place: Option<usize>) -> ReportCell {
        let Some(work) = self.of(place, &self.wait_shown) else {
            return ReportCell::Hidden;
        };
        let mut days: Vec<i64> = work
            .iter()
            .flat_map(|one| one.waits.iter().copied())
            .collect();
        days.sort_unstable();
        if i64::try_from(days.len()).unwrap_or(i64::MAX) < SMALLEST {
            return ReportCell::Nothing;
        }
        let middle = days.len() / 2;
        let median = if days.len() % 2 == 1 {
            days[middle] * 10
        } else {
            (days[middle - 1] + days[middle]) * 5
        };
        ReportCell::Tenths(median)
    }

    /// How much of the advisers' time in sessions was booked, up to today.
    pub(super) fn utilisation(&self, place: Option<usize>) -> ReportCell {
        let Some(work) = self.of(place, &self.use_shown) else {
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

    /// What the meetings of a clinic were about.
    pub(super) fn issues(&self, place: usize) -> Option<ReportTable> {
        let work = self.work.get(place)?;
        let named = work
            .issues
            .iter()
            .map(|(name, count)| (name.clone(), *count));
        list("by_issue", named.collect(), publish_list)
    }

    /// Where forms ended without a request or a time, by the rule.
    pub(super) fn endings(&self, place: usize) -> Vec<ReportTable> {
        let Some(work) = self.work.get(place) else {
            return Vec::new();
        };
        let kinds = [("stop", "by_stop", URGENT), ("out", "by_out", ELSEWHERE)];
        kinds
            .into_iter()
            .filter_map(|(kind, name, measure)| {
                // Its total stands in the table of the clinics, and may be hidden there for the sake of another clinic's.
                let year = self.published[measure]
                    .get(place)
                    .and_then(|row| *row.last()?);
                let publish = if year.is_some() {
                    publish_list
                } else {
                    publish_list_without_total
                };
                let own = work.endings.iter().filter(|((of, _), _)| of == kind);
                let named = own.map(|((_, reason), count)| (reason.clone(), *count));
                list(name, named.collect(), publish)
            })
            .collect()
    }
}

/// A list with its total; nothing of nothing.
fn list(
    name: &str,
    all: Vec<(String, i64)>,
    publish: fn(&[i64]) -> Vec<Option<i64>>,
) -> Option<ReportTable> {
    if all.is_empty() {
        return None;
    }
    let counts: Vec<i64> = all.iter().map(|(_, count)| *count).collect();
    let labels = all.into_iter().map(|(label, _)| (label, false));
    let rows = labels
        .chain([(t("report-total"), true)])
        .zip(publish(&counts))
        .map(|((label, total), cell)| ReportRow {
            label,
            total,
            cells: vec![super::count(cell)],
        });
    Some(ReportTable {
        name: name.to_owned(),
        columns: vec!["people".to_owned()],
        rows: rows.collect(),
        chart: true,
    })
}
