//! `/staff/people` and one person below it: who belongs to a clinic, with which roles and until when.

use super::audit::{date, drop_down};
use super::parts::{count, word};
use crate::icons::{ALERT, CHECK, CLOCK, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary};
use crate::text::{t, t_with};
use crate::view::accounts::{HeldRole, Invite, People, Person, PersonPage};
use crate::view::{Choice, FieldError, Frame};
use leptos::prelude::*;

/// The list, and the form to invite somebody.
pub fn people(frame: &Frame, model: &People) -> String {
    let head = || Head {
        title: t("people-title"),
        errors: !model.invite.errors.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/people", || {
        let done = (!model.done.is_empty()).then(
            || view! { <p class="banner" role="status">{icon(CHECK)} " " {model.done.clone()}</p> },
        );
        view! {
            {error_summary(&model.invite.errors)}
            <div class="desk-head">
                <h1>{t("people-title")} " " {count(model.people.len())}</h1>
                <p>{t("people-lead")}</p>
            </div>
            {done}
            {tabs(model)}
            {table(&model.people)}
            {invite(&model.invite)}
        }
    })
}

fn tabs(model: &People) -> Option<AnyView> {
    let link = |id: &str, name: String| {
        let here = (model.clinic == id).then_some("page");
        let href = if id.is_empty() {
            "/staff/people".to_owned()
        } else {
            format!("/staff/people?clinic={id}")
        };
        view! { <a href=href aria-current=here>{name}</a> }
    };
    let all = model.all.then(|| link("", t("people-all")));
    let clinics = model
        .clinics
        .iter()
        .map(|clinic| link(&clinic.id, clinic.name.clone()));
    (model.clinics.len() > 1).then(|| {
        view! {
            <nav class="tabs" aria-label=t("staff-which-clinic")>{all} {clinics.collect_view()}</nav>
        }
        .into_any()
    })
}

fn table(all: &[Person]) -> AnyView {
    let head = [
        t("people-col-name"),
        t("people-col-roles"),
        t("people-col-state"),
        t("people-col-second"),
    ];
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let row = |one: &Person| {
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/staff/people/{}", one.id)>{one.name.clone()}</a> <br />
                    <span class="hint">{one.email.clone()}</span>
                </th>
                <td>{roles(&one.roles)}</td>
                <td>{state(&one.state)} " " {undelivered(one)}</td>
                <td>{second(one.second_factor)}</td>
            </tr>
        }
    };
    view! {
        <div class="desk-scroll" tabindex="0" role="region" aria-label=t("people-title")>
            <table class="desk-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn second(yes: bool) -> String {
    t(if yes {
        "people-second-yes"
    } else {
        "people-second-no"
    })
}

fn state(code: &str) -> AnyView {
    let (path, look) = match code {
        "active" => (CHECK, "confirmed"),
        "invited" => (CLOCK, "requested"),
        _ => (ALERT, "cancelled"),
    };
    view! { <span class="chip" data-state=look>{icon(path)} {word("people-state", code)}</span> }
        .into_any()
}

/// Our newest mail to them, such as the invitation, did not arrive.
fn undelivered(one: &Person) -> Option<AnyView> {
    one.mail_failed.then(|| {
        view! { <span class="chip" data-state="cancelled">{icon(ALERT)} {t("people-mail-failed")}</span> }.into_any()
    })
}

/// Roles with their ends, one a line.
pub(super) fn roles(all: &[HeldRole]) -> AnyView {
    if all.is_empty() {
        return t("people-no-role").into_any();
    }
    let line = |one: &HeldRole| view! { <li>{one.label.clone()} {end(one)}</li> };
    view! { <ul class="plain">{all.iter().map(line).collect_view()}</ul> }.into_any()
}

fn end(one: &HeldRole) -> Option<AnyView> {
    (!one.until.is_empty()).then(|| {
        let key = if one.ended {
            "people-ended-on"
        } else {
            "people-until"
        };
        let text = t_with(key, &[("date", one.until.clone().into())]);
        if one.ended {
            view! { " " <span class="chip" data-state="cancelled">{icon(ALERT)} {text}</span> }
                .into_any()
        } else {
            view! { " " <span class="hint">{text}</span> }.into_any()
        }
    })
}

fn invite(form: &Invite) -> Option<AnyView> {
    (!form.roles.is_empty()).then(|| {
        view! {
            <section id="invite">
                <h2>{t("people-invite")}</h2>
                <form method="post" action="/staff/people" class="desk-form" novalidate>
                    {text("name", t("people-name"), &form.name, form, "off")}
                    {text("email", t("staff-email"), &form.email, form, "off")}
                    {role_fields(form)}
                    {place_field(&form.places, error_of(&form.errors, "place"))}
                    <button class="button main" type="submit">{t("people-invite-send")}</button>
                    <p class="hint">{t("people-invite-hint")}</p>
                </form>
            </section>
        }
        .into_any()
    })
}

fn text(
    name: &'static str,
    label: String,
    value: &str,
    form: &Invite,
    autocomplete: &'static str,
) -> AnyView {
    TextField {
        name,
        label,
        value: value.to_owned(),
        error: error_of(&form.errors, name),
        autocomplete,
        ..TextField::default()
    }
    .view()
}

fn role_fields(form: &Invite) -> AnyView {
    let roles: Vec<Choice> = form.roles.clone();
    let wrong = |name: &str| {
        let text = error_of(&form.errors, name);
        (!text.is_empty()).then(|| view! { <p class="field-error">{icon(ALERT)} {text}</p> })
    };
    view! {
        {wrong("role")}
        {drop_down("role", t("people-role"), Some(t("people-role-choose")), &roles)}
        {wrong("until")}
        {date("until", t("people-until-label"), &form.until)}
        <p class="hint">{t("people-until-hint")}</p>
    }
    .into_any()
}

/// One person.
pub fn person(frame: &Frame, model: &PersonPage) -> String {
    let head = || Head {
        title: model.person.name.clone(),
        errors: !model.grant.errors.is_empty() || !model.seat.error.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "/staff/people", || {
        let base = format!("/staff/people/{}", model.person.id);
        view! {
            {error_summary(&errors(model))}
            {overtaken(model.overtaken)}
            <div class="desk-head">
                <h1>{model.person.name.clone()}</h1>
                {state(&model.person.state)}
                <p><a href="/staff/people">{t("people-back")}</a></p>
            </div>
            <div class="desk-parts">
                <section>
                    <h2>{t("people-account")}</h2>
                    <dl class="facts-list">
                        <dt>{t("staff-email")}</dt><dd>{model.person.email.clone()}</dd>
                        <dt>{t("people-col-second")}</dt><dd>{second(model.person.second_factor)}</dd>
                    </dl>
                    {actions(model, &base)}
                    {seat(model, &base)}
                </section>
                <section>
                    <h2>{t("people-col-roles")}</h2>
                    {held(model, &base)}
                    {grant(model, &base)}
                </section>
            </div>
        }
    })
}

fn errors(model: &PersonPage) -> Vec<FieldError> {
    let seat = FieldError {
        field: "place".to_owned(),
        text: model.seat.error.clone(),
    };
    let seat = (!seat.text.is_empty()).then_some(seat);
    model.grant.errors.iter().cloned().chain(seat).collect()
}

fn overtaken(yes: bool) -> Option<AnyView> {
    yes.then(|| {
        view! {
            <section class="banner bad" role="alert">
                <h2>{icon(ALERT)} " " {t("day-overtaken")}</h2>
                <p>{t("people-overtaken")}</p>
            </section>
        }
        .into_any()
    })
}

/// Which state of the account the form was made from.
fn seen(model: &PersonPage) -> AnyView {
    view! { <input type="hidden" name="seen" value=model.seen.clone() /> }.into_any()
}

/// Whom an account may be in the calendar.
fn place_field(choices: &[Choice], error: String) -> Option<AnyView> {
    (!choices.is_empty()).then(|| {
        let wrong =
            (!error.is_empty()).then(|| view! { <p class="field-error">{icon(ALERT)} {error}</p> });
        view! {
            {wrong}
            {drop_down("place", t("people-place"), None, choices)}
            <p class="hint">{t("people-place-hint")}</p>
        }
        .into_any()
    })
}

/// Who they are in the calendar, with the form that changes it.
fn seat(model: &PersonPage, base: &str) -> AnyView {
    let now = if model.seat.name.is_empty() {
        t("people-place-none")
    } else {
        t_with(
            "people-place-is",
            &[("name", model.seat.name.clone().into())],
        )
    };
    let form = (!model.seat.choices.is_empty()).then(|| {
        view! {
            <form method="post" action=format!("{base}/place") class="desk-form" novalidate>
                {seen(model)}
                {place_field(&model.seat.choices, model.seat.error.clone())}
                <button class="button" type="submit">{t("people-place-save")}</button>
            </form>
        }
    });
    view! { <h3>{t("people-place-title")}</h3> <p>{now}</p> {form} }.into_any()
}

fn held(model: &PersonPage, base: &str) -> AnyView {
    if model.person.roles.is_empty() {
        return view! { <p>{t("people-no-role")}</p> }.into_any();
    }
    let row = |one: &HeldRole| {
        let label = one.label.clone();
        let button = one.may_change.then(|| {
            view! {
                <form method="post" action=format!("{base}/take")>
                    {seen(model)}
                    <input type="hidden" name="role" value=format!("{}@{}", one.role, one.clinic) />
                    <button class="button quiet small" type="submit"
                        aria-label=t_with("people-take-which", &[("role", label.clone().into())])>
                        {t("people-take")}
                    </button>
                </form>
            }
        });
        view! { <tr><th scope="row">{label} {end(one)}</th><td class="act">{button}</td></tr> }
    };
    view! {
        <table class="desk-table">
            <thead><tr><th scope="col">{t("people-role")}</th><th scope="col">{t("people-change")}</th></tr></thead>
            <tbody>{model.person.roles.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn grant(model: &PersonPage, base: &str) -> Option<AnyView> {
    (!model.grant.roles.is_empty()).then(|| {
        view! {
            <form method="post" action=format!("{base}/give") class="desk-form" novalidate>
                <h3>{t("people-give")}</h3>
                {seen(model)}
                {role_fields(&model.grant)}
                <button class="button" type="submit">{t("people-give-button")}</button>
            </form>
        }
        .into_any()
    })
}

fn actions(model: &PersonPage, base: &str) -> AnyView {
    let button = |path: &str, key: &str| {
        view! {
            <form method="post" action=format!("{base}/{path}")>
                {seen(model)}
                <button class="button quiet small" type="submit">{t(key)}</button>
            </form>
        }
    };
    let ended = model.person.state == "ended";
    let link = (model.may_invite && !ended).then(|| button("invite", "people-send-link"));
    let reset = (model.may_reset && model.person.second_factor)
        .then(|| button("reset", "people-reset-second"));
    let end = (model.may_end && !model.own).then(|| {
        if ended {
            button("begin", "people-begin")
        } else {
            button("end", "people-end")
        }
    });
    view! { <div class="desk-actions">{link} {reset} {end}</div> }.into_any()
}
