//! Staff passwords: hashed with Argon2id, compared in the same time whether or not the account
//! exists, never more than a few at once.
//!
//! Does not store anything, does not limit attempts (see `http::limits`), and does not draw the salt.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Fewest characters of a password (NIST SP 800-63B asks for 8 at least; one factor alone deserves more).
pub const SHORTEST: usize = 12;
/// Most characters of a password: far above what people choose, far below what costs us time.
pub const LONGEST: usize = 128;

/// So many characters are measured.
const MEASURED: usize = 64;

/// Memory in KiB, passes and lanes: the first choice of the OWASP Password Storage Cheat Sheet for Argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// A hash with the cost of [`COST`] that no password is known for. Verifying against it takes as long
/// as against a real one, so the time of an answer does not tell whether an account exists.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keS0wMA$\
                      AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Passwords that many people choose, one a line, lower case, without trailing digits and signs.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password could not be hashed or compared. Never says anything about the password.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The stored hash is not one that Argon2 can read, or hashing failed.
    #[error("password hashing failed: {0}")]
    Hash(String),
    /// The process is shutting down.
    #[error("password hashing was interrupted")]
    Interrupted,
}

/// Why a password is too weak. `code` names the words in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// More than [`LONGEST`] characters.
    #[error("too long")]
    TooLong,
    /// Many people use it, or it is one pattern repeated.
    #[error("too common")]
    TooCommon,
    /// It holds the account's email address or the person's name.
    #[error("too much like the name or the email address")]
    LikeYou,
}

impl Weak {
    /// The stable code, a key of the catalogue.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::TooCommon => "password_too_common",
            Self::LikeYou => "password_like_you",
        }
    }
}

/// Hashes and compares passwords off the async threads.
#[derive(Debug, Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
}

impl Passwords {
    /// At most `at_once` hashes at a time; each takes 19 MiB and some tens of milliseconds.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once.max(1))),
        }
    }

    /// The hash to store, as a PHC string. `salt` is 16 fresh random bytes.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String, PasswordError> {
        self.off_thread(move || hash_here(&password, salt)).await
    }

    /// Whether `password` is the one behind `stored`. With `None` (no such account, or none set) the
    /// answer is `false` after the same work.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, PasswordError> {
        self.off_thread(move || {
            let known = stored.is_some();
            let hash = stored.unwrap_or_else(|| NOBODY.to_owned());
            let same = compare(&password, &hash)?;
            Ok(known && same)
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.places)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Interrupted)?;
        tokio::task::spawn_blocking(move || {
            // The place is kept until the work is done, even if the request went away meanwhile.
            let _place = place;
            work()
        })
        .await
        .map_err(|_| PasswordError::Interrupted)?
    }
}

/// The hash to store, made on this very thread: for commands that have nothing else to do.
pub fn hash_here(password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
    argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn compare(password: &str, hash: &str) -> Result<bool, PasswordError> {
    use argon2::password_hash::Error;
    match argon2()?.verify_password(password.as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Hash(error.to_string())),
    }
}

/// Whether a new password is strong enough for the account of this email address and name.
pub fn check_strength(password: &str, email: &str, name: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::TooShort);
    }
    if length > LONGEST {
        return Err(Weak::TooLong);
    }
    let lower = password.to_lowercase();
    if is_like(&lower, email, name) {
        return Err(Weak::LikeYou);
    }
    if is_common(&lower) || is_guessable(password, &[email, name]) {
        return Err(Weak::TooCommon);
    }
    Ok(())
}

/// Whether a program that knows words, names, dates and keyboards would have it in
/// 10^8 guesses.
fn is_guessable(password: &str, own: &[&str]) -> bool {
    // The measure takes longer with each letter, and what comes after so many adds nothing.
    let start: String = password.chars().take(MEASURED).collect();
    zxcvbn::zxcvbn(&start, own).score() < zxcvbn::Score::Three
}

fn is_like(password: &str, email: &str, name: &str) -> bool {
    let (email, name) = (email.to_lowercase(), name.to_lowercase());
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let joined: String = name.split_whitespace().collect();
    // Three letters or fewer turn up in good passwords by chance.
    [email, local, name, joined]
        .iter()
        .any(|own| own.chars().count() > 3 && password.contains(own.as_str()))
}

fn is_common(password: &str) -> bool {
    let stem = password.trim_end_matches(|c: char| !c.is_alphabetic());
    let listed = |word: &str| COMMON.lines().any(|line| line == word);
    stem.is_empty() || listed(stem) || listed(password) || is_pattern(password)
}

/// One short piece over and over ("abcabcabcabc"), or a run of neighbours ("abcdefghijkl").
fn is_pattern(password: &str) -> bool {
    let chars: Vec<char> = password.chars().collect();
    let repeats = |period: usize| {
        chars
            .iter()
            .zip(chars.iter().skip(period))
            .all(|(a, b)| a == b)
    };
    let run = |step: i64| {
        chars
            .windows(2)
            .all(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == step)
    };
    (1..=4).any(repeats) || run(1) || run(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_verified_against_its_argon2id_hash() {
        let passwords = Passwords::new(2);
        let hash = passwords
            .hash("a long walk by the canal".into(), [1; 16])
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let verify = |typed: &str| passwords.verify(typed.into(), Some(hash.clone()));
        assert!(verify("a long walk by the canal").await.unwrap());
        assert!(!verify("a long walk by the canaL").await.unwrap());
        assert!(!verify("").await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_work_and_is_never_let_in() {
        // The stand-in must be readable and of the same cost, or the comparison would be skipped.
        let (memory, passes, lanes) = COST;
        assert!(NOBODY.contains(&format!("m={memory},t={passes},p={lanes}$")));
        assert!(!compare("anything", NOBODY).unwrap());
        assert!(
            !Passwords::new(1)
                .verify("anything".into(), None)
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_damaged_hash_is_an_error_and_not_a_wrong_password() {
        let outcome = Passwords::new(1)
            .verify("x".into(), Some("plain".into()))
            .await;
        assert!(matches!(outcome, Err(PasswordError::Hash(_))));
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        let check =
            |password: &str| check_strength(password, "sam.sample@example.org", "Sam Sample");
        assert_eq!(check("kettle moss"), Err(Weak::TooShort));
        assert_eq!(check(&"kettle moss ".repeat(11)), Err(Weak::TooLong));
        assert_eq!(check("Sam.Sample-2026!"), Err(Weak::LikeYou));
        assert_eq!(check("my name is sam sample"), Err(Weak::LikeYou));
        for common in [
            "Password12345",
            "123456789012",
            "qwertyuiop123!",
            "abcabcabcabc",
            "abcdefghijkl",
            "september2026",
        ] {
            assert_eq!(check(common), Err(Weak::TooCommon), "{common}");
        }
        assert_eq!(check("kettle moss lantern"), Ok(()));
    }
}
