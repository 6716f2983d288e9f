//! The pages of a clinic's time and set-up: the week and its lists, the form that changes one thing, what the change would
//! do, what to do about appointments in trouble, and what a clinic still lacks.

mod dry_run;
mod form;
mod overview;
mod preview;
mod settings;

pub use dry_run::dry_run;
pub(super) use form::both;
pub use form::change_form;
pub use overview::availability;
pub use preview::change_preview;
pub use settings::{clinic_settings, settings_list};

use super::parts::{client, hours, state};
use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::ClinicRef;
use crate::view::availability::{Listing, TroubleLine};
use leptos::prelude::*;

const RAIL: &str = "/staff/availability";

/// The address of a clinic's time.
fn home(clinic: &ClinicRef) -> String {
    format!("{RAIL}?clinic={}", clinic.id)
}

/// Heading, and the way back.
pub(super) fn head(title: String, back: String, name: String) -> AnyView {
    view! {
        <div class="desk-head">
            <h1>{title}</h1>
            <p><a href=back>{t_with("avail-back", &[("to", name.into())])}</a></p>
        </div>
    }
    .into_any()
}

pub(super) fn hidden(pairs: &[(String, String)]) -> impl IntoView + use<> {
    let one = |(name, value): &(String, String)| {
        view! { <input type="hidden" name=name.clone() value=value.clone() /> }
    };
    pairs.iter().map(one).collect_view()
}

/// Appointments in trouble, each with why.
fn troubles(caption: String, all: &[TroubleLine]) -> AnyView {
    let row = |one: &TroubleLine| {
        let why = one.why.iter().map(|why| {
            view! { <li>{icon(ALERT)} " " {why.clone()}</li> }
        });
        view! {
            <tr>
                <td class="time">{one.appointment.day.clone()} ", " {hours(&one.appointment)}</td>
                <td>{state(&one.appointment.state)}</td>
                <th scope="row">{client(&one.appointment)}</th>
                <td>{one.appointment.service.clone()}</td>
                <td><ul class="plain-list">{why.collect_view()}</ul></td>
            </tr>
        }
    };
    let columns =
        ["time", "state", "client", "service"].map(|name| t(&format!("staff-col-{name}")));
    let head = columns.into_iter().chain([t("avail-col-why")]);
    let head = head.map(|text| view! { <th scope="col">{text}</th> });
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A list with its links.
fn listing(one: &Listing) -> impl IntoView + use<> {
    let add = one.add.iter().map(|(href, text)| {
        view! { <a class="button small" href=href.clone()>{text.clone()}</a> " " }
    });
    let buttons = one.buttons.iter().map(|(action, text)| {
        view! {
            <form method="post" action=action.clone() class="in-line">
                <button class="button small" type="submit">{text.clone()}</button>
            </form>
        }
    });
    let body = if one.rows.is_empty() {
        view! { <p class="hint">{one.empty.clone()}</p> }.into_any()
    } else {
        rows(one)
    };
    view! {
        <section class="avail-list" id=one.id.clone()>
            <div class="avail-list-head">
                <h2>{one.title.clone()}</h2>
                <p>{add.collect_view()} {buttons.collect_view()}</p>
            </div>
            {body}
        </section>
    }
}

fn rows(one: &Listing) -> AnyView {
    let changes = one.rows.iter().any(|row| !row.href.is_empty());
    let head = one
        .columns
        .iter()
        .map(|text| view! { <th scope="col">{text.clone()}</th> });
    let last = changes.then(|| {
        view! { <th scope="col"><span class="visually-hidden">{t("avail-col-change")}</span></th> }
    });
    let row = |row: &crate::view::availability::ListRow| {
        let name = row.cells.first().cloned().unwrap_or_default();
        let cells = row.cells.iter().skip(1);
        let cells = cells
            .map(|text| view! { <td>{text.clone()}</td> })
            .collect_view();
        let link = changes.then(|| {
            let link = (!row.href.is_empty()).then(|| {
                let what = name.clone();
                view! {
                    <a href=row.href.clone()>
                        {t("avail-change")} <span class="visually-hidden">" " {what}</span>
                    </a>
                }
            });
            view! { <td>{link}</td> }
        });
        view! { <tr><th scope="row">{name.clone()}</th>{cells}{link}</tr> }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=one.title.clone()>
            <table class="desk-table">
                <thead><tr>{head.collect_view()}{last}</tr></thead>
                <tbody>{one.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
