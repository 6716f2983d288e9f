//! The work that nobody waits for: delivering mail, ending holds, pruning.
//!
//! Promises: each activation may run at any time, in any number of processes at once, and as often as you like: it looks
//! at what there is to do now and keeps no list of its own. One that fails, or panics, is noted and comes again. On the
//! way out each finishes what it has in hand. What each did last can be seen on the [`Board`].

mod activation;
mod board;
#[cfg(test)]
mod tests;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub use activation::Activation;
pub use board::{Activity, Board};

use crate::outbox::Courier;

/// How often each activation comes by itself.
#[derive(Debug, Clone, Copy)]
pub struct Every {
    /// Mail, besides being woken by the bell; also how soon mail queued by another process is seen.
    pub mail: Duration,
    /// Holds. Bookings clear ended holds themselves, so this is for the lists that staff see.
    pub holds: Duration,
    /// Drafts, replies, sessions, links.
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
    courier: Courier,
    every: Every,
    board: Board,
}

impl Worker {
    /// A worker that delivers by `courier`, in its context.
    #[must_use]
    pub fn new(courier: Courier) -> Self {
        Self {
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
        let [mail, holds, prune, seal, remind, bounces, offers] =
            Activation::ALL.map(|activation| self.repeat(activation, &stop));
        tokio::join!(mail, holds, prune, seal, remind, bounces, offers);
    }

    async fn repeat(&self, activation: Activation, stop: &CancellationToken) {
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
            self.rest(activation, stop).await;
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
                | Activation::OfferTimes => std::future::pending().await,
            }
        };
        let pause = match activation {
            Activation::DeliverMail => self.every.mail,
            Activation::ExpireHolds => self.every.holds,
            Activation::Prune => self.every.prune,
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
