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
        let rows = if model.rows.is_empty() {
            let empty = if model.own {
                "staff-day-empty-own"
            } else {
                "staff-day-empty"
            };
            view! { <p>{t(empty)}</p> }.into_any()
        } else {
            table(model)
        };
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
                {rows}
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
    let body = model.rows.iter().map(row).collect_view();
    parts::scroll(
        model.date.clone(),
        view! {
            <table class="desk-table">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        },
    )
}

fn row(one: &DayListRow) -> impl IntoView + use<> {
    let own = &one.appointment;
    let phone = if one.do_not_ring {
        t("day-list-do-not-ring")
    } else {
        one.phone.clone()
    };
    let wrong = (!own.trouble.is_empty()).then(|| parts::trouble(&own.trouble));
    let state = (own.state != "confirmed").then(|| parts::word("staff-state", &own.state));
    view! {
        <tr>
            <td><span class="tick" aria-hidden="true"></span></td>
            <td class="time">{parts::hours(own)}</td>
            <th scope="row">{own.client.clone()} <br /> <small>{own.reference.clone()} " " {own.service.clone()}</small></th>
            <td class="time">{phone}</td>
            <td>{parts::advisers(own)}</td>
            <td>{parts::supervisor(own)}</td>
            <td>{parts::place(own)}</td>
            <td>{state} " " {parts::needs(own)} {wrong}</td>
        </tr>
    }
}
