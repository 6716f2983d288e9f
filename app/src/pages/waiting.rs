//! The waiting list as clients see it: the times that would do, and the page behind the link with what is offered.

use super::document::{Head, public};
use super::fields::{Options, error_of, error_summary};
use super::{parts, words};
use crate::icons::{ALERT, ARROW, CHECK, CLOCK, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, MyPlace, OfferedTime, Reach, WaitForm};
use leptos::prelude::*;

/// `/clinics/{clinic}/wait`
pub fn wait(frame: &Frame, model: &WaitForm) -> String {
    let head = || Head {
        errors: !model.errors.is_empty(),
        ..Head::journey(t("wait-title"))
    };
    public(frame, head, || {
        let group =
            |name: &'static str, legend: String, choices: &[crate::view::Choice], many: bool| {
                (!choices.is_empty()).then(|| {
                    Options {
                        name,
                        legend,
                        hint: if many {
                            t("wait-none-is-any")
                        } else {
                            String::new()
                        },
                        choices: choices.to_vec(),
                        error: error_of(&model.errors, name),
                        many,
                        heading: false,
                    }
                    .view()
                })
            };
        view! {
            {parts::back(&model.back)}
            {error_summary(&model.errors)}
            <h1>{t("wait-title")}</h1>
            <p class="lead">{t("wait-lead")}</p>
            <form method="post" action=format!("/clinics/{}/wait", model.clinic.id) novalidate>
                {group("service", t("times-which-service"), &model.services, false)}
                {group("day", t("wait-days"), &model.days, true)}
                {group("part", t("wait-parts"), &model.parts, true)}
                {group("mode", t("wait-modes"), &model.modes, true)}
                <button class="button main" type="submit">{t("continue")}</button>
            </form>
        }
    })
}

/// `/waiting/{token}`
pub fn my_place(frame: &Frame, model: &MyPlace) -> String {
    let head = || Head {
        neutral: true,
        ..Head::journey(t("my-place-title"))
    };
    public(frame, head, || {
        let telephone = super::footer::telephone(frame);
        let waits = model.state == "waiting";
        let leave = waits.then(|| leave(model));
        view! {
            {refused(model)}
            <h1>{t("my-place-title")}</h1>
            <p class="lead">{t_with("manage-hello", &[("name", model.first_name.clone().into())])}</p>
            {stands(model)}
            <p class="reference-label">{t("done-reference")}</p>
            {super::done::reference(&model.reference)}
            {leave}
            <section class="rather">
                <h2>{t("my-request-ring")}</h2>
                <p>{t("my-place-ring")}</p>
                {telephone}
            </section>
        }
    })
}

fn refused(model: &MyPlace) -> Option<AnyView> {
    let text = match model.refused.as_str() {
        "gone" => t("my-place-gone"),
        "elsewhere" => t("my-place-elsewhere"),
        _ => return None,
    };
    Some(view! { <div class="notice" role="alert"><p>{icon(ALERT)} {text}</p></div> }.into_any())
}

fn stands(model: &MyPlace) -> AnyView {
    let (path, title) = match (model.state.as_str(), &model.offer) {
        ("waiting", Some(_)) => (CHECK, t("my-place-offer")),
        ("waiting", None) => (CLOCK, t("my-place-waiting")),
        ("booked", _) => (CHECK, t("my-request-booked")),
        ("left", _) => (CHECK, t("my-place-left")),
        _ => (ALERT, t("my-place-ended")),
    };
    let body = match (model.state.as_str(), &model.offer) {
        ("waiting", Some(offer)) => offered(model, offer),
        ("waiting", None) => waiting(model),
        ("booked", _) => {
            let link = (!model.appointment.is_empty()).then(|| {
                view! { <p><a class="button main" href=model.appointment.clone()>{t("done-manage")} {icon(ARROW)}</a></p> }
            });
            view! { <p>{t("my-request-booked-text")}</p> {link} }.into_any()
        }
        ("left", _) => view! {
            <p>{t("my-place-left-text")}</p>
            <p><a href="/">{t("my-request-start-again")}</a></p>
        }
        .into_any(),
        _ => view! {
            <p>{t("my-place-ended-text")}</p>
            <p><a href="/choose">{t("my-place-others")}</a></p>
        }
        .into_any(),
    };
    view! { <section class="stands"><h2>{icon(path)} " " {title}</h2>{body}</section> }.into_any()
}

fn waiting(model: &MyPlace) -> AnyView {
    let how = match model.reach {
        Reach::Mail => t("my-place-by-mail"),
        Reach::Phone => t("my-place-by-phone"),
        Reach::Neither => t("my-place-by-neither"),
    };
    let lines = model
        .times
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> });
    view! {
        <p>{how}</p>
        <p>{t("my-place-times")}</p>
        <ul class="bullets">{lines.collect_view()}</ul>
    }
    .into_any()
}

fn offered(model: &MyPlace, offer: &OfferedTime) -> AnyView {
    let number = offer.number.to_string();
    let when = [
        ("when", offer.when.clone().into()),
        ("way", t(&words::key("times-way", &offer.mode)).into()),
    ];
    let when = t_with("my-place-when", &when);
    let until = t_with("my-place-until", &[("time", offer.until.clone().into())]);
    view! {
        <p class="offered"><strong>{when}</strong></p>
        <p>{until}</p>
        <div class="offer-answers">
            <form method="post" action=format!("{}/accept", model.path)>
                <input type="hidden" name="number" value=number.clone() />
                <button class="button main" type="submit">{t("my-place-accept")}</button>
            </form>
            <form method="post" action=format!("{}/decline", model.path)>
                <input type="hidden" name="number" value=number />
                <button class="button quiet" type="submit">{t("my-place-decline")}</button>
            </form>
        </div>
        <p class="hint">{t("my-place-decline-means")}</p>
    }
    .into_any()
}

/// Behind a second step, so that no stray click gives a place away.
fn leave(model: &MyPlace) -> AnyView {
    view! {
        <details class="cancel">
            <summary class="button quiet">{t("my-place-leave")}</summary>
            <form method="post" action=format!("{}/leave", model.path)>
                <p>{t("my-place-leave-text")}</p>
                <button class="button danger" type="submit">{t("my-place-leave-yes")}</button>
            </form>
        </details>
    }
    .into_any()
}
