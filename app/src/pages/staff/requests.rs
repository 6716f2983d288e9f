//! `/staff/requests`: one line a case, the deadline first.

use super::parts;
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::text::t;
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
            view! { <p>{t("staff-requests-none")}</p> }.into_any()
        } else {
            table(&model.requests)
        };
        view! {
            <div class="desk-head">
                <h1>{t("staff-requests-title")} " " {parts::count(model.requests.len())}</h1>
                <p>{t("staff-requests-lead")}</p>
            </div>
            {list}
        }
    })
}

fn table(all: &[StaffRequest]) -> AnyView {
    let head = [
        t("staff-col-deadline"),
        t("staff-col-client"),
        t("staff-col-clinic"),
        t("staff-col-reasons"),
        t("staff-col-reply"),
        t("staff-col-reference"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("staff-requests-title")>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(one: &StaffRequest) -> impl IntoView + use<> {
    let deadline = if one.deadline.is_empty() {
        view! { {t("staff-no-deadline")} }.into_any()
    } else {
        view! { <strong>{one.deadline_in.clone()}</strong> <br /> {one.deadline.clone()} }
            .into_any()
    };
    let chip =
        |text: String| view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text}</span> };
    let urgent = one.urgent.then(|| chip(t("staff-call-urgent")));
    let overdue = one.overdue.then(|| chip(t("staff-overdue")));
    let stop = one.stop_shown.then(|| chip(t("staff-stop-shown")));
    let phone = (!one.phone.is_empty()).then(|| view! { <br />{parts::telephone(&one.phone)} });
    view! {
        <tr>
            <td class="time">{deadline} " " {urgent}</td>
            <th scope="row">{one.client.clone()} {phone} " " {stop}</th>
            <td>{one.clinic.name.clone()}</td>
            <td>{crate::pages::parts::bullets(&one.reasons)}</td>
            <td>{one.respond_by.clone()} " " {overdue} <br /> {one.age.clone()}</td>
            <td class="number">{one.reference.clone()}</td>
        </tr>
    }
}
