//! The end of a client's record: what clinics keep is erased when its time is over.
//!
//! Promises: nobody is erased while something of theirs is open or to come, or before the period of every clinic they had
//! to do with is over; every row stays, without the person, so that no report changes; a round may run at any time and in
//! any number of processes. Will not: touch the audit log, which names nobody, or the names that the conflict check keeps
//! by its own rule.

mod settings;
#[cfg(test)]
pub(crate) mod tests;

pub use settings::{Outcome, edit, page, submit};

use crate::booking::{BookingError, in_turn};
use crate::context::Context;
use crate::store::Records;

/// Records in one transaction: on `SQLite` everybody else waits for it.
const BATCH: i64 = 25;

/// What a round erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Clients, and people who had asked to be rung.
    pub people: u64,
    /// Enquiries that came to nothing, whose words are gone.
    pub words: u64,
}

impl Erased {
    /// Both together.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.people + self.words
    }
}

/// Erases all that is due.
///
/// # Errors
/// Those of the store; what was erased before stays so.
pub async fn erase_due(context: &Context) -> Result<Erased, BookingError> {
    let mut all = Erased::default();
    loop {
        let (erased, more) = in_turn!(context, |tx| batch(tx, context))?;
        all.people += erased.people;
        all.words += erased.words;
        if !more {
            return Ok(all);
        }
    }
}

/// Erases some; whether there may be more.
async fn batch(tx: &mut dyn Records, context: &Context) -> Result<(Erased, bool), BookingError> {
    let now = context.now().timestamp();
    let clients = tx.clients_due(now, None, BATCH).await?;
    let words = tx.words_due(now, None, BATCH).await?;
    let mut erased = Erased {
        people: tx.erase_call_backs(now).await?,
        words: 0,
    };
    for client in &clients {
        erased.people += u64::from(tx.erase_client(*client, now).await?);
    }
    for intake in &words {
        erased.words += u64::from(tx.erase_words(*intake, now).await?);
    }
    let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
    if erased.total() > 0 {
        tx.put_erasure(now, count(erased.people), count(erased.words))
            .await?;
    }
    let full = usize::try_from(BATCH).unwrap_or(usize::MAX);
    Ok((erased, clients.len() == full || words.len() == full))
}
