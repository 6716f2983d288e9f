//! `/staff/appointments/{reference}/outcome`: what came of a meeting, in few words; and the same words on the
//! appointment's page.

use super::parts::{self, fact};
use crate::icons::{ARROW, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{Options, TextField, error_of, error_summary};
use crate::text::{t, t_with};
use crate::view::{Choice, Frame, OutcomePage, OutcomeWords};
use leptos::prelude::*;

/// The page.
pub fn outcome(frame: &Frame, model: &OutcomePage) -> String {
    let title = || {
        t_with(
            "outcome-title",
            &[("reference", model.appointment.reference.clone().into())],
        )
    };
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "", || {
        let one = &model.appointment;
        let overtaken = model.overtaken.as_ref().map(|words| {
            view! {
                <section class="banner bad">
                    <h2>{t("outcome-overtaken")}</h2>
                    <p>{t("outcome-overtaken-text")}</p>
                    {written(words)}
                </section>
            }
        });
        view! {
            {error_summary(&model.errors)}
            {overtaken}
            <div class="desk-head">
                <h1>{title()}</h1>
                <p>{one.client.clone()} ", " {one.service.clone()} ", " {parts::hours(one)}</p>
                <p><a href=parts::address(one)>{t("day-back")}</a></p>
            </div>
            {form(model)}
        }
    })
}

fn form(model: &OutcomePage) -> AnyView {
    let error = |name: &str| error_of(&model.errors, name);
    let came = Options {
        name: "came",
        legend: t("outcome-came"),
        error: error("came"),
        choices: model
            .came
            .iter()
            .map(|one| Choice {
                label: parts::word("outcome-is", &one.value),
                ..one.clone()
            })
            .collect(),
        ..Options::default()
    };
    let issue = Options {
        name: "issue",
        legend: t("outcome-issue"),
        error: error("issue"),
        choices: model.issues.clone(),
        ..Options::default()
    };
    let minutes = |name: &'static str, label: String, hint: String, value: &str| {
        TextField {
            name,
            label,
            hint,
            value: value.to_owned(),
            error: error(name),
            inputmode: "numeric",
            width: "short",
            ..TextField::default()
        }
        .view()
    };
    view! {
        <form class="outcome" method="post" novalidate
            action=format!("/staff/appointments/{}/outcome", model.appointment.reference)>
            <input type="hidden" name="revision" value=model.revision.to_string() />
            <div class="case-parts">
                <div>{came.view()}</div>
                <div>{issue.view()}</div>
                <div>
                    {minutes("student_minutes", t("outcome-students"), t("outcome-students-hint"), &model.student_minutes)}
                    {minutes("supervisor_minutes", t("outcome-supervisors"), t("outcome-supervisors-hint"), &model.supervisor_minutes)}
                </div>
                <div>
                    <h2>{t("outcome-sure")}</h2>
                    <p class="hint">{t("outcome-sure-hint")}</p>
                    {level("before", t("outcome-before"), &model.before)}
                    {level("after", t("outcome-after"), &model.after)}
                </div>
            </div>
            <button class="button main" type="submit">{t("outcome-save")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}

fn level(name: &'static str, label: String, all: &[Choice]) -> AnyView {
    let options = all
        .iter()
        .map(|one| view! { <option value=one.value.clone() selected=one.chosen>{one.label.clone()}</option> })
        .collect_view();
    view! {
        <p class="field">
            <label for=name>{label}</label>
            <select id=name name=name><option value="">{t("outcome-not-asked")}</option>{options}</select>
        </p>
    }
    .into_any()
}

/// What was written down.
pub fn written(words: &OutcomeWords) -> AnyView {
    let issue = if words.issue.is_empty() {
        t("outcome-issue-other")
    } else {
        words.issue.clone()
    };
    let minutes = |count: i64| t_with("outcome-minutes", &[("count", count.into())]);
    let sure = (words.confidence_before > 0 || words.confidence_after > 0).then(|| {
        let shown = |level: i64| {
            if level > 0 {
                level.to_string()
            } else {
                t("outcome-not-asked")
            }
        };
        let places = [
            ("before", shown(words.confidence_before).into()),
            ("after", shown(words.confidence_after).into()),
        ];
        fact(t("outcome-sure"), t_with("outcome-sure-words", &places))
    });
    view! {
        <dl class="facts-list">
            {fact(t("outcome-came"), parts::word("outcome-is", &words.came))}
            {fact(t("outcome-issue"), issue)}
            {fact(t("outcome-students"), minutes(words.student_minutes))}
            {fact(t("outcome-supervisors"), minutes(words.supervisor_minutes))}
            {sure}
        </dl>
    }
    .into_any()
}
