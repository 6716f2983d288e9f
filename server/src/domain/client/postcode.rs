//! The first part of a UK postcode (the outward code): enough to tell the council, too little to tell
//! the street. A whole postcode is cut, so that the rest is never stored.
//!
//! Formats and letters: British Standard BS 7666, as printed in the Royal Mail's "Programmers' guide".
//! Whether the code is in use is not checked.

use serde::Serialize;

use super::Wrong;

/// Most characters typed before it is certainly not a postcode.
const TYPED_MAX: usize = 20;

/// An outward code in capitals, such as `N7`, `SW1A` or `EC1V`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PostcodeArea(String);

impl PostcodeArea {
    /// Reads an outward code, with or without what follows it.
    ///
    /// # Errors
    /// [`Wrong::InvalidPostcode`].
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        if typed.chars().count() > TYPED_MAX {
            return Err(Wrong::InvalidPostcode);
        }
        let typed = typed.trim().to_ascii_uppercase();
        let joined: String = typed.split_whitespace().collect();
        let candidates = [
            Some(joined.as_str()),
            joined
                .len()
                .checked_sub(3)
                .and_then(|at| joined.split_at_checked(at))
                .and_then(|(outward, inward)| is_inward(inward).then_some(outward)),
            // "N7 6": the sector, as some letters print it.
            typed.rsplit_once(' ').and_then(|(outward, sector)| {
                (sector.len() == 1 && sector.starts_with(|c: char| c.is_ascii_digit()))
                    .then_some(outward.trim_end())
            }),
        ];
        // The sector first: "E1 7" joined would read as E17, which is somewhere else.
        candidates
            .into_iter()
            .rev()
            .flatten()
            .find(|outward| is_outward(outward))
            .map(|outward| Self(outward.to_owned()))
            .ok_or(Wrong::InvalidPostcode)
    }

    /// The outward code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_outward(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        })
        .collect();
    let at = |i: usize| text.chars().nth(i).unwrap_or('A');
    let first = !"QVX".contains(at(0));
    let second = !shape.starts_with("AA") || !"IJZ".contains(at(1));
    let last = match shape.as_str() {
        "A9" | "A99" | "AA9" | "AA99" => true,
        "A9A" => "ABCDEFGHJKPSTUW".contains(at(2)),
        "AA9A" => "ABEHMNPRVWXY".contains(at(3)),
        _ => false,
    };
    first && second && last
}

fn is_inward(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.all(|c| c.is_ascii_uppercase() && !"CIKMOV".contains(c))
}
