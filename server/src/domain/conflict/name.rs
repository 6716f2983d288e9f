//! A name made comparable: case, accents, punctuation, spacing, titles, company suffixes and "the" taken away; Cyrillic
//! written in Latin letters, as passports do it. Other scripts stay as they are and match only themselves: see
//! [`Name::in_another_script`].

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Forms of address; they come and go with whoever fills in a form.
const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "master",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "revd",
    "reverend",
    "judge",
    "cllr",
    "councillor",
    "hon",
    "madam",
];

/// What a business is, legally; left off as often as not.
const SUFFIXES: [&str; 15] = [
    "ltd",
    "limited",
    "plc",
    "llp",
    "lp",
    "inc",
    "incorporated",
    "co",
    "company",
    "corp",
    "cic",
    "cio",
    "llc",
    "gmbh",
    "uk",
];

/// Small words of titles and of organisations.
const SMALL: [&str; 4] = ["the", "and", "of", "t/a"];

/// Words between names that are written, joined or left out as it comes (al-Hassan, bin Said, de Souza, O'Neill).
const PARTICLES: [&str; 22] = [
    "al", "el", "ul", "ur", "bin", "ibn", "bint", "ben", "abu", "de", "da", "do", "dos", "del",
    "della", "di", "du", "la", "le", "van", "von", "der",
];

/// Longest list of words that is looked at. Longer texts are no names.
const MOST_WORDS: usize = 12;

/// A name, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The words that count, in the order given.
    words: Vec<String>,
    /// All letters without a space, particles included: "de Souza" and "Desouza" are the same.
    joined: String,
}

impl Name {
    /// Reads a name as somebody typed it. A text without a letter or figure gives a name that matches nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let all = council(words(text));
        let plain = without(&all, &[&SMALL[..], &TITLES, &SUFFIXES]);
        let words = without(&plain, &[&PARTICLES[..]]);
        Self {
            joined: plain.concat(),
            words,
        }
    }

    /// The words that count, in the order given.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The letters without spaces.
    #[must_use]
    pub fn joined(&self) -> &str {
        &self.joined
    }

    /// Whether it has letters that nothing here writes in Latin ones (Arabic, Chinese, Greek, …): it matches no name in
    /// Latin letters, and whoever checks has to be told.
    #[must_use]
    pub fn in_another_script(&self) -> bool {
        self.joined.chars().any(|letter| {
            letter.is_alphabetic()
                && !letter.is_ascii()
                && !('\u{c0}'..='\u{24f}').contains(&letter)
        })
    }

    /// Whether there is nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words in alphabetical order.
    #[must_use]
    pub fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }
}

/// Lower case, without accents; an apostrophe joins, every other mark parts.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .filter(|letter| {
            !matches!(
                letter,
                '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{2bc}' | '.'
            )
        })
        .flat_map(char::to_lowercase)
        .flat_map(|letter| {
            plain_letter(letter)
                .chars()
                .chain(other(letter))
                .collect::<Vec<_>>()
        })
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    plain
        .split_whitespace()
        .take(MOST_WORDS)
        .map(respelt)
        .collect()
}

/// Older spellings of Chinese names: Hsu is Xu, Hsiao is Xiao. No other word starts with these letters.
fn respelt(word: &str) -> String {
    match word.strip_prefix("hs") {
        Some(rest) => format!("x{rest}"),
        None => word.to_owned(),
    }
}

/// Letters that carry no separate accent but are written with plain ones in English.
fn plain_letter(letter: char) -> &'static str {
    match letter {
        'ø' => "o",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ə' => "a",
        other => cyrillic(other),
    }
}

/// Cyrillic, as Russian, Ukrainian, Bulgarian and Serbian passports write it. What carries a mark (й, ё, ї, ў) has lost it
/// by now and comes as the letter below the mark. Empty for every other letter.
fn cyrillic(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ј' => "j",
        'к' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'џ' => "dzh",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

fn other(letter: char) -> Option<char> {
    // Hard and soft signs are not heard and leave nothing behind.
    let silent = matches!(letter, 'ъ' | 'ь');
    (!silent && plain_letter(letter).is_empty()).then_some(letter)
}

/// A council is a council: "London Borough of Islington", "Islington Borough Council", "Islington Council".
fn council(words: Vec<String>) -> Vec<String> {
    if !words
        .iter()
        .any(|word| word == "council" || word == "borough")
    {
        return words;
    }
    let empty = ["london", "borough", "council", "of", "city", "county", "lb"];
    let place = without(&words, &[&empty[..]]);
    if place == words {
        return words;
    }
    place.into_iter().chain(["council".to_owned()]).collect()
}

/// The words without those of the lists, unless nothing would be left.
fn without(words: &[String], lists: &[&[&str]]) -> Vec<String> {
    let kept: Vec<String> = words
        .iter()
        .filter(|word| !lists.iter().any(|list| list.contains(&word.as_str())))
        .cloned()
        .collect();
    if kept.is_empty() {
        words.to_vec()
    } else {
        kept
    }
}
