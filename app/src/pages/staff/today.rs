//! `/staff`: who is here, who is late, who comes next, with one likely action on each row; who supervises, as a band; what
//! lacks somebody; the calls to make, and how many cases wait.

use super::{cover, parts, runs, visit};
use crate::icons::{ALERT, CLOCK, LETTER, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{ClinicRef, DayBoard, DayRow, Frame, StaffCall, Today};
use leptos::prelude::*;

/// The page.
pub fn today(frame: &Frame, model: &Today) -> String {
    let head = || Head {
        title: t("staff-today"),
        ..Head::default()
    };
    staff(frame, head, "/staff", || {
        let clinics = frame.staff.as_ref().map_or(0, |staff| staff.clinics.len());
        let main = if clinics == 0 && model.runs.is_some() {
            ().into_any()
        } else if clinics == 0 {
            view! { <p class="banner">{t("staff-no-clinic")}</p> }.into_any()
        } else {
            lists(model, clinics > 1)
        };
        view! {
            <div class="desk-head">
                <h1>{model.date.clone()}</h1>
                <p>{t_with("staff-now", &[("time", model.now.clone().into())])} " " {t("staff-uk-time")}</p>
            </div>
            {main}
            {model.runs.as_ref().map(runs::runs)}
        }
    })
}

fn lists(model: &Today, several: bool) -> AnyView {
    let board = &model.board;
    let appointments = if board.rows.is_empty() {
        view! { <p>{t("staff-appointments-none")}</p> }.into_any()
    } else {
        table(board, several)
    };
    let calls = if model.calls.is_empty() {
        view! { <p>{t("staff-calls-none")}</p> }.into_any()
    } else {
        view! { <ul class="calls">{model.calls.iter().map(call).collect_view()}</ul> }.into_any()
    };
    let waiting = t_with("staff-waiting", &[("count", model.requests.into())]);
    let waiting = if model.requests == 0 {
        view! { <p>{icon(LETTER)} " " {waiting}</p> }.into_any()
    } else {
        view! { <p>{icon(LETTER)} " " <a href="/staff/requests">{waiting}</a></p> }.into_any()
    };
    let calls = (!model.without.calls).then(|| {
        view! {
            <section id="calls">
                <h2>{t("staff-calls")} " " {parts::count(model.calls.len())}</h2>
                {calls}
            </section>
        }
    });
    let waiting = (!model.without.requests).then(|| {
        view! {
            <section>
                <h2>{t("staff-requests")} " " {parts::count(model.requests)}</h2>
                {waiting}
                {walk_in(board)}
            </section>
        }
    });
    view! {
        {model.walk_in_full.as_ref().map(full)}
        {glance(board)}
        <section>
            <h2>{t("staff-appointments")} " " {parts::count(board.rows.len())}</h2>
            {appointments}
        </section>
        {lacking(board)}
        {cover::bands(&board.cover)}
        <div class="desk-parts">
            {model.checks.map(runs::checks)}
            {calls}
            {waiting}
        </div>
    }
    .into_any()
}

/// The afternoon at a glance: a few numbers with their words.
fn glance(board: &DayBoard) -> AnyView {
    let one = |key: &'static str, count: usize, state: &'static str| {
        let count = t_with("staff-count", &[("count", count.into())]);
        view! { <li data-state=state><strong>{count}</strong> " " {t(key)}</li> }
    };
    let next = (!board.next.is_empty()).then(
        || view! { <li class="next">{icon(CLOCK)} " " {t("day-next")} " " <strong>{board.next.clone()}</strong></li> },
    );
    let late = if board.late > 0 { "missed" } else { "" };
    view! {
        <ul class="glance">
            {one("day-here", board.here, "arrived")}
            {one("day-late", board.late, late)}
            {one("day-to-come", board.to_come, "")}
            {next}
        </ul>
    }
    .into_any()
}

fn table(board: &DayBoard, several: bool) -> AnyView {
    let head = [
        Some(t("staff-col-time")),
        Some(t("staff-col-state")),
        Some(t("staff-col-client")),
        Some(t("day-col-do")),
        several.then(|| t("staff-col-clinic")),
        Some(t("staff-col-service")),
        Some(t("staff-col-place")),
        Some(t("staff-col-people")),
        Some(t("staff-col-notes")),
    ];
    let columns = head.iter().flatten().count().to_string();
    let head = head
        .into_iter()
        .flatten()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let line = || {
        view! { <tr class="now"><td colspan=columns.clone()>{t("day-now-line")}</td></tr> }
            .into_any()
    };
    let mut rows: Vec<AnyView> = board
        .rows
        .iter()
        .map(|row| self::row(row, several))
        .collect();
    // Before the first and after the last it would say nothing.
    if board.now_before > 0 && board.now_before < rows.len() {
        rows.insert(board.now_before, line());
    }
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("staff-appointments-table")>
            <table class="desk-table day-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &DayRow, several: bool) -> AnyView {
    let one = &row.appointment;
    let clinic = several.then(|| view! { <td>{one.clinic.name.clone()}</td> });
    let people = format!("{}, {}", parts::advisers(one), parts::supervisor(one));
    let overdue = row.overdue_minutes > 0;
    view! {
        <tr id=format!("a-{}", one.reference) class:late=overdue class:over=row.over>
            <td class="time">{parts::hours(one)}</td>
            <td>{visit::state(row)}</td>
            <th scope="row">{parts::client(one)} " " {visit::notes(row)}</th>
            <td class="act">{visit::main_button(row, "today")} {visit::more(row, "today")}</td>
            {clinic}
            <td>{one.service.clone()}</td>
            <td>{parts::place(one)}</td>
            <td>{people}</td>
            <td>{parts::needs(one)}</td>
        </tr>
    }
    .into_any()
}

/// What is still to be found for a meeting of today, in one corner.
fn lacking(board: &DayBoard) -> Option<AnyView> {
    let rows: Vec<&DayRow> = board
        .rows
        .iter()
        .filter(|row| !row.lacks.is_empty() && !row.over)
        .collect();
    (!rows.is_empty()).then(|| {
        let line = |row: &&DayRow| {
            let one = &row.appointment;
            let what: Vec<String> = row.lacks.iter().map(|what| parts::word("day-lacks", what)).collect();
            view! {
                <li>
                    {icon(ALERT)} " " <span class="number">{one.start.clone()}</span> " " {parts::client(one)} ": "
                    {what.join(", ")}
                </li>
            }
        };
        view! {
            <section class="lacking">
                <h2>{t("day-lacking")} " " {parts::count(rows.len())}</h2>
                <ul>{rows.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// A clinic has no time left today for whoever stands at the desk: what they can have instead.
fn full((clinic, next): &(ClinicRef, String)) -> AnyView {
    let title = t_with(
        "day-walk-in-full",
        &[("clinic", clinic.name.clone().into())],
    );
    view! {
        <section class="banner" role="alert">
            <h2>{icon(ALERT)} " " {title}</h2>
            <p>{next.clone()} " " {t("day-walk-in-anyway-text")}</p>
            <form method="post" action="/staff/walk-in">
                <input type="hidden" name="clinic" value=clinic.id.clone() />
                <input type="hidden" name="later" value="yes" />
                <button class="button quiet" type="submit">{t("day-walk-in-anyway")}</button>
            </form>
        </section>
    }
    .into_any()
}

/// "Somebody is here without an appointment."
fn walk_in(board: &DayBoard) -> Option<AnyView> {
    (!board.walk_in.is_empty()).then(|| {
        let options = board
            .walk_in
            .iter()
            .map(|clinic| view! { <option value=clinic.id.clone()>{clinic.name.clone()}</option> })
            .collect_view();
        view! {
            <form class="assign" method="post" action="/staff/walk-in">
                <h2>{t("day-walk-in")}</h2>
                <p>{t("day-walk-in-text")}</p>
                <label for="walk-in-clinic">{t("staff-which-clinic")}</label>
                <select id="walk-in-clinic" name="clinic">{options}</select>
                <button class="button quiet" type="submit">{t("day-walk-in-start")}</button>
            </form>
        }
        .into_any()
    })
}

fn call(call: &StaffCall) -> impl IntoView + use<> {
    let urgent = call.urgent.then(|| {
        view! {
            <span class="chip" data-state="urgent">{icon(ALERT)} {t("staff-call-urgent")}</span>
        }
    });
    let window = if call.call_window.is_empty() {
        t("staff-call-any-time")
    } else {
        t_with(
            "staff-call-when",
            &[("window", call.call_window.clone().into())],
        )
    };
    let message = if call.leave_message {
        t("staff-call-message-yes")
    } else {
        t("staff-call-message-no")
    };
    let time = (!call.time.is_empty()).then(|| {
        let link = (!call.appointment.is_empty()).then(|| {
            let href = format!("/staff/appointments/{}", call.appointment);
            view! { <a href=href>{t_with("staff-call-appointment", &[("reference", call.appointment.clone().into())])}</a> }
        });
        view! { <p>{call.time.clone()} " " {link}</p> }
    });
    let no_number = call.phone.is_empty();
    let how = if no_number {
        t("staff-call-not-safe")
    } else {
        let ask = t_with("staff-call-ask-for", &[("name", call.name.clone().into())]);
        format!("{window} {message} {ask}")
    };
    let tried =
        (!call.tried.is_empty()).then(|| view! { <p>{icon(CLOCK)} " " {call.tried.clone()}</p> });
    let button = |path: &str, words: &'static str, about: &'static str| {
        view! {
            <form method="post" action=format!("/staff/calls/{}/{path}", call.id)>
                <button class="button quiet small" type="submit"
                    aria-label=t_with(about, &[("name", call.name.clone().into())])>
                    {t(words)}
                </button>
            </form>
        }
    };
    let case = (!call.request.is_empty()).then(|| {
        let href = format!("/staff/requests/{}", call.request);
        view! { <p><a href=href>{t("case-what-to-say")}</a></p> }
    });
    let place = (!call.waiting.is_empty()).then(|| {
        let href = format!("/staff/waiting/{}", call.waiting);
        view! { <p><a href=href>{t("case-what-to-say")}</a></p> }
    });
    view! {
        <li class="call">
            <p>
                {urgent} " " <strong>{call.name.clone()}</strong> " "
                {(!no_number).then(|| parts::telephone(&call.phone))}
            </p>
            <p>{parts::word("call", &call.kind)} ", " {call.clinic.name.clone()} ", " {call.age.clone()}</p>
            {time}
            <p>{how}</p>
            {refusal(call)}
            {case}
            {place}
            {tried}
            <div class="at-desk-do">
                {button("done", "staff-call-done", "staff-call-done-about")}
                {(!no_number).then(|| button("tried", "staff-call-nobody", "staff-call-nobody-about"))}
            </div>
        </li>
    }
}

/// What to read out where the clinic cannot take somebody on: the words of the page and of the mail, whatever the reason.
fn refusal(call: &StaffCall) -> Option<AnyView> {
    (call.kind == "turned_down").then(|| {
        let others = (!call.others.is_empty()).then(|| {
            let all = call.others.iter().map(crate::pages::parts::signpost);
            view! { <p>{t("call-say-others")}</p> <ul class="signposts">{all.collect_view()}</ul> }
        });
        view! {
            <div class="call-say">
                <p>{t("call-say")}</p>
                <blockquote class="asked">{t("turned-down-lead")} " " {t("call-say-turned-down")}</blockquote>
                {others}
            </div>
        }
        .into_any()
    })
}
