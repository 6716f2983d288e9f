//! The first page, and the one for "I'm not sure": both lead to a clinic and ask nothing.

use super::document::{Head, public};
use super::parts;
use crate::icons::{ARROW, CALENDAR, PHONE, QUESTION, icon, of_clinic};
use crate::text::{t, t_with};
use crate::view::{Choose, ClinicCard, Frame, Home};
use leptos::prelude::*;

/// `/`: what the site is, and the clinics as large plain choices.
pub fn home(frame: &Frame, model: &Home) -> String {
    public(
        frame,
        || Head {
            title: t("home-title"),
            wide: true,
            ..Head::default()
        },
        || {
            let ring = (!frame.telephone.is_empty()).then(|| view! {
            <p class="hero-ring">
                {icon(PHONE)} <span>{t("home-ring")} " " {super::footer::number(&frame.telephone)}</span>
            </p>
        });
            let cards = model.clinics.iter().map(card);
            let empty = model
                .clinics
                .is_empty()
                .then(|| view! { <p class="empty">{t("home-empty")}</p> });
            view! {
                <div class="hero">
                    <div class="hero-text">
                        <h1>{t("home-title")}</h1>
                        <p class="lead">{t("home-lead")}</p>
                        {ring}
                    </div>
                    {doors()}
                </div>
                {empty}
                <ul class="clinics">
                    {cards.collect_view()}
                    <li class="clinic-card unsure">
                        <h2>{icon(QUESTION)} <a href="/choose">{t("home-unsure")}</a></h2>
                        <p>{t("home-unsure-text")}</p>
                    </li>
                </ul>
                <section class="already" aria-labelledby="already">
                    <h2 id="already">{t("home-already")}</h2>
                    <p>{t("home-already-text")} " " <a href="/find">{t("home-already-link")}</a></p>
                </section>
            }
        },
    )
}

fn card(card: &ClinicCard) -> impl IntoView + use<> {
    let free = card.next_free.clone().map(|day| view! {
        <p class="next-free">{icon(CALENDAR)} <span>{t_with("next-free", &[("day", day.into())])}</span></p>
    });
    let price =
        (!card.price.is_empty()).then(|| view! { <span class="price">{card.price.clone()}</span> });
    view! {
        <li class="clinic-card">
            <h2>
                {icon(of_clinic(&card.clinic.id))}
                <a href=format!("/clinics/{}", card.clinic.id)>{card.clinic.name.clone()}</a>
                {price}
            </h2>
            <p>{card.summary.clone()}</p>
            {parts::bullets(&card.examples)}
            {free}
        </li>
    }
}

/// Arches one inside the other, the innermost with its light on: the mark, large.
fn doors() -> impl IntoView {
    view! {
        <svg class="doors" viewBox="0 0 400 300" aria-hidden="true" focusable="false">
            <path class="door" d="M20 300V200a180 180 0 0 1 360 0v100" />
            <path class="door" d="M60 300V200a140 140 0 0 1 280 0v100" />
            <path class="door" d="M100 300V200a100 100 0 0 1 200 0v100" />
            <path class="door-light" d="M145 300V200a55 55 0 0 1 110 0v100z" />
        </svg>
    }
}

/// `/choose`: everyday examples, each a link to the clinic that helps with it.
pub fn choose(frame: &Frame, model: &Choose) -> String {
    public(
        frame,
        || Head {
            title: t("choose-title"),
            ..Head::default()
        },
        || {
            let telephone = super::footer::telephone(frame);
            let groups = model.clinics.iter().map(|card| {
            let examples = card.examples.iter().map(|example| view! {
                <li><a href=format!("/clinics/{}", card.clinic.id)>{icon(ARROW)} <span>{example.clone()}</span></a></li>
            });
            view! {
                <section class="examples">
                    <h2>{icon(of_clinic(&card.clinic.id))} {card.clinic.name.clone()}</h2>
                    <ul>{examples.collect_view()}</ul>
                </section>
            }
        });
            view! {
                {parts::back("/")}
                <h1>{t("choose-title")}</h1>
                <p class="lead">{t("choose-lead")}</p>
                <div class="choose">{groups.collect_view()}</div>
                <section class="rather" aria-labelledby="rather">
                    <h2 id="rather">{t("choose-none")}</h2>
                    {telephone}
                </section>
            }
        },
    )
}
