//! Finding a place: the one piece of code that every way to a time goes through (a hold, a booking at once, a move). It
//! clears what has run out, asks the pure function who and what is free, and writes the meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Actor, BookingError};
use crate::context::Context;
use crate::domain::availability::{Allocation, Ask, Unavailable, allocate, busy_span};
use crate::domain::ids::{ResourceId, ServiceId};
use crate::domain::schedule::{Facts, Feature, Mode, Part, ServiceRules};
use crate::domain::time;
use crate::store::{AllocationRow, MeetingRow, Records, Stored};

/// What a client needs of a time, from their answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Needs {
    /// What the room must have.
    pub access: BTreeSet<Feature>,
    /// The local date by which they must have what they come for.
    pub deadline: Option<NaiveDate>,
    /// Days to spare before that date, after the service's turnaround; `None` for the usual three.
    #[serde(default)]
    pub safety_days: Option<i64>,
    /// Minutes more than the service's length.
    pub extra_minutes: i64,
    /// They are here already: the notice that the service wants does not matter.
    #[serde(default)]
    pub at_once: bool,
}

/// Days to spare between the day the work is done and the client's deadline (`domain` section 9, `buffer`).
const SAFETY_DAYS: i64 = 3;

impl Needs {
    /// Drops the rules of a service that do not hold for this client.
    pub(super) fn relax(&self, rules: &mut ServiceRules) {
        if self.at_once {
            rules.notice_minutes = 0;
        }
    }

    /// Days to spare before the deadline.
    #[must_use]
    pub fn spare_days(&self) -> i64 {
        self.safety_days.unwrap_or(SAFETY_DAYS)
    }

    /// The question to ask of availability for these dates.
    #[must_use]
    pub fn ask(
        &self,
        now: DateTime<Utc>,
        from: NaiveDate,
        until: NaiveDate,
        mode: Option<Mode>,
    ) -> Ask {
        Ask {
            now,
            from,
            until,
            mode,
            access: self.access.clone(),
            extra_minutes: self.extra_minutes,
            deadline: self.deadline,
            safety_days: self.spare_days(),
        }
    }
}

/// One start of one service, in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The service.
    pub service: ServiceId,
    /// Start, a UTC instant.
    pub start: DateTime<Utc>,
    /// How to meet.
    pub mode: Mode,
    /// What else the client needs.
    pub needs: Needs,
}

/// Where there is a place.
pub(super) struct Placed {
    pub meeting: Uuid,
    pub clinic: String,
    /// End, a UTC instant, without buffers.
    pub end: DateTime<Utc>,
}

/// Ends the holds that have run out, so that their times are free in this very transaction. Returns
/// how many.
pub(super) async fn clear_ended_holds(tx: &mut dyn Records, context: &Context) -> Stored<usize> {
    let ended = tx.expire_holds(context.now().timestamp()).await?;
    for hold in &ended {
        Actor::System
            .note(
                tx,
                context,
                "expired",
                ("appointment", hold.id),
                &hold.clinic_id,
                String::new(),
            )
            .await?;
    }
    Ok(ended.len())
}

/// Finds and takes a place for `wanted`. With `hold_until` (seconds) the meeting is kept until then only.
pub(super) async fn place(
    tx: &mut dyn Records,
    context: &Context,
    wanted: &Wanted,
    hold_until: Option<i64>,
    ignoring: Option<Uuid>,
) -> Result<Placed, BookingError> {
    place_as(tx, context, wanted, hold_until, ignoring, &|facts| facts).await
}

/// The same by facts that `bend` has changed: a supervisor may break a rule of booking, and of those alone.
pub(super) async fn place_as(
    tx: &mut dyn Records,
    context: &Context,
    wanted: &Wanted,
    hold_until: Option<i64>,
    ignoring: Option<Uuid>,
    bend: &(dyn Fn(Facts) -> Facts + Sync),
) -> Result<Placed, BookingError> {
    clear_ended_holds(tx, context).await?;
    let now = context.now();
    let date = time::local_date(wanted.start);
    let mut facts = tx
        .facts(
            wanted.service.as_str(),
            date,
            date,
            now.timestamp(),
            ignoring,
        )
        .await?
        .map(bend)
        .ok_or(BookingError::NoSuchService)?;
    wanted.needs.relax(&mut facts.rules);
    let ask = wanted.needs.ask(now, date, date, None);
    let (from, until) = busy_span(&facts.rules, wanted.start, wanted.needs.extra_minutes);
    let end = until - chrono::TimeDelta::minutes(facts.rules.buffer_after);
    let clinic = facts.rules.clinic.0.clone();
    let load = load(&facts);
    let prefer = |resource: ResourceId| load.get(&resource).copied().unwrap_or(0);
    let meeting = match allocate(&facts, &ask, wanted.start, wanted.mode, &prefer)? {
        Allocation::Join(meeting) => meeting.0,
        Allocation::New {
            advisers,
            supervisor,
            room,
        } => {
            let meeting = MeetingRow {
                id: context.id(),
                clinic_id: clinic.clone(),
                service_id: wanted.service.0.clone(),
                mode: mode_word(wanted.mode).to_owned(),
                starts_at: wanted.start.timestamp(),
                ends_at: end.timestamp(),
                capacity: facts.rules.capacity,
            };
            let takes = |resource: ResourceId, part: Part| AllocationRow {
                id: context.id(),
                resource_id: resource.0,
                part: part_word(part).to_owned(),
                busy_from: from.timestamp(),
                busy_until: until.timestamp(),
                at_once: if part == Part::Supervisor {
                    facts.rules.supervisor_ratio
                } else {
                    1
                },
                hold_until,
            };
            let allocations: Vec<AllocationRow> = advisers
                .into_iter()
                .map(|adviser| takes(adviser, Part::Adviser))
                .chain([takes(supervisor, Part::Supervisor)])
                .chain(room.map(|room| takes(room, Part::Room)))
                .collect();
            tx.put_meeting(&meeting, &allocations).await?;
            meeting.id
        }
    };
    Ok(Placed {
        meeting,
        clinic,
        end,
    })
}

/// Minutes that everybody is busy already on the day: who has least is chosen first.
fn load(facts: &Facts) -> BTreeMap<ResourceId, i64> {
    let mut load = BTreeMap::new();
    for busy in &facts.busy {
        *load.entry(busy.resource).or_default() += (busy.until - busy.from).num_minutes();
    }
    load
}

/// The stored word for a mode.
#[must_use]
pub fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "in_person",
        Mode::Phone => "phone",
        Mode::Video => "video",
    }
}

/// The mode of a word.
#[must_use]
pub fn mode_from_word(word: &str) -> Option<Mode> {
    [Mode::InPerson, Mode::Phone, Mode::Video]
        .into_iter()
        .find(|mode| mode_word(*mode) == word)
}

pub(super) fn part_word(part: Part) -> &'static str {
    match part {
        Part::Adviser => "adviser",
        Part::Supervisor => "supervisor",
        Part::Room => "room",
    }
}

/// A start on another scale than whole minutes is never one that was offered.
pub(super) fn refuse_odd_start(start: DateTime<Utc>) -> Result<(), Unavailable> {
    if start.timestamp() % 60 == 0 && start.timestamp_subsec_nanos() == 0 {
        Ok(())
    } else {
        Err(Unavailable::OutsideHours)
    }
}
