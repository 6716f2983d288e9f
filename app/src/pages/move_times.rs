//! Another time for the appointment behind a link: days of free times to pick from, the time it has now above them. The old
//! time is kept until a new one is booked.

use super::client_steps::{Times, times};
use super::document::{Head, public};
use super::fields::{error_of, error_summary};
use super::parts;
use crate::icons::{ALERT, ARROW, icon};
use crate::text::{t, t_with};
use crate::view::{Frame, MoveTimes};
use leptos::prelude::*;

/// `/appointments/{token}/move`
pub fn move_times(frame: &Frame, model: &MoveTimes) -> String {
    let head = || Head {
        neutral: true,
        errors: !model.errors.is_empty(),
        ..Head::journey(t("move-yours-title"))
    };
    public(frame, head, || {
        let telephone = super::footer::telephone(frame);
        let page = format!("/appointments/{}", model.token);
        let taken = (!model.taken.is_empty()).then(|| {
            view! {
                <div class="notice" role="alert">
                    <h2>{icon(ALERT)} {t("times-taken-title")}</h2>
                    <p>{t_with("times-taken", &[("time", model.taken.clone().into())])}</p>
                </div>
            }
        });
        view! {
            {parts::back(&page)}
            {error_summary(&model.errors)}
            {taken}
            <h1>{t("move-yours-title")}</h1>
            <h2>{t("move-yours-now")}</h2>
            {parts::appointment(&model.held)}
            {pick(model)}
            <p><a class="button quiet" href=page>{t("move-keep")}</a></p>
            <section class="rather">
                <h2>{t("times-rather")}</h2>
                {telephone}
            </section>
        }
    })
}

fn pick(model: &MoveTimes) -> AnyView {
    if model.unavailable {
        return view! { <p class="empty" id="start">{t("times-unavailable")}</p> }.into_any();
    }
    let page = format!("/appointments/{}/move", model.token);
    let first = (!model.first_page).then(
        || view! { <a class="button quiet" href=format!("{page}#start")>{t("times-first")}</a> },
    );
    if model.days.is_empty() {
        return view! { <p class="empty" id="start">{t("move-yours-none")}</p> <p class="more">{first}</p> }
            .into_any();
    }
    let chosen = [model.chosen.clone()];
    let all = times(&Times {
        name: "start",
        legend: t("move-choose"),
        days: &model.days,
        chosen: &chosen,
        error: error_of(&model.errors, "start"),
        many: false,
        modes: false,
    });
    let more = model.more_from.clone().map(|from| {
        view! { <a class="button quiet" href=format!("{page}?from={from}#start")>{t("times-more")}</a> }
    });
    view! {
        <p class="hint">{t("times-zone")}</p>
        <form method="post" action=page.clone() novalidate>
            {all}
            <p class="more">{first} {more}</p>
            <button class="button main" type="submit">{t("move-save")} {icon(ARROW)}</button>
        </form>
    }
    .into_any()
}
