//! The grid: columns of days, people or rooms, with sessions as bands and appointments as blocks.

use super::super::parts;
use super::super::place::{Crowd, at, pieces, placed, share};
use super::{places, print_list};
use crate::icons::{ALERT, icon};
use crate::text::{t, t_with};
use crate::view::{Calendar, Column, Shown, StaffAppointment};
use leptos::prelude::*;

/// A block of fewer minutes has room for one line.
const SHORT: i64 = 30;

pub(super) fn view(model: &Calendar) -> AnyView {
    let hour = |hour: i64| view! { <span class=format!("at-h{hour}")>{hour_words(hour)}</span> };
    let scale = (model.first_hour..model.last_hour).map(hour).collect_view();
    let columns = model.columns.iter().map(|one| column(model, one));
    let fitting = if model.at.shown == Shown::Fitting {
        " where-wide"
    } else {
        ""
    };
    let class = format!(
        "week covered from-{} to-{}{fitting}",
        model.first_hour, model.last_hour
    );
    view! {
        <div class=class tabindex="0" role="region" aria-label=t("calendar-scroll") data-grid="">
            <div class="week-hours" aria-hidden="true">{scale}</div>
            {columns.collect_view()}
        </div>
    }
    .into_any()
}

pub(in crate::pages::staff) fn hour_words(hour: i64) -> String {
    match hour {
        0 => t("staff-hour-midnight"),
        12 => t("staff-hour-midday"),
        1..12 => t_with("staff-hour-am", &[("hour", hour.into())]),
        _ => t_with("staff-hour-pm", &[("hour", (hour - 12).into())]),
    }
}

fn column(model: &Calendar, one: &Column) -> impl IntoView + use<> {
    let crowd = Crowd::of(&one.appointments);
    let class = format!(
        "week-day {}{}{}{}{}",
        crowd.lanes(),
        if one.appointments.is_empty() {
            " nobody"
        } else {
            ""
        },
        if one.today { " today" } else { "" },
        if one.closed.is_empty() { "" } else { " closed" },
        if model.moving.is_some() {
            " placing"
        } else {
            ""
        },
    );
    let bands = |spans: &[(i64, i64)], class: &'static str| {
        let spans = spans.iter().flat_map(|(from, until)| pieces(*from, *until));
        spans
            .map(|(from, until)| view! { <div class=format!("{class} {}", placed(from, until))></div> })
            .collect_view()
    };
    let (first, last) = (model.first_hour * 60, model.last_hour * 60);
    let away: Vec<_> = one
        .away
        .iter()
        .map(|(from, until)| (*from.max(&first), *until.min(&last)))
        .filter(|(from, until)| from < until)
        .collect();
    let busy: Vec<_> = one.busy.iter().map(|own| (own.from, own.until)).collect();
    let shown = |minute: &i64| (first..last).contains(minute);
    let now = model.now_minute.filter(|minute| one.today && shown(minute));
    let now = now.map(|minute| view! { <div class=format!("now-line {}", at(minute))></div> });
    let blocks = one.appointments.iter().zip(&crowd.sharing);
    let blocks = blocks
        .map(|(own, sharing)| block(own, *sharing))
        .collect_view();
    view! {
        <section class=class>
            {heading(one)}
            {print_list(model, &one.date, &one.label)}
            {cover(one, model.at.of == "all")}
            {closed(one)}
            <div class="week-grid">
                <div class="week-open" aria-hidden="true">{bands(&one.windows, "week-window")}{bands(&busy, "week-busy")}{bands(&away, "week-away")}{now}</div>
                {busy_words(one)}
                {blocks}
                {places(model, &one.free, "week-free")}
            </div>
        </section>
    }
}

/// The name of the column.
fn heading(one: &Column) -> impl IntoView + use<> {
    let today = one
        .today
        .then(|| view! { <span class="visually-hidden">{t("staff-day-today")}</span> });
    let name = if one.href.is_empty() {
        one.label.clone().into_any()
    } else {
        view! { <a href=one.href.clone()>{one.label.clone()}</a> }.into_any()
    };
    view! { <h2>{name} {today}</h2> }
}

/// Who is there. Of all clinics at once that can be more than a screen holds above the hours, so it is behind a fold.
fn cover(one: &Column, folded: bool) -> AnyView {
    let text = one.cover.join(" ");
    if !folded || one.cover.len() < 3 {
        return view! { <p class="week-cover">{text}</p> }.into_any();
    }
    let count = [("count", one.cover.len().into())];
    view! {
        <details class="week-cover"><summary>{t_with("calendar-who-is-there", &count)}</summary>{text}</details>
    }
    .into_any()
}

fn closed(one: &Column) -> Option<AnyView> {
    (!one.closed.is_empty()).then(|| {
        let text = t_with("staff-day-closed", &[("why", one.closed.clone().into())]);
        view! { <p class="week-closed">{text}</p> }.into_any()
    })
}

/// The bands of busy time are drawings: whoever does not see them hears when they are.
fn busy_words(one: &Column) -> Option<AnyView> {
    (!one.busy.is_empty()).then(|| {
        let lines = one.busy.iter().map(|own| own.text.clone());
        let lines = lines.map(|text| view! { <p class="visually-hidden">{text}</p> });
        lines.collect_view().into_any()
    })
}

/// A block has a line each for what is wrong, who comes, when and in which state, where, and with whom: what does not fit
/// is cut at the end of its line, and stands in full in the block's title and in the list.
fn block(one: &StaffAppointment, sharing: usize) -> impl IntoView + use<> {
    let short = if one.end_minute - one.start_minute < SHORT {
        " short"
    } else {
        ""
    };
    let wrong = if one.trouble.is_empty() { "" } else { " wrong" };
    let place = placed(one.start_minute, one.end_minute);
    let class = format!("week-slot {place} {}{short}{wrong}", share(sharing));
    let held = one.state == "held";
    let state = parts::state_word(one);
    let who = if let Some(offer) = &one.offer {
        parts::offered_words(offer)
    } else if held {
        t("staff-being-booked")
    } else if one.client.is_empty() {
        one.reference.clone()
    } else {
        one.client.clone()
    };
    let (where_to, advisers) = (parts::place_words(one), parts::advisers(one));
    let title = [
        one.trouble.as_str(),
        &who,
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
    let trouble =
        (!one.trouble.is_empty()).then(|| view! { <em>{icon(ALERT)} {one.trouble.clone()}</em> });
    let inside = view! {
        {trouble}
        <strong>{who}</strong>
        <span>{icon(parts::mark(&one.state))} {one.start.clone()} <span class="visually-hidden">" " {until}</span> {state}</span>
        <span>{where_to}</span>
        <span>{advisers}</span>
    };
    let place = one.offer.as_ref().filter(|offer| !offer.waiting.is_empty());
    if let Some(offer) = place {
        view! {
            <a class=class data-state=one.state.clone() href=parts::place_address(offer) title=title>{inside}</a>
        }
        .into_any()
    } else if held {
        view! { <div class=class data-state=one.state.clone() title=title>{inside}</div> }
            .into_any()
    } else {
        let cut = one.movable.then(|| one.reference.clone());
        view! {
            <a class=class data-state=one.state.clone() href=parts::address(one) title=title data-cut=cut>{inside}</a>
        }
        .into_any()
    }
}
