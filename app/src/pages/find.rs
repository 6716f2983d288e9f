//! A lost link: the reference and the contact detail it was booked with. After the form was sent the page is the same
//! whatever was typed, so that nobody learns who has an appointment.

use super::document::{Head, public};
use super::fields::{TextField, error_of, error_summary};
use super::footer;
use crate::icons::{ARROW, icon};
use crate::text::t;
use crate::view::{Find, Frame};
use leptos::prelude::*;

/// `/find`
pub fn find(frame: &Frame, model: &Find) -> String {
    let title = if model.sent {
        "find-sent-title"
    } else {
        "find-title"
    };
    let head = || Head {
        title: t(title),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    public(frame, head, || {
        let body = if model.sent {
            view! {
                <p class="lead">{t("find-sent")}</p>
                <p>{t("find-sent-not-safe")}</p>
                <p>{t("find-sent-nothing")}</p>
                <p><a href="/find">{t("find-again")}</a></p>
            }
            .into_any()
        } else {
            form(model)
        };
        view! {
            {error_summary(&model.errors)}
            <h1>{t(title)}</h1>
            {body}
            <section class="rather">
                <h2>{t("find-ring-title")}</h2>
                <p>{t("find-ring")}</p>
                {footer::telephone(frame)}
            </section>
        }
    })
}

fn form(model: &Find) -> AnyView {
    let reference = TextField {
        name: "reference",
        label: t("find-reference"),
        hint: t("find-reference-hint"),
        value: model.reference.clone(),
        error: error_of(&model.errors, "reference"),
        autocomplete: "off",
        width: "short",
        max_chars: 20,
        ..TextField::default()
    };
    let contact = TextField {
        name: "contact",
        label: t("find-contact"),
        hint: t("find-contact-hint"),
        value: model.contact.clone(),
        error: error_of(&model.errors, "contact"),
        autocomplete: "email",
        max_chars: 254,
        ..TextField::default()
    };
    view! {
        <p class="lead">{t("find-lead")}</p>
        <form method="post" action="/find" novalidate>
            {reference.view()}
            {contact.view()}
            <button class="button main" type="submit">{t("find-send")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}
