//! Booking: the use cases round the state machine of `domain::booking`. Each is one transaction that reads, decides by a
//! pure function, and writes the change with its audit rows and its messages, together or not at all.

mod actor;
mod again;
mod cancel;
pub mod conflict;
mod contact;
mod crew;
mod find;
mod hold;
mod nudge;
mod one_client;
mod outcome;
mod place;
mod relocate;
mod replay;
mod seen;
mod slots;
mod submit;
mod swap;
mod tell;
mod turn_down;
mod visit;
pub mod waiting;

pub use actor::Actor;
pub use again::{Again, book_again};
pub(crate) use cancel::change as change_state_of;
pub use cancel::{Why, ask_for_call, cancel, cancel_because, cancelled_by_client, coming, confirm};
pub use contact::{Reached, change_contact, contact_seen};
pub use crew::{Candidates, Chosen, Exchange, allocate_by_hand, candidates};
pub use find::{Contact, send_link};
pub use hold::{
    Hold, HoldError, expire_ended_holds, hold, hold_as, leave, release, release_as, renew,
    standing_hold,
};
pub use nudge::{Nudged, queue_nudges, reminder_plan};
pub use outcome::{Outcome, record_outcome};
pub use place::{Needs, Wanted, mode_from_word, mode_word};
pub use relocate::{
    Overrule, StaffMove, free_starts, relocate, relocate_for_clinic, times_to_move,
};
pub(crate) use relocate::{change_time, needs as needs_of_row};
pub use replay::{Replay, replied};
pub(crate) use replay::{earlier, remember};
pub use seen::{as_seen, change_as_seen, late_as_seen, turn_down_as_seen};
pub use slots::{free_slots, next_free, next_here};
pub(crate) use submit::heard_on_the_phone;
pub use submit::{Booked, From, PHONE, Submission, submit};
pub(crate) use submit::{Decided, book_decided};
pub(crate) use swap::swap;
pub(crate) use tell::address_key;
pub use tell::{
    Kind, NOT_TOLD, Told, can_ring, is_dead, tell_about_decision, tell_about_request,
    tell_request_turned_down,
};
pub use turn_down::{Matter, turn_down};
pub use visit::{could, mark, walked_in};

use crate::domain::availability::Unavailable;
use crate::domain::booking::{Life, Refused, State};
use crate::domain::decision::NotPossible;
use crate::store::{AppointmentRow, StoreError};

/// Why a booking or a change of one did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// There is no such service, or it is switched off.
    #[error("no such service")]
    NoSuchService,
    /// There is no such appointment.
    #[error("no such appointment")]
    NoSuchAppointment,
    /// The time cannot be had.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The state machine refuses.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The same idempotency key came with another body.
    #[error("this key was used for another request")]
    OtherBody,
    /// The conflict check is not cleared.
    #[error("the conflict check is not cleared")]
    NotCleared,
    /// Somebody has decided already, or there is nothing left to decide.
    #[error("it is decided already")]
    Decided,
    /// It is for somebody else to decide.
    #[error("this is for somebody else to decide")]
    NotYours,
    /// Names that are like these came in since the page was read.
    #[error("there are other matches than those that were read")]
    OtherMatches,
    /// There is no such case.
    #[error("no such case")]
    NoSuchRequest,
    /// The case stands where this cannot be done.
    #[error(transparent)]
    Case(#[from] NotPossible),
    /// Somebody else has changed the case since it was looked at.
    #[error("somebody else has changed the case")]
    CaseChanged,
    /// Somebody else has changed the appointment since it was looked at.
    #[error("somebody else has changed the appointment")]
    Overtaken,
    /// Somebody else has moved the appointment since it was looked at.
    #[error("somebody else has moved the appointment")]
    MovedMeanwhile,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How often a transaction that met a rival is tried again before the time counts as taken. Each failed try means that a
/// rival got a place, so a start with fewer places than this is always decided, never given up.
pub(crate) const TRIES: u32 = 24;

/// Runs a transaction, again if a rival was in the way. The body has `$tx: &mut dyn Records` and ends in a
/// `Result<_, BookingError>`; it commits on `Ok` only.
macro_rules! in_turn {
    ($context:expr, |$tx:ident| $body:expr) => {{
        let mut tries = 0;
        loop {
            tries += 1;
            let mut transaction = $context.store.write().await?;
            let outcome: Result<_, $crate::booking::BookingError> = {
                let $tx = &mut *transaction;
                $body.await
            };
            let outcome = match outcome {
                Ok(value) => transaction
                    .commit()
                    .await
                    .map(|()| value)
                    .map_err($crate::booking::BookingError::from),
                // Dropped without a commit: rolled back.
                Err(error) => Err(error),
            };
            match outcome {
                Err($crate::booking::BookingError::Store(rival))
                    if $crate::booking::is_rival(&rival) && tries < $crate::booking::TRIES =>
                {
                    $crate::booking::pause($context, tries).await;
                }
                Err($crate::booking::BookingError::Store(rival))
                    if $crate::booking::is_rival(&rival) =>
                {
                    break Err($crate::domain::availability::Unavailable::Taken.into());
                }
                other => break other,
            }
        }
    }};
}
pub(crate) use in_turn;

/// Counts a refusal for the operator; what came of it goes on as it is. Only reasons that depend on the time asked for are
/// told apart: what staff decided about a case shows nowhere.
pub(crate) fn counted<T>(
    context: &crate::context::Context,
    outcome: Result<T, BookingError>,
) -> Result<T, BookingError> {
    if let Err(error) = &outcome {
        context.metrics.refused(error.reason());
    }
    outcome
}

impl BookingError {
    /// The reason in one stable word.
    fn reason(&self) -> &'static str {
        match self {
            Self::Unavailable(why) => match why {
                Unavailable::Past | Unavailable::TooSoon => "too_soon",
                Unavailable::TooFar => "too_far",
                Unavailable::Closed => "closed",
                Unavailable::TooLate => "too_late",
                Unavailable::OutsideHours => "outside_hours",
                Unavailable::ModeNotOffered => "mode_not_offered",
                Unavailable::Taken => "slot_taken",
            },
            Self::Refused(Refused::HoldEnded) => "hold_expired",
            Self::Refused(Refused::NotBookable) => "not_bookable",
            Self::NoSuchService | Self::NoSuchAppointment | Self::NoSuchRequest => "not_found",
            Self::OtherBody => "idempotency_mismatch",
            Self::Store(StoreError::Unavailable(_) | StoreError::Contended) => "unavailable",
            Self::Store(_) => "internal",
            _ => "not_possible",
        }
    }
}

/// Whether the error says that somebody else was first.
pub(crate) fn is_rival(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Overcommitted
            | StoreError::Full
            | StoreError::Duplicate
            | StoreError::Contended
    )
}

/// A short wait, longer with every try and never the same for two rivals.
pub(crate) async fn pause(context: &crate::context::Context, tries: u32) {
    let [random] = context.bytes::<1>();
    let millis = u64::from(tries) * 2 + u64::from(random) % 8;
    tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
}

/// What the state machine has to know of a stored appointment.
pub(crate) fn life(row: &AppointmentRow) -> Result<Life, StoreError> {
    let instant = |seconds| {
        chrono::DateTime::from_timestamp(seconds, 0)
            .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
    };
    Ok(Life {
        state: State::from_name(&row.state)
            .ok_or_else(|| StoreError::Corrupt(format!("state {}", row.state)))?,
        starts_at: instant(row.starts_at)?,
        created_at: instant(row.created_at)?,
        hold_expires_at: row.hold_expires_at.map(instant).transpose()?,
    })
}

#[cfg(test)]
mod tests;
