//! Your details: name, how to reach you, and whether that is safe. One of email and telephone is
//! enough, and nothing else about a person is asked that is not needed.

use super::document::{Head, public};
use super::fields::{Options, TextField, choice, error_of, error_summary};
use super::parts;
use crate::icons::{ALERT, ARROW, icon};
use crate::text::t;
use crate::view::{Details, Frame};
use leptos::prelude::*;

/// `/clinics/{clinic}/details`
pub fn details(frame: &Frame, model: &Details) -> String {
    let head = || Head {
        errors: !model.errors.is_empty(),
        island: model.held.is_some(),
        // What is typed is kept on the way, so that a reload loses nothing.
        script: true,
        ..Head::journey(t("details-title"))
    };
    public(frame, head, || {
        let kept = model
            .held
            .as_ref()
            .map(|held| parts::hold(&model.clinic.id, held));
        view! {
            {parts::back(&model.back)}
            {kept}
            {error_summary(&model.errors)}
            <h1>{t("details-title")}</h1>
            {super::phone::tell(frame, "phone-tell-details")}
            {forced(model)}
            <form method="post" action=format!("/clinics/{}/details", model.clinic.id)
                data-keep=format!("/clinics/{}/details/keep", model.clinic.id) novalidate>
                {who(model)}
                {how(model)}
                {email(model)}
                {phone(model)}
                {postcode(model)}
                <button class="button main" type="submit">{t("continue")} {icon(ARROW)}</button>
            </form>
        }
    })
}

/// Why both questions about safety are asked.
fn forced(model: &Details) -> Option<AnyView> {
    model.force_safe_contact.then(|| {
        view! {
            <div class="notice">
                <h2>{t("safe-forced-title")}</h2>
                <p>{t("safe-forced")}</p>
                <p>{t("safe-forced-none")}</p>
            </div>
        }
        .into_any()
    })
}

fn who(model: &Details) -> impl IntoView + use<> {
    let name = TextField {
        name: "name",
        label: t("name-label"),
        hint: t("name-hint"),
        value: model.form.name.clone(),
        error: error_of(&model.errors, "name"),
        autocomplete: "name",
        max_chars: 100,
        ..TextField::default()
    };
    let organisation = model.ask_organisation.then(|| TextField {
        name: "organisation",
        label: t("organisation-label"),
        hint: t("organisation-hint"),
        value: model.form.organisation.clone(),
        error: error_of(&model.errors, "organisation"),
        autocomplete: "organization",
        max_chars: 150,
        ..TextField::default()
    });
    view! { {name.view()} {organisation.map(TextField::view)} }
}

/// "How can we contact you?" Two boxes with a name each, because each is a fact of its own.
fn how(model: &Details) -> impl IntoView + use<> {
    let error = error_of(&model.errors, "by_email");
    let wrong = !error.is_empty();
    let described = if wrong {
        "by_email-hint by_email-error"
    } else {
        "by_email-hint"
    };
    view! {
        <fieldset class="field" class:wrong=wrong aria-describedby=described>
            <legend>{t("contact-legend")}</legend>
            <p class="hint" id="by_email-hint">{t("contact-hint")}</p>
            {wrong.then(|| view! { <p class="field-error" id="by_email-error">{icon(ALERT)} {error}</p> })}
            <div class="choices">
                <div class="choice">
                    <input type="checkbox" name="by_email" id="by_email" value="yes" checked=model.form.by_email />
                    <label for="by_email">{t("contact-email")}</label>
                </div>
                <div class="choice">
                    <input type="checkbox" name="by_phone" id="by_phone" value="yes" checked=model.form.by_phone />
                    <label for="by_phone">{t("contact-phone")}</label>
                </div>
            </div>
        </fieldset>
    }
}

/// What to leave empty; where safety has to be known, its question is not.
fn group_hint(model: &Details, [usual, forced]: [String; 2]) -> String {
    if model.force_safe_contact {
        forced
    } else {
        usual
    }
}

fn email(model: &Details) -> impl IntoView + use<> {
    let address = TextField {
        name: "email",
        label: t("email-label"),
        value: model.form.email.clone(),
        error: error_of(&model.errors, "email"),
        kind: "email",
        autocomplete: "email",
        inputmode: "email",
        max_chars: 254,
        ..TextField::default()
    };
    let current = &model.form.safe_to_email;
    let safe = Options {
        name: "safe_to_email",
        legend: t("safe-email-legend"),
        hint: t("safe-email-hint"),
        choices: vec![
            choice("yes", t("safe-email-yes"), current),
            choice("no", t("safe-email-no"), current),
            choice("unsure", t("not-sure"), current),
        ],
        error: error_of(&model.errors, "safe_to_email"),
        ..Options::default()
    };
    view! {
        <section class="group" aria-labelledby="group-email">
            <h2 id="group-email">{t("group-email")}</h2>
            <p class="hint">{group_hint(model, [t("group-email-hint"), t("group-email-hint-forced")])}</p>
            {address.view()} {safe.view()}
        </section>
    }
}

fn phone(model: &Details) -> impl IntoView + use<> {
    let error = |name| error_of(&model.errors, name);
    let form = &model.form;
    let number = TextField {
        name: "phone",
        label: t("phone-label"),
        value: form.phone.clone(),
        error: error("phone"),
        kind: "tel",
        autocomplete: "tel",
        inputmode: "tel",
        width: "medium",
        max_chars: 40,
        ..TextField::default()
    };
    let safe = Options {
        name: "safe_to_call",
        legend: t("safe-call-legend"),
        hint: t("safe-call-hint"),
        choices: vec![
            choice("yes", t("safe-call-yes"), &form.safe_to_call),
            choice("no", t("safe-call-no"), &form.safe_to_call),
            choice("unsure", t("not-sure"), &form.safe_to_call),
        ],
        error: error("safe_to_call"),
        ..Options::default()
    };
    let window = TextField {
        name: "call_window",
        label: t("call-window-label"),
        hint: t("call-window-hint"),
        value: form.call_window.clone(),
        error: error("call_window"),
        max_chars: 200,
        ..TextField::default()
    };
    let leave = Options {
        name: "leave_message",
        legend: t("leave-message-label"),
        choices: vec![
            choice("yes", t("yes"), &form.leave_message),
            choice("no", t("leave-message-no"), &form.leave_message),
        ],
        error: error("leave_message"),
        ..Options::default()
    };
    view! {
        <section class="group" aria-labelledby="group-phone">
            <h2 id="group-phone">{t("group-phone")}</h2>
            <p class="hint">{group_hint(model, [t("group-phone-hint"), t("group-phone-hint-forced")])}</p>
            {number.view()} {safe.view()} {window.view()} {leave.view()}
        </section>
    }
}

fn postcode(model: &Details) -> impl IntoView + use<> {
    let area = TextField {
        name: "postcode",
        label: t("postcode-label"),
        hint: t("postcode-hint"),
        value: model.form.postcode.clone(),
        error: error_of(&model.errors, "postcode"),
        autocomplete: "postal-code",
        width: "short",
        max_chars: 10,
        ..TextField::default()
    };
    view! {
        <section class="group" aria-labelledby="group-area">
            <h2 id="group-area">{t("group-area")}</h2>
            {area.view()}
            {super::fields::tick("no_fixed_home", t("no-fixed-home"), model.form.no_fixed_home, "")}
        </section>
    }
}
