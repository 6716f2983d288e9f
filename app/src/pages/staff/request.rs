//! `/staff/requests/{reference}`: one case. Answers, reasons and the decision stand side by side where there is room; how
//! to reach the client, what was decided before and what happened come below.

mod form;
mod rulings;

use super::parts::{self, fact, yes_no};
use super::requests::{assigned, deadline};
use crate::icons::{ALERT, LETTER, icon};
use crate::pages::client_steps;
use crate::pages::document::{Head, staff};
use crate::pages::fields::error_summary;
use crate::text::{t, t_with};
use crate::view::{CaseAnswer, CaseContact, CasePage, CaseReason, ClientSteps, FieldError, Frame};
use leptos::prelude::*;

/// The page.
pub fn request(frame: &Frame, model: &CasePage) -> String {
    let reference = model.case.reference.clone();
    let title = || t_with("case-title", &[("reference", reference.clone().into())]);
    let errors = errors(model);
    // The reference alone: the title stays in the browser's history.
    let head = || Head {
        title: title(),
        errors: !errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/requests", || {
        let one = &model.case;
        let stop = one.stop_shown.then(
            || view! { <p class="banner bad">{icon(ALERT)} " " {t("staff-stop-shown-long")}</p> },
        );
        let late = (one.overdue && one.state == "in_review")
            .then(|| view! { <p class="banner bad">{icon(ALERT)} " " {t("case-late")}</p> });
        let form = model.form.as_ref().map(|ruling| form::view(model, ruling));
        let here = format!("/staff/requests/{}", one.reference);
        let reach = model
            .contact
            .is_some()
            .then(|| super::contact::change(&here));
        view! {
            {error_summary(&errors)}
            {rulings::overtaken(model)}
            <div class="desk-head">
                <h1>{title()}</h1>
                <span class="chip">{parts::word("case-state", &one.state)}</span>
                <p>{icon(LETTER)} " " <a href="/staff/requests">{t("case-back")}</a></p>
            </div>
            {stop}
            {late}
            {super::rivals::mark(&model.rivals)}
            <div class="case-parts">
                <section><h2>{t("staff-appointment-answers")}</h2>{answers(&model.answers)}</section>
                <section><h2>{t("case-reasons")}</h2>{reasons(model)}{facts(model)}</section>
                <section><h2>{t("case-decision")}</h2>{rulings::latest(model)}{form}</section>
            </div>
            <div class="desk-parts">
                <section><h2>{t("staff-appointment-client")}</h2>{contact(model.contact.as_ref())}{reach}{assign(model)}</section>
                {model.on_phone.as_ref().map(|steps| on_phone(model, steps))}
                <section><h2>{t("case-rulings")}</h2>{rulings::all(&model.rulings)}</section>
                <section><h2>{t("staff-appointment-history")}</h2>{super::appointment::history(&model.history)}</section>
            </div>
        }
    })
}

fn errors(model: &CasePage) -> Vec<FieldError> {
    let form = model.form.iter().flat_map(|form| &form.errors);
    let steps = model.on_phone.iter().flat_map(|steps| &steps.errors);
    form.chain(steps).cloned().collect()
}

fn answers(all: &[CaseAnswer]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t("staff-appointment-answers-none")}</p> }.into_any();
    }
    let one = |answer: &CaseAnswer| {
        let rule = |(name, effect): &(String, String)| {
            let places = [
                ("rule", name.clone().into()),
                ("effect", parts::word("case-effect", effect).into()),
            ];
            view! { <dd class="rule">{t_with("case-rule", &places)}</dd> }
        };
        view! {
            <div>
                <dt>{answer.question.clone()}</dt>
                <dd>{answer.answer.clone()}</dd>
                {answer.rules.iter().map(rule).collect_view()}
            </div>
        }
    };
    view! { <dl class="answers">{all.iter().map(one).collect_view()}</dl> }.into_any()
}

fn reasons(model: &CasePage) -> AnyView {
    let one = |reason: &CaseReason| {
        let urgent = reason.urgent.then(|| {
            view! { <span class="chip" data-state="urgent">{icon(ALERT)} {t("staff-call-urgent")}</span> }
        });
        view! { <li><strong>{parts::word("case-effect", &reason.outcome)}</strong> ": " {reason.text.clone()} " " {urgent}</li> }
    };
    let shown = (!model.signposts.is_empty()).then(|| {
        let names = model
            .signposts
            .iter()
            .map(|one| view! { <li>{one.name.clone()}</li> });
        view! { <p>{t("case-pointed-to")}</p><ul class="bullets">{names.collect_view()}</ul> }
    });
    view! { <ul class="bullets">{model.reasons.iter().map(one).collect_view()}</ul> {shown} }
        .into_any()
}

fn facts(model: &CasePage) -> impl IntoView + use<> {
    let one = &model.case;
    view! {
        <dl class="facts-list">
            <dt>{t("staff-col-deadline")}</dt><dd>{deadline(one)}</dd>
            {fact(t("case-promised"), one.respond_by.clone())}
            {fact(t("staff-col-clinic"), one.clinic.name.clone())}
            {fact(t("case-age"), one.age.clone())}
        </dl>
    }
}

fn contact(contact: Option<&CaseContact>) -> AnyView {
    let Some(one) = contact else {
        return view! { <p>{t("case-sealed")}</p> }.into_any();
    };
    let known = |text: &str| {
        if text.is_empty() {
            t("staff-none")
        } else {
            text.to_owned()
        }
    };
    let phone = if one.phone.is_empty() {
        fact(t("staff-field-phone"), t("staff-none"))
    } else {
        Some(
            view! {
                <dt>{t("staff-field-phone")}</dt>
                <dd>{parts::telephone(&one.phone)}</dd>
            }
            .into_any(),
        )
    };
    view! {
        <dl class="facts-list">
            {fact(t("staff-field-name"), one.name.clone())}
            {fact(t("staff-field-organisation"), one.organisation.clone())}
            {phone}
            {fact(t("staff-field-safe-call"), yes_no(one.safe_to_call))}
            {fact(t("staff-field-call-window"), one.call_window.clone())}
            {fact(t("staff-field-message"), yes_no(one.leave_message))}
            {fact(t("staff-field-email"), known(&one.email))}
            {fact(t("staff-field-safe-email"), yes_no(one.safe_to_email))}
            {fact(t("staff-field-postcode"), one.postcode_area.clone())}
            {fact(t("staff-field-language"), one.language.clone())}
            {fact(t("staff-field-interpreter"), yes_no(one.interpreter))}
            {fact(t("staff-field-access"), known(&one.access.join(", ")))}
        </dl>
    }
    .into_any()
}

fn assign(model: &CasePage) -> AnyView {
    if model.colleagues.is_empty() {
        let who = t_with("case-has-it", &[("name", assigned(&model.case).into())]);
        return view! { <p>{who}</p> }.into_any();
    }
    let one = |choice: &crate::view::Choice| {
        view! { <option value=choice.value.clone() selected=choice.chosen>{choice.label.clone()}</option> }
    };
    view! {
        <form class="assign" method="post" action=format!("/staff/requests/{}/assign", model.case.reference)>
            <input type="hidden" name="was" value=model.holder.clone() />
            <label for="to">{t("case-col-who")}</label>
            <select name="to" id="to">
                <option value="">{t("case-nobody")}</option>
                {model.colleagues.iter().map(one).collect_view()}
            </select>
            <button class="button quiet" type="submit">{t("case-assign")}</button>
        </form>
    }
    .into_any()
}

/// With the client on the telephone: what to say, and what to do for them.
fn on_phone(model: &CasePage, steps: &ClientSteps) -> AnyView {
    let said = match steps.state.as_str() {
        "waiting_for_client" => t("case-say-waiting"),
        "accepted" | "offered" => t_with("case-say-yes", &[("count", steps.minutes.into())]),
        "declined" => t("case-say-no"),
        _ => t("case-say-in-review"),
    };
    let act = match steps.state.as_str() {
        "waiting_for_client" => Some(client_steps::answer(steps)),
        "accepted" | "offered" => Some(client_steps::pick(steps)),
        "declined" => {
            let all = model.helpers.iter().map(crate::pages::parts::signpost);
            Some(view! { <ul class="signposts">{all.collect_view()}</ul> }.into_any())
        }
        _ => None,
    };
    let open = model.case.state != "declined";
    let withdraw = open.then(|| client_steps::withdraw(steps, true));
    view! {
        <section class="on-phone">
            <h2>{t("case-on-phone")}</h2>
            <p>{said}</p>
            <p>{t("case-say-care")}</p>
            {act}
            {withdraw}
        </section>
    }
    .into_any()
}
