//! `/staff/audit`: who did or saw what, when, on which record.

use crate::pages::document::{Head, staff};
use crate::text::t;
use crate::view::accounts::{Audit, AuditEntry};
use crate::view::{Choice, Frame};
use leptos::prelude::*;

/// The page.
pub fn audit(frame: &Frame, model: &Audit) -> String {
    let head = || Head {
        title: t("audit-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/audit", || {
        let list = if model.entries.is_empty() {
            view! { <p class="empty">{t("audit-none")}</p> }.into_any()
        } else {
            table(&model.entries)
        };
        view! {
            <div class="desk-head">
                <h1>{t("audit-title")}</h1>
                <p>{t("audit-lead")}</p>
            </div>
            {filter(model)}
            {list}
            {pages(model)}
            {export(model)}
        }
    })
}

fn filter(model: &Audit) -> AnyView {
    view! {
        <form method="get" action="/staff/audit" class="desk-filter">
            {clinics(model)}
            {select("person", t("audit-person"), &model.people)}
            {select("action", t("audit-action"), &model.actions)}
            {date("from", t("audit-from"), &model.from)}
            {date("until", t("audit-until"), &model.until)}
            <button class="button small" type="submit">{t("audit-filter")}</button>
        </form>
    }
    .into_any()
}

fn clinics(model: &Audit) -> AnyView {
    let mut choices: Vec<Choice> = model
        .clinics
        .iter()
        .map(|clinic| Choice {
            value: clinic.id.clone(),
            label: clinic.name.clone(),
            chosen: clinic.id == model.clinic,
            ..Choice::default()
        })
        .collect();
    let first = model.all.then(|| t("audit-everything"));
    if first.is_none() && choices.len() == 1 {
        choices.truncate(1);
    }
    drop_down("clinic", t("staff-col-clinic"), first, &choices)
}

fn select(name: &'static str, label: String, choices: &[Choice]) -> AnyView {
    drop_down(name, label, Some(t("audit-any")), choices)
}

pub(super) fn drop_down(
    name: &'static str,
    label: String,
    first: Option<String>,
    choices: &[Choice],
) -> AnyView {
    let first = first.map(|text| view! { <option value="">{text}</option> });
    let options = choices.iter().map(|one| {
        view! { <option value=one.value.clone() selected=one.chosen>{one.label.clone()}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select name=name id=name>{first} {options.collect_view()}</select>
        </div>
    }
    .into_any()
}

pub(super) fn date(name: &'static str, label: String, value: &str) -> AnyView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input type="date" name=name id=name value=value.to_owned() />
        </div>
    }
    .into_any()
}

fn table(all: &[AuditEntry]) -> AnyView {
    let head = [
        t("audit-col-when"),
        t("audit-col-who"),
        t("audit-col-did"),
        t("audit-col-what"),
        t("staff-col-clinic"),
        t("audit-col-detail"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let row = |one: &AuditEntry| {
        view! {
            <tr>
                <td class="time"><time datetime=one.instant.clone()>{one.at.clone()}</time></td>
                <th scope="row">{one.who.clone()}</th>
                <td>{one.action.clone()}</td>
                <td>{one.what.clone()}</td>
                <td>{one.clinic.clone()}</td>
                <td>{one.detail.clone()}</td>
            </tr>
        }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("audit-title")>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The address of the same list, starting elsewhere.
fn address(model: &Audit, before: &str) -> String {
    let chosen = |choices: &[Choice]| {
        choices
            .iter()
            .find(|one| one.chosen)
            .map(|one| one.value.clone())
            .unwrap_or_default()
    };
    let parts = [
        ("clinic", model.clinic.clone()),
        ("person", chosen(&model.people)),
        ("action", chosen(&model.actions)),
        ("from", model.from.clone()),
        ("until", model.until.clone()),
        ("before", before.to_owned()),
    ];
    let query: Vec<String> = parts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("/staff/audit?{}", query.join("&"))
}

fn pages(model: &Audit) -> AnyView {
    let newest = (!model.first_page)
        .then(|| view! { <a href=address(model, "")>{t("audit-newest")}</a> " " });
    let earlier = (!model.earlier.is_empty()).then(|| {
        view! { <a href=address(model, &model.earlier) rel="next">{t("audit-earlier")}</a> }
    });
    view! { <p>{newest} {earlier}</p> }.into_any()
}

fn export(model: &Audit) -> AnyView {
    let chosen = |choices: &[Choice]| {
        choices
            .iter()
            .find(|one| one.chosen)
            .map(|one| one.value.clone())
            .unwrap_or_default()
    };
    view! {
        <form method="post" action="/staff/audit/export">
            <input type="hidden" name="clinic" value=model.clinic.clone() />
            <input type="hidden" name="person" value=chosen(&model.people) />
            <input type="hidden" name="action" value=chosen(&model.actions) />
            <input type="hidden" name="from" value=model.from.clone() />
            <input type="hidden" name="until" value=model.until.clone() />
            <button class="button quiet small" type="submit">{t("audit-export")}</button>
            <span class="hint">" " {t("audit-export-hint")}</span>
        </form>
    }
    .into_any()
}
