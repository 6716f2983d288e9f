//! The form in which a case is proposed or decided. One form: what to do, then the parts that belong to each choice (a
//! browser that can hides the others), then why. Whole without a script.

use super::super::parts;
use crate::icons::{ARROW, icon};
use crate::pages::client_steps::{Times, times};
use crate::pages::fields::{Options, TextField, choice, error_of};
use crate::pages::words;
use crate::text::{t, t_with};
use crate::view::{CasePage, Choice, RulingForm};
use leptos::prelude::*;

/// Most characters of a reason or a question; the server's limit is the same.
const MOST_REASON: usize = 500;

/// The form.
pub fn view(model: &CasePage, form: &RulingForm) -> AnyView {
    let to = |end: &str| format!("/staff/requests/{}/{end}", model.case.reference);
    let error = |name: &str| error_of(&form.errors, name);
    let proposal = (!form.from_proposal.is_empty()).then(|| {
        let text = t_with(
            "case-from-proposal",
            &[("name", form.from_proposal.clone().into())],
        );
        view! { <p class="banner">{text}</p> }
    });
    let kinds = Options {
        name: "kind",
        legend: t("case-what"),
        error: error("kind"),
        choices: ["accept", "offer", "ask", "decline"]
            .into_iter()
            .map(|kind| choice(kind, parts::word("case-kind", kind), &form.kind))
            .collect(),
        ..Options::default()
    };
    let reason = TextField {
        name: "reason",
        label: t("case-reason"),
        hint: t("case-reason-hint"),
        value: form.reason.clone(),
        error: error("reason"),
        rows: 3,
        max_chars: MOST_REASON,
        ..TextField::default()
    };
    let decide = model.can_decide.then(|| {
        view! { <button class="button main" type="submit">{t("case-decide")} {icon(ARROW)}</button> }
    });
    let prepare = view! {
        <button class="button quiet" type="submit" formaction=to("prepare")>{t("case-prepare")}</button>
    };
    let action = if model.can_decide {
        to("decide")
    } else {
        to("prepare")
    };
    let waits = model
        .waits_for_check
        .then(|| view! { <p class="banner">{t("case-check-open")}</p> });
    view! {
        {waits}
        {proposal}
        <form class="ruling" method="post" action=action novalidate>
            <input type="hidden" name="revision" value=form.revision.to_string() />
            {kinds.view()}
            {meeting(form, &error("service"))}
            {offer(form, &to("times"), error("times"))}
            {ask(form, error("question"))}
            {decline(form, error("signposts"))}
            {reason.view()}
            <p class="actions">{decide} {prepare}</p>
        </form>
        {no_capacity(model, form.revision, to("turn-down"))}
    }
    .into_any()
}

/// The neutral refusal, which says nothing of why. Only of a case that waits for staff.
fn no_capacity(model: &CasePage, revision: i64, action: String) -> Option<AnyView> {
    (model.can_turn_down && model.case.state == "in_review").then(|| {
        view! {
            <details class="cancel">
                <summary class="button quiet">{t("staff-turn-down")}</summary>
                <form method="post" action=action>
                    <input type="hidden" name="revision" value=revision.to_string() />
                    <p>{t("staff-turn-down-text")}</p>
                    <button class="button danger" type="submit">{t("staff-turn-down-yes")}</button>
                </form>
            </details>
        }
        .into_any()
    })
}

/// The service and its length: for accepting and for offering times.
fn meeting(form: &RulingForm, error: &str) -> AnyView {
    let services = Options {
        name: "service",
        legend: t("case-which-service"),
        error: error.to_owned(),
        choices: form
            .services
            .iter()
            .map(|service| {
                let length = words::length_and_price(service.minutes, "");
                let places = [
                    ("name", service.name.clone().into()),
                    ("length", length.into()),
                ];
                Choice {
                    value: service.id.clone(),
                    label: t_with("times-service", &places),
                    chosen: service.selected,
                    ..Choice::default()
                }
            })
            .collect(),
        ..Options::default()
    };
    let extra = form
        .extra
        .iter()
        .map(|one| {
            let minutes: i64 = one.value.parse().unwrap_or(0);
            Choice {
                label: t_with("case-extra-minutes", &[("count", minutes.into())]),
                ..one.clone()
            }
        })
        .collect();
    let extra = Options {
        name: "extra",
        legend: t("case-extra"),
        hint: t("case-extra-hint"),
        choices: extra,
        ..Options::default()
    };
    view! { <div class="for-accept for-offer">{services.view()} {extra.view()}</div> }.into_any()
}

fn offer(form: &RulingForm, show: &str, error: String) -> AnyView {
    let list = if form.unavailable {
        view! { <p class="empty">{t("times-unavailable")}</p> }.into_any()
    } else if form.days.is_empty() {
        view! { <p class="empty" id="times">{t("case-no-times")}</p> }.into_any()
    } else {
        times(&Times {
            name: "times",
            legend: t("case-times"),
            days: &form.days,
            chosen: &form.times,
            error,
            many: true,
            modes: true,
        })
    };
    // Ticked times that are not on this page of days stay ticked.
    let listed = |value: &String| {
        form.days
            .iter()
            .flat_map(|day| &day.parts)
            .flat_map(|part| &part.slots)
            .any(|slot| slot.value == *value)
    };
    let kept = form
        .times
        .iter()
        .filter(|value| !listed(value))
        .map(|value| view! { <input type="hidden" name="times" value=value.clone() /> })
        .collect_view();
    view! {
        <div class="for-offer">
            <div class="field">
                <label for="from">{t("case-times-from")}</label>
                <input type="date" name="from" id="from" class="short" value=form.from.clone() />
                <button class="button quiet" type="submit" formaction=show.to_owned()>{t("case-show-times")}</button>
            </div>
            {kept}
            {list}
        </div>
    }
    .into_any()
}

fn ask(form: &RulingForm, error: String) -> AnyView {
    let field = TextField {
        name: "question",
        label: t("case-question"),
        hint: t("case-question-hint"),
        value: form.question.clone(),
        error,
        rows: 3,
        max_chars: MOST_REASON,
        ..TextField::default()
    };
    view! { <div class="for-ask">{field.view()}</div> }.into_any()
}

fn decline(form: &RulingForm, error: String) -> AnyView {
    if let Some(others) = &form.one_no {
        return view! {
            <div class="for-decline">
                <p>{t("case-one-no")}</p>
                {crate::pages::parts::bullets(others)}
            </div>
        }
        .into_any();
    }
    let helpers = Options {
        name: "signposts",
        legend: t("case-signposts"),
        hint: t("case-signposts-hint"),
        choices: form.signposts.clone(),
        error,
        many: true,
        ..Options::default()
    };
    view! { <div class="for-decline">{helpers.view()}</div> }.into_any()
}
