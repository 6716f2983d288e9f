//! `/staff/sign-in`. Says the same whatever was wrong: who has an account is nobody's business.

use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_summary};
use crate::text::t;
use crate::view::{FieldError, Frame, SignIn};
use leptos::prelude::*;

/// The page; with the error when the last try failed.
pub fn sign_in(frame: &Frame, model: &SignIn) -> String {
    let head = || Head {
        title: t("staff-sign-in-title"),
        errors: model.error,
        ..Head::default()
    };
    staff(frame, head, "", || {
        let wrong = if model.error {
            t("staff-sign-in-wrong")
        } else {
            String::new()
        };
        let errors: Vec<FieldError> = model
            .error
            .then(|| FieldError {
                field: "email".into(),
                text: wrong.clone(),
            })
            .into_iter()
            .collect();
        view! {
            <div class="sign-in">
                {error_summary(&errors)}
                <h1>{t("staff-sign-in-title")}</h1>
                <p class="hint">{t("staff-sign-in-lead")}</p>
                <form method="post" action="/staff/sign-in" novalidate>
                    <input type="hidden" name="next" value=model.next.clone() />
                    {email(model, wrong)}
                    {password()}
                    <button class="button main" type="submit">{t("staff-sign-in")}</button>
                </form>
                <p class="hint">{t("staff-sign-in-help")}</p>
            </div>
        }
    })
}

fn email(model: &SignIn, error: String) -> AnyView {
    TextField {
        name: "email",
        label: t("staff-email"),
        value: model.email.clone(),
        error,
        kind: "email",
        autocomplete: "username",
        inputmode: "email",
        ..TextField::default()
    }
    .view()
}

fn password() -> AnyView {
    TextField {
        name: "password",
        label: t("staff-password"),
        kind: "password",
        autocomplete: "current-password",
        ..TextField::default()
    }
    .view()
}
