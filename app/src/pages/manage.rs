//! One appointment behind its link: first name, when and where, and nothing that says what it is
//! about. Opening it changes nothing; cancelling is a button that posts, behind a second step.

use super::document::{Head, public};
use super::{parts, words};
use crate::icons::{ALERT, CALENDAR, CHECK, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, Manage};
use leptos::prelude::*;

/// `/appointments/{token}`
pub fn manage(frame: &Frame, model: &Manage) -> String {
    public(
        frame,
        || Head {
            neutral: true,
            ..Head::journey(t("manage-title"))
        },
        || {
            let gone = matches!(
                model.state.as_str(),
                "cancelled" | "expired" | "missed" | "attended"
            );
            let place = (!gone && model.held.mode == "in_person")
                .then(|| parts::place(&model.place))
                .flatten()
                .map(|place| view! { <section><h2>{t("clinic-where")}</h2>{place}</section> });
            let calendar = (!gone && !model.calendar.is_empty()).then(|| view! {
            <p><a class="button quiet" href=model.calendar.clone()>{icon(CALENDAR)} {t("done-calendar")}</a></p>
        });
            let telephone = super::footer::telephone(frame);
            view! {
                <h1>{t("manage-title")}</h1>
                <p class="lead">{t_with("manage-hello", &[("name", model.first_name.clone().into())])}</p>
                {state(model)}
                {parts::appointment(&crate::view::Held { service: model.label.clone(), ..model.held.clone() })}
                {(model.state == "confirmed").then(|| view! { <p>{words::how_it_happens(&model.held.mode, model.can_ring)}</p> })}
                <p class="reference-label">{t("done-reference")}</p>
                {super::done::reference(&model.reference)}
                {calendar}
                {place}
                {cancel(model)}
                <section class="rather">
                    <h2>{t("manage-ring")}</h2>
                    {telephone}
                </section>
            }
        },
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

fn cancel(model: &Manage) -> Option<AnyView> {
    model.can_cancel.then(|| {
        view! {
            <details class="cancel">
                <summary class="button quiet">{t("manage-cancel")}</summary>
                <div class="notice">
                    <p>{t("manage-cancel-text")}</p>
                    <form method="post" action=format!("/appointments/{}/cancel", model.token)>
                        <button class="button danger" type="submit">{t("manage-cancel-yes")}</button>
                    </form>
                    <p>{t("manage-cancel-no")}</p>
                </div>
            </details>
        }
        .into_any()
    })
}
