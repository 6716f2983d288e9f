//! Check your answers: everything that will be sent, each line with a way to change it, and one
//! button that sends it. The digest tells the server whether what it holds is what was shown.

use super::document::{Head, public};
use super::parts;
use crate::icons::{ALERT, icon};
use crate::text::t;
use crate::view::{Check, Frame};
use leptos::prelude::*;

/// `/clinics/{clinic}/check`
pub fn check(frame: &Frame, model: &Check) -> String {
    let head = || Head {
        island: model.held.is_some(),
        ..Head::journey(t("check-title"))
    };
    public(frame, head, || {
        let hold = model
            .held
            .as_ref()
            .map(|held| parts::hold(&model.clinic.id, held));
        let card = model.held.as_ref().map(parts::appointment);
        let warning = (!model.warning.is_empty()).then(|| {
            view! {
                <p class="notice" role="alert">{icon(ALERT)} {model.warning.clone()}</p>
            }
        });
        view! {
            {parts::back(&model.back)}
            {hold}
            {warning}
            <h1>{t("check-title")}</h1>
            {card}
            {super::phone::tell(frame, "phone-tell-check")}
            {parts::answers(&model.rows)}
            {what_happens(model)}
            <form method="post" action=format!("/clinics/{}/check", model.clinic.id)>
                <input type="hidden" name="digest" value=model.digest.clone() />
                <button class="button main" type="submit">{button(model)}</button>
            </form>
        }
    })
}

fn what_happens(model: &Check) -> impl IntoView + use<> {
    let text = match (&model.held, model.held_until_cleared) {
        (None, _) if model.waits => t("check-then-list"),
        (None, _) => t("check-then-request"),
        (Some(_), true) => t("check-then-held"),
        (Some(_), false) => t("check-then-booked"),
    };
    view! { <p>{text}</p> }
}

fn button(model: &Check) -> String {
    match (&model.held, model.held_until_cleared) {
        (None, _) if model.waits => t("check-join"),
        (None, _) => t("check-send"),
        (Some(_), true) => t("check-ask"),
        (Some(_), false) => t("check-book"),
    }
}
