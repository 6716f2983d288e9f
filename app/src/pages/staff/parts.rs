//! Parts that several staff pages share.

use crate::icons::{ALERT, CHECK, CLOCK, PHONE, icon, of_mode};
use crate::pages::words;
use crate::text::{has, t, t_with};
use crate::view::StaffAppointment;
use leptos::prelude::*;

/// The word for a code at the end of a family of keys; the code itself if the family has no word.
pub fn word(family: &str, code: &str) -> String {
    let key = format!("{family}-{}", code.replace('_', "-"));
    if has(&key) { t(&key) } else { code.to_owned() }
}

/// A number beside a heading.
pub fn count(number: usize) -> AnyView {
    let number = t_with("staff-count", &[("count", number.into())]);
    view! { <span class="count">{number}</span> }.into_any()
}

/// The drawing that stands for a state.
pub fn mark(state: &str) -> &'static str {
    match state {
        "confirmed" | "arrived" | "attended" => CHECK,
        "held" | "requested" => CLOCK,
        _ => ALERT,
    }
}

/// A state as icon and word.
pub fn state(code: &str) -> AnyView {
    view! { <span class="chip" data-state=code.to_owned()>{icon(mark(code))} {word("staff-state", code)}</span> }.into_any()
}

/// A client's number: shown as people read it, in groups, and dialled with its country code, which
/// works from every telephone. The one place where staff pages show a number.
pub fn telephone(shown: &str) -> AnyView {
    let digits = crate::pages::footer::dialled(shown);
    let dial = match digits.strip_prefix('0') {
        Some(national) => format!("+44{national}"),
        None => digits,
    };
    view! { <a class="number" href=format!("tel:{dial}")>{icon(PHONE)} " " {shown.to_owned()}</a> }
        .into_any()
}

/// "2:00pm to 3:00pm".
pub fn hours(one: &StaffAppointment) -> String {
    t_with(
        "staff-from-to",
        &[
            ("start", one.start.clone().into()),
            ("end", one.end.clone().into()),
        ],
    )
}

/// Who comes, as a link to the appointment; while it is being booked there is no name yet.
pub fn client(one: &StaffAppointment) -> AnyView {
    if one.state == "held" {
        return t("staff-being-booked").into_any();
    }
    let name = if one.client.is_empty() {
        one.reference.clone()
    } else {
        one.client.clone()
    };
    let cut = one.movable.then(|| one.reference.clone());
    view! { <a href=address(one) data-cut=cut>{name}</a> }.into_any()
}

/// What is wrong with an appointment, impossible to miss and never by colour alone.
pub fn trouble(text: &str) -> AnyView {
    view! { <span class="chip" data-state="urgent">{icon(ALERT)} {text.to_owned()}</span> }
        .into_any()
}

/// Something wide that can be moved sideways by whoever sees it.
pub fn scroll(label: String, inside: impl IntoView + 'static) -> AnyView {
    view! { <div class="desk-scroll" tabindex="0" role="region" aria-label=label>{inside.into_any()}</div> }
        .into_any()
}

/// The address of an appointment's page.
pub fn address(one: &StaffAppointment) -> String {
    format!("/staff/appointments/{}", one.reference)
}

/// The way to meet, and the room if they meet in one.
pub fn place(one: &StaffAppointment) -> AnyView {
    view! { {icon(of_mode(&one.mode))} " " {place_words(one)} }.into_any()
}

/// The room, or the way to meet where that needs none.
pub fn place_words(one: &StaffAppointment) -> String {
    match (one.mode.as_str(), one.room.is_empty()) {
        ("in_person", true) => t("staff-no-room"),
        ("in_person", false) => one.room.clone(),
        (mode, _) => words::mode(mode),
    }
}

/// The advisers' names; says so if there is none.
pub fn advisers(one: &StaffAppointment) -> String {
    if one.advisers.is_empty() {
        t("staff-no-adviser")
    } else {
        one.advisers.join(", ")
    }
}

/// The supervisor's name; says so if there is none.
pub fn supervisor(one: &StaffAppointment) -> String {
    if one.supervisor.is_empty() {
        t("staff-no-supervisor")
    } else {
        one.supervisor.clone()
    }
}

/// What to have ready: interpreter, access needs, and that a stop was shown before.
pub fn needs(one: &StaffAppointment) -> AnyView {
    let interpreter = one.interpreter.then(|| t("staff-interpreter"));
    let all: Vec<String> = interpreter
        .into_iter()
        .chain(one.access.iter().cloned())
        .collect();
    let stop = one.stop_shown.then(|| {
        view! {
            <span class="chip" data-state="urgent">{icon(ALERT)} {t("staff-stop-shown")}</span>
        }
    });
    view! { {all.join(", ")} " " {stop} }.into_any()
}

/// Appointments as a table, in the order they come in. `clinic` adds the column of clinics.
pub fn table(caption: String, all: &[StaffAppointment], clinic: bool) -> AnyView {
    let head = [
        Some(t("staff-col-time")),
        Some(t("staff-col-state")),
        Some(t("staff-col-client")),
        clinic.then(|| t("staff-col-clinic")),
        Some(t("staff-col-service")),
        Some(t("staff-col-place")),
        Some(t("staff-col-people")),
        Some(t("staff-col-supervisor")),
        Some(t("staff-col-notes")),
    ];
    let head = head
        .into_iter()
        .flatten()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let row = |one: &StaffAppointment| {
        let clinic = clinic.then(|| view! { <td>{one.clinic.name.clone()}</td> });
        let wrong = (!one.trouble.is_empty()).then(|| trouble(&one.trouble));
        view! {
            <tr>
                <td class="time">{hours(one)}</td>
                <td>{state(&one.state)} {wrong}</td>
                <th scope="row">{client(one)}</th>
                {clinic}
                <td>{one.service.clone()}</td>
                <td>{place(one)}</td>
                <td>{advisers(one)}</td>
                <td>{supervisor(one)}</td>
                <td>{needs(one)}</td>
            </tr>
        }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One line of a list of facts; nothing if there is nothing to say.
pub fn fact(label: String, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any())
}

/// Yes or no.
pub fn yes_no(yes: bool) -> String {
    if yes { t("staff-yes") } else { t("staff-no") }
}
