//! What one client may ask of us: bytes of a body, seconds of a request, writes in a time.
//!
//! Rates follow the generic cell rate algorithm (crate `governor`). Promises: memory is bounded
//! whatever arrives; addresses and contacts are kept as keyed hashes, in memory, until they are idle.
//! Does not limit reading, and never asks for a captcha.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::client_address::ClientAddress;
use super::error::{Code, Edge};

/// Most bytes of a request's body: the longest form with every field full is a quarter of it.
pub const BODY_BYTES: usize = 64 * 1024;
/// The same for the forms on which staff edit a whole question file.
pub const FILE_BYTES: usize = 512 * 1024;
/// Longest time for an answer to begin.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Keys share this many cells of each limiter, about 3 MB at worst; strangers meet in a cell once
/// in a hundred thousand times, and then only share an allowance.
const CELLS: u64 = 1 << 17;
/// Idle cells are dropped once in so many checks.
const PRUNE_EVERY: u64 = 4096;

/// Lets a handler read no more of a body than its address needs.
pub async fn limit_body(mut request: Request, next: Next) -> Response {
    let most = if request.uri().path().starts_with("/staff/questions/") {
        FILE_BYTES
    } else {
        BODY_BYTES
    };
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > most) {
        return Edge::from(Code::TooLarge).into_response();
    }
    DefaultBodyLimit::max(most).apply(&mut request);
    next.run(request).await
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every write of one address: 100 at once, then two a second. A family or a library shares an
    /// address, and a journey is twenty writes.
    Write,
    /// What stores something of one address (bookings, requests, call-backs): 20 at once, then one
    /// in 30 seconds.
    Booking,
    /// What mails or rings one contact (a fingerprint of the email or telephone): 5 at once, then
    /// one in 10 minutes.
    Contact,
    /// Tries to sign in to one account, or from one address: 10 at once, then one in 30 seconds.
    SignIn,
}

impl Scope {
    /// Every scope, in the order of their declaration.
    const ALL: [Self; 4] = [Self::Write, Self::Booking, Self::Contact, Self::SignIn];

    /// As figures name it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Booking => "booking",
            Self::Contact => "contact",
            Self::SignIn => "sign_in",
        }
    }
}

type Cells<C> = RateLimiter<u64, HashMapStateStore<u64>, C, NoOpMiddleware<<C as Clock>::Instant>>;

struct Limiters<C: Clock> {
    write: Cells<C>,
    booking: Cells<C>,
    contact: Cells<C>,
    sign_in: Cells<C>,
    clock: C,
    hasher: RandomState,
    checks: AtomicU64,
    refused: [AtomicU64; Scope::ALL.len()],
}

/// The rate limits of a process, shared by its requests.
pub struct RateLimits<C: Clock = DefaultClock>(Option<Arc<Limiters<C>>>);

impl<C: Clock> Clone for RateLimits<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl RateLimits {
    /// Limits that count (`RATE_LIMITS=on`) or none at all.
    #[must_use]
    pub fn new(on: bool) -> Self {
        if on {
            Self::with_clock(DefaultClock::default())
        } else {
            Self(None)
        }
    }
}

impl<C: Clock + Clone> RateLimits<C> {
    /// Limits that count by this clock.
    #[must_use]
    pub fn with_clock(clock: C) -> Self {
        let cells = |burst: u32, period: Duration| {
            // The fallback is never taken: every period below is longer than nothing.
            let quota = Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN));
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            RateLimiter::hashmap_with_clock(quota.allow_burst(burst), clock.clone())
        };
        Self(Some(Arc::new(Limiters {
            write: cells(100, Duration::from_millis(500)),
            booking: cells(20, Duration::from_secs(30)),
            contact: cells(5, Duration::from_mins(10)),
            sign_in: cells(10, Duration::from_secs(30)),
            hasher: RandomState::new(),
            checks: AtomicU64::new(0),
            refused: Default::default(),
            clock,
        })))
    }
}

impl<C: Clock> RateLimits<C> {
    /// Counts one more for `key`.
    ///
    /// # Errors
    /// [`super::error::Code::RateLimited`] with the time to wait.
    pub fn allow(&self, scope: Scope, key: impl Hash) -> Result<(), Edge> {
        self.0
            .as_ref()
            .map_or(Ok(()), |limiters| limiters.allow(scope, key))
    }

    /// How many were refused since the process started, by what was counted.
    #[must_use]
    pub fn refused(&self) -> Vec<(&'static str, u64)> {
        let refused = |scope: Scope| {
            let limiters = self.0.as_ref();
            let count = limiters.map(|all| all.refused[scope as usize].load(Ordering::Relaxed));
            (scope.as_str(), count.unwrap_or(0))
        };
        Scope::ALL.map(refused).to_vec()
    }

    /// Counts one more for the client's address.
    pub fn allow_address(&self, scope: Scope, client: ClientAddress) -> Result<(), Edge> {
        self.allow(scope, network(client.0))
    }
}

impl<C: Clock> Limiters<C> {
    fn allow(&self, scope: Scope, key: impl Hash) -> Result<(), Edge> {
        let cells = match scope {
            Scope::Write => &self.write,
            Scope::Booking => &self.booking,
            Scope::Contact => &self.contact,
            Scope::SignIn => &self.sign_in,
        };
        if self.checks.fetch_add(1, Ordering::Relaxed) % PRUNE_EVERY == PRUNE_EVERY - 1 {
            self.prune();
        }
        cells
            .check_key(&(self.hasher.hash_one(key) % CELLS))
            .map_err(|until| {
                self.refused[scope as usize].fetch_add(1, Ordering::Relaxed);
                Edge::rate_limited(until.wait_time_from(self.clock.now()))
            })
    }

    fn prune(&self) {
        for cells in [&self.write, &self.booking, &self.contact, &self.sign_in] {
            cells.retain_recent();
            cells.shrink_to_fit();
        }
    }
}

/// One customer of a network: an IPv4 address, or the /64 that an IPv6 customer has all of.
pub(super) fn network(address: Option<IpAddr>) -> Option<u128> {
    address.map(|address| match address.to_canonical() {
        IpAddr::V4(four) => u128::from(u32::from(four)),
        IpAddr::V6(six) => u128::from(six) >> 64 << 64,
    })
}

/// The layer: counts every write of an address.
pub async fn limit_writes<C: Clock + Send + Sync + 'static>(
    State(limits): State<RateLimits<C>>,
    request: Request,
    next: Next,
) -> Response {
    let read = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let client = request
        .extensions()
        .get()
        .copied()
        .unwrap_or(ClientAddress(None));
    match if read {
        Ok(())
    } else {
        limits.allow_address(Scope::Write, client)
    } {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::http::error::Code;

    fn address(text: &str) -> ClientAddress {
        ClientAddress(Some(text.parse().unwrap()))
    }

    fn passed<C: Clock>(
        limits: &RateLimits<C>,
        scope: Scope,
        client: ClientAddress,
        tries: usize,
    ) -> usize {
        (0..tries)
            .filter(|_| limits.allow_address(scope, client).is_ok())
            .count()
    }

    #[test]
    fn lesson_36_two_hundred_writes_from_one_address_are_bounded() {
        let limits = RateLimits::with_clock(FakeRelativeClock::default());
        assert_eq!(
            passed(&limits, Scope::Write, address("192.0.2.1"), 200),
            100
        );
        assert_eq!(passed(&limits, Scope::Write, address("192.0.2.2"), 5), 5);
        assert_eq!(
            passed(&limits, Scope::Booking, address("192.0.2.1"), 200),
            20
        );
        let refused = [
            ("write", 100),
            ("booking", 180),
            ("contact", 0),
            ("sign_in", 0),
        ];
        assert_eq!(limits.refused(), refused);
    }

    #[test]
    fn lesson_36_two_hundred_for_one_email_are_bounded_from_any_address() {
        let limits = RateLimits::with_clock(FakeRelativeClock::default());
        let one = (0..200)
            .filter(|_| limits.allow(Scope::Contact, [7_u8; 32]).is_ok())
            .count();
        assert_eq!(one, 5);
        assert!(limits.allow(Scope::Contact, [8_u8; 32]).is_ok());
    }

    #[test]
    fn an_allowance_comes_back_after_the_time_told() {
        let clock = FakeRelativeClock::default();
        let limits = RateLimits::with_clock(clock.clone());
        passed(&limits, Scope::Booking, address("192.0.2.1"), 20);
        let refused = limits
            .allow_address(Scope::Booking, address("192.0.2.1"))
            .unwrap_err();
        assert_eq!(refused.code(), Code::RateLimited);
        assert_eq!(refused.into_response().headers()["retry-after"], "30");
        clock.advance(Duration::from_secs(29));
        assert_eq!(passed(&limits, Scope::Booking, address("192.0.2.1"), 1), 0);
        clock.advance(Duration::from_secs(1));
        assert_eq!(passed(&limits, Scope::Booking, address("192.0.2.1"), 2), 1);
    }

    #[test]
    fn an_ipv6_customer_is_one_client_and_so_is_a_mapped_address() {
        let limits = RateLimits::with_clock(FakeRelativeClock::default());
        assert_eq!(
            passed(&limits, Scope::Booking, address("2001:db8:0:1::1"), 20),
            20
        );
        assert_eq!(
            passed(&limits, Scope::Booking, address("2001:db8:0:1:ffff::9"), 1),
            0
        );
        assert_eq!(
            passed(&limits, Scope::Booking, address("2001:db8:0:2::1"), 1),
            1
        );
        assert_eq!(
            network("::ffff:192.0.2.1".parse().ok()),
            network("192.0.2.1".parse().ok())
        );
    }

    #[test]
    fn memory_is_bounded_and_idle_clients_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = RateLimits::with_clock(clock.clone());
        for client in 0..PRUNE_EVERY * 3 {
            limits.allow(Scope::Write, client).ok();
        }
        let live = || limits.0.as_ref().unwrap().write.len();
        assert!(live() > 1000);
        clock.advance(Duration::from_hours(1));
        limits.0.as_ref().unwrap().prune();
        assert_eq!(live(), 0);
    }

    #[test]
    fn off_means_off() {
        assert_eq!(
            passed(
                &RateLimits::new(false),
                Scope::Contact,
                address("192.0.2.1"),
                500
            ),
            500
        );
    }
}
