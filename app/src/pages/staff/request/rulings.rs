//! What was proposed and decided about a case, in words.

use super::super::parts;
use crate::icons::{ALERT, ARROW, icon};
use crate::text::{t, t_with};
use crate::view::{CasePage, CaseRuling};
use leptos::prelude::*;

/// Somebody else was first: what they did, and what was typed here.
pub fn overtaken(model: &CasePage) -> Option<AnyView> {
    let overtaken = model.overtaken.as_ref()?;
    let decided = model
        .rulings
        .iter()
        .find(|ruling| ruling.stage == "decided")
        .map(|ruling| view! { <p>{headline(ruling)}</p> });
    let typed = (!overtaken.typed.is_empty()).then(|| {
        let one = |text: &String| view! { <blockquote class="asked">{text.clone()}</blockquote> };
        view! { <p>{t("case-overtaken-typed")}</p> {overtaken.typed.iter().map(one).collect_view()} }
    });
    Some(
        view! {
            <div class="banner bad" role="alert">
                <p><strong>{icon(ALERT)} " " {t("case-overtaken")}</strong></p>
                {decided}
                {typed}
                <p>{t("case-overtaken-then")}</p>
            </div>
        }
        .into_any(),
    )
}

/// "Ada Sample decided on Monday 23 November: Accept".
fn headline(ruling: &CaseRuling) -> String {
    let key = if ruling.stage == "decided" {
        "case-decided-by"
    } else {
        "case-proposed-by"
    };
    let places = [
        ("name", ruling.who.clone().into()),
        ("at", ruling.at.clone().into()),
        ("what", parts::word("case-kind", &ruling.kind).into()),
    ];
    t_with(key, &places)
}

/// What stands now: the last word on the case, with the appointment that came of it.
pub fn latest(model: &CasePage) -> AnyView {
    let appointment = (!model.appointment.is_empty()).then(|| {
        let href = format!("/staff/appointments/{}", model.appointment);
        view! { <p><a href=href>{t("case-see-appointment")} {icon(ARROW)}</a></p> }
    });
    let last = model.rulings.first().map(one);
    view! { {last} {appointment} }.into_any()
}

/// All of it, newest first.
pub fn all(rulings: &[CaseRuling]) -> AnyView {
    if rulings.is_empty() {
        return view! { <p>{t("case-rulings-none")}</p> }.into_any();
    }
    let rows = rulings
        .iter()
        .map(|ruling| view! { <li>{one(ruling)}</li> });
    view! { <ol class="history">{rows.collect_view()}</ol> }.into_any()
}

fn one(ruling: &CaseRuling) -> AnyView {
    let service = (!ruling.service.is_empty()).then(|| {
        let places = [
            ("service", ruling.service.clone().into()),
            ("count", ruling.minutes.into()),
        ];
        view! { <p>{t_with("case-service", &places)}</p> }
    });
    let quote = |label: &'static str, text: &String| {
        (!text.is_empty()).then(
            || view! { <p>{t(label)}</p><blockquote class="asked">{text.clone()}</blockquote> },
        )
    };
    view! {
        <div class="ruling-made">
            <p><strong>{headline(ruling)}</strong></p>
            {service}
            {crate::pages::parts::bullets(&ruling.times)}
            {crate::pages::parts::bullets(&ruling.signposts)}
            {quote("case-asked-client", &ruling.question)}
            {quote("case-client-answered", &ruling.answer)}
            {quote("case-because", &ruling.reason)}
        </div>
    }
    .into_any()
}
