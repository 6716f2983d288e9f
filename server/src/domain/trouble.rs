//! Which meetings that stand cannot take place as things are: outside every session, on a closed day, with somebody who is
//! away, in a room that has not what the client needs. Asked before and after a change, the difference is what the change
//! would break. What a supervisor has allowed a meeting is no trouble; who is away is, whatever was allowed.
//!
//! Pure. Looks at one clinic at a time, and never at who the client is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::ids::{MeetingId, ResourceId, ServiceId};
use super::interval_set::Interval;
use super::schedule::{Block, Busy, Dates, Facts, Feature, Mode, Part, When, Window};
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
    /// What the rooms have; nothing is known of a resource that is not here.
    pub features: BTreeMap<ResourceId, BTreeSet<Feature>>,
    /// What is offered. A service that is not here is switched off, alone or with its clinic.
    pub offered: BTreeMap<ServiceId, Offer>,
}

/// How a service meets its clients.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The ways to meet.
    pub modes: Vec<Mode>,
    /// Advisers in one meeting.
    pub advisers_needed: usize,
}

/// What a supervisor has allowed a meeting by putting it where it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// Nothing.
    #[default]
    None,
    /// No session needs to hold it.
    Hours,
    /// Nor need its date be open.
    Closed,
}

impl Exception {
    /// Its word in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Hours => "hours",
            Self::Closed => "closed",
        }
    }

    /// The exception of that word; a word that is unknown allows nothing.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        let all = [Self::Hours, Self::Closed];
        all.into_iter()
            .find(|one| one.as_str() == word)
            .unwrap_or_default()
    }

    /// What a meeting of this span needs to be allowed by these facts, which cover its date.
    #[must_use]
    pub fn needed(facts: &Facts, span: (DateTime<Utc>, DateTime<Utc>)) -> Self {
        let date = time::local_date(span.0);
        if !is_open(&facts.terms, &facts.closures, date) {
            Self::Closed
        } else if holding(&facts.windows, date, Interval::between(span.0, span.1)).is_empty() {
            Self::Hours
        } else {
            Self::None
        }
    }
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
    /// How they meet.
    pub mode: Mode,
    /// What its clients need of the room.
    pub access: BTreeSet<Feature>,
    /// What it was allowed.
    pub exception: Exception,
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
    /// The room has not what a client needs.
    NotFit(ResourceId),
    /// The service is not offered any more.
    NotOffered,
    /// The service does not meet in this way any more.
    NotThisWay,
    /// The service has more advisers to a meeting by now.
    TooFew,
}

impl Trouble {
    /// Whether the meeting could still be held: what it rests on is no longer offered to others, that is all.
    #[must_use]
    pub fn can_stay(self) -> bool {
        matches!(self, Self::NotOffered | Self::NotThisWay | Self::TooFew)
    }
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
    let busy = Interval::between(one.busy.0, one.busy.1);
    let blocked = |block: &Block| Interval::between(block.from, block.until).overlaps(busy);
    let meeting = Interval::between(one.span.0, one.span.1);
    let holding = holding(&plan.windows, date, meeting);
    let mut troubles = offer(plan, one);
    let clinic = if one.exception < Exception::Closed && !is_open(&plan.terms, &plan.closures, date)
    {
        Some(Trouble::Closed)
    } else if plan.blocks.iter().any(blocked) {
        Some(Trouble::Blocked)
    } else if one.exception < Exception::Hours && holding.is_empty() {
        Some(Trouble::OutsideHours)
    } else {
        None
    };
    // Where the whole clinic is not there, nobody is in a session; nor are they where there is no session.
    let posted = clinic.is_none() && !holding.is_empty();
    troubles.extend(clinic);
    let trouble = |(resource, part): &(ResourceId, Part)| {
        let away = |away: &Busy| {
            away.resource == *resource && Interval::between(away.from, away.until).overlaps(busy)
        };
        let skill = (*resource, one.service.clone());
        let lacks = |features: &BTreeSet<Feature>| !one.access.is_subset(features);
        if plan.left.contains(resource) {
            Some(Trouble::Left(*resource))
        } else if plan.away.iter().any(away) {
            Some(Trouble::Away(*resource))
        } else if posted
            && !holding
                .iter()
                .any(|w| w.staff.contains(&(*resource, *part)))
        {
            Some(Trouble::NotThere(*resource))
        } else if *part == Part::Adviser && !plan.skills.contains(&skill) {
            Some(Trouble::NoSkill(*resource))
        } else if *part == Part::Room && plan.features.get(resource).is_some_and(lacks) {
            Some(Trouble::NotFit(*resource))
        } else {
            None
        }
    };
    troubles.extend(one.staff.iter().filter_map(trouble));
    troubles
}

/// What the service no longer offers.
fn offer(plan: &Plan, one: &Engagement) -> Vec<Trouble> {
    let Some(offer) = plan.offered.get(&one.service) else {
        return vec![Trouble::NotOffered];
    };
    let advisers = one.staff.iter().filter(|(_, part)| *part == Part::Adviser);
    let way = (!offer.modes.contains(&one.mode)).then_some(Trouble::NotThisWay);
    let few = (advisers.count() < offer.advisers_needed).then_some(Trouble::TooFew);
    way.into_iter().chain(few).collect()
}

fn is_open(terms: &[Dates], closures: &[Dates], date: NaiveDate) -> bool {
    let on = |days: &Dates| days.from <= date && date <= days.until;
    terms.iter().any(on) && !closures.iter().any(on)
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
fn holding(all: &[Window], date: NaiveDate, meeting: Interval) -> Vec<&Window> {
    let single: Vec<&Window> = all
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
        all.iter().filter(weekly).collect()
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
