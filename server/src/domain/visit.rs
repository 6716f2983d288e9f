//! The working day at the desk: what may be ticked off beside an appointment, and what running late means. Pure.

use super::booking::Command;

/// Up to so many minutes late the meeting is made shorter; later than that, another time is found (`domain` section 8).
pub const SHORTEN_UP_TO: i64 = 15;
/// Most minutes that anybody says they will be late.
pub const MOST_LATE: i64 = 240;

/// What staff tick off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The client is here.
    CheckIn,
    /// The client says that they will be so many minutes late.
    Late(i64),
    /// The meeting begins.
    Start,
    /// The client was seen.
    Finish,
    /// The client left before the end.
    LeftEarly,
    /// The client did not come.
    Missed,
    /// A slip: not here after all.
    NotHere,
    /// A slip: the meeting has not begun.
    NotStarted,
    /// A slip: not seen yet.
    NotSeen,
    /// They came after all.
    CameAfterAll,
}

impl Mark {
    /// Every mark; the minutes of [`Mark::Late`] stand for any.
    pub const ALL: [Self; 10] = [
        Self::CheckIn,
        Self::Late(1),
        Self::Start,
        Self::Finish,
        Self::LeftEarly,
        Self::Missed,
        Self::NotHere,
        Self::NotStarted,
        Self::NotSeen,
        Self::CameAfterAll,
    ];

    /// The word in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Late(_) => "late",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::LeftEarly => "left-early",
            Self::Missed => "missed",
            Self::NotHere => "not-here",
            Self::NotStarted => "not-started",
            Self::NotSeen => "not-seen",
            Self::CameAfterAll => "came-after-all",
        }
    }

    /// What the state machine is asked.
    #[must_use]
    pub const fn command(self) -> Command {
        match self {
            Self::CheckIn => Command::CheckIn,
            Self::Late(_) => Command::RunLate,
            Self::Start => Command::Start,
            Self::Finish => Command::Attend,
            Self::LeftEarly => Command::LeaveEarly,
            Self::Missed => Command::Miss,
            Self::NotHere => Command::NotHere,
            Self::NotStarted => Command::NotStarted,
            Self::NotSeen => Command::NotSeen,
            Self::CameAfterAll => Command::CameAfterAll,
        }
    }
}

/// What running late leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateness {
    /// The meeting ends when it was to end, and so many minutes of it are left.
    Shorten(i64),
    /// Too little is left: find another time.
    Rebook,
}

/// What it means that somebody comes so many minutes late to a meeting of so many minutes.
#[must_use]
pub const fn lateness(late: i64, length: i64) -> Lateness {
    if late <= SHORTEN_UP_TO && late < length {
        Lateness::Shorten(length - late)
    } else {
        Lateness::Rebook
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_fifteen_minutes_late_shortens_and_more_finds_another_time() {
        for (late, length, told) in [
            (1, 60, Lateness::Shorten(59)),
            (14, 60, Lateness::Shorten(46)),
            (15, 60, Lateness::Shorten(45)),
            (16, 60, Lateness::Rebook),
            (90, 60, Lateness::Rebook),
            (10, 10, Lateness::Rebook),
        ] {
            assert_eq!(lateness(late, length), told, "{late} of {length}");
        }
    }

    #[test]
    fn each_mark_has_an_address_of_its_own() {
        let words: std::collections::BTreeSet<&str> =
            Mark::ALL.iter().map(|mark| mark.as_str()).collect();
        assert_eq!(words.len(), Mark::ALL.len());
    }
}
