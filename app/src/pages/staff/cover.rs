//! Who supervises today, as a band of hours for each person: when they are there, when they have meetings, and whether
//! another one fits. Beside each drawing stands the same in words.

use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::{Cover, CoverLine};
use leptos::prelude::*;

/// The bands of all clinics; nothing on a day without sessions.
pub fn bands(all: &[Cover]) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        view! {
            <section class="cover">
                <h2>{t("day-cover")}</h2>
                {all.iter().map(band).collect_view()}
            </section>
        }
        .into_any()
    })
}

fn band(cover: &Cover) -> AnyView {
    let nobody = cover.nobody.iter().map(|hours| {
        let text = t_with("day-cover-nobody", &[("hours", hours.clone().into())]);
        view! { <p class="banner bad">{icon(ALERT)} " " {text}</p> }
    });
    let lines = cover.lines.iter().map(|line| {
        let full = cover.now.is_some() && line.now >= line.most;
        let words = if cover.now.is_some() {
            t_with(
                "day-cover-now",
                &[("now", line.now.into()), ("most", line.most.into())],
            )
        } else {
            String::new()
        };
        let full = full.then(|| view! { <span class="chip" data-state="requested">{icon(ALERT)} {t("day-cover-full")}</span> });
        view! {
            <li>
                <span class="cover-who"><strong>{line.name.clone()}</strong> " " {line.hours.clone()}</span>
                {drawing(cover, line)}
                <span>{words} " " {full}</span>
            </li>
        }
    });
    view! {
        <h3>{cover.clinic.name.clone()}</h3>
        {nobody.collect_view()}
        <ul class="cover-lines">{lines.collect_view()}</ul>
    }
    .into_any()
}

/// Minutes are the units of the drawing's width, so that nothing has to be placed by a style.
fn drawing(cover: &Cover, line: &CoverLine) -> AnyView {
    let width = (cover.until - cover.from).max(1);
    let bar = |from: i64, until: i64, class: &'static str| {
        view! {
            <rect class=class x=(from - cover.from).to_string() y="0" width=(until - from).max(1).to_string() height="10" />
        }
    };
    let there = line
        .spans
        .iter()
        .map(|(from, until)| bar(*from, *until, "there"))
        .collect_view();
    let busy = line
        .loads
        .iter()
        .map(|(from, until, count)| {
            let class = if *count >= line.most { "full" } else { "busy" };
            bar(*from, *until, class)
        })
        .collect_view();
    let now = cover.now.map(|now| bar(now, now + 3, "now"));
    view! {
        <svg class="cover-bar" viewBox=format!("0 0 {width} 10") preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {there} {busy} {now}
        </svg>
    }
    .into_any()
}
