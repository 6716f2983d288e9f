//! `/staff/calendar`: one clinic's week as a grid, and the same week as a list. Blocks are placed by
//! classes alone (see `style/desk.css`), because the policy forbids inline style.

use super::parts;
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Calendar, CalendarDay, ClinicRef, Frame, StaffAppointment};
use leptos::prelude::*;

/// The page.
pub fn calendar(frame: &Frame, model: &Calendar) -> String {
    let title = || t_with("staff-week-of", &[("week", model.title.clone().into())]);
    staff(
        frame,
        || Head {
            title: title(),
            ..Head::default()
        },
        "/staff/calendar",
        || {
            let clinics = frame
                .staff
                .as_ref()
                .map(|staff| staff.clinics.clone())
                .unwrap_or_default();
            let week = if model.list { list(model) } else { grid(model) };
            let nobody = model.days.iter().all(|day| day.appointments.is_empty());
            let nobody = nobody.then(|| view! { <p>{t("staff-week-empty")}</p> });
            view! {
                <div class="desk-head">
                    <h1>{model.clinic.name.clone()}", "{model.title.clone()}</h1>
                    {weeks(model)}
                    {views(model)}
                    <p>{t("staff-uk-time")}</p>
                </div>
                {which_clinic(&clinics, model)}
                {nobody}
                {week}
            }
        },
    )
}

fn address(clinic: &str, week: &str, list: bool) -> String {
    let view = if list { "&view=list" } else { "" };
    format!("/staff/calendar?clinic={clinic}&week={week}{view}")
}

/// Links that switch something, the current one marked.
fn tabs(label: String, links: Vec<(String, String, bool)>) -> AnyView {
    let link = |(href, text, here): (String, String, bool)| {
        view! { <a href=href aria-current=here.then_some("page")>{text}</a> }
    };
    view! { <nav class="tabs" aria-label=label>{links.into_iter().map(link).collect_view()}</nav> }
        .into_any()
}

fn weeks(model: &Calendar) -> AnyView {
    let to = |week: &str| address(&model.clinic.id, week, model.list);
    let links = vec![
        (to(&model.previous), t("staff-week-before"), false),
        (
            to(&model.this_week),
            t("staff-week-this"),
            model.week == model.this_week,
        ),
        (to(&model.next), t("staff-week-after"), false),
    ];
    tabs(t("staff-which-week"), links)
}

fn views(model: &Calendar) -> AnyView {
    let to = |list: bool| address(&model.clinic.id, &model.week, list);
    let links = vec![
        (to(false), t("staff-grid"), !model.list),
        (to(true), t("staff-list"), model.list),
    ];
    tabs(t("staff-view"), links)
}

fn which_clinic(clinics: &[ClinicRef], model: &Calendar) -> Option<AnyView> {
    let link = |clinic: &ClinicRef| {
        (
            address(&clinic.id, &model.week, model.list),
            clinic.name.clone(),
            clinic.id == model.clinic.id,
        )
    };
    (clinics.len() > 1).then(|| {
        let nav = tabs(t("staff-which-clinic"), clinics.iter().map(link).collect());
        view! { <div class="desk-head">{nav}</div> }.into_any()
    })
}

fn list(model: &Calendar) -> AnyView {
    let day = |day: &CalendarDay| {
        let body = if day.appointments.is_empty() {
            view! { <p>{t("staff-day-empty")}</p> }.into_any()
        } else {
            parts::table(day.label.clone(), &day.appointments, false)
        };
        view! { <section><h2>{heading(day)}</h2>{closed(day)}{body}</section> }
    };
    view! { <div class="week-list">{model.days.iter().map(day).collect_view()}</div> }.into_any()
}

fn heading(day: &CalendarDay) -> String {
    if day.today {
        t_with(
            "staff-and",
            &[
                ("first", day.label.clone().into()),
                ("second", t("staff-day-today").into()),
            ],
        )
    } else {
        day.label.clone()
    }
}

fn closed(day: &CalendarDay) -> Option<AnyView> {
    (!day.closed.is_empty()).then(|| {
        view! { <p>{t_with("staff-day-closed", &[("why", day.closed.clone().into())])}</p> }
            .into_any()
    })
}

fn grid(model: &Calendar) -> AnyView {
    let hour = |hour: i64| view! { <span class=format!("at-h{hour}")>{hour_words(hour)}</span> };
    let scale = (model.first_hour..model.last_hour).map(hour).collect_view();
    let days = model
        .days
        .iter()
        .map(|day| grid_day(model, day))
        .collect_view();
    let range = format!("week from-{} to-{}", model.first_hour, model.last_hour);
    view! {
        <div class=range tabindex="0" role="region" aria-label=t("staff-week-scroll")>
            <div class="week-hours" aria-hidden="true">{scale}</div>
            {days}
        </div>
    }
    .into_any()
}

fn hour_words(hour: i64) -> String {
    match hour {
        0 => t("staff-hour-midnight"),
        12 => t("staff-hour-midday"),
        1..12 => t_with("staff-hour-am", &[("hour", hour.into())]),
        _ => t_with("staff-hour-pm", &[("hour", (hour - 12).into())]),
    }
}

fn grid_day(model: &Calendar, day: &CalendarDay) -> impl IntoView + use<> {
    let class = format!(
        "week-day{}{}",
        if day.today { " today" } else { "" },
        if day.closed.is_empty() { "" } else { " closed" },
    );
    let windows = day
        .windows
        .iter()
        .flat_map(|(from, until)| pieces(*from, *until))
        .map(|(from, until)| {
            view! {
                <div class=format!("week-window {}", placed(from, until))></div>
            }
        });
    let shown = |minute: &i64| (model.first_hour * 60..model.last_hour * 60).contains(minute);
    let now = model.now_minute.filter(|minute| day.today && shown(minute));
    let now = now.map(|minute| view! { <div class=format!("now-line {}", at(minute))></div> });
    view! {
        <section class=class>
            <h2>{heading(day)}</h2>
            {closed(day)}
            <div class="week-grid">
                <div class="week-open" aria-hidden="true">{windows.collect_view()}{now}</div>
                {day.appointments.iter().map(block).collect_view()}
            </div>
        </section>
    }
}

fn block(one: &StaffAppointment) -> impl IntoView + use<> {
    let class = format!("week-slot {}", placed(one.start_minute, one.end_minute));
    let who = if one.state == "held" {
        t("staff-being-booked")
    } else {
        one.client.clone()
    };
    let inside = view! {
        <strong>{parts::hours(one)}</strong>
        {who}
        <br />
        {parts::place(one)} " " {parts::advisers(one)}
        <br />
        {parts::word("staff-state", &one.state)}
    };
    if one.state == "held" {
        view! { <div class=class data-state=one.state.clone()>{inside}</div> }.into_any()
    } else {
        view! { <a class=class data-state=one.state.clone() href=parts::address(one)>{inside}</a> }
            .into_any()
    }
}

/// The classes of a place in the day: the start on a step of five minutes.
fn at(minute: i64) -> String {
    let minute = minute.clamp(0, 24 * 60 - 5);
    format!("at-h{} at-m{:02}", minute / 60, minute % 60 / 5 * 5)
}

/// The style sheet's longest block is twelve hours: a longer window is drawn in two.
fn pieces(from: i64, until: i64) -> impl Iterator<Item = (i64, i64)> {
    let middle = until.min(from + 720);
    std::iter::once((from, middle)).chain((middle < until).then_some((middle, until)))
}

/// The classes of a block: never shorter than it is, so that what follows is seen to collide.
fn placed(from: i64, until: i64) -> String {
    let step = |minutes: i64, step: i64| (minutes + step - 1) / step * step;
    let length = (until - from / 5 * 5).max(5);
    let length = match length {
        ..=180 => step(length, 5),
        181..=240 => step(length, 15),
        _ => step(length, 30).min(720),
    };
    format!("{} for-{length}", at(from))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_block_has_a_place_that_the_style_sheet_knows() {
        let css = include_str!("../../../../style/desk.css");
        let classes: BTreeSet<&str> = css
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('.')?.split(" {").next())
            .collect();
        assert!(classes.contains("for-720") && !classes.contains("for-725"));
        for from in 0..24 * 60 {
            for until in (from + 1..=24 * 60).step_by(7) {
                for (from, until) in pieces(from, until) {
                    for class in placed(from, until).split(' ') {
                        assert!(classes.contains(class), "{class} for {from} to {until}");
                    }
                }
            }
        }
        assert_eq!(placed(9 * 60 + 32, 10 * 60), "at-h9 at-m30 for-30");
    }
}
