//! One line of text that is safe to show, mail and store.

use super::Wrong;

/// Trimmed, without control characters, with single spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line(String);

impl Line {
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Reads one line of at most `max` characters.
///
/// Line breaks and other control characters are an error rather than removed: they are how a header
/// is smuggled into a mail. Characters that turn the direction of the text after them are removed,
/// because they come along with pasted text and nobody can see them; the joiners that Persian and
/// Indic scripts need stay.
pub(super) fn line(typed: &str, max: usize) -> Result<Line, Wrong> {
    let kept: String = typed
        .trim()
        .chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    if kept
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
    {
        return Err(Wrong::ControlCharacters);
    }
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > max {
        Err(Wrong::TooLong(max))
    } else {
        Ok(Line(line))
    }
}

/// The directional formatting characters of UAX #9, and the byte order mark.
pub(super) fn turns_direction(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}
