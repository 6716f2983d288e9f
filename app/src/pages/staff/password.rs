//! `/staff/password/{token}`: choosing a password. The account's address is on the page so that a
//! password manager files the password under it.

use super::parts::word;
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_summary};
use crate::text::t;
use crate::view::{FieldError, Frame, SetPassword};
use leptos::prelude::*;

/// The page; with the reason when the last password was too weak.
pub fn set_password(frame: &Frame, model: &SetPassword) -> String {
    let failed = !model.error.is_empty();
    let head = || Head {
        title: t("staff-set-password-title"),
        errors: failed,
        neutral: true,
        ..Head::default()
    };
    staff(frame, head, "", || {
        let wrong = if failed {
            word("staff", &model.error)
        } else {
            String::new()
        };
        let errors: Vec<FieldError> = failed
            .then(|| FieldError {
                field: "password".into(),
                text: wrong.clone(),
            })
            .into_iter()
            .collect();
        let field = TextField {
            name: "password",
            label: t("staff-new-password"),
            hint: t("staff-new-password-hint"),
            error: wrong,
            kind: "password",
            autocomplete: "new-password",
            ..TextField::default()
        };
        view! {
            <div class="sign-in">
                {error_summary(&errors)}
                <h1>{t("staff-set-password-title")}</h1>
                <p class="hint">{t("staff-set-password-lead")}</p>
                <form method="post" action=format!("/staff/password/{}", model.token) novalidate>
                    <div class="field">
                        <label for="account">{t("staff-email")}</label>
                        <input type="email" id="account" name="account" value=model.email.clone() readonly
                            autocomplete="username" spellcheck="false" />
                    </div>
                    {field.view()}
                    <button class="button main" type="submit">{t("staff-set-password")}</button>
                </form>
            </div>
        }
    })
}
