//! It is done: the reference, large enough to read out on the telephone; when and where; what
//! happens next.

use super::document::{Head, public};
use super::parts;
use crate::icons::{ARROW, CALENDAR, CHECK, PRINT, icon};
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
                {model.held.as_ref().map(parts::appointment)}
                {actions(model)}
                <section>
                    <h2>{t("done-next")}</h2>
                    <ol class="steps">{next_steps(model).into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
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

/// How the person hears of it, in words that are true of an appointment or of a request.
fn contact(model: &Done) -> String {
    match (is_request(model), model.email_coming, model.call_coming) {
        (false, true, _) => t("done-email"),
        (false, false, _) => t("done-no-email"),
        (true, true, _) => t("done-email-request"),
        (true, false, true) => t("done-call-request"),
        (true, false, false) => t("done-neither-request"),
    }
}

fn next_steps(model: &Done) -> Vec<String> {
    let contact = contact(model);
    // Whom nobody can reach safely is promised a decision, not a reply.
    let unreachable = is_request(model) && !model.email_coming && !model.call_coming;
    let by = if unreachable {
        "done-decide-by"
    } else {
        "done-reply-by"
    };
    let reply = if model.respond_by.is_empty() {
        t("done-reply")
    } else {
        t_with(by, &[("date", model.respond_by.clone().into())])
    };
    match model.state.as_str() {
        "confirmed" => vec![contact, t("done-come")],
        "requested" => vec![t("done-we-check"), reply, contact],
        _ => vec![t("done-we-read"), reply, contact],
    }
}
