//! Delivery of what the outbox holds, apart from every request.
//!
//! Promises: a message is marked sent only after the other side has taken it; what a message says is looked up and
//! checked again at that moment, so that no mail is about something that is no longer true; one message that cannot be
//! handled never stops the others; a message that cannot be delivered becomes a call for staff to make. Any number of
//! workers may do this at once: each message is leased to one. A worker that is killed between the server's "taken"
//! and our "sent" leaves one message to be sent again, under the same Message-ID. Will not: decide that something is to
//! be told (`booking::tell` does, in the transaction of the change), or keep a transaction open while it talks to a mail
//! server.

mod backoff;
mod bounced;
mod links;
mod prepare;
mod settle;
mod still_true;
#[cfg(test)]
pub(crate) mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use bounced::CameBack;
pub use links::Links;

use crate::context::Context;
use crate::mail::{DeliveryError, Failure, Mailer, Sender, compose_with};
use crate::store::{OutboxRow, StoreError, Stored};

/// Messages in hand at once: as many as connections to the mail server are kept.
const LANES: usize = 4;

/// How soon mail that another process queued is seen while a delivery lasts.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// A lease lasts so much longer than the longest delivery.
const LEASE_BEYOND: Duration = Duration::from_mins(1);

/// Delivers what is due. Cheap to clone.
#[derive(Clone)]
pub struct Courier {
    context: Context,
    mailer: Mailer,
    sender: Sender,
    links: Links,
    bounces: Option<PathBuf>,
    mailbox_read: Arc<Mutex<bounced::MailboxRead>>,
}

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the other side.
    pub sent: usize,
    /// No longer true, so not sent.
    pub dropped: usize,
    /// To be tried again.
    pub later: usize,
    /// Given up; staff have a call to make where a call is safe.
    pub failed: usize,
}

impl Delivered {
    /// All messages that were in hand.
    #[must_use]
    pub fn total(&self) -> usize {
        self.sent + self.dropped + self.later + self.failed
    }
}

/// What is to become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// The other side has taken it.
    Sent,
    /// It is not true any more.
    Dropped(&'static str),
    /// Trying again may help.
    Later(String),
    /// It is to wait until then.
    NotNow(DateTime<Utc>),
    /// It will never go through.
    Undeliverable(String),
}

impl Courier {
    /// A courier that asks `context` for messages and gives them to `mailer`.
    #[must_use]
    pub fn new(context: Context, mailer: Mailer, sender: Sender, links: Links) -> Self {
        Self {
            context,
            mailer,
            sender,
            links,
            bounces: None,
            mailbox_read: Arc::default(),
        }
    }

    /// The same, which also reads the mail that came back from this folder.
    #[must_use]
    pub fn with_bounces(mut self, folder: Option<PathBuf>) -> Self {
        self.bounces = folder;
        self
    }

    /// The context it works in.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Delivers what is due, at most `most` messages, a few at a time. Once `stop` is cancelled no further message is
    /// taken; those in hand are finished.
    ///
    /// # Errors
    /// The outbox cannot be read. Messages in hand are finished all the same.
    pub async fn deliver_due(&self, most: usize, stop: &CancellationToken) -> Stored<Delivered> {
        let mut in_hand = JoinSet::new();
        let mut delivered = Delivered::default();
        let (mut left, mut outcome) = (most, Ok(()));
        loop {
            while in_hand.len() < LANES && left > 0 && !stop.is_cancelled() {
                match self.take().await {
                    Ok(Some(message)) => {
                        in_hand.spawn(self.clone().handle(message));
                        left -= 1;
                    }
                    Ok(None) => break,
                    Err(error) => {
                        (left, outcome) = (0, Err(error));
                    }
                }
            }
            if in_hand.is_empty() {
                return outcome.map(|()| delivered);
            }
            // While a slow server has one in hand, what was queued since goes by the other lanes.
            let may_take = in_hand.len() < LANES && left > 0 && !stop.is_cancelled();
            tokio::select! {
                ended = in_hand.join_next() => match ended {
                    Some(Ok(done)) => delivered.add(&done),
                    // `handle` catches the panics of a delivery; whatever else goes wrong is left to the lease.
                    Some(Err(_)) => delivered.later += 1,
                    None => {}
                },
                () = self.context.bell.notified(), if may_take => {}
                () = tokio::time::sleep(LOOK_AGAIN), if may_take => {}
            }
        }
    }

    /// Leases one message: a lease has to outlast one delivery only, however long the queue is.
    async fn take(&self) -> Stored<Option<OutboxRow>> {
        loop {
            let now = self.context.now();
            let mut tx = self.context.store.write().await?;
            let mut claimed = tx
                .claim(now.timestamp(), (now + self.lease()).timestamp(), 1)
                .await?;
            tx.commit().await?;
            match claimed.rows.pop() {
                None if claimed.unreadable > 0 => {}
                message => return Ok(message),
            }
        }
    }

    fn lease(&self) -> TimeDelta {
        let longest = match &self.mailer {
            Mailer::Smtp(smtp) => smtp.longest_delivery(),
            Mailer::File(_) | Mailer::Memory(_) => Duration::ZERO,
        };
        TimeDelta::from_std(longest + LEASE_BEYOND).unwrap_or(TimeDelta::hours(1))
    }

    /// Tries one message and writes down what came of it.
    async fn handle(self, message: OutboxRow) -> Delivered {
        let courier = self.clone();
        let row = message.clone();
        // A task of its own: what panics over one message must not take the others along. The panic's words may hold
        // personal data and are not repeated.
        let tried = tokio::spawn(async move { courier.attempt(&row).await }).await;
        let verdict = match tried {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(StoreError::Corrupt(what))) => {
                Verdict::Undeliverable(format!("unreadable row: {what}"))
            }
            Ok(Err(error)) => Verdict::Later(error.to_string()),
            Err(_) => Verdict::Undeliverable("the program failed over this message".to_owned()),
        };
        self.settle(&message, &verdict).await
    }

    async fn attempt(&self, message: &OutboxRow) -> Stored<Verdict> {
        if message.attempts > backoff::MOST_ATTEMPTS {
            // The process died over it again and again.
            return Ok(Verdict::Undeliverable(
                "given up after too many tries".to_owned(),
            ));
        }
        let letter = match self.prepare(message).await? {
            Ok(letter) => letter,
            Err(verdict) => return Ok(verdict),
        };
        let (letter, own) = letter;
        let mail = match compose_with(&letter, own, &self.sender, self.context.now()) {
            Ok(mail) => mail,
            Err(error) => return Ok(Verdict::Undeliverable(error.to_string())),
        };
        Ok(match self.mailer.deliver(&mail).await {
            Ok(_) => Verdict::Sent,
            Err(DeliveryError {
                kind: Failure::Transient,
                detail,
                ..
            }) => Verdict::Later(detail),
            Err(DeliveryError {
                kind: Failure::Permanent,
                detail,
                ..
            }) => Verdict::Undeliverable(detail),
        })
    }
}

impl Delivered {
    fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.dropped += other.dropped;
        self.later += other.later;
        self.failed += other.failed;
    }
}
