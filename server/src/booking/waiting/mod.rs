//! The waiting list: joining it, the times that are offered to those on it, and what they answer.
//!
//! Promises: a time that is offered is held by the same rows as any hold, so nobody else can have it and it frees itself; at
//! most one offer to a person is open; who is asked follows from the rows as they stand (`domain::waiting`), so any number
//! of workers may look at any time; whoever was passed over has a reason on record. Will not: book without a yes.

mod answer;
mod join;
mod offer;
mod round;
#[cfg(test)]
mod tests;

pub use answer::{accept, decline, leave};
pub use join::{Join, Joined, join};
pub use offer::{OutOfTurn, free_for, offer_out_of_turn};
pub use round::{Round, offer_times};

use chrono::{DateTime, Utc, Weekday};
use uuid::Uuid;

use super::tell::{is_dead, ring_waiting};
use super::{BookingError, Needs, mode_from_word, mode_word};
use crate::context::Context;
use crate::domain::time;
use crate::domain::waiting::{Part, Times, Waiting};
use crate::store::{OfferRow, Records, StoreError, Stored, WaitingRow};

/// The times that would do, as the words that are stored: days by number (1 is Monday), parts, ways to meet.
#[must_use]
pub fn words_of(times: &Times) -> [String; 3] {
    let days = times.days.iter();
    let days = days.map(|day| time::weekday_number(*day).to_string());
    [
        days.collect::<Vec<_>>().join(","),
        joined(times.parts.iter().map(|part| part.as_str())),
        joined(times.modes.iter().map(|mode| mode_word(*mode))),
    ]
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(",")
}

/// The times that would do, from the stored words.
///
/// # Errors
/// [`StoreError::Corrupt`] for a word that no version of this program wrote.
pub fn times_of(row: &WaitingRow) -> Stored<Times> {
    let corrupt = |word: &str| StoreError::Corrupt(format!("waiting for {word}"));
    let day = |word: &str| -> Option<Weekday> { time::weekday_from_number(word.parse().ok()?) };
    Ok(Times {
        days: read(&row.days, day).map_err(corrupt)?,
        parts: read(&row.parts, Part::from_name).map_err(corrupt)?,
        modes: read(&row.modes, mode_from_word).map_err(corrupt)?,
    })
}

/// The times that would do, from words as a form or the API gives them; `None` if one of them is none of ours.
#[must_use]
pub fn times_from_words(days: &[String], parts: &[String], modes: &[String]) -> Option<Times> {
    let day = |word: &str| -> Option<Weekday> { time::weekday_from_number(word.parse().ok()?) };
    Some(Times {
        days: days.iter().map(|word| day(word)).collect::<Option<_>>()?,
        parts: parts
            .iter()
            .map(|word| Part::from_name(word))
            .collect::<Option<_>>()?,
        modes: modes
            .iter()
            .map(|word| mode_from_word(word))
            .collect::<Option<_>>()?,
    })
}

fn read<T>(list: &str, one: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, &str> {
    let words = list.split(',').filter(|word| !word.is_empty());
    words.map(|word| one(word).ok_or(word)).collect()
}

/// What the answers ask of a time.
pub(super) fn needs_of(row: &WaitingRow) -> Stored<Needs> {
    serde_json::from_str(&row.needs).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Whether mail or a call would reach them, and is safe.
async fn can_be_told(tx: &mut dyn Records, context: &Context, row: &WaitingRow) -> Stored<bool> {
    if row.phone.is_some() && row.safe_to_call {
        return Ok(true);
    }
    match row.email.as_deref().filter(|_| row.safe_to_email) {
        Some(address) => Ok(!is_dead(tx, context, address).await?),
        None => Ok(false),
    }
}

/// A place as the pure functions see it, with whether the client can be told; `offers` are those to this place.
pub(super) async fn facts(
    tx: &mut dyn Records,
    context: &Context,
    row: &WaitingRow,
    offers: &[OfferRow],
) -> Stored<Waiting> {
    let can_be_told = can_be_told(tx, context, row).await?;
    place(row, offers, can_be_told)
}

/// A place as the pure functions see it.
///
/// # Errors
/// [`StoreError::Corrupt`] for what no version of this program wrote.
pub fn place(row: &WaitingRow, offers: &[OfferRow], can_be_told: bool) -> Stored<Waiting> {
    let refused = offers.iter().filter(|one| one.state != "withdrawn");
    Ok(Waiting {
        id: row.id,
        helps_until: row.helps_until,
        urgent: row.urgent,
        since: instant(row.created_at)?,
        times: times_of(row)?,
        has_offer: offers.iter().any(|one| one.state == "open"),
        unavailable: Vec::new(),
        refused: refused
            .map(|one| instant(one.starts_at))
            .collect::<Stored<_>>()?,
        can_be_told,
    })
}

fn instant(seconds: i64) -> Stored<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| StoreError::Corrupt(format!("instant {seconds}")))
}

/// Staff ring somebody about an offer that mail did not bring: while it is open, and once.
///
/// # Errors
/// The database cannot be read.
pub async fn ring_instead(
    tx: &mut dyn Records,
    context: &Context,
    place: Uuid,
    number: i64,
) -> Stored<()> {
    let Some(row) = tx.waiting(place).await? else {
        return Ok(());
    };
    let now = context.now().timestamp();
    let offers = tx.offers_to(place).await?;
    let offer = offers.iter().find(|one| one.number == number);
    match (row.state.as_str(), offer) {
        ("waiting", Some(offer)) if offer.state == "open" && offer.kept_until > now => {
            ring_waiting(tx, context, &row, "offer").await
        }
        ("ended", _) => ring_waiting(tx, context, &row, "list_ended").await,
        _ => Ok(()),
    }
}

/// A place that still waits.
async fn standing(tx: &mut dyn Records, id: Uuid) -> Result<WaitingRow, BookingError> {
    let row = tx.waiting(id).await?;
    let row = row.ok_or(BookingError::NoSuchRequest)?;
    if row.state == "waiting" {
        Ok(row)
    } else {
        Err(BookingError::Decided)
    }
}

/// The offer that is open to a place.
async fn open_offer(tx: &mut dyn Records, place: Uuid) -> Stored<Option<OfferRow>> {
    let mut offers = tx.offers_to(place).await?.into_iter();
    Ok(offers.find(|one| one.state == "open"))
}
