//! The university, its students' union and its people as the other side: nobody in the clinic is free to judge that but
//! the clinic's lead (`domain` 7.2 (e)).

use super::Name;

/// Letters that name the university, however they are spaced.
const LETTERS: &str = "londonmet";

/// Words, in this order and next to each other, that name the university however it is called.
const NAMES: [&[&str]; 5] = [&["lmu"], &["lmsu"], &["lmusu"], &["metsu"], &["met", "lab"]];

/// Words that stand for the university when nothing else is said.
const ALONE: [&str; 6] = ["university", "uni", "students", "union", "student", "su"];

/// Whether the other side is, or may be, the university, its students' union or somebody there.
#[must_use]
pub fn is_the_university(text: &str) -> bool {
    // "My uni", "your students' union": whose is plain.
    let name = Name::read(text);
    let words: Vec<&str> = name.words().iter().map(String::as_str).collect();
    let named = NAMES
        .iter()
        .any(|known| words.windows(known.len()).any(|part| part == *known));
    let alone = words
        .iter()
        .all(|word| ALONE.contains(word) || matches!(*word, "my" | "your" | "our" | "this"))
        && words.iter().any(|word| ALONE.contains(word));
    named || alone || name.joined().contains(LETTERS)
}
