//! The work that nobody waits for: delivering mail, ending holds, pruning.
//!
//! Promises: each activation may run at any time, in any number of processes at once, and as often as you like: it looks
//! at what there is to do now and keeps no list of its own. One that fails, or panics, is noted and comes again. On the
//! way out each finishes what it has in hand. What each did last can be seen on the [`Board`], and by anybody in the database.

mod activation;
mod board;
#[cfg(test)]
mod tests;

use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use activation::Activation;
pub use board::{Activity, Board};

use crate::outbox::Courier;
use crate::store::RoundRow;

/// What is written down of the rounds is not older than this, by the worker's clock, and one more round.
const TOLD_AFTER: TimeDelta = TimeDelta::seconds(60);

/// How often each activation comes by itself.
#[derive(Debug, Clone, Copy)]
pub struct Every {
    /// Mail, besides being woken by the bell; also how soon mail queued by another process is seen.
    pub mail: Duration,
    /// Holds. Bookings clear ended holds themselves, so this is for the lists that staff see.
    pub holds: Duration,
    /// Drafts, replies, sessions, links, and records whose time is over.
    pub prune: Duration,
    /// Seals over the audit log.
    pub seal: Duration,
    /// Reminders, each of which is due at a minute and as good a few later, the mail that came back, and the waiting list.
    pub remind: Duration,
}

impl Default for Every {
    fn default() -> Self {
        Self {
            mail: Duration::from_secs(5),
            holds: Duration::from_secs(30),
            prune: Duration::from_mins(10),
            seal: Duration::from_mins(1),
            remind: Duration::from_mins(1),
        }
    }
}

/// Does all activations until it is told to stop. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    id: Uuid,
    courier: Courier,
    every: Every,
    board: Board,
}

impl Worker {
    /// A worker that delivers by `courier`, in its context.
    #[must_use]
    pub fn new(courier: Courier) -> Self {
        Self {
            id: courier.context().id(),
            courier,
            every: Every::default(),
            board: Board::default(),
        }
    }

    /// The same at another pace, for tests.
    #[must_use]
    pub fn every(mut self, every: Every) -> Self {
        self.every = every;
        self
    }

    /// What each activation did last.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Works until `stop` is cancelled and what is in hand then is finished.
    pub async fn run(&self, stop: CancellationToken) {
        let [mail, holds, prune, seal, remind, bounces, offers, erase] =
            Activation::ALL.map(|activation| self.repeat(activation, &stop));
        tokio::join!(mail, holds, prune, seal, remind, bounces, offers, erase);
    }

    async fn repeat(&self, activation: Activation, stop: &CancellationToken) {
        let mut told = None;
        while !stop.is_cancelled() {
            let started = self.courier.context().now();
            // A task of its own, so that a panic ends this round and not the worker.
            let round = tokio::spawn(activation.perform(self.courier.clone(), stop.clone()));
            let outcome = match round.await {
                Ok(outcome) => outcome,
                Err(_) => Err("the program failed".to_owned()),
            };
            self.board
                .note(activation, started, self.courier.context().now(), outcome);
            self.tell(activation, &mut told).await;
            self.rest(activation, stop).await;
        }
    }

    /// Writes the last round down where every process can read it: when the first is done, when it begins or ceases to fail,
    /// and otherwise now and then, so that a worker at rest writes next to nothing.
    async fn tell(&self, activation: Activation, told: &mut Option<RoundRow>) {
        let board = self.board.read();
        let Some(last) = board.iter().find(|one| one.activation == activation) else {
            return;
        };
        let round = RoundRow {
            activation: activation.as_str().to_owned(),
            ended_at: last.ended_at.timestamp(),
            failing: i64::try_from(last.failing).unwrap_or(i64::MAX),
        };
        let known = told.as_ref().is_some_and(|told| {
            (told.failing == 0) == (round.failing == 0)
                && round.ended_at - told.ended_at < TOLD_AFTER.num_seconds()
        });
        if known {
            return;
        }
        let written = async {
            let mut tx = self.courier.context().store.write().await?;
            tx.put_round(self.id, &round).await?;
            tx.commit().await
        };
        match written.await {
            Ok(()) => *told = Some(round),
            Err(error) => tracing::warn!(%error, "a round could not be written down"),
        }
    }

    /// Until the next round: a while, or the bell, or the end.
    async fn rest(&self, activation: Activation, stop: &CancellationToken) {
        let bell = async {
            match activation {
                Activation::DeliverMail => self.courier.context().bell.notified().await,
                Activation::ExpireHolds
                | Activation::Prune
                | Activation::SealAudit
                | Activation::Remind
                | Activation::ReadBounces
                | Activation::OfferTimes
                | Activation::Erase => std::future::pending().await,
            }
        };
        let pause = match activation {
            Activation::DeliverMail => self.every.mail,
            Activation::ExpireHolds => self.every.holds,
            Activation::Prune | Activation::Erase => self.every.prune,
            Activation::SealAudit => self.every.seal,
            Activation::Remind | Activation::ReadBounces | Activation::OfferTimes => {
                self.every.remind
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = bell => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
