//! Links that are derived, not stored: `{id}.{version}.{HMAC-SHA256 of kind, id and version}`.
//!
//! The same link can be made again for every mail about an appointment, a leaked database reveals
//! none, and raising the version of the row revokes those that are out. Does not look anything up:
//! the caller compares the version with the row's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::key::SecretKey;

/// What a link opens. A link for one kind never opens another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `/appointments/{token}`
    Appointment,
    /// The page of a case that a person looks at first.
    Request,
    /// `/waiting/{token}`
    Waiting,
    /// `/feedback/{token}`
    Feedback,
}

impl LinkKind {
    /// Goes into the code: changing a word here revokes every link of that kind.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Appointment => b"appointment",
            Self::Request => b"request",
            Self::Waiting => b"waiting",
            Self::Feedback => b"feedback",
        }
    }
}

/// The token was not made by us for this kind of link, or was changed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the link is not one of ours")]
pub struct InvalidLink;

/// The token that opens `id` at `version`: about 70 URL-safe characters.
#[must_use]
pub fn link_token(key: &SecretKey, kind: LinkKind, id: Uuid, version: u32) -> String {
    let code = key.authenticate(&parts(kind, &id, &version.to_be_bytes()));
    format!(
        "{}.{version}.{}",
        URL_SAFE_NO_PAD.encode(id.as_bytes()),
        URL_SAFE_NO_PAD.encode(code)
    )
}

/// The id and the version that `token` was made for.
///
/// # Errors
/// [`InvalidLink`] for everything that [`link_token`] did not make, to the letter: there is exactly
/// one text for one link.
pub fn verify_link(
    key: &SecretKey,
    kind: LinkKind,
    token: &str,
) -> Result<(Uuid, u32), InvalidLink> {
    let mut fields = token.split('.');
    let (Some(id), Some(version), Some(code), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(InvalidLink);
    };
    let id = decode(id).and_then(|bytes| Uuid::from_slice(&bytes).map_err(|_| InvalidLink))?;
    let number: u32 = version.parse().map_err(|_| InvalidLink)?;
    // `+1` and `01` parse too; they are not what we wrote.
    if number.to_string() != version {
        return Err(InvalidLink);
    }
    let code = decode(code)?;
    if key.verifies(&parts(kind, &id, &number.to_be_bytes()), &code) {
        Ok((id, number))
    } else {
        Err(InvalidLink)
    }
}

fn parts<'a>(kind: LinkKind, id: &'a Uuid, version: &'a [u8; 4]) -> [&'a [u8]; 4] {
    [b"clinics/link/v1", kind.label(), id.as_bytes(), version]
}

fn decode(text: &str) -> Result<Vec<u8>, InvalidLink> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidLink)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_random([9; 32])
    }

    #[test]
    fn a_link_opens_what_it_was_made_for_and_is_the_same_every_time() {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef);
        let token = link_token(&key(), LinkKind::Appointment, id, 3);
        assert_eq!(token, link_token(&key(), LinkKind::Appointment, id, 3));
        assert_eq!(
            verify_link(&key(), LinkKind::Appointment, &token),
            Ok((id, 3))
        );
        assert!(
            token
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        );
    }

    #[test]
    fn a_link_does_not_open_another_kind_version_or_installation() {
        let id = Uuid::from_u128(5);
        let token = link_token(&key(), LinkKind::Appointment, id, 1);
        let other = SecretKey::from_random([8; 32]);
        assert!(verify_link(&key(), LinkKind::Request, &token).is_err());
        assert!(verify_link(&other, LinkKind::Appointment, &token).is_err());
        for forged in [
            token.replace(".1.", ".2."),
            token.replace(".1.", ".01."),
            token.replace(".1.", ".+1."),
            format!("{token}."),
            format!("{token}=="),
            String::new(),
            "..".into(),
        ] {
            assert_eq!(
                verify_link(&key(), LinkKind::Appointment, &forged),
                Err(InvalidLink),
                "{forged}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_forged_or_damaged_link_never_opens(at in 0_usize..68, to in "[A-Za-z0-9_.-]", version in 0_u32..20) {
            let token = link_token(&key(), LinkKind::Waiting, Uuid::from_u128(77), version);
            let mut damaged = token.clone();
            damaged.replace_range(at..=at, &to);
            let opened = verify_link(&key(), LinkKind::Waiting, &damaged);
            prop_assert_eq!(opened.is_ok(), damaged == token);
        }

        #[test]
        fn any_text_is_answered_without_a_panic(text in "\\PC*") {
            prop_assert_eq!(verify_link(&key(), LinkKind::Waiting, &text), Err(InvalidLink));
        }
    }
}
