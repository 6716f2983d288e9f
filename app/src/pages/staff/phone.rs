//! `/staff/phone`: begin a call for one of one's clinics, or go on with the one that is open.

use crate::icons::{PHONE, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{Options, choice, error_summary};
use crate::text::{t, t_with};
use crate::view::{FieldError, Frame, PhoneDesk};
use leptos::prelude::*;

/// The page.
pub fn phone(frame: &Frame, model: &PhoneDesk) -> String {
    let head = || Head {
        title: t("staff-phone-title"),
        errors: !model.error.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/phone", || {
        let errors: Vec<FieldError> = (!model.error.is_empty())
            .then(|| FieldError {
                field: "clinic".into(),
                text: model.error.clone(),
            })
            .into_iter()
            .collect();
        view! {
            {error_summary(&errors)}
            <div class="desk-head">
                <h1>{t("staff-phone-title")}</h1>
                <p>{t("staff-phone-lead")}</p>
            </div>
            {open(model)}
            {begin(model)}
        }
    })
}

fn open(model: &PhoneDesk) -> Option<AnyView> {
    let clinic = model.open.clone()?;
    Some(
        view! {
            <section class="banner">
                <h2>{icon(PHONE)} " " {t_with("phone-open", &[("clinic", clinic.name.into())])}</h2>
                <p><a class="button" href=format!("/clinics/{}/questions", clinic.id)>{t("phone-go-on")}</a></p>
                <form method="post" action="/staff/phone/end">
                    <button class="button quiet" type="submit">{t("phone-end")}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn begin(model: &PhoneDesk) -> AnyView {
    if model.clinics.is_empty() {
        return view! { <p class="banner">{t("phone-no-clinic")}</p> }.into_any();
    }
    let only = if let [one] = model.clinics.as_slice() {
        one.id.as_str()
    } else {
        ""
    };
    let which = Options {
        name: "clinic",
        legend: t("phone-which"),
        choices: model
            .clinics
            .iter()
            .map(|clinic| choice(&clinic.id, clinic.name.clone(), only))
            .collect(),
        error: model.error.clone(),
        ..Options::default()
    };
    let ends = model
        .open
        .is_some()
        .then(|| view! { <p>{t("phone-start-ends")}</p> });
    view! {
        <section>
            <form class="phone-start" method="post" action="/staff/phone" novalidate>
                {which.view()}
                {ends}
                <button class="button main" type="submit">{t("phone-start")}</button>
            </form>
        </section>
        <section>
            <h2>{t("phone-how-title")}</h2>
            <ol class="steps">
                <li>{t("phone-how-1")}</li>
                <li>{t("phone-how-2")}</li>
                <li>{t("phone-how-3")}</li>
                <li>{t("phone-how-4")}</li>
            </ol>
        </section>
    }
    .into_any()
}
