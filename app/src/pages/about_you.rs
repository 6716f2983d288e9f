//! Some questions about the person, after the form was sent. Skipping and answering are two buttons of the same weight.

use super::document::{Head, public};
use super::fields::choices;
use crate::icons::{CHECK, icon};
use crate::text::t;
use crate::view::{AboutYou, Choice, Frame};
use leptos::prelude::*;

/// `/clinics/{clinic}/about-you`
pub fn about_you(frame: &Frame, model: &AboutYou) -> String {
    public(
        frame,
        || Head::journey(t("equality-title")),
        || {
            let questions = model
                .questions
                .iter()
                .map(|(name, answers)| question(name, answers))
                .collect_view();
            view! {
                <p class="notice good">{icon(CHECK)} {t("equality-sent")}</p>
                <h1>{t("equality-title")}</h1>
                <p class="lead">{t("equality-lead")}</p>
                {super::phone::tell(frame, "phone-tell-equality")}
                <p>{t("equality-why")}</p>
                <p>{t("equality-apart")}</p>
                <form method="post" action=format!("/clinics/{}/about-you", model.clinic.id)>
                    {questions}
                    <p class="actions">
                        <button class="button" type="submit" name="go" value="send">{t("equality-send")}</button>
                        <button class="button" type="submit" name="go" value="skip">{t("equality-skip")}</button>
                    </p>
                </form>
            }
        },
    )
}

fn question(name: &'static str, answers: &[&str]) -> impl IntoView + use<> {
    let key = |answer: &str| match answer {
        // The same everywhere.
        "rather_not" | "not_sure" => format!("equality-{}", answer.replace('_', "-")),
        own => format!("equality-{name}-{}", own.replace('_', "-")),
    };
    let all: Vec<Choice> = answers
        .iter()
        .map(|answer| Choice {
            value: (*answer).to_owned(),
            label: t(&key(answer)),
            ..Choice::default()
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend>{t(&format!("equality-{name}"))}</legend>
            {choices(name, all, false)}
        </fieldset>
    }
}
