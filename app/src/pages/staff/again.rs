//! `/staff/appointments/{reference}/again`: the next meeting of the same client, by plain forms: first which service and
//! from when, then one of the free times.

use super::parts;
use crate::icons::{ARROW, icon};
use crate::pages::client_steps::{Times, times};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{error_of, error_summary};
use crate::pages::words;
use crate::text::{t, t_with};
use crate::view::{AgainPage, Frame};
use leptos::prelude::*;

/// The page.
pub fn again(frame: &Frame, model: &AgainPage) -> String {
    let title = || {
        t_with(
            "again-title",
            &[("reference", model.appointment.reference.clone().into())],
        )
    };
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "", || {
        let one = &model.appointment;
        let replaces = model
            .replaces
            .then(|| view! { <p class="banner">{t("again-replaces")}</p> });
        view! {
            {error_summary(&model.errors)}
            <div class="desk-head">
                <h1>{title()}</h1>
                <p>{one.client.clone()} ", " {parts::advisers(one)}</p>
                <p><a href=parts::address(one)>{t("day-back")}</a></p>
            </div>
            {replaces}
            {next(model)}
            {which(model)}
            {pick(model)}
        }
    })
}

/// What is booked already, so that nobody books it twice.
fn next(model: &AgainPage) -> Option<AnyView> {
    (!model.next.is_empty()).then(|| {
        let links = model.next.iter().map(|reference| {
            let href = format!("/staff/appointments/{reference}");
            view! { <a href=href>{reference.clone()}</a> " " }
        });
        let role = model.overtaken.then_some("alert");
        let quicker = model.overtaken.then(|| t("again-overtaken"));
        view! {
            <p class="banner" role=role>{quicker} " " {t("again-there")} " " {links.collect_view()}</p>
        }
        .into_any()
    })
}

fn path(model: &AgainPage) -> String {
    format!("/staff/appointments/{}/again", model.appointment.reference)
}

fn which(model: &AgainPage) -> AnyView {
    let services = model
        .services
        .iter()
        .map(|one| {
            let label = t_with(
                "again-service",
                &[
                    ("name", one.name.clone().into()),
                    ("minutes", one.minutes.into()),
                ],
            );
            view! { <option value=one.id.clone() selected=one.selected>{label}</option> }
        })
        .collect_view();
    let ways = model
        .modes
        .iter()
        .map(|one| view! { <option value=one.value.clone() selected=one.chosen>{words::mode(&one.value)}</option> })
        .collect_view();
    view! {
        <form class="assign" method="get" action=path(model)>
            <label for="service">{t("staff-col-service")}</label>
            <select id="service" name="service">{services}</select>
            <label for="mode">{t("staff-field-how")}</label>
            <select id="mode" name="mode">{ways}</select>
            <label for="from">{t("again-from")}</label>
            <input id="from" type="date" name="from" value=model.from.clone() />
            <button class="button quiet" type="submit">{t("again-show")}</button>
        </form>
    }
    .into_any()
}

fn pick(model: &AgainPage) -> AnyView {
    if model.unavailable {
        return view! { <p class="banner bad">{t("again-unavailable")}</p> }.into_any();
    }
    if model.days.is_empty() {
        return view! { <p class="banner" id="start">{t("again-none")}</p> }.into_any();
    }
    let chosen = |all: &[crate::view::Choice]| {
        all.iter()
            .find(|one| one.chosen)
            .map(|one| one.value.clone())
            .unwrap_or_default()
    };
    let service = model
        .services
        .iter()
        .find(|one| one.selected)
        .map(|one| one.id.clone())
        .unwrap_or_default();
    let mode = chosen(&model.modes);
    let later = model.more_from.as_ref().map(|from| {
        let href = format!("{}?service={service}&mode={mode}&from={from}", path(model));
        view! { <p><a href=href>{t("again-more")}</a></p> }
    });
    let list = &Times {
        name: "start",
        legend: t("again-pick"),
        days: &model.days,
        chosen: std::slice::from_ref(&model.chosen),
        error: error_of(&model.errors, "start"),
        many: false,
        modes: false,
    };
    view! {
        <form method="post" action=path(model) novalidate>
            <input type="hidden" name="service" value=service />
            <input type="hidden" name="mode" value=mode />
            <input type="hidden" name="from" value=model.from.clone() />
            <input type="hidden" name="seen" value=model.next.join(" ") />
            {times(list)}
            <p>{t("again-adviser")}</p>
            <button class="button main" type="submit">{t("again-book")} {icon(ARROW)}</button>
        </form>
        {later}
    }
    .into_any()
}
