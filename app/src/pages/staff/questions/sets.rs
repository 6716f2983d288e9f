//! `/staff/questions`: every set that this person may read.

use super::parts::{RAIL, path};
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::questions::{QuestionSets, SetLine};
use leptos::prelude::*;

/// The page.
pub fn question_sets(frame: &Frame, model: &QuestionSets) -> String {
    let head = || Head {
        title: t("questions-title"),
        ..Head::default()
    };
    staff(frame, head, RAIL, || {
        let list = if model.sets.is_empty() {
            view! { <p>{t("questions-none")}</p> }.into_any()
        } else {
            table(&model.sets)
        };
        view! {
            <div class="desk-head">
                <h1>{t("questions-title")}</h1>
                <p>{t("questions-lead")}</p>
            </div>
            {list}
        }
    })
}

fn table(all: &[SetLine]) -> AnyView {
    let head = ["set", "in-force", "draft"].map(|name| {
        let text = t(&format!("questions-col-{name}"));
        view! { <th scope="col">{text}</th> }
    });
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("questions-title")>
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(one: &SetLine) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row"><a href=path(&one.set, "")>{one.set.name.clone()}</a></th>
            <td>{in_force(one)} {news(one)}</td>
            <td>{draft(one)}</td>
        </tr>
    }
}

/// Which version is in force, since when, and whose it is.
pub fn in_force(one: &SetLine) -> AnyView {
    let by = if one.by.is_empty() {
        t("questions-by-program")
    } else {
        one.by.clone()
    };
    let places = [
        ("number", one.version.into()),
        ("since", one.since.clone().into()),
        ("by", by.into()),
    ];
    let link = path(&one.set, "versions");
    view! { <a href=link>{t_with("questions-version", &places)}</a> }.into_any()
}

/// That a newer sample text came with the program.
pub fn news(one: &SetLine) -> Option<AnyView> {
    (one.news > 0).then(|| {
        let link = path(&one.set, &format!("versions/{}", one.news));
        view! { <p class="banner">{icon(ALERT)} " " <a href=link>{t("questions-news")}</a></p> }
            .into_any()
    })
}

/// Who works on a draft.
pub fn draft(one: &SetLine) -> AnyView {
    let Some(draft) = &one.draft else {
        return t("questions-no-draft").into_any();
    };
    let places = [
        ("saved", draft.saved.clone().into()),
        ("by", draft.by.clone().into()),
    ];
    let link = path(&one.set, "draft");
    view! { <a href=link>{t_with("questions-draft-of", &places)}</a> }.into_any()
}
