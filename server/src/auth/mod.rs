//! Who somebody is, and what proves it: keys, derived links, sealed tokens, passwords, sessions.
//!
//! Nothing here reads a clock or draws a random number by itself: the instant is an argument, and
//! random bytes come from the [`Entropy`] that start-up passes in.

use std::sync::Arc;

pub mod key;
pub mod link;
pub mod password;
pub mod seal;
pub mod second;
pub mod session;
pub mod slow;
pub mod totp;
pub mod vault;

/// Where random bytes come from: fills the whole slice. The operating system's source at run time, a
/// seeded one in tests.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The process's cryptographic source of randomness, seeded by the operating system.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where randomness is drawn"
)]
pub fn system_entropy() -> Entropy {
    Arc::new(|bytes| rand::Rng::fill_bytes(&mut rand::rng(), bytes))
}

/// `N` random bytes from `entropy`.
#[must_use]
pub fn random<const N: usize>(entropy: &Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy(&mut bytes);
    bytes
}
