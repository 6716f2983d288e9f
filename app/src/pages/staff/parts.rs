//! Parts that several staff pages share.

use crate::icons::{ALERT, CHECK, CLOCK, PHONE, icon, of_mode};
use crate::pages::words;
use crate::text::{has, t, t_with};
use crate::view::{BusyTime, Offered, StaffAppointment};
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
    if let Some(offer) = &one.offer {
        return offered(offer);
    }
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

/// Until when a time is kept for somebody on the waiting list, as a link for who may see their place.
fn offered(offer: &Offered) -> AnyView {
    let text = offered_words(offer);
    if offer.waiting.is_empty() {
        text.into_any()
    } else {
        view! { <a href=place_address(offer)>{text}</a> }.into_any()
    }
}

/// "Offered, until Tue 1 Dec, 9:00am".
pub fn offered_words(offer: &Offered) -> String {
    t_with(
        "staff-offered-until",
        &[("time", offer.until.clone().into())],
    )
}

/// The address of the place on the waiting list.
pub fn place_address(offer: &Offered) -> String {
    format!("/staff/waiting/{}", offer.waiting)
}

/// The state of an appointment; an offer is held and is called what it is.
pub fn state_word(one: &StaffAppointment) -> String {
    if one.offer.is_some() {
        t("staff-offered")
    } else {
        word("staff-state", &one.state)
    }
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

/// Appointments and busy times as a table, both in order of time. `clinic` adds the column of clinics.
pub fn table(
    caption: String,
    all: &[StaffAppointment],
    busy: &[BusyTime],
    clinic: bool,
) -> AnyView {
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
    let columns = if clinic { "9" } else { "8" };
    let taken = |one: &BusyTime| view! { <tr><td colspan=columns>{one.text.clone()}</td></tr> };
    let row = |one: &StaffAppointment| {
        let clinic = clinic.then(|| view! { <td>{one.clinic.name.clone()}</td> });
        let wrong = (!one.trouble.is_empty()).then(|| trouble(&one.trouble));
        view! {
            <tr>
                <td class="time">{hours(one)}</td>
                <td><span class="chip" data-state=one.state.clone()>{icon(mark(&one.state))} {state_word(one)}</span> {wrong}</td>
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
    let mut busy = busy.iter().peekable();
    let mut body: Vec<AnyView> = Vec::new();
    for one in all {
        while let Some(earlier) = busy.next_if(|time| time.from < one.start_minute) {
            body.push(taken(earlier).into_any());
        }
        body.push(row(one).into_any());
    }
    body.extend(busy.map(|time| taken(time).into_any()));
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{body}</tbody>
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
