//! The waiting list in words, for the client's pages and the staff's.

use app::text::t;
use app::view::OfferedTime;
use chrono::{DateTime, Utc};

use super::rows::instant;
use crate::booking::waiting::words_of;
use crate::domain::time;
use crate::domain::waiting::Times;
use crate::store::{OfferRow, Stored};

/// The times that would do, from words as they are stored: a line for each kind of choice that was made.
#[must_use]
pub fn choices_in_words(days: &[String], parts: &[String], modes: &[String]) -> Vec<String> {
    let named = |key: &str, words: &[String]| {
        let all = words
            .iter()
            .map(|word| t(&format!("{key}-{}", word.replace('_', "-"))));
        (!words.is_empty()).then(|| all.collect::<Vec<_>>().join(", "))
    };
    let lines = [
        named("wait-day", days),
        named("wait-part", parts),
        named("mode", modes),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    if lines.is_empty() {
        vec![t("wait-any")]
    } else {
        lines
    }
}

/// The same.
#[must_use]
pub fn times_in_words(times: &Times) -> Vec<String> {
    let [days, parts, modes] = words_of(times).map(|list| {
        let all = list.split(',').filter(|word| !word.is_empty());
        all.map(str::to_owned).collect::<Vec<_>>()
    });
    choices_in_words(&days, &parts, &modes)
}

/// The offer that somebody can still say yes to.
#[must_use]
pub fn live(offers: &[OfferRow], now: DateTime<Utc>) -> Option<&OfferRow> {
    offers
        .iter()
        .find(|one| one.state == "open" && one.kept_until > now.timestamp())
}

/// An offer in words.
///
/// # Errors
/// [`crate::store::StoreError::Corrupt`] for an instant that is none.
pub fn offer_in_words(offer: &OfferRow) -> Stored<OfferedTime> {
    Ok(OfferedTime {
        number: offer.number,
        when: start_in_words(instant(offer.starts_at)?),
        mode: offer.mode.clone(),
        until: start_in_words(instant(offer.kept_until)?),
    })
}

/// "Tuesday 1 December, 2:00pm"
#[must_use]
pub fn start_in_words(start: DateTime<Utc>) -> String {
    format!(
        "{}, {}",
        time::day_and_month(time::local_date(start)),
        time::clock(start)
    )
}
