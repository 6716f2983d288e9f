//! Who waits for a time: the list in the queue, and `/staff/waiting/{reference}`.

use super::parts::{self, fact, yes_no};
use crate::icons::{ALERT, LETTER, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary};
use crate::pages::words;
use crate::text::{t, t_with};
use crate::view::{Choice, Frame, OfferLine, SkipLine, WaitingLine, WaitingPage};
use leptos::prelude::*;

/// The list, as a part of the queue; nothing where nobody waits.
pub fn list(all: &[WaitingLine]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        let head = [
            "waiting-col-helps",
            "staff-col-client",
            "staff-col-clinic",
            "waiting-col-service",
            "waiting-col-times",
            "waiting-col-since",
            "waiting-col-offer",
        ];
        let head = head.map(|key| view! { <th scope="col">{t(key)}</th> });
        view! {
            <section id="on-list">
                <h2>{t("waiting-heading")} " " {parts::count(all.len())}</h2>
                <p class="hint">{t("waiting-lead")}</p>
                {parts::scroll(t("waiting-heading"), view! {
                    <table class="desk-table">
                        <thead><tr>{head.collect_view()}</tr></thead>
                        <tbody>{all.iter().map(row).collect_view()}</tbody>
                    </table>
                })}
            </section>
        }
        .into_any()
    })
}

fn row(one: &WaitingLine) -> impl IntoView + use<> {
    let lines = one
        .times
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> });
    view! {
        <tr class:late=one.nearly_over>
            <td class="time">{helps(one)}</td>
            <th scope="row">{link(one)}</th>
            <td>{one.clinic.name.clone()}</td>
            <td>{one.service.clone()}</td>
            <td><ul class="plain-list">{lines.collect_view()}</ul></td>
            <td>{one.age.clone()}</td>
            <td>{offer(one)}</td>
        </tr>
    }
}

fn link(one: &WaitingLine) -> AnyView {
    let href = format!("/staff/waiting/{}", one.reference);
    if one.client.is_empty() {
        return view! { <a href=href>{one.reference.clone()}</a> }.into_any();
    }
    view! { <a href=href>{one.client.clone()}</a> <br /> <span class="number">{one.reference.clone()}</span> }
        .into_any()
}

fn chip(text: String) -> AnyView {
    view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> }.into_any()
}

fn helps(one: &WaitingLine) -> AnyView {
    let urgent = one.urgent.then(|| chip(t("staff-call-urgent")));
    let soon = one.nearly_over.then(|| chip(t("waiting-nearly-over")));
    let until = if one.helps_until.is_empty() {
        t("waiting-always")
    } else {
        one.helps_until.clone()
    };
    view! { {until} " " {urgent} " " {soon} }.into_any()
}

fn offer(one: &WaitingLine) -> String {
    match &one.offer {
        None => t("waiting-no-offer"),
        Some(offer) => t_with(
            "waiting-offer-open",
            &[
                ("when", offer.when.clone().into()),
                ("until", offer.until.clone().into()),
            ],
        ),
    }
}

/// `/staff/waiting/{reference}`
pub fn waiting(frame: &Frame, model: &WaitingPage) -> String {
    let title = || {
        t_with(
            "waiting-title",
            &[("reference", model.line.reference.clone().into())],
        )
    };
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty() || model.overtaken,
        ..Head::default()
    };
    staff(frame, head, "/staff/requests", || {
        let overtaken = model.overtaken.then(|| {
            view! {
                <section class="banner bad" role="alert">
                    <h2>{icon(ALERT)} " " {t("waiting-overtaken")}</h2>
                    <p>{t("waiting-overtaken-text")}</p>
                </section>
            }
        });
        view! {
            {error_summary(&model.errors)}
            {overtaken}
            <div class="desk-head">
                <h1>{title()}</h1>
                <span class="chip">{parts::word("waiting-state", &model.state)}</span>
                <p>{icon(LETTER)} " " <a href="/staff/requests#on-list">{t("waiting-back")}</a></p>
            </div>
            <div class="desk-parts">
                <section><h2>{t("waiting-heading")}</h2>{facts(model)}</section>
                <section><h2>{t("staff-appointment-client")}</h2>{contact(model)}</section>
                {on_phone(model)}
                <section><h2>{t("waiting-offers")}</h2>{offers(&model.offers)}</section>
                {out_of_turn(model)}
                <section><h2>{t("waiting-skips")}</h2>{skips(&model.skips)}</section>
                <section><h2>{t("staff-appointment-history")}</h2>{super::appointment::history(&model.history)}</section>
            </div>
        }
    })
}

fn facts(model: &WaitingPage) -> AnyView {
    let one = &model.line;
    let lines = one
        .times
        .iter()
        .map(|line| view! { <li>{line.clone()}</li> });
    let turn = (model.turn > 0).then(|| {
        fact(
            t("waiting-field-turn"),
            t_with("waiting-turn", &[("turn", model.turn.into())]),
        )
    });
    view! {
        <dl class="facts-list">
            {fact(t("staff-col-clinic"), one.clinic.name.clone())}
            {fact(t("waiting-col-service"), one.service.clone())}
            <dt>{t("waiting-col-helps")}</dt><dd>{helps(one)}</dd>
            {fact(t("waiting-col-since"), one.age.clone())}
            {turn}
            <dt>{t("waiting-col-times")}</dt><dd><ul class="plain-list">{lines.collect_view()}</ul></dd>
            {fact(t("waiting-col-offer"), offer(one))}
        </dl>
    }
    .into_any()
}

fn contact(model: &WaitingPage) -> AnyView {
    if model.line.client.is_empty() {
        return view! { <p>{t("case-sealed")}</p> }.into_any();
    }
    let phone = if model.phone.is_empty() {
        fact(t("staff-field-phone"), t("staff-none"))
    } else {
        Some(
            view! { <dt>{t("staff-field-phone")}</dt><dd>{parts::telephone(&model.phone)}</dd> }
                .into_any(),
        )
    };
    let email = if model.email.is_empty() {
        t("staff-none")
    } else {
        model.email.clone()
    };
    view! {
        <dl class="facts-list">
            {fact(t("staff-field-name"), model.line.client.clone())}
            {phone}
            {fact(t("staff-field-safe-call"), yes_no(model.safe_to_call))}
            {fact(t("staff-field-call-window"), model.call_window.clone())}
            {fact(t("staff-field-message"), yes_no(model.leave_message))}
            {fact(t("staff-field-email"), email)}
            {fact(t("staff-field-safe-email"), yes_no(model.safe_to_email))}
        </dl>
        {super::contact::change(&format!("/staff/waiting/{}", model.line.reference))}
    }
    .into_any()
}

fn post(model: &WaitingPage, end: &str) -> String {
    format!("/staff/waiting/{}/{end}", model.line.reference)
}

/// What the person says on the telephone.
fn on_phone(model: &WaitingPage) -> Option<AnyView> {
    model.may_answer.then(|| {
        let answers = model.line.offer.as_ref().map(|offer| {
            let number = offer.number.to_string();
            let yes = t_with("waiting-accept", &[("when", offer.when.clone().into())]);
            view! {
                <form method="post" action=post(model, "accept")>
                    <input type="hidden" name="number" value=number.clone() />
                    <button class="button main" type="submit">{yes}</button>
                </form>
                <form method="post" action=post(model, "decline")>
                    <input type="hidden" name="number" value=number />
                    <button class="button quiet" type="submit">{t("waiting-decline")}</button>
                </form>
            }
        });
        view! {
            <section class="on-phone">
                <h2>{t("waiting-on-phone")}</h2>
                {answers}
                <details class="cancel">
                    <summary class="button quiet">{t("waiting-leave")}</summary>
                    <form method="post" action=post(model, "leave")>
                        <p>{t("waiting-leave-text")}</p>
                        <button class="button danger" type="submit">{t("waiting-leave-yes")}</button>
                    </form>
                </details>
            </section>
        }
        .into_any()
    })
}

fn offers(all: &[OfferLine]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t("waiting-offers-none")}</p> }.into_any();
    }
    let one = |offer: &OfferLine| {
        let reason = (!offer.reason.is_empty()).then(|| {
            let text = t_with(
                "waiting-out-of-turn",
                &[("reason", offer.reason.clone().into())],
            );
            view! { <br /><span class="hint">{text}</span> }
        });
        view! {
            <li>
                {offer.when.clone()} ", " {words::mode(&offer.mode)} ": "
                <strong>{parts::word("waiting-offer-is", &offer.state)}</strong> {reason}
            </li>
        }
    };
    view! { <ul class="bullets">{all.iter().map(one).collect_view()}</ul> }.into_any()
}

fn skips(all: &[SkipLine]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t("waiting-skips-none")}</p> }.into_any();
    }
    let one = |skip: &SkipLine| {
        let words = (!skip.words.is_empty()).then(|| format!(": {}", skip.words));
        view! { <li>{skip.when.clone()} ": " {parts::word("waiting-skip", &skip.reason)} {words}</li> }
    };
    view! { <ul class="bullets">{all.iter().map(one).collect_view()}</ul> }.into_any()
}

fn out_of_turn(model: &WaitingPage) -> Option<AnyView> {
    (model.may_offer && model.line.offer.is_none()).then(|| {
        let untold = model.untold.then(|| {
            view! { <p class="banner">{icon(ALERT)} " " {t("waiting-offer-untold")}</p> }
        });
        let body = if model.free.is_empty() {
            view! { <p>{t("waiting-offer-none")}</p> }.into_any()
        } else {
            offer_form(model)
        };
        view! {
            <section>
                <h2>{t("waiting-offer-now")}</h2>
                <p class="hint">{t("waiting-offer-now-text")}</p>
                {untold}
                {body}
            </section>
        }
        .into_any()
    })
}

fn offer_form(model: &WaitingPage) -> AnyView {
    let option = |one: &Choice| {
        view! { <option value=one.value.clone() selected=one.chosen>{one.label.clone()}</option> }
    };
    let wrong = error_of(&model.errors, "start");
    let described = (!wrong.is_empty()).then_some("start-error");
    let error = (!wrong.is_empty())
        .then(|| view! { <p class="field-error" id="start-error">{icon(ALERT)} {wrong}</p> });
    let reason = TextField {
        name: "reason",
        label: t("waiting-offer-reason"),
        hint: t("waiting-offer-reason-hint"),
        value: model.reason.clone(),
        error: error_of(&model.errors, "reason"),
        max_chars: 300,
        ..TextField::default()
    };
    view! {
        <form method="post" action=post(model, "offer") novalidate>
            <p class="field">
                <label for="start">{t("waiting-offer-time")}</label>
                {error}
                <select id="start" name="start" aria-describedby=described>
                    <option value="">{t("waiting-offer-choose")}</option>
                    {model.free.iter().map(option).collect_view()}
                </select>
            </p>
            {reason.view()}
            <button class="button quiet" type="submit">{t("waiting-offer-send")}</button>
        </form>
    }
    .into_any()
}
