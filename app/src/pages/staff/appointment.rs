//! `/staff/appointments/{reference}`: when and where, who and how to reach them safely, their answers,
//! what happened, and what this member of staff may do about it.

use super::parts::{self, fact, yes_no};
use super::{crew, outcome, visit};
use crate::icons::{ALERT, CALENDAR, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::error_summary;
use crate::pages::words;
use crate::text::{has, t, t_with};
use crate::view::{AppointmentPage, Frame, HistoryRow, Spot};
use leptos::prelude::*;

/// The page.
pub fn appointment(frame: &Frame, model: &AppointmentPage) -> String {
    let title = || {
        t_with(
            "staff-appointment",
            &[("reference", model.appointment.reference.clone().into())],
        )
    };
    // The reference alone: the title stays in the browser's history.
    staff(
        frame,
        || Head {
            title: title(),
            errors: !model.errors.is_empty(),
            ..Head::default()
        },
        "",
        || {
            let one = &model.appointment;
            let stop = one.stop_shown.then(|| view! { <p class="banner bad">{icon(ALERT)} " " {t("staff-stop-shown-long")}</p> });
            let overtaken = model.overtaken.then(|| {
                view! {
                    <section class="banner bad" role="alert">
                        <h2>{icon(ALERT)} " " {t("day-overtaken")}</h2>
                        <p>{t("day-overtaken-text")}</p>
                    </section>
                }
            });
            view! {
                {error_summary(&model.errors)}
                {overtaken}
                <div class="desk-head">
                    <h1>{title()}</h1>
                    {parts::state(&one.state)}
                    <p>{icon(CALENDAR)} " " <a href=week(model)>{t("staff-back-to-week")}</a></p>
                </div>
                {stop}
                {check(model)}
                {at_desk(model)}
                {super::rivals::mark(&model.rivals)}
                <div class="desk-parts">
                    <section><h2>{t("staff-appointment-when")}</h2>{when(model)}</section>
                    <section><h2>{t("staff-appointment-client")}</h2>{contact(model)}</section>
                    <section><h2>{t("staff-appointment-answers")}</h2>{answers(model)}</section>
                    <section><h2>{t("staff-appointment-history")}</h2>{history(&model.history)}</section>
                    {crew::form(model)}
                    {actions(model)}
                </div>
            }
        },
    )
}

/// While the conflict check is open: what that means for whoever reads.
fn check(model: &AppointmentPage) -> Option<AnyView> {
    // What is called off or turned down waits for nothing any more; what was kept back stays so.
    let over = !matches!(model.appointment.state.as_str(), "held" | "requested");
    let text = match (over, model.withheld) {
        (true, true) => t("staff-withheld-over"),
        (true, false) => t("staff-uncleared-over"),
        (false, true) => t("staff-withheld-long"),
        (false, false) => t("staff-uncleared-long"),
    };
    model
        .uncleared
        .then(|| view! { <p class="banner">{icon(ALERT)} " " {text}</p> }.into_any())
}

/// What is ticked off on the day, and what came of it.
fn at_desk(model: &AppointmentPage) -> Option<AnyView> {
    let day = &model.day;
    let main = visit::main_button(day, "page");
    let more = visit::more(day, "page");
    let late = visit::lateness(day);
    let written = model.outcome.as_ref().map(|words| {
        view! { <h2>{t("outcome-heading")}</h2> {outcome::written(words)} }
    });
    let any = main.is_some() || more.is_some() || late.is_some() || written.is_some();
    any.then(|| {
        view! {
            <section class="at-desk">
                <p>{visit::state(day)} " " {visit::notes(day)}</p>
                <div class="at-desk-do">{main} {more}</div>
                {written}
            </section>
        }
        .into_any()
    })
}

fn week(model: &AppointmentPage) -> String {
    let spot = Spot {
        day: model.appointment.date.clone(),
        of: model.appointment.clinic.id.clone(),
        ..Spot::default()
    };
    spot.address()
}

fn when(model: &AppointmentPage) -> AnyView {
    let one = &model.appointment;
    let time = t_with("staff-hours-here", &[("hours", parts::hours(one).into())]);
    let room = if one.mode == "in_person" && one.room.is_empty() {
        t("staff-no-room")
    } else {
        one.room.clone()
    };
    view! {
        <dl class="facts-list">
            {fact(t("staff-field-date"), model.date.clone())}
            {fact(t("staff-field-time"), time)}
            {fact(t("staff-col-clinic"), one.clinic.name.clone())}
            {fact(t("staff-col-service"), one.service.clone())}
            {fact(t("staff-field-how"), words::mode(&one.mode))}
            {fact(t("staff-field-room"), room)}
            {fact(t("staff-col-people"), parts::advisers(one))}
            {fact(t("staff-col-supervisor"), parts::supervisor(one))}
        </dl>
    }
    .into_any()
}

fn contact(model: &AppointmentPage) -> AnyView {
    let one = &model.appointment;
    let known = |text: &str| {
        if text.is_empty() && model.withheld {
            t("staff-kept-back")
        } else if text.is_empty() {
            t("staff-none")
        } else {
            text.to_owned()
        }
    };
    let phone = (!model.phone.is_empty()).then(|| {
        view! {
            <dt>{t("staff-field-phone")}</dt>
            <dd>{parts::telephone(&model.phone)}</dd>
        }
    });
    let no_phone = model
        .phone
        .is_empty()
        .then(|| fact(t("staff-field-phone"), known("")));
    // What they need is told even while their name is not: the meeting has to be prepared.
    let access = if one.access.is_empty() {
        t("staff-none")
    } else {
        one.access.join(", ")
    };
    view! {
        <dl class="facts-list">
            {fact(t("staff-field-name"), one.client.clone())}
            {fact(t("staff-field-organisation"), model.organisation.clone())}
            {phone}
            {no_phone}
            {fact(t("staff-field-safe-call"), yes_no(model.safe_to_call))}
            {fact(t("staff-field-call-window"), model.call_window.clone())}
            {fact(t("staff-field-message"), yes_no(model.leave_message))}
            {fact(t("staff-field-email"), known(&model.email))}
            {fact(t("staff-field-safe-email"), yes_no(model.safe_to_email))}
            {fact(t("staff-field-postcode"), model.postcode_area.clone())}
            {fact(t("staff-field-language"), model.language.clone())}
            {fact(t("staff-field-interpreter"), yes_no(one.interpreter))}
            {fact(t("staff-field-access"), access)}
        </dl>
        {(!model.withheld).then(|| super::contact::change(&parts::address(one)))}
    }
    .into_any()
}

fn answers(model: &AppointmentPage) -> AnyView {
    if model.withheld {
        view! { <p>{t("staff-answers-kept-back")}</p> }.into_any()
    } else if model.answers.is_empty() {
        view! { <p>{t("staff-appointment-answers-none")}</p> }.into_any()
    } else {
        crate::pages::parts::answers(&model.answers)
    }
}

/// What happened to a record, oldest first.
pub fn history(rows: &[HistoryRow]) -> AnyView {
    let one = |row: &HistoryRow| {
        let key = format!("history-detail-{}", row.detail.replace('_', "-"));
        let detail = if has(&key) {
            t(&key)
        } else {
            row.detail.clone()
        };
        let detail = (!detail.is_empty()).then(|| format!(", {detail}"));
        view! {
            <li>
                <time datetime=row.instant.clone()>{row.at.clone()}</time>
                <strong>{row.who.clone()}</strong> " " {parts::word("history", &row.action)} {detail}
            </li>
        }
    };
    view! { <ol class="history">{rows.iter().map(one).collect_view()}</ol> }.into_any()
}

fn actions(model: &AppointmentPage) -> Option<AnyView> {
    let post = |to: &str| format!("/staff/appointments/{}/{to}", model.appointment.reference);
    // What the buttons are about.
    let was = || view! { <input type="hidden" name="was" value=model.as_seen.clone() /> };
    let confirm = model.can_confirm.then(|| {
        view! {
                    <form method="post" action=post("confirm")>
        {was()}
                        <p>{t("staff-confirm-text")}</p>
                        <button class="button main" type="submit">{t("staff-confirm")}</button>
                    </form>
                }
    });
    // The second step is a button of its own, so that no stray click calls anything off.
    let cancel = model.can_cancel.then(|| {
        view! {
            <details class="cancel">
                <summary class="button quiet">{t("staff-cancel")}</summary>
                <form method="post" action=post("cancel")>
{was()}
                    <p>{t("staff-cancel-text")}</p>
                    <button class="button danger" type="submit">{t("staff-cancel-yes")}</button>
                </form>
            </details>
        }
    });
    let turn_down = model.can_turn_down.then(|| {
        view! {
            <details class="cancel">
                <summary class="button quiet">{t("staff-turn-down")}</summary>
                <form method="post" action=post("turn-down")>
{was()}
                    <p>{t("staff-turn-down-text")}</p>
                    <button class="button danger" type="submit">{t("staff-turn-down-yes")}</button>
                </form>
            </details>
        }
    });
    let another = model
        .can_move
        .then(|| view! { <p><a class="button quiet" href=post("move")>{t("staff-move")}</a></p> });
    let any = confirm.is_some() || cancel.is_some() || turn_down.is_some() || another.is_some();
    any.then(|| {
        view! { <section><h2>{t("staff-appointment-do")}</h2>{confirm}{another}{turn_down}{cancel}</section> }
            .into_any()
    })
}
