//! One case behind the client's own link: first name, reference, what happens next and by when, and the one thing the
//! client can do now. Opening it changes nothing; every change is a button that posts.

use super::document::{Head, public};
use super::fields::error_summary;
use super::{client_steps, parts};
use crate::icons::{ALERT, ARROW, CHECK, CLOCK, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, MyRequest, Reach};
use leptos::prelude::*;

/// `/requests/{token}`
pub fn my_request(frame: &Frame, model: &MyRequest) -> String {
    public(
        frame,
        || Head {
            neutral: true,
            errors: !model.steps.errors.is_empty(),
            ..Head::journey(t("my-request-title"))
        },
        || {
            let telephone = super::footer::telephone(frame);
            let open = matches!(
                model.steps.state.as_str(),
                "in_review" | "waiting_for_client" | "accepted" | "offered"
            );
            let withdraw = open.then(|| client_steps::withdraw(&model.steps, false));
            view! {
                {error_summary(&model.steps.errors)}
                {news(model)}
                <h1>{t("my-request-title")}</h1>
                <p class="lead">{t_with("manage-hello", &[("name", model.first_name.clone().into())])}</p>
                {stands(model)}
                <p class="reference-label">{t("done-reference")}</p>
                {super::done::reference(&model.reference)}
                {withdraw}
                <section class="rather">
                    <h2>{t("my-request-ring")}</h2>
                    <p>{t("my-request-ring-text")}</p>
                    {telephone}
                </section>
            }
        },
    )
}

/// What has just gone otherwise than the person meant.
fn news(model: &MyRequest) -> AnyView {
    let taken = (!model.taken.is_empty()).then(|| {
        view! {
            <div class="notice" role="alert">
                <h2>{icon(ALERT)} {t("times-taken-title")}</h2>
                <p>{t_with("times-taken", &[("time", model.taken.clone().into())])}</p>
                <p>{t("my-request-taken-others")}</p>
            </div>
        }
    });
    let changed = model.changed.clone().map(|typed| {
        let typed = (!typed.is_empty()).then(|| {
            view! { <p>{t("my-request-you-wrote")}</p><blockquote class="asked">{typed}</blockquote> }
        });
        view! {
            <div class="notice" role="alert">
                <h2>{icon(ALERT)} {t("my-request-changed")}</h2>
                <p>{t("my-request-changed-text")}</p>
                {typed}
            </div>
        }
    });
    view! { {taken} {changed} }.into_any()
}

fn stands(model: &MyRequest) -> AnyView {
    let steps = &model.steps;
    let (path, title) = match steps.state.as_str() {
        "in_review" => (CLOCK, t("my-request-in-review")),
        "waiting_for_client" => (ALERT, t("my-request-waiting")),
        "accepted" | "offered" => (CHECK, t("my-request-yes")),
        "booked" => (CHECK, t("my-request-booked")),
        "declined" => (ALERT, t("my-request-no")),
        _ => (CHECK, t("my-request-withdrawn")),
    };
    let body = match steps.state.as_str() {
        "in_review" => in_review(model),
        "waiting_for_client" => view! {
            <p>{t("my-request-waiting-text")}</p>
            {client_steps::answer(steps)}
        }
        .into_any(),
        "accepted" | "offered" => {
            let length = t_with("my-request-length", &[("count", steps.minutes.into())]);
            view! {
                <p>{t("my-request-yes-text")} " " {length} " " {t("times-zone")}</p>
                {client_steps::pick(steps)}
            }
            .into_any()
        }
        "booked" => booked(model),
        "declined" => declined(model),
        _ => view! {
            <p>{t("my-request-withdrawn-text")}</p>
            <p><a href="/">{t("my-request-start-again")}</a></p>
        }
        .into_any(),
    };
    view! { <section class="stands"><h2>{icon(path)} " " {title}</h2>{body}</section> }.into_any()
}

fn in_review(model: &MyRequest) -> AnyView {
    let date = [("date", model.respond_by.clone().into())];
    let when = if model.late {
        t_with("my-request-late", &date)
    } else if model.reach == Reach::Neither {
        t_with("my-request-decide-by", &date)
    } else {
        t_with("done-reply-by", &date)
    };
    let how = match model.reach {
        Reach::Mail => t("my-request-by-mail"),
        Reach::Phone => t("my-request-by-phone"),
        Reach::Neither => t("my-request-by-neither"),
    };
    view! {
        <p>{t("done-we-read")}</p>
        <p><strong>{when}</strong></p>
        <p>{how}</p>
        <p>{t("no-one-at-night")}</p>
    }
    .into_any()
}

fn booked(model: &MyRequest) -> AnyView {
    let link = (!model.appointment.is_empty()).then(|| {
        view! { <p><a class="button main" href=model.appointment.clone()>{t("done-manage")} {icon(ARROW)}</a></p> }
    });
    view! { <p>{t("my-request-booked-text")}</p> {link} }.into_any()
}

fn declined(model: &MyRequest) -> AnyView {
    let signposts = (!model.signposts.is_empty()).then(|| {
        view! {
            <p>{t("my-request-no-who")}</p>
            <ul class="signposts">{model.signposts.iter().map(parts::signpost).collect_view()}</ul>
        }
    });
    view! { <p>{t("my-request-no-text")}</p> {signposts} <p>{t("my-request-no-after")}</p> }
        .into_any()
}
