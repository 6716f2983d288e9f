//! Where the questions can lead instead of to a time: an urgent stop, "not us, here is who", and a
//! request that a person has to look at first. Calm and certain: the number first, then what to do.

use super::document::{Head, public};
use super::fields::{Options, TextField, choice, error_of, error_summary, tick};
use super::parts;
use crate::icons::{ARROW, CHECK, PHONE, icon};
use crate::text::{t, t_with};
use crate::view::{CallBackForm, Frame, Notice, Out, RequestIntro, Signpost, Stop};
use leptos::prelude::*;

/// `/clinics/{clinic}/stop`
pub fn stop(frame: &Frame, model: &Stop) -> String {
    let head = || Head {
        errors: !model.call_back.errors.is_empty(),
        ..Head::journey(t("stop-title"))
    };
    public(frame, head, || {
        view! {
            {parts::back(&model.back)}
            {error_summary(&model.call_back.errors)}
            {asked(model)}
            <h1>{t("stop-title")}</h1>
            {super::phone::tell(frame, "phone-tell-stop")}
            <section>
                <h2>{t("stop-do-title")}</h2>
                {number_first(&model.notices).into_iter().map(urgent).collect_view()}
            </section>
            <section class="what-to-say">
                <h2>{t("stop-say-title")}</h2>
                <p>{t("stop-say")}</p>
                <p>{t("stop-alone")}</p>
            </section>
            <section>
                <h2>{t("stop-night-title")}</h2>
                <p>{t("stop-night")}</p>
                <p>{unread(model)}</p>
            </section>
            {also(&model.also, (model.also_to_look_at && model.asked.is_none()).then(|| t("stop-also-ask")))}
            {model.asked.is_none().then(|| call_back(frame, model))}
            {mistake(model)}
        }
    })
}

/// The way back for whoever pressed the wrong answer.
fn mistake(model: &Stop) -> Option<AnyView> {
    (!model.back.is_empty()).then(|| {
        let back = model.back.clone();
        view! { <p>{t("stop-mistake")} " " <a href=back>{t("stop-mistake-back")}</a></p> }
            .into_any()
    })
}

/// When nobody reads the form.
fn unread(model: &Stop) -> String {
    if model.unread.is_empty() {
        t("no-one-at-night")
    } else {
        model.unread.clone()
    }
}

/// What applies besides; nothing if nothing does. `to_ask` names the words that say how a person comes to look at it:
/// what a milder rule promises is true only if they are asked.
fn also(notices: &[Notice], to_ask: Option<String>) -> Option<AnyView> {
    (!notices.is_empty()).then(|| {
        let to_ask = to_ask.map(|text| view! { <p>{text}</p> });
        view! { <section><h2>{t("outcome-also")}</h2>{to_ask}{parts::notices(notices)}</section> }
            .into_any()
    })
}

/// Reasons of the same weight, those with something to ring first: nothing stands above the largest number.
fn number_first(notices: &[Notice]) -> Vec<&Notice> {
    let mut ordered: Vec<&Notice> = notices.iter().collect();
    ordered.sort_by_key(|notice| notice.signposts.iter().all(|sign| sign.dial.is_empty()));
    ordered
}

/// A reason to stop, with the first number as large as it gets and the others below.
fn urgent(notice: &Notice) -> impl IntoView + use<> {
    let mut ordered: Vec<&Signpost> = notice.signposts.iter().collect();
    // Stable: the best that can be rung comes first, and the rest keep their order.
    if let Some(at) = ordered.iter().position(|sign| !sign.dial.is_empty()) {
        ordered[..=at].rotate_right(1);
    }
    let big = ordered.first().map(|sign| big_number(sign));
    let others = (ordered.len() > 1).then(|| {
        let rest = ordered.iter().skip(1).map(|sign| parts::signpost(sign));
        view! { <ul class="signposts">{rest.collect_view()}</ul> }
    });
    let text =
        (!notice.text.is_empty()).then(|| view! { <p class="lead">{notice.text.clone()}</p> });
    view! { <section class="urgent">{text} {big} {others}</section> }
}

fn big_number(sign: &Signpost) -> AnyView {
    if sign.dial.is_empty() {
        return view! { <ul class="signposts">{parts::signpost(sign)}</ul> }.into_any();
    }
    let more: Vec<String> = [&sign.why, &sign.hours]
        .into_iter()
        .filter(|text| !text.is_empty())
        .cloned()
        .collect();
    view! {
        <a class="big-number" href=format!("tel:{}", sign.dial)>
            {icon(PHONE)}
            <span><strong>{sign.telephone.clone()}</strong> <span class="big-name">{sign.name.clone()}</span></span>
        </a>
        <p>{more.join(" ")}</p>
    }
    .into_any()
}

fn asked(model: &Stop) -> Option<AnyView> {
    model.asked.clone().map(|reference| {
        view! {
            <div class="notice good" role="status">
                <h2>{icon(CHECK)} {t("call-back-asked")}</h2>
                <p>{t_with("call-back-reference", &[("reference", reference.into())])}</p>
                <p>{unread(model)}</p>
            </div>
        }
        .into_any()
    })
}

fn call_back(frame: &Frame, model: &Stop) -> impl IntoView + use<> {
    let form = &model.call_back;
    view! {
        <section class="call-back">
            <h2>{t("call-back-title")}</h2>
            <p>{t("call-back-text")}</p>
            <p>{t("call-back-when")}</p>
            {super::phone::tell(frame, "phone-tell-consent")}
            <form method="post" action=format!("/clinics/{}/stop", model.clinic.id) novalidate>
                {(!model.why.is_empty()).then(|| view! { <input type="hidden" name="why" value=model.why.clone() /> })}
                {call_back_fields(form)}
                <button class="button" type="submit">{t("call-back-send")}</button>
            </form>
        </section>
    }
}

fn call_back_fields(form: &CallBackForm) -> impl IntoView + use<> {
    let error = |name| error_of(&form.errors, name);
    let leave = if form.leave_message { "yes" } else { "" };
    let name = TextField {
        name: "name",
        label: t("name-label"),
        value: form.name.clone(),
        error: error("name"),
        autocomplete: "name",
        ..TextField::default()
    };
    let phone = TextField {
        name: "phone",
        label: t("phone-label"),
        value: form.phone.clone(),
        error: error("phone"),
        kind: "tel",
        autocomplete: "tel",
        inputmode: "tel",
        width: "medium",
        ..TextField::default()
    };
    let window = TextField {
        name: "call_window",
        label: t("call-window-label"),
        hint: t("call-window-hint"),
        value: form.call_window.clone(),
        error: error("call_window"),
        ..TextField::default()
    };
    let leave = Options {
        name: "leave_message",
        legend: t("leave-message-label"),
        error: error("leave_message"),
        choices: vec![
            choice("yes", t("yes"), leave),
            choice("no", t("leave-message-no"), leave),
        ],
        ..Options::default()
    };
    view! {
        {name.view()} {phone.view()} {window.view()} {leave.view()}
        {tick("consent", t("call-back-consent"), form.consent, &error("consent"))}
    }
}

/// `/clinics/{clinic}/out`
pub fn out(frame: &Frame, model: &Out) -> String {
    public(
        frame,
        || Head::journey(t("out-title")),
        || {
            let telephone = super::footer::telephone(frame);
            let to_ask = if model.can_ask {
                t("out-also-ask")
            } else {
                t("out-also-ring")
            };
            view! {
                {parts::back(&model.back)}
                <h1>{t("out-title")}</h1>
                <p class="lead">{t("out-lead")}</p>
                {super::phone::tell(frame, "phone-tell-out")}
                {parts::notices(&model.notices)}
                {also(&model.also, model.also_to_look_at.then_some(to_ask))}
                {ask(model)}
                <section class="rather">
                    <h2>{t("out-wrong-title")}</h2>
                    <p>{t("out-wrong")}</p>
                    {telephone}
                    <p><a href="/">{t("out-home")}</a></p>
                </section>
            }
        },
    )
}

/// "Ask a person to look at it", where the rules offer that.
fn ask(model: &Out) -> Option<AnyView> {
    model.can_ask.then(|| {
        let within = (!model.within.is_empty()).then(|| {
            let places = [("within", model.within.clone().into())];
            t_with("request-within", &places)
        });
        view! {
            <section>
                <h2>{t("out-ask-title")}</h2>
                <p>{t("out-ask-text")} " " {within}</p>
                <form method="post" action=format!("/clinics/{}/out", model.clinic.id)>
                    <button class="button" type="submit">{t("out-ask")}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

/// `/clinics/{clinic}/request`
pub fn request(frame: &Frame, model: &RequestIntro) -> String {
    public(
        frame,
        || Head::journey(t("request-title")),
        || {
            let within = (!model.respond_within.is_empty()).then(|| {
                t_with(
                    "request-within",
                    &[("within", model.respond_within.clone().into())],
                )
            });
            view! {
                {parts::back(&model.back)}
                <h1>{t("request-title")}</h1>
                <p class="lead">{t("request-lead")} " " {within}</p>
                {super::phone::tell(frame, "phone-tell-request")}
                {parts::notices(&model.notices)}
                <h2>{t("request-next-title")}</h2>
                <ol class="steps">
                    <li>{t("request-next-1")}</li>
                    <li>{t("request-next-2")}</li>
                    <li>{t("request-next-3")}</li>
                </ol>
                <form method="post" action=format!("/clinics/{}/request", model.clinic.id)>
                    <button class="button main" type="submit">{t("continue")} {icon(ARROW)}</button>
                </form>
            }
        },
    )
}
