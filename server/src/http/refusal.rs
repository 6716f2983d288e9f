//! What a use case refused, as the error of the edge. The one place that knows both.

use super::error::{Code, Edge};
use crate::booking::BookingError;
use crate::domain::availability::Unavailable;
use crate::domain::booking::Refused;
use crate::store::StoreError;

impl From<BookingError> for Edge {
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::NoSuchService | BookingError::NoSuchAppointment => Code::NotFound.into(),
            BookingError::Unavailable(reason) => code_of(reason).into(),
            BookingError::Refused(Refused::HoldEnded) => Code::HoldExpired.into(),
            BookingError::Refused(Refused::NotBookable) => Code::NotBookable.into(),
            BookingError::Refused(Refused::Started | Refused::NotYet | Refused::WrongState(_)) => {
                Code::NotPossible.into()
            }
            BookingError::OtherBody => Code::IdempotencyMismatch.into(),
            BookingError::Store(error) => error.into(),
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

/// The code for a time that cannot be had.
#[must_use]
pub fn code_of(reason: Unavailable) -> Code {
    match reason {
        Unavailable::Past | Unavailable::TooSoon => Code::TooSoon,
        Unavailable::TooFar => Code::TooFar,
        Unavailable::Closed => Code::Closed,
        Unavailable::TooLate => Code::TooLate,
        Unavailable::OutsideHours => Code::OutsideHours,
        Unavailable::ModeNotOffered => Code::ModeNotOffered,
        Unavailable::Taken => Code::SlotTaken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::booking::State;

    #[test]
    fn every_refusal_has_its_stable_code() {
        let cases: [(BookingError, Code); 20] = [
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
