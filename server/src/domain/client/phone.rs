//! A telephone number that can exist: UK numbers by the shape of the numbering plan, others by the
//! tables that the crate `phonenumber` carries.

use phonenumber::Mode;
use phonenumber::country::Id;
use serde::Serialize;

use super::Wrong;

/// Most characters typed: the longest number is 15 digits (ITU-T E.164), the rest is how people write.
pub const PHONE_MAX: usize = 40;

/// A telephone number.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Phone {
    e164: String,
    display: String,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(not shown)")
    }
}

impl Phone {
    /// Reads a number; without a country code it is a UK one.
    ///
    /// # Errors
    /// [`Wrong::TooLong`] or [`Wrong::InvalidPhone`].
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let typed: String = typed.trim().chars().map(ascii_digit).collect();
        if typed.chars().count() > PHONE_MAX {
            return Err(Wrong::TooLong(PHONE_MAX));
        }
        // Words are refused here: the crate would read letters as keys of a telephone.
        let looks_right = |c: char| c.is_ascii_digit() || c == '\u{a0}' || " +()-./–".contains(c);
        if !typed.chars().all(looks_right) {
            return Err(Wrong::InvalidPhone);
        }
        let number = phonenumber::parse(Some(Id::GB), typed).map_err(|_| Wrong::InvalidPhone)?;
        let british = number.code().value() == 44;
        let exists = if british {
            is_british(&number.national().to_string())
        } else {
            number.is_valid()
        };
        if !exists {
            return Err(Wrong::InvalidPhone);
        }
        let mode = if british {
            Mode::National
        } else {
            Mode::International
        };
        let phone = Self {
            e164: number.format().mode(Mode::E164).to_string(),
            display: number.format().mode(mode).to_string(),
        };
        if is_e164(&phone.e164) {
            Ok(phone)
        } else {
            Err(Wrong::InvalidPhone)
        }
    }

    /// As stored and dialled: `+442071234567`.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// As people read it: UK numbers in the national form, others with their country code.
    #[must_use]
    pub fn display(&self) -> &str {
        &self.display
    }
}

/// The same digit as 0 to 9, where a keyboard for Arabic, Persian or Urdu, Hindi, Bengali or full-width
/// text wrote it.
fn ascii_digit(c: char) -> char {
    let zeros = ['\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{FF10}'];
    let value = |zero: char| {
        u32::from(c)
            .checked_sub(u32::from(zero))
            .filter(|value| *value < 10)
    };
    zeros
        .into_iter()
        .find_map(value)
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(c)
}

/// Ten digits (nine in a few old areas) of a range that ordinary people have, from Ofcom's national
/// numbering plan. Wider than the crate's tables on purpose: those know only the blocks given out
/// when they were made, and would turn away a person with a new mobile. Numbers starting 09 are out:
/// they charge whoever calls back.
fn is_british(national: &str) -> bool {
    let old_area = national.len() == 9 && national.starts_with('1');
    (national.len() == 10 || old_area) && national.starts_with(['1', '2', '3', '5', '7', '8'])
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
