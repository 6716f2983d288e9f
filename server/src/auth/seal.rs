//! Sealed tokens: what a browser or a script carries for us and can neither read nor change, such as
//! the result of a triage or a draft in a cookie.
//!
//! Promises: encrypted and authenticated under a key of its own purpose; nothing is stored, so a
//! token works on every process that has the same secret key, until it expires. Does not make a
//! token single-use, and does not hide how long the content is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
// The extended nonce (192 bits) rather than the 96-bit one: nonces are random, and only the long one
// is safe to draw without counting how many were drawn.
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};

use super::key::SecretKey;

/// Length of the nonce, in bytes. Fresh random bytes for every token.
pub const NONCE_BYTES: usize = 24;

const EXPIRY_BYTES: usize = 8;

/// Why a token was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It was ours, and its time is over.
    #[error("the token has expired")]
    Expired,
    /// It was not ours, was made for another purpose, or was changed.
    #[error("the token is not one of ours")]
    Invalid,
}

/// The content could not be sealed: it has no JSON form.
#[derive(Debug, thiserror::Error)]
#[error("the content cannot be sealed: {0}")]
pub struct NotSealed(String);

/// Seals and opens tokens.
#[derive(Debug, Clone)]
pub struct Sealer {
    key: SecretKey,
}

impl Sealer {
    /// A sealer that derives one key for each purpose from `key`.
    #[must_use]
    pub fn new(key: SecretKey) -> Self {
        Self { key }
    }

    /// `content` as URL-safe text that opens until `expires_at` (UTC, whole seconds).
    pub fn seal<T: Serialize>(
        &self,
        purpose: &str,
        content: &T,
        expires_at: DateTime<Utc>,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<String, NotSealed> {
        let mut plain = expires_at.timestamp().to_be_bytes().to_vec();
        serde_json::to_writer(&mut plain, content).map_err(|error| NotSealed(error.to_string()))?;
        let sealed = self
            .cipher(purpose)
            .encrypt(&nonce.into(), payload(&plain, purpose))
            .map_err(|_| NotSealed("too long".into()))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed for this purpose, if `now` is before its expiry.
    pub fn open<T: DeserializeOwned>(
        &self,
        purpose: &str,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<T, NotOpened> {
        let bytes = URL_SAFE_NO_PAD
            .decode(token)
            .map_err(|_| NotOpened::Invalid)?;
        let (nonce, sealed) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(NotOpened::Invalid)?;
        let plain = self
            .cipher(purpose)
            .decrypt(&(*nonce).into(), payload(sealed, purpose))
            .map_err(|_| NotOpened::Invalid)?;
        let (expiry, content) = plain
            .split_first_chunk::<EXPIRY_BYTES>()
            .ok_or(NotOpened::Invalid)?;
        if now.timestamp() >= i64::from_be_bytes(*expiry) {
            return Err(NotOpened::Expired);
        }
        // A token of an older version of the program may no longer fit the type: not ours any more.
        serde_json::from_slice(content).map_err(|_| NotOpened::Invalid)
    }

    fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.derive(purpose).into())
    }
}

fn payload<'a>(msg: &'a [u8], purpose: &'a str) -> Payload<'a, 'a> {
    Payload {
        msg,
        aad: purpose.as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn sealer() -> Sealer {
        Sealer::new(SecretKey::from_random([3; 32]))
    }

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn token() -> String {
        sealer()
            .seal(
                "triage",
                &vec!["Zebedee", "L5"],
                noon() + TimeDelta::hours(2),
                [4; 24],
            )
            .unwrap()
    }

    #[test]
    fn a_sealed_token_opens_for_its_purpose_until_it_expires() {
        let open = |now| sealer().open::<Vec<String>>("triage", &token(), now);
        assert_eq!(open(noon()).unwrap(), ["Zebedee", "L5"]);
        assert!(open(noon() + TimeDelta::seconds(7199)).is_ok());
        assert_eq!(open(noon() + TimeDelta::hours(2)), Err(NotOpened::Expired));
    }

    #[test]
    fn a_sealed_token_does_not_open_for_another_purpose_key_or_type() {
        let other = Sealer::new(SecretKey::from_random([2; 32]));
        let invalid = Err(NotOpened::Invalid);
        assert_eq!(
            sealer().open::<Vec<String>>("draft", &token(), noon()),
            invalid
        );
        assert_eq!(
            other.open::<Vec<String>>("triage", &token(), noon()),
            invalid
        );
        assert_eq!(
            sealer().open::<u32>("triage", &token(), noon()),
            Err(NotOpened::Invalid)
        );
    }

    #[test]
    fn nothing_of_the_content_can_be_read_in_the_token() {
        let bytes = URL_SAFE_NO_PAD.decode(token()).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"Zebedee"));
        assert!(
            token()
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        );
    }

    proptest! {
        #[test]
        fn a_changed_token_is_never_opened(at in 0_usize..60, to in "[A-Za-z0-9_-]") {
            let mut changed = token();
            changed.replace_range(at..=at, &to);
            let opened = sealer().open::<Vec<String>>("triage", &changed, noon());
            prop_assert_eq!(opened.is_ok(), changed == token());
        }

        #[test]
        fn any_text_is_answered_without_a_panic(text in "\\PC*") {
            prop_assert_eq!(sealer().open::<u32>("triage", &text, noon()), Err(NotOpened::Invalid));
        }
    }
}
