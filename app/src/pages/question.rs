//! One question on a page: the question as the heading, why we ask, large targets, Continue, Back,
//! and the answers so far, which can be opened and changed.

use super::document::{Head, public};
use super::fields::{Options, TextField, choices, choices_after, error_summary};
use super::parts;
use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::{AnswerKind, FieldError, Frame, Question};
use leptos::prelude::*;

/// `/clinics/{clinic}/questions/{question}`
pub fn question(frame: &Frame, model: &Question) -> String {
    let head = || Head {
        errors: !model.error.is_empty(),
        ..Head::journey(model.text.clone())
    };
    public(frame, head, || {
        let errors = summary(model);
        view! {
            {parts::back(&model.back)}
            {error_summary(&errors)}
            {progress(model)}
            {unread(frame, model)}
            {parts::notices(&model.notices)}
            {super::phone::read_out(frame, model)}
            <form class="question" method="post" novalidate
                action=format!("/clinics/{}/questions/{}", model.clinic.id, model.id)>
                {field(model)}
                {why(model)}
                <button class="button main" type="submit">{t("continue")}</button>
            </form>
            {answered(model)}
        }
    })
}

fn summary(model: &Question) -> Vec<FieldError> {
    // The summary's link lands on the first control of the field.
    let field = if model.kind == AnswerKind::Date {
        "day"
    } else {
        "answer"
    };
    let error = FieldError {
        field: field.to_owned(),
        text: model.error.clone(),
    };
    if model.error.is_empty() {
        Vec::new()
    } else {
        vec![error]
    }
}

/// When nobody reads the form, before the first answer.
fn unread(frame: &Frame, model: &Question) -> Option<AnyView> {
    // Somebody is on the telephone who reads it.
    (!model.unread.is_empty() && frame.call.is_none())
        .then(|| view! { <p class="hint">{model.unread.clone()}</p> }.into_any())
}

fn progress(model: &Question) -> Option<AnyView> {
    (model.of > 0).then(|| {
        let places = [("step", model.step.into()), ("of", model.of.into())];
        view! {
            <p class="progress">
                {t_with("question-progress", &places)}
                <progress value=model.step.to_string() max=model.of.to_string() aria-hidden="true"></progress>
            </p>
        }
        .into_any()
    })
}

fn why(model: &Question) -> Option<AnyView> {
    (!model.why.is_empty()).then(|| {
        view! { <p class="why"><strong>{t("question-why")}</strong> " " {model.why.clone()}</p> }.into_any()
    })
}

fn field(model: &Question) -> AnyView {
    match model.kind {
        AnswerKind::Radio | AnswerKind::Checks => Options {
            name: "answer",
            legend: model.text.clone(),
            hint: if model.kind == AnswerKind::Checks && model.hint.is_empty() {
                t("tick-all")
            } else {
                model.hint.clone()
            },
            choices: model.choices.clone(),
            error: model.error.clone(),
            many: model.kind == AnswerKind::Checks,
            heading: true,
        }
        .view(),
        AnswerKind::Date => date(model),
        AnswerKind::Text | AnswerKind::Long | AnswerKind::Names => text(model),
    }
}

fn text(model: &Question) -> AnyView {
    let (rows, extra) = match model.kind {
        AnswerKind::Names => (4, t("one-a-line")),
        AnswerKind::Long => (8, String::new()),
        _ => (0, String::new()),
    };
    let limit = if model.max_chars > 0 && rows > 4 {
        t_with("question-limit", &[("count", model.max_chars.into())])
    } else {
        String::new()
    };
    let hint: Vec<String> = [model.hint.clone(), extra, limit]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let field = TextField {
        name: "answer",
        label: model.text.clone(),
        hint: hint.join(" "),
        value: model.value.clone(),
        error: model.error.clone(),
        rows,
        max_chars: model.max_chars,
        heading: true,
        ..TextField::default()
    }
    .view();
    let instead = (!model.choices.is_empty()).then(|| {
        view! {
            <p class="or">{t("or")}</p>
            {choices_after(1, "answer", model.choices.clone(), true)}
        }
    });
    view! { {field} {instead} }.into_any()
}

/// Day, month and year in three short boxes, and any way out such as "I can't find one".
fn date(model: &Question) -> AnyView {
    let boxes = [
        ("day", t("date-day"), "short"),
        ("month", t("date-month"), "short"),
        ("year", t("date-year"), "medium"),
    ];
    let invalid = (!model.error.is_empty()).then_some("true");
    let boxes = boxes.into_iter().zip(model.date.clone()).map(|((name, label, width), value)| view! {
        <div class="date-part">
            <label for=name>{label}</label>
            <input type="text" name=name id=name class=width value=value inputmode="numeric" maxlength="4"
                autocomplete="off" aria-invalid=invalid />
        </div>
    });
    let hint = if model.hint.is_empty() {
        t("date-hint")
    } else {
        model.hint.clone()
    };
    let error = (!model.error.is_empty()).then(|| {
        view! {
            <p class="field-error" id="day-error">{icon(ALERT)} {model.error.clone()}</p>
        }
    });
    let described = if model.error.is_empty() {
        "day-hint"
    } else {
        "day-hint day-error"
    };
    let instead = (!model.choices.is_empty()).then(|| {
        view! {
            <p class="or">{t("or")}</p>
            {choices("answer", model.choices.clone(), true)}
        }
    });
    view! {
        <fieldset class="field" class:wrong=!model.error.is_empty() aria-describedby=described>
            <legend><h1>{model.text.clone()}</h1></legend>
            <p class="hint" id="day-hint">{hint}</p>
            {error}
            <div class="date">{boxes.collect_view()}</div>
            {instead}
        </fieldset>
    }
    .into_any()
}

fn answered(model: &Question) -> Option<AnyView> {
    (!model.answered.is_empty()).then(|| {
        view! {
            <details class="so-far">
                <summary>{t("question-so-far")}</summary>
                {parts::answers(&model.answered)}
            </details>
        }
        .into_any()
    })
}
