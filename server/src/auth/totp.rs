//! One-time codes by the clock (RFC 6238 on RFC 4226): SHA-1, six digits, thirty seconds, as every authenticator app
//! has them.
//!
//! Promises: a code of the step before and after counts too, so that clocks half a minute apart agree. Does not keep
//! anything: whoever asks notes the step, so that no code is taken twice.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// Bytes of a secret: as many as the hash puts out (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;
/// Digits of a code.
const DIGITS: u32 = 6;
/// RFC 4648, section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of an instant.
#[must_use]
pub fn step(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

/// The code of a step, with its leading zeros.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    // Longer keys would have to be hashed first; ours never are longer.
    let mut block = [0_u8; 64];
    for (to, from) in block.iter_mut().zip(secret) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha1>::new(&block.into());
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0x0f);
    let number = u32::from_be_bytes([
        hash[offset] & 0x7f,
        hash[offset + 1],
        hash[offset + 2],
        hash[offset + 3],
    ]);
    format!("{:06}", number % 10_u32.pow(DIGITS))
}

/// The step that a typed code belongs to, if it is one of now, the step before or the step after. Spaces do not count.
#[must_use]
pub fn matching_step(secret: &[u8], typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let here = step(now);
    // All three are made, whichever is right.
    let hits = [here - 1, here, here + 1].map(|step| (same(&code(secret, step), &typed), step));
    hits.into_iter().find(|(hit, _)| *hit).map(|(_, step)| step)
}

fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differs, (a, b)| differs | (a ^ b))
            == 0
}

/// Bytes as text to type: capital letters and digits that nobody mixes up.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[((held >> bits) & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(BASE32[((held << (5 - bits)) & 31) as usize]));
    }
    text
}

/// What an authenticator app reads from the picture. `issuer` names the site, `account` the person.
#[must_use]
pub fn address(issuer: &str, account: &str, secret: &[u8]) -> String {
    let escaped = |text: &str| -> String {
        url::form_urlencoded::byte_serialize(text.as_bytes())
            .collect::<String>()
            .replace('+', "%20")
    };
    let (issuer, account) = (escaped(issuer), escaped(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        for (seconds, full) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(code(SECRET, step(at(seconds))), full[2..], "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_for_its_step_and_the_two_beside_it() {
        let typed = code(SECRET, 100);
        let found = |seconds| matching_step(SECRET, &typed, at(seconds));
        assert_eq!(found(99 * 30), Some(100));
        assert_eq!(found(101 * 30 + 29), Some(100));
        assert_eq!(found(98 * 30 + 29), None);
        assert_eq!(found(102 * 30), None);
        let spaced = format!(" {} {} ", &typed[..3], &typed[3..]);
        assert_eq!(matching_step(SECRET, &spaced, at(100 * 30)), Some(100));
        for wrong in ["", "12345", "0000000"] {
            assert_eq!(matching_step(SECRET, wrong, at(100 * 30)), None, "{wrong}");
        }
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn an_app_reads_site_account_and_secret() {
        assert_eq!(
            address("Met Lab Clinics", "sam@example.org", b"foobar"),
            "otpauth://totp/Met%20Lab%20Clinics:sam%40example.org?secret=MZXW6YTBOI&issuer=Met%20Lab%20Clinics"
        );
    }
}
