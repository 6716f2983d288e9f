//! The sessions of a date and the starts they offer. Knows who is posted to a session, not whether
//! they are free.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use crate::domain::ids::ResourceId;
use crate::domain::interval_set::Interval;
use crate::domain::schedule::{Facts, Part, When, Window};
use crate::domain::time;

/// Seconds in a day without a change of the clocks.
const DAY: i64 = 24 * 60 * 60;

/// A resource by its place in [`Hours::resources`], with the part it plays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) resource: usize,
    pub(super) part: Part,
}

/// A window on one date, as instants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Session {
    pub(super) span: Interval,
    /// Local start, and local length in seconds.
    opens: NaiveTime,
    wall_length: i64,
    /// Whether the clocks do not change inside: seconds elapsed are seconds on the wall.
    even: bool,
    /// Which window it is.
    pub(super) window: usize,
}

/// The windows of a clinic by the dates they apply to.
pub(super) struct Hours<'a> {
    windows: &'a [Window],
    weekly: [Vec<usize>; 7],
    single: BTreeMap<NaiveDate, Vec<usize>>,
    postings: Vec<Vec<Posting>>,
    /// Every resource that a window names, sorted.
    pub(super) resources: Vec<ResourceId>,
}

impl<'a> Hours<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        let windows = facts.windows.as_slice();
        let staff = windows.iter().flat_map(|window| &window.staff);
        let mut resources: Vec<_> = staff.map(|(id, _)| *id).collect();
        resources.sort_unstable();
        resources.dedup();

        let mut hours = Self {
            windows,
            weekly: Default::default(),
            single: BTreeMap::new(),
            postings: windows.iter().map(|w| postings(w, &resources)).collect(),
            resources,
        };
        for (index, window) in windows.iter().enumerate() {
            match window.on {
                When::Weekly { weekday, .. } => {
                    hours.weekly[weekday.num_days_from_monday() as usize].push(index);
                }
                When::Date(date) => hours.single.entry(date).or_default().push(index),
            }
        }
        hours
    }

    /// Puts the sessions of a date into `sessions`. Windows for the date itself, even those that
    /// say "not working", replace all weekly ones.
    pub(super) fn on(&self, date: NaiveDate, sessions: &mut Vec<Session>) {
        let weekly = &self.weekly[date.weekday().num_days_from_monday() as usize];
        let windows = self.single.get(&date).unwrap_or(weekly).iter().copied();
        sessions.clear();
        sessions.extend(windows.filter_map(|window| self.session(window, date)));
    }

    fn session(&self, index: usize, date: NaiveDate) -> Option<Session> {
        let window = &self.windows[index];
        if let When::Weekly { from, until, .. } = window.on
            && (date < from || until.is_some_and(|last| last < date))
        {
            return None;
        }
        let (opens, closes) = window.hours?;
        let midnight = closes == NaiveTime::MIN;
        let end = if midnight {
            time::end_of_day(date)
        } else {
            time::resolve(date, closes)
        };
        let wall_length = (closes - opens).num_seconds() + if midnight { DAY } else { 0 };
        let span = Interval::between(time::resolve(date, opens), end);
        let even = span.until - span.from == wall_length
            && time::exists(date, opens)
            && time::exists(date, closes);
        (wall_length > 0 && !span.is_empty()).then_some(Session {
            span,
            opens,
            wall_length,
            even,
            window: index,
        })
    }

    /// Who is posted to a window, by its place among the windows.
    pub(super) fn posted(&self, window: usize) -> &[Posting] {
        &self.postings[window]
    }
}

fn postings(window: &Window, resources: &[ResourceId]) -> Vec<Posting> {
    let posting = |(id, part): &(ResourceId, Part)| {
        let resource = resources.binary_search(id).ok()?;
        Some(Posting {
            resource,
            part: *part,
        })
    };
    window.staff.iter().filter_map(posting).collect()
}

impl Session {
    /// Adds to `starts` every start of a meeting of `length` seconds that lies whole in the
    /// session, every `step` seconds (1 or more) from its local start.
    ///
    /// Steps are steps of the clock on the wall. A time of day that the clocks leap over is not
    /// offered, and in the hour that happens twice only the first is, so that no two starts of a
    /// day read the same.
    pub(super) fn starts(&self, date: NaiveDate, length: i64, step: u32, starts: &mut Vec<i64>) {
        let step_seconds = i64::from(step);
        if self.even {
            // Counting seconds is the same as resolving each time of day, and much quicker.
            let mut start = self.span.from;
            while start + length <= self.span.until {
                starts.push(start);
                start += step_seconds;
            }
            return;
        }
        let mut from_opening = 0;
        while from_opening < self.wall_length {
            let shown = self.opens + TimeDelta::seconds(from_opening);
            let start = time::resolve(date, shown).timestamp();
            if time::exists(date, shown) && self.span.contains(Interval::new(start, start + length))
            {
                starts.push(start);
            }
            from_opening += step_seconds;
        }
    }
}
