//! `/staff/questions/{set}`: the questions and rules in the order of asking, in words.

use super::parts::{RAIL, checked, path, signposts};
use super::sets::{draft, in_force, news};
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::staff::parts::fact;
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::questions::{
    QuestionSetPage, QuestionShown, RuleShown, SettingShown, SignpostShown,
};
use leptos::prelude::*;

/// The page.
pub fn question_set(frame: &Frame, model: &QuestionSetPage) -> String {
    let title = || {
        t_with(
            "questions-set-title",
            &[("set", model.head.set.name.clone().into())],
        )
    };
    let head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, head, RAIL, || {
        let unchecked = (model.unchecked > 0).then(|| {
            let text = t_with("questions-unchecked", &[("count", model.unchecked.into())]);
            view! { <p class="banner bad">{icon(ALERT)} " " {text}</p> }
        });
        let questions = model.questions.iter().map(question).collect_view();
        view! {
            <div class="desk-head">
                <h1>{title()}</h1>
                <p><a href="/staff/questions">{t("questions-all-sets")}</a></p>
            </div>
            <dl class="facts-list">
                <dt>{t("questions-col-in-force")}</dt><dd>{in_force(&model.head)}</dd>
                <dt>{t("questions-col-draft")}</dt><dd>{draft(&model.head)}</dd>
            </dl>
            {news(&model.head)}
            {unchecked}
            {actions(model)}
            {questions}
            {settings(&model.settings)}
            {elsewhere(&model.elsewhere)}
            {people(&model.signposts)}
        }
    })
}

fn actions(model: &QuestionSetPage) -> Option<AnyView> {
    model.head.may_edit.then(|| {
        let set = &model.head.set;
        let settings = (!model.settings.is_empty()).then(|| {
            view! { <a class="button quiet" href=path(set, "settings")>{t("questions-edit-settings")}</a> }
        });
        view! {
            <p class="question-actions">
                {settings} " "
                <a class="button quiet" href=path(set, "file")>{t("questions-edit-file")}</a>
            </p>
        }
        .into_any()
    })
}

fn change(address: &str, id: &str) -> Option<AnyView> {
    (!address.is_empty()).then(|| {
        let what = t_with("questions-change", &[("id", id.to_owned().into())]);
        view! { <p><a href=address.to_owned()>{what}</a></p> }.into_any()
    })
}

fn question(one: &QuestionShown) -> AnyView {
    let shared = one
        .shared
        .then(|| view! { <span class="chip">{t("questions-shared-mark")}</span> });
    let hint = (!one.hint.is_empty()).then(|| view! { <p class="hint">{one.hint.clone()}</p> });
    let heading = format!("question-{}", one.id);
    view! {
        <section class="question-shown" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()><span class="number">{one.id.clone()}</span> " " {one.text.clone()}</h2>
            <p>{one.marks.join(", ")} " " {shared}</p>
            {hint}
            <dl class="facts-list">
                {fact(t("questions-part-why"), one.why.clone())}
                {fact(t("questions-part-asked-if"), one.asked_if.clone())}
                {fact(t("questions-part-options"), one.options.join("; "))}
                {fact(t("questions-part-limits"), one.limits.join("; "))}
            </dl>
            {change(&one.edit, &one.id)}
            {rules(&one.rules)}
        </section>
    }
    .into_any()
}

fn rules(all: &[RuleShown]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        view! { <ul class="rules-shown">{all.iter().map(rule).collect_view()}</ul> }.into_any()
    })
}

fn rule(one: &RuleShown) -> AnyView {
    let outcome = t(&format!("questions-outcome-{}", one.outcome));
    let outcome = if one.urgent {
        t_with("questions-urgent", &[("outcome", outcome.into())])
    } else {
        outcome
    };
    let elsewhere = one
        .elsewhere
        .then(|| view! { <p>{t("questions-and-elsewhere")}</p> });
    view! {
        <li>
            <p><strong class="chip" data-outcome=one.outcome.clone()>{outcome}</strong> " " <span class="number">{one.id.clone()}</span> " " {checked(&one.checked)}</p>
            <dl class="facts-list">
                {fact(t("questions-part-when"), one.when.clone())}
                {fact(t("questions-part-told"), one.text.clone())}
                {fact(t("questions-part-follow-up"), one.follow_up.clone())}
            </dl>
            {signposts(&one.signposts)}
            {elsewhere}
        </li>
    }
    .into_any()
}

fn settings(all: &[SettingShown]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        let one = |one: &SettingShown| fact(one.name.clone(), one.value.clone());
        view! {
            <section>
                <h2>{t("questions-settings")}</h2>
                <dl class="facts-list">{all.iter().map(one).collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}

fn elsewhere(all: &[SignpostShown]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        view! { <section><h2>{t("questions-about-elsewhere")}</h2>{signposts(all)}</section> }
            .into_any()
    })
}

fn people(all: &[SignpostShown]) -> AnyView {
    let one = |one: &SignpostShown| {
        let heading = format!("signpost-{}", one.id);
        view! {
            <section class="question-shown" aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{one.name.clone()}</h2>
                <p>{checked(&one.checked)}</p>
                <dl class="facts-list">
                    {fact(t("questions-field-telephone"), one.telephone.clone())}
                    {fact(t("questions-field-url"), one.url.clone())}
                    {fact(t("questions-field-hours"), one.hours.clone())}
                    {fact(t("questions-field-use"), one.why.clone())}
                </dl>
                {change(&one.edit, &one.id)}
            </section>
        }
    };
    view! { {all.iter().map(one).collect_view()} }.into_any()
}
