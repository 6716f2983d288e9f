//! On the first page: what whoever runs the installation looks after, and the conflict checks that wait.

use super::messages::work;
use super::parts;
use crate::icons::{ALERT, CHECK, icon};
use crate::text::{t, t_with};
use crate::view::runs::{Checks, RunClinic, RunPerson, Runs};
use leptos::prelude::*;

/// People that a list names before it leads to the rest.
const NAMED: usize = 8;

/// Clinics, people and the work behind the scenes, each with where to see to it.
pub fn runs(model: &Runs) -> AnyView {
    let links = [
        ("/staff/settings/retention", "retention-title"),
        ("/staff/reports", "reports-title"),
        ("/staff/audit", "audit-title"),
    ];
    let links =
        links.map(|(href, key)| view! { <li><a class="stands-alone" href=href>{t(key)}</a></li> });
    view! {
        <div class="desk-parts">
            <section>
                <h2>{t("settings-title")} " " {parts::count(model.clinics.len())}</h2>
                <ul class="plain-list">{model.clinics.iter().map(clinic).collect_view()}</ul>
                <p><a href="/staff/settings/new">{t("settings-new")}</a></p>
            </section>
            <section>
                <h2>{t("people-title")}</h2>
                {people("runs-no-second-factor", &model.no_second_factor)}
                {people("runs-ending", &model.ending)}
                <p><a href="/staff/people">{t("runs-people")}</a></p>
            </section>
            {work(&model.work)}
            <section>
                <h2>{t("runs-more")}</h2>
                <ul class="plain-list">{links.collect_view()}</ul>
            </section>
        </div>
    }
    .into_any()
}

fn clinic(one: &RunClinic) -> impl IntoView + use<> {
    let (state, mark, text) = if one.enabled {
        ("confirmed", CHECK, t("settings-on"))
    } else {
        ("held", ALERT, t("settings-off"))
    };
    let manager = (!one.has_manager).then(|| {
        let href = format!("/staff/people?clinic={}#invite", one.clinic.id);
        let name = [("clinic", one.clinic.name.clone().into())];
        view! {
            <br/>{icon(ALERT)} " " {t("settings-no-manager")} ". "
            <a class="stands-alone" href=href>{t_with("settings-invite-manager", &name)}</a>
        }
    });
    view! {
        <li>
            <a class="stands-alone" href=format!("/staff/settings/{}", one.clinic.id)>{one.clinic.name.clone()}</a> " "
            <span class="chip" data-state=state>{icon(mark)} {text}</span>
            {manager}
        </li>
    }
}

fn people(key: &'static str, all: &[RunPerson]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{icon(CHECK)} " " {t(&format!("{key}-none"))}</p> }.into_any();
    }
    let one = |person: &RunPerson| {
        let ends = (!person.ends.is_empty()).then(|| {
            let until = [("date", person.ends.clone().into())];
            view! { ", " {t_with("runs-until", &until)} }
        });
        let href = format!("/staff/people/{}", person.id);
        view! { <li><a class="stands-alone" href=href>{person.name.clone()}</a>{ends}</li> }
    };
    let left = all.len().saturating_sub(NAMED);
    let more =
        (left > 0).then(|| view! { <li>{t_with("runs-and-more", &[("count", left.into())])}</li> });
    view! {
        <p>{icon(ALERT)} " " {t_with(key, &[("count", all.len().into())])}</p>
        <ul>{all.iter().take(NAMED).map(one).collect_view()} {more}</ul>
    }
    .into_any()
}

/// How many conflict checks wait, and how many of them too long.
pub fn checks(model: Checks) -> AnyView {
    let says = t_with("runs-checks", &[("count", model.waiting.into())]);
    let overdue = (model.overdue > 0).then(|| {
        let text = t_with("runs-checks-overdue", &[("count", model.overdue.into())]);
        view! { " " <span class="chip" data-state="missed">{icon(ALERT)} {text}</span> }
    });
    let says = if model.waiting == 0 {
        says.into_any()
    } else {
        view! { <a href="/staff/conflicts">{says}</a> }.into_any()
    };
    view! {
        <section>
            <h2>{t("staff-conflicts")} " " {parts::count(model.waiting)}</h2>
            <p>{says} {overdue}</p>
        </section>
    }
    .into_any()
}
