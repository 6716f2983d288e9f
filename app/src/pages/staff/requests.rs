//! `/staff/requests`: one line a case, the deadline first; then the cases in which the client has something to do.

use super::parts;
use crate::icons::{ALERT, CLOCK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Frame, Requests, StaffRequest};
use leptos::prelude::*;

/// The page.
pub fn requests(frame: &Frame, model: &Requests) -> String {
    let head = || Head {
        title: t("staff-requests-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/requests", || {
        let list = if model.requests.is_empty() {
            view! { <p class="empty">{t("staff-requests-none")}</p> }.into_any()
        } else {
            table(t("staff-requests-title"), &model.requests)
        };
        let with_client = (!model.with_client.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{t("case-with-client")} " " {parts::count(model.with_client.len())}</h2>
                    {table(t("case-with-client"), &model.with_client)}
                </section>
            }
        });
        view! {
            <div class="desk-head">
                <h1>{t("staff-requests-title")} " " {parts::count(model.requests.len())}</h1>
                {counts(&model.requests)}
                <p>{t("staff-requests-lead")}</p>
            </div>
            {filter(model)}
            {list}
            {with_client}
        }
    })
}

/// How many are late, and how many are urgent: words beside the number, never colour alone.
fn counts(all: &[StaffRequest]) -> AnyView {
    let late = all.iter().filter(|one| one.overdue).count();
    let urgent = all.iter().filter(|one| one.urgent).count();
    let chip = |key: &'static str, count: usize| {
        (count > 0).then(|| {
            let text = t_with(key, &[("count", count.into())]);
            view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> }
        })
    };
    view! { <p>{chip("case-count-late", late)} " " {chip("case-count-urgent", urgent)}</p> }
        .into_any()
}

fn filter(model: &Requests) -> Option<AnyView> {
    let link = |id: &str, name: String| {
        let here = (model.clinic == id).then_some("page");
        let href = if id.is_empty() {
            "/staff/requests".to_owned()
        } else {
            format!("/staff/requests?clinic={id}")
        };
        view! { <a href=href aria-current=here>{name}</a> }
    };
    (model.clinics.len() > 1).then(|| {
        let all = model
            .clinics
            .iter()
            .map(|clinic| link(&clinic.id, clinic.name.clone()))
            .collect_view();
        view! {
            <nav class="tabs" aria-label=t("staff-which-clinic")>{link("", t("case-all-clinics"))} {all}</nav>
        }
        .into_any()
    })
}

fn table(caption: String, all: &[StaffRequest]) -> AnyView {
    let head = [
        t("staff-col-deadline"),
        t("staff-col-client"),
        t("staff-col-clinic"),
        t("staff-col-reasons"),
        t("staff-col-reply"),
        t("case-col-who"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn chip(text: String) -> AnyView {
    view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> }.into_any()
}

fn row(one: &StaffRequest) -> impl IntoView + use<> {
    let waits = one.state == "in_review";
    let overdue = (one.overdue && waits).then(|| chip(t("staff-overdue")));
    let stop = one.stop_shown.then(|| chip(t("staff-stop-shown")));
    let phone = (!one.phone.is_empty()).then(|| view! { <br />{parts::telephone(&one.phone)} });
    let reply = if waits {
        one.respond_by.clone()
    } else {
        parts::word("case-state", &one.state)
    };
    let prepared = one
        .prepared
        .then(|| view! { <br /><span class="chip">{icon(CLOCK)} {t("case-prepared")}</span> });
    view! {
        <tr class:late=one.overdue && waits>
            <td class="time">{deadline(one)}</td>
            <th scope="row">{case_link(one)} {phone} " " {stop}</th>
            <td>{one.clinic.name.clone()}</td>
            <td>{crate::pages::parts::bullets(&one.reasons)}</td>
            <td>{reply} " " {overdue} <br /> {one.age.clone()}</td>
            <td>{assigned(one)} {prepared}</td>
        </tr>
    }
}

/// The client's own deadline, and whether it is urgent.
pub fn deadline(one: &StaffRequest) -> AnyView {
    let urgent = one.urgent.then(|| chip(t("staff-call-urgent")));
    if one.deadline.is_empty() {
        return view! { {t("staff-no-deadline")} " " {urgent} }.into_any();
    }
    view! { <strong>{one.deadline_in.clone()}</strong> <br /> {one.deadline.clone()} " " {urgent} }
        .into_any()
}

/// Who has it, in words.
pub fn assigned(one: &StaffRequest) -> String {
    if one.assigned.is_empty() {
        t("case-nobody")
    } else {
        one.assigned.clone()
    }
}

/// The name, or the reference alone where the name may not be seen, as a link to the case.
fn case_link(one: &StaffRequest) -> AnyView {
    let href = format!("/staff/requests/{}", one.reference);
    if one.client.is_empty() {
        return view! { <a href=href>{one.reference.clone()}</a> }.into_any();
    }
    view! { <a href=href>{one.client.clone()}</a> <br /> <span class="number">{one.reference.clone()}</span> }
        .into_any()
}
