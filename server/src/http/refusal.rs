//! The one place where a refusal of the booking, the state machine or the database becomes a stable code of the edge;
//! pages and API say the same about the same thing.
//!
//! Promises: somebody else's luck (a rival, a full meeting) is never told as our fault, and our fault never as theirs.

use super::error::{Code, Edge};
use crate::auth::session::SessionError;
use crate::booking::BookingError;
use crate::domain::availability::Unavailable;
use crate::domain::booking::Refused;
use crate::store::StoreError;

impl From<Unavailable> for Code {
    fn from(why: Unavailable) -> Self {
        match why {
            Unavailable::Past | Unavailable::TooSoon => Self::TooSoon,
            Unavailable::TooFar => Self::TooFar,
            Unavailable::Closed => Self::Closed,
            Unavailable::TooLate => Self::TooLate,
            Unavailable::OutsideHours => Self::OutsideHours,
            Unavailable::ModeNotOffered => Self::ModeNotOffered,
            Unavailable::Taken => Self::SlotTaken,
        }
    }
}

impl From<Refused> for Code {
    fn from(why: Refused) -> Self {
        match why {
            Refused::HoldEnded => Self::HoldExpired,
            Refused::NotBookable => Self::NotBookable,
            Refused::Started | Refused::NotYet | Refused::WrongState(_) => Self::NotPossible,
        }
    }
}

impl From<StoreError> for Edge {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Overcommitted | StoreError::Full => Code::SlotTaken.into(),
            StoreError::Unavailable(_) | StoreError::Contended => Self::unavailable(error),
            StoreError::Duplicate | StoreError::Corrupt(_) | StoreError::Other(_) => {
                Self::internal(error)
            }
        }
    }
}

impl From<BookingError> for Edge {
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::NoSuchService
            | BookingError::NoSuchAppointment
            | BookingError::NoSuchRequest => Code::NotFound.into(),
            BookingError::Unavailable(why) => Code::from(why).into(),
            BookingError::Refused(why) => Code::from(why).into(),
            BookingError::OtherBody => Code::IdempotencyMismatch.into(),
            BookingError::Case(_)
            | BookingError::CaseChanged
            | BookingError::NotCleared
            | BookingError::Decided
            | BookingError::OtherMatches
            | BookingError::MovedMeanwhile => Code::NotPossible.into(),
            BookingError::NotYours => Code::Forbidden.into(),
            BookingError::Store(error) => error.into(),
        }
    }
}

impl From<SessionError> for Edge {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Password(error) => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::booking::State;

    #[test]
    fn every_refusal_has_its_stable_code() {
        let cases: [(BookingError, Code); 23] = [
            (BookingError::NoSuchRequest, Code::NotFound),
            (BookingError::CaseChanged, Code::NotPossible),
            (
                crate::domain::decision::NotPossible(crate::domain::decision::State::Booked).into(),
                Code::NotPossible,
            ),
            (Unavailable::Past.into(), Code::TooSoon),
            (Unavailable::TooSoon.into(), Code::TooSoon),
            (Unavailable::TooFar.into(), Code::TooFar),
            (Unavailable::Closed.into(), Code::Closed),
            (Unavailable::TooLate.into(), Code::TooLate),
            (Unavailable::OutsideHours.into(), Code::OutsideHours),
            (Unavailable::ModeNotOffered.into(), Code::ModeNotOffered),
            (Unavailable::Taken.into(), Code::SlotTaken),
            (Refused::HoldEnded.into(), Code::HoldExpired),
            (Refused::Started.into(), Code::NotPossible),
            (
                Refused::WrongState(State::Cancelled).into(),
                Code::NotPossible,
            ),
            (Refused::NotBookable.into(), Code::NotBookable),
            (BookingError::NoSuchService, Code::NotFound),
            (BookingError::NoSuchAppointment, Code::NotFound),
            (BookingError::OtherBody, Code::IdempotencyMismatch),
            (StoreError::Full.into(), Code::SlotTaken),
            (StoreError::Contended.into(), Code::Unavailable),
            (
                StoreError::Unavailable(String::new()).into(),
                Code::Unavailable,
            ),
            (StoreError::Duplicate.into(), Code::Internal),
            (StoreError::Corrupt(String::new()).into(), Code::Internal),
        ];
        for (error, code) in cases {
            let name = error.to_string();
            assert_eq!(Edge::from(error).code(), code, "{name}");
        }
    }
}
