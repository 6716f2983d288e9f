//! The words of a pack that clients read, for measuring how hard they are. Names of services are left out: nobody can
//! choose a shorter one.

use std::collections::BTreeSet;

use crate::domain::reading::Reading;
use crate::domain::triage::{Kind, Pack, Question, Setting};

/// How hard the sentences of a pack are. The labels of answers are left out: each would count as a sentence of a word or
/// two, and so many of them would hide any hard sentence.
#[must_use]
pub fn reading(pack: &Pack) -> Reading {
    let labels: BTreeSet<&String> = pack
        .questions
        .iter()
        .flat_map(|question| &question.choices)
        .map(|choice| &choice.label)
        .collect();
    let words = words(pack);
    let sentences = words.iter().filter(|text| !labels.contains(text));
    Reading::of(sentences.map(String::as_str))
}

/// Every text of a pack that clients see, the signposts' uses included.
#[must_use]
pub fn words(pack: &Pack) -> Vec<String> {
    let mut words: Vec<String> = pack.questions.iter().flat_map(question).collect();
    words.extend(pack.rules.iter().map(|rule| rule.text.clone()));
    words.extend(
        pack.settings
            .0
            .values()
            .filter_map(|setting| match setting {
                Setting::Text(text) => Some(text.clone()),
                Setting::Flag(_) | Setting::Number(_) => None,
            }),
    );
    words.extend(pack.signposts.values().map(|one| one.why.clone()));
    words
        .into_iter()
        .map(|text| without_names(pack, &text))
        .collect()
}

fn question(question: &Question) -> Vec<String> {
    let mut words = vec![
        question.text.clone(),
        question.hint.clone(),
        question.why.clone(),
    ];
    for choice in &question.choices {
        // A figure on a scale is no text.
        if question.kind != Kind::Radio || choice.label.contains(char::is_alphabetic) {
            words.extend([choice.label.clone(), choice.hint.clone()]);
        }
    }
    words
}

/// A name becomes a short word, so that the sentence keeps its length.
fn without_names(pack: &Pack, text: &str) -> String {
    let mut text = text.replace("{limit}", "May");
    for signpost in pack.signposts.values() {
        // Only names as others gave them: "your GP" is ours to choose.
        if !signpost.telephone.is_empty() {
            text = text.replace(&signpost.name, "them");
        }
    }
    [
        "Civil Legal Advice",
        "Charity Commission",
        "Business Debtline",
        "National Debtline",
        "Samaritans",
        "Childline",
    ]
    .iter()
    .fold(text, |text, name| text.replace(name, "them"))
}
