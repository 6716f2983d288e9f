//! What staff see besides, on the public pages, while they type for a caller: whose form it is, how to end the call, and
//! what to say. The questions are read out in the same words that everybody else reads.

use crate::icons::{PHONE, icon};
use crate::text::{t, t_with};
use crate::view::{AnswerKind, Frame, Question};
use leptos::prelude::*;

/// Across the page, under the masthead; nothing where the client types.
pub fn banner(frame: &Frame) -> Option<AnyView> {
    let who = frame.call.clone()?;
    Some(
        view! {
            <aside class="on-the-phone" aria-label=t("phone-banner-label")>
                <p><strong>{icon(PHONE)} {t("phone-banner")}</strong></p>
                <p>{t_with("phone-banner-apart", &[("name", who.into())])}</p>
                <form method="post" action="/staff/phone/end">
                    <button class="button quiet" type="submit">{t("phone-end")}</button>
                </form>
            </aside>
        }
        .into_any(),
    )
}

/// What to tell the caller here, by its key; nothing where the client types.
pub fn tell(frame: &Frame, key: &str) -> Option<AnyView> {
    frame
        .call
        .as_ref()
        .map(|_| view! { <p class="to-say">{icon(PHONE)} <span>{t(key)}</span></p> }.into_any())
}

/// A question as it is read out: its words, its help, and its answers one after the other.
pub fn read_out(frame: &Frame, model: &Question) -> Option<AnyView> {
    frame.call.as_ref()?;
    let hint = (!model.hint.is_empty()).then(|| view! { <p>{model.hint.clone()}</p> });
    let several = model.kind == AnswerKind::Checks;
    let answers = (!model.choices.is_empty()).then(|| {
        let labels: Vec<String> = model
            .choices
            .iter()
            .map(|choice| choice.label.clone())
            .collect();
        let lead = if several {
            t("phone-read-answers-many")
        } else {
            t("phone-read-answers")
        };
        view! { <p>{lead} " " {labels.join(" / ")}</p> }
    });
    Some(
        view! {
            <section class="to-say" aria-labelledby="read-out">
                <h2 id="read-out">{icon(PHONE)} {t("phone-read")}</h2>
                <p><strong>{model.text.clone()}</strong></p>
                {hint} {answers}
            </section>
        }
        .into_any(),
    )
}
