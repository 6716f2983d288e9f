//! It is done: the reference, large enough to read out on the telephone; when and where; what
//! happens next.

use super::document::{Head, public};
use super::{parts, words};
use crate::icons::{ALERT, ARROW, CALENDAR, CHECK, PHONE, PRINT, icon};
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
            let stands = stands(model);
            // Whoever waits for a time brings nothing yet.
            let bring = parts::bullets(&model.bring)
                .filter(|_| stands && model.state != "on_list")
                .map(|list| view! { <section><h2>{t("clinic-bring")}</h2>{list}</section> });
            let place = model
                .held
                .as_ref()
                .filter(|held| stands && held.mode == "in_person")
                .and_then(|_| parts::place(&model.place))
                .map(|place| view! { <section><h2>{t("clinic-where")}</h2>{place}</section> });
            view! {
                <div class="done" class:over=!stands>
                    <h1>{icon(if stands { CHECK } else { ALERT })} {heading(model)}</h1>
                    <p class="reference-label">{t("done-reference")}</p>
                    {reference(&model.reference)}
                    <p>{t("done-reference-keep")}</p>
                </div>
                {super::phone::tell(frame, "phone-tell-done")}
                {stands.then(|| nobody_rings(frame, model))}
                {model.held.as_ref().map(parts::appointment)}
                {actions(model)}
                <section>
                    <h2>{t("done-next")}</h2>
                    {next(frame, model)}
                </section>
                {place}
                {bring}
                {(stands && model.state != "on_list").then(|| view! {
                    <section class="rather">
                        <h2>{t("done-cannot-come")}</h2>
                        <p>{t("done-cannot-come-text")}</p>
                        {telephone}
                    </section>
                })}
            }
        },
    )
}

/// Whether it still goes on: the page can be opened again long after the form was sent.
fn stands(model: &Done) -> bool {
    matches!(
        model.state.as_str(),
        "in_review" | "on_list" | "requested" | "confirmed" | "arrived"
    )
}

fn heading(model: &Done) -> String {
    match model.state.as_str() {
        "in_review" => t("done-in-review"),
        "on_list" => t("done-on-list"),
        "requested" => t("done-requested"),
        "confirmed" | "arrived" => t("done-confirmed"),
        "cancelled" => t("done-cancelled"),
        "attended" | "missed" => t("done-over"),
        _ => t("done-expired"),
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
    let see = match model.state.as_str() {
        "in_review" => t("done-see-request"),
        "on_list" => t("done-see-place"),
        _ => t("done-manage"),
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

/// What happens next, step by step; what is over has one sentence and the way to begin again.
fn next(frame: &Frame, model: &Done) -> AnyView {
    if stands(model) {
        let steps = next_steps(frame, model).into_iter();
        let steps = steps.map(|step| view! { <li>{step}</li> }).collect_view();
        return view! { <ol class="steps">{steps}</ol> }.into_any();
    }
    let text = match model.state.as_str() {
        "cancelled" if model.by_clinic => t("manage-cancelled-by-clinic"),
        "cancelled" => t("manage-cancelled-thanks"),
        "attended" | "missed" => t("done-over-text"),
        _ => t("done-expired-text"),
    };
    view! { <p>{text}</p><p><a href="/">{t("manage-book-again")}</a></p> }.into_any()
}

/// No time yet: a person looks at it first.
fn is_request(model: &Done) -> bool {
    model.state == "in_review"
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
        (true, _) if model.state == "on_list" => t("done-email-list"),
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
    let mode = model.held.as_ref().map_or("", |held| &held.mode);
    match model.state.as_str() {
        "confirmed" | "arrived" => {
            vec![contact, words::how_it_happens(mode, model.can_ring)]
        }
        "on_list" => vec![t("done-list-look"), contact, t("done-list-keep")],
        "requested" => {
            // What is aimed at is not promised: a person checks, and may need longer.
            let aim = if model.respond_by.is_empty() || nobody_rings {
                reply
            } else {
                t_with("done-aim-by", &date)
            };
            vec![t("done-we-check"), aim, contact]
        }
        _ => vec![t("done-we-read"), reply, contact],
    }
}
