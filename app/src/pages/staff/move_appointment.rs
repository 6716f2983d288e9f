//! `/staff/appointments/{reference}/move`: the free times as buttons, and for supervisors any other time, with a reason.

use super::parts;
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::fields::{TextField, error_of, error_summary};
use crate::text::{has, t, t_with};
use crate::view::{Frame, FreeStart, MoveDay, MovePage, Spot};
use leptos::prelude::*;

/// The page.
pub fn move_appointment(frame: &Frame, model: &MovePage) -> String {
    let one = &model.appointment;
    let title = || t_with("move-title", &[("reference", one.reference.clone().into())]);
    let head = || Head {
        title: title(),
        errors: !model.errors.is_empty() || !model.refused.is_empty(),
        ..Head::default()
    };
    staff(frame, head, "", || {
        let own = parts::address(one);
        let now = t_with(
            "move-now",
            &[
                ("date", model.date.clone().into()),
                ("hours", parts::hours(one).into()),
                ("service", one.service.clone().into()),
            ],
        );
        let grid = Spot {
            day: one.date.clone(),
            of: one.clinic.id.clone(),
            moving: one.reference.clone(),
            ..Spot::default()
        };
        view! {
            {error_summary(&model.errors)}
            {refused(model)}
            <div class="desk-head">
                <h1>{title()}</h1>
                <p>{parts::client(one)} ", " {now}</p>
            </div>
            <p>
                <a href=grid.address()>{t("move-in-calendar")}</a> " "
                <a href=own>{t("move-leave")}</a>
            </p>
            <div class="desk-parts">
                <section>
                    <h2 id="start">{t("move-free")}</h2>
                    {free(model)}
                </section>
                {overrule(model)}
            </div>
        }
    })
}

/// Why the last try did not move it. What was chosen and what stands are both on the page.
fn refused(model: &MovePage) -> Option<AnyView> {
    (!model.refused.is_empty()).then(|| {
        let key = format!("move-refused-{}", model.refused.replace('_', "-"));
        let key = if has(&key) {
            key
        } else {
            "move-refused-slot-taken".to_owned()
        };
        let chosen = t_with("move-wanted", &[("time", model.wanted.clone().into())]);
        view! {
            <div class="banner bad" role="alert">
                <p>{icon(ALERT)} " " <strong>{t(&key)}</strong></p>
                <p>{chosen}</p>
            </div>
        }
        .into_any()
    })
}

fn free(model: &MovePage) -> AnyView {
    if model.days.is_empty() {
        return view! { <p>{t("move-none")}</p> }.into_any();
    }
    let button = |one: &FreeStart| {
        view! {
            <button class="button quiet" type="submit" name="start" value=one.start.clone()>{one.label.clone()}</button>
        }
    };
    let day = |day: &MoveDay| {
        view! {
            <fieldset class="free-list">
                <legend>{day.label.clone()}</legend>
                {day.free.iter().map(button).collect_view()}
            </fieldset>
        }
    };
    let action = format!("{}/move", parts::address(&model.appointment));
    let more = (!model.more_from.is_empty()).then(|| {
        let href = format!("{action}?from={}", model.more_from);
        view! { <p><a href=href>{t("move-more")}</a></p> }
    });
    view! {
        <p>{t("move-told")}</p>
        <form method="post" action=action.clone()>
            {hidden(model)}
            {model.days.iter().map(day).collect_view()}
        </form>
        {more}
    }
    .into_any()
}

fn hidden(model: &MovePage) -> AnyView {
    let back = (!model.back.is_empty())
        .then(|| view! { <input type="hidden" name="back" value=model.back.clone() /> });
    view! { <input type="hidden" name="was" value=model.was.clone() /> {back} }.into_any()
}

/// A supervisor may break a rule of booking, and says why.
fn overrule(model: &MovePage) -> Option<AnyView> {
    let wrong = |name: &str| error_of(&model.errors, name);
    let (date, time, reason) = &model.typed;
    let field = |name: &'static str, kind: &'static str, label: &str, value: &str| TextField {
        name,
        label: t(label),
        value: value.to_owned(),
        error: wrong(name),
        kind,
        ..TextField::default()
    };
    model.may_overrule.then(|| {
        let action = format!("{}/move", parts::address(&model.appointment));
        view! {
            <section>
                <h2>{t("move-overrule")}</h2>
                <p>{t("move-overrule-text")}</p>
                <form method="post" action=action novalidate>
                    {hidden(model)}
                    <input type="hidden" name="overrule" value="yes" />
                    {field("date", "date", "move-date", date).view()}
                    {field("time", "time", "move-time", time).view()}
                    {field("reason", "text", "move-reason", reason).view()}
                    <button class="button main" type="submit">{t("move-overrule-yes")}</button>
                </form>
            </section>
        }
        .into_any()
    })
}
