//! Parts that the pages of question sets share.

use crate::icons::{ALERT, CHECK, icon};
use crate::text::{t, t_with};
use crate::view::questions::{ChangeShown, DiffLine, Difference, EditBase, SetRef, SignpostShown};
use leptos::prelude::*;

/// The address that the rail marks as current.
pub const RAIL: &str = "/staff/questions";

/// The address of a set, or of a page below it.
pub fn path(set: &SetRef, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/staff/questions/{}{slash}{below}", set.slug)
}

/// Heading, and the way back to the set.
pub fn head(title: String, set: &SetRef) -> AnyView {
    let back = t_with("questions-back", &[("set", set.name.clone().into())]);
    view! {
        <div class="desk-head">
            <h1>{title}</h1>
            <p><a href=path(set, "")>{back}</a></p>
        </div>
    }
    .into_any()
}

/// Who checked, or a mark that nobody has.
pub fn checked(checked: &str) -> AnyView {
    if checked.is_empty() {
        return view! { <span class="chip" data-state="urgent">{icon(ALERT)} {t("questions-not-checked")}</span> }
            .into_any();
    }
    view! { <span class="chip" data-state="confirmed">{icon(CHECK)} {checked.to_owned()}</span> }
        .into_any()
}

/// What a form was made from.
pub fn base(base: EditBase) -> AnyView {
    view! {
        <input type="hidden" name="in-force" value=base.in_force.to_string() />
        <input type="hidden" name="revision" value=base.revision.to_string() />
    }
    .into_any()
}

/// Signposts with their numbers; nothing if there are none.
pub fn signposts(all: &[SignpostShown]) -> Option<AnyView> {
    let one = |one: &SignpostShown| {
        let parts = [&one.telephone, &one.url, &one.hours];
        let rest: Vec<&str> = parts
            .iter()
            .map(|part| part.as_str())
            .filter(|part| !part.is_empty())
            .collect();
        let rest = rest.join(", ");
        view! { <li><strong>{one.name.clone()}</strong> " " {rest}</li> }
    };
    (!all.is_empty())
        .then(|| view! { <ul class="bullets">{all.iter().map(one).collect_view()}</ul> }.into_any())
}

/// How two versions differ: in words, then line by line.
pub fn difference(one: &Difference) -> AnyView {
    let words = match &one.changes {
        None => view! { <p>{t("questions-no-words")}</p> }.into_any(),
        Some(all) if all.is_empty() => view! { <p>{t("questions-no-changes")}</p> }.into_any(),
        Some(all) => changes(all),
    };
    let lines = (!one.lines.is_empty()).then(|| lines(&one.lines));
    view! { {words} {lines} }.into_any()
}

fn changes(all: &[ChangeShown]) -> AnyView {
    let head = ["about", "part", "was", "now"].map(|name| {
        let text = t(&format!("questions-col-{name}"));
        view! { <th scope="col">{text}</th> }
    });
    let text = |text: &str| {
        if text.is_empty() {
            view! { <span class="hint">{t("questions-nothing")}</span> }.into_any()
        } else {
            text.to_owned().into_any()
        }
    };
    let row = |one: &ChangeShown| {
        view! {
            <tr>
                <th scope="row">{one.about.clone()}</th>
                <td data-column=t("questions-col-part")>{one.part.clone()}</td>
                <td data-column=t("questions-col-was")>{text(&one.was)}</td>
                <td data-column=t("questions-col-now")>{text(&one.now)}</td>
            </tr>
        }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("questions-difference")>
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The sign before each line says what became of it; colour only helps.
fn lines(all: &[DiffLine]) -> AnyView {
    let line = |one: &DiffLine| {
        let text = format!("{} {}\n", one.mark, one.text);
        match one.mark {
            '+' => view! { <ins>{text}</ins> }.into_any(),
            '-' => view! { <del>{text}</del> }.into_any(),
            _ => text.into_any(),
        }
    };
    view! {
        <details class="more">
            <summary>{t("questions-lines")}</summary>
            <pre class="diff" tabindex="0">{all.iter().map(line).collect_view()}</pre>
        </details>
    }
    .into_any()
}
