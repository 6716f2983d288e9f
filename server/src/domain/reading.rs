//! How hard words are to read, by two public formulas.
//!
//! - Flesch–Kincaid grade: `0.39 * words / sentences + 11.8 * syllables / words - 15.59`; the school year (United States)
//!   that can read it. Grade 6 is age 11.
//! - SMOG: `1.0430 * sqrt(30 * long words / sentences) + 3.1291`, a long word being one of three syllables or more.
//!
//! Syllables are counted by rule, not looked up, so that a single word may be one out; over a page it evens out. It
//! measures the length of words and sentences and knows nothing of sense: test with real people too.

/// What the formulas are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Words that have a letter in them.
    pub words: u32,
    /// Sentences; a text that does not end in a full stop is one all the same.
    pub sentences: u32,
    /// Syllables of the words.
    pub syllables: u32,
    /// Words of three syllables or more.
    pub long_words: u32,
}

impl Reading {
    /// Measures texts, each of which starts a new sentence.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut total = Self::default();
        let sentences = texts
            .into_iter()
            .flat_map(|text| text.split(['.', '!', '?', '\n']));
        for sentence in sentences {
            let mut has_words = false;
            for word in words(sentence) {
                let syllables = syllables(&word);
                has_words = true;
                total.words += 1;
                total.syllables += syllables;
                total.long_words += u32::from(syllables >= 3);
            }
            total.sentences += u32::from(has_words);
        }
        total
    }

    /// The Flesch–Kincaid grade; 0 where there is nothing to read.
    #[must_use]
    pub fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let (words, sentences) = (f64::from(self.words), f64::from(self.sentences));
        0.39 * words / sentences + 11.8 * f64::from(self.syllables) / words - 15.59
    }

    /// The SMOG grade; 0 where there is nothing to read.
    #[must_use]
    pub fn smog(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        1.0430 * (30.0 * f64::from(self.long_words) / f64::from(self.sentences)).sqrt() + 3.1291
    }
}

/// Words in lower case, without marks; figures are not words.
fn words(sentence: &str) -> impl Iterator<Item = String> {
    let split = sentence.split(|letter: char| {
        !letter.is_alphanumeric() && letter != '\'' && letter != '’' && letter != '&'
    });
    split
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| word.contains(char::is_alphabetic))
}

/// Groups of vowels, less an `e` at the end that is not spoken; one at least.
fn syllables(word: &str) -> u32 {
    // "can't", "don't": one word; "it's" has no syllable more than "it".
    let word: String = word
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let is_vowel = |letter: char| "aeiouyàáâäèéêëìíîïòóôöùúûü".contains(letter);
    let mut groups = 0;
    let mut before = false;
    for letter in word.chars() {
        let vowel = is_vowel(letter);
        groups += u32::from(vowel && !before);
        before = vowel;
    }
    groups -= u32::from(groups > 1 && is_silent(&word));
    groups.max(1)
}

/// Whether the end of a word ("made", "makes", "called") is written and not spoken.
fn is_silent(word: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    (word.ends_with('e') && !ends(&["le", "ee", "ie", "oe", "ue", "ye"]))
        || (word.ends_with("es")
            && !ends(&[
                "ses", "ces", "zes", "xes", "ges", "ches", "shes", "ies", "oes", "ues",
            ]))
        || (word.ends_with("ed") && !ends(&["ted", "ded", "ied", "eed"]))
        || (word.ends_with("ale")
            || word.ends_with("ile")
            || word.ends_with("ole")
            || word.ends_with("ule"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in [
            ("help", 1),
            ("made", 1),
            ("called", 1),
            ("wanted", 2),
            ("people", 2),
            ("table", 2),
            ("advice", 2),
            ("clinic", 2),
            ("family", 3),
            ("somebody", 4),
            ("university", 5),
            ("home", 1),
            ("homes", 1),
            ("houses", 2),
            ("can't", 1),
            ("while", 1),
            ("agree", 2),
            ("adviser", 3),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn the_formulas_are_those_of_their_authors() {
        let text = Reading::of(["The cat sat on the mat. It was fat."]);
        assert_eq!(
            (text.words, text.sentences, text.syllables, text.long_words),
            (9, 2, 9, 0)
        );
        assert!((text.grade() - (0.39 * 4.5 + 11.8 - 15.59)).abs() < 1e-9);
        assert!((text.smog() - 3.1291).abs() < 1e-9);
        let hard = Reading::of(["Immediate communication with your representative is imperative."]);
        assert!(hard.grade() > 15.0 && hard.smog() > 12.0, "{hard:?}");
        assert!(Reading::of(["", "020 7946 0000"]).grade().abs() < 1e-9);
    }
}
