//! One appointment behind its link: first name, when and where, and nothing that says what it is
//! about. Opening it changes nothing; each change is a button that posts, cancelling behind a second step.

use super::document::{Head, public};
use super::fields::{Options, choice};
use super::{parts, words};
use crate::icons::{ALERT, CALENDAR, CHECK, CLOCK, PHONE, PRINT, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, Manage};
use leptos::prelude::*;

/// Why somebody cannot come, if they want to say.
const WHY: [&str; 4] = ["time", "not_needed", "elsewhere", "other"];

/// `/appointments/{token}`
pub fn manage(frame: &Frame, model: &Manage) -> String {
    public(
        frame,
        || Head {
            neutral: true,
            script: !is_gone(model),
            ..Head::journey(t("manage-title"))
        },
        || {
            let gone = is_gone(model);
            let place = (!gone && model.held.mode == "in_person")
                .then(|| parts::place(&model.place))
                .flatten()
                .map(|place| view! { <section><h2>{t("clinic-where")}</h2>{place}</section> });
            let telephone = super::footer::telephone(frame);
            view! {
                <h1>{t("manage-title")}</h1>
                <p class="lead">{t_with("manage-hello", &[("name", model.first_name.clone().into())])}</p>
                {state(model)}
                {parts::appointment(&crate::view::Held { service: model.label.clone(), ..model.held.clone() })}
                {(model.state == "confirmed").then(|| view! { <p>{words::how_it_happens(&model.held.mode, model.can_ring)}</p> })}
                <p class="reference-label">{t("done-reference")}</p>
                {super::done::reference(&model.reference)}
                {(!gone).then(|| keep(model))}
                {coming(model)}
                {change(model)}
                {cancel(model)}
                {place}
                {(!gone && model.held.mode == "in_person").then(bring)}
                <section class="rather">
                    <h2>{t("manage-ring")}</h2>
                    {telephone}
                    {call(model)}
                </section>
            }
        },
    )
}

/// Nothing is to come of it any more.
fn is_gone(model: &Manage) -> bool {
    matches!(
        model.state.as_str(),
        "cancelled" | "expired" | "missed" | "attended"
    )
}

fn state(model: &Manage) -> AnyView {
    if model.state == "cancelled" {
        let (class, mark, text) = if model.by_clinic {
            ("notice", ALERT, t("manage-cancelled-by-clinic"))
        } else {
            ("notice good", CHECK, t("manage-cancelled-thanks"))
        };
        return view! {
            <div class=class role="status">
                <h2>{icon(mark)} {t("manage-cancelled-now")}</h2>
                <p>{text}</p>
                <p><a href="/">{t("manage-book-again")}</a></p>
            </div>
        }
        .into_any();
    }
    if model.state == "missed" {
        return view! {
            <div class="notice">
                <h2>{t("manage-missed")}</h2>
                <p>{t("manage-missed-text")}</p>
                <p><a class="button main" href="/">{t("manage-book-again")}</a></p>
            </div>
        }
        .into_any();
    }
    let path = if model.state == "confirmed" {
        CHECK
    } else {
        ALERT
    };
    view! {
        <p class="state"><span class="chip" data-state=model.state.clone()>{icon(path)} {words::state(&model.state)}</span></p>
    }
    .into_any()
}

/// Into the calendar, and onto paper.
fn keep(model: &Manage) -> impl IntoView + use<> {
    let calendar = (!model.calendar.is_empty()).then(|| {
        view! { <a class="button quiet" href=model.calendar.clone()>{icon(CALENDAR)} {t("done-calendar")}</a> }
    });
    view! {
        <p class="actions">
            {calendar}
            <button class="button quiet" type="button" data-print="" hidden>{icon(PRINT)} {t("done-print")}</button>
        </p>
    }
}

/// "Yes, I am coming": a button, or thanks.
fn coming(model: &Manage) -> Option<AnyView> {
    if model.coming {
        return Some(
            view! { <p class="notice good" id="coming" role="status">{icon(CHECK)} " " {t("manage-coming-thanks")}</p> }
                .into_any(),
        );
    }
    model.can_come.then(|| {
        view! {
            <section id="coming">
                <h2>{t("manage-coming-title")}</h2>
                <form method="post" action=format!("/appointments/{}/confirm", model.token)>
                    <button class="button main" type="submit">{icon(CHECK)} {t("manage-coming")}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

fn change(model: &Manage) -> Option<AnyView> {
    model.can_move.then(|| {
        view! {
            <section id="change">
                <h2>{t("manage-change-title")}</h2>
                <p>{t("manage-change-text")}</p>
                <p><a class="button quiet" href=format!("/appointments/{}/move", model.token)>{icon(CLOCK)} {t("manage-change")}</a></p>
            </section>
        }
        .into_any()
    })
}

fn cancel(model: &Manage) -> Option<AnyView> {
    model.can_cancel.then(|| {
        let why = Options {
            name: "why",
            legend: t("manage-why"),
            choices: WHY
                .into_iter()
                .map(|value| choice(value, t(&words::key("manage-why", value)), ""))
                .collect(),
            ..Options::default()
        };
        view! {
            <section id="cancel">
                <h2>{t("manage-cancel-title")}</h2>
                <details class="cancel">
                    <summary class="button quiet">{t("manage-cancel")}</summary>
                    <div class="notice">
                        <p>{t("manage-cancel-text")}</p>
                        <form method="post" action=format!("/appointments/{}/cancel", model.token)>
                            {why.view()}
                            <button class="button danger" type="submit">{t("manage-cancel-yes")}</button>
                        </form>
                        <p>{t("manage-cancel-no")}</p>
                    </div>
                </details>
            </section>
        }
        .into_any()
    })
}

/// In words that fit every appointment: the page must not say what it is about.
fn bring() -> impl IntoView {
    let list = parts::bullets(&[
        t("manage-bring-1"),
        t("manage-bring-2"),
        t("manage-bring-3"),
    ]);
    view! { <section><h2>{t("manage-bring")}</h2>{list}</section> }
}

fn call(model: &Manage) -> Option<AnyView> {
    if model.call_coming {
        return Some(
            view! { <p class="notice good" id="call" role="status">{icon(PHONE)} " " {t("manage-call-coming")}</p> }
                .into_any(),
        );
    }
    model.can_ring.then(|| {
        view! {
            <div id="call">
                <h3>{t("manage-call-title")}</h3>
                <p>{t("manage-call-text")}</p>
                <form method="post" action=format!("/appointments/{}/call", model.token)>
                    <button class="button quiet" type="submit">{icon(PHONE)} {t("manage-call")}</button>
                </form>
            </div>
        }
        .into_any()
    })
}
