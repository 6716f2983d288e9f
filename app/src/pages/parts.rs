//! Parts that several pages share: the way back, the appointment as a card, who else can help,
//! answers given so far.

use super::words;
use crate::icons::{BACK, CLOCK, PHONE, PIN, icon, of_mode};
use crate::islands::HoldTimer;
use crate::text::{t, t_with};
use crate::view::{Answered, Held, Notice, Place, Signpost};
use crate::wire::HoldWords;
use leptos::prelude::*;

/// The link to the page before; nothing where there is none.
pub fn back(address: &str) -> Option<AnyView> {
    (!address.is_empty()).then(|| {
        view! { <a class="back" href=address.to_owned()>{icon(BACK)} {t("back")}</a> }.into_any()
    })
}

/// When, how and where: the appointment as it is shown on every page that has one.
pub fn appointment(held: &Held) -> AnyView {
    let service = (!held.service.is_empty())
        .then(|| view! { <p class="card-service">{held.service.clone()}</p> });
    let place = (!held.place.is_empty())
        .then(|| view! { <li>{icon(PIN)} <span>{held.place.clone()}</span></li> });
    view! {
        <div class="card appointment">
            {service}
            <p class="card-date">{held.date.clone()}</p>
            <ul class="facts">
                <li>{icon(CLOCK)} <span>{held.time.clone()}</span></li>
                <li>{icon(of_mode(&held.mode))} <span>{words::mode(&held.mode)}</span></li>
                {place}
            </ul>
        </div>
    }
    .into_any()
}

/// A small band that says which time is kept and until when, with the timer where it can run.
pub fn hold(clinic: &str, held: &Held) -> AnyView {
    view! {
        <aside class="hold" aria-label=t("hold-title")>
            <HoldTimer clinic=clinic.to_owned() seconds_left=held.seconds_left ends_at=held.ends_at.clone() words=hold_words(held) />
        </aside>
    }
    .into_any()
}

fn hold_words(held: &Held) -> HoldWords {
    // A renewed hold lasts as long as a new one, which may be longer than what is left now.
    let most = held.seconds_left.div_ceil(60).max(15);
    // `{until}` is filled in by the island, which has no catalogue.
    let places = [
        ("date", held.date.clone().into()),
        ("time", held.time.clone().into()),
        ("until", "{until}".into()),
    ];
    HoldWords {
        kept: t_with("hold-until", &places),
        was: t_with("hold-was", &places),
        minutes: (0..=most)
            .map(|n| t_with("hold-minutes", &[("count", n.into())]))
            .collect(),
        seconds: (0..=6)
            .map(|n| t_with("hold-seconds", &[("count", (n * 10).into())]))
            .collect(),
        soon: t("hold-soon"),
        ended: t("hold-ended"),
    }
}

/// Why, and who can help: each notice with its services.
pub fn notices(all: &[Notice]) -> AnyView {
    let one = |notice: &Notice| {
        let signposts = (!notice.signposts.is_empty())
            .then(|| view! { <ul class="signposts">{notice.signposts.iter().map(signpost).collect_view()}</ul> });
        let text = (!notice.text.is_empty()).then(|| view! { <p>{notice.text.clone()}</p> });
        view! { <div class="notice">{text} {signposts}</div> }
    };
    all.iter().map(one).collect_view().into_any()
}

/// A service to turn to: its name, its number as a link, when it is open and what it is for.
pub fn signpost(sign: &Signpost) -> impl IntoView + use<> {
    let line = |text: &String, class: &'static str| {
        (!text.is_empty()).then(|| view! { <span class=class>{text.clone()}</span> })
    };
    let name = if sign.url.is_empty() {
        view! { <strong>{sign.name.clone()}</strong> }.into_any()
    } else {
        view! { <a href=sign.url.clone() rel="noreferrer"><strong>{sign.name.clone()}</strong></a> }
            .into_any()
    };
    let number = match (sign.dial.is_empty(), sign.telephone.is_empty()) {
        (false, _) => Some(view! {
            <a class="tel" href=format!("tel:{}", sign.dial)>{icon(PHONE)} {sign.telephone.clone()}</a>
        }.into_any()),
        (true, false) => Some(view! { <span class="tel">{sign.telephone.clone()}</span> }.into_any()),
        (true, true) => None,
    };
    view! {
        <li class="signpost">
            {name} {number} {line(&sign.hours, "signpost-hours")} {line(&sign.why, "signpost-why")}
        </li>
    }
}

/// A list of questions and answers, each with a link to change it where there is one.
pub fn answers(rows: &[Answered]) -> AnyView {
    let one = |row: &Answered| {
        let change = (!row.change.is_empty()).then(|| {
            view! {
                <dd class="change">
                    <a href=row.change.clone()>
                        {t("change")}<span class="visually-hidden">" " {row.question.clone()}</span>
                    </a>
                </dd>
            }
        });
        view! { <div><dt>{row.question.clone()}</dt><dd>{row.answer.clone()}</dd>{change}</div> }
    };
    view! { <dl class="answers">{rows.iter().map(one).collect_view()}</dl> }.into_any()
}

/// Where it is and how to get there; nothing if no address is known.
pub fn place(place: &Place) -> Option<AnyView> {
    (!place.address.is_empty()).then(|| {
        let more = |text: &String| (!text.is_empty()).then(|| view! { <p>{text.clone()}</p> });
        view! {
            <p class="address">{icon(PIN)} <strong>{place.address.clone()}</strong></p>
            {more(&place.directions)}
            {more(&place.step_free)}
        }
        .into_any()
    })
}

/// A plain list; nothing if it is empty.
pub fn bullets(items: &[String]) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        let items = items.iter().map(|item| view! { <li>{item.clone()}</li> });
        view! { <ul class="bullets">{items.collect_view()}</ul> }.into_any()
    })
}
