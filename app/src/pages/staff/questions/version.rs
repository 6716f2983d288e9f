//! `/staff/questions/{set}/versions` and one version beside the one in force.

use super::parts::{RAIL, base, difference, head, path};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::questions::{VersionLine, VersionPage, VersionsPage};
use leptos::prelude::*;

/// Every version of a set.
pub fn question_versions(frame: &Frame, model: &VersionsPage) -> String {
    let title = || {
        t_with(
            "questions-versions-title",
            &[("set", model.set.name.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let names = ["version", "published", "by", "note"];
        let columns = names.map(|name| {
            let text = t(&format!("questions-col-{name}"));
            view! { <th scope="col">{text}</th> }
        });
        let row = |one: &VersionLine| {
            let link = path(&model.set, &format!("versions/{}", one.number));
            let number = one.number.to_string();
            let chip = one.in_force.then(|| {
                view! { <span class="chip" data-state="confirmed">{t("questions-in-force")}</span> }
            });
            view! {
                <tr>
                    <th scope="row"><a href=link>{number}</a> " " {chip}</th>
                    <td>{one.at.clone()}</td>
                    <td>{by(one)}</td>
                    <td>{one.note.clone()}</td>
                </tr>
            }
        };
        view! {
            {head(title(), &model.set)}
            <p>{t("questions-versions-lead")}</p>
            <div class="desk-scroll" tabindex="0" role="region" aria-label=title()>
                <table class="desk-table">
                    <thead><tr>{columns.collect_view()}</tr></thead>
                    <tbody>{model.versions.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

fn by(one: &VersionLine) -> String {
    if one.by.is_empty() {
        t("questions-by-program")
    } else {
        one.by.clone()
    }
}

/// One version beside the one in force.
pub fn question_version(frame: &Frame, model: &VersionPage) -> String {
    let title = || {
        let places = [
            ("number", model.version.number.into()),
            ("set", model.set.name.clone().into()),
        ];
        t_with("questions-version-title", &places)
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let places = [
            ("at", model.version.at.clone().into()),
            ("by", by(&model.version).into()),
        ];
        let note =
            (!model.version.note.is_empty()).then(|| view! { <p>{model.version.note.clone()}</p> });
        let take = model.may_take.then(|| {
            let action = path(
                &model.set,
                &format!("versions/{}/take", model.version.number),
            );
            view! {
                <form method="post" action=action>
                    {base(model.base)}
                    <button class="button" type="submit">{t("questions-take")}</button>
                </form>
            }
        });
        let compared = if model.version.in_force {
            view! { <p>{t("questions-is-in-force")}</p> }.into_any()
        } else {
            view! {
                <section>
                    <h2>{t("questions-compare")}</h2>
                    <p>{t("questions-compare-lead")}</p>
                    {difference(&model.difference)}
                </section>
            }
            .into_any()
        };
        view! {
            {head(title(), &model.set)}
            <p>{t_with("questions-published", &places)}</p>
            {note}
            {compared}
            {take}
        }
    })
}
