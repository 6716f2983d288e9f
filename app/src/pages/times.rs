//! Choosing a time: days with something free, as radio buttons, in one form that the time picker
//! makes quicker. Nothing free, a time just taken, and a calendar that cannot be read each have
//! their own words and a telephone number.

use super::document::{Head, public};
use super::fields::error_summary;
use super::{parts, slots, words};
use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::{FieldError, Frame, ServiceRef, Times};
use leptos::prelude::*;

/// `/clinics/{clinic}/times`
pub fn times(frame: &Frame, model: &Times) -> String {
    let head = || Head {
        errors: !model.error.is_empty(),
        island: !model.unavailable,
        ..Head::journey(heading(model))
    };
    public(frame, head, || {
        let error = FieldError {
            field: if model.error_field == "mode" {
                "mode"
            } else {
                "start"
            }
            .to_owned(),
            text: model.error.clone(),
        };
        let errors = if model.error.is_empty() {
            Vec::new()
        } else {
            vec![error]
        };
        let nothing = model.days.days.is_empty() && !model.unavailable;
        let rather = if nothing || model.unavailable {
            t("times-ring")
        } else {
            t("times-rather")
        };
        let telephone = super::footer::telephone(frame);
        view! {
            {parts::back(&model.back)}
            {error_summary(&errors)}
            <h1>{heading(model)}</h1>
            {opening(model)}
            {other_ways(model)}
            {parts::notices(&model.notices)}
            {(!model.unavailable).then(|| slots::picker(model))}
            {wait(model)}
            <section class="rather">
                <h2>{rather}</h2>
                {telephone}
            </section>
        }
    })
}

/// Nothing suits: the waiting list.
fn wait(model: &Times) -> Option<AnyView> {
    (!model.wait.is_empty()).then(|| {
        view! {
            <section class="rather">
                <h2>{t("times-wait")}</h2>
                <p>{t("times-wait-text")}</p>
                <p><a class="button quiet" href=model.wait.clone()>{t("times-wait-link")}</a></p>
            </section>
        }
        .into_any()
    })
}

fn heading(model: &Times) -> String {
    match (model.unavailable, &model.taken) {
        (true, _) => t("times-unavailable-title"),
        (_, Some(_)) if model.not_offered => t("times-not-offered-title"),
        (_, Some(_)) => t("times-taken-title"),
        _ => t("times-title"),
    }
}

fn opening(model: &Times) -> AnyView {
    if model.unavailable {
        return view! { <p class="lead">{t("times-unavailable")}</p> }.into_any();
    }
    if let Some(taken) = &model.taken {
        let time = [("time", taken.clone().into())];
        let why = if model.not_offered {
            t_with("times-not-offered", &time)
        } else {
            t_with("times-taken", &time)
        };
        return view! {
            <div class="notice">
                <p>{icon(ALERT)} {why}</p>
                <p>{t("times-taken-kept")}</p>
            </div>
        }
        .into_any();
    }
    let given_back = model.given_back.then(|| {
        view! { <div class="notice"><p>{icon(ALERT)} {t("times-given-back")}</p></div> }
    });
    let zone = view! { <p class="hint">{t("times-zone")}</p> };
    match only_service(model) {
        Some(service) => view! {
            {given_back}
            <p class="lead">{service.name.clone()} " · " {words::length_and_price(service.minutes, &service.price)}</p>
            {zone}
        }
        .into_any(),
        None => view! { {given_back} {zone} }.into_any(),
    }
}

/// Somebody asked for a way to meet that this service does not have: said, not passed over.
fn other_ways(model: &Times) -> Option<AnyView> {
    (!model.missing_mode.is_empty()).then(|| {
        let said = t(&words::key("times-asked", &model.missing_mode));
        let ways: Vec<String> = model
            .modes
            .iter()
            .filter(|mode| !mode.value.is_empty())
            .map(|mode| t(&words::key("times-way", &mode.value)))
            .collect();
        let ways = ways.join(&t("times-way-or"));
        view! {
            <div class="notice">
                <p>{icon(ALERT)} {said} " " {t_with("times-other-ways", &[("ways", ways.into())])}</p>
            </div>
        }
        .into_any()
    })
}

fn only_service(model: &Times) -> Option<&ServiceRef> {
    if let [only] = model.services.as_slice() {
        Some(only)
    } else {
        None
    }
}
