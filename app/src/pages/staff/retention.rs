//! `/staff/settings/retention`: how long each clinic keeps what clients gave, and what a change would erase before it is
//! saved. Holds no name of a client.

use super::availability::{both, head, hidden};
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::retention::{Retention, RetentionLine, RetentionLook};
use leptos::prelude::*;

const RAIL: &str = "/staff/settings";
const HOME: &str = "/staff/settings/retention";

/// The periods of all clinics.
pub fn retention(frame: &Frame, model: &Retention) -> String {
    let page_head = || Head {
        title: t("retention-title"),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let columns = ["clinic", "years", "days", "checked"].map(|name| {
            let text = t(&format!("retention-col-{name}"));
            view! { <th scope="col">{text}</th> }
        });
        let last = view! { <th scope="col"><span class="visually-hidden">{t("avail-col-change")}</span></th> };
        view! {
            {head(t("retention-title"), RAIL.to_owned(), t("settings-title"))}
            <p>{t("retention-lead")}</p>
            <p>{t("retention-never")}</p>
            <div class="desk-scroll" tabindex="0" role="region" aria-label=t("retention-title")>
                <table class="desk-table says-more">
                    <thead><tr>{columns.collect_view()}{last}</tr></thead>
                    <tbody>{model.clinics.iter().map(line).collect_view()}</tbody>
                </table>
            </div>
            {rounds(model)}
            <section>
                <h2>{t("retention-audit-title")}</h2>
                <p>{t("retention-audit")}</p>
            </section>
        }
    })
}

fn line(one: &RetentionLine) -> impl IntoView + use<> {
    let checked = if one.checked.is_empty() {
        view! { <span class="chip" data-state="held">{icon(ALERT)} {t("retention-unchecked")}</span> }
            .into_any()
    } else {
        one.checked.clone().into_any()
    };
    let name = one.clinic.name.clone();
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td>{t_with("retention-years", &[("count", one.years.into())])}</td>
            <td>{t_with("retention-days", &[("count", one.days.into())])}</td>
            <td>{checked}</td>
            <td>
                <a href=format!("{HOME}/{}", one.clinic.id)>
                    {t("avail-change")} <span class="visually-hidden">" " {name}</span>
                </a>
            </td>
        </tr>
    }
}

/// When records were last looked through, and what went.
fn rounds(model: &Retention) -> AnyView {
    let looked = if model.looked.is_empty() {
        view! { <p>{icon(ALERT)} " " {t("retention-looked-never")}</p> }.into_any()
    } else {
        let text = t_with("retention-looked", &[("time", model.looked.clone().into())]);
        view! { <p>{icon(CHECK)} " " {text}</p> }.into_any()
    };
    let erased = if model.erased.is_empty() {
        t("retention-erased-never")
    } else {
        t_with(
            "retention-erased",
            &[
                ("time", model.erased.clone().into()),
                ("people", model.people.into()),
                ("words", model.words.into()),
            ],
        )
    };
    view! {
        <section>
            <h2>{t("retention-rounds")}</h2>
            {looked}
            <p>{erased}</p>
        </section>
    }
    .into_any()
}

/// What a change would erase.
pub fn retention_look(frame: &Frame, model: &RetentionLook) -> String {
    let title = || {
        t_with(
            "retention-of",
            &[("clinic", model.clinic.name.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    let erases = model.people > 0 || model.words > 0;
    staff(frame, page_head, RAIL, || {
        let again = model.again.then(
            || view! { <p class="banner" role="alert">{icon(ALERT)} " " {t("retention-again")}</p> },
        );
        let (class, says) = if erases {
            ("banner bad", said(model))
        } else {
            ("banner", t("retention-would-nothing"))
        };
        let sure = erases.then(|| view! { <p>{t("retention-sure")}</p> });
        let save = if erases {
            t("retention-save-erase")
        } else {
            t("avail-save")
        };
        let changes = if model.changes.is_empty() {
            view! { <p>{t("avail-no-changes")}</p> }.into_any()
        } else {
            both(&model.changes, "avail-col-was", "avail-col-will")
        };
        view! {
            {head(title(), HOME.to_owned(), t("retention-title"))}
            {again}
            <p class="avail-not-saved"><strong>{t("avail-not-saved")}</strong></p>
            {changes}
            <p class=class>{icon(if erases { ALERT } else { CHECK })} " " {says}</p>
            {sure}
            <form method="post" action=model.action.clone() class="avail-actions">
                {hidden(&model.hidden)}
                <p>
                    <button class="button main" type="submit" name="do" value="save">{save}</button> " "
                    <button class="button" type="submit" name="do" value="back">{t("avail-change-typed")}</button> " "
                    <a href=HOME>{t("avail-cancel")}</a>
                </p>
            </form>
        }
    })
}

fn said(model: &RetentionLook) -> String {
    t_with(
        "retention-would",
        &[
            ("people", model.people.into()),
            ("words", model.words.into()),
        ],
    )
}
