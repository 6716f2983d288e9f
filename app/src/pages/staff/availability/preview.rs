//! What a change would do, before it is saved.

use super::form::both;
use super::{RAIL, head, hidden, troubles};
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::availability::{ChangePreview, SlotChange};
use leptos::prelude::*;

/// The page.
pub fn change_preview(frame: &Frame, model: &ChangePreview) -> String {
    let title = || {
        t_with(
            "avail-preview-title",
            &[("title", model.title.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    let (value, text) = if model.removes {
        ("remove-save", "avail-remove-save")
    } else {
        ("save", "avail-save")
    };
    staff(frame, page_head, RAIL, || {
        let again = model.again.then(|| {
            view! { <p class="banner" role="alert">{icon(ALERT)} " " {t("avail-preview-again")}</p> }
        });
        let typed = (!model.pressed).then(|| {
            view! { <button class="button" type="submit" name="do" value="back">{t("avail-change-typed")}</button> }
        });
        let warnings = model.warnings.iter().map(|text| {
            view! { <p class="banner bad">{icon(ALERT)} " " {text.clone()}</p> }
        });
        let off = model.off.then(|| view! { <p>{t("avail-preview-off")}</p> });
        view! {
            {head(title(), model.back.clone(), model.clinic.name.clone())}
            {again}
            <p class="avail-not-saved"><strong>{t("avail-not-saved")}</strong></p>
            {changes(model)}
            {warnings.collect_view()}
            <section>
                <h2>{t("avail-slots-title")}</h2>
                {off}
                {slots(&model.slots)}
            </section>
            <section>
                <h2>{t("avail-trouble-title")}</h2>
                {trouble(model)}
            </section>
            <form method="post" action=model.action.clone() class="avail-actions">
                {hidden(&model.hidden)}
                <p>
                    <button class="button main" type="submit" name="do" value=value>{t(text)}</button> " "
                    {typed} " "
                    <a href=model.back.clone()>{t("avail-cancel")}</a>
                </p>
            </form>
        }
    })
}

fn changes(model: &ChangePreview) -> AnyView {
    if model.removes {
        return view! { <p>{t_with("avail-removes", &[("title", model.title.clone().into())])}</p> }
            .into_any();
    }
    let table = if model.changes.is_empty() {
        view! { <p>{t("avail-no-changes")}</p> }.into_any()
    } else {
        both(&model.changes, "avail-col-was", "avail-col-will")
    };
    view! { <section><h2>{t("avail-changes")}</h2>{table}</section> }.into_any()
}

fn slots(all: &[SlotChange]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{t("avail-no-services")}</p> }.into_any();
    }
    let names = ["service", "before", "after", "gained", "lost", "first"];
    let name = |at: usize| t(&format!("avail-col-{}", names[at]));
    let columns = [0, 1, 2, 3, 4, 5].map(|at| view! { <th scope="col">{name(at)}</th> });
    let plain = |number: i64| t_with("staff-count", &[("count", number.into())]);
    let signed = |sign: &str, number: i64| {
        let shown = if number > 0 {
            format!("{sign}{number}")
        } else {
            "0".to_owned()
        };
        t_with("staff-count", &[("count", shown.into())])
    };
    let row = |one: &SlotChange| {
        let first = if one.first.is_empty() {
            t("avail-same")
        } else {
            one.first.clone()
        };
        view! {
            <tr>
                <th scope="row">{one.service.clone()}</th>
                <td class="number" data-label=name(1)>{plain(one.before)}</td>
                <td class="number" data-label=name(2)>{plain(one.after)}</td>
                <td class="number" class:gained=one.gained != 0 data-label=name(3)>{signed("+", one.gained)}</td>
                <td class="number" class:lost=one.lost != 0 data-label=name(4)>{signed("\u{2212}", one.lost)}</td>
                <td data-label=name(5)>{first}</td>
            </tr>
        }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("avail-slots-title")>
            <table class="desk-table">
                <thead><tr>{columns.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn trouble(model: &ChangePreview) -> AnyView {
    let elsewhere = (model.elsewhere > 0).then(|| {
        let text = t_with("avail-elsewhere", &[("count", model.elsewhere.into())]);
        view! { <p>{icon(ALERT)} " " {text}</p> }
    });
    if model.trouble.is_empty() {
        let nobody = (model.elsewhere == 0)
            .then(|| view! { <p>{icon(CHECK)} " " {t("avail-trouble-none")}</p> });
        return view! { {nobody} {elsewhere} }.into_any();
    }
    view! {
        <p>{t_with("avail-trouble-lead", &[("count", model.trouble.len().into())])}</p>
        {troubles(t("avail-trouble-title"), &model.trouble)}
        {elsewhere}
        <p>{t("avail-trouble-after")}</p>
    }
    .into_any()
}
