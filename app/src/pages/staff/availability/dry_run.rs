//! What would happen to each appointment in trouble, what was done about it, and nothing before somebody says so.

use super::form::choices;
use super::{RAIL, head, hidden};
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::pages::staff::parts::{client, hours, needs};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::availability::{DryRun, Proposal, Resolved};
use leptos::prelude::*;

/// The page.
pub fn dry_run(frame: &Frame, model: &DryRun) -> String {
    let page_head = || Head {
        title: model.title.clone(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let body = if model.applied {
            results(model)
        } else {
            plan(model)
        };
        view! {
            {head(model.title.clone(), model.back.clone(), model.clinic.name.clone())}
            {body}
        }
    })
}

fn plan(model: &DryRun) -> AnyView {
    let elsewhere = (model.elsewhere > 0).then(|| {
        let text = t_with("avail-elsewhere", &[("count", model.elsewhere.into())]);
        view! { <p>{icon(ALERT)} " " {text}</p> }
    });
    let offered = (model.offered > 0).then(|| {
        let text = t_with("avail-offered", &[("count", model.offered.into())]);
        view! { <p>{icon(ALERT)} " " {text}</p> }
    });
    let none = model
        .proposals
        .is_empty()
        .then(|| view! { <p>{icon(CHECK)} " " {t("avail-trouble-none")}</p> });
    let more = (model.more > 0).then(|| {
        let count = [
            ("count", model.proposals.len().into()),
            ("more", model.more.into()),
        ];
        view! { <p class="banner">{icon(ALERT)} " " {t_with("avail-more-after", &count)}</p> }
    });
    // Where nothing is wrong and nothing is to be saved, there is nothing to do.
    let any = !model.proposals.is_empty() || !model.hidden.is_empty();
    let apply = any.then(|| view! { <button class="button main" type="submit" name="do" value="apply">{t("avail-apply")}</button> });
    view! {
        <p class="avail-not-saved"><strong>{t("avail-not-saved")}</strong> " " {model.lead.clone()}</p>
        {none}
        {elsewhere}
        {offered}
        {more}
        <form method="post" action=model.action.clone() class="avail-plan">
            {hidden(&model.hidden)}
            {model.proposals.iter().map(proposal).collect_view()}
            <p>
                {apply} " "
                <a href=model.back.clone()>{t("avail-cancel")}</a>
            </p>
        </form>
    }
    .into_any()
}

fn proposal(one: &Proposal) -> impl IntoView + use<> {
    let appointment = &one.trouble.appointment;
    let urgent = one.urgent.then(|| {
        view! { <span class="chip" data-state="urgent">{icon(ALERT)} {t("avail-urgent")}</span> " " }
    });
    let deadline = (!one.deadline.is_empty()).then(|| {
        let text = t_with("avail-deadline", &[("date", one.deadline.clone().into())]);
        view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> }
    });
    let told = t(&format!("avail-told-{}", one.told));
    let legend = t_with(
        "avail-choose-for",
        &[("reference", appointment.reference.clone().into())],
    );
    view! {
        <section class="avail-case">
            <input type="hidden" name=one.was.0.clone() value=one.was.1.clone() />
            <h2>{client(appointment)}</h2>
            <p>
                {appointment.day.clone()} ", " {hours(appointment)} ", " {appointment.service.clone()} " "
                {urgent} {deadline}
            </p>
            <p>{icon(ALERT)} " " {one.trouble.why.join(" ")} " " {needs(appointment)}</p>
            <fieldset class="field">
                <legend>{legend}</legend>
                {choices(&one.name, &one.choices, "radio")}
            </fieldset>
            <p class="hint">{told}</p>
        </section>
    }
}

fn results(model: &DryRun) -> AnyView {
    let row = |one: &Resolved| {
        let mark = if one.done { CHECK } else { ALERT };
        let href = format!("/staff/appointments/{}", one.reference);
        view! { <li>{icon(mark)} " " <a href=href>{one.reference.clone()}</a> ": " {one.text.clone()}</li> }
    };
    let left = model
        .results
        .iter()
        .filter(|one| !one.done && !one.settled)
        .count();
    view! {
        <p role="status"><strong>{t_with("avail-done", &[("left", left.into())])}</strong></p>
        <ul class="plain-list">{model.results.iter().map(row).collect_view()}</ul>
        <p><a href=model.back.clone()>{t("avail-done-back")}</a></p>
    }
    .into_any()
}
