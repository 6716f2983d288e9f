//! A clinic: what you get, who sees you, what it costs and what it cannot do, all before anything
//! is asked; then one button to start.

use super::document::{Head, public};
use super::{parts, words};
use crate::icons::{ALERT, ARROW, CALENDAR, icon, of_clinic};
use crate::text::{t, t_with};
use crate::view::{Clinic, Frame};
use leptos::prelude::*;

/// `/clinics/{clinic}`
pub fn clinic(frame: &Frame, model: &Clinic) -> String {
    let head = || Head {
        title: model.clinic.name.clone(),
        ..Head::default()
    };
    public(frame, head, || {
        let start = format!("/clinics/{}/questions", model.clinic.id);
        let free = model.next_free.clone().map(|day| view! {
            <p class="next-free">{icon(CALENDAR)} <span>{t_with("next-free", &[("day", day.into())])}</span></p>
        });
        view! {
            {parts::back("/")}
            <div class="clinic-head">
                <span class="clinic-mark">{icon(of_clinic(&model.clinic.id))}</span>
                <h1>{model.clinic.name.clone()}</h1>
                <p class="lead">{model.summary.clone()}</p>
            </div>
            {facts(model)}
            {frame.exit.then(exit_warning)}
            <p class="start">
                <a class="button main" href=start>{t("clinic-start")} {icon(ARROW)}</a>
                <span class="start-note">{t("clinic-start-note")}</span>
            </p>
            {free}
            {section(t("clinic-what"), parts::bullets(&model.what))}
            {services(model)}
            {cannot(model)}
            {section(t("clinic-where"), parts::place(&model.place))}
            {section(t("clinic-bring"), parts::bullets(&model.bring))}
        }
    })
}

fn section(title: String, inside: Option<AnyView>) -> Option<AnyView> {
    inside.map(|inside| view! { <section><h2>{title}</h2>{inside}</section> }.into_any())
}

/// Price, who for, who sees you, when: the four things asked most, as a list of facts.
fn facts(model: &Clinic) -> impl IntoView + use<> {
    let rows = [
        (t("clinic-price"), model.price.clone()),
        (t("clinic-who-for"), model.who_for.clone()),
        (t("clinic-who"), model.who_delivers.clone()),
        (t("clinic-days"), model.open_days.clone()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(title, text)| {
            view! {
                <div><dt>{title}</dt><dd>{text}</dd></div>
            }
        });
    view! { <dl class="key-facts">{rows.collect_view()}</dl> }
}

/// Said once, before the first use of "Exit this page", so that nobody trusts it with too much.
fn exit_warning() -> impl IntoView {
    view! {
        <section class="notice exit-warning">
            <h2>{icon(ALERT)} {t("exit-title")}</h2>
            <p>{t("exit-text")}</p>
            <p>{t("exit-history")}</p>
        </section>
    }
}

fn services(model: &Clinic) -> Option<AnyView> {
    (!model.services.is_empty()).then(|| {
        let rows = model.services.iter().map(|service| view! {
            <li><strong>{service.name.clone()}</strong> <span>{words::length_and_price(service.minutes, &service.price)}</span></li>
        });
        view! { <section><h2>{t("clinic-services")}</h2><ul class="services">{rows.collect_view()}</ul></section> }
            .into_any()
    })
}

fn cannot(model: &Clinic) -> Option<AnyView> {
    (!model.cannot.is_empty()).then(|| {
        let rows = model.cannot.iter().map(|row| {
            view! {
                <div><dt>{row.what.clone()}</dt><dd>{row.who_can.clone()}</dd></div>
            }
        });
        view! {
            <section>
                <h2>{t("clinic-cannot")}</h2>
                <p>{t("clinic-cannot-text")}</p>
                <dl class="cannot">{rows.collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}
