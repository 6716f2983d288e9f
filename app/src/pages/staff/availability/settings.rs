//! `/staff/settings`: the clinics, and what each still lacks before a client can book.

use super::{head, home};
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::availability::{CheckLine, ClinicSettings, ListRow, SettingsLine, SettingsList};
use leptos::prelude::*;

const RAIL: &str = "/staff/settings";

/// The list of clinics.
pub fn settings_list(frame: &Frame, model: &SettingsList) -> String {
    let page_head = || Head {
        title: t("settings-title"),
        ..Head::default()
    };
    let state = |on: bool| {
        let (state, mark, text) = if on {
            ("confirmed", CHECK, t("settings-on"))
        } else {
            ("held", ALERT, t("settings-off"))
        };
        view! { <span class="chip" data-state=state>{icon(mark)} {text}</span> }
    };
    let row = |one: &SettingsLine| {
        let href = format!("{RAIL}/{}", one.clinic.id);
        view! {
            <tr>
                <th scope="row"><a href=href>{one.clinic.name.clone()}</a></th>
                <td>{state(one.enabled)}</td>
            </tr>
        }
    };
    staff(frame, page_head, RAIL, || {
        let new = model.may_set_up.then(|| {
            view! { <p><a class="button main" href="/staff/settings/new">{t("settings-new")}</a></p> }
        });
        let kept = model.runs.then(|| {
            view! { <p><a href="/staff/settings/retention">{t("retention-link")}</a></p> }
        });
        let table = if model.clinics.is_empty() {
            view! { <p class="hint">{t("settings-none")}</p> }.into_any()
        } else {
            view! {
                <div class="desk-scroll" tabindex="0" role="region" aria-label=t("settings-title")>
                    <table class="desk-table">
                        <thead><tr>
                            <th scope="col">{t("settings-col-clinic")}</th>
                            <th scope="col">{t("settings-col-state")}</th>
                        </tr></thead>
                        <tbody>{model.clinics.iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <div class="desk-head"><h1>{t("settings-title")}</h1></div>
            <p>{t("settings-lead")}</p>
            {table}
            {new}
            {kept}
        }
    })
}

/// One clinic: what is there and what is still missing.
pub fn clinic_settings(frame: &Frame, model: &ClinicSettings) -> String {
    let title = || {
        t_with(
            "settings-of",
            &[("clinic", model.clinic.name.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let left = model.checks.iter().filter(|one| !one.done).count();
        let first = (!model.first_slot.is_empty()).then(|| {
            let text = t_with(
                "settings-first-slot",
                &[("time", model.first_slot.clone().into())],
            );
            view! { <p>{icon(CHECK)} " " {text}</p> }
        });
        let hours = model.may_see_hours.then(|| {
            view! { <p><a href=home(&model.clinic)>{t("settings-to-hours")}</a></p> }
        });
        view! {
            {head(title(), RAIL.to_owned(), t("settings-title"))}
            {invite_manager(model)}
            <section class="avail-list" aria-labelledby="checks-title">
                <h2 id="checks-title">{t_with("settings-checks", &[("left", left.into())])}</h2>
                <ol class="check-list">{model.checks.iter().map(check).collect_view()}</ol>
                {first}
                {switch(model)}
            </section>
            <section class="avail-list" aria-labelledby="services-title">
                <h2 id="services-title">{t("settings-services")}</h2>
                <ul class="plain-list">{model.services.iter().map(service).collect_view()}</ul>
            </section>
            {hours}
        }
    })
}

/// Nobody manages the clinic yet: most of the rest is a manager's to do.
fn invite_manager(model: &ClinicSettings) -> Option<AnyView> {
    model.invite_manager.then(|| {
        let href = format!("/staff/people?clinic={}#invite", model.clinic.id);
        let name = [("clinic", model.clinic.name.clone().into())];
        view! {
            <section class="banner">
                <h2>{icon(ALERT)} " " {t("settings-no-manager")}</h2>
                <p>{t("settings-no-manager-text")}</p>
                <p><a class="button main" href=href>{t_with("settings-invite-manager", &name)}</a></p>
            </section>
        }
        .into_any()
    })
}

fn service(one: &ListRow) -> impl IntoView + use<> {
    let name = one.cells.first().cloned().unwrap_or_default();
    let rest: Vec<String> = one.cells.iter().skip(1).cloned().collect();
    view! { <li><a href=one.href.clone()>{name}</a> ": " {rest.join(", ")}</li> }
}

fn check(one: &CheckLine) -> impl IntoView + use<> {
    let (mark, word) = if one.done {
        (CHECK, t("settings-done"))
    } else {
        (ALERT, t("settings-missing"))
    };
    let state = if one.done { "confirmed" } else { "held" };
    let link = if one.href.ends_with("/questions") && !one.done {
        view! {
            <form method="post" action=one.href.clone() class="in-line">
                <button class="button small" type="submit">{one.link.clone()}</button>
            </form>
        }
        .into_any()
    } else if one.href.is_empty() || one.link.is_empty() {
        ().into_any()
    } else {
        view! { <a href=one.href.clone()>{one.link.clone()}</a> }.into_any()
    };
    let who = (!one.done && !one.who.is_empty())
        .then(|| view! { <span class="hint">{one.who.clone()}</span> });
    view! {
        <li>
            <span class="chip" data-state=state>{icon(mark)} {word}</span> " "
            {one.text.clone()} " " {link} {who}
        </li>
    }
}

fn switch(model: &ClinicSettings) -> AnyView {
    if !model.enabled && !model.ready {
        return view! { <p class="hint">{t("settings-not-ready")}</p> }.into_any();
    }
    let (value, text, class) = if model.enabled {
        ("off", "settings-switch-off", "button")
    } else {
        ("on", "settings-switch-on", "button main")
    };
    let action = format!("{RAIL}/{}/switch", model.clinic.id);
    view! {
        <form method="post" action=action>
            <input type="hidden" name="revision" value=model.revision.to_string() />
            <p><button class=class type="submit" name="to" value=value>{t(text)}</button></p>
        </form>
    }
    .into_any()
}
