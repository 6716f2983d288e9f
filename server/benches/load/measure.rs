//! The closed loop, and what it counts.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;
use serde_json::{Value, json};

/// When a figure has been measured for long enough.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub count: usize,
    pub time: Duration,
}

/// What the clients saw.
#[derive(Debug, Default)]
pub struct Measured {
    pub clients: usize,
    /// How long each thing that was done took.
    pub took: Vec<Duration>,
    /// Answered, and not with what was asked for.
    pub refused: usize,
    /// Between the first question and the last answer.
    pub whole: Duration,
}

impl Measured {
    /// Adds another round of the same clients.
    pub fn add(&mut self, other: Self) {
        self.clients = other.clients;
        self.took.extend(other.took);
        self.refused += other.refused;
        self.whole += other.whole;
    }

    fn at(&self, hundredth: usize) -> f64 {
        let mut sorted = self.took.clone();
        sorted.sort_unstable();
        let index = (sorted.len().saturating_sub(1)) * hundredth / 100;
        sorted.get(index).map_or(0.0, Duration::as_secs_f64) * 1000.0
    }

    /// Milliseconds and a rate.
    pub fn summary(&self) -> Value {
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        let rate = self.took.len() as f64 / self.whole.as_secs_f64().max(1e-9);
        json!({
            "clients": self.clients, "done": self.took.len(), "refused": self.refused,
            "per_second": rate, "p50_ms": self.at(50), "p95_ms": self.at(95), "p99_ms": self.at(99),
        })
    }
}

/// `clients` at once, each with a `seat` of its own, doing one thing after another until the bounds are met. `work` says
/// whether it was done.
pub async fn closed_loop<Seat>(
    clients: usize,
    bounds: Bounds,
    seat: impl AsyncFn() -> Result<Seat>,
    work: impl AsyncFn(&mut Seat, usize) -> Result<bool>,
) -> Result<Measured> {
    let mut seats = Vec::new();
    for _ in 0..clients {
        seats.push(seat().await?);
    }
    let next = Cell::new(0);
    let seen = RefCell::new((Vec::new(), 0));
    let began = Instant::now();
    try_join_all(seats.iter_mut().map(async |seat| {
        while next.get() < bounds.count && began.elapsed() < bounds.time {
            let turn = next.replace(next.get() + 1);
            let asked = Instant::now();
            if work(seat, turn).await? {
                seen.borrow_mut().0.push(asked.elapsed());
            } else {
                seen.borrow_mut().1 += 1;
            }
        }
        anyhow::Ok(())
    }))
    .await?;
    let whole = began.elapsed();
    let (took, refused) = seen.into_inner();
    Ok(Measured {
        clients,
        took,
        refused,
        whole,
    })
}
