//! What a clinic says in its own words in the messages to its clients.
//!
//! Promises: only texts that [`wording::check`] lets pass are kept; a change that was made from something else than what
//! stands is refused with both at hand; each is a line of the audit log. Will not: keep the words of messages that are sent
//! already, or send anything.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::booking::{Actor, BookingError, in_turn};
use crate::context::Context;
use crate::mail::wording::{self, OwnWords, Piece, Wrong};
use crate::store::{Records, StoreError, Stored};

/// The setting that holds a clinic's own words: message by message, text by text.
fn setting(clinic: &str) -> String {
    format!("words:{clinic}")
}

type All = BTreeMap<String, OwnWords>;

async fn stored(tx: &mut dyn Records, clinic: &str) -> Stored<All> {
    match tx.setting(&setting(clinic)).await? {
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| StoreError::Corrupt(format!("words of {clinic}: {error}"))),
        None => Ok(All::new()),
    }
}

/// A clinic's own words of all its messages, for whoever writes them. Nothing where they cannot be read: a message in our
/// words is better than none.
pub async fn own_words(tx: &mut dyn Records, clinic: &str) -> Stored<OwnWords> {
    match stored(tx, clinic).await {
        Ok(all) => Ok(all.into_values().flatten().collect()),
        Err(StoreError::Corrupt(what)) => {
            tracing::warn!(what, "a clinic's own words are passed over");
            Ok(OwnWords::new())
        }
        Err(other) => Err(other),
    }
}

/// The words of one message of one clinic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worded {
    /// The clinic's own texts; one that is missing is ours.
    pub own: OwnWords,
    /// What a form is made from: another value after every change.
    pub seen: String,
}

fn worded(own: OwnWords) -> Worded {
    let text = format!("{own:?}");
    let digest = Sha256::digest(text.as_bytes());
    let seen = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    Worded {
        seen: seen.collect(),
        own,
    }
}

/// The messages with words of the clinic's own.
///
/// # Errors
/// Those of the store.
pub async fn changed_messages(context: &Context, clinic: &str) -> Stored<Vec<String>> {
    let mut tx = context.store.read().await?;
    let all = stored(&mut *tx, clinic).await?;
    let changed = all.into_iter().filter(|(_, own)| !own.is_empty());
    Ok(changed.map(|(kind, _)| kind).collect())
}

/// What a message of a clinic says in its own words.
///
/// # Errors
/// Those of the store.
pub async fn message_words(context: &Context, clinic: &str, kind: &str) -> Stored<Worded> {
    let mut tx = context.store.read().await?;
    let mut all = stored(&mut *tx, clinic).await?;
    Ok(worded(all.remove(kind).unwrap_or_default()))
}

/// What was typed, read: the texts that differ from ours; or what is wrong with which.
///
/// # Errors
/// Each text that cannot be used.
pub fn read_words(
    pieces: &[Piece],
    typed: &[String],
    clinic_name: &str,
) -> Result<OwnWords, Vec<(usize, Wrong)>> {
    let telling = wording::telling(clinic_name);
    let (mut own, mut wrong) = (OwnWords::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        let typed = typed.get(at).map_or("", String::as_str);
        match wording::check(*piece, typed, &telling) {
            Ok(text) if text.is_empty() || text == wording::ours(*piece) => {}
            Ok(text) => {
                own.insert(piece.id.to_owned(), text);
            }
            Err(why) => wrong.push((at, why)),
        }
    }
    if wrong.is_empty() {
        Ok(own)
    } else {
        Err(wrong)
    }
}

/// What became of a change of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsSaved {
    /// The next message says it.
    Yes,
    /// Somebody else has changed them since the form was made: how they are now.
    Overtaken(Worded),
}

/// Lets a message say these words from now on, if they are still those that the form was made from.
///
/// # Errors
/// Those of the store.
pub async fn save_words(
    context: &Context,
    (clinic, kind): (&str, &str),
    seen: &str,
    own: &OwnWords,
    actor: Actor,
) -> Result<WordsSaved, BookingError> {
    in_turn!(context, |tx| save(
        tx,
        context,
        (clinic, kind),
        seen,
        own,
        actor
    ))
}

async fn save(
    tx: &mut dyn Records,
    context: &Context,
    (clinic, kind): (&str, &str),
    seen: &str,
    own: &OwnWords,
    actor: Actor,
) -> Result<WordsSaved, BookingError> {
    // A setting has no revision: whoever changes one of the same clinic waits here.
    tx.take_turns(&[turn(clinic)]).await?;
    let mut all = stored(tx, clinic).await?;
    let stands = worded(all.remove(kind).unwrap_or_default());
    if stands.seen != seen {
        return Ok(WordsSaved::Overtaken(stands));
    }
    if stands.own == *own {
        return Ok(WordsSaved::Yes);
    }
    all.insert(kind.to_owned(), own.clone());
    let text = serde_json::to_string(&all).map_err(|error| StoreError::Other(error.to_string()))?;
    tx.put_setting(&setting(clinic), &text).await?;
    let subject = ("message_words", context.id());
    actor
        .note(
            tx,
            context,
            "words_changed",
            subject,
            clinic,
            kind.to_owned(),
        )
        .await?;
    Ok(WordsSaved::Yes)
}

/// The turn in which a clinic's settings are changed.
fn turn(clinic: &str) -> i64 {
    let digest = Sha256::digest(format!("settings of {clinic}").as_bytes());
    let bytes = digest.iter().take(8);
    bytes.fold(0, |key: i64, byte| (key << 8) | i64::from(*byte))
}
