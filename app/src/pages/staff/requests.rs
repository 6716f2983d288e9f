//! `/staff/requests`: one line a case, the deadline first, in groups; each case is in one.

use super::parts;
use crate::icons::{ALERT, CLOCK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Frame, RequestGroup, Requests, StaffRequest};
use leptos::prelude::*;

/// The page.
pub fn requests(frame: &Frame, model: &Requests) -> String {
    let head = || Head {
        title: t("staff-requests-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/requests", || {
        let all: Vec<&StaffRequest> = model.groups.iter().flat_map(|one| &one.requests).collect();
        let ours = model.groups.iter().filter(|one| one.ours);
        let ours: usize = ours.map(|one| one.requests.len()).sum();
        let none = (ours == 0).then(|| view! { <p class="empty">{t("staff-requests-none")}</p> });
        view! {
            <div class="desk-head">
                <h1>{t("staff-requests-title")} " " {parts::count(ours)}</h1>
                {counts(&all)}
                <p>{t("staff-requests-lead")}</p>
            </div>
            {filter(model)}
            {jumps(model)}
            {none}
            {model.groups.iter().map(group).collect_view()}
            {super::waiting::list(&model.waiting)}
        }
    })
}

/// The groups with their counts, to jump to.
fn jumps(model: &Requests) -> Option<AnyView> {
    let list = (!model.waiting.is_empty()).then(|| {
        let count = parts::count(model.waiting.len());
        view! { <a href="#on-list">{t("waiting-heading")} " " {count}</a> }
    });
    (model.groups.len() + model.waiting.len().min(1) > 1).then(|| {
        let all = model.groups.iter().map(|one| {
            let count = parts::count(one.requests.len());
            view! { <a href=format!("#{}", one.name)>{parts::word("queue", &one.name)} " " {count}</a> }
        });
        view! { <nav class="tabs queue-jumps" aria-label=t("queue-groups")>{all.collect_view()} {list}</nav> }.into_any()
    })
}

fn group(one: &RequestGroup) -> AnyView {
    let title = parts::word("queue", &one.name);
    let oldest = t_with("queue-oldest", &[("age", one.oldest.clone().into())]);
    view! {
        <section id=one.name.clone()>
            <h2>{title.clone()} " " {parts::count(one.requests.len())}</h2>
            <p class="hint">{parts::word("queue-is", &one.name)} " " {oldest}</p>
            {table(title, &one.requests)}
        </section>
    }
    .into_any()
}

/// A supervisor to give a case to, behind one step.
fn give(one: &StaffRequest) -> Option<AnyView> {
    (!one.give_to.is_empty()).then(|| {
        let was = one.give_to.iter().find(|choice| choice.chosen);
        let was = was.map(|choice| choice.value.clone()).unwrap_or_default();
        let options = one.give_to.iter().map(|choice| {
            view! { <option value=choice.value.clone() selected=choice.chosen>{choice.label.clone()}</option> }
        });
        let id = format!("to-{}", one.reference);
        let about = t_with("queue-give-about", &[("reference", one.reference.clone().into())]);
        view! {
            <details class="day-more">
                <summary aria-label=about>{t("queue-give")}</summary>
                <form class="assign" method="post" action=format!("/staff/requests/{}/assign", one.reference)>
                    <input type="hidden" name="from" value="queue" />
                    <input type="hidden" name="was" value=was />
                    <label for=id.clone()>{t("queue-give-to")}</label>
                    <select id=id name="to"><option value="">{t("case-nobody")}</option>{options.collect_view()}</select>
                    <button class="button quiet small" type="submit">{t("queue-give-yes")}</button>
                </form>
            </details>
        }
        .into_any()
    })
}

/// How many are late, and how many are urgent: words beside the number, never colour alone.
fn counts(all: &[&StaffRequest]) -> AnyView {
    let late = all
        .iter()
        .filter(|one| one.overdue && one.state == "in_review")
        .count();
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
            <td>{assigned(one)} {prepared} {give(one)}</td>
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
