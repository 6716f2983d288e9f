//! The one secret of an installation, and the small primitives made from it.
//!
//! Promises: the bytes of a [`SecretKey`] are never printed; every use derives its own key, so that
//! a token made for one purpose can never be read as another. Does not store or read anything.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// HMAC-SHA256, the only message authentication code in use.
type HmacSha256 = Hmac<Sha256>;

/// Fewest bytes of a secret key: as many as the hash puts out (RFC 2104 section 3).
pub const KEY_BYTES: usize = 32;

/// The installation's secret key: at least [`KEY_BYTES`] bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(Vec<u8>);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(not shown)")
    }
}

/// The text is not a key: not base64 or hex, or fewer than [`KEY_BYTES`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key: expected {KEY_BYTES} bytes or more as base64 or hex")]
pub struct InvalidKey;

impl SecretKey {
    /// A key of fresh random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes.to_vec())
    }

    /// Reads a key written as hex or as base64 (either alphabet, padded or not). Text that is both,
    /// such as the output of `openssl rand -hex 32`, is hex.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let text = text.trim();
        let bytes = from_hex(text)
            .or_else(|| from_base64(text))
            .ok_or(InvalidKey)?;
        if bytes.len() < KEY_BYTES {
            return Err(InvalidKey);
        }
        Ok(Self(bytes))
    }

    /// The key as base64, for the file it is kept in. The one way out of this type.
    #[must_use]
    pub fn to_file_text(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// HMAC-SHA256 over the parts. Each part is preceded by its length, so that no two lists of
    /// parts make the same message.
    #[must_use]
    pub fn authenticate(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(parts).finalize().into_bytes().into()
    }

    /// Whether `code` is the code of these parts, in time that does not depend on where they differ.
    #[must_use]
    pub fn verifies(&self, parts: &[&[u8]], code: &[u8]) -> bool {
        self.mac(parts).verify_slice(code).is_ok()
    }

    /// A key for one purpose only.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.authenticate(&[b"clinics/derive/v1", purpose.as_bytes()])
    }

    /// A keyed digest of something that must not be stored in clear, such as an address to limit by.
    #[must_use]
    pub fn fingerprint(&self, of: &str) -> [u8; 32] {
        self.authenticate(&[b"clinics/fingerprint/v1", of.as_bytes()])
    }

    fn mac(&self, parts: &[&[u8]]) -> HmacSha256 {
        let mut mac = new_mac(&self.0);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

fn new_mac(key: &[u8]) -> HmacSha256 {
    // RFC 2104 hashes a key longer than the block first; done here because it makes the fixed-size,
    // infallible constructor fit every key.
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    HmacSha256::new(&block.into())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    digits?
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect()
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|alphabet| alphabet.decode(text).ok())
}

/// What the database keeps of a random token (session, feed, one-time code) instead of the token.
/// A plain hash is enough: the token has 256 random bits, so there is nothing to guess.
#[must_use]
pub fn token_hash(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// A random token as URL-safe text of 43 characters.
#[must_use]
pub fn opaque_token(random: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    #[test]
    fn a_key_is_read_from_hex_and_from_both_kinds_of_base64() {
        let bytes: [u8; 32] = std::array::from_fn(|i| u8::try_from(i * 8 + 3).unwrap());
        let key = SecretKey::from_random(bytes);
        let hex = hex(&bytes);
        for text in [
            hex.clone(),
            hex.to_uppercase(),
            STANDARD.encode(bytes),
            STANDARD_NO_PAD.encode(bytes),
            URL_SAFE.encode(bytes),
            format!("{}\n", URL_SAFE_NO_PAD.encode(bytes)),
        ] {
            assert_eq!(SecretKey::parse(&text).unwrap(), key, "{text}");
        }
        assert_eq!(SecretKey::parse(&key.to_file_text()).unwrap(), key);
    }

    #[test]
    fn a_key_shorter_than_32_bytes_or_not_a_key_is_refused() {
        for text in [
            "",
            "abc",
            &"a".repeat(62),
            &STANDARD.encode([7; 31]),
            "££££",
        ] {
            assert_eq!(SecretKey::parse(text), Err(InvalidKey), "{text}");
        }
        assert!(SecretKey::parse(&STANDARD.encode([7; 100])).is_ok());
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = SecretKey::from_random([7; 32]);
        assert_eq!(format!("{key:?}"), "SecretKey(not shown)");
    }

    #[test]
    fn the_code_is_hmac_sha256() {
        // RFC 4231 test case 2 ("Jefe") and 6 (a key of 131 bytes), without our framing of parts.
        let mut mac = new_mac(b"Jefe");
        mac.update(b"what do ya want for nothing?");
        assert_eq!(
            hex(&mac.finalize().into_bytes()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let mut mac = new_mac(&[0xaa; 131]);
        mac.update(b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(
            hex(&mac.finalize().into_bytes()),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn parts_cannot_be_shifted_into_one_another() {
        let key = SecretKey::from_random([7; 32]);
        assert_ne!(
            key.authenticate(&[b"ab", b"c"]),
            key.authenticate(&[b"a", b"bc"])
        );
        assert_ne!(key.derive("a"), key.fingerprint("a"));
        assert!(key.verifies(&[b"ab"], &key.authenticate(&[b"ab"])));
        assert!(!key.verifies(&[b"ab"], &key.authenticate(&[b"ab"])[..31]));
    }

    #[test]
    fn an_opaque_token_is_43_characters_safe_in_a_url() {
        let token = opaque_token([0xff; 32]);
        assert_eq!(token.len(), 43);
        assert!(
            token
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        );
        assert_ne!(token_hash(token.as_bytes()), token_hash(b""));
    }
}
