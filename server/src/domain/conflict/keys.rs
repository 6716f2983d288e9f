//! What a name is looked up by. Each key is a short text that only means something to whoever has the name; the store
//! keeps a keyed hash of it and never the text.

use std::collections::BTreeSet;

use super::Name;
use super::sound::sound;

/// Letters of a beginning or an end that two spellings of one word are expected to share.
const EDGE: usize = 3;

/// The keys of a name: for each word its sound, its beginning, its end, its first and last letter, and its letters in order
/// of the alphabet. Two names that match share one at least.
#[must_use]
pub fn keys(name: &Name) -> BTreeSet<String> {
    let words = name.words().iter().map(String::as_str);
    words
        .chain((!name.is_empty()).then_some(name.joined()))
        .flat_map(of_word)
        .collect()
}

/// Whether the look-up by one word finds the other.
pub(super) fn meet(one: &str, other: &str) -> bool {
    let others = of_word(other);
    of_word(one).iter().any(|key| others.contains(key))
}

fn of_word(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut keys = vec![format!("sound/{}", sound(word))];
    if letters.len() >= EDGE {
        let start: String = letters[..EDGE].iter().collect();
        let end: String = letters[letters.len() - EDGE..].iter().collect();
        let outer = format!("outer/{}{}", letters[0], letters[letters.len() - 1]);
        keys.extend([format!("start/{start}"), format!("end/{end}"), outer]);
    }
    let mut sorted = letters;
    sorted.sort_unstable();
    keys.push(format!(
        "letters/{}",
        sorted.into_iter().collect::<String>()
    ));
    keys
}

/// The keys by which clinics that may not see each other's names are compared: the whole name as spelt, and the whole name
/// as it sounds. Nothing of a part of a name crosses over. Empty for a name of one word, which is no evidence.
#[must_use]
pub fn whole_keys(name: &Name) -> BTreeSet<String> {
    if name.words().len() < 2 {
        return BTreeSet::new();
    }
    let mut sounds: Vec<String> = name.words().iter().map(|word| sound(word)).collect();
    sounds.sort_unstable();
    BTreeSet::from([
        format!("whole/{}", name.sorted().join(" ")),
        format!("whole-sound/{}", sounds.join(" ")),
    ])
}
