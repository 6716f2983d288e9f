//! Who a mail goes to.
//!
//! Promises: a client who did not say that mail is safe cannot be made into a recipient, so no
//! kind of mail has to remember to ask. A name that carries anything but a name is left out.

/// Longest first name that is used in a greeting, in characters.
const LONGEST_NAME: usize = 40;

/// One person, one address.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    pub(super) address: String,
    /// Empty where there is none that can be used.
    pub(super) first_name: String,
    pub(super) lang: String,
}

impl Recipient {
    /// A client, or `None` if they did not say that it is safe to send them mail.
    #[must_use]
    pub fn client(
        address: &str,
        first_name: &str,
        lang: &str,
        safe_to_email: bool,
    ) -> Option<Self> {
        safe_to_email.then(|| Self::new(address, first_name, lang))
    }

    /// A member of staff, at their work address.
    #[must_use]
    pub fn staff(address: &str, first_name: &str) -> Self {
        Self::new(address, first_name, "en")
    }

    fn new(address: &str, first_name: &str, lang: &str) -> Self {
        Self {
            address: address.trim().to_owned(),
            first_name: name_to_greet(first_name),
            lang: lang.to_owned(),
        }
    }
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recipient(..)")
    }
}

/// The first name as it may be shown, or nothing. Anybody can book with somebody else's address,
/// and what they typed as a name would reach that person: so no digits, no web addresses, no
/// sentences.
fn name_to_greet(first_name: &str) -> String {
    let name = first_name.trim().trim_end_matches('.');
    let harmless = name.chars().count() <= LONGEST_NAME
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(may_stand_in_a_name);
    if harmless {
        name.to_owned()
    } else {
        String::new()
    }
}

fn may_stand_in_a_name(letter: char) -> bool {
    // Full stops of other scripts, which some mail programs read as dots of a web address.
    const OTHER_STOPS: [char; 3] = ['\u{3002}', '\u{ff0e}', '\u{ff61}'];
    // Marks that turn the direction of the text round them.
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if letter.is_ascii() {
        letter.is_ascii_alphabetic() || matches!(letter, ' ' | '-' | '\'')
    } else {
        !letter.is_control() && !turns && !OTHER_STOPS.contains(&letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_safe_to_email_makes_no_recipient() {
        assert!(Recipient::client("amina@example.org", "Amina", "en", false).is_none());
        assert!(Recipient::client("amina@example.org", "Amina", "en", true).is_some());
    }

    #[test]
    fn a_name_that_carries_more_than_a_name_is_not_greeted() {
        for name in [
            "Amina",
            "Zoë",
            "Mary-Jane",
            "O'Neill",
            "أمينة",
            "佳子",
            "अनिता",
            "Ng\u{1ee9}",
        ] {
            assert_eq!(name_to_greet(name), name);
        }
        assert_eq!(name_to_greet(" J. "), "J");
        for trick in [
            "win.example.com",
            "http://x",
            "Call0900123",
            "x\r\nBcc: y@example.org",
            "a@b",
            "evil\u{3002}com",
            "\u{202e}olleh",
            "",
            "--",
            &"a".repeat(41),
        ] {
            assert_eq!(name_to_greet(trick), "", "{trick:?}");
        }
    }

    #[test]
    fn a_recipient_printed_into_a_log_shows_nobody() {
        let amina = Recipient::client("amina@example.org", "Amina", "en", true);
        assert_eq!(format!("{amina:?}"), "Some(Recipient(..))");
    }
}
