//! Which meetings that stand cannot take place as things are: outside every session, on a closed day, with somebody who is
//! away. Asked before and after a change, the difference is what the change would break.
//!
//! Pure. Looks at one clinic at a time, and never at who the client is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::ids::{MeetingId, ResourceId, ServiceId};
use super::interval_set::Interval;
use super::schedule::{Block, Busy, Dates, Part, When, Window};
use super::time;

/// What a clinic has decided about its time, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Sessions with everybody and everything posted to them, skilled or not.
    pub windows: Vec<Window>,
    /// Dates on which the clinic is open at all.
    pub terms: Vec<Dates>,
    /// Closures and bank holidays.
    pub closures: Vec<Dates>,
    /// Who and what is away, and when.
    pub away: Vec<Busy>,
    /// When the clinic meets nobody.
    pub blocks: Vec<Block>,
    /// Who may work on what.
    pub skills: BTreeSet<(ResourceId, ServiceId)>,
    /// Who and what has left for good.
    pub left: BTreeSet<ResourceId>,
    /// Meetings that one supervisor may cover at once.
    pub ratio: i64,
}

/// A meeting that stands, with all that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its service.
    pub service: ServiceId,
    /// Start and end, without buffers.
    pub span: (DateTime<Utc>, DateTime<Utc>),
    /// The same with buffers.
    pub busy: (DateTime<Utc>, DateTime<Utc>),
    /// Who and what it has.
    pub staff: Vec<(ResourceId, Part)>,
}

/// Why a meeting cannot take place as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Its date is closed or in no term.
    Closed,
    /// The clinic meets nobody at that time.
    Blocked,
    /// No session holds it.
    OutsideHours,
    /// Somebody or something is away.
    Away(ResourceId),
    /// Somebody or something has left for good.
    Left(ResourceId),
    /// Somebody or something is in no session that holds it.
    NotThere(ResourceId),
    /// An adviser may not work on the service.
    NoSkill(ResourceId),
    /// A supervisor has more meetings at once than allowed.
    TooMany(ResourceId),
}

/// The meetings in trouble, each with all its troubles.
#[must_use]
pub fn troubles(plan: &Plan, all: &[Engagement]) -> BTreeMap<MeetingId, Vec<Trouble>> {
    let mut found = BTreeMap::new();
    for one in all {
        let mut troubles = of(plan, one);
        troubles.extend(over_ratio(plan, one, all));
        if !troubles.is_empty() {
            troubles.sort_unstable();
            troubles.dedup();
            found.insert(one.meeting, troubles);
        }
    }
    found
}

fn of(plan: &Plan, one: &Engagement) -> Vec<Trouble> {
    let date = time::local_date(one.span.0);
    let on = |days: &Dates| days.from <= date && date <= days.until;
    if !plan.terms.iter().any(on) || plan.closures.iter().any(on) {
        return vec![Trouble::Closed];
    }
    let busy = Interval::between(one.busy.0, one.busy.1);
    let blocked = |block: &Block| Interval::between(block.from, block.until).overlaps(busy);
    if plan.blocks.iter().any(blocked) {
        return vec![Trouble::Blocked];
    }
    let holding = holding(plan, date, Interval::between(one.span.0, one.span.1));
    if holding.is_empty() {
        return vec![Trouble::OutsideHours];
    }
    let trouble = |(resource, part): &(ResourceId, Part)| {
        let away = |away: &Busy| {
            away.resource == *resource && Interval::between(away.from, away.until).overlaps(busy)
        };
        let skill = (*resource, one.service.clone());
        if plan.left.contains(resource) {
            Some(Trouble::Left(*resource))
        } else if plan.away.iter().any(away) {
            Some(Trouble::Away(*resource))
        } else if !holding
            .iter()
            .any(|w| w.staff.contains(&(*resource, *part)))
        {
            Some(Trouble::NotThere(*resource))
        } else if *part == Part::Adviser && !plan.skills.contains(&skill) {
            Some(Trouble::NoSkill(*resource))
        } else {
            None
        }
    };
    one.staff.iter().filter_map(trouble).collect()
}

/// Supervisors of this meeting who have too many at its start or at the start of one that begins during it.
fn over_ratio(plan: &Plan, one: &Engagement, all: &[Engagement]) -> Option<Trouble> {
    let (supervisor, _) = one
        .staff
        .iter()
        .find(|(_, part)| *part == Part::Supervisor)?;
    let led = |other: &&Engagement| other.staff.contains(&(*supervisor, Part::Supervisor));
    let at = |instant: DateTime<Utc>| {
        let during = |other: &&Engagement| other.busy.0 <= instant && instant < other.busy.1;
        all.iter().filter(led).filter(during).count()
    };
    let starts = all.iter().filter(led).map(|other| other.busy.0);
    let most = starts
        .filter(|start| one.busy.0 <= *start && *start < one.busy.1)
        .map(at)
        .max();
    let allowed = usize::try_from(plan.ratio).unwrap_or(0);
    (most? > allowed).then_some(Trouble::TooMany(*supervisor))
}

/// The sessions of a date that hold the whole of a meeting. Windows for the date itself replace all weekly ones.
fn holding(plan: &Plan, date: NaiveDate, meeting: Interval) -> Vec<&Window> {
    let single: Vec<&Window> = plan
        .windows
        .iter()
        .filter(|window| window.on == When::Date(date))
        .collect();
    let weekly = |window: &&Window| match window.on {
        When::Weekly {
            weekday,
            from,
            until,
        } => weekday == date.weekday() && from <= date && until.is_none_or(|last| date <= last),
        When::Date(_) => false,
    };
    let mut windows = if single.is_empty() {
        plan.windows.iter().filter(weekly).collect()
    } else {
        single
    };
    windows.retain(|window| {
        window.hours.is_some_and(|(opens, closes)| {
            let end = if closes == NaiveTime::MIN {
                time::end_of_day(date)
            } else {
                time::resolve(date, closes)
            };
            Interval::between(time::resolve(date, opens), end).contains(meeting)
        })
    });
    windows
}

#[cfg(test)]
mod tests;
