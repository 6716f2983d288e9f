//! `/staff/calendar`: a day, a week or a month as a grid, and the same as a list. A page that nobody asked for in one way
//! holds both, and the style sheet shows the one that fits: the list on a narrow screen and on paper, the grid elsewhere.
//! Blocks are placed by classes alone (see `style/desk.css`), because the policy forbids inline style. Everything is a link
//! or a form; keys, dragging and the news of others' changes are extras of `desk.js`, which finds what it needs by the
//! `data-` attributes here.

mod grid;
mod month;

pub(super) use grid::hour_words;

use super::parts;
use crate::icons::{ALERT, PRINT, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::{Calendar, CalendarDay, Frame, FreeStart, Moving, Shown, Span, Spot};
use leptos::prelude::*;

/// The page.
pub fn calendar(frame: &Frame, model: &Calendar) -> String {
    let title = || format!("{}, {}", model.name, model.title);
    staff(
        frame,
        || Head {
            title: title(),
            ..Head::default()
        },
        "/staff/calendar",
        || {
            let main = match model.at.span {
                Span::Month => month::view(model),
                Span::Day | Span::Week => days(model),
            };
            // What stands in here is replaced when somebody else changes something.
            view! {
                <div data-live=model.mark.clone()>
                    <div class="desk-head">
                        <h1>{title()}</h1>
                        {steps(model)}
                        {spans(model)}
                        {views(model)}
                    </div>
                    <div class="desk-head calendar-of">
                        {chooser(model)}
                        {columns_of(model)}
                        {day_list(model)}
                        <p>{t("staff-uk-time")}</p>
                        <noscript><a href=model.at.address()>{t("calendar-reload")}</a></noscript>
                    </div>
                    {notices(model)}
                    {main}
                </div>
                {keys()}
            }
        },
    )
}

/// Links that switch something, the current one marked. `key` is the key that follows the link.
fn tabs(label: String, links: Vec<Tab>) -> AnyView {
    let link = |tab: Tab| {
        view! {
            <a href=tab.href aria-current=tab.here.then_some("page") data-key=tab.key accesskey=tab.key>{tab.text}</a>
        }
    };
    view! { <nav class="tabs" aria-label=label>{links.into_iter().map(link).collect_view()}</nav> }
        .into_any()
}

struct Tab {
    href: String,
    text: String,
    here: bool,
    key: Option<&'static str>,
}

fn tab(spot: &Spot, text: String, here: bool, key: &'static str) -> Tab {
    Tab {
        href: spot.address(),
        text,
        here,
        key: Some(key),
    }
}

fn span_word(span: Span) -> &'static str {
    match span {
        Span::Day => "day",
        Span::Week => "week",
        Span::Month => "month",
    }
}

fn steps(model: &Calendar) -> AnyView {
    let at = &model.at;
    let word = span_word(at.span);
    tabs(
        t("calendar-when"),
        vec![
            tab(
                &at.on(&model.previous),
                t(&format!("calendar-{word}-before")),
                false,
                "p",
            ),
            tab(
                &at.on(&model.today),
                t("calendar-today"),
                model.now_minute.is_some(),
                "t",
            ),
            tab(
                &at.on(&model.next),
                t(&format!("calendar-{word}-after")),
                false,
                "n",
            ),
        ],
    )
}

fn spans(model: &Calendar) -> AnyView {
    let link = |span, key| {
        let spot = Spot {
            span,
            ..model.at.clone()
        };
        let text = t(&format!("calendar-{}", span_word(span)));
        tab(&spot, text, span == model.at.span, key)
    };
    tabs(
        t("calendar-how-much"),
        vec![
            link(Span::Day, "d"),
            link(Span::Week, "w"),
            link(Span::Month, "m"),
        ],
    )
}

/// Where the screen decides what is shown, the links are there once for each screen.
fn views(model: &Calendar) -> AnyView {
    let links = |shown: Shown| {
        let link = |to: Shown, text: &str, key| Tab {
            href: Spot {
                shown: to,
                ..model.at.clone()
            }
            .address(),
            text: t(text),
            here: to == shown,
            key: (to != shown).then_some(key),
        };
        tabs(
            t("staff-view"),
            vec![
                link(Shown::Grid, "staff-grid", "l"),
                link(Shown::List, "staff-list", "l"),
            ],
        )
    };
    if model.at.shown == Shown::Fitting {
        view! {
            <div class="where-wide">{links(Shown::Grid)}</div>
            <div class="where-narrow">{links(Shown::List)}</div>
        }
        .into_any()
    } else {
        links(model.at.shown)
    }
}

/// Whose calendar: clinics side by side, people and rooms behind a fold.
fn chooser(model: &Calendar) -> AnyView {
    let groups = model.groups.iter().enumerate().map(|(number, group)| {
        let links: Vec<Tab> = group
            .all
            .iter()
            .map(|(of, name)| Tab {
                href: model.at.of(of).address(),
                text: name.clone(),
                here: *of == model.at.of,
                key: None,
            })
            .collect();
        if number == 0 {
            return (links.len() > 1).then(|| tabs(group.label.clone(), links));
        }
        let open = links.iter().any(|tab| tab.here);
        let links = links.into_iter().map(|tab| {
            view! { <li><a href=tab.href aria-current=tab.here.then_some("page")>{tab.text}</a></li> }
        });
        Some(
            view! {
                <details class="chooser" class:chosen=open>
                    <summary class="button quiet small">{group.label.clone()}</summary>
                    <ul>{links.collect_view()}</ul>
                </details>
            }
            .into_any(),
        )
    });
    groups.collect_view().into_any()
}

/// In a day: whether its columns are people or rooms.
fn columns_of(model: &Calendar) -> Option<AnyView> {
    let link = |rooms: bool, text: &str| Tab {
        href: Spot {
            rooms,
            ..model.at.clone()
        }
        .address(),
        text: t(text),
        here: rooms == model.at.rooms,
        key: None,
    };
    (model.at.span == Span::Day && !model.at.of.starts_with("who-")).then(|| {
        tabs(
            t("calendar-columns"),
            vec![link(false, "calendar-people"), link(true, "calendar-rooms")],
        )
    })
}

fn day_list(model: &Calendar) -> Option<AnyView> {
    let one_day = model.at.span == Span::Day;
    let day = if one_day { &model.at.day } else { &model.today };
    let here = one_day || model.now_minute.is_some();
    here.then(|| {
        let href = format!("/staff/calendar/day-list?day={day}&of={}", model.at.of);
        let text = if one_day {
            "calendar-print-day"
        } else {
            "calendar-print-today"
        };
        view! { <a href=href>{icon(PRINT)} " " {t(text)}</a> }.into_any()
    })
}

/// What to know before anything else: a move under way, a move that was made, and that something is wrong.
fn notices(model: &Calendar) -> AnyView {
    let moved = model.moved.as_ref().map(|(reference, time)| {
        let text = t_with(
            "calendar-moved",
            &[
                ("reference", reference.clone().into()),
                ("time", time.clone().into()),
            ],
        );
        view! { <p class="banner" role="status">{text}</p> }
    });
    let wrong = (model.troubles > 0).then(|| {
        let text = t_with("calendar-troubles", &[("count", model.troubles.into())]);
        view! { <p class="banner bad">{icon(ALERT)} " " {text}</p> }
    });
    let moving = model.moving.as_ref().map(|moving| cut(model, moving));
    view! { {moved} {moving} {wrong} }.into_any()
}

fn cut(model: &Calendar, moving: &Moving) -> AnyView {
    let stay = Spot {
        moving: String::new(),
        ..model.at.clone()
    };
    let later = (!moving.first_free.is_empty()).then(|| {
        let href = model.at.on(&moving.first_free).address();
        view! { " " <a href=href>{t("calendar-moving-first-free")}</a> }
    });
    let none = (!moving.free).then(|| view! { " " {t("calendar-moving-none")} {later} });
    let text = t_with(
        "calendar-moving",
        &[
            ("reference", moving.reference.clone().into()),
            ("service", moving.service.clone().into()),
            ("time", moving.now.clone().into()),
        ],
    );
    let page = format!("/staff/appointments/{}/move", moving.reference);
    view! {
        <p class="banner" role="status">
            {text} {none} " "
            <a href=page>{t("calendar-moving-page")}</a> " "
            <a href=stay.address() data-key="Escape">{t("calendar-moving-stop")}</a>
        </p>
    }
    .into_any()
}

/// The form whose buttons are free starts. All of them post to the one address of a move.
fn places(model: &Calendar, free: &[FreeStart], class: &'static str) -> Option<AnyView> {
    let moving = model.moving.as_ref().filter(|_| !free.is_empty())?;
    let action = format!("/staff/appointments/{}/move", moving.reference);
    let back = Spot {
        moving: String::new(),
        ..model.at.clone()
    };
    let button = |one: &FreeStart| {
        let (at, words) = if class == "week-free" {
            (super::place::at(one.minute), one.short.clone())
        } else {
            (String::new(), one.label.clone())
        };
        view! {
            <button class=at type="submit" name="start" value=one.start.clone()
                aria-label=t_with("calendar-move-here", &[("time", one.label.clone().into())])>
                {words}
            </button>
        }
    };
    let buttons = free.iter().map(button).collect_view();
    Some(
        view! {
            <form class=class method="post" action=action>
                <input type="hidden" name="was" value=moving.was.clone() />
                <input type="hidden" name="back" value=back.address() />
                {buttons}
            </form>
        }
        .into_any(),
    )
}

fn days(model: &Calendar) -> AnyView {
    let grid = (model.at.shown != Shown::List).then(|| grid::view(model));
    let nobody = model
        .days
        .iter()
        .all(|day| day.appointments.is_empty() && day.busy.is_empty());
    let empty = match (model.at.span == Span::Day, model.own) {
        (true, false) => "staff-day-empty",
        (true, true) => "staff-day-empty-own",
        (false, false) => "staff-week-empty",
        (false, true) => "staff-week-empty-own",
    };
    let nobody = nobody.then(|| view! { <p>{t(empty)}</p> });
    view! { {nobody} {grid} {list(model)} }.into_any()
}

/// The same as a list. It prints better than any grid, so it is always there to be printed.
fn list(model: &Calendar) -> AnyView {
    let day = |day: &CalendarDay| {
        let body = if day.appointments.is_empty() && day.busy.is_empty() {
            let empty = if model.own {
                "staff-day-empty-own"
            } else {
                "staff-day-empty"
            };
            view! { <p>{t(empty)}</p> }.into_any()
        } else {
            parts::table(
                day.label.clone(),
                &day.appointments,
                &day.busy,
                model.several,
            )
        };
        let cover = day
            .cover
            .iter()
            .map(|text| view! { <li>{text.clone()}</li> });
        let cover = (!day.cover.is_empty())
            .then(|| view! { <ul class="cover">{cover.collect_view()}</ul> });
        let free = places(model, &day.free, "free-list");
        view! { <section><h2>{heading(day)}</h2>{print_list(model, &day.date, &day.label)}{closed(&day.closed)}{cover}{free}{body}</section> }
    };
    let class = match model.at.shown {
        Shown::Fitting => "week-list where-narrow",
        Shown::Grid => "week-list on-paper",
        Shown::List => "week-list",
    };
    view! { <div class=class>{model.days.iter().map(day).collect_view()}</div> }.into_any()
}

/// The list of one day to print, beside every day of a week. A day's own stands above it.
fn print_list(model: &Calendar, date: &str, label: &str) -> Option<AnyView> {
    (model.at.span == Span::Week && !date.is_empty()).then(|| {
        let href = format!("/staff/calendar/day-list?day={date}&of={}", model.at.of);
        let of = t_with("calendar-print-list-of", &[("day", label.to_owned().into())]);
        view! {
            <p class="week-print">
                <a href=href>{icon(PRINT)} " " {t("calendar-print-list")} <span class="visually-hidden">" " {of}</span></a>
            </p>
        }
        .into_any()
    })
}

fn heading(day: &CalendarDay) -> String {
    if day.today {
        t_with(
            "staff-and",
            &[
                ("first", day.label.clone().into()),
                ("second", t("staff-day-today").into()),
            ],
        )
    } else {
        day.label.clone()
    }
}

fn closed(why: &str) -> Option<AnyView> {
    (!why.is_empty()).then(|| {
        view! { <p>{t_with("staff-day-closed", &[("why", why.to_owned().into())])}</p> }.into_any()
    })
}

/// Which keys do what. Without JavaScript they do nothing, so the line is shown by `desk.js`; it also switches them off,
/// for people whose voice or hand types by accident (WCAG 2.1.4).
fn keys() -> AnyView {
    view! {
        <p class="keys" hidden data-keys=t("calendar-keys-off") data-keys-on=t("calendar-keys-on")>
            <span>{t("calendar-keys")}</span> " "
            <button type="button" class="button quiet small"></button>
        </p>
    }
    .into_any()
}
