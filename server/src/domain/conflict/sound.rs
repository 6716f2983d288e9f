//! How a name sounds, roughly, whoever wrote it down: one code for the spellings that names get when they come from
//! another alphabet or from hearsay (Mohammed and Muhammad, Youssef and Yusuf, Sergei and Sergey, Catherine and Kathryn).
//!
//! Ours and not double metaphone, which is made for English surnames and parts the very transliterations that matter
//! here. Says nothing by itself: [`super::compare`](super::compare()) also asks that the spellings are near.

/// Groups of letters that stand for one sound; the longest first.
const GROUPS: [(&str, &str); 21] = [
    ("tsch", "x"),
    ("tch", "x"),
    ("sch", "s"),
    ("dzh", "j"),
    ("sh", "s"),
    ("ch", "x"),
    ("cz", "x"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("ks", "k"),
    ("sz", "s"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("wr", "r"),
];

/// Irish: "bh" within a word is a v (Siobhán and Shivaun). At the start it is Indian and a b (Bhatt).
fn irish(text: &str) -> String {
    match text.char_indices().nth(1) {
        Some((second, _)) => format!("{}{}", &text[..second], text[second..].replace("bh", "v")),
        None => text.to_owned(),
    }
}

/// The code of one word: its consonants by sound, with a mark for a vowel at the start. Never empty for a word that has
/// a letter or figure.
#[must_use]
pub fn sound(word: &str) -> String {
    if !word.is_ascii() {
        // Another alphabet: as written.
        return word.to_owned();
    }
    // A doubled letter sounds once.
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    let text: String = letters.into_iter().collect();
    let letters = grouped(initials(&irish(&text)));
    let mut code = String::new();
    for (place, letter) in letters.chars().enumerate() {
        match (letter, place) {
            ('a' | 'e' | 'i' | 'o' | 'u', 0) => code.push('a'),
            // Between consonants these are vowels or silent.
            ('a' | 'e' | 'i' | 'o' | 'u', _) | ('y' | 'w' | 'h', 1..) => {}
            (other, _) => code.push(one(other)),
        }
    }
    if code.is_empty() {
        word.to_owned()
    } else {
        code
    }
}

fn one(letter: char) -> char {
    match letter {
        'c' | 'q' => 'k',
        'd' => 't',
        'v' => 'f',
        'z' => 's',
        other => other,
    }
}

/// Sounds that only some write at the start: Yevgeny and Evgeny, Knight and Night.
fn initials(text: &str) -> &str {
    let silent = ["ye", "yi", "kn", "ts", "gn"];
    if silent.iter().any(|start| text.starts_with(start)) {
        &text[1..]
    } else {
        text
    }
}

fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((from, to)) = GROUPS.iter().find(|(from, _)| rest.starts_with(from)) {
            out.push_str(to);
            rest = &rest[from.len()..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}
