//! The groups in which open cases are worked: every open case is in exactly one, so that none falls off the end. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::decision::State;

/// So long after the promised reply a client who does not answer is rung.
pub const SILENT_AFTER: TimeDelta = TimeDelta::days(14);

/// A group, in the order to work them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// A reply is due. The client's own deadline comes first here, not how late the reply is: a court date tomorrow does
    /// not wait behind a late answer (`domain` section 8).
    Waiting,
    /// The client has something to do, and has not done it for long.
    Silent,
    /// The client has something to do.
    WithClient,
}

impl Group {
    /// All, in the order to work them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Silent, Self::WithClient];

    /// The code; the catalogue has the words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Silent => "silent",
            Self::WithClient => "with_client",
        }
    }

    /// Whether staff have to do something now.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        !matches!(self, Self::WithClient)
    }
}

/// The group of a case; `None` once it is over.
#[must_use]
pub fn group(state: State, respond_by: DateTime<Utc>, now: DateTime<Utc>) -> Option<Group> {
    match state {
        State::InReview => Some(Group::Waiting),
        State::WaitingForClient | State::Accepted | State::Offered
            if respond_by + SILENT_AFTER < now =>
        {
            Some(Group::Silent)
        }
        State::WaitingForClient | State::Accepted | State::Offered => Some(Group::WithClient),
        State::Booked | State::Declined | State::Withdrawn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    #[test]
    fn every_open_case_is_in_exactly_one_group_and_what_is_over_in_none() {
        for state in State::ALL {
            for days in [-30, -1, 0, 1] {
                let found = group(state, noon() + TimeDelta::days(days), noon());
                assert_eq!(found.is_some(), state.is_open(), "{state:?} {days}");
            }
        }
        let at = |days| noon() + TimeDelta::days(days);
        assert_eq!(
            group(State::InReview, at(-30), noon()),
            Some(Group::Waiting)
        );
        assert_eq!(group(State::Offered, at(-15), noon()), Some(Group::Silent));
        assert_eq!(
            group(State::Offered, at(-13), noon()),
            Some(Group::WithClient)
        );
    }
}
