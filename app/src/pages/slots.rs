//! The form in which a time is picked: filters, days with radio buttons, how to meet. Complete
//! without a script; the data attributes and what is hidden here are for the time picker, which
//! works on this very form (`islands::TimePicker`).

use super::words;
use crate::icons::{ALERT, ARROW, CALENDAR, icon, of_mode};
use crate::islands::{TimePicker, ways_to_ask};
use crate::text::{t, t_with};
use crate::view::{Day, SlotOption, Times};
use leptos::prelude::*;

/// What every part of the form asks of the model.
struct Form<'a> {
    model: &'a Times,
    /// Id of the service whose times these are.
    service: &'a str,
    /// The way to meet that the times were filtered by; empty for any.
    mode: &'a str,
}

impl Form<'_> {
    fn page(&self) -> String {
        format!("/clinics/{}/times", self.model.clinic.id)
    }

    /// The address of the days from `from` on; empty for the first.
    fn address(&self, from: &str) -> String {
        let mut address = format!(
            "{}?service={}&mode={}",
            self.page(),
            self.service,
            self.mode
        );
        if !from.is_empty() {
            address.push_str("&from=");
            address.push_str(from);
        }
        address
    }

    /// Whether the list is not filtered, so that each start's ways to meet have to be said.
    fn open(&self) -> bool {
        self.mode.is_empty() || self.model.modes.len() == 1
    }

    fn starts(&self) -> impl Iterator<Item = &SlotOption> {
        starts(&self.model.days.days)
    }

    fn error(&self, field: &str, id: &'static str) -> Option<AnyView> {
        let about = if self.model.error_field == "mode" {
            "mode"
        } else {
            "start"
        };
        (about == field && !self.model.error.is_empty()).then(|| {
            view! { <p class="field-error" id=id>{icon(ALERT)} {self.model.error.clone()}</p> }
                .into_any()
        })
    }
}

fn starts(days: &[Day]) -> impl Iterator<Item = &SlotOption> {
    days.iter()
        .flat_map(|day| &day.parts)
        .flat_map(|part| &part.slots)
}

/// The filters, the place of the month strip, the form of times, and the island that quickens them.
pub fn picker(model: &Times) -> AnyView {
    let selected = model.services.iter().find(|service| service.selected);
    let chosen = model.modes.iter().find(|mode| mode.chosen);
    let form = Form {
        model,
        service: selected
            .or(model.services.first())
            .map_or("", |service| &service.id),
        mode: chosen.map_or("", |mode| &mode.value),
    };
    // `{n}` is filled in by the island, which has no catalogue.
    let shown = t_with("times-shown", &[("n", "{n}".into())]);
    view! {
        {filters(&form)}
        <p class="visually-hidden" role="status" id="times-shown" data-shown=shown data-more=t("times-more")
            data-loading=t("times-loading") data-failed=t("times-failed")></p>
        {strip()}
        {slots_form(&form)}
        <TimePicker />
    }
    .into_any()
}

/// The filters. A choice of one is none.
fn filters(form: &Form<'_>) -> Option<AnyView> {
    let (kinds, ways) = (form.model.services.len() > 1, form.model.modes.len() > 1);
    let service = (!kinds)
        .then(|| view! { <input type="hidden" name="service" value=form.service.to_owned() /> });
    let services = kinds.then(|| {
        let kind = |service: &crate::view::ServiceRef| {
            let length = words::length_and_price(service.minutes, &service.price);
            let places = [
                ("name", service.name.clone().into()),
                ("length", length.into()),
            ];
            let label = t_with("times-service", &places);
            pill(
                "service",
                &service.id,
                label,
                service.id == form.service,
                None,
            )
        };
        let all = form.model.services.iter().map(kind).collect_view();
        pills(t("times-which-service"), all.into_any())
    });
    let modes = ways.then(|| {
        let way = |mode: &crate::view::Choice| {
            let mark = (!mode.value.is_empty()).then(|| of_mode(&mode.value));
            let label = words::mode(&mode.value);
            pill("mode", &mode.value, label, mode.value == form.mode, mark)
        };
        let all = form.model.modes.iter().map(way).collect_view();
        pills(t("times-which-mode"), all.into_any())
    });
    (kinds || ways).then(|| {
        view! {
            <form class="filters" method="get" action=form.page()>
                {service}
                {services}
                {modes}
                <button class="button quiet" type="submit">{t("times-update")}</button>
            </form>
        }
        .into_any()
    })
}

fn pills(legend: String, all: AnyView) -> impl IntoView {
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="pills">{all}</div>
        </fieldset>
    }
}

fn pill(
    name: &'static str,
    value: &str,
    label: String,
    checked: bool,
    mark: Option<&'static str>,
) -> impl IntoView + use<> {
    let (id, value) = (format!("{name}-{value}"), value.to_owned());
    view! {
        <div class="pill">
            <input type="radio" name=name id=id.clone() value=value checked=checked />
            <label for=id>{mark.map(icon)} {label}</label>
        </div>
    }
}

/// The frame of the month strip: the island fills in the weeks, and shows it.
fn strip() -> impl IntoView {
    view! {
        <nav class="strip" aria-label=t("times-calendar") data-months=t("months-short")
            data-weekdays=t("weekdays-short") hidden>
            <p class="strip-title">{icon(CALENDAR)} {t("times-calendar")}</p>
            <p class="strip-week strip-head" aria-hidden="true"></p>
            <ol></ol>
        </nav>
    }
}

fn slots_form(form: &Form<'_>) -> impl IntoView + use<> {
    let error = form.error("start", "start-error");
    let described = error.is_some().then_some("start-error");
    let days = &form.model.days.days;
    let (usual, all) = usual_ways(form.starts());
    let line = (form.open() && !days.is_empty()).then(|| {
        let most = t("times-most-can-be");
        let said = if all {
            t("times-all-can-be")
        } else {
            most.clone()
        };
        view! {
            <p class="all-modes" data-modes=usual.join(" ") data-most=most><span>{said}</span> {ways_view(&usual)}</p>
        }
    });
    let usual = form.open().then_some(usual.as_slice());
    let days_view = days
        .iter()
        .map(|day| day_view(form, day, usual))
        .collect_view();
    view! {
        <form method="post" action=form.page() novalidate>
            <input type="hidden" name="service" value=form.service.to_owned() />
            <fieldset class="times" id="start" tabindex="-1" aria-describedby=described data-mode=form.mode.to_owned()>
                <legend class="visually-hidden">{t("times-choose")}</legend>
                {error}
                <p class="empty" hidden=!days.is_empty()>{t("times-none")}</p>
                {line}
                {days_view}
            </fieldset>
            {more(form)}
            <div class="go-on">
                {how_to_meet(form)}
                <button class="button main" type="submit" hidden=days.is_empty()>{t("continue")} {icon(ARROW)}</button>
            </div>
        </form>
    }
}

/// The ways to meet that most starts offer, said once above them; and whether all starts do. A
/// start that differs says its own.
fn usual_ways<'a>(starts: impl Iterator<Item = &'a SlotOption>) -> (Vec<String>, bool) {
    let starts: Vec<_> = starts.map(|slot| &slot.modes).collect();
    let count = |ways: &[String]| starts.iter().filter(|one| one.as_slice() == ways).count();
    let usual = starts
        .iter()
        .max_by_key(|ways| count(ways))
        .map(|ways| (*ways).clone())
        .unwrap_or_default();
    let all = starts.iter().all(|ways| **ways == usual);
    (usual, all)
}

fn day_view(form: &Form<'_>, day: &Day, usual: Option<&[String]>) -> impl IntoView + use<> {
    let parts = day.parts.iter().map(|part| {
        let slots = part.slots.iter().map(|slot| slot_view(form, slot, usual)).collect_view();
        view! { <div class="part"><p class="part-name">{part.label.clone()}</p><div class="slots">{slots}</div></div> }
    });
    view! {
        <fieldset class="day">
            <legend id=format!("day-{}", day.date) tabindex="-1">{day.label.clone()}</legend>
            {parts.collect_view()}
        </fieldset>
    }
}

fn slot_view(
    form: &Form<'_>,
    slot: &SlotOption,
    usual: Option<&[String]>,
) -> impl IntoView + use<> {
    let id = format!("start-{}", slot.value);
    let checked = form.model.chosen == slot.value;
    let ways = usual
        .filter(|usual| *usual != slot.modes)
        .map(|_| ways_view(&slot.modes));
    let places = slot.places.map(|places| {
        let text = t_with("times-places", &[("n", places.into())]);
        view! { <span class="places">{text}</span> }
    });
    view! {
        <div class="slot" data-modes=slot.modes.join(" ")>
            <input type="radio" name="start" id=id.clone() value=slot.value.clone() checked=checked />
            <label for=id><span class="slot-time">{slot.label.clone()}</span> {ways} {places}</label>
        </div>
    }
}

fn ways_view(ways: &[String]) -> impl IntoView + use<> {
    let one =
        |way: &String| view! { <span class="mode">{icon(of_mode(way))} {words::mode(way)}</span> };
    view! { <span class="modes">{ways.iter().map(one).collect_view()}</span> }
}

fn more(form: &Form<'_>) -> impl IntoView + use<> {
    let link = |from: &str, text: String| {
        view! { <a class="button quiet" href=form.address(from) data-from=from.to_owned()>{text}</a> }
    };
    let first = (!form.model.first_page).then(|| link("", t("times-first")));
    let more = form.model.days.more_from.as_ref();
    let more = more.map(|from| link(from, t("times-more")));
    view! { <p class="more">{first} {more}</p> }
}

/// The ways to meet to choose from. Nothing to choose: one hidden value, or none at all.
fn how_to_meet(form: &Form<'_>) -> AnyView {
    if !form.mode.is_empty() {
        return view! { <input type="hidden" name="mode" value=form.mode.to_owned() /> }.into_any();
    }
    let starts: Vec<String> = form.starts().map(|slot| slot.modes.join(" ")).collect();
    let ways = ways_to_ask(&starts, None);
    if ways.len() < 2 {
        return ().into_any();
    }
    let error = form.error("mode", "mode-error");
    let described = error.is_some().then_some("mode-error");
    let one = |way: &'static str| {
        let id = format!("meet-{way}");
        view! {
            <div class="pill">
                <input type="radio" name="mode" id=id.clone() value=way />
                <label for=id>{icon(of_mode(way))} {words::mode(way)}</label>
            </div>
        }
    };
    view! {
        <fieldset class="meet" id="mode" tabindex="-1" aria-describedby=described>
            <legend>{t("times-how")}</legend>
            {error}
            <div class="pills">{ways.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(ways: &[&str]) -> SlotOption {
        SlotOption {
            value: String::new(),
            label: String::new(),
            modes: ways.iter().map(|way| (*way).to_owned()).collect(),
            places: None,
        }
    }

    #[test]
    fn the_usual_ways_to_meet_are_said_once_and_are_those_of_most_starts() {
        let usual = |starts: &[SlotOption]| usual_ways(starts.iter());
        let (phone, either) = (start(&["phone"]), start(&["video", "phone"]));
        assert_eq!(
            usual(&[phone.clone(), phone.clone()]),
            (phone.modes.clone(), true)
        );
        assert_eq!(
            usual(&[phone, either.clone(), either.clone()]),
            (either.modes, false)
        );
        assert_eq!(usual(&[]), (Vec::new(), true));
    }
}
