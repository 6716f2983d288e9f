//! `/staff`: today in order of time, the calls to make, and how many cases wait.

use super::parts;
use crate::icons::{ALERT, LETTER, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Frame, StaffCall, Today};
use leptos::prelude::*;

/// The page.
pub fn today(frame: &Frame, model: &Today) -> String {
    let head = || Head {
        title: t("staff-today"),
        ..Head::default()
    };
    staff(frame, head, "/staff", || {
        let clinics = frame.staff.as_ref().map_or(0, |staff| staff.clinics.len());
        let main = if clinics == 0 {
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
        }
    })
}

fn lists(model: &Today, several: bool) -> AnyView {
    let appointments = if model.appointments.is_empty() {
        view! { <p>{t("staff-appointments-none")}</p> }.into_any()
    } else {
        parts::table(t("staff-appointments-table"), &model.appointments, several)
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
    view! {
        <section>
            <h2>{t("staff-appointments")} " " {parts::count(model.appointments.len())}</h2>
            {appointments}
        </section>
        <div class="desk-parts">
            <section id="calls">
                <h2>{t("staff-calls")} " " {parts::count(model.calls.len())}</h2>
                {calls}
            </section>
            <section>
                <h2>{t("staff-requests")} " " {parts::count(model.requests)}</h2>
                {waiting}
            </section>
        </div>
    }
    .into_any()
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
    let case = (!call.request.is_empty()).then(|| {
        let href = format!("/staff/requests/{}", call.request);
        view! { <p><a href=href>{t("case-what-to-say")}</a></p> }
    });
    view! {
        <li class="call">
            <p>
                {urgent} " " <strong>{call.name.clone()}</strong> " "
                {parts::telephone(&call.phone)}
            </p>
            <p>{parts::word("call", &call.kind)} ", " {call.clinic.name.clone()} ", " {call.age.clone()}</p>
            <p>{window} " " {message} " " {t_with("staff-call-ask-for", &[("name", call.name.clone().into())])}</p>
            {refusal(call)}
            {case}
            <form method="post" action=format!("/staff/calls/{}/done", call.id)>
                <button class="button quiet small" type="submit"
                    aria-label=t_with("staff-call-done-about", &[("name", call.name.clone().into())])>
                    {t("staff-call-done")}
                </button>
            </form>
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
