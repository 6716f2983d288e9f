//! `/staff/calendar`: one clinic's week as a grid, and the same week as a list. A page that nobody
//! asked for in one way holds both, and the style sheet shows the one that fits: the list on a
//! narrow screen and on paper, the grid elsewhere. Blocks are placed by classes alone (see
//! `style/desk.css`), because the policy forbids inline style.

use super::parts;
use super::place::{Crowd, at, pieces, placed, share};
use crate::icons::icon;
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Calendar, CalendarDay, ClinicRef, Frame, StaffAppointment, WeekView};
use leptos::prelude::*;

/// A block of fewer minutes has room for one line.
const SHORT: i64 = 30;

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
            let grid = (model.view != WeekView::List).then(|| grid(model));
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
                {grid}
                {list(model)}
            }
        },
    )
}

fn address(clinic: &str, week: &str, view: WeekView) -> String {
    let view = match view {
        WeekView::Fitting => "",
        WeekView::Grid => "&view=grid",
        WeekView::List => "&view=list",
    };
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
    let to = |week: &str| address(&model.clinic.id, week, model.view);
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

/// Where the screen decides what is shown, the links are there once for each screen.
fn views(model: &Calendar) -> AnyView {
    let links = |shown: WeekView| {
        let to = |view| address(&model.clinic.id, &model.week, view);
        let link = |view, text: &str| (to(view), t(text), view == shown);
        tabs(
            t("staff-view"),
            vec![
                link(WeekView::Grid, "staff-grid"),
                link(WeekView::List, "staff-list"),
            ],
        )
    };
    if model.view == WeekView::Fitting {
        view! {
            <div class="where-wide">{links(WeekView::Grid)}</div>
            <div class="where-narrow">{links(WeekView::List)}</div>
        }
        .into_any()
    } else {
        links(model.view)
    }
}

fn which_clinic(clinics: &[ClinicRef], model: &Calendar) -> Option<AnyView> {
    let link = |clinic: &ClinicRef| {
        (
            address(&clinic.id, &model.week, model.view),
            clinic.name.clone(),
            clinic.id == model.clinic.id,
        )
    };
    (clinics.len() > 1).then(|| {
        let nav = tabs(t("staff-which-clinic"), clinics.iter().map(link).collect());
        view! { <div class="desk-head">{nav}</div> }.into_any()
    })
}

/// The week as a list. It prints better than any grid, so it is always there to be printed.
fn list(model: &Calendar) -> AnyView {
    let day = |day: &CalendarDay| {
        let body = if day.appointments.is_empty() {
            view! { <p>{t("staff-day-empty")}</p> }.into_any()
        } else {
            parts::table(day.label.clone(), &day.appointments, false)
        };
        view! { <section><h2>{heading(day)}</h2>{closed(day)}{body}</section> }
    };
    let class = match model.view {
        WeekView::Fitting => "week-list where-narrow",
        WeekView::Grid => "week-list on-paper",
        WeekView::List => "week-list",
    };
    view! { <div class=class>{model.days.iter().map(day).collect_view()}</div> }.into_any()
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
    let fitting = if model.view == WeekView::Fitting {
        " where-wide"
    } else {
        ""
    };
    let range = format!(
        "week from-{} to-{}{fitting}",
        model.first_hour, model.last_hour
    );
    view! {
        <div class=range tabindex="0" role="region" aria-label=t("staff-week-scroll")>
            <div class="week-hours" aria-hidden="true">{scale}</div>
            {days}
        </div>
    }
    .into_any()
}

pub(super) fn hour_words(hour: i64) -> String {
    match hour {
        0 => t("staff-hour-midnight"),
        12 => t("staff-hour-midday"),
        1..12 => t_with("staff-hour-am", &[("hour", hour.into())]),
        _ => t_with("staff-hour-pm", &[("hour", (hour - 12).into())]),
    }
}

fn grid_day(model: &Calendar, day: &CalendarDay) -> impl IntoView + use<> {
    let crowd = Crowd::of(&day.appointments);
    let class = format!(
        "week-day {}{}{}{}",
        crowd.lanes(),
        if day.appointments.is_empty() {
            " nobody"
        } else {
            ""
        },
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
    let today = day
        .today
        .then(|| view! { <span class="visually-hidden">{t("staff-day-today")}</span> });
    let shown = |minute: &i64| (model.first_hour * 60..model.last_hour * 60).contains(minute);
    let now = model.now_minute.filter(|minute| day.today && shown(minute));
    let now = now.map(|minute| view! { <div class=format!("now-line {}", at(minute))></div> });
    let blocks = day.appointments.iter().zip(&crowd.sharing);
    let blocks = blocks
        .map(|(one, sharing)| block(one, *sharing))
        .collect_view();
    view! {
        <section class=class>
            <h2>{day.label.clone()} {today}</h2>
            {closed(day)}
            <div class="week-grid">
                <div class="week-open" aria-hidden="true">{windows.collect_view()}{now}</div>
                {blocks}
            </div>
        </section>
    }
}

/// A block has a line each for who comes, when and in which state, where, and with whom: what does not
/// fit is cut at the end of its line, and stands in full in the block's title and in the list.
fn block(one: &StaffAppointment, sharing: usize) -> impl IntoView + use<> {
    let short = if one.end_minute - one.start_minute < SHORT {
        " short"
    } else {
        ""
    };
    let place = placed(one.start_minute, one.end_minute);
    let class = format!("week-slot {place} {}{short}", share(sharing));
    let held = one.state == "held";
    let state = parts::word("staff-state", &one.state);
    let who = if held {
        t("staff-being-booked")
    } else if one.client.is_empty() {
        one.reference.clone()
    } else {
        one.client.clone()
    };
    let (where_to, advisers) = (parts::place_words(one), parts::advisers(one));
    let title = [
        who.as_str(),
        &parts::hours(one),
        &where_to,
        &advisers,
        &one.service,
        if held { "" } else { &state },
    ];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let title = title.join(", ");
    let until = t_with("staff-until", &[("end", one.end.clone().into())]);
    let state = (!held).then(|| format!(" {state}"));
    let inside = view! {
        <strong>{who}</strong>
        <span>{icon(parts::mark(&one.state))} {one.start.clone()} <span class="visually-hidden">" " {until}</span> {state}</span>
        <span>{where_to}</span>
        <span>{advisers}</span>
    };
    if held {
        view! { <div class=class data-state=one.state.clone() title=title>{inside}</div> }
            .into_any()
    } else {
        view! { <a class=class data-state=one.state.clone() href=parts::address(one) title=title>{inside}</a> }
            .into_any()
    }
}
