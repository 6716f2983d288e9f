//! `/staff/availability`: the usual week as a picture, and everything as lists.

use super::{RAIL, home, listing, troubles};
use crate::icons::{ALERT, icon};
use crate::pages::document::{Head, staff};
use crate::pages::staff::parts::count;
use crate::pages::staff::place::{Crowd, placed, share};
use crate::text::{t, t_with};
use crate::view::availability::{Availability, Band, BandDay};
use crate::view::{ClinicRef, Frame, StaffAppointment};
use leptos::prelude::*;

/// The page.
pub fn availability(frame: &Frame, model: &Availability) -> String {
    let title = || {
        t_with(
            "avail-title-of",
            &[("clinic", model.clinic.name.clone().into())],
        )
    };
    let page_head = || Head {
        title: title(),
        ..Head::default()
    };
    staff(frame, page_head, RAIL, || {
        let off = (!model.enabled).then(|| {
            view! { <p class="banner">{icon(ALERT)} " " {t("avail-off")} " " {settings(model)}</p> }
        });
        let drop_out = model.may_edit.then(|| {
            let href = format!("{RAIL}/drop-out?clinic={}", model.clinic.id);
            view! { <a class="button main small" href=href>{t("avail-drop-out")}</a> }
        });
        let to_settings = model.enabled.then(|| settings(model)).flatten();
        view! {
            <div class="desk-head">
                <h1>{title()}</h1>
                {drop_out}
                {to_settings}
            </div>
            {which_clinic(model)}
            {off}
            {attention(model)}
            <section class="avail-list">
                <div class="avail-list-head"><h2>{t("avail-week")}</h2></div>
                {week(model)}
            </section>
            {model.lists.iter().map(listing).collect_view()}
        }
    })
}

fn settings(model: &Availability) -> Option<AnyView> {
    model.may_set_up.then(|| {
        let href = format!("/staff/settings/{}", model.clinic.id);
        view! { <a href=href>{t("avail-to-settings")}</a> }.into_any()
    })
}

fn which_clinic(model: &Availability) -> Option<AnyView> {
    let link = |clinic: &ClinicRef| {
        let here = (clinic.id == model.clinic.id).then_some("page");
        view! { <a href=home(clinic) aria-current=here>{clinic.name.clone()}</a> }
    };
    (model.clinics.len() > 1).then(|| {
        view! {
            <div class="desk-head avail-tabs">
                <nav class="tabs" aria-label=t("staff-which-clinic")>
                    {model.clinics.iter().map(link).collect_view()}
                </nav>
            </div>
        }
        .into_any()
    })
}

fn attention(model: &Availability) -> Option<AnyView> {
    (!model.attention.is_empty()).then(|| {
        let resolve = model.may_edit.then(|| {
            let href = format!("{RAIL}/{}/resolve", model.clinic.id);
            view! { <p><a class="button main" href=href>{t("avail-resolve")}</a></p> }
        });
        view! {
            <section class="avail-attention" id="attention">
                <h2>{icon(ALERT)} " " {t("avail-attention")} " " {count(model.attention.len())}</h2>
                {troubles(t("avail-attention"), &model.attention)}
                {resolve}
            </section>
        }
        .into_any()
    })
}

/// The picture; the list of sessions below says the same in words.
fn week(model: &Availability) -> AnyView {
    if model.days.iter().all(|day| day.bands.is_empty()) {
        return view! { <p class="hint">{t("avail-week-empty")}</p> }.into_any();
    }
    let hour = |hour: i64| {
        let text = super::super::calendar::hour_words(hour);
        view! { <span class=format!("at-h{hour}")>{text}</span> }
    };
    let scale = (model.first_hour..model.last_hour).map(hour).collect_view();
    let range = format!(
        "week avail-week from-{} to-{}",
        model.first_hour, model.last_hour
    );
    view! {
        <div class=range tabindex="0" role="region" aria-label=t("avail-week")>
            <div class="week-hours" aria-hidden="true">{scale}</div>
            {model.days.iter().map(day).collect_view()}
        </div>
    }
    .into_any()
}

fn day(day: &BandDay) -> impl IntoView + use<> {
    let blocks: Vec<StaffAppointment> = day
        .bands
        .iter()
        .map(|band| StaffAppointment {
            start_minute: band.from,
            end_minute: band.until,
            ..StaffAppointment::default()
        })
        .collect();
    let crowd = Crowd::of(&blocks);
    let nobody = if day.bands.is_empty() { " nobody" } else { "" };
    let bands = day.bands.iter().zip(&crowd.sharing);
    let bands = bands
        .map(|(one, sharing)| band(one, *sharing))
        .collect_view();
    view! {
        <section class=format!("week-day {}{nobody}", crowd.lanes())>
            <h3>{day.label.clone()}</h3>
            <div class="week-grid">{bands}</div>
        </section>
    }
}

fn band(one: &Band, sharing: usize) -> AnyView {
    // The longest block that the style sheet draws is twelve hours.
    let class = format!(
        "week-slot avail-band {} {}",
        placed(one.from, one.until.min(one.from + 720)),
        share(sharing)
    );
    let lacks = (!one.lacks.is_empty())
        .then(|| view! { <span class="visually-hidden">{one.lacks.clone()}</span> });
    let title = (!one.lacks.is_empty()).then(|| one.lacks.clone());
    let inside = view! {
        <strong>{one.hours.clone()}</strong>
        <span>{one.people.clone()}</span>
        <span>{one.rooms.clone()}</span>
        {lacks}
    };
    if one.href.is_empty() {
        view! { <div class=class title=title>{inside}</div> }.into_any()
    } else {
        view! { <a class=class href=one.href.clone() title=title>{inside}</a> }.into_any()
    }
}
