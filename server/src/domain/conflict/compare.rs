//! Whether two names may be one, how sure that is, and why, in a word the catalogue explains.

use serde::{Deserialize, Serialize};

use super::Name;
use super::keys::meet;
use super::sound::sound;

/// Why two names may be one; the weakest link between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same words in the same order.
    Same,
    /// The same words in another order.
    OtherOrder,
    /// The same letters with other spaces.
    OtherSpaces,
    /// Nearly the same letters.
    SpeltAlike,
    /// Different letters that sound the same.
    SoundsAlike,
    /// An initial stands for a name.
    Initials,
    /// One name is a part of the other.
    PartOfName,
}

impl Reason {
    /// Every reason, the surest first.
    pub const ALL: [Self; 7] = [
        Self::Same,
        Self::OtherOrder,
        Self::OtherSpaces,
        Self::SpeltAlike,
        Self::SoundsAlike,
        Self::Initials,
        Self::PartOfName,
    ];

    /// The stable name: the end of the catalogue's key.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OtherOrder => "other_order",
            Self::OtherSpaces => "other_spaces",
            Self::SpeltAlike => "spelt_alike",
            Self::SoundsAlike => "sounds_alike",
            Self::Initials => "initials",
            Self::PartOfName => "part_of_name",
        }
    }
}

/// A suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// 1 to 100. Orders suggestions and means nothing else.
    pub score: u8,
    /// Why.
    pub reason: Reason,
}

/// Spellings nearer than this (Jaro–Winkler) may be slips of one another. [design]
const NEAR: f64 = 0.88;
/// Words that sound the same must be at least this near in spelling. [design]
const SOUND_NEAR: f64 = 0.6;
/// Shorter words have too many neighbours to guess at slips.
const SHORTEST_SLIP: usize = 4;

/// Whether `a` and `b` may be one. The same both ways round.
#[must_use]
pub fn compare(a: &Name, b: &Name) -> Option<Match> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let found = |score, reason| Some(Match { score, reason });
    if a.words() == b.words() {
        return found(100, Reason::Same);
    }
    if a.sorted() == b.sorted() {
        return found(98, Reason::OtherOrder);
    }
    if a.joined() == b.joined() {
        return found(95, Reason::OtherSpaces);
    }
    by_words(a, b)
}

/// Each word of the shorter name has to find one of the longer.
fn by_words(a: &Name, b: &Name) -> Option<Match> {
    let pairs = pair_up(a.words(), b.words());
    let (short, long) = (
        a.words().len().min(b.words().len()),
        a.words().len().max(b.words().len()),
    );
    if pairs.len() < short || !enough(short, long, &pairs) {
        return None;
    }
    let left_over = long - short;
    let mean = pairs.iter().map(|link| u32::from(link.score)).sum::<u32>()
        / u32::try_from(pairs.len()).unwrap_or(1);
    let lost = u32::try_from(left_over * 8).unwrap_or(40).min(40);
    // One word alone says little.
    let alone = if short == 1 && long > 1 { 15 } else { 0 };
    let score = mean.saturating_sub(lost + alone).max(1);
    let links = pairs.iter().filter_map(|link| link.reason).max();
    let part = (left_over > 0).then_some(Reason::PartOfName);
    Some(Match {
        score: u8::try_from(score).unwrap_or(100),
        reason: links.max(part).unwrap_or(Reason::OtherOrder),
    })
}

/// Whether so many words are evidence: one word of a longer name must be the same or sound the same and be more than an
/// initial; of two or more, one at least must be more than an initial.
fn enough(short: usize, long: usize, pairs: &[Link]) -> bool {
    let firm = |link: &&Link| link.reason != Some(Reason::Initials);
    if short == 1 && long > 1 {
        return pairs.iter().all(|link| {
            matches!(link.reason, None | Some(Reason::SoundsAlike)) && link.length >= 3
        });
    }
    pairs.iter().any(|link| firm(&link))
}

/// What links two words. `reason` is `None` for the same word.
struct Link {
    score: u8,
    reason: Option<Reason>,
    length: usize,
}

/// The best links first, each word used once. Ties go by the letters, so that it does not matter which name comes first.
fn pair_up(a: &[String], b: &[String]) -> Vec<Link> {
    let mut all: Vec<(Link, usize, usize)> = Vec::new();
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            all.extend(link(one, other).map(|link| (link, i, j)));
        }
    }
    let letters = |i: usize, j: usize| {
        let (one, other) = (&a[i], &b[j]);
        (one.min(other).clone(), one.max(other).clone())
    };
    all.sort_by_key(|(link, i, j)| (std::cmp::Reverse(link.score), letters(*i, *j)));
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut chosen = Vec::new();
    for (link, i, j) in all {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            chosen.push(link);
        }
    }
    chosen
}

fn link(one: &str, other: &str) -> Option<Link> {
    let length = one.chars().count().min(other.chars().count());
    let link = |score, reason| {
        Some(Link {
            score,
            reason,
            length,
        })
    };
    if one == other {
        return link(100, None);
    }
    if length == 1 {
        let initial = one.chars().next() == other.chars().next();
        return initial.then(|| link(70, Some(Reason::Initials))).flatten();
    }
    // The crate's measure depends on the order of its arguments where transpositions are counted: take it both ways.
    let near = strsim::jaro_winkler(one, other).min(strsim::jaro_winkler(other, one));
    let slip = near >= NEAR || strsim::osa_distance(one, other) == 1;
    // What the look-up would not find is not promised here either.
    if length >= SHORTEST_SLIP && slip && meet(one, other) {
        return link(90, Some(Reason::SpeltAlike));
    }
    if near >= SOUND_NEAR && sound(one) == sound(other) {
        return link(85, Some(Reason::SoundsAlike));
    }
    None
}
