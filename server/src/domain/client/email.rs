//! An email address that mail can reach: RFC 5321 section 4.1.2 without the parts nobody uses
//! (quoted names, comments, address literals).

use serde::Serialize;

use super::Wrong;

/// Most characters of a whole address (RFC 5321 section 4.5.3.1.3, less the angle brackets).
pub const EMAIL_MAX: usize = 254;
/// Most characters before the `@` (RFC 5321 section 4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// Most characters of one part of a domain (RFC 1035 section 2.3.4).
const LABEL_MAX: usize = 63;

/// An email address: one `@`, ASCII throughout (an international domain is kept as `xn--…`), the
/// domain in lower case. Nothing in it can end a header.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(not shown)")
    }
}

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Wrong::TooLong`] or [`Wrong::InvalidEmail`].
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let typed = typed.trim();
        if typed.chars().count() > EMAIL_MAX {
            return Err(Wrong::TooLong(EMAIL_MAX));
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(Wrong::InvalidEmail)?;
        let domain = ascii_domain(domain).ok_or(Wrong::InvalidEmail)?;
        let address = format!("{local}@{domain}");
        if is_local(local) && address.len() <= EMAIL_MAX {
            Ok(Self(address))
        } else {
            Err(Wrong::InvalidEmail)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in lower case, to tell whether two people typed the same one. Never to mail to:
    /// what stands before the `@` may be case-sensitive.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Dot-atom of RFC 5322 section 3.2.3, ASCII: addresses beyond it need every server on the way to
/// speak SMTPUTF8, and a confirmation that may not arrive is worse than a telephone call.
fn is_local(local: &str) -> bool {
    local.len() <= LOCAL_MAX
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
        })
}

fn ascii_domain(domain: &str) -> Option<String> {
    // Host parsing would decode `%40` and drop soft hyphens; a domain that needs either is a trick.
    if domain.contains(['%', '[', ']', ':', '/', '\\']) {
        return None;
    }
    let url::Host::Domain(ascii) = url::Host::parse(domain).ok()? else {
        return None;
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    let top = labels.last()?;
    let right = labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && !top.chars().all(|c| c.is_ascii_digit());
    right.then_some(ascii)
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_MAX).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}
