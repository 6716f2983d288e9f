//! What went wrong, what to do now, and whom to ring. No blame, no jargon, no code on its own.

use super::document::{Head, public};
use super::words;
use crate::icons::{ARROW, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, Problem};
use leptos::prelude::*;

/// Any failure that a person sees, with the status the server gives it.
pub fn problem(frame: &Frame, model: &Problem) -> String {
    let head = || Head {
        neutral: true,
        ..Head::journey(words::problem(&model.code).0)
    };
    public(frame, head, || {
        let (title, text) = words::problem(&model.code);
        let telephone = super::footer::telephone(frame);
        let next = if model.next.is_empty() {
            "/".to_owned()
        } else {
            model.next.clone()
        };
        let link = if model.next.is_empty() {
            t("problem-home")
        } else {
            t("problem-next")
        };
        let request = (!model.request_id.is_empty())
            .then(|| view! { <p class="hint">{t_with("problem-request", &[("id", model.request_id.clone().into())])}</p> });
        view! {
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <p><a class="button main" href=next>{link} {icon(ARROW)}</a></p>
            <section class="rather">
                <h2>{t("problem-ring")}</h2>
                {telephone}
                {request}
            </section>
        }
    })
}
