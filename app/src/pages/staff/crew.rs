//! People and room of a meeting, chosen by hand from those that are free. The form carries what it was made from.

use super::parts;
use crate::icons::{ALERT, icon};
use crate::pages::fields::error_of;
use crate::text::{t, t_with};
use crate::view::{AppointmentPage, Choice};
use leptos::prelude::*;

/// The form; nothing where it is over or not theirs to do.
pub fn form(model: &AppointmentPage) -> Option<AnyView> {
    let crew = model.crew.as_ref()?;
    let one = &model.appointment;
    let error = error_of(&model.errors, "crew");
    let error = (!error.is_empty())
        .then(|| view! { <p class="field-error" id="crew-error">{icon(ALERT)} {error}</p> });
    let several = crew.advisers.len() > 1;
    let advisers = crew.advisers.iter().enumerate().map(|(at, all)| {
        let label = if several {
            t_with("day-crew-adviser-number", &[("number", (at + 1).into())])
        } else {
            t("staff-col-people")
        };
        list("adviser", &format!("adviser-{}", at + 1), label, all)
    });
    let rooms =
        (one.mode == "in_person").then(|| list("room", "room", t("staff-field-room"), &crew.rooms));
    Some(
        view! {
            <section>
                <h2>{t("day-crew")}</h2>
                <p class="hint">{t("day-crew-hint")}</p>
                <form class="crew" id="crew" tabindex="-1" method="post" action=format!("{}/crew", parts::address(one))>
                    {error}
                    <input type="hidden" name="seen" value=crew.seen.clone() />
                    {advisers.collect_view()}
                    {list("supervisor", "supervisor", t("staff-col-supervisor"), &crew.supervisors)}
                    {rooms}
                    <button class="button quiet" type="submit">{t("day-crew-save")}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn list(name: &'static str, id: &str, label: String, all: &[Choice]) -> AnyView {
    let none = !all.iter().any(|one| one.chosen);
    let empty = none.then(|| view! { <option value="" selected>{t("day-crew-nobody")}</option> });
    let options = all
        .iter()
        .map(|one| view! { <option value=one.value.clone() selected=one.chosen>{one.label.clone()}</option> })
        .collect_view();
    let id = id.to_owned();
    view! {
        <p>
            <label for=id.clone()>{label}</label>
            <select id=id name=name>{empty}{options}</select>
        </p>
    }
    .into_any()
}
