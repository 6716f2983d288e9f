//! `…/contact` below an appointment, a case and a place on the waiting list: how the client can be reached, changed
//! because they said so. What it does is said before the button is pressed.

use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{Options, TextField, choice, error_of, error_summary};
use crate::text::{t, t_with};
use crate::view::{ContactPage, Frame};
use leptos::prelude::*;

/// The page.
pub fn contact(frame: &Frame, model: &ContactPage) -> String {
    let title = || {
        let reference = model.reference.clone();
        t_with("contact-title", &[("reference", reference.into())])
    };
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "", || {
        let overtaken = model.overtaken.then(|| {
            view! {
                <section class="banner bad" role="alert">
                    <h2>{icon(ALERT)} " " {t("day-overtaken")}</h2>
                    <p>{t("contact-overtaken")}</p>
                </section>
            }
        });
        view! {
            {error_summary(&model.errors)}
            {overtaken}
            <div class="desk-head">
                <h1>{title()}</h1>
                <p>{model.name.clone()}</p>
                <p><a href=model.back.clone()>{t("contact-back")}</a></p>
            </div>
            {form(model)}
        }
    })
}

fn form(model: &ContactPage) -> AnyView {
    let error = |name: &str| error_of(&model.errors, name);
    let yes_no = |name: &'static str, legend: &'static str, yes: bool| {
        let now = if yes { "yes" } else { "no" };
        Options {
            name,
            legend: t(legend),
            error: error(name),
            choices: vec![
                choice("yes", t("contact-yes"), now),
                choice("no", t("contact-no"), now),
            ],
            ..Options::default()
        }
        .view()
    };
    let email = TextField {
        name: "email",
        label: t("staff-field-email"),
        value: model.email.clone(),
        error: error("email"),
        kind: "email",
        ..TextField::default()
    };
    let phone = TextField {
        name: "phone",
        label: t("staff-field-phone"),
        value: model.phone.clone(),
        error: error("phone"),
        kind: "tel",
        width: "medium",
        ..TextField::default()
    };
    let window = TextField {
        name: "call_window",
        label: t("staff-field-call-window"),
        value: model.call_window.clone(),
        error: error("call_window"),
        ..TextField::default()
    };
    view! {
        <form class="desk-form" method="post" action=format!("{}/contact", model.back) novalidate>
            <input type="hidden" name="seen" value=model.seen.clone() />
            {email.view()}
            {yes_no("safe_to_email", "staff-field-safe-email", model.safe_to_email)}
            {phone.view()}
            {yes_no("safe_to_call", "staff-field-safe-call", model.safe_to_call)}
            {window.view()}
            {yes_no("leave_message", "staff-field-message", model.leave_message)}
            <ul>
                <li>{t("contact-does-links")}</li>
                <li>{t("contact-does-mail")}</li>
                <li>{t("contact-does-calls")}</li>
            </ul>
            <button class="button main" type="submit">{t("contact-save")}</button>
        </form>
    }
    .into_any()
}

/// The way to the form, below how somebody can be reached.
pub(super) fn change(back: &str) -> AnyView {
    view! { <p><a href=format!("{back}/contact")>{t("contact-change")}</a></p> }.into_any()
}
