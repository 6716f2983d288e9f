//! What is ticked off at the desk: the state with what is known beside it, the one likely action, and the others. Plain
//! forms with one button each.

use super::parts;
use crate::icons::{ALERT, CLOCK, icon};
use crate::text::{t, t_with};
use crate::view::DayRow;
use leptos::prelude::*;

/// The state in a word, and how it stands today.
pub fn state(row: &DayRow) -> AnyView {
    let one = &row.appointment;
    let begun = row.begun.then(
        || view! { <span class="chip" data-state="arrived">{icon(CLOCK)} {t("day-begun")}</span> },
    );
    view! { {parts::state(&one.state)} " " {begun} " " {lateness(row)} }.into_any()
}

/// Late by their own word, with what that means; or not here although it has begun.
pub fn lateness(row: &DayRow) -> Option<AnyView> {
    let minutes = |key: &'static str, count: i64| t_with(key, &[("count", count.into())]);
    let open = matches!(row.appointment.state.as_str(), "confirmed" | "arrived");
    let said = (row.late_minutes > 0 && open).then(|| {
        let means = match row.left_minutes {
            Some(left) => minutes("day-shorten", left),
            None => t("day-rebook"),
        };
        view! {
            <span class="chip" data-state="requested">{icon(CLOCK)} {minutes("day-late-by", row.late_minutes)}</span> " "
            <span>{means}</span>
        }
    });
    let overdue = (row.overdue_minutes > 0).then(|| {
        view! { <span class="chip" data-state="urgent">{icon(ALERT)} {minutes("day-overdue", row.overdue_minutes)}</span> }
    });
    (said.is_some() || overdue.is_some()).then(|| view! { {said} " " {overdue} }.into_any())
}

/// What else is worth a word: came without an appointment, left early.
pub fn notes(row: &DayRow) -> AnyView {
    let chip = |key: &'static str| view! { <span class="chip">{t(key)}</span> };
    let walk_in = row.walk_in.then(|| chip("day-walked-in"));
    let early = row.left_early.then(|| chip("day-left-early"));
    view! { {walk_in} " " {early} }.into_any()
}

fn address(row: &DayRow, end: &str) -> String {
    format!("/staff/appointments/{}/{end}", row.appointment.reference)
}

/// What a button says to somebody who hears it alone.
fn named(row: &DayRow, label: &str) -> String {
    let who = if row.appointment.client.is_empty() {
        row.appointment.reference.clone()
    } else {
        row.appointment.client.clone()
    };
    t_with(
        "day-button-about",
        &[("do", label.to_owned().into()), ("who", who.into())],
    )
}

/// The one likely action. `from` says where to come back to.
pub fn main_button(row: &DayRow, from: &'static str) -> Option<AnyView> {
    let word = row.main.as_str();
    (!word.is_empty()).then(|| {
        let label = parts::word("day-do", word);
        let name = named(row, &label);
        if word == "outcome" {
            return view! { <a class="button small" href=address(row, "outcome") aria-label=name>{label}</a> }.into_any();
        }
        view! {
            <form method="post" action=address(row, &format!("mark/{word}"))>
                <input type="hidden" name="from" value=from />
                <button class="button small main" type="submit" aria-label=name>{label}</button>
            </form>
        }
        .into_any()
    })
}

/// The other actions, a step away from a stray click.
pub fn more(row: &DayRow, from: &'static str) -> Option<AnyView> {
    (!row.more.is_empty()).then(|| {
        let all = row
            .more
            .iter()
            .map(|word| other(row, word, from))
            .collect_view();
        let name = named(row, &t("day-more"));
        view! {
            <details class="day-more">
                <summary aria-label=name>{t("day-more")}</summary>
                <div>{all}</div>
            </details>
        }
        .into_any()
    })
}

fn other(row: &DayRow, word: &str, from: &'static str) -> AnyView {
    let label = if word == "outcome" {
        t("day-correct-outcome")
    } else {
        parts::word("day-do", word)
    };
    let name = named(row, &label);
    match word {
        "again" | "outcome" => {
            view! { <a class="button quiet small" href=address(row, word) aria-label=name>{label}</a> }.into_any()
        }
        "late" => {
            let id = format!("late-{}", row.appointment.reference);
            let minutes = if row.late_typed.is_empty() {
                "10".to_owned()
            } else {
                row.late_typed.clone()
            };
            view! {
                <form class="assign" method="post" action=address(row, "mark/late")>
                    <input type="hidden" name="from" value=from />
                    <label for=id.clone()>{t("day-late-minutes")}</label>
                    <input type="hidden" name="was" value=row.late_minutes.to_string() />
                    <input id=id class="short" type="text" inputmode="numeric" name="minutes" value=minutes />
                    <button class="button quiet small" type="submit" aria-label=name>{label}</button>
                </form>
            }
            .into_any()
        }
        _ => view! {
            <form method="post" action=address(row, &format!("mark/{word}"))>
                <input type="hidden" name="from" value=from />
                <button class="button quiet small" type="submit" aria-label=name>{label}</button>
            </form>
        }
        .into_any(),
    }
}
