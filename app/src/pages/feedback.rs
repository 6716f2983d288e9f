//! How it was: one answer to pick and a box for words. Shows nothing of whose visit it was.

use super::document::{Head, public};
use super::fields::{Options, TextField, choice, error_of, error_summary};
use super::words::key;
use crate::icons::{ARROW, CHECK, icon};
use crate::text::t;
use crate::view::{Feedback, Frame};
use leptos::prelude::*;

/// Most characters of the words; the server's limit is the same.
pub const MOST_WORDS: usize = 1000;

/// The answers, best first.
pub const RATINGS: [&str; 5] = ["very_good", "good", "neither", "bad", "very_bad"];

/// `/feedback/{token}`
pub fn feedback(frame: &Frame, model: &Feedback) -> String {
    let title = if model.thanks {
        "feedback-thanks-title"
    } else {
        "feedback-title"
    };
    let head = || Head {
        neutral: true,
        errors: !model.errors.is_empty(),
        ..Head::journey(t(title))
    };
    public(frame, head, || {
        if model.thanks {
            return view! {
                <h1>{icon(CHECK)} {t(title)}</h1>
                <p class="lead">{t("feedback-thanks")}</p>
            }
            .into_any();
        }
        let rating = Options {
            name: "rating",
            legend: t("feedback-rating"),
            choices: RATINGS
                .into_iter()
                .map(|value| choice(value, t(&key("feedback-rating", value)), &model.rating))
                .collect(),
            error: error_of(&model.errors, "rating"),
            ..Options::default()
        };
        let words = TextField {
            name: "words",
            label: t("feedback-words"),
            hint: t("feedback-words-hint"),
            value: model.words.clone(),
            error: error_of(&model.errors, "words"),
            rows: 5,
            max_chars: MOST_WORDS,
            ..TextField::default()
        };
        view! {
            {error_summary(&model.errors)}
            <h1>{t(title)}</h1>
            <p class="lead">{t("feedback-lead")}</p>
            <form method="post" action=format!("/feedback/{}", model.token) novalidate>
                {rating.view()}
                {words.view()}
                <button class="button main" type="submit">{t("feedback-send")} {icon(ARROW)}</button>
            </form>
        }
        .into_any()
    })
}
