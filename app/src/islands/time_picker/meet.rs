//! How to meet at the chosen start. A way that the start does not have is taken out of the page, so
//! that it can be neither reached nor sent; it keeps its mark for when it comes back.

use super::ways_to_ask;
use crate::islands::browser::{all, attribute, element, first};
use leptos::web_sys::Element;

/// The question and its choices, as the pages seen so far had them.
#[derive(Default)]
pub struct Meet {
    question: Option<Element>,
    /// A way to meet and its choice.
    choices: Vec<(String, Element)>,
}

impl Meet {
    /// Keeps what the form of a page of times has that was not seen before.
    pub fn learn(&mut self, form: &Element) {
        if self.question.is_none() {
            self.question = first(form, ".meet");
        }
        for choice in all(form, ".meet .pill") {
            let way = first(&choice, "input").map(|input| attribute(&input, "value"));
            if let Some(way) = way
                && !self.choices.iter().any(|(known, _)| *known == way)
            {
                self.choices.push((way, choice));
            }
        }
    }

    /// Asks what there is to ask in `form`. Where the list is filtered by a `mode`, that is the
    /// answer, and is sent without asking.
    pub fn draw(&self, form: &Element, mode: &str) {
        if let Some(old) = first(form, "[type=hidden][name=mode]") {
            old.remove();
        }
        if !mode.is_empty() {
            let sent = element("input", "").filter(|input| {
                [("type", "hidden"), ("name", "mode"), ("value", mode)]
                    .iter()
                    .all(|(name, value)| input.set_attribute(name, value).is_ok())
            });
            if let Some(sent) = sent {
                let _ = form.append_child(&sent);
            }
        }
        let Some(question) = &self.question else {
            return;
        };
        let ways = if mode.is_empty() {
            asked(form)
        } else {
            Vec::new()
        };
        if ways.len() < 2 {
            question.remove();
            return;
        }
        if let Some(pills) = first(question, ".pills") {
            pills.set_text_content(None);
            for way in ways {
                if let Some((_, choice)) = self.choices.iter().find(|(known, _)| known == way) {
                    let _ = pills.append_child(choice);
                }
            }
        }
        if !form.contains(Some(question))
            && let Some(button) = first(form, "button")
        {
            let _ = button.before_with_node_1(question);
        }
    }
}

fn asked(form: &Element) -> Vec<&'static str> {
    let ways = |slot: &Element| attribute(slot, "data-modes");
    let starts: Vec<String> = all(form, ".slot:not([hidden])").iter().map(ways).collect();
    let chosen = first(form, ".slot:not([hidden]) :checked")
        .and_then(|input| input.closest(".slot").ok()?)
        .map(|slot| ways(&slot));
    ways_to_ask(&starts, chosen.as_deref())
}
