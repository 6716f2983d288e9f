//! What a use case refused, as the error of the edge. The one place that knows both.

use super::error::{Code, Edge};
use crate::auth::session::SessionError;
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

impl From<SessionError> for Edge {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Password(error) => Self::internal(error),
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
