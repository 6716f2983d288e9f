//! One form for everything that is edited: a question with its rules, a signpost, the settings, the whole text.

use super::parts::{RAIL, base, head, path};
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{error_summary, typed_text};
use crate::text::{t, t_with};
use crate::view::questions::{EditField, EditGroup, EditPage, FieldKind};
use crate::view::{Choice, Frame};
use leptos::prelude::*;

/// The page.
pub fn question_edit(frame: &Frame, model: &EditPage) -> String {
    let title = || {
        let places = [
            ("title", model.title.clone().into()),
            ("set", model.set.name.clone().into()),
        ];
        t_with("questions-edit-title", &places)
    };
    let wrong = !model.errors.is_empty() || model.conflict.is_some();
    let page_head = || Head {
        title: title(),
        errors: wrong,
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        view! {
            {error_summary(&model.errors)}
            {conflict(model)}
            {head(title(), &model.set)}
            <p>{t("questions-edit-lead")}</p>
            <form method="post" action=model.action.clone() class="question-form" novalidate>
                {base(model.base)}
                {model.groups.iter().map(group).collect_view()}
                <p class="question-actions">
                    <button class="button main" type="submit">{t("questions-save")}</button> " "
                    <a href=path(&model.set, "")>{t("questions-cancel")}</a>
                </p>
            </form>
        }
    })
}

/// Somebody was quicker: what they saved stands in the draft, what this person typed stands below.
fn conflict(model: &EditPage) -> Option<AnyView> {
    model.conflict.as_ref().map(|mark| {
        let text = if mark.by.is_empty() {
            t("questions-conflict-published")
        } else {
            let places = [
                ("by", mark.by.clone().into()),
                ("saved", mark.saved.clone().into()),
            ];
            t_with("questions-conflict", &places)
        };
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="conflict-title">
                <h2 id="conflict-title">{icon(ALERT)} {t("questions-conflict-title")}</h2>
                <p>{text}</p>
                <p><a href=path(&model.set, "draft")>{t("questions-conflict-see")}</a></p>
            </div>
        }
        .into_any()
    })
}

/// Lists of more boxes than this are folded.
const IN_SIGHT: usize = 12;

fn group(one: &EditGroup) -> AnyView {
    let title = (!one.title.is_empty()).then(|| view! { <h2>{one.title.clone()}</h2> });
    let note = (!one.note.is_empty()).then(|| view! { <p>{one.note.clone()}</p> });
    view! { <section>{title}{note}{one.fields.iter().map(field).collect_view()}</section> }
        .into_any()
}

fn field(one: &EditField) -> AnyView {
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
    let invalid = (!one.error.is_empty()).then_some("true");
    let wrong = !one.error.is_empty();
    match &one.kind {
        FieldKind::Line(value) => view! {
            <div class="field" class:wrong=wrong>
                <label for=name.clone()>{one.label.clone()}</label> {hint} {error}
                <input type="text" name=name.clone() id=name value=value.clone()
                    aria-describedby=described aria-invalid=invalid />
            </div>
        }
        .into_any(),
        FieldKind::Lines(value, rows) => view! {
            <div class="field" class:wrong=wrong>
                <label for=name.clone()>{one.label.clone()}</label> {hint} {error}
                <textarea name=name.clone() id=name rows=rows.to_string() spellcheck="true"
                    aria-describedby=described aria-invalid=invalid>{typed_text(value)}</textarea>
            </div>
        }
        .into_any(),
        FieldKind::Radio(all) => view! {
            <fieldset class="field" class:wrong=wrong aria-describedby=described>
                <legend>{one.label.clone()}</legend> {hint} {error}
                {choices(&name, all, "radio")}
            </fieldset>
        }
        .into_any(),
        FieldKind::Ticks(all) if one.label.is_empty() => {
            view! { <div class="field" class:wrong=wrong>{error}{choices(&name, all, "checkbox")}</div> }
                .into_any()
        }
        FieldKind::Ticks(all) if all.len() <= IN_SIGHT => view! {
            <fieldset class="field" class:wrong=wrong aria-describedby=described>
                <legend>{one.label.clone()}</legend> {hint} {error}
                {choices(&name, all, "checkbox")}
            </fieldset>
        }
        .into_any(),
        FieldKind::Ticks(all) => many(one, all),
    }
}

/// A long list to tick: folded, with what is ticked in sight.
fn many(one: &EditField, all: &[Choice]) -> AnyView {
    let ticked: Vec<&str> = all
        .iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.label.as_str())
        .collect();
    let ticked = if ticked.is_empty() {
        t("questions-none-ticked")
    } else {
        ticked.join(", ")
    };
    let wrong = !one.error.is_empty();
    let error =
        wrong.then(|| view! { <p class="field-error">{icon(ALERT)} {one.error.clone()}</p> });
    view! {
        <fieldset class="field" class:wrong=wrong>
            <legend>{one.label.clone()}</legend>
            <p class="hint">{one.hint.clone()}</p>
            {error}
            <details class="more" open=wrong>
                <summary>{ticked}</summary>
                {choices(&one.name, all, "checkbox")}
            </details>
        </fieldset>
    }
    .into_any()
}

fn choices(name: &str, all: &[Choice], kind: &'static str) -> AnyView {
    let one = |(at, choice): (usize, &Choice)| {
        let id = if at == 0 {
            name.to_owned()
        } else {
            format!("{name}-{}", at + 1)
        };
        view! {
            <div class="choice">
                <input type=kind name=name.to_owned() id=id.clone() value=choice.value.clone() checked=choice.chosen />
                <label for=id>{choice.label.clone()}</label>
            </div>
        }
    };
    view! { <div class="choices">{all.iter().enumerate().map(one).collect_view()}</div> }.into_any()
}
