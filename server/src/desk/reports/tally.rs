//! Counts the rows of a year: clinic by clinic and month by month, by local dates. What is not to be seen is hidden here,
//! for everybody alike.

use std::collections::{BTreeMap, BTreeSet};

use app::text::t;
use app::view::{ReportRow, ReportTable};
use chrono::{Days, Months, NaiveDate};

use super::Year;
use super::about::{About, Abouts};
use super::offered::Offer;
use super::rates::{self, RATES, Rates};
use super::work::{Part, Work, Works};
use crate::context::Context;
use crate::desk::rows::instant;
use crate::domain::disclosure::{Published, publish, publish_lists, publish_pair};
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

pub(super) const ENQUIRIES: usize = 0;
pub(super) const HELPED: usize = 1;
pub(super) const SIGNPOSTED: usize = 2;
pub(super) const COULD_NOT: usize = 3;
pub(super) const ELSEWHERE: usize = 4;
pub(super) const URGENT: usize = 5;
pub(super) const ATTENDED: usize = 6;
pub(super) const MISSED: usize = 7;
const CANCELLED: usize = 8;

/// A year, counted.
pub(super) struct Tally {
    /// One table a measure, in the order of [`MEASURES`]: clinics by months, with totals.
    pub published: Vec<Published>,
    pub work: Works,
    /// Clinic by clinic: by the topic that the client chose (a code; empty where none was asked), and by the issue that
    /// staff wrote down.
    pub topics: Vec<Abouts>,
    pub issues: Vec<Abouts>,
    endings: Vec<Endings>,
}

/// Forms that ended, by kind and rule.
type Endings = BTreeMap<(String, String), i64>;

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
    let rates = rates::read(&tx.setting(RATES).await?.unwrap_or_default())?;
    let today = time::local_date(context.now());
    let mut sheet = Sheet::new(clinics, year, today, rates);
    for row in &appointments {
        sheet.appointment(row)?;
    }
    for row in &requests {
        sheet.request(row)?;
    }
    for row in &endings {
        sheet.ending(row);
    }
    sheet.offer(
        clinics,
        &Offer {
            sessions: &sessions,
            dates: &dates,
            away: &away,
        },
    );
    Ok(sheet.publish())
}

/// The counts while they are made.
struct Sheet {
    clinics: BTreeMap<String, usize>,
    /// First days, and as `YYYY-MM`.
    firsts: Vec<NaiveDate>,
    months: Vec<String>,
    today: NaiveDate,
    rates: BTreeMap<String, Rates>,
    counts: Vec<Vec<Vec<i64>>>,
    work: Vec<Vec<Work>>,
    topics: Vec<Abouts>,
    issues: Vec<Abouts>,
    endings: Vec<Endings>,
    meetings: BTreeSet<uuid::Uuid>,
}

/// Where something is counted: the clinic, the month, and the headings under which besides.
#[derive(Debug, Clone, Copy)]
struct Spot<'a> {
    clinic: &'a str,
    month: &'a str,
    topic: Option<&'a str>,
    issue: Option<&'a str>,
}

impl Sheet {
    fn new(
        clinics: &[ClinicRow],
        year: Year,
        today: NaiveDate,
        rates: BTreeMap<String, Rates>,
    ) -> Self {
        let firsts = year.months();
        let months: Vec<String> = firsts.iter().copied().map(time::iso_month).collect();
        Self {
            clinics: clinics
                .iter()
                .enumerate()
                .map(|(at, row)| (row.id.clone(), at))
                .collect(),
            counts: vec![vec![vec![0; months.len()]; clinics.len()]; MEASURES.len()],
            work: vec![vec![Work::default(); months.len()]; clinics.len()],
            topics: vec![Abouts::new(); clinics.len()],
            issues: vec![Abouts::new(); clinics.len()],
            endings: vec![Endings::new(); clinics.len()],
            firsts,
            months,
            today,
            rates,
            meetings: BTreeSet::new(),
        }
    }

    fn place(&self, clinic: &str, month: &str) -> Option<(usize, usize)> {
        let clinic = self.clinics.get(clinic).copied()?;
        let month = self.months.iter().position(|one| one == month)?;
        Some((clinic, month))
    }

    /// Adds to a measure, if the month is in the year.
    fn add(&mut self, measure: usize, spot: Spot<'_>, people: i64) {
        let Some((clinic, month)) = self.place(spot.clinic, spot.month) else {
            return;
        };
        self.counts[measure][clinic][month] += people;
        for about in self.abouts(clinic, spot) {
            about.counts[measure] += people;
        }
    }

    fn abouts(&mut self, clinic: usize, spot: Spot<'_>) -> impl Iterator<Item = &mut About> {
        let headings = [
            (&mut self.topics[clinic], spot.topic),
            (&mut self.issues[clinic], spot.issue),
        ];
        headings
            .into_iter()
            .filter_map(|(all, heading)| Some(all.entry(heading?.to_owned()).or_default()))
    }

    fn appointment(&mut self, row: &CountedAppointment) -> Stored<()> {
        let made = time::local_date(instant(row.created_at)?);
        let on = time::local_date(instant(row.starts_at)?);
        let (made_in, in_month) = (time::iso_month(made), time::iso_month(on));
        let asking = Spot {
            clinic: &row.clinic_id,
            month: &made_in,
            topic: Some(row.topic.as_str()),
            issue: None,
        };
        let meeting = Spot {
            month: &in_month,
            ..asking
        };
        // What grew out of a request or a place on the waiting list was counted when that came in.
        let asked_before = row.asked_at.into_iter().chain(row.joined_at).min();
        if !row.again && asked_before.is_none() {
            self.add(ENQUIRIES, asking, 1);
            if row.turned_down {
                self.add(COULD_NOT, asking, 1);
            }
        }
        let measure = match row.state.as_str() {
            "attended" => Some(ATTENDED),
            "missed" => Some(MISSED),
            "cancelled" => Some(CANCELLED),
            _ => None,
        };
        if let Some(measure) = measure {
            self.add(measure, meeting, 1);
        }
        let other = t("outcome-issue-other");
        let help = row.result.as_deref().and_then(Came::from_name);
        let meeting = Spot {
            issue: help.map(|_| row.issue.as_deref().unwrap_or(&other)),
            ..meeting
        };
        if let Some(came) = help {
            let measure = if came.is_help() { HELPED } else { SIGNPOSTED };
            self.add(measure, meeting, 1);
        }
        let first_meeting = self.meetings.insert(row.meeting_id);
        let Some((clinic, month)) = self.place(&row.clinic_id, &in_month) else {
            return Ok(());
        };
        if row.state == "attended" && !row.again {
            let asked = time::local_date(instant(asked_before.unwrap_or(row.created_at))?);
            let wait = (on - asked).num_days().max(0);
            self.work[clinic][month].waits.push(wait);
            for about in self.abouts(clinic, meeting) {
                about.waits.push(wait);
            }
        }
        let rates = self.rates.get(&row.clinic_id);
        let (student, supervisor) = rates.map_or((0, 0), |rates| rates.on(on));
        let work = &mut self.work[clinic][month];
        if help.is_some() {
            let students = row.student_minutes.unwrap_or(0);
            let supervisors = row.supervisor_minutes.unwrap_or(0);
            work.student_minutes += students;
            work.supervisor_minutes += supervisors;
            work.worth += students * student + supervisors * supervisor;
            work.rated |= (student, supervisor) != (0, 0);
        }
        if on <= self.today && first_meeting && row.state != "cancelled" {
            work.meetings += 1;
            work.booked += (row.ends_at - row.starts_at) / 60 * row.advisers;
        }
        Ok(())
    }

    /// A request, or a place on the waiting list that no request went before.
    fn request(&mut self, row: &CountedRequest) -> Stored<()> {
        let month = time::iso_month(time::local_date(instant(row.created_at)?));
        let spot = Spot {
            clinic: &row.clinic_id,
            month: &month,
            topic: Some(row.topic.as_str()),
            issue: None,
        };
        self.add(ENQUIRIES, spot, 1);
        if row.could_not_help {
            self.add(COULD_NOT, spot, 1);
        }
        Ok(())
    }

    /// What the sessions offered, up to today.
    fn offer(&mut self, clinics: &[ClinicRow], offer: &Offer<'_>) {
        for (months, clinic) in self.work.iter_mut().zip(clinics) {
            for (work, first) in months.iter_mut().zip(&self.firsts) {
                let last = *first + Months::new(1) - Days::new(1);
                work.offered = offer.minutes(&clinic.id, (*first, last.min(self.today)));
            }
        }
    }

    fn ending(&mut self, row: &EndingRow) {
        let measure = if row.kind == "stop" {
            URGENT
        } else {
            ELSEWHERE
        };
        let spot = Spot {
            clinic: &row.clinic_id,
            month: &row.month,
            topic: None,
            issue: None,
        };
        self.add(ENQUIRIES, spot, row.people);
        self.add(measure, spot, row.people);
        if let Some(place) = self.clinics.get(&row.clinic_id) {
            let key = (row.kind.clone(), row.reason.clone());
            *self.endings[*place].entry(key).or_default() += row.people;
        }
    }

    fn publish(self) -> Tally {
        // Together they are the meetings with an outcome, which the table of issues adds up to.
        let (helped, signposted) = publish_pair(&self.counts[HELPED], &self.counts[SIGNPOSTED]);
        let mut published: Vec<Published> =
            self.counts.iter().map(|counts| publish(counts)).collect();
        let of_work = |count: fn(&Work) -> i64| -> Published {
            let rows = self.work.iter();
            let rows: Vec<Vec<i64>> = rows.map(|row| row.iter().map(count).collect()).collect();
            publish(&rows)
        };
        let work = Works {
            outcomes: helped.clone(),
            waits: of_work(|work| i64::try_from(work.waits.len()).unwrap_or(i64::MAX)),
            meetings: of_work(|work| work.meetings),
            cells: self.work,
        };
        published[HELPED] = helped;
        published[SIGNPOSTED] = signposted;
        Tally {
            published,
            work,
            topics: self.topics,
            issues: self.issues,
            endings: self.endings,
        }
    }
}

impl Tally {
    /// Whether a measure's number of a clinic's year may be seen.
    pub(super) fn year_shown(&self, measure: usize, clinic: usize) -> bool {
        Part::year(Some(clinic))
            .of(&self.published[measure])
            .is_some()
    }

    /// Where forms ended without a request or a time, by the rule.
    pub(super) fn endings(&self, place: usize) -> Vec<ReportTable> {
        let Some(endings) = self.endings.get(place) else {
            return Vec::new();
        };
        let kinds = [("stop", "by_stop", URGENT), ("out", "by_out", ELSEWHERE)];
        kinds
            .into_iter()
            .filter_map(|(kind, name, measure)| {
                let own = endings.iter().filter(|((of, _), _)| of == kind);
                let named = own.map(|((_, reason), count)| (reason.clone(), *count));
                // Its total stands in the table of the clinics, and may be hidden there for the sake of another clinic's.
                list(name, named.collect(), self.year_shown(measure, place))
            })
            .collect()
    }
}

/// A list with its total; nothing of nothing.
fn list(name: &str, all: Vec<(String, i64)>, total: bool) -> Option<ReportTable> {
    if all.is_empty() {
        return None;
    }
    let counts: Vec<i64> = all.iter().map(|(_, count)| *count).collect();
    let labels = all.into_iter().map(|(label, _)| (label, false));
    let rows = labels
        .chain([(t("report-total"), true)])
        .zip(publish_lists(&[counts], total).swap_remove(0))
        .map(|((label, total), cell)| ReportRow {
            label,
            total,
            cells: vec![super::count(cell)],
        });
    Some(ReportTable {
        name: name.to_owned(),
        columns: vec!["people".to_owned()],
        rows: rows.collect(),
        charts: vec![0],
    })
}
