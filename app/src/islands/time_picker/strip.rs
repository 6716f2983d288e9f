//! The month strip: the weeks that have something free, as squares that jump to their day.

use crate::islands::browser::{all, attribute, element, first, show};
use crate::islands::calendar::{Square, weeks};
use leptos::web_sys::Element;

/// A day that is shown in the list.
struct Shown {
    /// `day-YYYY-MM-DD`
    id: String,
    label: String,
}

/// Draws the weeks from the first to the last day shown in `times`; none, no strip.
pub fn draw(strip: &Element, times: &Element) {
    let days: Vec<Shown> = all(times, ".day:not([hidden]) > legend")
        .iter()
        .map(|legend| Shown {
            id: legend.id(),
            label: legend.text_content().unwrap_or_default(),
        })
        .collect();
    show(strip, !days.is_empty());
    let _ = name_weekdays(strip);
    let Some(list) = first(strip, "ol") else {
        return;
    };
    list.set_text_content(None);
    let date = |day: Option<&Shown>| {
        day.map(|day| day.id.replace("day-", ""))
            .unwrap_or_default()
    };
    let months = attribute(strip, "data-months");
    for week in weeks(&date(days.first()), &date(days.last())) {
        if let Some(row) = row(&week, &months, &days) {
            let _ = list.append_child(&row);
        }
    }
}

/// Writes the names of the weekdays above the weeks, beside the column of months.
fn name_weekdays(strip: &Element) -> Option<()> {
    let head = first(strip, ".strip-head:empty")?;
    let corner = element("span", "")?;
    head.append_child(&corner).ok()?;
    for name in attribute(strip, "data-weekdays").split(' ') {
        let name = element("span", name)?;
        head.append_child(&name).ok()?;
    }
    Some(())
}

/// One week, with the name of the month that begins in it, or that it lies in.
fn row(week: &[Square; 7], months: &str, days: &[Shown]) -> Option<Element> {
    let row = element("li", "")?;
    row.set_class_name("strip-week");
    let begins = week.iter().find(|square| square.day == 1);
    let month = begins.unwrap_or(&week[0]).month;
    let name = months
        .split(' ')
        .nth(usize::try_from(month - 1).unwrap_or(0))
        .unwrap_or_default();
    let head = unspoken(name)?;
    head.set_class_name("strip-month");
    row.append_child(&head).ok()?;
    for square in week {
        let cell = cell(square, days)?;
        row.append_child(&cell).ok()?;
    }
    Some(row)
}

fn cell(square: &Square, days: &[Shown]) -> Option<Element> {
    let day = square.day.to_string();
    let free = days.iter().find(|day| day.id.ends_with(&square.date));
    let Some(free) = free else {
        return unspoken(&day);
    };
    let link = element("a", &day)?;
    link.set_attribute("href", &["#", &free.id].concat()).ok()?;
    link.set_attribute("aria-label", &free.label).ok()?;
    Some(link)
}

/// A text that only the eye needs.
fn unspoken(text: &str) -> Option<Element> {
    let span = element("span", text)?;
    span.set_attribute("aria-hidden", "true").ok()?;
    Some(span)
}
