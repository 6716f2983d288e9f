//! Setting up the second factor, giving its code, and proving again who one is: small sheets of one field.

use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_summary};
use crate::text::t;
use crate::view::accounts::{OneCode, SecondFactor};
use crate::view::{FieldError, Frame};
use leptos::prelude::*;

/// Modules of empty space round the picture (ISO/IEC 18004, section 5.3.8).
const QUIET: usize = 4;

fn head(title: &str, errors: bool) -> Head {
    Head {
        title: t(title),
        errors,
        ..Head::default()
    }
}

fn errors(field: &str, text: &str) -> Vec<FieldError> {
    (!text.is_empty())
        .then(|| FieldError {
            field: field.to_owned(),
            text: text.to_owned(),
        })
        .into_iter()
        .collect()
}

fn code_field(error: &str, hint: String) -> AnyView {
    TextField {
        name: "code",
        label: t("second-code"),
        hint,
        error: error.to_owned(),
        autocomplete: "one-time-code",
        width: "medium",
        ..TextField::default()
    }
    .view()
}

/// `/staff/second-factor`
pub fn second_factor(frame: &Frame, model: &SecondFactor) -> String {
    let title = || head("second-title", !model.error.is_empty());
    staff(frame, title, "/staff/account", || {
        let why = model
            .required
            .then(|| view! { <p>{t("second-required")}</p> });
        let form = if model.picture.is_empty() {
            begin(model)
        } else {
            confirm(model)
        };
        view! {
            <div class="sign-in">
                {error_summary(&errors("code", &model.error))}
                <h1>{t("second-title")}</h1>
                {why}
                {form}
            </div>
        }
    })
}

fn begin(model: &SecondFactor) -> AnyView {
    view! {
        <p>{t("second-lead")}</p>
        <form method="post" action="/staff/second-factor/begin">
            <input type="hidden" name="next" value=model.next.clone() />
            <button class="button main" type="submit">{t("second-begin")}</button>
        </form>
    }
    .into_any()
}

fn confirm(model: &SecondFactor) -> AnyView {
    view! {
        <ol>
            <li>{t("second-step-app")}</li>
            <li>
                {t("second-step-picture")}
                <div class="picture">{picture(&model.picture)}</div>
                <details>
                    <summary>{t("second-by-hand")}</summary>
                    <p>{t("second-secret")} <br /> <code class="secret">{model.secret.clone()}</code></p>
                    <p><a href=model.address.clone()>{t("second-open-app")}</a></p>
                </details>
            </li>
            <li>{t("second-step-code")}</li>
        </ol>
        <form method="post" action="/staff/second-factor" novalidate>
            <input type="hidden" name="next" value=model.next.clone() />
            {code_field(&model.error, String::new())}
            <button class="button main" type="submit">{t("second-confirm")}</button>
        </form>
    }
    .into_any()
}

/// The picture as one path, dark on light whatever the theme: cameras read nothing else for sure.
fn picture(rows: &[Vec<bool>]) -> AnyView {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            if *dark {
                let (x, y) = (x + QUIET, y + QUIET);
                for part in ["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"] {
                    path.push_str(part);
                }
            }
        }
    }
    let size = rows.len() + 2 * QUIET;
    view! {
        <svg viewBox=format!("0 0 {size} {size}") width="220" height="220" role="img" aria-label=t("second-picture")>
            <rect width=size.to_string() height=size.to_string() fill="#ffffff" />
            <path d=path fill="#000000" />
        </svg>
    }
    .into_any()
}

/// `/staff/second-step`
pub fn second_step(frame: &Frame, model: &OneCode) -> String {
    let title = || head("second-step-title", !model.error.is_empty());
    staff(frame, title, "", || {
        view! {
            <div class="sign-in">
                {error_summary(&errors("code", &model.error))}
                <h1>{t("second-step-title")}</h1>
                <form method="post" action="/staff/second-step" novalidate>
                    <input type="hidden" name="next" value=model.next.clone() />
                    {code_field(&model.error, t("second-step-hint"))}
                    <button class="button main" type="submit">{t("staff-sign-in")}</button>
                </form>
                <p class="hint">{t("second-lost")}</p>
            </div>
        }
    })
}

/// `/staff/prove`
pub fn prove(frame: &Frame, model: &OneCode) -> String {
    let title = || head("prove-title", !model.error.is_empty());
    staff(frame, title, "", || {
        let label = if model.second_factor {
            t("prove-either")
        } else {
            t("staff-password")
        };
        let field = TextField {
            name: "password",
            label,
            error: model.error.clone(),
            kind: "password",
            autocomplete: "current-password",
            ..TextField::default()
        };
        view! {
            <div class="sign-in">
                {error_summary(&errors("password", &model.error))}
                <h1>{t("prove-title")}</h1>
                <p>{t("prove-lead")}</p>
                <form method="post" action="/staff/prove" novalidate>
                    <input type="hidden" name="next" value=model.next.clone() />
                    {field.view()}
                    <button class="button main" type="submit">{t("prove-button")}</button>
                </form>
            </div>
        }
    })
}
