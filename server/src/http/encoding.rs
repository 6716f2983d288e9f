//! Which of the forms we hold a browser would rather have, by its `Accept-Encoding` (RFC 9110,
//! section 12.5.3). It never refuses: a browser that forbids every form gets the plain one.

use axum::http::HeaderValue;

/// A form that a file is held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
    /// Not compressed.
    Identity,
}

impl Encoding {
    /// As in the headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The form to send: of those `offered`, best first, the one with the highest weight; of equals,
/// the first.
pub fn preferred<'a>(
    accepted: impl IntoIterator<Item = &'a HeaderValue>,
    offered: impl IntoIterator<Item = Encoding>,
) -> Encoding {
    let wishes: Vec<(&str, u16)> = accepted
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(wish)
        .collect();
    let mut best = (Encoding::Identity, 0);
    for encoding in offered {
        let weight = weight(encoding, &wishes);
        if weight > best.1 {
            best = (encoding, weight);
        }
    }
    best.0
}

/// One wish, such as `gzip;q=0.8`, with its weight in thousandths.
fn wish(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let given = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some((name, given.map_or(Some(1000), thousandths)?))
}

/// `0.8` as 800; nothing for what is not a weight.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

fn weight(encoding: Encoding, wishes: &[(&str, u16)]) -> u16 {
    let named = |name: &str| {
        wishes
            .iter()
            .find(|(wish, _)| wish.eq_ignore_ascii_case(name))
    };
    let unnamed = match encoding {
        // Allowed unless it is forbidden, and the last choice.
        Encoding::Identity => 1,
        Encoding::Brotli | Encoding::Gzip => 0,
    };
    let wish = named(encoding.name()).or_else(|| named("*"));
    wish.map_or(unnamed, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity];

    fn choose(accepted: &str) -> Encoding {
        let value = HeaderValue::from_str(accepted).unwrap();
        preferred([&value], ALL)
    }

    #[test]
    fn the_form_with_the_highest_weight_is_sent_and_brotli_of_equals() {
        use Encoding::{Brotli, Gzip, Identity};
        let cases = [
            ("gzip, deflate, br, zstd", Brotli),
            ("gzip, br", Brotli),
            ("gzip", Gzip),
            ("GZIP", Gzip),
            ("br;q=0.5, gzip;q=0.8", Gzip),
            ("br;q=0.500 , gzip;q=0.5", Brotli),
            ("br;q=0, gzip", Gzip),
            ("br;q=0, gzip;q=0", Identity),
            ("*", Brotli),
            ("*;q=0.1, gzip", Gzip),
            ("br;q=0, *", Gzip),
            ("identity", Identity),
            ("identity, br;q=0.2", Identity),
            ("identity;q=0, *;q=0", Identity),
            ("", Identity),
            ("zstd", Identity),
            (";;;,=,q=", Identity),
            ("br;q=nonsense, gzip;q=2", Identity),
        ];
        for (accepted, expected) in cases {
            assert_eq!(choose(accepted), expected, "{accepted:?}");
        }
    }

    #[test]
    fn without_the_header_the_plain_form_is_sent() {
        assert_eq!(preferred([], ALL), Encoding::Identity);
    }

    #[test]
    fn a_form_that_is_not_held_is_never_chosen() {
        let value = HeaderValue::from_static("br, gzip");
        assert_eq!(
            preferred([&value], [Encoding::Identity]),
            Encoding::Identity
        );
    }
}
