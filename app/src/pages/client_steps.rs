//! What a client can do about their case, as plain forms: pick a time, answer a question, ask for other times, withdraw.
//! The same on their own page and on the desk, where staff fill it in with the client on the telephone.

use super::fields::{TextField, error_of};
use super::words;
use crate::icons::{ALERT, ARROW, icon, of_mode};
use crate::text::{t, t_with};
use crate::view::{Choice, ClientSteps, Day, SlotOption};
use leptos::prelude::*;

/// Most characters of an answer; the server's limit is the same.
pub const MOST_ANSWER: usize = 1000;

/// Days of times, one to choose or several.
pub struct Times<'a> {
    /// The field's name, and the id of the whole.
    pub name: &'static str,
    /// What the group is called.
    pub legend: String,
    pub days: &'a [Day],
    /// Values that are chosen.
    pub chosen: &'a [String],
    pub error: String,
    /// Boxes to tick instead of radio buttons.
    pub many: bool,
    /// Each time says how people can meet then.
    pub modes: bool,
}

/// Days of times as HTML.
pub fn times(times: &Times<'_>) -> AnyView {
    let name = times.name;
    let error = (!times.error.is_empty()).then(|| {
        view! { <p class="field-error" id=format!("{name}-error")>{icon(ALERT)} {times.error.clone()}</p> }
    });
    let described = error.is_some().then(|| format!("{name}-error"));
    let days = times.days.iter().map(|one| day(times, one)).collect_view();
    view! {
        <fieldset class="times" id=name tabindex="-1" aria-describedby=described>
            <legend>{times.legend.clone()}</legend>
            {error}
            {days}
        </fieldset>
    }
    .into_any()
}

fn day(times: &Times<'_>, day: &Day) -> impl IntoView + use<> {
    let parts = day.parts.iter().map(|part| {
        let slots = part.slots.iter().map(|one| slot(times, one)).collect_view();
        view! { <div class="part"><p class="part-name">{part.label.clone()}</p><div class="slots">{slots}</div></div> }
    });
    view! {
        <fieldset class="day">
            <legend>{day.label.clone()}</legend>
            {parts.collect_view()}
        </fieldset>
    }
}

fn slot(times: &Times<'_>, slot: &SlotOption) -> impl IntoView + use<> {
    let id = format!("{}-{}", times.name, slot.value);
    let kind = if times.many { "checkbox" } else { "radio" };
    let checked = times.chosen.contains(&slot.value);
    let modes = times.modes.then(|| {
        let one = |way: &String| view! { <span class="mode">{icon(of_mode(way))} {words::mode(way)}</span> };
        view! { <span class="modes">{slot.modes.iter().map(one).collect_view()}</span> }
    });
    view! {
        <div class="slot">
            <input type=kind name=times.name id=id.clone() value=slot.value.clone() checked=checked />
            <label for=id><span class="slot-time">{slot.label.clone()}</span> {modes}</label>
        </div>
    }
}

fn revision(steps: &ClientSteps) -> impl IntoView + use<> {
    view! { <input type="hidden" name="revision" value=steps.revision.to_string() /> }
}

/// The times to pick from, with the ways to meet, and what to do if none suits.
pub fn pick(steps: &ClientSteps) -> AnyView {
    if steps.unavailable {
        return view! { <p class="empty">{t("times-unavailable")}</p> }.into_any();
    }
    let gone = (!steps.gone.is_empty()).then(|| {
        let one = |time: &String| view! { <li>{time.clone()}</li> };
        view! {
            <p>{t("my-request-gone")}</p>
            <ul class="bullets">{steps.gone.iter().map(one).collect_view()}</ul>
        }
    });
    let late = steps
        .too_late
        .then(|| view! { <p class="banner bad">{icon(ALERT)} " " {t("my-request-too-late")}</p> });
    let form = if steps.days.is_empty() {
        view! { <p class="empty" id="start">{t("my-request-no-time")}</p> }.into_any()
    } else {
        pick_form(steps)
    };
    view! { {gone} {late} {form} {none_suits(steps)} }.into_any()
}

fn pick_form(steps: &ClientSteps) -> AnyView {
    let chosen = [steps.chosen.clone()];
    let all = times(&Times {
        name: "start",
        legend: t("my-request-choose"),
        days: &steps.days,
        chosen: &chosen,
        error: error_of(&steps.errors, "start"),
        many: false,
        modes: steps.only_mode.is_empty(),
    });
    let more = steps.more_from.clone().map(|from| {
        view! { <p class="more"><a class="button quiet" href=format!("{}?from={from}#start", steps.path)>{t("times-more")}</a></p> }
    });
    view! {
        <form method="post" action=format!("{}/time", steps.path) novalidate>
            {revision(steps)}
            {all}
            {more}
            {how(steps)}
            <button class="button main" type="submit">{t("my-request-book")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}

fn how(steps: &ClientSteps) -> AnyView {
    if steps.modes.is_empty() {
        return view! { <input type="hidden" name="mode" value=steps.only_mode.clone() /> }
            .into_any();
    }
    let text = error_of(&steps.errors, "mode");
    let error = (!text.is_empty())
        .then(|| view! { <p class="field-error" id="mode-error">{icon(ALERT)} {text}</p> });
    let described = error.is_some().then_some("mode-error");
    let one = |way: &Choice| {
        let id = format!("meet-{}", way.value);
        view! {
            <div class="pill">
                <input type="radio" name="mode" id=id.clone() value=way.value.clone() checked=way.chosen />
                <label for=id>{icon(of_mode(&way.value))} {words::mode(&way.value)}</label>
            </div>
        }
    };
    view! {
        <fieldset class="meet" id="mode" tabindex="-1" aria-describedby=described>
            <legend>{t("times-how")}</legend>
            {error}
            <div class="pills">{steps.modes.iter().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn none_suits(steps: &ClientSteps) -> impl IntoView + use<> {
    view! {
        <form method="post" action=format!("{}/other-times", steps.path)>
            {revision(steps)}
            <p>{t("my-request-none-suits-text")}</p>
            <button class="button quiet" type="submit">{t("my-request-none-suits")}</button>
        </form>
    }
}

/// The question that staff asked, and a box for the answer.
pub fn answer(steps: &ClientSteps) -> AnyView {
    let field = TextField {
        name: "answer",
        label: t("my-request-answer"),
        hint: t_with("my-request-answer-hint", &[("most", MOST_ANSWER.into())]),
        value: steps.answer.clone(),
        error: error_of(&steps.errors, "answer"),
        rows: 6,
        max_chars: MOST_ANSWER,
        ..TextField::default()
    };
    view! {
        <blockquote class="asked">{steps.question.clone()}</blockquote>
        <form method="post" action=format!("{}/answer", steps.path) novalidate>
            {revision(steps)}
            {field.view()}
            <button class="button main" type="submit">{t("my-request-send-answer")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}

/// "I don't need this any more", behind a second step. On the desk in the words of whoever hears it on the telephone.
pub fn withdraw(steps: &ClientSteps, on_the_desk: bool) -> AnyView {
    let said = |client: &str, staff: &str| t(if on_the_desk { staff } else { client });
    view! {
        <details class="cancel">
            <summary class="button quiet">{said("my-request-withdraw", "case-withdraw")}</summary>
            <div class="notice">
                <p>{said("my-request-withdraw-text", "case-withdraw-text")}</p>
                <form method="post" action=format!("{}/withdraw", steps.path)>
                    {revision(steps)}
                    <button class="button danger" type="submit">{said("my-request-withdraw-yes", "case-withdraw-yes")}</button>
                </form>
                <p>{said("my-request-withdraw-no", "case-withdraw-no")}</p>
            </div>
        </details>
    }
    .into_any()
}
