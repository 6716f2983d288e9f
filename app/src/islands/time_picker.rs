//! Choosing a time: a list of days and radio buttons in one plain form, complete as served. Where
//! JavaScript is on, the filters answer at once, more days arrive without a new page, and a month
//! strip jumps to a day. It never books: the form is posted like any other.

use super::browser;
use super::calendar::{Square, weeks};
use crate::icons::{ALERT, ARROW, CALENDAR, icon, of_mode};
use crate::wire::{Day, Days, Picker, PickerChoice, PickerWords, SlotOption};
use leptos::prelude::*;

/// What the picker knows while it is alive.
#[derive(Clone, Copy)]
struct Picking {
    served: StoredValue<Picker>,
    days: RwSignal<Days>,
    /// The way to meet the list is filtered by; empty for any.
    mode: RwSignal<String>,
    /// The way to meet the days were loaded with: those hold no others.
    loaded: RwSignal<String>,
    chosen: RwSignal<String>,
    /// How to meet at the chosen start, where it can be done in several ways.
    meet: RwSignal<String>,
    alive: RwSignal<bool>,
    asking: RwSignal<Asking>,
}

/// Where the request for more days stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Idle,
    Waiting,
    Failed,
}

impl Picking {
    fn new(served: Picker) -> Self {
        Self {
            days: RwSignal::new(served.days.clone()),
            mode: RwSignal::new(served.mode.clone()),
            loaded: RwSignal::new(served.mode.clone()),
            chosen: RwSignal::new(served.chosen.clone()),
            meet: RwSignal::new(String::new()),
            alive: RwSignal::new(false),
            asking: RwSignal::new(Asking::Idle),
            served: StoredValue::new(served),
        }
    }

    fn word(self, pick: impl FnOnce(&PickerWords) -> &String) -> String {
        self.served.with_value(|served| pick(&served.words).clone())
    }

    /// The days with only the starts that fit the filter.
    fn visible(self) -> Vec<Day> {
        let mode = self.mode.get();
        let mut days = self.days.get().days;
        for day in &mut days {
            for part in &mut day.parts {
                part.slots.retain(|slot| fits(slot, &mode));
            }
            day.parts.retain(|part| !part.slots.is_empty());
        }
        days.retain(|day| !day.parts.is_empty());
        days
    }

    fn address(self, page: &str, from: &str) -> String {
        let (clinic, service) = self
            .served
            .with_value(|served| (served.clinic.clone(), served.service.clone()));
        let mode = self.mode.get();
        let from = if from.is_empty() {
            String::new()
        } else {
            format!("&from={from}")
        };
        format!("/clinics/{clinic}/times{page}?service={service}&mode={mode}{from}")
    }

    fn mode_changed(self, mode: String) {
        self.mode.set(mode);
        browser::replace_address(&self.address("", ""));
        let loaded = self.loaded.get();
        if !loaded.is_empty() && loaded != self.mode.get() {
            self.load(String::new());
        }
    }

    /// Asks for the days from `from` on; an empty `from` starts again from the first.
    fn load(self, from: String) {
        self.asking.set(Asking::Waiting);
        let url = self.address("/more", &from);
        let mode = self.mode.get();
        browser::spawn(async move {
            let answer = browser::get(&url).await;
            let Some(answered) = answer.and_then(|body| serde_json::from_str::<Days>(&body).ok())
            else {
                self.asking.set(Asking::Failed);
                return;
            };
            self.asking.set(Asking::Idle);
            self.loaded.set(mode);
            let next = answered.days.first().map(|day| format!("day-{}", day.date));
            if from.is_empty() {
                self.days.set(answered);
                return;
            }
            self.days.update(|days| {
                days.more_from = answered.more_from;
                days.days.extend(answered.days);
            });
            // The list is drawn again in the next task; then its first new day can take the focus.
            if let Some(id) = next {
                set_timeout(
                    move || browser::focus(&id),
                    std::time::Duration::from_millis(30),
                );
            }
        });
    }
}

fn fits(slot: &SlotOption, mode: &str) -> bool {
    mode.is_empty() || slot.modes.iter().any(|one| one == mode)
}

/// The ways to meet that most starts offer, said once above them; and whether all starts do. A
/// start that differs says its own.
fn usual_modes(days: &[Day]) -> (Vec<String>, bool) {
    let slots = || {
        days.iter()
            .flat_map(|day| &day.parts)
            .flat_map(|part| &part.slots)
    };
    let count = |modes: &[String]| slots().filter(|slot| slot.modes == modes).count();
    let usual = slots()
        .max_by_key(|slot| count(&slot.modes))
        .map(|slot| slot.modes.clone())
        .unwrap_or_default();
    let all = slots().all(|slot| slot.modes == usual);
    (usual, all)
}

#[island]
pub fn TimePicker(
    /// The page of times as served, and the words.
    picker: Picker,
) -> impl IntoView {
    let picking = Picking::new(picker);
    Effect::new(move |_| {
        // A choice made before the island woke up, or brought back by the browser, counts.
        if let Some(start) = browser::checked("start") {
            picking.chosen.set(start);
        }
        picking.alive.set(true);
    });
    view! {
        {filters(picking)}
        <p class="visually-hidden" role="status">{move || said(picking)}</p>
        {move || picking.alive.get().then(|| strip(picking))}
        {slots_form(picking)}
    }
}

/// What a screen reader hears after a filter or more days changed the list.
fn said(picking: Picking) -> String {
    if !picking.alive.get() {
        return String::new();
    }
    match picking.asking.get() {
        Asking::Waiting => picking.word(|words| &words.loading),
        Asking::Failed => picking.word(|words| &words.failed),
        Asking::Idle => {
            let count: usize = picking
                .visible()
                .iter()
                .flat_map(|day| &day.parts)
                .map(|part| part.slots.len())
                .sum();
            picking
                .word(|words| &words.shown)
                .replace("{n}", &count.to_string())
        }
    }
}

/// The filters: another kind of appointment takes a new page, another way to meet does not. A choice
/// of one is none.
fn filters(picking: Picking) -> Option<AnyView> {
    let served = picking.served.get_value();
    let (kinds, ways) = (served.services.len() > 1, served.modes.len() > 1);
    let changed = move |event: leptos::ev::Event| match browser::input_of(&event) {
        Some((name, value)) if name == "mode" => picking.mode_changed(value),
        _ => {}
    };
    let service = (!kinds)
        .then(|| view! { <input type="hidden" name="service" value=served.service.clone() /> });
    let words = served.words;
    let services =
        kinds.then(|| choices("service", words.service, served.services, &served.service));
    let modes = ways.then(|| choices("mode", words.mode, served.modes, &served.mode));
    (kinds || ways).then(|| {
        view! {
            <form class="filters" method="get" action=format!("/clinics/{}/times", served.clinic) on:change=changed>
                {service}
                {services}
                {modes}
                <button class="button quiet" type="submit" hidden=move || !kinds && picking.alive.get()>
                    {words.update}
                </button>
            </form>
        }
        .into_any()
    })
}

fn choices(
    name: &'static str,
    legend: String,
    all: Vec<PickerChoice>,
    chosen: &str,
) -> impl IntoView + use<> {
    let chosen = chosen.to_owned();
    let one = move |choice: PickerChoice| {
        let id = format!("{name}-{}", choice.value);
        let mark =
            (name == "mode" && !choice.value.is_empty()).then(|| icon(of_mode(&choice.value)));
        view! {
            <div class="pill">
                <input type="radio" name=name id=id.clone() value=choice.value.clone() checked=choice.value == chosen />
                <label for=id>{mark} {choice.label}</label>
            </div>
        }
    };
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="pills">{all.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// The weeks that have something free, as squares that jump to their day.
fn strip(picking: Picking) -> impl IntoView {
    let months = picking
        .served
        .with_value(|served| served.words.months.clone());
    let weekdays = picking
        .served
        .with_value(|served| served.words.weekdays.clone());
    let days = picking.visible();
    let (first, last) = (
        days.first().map(|day| day.date.clone()),
        days.last().map(|day| day.date.clone()),
    );
    let weeks = weeks(&first.unwrap_or_default(), &last.unwrap_or_default());
    let row = move |week: [Square; 7]| {
        let month = week
            .iter()
            .find(|square| square.day == 1)
            .unwrap_or(&week[0])
            .month;
        let name = months
            .get(usize::try_from(month - 1).unwrap_or(0))
            .cloned()
            .unwrap_or_default();
        let squares = week
            .into_iter()
            .map(|square| square_view(&square, &days))
            .collect_view();
        view! { <li class="strip-week"><span class="strip-month" aria-hidden="true">{name}</span>{squares}</li> }
    };
    let heads = weekdays
        .into_iter()
        .map(|name| view! { <span>{name}</span> })
        .collect_view();
    view! {
        <nav class="strip" aria-label=picking.word(|words| &words.calendar)>
            <p class="strip-title">{icon(CALENDAR)} {picking.word(|words| &words.calendar)}</p>
            <p class="strip-week strip-head" aria-hidden="true"><span></span>{heads}</p>
            <ol>{weeks.into_iter().map(row).collect_view()}</ol>
        </nav>
    }
}

fn square_view(square: &Square, days: &[Day]) -> AnyView {
    match days.iter().find(|day| day.date == square.date) {
        Some(day) => view! {
            <a href=format!("#day-{}", square.date) aria-label=day.label.clone()>{square.day}</a>
        }
        .into_any(),
        None => view! { <span aria-hidden="true">{square.day}</span> }.into_any(),
    }
}

fn error_view(picking: Picking, in_mode: bool, id: &'static str) -> Option<AnyView> {
    let error = picking.served.with_value(|served| {
        (served.error_in_mode == in_mode && !served.error.is_empty()).then(|| served.error.clone())
    });
    error.map(|error| view! { <p class="field-error" id=id>{icon(ALERT)} {error}</p> }.into_any())
}

fn slots_form(picking: Picking) -> impl IntoView {
    let served = picking.served.get_value();
    let error = error_view(picking, false, "start-error");
    let described = error.is_some().then_some("start-error");
    let chosen = move |event: leptos::ev::Event| match browser::input_of(&event) {
        Some((name, value)) if name == "start" => picking.chosen.set(value),
        Some((name, value)) if name == "mode" => picking.meet.set(value),
        _ => {}
    };
    view! {
        <form method="post" action=format!("/clinics/{}/times", served.clinic) novalidate on:change=chosen>
            <input type="hidden" name="service" value=served.service.clone() />
            <fieldset class="times" id="start" tabindex="-1" aria-describedby=described>
                <legend class="visually-hidden">{served.words.choose}</legend>
                {error}
                {move || list(picking)}
            </fieldset>
            {move || more(picking)}
            {move || how_to_meet(picking)}
            {move || (!picking.visible().is_empty()).then(|| view! {
                <button class="button main" type="submit">
                    {picking.word(|words| &words.go_on)} {icon(ARROW)}
                </button>
            })}
        </form>
    }
}

fn list(picking: Picking) -> AnyView {
    let days = picking.visible();
    if days.is_empty() {
        return view! { <p class="empty">{picking.word(|words| &words.none)}</p> }.into_any();
    }
    let (usual, all) = usual_modes(&days);
    let one_way = picking.served.with_value(|served| served.modes.len() == 1);
    let open = one_way || picking.mode.get().is_empty();
    let line = open.then(|| {
        let said = picking.word(|words| {
            if all {
                &words.all_can_be
            } else {
                &words.most_can_be
            }
        });
        view! { <p class="all-modes"><span>{said}</span> {modes_view(picking, &usual)}</p> }
    });
    let usual = open.then_some(usual);
    let days = days
        .into_iter()
        .map(|day| day_view(picking, day, usual.as_deref()))
        .collect_view();
    view! { {line} {days} }.into_any()
}

fn day_view(picking: Picking, day: Day, usual: Option<&[String]>) -> impl IntoView + use<> {
    let parts = day.parts.into_iter().map(|part| {
        let slots = part.slots.into_iter().map(|slot| slot_view(picking, slot, usual)).collect_view();
        view! { <div class="part"><p class="part-name">{part.label}</p><div class="slots">{slots}</div></div> }
    });
    view! {
        <fieldset class="day">
            <legend id=format!("day-{}", day.date) tabindex="-1">{day.label}</legend>
            {parts.collect_view()}
        </fieldset>
    }
}

fn slot_view(
    picking: Picking,
    slot: SlotOption,
    usual: Option<&[String]>,
) -> impl IntoView + use<> {
    let id = format!("start-{}", slot.value);
    let checked = picking.chosen.get_untracked() == slot.value;
    let modes = usual
        .filter(|usual| *usual != slot.modes)
        .map(|_| modes_view(picking, &slot.modes));
    let places = slot.places.map(|places| {
        let text = picking
            .word(|words| &words.places)
            .replace("{n}", &places.to_string());
        view! { <span class="places">{text}</span> }
    });
    view! {
        <div class="slot">
            <input type="radio" name="start" id=id.clone() value=slot.value checked=checked />
            <label for=id><span class="slot-time">{slot.label}</span> {modes} {places}</label>
        </div>
    }
}

fn modes_view(picking: Picking, modes: &[String]) -> impl IntoView + use<> {
    let one = |mode: &String| {
        let label = picking.served.with_value(|served| {
            served
                .modes
                .iter()
                .find(|choice| &choice.value == mode)
                .map(|choice| choice.label.clone())
        });
        view! { <span class="mode">{icon(of_mode(mode))} {label.unwrap_or_default()}</span> }
    };
    view! { <span class="modes">{modes.iter().map(one).collect_view()}</span> }
}

fn more(picking: Picking) -> impl IntoView {
    let first_page = picking.served.with_value(|served| served.first_page);
    let first = (!first_page).then(|| view! {
        <a class="button quiet" href=picking.address("", "")>{picking.word(|words| &words.first)}</a>
    });
    let more = picking.days.get().more_from.map(|from| {
        let text = match picking.asking.get() {
            Asking::Idle => picking.word(|words| &words.more),
            Asking::Waiting => picking.word(|words| &words.loading),
            Asking::Failed => picking.word(|words| &words.failed),
        };
        let address = picking.address("", &from);
        let clicked = move |event: leptos::ev::MouseEvent| {
            // After a failure the link is followed as a link: a whole page may get through.
            if picking.asking.get() == Asking::Idle {
                event.prevent_default();
                picking.load(from.clone());
            }
        };
        view! { <a class="button quiet" href=address on:click=clicked>{text}</a> }
    });
    view! { <p class="more">{first} {more}</p> }
}

/// The ways to meet to choose from: those of the chosen start, or, while none is chosen, those of
/// every start that has several. Nothing to choose: one hidden value, or none at all.
fn how_to_meet(picking: Picking) -> AnyView {
    let mode = picking.mode.get();
    if !mode.is_empty() {
        return view! { <input type="hidden" name="mode" value=mode /> }.into_any();
    }
    let modes = modes_to_ask(
        &picking.visible(),
        &picking.chosen.get(),
        picking.alive.get(),
    );
    if modes.len() < 2 {
        return ().into_any();
    }
    let labels = picking.served.with_value(|served| served.modes.clone());
    let meet = picking.meet.get_untracked();
    let error = error_view(picking, true, "mode-error");
    let described = error.is_some().then_some("mode-error");
    let one = |mode: String| {
        let label = labels
            .iter()
            .find(|choice| choice.value == mode)
            .map(|choice| choice.label.clone());
        let id = format!("meet-{mode}");
        let checked = meet == mode;
        let mark = icon(of_mode(&mode));
        view! {
            <div class="pill">
                <input type="radio" name="mode" id=id.clone() value=mode checked=checked />
                <label for=id>{mark} {label.unwrap_or_default()}</label>
            </div>
        }
    };
    view! {
        <fieldset class="meet" id="mode" tabindex="-1" aria-describedby=described>
            <legend>{picking.word(|words| &words.how)}</legend>
            {error}
            <div class="pills">{modes.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn modes_to_ask(days: &[Day], chosen: &str, alive: bool) -> Vec<String> {
    let mut slots = days
        .iter()
        .flat_map(|day| &day.parts)
        .flat_map(|part| &part.slots);
    if alive && let Some(slot) = slots.clone().find(|slot| slot.value == chosen) {
        return slot.modes.clone();
    }
    let several: Vec<&SlotOption> = slots.by_ref().filter(|slot| slot.modes.len() > 1).collect();
    ["in_person", "phone", "video"]
        .into_iter()
        .filter(|mode| several.iter().any(|slot| fits(slot, mode)))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::DayPart;

    fn day(slots: &[(&str, &[&str])]) -> Vec<Day> {
        let slots = slots.iter().map(|(value, modes)| SlotOption {
            value: (*value).into(),
            label: (*value).into(),
            modes: modes.iter().map(|mode| (*mode).to_owned()).collect(),
            places: None,
        });
        let parts = vec![DayPart {
            label: "Morning".into(),
            slots: slots.collect(),
        }];
        vec![Day {
            date: "2026-12-01".into(),
            label: "Tuesday".into(),
            parts,
        }]
    }

    #[test]
    fn a_person_is_asked_how_to_meet_only_where_there_is_a_choice() {
        let days = day(&[("9", &["phone"]), ("10", &["in_person", "video"])]);
        assert_eq!(modes_to_ask(&days, "", false), ["in_person", "video"]);
        assert_eq!(modes_to_ask(&days, "9", true), ["phone"]);
        assert_eq!(modes_to_ask(&days, "10", true), ["in_person", "video"]);
        assert!(modes_to_ask(&day(&[("9", &["phone"])]), "", false).is_empty());
    }

    #[test]
    fn the_usual_ways_to_meet_are_said_once_and_are_those_of_most_starts() {
        assert_eq!(
            usual_modes(&day(&[("9", &["phone"]), ("10", &["phone"])])),
            (vec!["phone".into()], true)
        );
        let days = day(&[
            ("9", &["phone"]),
            ("10", &["video", "phone"]),
            ("11", &["video", "phone"]),
        ]);
        assert_eq!(
            usual_modes(&days),
            (vec!["video".into(), "phone".into()], false)
        );
        assert_eq!(usual_modes(&[]), (Vec::new(), true));
    }
}
