//! What an operator may count: the figures of a process, and how they are written for Prometheus.
//!
//! Promises: labels come from fixed small sets (states, reasons, route patterns, status codes), so that the number of
//! series is bounded whatever arrives; nothing in a figure is about one person, and no id is a label (invariant 9). Written
//! by hand rather than with an exporter crate: some dozen families that are known when the program is built need a map and
//! a lock, and the list [`FAMILIES`] is what the dashboard is checked against. Does not read the database: `Pulse` is
//! brought by whoever asks.

mod family;
mod histogram;
mod page;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use family::{FAMILIES, Family, Shape};
use histogram::Histogram;
pub use page::{Outside, page};

/// What is written of one kind of request: method and status.
type Answered = BTreeMap<(&'static str, u16), Histogram>;

/// The figures of a process. Counting is cheap enough for every request.
#[derive(Debug, Default)]
pub struct Metrics {
    bookings: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
    sign_ins: AtomicU64,
    failed_sign_ins: AtomicU64,
    slot_queries: Mutex<Histogram>,
    requests: Mutex<BTreeMap<String, Answered>>,
}

/// A panic in another thread cannot leave a figure half counted.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Metrics {
    /// An appointment is made, in this state (`confirmed`, `requested`), from this source (`web`, `api`, `phone`).
    pub fn booked(&self, state: &'static str, source: &'static str) {
        *locked(&self.bookings).entry((state, source)).or_default() += 1;
    }

    /// A hold or a booking is refused, for this reason (the stable code of the API).
    pub fn refused(&self, reason: &'static str) {
        *locked(&self.refusals).entry(reason).or_default() += 1;
    }

    /// Somebody tried to sign in.
    pub fn signed_in(&self, succeeded: bool) {
        let counter = if succeeded {
            &self.sign_ins
        } else {
            &self.failed_sign_ins
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Free times were read and worked out.
    pub fn slots_found(&self, took: Duration) {
        locked(&self.slot_queries).note(took);
    }

    /// A request is answered. `route` is the pattern, never the path.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let mut requests = locked(&self.requests);
        if !requests.contains_key(route) {
            requests.insert(route.to_owned(), Answered::default());
        }
        if let Some(answered) = requests.get_mut(route) {
            answered.entry((method, status)).or_default().note(took);
        }
    }
}
