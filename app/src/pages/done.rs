//! It is done: the reference, large enough to read out on the telephone; when and where; what
//! happens next.

use super::document::{Head, public};
use super::parts;
use crate::icons::{ARROW, CALENDAR, CHECK, PHONE, PRINT, icon};
use crate::text::{t, t_with};
use crate::view::{Done, Frame};
use leptos::prelude::*;

/// `/clinics/{clinic}/done`
pub fn done(frame: &Frame, model: &Done) -> String {
    public(
        frame,
        || Head {
            script: true,
            ..Head::journey(heading(model))
        },
        || {
            let telephone = super::footer::telephone(frame);
            let bring = parts::bullets(&model.bring)
                .map(|list| view! { <section><h2>{t("clinic-bring")}</h2>{list}</section> });
            let place = model
                .held
                .as_ref()
                .filter(|held| held.mode == "in_person")
                .and_then(|_| parts::place(&model.place))
                .map(|place| view! { <section><h2>{t("clinic-where")}</h2>{place}</section> });
            view! {
                <div class="done">
                    <h1>{icon(CHECK)} {heading(model)}</h1>
                    <p class="reference-label">{t("done-reference")}</p>
                    {reference(&model.reference)}
                    <p>{t("done-reference-keep")}</p>
                </div>
                {super::phone::tell(frame, "phone-tell-done")}
                {nobody_rings(frame, model)}
                {model.held.as_ref().map(parts::appointment)}
                {actions(model)}
                <section>
                    <h2>{t("done-next")}</h2>
                    <ol class="steps">{next_steps(frame, model).into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
                </section>
                {place}
                {bring}
                <section class="rather">
                    <h2>{t("done-cannot-come")}</h2>
                    <p>{t("done-cannot-come-text")}</p>
                    {telephone}
                </section>
            }
        },
    )
}

fn heading(model: &Done) -> String {
    match model.state.as_str() {
        "confirmed" => t("done-confirmed"),
        "requested" => t("done-requested"),
        _ => t("done-in-review"),
    }
}

/// The reference in groups for the eye; letter by letter, with pauses, for the ear.
pub fn reference(reference: &str) -> AnyView {
    let letters: Vec<char> = reference.chars().filter(|c| c.is_alphanumeric()).collect();
    let groups = |between: &str| -> Vec<String> {
        letters
            .chunks(4)
            .map(|group| {
                group
                    .iter()
                    .map(char::to_string)
                    .collect::<Vec<_>>()
                    .join(between)
            })
            .collect()
    };
    let seen = groups("")
        .into_iter()
        .map(|group| view! { <span>{group}</span> })
        .collect_view();
    view! {
        <p class="reference">
            <span class="reference-groups" aria-hidden="true">{seen}</span>
            <span class="visually-hidden">{groups(" ").join(", ")}</span>
        </p>
    }
    .into_any()
}

fn actions(model: &Done) -> impl IntoView + use<> {
    let link = |address: &String, text: String, path: &'static str| {
        (!address.is_empty())
            .then(|| view! { <a class="button quiet" href=address.clone()>{icon(path)} {text}</a> })
    };
    let see = if is_request(model) {
        t("done-see-request")
    } else {
        t("done-manage")
    };
    // The button appears where the boot script can make it work; the page prints well either way.
    view! {
        <p class="actions">
            {link(&model.calendar, t("done-calendar"), CALENDAR)}
            {link(&model.manage, see, ARROW)}
            <button class="button quiet" type="button" data-print="" hidden>{icon(PRINT)} {t("done-print")}</button>
        </p>
    }
}

/// No time yet: a person looks at it first.
fn is_request(model: &Done) -> bool {
    !matches!(model.state.as_str(), "confirmed" | "requested")
}

/// Neither mail nor telephone is safe: the reference and our number are all that this person has, so they are said first.
fn nobody_rings(frame: &Frame, model: &Done) -> Option<AnyView> {
    (!model.email_coming && !model.call_coming).then(|| {
        let telephone = super::footer::telephone(frame);
        view! {
            <div class="notice">
                <h2>{icon(PHONE)} {t("done-you-ring-title")}</h2>
                <p>{t("done-you-ring")}</p>
                {telephone}
            </div>
        }
        .into_any()
    })
}

fn next_steps(frame: &Frame, model: &Done) -> Vec<String> {
    let contact = match (model.email_coming, model.call_coming) {
        (true, _) if is_request(model) => t("done-email-request"),
        (true, _) => t("done-email"),
        (false, true) if frame.call.is_some() => t("phone-told"),
        (false, true) => t("done-call"),
        (false, false) => t("done-no-email"),
    };
    let nobody_rings = !model.email_coming && !model.call_coming;
    let date = [("date", model.respond_by.clone().into())];
    let reply = match (model.respond_by.is_empty(), nobody_rings) {
        (true, true) => t("done-ring-for-reply"),
        (false, true) => t_with("done-ring-for-reply-by", &date),
        (true, false) => t("done-reply"),
        (false, false) => t_with("done-reply-by", &date),
    };
    match model.state.as_str() {
        "confirmed" => vec![contact, t("done-come")],
        "requested" => vec![t("done-we-check"), reply, contact],
        _ => vec![t("done-we-read"), reply, contact],
    }
}
