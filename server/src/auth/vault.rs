//! What the database keeps of words that only some may read: sealed text, and blind keys to find it by.
//!
//! Promises: without the installation's key the database shows neither the words nor whether two are near each other; the
//! same word under the same purpose has the same blind key, and under another purpose another. Does not forget: rows are
//! deleted by whoever wrote them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};

use super::key::SecretKey;
use super::seal::{NONCE_BYTES, NotOpened, NotSealed, Sealer};

/// Sealed rows open for as long as they are there: a hundred years.
const OPENS_FOR: TimeDelta = TimeDelta::days(36_500);

/// Bytes of a blind key: enough that two words never share one by chance.
const BLIND_BYTES: usize = 16;

/// Seals and blinds with the installation's key.
#[derive(Debug, Clone)]
pub struct Vault {
    key: SecretKey,
    sealer: Sealer,
}

impl Vault {
    /// The vault of this key.
    #[must_use]
    pub fn new(key: SecretKey) -> Self {
        Self {
            sealer: Sealer::new(key.clone()),
            key,
        }
    }

    /// `content` as text that only this key opens.
    ///
    /// # Errors
    /// The content has no JSON form.
    pub fn seal<T: Serialize>(
        &self,
        purpose: &str,
        content: &T,
        now: DateTime<Utc>,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<String, NotSealed> {
        self.sealer.seal(purpose, content, now + OPENS_FOR, nonce)
    }

    /// What was sealed for this purpose.
    ///
    /// # Errors
    /// The text was not sealed with this key for this purpose.
    pub fn open<T: DeserializeOwned>(
        &self,
        purpose: &str,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<T, NotOpened> {
        self.sealer.open(purpose, text, now)
    }

    /// A code of these parts that nobody makes without the key.
    #[must_use]
    pub fn code(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut all: Vec<&[u8]> = vec![b"clinics/code/v1", purpose.as_bytes()];
        all.extend(parts);
        self.key.authenticate(&all)
    }

    /// A word by which equal words are found and nothing is read.
    #[must_use]
    pub fn blind(&self, purpose: &str, word: &str) -> String {
        let code =
            self.key
                .authenticate(&[b"clinics/blind/v1", purpose.as_bytes(), word.as_bytes()]);
        URL_SAFE_NO_PAD.encode(&code[..BLIND_BYTES])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    #[test]
    fn a_word_is_blinded_alike_under_one_key_and_purpose_only() {
        let vault = Vault::new(SecretKey::from_random([1; 32]));
        let other = Vault::new(SecretKey::from_random([2; 32]));
        assert_eq!(vault.blind("a", "zebedee"), vault.blind("a", "zebedee"));
        assert_ne!(vault.blind("a", "zebedee"), vault.blind("b", "zebedee"));
        assert_ne!(vault.blind("a", "zebedee"), other.blind("a", "zebedee"));
        assert!(!vault.blind("a", "zebedee").contains("zeb"));
    }

    #[test]
    fn a_sealed_row_opens_for_decades_and_with_its_own_key_only() {
        let vault = Vault::new(SecretKey::from_random([1; 32]));
        let other = Vault::new(SecretKey::from_random([2; 32]));
        let sealed = vault
            .seal("names", &"zebedee", noon(), [3; NONCE_BYTES])
            .unwrap();
        let later = noon() + TimeDelta::days(20_000);
        assert_eq!(
            vault.open::<String>("names", &sealed, later).unwrap(),
            "zebedee"
        );
        assert!(other.open::<String>("names", &sealed, later).is_err());
        assert!(vault.open::<String>("story", &sealed, later).is_err());
    }
}
