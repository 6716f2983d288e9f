//! Choosing a time: days with something free, as radio buttons, in one form that the time picker
//! makes quicker. Nothing free, a time just taken, and a calendar that cannot be read each have
//! their own words and a telephone number.

use super::document::{Head, public};
use super::fields::error_summary;
use super::{parts, words};
use crate::icons::{ALERT, icon};
use crate::islands::TimePicker;
use crate::text::{t, t_with};
use crate::view::{FieldError, Frame, ServiceRef, Times};
use crate::wire::{Picker, PickerChoice, PickerWords};
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
            {parts::notices(&model.notices)}
            {(!model.unavailable).then(|| view! { <TimePicker picker=picker(model) /> }.into_any())}
            <section class="rather">
                <h2>{rather}</h2>
                {telephone}
            </section>
        }
    })
}

fn heading(model: &Times) -> String {
    match (model.unavailable, &model.taken) {
        (true, _) => t("times-unavailable-title"),
        (_, Some(_)) => t("times-taken-title"),
        _ => t("times-title"),
    }
}

fn opening(model: &Times) -> AnyView {
    if model.unavailable {
        return view! { <p class="lead">{t("times-unavailable")}</p> }.into_any();
    }
    if let Some(taken) = &model.taken {
        return view! {
            <div class="notice">
                <p>{icon(ALERT)} {t_with("times-taken", &[("time", taken.clone().into())])}</p>
                <p>{t("times-taken-kept")}</p>
            </div>
        }
        .into_any();
    }
    let zone = view! { <p class="hint">{t("times-zone")}</p> };
    match only_service(model) {
        Some(service) => view! {
            <p class="lead">{service.name.clone()} ", " {words::length_and_price(service.minutes, &service.price)}</p>
            {zone}
        }
        .into_any(),
        None => zone.into_any(),
    }
}

fn only_service(model: &Times) -> Option<&ServiceRef> {
    if let [only] = model.services.as_slice() {
        Some(only)
    } else {
        None
    }
}

fn picker(model: &Times) -> Picker {
    let label = |service: &ServiceRef| {
        let places = [
            ("name", service.name.clone().into()),
            (
                "length",
                words::length_and_price(service.minutes, &service.price).into(),
            ),
        ];
        t_with("times-service", &places)
    };
    let chosen = model
        .services
        .iter()
        .find(|service| service.selected)
        .or(model.services.first());
    let ways: Vec<PickerChoice> = model
        .modes
        .iter()
        .map(|choice| PickerChoice {
            value: choice.value.clone(),
            label: words::mode(&choice.value),
        })
        .collect();
    Picker {
        clinic: model.clinic.id.clone(),
        services: model
            .services
            .iter()
            .map(|service| PickerChoice {
                value: service.id.clone(),
                label: label(service),
            })
            .collect(),
        service: chosen.map(|service| service.id.clone()).unwrap_or_default(),
        mode: model
            .modes
            .iter()
            .find(|mode| mode.chosen)
            .map(|mode| mode.value.clone())
            .unwrap_or_default(),
        modes: ways,
        days: model.days.clone(),
        from: model.from.clone(),
        first_page: model.first_page,
        chosen: model.chosen.clone(),
        error: model.error.clone(),
        error_in_mode: model.error_field == "mode",
        words: picker_words(),
    }
}

fn picker_words() -> PickerWords {
    // `{n}` is filled in by the island, which has no catalogue.
    let number = [("n", "{n}".into())];
    PickerWords {
        service: t("times-which-service"),
        mode: t("times-which-mode"),
        update: t("times-update"),
        choose: t("times-choose"),
        all_can_be: t("times-all-can-be"),
        most_can_be: t("times-most-can-be"),
        how: t("times-how"),
        places: t_with("times-places", &number),
        none: t("times-none"),
        first: t("times-first"),
        more: t("times-more"),
        loading: t("times-loading"),
        failed: t("times-failed"),
        shown: t_with("times-shown", &number),
        calendar: t("times-calendar"),
        weekdays: t("weekdays-short")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        months: t("months-short")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        go_on: t("continue"),
    }
}
