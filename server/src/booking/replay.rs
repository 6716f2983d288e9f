//! Retried requests: the reply is stored in the transaction that did the work, under a digest of the key.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::BookingError;
use crate::context::Context;
use crate::store::{Records, ReplyRow, StoreError};

/// What makes a retried request happen once: a digest of the key and of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Digest of who asks and with which key.
    pub key: [u8; 32],
    /// Digest of what is asked.
    pub body: [u8; 32],
}

/// The reply that the same request had before, if it was made before. [`BookingError::OtherBody`] if the key was used
/// for something else.
pub(crate) async fn earlier<T: DeserializeOwned>(
    tx: &mut dyn Records,
    replay: Option<&Replay>,
) -> Result<Option<T>, BookingError> {
    let Some(replay) = replay else {
        return Ok(None);
    };
    let Some(stored) = tx.reply(&replay.key).await? else {
        return Ok(None);
    };
    if stored.body_hash != replay.body {
        return Err(BookingError::OtherBody);
    }
    Ok(Some(
        serde_json::from_str(&stored.reply)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?,
    ))
}

/// Stores the reply. A rival with the same key makes this fail as a duplicate, and the transaction is tried again.
pub(crate) async fn remember<T: Serialize + Sync>(
    tx: &mut dyn Records,
    replay: Option<&Replay>,
    answer: &T,
    now: i64,
) -> Result<(), BookingError> {
    let Some(replay) = replay else { return Ok(()) };
    let text =
        serde_json::to_string(answer).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let row = ReplyRow {
        key_hash: replay.key.to_vec(),
        body_hash: replay.body.to_vec(),
        reply: text,
    };
    Ok(tx.put_reply(&row, now).await?)
}

/// The reply that a request had before, for whoever is about to refuse it: a retry answers the same even where a first
/// try would now come too late (its time is taken, by itself; its token has expired).
pub async fn replied<T: DeserializeOwned>(
    context: &Context,
    replay: &Replay,
) -> Result<Option<T>, BookingError> {
    let mut tx = context.store.read().await?;
    earlier(&mut *tx, Some(replay)).await
}
