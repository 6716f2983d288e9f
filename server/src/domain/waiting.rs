//! The waiting list: who is offered a time that has come free, until when it is kept for them, and why others were passed
//! over. Pure.
//!
//! Promises: the earliest deadline comes first, then the greater need, then the longer wait; a time is offered to one person
//! at a time, never in the past and never later than helps them; whoever is passed over has a reason that can be told. Will
//! not: book, or tell anybody.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike as _, Utc, Weekday};
use uuid::Uuid;

use super::schedule::Mode;
use super::time;

/// How long a time is kept for whom it is offered to.
const HOLD: TimeDelta = TimeDelta::hours(24);
/// The same for a time on the same local day.
const HOLD_TODAY: TimeDelta = TimeDelta::hours(2);
/// Whoever accepts needs so long to get there; before that an offer ends.
const TO_GET_THERE: TimeDelta = TimeDelta::hours(1);

/// The part of a day, by London's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Before noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five on.
    Evening,
}

impl Part {
    /// Every part, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The name on forms and in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == name)
    }

    /// The part in which an instant lies.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        match time::local(at).hour() {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// The times that would do. Empty lists mean any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    /// Days of the week.
    pub days: Vec<Weekday>,
    /// Parts of the day.
    pub parts: Vec<Part>,
    /// Ways to meet.
    pub modes: Vec<Mode>,
}

impl Times {
    /// Whether a time met in this way is one of them.
    #[must_use]
    pub fn include(&self, slot: &Freed) -> bool {
        use chrono::Datelike as _;
        let day = time::local_date(slot.start).weekday();
        (self.days.is_empty() || self.days.contains(&day))
            && (self.parts.is_empty() || self.parts.contains(&Part::of(slot.start)))
            && (self.modes.is_empty() || self.modes.contains(&slot.mode))
    }
}

/// A time that has come free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freed {
    /// Its start, a UTC instant.
    pub start: DateTime<Utc>,
    /// The way to meet.
    pub mode: Mode,
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The place on the list.
    pub id: Uuid,
    /// The last local date on which a meeting still helps, if there is one.
    pub helps_until: Option<NaiveDate>,
    /// Found urgent by the rules of the questions.
    pub urgent: bool,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The times that would do.
    pub times: Times,
    /// An offer of some time is open.
    pub has_offer: bool,
    /// They said no to this start, or let its offer end.
    pub refused: Vec<DateTime<Utc>>,
    /// Starts that could not be kept for them: they are somewhere else then, or it had just gone.
    pub unavailable: Vec<DateTime<Utc>>,
    /// There is a safe way to tell them.
    pub can_be_told: bool,
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skip {
    /// Not a time that would do.
    OtherTimes,
    /// It has not what they need: a room without steps, minutes for an interpreter.
    DoesNotFit,
    /// It would be too late to help.
    TooLate,
    /// Another time is offered to them just now.
    HasOffer,
    /// They have said no to this very time, or did not answer.
    Refused,
    /// It could not be kept for them: they have another appointment then, or it had just gone.
    Unavailable,
    /// Neither mail nor a call is safe; they ring us.
    CannotBeTold,
    /// Staff asked somebody else first, and said why.
    OutOfTurn,
}

impl Skip {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::OtherTimes,
        Self::DoesNotFit,
        Self::TooLate,
        Self::HasOffer,
        Self::Refused,
        Self::Unavailable,
        Self::CannotBeTold,
        Self::OutOfTurn,
    ];

    /// The name in storage and in the catalogue.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherTimes => "other_times",
            Self::DoesNotFit => "does_not_fit",
            Self::TooLate => "too_late",
            Self::HasOffer => "has_offer",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
            Self::CannotBeTold => "cannot_be_told",
            Self::OutOfTurn => "out_of_turn",
        }
    }
}

/// Until when a time is kept for whom it is offered to; `None` where it is too near for anybody to be asked.
#[must_use]
pub fn kept_until(start: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = time::local_date(start) == time::local_date(now);
    let hold = if today { HOLD_TODAY } else { HOLD };
    let until = (now + hold).min(start - TO_GET_THERE);
    (until > now).then_some(until)
}

/// Puts people in the order in which they are asked: deadline, need, wait.
pub fn in_order(list: &mut [Waiting]) {
    list.sort_by_key(|one| {
        let deadline = one.helps_until.unwrap_or(NaiveDate::MAX);
        (deadline, !one.urgent, one.since, one.id)
    });
}

/// Who is asked, and who was passed over before them and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// Whom to ask, and until when the time is kept for them.
    pub ask: Option<(Uuid, DateTime<Utc>)>,
    /// Those who came before them.
    pub passed: Vec<(Uuid, Skip)>,
}

/// Whose turn it is for a time that has come free. `fits` says of a place on the list whether the time has all that its
/// client needs.
#[must_use]
pub fn next(
    mut list: Vec<Waiting>,
    slot: &Freed,
    now: DateTime<Utc>,
    fits: &dyn Fn(Uuid) -> bool,
) -> Turn {
    let Some(until) = kept_until(slot.start, now) else {
        return Turn::default();
    };
    in_order(&mut list);
    let mut turn = Turn::default();
    for one in &list {
        let Some(reason) = skip(one, slot, fits) else {
            turn.ask = Some((one.id, until));
            break;
        };
        turn.passed.push((one.id, reason));
    }
    turn
}

/// Why somebody would be passed over for this time, if there is a reason.
#[must_use]
pub fn skip(one: &Waiting, slot: &Freed, fits: &dyn Fn(Uuid) -> bool) -> Option<Skip> {
    let date = time::local_date(slot.start);
    if !one.can_be_told {
        Some(Skip::CannotBeTold)
    } else if one.has_offer {
        Some(Skip::HasOffer)
    } else if one.helps_until.is_some_and(|last| date > last) {
        Some(Skip::TooLate)
    } else if !one.times.include(slot) {
        Some(Skip::OtherTimes)
    } else if one.refused.contains(&slot.start) {
        Some(Skip::Refused)
    } else if one.unavailable.contains(&slot.start) {
        Some(Skip::Unavailable)
    } else if !fits(one.id) {
        Some(Skip::DoesNotFit)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
