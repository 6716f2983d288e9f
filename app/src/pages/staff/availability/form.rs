//! One form for everything of a clinic that is changed.

use super::{RAIL, head, hidden};
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{error_summary, typed_text};
use crate::text::t;
use crate::view::availability::{ChangeForm, Differs, FormField, Input};
use crate::view::{Choice, Frame};
use leptos::prelude::*;

/// The page.
pub fn change_form(frame: &Frame, model: &ChangeForm) -> String {
    let page_head = || Head {
        title: model.title.clone(),
        errors: !model.errors.is_empty() || model.conflict.is_some(),
        ..Head::default()
    };
    let button = if model.shows_first {
        "avail-look-first"
    } else {
        "avail-save-now"
    };
    staff(frame, page_head, RAIL, || {
        let remove = model.removable.then(|| {
            view! {
                <button class="button quiet" type="submit" name="do" value="remove">
                    {t("avail-remove")}
                </button> " "
            }
        });
        let lead = (!model.lead.is_empty()).then(|| view! { <p>{model.lead.clone()}</p> });
        view! {
            {error_summary(&model.errors)}
            {conflict(model)}
            {head(model.title.clone(), model.back.clone(), model.clinic.name.clone())}
            {lead}
            <form method="post" action=model.action.clone() class="question-form avail-form" novalidate>
                {hidden(&model.hidden)}
                {model.fields.iter().map(field).collect_view()}
                <p>
                    <button class="button main" type="submit" name="do" value="look">{t(button)}</button> " "
                    {remove}
                    <a href=model.back.clone()>{t("avail-cancel")}</a>
                </p>
            </form>
        }
    })
}

/// Somebody was quicker: both are shown, and what was typed stays in the form.
fn conflict(model: &ChangeForm) -> Option<AnyView> {
    model.conflict.as_ref().map(|differs| {
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="conflict-title">
                <h2 id="conflict-title">{icon(ALERT)} {t("avail-conflict-title")}</h2>
                <p>{t("avail-conflict")}</p>
                {both(differs, "avail-col-theirs", "avail-col-yours")}
            </div>
        }
        .into_any()
    })
}

/// Two states beside each other.
pub(in crate::pages::staff) fn both(all: &[Differs], was: &str, now: &str) -> AnyView {
    let text = |text: &str| {
        if text.is_empty() {
            view! { <span class="hint">{t("avail-nothing")}</span> }.into_any()
        } else {
            text.to_owned().into_any()
        }
    };
    let row = |one: &Differs| {
        view! {
            <tr><th scope="row">{one.label.clone()}</th><td data-label=t(was)>{text(&one.was)}</td>
                <td data-label=t(now)>{text(&one.now)}</td></tr>
        }
    };
    let columns = [t("avail-col-what"), t(was), t(now)];
    let columns = columns.map(|text| view! { <th scope="col">{text}</th> });
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("avail-changes")>
            <table class="desk-table">
                <thead><tr>{columns.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn field(one: &FormField) -> AnyView {
    let name = one.name.clone();
    let hint = (!one.hint.is_empty())
        .then(|| view! { <p class="hint" id=format!("{name}-hint")>{one.hint.clone()}</p> });
    let error = (!one.error.is_empty()).then(|| {
        view! { <p class="field-error" id=format!("{name}-error")>{icon(ALERT)} {one.error.clone()}</p> }
    });
    let described: Vec<String> = [("hint", &one.hint), ("error", &one.error)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(end, _)| format!("{name}-{end}"))
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let wrong = !one.error.is_empty();
    let invalid = wrong.then_some("true");
    let label = one.label.clone();
    let control = match &one.input {
        Input::Line(kind, value) => {
            let short = (*kind != "text").then_some("medium");
            view! {
                <input type=*kind name=name.clone() id=name.clone() value=value.clone() class=short
                    aria-describedby=described aria-invalid=invalid />
            }
            .into_any()
        }
        Input::Lines(value) => view! {
            <textarea name=name.clone() id=name.clone() rows="4"
                aria-describedby=described aria-invalid=invalid>{typed_text(value)}</textarea>
        }
        .into_any(),
        Input::Select(all) => {
            let option = |one: &Choice| {
                view! { <option value=one.value.clone() selected=one.chosen>{one.label.clone()}</option> }
            };
            view! {
                <select name=name.clone() id=name.clone() aria-describedby=described aria-invalid=invalid>
                    {all.iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        Input::Radio(all) | Input::Ticks(all) => {
            let kind = if matches!(one.input, Input::Radio(_)) {
                "radio"
            } else {
                "checkbox"
            };
            return view! {
                <fieldset class="field" class:wrong=wrong aria-describedby=described>
                    <legend>{label}</legend> {hint} {error} {choices(&name, all, kind)}
                </fieldset>
            }
            .into_any();
        }
    };
    view! {
        <div class="field" class:wrong=wrong>
            <label for=name>{label}</label> {hint} {error} {control}
        </div>
    }
    .into_any()
}

pub(super) fn choices(name: &str, all: &[Choice], kind: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <p class="hint" id=name.to_owned()>{t("avail-no-choices")}</p> }.into_any();
    }
    let one = |(at, choice): (usize, &Choice)| {
        let id = if at == 0 {
            name.to_owned()
        } else {
            format!("{name}-{}", at + 1)
        };
        let more = format!("{id}-more");
        let hint = (!choice.hint.is_empty())
            .then(|| view! { <span class="hint" id=more.clone()>{choice.hint.clone()}</span> });
        let described = hint.is_some().then_some(more);
        view! {
            <div class="choice">
                <input type=kind name=name.to_owned() id=id.clone() value=choice.value.clone()
                    checked=choice.chosen aria-describedby=described />
                <label for=id>{choice.label.clone()}</label>
                {hint}
            </div>
        }
    };
    view! { <div class="choices">{all.iter().enumerate().map(one).collect_view()}</div> }.into_any()
}
