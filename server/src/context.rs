//! What every use case is given: the store, the clock, a source of randomness, and the bell that wakes the worker. The
//! only place in the program that reads the system's clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use uuid::Uuid;

use serde::{Serialize, de::DeserializeOwned};

use crate::auth::vault::Vault;
use crate::auth::{self, Entropy, system_entropy};
use crate::domain::ids::uuid_at;
use crate::domain::time::Clock;
use crate::metrics::Metrics;
use crate::store::{Store, StoreError, Stored};

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is read"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// What a use case is given.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Entropy,
    /// Rung after a commit that queued a message.
    pub bell: Arc<Notify>,
    /// Seals what only some may read. A command that touches nothing of the kind has none.
    pub vault: Option<Vault>,
    /// What is counted for the operator.
    pub metrics: Arc<Metrics>,
}

impl Context {
    /// A context with the system's clock and randomness.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            clock: Arc::new(SystemClock),
            entropy: system_entropy(),
            bell: Arc::new(Notify::new()),
            vault: None,
            metrics: Arc::default(),
        }
    }

    /// The same with what seals and opens.
    #[must_use]
    pub fn with_vault(mut self, vault: Vault) -> Self {
        self.vault = Some(vault);
        self
    }

    /// `content` as text that the database may hold and nobody can read there.
    ///
    /// # Errors
    /// [`StoreError::Other`] without a key, or if the content has no JSON form.
    pub fn seal<T: Serialize>(&self, purpose: &str, content: &T) -> Stored<String> {
        self.vault()?
            .seal(purpose, content, self.now(), self.bytes())
            .map_err(|error| StoreError::Other(error.to_string()))
    }

    /// What was sealed for this purpose.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if it was not sealed with this key.
    pub fn unseal<T: DeserializeOwned>(&self, purpose: &str, text: &str) -> Stored<T> {
        self.vault()?
            .open(purpose, text, self.now())
            .map_err(|error| StoreError::Corrupt(format!("sealed {purpose}: {error}")))
    }

    /// A word by which equal words are found and nothing is read.
    ///
    /// # Errors
    /// [`StoreError::Other`] without a key.
    pub fn blind(&self, purpose: &str, word: &str) -> Stored<String> {
        Ok(self.vault()?.blind(purpose, word))
    }

    /// A code of these parts that nobody makes without the key.
    ///
    /// # Errors
    /// [`StoreError::Other`] without a key.
    pub fn code(&self, purpose: &str, parts: &[&[u8]]) -> Stored<[u8; 32]> {
        Ok(self.vault()?.code(purpose, parts))
    }

    fn vault(&self) -> Stored<&Vault> {
        self.vault
            .as_ref()
            .ok_or_else(|| StoreError::Other("no key to seal with".to_owned()))
    }

    /// Now, a UTC instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Fresh random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        auth::random(&self.entropy)
    }

    /// A fresh id: `UUIDv7`. Ids of one process sort in the order in which they were made, within a millisecond too
    /// (RFC 9562 section 6.2, method 1): the audit log reads in the order in which things happened.
    #[must_use]
    pub fn id(&self) -> Uuid {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let mut random = self.bytes::<10>();
        // 18 bits: the twelve after the version, and the six after the variant.
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        let [_, _, first, second] = ((made >> 6) & 0x0fff).to_be_bytes();
        let [.., third] = (made & 0x3f).to_be_bytes();
        random[..3].copy_from_slice(&[first, second, third]);
        uuid_at(self.now(), random)
    }
}
