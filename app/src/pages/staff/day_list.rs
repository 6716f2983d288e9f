//! `/staff/calendar/day-list`: one day on paper. It is what the front desk works from when nothing else works, so it says
//! when it was printed, and whether what is on it is sample data.

use super::parts;
use crate::icons::{PRINT, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{DayList, DayListRow, Frame, Span, Spot};
use leptos::prelude::*;

/// The page.
pub fn day_list(frame: &Frame, model: &DayList) -> String {
    let title = || format!("{}, {}", model.name, model.date);
    let head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, head, "/staff/calendar", || {
        let back = Spot {
            span: Span::Day,
            ..model.at.clone()
        };
        let sample = frame
            .sample
            .then(|| view! { <p class="banner">{t("staff-sample")}</p> });
        let closed = (!model.closed.is_empty()).then(|| {
            view! { <p>{t_with("staff-day-closed", &[("why", model.closed.clone().into())])}</p> }
        });
        let cover = model
            .cover
            .iter()
            .map(|text| view! { <li>{text.clone()}</li> });
        let empty = if model.own {
            "staff-day-empty-own"
        } else {
            "staff-day-empty"
        };
        let empty = model.rows.is_empty().then(|| view! { <p>{t(empty)}</p> });
        let own = model
            .own
            .then(|| view! { <p><strong>{t("day-list-own")}</strong></p> });
        view! {
            <div class="day-list">
                <div class="desk-head">
                    <h1>{title()}</h1>
                    <button type="button" class="button main" data-print="" hidden>{icon(PRINT)} " " {t("day-list-print")}</button>
                    <a class="actions" href=back.address()>{t("day-list-back")}</a>
                </div>
                <p>{t_with("day-list-printed", &[("time", model.printed.clone().into())])}</p>
                {own}
                {sample}
                {closed}
                <ul class="cover">{cover.collect_view()}</ul>
                {empty}
                {table(model)}
                <p>{t("day-list-keep")}</p>
            </div>
        }
    })
}

fn table(model: &DayList) -> AnyView {
    let head = [
        "day-list-here",
        "staff-col-time",
        "staff-col-client",
        "staff-field-phone",
        "staff-col-people",
        "staff-col-supervisor",
        "staff-col-place",
        "staff-col-notes",
    ]
    .map(|key| view! { <th scope="col">{t(key)}</th> });
    let body = model.rows.iter().map(|one| row(one, model.several));
    let spare = (0..SPARE).map(|_| spare()).collect_view();
    parts::scroll(
        model.date.clone(),
        view! {
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{body.collect_view()} {spare}</tbody>
            </table>
        },
    )
}

/// Rows to be filled in by hand, for people who come without an appointment.
const SPARE: usize = 3;

fn spare() -> impl IntoView {
    let cells = (0..5).map(|_| view! { <td></td> }).collect_view();
    view! {
        <tr class="spare">
            <td><span class="tick" aria-hidden="true"></span></td>
            <td></td>
            <th scope="row"><small>{t("day-list-walk-in")}</small></th>
            {cells}
        </tr>
    }
}

/// The number, and how to use it: when to ring, whom to ask for, whether to leave a message.
fn phone(one: &DayListRow) -> AnyView {
    if one.do_not_ring {
        return t("day-list-do-not-ring").into_any();
    }
    if one.phone.is_empty() {
        return ().into_any();
    }
    let when = (!one.call_window.is_empty()).then(|| {
        t_with(
            "staff-call-when",
            &[("window", one.call_window.clone().into())],
        )
    });
    let name = one.appointment.client.clone();
    let ask = t_with("staff-call-ask-for", &[("name", name.into())]);
    let message = t(if one.leave_message {
        "staff-call-message-yes"
    } else {
        "staff-call-message-no"
    });
    view! { <span class="number">{one.phone.clone()}</span> <br /> <small>{when} " " {ask} " " {message}</small> }
        .into_any()
}

fn row(one: &DayListRow, several: bool) -> impl IntoView + use<> {
    let own = &one.appointment;
    let clinic = several.then(|| view! { <br /> <small>{own.clinic.name.clone()}</small> });
    let who = match &own.offer {
        Some(offer) => {
            let until = parts::offered_words(offer);
            view! { {t("day-list-offered")} <br /> <small>{until} " " {own.service.clone()}</small> }
                .into_any()
        }
        None => view! {
            {own.client.clone()} <br /> <small>{own.reference.clone()} " " {own.service.clone()}</small>
        }
        .into_any(),
    };
    let wrong = (!own.trouble.is_empty()).then(|| parts::trouble(&own.trouble));
    let state = (own.state != "confirmed").then(|| parts::state_word(own));
    view! {
        <tr>
            <td><span class="tick" aria-hidden="true"></span></td>
            <td class="time">{parts::hours(own)}</td>
            <th scope="row">{who} {clinic}</th>
            <td>{phone(one)}</td>
            <td>{parts::advisers(own)}</td>
            <td>{parts::supervisor(own)}</td>
            <td>{parts::place(own)}</td>
            <td>{state} " " {parts::needs(own)} {wrong}</td>
        </tr>
    }
}
