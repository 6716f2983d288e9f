//! A month as a table of weeks with a small bar a day, and the same as a list of days.

use super::super::parts;
use super::closed;
use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::{Calendar, MonthDay, Shown, Span, Spot};
use leptos::prelude::*;

pub(super) fn view(model: &Calendar) -> AnyView {
    let fitting = model.at.shown == Shown::Fitting;
    let grid = (model.at.shown != Shown::List).then(|| grid(model, fitting));
    view! { {grid} {list(model)} }.into_any()
}

fn grid(model: &Calendar, fitting: bool) -> AnyView {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let names = names.map(|day| view! { <th scope="col">{t(&format!("calendar-{day}"))}</th> });
    let row = |week: &Vec<MonthDay>| {
        let days = week.iter().map(|one| cell(model, one)).collect_view();
        view! { <tr>{days}</tr> }
    };
    let class = fitting.then_some("where-wide");
    view! {
        <div class=class>
        <table class="month" data-grid="">
            <caption class="visually-hidden">{model.title.clone()}</caption>
            <thead><tr>{names.collect_view()}</tr></thead>
            <tbody>{model.weeks.iter().map(row).collect_view()}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn day_address(model: &Calendar, one: &MonthDay) -> String {
    Spot {
        span: Span::Day,
        ..model.at.on(&one.date)
    }
    .address()
}

fn cell(model: &Calendar, one: &MonthDay) -> impl IntoView + use<> {
    let class = format!(
        "{}{}{}",
        if one.outside { "outside " } else { "" },
        if one.today { "today " } else { "" },
        if one.closed.is_empty() && !one.idle {
            ""
        } else {
            "closed"
        },
    );
    let today = one
        .today
        .then(|| view! { <span class="visually-hidden">{t("staff-day-today")}</span> });
    view! {
        <td class=class>
            <a href=day_address(model, one)><strong>{one.number.clone()}</strong> {today} " " <span>{load(one)}</span></a>
            {one.percent.map(bar)}
            {wrong(one)}
            {closed(&one.closed)}
            {notes(one)}
        </td>
    }
}

/// How much of the day is taken: a drawing; the words beside it say the same.
fn bar(percent: i64) -> impl IntoView {
    view! {
        <svg class="load" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="load-all" width="100" height="8" />
            <rect class="load-taken" width=percent.to_string() height="8" />
        </svg>
    }
}

fn load(one: &MonthDay) -> String {
    if one.idle {
        return t("calendar-month-idle");
    }
    let count = ("count", one.booked.into());
    let booked = match one.percent {
        Some(percent) => t_with("calendar-month-load", &[count, ("percent", percent.into())]),
        None => t_with("calendar-month-booked", &[count]),
    };
    let others = [("held", one.held), ("offered", one.offered)];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    others.fold(booked, |said, (key, count)| {
        let more = t_with(&format!("calendar-month-{key}"), &[("count", count.into())]);
        t_with(
            "staff-and",
            &[("first", said.into()), ("second", more.into())],
        )
    })
}

/// When nobody is met, and who supervises.
fn notes(one: &MonthDay) -> AnyView {
    let lines = one.notes.iter();
    lines
        .map(|text| view! { <p class="note">{text.clone()}</p> })
        .collect_view()
        .into_any()
}

fn wrong(one: &MonthDay) -> Option<AnyView> {
    (one.troubles > 0).then(|| {
        let text = t_with("calendar-troubles", &[("count", one.troubles.into())]);
        view! { <p class="wrong">{icon(ALERT)} " " {text}</p> }.into_any()
    })
}

fn list(model: &Calendar) -> AnyView {
    let class = match model.at.shown {
        Shown::Fitting => "week-list where-narrow",
        Shown::Grid => "week-list on-paper",
        Shown::List => "week-list",
    };
    let days = model.weeks.iter().flatten().filter(|one| !one.outside);
    let row = |one: &MonthDay| {
        let load = (one.closed.is_empty() || !one.idle).then(|| load(one));
        view! {
            <tr>
                <th scope="row"><a href=day_address(model, one)>{one.label.clone()}</a></th>
                <td>{load} {closed(&one.closed)}</td>
                <td>{one.percent.map(bar)}</td>
                <td>{notes(one)}</td>
                <td>{wrong(one)}</td>
            </tr>
        }
    };
    let head = [
        "calendar-day",
        "calendar-month-taken",
        "calendar-month-bar",
        "calendar-month-notes",
        "calendar-month-wrong",
    ]
    .map(|key| view! { <th scope="col">{t(key)}</th> });
    view! {
        <div class=class>
            {parts::scroll(model.title.clone(), view! {
                <table class="desk-table">
                    <thead><tr>{head.collect_view()}</tr></thead>
                    <tbody>{days.map(row).collect_view()}</tbody>
                </table>
            })}
        </div>
    }
    .into_any()
}
